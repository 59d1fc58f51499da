import Foundation
import GRDB
import Hashing
import Listings
import ListingsTestSupport
import Testing

@testable import CaseStore
@testable import Casework

/// Casebooks of people apart become one, and every chain stays as it was written.
@Suite struct MergingTests {
  let folder: CasebookFolder

  init() throws { folder = try CasebookFolder() }

  private func open(_ name: String, _ analyst: String, _ access: Casebook.Access = .writing) throws -> Casebook {
    try Casebook.open(
      path: "\(folder.path)/\(name).casebook", analyst: analyst, access: access, clock: { "2026-11-18T08:00:00Z" },
      patience: 5)
  }

  private func time(_ minute: Int) -> String {
    let hour = 10 + minute / 60
    return "2026-11-18T\(hour):\(minute % 60 < 10 ? "0" : "")\(minute % 60):00Z"
  }

  private var key: ListingKey { keys(1...1)[0] }

  private func verdict(_ book: Casebook, _ key: ListingKey? = nil) throws -> Verdict? {
    try book.statuses()[key ?? self.key]?.status.verdict
  }

  /// A team shares its views also where each decides in a casebook of one's own. Those kept last count, in any order.
  @Test func savedViewsComeAlongAndTheNewerOnesStay() throws {
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ben"))
    try mine.keep(position: "{\"0001 name\":\"mine\"}", for: Casebook.viewsName, at: time(1))
    try theirs.keep(position: "{\"0001 name\":\"first\"}", for: Casebook.viewsName, at: time(1))
    try theirs.keep(position: "{}", for: "week47.csv", at: time(1))
    #expect(try mine.merge([theirs], at: time(2)).views == 1)
    #expect(try mine.positions(for: Casebook.viewsName).count == 2)
    #expect(try mine.positions(for: "week47.csv").isEmpty, "where somebody was is nobody else's")
    // Without a new event what is newer comes all the same, and what is older does not.
    try theirs.keep(position: "{\"0001 name\":\"second\"}", for: Casebook.viewsName, at: time(3))
    #expect(try mine.merge([theirs], at: time(4)).views == 1)
    #expect(try mine.positions(for: Casebook.viewsName).contains { $0.contains("second") })
    #expect(try mine.merge([theirs], at: time(5)).views == 0)
    #expect(try theirs.merge([mine], at: time(6)).views == 1)
    #expect(try theirs.positions(for: Casebook.viewsName).contains { $0.contains("mine") })
  }

  /// Whoever decides here and there has views in both: they are joined, whichever were kept last.
  @Test func viewsOfOneAnalystInTwoCasebooksAreJoined() throws {
    let (mine, laptop) = (try open("a", "ana"), try open("b", "ana"))
    try mine.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: time(1))
    try mine.keep(position: "{\"a\":\"1\"}", for: Casebook.viewsName, at: time(1))
    try laptop.keep(position: "{\"b\":\"2\"}", for: Casebook.viewsName, at: time(2))
    func join(_ earlier: String, _ later: String) -> String { "[\(earlier),\(later)]" }
    #expect(try mine.merge([laptop], at: time(3), joiningViews: join).views == 1)
    #expect(try mine.positions(for: Casebook.viewsName) == ["[{\"a\":\"1\"},{\"b\":\"2\"}]"])
  }

  @Test func aChainComesWholeUnderItsNameAndIsVerified() throws {
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ben"))
    try mine.apply(.file(.confirmed, reason: nil, for: keys(1...2)), at: time(1))
    try theirs.apply(.file(.falsePositive, reason: .replica, for: keys(2...4)), at: time(2))
    try theirs.apply(.write(note: "\u{1B}莲", for: keys(4...4)[0]), at: time(3))
    let before = try (mine.events(), theirs.events())
    let merged = try mine.merge([theirs], at: time(9))
    let token = try #require(try theirs.identity())
    let head = try theirs.head()
    #expect(merged.chains == [MergedChain(token: token, from: 1, through: 5, head: head.hash)])
    #expect(merged.changed == 3 && merged.disagreements == 1)

    #expect(try Array(mine.events().dropLast()) == before.0)
    let event = try #require(try mine.events().last)
    #expect(event.action == .mergeCasebooks && event.number == merged.event && event.analyst == "ana")
    #expect(event.mergedChains == merged.chains)
    #expect(try mine.foreignChains() == [ForeignChain(token: token, head: head, analysts: ["ben"])])
    var lines: [String] = []
    try mine.forEachLine(of: token) { lines.append($0) }
    #expect(lines == before.1.map(\.line.json))
    #expect(try mine.statuses()[keys(4...4)[0]]?.status.note == "\u{1B}莲")
    let inspection = try mine.inspect()
    #expect(inspection.isWhole, "\(inspection.findings.map(\.sentence))")
    #expect(inspection.chains == [.init(token: token, head: head)])
    #expect(try theirs.events() == before.1)
    // Heads of the other chain are heads here, too.
    let kept = KeptHead(number: head.sequence, hash: head.hash, casebook: token)
    let other = KeptHead(number: 2, hash: head.hash, casebook: token)
    #expect(try mine.agreement(with: [kept]) == [.agrees])
    #expect(try mine.agreement(with: [other]) == [.contradicts(found: before.1[1].line.hash)])
    #expect(try mine.history(of: keys(2...2)[0]).map(\.chain) == [nil, token])
    try mine.close()
    #expect(try open("a", "ana").blockingError == nil)
  }

  @Test func mergingTwiceChangesNothingAndWhatGrewIsContinued() throws {
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ben"))
    try theirs.apply(.file(.confirmed, reason: nil, for: [key]), at: time(1))
    _ = try mine.merge([theirs], at: time(2))
    let head = try mine.head()
    #expect(try mine.merge([theirs, theirs], at: time(3)) == Merged())
    #expect(try mine.merge([mine], at: time(3)) == Merged())
    #expect(try mine.head() == head)
    try theirs.apply(.file(.unsure, reason: nil, for: [key]), at: time(4))
    let grown = try mine.merge([theirs], at: time(5))
    #expect(grown.chains.map(\.from) == [3] && grown.changed == 1)
    #expect(try verdict(mine) == .unsure)
    // And back: the other casebook learns of this one.
    let back = try theirs.merge([mine], at: time(6))
    #expect(back.chains.map(\.token) == [try mine.identity()])
    #expect(try theirs.merge([mine], at: time(7)) == Merged())
    #expect(try mine.inspect().isWhole && theirs.inspect().isWhole)
  }

  @Test func aChainThatPartsIsRefusedWithTheNumber() throws {
    let mine = try open("a", "ana")
    try mine.apply(.file(.unsure, reason: nil, for: [key]), at: time(1))
    let theirs = try open("b", "ben")
    try theirs.apply(.file(.confirmed, reason: nil, for: keys(1...5)), at: time(1))
    try theirs.close()
    try FileManager.default.copyItem(atPath: folder.path + "/b.casebook", toPath: folder.path + "/c.casebook")
    let (one, other) = (try open("b", "ben"), try open("c", "ben"))
    try one.apply(.file(.confirmed, reason: nil, for: keys(7...8)), at: time(2))
    try other.apply(.file(.unsure, reason: nil, for: keys(7...8)), at: time(2))
    let token = try #require(try one.identity())
    let head = try mine.head()
    let parts = MergeProblem.chainsPart(chain: token, at: 7)
    let together = casebookError { _ = try mine.merge([one, other], at: time(3)) }
    #expect(together == .cannotMerge(path: mine.path, other: other.path, parts))
    #expect(try mine.head() == head)
    _ = try mine.merge([one], at: time(3))
    let error = casebookError { _ = try mine.merge([other], at: time(4)) }
    #expect(error == .cannotMerge(path: mine.path, other: other.path, parts))
    #expect(error?.sentence.contains("from event 7 on") == true)
    #expect(casebookError { _ = try one.merge([other], at: time(4)) } != nil)
    #expect(try mine.inspect().isWhole)
  }

  @Test func anOlderCopyLearnsThatItIsOne() throws {
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ben"))
    try mine.close()
    try FileManager.default.copyItem(atPath: folder.path + "/a.casebook", toPath: folder.path + "/old.casebook")
    let again = try open("a", "ana")
    try again.apply(.file(.confirmed, reason: nil, for: [key]), at: time(1))
    _ = try theirs.merge([again], at: time(2))
    let old = try open("old", "ana")
    let token = try #require(try old.identity())
    let problem = MergeProblem.knowsMore(chain: token, last: 1, there: 2)
    #expect(
      casebookError { _ = try old.merge([theirs], at: time(3)) }
        == .cannotMerge(path: old.path, other: theirs.path, problem))
    // The newer one is simply in front of its copy.
    #expect(try again.merge([old], at: time(3)) == Merged())
  }

  @Test func aCasebookThatIsNotWholeIsRefused() throws {
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ben"))
    try theirs.apply(.file(.confirmed, reason: nil, for: [key]), at: time(1))
    try theirs.close()
    let shell = try DatabaseQueue(path: folder.path + "/b.casebook")
    try shell.write { db in try db.execute(sql: "UPDATE standing SET verdict = 'unsure'") }
    try shell.close()
    let head = try mine.head()
    guard case .untrusted? = casebookError({ _ = try mine.merge([open("b", "ana", .reading)], at: time(2)) }) else {
      Issue.record("an edited casebook was merged")
      return
    }
    #expect(try mine.head() == head)
  }

  // MARK: Who is right

  @Test func ofTwoVerdictsTheLaterIsInForceAndBothAreListedUntilSomebodyDecides() throws {
    for isMineLater in [false, true] {
      let (a, b) = ("a\(isMineLater)", "b\(isMineLater)")
      let (mine, theirs) = (try open(a, "ana"), try open(b, "ben"))
      try mine.apply(.file(.confirmed, reason: nil, for: [key]), at: time(isMineLater ? 5 : 1))
      try theirs.apply(.file(.falsePositive, reason: .replica, for: [key]), at: time(3))
      _ = try mine.merge([theirs], at: time(9))
      let standing = try #require(try mine.disagreements().first)
      #expect(
        standing.reviews.map(\.opinion.verdict)
          == (isMineLater ? [.confirmed, .falsePositive] : [.falsePositive, .confirmed]))
      #expect(standing.reviews.map(\.opinion.time).contains(time(3)))
      #expect(try verdict(mine) == standing.reviews[0].opinion.verdict)
      try mine.apply(.file(.unsure, reason: nil, for: [key]), at: time(1))
      #expect(try verdict(mine) == .unsure, "a clock that is behind takes nothing back")
      #expect(try mine.disagreements().isEmpty)
      // The other casebook takes the decision that was made with both known.
      _ = try theirs.merge([mine], at: time(10))
      #expect(try verdict(theirs) == .unsure)
      #expect(try theirs.disagreements().isEmpty)
      #expect(try mine.inspect().isWhole && theirs.inspect().isWhole)
    }
  }

  @Test func undoNeverTakesBackWhatCameByMerging() throws {
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ana"))
    try mine.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: time(4))
    try theirs.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: time(5))
    try theirs.apply(.file(.unsure, reason: nil, for: keys(2...2)), at: time(1))
    _ = try mine.merge([theirs], at: time(6))
    let undone = try mine.undo(at: time(7))
    #expect(Set(undone.left) == Set(keys(1...2)))
    #expect(try verdict(mine, keys(3...3)[0]) == nil)
    #expect(try verdict(mine) == .confirmed && verdict(mine, keys(2...2)[0]) == .confirmed)
    #expect(casebookError { try mine.undo(at: time(8)) } == .nothingToUndo)
    // What was decided after the merge is undone as ever.
    try mine.apply(.file(.falsePositive, reason: nil, for: keys(1...1)), at: time(8))
    try mine.undo(at: time(9))
    #expect(try verdict(mine) == .confirmed)
    #expect(try mine.inspect().isWhole)
  }

  @Test func openDashboardsSeeAMerge() throws {
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ben"))
    try theirs.apply(.file(.confirmed, reason: nil, for: keys(1...2)), at: time(1))
    let since = try mine.head().sequence
    let window = try open("a", "mb")
    _ = try mine.merge([theirs], at: time(2))
    let refreshed = try window.refresh(since: since)
    #expect(Set(refreshed.statuses.keys) == Set(keys(1...2)))
    #expect(refreshed.statuses[key] == FiledStatus(ReviewStatus(verdict: .confirmed), 2))
    #expect(try window.refresh(since: refreshed.last).statuses.isEmpty)
  }

  @Test func wordsAndSightingsComeAlong() throws {
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ben"))
    let packed = [UInt8]("packed".utf8)
    let file = ScrapeFile(
      scrape: "2026-11-18", day: "2026-11-18", began: 1, basis: "captured_at", file: "a.csv", byteCount: 9,
      sha256: SHA256Digest(of: "a").hex, listings: 3, digest: SHA256Digest(of: packed).hex)
    _ = try theirs.record(file, packed: packed, at: time(1))
    let seen = ListingSnapshot(
      key: key, title: "ring", platform: nil, url: nil, seller: "bao", sighting: .init(file: "a.csv", row: 1))
    try theirs.apply(.file(.confirmed, reason: nil, for: [key]), at: time(2), seen: [seen])
    #expect(try mine.merge([theirs], at: time(3)).scrapes == 1)
    #expect(try mine.scrapeFiles() == [file])
    #expect(try mine.packedSightings(of: file) == packed)
    #expect(try mine.listing(key)?.last.title == "ring")
    #expect(try mine.record(file, packed: packed, at: time(4)) == .known(scrape: "2026-11-18"))
    let more = [UInt8]("more".utf8)
    let second = ScrapeFile(
      scrape: "2026-11-19", day: "2026-11-19", began: 1, basis: "captured_at", file: "b.csv", byteCount: 9,
      sha256: SHA256Digest(of: "b").hex, listings: 3, digest: SHA256Digest(of: more).hex)
    #expect(try mine.record(second, packed: more, at: time(5)) == .recorded)
    #expect(try mine.packedSightings(of: file) == packed)
    #expect(try mine.inspect().isWhole)
    let third = try open("c", "cy")
    _ = try third.merge([mine], at: time(6))
    #expect(try Set(third.scrapeFiles().map(\.file)) == ["a.csv", "b.csv"])
    #expect(try third.inspect().isWhole)
  }

  @Test func renamedListingsMeet() throws {
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ben"))
    let (old, new) = (ListingKey("url:x.example/1?a"), ListingKey("id:x/1"))
    try mine.apply(.file(.confirmed, reason: nil, for: [old]), at: time(1))
    try theirs.apply(.file(.unsure, reason: nil, for: [old]), at: time(2))
    _ = try theirs.rename([old: new], at: time(3))
    _ = try mine.merge([theirs], at: time(4))
    #expect(try mine.statuses().mapValues(\.status.verdict) == [new: .unsure])
    #expect(try mine.disagreements().map(\.key) == [new])
    #expect(try mine.history(of: new).count == 3)
    _ = try mine.rename([old: ListingKey("id:x/2"), new: ListingKey("id:x/2")], at: time(5))
    #expect(try mine.statuses().keys.map(\.text) == ["id:x/2"])
    _ = try theirs.merge([mine], at: time(6))
    #expect(try theirs.statuses().keys.map(\.text) == ["id:x/2"])
    #expect(try mine.inspect().isWhole && theirs.inspect().isWhole)
  }

  // MARK: Order

  /// Does something in a casebook, at a time that may be earlier than the last.
  private func work(_ book: Casebook, _ random: inout Dice) throws {
    let now = time(Int.random(in: 0..<200, using: &random))
    if Int.random(in: 0..<12, using: &random) == 0 {
      let all = keys(1...6) + [ListingKey("id:Q/1"), ListingKey("id:Q/2")]
      let (from, to) = (all.randomElement(using: &random)!, all.randomElement(using: &random)!)
      if from != to { _ = try book.rename([from: to], at: now) }
      return
    }
    do throws(CasebookError) {
      try book.apply(CasebookLawTests.change(&random), at: now)
    } catch {
      guard [.nothingToUndo, .nothingToRedo, .nothingToDecide].contains(error) else { throw error }
    }
  }

  private func copy(_ name: String, to other: String) throws {
    try FileManager.default.copyItem(
      atPath: "\(folder.path)/\(name).casebook", toPath: "\(folder.path)/\(other).casebook")
  }

  /// What depends on the events alone.
  private struct Outcome: Equatable {
    let statuses: [ListingKey: ReviewStatus]
    let disagreements: [Disagreement]
  }

  private func outcome(_ book: Casebook, _ note: String) throws -> Outcome {
    let inspection = try book.inspect()
    #expect(inspection.isWhole, "\(note): \(inspection.chain) \(inspection.findings.map(\.sentence))")
    // What brought an opinion differs from casebook to casebook.
    let disagreements = try book.disagreements().map { one in
      Disagreement(
        key: one.key,
        reviews: one.reviews.map { voice in
          .init(
            chain: voice.chain,
            opinion: Opinion(
              event: voice.opinion.event, broughtBy: 0, part: voice.opinion.part,
              seen: voice.opinion.seen, analyst: voice.opinion.analyst,
              rank: voice.opinion.rank))
        })
    }
    return Outcome(statuses: try book.statuses().mapValues(\.status), disagreements: disagreements)
  }

  @Test(arguments: 0..<12) func theOrderAndTheGroupingOfMergingDoNotMatter(seed: Int) throws {
    var random = Dice(seed: UInt64(seed))
    let names = ["a", "b", "c"]
    let books = try names.map { try open($0, $0 == "c" ? "ana" : "an\($0)") }
    for _ in 0..<40 {
      let book = books.randomElement(using: &random)!
      try work(book, &random)
      // Now and then they meet, and go on with that known.
      if Int.random(in: 0..<9, using: &random) == 0 {
        _ = try book.merge([books.randomElement(using: &random)!], at: time(Int.random(in: 0..<200, using: &random)))
      }
    }
    for book in books { try book.close() }
    var expected: Outcome?
    var count = 0
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]
    for order in orders {
      for grouping in 0..<3 {
        count += 1
        for name in names { try copy(name, to: "\(name)\(count)") }
        let some = try order.map { try open("\(names[$0])\(count)", "zoe") }
        switch grouping {
        case 0:  // One after the other.
          _ = try some[0].merge([some[1]], at: time(300))
          _ = try some[0].merge([some[2]], at: time(301))
        case 1:  // The last two first.
          _ = try some[1].merge([some[2]], at: time(300))
          _ = try some[0].merge([some[1]], at: time(301))
        default: _ = try some[0].merge([some[1], some[2]], at: time(300))
        }
        let found = try outcome(some[0], "seed \(seed), order \(order), grouping \(grouping)")
        if expected == nil { expected = found }
        #expect(found == expected, "seed \(seed), order \(order), grouping \(grouping)")
        for book in some { try book.close() }
      }
    }
    #expect(expected?.statuses.isEmpty == false)
  }

  /// What is filed after a merge, key by key, is what replaying all events gives.
  @Test(arguments: 0..<15) func whatIsFiledAfterAMergeIsWhatTheEventsSay(seed: Int) throws {
    var random = Dice(seed: UInt64(1000 + seed))
    let (mine, theirs) = (try open("a", "ana"), try open("b", "ben"))
    for round in 0..<4 {
      for _ in 0..<10 {
        try work(mine, &random)
        try work(theirs, &random)
      }
      _ = try mine.merge([theirs], at: time(round))
      for _ in 0..<8 { try work(mine, &random) }
      let inspection = try mine.inspect()
      #expect(inspection.isWhole, "seed \(seed): \(inspection.chain) \(inspection.findings.map(\.sentence))")
      if round == 1 { _ = try theirs.merge([mine], at: time(round)) }
    }
  }
}
