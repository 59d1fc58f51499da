import CaseStore
import Casework
import Listings
import ListingsTestSupport
import Testing

@Suite struct CasebookLawTests {
  /// Two analysts with a connection each on one file, against the ledger that keeps nothing on a disk.
  @Test func theFileHoldsByteForByteWhatTheLedgerSays() throws {
    for seed in 0..<25 {
      var random = Dice(seed: UInt64(seed))
      let folder = try CasebookFolder()
      let casebooks = [try folder.open("rk"), try folder.open("mb")]
      var ledger = Ledger()
      let creation = try #require(try casebooks[0].events().first)
      ledger.record(creation.action, object: creation.object, data: creation.data, by: "rk", at: noon)
      for _ in 0..<40 {
        let casebook = casebooks.randomElement(using: &random)!
        let change = Self.change(&random)
        let events = ledger.apply(change, by: casebook.analyst, at: noon)
        let applied = try? casebook.apply(change, at: noon)
        #expect(applied?.events.lowerBound == events?.first?.number, "seed \(seed)")
        #expect(applied?.events.upperBound == events?.last?.number, "seed \(seed)")
        #expect(applied?.statuses.count == events.map { Set($0.compactMap(\.listing)).count }, "seed \(seed)")
      }
      #expect(try casebooks[1].events() == ledger.events, "seed \(seed)")
      let statuses = try casebooks[0].statuses()
      #expect(statuses.mapValues(\.status) == ledger.statuses.byKey.mapValues(\.status), "seed \(seed)")
      #expect(statuses.mapValues(\.event) == ledger.statuses.lastEvent, "seed \(seed)")
      #expect(try casebooks[0].counts() == ledger.statuses.counts)
      for casebook in casebooks {
        #expect(try casebook.history().nextUndo?.number == ledger.history(of: casebook.analyst).nextUndo?.number)
        #expect(try casebook.history().nextRedo?.number == ledger.history(of: casebook.analyst).nextRedo?.number)
        #expect(try casebook.verify().isWhole, "seed \(seed)")
      }
    }
  }

  @Test func undoAndRedoSurviveARestart() throws {
    let folder = try CasebookFolder()
    let first = try folder.open()
    try first.apply(.file(.confirmed, reason: nil, for: keys(1...12)), at: noon)
    try first.apply(.file(.falsePositive, reason: .replica, for: keys(3...3)), at: noon)
    try first.close()

    let second = try folder.open()
    #expect(try second.undo(at: noon).sentence == "undid: 1 listing marked false positive (replica)")
    #expect(try second.undo(at: noon).sentence == "undid: 12 listings confirmed")
    #expect(try second.counts().reviewed == 0)
    #expect(casebookError { try second.undo(at: noon) } == .nothingToUndo)
    try second.close()

    let third = try folder.open()
    let redone = try third.redo(at: noon)
    #expect(redone.sentence == "redid: 12 listings confirmed")
    #expect(Set(redone.statuses.keys) == Set(keys(1...12)))
    #expect(try third.listings(of: #require(try third.history().nextUndo)) == keys(1...12))
    try third.apply(.write(note: "new", for: keys(1...1)[0]), at: noon)
    #expect(casebookError { try third.redo(at: noon) } == .nothingToRedo)
  }

  @Test func anUndoLeavesWhatAColleagueDecidedSinceAndSaysSo() throws {
    let folder = try CasebookFolder()
    let (rk, mb) = (try folder.open("rk"), try folder.open("mb"))
    try rk.apply(.file(.confirmed, reason: nil, for: keys(1...12)), at: noon)
    try mb.apply(.file(.unsure, reason: nil, for: keys(5...5)), at: noon)
    let undone = try rk.undo(at: noon)
    #expect(undone.left == keys(5...5))
    #expect(undone.sentence == "undid: 11 listings confirmed; 1 kept: decided again since")
    #expect(try rk.statuses()[keys(5...5)[0]]?.status.verdict == .unsure)
  }

  @Test func aVerdictsEventSaysWhatStoodBefore() throws {
    let folder = try CasebookFolder()
    let casebook = try folder.open()
    let key = keys(1...1)[0]
    try casebook.apply(.file(.falsePositive, reason: .wantedAdvert, for: [key]), at: noon)
    try casebook.apply(.write(note: "asks to buy", for: key), at: noon)
    let applied = try casebook.apply(.file(.confirmed, reason: nil, for: [key]), at: noon)
    let history = try casebook.events(about: key)
    #expect(history.map(\.before) == [.verdict(nil, nil), .note(nil), .verdict(.falsePositive, .wantedAdvert)])
    #expect(applied.statuses[key] == FiledStatus(ReviewStatus(verdict: .confirmed, note: "asks to buy"), 4))
  }

  @Test func aColleaguesEventsAreSeenOnRefresh() throws {
    let folder = try CasebookFolder()
    let (rk, mb) = (try folder.open("rk"), try folder.open("mb"))
    let start = try rk.head().sequence
    #expect(try rk.refresh(since: start).statuses.isEmpty)
    try mb.apply(.file(.confirmed, reason: nil, for: keys(1...2)), at: noon)
    try mb.apply(.write(note: "x", for: keys(2...2)[0]), at: noon)
    let refreshed = try rk.refresh(since: start)
    #expect(refreshed.last == start + 3)
    #expect(Set(refreshed.statuses.keys) == Set(keys(1...2)))
    #expect(refreshed.statuses[keys(2...2)[0]] == FiledStatus(ReviewStatus(verdict: .confirmed, note: "x"), start + 3))
    #expect(try rk.refresh(since: refreshed.last).statuses.isEmpty)
  }

  @Test func linesComeByListingAndAsAWholeInTheChainsOrder() throws {
    let folder = try CasebookFolder()
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...1500)), at: noon)
    try casebook.apply(.file(.unsure, reason: nil, for: keys(1...1)), at: noon)
    var lines: [String] = []
    try casebook.forEachLine { lines.append($0) }
    #expect(lines.count == 1502)
    #expect(AuditChain.verify(lines, knownHead: try casebook.head()).isWhole)
    #expect(try casebook.lines(for: keys(1...2)) == [lines[1], lines[2], lines[1501]])
    #expect(try casebook.lines(for: keys(9000...9001)) == [])
    #expect(try casebook.events(since: 1500, limit: 1).map(\.number) == [1501])
    #expect(try casebook.events(since: 1502).isEmpty)
  }

  private static func description(_ random: inout Dice) -> [DescriptionChange] {
    let all: [DescriptionChange] = [
      DescriptionChange(.species, ["certain", "probable", nil].randomElement(using: &random)!),
      DescriptionChange(.quantity, ["3 NO", "1.5 KIL"].randomElement(using: &random)!),
      DescriptionChange(.grading, ["B2", nil].randomElement(using: &random)!),
    ]
    return Array(all.shuffled(using: &random).prefix(Int.random(in: 1...3, using: &random)))
  }

  static func change(_ random: inout Dice) -> Change {
    let six = keys(1...6)
    switch Int.random(in: 0..<12, using: &random) {
    case 10, 11: return .describe(Self.description(&random), for: Array(six.shuffled(using: &random).prefix(2)))
    case 0..<3:
      let some = six.shuffled(using: &random).prefix(Int.random(in: 0...6, using: &random))
      let verdict: Verdict? = [.confirmed, .falsePositive, .unsure, nil].randomElement(using: &random)!
      return .file(verdict, reason: Bool.random(using: &random) ? .replica : nil, for: Array(some))
    case 3, 4:
      return .write(note: ["莲", "two", nil].randomElement(using: &random)!, for: six.randomElement(using: &random)!)
    case 5..<8: return .undo
    default: return .redo
    }
  }
}
