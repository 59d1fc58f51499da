import ListingsTestSupport
import Testing

@testable import Listings

/// Which rows are of one listing, held against counting with a dictionary.
struct ListingRowsTests {
  /// Rows with some of `kinds` listings, in any order.
  private func dataset(_ count: Int, kinds: Int, _ chance: inout Dice) -> (Dataset, [Int]) {
    let kinds = (0..<count).map { _ in Int.random(in: 0..<kinds, using: &chance) }
    return (Self.dataset(of: kinds), kinds)
  }

  private static func dataset(of kinds: [Int]) -> Dataset {
    .of(kinds.map { ListingRow(id: "L\($0)", platform: "ebay", title: "listing \($0)") })
  }

  @Test(arguments: Array(0...20) + [63, 64, 65, 500, 66_000])
  func firstRowsAndRepeatedOnesAreThoseOfADictionary(count: Int) throws {
    for seed in 0..<(count > 1000 ? 1 : 5) {
      var chance = Dice(seed: UInt64(seed))
      let (dataset, kinds) = dataset(count, kinds: max(1, [1, count / 3, count * 4, count, 2][seed % 5]), &chance)
      let listings = try #require(ListingRows(of: dataset))
      let rows = Dictionary(grouping: kinds.indices) { kinds[$0] }.values
      #expect(listings.count == rows.count)
      #expect(listings.first.rows == rows.map { $0.min()! }.sorted())
      #expect(listings.repeated.rows == rows.filter { $0.count > 1 }.flatMap { $0 }.sorted())
      #expect(listings.hasRepeats == (rows.count < count))
      let some = RowSet(kinds.indices.filter { _ in Bool.random(using: &chance) }, of: count)
      #expect(listings.count(of: some) == Set(some.rows.map { kinds[$0] }).count)
      #expect(dataset.listingCount(of: some) == Set(some.rows.map { kinds[$0] }).count)
      if let row = kinds.indices.randomElement(using: &chance) {
        #expect(listings.rows(ofListingAt: row) == kinds.indices.filter { kinds[$0] == kinds[row] })
      }
    }
  }

  @Test func workThatIsCancelledTellsNothing() {
    let dataset = Self.dataset(of: [1, 1, 2])
    #expect(ListingRows(of: dataset, Cancellation(afterChecks: 1)) == nil)
  }
}
