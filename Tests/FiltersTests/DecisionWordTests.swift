import Listings
import ListingsTestSupport
import Testing

@testable import Filters

/// `reason:` and `note:`, which ask what decisions say in words.
struct DecisionWordTests {
  private func subject() -> FilterSubject {
    var subject = FilterSubject(Dataset.of((0..<6).map { ListingRow(platform: "ebay", title: "listing \($0)") }))
    subject.words.set(reason: "replica", note: "Same hands as L-88", at: 0, of: 6)
    subject.words.set(reason: "other_material", note: nil, at: 1, of: 6)
    subject.words.set(reason: nil, note: "resin, says the seller", at: 2, of: 6)
    subject.words.set(reason: "other_species", note: nil, at: 3, of: 6)
    return subject
  }

  private func rows(_ text: String, _ subject: FilterSubject) throws -> [Int] {
    var evaluation = FilterEvaluation()
    let found = evaluation.rows(of: try FilterSyntax.read(text), in: subject)
    return try #require(found).rows
  }

  @Test(arguments: [
    ("reason:replica", [0]), ("reason:other", [1, 3]), ("reason:other_material,replica", [0, 1]),
    ("reason:\"other material\"", [1]), ("reason:none", [2, 4, 5]), ("-reason:none", [0, 1, 3]),
    ("note:hands", [0]), ("note:HANDS,resin", [0, 2]), ("note:none", [1, 3, 4, 5]), ("note:*seller", [2]),
    ("note:hands reason:replica", [0]), ("note:hands reason:none", []),
  ])
  func whatDecisionsSayCanBeAsked(text: String, expected: [Int]) throws {
    #expect(try rows(text, subject()) == expected)
    #expect(try FilterSyntax.read(text).asksAboutDecisions)
  }

  @Test func anotherDecisionReplacesWhatWasSaid() throws {
    var subject = subject()
    subject.words.set(reason: nil, note: nil, at: 0, of: 6)
    #expect(try rows("reason:replica", subject) == [])
    #expect(try rows("note:hands", subject) == [])
  }

  @Test func aMisspeltReasonIsToldWithTheNearest() {
    do throws(FilterProblem) {
      _ = try FilterSyntax.read("reason:replca")
      Issue.record("no problem")
    } catch {
      #expect(error.sentence.contains("did you mean reason:replica?"), "\(error.sentence)")
    }
  }

  @Test func wordsMoveWithTheirRows() throws {
    var subject = subject()
    subject.words = subject.words.moved(
      { RowSet($0.rows.compactMap { $0 < 4 ? 5 - $0 : nil }, of: 6) }, { $0 < 2 ? 5 - $0 : nil })
    #expect(try rows("reason:replica", subject) == [5])
    #expect(try rows("note:hands", subject) == [5])
    #expect(try rows("note:resin", subject) == [])
  }
}
