import Casework
import Foundation
import Hashing
import Listings
import ListingsTestSupport
import SmallFormats
import Testing

@testable import Packets
import CaseFiles

/// Whatever a seller writes, it reaches a reader as text and nothing else.
@Suite struct HostileTextTests {
  static let pieces = [
    "=cmd|'/c calc'!A1", ";=1", "\t=1", "\r\n=1", " =1", "+1", "-1", "@SUM(A1)", "＝1", "\u{1B}[31m", "\u{1B}]0;x\u{7}",
    "\u{202E}gnp.exe",
    "\u{200B}", "\u{0}", "</script>", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "\"", "'", "\"\"",
    ",",
    "\r", "\n", "\r\n", "\u{FEFF}", "\u{2066}x\u{2069}", "\u{E000}", "\u{FFFE}", "\u{37E}=1", "e\u{301}", "象牙",
    "javascript:alert(1)",
    "&lt;", "-->", "]]>", "http://evil.example/a", "HTTPS://evil.example", "\u{2028}", "\\u0000", "\u{E0041}", "%00",
    "../..", "ivory", "white gold",
  ]

  static func hostileText(_ numbers: inout Dice) -> String {
    (0..<Int.random(in: 0...6, using: &numbers)).map { _ in pieces.randomElement(using: &numbers)! }.joined()
  }

  static func hostilePacket(seed: UInt64) -> Packet {
    var numbers = Dice(seed: seed)
    func text() -> String { hostileText(&numbers) }
    var packet = Invented.packet(
      (0..<4).map { index in
        var listing = CaseListing(
          key: ListingKey(text()),
          decision: CaseDecision(
            ReviewStatus(verdict: .confirmed, note: text().nonEmpty), decidedBy: text(), event: index + 1),
          evidence: [
            RowEvidence(
              bytes: Array(text().utf8), format: [.csv, .tsv, .json, .jsonLines][index], sourceFile: text(), row: 1,
              sourceDigest: SHA256Digest(of: text()), sourceModified: Invented.created, capturedBy: text())
          ])
        listing.reference = text()
        listing.platform = PlatformFacts(name: text(), domain: text(), country: text())
        listing.seller = SellerFacts(alias: text(), userID: text(), profileAddress: text(), statedCountry: text())
        listing.address = ["https://", "", "x:", "http://a.example:"].randomElement(using: &numbers)! + text()
        listing.title = text()
        listing.text = text()
        listing.language = text()
        listing.postedText = text()
        listing.taxa = [text(), text()]
        listing.quantityText = text()
        listing.price = PriceFacts(asAdvertised: text(), amount: text(), currency: text())
        listing.location = LocationFacts(country: text(), text: text())
        listing.otherFields = [NamedField(name: text(), text: text())]
        listing.events = [
          AuditLine(
            action: text(), actor: text(), data: [text(): .text(text())], object: text(), previous: text(),
            sequence: index + 10, time: text())
        ]
        return listing
      })
    packet.form.conditions = text()
    packet.form.summary += text()
    return read(packet, text)
  }

  /// The packet read for code words, with lexicons that are as hostile: whoever writes their own may write anything.
  private static func read(_ packet: Packet, _ text: () -> String) -> Packet {
    var packet = packet
    for index in packet.listings.indices {
      packet.listings[index].taxa += ["Elephas maximus", text()]
      packet.listings[index].title?.append(" ivory ring " + text())
      packet.listings[index].text?.append("象牙" + text())
    }
    packet = InventedReadings.read(packet)
    for index in packet.listings.indices {
      let listing = packet.listings[index]
      let words = [text(), listing.title, listing.address, listing.price?.asAdvertised].map { $0 ?? "" }
      let isJSON = index > 1
      packet.listings[index].evidence[0].bytes =
        isJSON
        ? JSONValue.list(words.map { .text($0) }).indentedJSON()
        : words.flatMap {
          $0.utf8.reduce(into: [0x22]) { $0 += $1 == 0x22 ? [0x22, 0x22] : [$1] } + [0x22, index == 0 ? 0x2c : 0x09]
        }
    }
    for index in packet.listings.indices {
      for hit in packet.listings[index].reading?.hits.indices ?? 0..<0 {
        packet.listings[index].reading?.hits[hit].term.row.denotes += text()
        packet.listings[index].reading?.hits[hit].term.row.note += text()
        packet.listings[index].reading?.hits[hit].term.row.source += text()
      }
    }
    packet.file.reading.lexicons[0].name += text()
    packet.file.reading.termSources[0].citation += text()
    packet.file.reading.termSources[0].address += text()
    packet.file.reading.appendicesWarning? += text()
    return packet
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func noCellBeginsAFormulaAndTheColumnsStayInStep(seed: UInt64) throws {
    let assembly = try PacketAssembly(Self.hostilePacket(seed: seed))
    let rows = try SheetReader.rows(of: Array(Invented.text(of: "data/listings.csv", in: assembly).utf8))
    #expect(rows.count == 5)
    #expect(rows.allSatisfy { $0.count == ListingsSheet.columns.count })
    let triggers = Set("=+-@\t\r\u{0}＝＋－＠".unicodeScalars)
    for cell in rows.joined() {
      // Also for a reader that takes semicolons for separators and drops white space.
      for part in cell.unicodeScalars.split(separator: ";") {
        let start = part.drop { $0.properties.isWhitespace }.first
        #expect(start.map { !triggers.contains($0) } ?? true, "\(cell.debugDescription)")
      }
      #expect(!cell.unicodeScalars.contains(where: DisplayText.needsShowing))
    }
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func theReportHoldsNothingActiveAndNothingHidden(seed: UInt64) throws {
    let report = Invented.text(of: "data/report.html", in: try PacketAssembly(Self.hostilePacket(seed: seed)))
    let active = /<(script|iframe|object|embed|img|link|form)|[ ]on[a-z]+=|javascript:|src=|href=|https?:\/\//
    #expect(report.firstMatch(of: active.ignoresCase()) == nil)
    #expect(!report.unicodeScalars.contains { $0 != "\n" && DisplayText.needsShowing($0) })
    // Every tag is one of ours, and every one that opens closes.
    var open: [String] = []
    for match in report.matches(of: /<(\/?)([a-z0-9]+)[^>]*>/) {
      let name = String(match.2)
      if ["meta", "br"].contains(name) { continue }
      if match.1.isEmpty { open.append(name) } else { #expect(open.popLast() == name) }
    }
    #expect(open.isEmpty)
  }

  @Test(arguments: 0..<60 as Range<UInt64>)
  func theDocumentHoldsTheExactTextsAndHidesNone(seed: UInt64) throws {
    let packet = Self.hostilePacket(seed: seed)
    let json = Invented.text(of: "data/packet.json", in: try PacketAssembly(packet))
    #expect(
      !json.unicodeScalars.contains {
        $0 != "\n" && [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
      })
    // Foundation's reader is the oracle: it shares no code with ours.
    let document = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let listings = try #require(document["listings"] as? [[String: Any]])
    for (listing, facts) in zip(listings, packet.listings) {
      let title = try #require(listing["title"] as? String)
      #expect(Array(title.unicodeScalars) == Array((facts.title ?? "").unicodeScalars))
      #expect((listing["url"] as? String)?.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f } == true)
    }
  }

  @Test(arguments: 0..<20 as Range<UInt64>)
  func whateverIsInItThePacketIsSoundOnDisk(seed: UInt64) throws {
    let scratch = ScratchFolder()
    let written = try PacketWriter.write(Self.hostilePacket(seed: seed), into: scratch.path)
    #expect(PacketCheck.check(written.path).map(\.sentence) == [])
  }

  @Test func aHundredThousandCharactersAreCutWhereTheyAreReadAndSaySo() throws {
    var listing = Invented.bareListing()
    listing.title = String(repeating: "=", count: 100_000)
    listing.text = String(repeating: "\u{202E}穿", count: 50_000)
    listing.address = "https://bazaar.example/" + String(repeating: "a", count: 100_000)
    listing.otherFields = [NamedField(name: "raw", text: String(repeating: "<", count: 100_000))]
    let assembly = try PacketAssembly(Invented.packet([listing]))
    #expect(Invented.text(of: "data/report.html", in: assembly).utf8.count < 100_000)
    #expect(Invented.text(of: "data/listings.csv", in: assembly).contains("… [cut]"))
    let json = Invented.text(of: "data/packet.json", in: assembly)
    #expect(json.contains("\"title\": \"\(listing.title!)\""))
    #expect(json.contains("\"url\": \"urn:linsang:listing:text%3A7a\""))
    #expect(json.contains("the first 2000 characters"))
  }
}

/// A reader of RFC 4180, written for these tests alone: every field quoted, CRLF after every row.
enum SheetReader {
  struct Broken: Error { let byte: Int }

  static func rows(of bytes: [UInt8]) throws -> [[String]] {
    var rows: [[String]] = []
    var row: [String] = []
    var at = 0
    while at < bytes.count {
      guard bytes[at] == UInt8(ascii: "\"") else { throw Broken(byte: at) }
      at += 1
      var cell: [UInt8] = []
      while true {
        guard at < bytes.count else { throw Broken(byte: at) }
        if bytes[at] != UInt8(ascii: "\"") {
          cell.append(bytes[at])
          at += 1
        } else if at + 1 < bytes.count, bytes[at + 1] == UInt8(ascii: "\"") {
          cell.append(bytes[at])
          at += 2
        } else {
          at += 1
          break
        }
      }
      row.append(String(decoding: cell, as: UTF8.self))
      if at < bytes.count, bytes[at] == UInt8(ascii: ",") {
        at += 1
      } else {
        guard at + 1 < bytes.count, bytes[at] == 13, bytes[at + 1] == 10 else { throw Broken(byte: at) }
        at += 2
        rows.append(row)
        row = []
      }
    }
    return rows
  }
}
