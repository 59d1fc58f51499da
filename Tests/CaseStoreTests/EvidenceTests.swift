import CaseStore
import Casework
import GRDB
import Listings
import Testing

/// That events cannot be edited through SQLite, and that it shows where somebody did it nevertheless.
@Suite struct EvidenceTests {
  let folder: CasebookFolder
  let casebook: Casebook

  init() throws {
    folder = try CasebookFolder()
    casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...5)), at: noon)
    try casebook.apply(.write(note: "x", for: keys(5...5)[0]), at: noon)
  }

  @Test(arguments: [
    ("UPDATE event SET analyst = 'zz' WHERE number = 3", "an event is never changed"),
    ("UPDATE event SET line = replace(line, 'confirmed', 'unsure')", "an event is never changed"),
    ("DELETE FROM event WHERE number = 7", "an event is never deleted"),
    ("DELETE FROM event", "an event is never deleted"),
    ("UPDATE act SET kind = 'other'", "an act is never changed"),
    ("DELETE FROM act", "an act is never deleted"),
    ("INSERT OR REPLACE INTO event SELECT * FROM event WHERE number = 3", "an event follows the last one"),
    (
      "INSERT INTO event SELECT 9, line, hash, act, action, object, time, analyst, form FROM event WHERE number = 7",
      "an event "  // Not after the last one, and not bound to it: either trigger may speak first.
    ),
    (
      "INSERT INTO event SELECT 8, line, hash, act, action, object, time, analyst, form FROM event WHERE number = 7",
      "an event is bound to the last one"
    ),
    ("UPDATE standing SET verdict = 'guilty'", "CHECK constraint failed"),
    ("UPDATE standing SET reason = 'replica'", "CHECK constraint failed"),
    ("UPDATE standing SET event = 99", "FOREIGN KEY constraint failed"),
    ("UPDATE standing SET event = 'three'", "cannot store TEXT value in INTEGER column"),
  ])
  func sqliteRefuses(sql: String, why: String) throws {
    let error = #expect(throws: DatabaseError.self) { try folder.tamper(sql) }
    #expect(error?.message?.contains(why) == true, "\(error?.message ?? "")")
    #expect(try casebook.verify().isWhole)
  }

  private static let disarm = """
    DROP TRIGGER event_is_never_changed; DROP TRIGGER event_is_never_deleted;
    DROP TRIGGER event_follows_the_last; DROP TRIGGER event_is_bound_to_the_last;
    PRAGMA defer_foreign_keys = ON;
    """

  @Test(arguments: [
    ("UPDATE event SET line = replace(line, 'confirmed', 'unsure') WHERE number = 3", 3, ChainProblem.edited),
    ("UPDATE event SET line = replace(line, '\"x\"', '\"y\"') WHERE number = 7", 7, .edited),
    ("UPDATE event SET hash = replace(hash, substr(hash, 1, 4), 'beef') WHERE number = 4", 4, .edited),
    ("UPDATE event SET line = '{}' WHERE number = 2", 2, .unreadable),
    ("UPDATE event SET analyst = 'zz' WHERE number = 3", 3, .indexDiffers("analyst")),
    ("UPDATE event SET object = 'id:P/9' WHERE number = 3", 3, .indexDiffers("object")),
    ("UPDATE event SET time = '2026-01-01T00:00:00Z' WHERE number = 3", 3, .indexDiffers("time")),
    ("UPDATE event SET act = 1 WHERE number = 3", 3, .indexDiffers("act number")),
    ("UPDATE event SET action = 'x' WHERE number = 3", 3, .indexDiffers("action")),
    ("UPDATE standing SET verdict = 'unsure' WHERE key = 'id:P/2'", 3, .indexDiffers("standing of id:P/2")),
    ("DELETE FROM standing WHERE key = 'id:P/2'", 3, .indexDiffers("standing of id:P/2")),
    (
      "INSERT INTO standing (key, verdict, event, time, analyst) VALUES ('id:P/77', 'confirmed', 4, '', '')", 4,
      .indexDiffers("standing of id:P/77")
    ),
  ])
  func anEditBehindTheProgramsBackIsNamed(sql: String, line: Int, why: ChainProblem) throws {
    try folder.tamper(Self.disarm + sql)
    #expect(try casebook.verify() == .broken(line: line, why: why))
  }

  @Test func aCutOffEndIsFoundByTheStatusesThatRestOnIt() throws {
    let shell = try folder.shell()
    try shell.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; DROP TRIGGER event_is_never_deleted;")
      try db.execute(sql: "DELETE FROM event WHERE number = 7")
    }
    #expect(try casebook.verify() == .broken(line: 7, why: .missing(next: nil)))
  }

  @Test func aRemovedEventIsNamed() throws {
    let shell = try folder.shell()
    try shell.writeWithoutTransaction { db in
      try db.execute(sql: "PRAGMA foreign_keys = OFF; DROP TRIGGER event_is_never_deleted;")
      try db.execute(sql: "DELETE FROM event WHERE number = 4")
    }
    #expect(try casebook.verify() == .broken(line: 4, why: .missing(next: 5)))
  }

  @Test func aKnownHeadIsHeldAgainstTheChain() throws {
    let head = try casebook.head()
    #expect(try casebook.verify(knownHead: head) == .whole(head))
    let later = ChainHead(sequence: 12, hash: head.hash)
    #expect(try casebook.verify(knownHead: later) == .broken(line: 8, why: .truncated(known: later)))
    let other = ChainHead(sequence: 3, hash: head.hash)
    #expect(try casebook.verify(knownHead: other) == .broken(line: 3, why: .edited))
  }

  @Test func aTimeThatIsNoTimeIsRefusedAndNothingIsWritten() throws {
    let before = try casebook.head()
    let error = casebookError {
      try casebook.apply(.file(.unsure, reason: nil, for: keys(1...3)), at: "yesterday")
    }
    guard case .refused(folder.casebookPath, let why) = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(why.contains("CHECK constraint failed"))
    #expect(try casebook.head() == before)
    #expect(try casebook.counts()[.confirmed] == 5)
  }
}
