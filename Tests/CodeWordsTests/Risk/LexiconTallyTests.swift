import CodeWords
import Listings
import ListingsTestSupport
import Testing

/// Listings by lexicon and term, against a count row by row.
struct LexiconTallyTests {
  private static let titles = [
    "old chair", "ivory tusk", "jelly ring", "", "vảy tê tê, resin", "กระดองเต่า", "果冻 手串", "tusk, ivory, resin",
  ]

  /// The invented terms, every third in another lexicon.
  private static let lexicons: CompiledLexicons = {
    let terms = InventedLexicons.terms.enumerated().map { number, term in
      var term = term
      let name = ["a", "b", "c"][number % 3]
      term.location = TermLocation(lexicon: name, file: name + ".csv", line: number + 2)
      return term
    }
    return InventedLexicons.compiled(terms)
  }()

  @Test(arguments: [0, 1, 63, 200, 9000, 20_000]) func itIsWhatCountingRowByRowGives(count: Int) {
    var dice = Dice(seed: UInt64(count))
    let dataset = Dataset.of((0..<count).map { _ in ListingRow(title: dice.pick(Self.titles)) })
    let flags = RowFlagging(Self.lexicons).extend(over: dataset)
    let confirmed = RowSet((0..<count).filter { _ in dice.once(in: 3) }, of: count)
    let falsePositive = RowSet((0..<count).filter { !confirmed.contains($0) && dice.once(in: 4) }, of: count)
    let tally = LexiconTally(flags, confirmed: confirmed, falsePositive: falsePositive)
    func expect(_ found: LexiconTally.Count, _ rows: [Int]) {
      #expect(found.listings == rows.count)
      #expect(found.confirmed == rows.count { confirmed.contains($0) })
      #expect(found.falsePositive == rows.count { falsePositive.contains($0) })
    }
    for (number, term) in Self.lexicons.terms.enumerated() {
      expect(tally[term.location], (0..<count).filter { flags.terms(at: $0).contains(TermID(UInt16(number))) })
    }
    for name in ["a", "b", "c"] {
      expect(
        tally[name],
        (0..<count).filter { flags.terms(at: $0).contains { Self.lexicons[$0].location.lexicon == name } })
    }
    #expect(tally["nowhere"] == .none)
  }

  @Test(arguments: [1, 63, 200, 9000]) func aListingInSeveralRowsCountsOnceWhereverATermStands(count: Int) throws {
    var dice = Dice(seed: UInt64(count))
    let kinds = (0..<count).map { _ in Int.random(in: 0..<max(1, count / 2), using: &dice) }
    let dataset = Dataset.of(
      kinds.map { ListingRow(id: "L\($0)", platform: "ebay", title: dice.pick(Self.titles)) })
    let flags = RowFlagging(Self.lexicons).extend(over: dataset)
    let confirmed = RowSet((0..<count).filter { kinds[$0] % 3 == 0 }, of: count)
    let falsePositive = RowSet((0..<count).filter { kinds[$0] % 3 == 1 }, of: count)
    let listings = try #require(ListingRows(of: dataset))
    let tally = LexiconTally(flags, confirmed: confirmed, falsePositive: falsePositive, listings: listings)
    func expect(_ found: LexiconTally.Count, _ rows: [Int]) {
      let of = Set(rows.map { kinds[$0] })
      #expect(found.listings == of.count)
      #expect(found.confirmed == of.count { $0 % 3 == 0 })
      #expect(found.falsePositive == of.count { $0 % 3 == 1 })
    }
    let records = flags.listingCounts(among: confirmed, listings)
    for (number, term) in Self.lexicons.terms.enumerated() {
      let rows = (0..<count).filter { flags.terms(at: $0).contains(TermID(UInt16(number))) }
      expect(tally[term.location], rows)
      #expect(records[number] == Set(rows.map { kinds[$0] }).count { $0 % 3 == 0 })
    }
    for name in ["a", "b", "c"] {
      expect(
        tally[name],
        (0..<count).filter { flags.terms(at: $0).contains { Self.lexicons[$0].location.lexicon == name } })
    }
  }

  @Test func withoutLexiconsNothingIsCounted() {
    let rows = RowSet(noneOf: 3)
    #expect(LexiconTally(RowFlags(), confirmed: rows, falsePositive: rows) == LexiconTally())
  }

  @Test func verdictsOfFewerRowsThanAreFlaggedAreTakenAsTheyAre() {
    let dataset = Dataset.of((0..<10).map { _ in ListingRow(title: "ivory tusk") })
    let flags = RowFlagging(Self.lexicons).extend(over: dataset)
    let tally = LexiconTally(flags, confirmed: RowSet(allOf: 4), falsePositive: RowSet(noneOf: 4))
    let ivoryTusk = Self.lexicons.terms.first { $0.name == "ivory tusk" }!
    #expect(tally[ivoryTusk.location].listings == 10)
    #expect(tally[ivoryTusk.location].confirmed == 4)
  }
}
