import CodeWords
import Sentences
import Taxa

// `taxon:`, `appendix:` and `china:`, which ask about the taxa that a listing's species cell and code words name.

/// A condition on a listing's taxa.
package enum TaxonTest: Equatable, Hashable, Sendable {
  /// The taxon of that name, or any taxon within it.
  case within(String)
  /// `"=Elephantidae"`: the taxon itself, with nothing more precise within it.
  case only(String)
  /// `none`: no species is given, and no code word names a taxon.
  case missing
  /// `suggested`: the species cell has a name that is close to a known one.
  case suggested
  /// `unknown`: the species cell has a name that is neither known nor close to a known one, and no code word names a taxon.
  case unknown
}

/// A condition on the protection of a listing's taxa.
package enum LevelTest: Equatable, Hashable, Sendable {
  /// At least one taxon has this level, for all or some of its populations or members.
  case level(ListingLevels)
  /// No level is known for any of its taxa. Never the same as `none`, which means expressly not listed.
  case unknown
}

/// Why a name in a filter does not identify a taxon.
package enum TaxonDoubt: Equatable, Sendable {
  /// No taxon table is loaded.
  case noTables
  /// The name is not known; these are close.
  case unknown(near: [String])
  /// Several taxa have the name.
  case severalTaxa([String])
  /// A species that the tables lack, in a genus that they have.
  case speciesOf(genus: String, near: [String])
}

extension TaxonTest {
  /// The test as typed after `taxon:`.
  var text: String {
    switch self {
    case .within(let name): Clause.quoted(name)
    case .only(let name): Clause.quoted("=" + name)
    case .missing: "none"
    case .suggested: "suggested"
    case .unknown: "unknown"
    }
  }

  /// The test for a typed value, under the accepted name of the taxon.
  ///
  /// - Parameter table: nil leaves the name as it is, while no table is loaded.
  /// Example: `taxon:"Loxodonta africana"` is a taxon, `taxon:unknown` a state; in quotes `"unknown"` is a name.
  /// Fails:  throws `emptyValue` without a name, `notATaxon` for a name that identifies no taxon of the table.
  init(typed value: RawValue, in table: TaxonTable?) throws(FilterProblem) {
    if value.quoting == .plain {
      switch value.text.lowercased() {
      case "none":
        self = .missing
        return
      case "suggested":
        self = .suggested
        return
      case "unknown":
        self = .unknown
        return
      default: break
      }
    }
    let isOnly = value.text.unicodeScalars.first == "="
    // By scalars: a combining mark behind the sign does not hide it.
    let name = isOnly ? String(value.text.unicodeScalars.dropFirst()) : value.text
    if name.isEmpty { throw FilterProblem(.emptyValue("taxon"), value.range) }
    let accepted = try table.map { table throws(FilterProblem) in
      try Self.acceptedName(of: name, in: table, value.range)
    }
    self = isOnly ? .only(accepted ?? name) : .within(accepted ?? name)
  }

  /// The accepted name of a name in a filter.
  private static func acceptedName(
    of name: String, in table: TaxonTable, _ range: Range<Int>
  ) throws(FilterProblem) -> String {
    let match = table.match(name)
    if let taxon = match.taxon { return table.acceptedName(of: taxon) }
    throw FilterProblem(.notATaxon(name, table.doubt(about: name, match)), range)
  }

  /// A predicate on listings' taxa. The name is resolved once.
  ///
  /// Shape:  a predicate that never holds, where the table does not identify the name.
  func holds(in table: TaxonTable) -> (TaxonSet) -> Bool {
    switch self {
    case .missing: return { $0.taxa.isEmpty && !$0.hasSpeciesName }
    case .suggested: return { $0.hasSuggestion }
    case .unknown: return { $0.taxa.isEmpty && $0.hasSpeciesName && !$0.hasSuggestion }
    case .within(let name):
      guard let group = table.match(name).taxon else { return { _ in false } }
      return { set in set.taxa.contains { table.isWithin($0, group) } }
    case .only(let name):
      guard let taxon = table.match(name).taxon else { return { _ in false } }
      return { $0.taxa.contains(taxon) }
    }
  }
}

extension TaxonTable {
  /// Why a name identifies no taxon.
  fileprivate func doubt(about name: String, _ match: TaxonMatch) -> TaxonDoubt {
    if isEmpty { return .noTables }
    switch match {
    case .within(let genus): return .speciesOf(genus: acceptedName(of: genus), near: taxa(near: name).map(acceptedName))
    case .ambiguous(let taxa): return .severalTaxa(taxa.map(acceptedName))
    case .several: return .severalTaxa(candidates(named: name).map(acceptedName))
    case .suggested(let suggestion):
      let near = suggestion.candidates.map { acceptedName(of: $0.taxon) }
      return suggestion.genus.map { .speciesOf(genus: acceptedName(of: $0), near: near) } ?? .unknown(near: near)
    case .taxon, .group, .unknown: return .unknown(near: taxa(near: name).map(acceptedName))
    }
  }
}

extension LevelTest {
  /// The test as typed after the list's name.
  func text(in list: ProtectionList) -> String {
    switch self {
    case .level(let level): level.text(in: list)
    case .unknown: "unknown"
    }
  }

  /// Parses `I`, `ii`, `2`, `none`, `unknown`; nil for anything else, and for several levels at once.
  ///
  /// Shape:  Roman and Arabic numerals are both accepted for both lists; case is ignored.
  init?(typed text: String, in list: ProtectionList) {
    if text.lowercased() == "unknown" {
      self = .unknown
      return
    }
    let forms =
      list == .cites ? ["1": "I", "2": "II", "3": "III", "NONE": "none"] : ["I": "1", "II": "2", "NONE": "none"]
    let name = text.uppercased()
    guard let level = ListingLevels(forms[name] ?? name, in: list), level.rawValue.nonzeroBitCount == 1 else {
      return nil
    }
    self = .level(level)
  }

  /// Whether a listing's taxa satisfy the test.
  func holds(for set: TaxonSet, in list: ProtectionList, of table: TaxonTable) -> Bool {
    let levels = set.levels(in: list, of: table)
    return switch self {
    case .level(let level): levels.contains(level)
    case .unknown: levels.isEmpty
    }
  }
}

extension ProtectionList {
  /// The name of its clause.
  ///
  /// Example: `appendix:I`, `china:2`
  package var filterName: String {
    switch self {
    case .cites: "appendix"
    case .china: "china"
    }
  }
}

extension TaxonDoubt {
  /// What is wrong with the name, and what to write instead.
  ///
  /// Shape:  one sentence without a full stop, with at most five names where several taxa have the name.
  func sentence(_ name: String, _ column: Int) -> String {
    switch self {
    case .noTables:
      return localized(
        "\(name) at column \(column) cannot be looked up: no taxon table is loaded; linsang doctor says where they are")
    case .unknown(near: []):
      return localized(
        "\(name) at column \(column) is no taxon known here; write the scientific or common name of a species, genus, "
          + "family, order")
    case .unknown(let near):
      let names = near.joined(separator: ", ")
      return localized(
        near.count, one: "\(name) at column \(column) is no taxon known here; near is \(names)",
        other: "\(name) at column \(column) is no taxon known here; near are \(names)")
    case .severalTaxa(let all):
      let (names, more) = (all.prefix(5).joined(separator: ", "), all.count - 5)
      return more > 0
        ? localized(
          more, one: "\(name) at column \(column) may be \(names) and \(more) more; write the one that is meant",
          other: "\(name) at column \(column) may be \(names) and \(more) more; write the one that is meant")
        : localized("\(name) at column \(column) may be \(names); write the one that is meant")
    case .speciesOf(let genus, near: []):
      return localized(
        "\(name) at column \(column) is no species known here, but its genus is: taxon:\"\(genus)\"; "
          + "species:\"\(name)\" asks for the words")
    case .speciesOf(let genus, let near):
      let names = near.joined(separator: ", ")
      return localized(
        near.count,
        one: "\(name) at column \(column) is no species known here (near is \(names)), but its genus is: "
          + "taxon:\"\(genus)\"; species:\"\(name)\" asks for the words",
        other: "\(name) at column \(column) is no species known here (near are \(names)), but its genus is: "
          + "taxon:\"\(genus)\"; species:\"\(name)\" asks for the words")
    }
  }
}
