import Casework
import Foundation
import Testing

@testable import Packets
import SmallFormats
import CaseFiles

/// A packet says what people and rows supplied, and nothing in their name.
@Suite struct SuppliedStatementTests {
  /// A form with only what a packet cannot do without.
  private var bareForm: PacketForm {
    var form = PacketForm()
    form.title = "Two adverts"
    form.summary = "Seen in one week."
    form.sender = PacketSender(
      org: "Example Monitors", country: "XX", contactName: "Desk", contactEmail: "desk@monitors.example")
    form.recipients = [PacketRecipient(org: "Example Customs", country: "XX")]
    return form
  }

  private func assembly(_ listing: CaseListing, _ form: PacketForm? = nil) throws -> PacketAssembly {
    try PacketAssembly(Packet(stamp: Invented.stamp, form: form ?? bareForm, file: CaseFile([listing])))
  }

  private func document(_ assembly: PacketAssembly) throws -> JSONValue {
    try JSONReading.value(of: Array(Invented.text(of: "data/packet.json", in: assembly).utf8))
  }

  @Test func whatTheSenderDidNotStateStandsNowhere() throws {
    let assembly = try assembly(Invented.bareListing())
    let document = try document(assembly)
    for name in ["collection_basis", "processing_basis", "good_faith"] {
      #expect(document.at("legal", name) == .null)
    }
    for name in ["instruments", "jurisdictions"] { #expect(document.at("legal", name) == .list([])) }
    for name in ["conditions", "retain_until", "not_for_evidence_without_sender", "contains_personal_data"] {
      #expect(document.at("handling", name) == .null)
    }
    #expect(document.at("request") == .text("none stated"))
    #expect(document.at("sender", "kind") == .text("other"))
    let said = [
      "good faith", "in good faith", "accurate", "complete", "cites art", "no purchase", "open sources", "legitimate",
      "what is asked", "basis of", "instruments", "only after asking", "not limited by", "ngo", "police", "scraper",
      "analyst read", "nobody",
    ]
    for path in ["data/report.html", "data/README.txt", "data/packet.json", "bag-info.txt"] {
      let text = Invented.text(of: path, in: assembly).lowercased()
      for words in said where !(path.hasSuffix("README.txt") && ["good faith", "in good faith"].contains(words)) {
        if path.hasSuffix("packet.json"), words == "instruments" { continue }
        #expect(!text.contains(words), "\(path) says “\(words)”")
      }
    }
  }

  @Test func whatTheSenderStatedIsGivenAsTheSenders() throws {
    var form = bareForm
    form.legal.goodFaith = "We believe this to be right."
    form.legal.instruments = ["CITES Art. VIII", "Lacey Act"]
    form.notForEvidenceWithoutSender = false
    let assembly = try assembly(Invented.bareListing(), form)
    let report = Invented.text(of: "data/report.html", in: assembly)
    #expect(report.contains("Good faith, as the sender states"))
    #expect(report.contains("We believe this to be right."))
    #expect(report.contains("CITES Art. VIII; Lacey Act"))
    #expect(report.contains("not limited by the sender"))
    #expect(!report.contains("Basis of collection"))
    let document = try document(assembly)
    #expect(document.at("legal", "good_faith") == .text("We believe this to be right."))
    #expect(document.at("handling", "not_for_evidence_without_sender") == .truth(false))
  }

  @Test(arguments: [
    ("3500000.0", "3500000", "THB", "3,500,000 THB"), ("฿3.5m", "3500000", "THB", "3,500,000 THB"),
    ("120.00 both", "120.00", "USD", "120 USD"), ("1200.5", "1200.5", "EUR", "1,200.5 EUR"),
    ("999", "999", "USD", "999 USD"), ("1000", "1000", "VND", "1,000 VND"), ("0.0001", "0.0001", "KWD", "0.0001 KWD"),
    ("12,345", "12345", nil, "12,345, currency not known"),
    ("1234567", "1234567", "usd", "1,234,567, currency not known"),
  ])
  func aPriceIsShownAsAdvertisedAndAsRead(advertised: String, amount: String, currency: String?, read: String) throws {
    var listing = Invented.bareListing()
    listing.price = PriceFacts(asAdvertised: advertised, amount: amount, currency: currency)
    let assembly = try assembly(listing)
    let report = Invented.text(of: "data/report.html", in: assembly)
    #expect(report.contains("<bdi>\(HTMLText.escaped(advertised))</bdi>; read as \(read)"))
    #expect(!report.contains("whole offer"))
    let price = try #require(try document(assembly).at("listings")?.asList?.first?.at("price"))
    if let currency, currency == currency.uppercased() {
      #expect(price.at("as_advertised") == .text(advertised))
      #expect(price.at("currency") == .text(currency))
    } else {
      #expect(price == .null)
    }
  }

  @Test func aPriceWithoutAnAmountIsShownInItsWords() throws {
    var listing = Invented.bareListing()
    listing.price = PriceFacts(asAdvertised: "ask me")
    let report = Invented.text(of: "data/report.html", in: try assembly(listing))
    #expect(report.contains("<bdi>ask me</bdi>; no amount could be read from it"))
  }

  @Test func aFilesTimeOfChangeIsNeverTheTimeOfSeeing() throws {
    let assembly = try assembly(Invented.bareListing())
    let report = Invented.text(of: "data/report.html", in: assembly)
    #expect(!report.contains("<dt>Seen</dt>") && !report.contains("not stated"))
    #expect(report.contains("<dt>Source file last changed</dt><dd><bdi>2026-11-22 18&#58;30&#58;00 UTC</bdi>"))
    let sheet = Invented.text(of: "data/listings.csv", in: assembly).split(separator: "\r\n")
    let columns = ListingsSheet.columns
    let cells = sheet[1].split(separator: "\",\"", omittingEmptySubsequences: false)
    #expect(cells[try #require(columns.firstIndex(of: "first_seen_utc"))] == "")
    #expect(cells[try #require(columns.firstIndex(of: "last_seen_utc"))] == "")
    #expect(cells[try #require(columns.firstIndex(of: "source_file_last_changed_utc"))] == "2026-11-22T18:30:00Z")
    // The format wants a time of every listing; there it is said whose it is.
    let flags = try document(assembly).at("listings")?.asList?.first?.at("legality", "red_flags")?.asList ?? []
    #expect(flags.contains { $0.asText?.contains("first_seen and last_seen are the source file's time") == true })
  }

  @Test func aRowsOwnTimeIsTheTimeOfSeeing() throws {
    var listing = Invented.bareListing()
    listing.evidence[0].capturedAt = UTCTime("2026-11-20T07:00:00Z")
    listing.firstSeen = listing.evidence[0].capturedAt
    let report = Invented.text(of: "data/report.html", in: try assembly(listing))
    #expect(report.contains("<dt>Seen</dt><dd><bdi>2026-11-20 07&#58;00&#58;00 UTC</bdi>"))
    #expect(!report.contains("Source file last changed"))
  }

  @Test func aDayOfCaptureGetsNoTimeOfDay() throws {
    var listing = Invented.bareListing()
    listing.evidence[0].capturedAt = UTCTime("2026-11-20T00:00:00Z")
    listing.evidence[0].capturedDay = "20 Nov 2026"
    listing.firstSeen = listing.evidence[0].capturedAt
    let assembly = try assembly(listing)
    let report = Invented.text(of: "data/report.html", in: assembly)
    #expect(report.contains("20 Nov 2026, no time of day stated"))
    #expect(!report.contains("00:00:00") && !report.contains("00&#58;00&#58;00 UTC"))
    #expect(Invented.text(of: "data/packet.json", in: assembly).contains("00:00:00 stands for that"))
  }
}
