import Filters
import Listings
import ListingsTestSupport
import Testing

struct RegexClauseTests {
  private func rows(_ pattern: String, _ rows: [ListingRow]) throws -> [Int]? {
    var evaluation = FilterEvaluation()
    return evaluation.rows(of: try FilterSyntax.read(pattern), in: FilterSubject(Dataset.of(rows)))?.rows
  }

  @Test func anExpressionIsLookedForInTitleAndDescriptionWithoutCase() throws {
    let listings = [
      ListingRow(title: "IVORY ring"), ListingRow(title: "x", description: "old ivory"),
      ListingRow(title: "ring", seller: "ivory"),
      ListingRow(), ListingRow(title: "象牙 12 g"),
    ]
    #expect(try rows("/iv[o0]ry/", listings) == [0, 1])
    #expect(try rows("/^ivory\\b/", listings) == [0])
    #expect(try rows("/\\d+ ?g$/", listings) == [4])
    #expect(try rows("/象./", listings) == [4])
    #expect(try rows("/x*/", listings) == [0, 1, 2, 3, 4])
    #expect(try rows("-/ring/", listings) == [1, 3, 4])
  }

  @Test func everyBlockOfRowsIsAsked() throws {
    let listings = (0..<65_600).map { ListingRow(title: "n\($0)") }
    #expect(try rows("/^n(0|65535|65536|65599)$/", listings) == [0, 65_535, 65_536, 65_599])
  }
}
