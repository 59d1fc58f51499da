import CaseFiles
import Casework
import Listings
import SmallFormats

/// What analysts stated about a listing in codes, as `packet.json` has it: in the schema's own fields where these have a place
/// for it, and whole, with who stated it and when, under `tool.listings`.
///
/// Law:    a field of the schema is the program's own statement until an analyst states something; then it is the analyst's. Which
///         of the two it is, `tool.listings.….description` says.
/// Source: the packet specification, sections 3 and 3.2.
struct StatedDescription {
  private let values: [Aspect: Described]
  private let decision: CaseDecision

  init(_ decision: CaseDecision) {
    self.decision = decision
    values = decision.status.description.stated
  }

  subscript(aspect: Aspect) -> String? { values[aspect]?.value }

  var isEmpty: Bool { values.isEmpty }

  // MARK: In the schema's fields

  /// How certain the species is; the weakest word for one that cannot be told, which the basis then says.
  var confidence: String? { self[.species].map(Self.confidence) }

  static func confidence(_ species: String) -> String { species == "unidentifiable" ? "possible" : species }

  /// What `id_basis` adds; nil where nothing was stated.
  var speciesBasis: String? {
    values[.species].map { "\(Self.who($0.by)) states: \(Aspect.species.phrase($0.value))" }
  }

  var term: String? { self[.term] }
  /// Codes that the schema does not have stay under `tool.listings`.
  var source: String? { self[.source].flatMap { Self.sources.contains($0) ? $0 : nil } }
  var purpose: String? { self[.purpose].flatMap { Self.purposes.contains($0) ? $0 : nil } }
  /// As understood, if the schema has the unit.
  var quantity: UnderstoodQuantity? {
    self[.quantity].flatMap(UnderstoodQuantity.init).flatMap { Self.units.contains($0.unit) ? $0 : nil }
  }

  private static let sources: Set<String> = ["W", "X", "R", "D", "A", "C", "F", "Y", "U", "I", "O"]
  private static let purposes: Set<String> = ["T", "Z", "G", "Q", "S", "H", "P", "M", "E", "N", "B", "L"]
  private static let units: Set<String> = [
    "NO", "KIL", "GRM", "MGM", "LTR", "MLT", "MTR", "CTM", "SQM", "CUM", "PAI", "SET",
  ]

  var grading: String? { self[.grading] }

  /// The confidence in STIX's numbers; nil where credibility cannot be judged.
  ///
  /// Source: OASIS STIX 2.1, appendix A, the Admiralty credibility scale.
  static func stixConfidence(_ grading: String) -> Int? {
    ["1": 90, "2": 70, "3": 50, "4": 30, "5": 10][String(grading.suffix(1))]
  }

  /// What the seller claims of documents, for `legality.seller_claims`.
  var documentClaims: [String] {
    guard let value = self[.documents], value != Aspect.noDocuments else { return [] }
    return ["documents claimed: \(value.replacing(",", with: ", "))"]
  }

  /// What there is no field for, for `legality.red_flags`.
  var notes: [String] {
    let said: [Aspect] = [.species, .offer, .lot, .documents, .scam]
    return said.compactMap { aspect in
      guard let stated = values[aspect], Self.isFlag(aspect, stated.value) else { return nil }
      return "analyst: \(aspect.phrase(stated.value))"
    }
  }

  /// Whether something stands in the way of taking the advert at its word.
  private static func isFlag(_ aspect: Aspect, _ value: String) -> Bool {
    switch aspect {
    case .species: value == "unidentifiable"
    case .offer: value == "covert"
    case .documents: value == Aspect.noDocuments
    case .scam: value == "suspected"
    default: true
    }
  }

  private static func who(_ by: String) -> String { by.isEmpty ? "the analyst" : "the analyst \(by)" }

  // MARK: Whole

  /// Every aspect that was stated.
  ///
  /// Shape:  by the name of the aspect: `value`, `by`, `at` and `event`, null where the recipient does not get them.
  var value: JSONValue {
    .map(
      Dictionary(
        uniqueKeysWithValues: values.map { aspect, stated in
          let when = decision.described[aspect]
          return (
            aspect.rawValue,
            .map([
              "value": .text(stated.value), "by": .textOrNull(stated.by.nonEmpty), "at": .textOrNull(when?.at?.text),
              "event": when?.event.map { .number($0) } ?? .null,
            ])
          )
        }))
  }
}

/// What was stated about a listing, as a packet's records have it.
struct RecordedDescription {
  let value: JSONValue

  init(_ facts: JSONValue) { value = facts.at("description") ?? .null }

  /// The stated values; words that this program does not know are left out.
  var stated: [(aspect: Aspect, value: String, by: String?)] {
    Aspect.allCases.compactMap { aspect in
      value.at(aspect.rawValue)?.at("value")?.asText.map { (aspect, $0, value.at(aspect.rawValue)?.at("by")?.asText) }
    }
  }

  subscript(aspect: Aspect) -> String? { value.at(aspect.rawValue)?.at("value")?.asText }
}

/// The places of a listing as `tool.listings` has them.
enum StatedPlaces {
  /// Each place that is known, by whose it is: `country` as a code or null, `text`, `basis`, `source`.
  static func value(of places: CasePlaces) -> JSONValue {
    var map: [String: JSONValue] = [:]
    for (name, place) in CasePlaces.roles {
      guard let facts = places[keyPath: place] else { continue }
      let code = CountryCode.read(facts.country)
      let words = [code == nil ? facts.country : nil, facts.text].compactMap { $0?.nonEmpty }.joined(separator: "; ")
      map[name] = .map([
        "country": .textOrNull(code), "text": .textOrNull(words.nonEmpty), "basis": .text(facts.basis.rawValue),
        "source": .textOrNull(facts.source.nonEmpty),
      ])
    }
    return .map(map)
  }

  /// Whose place it is, as the report says it.
  static func label(_ name: String) -> String {
    switch name {
    case "seller": "Seller's place"
    case "goods": "Place of the goods"
    case "delivery": "Delivery to"
    case "platform": "Platform does business in"
    default: "Place, whose is not said"
    }
  }

  /// A recorded place in words; nil where nothing is known of it.
  static func words(_ place: JSONValue) -> String? {
    let words = [place.at("country")?.asText, place.at("text")?.asText].compactMap { $0 }.joined(separator: ", ")
    return words.nonEmpty
  }

  /// How it is known, in words.
  static func basis(_ place: JSONValue) -> String {
    let basis =
      place.word("basis") == LocationFacts.Basis.unknown.rawValue ? "who says so is not known" : place.word("basis")
    return [basis, place.word("source")].filter { !$0.isEmpty }.joined(separator: ", ")
  }

  /// The codes of countries that a place for delivery names.
  static func countries(_ facts: PlaceFacts?) -> [String] {
    let texts = [facts?.country, facts?.text].compactMap { $0 }.flatMap { $0.split { ",;|/ ".contains($0) } }
    var codes: [String] = []
    for text in texts {
      // Two small letters are as often a word.
      guard CountryCode.isWellFormed(String(text)), !codes.contains(String(text)) else { continue }
      codes.append(String(text))
    }
    return codes
  }
}
