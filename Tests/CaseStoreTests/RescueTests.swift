@testable import CaseStore
import Casework
import Foundation
import Listings
import Synchronization
import Testing

/// What was decided and is in no casebook is kept, and can be filed into another.
@Suite struct RescueTests {
  let folder: CasebookFolder
  /// Not where the casebook is, for when that folder is gone.
  let elsewhere: CasebookFolder

  init() throws {
    folder = try CasebookFolder()
    elsewhere = try CasebookFolder()
  }

  private final class Session: Sendable {
    let queue: FilingQueue
    private let told: Told

    init(_ casebook: Casebook, _ folders: [String]) {
      let told = Told()
      queue = FilingQueue(casebook, rescueFolders: folders) { loss in told.losses.withLock { $0.append(loss) } }
      self.told = told
    }

    private final class Told: Sendable { let losses = Mutex<[LostCasebook]>([]) }

    var lost: [LostCasebook] { told.losses.withLock { $0 } }

    /// Files one change and waits for the answer.
    func file(_ change: Change, at time: String = noon) -> Result<Applied, FilingError> {
      let box = Box()
      queue.submit(change, at: time, seen: []) { result in box.value.withLock { $0 = result } }
      queue.drain()
      return box.value.withLock { $0 } ?? .failure(FilingError(error: .nothingToDecide, kept: nil))
    }

    private final class Box: Sendable { let value = Mutex<Result<Applied, FilingError>?>(nil) }
  }

  private func session() throws -> Session { Session(try folder.open(), [elsewhere.path]) }

  private func verdict(_ verdict: Verdict?, _ number: Int) -> Change {
    .file(verdict, reason: verdict == .falsePositive ? .replica : nil, for: keys(number...number))
  }

  private func rescueFiles(_ path: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.contains(".rescue-") }
      .map { path + "/" + $0 }
  }

  private func rescue(_ path: String) throws -> Rescue {
    try #require(Rescue(text: try String(contentsOfFile: path, encoding: .utf8)))
  }

  @Test(arguments: Misfortune.allCases)
  func whateverBecomesOfTheCasebookWhatWasDecidedCanBeFiledIntoAnother(misfortune: Misfortune) throws {
    let session = try session()
    #expect(try session.file(verdict(.confirmed, 1)).get().transaction == 2)
    #expect(try session.file(verdict(.falsePositive, 2)).get().transaction == 3)
    try misfortune.prepare(folder)
    try session.queue.casebook.fold()
    for name in ["/earlier", "/went-on"] { try folder.copy(folder.casebookPath, to: folder.path + name) }
    let wentOn = try Casebook.open(path: folder.path + "/went-on", analyst: "mb", clock: { noon })
    try wentOn.apply(verdict(.unsure, 60), at: noon)
    try wentOn.close()
    #expect(try session.file(.write(note: "莲 \"x\"\n", for: keys(2...2)[0])).get().transaction == 4)
    #expect(try session.file(verdict(.unsure, 3)).get().transaction == 5)
    try session.queue.casebook.fold()
    #expect(try session.file(.undo).get().transaction == 6)
    #expect(try session.file(verdict(.unsure, 4)).get().transaction == 7)
    try misfortune.strike(folder)
    let later = "2026-11-18T12:30:00Z"
    guard case .failure(let refusal) = session.file(verdict(.unsure, 5), at: later) else {
      Issue.record("filed into nothing")
      return
    }
    #expect(refusal.error == .lost(path: folder.casebookPath, misfortune.loss))
    guard case .inFile(let file)? = refusal.kept else {
      Issue.record("not kept in a file: \(refusal)")
      return
    }
    #expect(try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int == 0o600)
    // Told once, with what was shown as saved before.
    #expect(session.lost.count == 1)
    let unsaved = Set(session.lost.flatMap(\.unsaved))
    #expect(unsaved.isSuperset(of: keys(3...4)))
    #expect(misfortune.loss == .logLost || unsaved == Set(keys(1...4)))
    // Undo cannot be resolved without the casebook, and says so.
    #expect(throws: FilingError.self) { try session.file(.undo, at: later).get() }
    #expect(throws: FilingError.self) { try session.file(verdict(.confirmed, 5), at: later).get() }

    // From the file, into a new casebook.
    let rescue = try rescue(file)
    #expect(rescue.unreadableLines.isEmpty)
    #expect(rescue.source.analyst == "rk")
    let other = try Casebook.open(path: elsewhere.path + "/new", analyst: "rk", clock: { later })
    try other.file(rescue.decisions, from: rescue.source, at: later)
    let statuses = try other.statuses().mapValues(\.status)
    #expect(statuses[keys(5...5)[0]] == ReviewStatus(verdict: .confirmed))
    #expect(statuses[keys(4...4)[0]] == ReviewStatus(verdict: .unsure))
    #expect(statuses[keys(2...2)[0]]?.note == "莲 \"x\"\n")
    #expect(statuses[keys(3...3)[0]]?.verdict == nil)
    #expect(misfortune.loss == .logLost || statuses[keys(2...2)[0]]?.reason == .replica)
    #expect(try other.verify().isWhole)
    let head = try other.head()
    // The same file again changes nothing.
    #expect(try other.file(rescue.decisions, from: rescue.source, at: later).filed == 0)
    #expect(try other.head() == head)
    // All of it is one act.
    try other.undo(at: later)
    #expect(try other.counts().reviewed == 0)
    try? FileManager.default.removeItem(atPath: folder.path + ".away")
  }

  @Test func theQueueGoesOnWithTheCasebookThatWasNamed() throws {
    let session = try session()
    _ = try session.file(verdict(.confirmed, 1)).get()
    unlink(folder.casebookPath)
    #expect(throws: FilingError.self) { try session.file(verdict(.unsure, 2)).get() }
    let path = elsewhere.path + "/new.casebook"
    let answer = Answer()
    session.queue.rescue(into: path, at: noon) { result in answer.value.withLock { $0 = result } }
    session.queue.drain()
    #expect(try answer.value.withLock { $0 }?.get().filed == 2)
    _ = try session.file(verdict(.falsePositive, 3)).get()
    #expect(session.queue.finish() == nil)
    let book = try Casebook.open(path: path, analyst: "v", access: .reading)
    #expect(try book.counts() == VerdictCounts([.confirmed, .unsure, .falsePositive]))
    #expect(try book.verify().isWhole)
    let event = try #require(try book.events().first { $0.listing == keys(1...1)[0] })
    guard case .map(let rescued)? = event.data["rescued"] else {
      Issue.record("\(event)")
      return
    }
    #expect(rescued["decided"] == .text(noon) && rescued["by"] == .text("rk"))
  }

  private final class Answer: Sendable { let value = Mutex<Result<RescueFiled, CasebookError>?>(nil) }

  @Test func aCasebookThatWasPutBackTakesWhatItMissesUnderItsOwnName() throws {
    let session = try session()
    _ = try session.file(verdict(.confirmed, 1)).get()
    try session.queue.casebook.fold()
    try folder.copy(folder.casebookPath, to: folder.path + "/backup")
    _ = try session.file(verdict(.unsure, 2)).get()
    rename(folder.path + "/backup", folder.casebookPath)
    #expect(throws: FilingError.self) { try session.file(verdict(.unsure, 3)).get() }
    let answer = Answer()
    session.queue.rescue(into: folder.casebookPath, at: noon) { result in answer.value.withLock { $0 = result } }
    session.queue.drain()
    #expect(try answer.value.withLock { $0 }?.get() == RescueFiled(filed: 2, alreadyThere: 1))
    #expect(session.queue.finish() == nil)
    #expect(try folder.open("v", .reading).counts() == VerdictCounts([.confirmed, .unsure, .unsure]))
    #expect(try folder.open("v").verify().isWhole)
  }

  @Test func whatWasDecidedLaterInTheOtherCasebookStands() throws {
    let book = try folder.open("mb")
    try book.apply(verdict(.confirmed, 1), at: "2026-11-19T00:00:00Z")
    try book.apply(verdict(.confirmed, 2), at: "2026-11-17T00:00:00Z")
    try book.apply(.write(note: "later", for: keys(2...2)[0]), at: "2026-11-19T00:00:00Z")
    let rescued = keys(1...3).map {
      RescuedDecision(decision: Decision(key: $0, part: .verdict(.unsure, nil)), time: noon)
    }
    let source = RescueSource(analyst: "rk", casebook: "/x", token: "t")
    let filed = try book.file(rescued, from: source, at: "2026-11-20T00:00:00Z")
    #expect(filed == RescueFiled(filed: 2, decidedSince: 1))
    #expect(filed.sentence == "2 decisions filed, 1 left, as they were decided again since")
    #expect(try book.counts() == VerdictCounts([.confirmed, .unsure, .unsure]))
  }

  @Test func aRefusalThatIsNoLossIsKeptUntilTheDecisionIsSaved() throws {
    let casebook = try Casebook.open(path: folder.casebookPath, analyst: "rk", clock: { noon }, patience: 0.05)
    let session = Session(casebook, [elsewhere.path])
    let shell = try folder.shell()
    try shell.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      guard case .failure(let refusal) = session.file(verdict(.unsure, 1)) else {
        Issue.record("filed while locked")
        return
      }
      #expect(refusal.error == .locked(path: folder.casebookPath))
      #expect(try rescueFiles(folder.path).map { .inFile($0) } == [refusal.kept])
      try db.execute(sql: "ROLLBACK")
    }
    #expect(session.lost.isEmpty)
    _ = try session.file(verdict(.confirmed, 1)).get()
    #expect(try rescueFiles(folder.path).isEmpty)
    #expect(session.queue.finish() == nil)
  }

  @Test func whereNoFileCanBeWrittenItIsKeptInMemoryAndSaid() throws {
    let session = Session(try folder.open(), [])
    _ = try session.file(verdict(.confirmed, 1)).get()
    try FileManager.default.removeItem(atPath: folder.path)
    guard case .failure(let refusal) = session.file(verdict(.unsure, 2)), case .inMemory? = refusal.kept else {
      Issue.record("kept somewhere")
      return
    }
    #expect(refusal.sentence.contains("in this program only"))
    let answer = Answer()
    session.queue.rescue(into: elsewhere.path + "/new", at: noon) { result in answer.value.withLock { $0 = result } }
    session.queue.drain()
    #expect(try answer.value.withLock { $0 }?.get().filed == 2)
    #expect(session.queue.finish() == nil)
  }

  @Test func aLossThatNothingWasFiledAfterIsSaidAtTheEnd() throws {
    let session = try session()
    _ = try session.file(verdict(.confirmed, 1)).get()
    unlink(folder.casebookPath)
    let lost = try #require(session.queue.finish())
    #expect(lost.error == .lost(path: folder.casebookPath, .gone))
    #expect(lost.unsaved == keys(1...1))
    #expect(lost.sentence.contains("What was decided of 1 listing is NOT saved; it is kept in \(folder.path)"))
  }

  @Test func halfALineAtTheEndIsLeftOutAndNamed() throws {
    let session = try session()
    for number in 1...3 { _ = try session.file(verdict(.confirmed, number)).get() }
    unlink(folder.casebookPath)
    _ = session.queue.finish()
    let file = try #require(try rescueFiles(folder.path).first)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let cut = try #require(Rescue(text: String(text.dropLast(20))))
    #expect(cut.decisions.count == 2)
    #expect(cut.unreadableLines == [4])
    #expect(Rescue(text: "listing_id,title\n1,x\n") == nil)
    #expect(Rescue(text: "") == nil)
  }
}
