import CodeWords
import Listings
import Sentences
import TextCells
import Taxa

/// What is known of the taxa that a listing names, in its species cell and by its code words.
///
/// Shape:  of each of the most precise taxa a line that names it and what named it, and one with what protects it; then the
///         names that are no known taxon, and a warning where a statement rests on an old list alone.
struct TaxonLines {
  private(set) var lines: [(text: String, role: Role)] = []
  private let table: TaxonTable
  /// Who named each taxon, in the order met.
  private var sources: [(taxon: TaxonID, words: [String])] = []

  /// A cell that lists half a zoo is summed up.
  private static let maximumTaxa = 3

  init(of row: Int, in dataset: Dataset, reading: ListingReading?, lexicons: CompiledLexicons, table: TaxonTable) {
    self.table = table
    let code = dataset.codes(of: .species)[row]
    let lists = dataset.speciesLists
    let names = lists.members[Int(code)].filter { $0 != 0 }.map { lists.names[Int($0)] }
    var doubts: [String] = []
    for (name, match) in zip(names, table.matches(ofCell: names, beside: lists.names)) {
      for part in match.parts(of: name) {
        if let taxon = part.match.taxon {
          add(taxon, match.isHybrid ? localized("parent of the hybrid “\(name)”") : column(name, part.match, taxon))
        } else {
          doubts.append(doubt(about: part.written, part.match))
        }
      }
    }
    for hit in reading?.hits ?? [] where hit.status.isCounted && lexicons[hit.term].kind.isEvidence {
      let term = lexicons[hit.term]
      if !term.taxon.isEmpty, let taxon = table.match(term.taxon).taxon {
        add(taxon, localized("code word “\(term.name)”"))
      }
    }
    writeLines(doubts)
  }

  private mutating func add(_ taxon: TaxonID, _ words: String) {
    if let place = sources.firstIndex(where: { $0.taxon == taxon }) {
      if !sources[place].words.contains(words) { sources[place].words.append(words) }
    } else {
      sources.append((taxon, [words]))
    }
  }

  /// How the species column names a taxon.
  private func column(_ name: String, _ match: TaxonMatch, _ taxon: TaxonID) -> String {
    switch match {
    case .taxon(_, .synonym): localized("synonym “\(name)” in the species column")
    case .taxon(_, .common), .group: localized("common name “\(name)” in the species column")
    default:
      name == table.acceptedName(of: taxon)
        ? localized("species column") : localized("“\(name)” in the species column")
    }
  }

  private func doubt(about name: String, _ match: TaxonMatch) -> String {
    switch match {
    case .within(let genus):
      return localized(
        "“\(name)” is no species of the tables, but its genus is, \(table.acceptedName(of: genus))") + "; "
        + Self.words(table.levelsOfWhole(genus, in: .cites))
    case .ambiguous(let taxa):
      let names = Self.listed(taxa.prefix(3).map(table.acceptedName), more: taxa.count - 3)
      return localized("“\(name)” may be \(names)") + "; " + localized("appendix unknown")
    case .suggested(let suggestion):
      return "“\(name)” \(table.words(for: suggestion, .screen)); " + localized("not certain, so without appendix")
        + (suggestion.genus.map { "; " + localized("its genus is \(table.acceptedName(of: $0))") } ?? "")
    case .taxon, .group, .several, .unknown:
      return localized("“\(name)” is in no taxon table") + "; " + localized("appendix unknown")
    }
  }

  private static func words(_ levels: ListingLevels) -> String {
    levels.isEmpty
      ? localized("appendix unknown") : localized("as a whole in CITES appendix \(levels.text(in: .cites))")
  }

  private mutating func writeLines(_ doubts: [String]) {
    // Who says Loxodonta africana has said Elephantidae too.
    let precise = sources.filter { wide in
      !sources.contains { $0.taxon != wide.taxon && table.isWithin($0.taxon, wide.taxon) }
    }
    for (taxon, words) in precise.prefix(Self.maximumTaxa) {
      lines.append((name(of: taxon) + " · " + joined(words), .text))
      lines.append((protection(of: taxon), .text))
    }
    lines += doubts.prefix(Self.maximumTaxa).map { ($0, .faint) }
    let hidden = max(0, precise.count - Self.maximumTaxa) + max(0, doubts.count - Self.maximumTaxa)
    if hidden > 0 { lines.append(("… " + counted(hidden, "more", "more"), .faint)) }
    if let warning = table.indexWarning(for: precise.prefix(Self.maximumTaxa).map(\.taxon), .screen) {
      lines.append((warning, .warning))
    }
  }

  private func name(of taxon: TaxonID) -> String {
    let rank = table.rank(of: taxon)
    let name = table.acceptedName(of: taxon)
    guard rank > .family, let family = table.taxon(taxon, rolledUpTo: .family) else {
      return "\(name), \(rank.screenName)"
    }
    return localized("\(name), \(rank.screenName) of \(table.acceptedName(of: family))", context: "a family")
  }

  private func joined(_ words: [String]) -> String {
    Self.listed(Array(words.prefix(2)), more: words.count - 2)
  }

  /// - Parameter more: how many are not named; below 1 for none.
  private static func listed(_ words: [String], more: Int) -> String {
    let list = words.joined(separator: ", ")
    return more > 0 ? localized("\(list) and \(grouped: more) more") : list
  }

  private func protection(of taxon: TaxonID) -> String {
    "CITES: \(table.words(for: taxon, in: .cites, .screen)) · \(table.words(for: taxon, in: .china, .screen))"
  }
}
