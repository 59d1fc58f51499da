@testable import CaseStore
import Casework
import Foundation
import GRDB
import Listings
import Testing

@Suite struct OpeningTests {
  let folder: CasebookFolder

  init() throws { folder = try CasebookFolder() }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private func write(_ bytes: some Sequence<UInt8>) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: folder.casebookPath))
  }

  /// Leaves file and journal as a program does that is stopped in the midst of a change without a log.
  private func interrupt() throws {
    try folder.open().apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    let shell = try folder.shell()
    try shell.writeWithoutTransaction { db in
      try db.execute(
        sql: "PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE")
      // More pages than the cache holds, so that some are in the file before the change is whole.
      try db.execute(sql: "CREATE TABLE half (text)")
      for _ in 0..<50 { try db.execute(sql: "INSERT INTO half VALUES (hex(randomblob(2000)))") }
      for name in [folder.casebookPath, folder.casebookPath + "-journal"] {
        try FileManager.default.copyItem(atPath: name, toPath: name + ".cut")
      }
      try db.execute(sql: "ROLLBACK")
    }
    try shell.close()
    for name in [folder.casebookPath, folder.casebookPath + "-journal"] {
      try? FileManager.default.removeItem(atPath: name)
      try FileManager.default.moveItem(atPath: name + ".cut", toPath: name)
    }
  }

  @Test func aCasebookWhoseChangeWasInterruptedIsReadAsItWasBefore() throws {
    try interrupt()
    #expect(CasebookFile(path: folder.casebookPath).hasJournal)
    let casebook = try folder.open("rk", .reading)
    #expect(try casebook.counts()[.confirmed] == 3)
    #expect(!CasebookFile(path: folder.casebookPath).hasJournal)
    #expect(try casebook.database.read { try !$0.tableExists("half") })
  }

  @Test(.enabled(if: getuid() != 0, "whoever may write everywhere cannot be refused"))
  func anInterruptedChangeThatCannotBeTakenBackIsSaid() throws {
    try interrupt()
    chmod(folder.path, 0o500)
    defer { chmod(folder.path, 0o700) }
    #expect(
      casebookError { _ = try folder.open("rk", .reading) } == .interrupted(path: folder.casebookPath))
  }

  @Test func aNewCasebookIsItsOwnersAlone() throws {
    let path = folder.path + "/new/deeper/my.casebook"
    let casebook = try Casebook.open(path: path, analyst: "rk", clock: { noon })
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: noon)
    #expect(try mode(path) == 0o600)
    #expect(try mode(path + "-wal") == 0o600)
    #expect(try mode(folder.path + "/new") == 0o700)
    #expect(try mode(folder.path + "/new/deeper") == 0o700)
    let creation = try #require(try casebook.events().first)
    #expect(
      (creation.action, creation.analyst, creation.time, creation.transaction) == (.createCasebook, "rk", noon, 1))
  }

  @Test func everyCommitIsSyncedToTheDisk() throws {
    let casebook = try folder.open()
    let pragmas = try casebook.database.read { db in
      try ["synchronous", "journal_mode", "application_id", "user_version"].map {
        try String.fetchOne(db, sql: "PRAGMA \($0)")
      }
    }
    #expect(pragmas == ["2", "wal", String(0x4C4E_5347), String(Schema.version)])
  }

  @Test func twoNewCasebooksAreTwoChains() throws {
    let other = try CasebookFolder()
    #expect(try folder.open().head() != other.open().head())
  }

  @Test func anEmptyFileIsWhereACasebookMayBegin() throws {
    try write([])
    try folder.open().apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: noon)
    #expect(try folder.open().counts()[.confirmed] == 1)
  }

  @Test func aFileThatIsNoCasebookIsRefusedAndLeftAsItIs() throws {
    for text in ["id,title\n1,ivory\n", "x", String(repeating: "x", count: 5000), "SQLite format 3\0"] {
      try write(text.utf8)
      #expect(casebookError { _ = try folder.open() } == .notACasebook(path: folder.casebookPath))
      #expect(try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath)) == Data(text.utf8))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["week47.casebook"])
  }

  @Test func aFolderOrAnotherDatabaseIsNoCasebook() throws {
    #expect(
      casebookError { _ = try Casebook.open(path: folder.path, analyst: "rk") } == .notACasebook(path: folder.path))
    try folder.tamper("CREATE TABLE bookmark (url TEXT); INSERT INTO bookmark VALUES ('x')")
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath))
    #expect(casebookError { _ = try folder.open() } == .notACasebook(path: folder.casebookPath))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath)) == before)
  }

  @Test func aNewerCasebookIsRefused() throws {
    try folder.open().close()
    try folder.tamper("PRAGMA user_version = 99")
    let expected = CasebookError.newerThanProgram(path: folder.casebookPath, version: 99, known: Schema.version)
    #expect(casebookError { _ = try folder.open() } == expected)
    #expect(casebookError { _ = try folder.open("rk", .reading) } == expected)
  }

  @Test func aDamagedCasebookIsRefused() throws {
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...500)), at: noon)
    try casebook.close()
    var bytes = try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath))
    for at in 100..<bytes.count { bytes[at] = UInt8(truncatingIfNeeded: at &* 31) }
    try write(bytes)
    guard case .damaged(folder.casebookPath, _)? = casebookError({ _ = try folder.open().statuses() }) else {
      Issue.record("a damaged file was read")
      return
    }
  }

  @Test func whatAnotherProgramHoldsIsWaitedForAndThenRefused() throws {
    let casebook = try Casebook.open(path: folder.casebookPath, analyst: "rk", clock: { noon }, patience: 0.05)
    let shell = try folder.shell()
    try shell.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      #expect(
        casebookError { try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: noon) }
          == .locked(path: folder.casebookPath))
      #expect(try casebook.statuses().isEmpty)
      try db.execute(sql: "ROLLBACK")
    }
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: noon)
    #expect(try casebook.counts()[.confirmed] == 1)
  }

  @Test func readingChangesNothing() throws {
    #expect(casebookError { _ = try folder.open("rk", .reading) } == .noSuchFile(path: folder.casebookPath))
    #expect(!FileManager.default.fileExists(atPath: folder.casebookPath))
    let writer = try folder.open()
    try writer.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    try writer.close()
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath))
    let reader = try folder.open("mb", .reading)
    #expect(try reader.verify().isWhole)
    #expect(try reader.counts()[.confirmed] == 3)
    #expect(casebookError { try reader.undo(at: noon) } == .readOnly(path: folder.casebookPath))
    try reader.close()
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath)) == before)
  }

  /// As a program leaves it that is stopped between marking the file and making its tables.
  @Test func aCasebookThatWasMarkedAndNeverMadeSaysSoAndIsCompleted() throws {
    try folder.tamper("PRAGMA application_id = 1280201543")
    let before = try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath))
    #expect(casebookError { _ = try folder.open("rk", .reading) } == .neverCompleted(path: folder.casebookPath))
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath)) == before)
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: noon)
    #expect(try casebook.verify().isWhole)
  }

  /// A poll that was under way when the dashboard was left ended the program by a bad pointer.
  @Test func whatIsAskedOfAClosedCasebookFailsAndDoesNotCrash() throws {
    for access in [Casebook.Access.writing, .reading] {
      let casebook = try folder.open("rk", .writing)
      try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: noon)
      try casebook.close()
      let closed = try folder.open("rk", access)
      try closed.close()
      let expected = CasebookError.failed(path: folder.casebookPath, why: "it was closed")
      #expect(casebookError { _ = try closed.refresh(since: 0) } == expected)
      #expect(casebookError { _ = try closed.statuses() } == expected)
      #expect(casebookError { _ = try closed.head() } == expected)
      #expect(casebookError { _ = try closed.reviews() } == expected)
      #expect(casebookError { _ = try closed.backup(to: folder.path + "/copy") } == expected)
      guard access == .writing else { continue }
      #expect(casebookError { try closed.apply(.file(.unsure, reason: nil, for: keys(1...1)), at: noon) } == expected)
      #expect(casebookError { try closed.checkFiles() } == expected)
      #expect(casebookError { try closed.fold() } == expected)
      #expect(casebookError { try closed.close() } == expected)
      try closed.checkWhole()
    }
  }

  @Test func anAnalystNeedsAName() throws {
    #expect(casebookError { _ = try folder.open(" ") } == .namelessAnalyst)
  }

  /// The program that wrote the fixture knew version 1 only; the file must open for ever after.
  @Test func aCasebookOfVersionOneOpensAndGoesOn() throws {
    try folder.makeVersion1()
    let casebook = try folder.open("mb")
    #expect(try casebook.verify().isWhole)
    // Nine of its own, and the one that says from where on keys are of the new form.
    #expect(try casebook.head().sequence == 10)
    #expect(try casebook.counts() == VerdictCounts([.confirmed, .falsePositive]))
    #expect(try casebook.statuses()[ListingKey("id:Xianyu/771001")]?.status.note == "莲心阁: 要鉴定")
    #expect(try casebook.position(for: "demo") == nil)
    #expect(try casebook.packets().map(\.id) == ["LNS-2026-000001"])
    #expect(try folder.open("rk").undo(at: noon).sentence == "undid: note on 1 listing written")
    #expect(try casebook.verify().isWhole)
  }
}
