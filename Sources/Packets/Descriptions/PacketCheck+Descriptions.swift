import CaseFiles
import Casework
import Hashing
import Listings
import SmallFormats

// What analysts stated, the places, and the legal bases: the schema's fields follow from the records under `tool`, and these
// from the audit chain.

extension PacketCheck {
  /// Compares what each listing says of species, specimen, grading and places with what was stated and read.
  ///
  /// Limits: who stated what is compared with the chain only where the packet has the listing's events.
  mutating func checkDescriptions(_ document: JSONValue) {
    var chain: [Int: JSONValue] = [:]
    for line in chainLines { if let number = line.at("seq")?.asNumber { chain[number] = line } }
    var stated = 0
    for listing in document.each("listings") {
      let facts = document.at("tool", "listings", listing.word("id")) ?? .null
      let description = RecordedDescription(facts)
      if !description.stated.isEmpty { stated += 1 }
      compareFields(of: listing, description)
      comparePlaces(of: listing, facts)
      compareChain(
        of: listing, facts, description, facts.each("history").compactMap(\.asNumber).compactMap { chain[$0] })
    }
    if stated > 0 { checked.append("what was stated in codes of \(Count.of(stated, "listing")), derived again") }
  }

  /// Reports each statement that is not as it should be.
  private mutating func expect(
    _ listing: JSONValue, _ statements: [(name: String, found: String?, expected: String?)]
  ) {
    for (name, found, expected) in statements where found != expected {
      report(
        "data/packet.json",
        .differs(
          "the \(name) of \(listing.word("id"))", found: found ?? "nothing", expected: expected ?? "left out"))
    }
  }

  private mutating func compareFields(of listing: JSONValue, _ description: RecordedDescription) {
    let values = Dictionary(
      uniqueKeysWithValues: description.stated.map { ($0.aspect, Described($0.value, by: $0.by ?? "")) })
    var status = ListingDescription()
    for (aspect, value) in values { status[aspect] = value }
    let stated = StatedDescription(CaseDecision(ReviewStatus(description: status)))
    for (aspect, value) in values where !aspect.accepts(value.value) {
      report("data/packet.json", .missingValue("a known \(aspect.name) of \(listing.word("id"))"))
    }
    func text(_ first: String, _ second: String) -> String? { listing.at(first, second)?.asText }
    let grading = stated.grading ?? ListingStatement.grade
    var statements: [(name: String, found: String?, expected: String?)] = [
      ("taxon.id_confidence", text("taxon", "id_confidence"), stated.confidence ?? "possible"),
      ("specimen.unit", text("specimen", "unit"), stated.quantity?.unit ?? "UNK"),
      ("specimen.source", text("specimen", "source"), stated.source ?? "U"),
      ("specimen.purpose", text("specimen", "purpose"), stated.purpose),
      ("grading.admiralty", text("grading", "admiralty"), grading),
      (
        "grading.stix_confidence", listing.at("grading", "stix_confidence")?.asNumber.map(String.init),
        StatedDescription.stixConfidence(grading).map(String.init)
      ),
    ]
    if let term = stated.term { statements.append(("specimen.term", text("specimen", "term"), term)) }
    if let basis = stated.speciesBasis, text("taxon", "id_basis")?.hasSuffix("; " + basis) != true {
      statements.append(("taxon.id_basis", text("taxon", "id_basis"), "… " + basis))
    }
    let legality = listing.at("legality") ?? .null
    func lines(_ name: String, _ prefix: String) -> String {
      legality.each(name).compactMap(\.asText).filter { $0.hasPrefix(prefix) }.joined(separator: " | ")
    }
    statements.append(("analyst's flags", lines("red_flags", "analyst: "), stated.notes.joined(separator: " | ")))
    statements.append(
      (
        "documents claimed", lines("seller_claims", "documents claimed: "),
        stated.documentClaims.joined(separator: " | ")
      ))
    expect(listing, statements)
  }

  /// The place that the format has is that of the goods, or the one of which the row does not say whose it is.
  private mutating func comparePlaces(of listing: JSONValue, _ facts: JSONValue) {
    guard let places = facts.at("places") else { return }
    for (name, _) in CasePlaces.roles {
      guard let place = places.at(name) else { continue }
      if LocationFacts.Basis(rawValue: place.word("basis")) == nil {
        report("data/packet.json", .missingValue("the basis of the \(name) place of \(listing.word("id"))"))
      }
    }
    let goods = places.at("goods") ?? places.at("unnamed") ?? .null
    let delivery = places.at("delivery") ?? .null
    let codes = StatedPlaces.countries(
      PlaceFacts(country: delivery.at("country")?.asText, text: delivery.at("text")?.asText))
    expect(
      listing,
      [
        ("location.country", listing.at("location", "country")?.asText, goods.at("country")?.asText),
        ("location.text", listing.at("location", "text")?.asText, goods.at("text")?.asText),
        ("location.basis", listing.at("location", "basis")?.asText, goods.at("basis")?.asText ?? "unknown"),
        (
          "ships_to", listing.each("ships_to").compactMap(\.asText).joined(separator: ", "),
          codes.joined(separator: ", ")
        ),
      ])
  }

  /// Compares what was stated with the events of the chain that state it.
  private mutating func compareChain(
    of listing: JSONValue, _ facts: JSONValue, _ description: RecordedDescription, _ lines: [JSONValue]
  ) {
    guard !lines.isEmpty else { return }
    let events = lines.filter { $0.word("action") == Action.describe.rawValue }
    let isMerged = events.contains { $0.at("data", "chain") != nil }
    for aspect in Aspect.allCases {
      let said = events.filter { $0.word("data", "event", "aspect") == aspect.rawValue }
      let value = description.value.at(aspect.rawValue) ?? .null
      let stated = value.at("value")?.asText
      // Of several chains the packet does not say which counts: one of them must say it.
      let candidates = isMerged ? said : said.suffix(1)
      let isSaid = candidates.contains { line in
        line.at("data", "event")?.at("value")?.asText == stated
          && (stated == nil
            || line.word("actor") == value.word("by") && line.word("ts") == value.word("at")
              && line.at("data", "casebook_event")?.asNumber == value.at("event")?.asNumber)
      }
      if isSaid || said.isEmpty && stated == nil { continue }
      // Where a later word of another chain cleared it, no line of this one says so.
      if isMerged, stated == nil { continue }
      report(
        "data/packet.json",
        .differs(
          "the stated \(aspect.name) of \(listing.word("id"))",
          found: [stated ?? "nothing", value.word("by"), value.word("at")].filter { !$0.isEmpty }.joined(
            separator: " "),
          expected: candidates.last.map {
            [
              $0.at("data", "event")?.at("value")?.asText ?? "nothing", $0.word("actor"), $0.word("ts"),
              "in audit.jsonl",
            ].joined(separator: " ")
          } ?? "an event in audit.jsonl"))
    }
  }

  /// Compares the chosen legal bases with the chain's first line and with the instruments.
  mutating func checkLegal(_ document: JSONValue) {
    let entries = document.at("tool")?.each("legal") ?? []
    let known = chainLines.first?.at("data", "legal_sha256")?.asText
    let found = entries.isEmpty ? nil : LegalEntry.digest(of: entries)
    if found != known {
      report(
        "data/packet.json",
        .differs("the digest of tool.legal", found: found ?? "nothing", expected: known ?? "left out"))
    }
    let instruments = document.at("legal")?.each("instruments").compactMap(\.asText) ?? []
    for entry in entries {
      let citation = "\(entry.word("name")), \(entry.word("article"))"
      if !instruments.contains(citation) { report("data/packet.json", .missingValue("legal.instruments, \(citation)")) }
      for name in ["in_force_from", "looked_up"] where CalendarDay(entry.word(name)) == nil {
        report("data/packet.json", .missingValue("the day \(name) of \(entry.word("id"))"))
      }
    }
    if !entries.isEmpty {
      checked.append("\(Count.of(entries.count, "legal basis", "legal bases")), against the audit chain")
      unchecked.append("whether the legal bases say what they are said to say: look them up at the sources they name")
    }
  }
}

extension LegalEntry {
  /// The digest of chosen entries, which the audit chain has.
  static func digest(of entries: [JSONValue]) -> String { SHA256Digest(of: JSONValue.list(entries).json).hex }
}
