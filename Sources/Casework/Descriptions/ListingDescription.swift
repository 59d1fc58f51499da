import Listings
import Sentences

/// What an analyst stated about one aspect of a listing.
package struct Described: Equatable, Sendable {
  /// A code, as `DescriptionCodes` lists them.
  package var value: String
  /// Who stated it.
  package var by: String

  package init(_ value: String, by: String) { (self.value, self.by) = (value, by) }
}

/// What analysts stated about a listing in codes. An aspect of which nobody said anything is absent: nothing here is guessed.
package struct ListingDescription: Equatable, Sendable {
  package private(set) var stated: [Aspect: Described] = [:]

  package init() {}

  /// Nothing stated.
  package static let none = ListingDescription()

  package var isEmpty: Bool { stated.isEmpty }

  package subscript(aspect: Aspect) -> Described? {
    get { stated[aspect] }
    set { stated[aspect] = newValue }
  }

  /// The values alone.
  package var values: [Aspect: String] { stated.mapValues(\.value) }
}

extension Aspect {
  /// Whether a text has the form of this aspect's values.
  ///
  /// Shape:  words of the short lists, `12 KIL` for a quantity, document words with commas between them in alphabetical order,
  ///         `B2` for a grading, and capital letters for codes of CITES.
  /// Limits: codes of CITES by their form alone; which of them there are, the shipped list says.
  package func accepts(_ value: String) -> Bool {
    let bytes = Array(value.utf8)
    func areCapitals(_ bytes: some Collection<UInt8>) -> Bool { bytes.allSatisfy { (0x41...0x5a).contains($0) } }
    switch self {
    case .species, .offer, .lot, .scam: return words.contains(value)
    case .quantity: return UnderstoodQuantity(value) != nil
    case .documents:
      let parts = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return parts == Set(parts).sorted()
        && parts.allSatisfy { part in
          !part.isEmpty && part.utf8.count <= 40 && part.utf8.allSatisfy { (0x61...0x7a).contains($0) || $0 == 0x2d }
        } && (parts.count == 1 || !parts.contains(Self.noDocuments))
    case .grading: return bytes.count == 2 && (0x41...0x46).contains(bytes[0]) && (0x31...0x36).contains(bytes[1])
    case .term: return bytes.count == 3 && areCapitals(bytes)
    case .source, .purpose: return bytes.count == 1 && areCapitals(bytes)
    case .tags:
      let parts = value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      return parts == Set(parts).sorted() && parts.count <= 20 && parts.allSatisfy(Self.isTag)
    }
  }

  /// Whether a text is a tag: letters and digits of any script, `-` and `_`, up to 40 bytes, in lower case.
  private static func isTag(_ text: String) -> Bool {
    !text.isEmpty && text.utf8.count <= 40 && text == text.lowercased() && text != "none"
      && text.unicodeScalars.allSatisfy { scalar in
        scalar == "-" || scalar == "_" || scalar.properties.isAlphabetic || scalar.properties.numericType != nil
          || scalar.properties.generalCategory == .nonspacingMark || scalar.properties.generalCategory == .spacingMark
      }
  }

  /// What a person typed as tags, as a value: `#Ring Ivory` is `ivory,ring`.
  package static func tags(typed text: String) -> String {
    let words = text.lowercased().split { $0 == "," || $0.isWhitespace || $0 == "#" }.map(String.init)
    return Set(words).sorted().joined(separator: ",")
  }

  /// That the seller claims no document, which is not the same as not knowing.
  package static let noDocuments = "none-claimed"

  /// The question, as the form on the screen shows it.
  package var label: String {
    switch self {
    case .species: localized("Species is")
    case .offer: localized("Offer is")
    case .lot: localized("Lot or single")
    case .quantity: localized("Quantity")
    case .documents: localized("Documents claimed")
    case .scam: localized("Scam")
    case .grading: localized("Grading")
    case .term: localized("CITES term")
    case .source: localized("CITES source")
    case .purpose: localized("CITES purpose")
    case .tags: localized("Tags")
    }
  }

  /// The name in sentences: `CITES term IVC`.
  package var name: String {
    switch self {
    case .species: "species"
    case .offer: "offer"
    case .lot: "lot"
    case .quantity: "quantity"
    case .documents: "documents claimed"
    case .scam: "scam"
    case .grading: "grading"
    case .term: "CITES term"
    case .source: "CITES source"
    case .purpose: "CITES purpose"
    case .tags: "tags"
    }
  }

  /// What was stated, in a few words: `species probable`, `single specimen`.
  package func phrase(_ value: String) -> String {
    switch self {
    case .lot: value == "lot" ? "a lot" : "a single specimen"
    case .documents:
      value == Self.noDocuments ? "no documents claimed" : "documents claimed: " + value.replacing(",", with: ", ")
    case .tags: "tagged " + value.replacing(",", with: ", ")
    default: "\(name) \(value.replacing("-", with: " "))"
    }
  }
}

/// A quantity as an analyst understands it: an amount and a unit.
///
/// Shape:  `12 KIL`, `2.5 GRM`, `3 NO`; the amount as packets have decimals.
package struct UnderstoodQuantity: Equatable, Sendable {
  package let amount: String
  /// A CITES unit code, or `NO` for a number of specimens.
  package let unit: String

  /// Reads that form; nil for another one.
  package init?(_ text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 2, Self.isAmount(parts[0]), (2...3).contains(parts[1].utf8.count),
      parts[1].utf8.allSatisfy({ (0x41...0x5a).contains($0) })
    else { return nil }
    (amount, unit) = (parts[0], parts[1])
  }

  /// Up to 15 digits without leading zeros, then up to six decimals; more than nothing.
  private static func isAmount(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: 0x2e, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...15).contains(parts[0].count),
      parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } }), parts[0].first != 0x30 || parts[0].count == 1
    else { return false }
    return (parts.count == 1 || (1...6).contains(parts[1].count)) && text.utf8.contains { (0x31...0x39).contains($0) }
  }
}

/// A value to set for one aspect; nil clears it.
package struct DescriptionChange: Equatable, Sendable {
  package let aspect: Aspect
  package let value: String?

  package init(_ aspect: Aspect, _ value: String?) { (self.aspect, self.value) = (aspect, value) }
}
