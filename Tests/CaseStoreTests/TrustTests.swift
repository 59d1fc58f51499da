@testable import CaseStore
import Casework
import Foundation
import GRDB
import Listings
import Testing

/// A casebook that is not as it was written can be read, says why, and takes no verdict.
@Suite struct TrustTests {
  let folder: CasebookFolder

  init() throws { folder = try CasebookFolder() }

  private func fill(_ count: Int) throws {
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...count)), at: noon)
    try casebook.close()
  }

  private func expectRefusal(_ why: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let casebook = try folder.open()
    guard case .untrusted(folder.casebookPath, let found)? = casebook.blockingError else {
      Issue.record("\(String(describing: casebook.blockingError))", sourceLocation: sourceLocation)
      return
    }
    #expect(found.contains(why), sourceLocation: sourceLocation)
    let fault = casebook.blockingError
    #expect(
      casebookError { try casebook.apply(.file(.unsure, reason: nil, for: keys(1...1)), at: noon) } == fault,
      sourceLocation: sourceLocation)
    #expect(casebookError { _ = try casebook.reservePacket(at: noon) } == fault, sourceLocation: sourceLocation)
    #expect(casebookError { try casebook.keep(position: "{}", for: "x", at: noon) } == fault)
    #expect(try casebook.statuses().isEmpty == false, sourceLocation: sourceLocation)
    try casebook.close()
  }

  /// What another program files while the casebook is being looked through is no broken chain.
  @Test func aCasebookThatIsOpenedWhileOthersFileIsTrusted() async throws {
    try fill(20)
    let path = folder.casebookPath
    let filing = Task.detached {
      let other = try Casebook.open(path: path, analyst: "mb", clock: { noon }, patience: 5)
      var number = 0
      while !Task.isCancelled {
        number += 1
        try other.apply(.file(.confirmed, reason: nil, for: keys(number % 50 + 1...number % 50 + 5)), at: noon)
      }
      try other.close()
    }
    for _ in 0..<60 {
      let casebook = try folder.open()
      #expect(casebook.blockingError == nil)
      try casebook.close()
    }
    filing.cancel()
    try await filing.value
  }

  private static let rules = [
    ("DROP TRIGGER event_is_never_changed", "its trigger event_is_never_changed is missing"),
    ("DROP TRIGGER event_is_never_deleted", "its trigger event_is_never_deleted is missing"),
    ("DROP TRIGGER act_is_never_changed", "its trigger act_is_never_changed is missing"),
    ("DROP TRIGGER stamp_keeps_its_token", "its trigger stamp_keeps_its_token is missing"),
    (
      """
      DROP TRIGGER event_is_never_changed;
      CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event WHEN 0
        BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END
      """, "its trigger event_is_never_changed was altered"
    ),
    (
      "CREATE TRIGGER mine AFTER INSERT ON standing BEGIN UPDATE standing SET note = 'x' WHERE key = NEW.key; END",
      "it has a trigger mine that linsang did not make"
    ),
    ("DROP TABLE place", "its table place is missing"),
    ("ALTER TABLE place ADD COLUMN more TEXT", "its table place was altered"),
  ]

  @Test(arguments: rules)
  func rulesThatAreMissingOrAlteredAreSaid(sql: String, why: String) throws {
    try fill(5)
    try folder.tamper(sql)
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath))
    try expectRefusal(why)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath)) == before)
    #expect(try folder.open("v", .reading).schemaProblem() == why)
  }

  @Test func anOlderCasebookWhoseRulesAreMissingIsNotMigrated() throws {
    try folder.makeVersion1()
    try folder.tamper("DROP TRIGGER act_is_never_deleted")
    try expectRefusal("its trigger act_is_never_deleted is missing")
    let version = try folder.shell().read { db in try Int.fetchOne(db, sql: "PRAGMA user_version") }
    #expect(version == 1)
  }

  /// Takes the rules away, changes what they protect, and puts the same rules back.
  private func edit(_ sql: String) throws {
    let shell = try folder.shell()
    try shell.writeWithoutTransaction { db in
      let triggers = try String.fetchAll(db, sql: "SELECT sql FROM sqlite_master WHERE type = 'trigger'")
      let names = try String.fetchAll(db, sql: "SELECT name FROM sqlite_master WHERE type = 'trigger'")
      try db.execute(sql: "PRAGMA foreign_keys = OFF")
      for name in names { try db.execute(sql: "DROP TRIGGER \(name)") }
      try db.execute(sql: sql)
      for trigger in triggers { try db.execute(sql: trigger) }
    }
    try shell.close()
  }

  @Test(arguments: [
    ("UPDATE event SET line = replace(line, 'confirmed', 'unsure') WHERE number = 3", "broken at event 3"),
    ("DELETE FROM event WHERE number = 3", "broken at event 3"),
    ("UPDATE event SET analyst = 'zz' WHERE number = 4", "broken at event 4"),
    ("DELETE FROM event WHERE number = 6", "broken at event 6"),
    ("UPDATE standing SET verdict = 'unsure' WHERE key = 'id:P/2'", "table standing, id:P/2 (event 3), column verdict"),
  ])
  func aBrokenChainIsSaidWhereTheRulesWerePutBack(sql: String, why: String) throws {
    try fill(5)
    try edit(sql)
    try expectRefusal(why)
  }

  @Test func theEndOfALongChainIsReadAtOnceAndTheRestBesideTheWork() throws {
    try fill(3000)
    try edit("UPDATE event SET line = replace(line, 'confirmed', 'unsure') WHERE number = 2990")
    try expectRefusal("broken at event 2990")
    try edit("UPDATE event SET line = replace(line, 'unsure', 'confirmed') WHERE number = 2990")
    let whole = try folder.open()
    try whole.checkWhole()
    #expect(whole.blockingError == nil)
    try whole.close()
    try edit("UPDATE event SET line = replace(line, 'confirmed', 'unsure') WHERE number = 100")
    let casebook = try folder.open()
    #expect(casebook.blockingError == nil)
    let error = casebookError { try casebook.checkWhole() }
    #expect(error?.sentence.contains("its audit chain is broken at event 100") == true, "\(String(describing: error))")
    #expect(casebookError { try casebook.apply(.file(.unsure, reason: nil, for: keys(1...1)), at: noon) } == error)
    #expect(casebook.blockingError == error)
  }

  @Test(arguments: [2, 5, 9, 20])
  func aDamagedPageIsSaid(page: Int) throws {
    try fill(3000)
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath))
    for at in page * 4096..<page * 4096 + 64 { bytes[at] = UInt8(truncatingIfNeeded: at &* 31) }
    try bytes.write(to: URL(fileURLWithPath: folder.casebookPath))
    let error = casebookError {
      let casebook = try folder.open()
      try casebook.checkWhole()
    }
    switch error {
    case .damaged(folder.casebookPath, _), .untrusted(folder.casebookPath, _): break
    default: Issue.record("\(String(describing: error))")
    }
  }

  @Test func closingBreaksOffTheReadingOfTheWholeAndFoldsTheLogIn() throws {
    try fill(15_000)
    let casebook = try folder.open()
    let done = DispatchSemaphore(value: 0)
    DispatchQueue.global().async {
      try? casebook.checkWhole()
      done.signal()
    }
    try casebook.apply(.file(.unsure, reason: nil, for: keys(1...1)), at: noon)
    try casebook.close()
    done.wait()
    #expect(casebook.blockingError == nil)
    #expect(!FileManager.default.fileExists(atPath: folder.casebookPath + "-wal"))
  }

  @Test func aWholeCasebookIsTrustedWhileColleaguesFile() throws {
    try fill(2500)
    let casebook = try folder.open()
    let colleague = try folder.open("mb")
    try colleague.apply(.file(.unsure, reason: nil, for: keys(1...50)), at: noon)
    try casebook.checkWhole()
    try casebook.apply(.file(.unsure, reason: nil, for: keys(7...8)), at: noon)
    try colleague.checkWhole()
    #expect(casebook.blockingError == nil && colleague.blockingError == nil)
  }
}
