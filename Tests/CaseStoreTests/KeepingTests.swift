import CaseStore
import Casework
import Listings
import Testing

/// What the casebook keeps beside verdicts: packets' numbers, listings' words, where an analyst was.
@Suite struct KeepingTests {
  let folder: CasebookFolder
  let casebook: Casebook

  init() throws {
    folder = try CasebookFolder()
    casebook = try folder.open()
  }

  @Test func aPacketsNumberIsGivenOnceAndCountsByYear() throws {
    let colleague = try folder.open("mb")
    let first = try casebook.reservePacket(at: noon)
    #expect(first.wholeMatch(of: /LNS-2026-[0-9A-HJKMNP-TV-Z]{4}-000001/) != nil, "\(first)")
    let token = first.dropFirst(9).prefix(4)
    #expect(try colleague.reservePacket(at: noon) == "LNS-2026-\(token)-000002")
    #expect(try casebook.reservePacket(at: "2027-01-01T00:00:00Z") == "LNS-2027-\(token)-000001")
    #expect(try casebook.reservePacket(at: noon) == "LNS-2026-\(token)-000003")
    #expect(try casebook.reserveNextVersion(of: first, at: noon) == 2)
    #expect(
      casebookError { _ = try casebook.reserveNextVersion(of: "LNS-2026-000009", at: noon) }
        == .refused(path: folder.casebookPath, why: "there is no packet LNS-2026-000009"))
  }

  @Test func twoCasebooksNeverGiveOneNumber() throws {
    var ids: Set<String> = []
    for _ in 0..<30 {
      let other = try CasebookFolder()
      let book = try other.open()
      for _ in 0..<3 { ids.insert(try book.reservePacket(at: noon)) }
      try book.close()
    }
    #expect(ids.count == 90)
  }

  @Test func numbersOfBeforeAreCountedOnFromAndStay() throws {
    let old = try CasebookFolder()
    try old.makeVersion1()
    let book = try old.open()
    let next = try book.reservePacket(at: noon)
    #expect(next.wholeMatch(of: /LNS-2026-[0-9A-HJKMNP-TV-Z]{4}-000002/) != nil, "\(next)")
    #expect(Set(try book.packets().map(\.id)) == ["LNS-2026-000001", next])
    #expect(try book.reserveNextVersion(of: "LNS-2026-000001", at: noon) == 2)
    try book.recordExport(of: next, version: 1, listings: keys(1...2), at: noon)
    #expect(try book.packets(holding: keys(2...2)[0]).map(\.id) == [next])
    // The casebook's token outlives its opening.
    try book.close()
    #expect(try old.open().reservePacket(at: noon).hasPrefix(String(next.prefix(13))))
  }

  @Test func anExportIsAnEventAndRemembersItsListings() throws {
    let id = try casebook.reservePacket(at: noon)
    let number = try casebook.recordExport(
      of: id, version: 1, listings: keys(1...3), data: ["sha256": .text("00")], at: noon)
    let event = try #require(try casebook.events(since: number - 1).first)
    #expect(event.action == .exportPacket)
    #expect(event.object == id)
    #expect(event.data["listings"] == .list(keys(1...3).map { .text($0.text) }))
    #expect(event.data["sha256"] == .text("00"))
    #expect(try casebook.packets(holding: keys(2...2)[0]).map(\.event) == [number])
    #expect(try casebook.packets(holding: keys(9...9)[0]).isEmpty)
    #expect(try casebook.verify().isWhole)
    // The same packet leaves once; what failed wrote no event.
    #expect(casebookError { try casebook.recordExport(of: id, version: 1, listings: [], at: noon) } != nil)
    #expect(try casebook.head().sequence == number)
  }

  @Test func aListingsFirstSightingStaysAndItsWordsFollow() throws {
    let key = keys(1...1)[0]
    func seen(_ title: String, _ file: String, _ row: Int) -> ListingSnapshot {
      ListingSnapshot(
        key: key, title: title, platform: "Xianyu", url: nil, seller: nil, sighting: .init(file: file, row: row))
    }
    let later = "2026-11-25T12:00:00Z"
    try casebook.apply(.file(.unsure, reason: nil, for: [key]), at: noon, seen: [seen("ring", "week47.csv", 12)])
    try casebook.apply(.file(.confirmed, reason: nil, for: [key]), at: later, seen: [seen("RING", "week48.csv", 7)])
    let listing = try #require(try casebook.listing(key))
    #expect(listing.last == seen("RING", "week48.csv", 7))
    #expect(listing.firstSighting == .init(file: "week47.csv", row: 12))
    #expect((listing.firstTime, listing.lastTime) == (noon, later))
    #expect(try casebook.listing(keys(2...2)[0]) == nil)
  }

  @Test func eachAnalystsPlaceIsKeptPerDatasetAndReplaced() throws {
    let colleague = try folder.open("mb")
    try casebook.keep(position: #"{"row":1}"#, for: "sha", at: noon)
    try casebook.keep(position: #"{"row":2}"#, for: "sha", at: noon)
    try colleague.keep(position: #"{"row":3}"#, for: "sha", at: noon)
    #expect(try casebook.position(for: "sha") == #"{"row":2}"#)
    #expect(try casebook.position(for: "other") == nil)
    #expect(casebookError { try casebook.keep(position: "{", for: "sha", at: noon) } != nil)
    #expect(try casebook.head().sequence == 1)
  }

  @Test func anOpenedDatasetIsAnEventThatUndoPassesOver() throws {
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: noon)
    try casebook.record(.openDataset, object: "sha", data: ["files": .list([.text("week47.csv")])], at: noon)
    #expect(try casebook.undo(at: noon).sentence == "undid: 1 listing confirmed")
    #expect(try casebook.verify().isWhole)
  }
}
