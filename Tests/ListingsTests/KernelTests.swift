import ListingsTestSupport
import Testing

@testable import Listings

private let counts = SampleListings.datasets.keys.sorted()

struct KernelTests {
  private func subset(_ count: Int, _ dice: inout Dice) -> RowSet {
    let step = 1 + dice.below(5)
    return RowSet((0..<count).filter { $0 % step == 0 || $0 / 64 % 3 == 0 }, of: count)
  }

  @Test(arguments: counts)
  func rowsWithWantedCodesAreFound(count: Int) throws {
    let (rows, dataset) = try #require(SampleListings.datasets[count])
    let table = dataset.values(of: .platform)
    let valueCount = dataset.valueCount(of: .platform)
    for wantedNames in [[], ["Xianyu"], ["eBay", "EBAY", ""], Set(SampleListings.platforms)] as [Set<String>] {
      let wanted = (0..<valueCount).map { wantedNames.contains(table.string(UInt32($0))) }
      let found = MatchingRows.rows(of: dataset, codes: dataset.codes(of: .platform), in: wanted)
      #expect(found?.rows == rows.indices.filter { wantedNames.contains(rows[$0].text(.platform)) })
    }
  }

  @Test(arguments: counts)
  func rowsWithNumbersInARangeAreFound(count: Int) throws {
    let (rows, dataset) = try #require(SampleListings.datasets[count])
    for range in [0...0, 0...1_000_000, 1...Int64.max, (Int64.min + 1)...Int64.max] as [ClosedRange<Int64>] {
      let found = MatchingRows.rows(of: dataset, numbers: dataset.usDollars, in: range)
      #expect(found?.rows == rows.indices.filter { rows[$0].usd.map { range.contains($0.tenThousandths) } ?? false })
    }
    let state = PriceState.missing
    let blank = MatchingRows.rows(of: dataset, bytes: dataset.priceStates, equalTo: state.rawValue)
    #expect(blank?.rows == rows.indices.filter { rows[$0].priceState == state })
  }

  @Test(arguments: counts)
  func rowsWithAWordAreFound(count: Int) throws {
    let (rows, dataset) = try #require(SampleListings.datasets[count])
    let search = try #require(TextSearch("IVORY r"))
    let found = MatchingRows.rows(of: dataset, containing: search, in: [.title, .species])
    #expect(found?.rows == rows.indices.filter { Folding.folded(rows[$0].text(.title)).contains("ivory r") })
    let manis = try #require(TextSearch("manis"))
    let both = MatchingRows.rows(of: dataset, containing: manis, in: [.title, .species])
    #expect(both?.rows == rows.indices.filter { rows[$0].text(.species).contains("Manis") })
  }

  @Test(arguments: counts)
  func everyRowIsAskedOnce(count: Int) throws {
    let dataset = try #require(SampleListings.datasets[count]).dataset
    #expect(MatchingRows.rows(of: dataset, nil) { $0 % 7 == 3 }?.rows == (0..<count).filter { $0 % 7 == 3 })
  }

  @Test(arguments: counts)
  func countsPerValueAreThoseOfTheRows(count: Int) throws {
    let (rows, dataset) = try #require(SampleListings.datasets[count])
    var dice = Dice(seed: 5)
    for among in [RowSet(allOf: count), RowSet(noneOf: count), subset(count, &dice)] {
      let counts = ValueCounts.counts(
        of: dataset.codes(of: .sellerAlias), valueCount: dataset.valueCount(of: .sellerAlias), among: among)
      var expected: [String: Int] = [:]
      among.forEach { expected[rows[$0].text(.sellerAlias), default: 0] += 1 }
      let table = dataset.values(of: .sellerAlias)
      for (code, count) in counts.enumerated() { #expect(count == expected[table.string(UInt32(code))] ?? 0) }
      #expect(counts.reduce(0, +) == among.count)
    }
  }

  @Test(arguments: counts)
  func countsPerBucketAreThoseOfTheRows(count: Int) throws {
    let (rows, dataset) = try #require(SampleListings.datasets[count])
    var dice = Dice(seed: 6)
    let edges: [Int64] = [10_000, 50_000, 1_000_000, 4_000_000]
    let among = subset(count, &dice)
    let counted = ValueCounts.counts(of: dataset.usDollars, edges: edges, among: among)
    let numbers = among.rows.map { rows[$0].usd?.tenThousandths }
    for (bucket, count) in counted.buckets.enumerated() {
      #expect(count == numbers.filter { $0.map { $0 >= edges[bucket] && $0 < edges[bucket + 1] } ?? false }.count)
    }
    #expect(counted.buckets.reduce(counted.outside, +) == among.count)
  }

  @Test func aCancelledQuestionHasNoAnswer() throws {
    let dataset = try #require(SampleListings.datasets[1_000]).dataset
    let cancelled = Cancellation()
    cancelled.cancel()
    #expect(MatchingRows.rows(of: dataset, cancelled) { _ in true } == nil)
    #expect(MatchingRows.rows(of: dataset, codes: dataset.codes(of: .platform), in: [true], cancelled) == nil)
    let search = try #require(TextSearch("ivory"))
    #expect(MatchingRows.rows(of: dataset, containing: search, in: [.title, .platform], cancelled) == nil)
  }

  @Test(arguments: [0, 1, 63, 64, 65, 130, 1_000])
  func lineFeedsAreCounted(count: Int) {
    var dice = Dice(seed: UInt64(count))
    let bytes = (0..<count).map { _ in dice.once(in: 3) ? UInt8(0x0A) : 0x41 }
    #expect(bytes.withUnsafeBytes { LineCounting.lineFeeds(in: $0) } == bytes.filter { $0 == 0x0A }.count)
  }
}
