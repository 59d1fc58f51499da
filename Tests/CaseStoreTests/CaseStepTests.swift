import Foundation
import GRDB
import Listings
import SmallFormats
import Testing

@testable import CaseStore
@testable import Casework

/// What became of packets, on disk.
@Suite struct CaseStepTests {
  let folder: CasebookFolder

  init() throws { folder = try CasebookFolder() }

  private static let customs = CaseRecipient(id: "R0001", organisation: "Customs", kind: "customs")

  /// Exports a packet of two listings.
  private func export(_ book: Casebook, at time: String = noon) throws -> PacketCase {
    let id = try book.reservePacket(at: time)
    try book.recordExport(
      of: id, version: 1, listings: keys(1...2),
      data: ["manifest": .text(String(repeating: "a", count: 64)), "recipients": .list([Self.customs.json])], at: time)
    return try #require(try book.packetCases().all.named(id))
  }

  private func step(_ kind: StepKind, _ day: String = "2026-11-18") -> CaseStep {
    CaseStep(kind, on: CalendarDay(day)!, recipient: Self.customs)
  }

  @Test func aStepIsAnEventThatVerifyKnowsAndUndoPassesOver() throws {
    let book = try folder.open()
    try book.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: noon)
    let one = try export(book)
    let number = try book.record(step(.sent), of: one.packet, at: noon)
    #expect(try book.head().sequence == number)
    #expect(try book.undo(at: noon).sentence == "undid: 1 listing confirmed")
    let read = try #require(try book.packetCases().all.first)
    #expect(read.steps.map(\.step) == [step(.sent)] && read.steps[0].number == number)
    let (_, recorded) = try book.packetCases().all.retractable(number)
    try book.retract(recorded, of: read.packet, at: noon)
    #expect(try book.packetCases().all[0].standing.isEmpty)
    let inspection = try book.inspect()
    #expect(inspection.isWhole, "\(inspection.findings.map(\.sentence))")
    try book.close()
    #expect(try folder.open().blockingError == nil)
  }

  @Test func sqliteRefusesAStepOfWhatWasNeverExported() throws {
    let book = try folder.open()
    let one = try export(book)
    let head = try book.head()
    var data = step(.sent).data
    #expect(casebookError { try book.record(.stepPacket, object: one.packet.id, data: data, at: noon) } != nil)
    data["export"] = .text(head.hash)
    #expect(casebookError { try book.record(.stepPacket, object: "LNS-2026-000009", data: data, at: noon) } != nil)
    #expect(casebookError { try book.record(.retractStep, object: one.packet.id, at: noon) } != nil)
    #expect(try book.head() == head && book.verify().isWhole)
    try book.record(.stepPacket, object: one.packet.id, data: data.merging(one.packet.bond) { $1 }, at: noon)
    #expect(try book.verify().isWhole)
  }

  @Test func aStepThatNamesAnotherPacketIsFound() throws {
    let book = try folder.open()
    let one = try export(book)
    var bond = one.packet.bond
    bond["manifest"] = .text(String(repeating: "b", count: 64))
    let number = try book.record(
      .stepPacket, object: one.packet.id, data: step(.sent).data.merging(bond) { $1 }, at: noon)
    let inspection = try book.inspect()
    #expect(inspection.findings.map(\.event) == [number])
    #expect(inspection.findings[0].sentence.contains("a step of a packet that was not exported so"))
    #expect(try book.packetCases().all[0].steps.isEmpty)
  }

  @Test func stepsComeWithTheCasebookTheyWereRecordedIn() throws {
    let mine = try folder.open()
    let elsewhere = try CasebookFolder()
    let theirs = try elsewhere.open("ben")
    let one = try export(mine)
    // The colleague knows the packet by merging, and records what Customs told them.
    _ = try theirs.merge([mine], at: noon)
    let known = try #require(try theirs.packetCases().all.named(one.packet.id))
    let (own, other) = (try mine.identity(), try theirs.identity())
    #expect(known.packet.export == one.packet.export && known.packet.chain == own)
    let number = try theirs.record(step(.acknowledged), of: known.packet, at: noon)
    _ = try mine.merge([theirs], at: noon)
    try mine.record(step(.opened, "2026-11-19"), of: one.packet, at: noon)
    let merged = try #require(try mine.packetCases().all.first)
    #expect(merged.steps.map(\.step.kind) == [.acknowledged, .opened])
    #expect(merged.steps[0].chain == other && merged.steps[0].number == number)
    #expect(try mine.inspect().isWhole && theirs.inspect().isWhole)
    // What came by merging is taken back where it was recorded.
    #expect(throws: StepProblem.self) { _ = try mine.packetCases().all.retractable(number) }
  }

  @Test func aCasebookFromBeforeKeepsEveryEventAndHash() throws {
    let book = try folder.open()
    try book.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    let id = try book.reservePacket(at: noon)
    // As exports were recorded before: without recipients and manifest.
    try book.recordExport(
      of: id, version: 1, listings: keys(1...3), data: ["audit_head": .text("cd34"), "folder": .text("\(id)_v1")],
      at: noon)
    let before = try (book.events(), book.head())
    try book.close()
    try folder.tamper(
      "DROP TRIGGER attachment_names_its_file; DROP TRIGGER withdrawal_is_bound_to_an_attachment; "
        + "DROP INDEX event_of_evidence; DROP INDEX merged_event_of_evidence; "
        + "DROP TRIGGER step_is_bound_to_an_export; DROP INDEX event_of_packet; DROP INDEX merged_event_of_packet; "
        + "ALTER TABLE standing DROP COLUMN described; PRAGMA user_version = 7")
    let old = try folder.open("rk", .reading)
    #expect(try old.packetCases().all.map(\.packet.id) == [id], "a casebook that is only read stays as it is")
    #expect(try old.inspect().isWhole)
    try old.close()
    let now = try folder.open()
    #expect(try now.events() == before.0 && now.head() == before.1)
    #expect(try now.inspect().isWhole)
    let one = try #require(try now.packetCases().all.first)
    #expect(one.packet.manifest == nil && one.recipients.isEmpty)
    #expect(one.packet.bond["audit_head"] == .text("cd34"))
    try now.record(step(.sent), of: one.packet, at: noon)
    #expect(try now.packetCases().all[0].recipients == [Self.customs])
    #expect(try now.inspect().isWhole)
    let shell = try folder.shell()
    #expect(try shell.read { try Int.fetchOne($0, sql: "PRAGMA user_version") } == Schema.version)
  }

  @Test func packetsAreFoundByTheirIndex() throws {
    let book = try folder.open()
    _ = try export(book)
    try book.close()
    let plan = try folder.shell().read { db in
      try Row.fetchAll(
        db,
        sql:
          "EXPLAIN QUERY PLAN SELECT number, line, hash, NULL FROM event WHERE action GLOB 'packet.*' ORDER BY number"
      ).map { $0["detail"] as String }
    }
    #expect(plan.contains { $0.contains("event_of_packet") }, "\(plan)")
  }
}
