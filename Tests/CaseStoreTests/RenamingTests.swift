@testable import CaseStore
import Casework
import Foundation
import GRDB
import Listings
import ListingsTestSupport
import Testing

/// Listings whose key took another form keep their verdicts, and the chain stays as it was written.
@Suite struct RenamingTests {
  let folder: CasebookFolder

  init() throws { folder = try CasebookFolder() }

  private func fill(_ fixture: String) throws {
    let url = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(fixture)")
    let shell = try folder.shell()
    try shell.writeWithoutTransaction { db in try db.execute(sql: try String(contentsOf: url, encoding: .utf8)) }
    try shell.close()
  }

  @Test func aListingTakesItsVerdictNoteWordsAndPacketsAlong() throws {
    let casebook = try folder.open()
    let (old, new) = (ListingKey("url:x.example/1?ref=a"), ListingKey("id:x/1"))
    let seen = ListingSnapshot(
      key: old, title: "ring", platform: nil, url: nil, seller: "bao", sighting: .init(file: "a.csv", row: 1))
    try casebook.apply(.file(.confirmed, reason: nil, for: [old]), at: noon, seen: [seen])
    try casebook.apply(.write(note: "x", for: old), at: noon)
    let id = try casebook.reservePacket(at: noon)
    try casebook.recordExport(of: id, version: 1, listings: [old], at: noon)
    let before = try casebook.events()

    let renamed = try casebook.rename([old: new], at: noon)
    #expect(renamed.statuses[new]?.status == ReviewStatus(verdict: .confirmed, note: "x"))
    #expect(renamed.disagreeing.isEmpty)
    #expect(try casebook.statuses().mapValues(\.status) == [new: ReviewStatus(verdict: .confirmed, note: "x")])
    #expect(try casebook.listing(new)?.last.title == "ring")
    #expect(try casebook.packets(holding: new).map(\.id) == [id])
    #expect(try casebook.packets(holding: old).map(\.id) == [id])
    #expect(try casebook.events(about: new).map(\.action) == [.fileVerdict, .writeNote, .renameListing])
    #expect(try Array(casebook.events().prefix(before.count)) == before)
    #expect(try casebook.verify().isWhole)
    #expect(try casebook.rename([old: new], at: noon) == Renamed())
  }

  @Test func whatWasDecidedBeforeIsUndoneAndDoneAgainUnderTheNewKey() throws {
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    let new = ListingKey("id:Q/2")
    _ = try casebook.rename([keys(2...2)[0]: new], at: noon)
    #expect(
      try casebook.listings(of: #require(try casebook.history().nextUndo)) == [keys(1...1)[0], new, keys(3...3)[0]])
    #expect(Set(try casebook.undo(at: noon).statuses.keys) == [keys(1...1)[0], new, keys(3...3)[0]])
    #expect(try casebook.statuses()[new]?.status == ReviewStatus.none)
    #expect(try casebook.redo(at: noon).statuses[new]?.status.verdict == .confirmed)
    #expect(try casebook.verify().isWhole)
  }

  @Test func ofTwoVerdictsUnderOneKeyTheLaterCountsAndBothStay() throws {
    for isOldLater in [false, true] {
      let folder = try CasebookFolder()
      let casebook = try folder.open()
      let (old, new) = (keys(1...1)[0], keys(2...2)[0])
      let order = isOldLater ? [new, old] : [old, new]
      try casebook.apply(.file(.confirmed, reason: nil, for: [order[0]]), at: noon)
      try casebook.apply(.file(.falsePositive, reason: .replica, for: [order[1]]), at: noon)
      try casebook.apply(.write(note: "of the old", for: old), at: noon)
      let expected = ReviewStatus(verdict: .falsePositive, reason: .replica, note: "of the old")
      #expect(try casebook.statuses(renamed: [old: new]).mapValues(\.status) == [new: expected])
      let renamed = try casebook.rename([old: new], at: noon)
      #expect(renamed.disagreeing == [new])
      #expect(try casebook.statuses().mapValues(\.status) == [new: expected])
      #expect(try casebook.events(about: new).count { $0.action == .fileVerdict } == 2)
      #expect(try casebook.verify().isWhole)
    }
  }

  @Test func takingBackAnActOnTwoKeysOfOneListingRestoresWhatStood() throws {
    let folder = try CasebookFolder()
    let casebook = try folder.open()
    let (old, new) = (keys(1...1)[0], keys(2...2)[0])
    try casebook.apply(.file(.falsePositive, reason: nil, for: [new]), at: noon)
    try casebook.apply(.file(.confirmed, reason: nil, for: [old, new]), at: noon)
    _ = try casebook.rename([old: new], at: noon)
    let undone = try casebook.undo(at: noon)
    #expect(undone.left == [] && undone.statuses.mapValues(\.status) == [new: ReviewStatus(verdict: .falsePositive)])
    #expect(try casebook.redo(at: noon).statuses.mapValues(\.status) == [new: ReviewStatus(verdict: .confirmed)])
    #expect(try casebook.events().last?.data["listings"] == .number(1))
    #expect(try casebook.verify().isWhole)
  }

  /// Changes and renamings in any order, against the ledger that keeps nothing on a disk.
  @Test func theFileAgreesWithTheLedgerWhateverIsRenamed() throws {
    for seed in 0..<60 {
      var random = Dice(seed: UInt64(seed))
      let folder = try CasebookFolder()
      let casebook = try folder.open()
      var ledger = Ledger()
      let creation = try #require(try casebook.events().first)
      ledger.record(creation.action, object: creation.object, data: creation.data, by: "rk", at: noon)
      for _ in 0..<30 {
        if Int.random(in: 0..<4, using: &random) == 0 {
          let pair = keys(1...6).shuffled(using: &random).prefix(2)
          ledger.rename([pair[0]: pair[1]], by: "rk", at: noon)
          _ = try casebook.rename([pair[0]: pair[1]], at: noon)
        } else {
          let change = CasebookLawTests.change(&random)
          ledger.apply(change, by: "rk", at: noon)
          _ = try? casebook.apply(change, at: noon)
        }
      }
      #expect(try casebook.events() == ledger.events, "seed \(seed)")
      let statuses = try casebook.statuses()
      #expect(statuses.mapValues(\.status) == ledger.statuses.byKey.mapValues(\.status), "seed \(seed)")
      #expect(statuses.mapValues(\.event) == ledger.statuses.lastEvent, "seed \(seed)")
      #expect(try casebook.counts() == ledger.statuses.counts, "seed \(seed)")
      #expect(try casebook.verify().isWhole, "seed \(seed)")
    }
  }

  @Test func aRenamingBehindTheProgramsBackIsNamed() throws {
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...2)), at: noon)
    _ = try casebook.rename([keys(1...1)[0]: ListingKey("id:Q/1")], at: noon)
    try folder.tamper("UPDATE renamed SET listing = 'id:Q/9'")
    #expect(try casebook.verify() == .broken(line: 4, why: .indexDiffers("renamed of id:P/1")))
  }

  @Test func aCasebookOfFormOneSaysFromWhereOnKeysAreNew() throws {
    try fill("form1.sql")
    let events = try folder.open("mb", .reading)
    #expect(try Set(events.earlierKeys().ofOldForm) == Set(events.statuses().keys))
    #expect(try events.verify().isWhole)
    let before = try events.events()
    try events.close()

    let casebook = try folder.open("mb")
    #expect(try Array(casebook.events().prefix(before.count)) == before)
    #expect(try casebook.events().last?.action == .changeKeyForm)
    #expect(try casebook.earlierKeys().ofOldForm.count == 10)
    try casebook.apply(.file(.unsure, reason: nil, for: [ListingKey("text:new")]), at: noon)
    #expect(try casebook.earlierKeys().ofOldForm.count == 10)
    let old = ListingKey("id:ebay/A-7781")
    _ = try casebook.rename([old: ListingKey("id:ebay/110554919742")], at: noon)
    #expect(try !casebook.earlierKeys().ofOldForm.contains { $0 == old || $0.text == "id:ebay/110554919742" })
    #expect(try casebook.verify().isWhole)
    #expect(try folder.open("rk").undo(at: noon).sentence.hasPrefix("undid: 1 listing"))
    #expect(try casebook.verify().isWhole)
  }

  @Test func aNewCasebookHasNoKeysOfBefore() throws {
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...2) + [ListingKey("url:x.example/1")]), at: noon)
    #expect(try casebook.earlierKeys().ofOldForm.isEmpty)
    #expect(try casebook.earlierKeys().addresses == [ListingKey("url:x.example/1")])
  }

  /// What a program writes that opened the file before it was taken over, by its own statement.
  @Test func anOlderProgramThatHasTheFileOpenIsRefused() throws {
    try fill("form1.sql")
    let casebook = try folder.open("mb")
    let head = try casebook.head()
    let line = AuditLine(
      action: "verdict.file", actor: "rk", data: ["act": .number(99), "verdict": .text("confirmed"), "reason": .null],
      object: "id:P/1", previous: head.hash, sequence: head.sequence + 1, time: noon)
    let shell = try folder.shell()
    let error = #expect(throws: DatabaseError.self) {
      try shell.write { db in
        try db.execute(
          sql: """
            INSERT INTO event (number, line, hash, act, action, object, time, analyst) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            """,
          arguments: [line.sequence, line.json, line.hash, 99, line.action, line.object, line.time, line.actor])
      }
    }
    #expect(error?.message?.contains("a newer linsang took this casebook over") == true)
    #expect(try casebook.head() == head)
  }
}
