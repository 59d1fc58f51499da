import CodeWords
import Filters
import Listings
import LexiconWork

/// Where the analyst is among the lexicons: on a lexicon, or on a term of one; and what is to be switched.
package struct LexiconsPlace: Equatable, Sendable {
  package enum Order: Int, CaseIterable, Sendable {
    case listings, share, name, weight

    package var label: String {
      switch self {
      case .listings: "listings"
      case .share: "confirmed"
      case .name: "name"
      case .weight: "weight"
      }
    }
  }

  /// A place in a list, and what is looked for in it.
  package struct Level: Equatable, Sendable {
    package var cursor = 0
    package var top = 0
    package var find = ""
    package var order: Order
    /// What is listed, in order: places among the lexicons, or among the terms of the one that is open.
    package var lines: [Int] = []
  }

  /// What a change would do.
  package enum Trial: Equatable, Sendable {
    case none
    /// The listings are being flagged with the change, as number so and so.
    case trying(Int)
    case tried(BackTest)
  }

  package var lexicons = Level(order: .name)
  /// The name of the lexicon that was opened.
  package var opened: String?
  package var terms = Level(order: .listings)
  /// What is being typed into the find line; nil: nobody types.
  package var editor: LineEditor?
  /// Lexicons that are to be switched on or off, and are not yet.
  package var switched: [String: Bool] = [:]
  package var trial = Trial.none

  package init() {}

  /// The level that has the keyboard.
  package var level: Level {
    get { opened == nil ? lexicons : terms }
    set { if opened == nil { lexicons = newValue } else { terms = newValue } }
  }

  /// The orders of the level that has the keyboard.
  var orders: [Order] { opened == nil ? [.name, .listings, .share] : Order.allCases }
}

/// The lexicons as the sheet lists them at one place.
struct ListedLexicons {
  let known: KnownLexicons
  let place: LexiconsPlace

  /// The lexicon that is open; nil: the lexicons themselves are listed.
  var opened: InstalledLexicon? { place.opened.flatMap { known.overview[$0] } }

  /// The lexicon of a line, where lexicons are listed; the open one otherwise.
  func lexicon(at line: Int) -> InstalledLexicon? {
    if let opened { return opened }
    let lexicons = known.overview.lexicons
    guard place.lexicons.lines.indices.contains(line), lexicons.indices.contains(place.lexicons.lines[line]) else {
      return nil
    }
    return lexicons[place.lexicons.lines[line]]
  }

  /// The term of a line, where terms are listed.
  func term(at line: Int) -> Term? {
    guard let opened, place.terms.lines.indices.contains(line), opened.terms.indices.contains(place.terms.lines[line])
    else { return nil }
    return opened.terms[place.terms.lines[line]]
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
    let level = place.level
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

  /// The most first; what is not counted last; of equal ones that with more listings, then in the order of the files.
  private func sorted(
    _ lines: [Int], by order: LexiconsPlace.Order, _ count: (Int) -> LexiconTally.Count?, weight: (Int) -> Int,
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
    case ..<20: "\(confirmed) of \(decided)"
    default: "\(confirmedShare ?? 0)% of \(grouped(decided))"
    }
  }
}

extension Mode {
  var isReadingLexicons: Bool { if case .readingLexicons = self { true } else { false } }
}
