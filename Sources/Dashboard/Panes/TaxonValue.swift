import CodeWords
import Filters
import Sentences
import Taxa

/// How the values of the species pane are shown when they are taxa or appendices.
enum TaxonValue {
  /// What is shown for a value; nil where it is shown as it is.
  static func name(of value: String, in subject: FacetSubject) -> String? {
    switch subject {
    case .taxon(let grouping):
      if value == TaxonGrouping.unknown { return localized("not a known taxon") }
      if value == TaxonGrouping.suggested { return localized("suggested, not certain") }
      guard value.hasPrefix("=") else { return nil }
      let name = String(value.dropFirst())
      return grouping.table.match(name).taxon.map { "\(grouping.table.rank(of: $0).screenName) \(name)" } ?? name
    case .protection:
      if value == "none" { return localized("expressly not listed") }
      return value == "unknown" ? nil : localized("Appendix \(value)")
    case .listed(let listed): return listed.shownName(value)
    case .field, .term, .coded: return nil
    }
  }

  /// Whether the values are followed by appendices.
  static func hasAppendices(_ subject: FacetSubject, _ table: TaxonTable?) -> Bool {
    guard table?.isEmpty == false else { return false }
    switch subject {
    case .field(.species), .taxon: return true
    case .field, .term, .protection, .listed, .coded: return false
    }
  }

  /// The appendix of a name; for a group, the appendices of its species; nil where it is unknown.
  static func appendix(of value: String, in subject: FacetSubject, _ table: TaxonTable?) -> String? {
    guard let table, !value.isEmpty else { return nil }
    switch subject {
    case .field(.species): return appendix(of: value, in: table)
    case .taxon: return appendix(of: value.hasPrefix("=") ? String(value.dropFirst()) : value, in: table)
    case .field, .term, .protection, .listed, .coded: return nil
    }
  }

  private static func appendix(of name: String, in table: TaxonTable) -> String? {
    let levels = table.levels(of: table.match(name), in: .cites)
    return levels.isEmpty ? nil : levels.text(in: .cites)
  }
}
