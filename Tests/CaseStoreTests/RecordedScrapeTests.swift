import Casework
import Foundation
import GRDB
import Hashing
import Listings
import Synchronization
import Testing

@testable import CaseStore

/// The sightings of scrapes in the casebook.
@Suite struct RecordedScrapeTests {
  let folder: CasebookFolder

  init() throws { folder = try CasebookFolder() }

  /// Invented packed sightings of some megabytes.
  private func packed(_ size: Int, _ seed: UInt8 = 7) -> [UInt8] {
    (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) ^ seed }
  }

  private func file(
    _ packed: [UInt8], scrape: String = "2026-11-18", name: String = "week.csv", basis: String = "captured_at"
  ) -> ScrapeFile {
    ScrapeFile(
      scrape: scrape, day: "2026-11-18", began: 1_795_000_000, basis: basis, file: name, byteCount: 9,
      sha256: SHA256Digest(of: name).hex, listings: 3, digest: SHA256Digest(of: packed).hex)
  }

  @Test func recordedSightingsComeBackAndEnterTheChain() throws {
    let casebook = try folder.open()
    let bytes = packed(3_000_000)
    #expect(try casebook.record(file(bytes), packed: bytes, at: noon) == .recorded)
    let event = try #require(try casebook.events().last)
    #expect((event.action, event.object, event.analyst) == (.recordScrape, "2026-11-18", "rk"))
    #expect(ScrapeFile(event) == file(bytes))
    try casebook.close()
    let reading = try folder.open("mb", .reading)
    #expect(try reading.scrapeFiles() == [file(bytes)])
    #expect(try reading.packedSightings(of: file(bytes)) == bytes)
    #expect(try reading.verify().isWhole)
    #expect(try reading.schemaProblem() == nil)
  }

  @Test func theSameFileAgainAddsNothing() throws {
    let casebook = try folder.open()
    let bytes = packed(100)
    _ = try casebook.record(file(bytes), packed: bytes, at: noon)
    let head = try casebook.head()
    #expect(try casebook.record(file(bytes), packed: bytes, at: noon) == .known(scrape: "2026-11-18"))
    // Nor under a label that somebody gives it later.
    let labelled = file(bytes, scrape: "week 47", basis: "label")
    #expect(try casebook.record(labelled, packed: bytes, at: noon) == .known(scrape: "2026-11-18"))
    #expect(try casebook.head() == head)
    // A file with listings of two days belongs to two scrapes.
    #expect(try casebook.record(file(bytes, scrape: "2026-11-19"), packed: bytes, at: noon) == .recorded)
  }

  @Test func verdictsGoInBetween() throws {
    let queue = FilingQueue(try folder.open())
    let bytes = packed(6_000_000)
    let order = Mutex<[String]>([])
    queue.record(ScrapeRecording(file(bytes), packed: bytes), at: noon) { result in
      order.withLock { $0.append((try? result.get()) == .recorded ? "recorded" : "refused") }
    }
    for number in 1...3 {
      queue.submit(.file(.confirmed, reason: nil, for: keys(number...number)), at: noon) { result in
        order.withLock { $0.append((try? result.get()) != nil ? "saved" : "lost") }
      }
    }
    while order.withLock({ $0.count }) < 4 { usleep(1000) }
    #expect(order.withLock { $0 } == ["saved", "saved", "saved", "recorded"])
    #expect(queue.finish() == nil)
    #expect(try folder.open().verify().isWhole)
  }

  @Test func anInterruptedRecordingCountsForNothingAndIsContinued() throws {
    let bytes = packed(5_000_000)
    for steps in 1...5 {
      let folder = try CasebookFolder()
      let casebook = try folder.open()
      var recording = ScrapeRecording(file(bytes), packed: bytes)
      for _ in 0..<steps { #expect(try recording.step(casebook, at: noon) == nil) }
      try casebook.close()
      let again = try folder.open()
      #expect(try again.scrapeFiles() == [])
      #expect(try again.verify().isWhole)
      #expect(try again.record(file(bytes), packed: bytes, at: noon) == .recorded)
      #expect(try again.packedSightings(of: file(bytes)) == bytes)
    }
  }

  @Test func whatWasLeftOfAnotherRecordingIsCleared() throws {
    let casebook = try folder.open()
    let (old, new) = (packed(2_000_000, 1), packed(2_000_000, 2))
    var abandoned = ScrapeRecording(file(old, name: "old.csv"), packed: old)
    for _ in 0..<2 { #expect(try abandoned.step(casebook, at: noon) == nil) }
    #expect(try casebook.record(file(new), packed: new, at: noon) == .recorded)
    let digests = try casebook.database.read { db in
      try String.fetchAll(db, sql: "SELECT DISTINCT digest FROM sighting_piece")
    }
    #expect(digests == [file(new).digest])
    // And the one that was abandoned still comes to its end.
    var outcome: ScrapeRecorded?
    while outcome == nil { outcome = try abandoned.step(casebook, at: noon) }
    #expect(outcome == .recorded)
    #expect(try casebook.packedSightings(of: file(old, name: "old.csv")) == old)
  }

  @Test func changedSightingsAreFound() throws {
    let casebook = try folder.open()
    let bytes = packed(100)
    _ = try casebook.record(file(bytes), packed: bytes, at: noon)
    try casebook.close()
    for sql in ["UPDATE sighting_piece SET bytes = x'00'", "DELETE FROM sighting_piece", "DELETE FROM scrape_file"] {
      #expect(throws: DatabaseError.self) { try folder.tamper(sql) }
    }
    let trigger =
      "CREATE TRIGGER sighting_piece_is_never_changed BEFORE UPDATE ON sighting_piece\n"
      + "      BEGIN SELECT RAISE(ABORT, 'a sighting is never changed'); END"
    try folder.tamper(
      "DROP TRIGGER sighting_piece_is_never_changed; UPDATE sighting_piece SET bytes = zeroblob(100); \(trigger)")
    let reading = try folder.open("rk", .reading)
    #expect(
      try reading.verify() == .broken(line: 2, why: .indexDiffers("sighting_piece of week.csv")))
    #expect(
      casebookError { _ = try reading.packedSightings(of: file(bytes)) }
        == .damaged(path: folder.casebookPath, why: "the sightings of week.csv are not as they were recorded"))
  }

  @Test func aCasebookOfTheVersionBeforeKeepsEveryEventAndHash() throws {
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    let (lines, head) = (try casebook.events().map(\.line.json), try casebook.head())
    try casebook.close()
    try folder.tamper(
      "DROP TRIGGER attachment_names_its_file; DROP TRIGGER withdrawal_is_bound_to_an_attachment; "
        + "DROP INDEX event_of_evidence; "
        + "DROP TRIGGER step_is_bound_to_an_export; DROP INDEX event_of_packet; DROP TABLE lease; "
        + "DROP INDEX event_by_object; CREATE INDEX event_by_object ON event (object); "
        + "DROP TABLE merged_event; DROP TABLE scrape_file; DROP TABLE sighting_piece; "
        + "ALTER TABLE standing DROP COLUMN seen; "
        + "ALTER TABLE standing DROP COLUMN described; PRAGMA user_version = 3")
    // It can be read as it is.
    let reading = try folder.open("mb", .reading)
    #expect(try reading.scrapeFiles() == [])
    #expect(try reading.verify().isWhole)
    try reading.close()
    let migrated = try folder.open()
    #expect(migrated.blockingError == nil)
    #expect(try migrated.head() == head)
    #expect(try migrated.events().map(\.line.json) == lines)
    #expect(try migrated.schemaProblem() == nil)
    #expect(try migrated.record(file(packed(9)), packed: packed(9), at: noon) == .recorded)
    #expect(try migrated.verify(knownHead: head).isWhole)
  }

  @Test func aCasebookThatIsHeldOrMayOnlyBeReadSaysSoAndIsUnharmed() throws {
    let casebook = try Casebook.open(path: folder.casebookPath, analyst: "rk", patience: 0.1)
    let bytes = packed(100)
    let shell = try folder.shell()
    try shell.writeWithoutTransaction { db in
      try db.execute(sql: "BEGIN IMMEDIATE")
      #expect(
        casebookError { _ = try casebook.record(file(bytes), packed: bytes, at: noon) }
          == .locked(path: folder.casebookPath))
      try db.execute(sql: "ROLLBACK")
    }
    let reading = try folder.open("rk", .reading)
    #expect(
      casebookError { _ = try reading.record(file(bytes), packed: bytes, at: noon) }
        == .readOnly(path: folder.casebookPath))
    #expect(try casebook.scrapeFiles() == [])
    #expect(try casebook.verify().isWhole)
  }

  @Test func aFullDiskIsSaidAndTheRecordingGoesOnWithRoomAgain() throws {
    let casebook = try folder.open()
    let bytes = packed(4_000_000)
    func limit(_ pages: Int) throws {
      try casebook.database.writeWithoutTransaction { db in try db.execute(sql: "PRAGMA max_page_count = \(pages)") }
    }
    try limit(500)
    let error = casebookError { _ = try casebook.record(file(bytes), packed: bytes, at: noon) }
    #expect(error == .full(path: folder.casebookPath))
    #expect(try casebook.scrapeFiles() == [])
    #expect(try casebook.verify().isWhole)
    try limit(1_000_000)
    #expect(try casebook.record(file(bytes), packed: bytes, at: noon) == .recorded)
    #expect(try casebook.packedSightings(of: file(bytes)) == bytes)
  }

  /// Killed at moments spread over the whole of the recording.
  @Test func killsLoseNothingThatWasRecorded() async throws {
    for delay in [0, 3_000, 10_000, 25_000, 60_000] as [UInt32] {
      let folder = try CasebookFolder()
      await #expect(processExitsWith: .signal(SIGKILL)) {
        [path = folder.casebookPath as String, delay = delay as UInt32] in
        let casebook = try Casebook.open(path: path, analyst: "rk", clock: { noon })
        let said = open(path + ".said", O_WRONLY | O_CREAT | O_APPEND, 0o600)
        for number in 0... {
          let packed = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 3_000_000)
          let file = ScrapeFile(
            scrape: "2026-11-18", day: "2026-11-18", began: 0, basis: "label", file: "\(number).csv", byteCount: 9,
            sha256: SHA256Digest(of: "\(number)").hex, listings: 1, digest: SHA256Digest(of: packed).hex)
          guard try casebook.record(file, packed: packed, at: noon) == .recorded else { exit(3) }
          _ = "\(number).csv\n".withCString { write(said, $0, strlen($0)) }
          if number == 0 {
            Thread.detachNewThread {
              usleep(delay)
              kill(getpid(), SIGKILL)
            }
          }
        }
      }
      let said = try String(contentsOfFile: folder.casebookPath + ".said", encoding: .utf8).split(separator: "\n")
      let casebook = try folder.open()
      #expect(try casebook.verify().isWhole)
      let files = try casebook.scrapeFiles()
      #expect(Set(files.map(\.file)).isSuperset(of: said.map(String.init)))
      for file in files { #expect(try casebook.packedSightings(of: file).count == 3_000_000) }
      try casebook.close()
    }
  }
}
