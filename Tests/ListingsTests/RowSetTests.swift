import Listings
import ListingsTestSupport
import Testing

/// Row counts at which a word, a block or nothing ends.
let telltaleCounts = [0, 1, 2, 63, 64, 65, 127, 128, 129, 65_535, 65_536, 65_537]

struct RowSetTests {
  private func someRows(of count: Int, _ dice: inout Dice) -> Set<Int> {
    guard count > 0 else { return [] }
    var rows = Set((0..<min(count, 50)).map { _ in dice.below(count) })
    // The edges are where the mistakes are.
    if dice.once(in: 2) { rows.formUnion([0, count - 1]) }
    return rows
  }

  @Test(arguments: telltaleCounts)
  func rowSetsObeyTheLawsOfSets(count: Int) {
    var dice = Dice(seed: UInt64(count))
    for _ in 0..<10 {
      let (a, b) = (someRows(of: count, &dice), someRows(of: count, &dice))
      let (setA, setB) = (RowSet(a, of: count), RowSet(b, of: count))
      #expect(setA.rows == a.sorted())
      #expect(setA.count == a.count)
      #expect(setA.isEmpty == a.isEmpty)
      #expect(setA.union(setB).rows == a.union(b).sorted())
      #expect(setA.intersection(setB).rows == a.intersection(b).sorted())
      #expect(setA.subtracting(setB).rows == a.subtracting(b).sorted())
      #expect((setA == setB) == (a == b))
      #expect(setA.complement.complement == setA)
      #expect(setA.complement.count == count - a.count)
      #expect(setA.union(setA.complement) == RowSet(allOf: count))
      #expect(setA.intersection(setA.complement) == RowSet(noneOf: count))
      for row in a.prefix(10) { #expect(setA.contains(row) && !setA.complement.contains(row)) }
    }
  }

  @Test(arguments: telltaleCounts)
  func everyRowIsInTheFullSetAndNoRowBeyond(count: Int) {
    let all = RowSet(allOf: count)
    #expect(all.count == count)
    #expect(!all.contains(-1))
    #expect(!all.contains(count))
    #expect(all.complement == RowSet(noneOf: count))
    #expect(all.words.reduce(0) { $0 + $1.nonzeroBitCount } == count)
  }

  @Test func insertingAndRemovingAreEachOthersOpposite() {
    var rows = RowSet(noneOf: 130)
    for row in [0, 63, 64, 127, 128, 129] {
      rows.insert(row)
      #expect(rows.contains(row))
    }
    rows.remove(64)
    rows.remove(64)
    rows.remove(130)
    rows.remove(-1)
    #expect(rows.rows == [0, 63, 127, 128, 129])
  }

  @Test func aGrowingDatasetKeepsTheRowsOfASet() {
    for from in [0, 1, 63, 64, 65, 200] {
      for to in [0, 1, 63, 64, 65, 200] {
        let rows = Set((0..<from).filter { $0 % 3 == 0 || $0 == from - 1 })
        let resized = RowSet(rows, of: from).resized(to: to)
        #expect(resized.rowCount == to)
        #expect(resized.rows == rows.filter { $0 < to }.sorted(), "\(from) to \(to)")
      }
    }
  }

  @Test func bitsBeyondTheLastRowAreNotRows() {
    #expect(RowSet(words: [~0, ~0], rowCount: 65).count == 65)
    #expect(RowSet(words: [~0, ~0], rowCount: 65) == RowSet(allOf: 65))
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func beginningsAndRests(seed: UInt64) {
    var dice = Dice(seed: seed)
    let count = dice.below(300)
    let rows = RowSet((0..<count).filter { _ in dice.once(in: 2) }, of: count)
    let cut = dice.below(count + 1)
    let beginning = rows.resized(to: cut)
    #expect(rows.begins(with: RowSet(beginning.rows.filter { $0 < cut }, of: cut)))
    #expect(rows.from(cut).rows == rows.rows.filter { $0 >= cut })
    if cut > 0 {
      var other = RowSet(rows.rows.filter { $0 < cut }, of: cut)
      let row = dice.below(cut)
      if other.contains(row) { other.remove(row) } else { other.insert(row) }
      #expect(!rows.begins(with: other))
    }
    var mended = rows.from(cut & ~63)
    mended.replaceRows(before: cut & ~63, with: rows)
    #expect(mended == rows)
    #expect(!RowSet(noneOf: cut).begins(with: RowSet(noneOf: cut + 1)))
  }
}
