import CaseFiles
import CodeWords
import SmallFormats

/// A listing's reading as `readings.json` has it.
struct RecordedReading {
  /// In `listings` of `readings.json`; null where the packet was not read.
  let value: JSONValue
  let hits: [RecordedHit]

  init(_ value: JSONValue) {
    self.value = value
    hits = value.each("hits").compactMap(RecordedHit.init)
  }

  /// Whether anybody tried to read the text.
  var isThere: Bool { value != .null && value.word("not_read_because") != CitedReading.notRead }
  /// The whole text.
  var text: String { value.word("texts", "description") }
  /// Nil is unknown, not 0.
  var risk: Int? { value.at("risk")?.asNumber }
  /// Why the text was not read; meaningful only if it was not.
  var whyUnread: String { value.word("not_read_because").nonEmpty ?? CitedReading.notRead }
  /// What was done to the row before its text could be read.
  var textNotes: [String] { value.each("text_notes").compactMap(\.asText) }
  /// How many hits the packet leaves out.
  var hitsLeftOut: Int { value.at("hits_left_out")?.asNumber ?? 0 }

  /// The reasons of the risk.
  ///
  /// Shape:  "+70 “象牙”, Chinese product name: …"; those of no points are left out.
  var points: [String] {
    value.each("points").compactMap { point in
      guard let points = point.at("points")?.asNumber, points != 0 else { return nil }
      return "\(CitedPoint.signed(points)) \(point.word("why"))"
    }
  }

  /// How a remark on words begins in `packet.json`.
  static let mark = "lexicons: "

  /// The remarks on words under `legality.red_flags` of `packet.json`.
  var notes: [String] {
    guard isThere else { return [] }
    guard let risk else { return [Self.mark + whyUnread] }
    return [Self.mark + "risk \(risk) of 100, by words alone; a reason to look, not proof; see data/readings.json"]
      + points.map { Self.mark + $0 }
  }

  /// The taxa, with their protection.
  ///
  /// - Parameter day: the day of the advert.
  func taxa(on day: String?) -> [CitedTaxon] { value.each("taxa").map { CitedTaxon($0, on: day) } }

  /// Names in the species cell that could not be resolved.
  var unresolved: [UnresolvedName] {
    value.each("unresolved_names").map { UnresolvedName(written: $0.word("written"), why: $0.word("why")) }
  }

  /// The words of hits, by number from 0.
  var hitTexts: [String] { value.each("hits").map { $0.word("text") } }
}

/// A hit as `readings.json` has it.
struct RecordedHit {
  /// Within the listing, from 1.
  let number: Int
  /// `T0001`
  let term: String
  /// `title` or `description`.
  let field: String
  /// In the text of the field, UTF-8.
  let bytes: Range<Int>
  let text: String
  let status: CitedHit.Status
  /// Whether the hit counts, and why or why not.
  let why: String
  /// Whether a longer term counts in its place.
  let isPartOfTerm: Bool
  /// The surface form by which it was found.
  let foundAs: String?
  /// The folds between text and surface form.
  let seenThrough: [String]

  /// Nil for a value that is no hit.
  init?(_ value: JSONValue) {
    guard let number = value.at("number")?.asNumber, let start = value.at("start")?.asNumber,
      let end = value.at("end")?.asNumber, 0 <= start, start <= end,
      let status = CitedHit.Status(rawValue: value.word("standing"))
    else { return nil }
    (self.number, self.status, bytes) = (number, status, start..<end)
    (term, field, text, why) = (value.word("term"), value.word("field"), value.word("text"), value.word("why"))
    isPartOfTerm = value.at("because")?.word("kind") == CitedReason.Kind.partOfTerm.rawValue
    foundAs = value.at("found_as")?.asText
    seenThrough = value.each("seen_through").compactMap(\.asText)
  }
}

/// A term as `readings.json` has it.
struct RecordedTerm {
  let value: JSONValue

  init(_ value: JSONValue) { self.value = value }

  var id: String { value.word("id") }
  var name: String { value.word("name") }
  /// Nil for a word of a later program.
  var kind: TermKind? { TermKind(rawValue: value.word("kind")) }
  /// Whether it is evidence of wildlife.
  var isEvidence: Bool { kind?.isEvidence ?? false }
  /// "Chinese product name: elephant ivory (Elephantidae)"
  var meaning: String {
    let sort = [LanguageName.english(value.word("language")), value.word("kind")].compactMap { $0 }
      .joined(separator: " ")
    let denotes = value.word("denotes").nonEmpty.map { ": " + $0 } ?? ""
    return sort + denotes + (value.word("taxon").nonEmpty.map { " (\($0))" } ?? "")
  }
  /// The location in the file: `elephant-ivory.csv, line 12`.
  var location: String { "\(value.word("file")), line \(value.at("line")?.asNumber ?? 0)" }
  /// Who says so, as an id of the sources.
  var source: String { value.word("source").nonEmpty.map { "source \($0)" } ?? "no source" }
}

// MARK: - Taxa

extension CitedTaxon {
  /// A taxon as `readings.json` has it.
  ///
  /// - Parameter day: the day of the advert, which stands in `packet.json`.
  init(_ value: JSONValue, on day: String?) {
    self.init(
      name: value.word("accepted_name"), rank: value.word("rank"), origins: value.each("named_by").map(TaxonOrigin.init)
    )
    (order, family) = (value.at("order")?.asText, value.at("family")?.asText)
    (cites, china) = (CitedProtection(value.at("cites")), CitedProtection(value.at("china")))
    advertDay = day
    if let then = value.at("cites_on_day_of_advert"), let protection = CitedProtection(then.at("cites")) {
      onDay = DayProtection(day: then.word("day"), cites: protection)
    }
  }
}

extension TaxonOrigin {
  /// What names a taxon, as `readings.json` has it.
  fileprivate init(_ value: JSONValue) {
    self =
      value.word("by") == "species cell"
      ? .speciesCell(written: value.word("written"), nameIs: value.word("name_is"))
      : .terms(value.each("hits").compactMap(\.asNumber).map { $0 - 1 })
  }
}

extension CitedProtection {
  /// A protection as `readings.json` has it; nil for null.
  fileprivate init?(_ value: JSONValue?) {
    guard let value, value != .null else { return nil }
    self.init(
      level: value.word("level"), since: value.at("since")?.asText, asOf: value.at("as_of")?.asText,
      listedAs: value.word("listed_as"), source: value.at("source")?.asText,
      isVerified: value.at("verified") == .truth(true), note: value.word("note"), words: value.word("words"))
  }
}
