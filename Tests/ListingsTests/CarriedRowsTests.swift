import Listings
import ListingsTestSupport
import Testing

/// Rows are found again in a later reading of the same files.
struct CarriedRowsTests {
  private static func row(_ id: Int) -> ListingRow { ListingRow(platform: "Larets", title: "advert \(id)") }

  private static func dataset(_ files: [(String, [Int])]) -> Dataset {
    .of(files: files.map { (name: $0.0, rows: $0.1.map(row)) })
  }

  @Test func aFileThatGrewKeepsItsRowsThoughOthersStandBehindIt() {
    let old = Self.dataset([("a.csv", [1, 2, 2]), ("b.csv", [3, 4])])
    let carried = CarriedRows(from: old, to: Self.dataset([("a.csv", [1, 2, 2, 2, 9]), ("b.csv", [3, 4])]))
    #expect((0..<5).map { carried.newRow(of: $0) } == [0, 1, 2, 5, 6])
    // The same advert once more is a new row all the same.
    #expect(carried.newCount == 2)
    #expect(carried.goneCount == 0)
    #expect(carried.carried(RowSet([2, 4], of: 5)).rows == [2, 6])
    #expect(carried.carried(RowOrder(rows: [4, 0])) == RowOrder(rows: [6, 0]))
  }

  @Test func rowsThatMovedArePairedInOrderAndLostOnesAreGone() {
    let old = Self.dataset([("a.csv", [1, 2, 3, 2])])
    let carried = CarriedRows(from: old, to: Self.dataset([("a.csv", [8, 2, 1, 2])]))
    #expect((0..<4).map { carried.newRow(of: $0) } == [2, 1, nil, 3])
    #expect((carried.newCount, carried.goneCount) == (1, 1))
    #expect(carried.newRow(of: 4) == nil)
    #expect(carried.newRow(of: -1) == nil)
  }

  @Test(arguments: 0..<40) func noRowIsTwoAndEachIsOfTheSameListing(seed: Int) {
    var dice = Dice(seed: UInt64(seed))
    func some() -> [(String, [Int])] {
      ["a.csv", "b.csv", "c.csv"].prefix(1 + dice.below(3)).map { name in
        (name, (0..<dice.below(40)).map { _ in dice.below(12) })
      }
    }
    let (before, now) = (some(), some())
    let (old, new) = (Self.dataset(before), Self.dataset(now))
    let carried = CarriedRows(from: old, to: new)
    let places = (0..<old.rowCount).compactMap { carried.newRow(of: $0) }
    #expect(Set(places).count == places.count)
    for row in 0..<old.rowCount {
      guard let place = carried.newRow(of: row) else { continue }
      #expect(old.keyFingerprints[row] == new.keyFingerprints[place])
    }
    // As many as can be: of each listing the lesser of the two numbers.
    let (had, has) = (before.flatMap(\.1), now.flatMap(\.1))
    let common = (0..<12).reduce(0) { sum, id in sum + min(had.count { $0 == id }, has.count { $0 == id }) }
    #expect(places.count == common)
    #expect(carried.newCount == new.rowCount - common)
    #expect(carried.goneCount == old.rowCount - common)
  }
}
