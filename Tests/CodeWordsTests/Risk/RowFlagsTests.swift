import CodeWords
import Listings
import ListingsTestSupport
import Testing

/// The flags of a whole dataset are those of its listings, however they were reckoned.
struct RowFlagsTests {
  private static let titles = [
    "old chair", "ivory tusk", "jelly ring", "jelly beans", "", "팔찌", "vảy tê tê, resin", "กระดองเต่า", "果冻 手串",
    "resin beads", "ivory coast", "tusk dm for price",
  ]

  private static func rows(_ count: Int, seed: UInt64) -> [ListingRow] {
    var dice = Dice(seed: seed)
    return (0..<count).map { _ in
      ListingRow(
        title: dice.pick(titles), description: dice.once(in: 3) ? dice.pick(titles) : "",
        species: dice.once(in: 5)
          ? dice.pick(["Manis javanica", "Loxodonta africana; Manis javanica", "Felis catus"]) : "")
    }
  }

  private func check(_ flags: RowFlags, _ dataset: Dataset) {
    let lexicons = flags.lexicons
    var reader = ListingReader(lexicons, dataset)
    for row in 0..<dataset.rowCount {
      let reading = lexicons.reading(of: row, in: dataset)
      #expect(reader.reading(of: row) == reading)
      switch reading.readability {
      case .read: #expect(flags.risk(at: row) == .value(reading.risk?.value ?? -1))
      case .noText: #expect(flags.risk(at: row) == .noText)
      case .notCovered: #expect(flags.risk(at: row) == .notCovered)
      }
      let hasEvidence = reading.hits.contains { lexicons[$0.term].kind.isEvidence && !$0.status.isSuppressed }
      let counted = reading.hits.filter {
        hasEvidence && $0.status.isCounted
          && (lexicons[$0.term].kind.isEvidence || lexicons[$0.term].kind == .benign)
      }
      #expect(flags.terms(at: row) == Set(counted.map(\.term)).sorted())
    }
  }

  @Test(arguments: [0, 1, 63, 64, 65, 1000, 3000])
  func everyRowIsFlaggedAsTheListingIsRead(count: Int) {
    let dataset = Dataset.of(Self.rows(count, seed: UInt64(count)))
    let flags = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    #expect(flags.flaggedCount == count)
    check(flags, dataset)
  }

  @Test func rowsThatCameSinceAreFlaggedToTheSameEnd() {
    let growing = GrowingDataset()
    let flagging = RowFlagging(InventedLexicons.compiled)
    var looks: [(RowFlags, Dataset)] = []
    for (number, count) in [1, 700, 0, 2500, 64].enumerated() {
      growing.add(Self.rows(count, seed: UInt64(number)))
      let dataset = growing.look()
      looks.append((flagging.extend(over: dataset), dataset))
    }
    for (flags, dataset) in looks {
      #expect(flags.flaggedCount == dataset.rowCount)
      check(flags, dataset)
    }
  }

  @Test func aCancelledPassKeepsWhatIsWholeAndGoesOnLater() {
    let dataset = Dataset.of(Self.rows(9000, seed: 7))
    let flagging = RowFlagging(InventedLexicons.compiled)
    let cancellation = Cancellation()
    var steps = 0
    let part = flagging.extend(over: dataset, cancellation) { _ in
      steps += 1
      if steps == 2 { cancellation.cancel() }
    }
    #expect(part.flaggedCount > 0 && part.flaggedCount < dataset.rowCount)
    #expect(part.risk(at: dataset.rowCount - 1) == .pending)
    #expect(flagging.snapshot.flaggedCount == part.flaggedCount)
    let all = flagging.extend(over: dataset)
    #expect(all.flaggedCount == dataset.rowCount)
    check(all, dataset)
    // The earlier look is what it was.
    #expect(part.risk(at: part.flaggedCount) == .pending)
  }

  @Test func rowsThatAreAskedForAreFlaggedFirstAndTheAnswersAreAboutThem() {
    let dataset = Dataset.of(Self.rows(30_000, seed: 13))
    let total = dataset.rowCount
    let wanted = RowSet((0..<total).filter { $0 % 97 == 5 || $0 > total - 40 }, of: total)
    let whole = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    let flagging = RowFlagging(InventedLexicons.compiled)
    let cancellation = Cancellation()
    let part = flagging.extend(over: dataset, first: wanted, cancellation) { flags in
      if wanted.isSubset(of: flags.flagged) { cancellation.cancel() }
    }
    #expect(wanted.isSubset(of: part.flagged) && part.flaggedCount < total)
    for row in 0..<total {
      #expect(part.risk(at: row) == (part.flagged.contains(row) ? whole.risk(at: row) : .pending))
    }
    #expect(part.rows(risk: 0...100, of: total) == whole.rows(risk: 0...100, of: total).intersection(part.flagged))
    #expect(part.unreadableRows(of: total) == whole.unreadableRows(of: total).intersection(part.flagged))
    let ivory = whole.terms(matching: "ivory")
    #expect(part.rows(with: ivory, of: total) == whole.rows(with: ivory, of: total).intersection(part.flagged))
    let some = RowSet((0..<total).filter { $0 % 3 == 0 }, of: total)
    let (counts, expected) = (part.counts(among: some), whole.counts(among: some.intersection(part.flagged)))
    #expect(counts.map(\.term) == expected.map(\.term) && counts.map(\.count) == expected.map(\.count))
    // Others come first now, then the rest; the snapshot stays as it was.
    let all = flagging.extend(over: dataset, first: part.flagged.complement.intersection(some))
    #expect(all.flaggedCount == total && !all.isSameSnapshot(as: part))
    for row in 0..<total {
      #expect(all.risk(at: row) == whole.risk(at: row) && all.terms(at: row) == whole.terms(at: row))
    }
    #expect(part.flaggedCount < total && part.risk(at: part.flagged.complement.rows[0]) == .pending)
  }

  @Test func rowsThatAreAskedForInTheMiddleOfAStepLoseNothing() {
    let dataset = Dataset.of(Self.rows(20_000, seed: 14))
    let flagging = RowFlagging(InventedLexicons.compiled)
    var seen: [Int] = []
    for start in stride(from: 19_000, through: 0, by: -1000) {
      let cancellation = Cancellation()
      let flags = flagging.extend(over: dataset, first: RowSet(start..<start + 1000, of: 20_000), cancellation) { _ in
        cancellation.cancel()
      }
      #expect(flags.flaggedCount >= (seen.last ?? 0))
      seen.append(flags.flaggedCount)
    }
    check(flagging.extend(over: dataset), dataset)
  }

  @Test func workThatGivesWayStandsStillAndThenComesToTheSameEnd() async {
    let dataset = Dataset.of(Self.rows(3000, seed: 8))
    let flagging = RowFlagging(InventedLexicons.compiled)
    let yielding = Yielding()
    yielding.begin()
    yielding.begin()
    let work = Task.detached { flagging.extend(over: dataset, Cancellation(yielding: yielding)) }
    yielding.end()
    #expect(yielding.isRequested)
    yielding.end()
    let flags = await work.value
    #expect(flags.flaggedCount == dataset.rowCount)
    check(flags, dataset)
  }

  @Test func workThatStandsStillCanBeCancelled() async {
    let dataset = Dataset.of(Self.rows(3000, seed: 8))
    let flagging = RowFlagging(InventedLexicons.compiled)
    let yielding = Yielding()
    let cancellation = Cancellation(yielding: yielding)
    yielding.begin()
    let work = Task.detached { flagging.extend(over: dataset, cancellation) }
    cancellation.cancel()
    #expect(await work.value.flaggedCount == 0)
  }

  @Test func questionsAreAnsweredAsRowByRow() {
    let dataset = Dataset.of(Self.rows(2000, seed: 9))
    let flags = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    let total = dataset.rowCount
    for range in [0...0, 0...100, 60...100, 1...59, 101...200, -5...(-1)] {
      let expected = (0..<total).filter { flags.risk(at: $0).value.map { range.contains($0) } ?? false }
      #expect(flags.rows(risk: range, of: total).rows == expected, "\(range)")
    }
    let unreadable = (0..<total).filter { flags.risk(at: $0).value == nil }
    #expect(!unreadable.isEmpty)
    #expect(flags.unreadableRows(of: total).rows == unreadable)
    for word in ["ivory", "IVORY", "pangolin", "tê tê", "te te", "nothing like that", "果冻"] {
      let wanted = flags.terms(matching: word)
      let expected = (0..<total).filter { !wanted.isDisjoint(with: flags.terms(at: $0)) }
      #expect(flags.rows(with: wanted, of: total).rows == expected, "\(word)")
    }
    #expect(flags.terms(matching: "pangolin") == flags.terms(matching: "vay te te"))
    #expect(flags.terms(matching: "").isEmpty)
  }

  @Test func termsAreCountedAmongRows() {
    let dataset = Dataset.of(Self.rows(2000, seed: 10))
    let flags = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    var dice = Dice(seed: 11)
    for rows in [
      RowSet(allOf: 2000), RowSet(noneOf: 2000), RowSet((0..<2000).filter { _ in dice.once(in: 3) }, of: 2000),
    ] {
      var expected: [TermID: Int] = [:]
      for row in rows.rows { for term in flags.terms(at: row) { expected[term, default: 0] += 1 } }
      let counts = flags.counts(among: rows)
      #expect(Dictionary(uniqueKeysWithValues: counts.map { ($0.term, $0.count) }) == expected)
      #expect(counts.map(\.count) == counts.map(\.count).sorted(by: >))
    }
  }

  @Test func aDatasetThatOutgrewItsFlagsIsAnsweredForTheFlaggedRows() {
    let dataset = Dataset.of(Self.rows(100, seed: 12))
    let flags = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    #expect(flags.rows(risk: 0...100, of: 1000).rowCount == 1000)
    #expect(flags.rows(risk: 0...100, of: 1000).rows == flags.rows(risk: 0...100, of: 100).rows)
    #expect(
      flags.counts(among: RowSet(allOf: 1000)).map(\.count) == flags.counts(among: RowSet(allOf: 100)).map(\.count))
  }
}
