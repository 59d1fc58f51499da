import CaseFiles
import Casework
import Foundation
import Listings
import SmallFormats
import Testing

@testable import Packets

/// A packet of one invented listing of which analysts stated something, whose places are known, and for which legal bases were
/// chosen.
extension Invented {
  static var described: Packet {
    var packet = threeListings
    var stamp = packet.stamp
    stamp.id = PacketID("LNS-2026-000008")!
    var listing = packet.listings[0]
    var last = listing.events.last!
    func state(_ aspect: Aspect, _ value: String, by analyst: String, minute: Int) {
      var data = StatusPart.described(aspect, value).data
      data["act"] = .number(9)
      data["before"] = .map(StatusPart.described(aspect, nil).data)
      last = AuditLine(
        action: "listing.describe", actor: analyst, data: data, object: listing.key.text, previous: last.hash,
        sequence: last.sequence + 1, time: "2026-11-23T08:\(minute):00Z")
      listing.events.append(last)
      listing.decision.status.description[aspect] = Described(value, by: analyst)
      listing.decision.described[aspect] = DescribedWhen(at: UTCTime(last.time), event: last.sequence)
    }
    state(.species, "possible", by: "rk", minute: 10)
    state(.species, "probable", by: "ben", minute: 11)
    state(.offer, "covert", by: "rk", minute: 12)
    state(.lot, "lot", by: "rk", minute: 13)
    state(.quantity, "2 PAI", by: "rk", minute: 14)
    state(.documents, "antique,certificate", by: "rk", minute: 15)
    state(.scam, "suspected", by: "ben", minute: 16)
    state(.grading, "B2", by: "rk", minute: 17)
    state(.term, "IVC", by: "rk", minute: 18)
    state(.source, "W", by: "rk", minute: 19)
    state(.purpose, "T", by: "rk", minute: 20)
    listing.places.seller = PlaceFacts(country: "TH", text: "Example Port", source: "column seller_country")
    listing.places.goods = PlaceFacts(
      country: "XX", text: "Example City", basis: .sellerStated, source: "column item_location")
    listing.places.delivery = PlaceFacts(text: "VN, CN", source: "column ships_to")
    listing.places.platform = PlaceFacts(
      country: "US", basis: .inferred, source: "Lexicons/platforms.csv, bazaar.example")
    var form = packet.form
    form.legal.entries = [entry, unchecked]
    packet = Packet(
      stamp: stamp, form: form,
      file: CaseFile(
        [listing], casebook: CasebookReference(headHash: last.hash, entries: last.sequence), reading: packet.reading))
    return packet
  }

  static var entry: LegalEntry {
    var entry = LegalEntry(id: "xx-trade-4")
    entry.jurisdiction = "XX"
    entry.name = "Trade in Invented Animals Act"
    entry.title = "Act on Trade in Invented Animals, 2019"
    entry.article = "s. 4"
    entry.about = "Offering invented animals for sale needs a licence."
    entry.from = CalendarDay("2019-03-01")!
    entry.source = "https://laws.example/2019/4"
    entry.speaksOf = ["Appendix I"]
    entry.lookedUp = CalendarDay("2026-11-01")!
    return entry
  }

  static var unchecked: LegalEntry {
    var entry = LegalEntry(id: "int-trade-9")
    entry.title = "Convention on Invented Trade, done at Exampleville"
    entry.about = "Trade in invented animals needs papers."
    entry.from = CalendarDay("2019-03-01")!
    entry.source = "Treaty Series, vol. 1"
    entry.lookedUp = CalendarDay("2026-11-01")!
    entry.jurisdiction = "INT"
    entry.name = "Convention on <Invented> Trade"
    entry.article = "Art. IX"
    entry.until = CalendarDay("2025-12-31")!
    entry.unchecked = "nobody has read it"
    return entry
  }
}

/// What a packet says of what was stated, and of places and laws.
@Suite struct DescribedPacketTests {
  private static let assembly: PacketAssembly = {
    guard let made = try? PacketAssembly(Invented.described) else { preconditionFailure("no packet") }
    return made
  }()

  private func json(_ path: String) throws -> JSONValue {
    try JSONReading.value(of: Array(Invented.text(of: path, in: Self.assembly).utf8))
  }

  @Test func theSchemasFieldsSayWhatWasStated() throws {
    let document = try json("data/packet.json")
    let listing = document.each("listings")[0]
    #expect(listing.word("taxon", "id_confidence") == "probable")
    #expect(listing.word("taxon", "id_basis").hasSuffix("; the analyst ben states: species probable"))
    #expect(
      ["term", "quantity", "unit", "source", "purpose"].map { listing.word("specimen", $0) } == [
        "IVC", "2", "PAI", "W", "T",
      ])
    #expect(listing.word("grading", "admiralty") == "B2" && listing.at("grading", "stix_confidence") == .number(70))
    #expect(
      listing.at("legality")?.each("seller_claims").contains(.text("documents claimed: antique, certificate")) == true)
    let flags = listing.at("legality")?.each("red_flags").compactMap(\.asText).filter { $0.hasPrefix("analyst: ") }
    #expect(flags == ["analyst: offer covert", "analyst: a lot", "analyst: scam suspected"])
    // What is advertised stays as it is.
    #expect(document.at("tool", "listings", "L0001")?.word("quantity_as_advertised") == "2")
    let stated = try #require(document.at("tool", "listings", "L0001", "description"))
    #expect(
      stated.at("species")
        == .map([
          "value": .text("probable"), "by": .text("ben"), "at": .text("2026-11-23T08:11:00Z"), "event": .number(46),
        ]))
  }

  @Test func thePlacesAreKeptApart() throws {
    let document = try json("data/packet.json")
    let listing = document.each("listings")[0]
    #expect(
      listing.at("location")
        == .map([
          "country": .text("XX"), "text": .text("Example City"), "basis": .text("seller-stated"),
        ]))
    #expect(listing.each("ships_to") == [.text("VN"), .text("CN")])
    let places = try #require(document.at("tool", "listings", "L0001", "places"))
    #expect(places.word("seller", "country") == "TH" && places.word("platform", "basis") == "inferred")
    #expect(places.word("delivery", "text") == "VN, CN" && places.at("delivery", "country") == .null)
    #expect(places.at("unnamed") == nil)
    let report = Invented.text(of: Report.path, in: Self.assembly)
    for words in [
      "Seller&#39;s place", "TH, Example Port", "Place of the goods", "Delivery to", "Platform does business in",
      "(who says so is not known, column ships_to)",
    ] { #expect(report.contains(words), "\(words)") }
    #expect(!report.contains("<dt>Place</dt>"))
  }

  @Test func reportSheetAndBundleHaveWhatWasStated() throws {
    let report = Invented.text(of: Report.path, in: Self.assembly)
    #expect(report.contains("As the analyst states"))
    for words in ["species probable", "documents claimed&#58; antique, certificate", "CITES term IVC", "grading B2"] {
      #expect(report.contains(words), "\(words)")
    }
    let sheet = Invented.text(of: ListingsSheet.path, in: Self.assembly)
    #expect(
      sheet.contains("\"species_is\",\"offer_is\"") && sheet.contains("\"probable\",\"covert\",\"lot\",\"2 PAI\""))
    let observed = try json(StixBundle.path).each("objects").first { $0.word("type") == "observed-data" }
    #expect(observed?.at("confidence") == .number(70))
    #expect(observed?.at("extensions", StixBundle.listingExtension)?.word("offer_is") == "covert")
    #expect(Invented.text(of: CaseGraph.path, in: Self.assembly).contains("as the analyst states: species probable"))
  }

  @Test func chosenLegalBasesAreThereWithTheirSources() throws {
    let document = try json("data/packet.json")
    #expect(document.at("legal")?.each("instruments").count == 3)
    #expect(document.at("tool")?.each("legal").map { $0.word("id") } == ["xx-trade-4", "int-trade-9"])
    let report = Invented.text(of: Report.path, in: Self.assembly)
    #expect(report.contains("Provisions that may apply, as the sender chose"))
    #expect(report.contains("Convention on &lt;Invented&gt; Trade, Art. IX"))
    #expect(report.contains("2019-03-01 to 2025-12-31") && report.contains("since 2019-03-01"))
    #expect(report.contains("<strong>Unverified:</strong> <bdi>nobody has read it</bdi>"))
    #expect(report.contains("hxxps&#58;//laws[.]example/2019/4"))
    #expect(document.each("listings")[0].word("legality", "assessment") == "suspected")
  }

  @Test func aPacketWithoutAnyOfItIsAsItWasBefore() throws {
    let text = Invented.text(of: "data/packet.json", in: try PacketAssembly(Invented.threeListings))
    for word in ["\"description\": {", "\"places\"", "\"legal\": [", "legal_sha256"] { #expect(!text.contains(word)) }
  }

  @Test func whatCannotBeToldIsStatedSo() throws {
    var packet = Invented.described
    packet.listings[0].decision.status.description[.species] = Described("unidentifiable", by: "ben")
    packet.listings[0].events = []
    let assembly = try PacketAssembly(packet)
    let listing = try JSONReading.value(of: Array(Invented.text(of: "data/packet.json", in: assembly).utf8)).each(
      "listings")[0]
    #expect(listing.word("taxon", "id_confidence") == "possible")
    #expect(listing.word("taxon", "id_basis").hasSuffix("the analyst ben states: species unidentifiable"))
    #expect(listing.at("legality")?.each("red_flags").contains(.text("analyst: species unidentifiable")) == true)
  }

  private static let grades: [(String, Int?)] = [
    ("A1", 90), ("B2", 70), ("C3", 50), ("D4", 30), ("E5", 10), ("F6", nil),
  ]

  @Test(arguments: grades)
  func gradesBecomeConfidenceInStix(_ grade: String, _ confidence: Int?) {
    #expect(StatedDescription.stixConfidence(grade) == confidence)
  }

  // MARK: Forgeries

  enum Edit: String, CaseIterable {
    case grading, confidence, stated, who, when, basis, place, shipsTo, unit, flag, claim, cleared, legal, legalPeriod
    case legalUnchecked, legalRemoved, idBasis, unknownWord
  }

  @Test(arguments: Edit.allCases) func aForgeryShowsHoweverThoroughly(_ edit: Edit) throws {
    let forged = try ForgedPacket(Invented.described)
    #expect(forged.found.map(\.sentence) == [])
    let facts = ["tool", "listings", "L0001"]
    try forged.changeDocument { document in
      func set(_ value: JSONValue?, _ path: [String]) {
        if case .map(let changed) = JSONValue.map(document).setting(value, at: path) { document = changed }
      }
      func listing(_ value: JSONValue?, _ path: [String]) {
        guard case .list(let all)? = document["listings"] else { return }
        document["listings"] = .list(all.map { $0.setting(value, at: path) })
      }
      func entries(_ change: (JSONValue) -> JSONValue?) {
        guard let all = JSONValue.map(document).at("tool")?.each("legal") else { return }
        set(.list(all.compactMap(change)), ["tool", "legal"])
      }
      switch edit {
      case .grading:
        listing(.text("A1"), ["grading", "admiralty"])
        listing(.number(90), ["grading", "stix_confidence"])
      case .confidence: listing(.text("certain"), ["taxon", "id_confidence"])
      case .stated:
        set(.text("certain"), facts + ["description", "species", "value"])
        listing(.text("certain"), ["taxon", "id_confidence"])
      case .who: set(.text("rk"), facts + ["description", "species", "by"])
      case .when: set(.text("2026-11-22T08:11:00Z"), facts + ["description", "grading", "at"])
      case .basis: listing(.text("platform"), ["location", "basis"])
      case .place: listing(.text("KE"), ["location", "country"])
      case .shipsTo: listing(.list([]), ["ships_to"])
      case .unit: listing(.text("KIL"), ["specimen", "unit"])
      case .flag: listing(.list([]), ["legality", "red_flags"])
      case .claim: listing(.list([.text("documents claimed: permit")]), ["legality", "seller_claims"])
      case .cleared: set(nil, facts + ["description", "scam"])
      case .legal: entries { $0.setting(.text("Any sale is a crime."), at: ["about"]) }
      case .legalPeriod: entries { $0.setting(.null, at: ["in_force_until"]) }
      case .legalUnchecked: entries { $0.setting(.null, at: ["unchecked"]) }
      case .legalRemoved: entries { $0.word("jurisdiction") == "INT" ? nil : $0 }
      case .idBasis: listing(.text("seen by an expert"), ["taxon", "id_basis"])
      case .unknownWord: set(.text("beyond doubt"), facts + ["description", "species", "value"])
      }
    }
    try forged.deriveAgain()
    let found = forged.found.map(\.sentence)
    #expect(!found.isEmpty, "\(edit)")
    #expect(found.allSatisfy { $0.contains("data/packet.json") }, "\(found)")
  }

  // MARK: Recipients

  @Test func forSharingTheCodesStayAndNobodysHandle() throws {
    var packet = Invented.described
    packet.recipient = try ShippedRecipients.profile("sharing")
    packet.form.sender.contactName = "Duty"
    let assembly = try PacketAssembly(packet)
    let text = Invented.text(of: "data/packet.json", in: assembly)
    let document = try JSONReading.value(of: Array(text.utf8))
    let listing = document.each("listings")[0]
    #expect(listing.word("taxon", "id_confidence") == "probable" && listing.word("grading", "admiralty") == "B2")
    #expect(listing.word("taxon", "id_basis").hasSuffix("the analyst states: species probable"))
    let places = try #require(document.at("tool", "listings", "L0001", "places"))
    #expect(places.word("seller", "country") == "TH" && places.at("seller", "text") == .null)
    #expect(places.word("delivery", "text") == "VN, CN" && listing.each("ships_to").count == 2)
    for file in assembly.files {
      let words = String(decoding: file.bytes, as: UTF8.self)
      for needle in ["\"ben\"", "Example Port", "Example City", "ships_to column", "column seller"] {
        #expect(!words.contains(needle), "\(needle) in \(file.path)")
      }
    }
    let folder = ScratchFolder()
    let path = try PacketWriter.write(packet, into: folder.path).path
    #expect(PacketCheck.check(path).map(\.sentence) == [])
  }

  @Test func aPlatformGetsTheDescriptionAndNotTheGrading() throws {
    var packet = Invented.described
    packet.recipient = try ShippedRecipients.profile("platform")
    packet.form.purpose = .platformNotice
    let assembly = try PacketAssembly(packet)
    let listing = try JSONReading.value(of: Array(Invented.text(of: "data/packet.json", in: assembly).utf8)).each(
      "listings")[0]
    #expect(listing.word("grading", "admiralty") == "F6" && listing.at("grading", "stix_confidence") == .null)
    #expect(listing.word("specimen", "term") == "IVC")
    let folder = ScratchFolder()
    #expect(PacketCheck.check(try PacketWriter.write(packet, into: folder.path).path).map(\.sentence) == [])
  }

  // MARK: Remarks

  private func remarks(_ change: (inout Packet) -> Void) throws -> [PacketRemark] {
    var packet = Invented.described
    change(&packet)
    return try ShippedRecipients.profile("police").remarks(on: packet.form, packet.listings, PacketSurroundings())
  }

  @Test func whatShouldBeKnownBeforeItLeavesIsSaid() throws {
    let usual = try remarks { $0.form.legal.entries = [] }
    #expect(usual.isEmpty, "\(usual.map(\.sentence))")
    let kinds = try remarks { packet in
      packet.listings[0].decision.status.description[.grading] = nil
      packet.listings[0].decision.status.description[.species] = Described("unidentifiable", by: "rk")
      packet.listings[0].day = CalendarDay("2026-11-20")
    }
    #expect(kinds.map(\.kind) == [.ungraded, .unidentifiable, .legalNotInForce, .legalUnchecked])
    #expect(
      kinds[2].sentence
        == "Convention on <Invented> Trade, Art. IX was not in force on the day of 1 listing (in force 2019-03-01 to 2025-12-31)"
    )
    #expect(kinds[3].sentence.contains("Convention on <Invented> Trade, Art. IX"))
    let before = try remarks {
      $0.form.legal.entries = [Invented.entry]
      $0.listings[0].day = CalendarDay("2019-02-28")
    }
    #expect(before.map(\.kind) == [.legalNotInForce])
  }
}

/// The table of legal bases: the shipped one, and mistakes.
@Suite struct LegalTableTests {
  private static let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Lexicons/legal-basis.toml").path

  @Test func everyShippedEntryIsCompleteAndSaysWhetherItWasChecked() throws {
    var table = LegalTable()
    try table.add(String(contentsOfFile: Self.path, encoding: .utf8), file: Self.path)
    #expect(table.entries.count >= 20)
    #expect(Set(table.entries.map(\.id)).count == table.entries.count)
    #expect(Set(table.entries.map(\.citation)).count == table.entries.count)
    for code in ["INT", "EU", "CN", "US", "GB"] { #expect(table.entries.contains { $0.jurisdiction == code }) }
    for entry in table.entries {
      #expect(entry.lookedUp >= entry.from || entry.until != nil, "\(entry.id)")
      #expect(entry.unchecked.map { $0.count > 20 } ?? true, "\(entry.id)")
    }
    let law = try #require(table["cn-wildlife-2022"])
    #expect(!law.isInForce(on: CalendarDay("2023-04-30")!) && law.isInForce(on: CalendarDay("2023-05-01")!))
    let earlier = try #require(table["cn-wildlife-2018"])
    #expect(earlier.isInForce(on: CalendarDay("2023-04-30")!) && !earlier.isInForce(on: CalendarDay("2023-05-01")!))
  }

  private static let sound = """
    [own-1]
    jurisdiction = "KE"
    name = "Own Act"
    title = "The Own Act"
    article = "s. 1"
    about = "What it is about."
    from = "2020-01-01"
    source = "https://laws.example/1"
    looked-up = "2026-01-01"
    checked = "yes"

    """

  @Test func anEntryOfOnesOwnAddsOrReplaces() throws {
    var table = LegalTable()
    try table.add(Self.sound, file: "a.toml")
    try table.add(
      Self.sound.replacing("What it is about.", with: "Another.") + Self.sound.replacing("own-1", with: "own-2"),
      file: "b.toml")
    #expect(table.entries.map(\.id) == ["own-1", "own-2"] && table["own-1"]?.about == "Another.")
  }

  @Test(arguments: [
    ("jurisdiction = \"KE\"", "jurisdiction = \"Kenya\"", 2, "write two capital letters, EU, or INT"),
    ("from = \"2020-01-01\"", "from = \"2020-02-30\"", 7, "write a day as YYYY-MM-DD"),
    ("from = \"2020-01-01\"", "from = \"2020-01-01\"\nuntil = \"2019-01-01\"", 1, "ends before it begins"),
    ("about = \"What it is about.\"", "about = \"\"", 6, "write one line"),
    ("about = \"What it is about.\"", "abuot = \"x\"", 6, "there is no such key"),
    ("about = \"What it is about.\"\n", "", 1, "about is missing"),
    ("checked = \"yes\"", "checked = \"no\"", 1, "says why an entry is not checked"),
    ("checked = \"yes\"", "checked = \"yes\"\nunchecked = \"x\"", 1, "says why an entry is not checked"),
    ("checked = \"yes\"", "checked = \"perhaps\"", 10, "not with such a value"),
    ("[own-1]\n", "", 1, "expected the name of an entry"), ("name = \"Own Act\"", "name = \"Own Act", 3, "quotation"),
  ])
  func aMistakeIsToldByFileAndLine(_ old: String, _ new: String, _ line: Int, _ why: String) {
    let problem = #expect(throws: LegalProblem.self) {
      var table = LegalTable()
      try table.add(Self.sound.replacing(old, with: new), file: "own.toml")
    }
    #expect(problem?.file == "own.toml" && problem?.line == line, "\(problem?.sentence ?? "")")
    #expect(problem?.why.contains(why) == true, "\(problem?.sentence ?? "")")
    #expect(problem?.sentence.contains("own.toml, line \(line): ") == true)
  }
}

/// Whose place a column holds.
@Suite struct PlaceColumnsTests {
  private static let shipped: PlaceColumns = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Lexicons/place-columns.toml").path
    var columns = PlaceColumns()
    do { try columns.add(String(contentsOfFile: path, encoding: .utf8), file: path) } catch { Issue.record("\(error)") }
    return columns
  }()

  @Test func columnsAreKnownByTheirNamesHoweverTheyAreSpelled() {
    #expect(Self.shipped.role(of: "Seller Country") == .seller && Self.shipped.role(of: "sellerCountry") == .seller)
    #expect(Self.shipped.role(of: "itemLocation.country") == .goods && Self.shipped.role(of: "SHIPS-TO") == .delivery)
    #expect(Self.shipped.role(of: "country") == nil && Self.shipped.role(of: "price") == nil)
  }

  @Test func aMistakeIsToldByFileAndLine() {
    for (text, line) in [("[buyer]\nnames = [\"x\"]\n", 2), ("[seller]\nname = \"x\"\n", 2), ("[seller\n", 1)] {
      let problem = #expect(throws: PlaceColumnsProblem.self) {
        var columns = PlaceColumns()
        try columns.add(text, file: "own.toml")
      }
      #expect(problem?.sentence.hasPrefix("own.toml, line \(line): ") == true)
    }
  }
}
