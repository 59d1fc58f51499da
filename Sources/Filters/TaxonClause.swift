import CodeWords
import Taxa

// What `taxon:`, `appendix:` and `china:` ask of a listing's taxa: those of its species cell and of the code words that
// count in it.

/// What a listing's taxa are compared with.
package enum TaxonTest: Equatable, Hashable, Sendable {
  /// The taxon of that name, or one that belongs to it.
  case within(String)
  /// `"=Elephantidae"`: the listing names that taxon and nothing more precise in it.
  case only(String)
  /// `none`: no species is given, and no code word names a taxon.
  case missing
  /// `suggested`: a name in the species cell is near one of the tables without being it.
  case suggested
  /// `unknown`: what stands in the species cell is no known taxon nor near one, and no code word names one.
  case unknown
}

/// Where a listing's taxa stand in a list of protected ones.
package enum LevelTest: Equatable, Hashable, Sendable {
  /// One of its taxa stands there, with all or some of its populations or members.
  case level(ListingLevels)
  /// Of none of its taxa it is known. Never the same as `none`: expressly not listed.
  case unknown
}

/// Why a name cannot be asked for.
package enum TaxonDoubt: Equatable, Sendable {
  case noTables
  case unknown(near: [String])
  /// Several taxa are called so.
  case severalTaxa([String])
  /// A species that is in no table, of a genus that is.
  case speciesOf(genus: String, near: [String])
}

extension TaxonTest {
  var text: String {
    switch self {
    case .within(let name): Clause.quoted(name)
    case .only(let name): Clause.quoted("=" + name)
    case .missing: "none"
    case .suggested: "suggested"
    case .unknown: "unknown"
    }
  }

  /// The test under the accepted name of the taxon that is meant.
  ///
  /// - Parameter table: nil while no table has been read: the name then stays as it is.
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
    // By scalars: a mark that combines with the sign does not hide it.
    let name = isOnly ? String(value.text.unicodeScalars.dropFirst()) : value.text
    if name.isEmpty { throw FilterProblem(.emptyValue("taxon"), value.range) }
    let accepted = try table.map { table throws(FilterProblem) in
      try Self.acceptedName(of: name, in: table, value.range)
    }
    self = isOnly ? .only(accepted ?? name) : .within(accepted ?? name)
  }

  private static func acceptedName(
    of name: String, in table: TaxonTable, _ range: Range<Int>
  ) throws(FilterProblem) -> String {
    let match = table.match(name)
    if let taxon = match.taxon { return table.acceptedName(of: taxon) }
    throw FilterProblem(.notATaxon(name, table.doubt(about: name, match)), range)
  }

  /// Whether a listing with these taxa is meant; the name is looked up once for all of them.
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
  func text(in list: ProtectionList) -> String {
    switch self {
    case .level(let level): level.text(in: list)
    case .unknown: "unknown"
    }
  }

  /// Reads `I`, `ii`, `2`, `none`, `unknown`; nil for anything else, and for several at once, which are a list.
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

  func holds(for set: TaxonSet, in list: ProtectionList, of table: TaxonTable) -> Bool {
    let levels = set.levels(in: list, of: table)
    return switch self {
    case .level(let level): levels.contains(level)
    case .unknown: levels.isEmpty
    }
  }
}

extension ProtectionList {
  /// Its name in filters.
  package var filterName: String {
    switch self {
    case .cites: "appendix"
    case .china: "china"
    }
  }
}

extension TaxonDoubt {
  /// What is wrong with a name at a place, and what to write instead.
  func sentence(_ name: String, _ place: String) -> String {
    switch self {
    case .noTables: "\(name) \(place) cannot be looked up: no taxon table is loaded; linsang doctor says where they are"
    case .unknown(near: []):
      "\(name) \(place) is no taxon known here; write the scientific or common name of a species, genus, family, order"
    case .unknown(let near):
      "\(name) \(place) is no taxon known here; near \(near.count == 1 ? "is" : "are") \(near.joined(separator: ", "))"
    case .severalTaxa(let names):
      "\(name) \(place) may be \(names.prefix(5).joined(separator: ", "))"
        + (names.count > 5 ? " and \(names.count - 5) more" : "") + "; write the one that is meant"
    case .speciesOf(let genus, let near):
      "\(name) \(place) is no species known here"
        + (near.isEmpty ? "" : " (near \(near.count == 1 ? "is" : "are") \(near.joined(separator: ", ")))")
        + ", but its genus is: taxon:\"\(genus)\"; species:\"\(name)\" asks for the words"
    }
  }
}
