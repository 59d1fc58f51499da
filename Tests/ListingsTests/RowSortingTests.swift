import ListingsTestSupport
import Testing

@testable import Listings

struct RowSortingTests {
  /// What a row is compared by: bytes in order.
  private struct Rank: Comparable {
    let bytes: [UInt8]

    static func number(_ number: Int64) -> Rank {
      let flipped = UInt64(bitPattern: number) ^ (1 << 63)
      return Rank(bytes: (0..<8).map { UInt8(truncatingIfNeeded: flipped >> UInt64(56 - 8 * $0)) })
    }

    static func < (a: Rank, b: Rank) -> Bool { a.bytes.lexicographicallyPrecedes(b.bytes) }
  }

  /// Nil sorts last.
  private func rank(_ row: ListingRow, _ place: Int, _ subject: SortOrder.Subject) -> Rank? {
    func text(_ field: Field) -> Rank? {
      row.text(field).isEmpty ? nil : Rank(bytes: Array(Folding.folded(row.text(field)).utf8))
    }
    switch subject {
    case .file: return .number(Int64(place))
    case .verdict, .risk, .copies: return place % 4 == 3 ? nil : .number(Int64(place % 4))
    case .price: return (row.usd?.tenThousandths).map(Rank.number)
    case .posted: return row.posted.map(Rank.number)
    case .field(let field): return text(field)
    case .title: return text(.title)
    }
  }

  private func oracle(_ rows: [ListingRow], _ places: [Int], _ order: SortOrder) -> [UInt32] {
    let ranked = places.map { (place: $0, rank: rank(rows[$0], $0, order.subject)) }
    let sorted = ranked.sorted { a, b in
      guard let first = a.rank, let second = b.rank, first != second else {
        return (a.rank == nil) == (b.rank == nil) ? a.place < b.place : a.rank != nil
      }
      return order.isDescending ? second < first : first < second
    }
    return sorted.map { UInt32($0.place) }
  }

  @Test(arguments: [0, 1, 2, 63, 64, 65, 1_000], SortOrder.Subject.allCases)
  func rowsAreInOrderStableAndThoseWithoutAValueLast(count: Int, subject: SortOrder.Subject) throws {
    let (rows, dataset) = try #require(SampleListings.datasets[count])
    let places = (0..<count).filter { $0 % 5 != 2 }
    for descending in [false, true] {
      let order = SortOrder(subject, descending: descending)
      let sorted = RowSorting.order(RowSet(places, of: count), of: dataset, by: order) {
        $0 % 4 == 3 ? .max : UInt32($0 % 4)
      }
      #expect(sorted.rows == oracle(rows, places, order), "\(order)")
    }
  }

  @Test(arguments: [65_535, 65_536, 65_537], [SortOrder.Subject.price, .platform, .title])
  func rowsOfSeveralBlocksAreInOrder(count: Int, subject: SortOrder.Subject) throws {
    let (rows, dataset) = try #require(SampleListings.datasets[count])
    let order = SortOrder(subject, descending: true)
    #expect(
      RowSorting.order(RowSet(allOf: count), of: dataset, by: order).rows == oracle(rows, Array(0..<count), order))
  }

  @Test(arguments: 0..<50 as Range<UInt64>)
  func titlesOfMarksAndCutLettersAreInOrder(seed: UInt64) {
    var dice = Dice(seed: seed)
    let rows = (0..<30).map { _ in
      // Marks that folding drops fill the first bytes, so that the letters that decide stand far behind.
      let marks = String(repeating: "\u{301}", count: dice.below(25))
      return ListingRow(title: dice.pick(["a", "象", "ｶ", "x"]) + marks + dice.text(of: ["a", "ﾞ", "象", "B"], upTo: 6))
    }
    let dataset = Dataset.of(rows)
    for descending in [false, true] {
      let order = SortOrder(.title, descending: descending)
      #expect(RowSorting.order(RowSet(allOf: 30), of: dataset, by: order).rows == oracle(rows, Array(0..<30), order))
    }
  }

  @Test func theLeastAndTheGreatestNumbersKeepTheirPlaces() {
    let times: [Int64?] = [5, nil, .max, .min + 1, -1, 0, .max - 1, nil]
    let dataset = Dataset.of(times.map { ListingRow(title: "x", posted: $0) })
    let all = RowSet(allOf: times.count)
    #expect(RowSorting.order(all, of: dataset, by: SortOrder(.posted)).rows == [3, 4, 5, 0, 6, 2, 1, 7])
    #expect(
      RowSorting.order(all, of: dataset, by: SortOrder(.posted, descending: true)).rows == [2, 6, 0, 5, 4, 3, 1, 7])
  }
}
