import Casework
import SmallFormats

/// A packet's own records, from which the report and the sheet are made: `packet.json`, `readings.json` and `audit.jsonl`.
///
/// Law:    nothing else enters those two files, so whoever has the packet can make them again and compare.
/// Cost:   O(records), once.
/// Fails:  never; what a record lacks is empty or nil here. Whether records are as they should be, `PacketCheck` says.
struct PacketRecords {
  /// `data/packet.json`
  let document: JSONValue
  /// `data/readings.json`
  let readings: JSONValue
  /// `data/audit.jsonl`, line by line.
  let chain: [JSONValue]
  /// In the order of their numbers.
  private(set) var listings: [RecordedListing] = []
  /// The terms that hits cite, in the order of their numbers.
  private(set) var terms: [RecordedTerm] = []
  /// The places of terms by number.
  private var termPlaces: [String: Int] = [:]
  /// The lines of the chain by `seq`.
  private var lines: [Int: JSONValue] = [:]

  init(document: JSONValue, readings: JSONValue, chain: [JSONValue]) {
    (self.document, self.readings, self.chain) = (document, readings, chain)
    terms = readings.each("terms").map(RecordedTerm.init)
    for (place, term) in terms.enumerated() { termPlaces[term.id] = place }
    var (imports, copies): ([String: JSONValue], [String: JSONValue]) = ([:], [:])
    for line in chain {
      if let number = line.at("seq")?.asNumber { lines[number] = line }
      if line.word("action") == "evidence.import" { imports[line.word("object")] = line.at("data") }
      if line.word("action") == FilePiece.action { copies[line.word("object")] = line.at("data") }
    }
    let platforms = Self.numbered(document.each("platforms"))
    let sellers = Self.numbered(document.each("sellers"))
    let evidence = Self.numbered(document.each("evidence"))
    let read = Self.numbered(readings.each("listings"))
    let facts = document.at("tool", "listings") ?? .null
    listings = document.each("listings").map { value in
      let id = value.word("id")
      let own = facts.at(id) ?? .null
      func piece(_ number: String, _ source: JSONValue) -> RecordedEvidence {
        RecordedEvidence(
          id: number, value: evidence[number] ?? .null, source: source, facts: own.at("evidence", number) ?? .null)
      }
      let numbers = value.each("evidence").compactMap(\.asText)
      return RecordedListing(
        id: id, value: value, facts: own, platform: platforms[value.word("platform")] ?? .null,
        seller: sellers[value.word("seller")] ?? .null, reading: RecordedReading(read[id] ?? .null),
        evidence: numbers.filter { copies[$0] == nil }.map { piece($0, imports[$0] ?? .null) },
        files: numbers.compactMap { number in copies[number].map { piece(number, $0) } })
    }
  }

  /// The form in which report and sheet are made from the records. It changes whenever the same records give other bytes, so
  /// that no program takes another form for a forgery.
  static let form = 3

  /// `tool.derived` of `packet.json`: what is made from the packet's own records, and in which form.
  static let derived = JSONValue.map([
    "stix": .text(StixBundle.path), "case": .text(CaseGraph.path), "report": .text(Report.path),
    "sheet": .text(ListingsSheet.path), "form": .number(form),
  ])

  /// Values by their `id`.
  static func numbered(_ values: [JSONValue]) -> [String: JSONValue] {
    Dictionary(values.map { ($0.word("id"), $0) }) { first, _ in first }
  }

  /// `LNS-2026-7K3Q-000007_v1`
  var folderName: String { "\(document.word("packet_id"))_v\(document.at("packet_version")?.asNumber ?? 0)" }

  /// Whether a `packet.json` has the facts that the report and the sheet need, and says that they are made in this form.
  static func areWhole(_ document: JSONValue) -> Bool {
    document.at("tool", "listings") != nil && document.at("tool", "derived", "form")?.asNumber == form
  }

  /// A term by number; nil for a number that `readings.json` does not describe.
  func term(_ id: String) -> RecordedTerm? { termPlaces[id].map { terms[$0] } }

  /// The lines of the chain about a listing, in their order.
  func history(of listing: RecordedListing) -> [RecordedDecision] {
    listing.facts.each("history").compactMap(\.asNumber).compactMap { lines[$0] }.map(RecordedDecision.init)
  }

  /// Files of a listing that could not be had, each with the reason.
  func missing(of listing: String) -> [String] {
    (document.at("tool", "evidence_missing")?.asList ?? []).filter { $0.word("listing") == listing }.map {
      "\($0.word("name")) (\($0.word("source"))) \($0.word("why"))"
    }
  }

  /// The data of the chain's first line, which begins the packet.
  var beginning: JSONValue { chain.first?.at("data") ?? .null }
}

/// A listing as the packet's records have it.
struct RecordedListing {
  let id: String
  /// In `listings` of `packet.json`.
  let value: JSONValue
  /// In `tool.listings` of `packet.json`; null in packets from before there was that.
  let facts: JSONValue
  let platform: JSONValue
  let seller: JSONValue
  let reading: RecordedReading
  /// The rows.
  let evidence: [RecordedEvidence]
  /// Files beside the rows.
  let files: [RecordedEvidence]

  var title: String { value.word("title") }
  var excerpt: String { value.word("text_excerpt") }
  /// Whether the excerpt is shorter than the text that was read.
  var isTextCut: Bool { excerpt.utf8.count < reading.text.utf8.count }
  /// Nil where the platform is not known.
  var platformName: String? {
    let name = platform.word("name")
    return name == PacketSubjects.unknownPlatform ? nil : name.nonEmpty
  }
  /// Whether alias or account of the seller is known.
  var namesSeller: Bool { seller.word("alias").nonEmpty != nil || seller.word("platform_user_id").nonEmpty != nil }
  /// BCP 47; nil where unknown.
  var language: String? { value.word("lang") == "und" ? nil : value.word("lang").nonEmpty }

  // MARK: Review

  /// Whether the verdict is "confirmed".
  var isConfirmed: Bool {
    facts.at("review", "verdict")?.asText.map { $0 == Verdict.confirmed.rawValue }
      ?? (value.word("legality", "assessment") == "suspected")
  }
  /// The verdict in the words that recipients read.
  var verdict: String { isConfirmed ? "confirmed match to criteria" : "unsure" }
  var note: String? { facts.word("review", "note").nonEmpty }

  // MARK: Goods

  var speciesAsNamed: [String] { facts.each("species_as_named").compactMap(\.asText) }
  /// Nil for an unknown taxon.
  var scientificName: String? {
    let name = value.word("taxon", "scientific_name")
    return name == TaxonStatement.unknownName ? nil : name.nonEmpty
  }
  /// The appendix in the format's codes.
  var appendix: String { value.word("taxon", "cites_appendix") }
  var quantityAsAdvertised: String? { facts.word("quantity_as_advertised").nonEmpty }
  var priceAsAdvertised: String? { facts.word("price", "as_advertised").nonEmpty }
  /// The amount as people write it, with its currency if that is known: "3,500,000 THB"; nil if it could not be read.
  var priceAsRead: String? {
    guard let amount = facts.at("price", "amount")?.asText, Decimal.isWellFormed(amount) else { return nil }
    return Decimal.grouped(amount) + (facts.at("price", "currency")?.asText.map { " " + $0 } ?? ", currency not known")
  }

  // MARK: Times

  /// Whether anything says when the listing was seen. The time of a file's last change does not.
  var isDated: Bool { !value.at("legality", "red_flags", holds: ListingStatement.undatedNote) }
  /// When it was seen, in words; nil if nothing says so.
  ///
  /// Shape:  one moment if first and last are the same, otherwise both; or a day as the row writes it.
  var seenInWords: String? {
    guard isDated else { return nil }
    if let day = evidence.compactMap(\.dayAsWritten).first { return "\(day), no time of day stated" }
    let (first, last) = (Moment.words(value.word("first_seen")), Moment.words(value.word("last_seen")))
    return first == last ? first : "\(first) to \(last)"
  }
  /// The day by which it is counted: of posting, else of the first sighting; nil where neither is known.
  var day: CalendarDay? {
    if let posted = facts.at("day_of_advert")?.asText ?? value.at("posted_at")?.asText {
      return CalendarDay(posted.prefix(10))
    }
    return isDated ? CalendarDay(value.word("first_seen").prefix(10)) : nil
  }

  // MARK: Other words

  /// The other fields of the row, as name and text.
  var fields: [(name: String, text: String)] { facts.each("fields").map { ($0.word("name"), $0.word("text")) } }

  /// Fields of the row that hold a translation, by their names.
  var translations: [(name: String, text: String)] { fields.filter { $0.name.lowercased().contains("translat") } }
}

/// A piece of evidence as the packet's records have it.
struct RecordedEvidence {
  let id: String
  /// In `evidence` of `packet.json`.
  let value: JSONValue
  /// The data of its `evidence.import` in the chain.
  let source: JSONValue
  /// In `tool.listings` of `packet.json`.
  let facts: JSONValue

  /// What `captured_at` is where the row does not say when it was collected.
  static let lastChange = "the source file's last change"
  /// What it is for a file that was attached without saying when it was captured.
  static let attaching = "the time of attaching"

  /// A fact of the import as text; empty where there is none.
  func imported(_ name: String) -> String {
    let value = source.at(name)
    return value?.asText ?? value?.asNumber.map(String.init) ?? ""
  }

  /// Whether it is an extract, made for a recipient who does not get the row.
  var isExtract: Bool { source.at("extract") == .truth(true) }

  /// What was done to the file before the row could be read.
  var readAfter: [String] { facts.each("read_after").compactMap(\.asText) }
  /// The day of capture as the row writes it, if it has no time of day.
  var dayAsWritten: String? { facts.at("day_as_written")?.asText }
  /// When it was collected, in words; nil where only the file's last change is known.
  var collected: String? {
    guard ![Self.lastChange, Self.attaching].contains(facts.word("captured_at_is")) else { return nil }
    return dayAsWritten ?? Moment.words(value.word("captured_at"))
  }
}

/// A line of the chain about a listing.
struct RecordedDecision {
  let line: JSONValue

  var isVerdict: Bool { line.word("action") == Action.fileVerdict.rawValue }
  var actor: String { line.word("actor") }
  var isBlind: Bool { line.at("data", "event", "blind") == .truth(true) }

  private var event: [String: JSONValue] {
    if case .map(let event)? = line.at("data", "event") { event } else { [:] }
  }

  /// What was decided, without who and when.
  var words: String {
    switch Action(rawValue: line.word("action")) {
    case .fileVerdict:
      switch Verdict(rawValue: line.word("data", "event", "verdict")) {
      case .confirmed: "confirmed match to criteria"
      case .unsure: "unsure"
      case .falsePositive: "false positive"
      case nil: "verdict cleared"
      }
    case .writeNote: line.word("data", "event", "note").isEmpty ? "note cleared" : "note written"
    case .describe:
      switch StatusPart(of: .describe, from: event) {
      case .described(let aspect, let value?): aspect.phrase(value)
      case .described(let aspect, nil): "\(aspect.name) cleared"
      default: line.word("action")
      }
    case .attachEvidence: "file attached"
    default: line.word("action")
    }
  }

  /// Time, analyst, decision and the number of the event.
  var sentence: String {
    let event = line.at("data", "casebook_event")?.asNumber.map { ", event \($0)" } ?? ""
    let chain = line.at("data", "chain")?.asText.map { " of casebook \($0)" } ?? ""
    return "\(Moment.words(line.word("ts"))), \(actor): \(words)\(isBlind ? ", in a blind review" : "")\(event)\(chain)"
  }
}

/// How the listings of a packet were chosen, as `tool.selection` has it.
struct RecordedSelection {
  /// Under which false positives without a reason are counted.
  static let noReason = "no_reason"

  let value: JSONValue

  /// Nil where the packet does not say.
  init?(_ document: JSONValue) {
    guard let value = document.at("tool", "selection"), value != .null else { return nil }
    self.value = value
  }

  func count(_ name: String) -> Int { value.at(name)?.asNumber ?? 0 }
  func included(_ name: String) -> Int { value.at("included", name)?.asNumber ?? 0 }

  /// By reason, the most frequent first.
  var falsePositives: [(reason: String, count: Int)] {
    guard case .map(let reasons)? = value.at("false_positive") else { return [] }
    return reasons.map { ($0.key, $0.value.asNumber ?? 0) }.sorted { ($1.count, $0.reason) < ($0.count, $1.reason) }
  }

  /// Each status with how many listings the files have of it and how many of these are in the packet.
  ///
  /// Shape:  false positives by reason. The first numbers add up to `listings_in_files`.
  var rows: [(status: String, listings: Int, included: Int)] {
    var rows: [(status: String, listings: Int, included: Int)] = []
    rows.append(("confirmed match to criteria", count("confirmed"), included("confirmed")))
    rows.append(("unsure", count("unsure"), included("unsure")))
    for (reason, count) in falsePositives {
      let words = reason == Self.noReason ? "no reason given" : reason.replacing("_", with: " ")
      rows.append(("false positive: " + words, count, 0))
    }
    rows.append(("not reviewed", count("unreviewed"), 0))
    return rows
  }
}

/// Times of a packet as people read them.
enum Moment {
  /// `2026-11-23 08:01:00 UTC`; a text that is no time stays as it is.
  static func words(_ text: String) -> String {
    UTCTime(text).map { "\($0.day) \($0.text.dropFirst(11).dropLast()) UTC" } ?? text
  }
}

extension JSONValue {
  /// Whether a list at a path has a text.
  func at(_ first: String, _ second: String, holds text: String) -> Bool {
    at(first)?.each(second).contains(.text(text)) == true
  }
}
