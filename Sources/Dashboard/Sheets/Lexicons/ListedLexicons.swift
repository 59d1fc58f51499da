import CodeWords
import Filters
import LexiconWork
import Listings
import Sentences

/// The lexicons, or the terms of one, as the sheet lists them in one of its states.
struct ListedLexicons {
  let known: KnownLexicons
  let sheet: LexiconSheet

  /// The lexicon that is open; nil: the lexicons themselves are listed.
  var opened: InstalledLexicon? { sheet.opened.flatMap { known.overview[$0] } }

  /// The lexicon of a line, where lexicons are listed; the open one otherwise.
  func lexicon(at line: Int) -> InstalledLexicon? {
    if let opened { return opened }
    let lexicons = known.overview.lexicons
    guard sheet.lexicons.lines.indices.contains(line), lexicons.indices.contains(sheet.lexicons.lines[line]) else {
      return nil
    }
    return lexicons[sheet.lexicons.lines[line]]
  }

  /// The term of a line, where terms are listed.
  func term(at line: Int) -> Term? {
    guard let opened, sheet.terms.lines.indices.contains(line), opened.terms.indices.contains(sheet.terms.lines[line])
    else { return nil }
    return opened.terms[sheet.terms.lines[line]]
  }

  func count(of lexicon: InstalledLexicon) -> LexiconTally.Count? {
    lexicon.isCounted && !lexicon.inForce.isEmpty ? known.tally?[lexicon.name] : nil
  }

  /// Nil where listings are not counted: out of force, or counting beside other terms only.
  func count(of term: Term) -> LexiconTally.Count? {
    guard term.kind.isKeptPerListing, opened?.inForce.contains(term.location) == true else { return nil }
    return known.tally?[term.location]
  }

  // MARK: What is listed

  /// The lines of the level that has the keyboard: what holds the text looked for, in order.
  var lines: [Int] {
    let level = sheet.level
    if let opened {
      let lines = opened.terms.indices.filter { Self.holds(level.find, Self.texts(of: opened.terms[$0])) }
      return sorted(lines, by: level.order, { count(of: opened.terms[$0]) }, weight: { opened.terms[$0].weight }) {
        opened.terms[$0].name
      }
    }
    let lexicons = known.overview.lexicons
    let lines = lexicons.indices.filter { Self.holds(level.find, [lexicons[$0].name] + lexicons[$0].languages) }
    return sorted(lines, by: level.order, { count(of: lexicons[$0]) }, weight: { _ in 0 }) { lexicons[$0].name }
  }

  private static func texts(of term: Term) -> [String] { term.surfaceForms + [term.denotes, term.taxon] }

  private static func holds(_ find: String, _ texts: [String]) -> Bool {
    guard let search = TextSearch(find) else { return true }
    var scratch: [UInt8] = []
    return texts.contains { text in
      var text = text
      return text.withUTF8 { search.occurs(in: UnsafeRawBufferPointer($0), scratch: &scratch) }
    }
  }

  /// The greatest first; what is not counted last; of equal ones that with more listings, then in the order of the files.
  private func sorted(
    _ lines: [Int], by order: LexiconSheet.Order, _ count: (Int) -> LexiconTally.Count?, weight: (Int) -> Int,
    name: (Int) -> String
  ) -> [Int] {
    func descending(_ keys: (Int) -> (Double, Int)) -> [Int] {
      let keyed = lines.map { (keys($0), $0) }
      return keyed.sorted { $0.0 != $1.0 ? $0.0 > $1.0 : $0.1 < $1.1 }.map(\.1)
    }
    func listings(_ line: Int) -> Int { count(line)?.listings ?? -1 }
    switch order {
    case .name:
      let keyed = lines.map { (Folding.folded(name($0)), $0) }
      return keyed.sorted { $0.0 != $1.0 ? $0.0 < $1.0 : $0.1 < $1.1 }.map(\.1)
    case .listings: return descending { (0, listings($0)) }
    case .share: return descending { (count($0)?.share.exact ?? -1, listings($0)) }
    case .weight: return descending { (Double(weight($0)), listings($0)) }
    }
  }
}

extension LexiconTally.Count {
  /// Of the decided listings, how many are confirmed.
  package var share: TermRecord { TermRecord(confirmed: confirmed, falsePositive: falsePositive) }
}

extension TermRecord {
  /// Nil where nothing is decided.
  var exact: Double? { decided == 0 ? nil : Double(confirmed) / Double(decided) }

  /// `3 of 4`, since a share of four is no evidence; `78% of 40` from 20 on.
  package var words: String {
    switch decided {
    case 0: "–"
    case ..<20: localized("\(confirmed) of \(decided)", context: "confirmed listings of decided ones")
    default: localized("\(confirmedShare ?? 0)% of \(grouped: decided)", context: "confirmed listings of decided ones")
    }
  }
}
