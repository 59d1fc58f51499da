import Casework
import Foundation
import Hashing
import Listings

@testable import Packets
import SmallFormats
import CaseFiles

/// Packets of invented people, platforms and adverts.
enum Invented {
  static let created = UTCTime("2026-11-23T09:00:00Z")!

  static var form: PacketForm {
    var form = PacketForm()
    form.title = "Suspected online offers of protected species (invented sample)"
    form.summary = "Two sellers on one platform offered lots that may be of protected species.\nFor assessment."
    form.request = "Please assess, and ask the platform to preserve its records."
    form.tlp = .amber
    form.conditions = "Do not share beyond the receiving agency without asking the sender."
    form.retainUntil = "2027-11-23"
    form.notForEvidenceWithoutSender = true
    form.sender = PacketSender(
      org: "Example Wildlife Monitors (invented)", kind: .ngo, country: "XX", contactName: "Duty analyst",
      contactEmail: "duty@monitors.example")
    form.recipients = [
      PacketRecipient(org: "Example National Police, Wildlife Unit (invented)", kind: .police, country: "XX"),
      PacketRecipient(org: "Example Customs (invented)", kind: .customs, country: "XX"),
    ]
    form.legal = LegalBasis(
      collectionBasis: "Open sources only; no purchase, no contact with sellers.",
      processingBasis: "GDPR Art. 6(1)(f); review at retain_until", jurisdictions: ["XX"],
      instruments: ["CITES Art. III"], goodFaith: "The sender believes in good faith that this packet is accurate.")
    form.isTestData = true
    return form
  }

  static var stamp: PacketStamp {
    PacketStamp(
      id: PacketID("LNS-2026-000007")!, created: created, madeBy: "rk", toolVersion: "0.1.0",
      key: PacketKey(bytes: Array(0..<32), since: UTCTime("2026-11-02T08:00:00Z")!))
  }

  static func evidence(_ text: String, row: Int = 1) -> RowEvidence {
    RowEvidence(
      bytes: Array(text.utf8), format: .csv, sourceFile: "/srv/somebody/week47.csv", row: row, line: row + 1,
      sourceDigest: SHA256Digest(of: "the whole of week47.csv"), sourceModified: UTCTime("2026-11-22T18:30:00Z")!)
  }

  static func bareListing(_ key: String = "text:7a", verdict: Verdict = .confirmed) -> CaseListing {
    CaseListing(
      key: ListingKey(key), decision: CaseDecision(ReviewStatus(verdict: verdict)), evidence: [evidence("x\r\n")])
  }

  static func packet(_ listings: [CaseListing]) -> Packet { Packet(stamp: stamp, form: form, file: CaseFile(listings)) }

  static func filed(_ verdict: String, _ key: String, event: Int, after previous: String) -> AuditLine {
    AuditLine(
      action: "verdict.file", actor: "rk", data: ["key": .text(key), "verdict": .text(verdict)], object: key,
      previous: previous, sequence: event, time: "2026-11-23T08:0\(event % 10):00Z")
  }

  /// A plain listing, one that is hostile in every field, and one about which nothing is known.
  static var threeListings: Packet {
    let first = filed("confirmed", "id:bazaar/771001", event: 41, after: AuditLine.noPrevious)
    let second = filed("confirmed", "url:bazaar.example/item/771044", event: 42, after: first.hash)
    // Another analyst looked at the first, without seeing what was decided.
    let other = AuditLine(
      action: "verdict.file", actor: "ben",
      data: ["blind": .truth(true), "key": .text("id:bazaar/771001"), "verdict": .text("unsure")],
      object: "id:bazaar/771001", previous: second.hash, sequence: 43, time: "2026-11-23T08:03:00Z")
    let note = AuditLine(
      action: "note.write", actor: "rk", data: ["note": .text("Grain lines on the third photo.\nSame hands as L-88.")],
      object: "id:bazaar/771001", previous: other.hash, sequence: 44, time: "2026-11-23T08:04:00Z")
    var plain = CaseListing(
      key: ListingKey("id:bazaar/771001"),
      decision: CaseDecision(
        ReviewStatus(verdict: .confirmed, note: "Grain lines on the third photo.\nSame hands as L-88."),
        decidedBy: "rk",
        decidedAt: UTCTime("2026-11-23T08:01:00Z"), event: 41),
      evidence: [
        evidence(
          "771001,Example Bazaar,\"Ring, white gold (elephant) — 象牙\",$120.00 both,https://bazaar.example/item/771001\r\n",
          row: 1)
      ])
    plain.reference = "771001"
    plain.platform = PlatformFacts(name: "Example Bazaar (invented)", domain: "bazaar.example", country: "XX")
    plain.seller = SellerFacts(
      alias: "old_curios_88", userID: "u-100200", profileAddress: "https://bazaar.example/u/old_curios_88",
      statedCountry: "XX")
    plain.address = "https://bazaar.example/item/771001"
    plain.title = "Ring, white gold (elephant) — 象牙"
    plain.text = "Two rings, old stock.\r\nShips anywhere, ask at https://chat.example/o88"
    plain.language = "en"
    plain.postedAt = UTCTime("2026-11-20T07:06:40Z")
    plain.firstSeen = UTCTime("2026-11-20T09:00:00Z")
    plain.lastSeen = UTCTime("2026-11-22T09:00:00Z")
    plain.taxa = ["Loxodonta africana", "Elephas maximus"]
    plain.quantityText = "2"
    plain.price = PriceFacts(asAdvertised: "$120.00 both", amount: "120.00", currency: "USD")
    plain.location = LocationFacts(country: "XX", text: "Example City", basis: .sellerStated)
    plain.events = [first, other, note]
    plain.otherFields = [
      NamedField(name: "views", text: "31"), NamedField(name: "photo_count", text: "3"),
      NamedField(name: "title_translated", text: "Ring of white gold (elephant), ivory"),
    ]
    var selection = CaseSelection(files: 2, listings: 214)
    (selection.confirmed, selection.unsure, selection.filter) = (3, 1, "platform:example <b>")
    selection.falsePositives = [.replica: 60, nil: 9]
    var file = CaseFile(
      [plain, hostileListing(event: second), bareListing(verdict: .unsure)],
      casebook: CasebookReference(headHash: note.hash, entries: 44), copies: copies, selection: selection)
    file.rates = [ExchangeRate(currency: "USD", unitsPerDollar: "1", day: "2026-11-20", source: "by definition")]
    return InventedReadings.read(Packet(stamp: stamp, form: form, file: file))
  }

  /// The first two are one advert, of which a third listing is elsewhere; so is a copy of the last one.
  private static let copies = CaseCopies([
    CaseCopies.Group(
      name: "k6kgvndxdy", listings: [0, 1], listingsInFiles: 3,
      text: "Two rings, ⟨words⟩.\r\nShips <b>anywhere</b>, ask at https://chat.example/⟨name⟩ =1",
      slots: [
        CaseCopies.Slot(name: "words", values: ["old stock", "=new \u{202E}<script>"]),
        CaseCopies.Slot(name: "name", values: ["o88", ""]),
      ]),
    CaseCopies.Group(name: "23456789ab", listings: [2], listingsInFiles: 2),
  ])

  /// Title, address and price of the hostile listing, as they stand in its evidence.
  private static let hostileWords = [
    "=HYPERLINK(\"http://evil.example\";\"ox bone\")\u{1B}]0;owned\u{7} <script>alert(1)</script> \u{202E}gnp.exe",
    "https://bazaar.example/item/771044?q=a b&x=\"<é>\"#one#two", "＝ask",
  ]

  private static func hostileListing(event: AuditLine) -> CaseListing {
    var hostile = CaseListing(
      key: ListingKey("url:bazaar.example/item/771044"),
      decision: CaseDecision(ReviewStatus(verdict: .confirmed), decidedBy: "rk", event: 42),
      evidence: [
        RowEvidence(
          bytes: JSONValue.list(hostileWords.map { .text($0) }).indentedJSON(), format: .jsonLines,
          sourceFile: "=week 47\u{202E}.jsonl",
          row: 812, line: 812, sourceDigest: SHA256Digest(of: "other"),
          sourceModified: UTCTime("2026-11-22T18:30:00Z")!, capturedAt: UTCTime("2026-11-21T05:06:40Z"),
          capturedBy: "scraper-2")
      ])
    hostile.evidence[0].line = nil
    hostile.evidence[0].member = "monday/=ads\u{202E}.jsonl"
    hostile.evidence[0].sourceFile = "/data/rk/week47.zip"
    hostile.evidence[0].sourceBytes = 40_960
    hostile.evidence[0].conversions = [
      Conversion(.unpacked, "unpacked from zip: 812345 bytes, told by its first bytes"),
      Conversion(.decoded, "decoded from GB18030 (sure: no other encoding fits)"),
    ]
    hostile.platform = PlatformFacts(name: "Example Bazaar (invented)", domain: "bazaar.example", country: "XX")
    hostile.seller = SellerFacts(alias: "reptile\u{200B}room'\"><img src=x onerror=alert(1)>")
    hostile.address = hostileWords[1]
    hostile.title = hostileWords[0]
    hostile.text = ";=1\t=2\r\n\u{0}\u{2028}javascript:alert(1)\u{FEFF} href=x " + String(repeating: "穿山甲", count: 900)
    hostile.language = "not a language"
    hostile.postedText = "yesterday, 3 pm"
    hostile.taxa = ["pangolin scales"]
    hostile.quantityText = "about 1.5 kg"
    hostile.price = PriceFacts(asAdvertised: "＝ask", amount: nil, currency: nil)
    hostile.location = LocationFacts(country: "Exampleland")
    hostile.events = [event]
    hostile.otherFields = [NamedField(name: "@cmd", text: "+1;-1")]
    return hostile
  }

  static func text(of path: String, in assembly: PacketAssembly) -> String {
    guard let file = assembly.files.first(where: { $0.path == path }) else { return "" }
    return String(decoding: file.bytes, as: UTF8.self)
  }
}

/// A folder of its own for one test, removed with everything in it.
final class ScratchFolder {
  let path: String

  init() {
    path = FileManager.default.temporaryDirectory.path + "/linsang-packets-" + UUID().uuidString
    try! FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit {
    chmod(path, 0o700)
    try? FileManager.default.removeItem(atPath: path)
  }

  var names: [String] { (try? FileManager.default.contentsOfDirectory(atPath: path).sorted()) ?? [] }
}
