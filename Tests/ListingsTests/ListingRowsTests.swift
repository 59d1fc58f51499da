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
      let seen = Dictionary(grouping: some.rows) { kinds[$0] }
      #expect(listings.oneRowPerListing(of: some).rows == seen.values.map { $0.min()! }.sorted())
      // The newest sighting of each listing is any one of its rows.
      let newest = RowSet(rows.map { $0.randomElement(using: &chance)! }, of: count)
      let stands = seen.values.map { these in these.first { newest.contains($0) } ?? these.max()! }
      #expect(listings.newestRows(of: some, newest: newest).rows == stands.sorted())
      var repeated: [[Int]] = []
      listings.forEachRepeated(among: some) { these in repeated.append(these.map { $0 }) }
      #expect(Set(repeated) == Set(seen.values.filter { $0.count > 1 }.map { $0.sorted() }))
      // Every row has one of three values, and those of one listing may differ.
      let surplus = listings.surplus(ofValues: 3, among: some) { row, body in body(row % 3) }
      let expected = (0..<3).map { value in
        seen.values.reduce(0) { sum, these in sum + max(0, these.count { $0 % 3 == value } - 1) }
      }
      #expect(surplus == expected)
      if let row = kinds.indices.randomElement(using: &chance) {
        #expect(listings.rows(ofListingAt: row) == kinds.indices.filter { kinds[$0] == kinds[row] })
      }
    }
  }

  @Test func workThatIsCancelledTellsNothing() {
    let dataset = Self.dataset(of: [1, 1, 2])
    #expect(ListingRows(of: dataset, Cancellation(afterChecks: 1)) == nil)
  }

  @Test func aListingWithAHundredThousandRowsIsGroupedInNoTime() throws {
    let listings = try #require(ListingRows(of: Self.dataset(of: Array(repeating: 7, count: 100_000))))
    #expect(listings.count == 1)
    #expect(listings.rows(ofListingAt: 50_000).count == 100_000)
    let all = RowSet(allOf: 100_000)
    #expect(listings.newestRows(of: all, newest: RowSet([3], of: 100_000)).rows == [3])
    #expect(listings.surplus(ofValues: 100_000, among: all) { row, body in body(row) }?.allSatisfy { $0 == 0 } == true)
  }
}
