import CaseStore
import Casework
import Listings
import Testing

@Suite struct HostileTextTests {
  static let texts = [
    "", "a", "莲心阁 🐘👨‍👩‍👧", "nul\0in the middle", "\0", "\u{1b}[2J\u{1b}]0;x\u{7}", "\u{202e}gpj.exe",
    "'; DROP TABLE event; --",
    "\"\\\u{7f}\r\n\t", "=cmd|'/c calc'!A1", "</script>", String(repeating: "x", count: 100_000), "\u{FFFD}",
    String(Character(Unicode.Scalar(0xFDD0 as UInt16)!)) + "0", "ﷀ", "%s%n",
    "id:Xianyu/771001?a=1&b=2#c",
  ]

  @Test func anyTextComesBackAsItWasGiven() throws {
    let folder = try CasebookFolder()
    let casebook = try folder.open("莲\0\u{202e}")
    for (row, text) in Self.texts.enumerated() {
      let key = ListingKey(text)
      let seen = ListingSnapshot(
        key: key, title: text, platform: nil, url: text, seller: text, sighting: .init(file: text, row: row))
      try casebook.apply(.file(.confirmed, reason: nil, for: [key]), at: noon, seen: [seen])
      let written = try casebook.apply(.write(note: "<" + text, for: key), at: noon)
      #expect(written.statuses[key]?.status.note == "<" + text)
      #expect(try casebook.listing(key)?.last == seen)
      #expect(try casebook.events(about: key).count == 2)
    }
    let statuses = try casebook.statuses()
    #expect(statuses.count == Self.texts.count)
    for text in Self.texts {
      let note = statuses[ListingKey(text)]?.status.note
      #expect(note.map { Array($0.unicodeScalars) } == Array(("<" + text).unicodeScalars))
    }
    #expect(try casebook.verify().isWhole)
    for _ in 0..<(2 * Self.texts.count) { try casebook.undo(at: noon) }
    #expect(try casebook.statuses().values.allSatisfy { $0.status == .none })
    #expect(try casebook.verify().isWhole)
  }

  /// Swift calls the two spellings equal, so they are one listing; SQLite compares bytes.
  @Test func twoSpellingsOfOneKeyAreOneListing() throws {
    let folder = try CasebookFolder()
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: [ListingKey("id:P/caf\u{e9}")]), at: noon)
    try casebook.apply(.file(.unsure, reason: nil, for: [ListingKey("id:P/cafe\u{301}")]), at: noon)
    let statuses = try casebook.statuses()
    #expect(statuses.count == 1)
    #expect(statuses[ListingKey("id:P/caf\u{e9}")] == FiledStatus(ReviewStatus(verdict: .unsure), 3))
    #expect(try casebook.events(about: ListingKey("id:P/cafe\u{301}")).last?.before == .verdict(.confirmed, nil))
    #expect(try casebook.verify().isWhole)
  }
}
