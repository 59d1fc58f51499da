import Listings
import CodeWords

/// A term on its way into the user's own lexicon: what somebody chose or typed, a text per column, not yet checked.
///
/// A term that passes is written as a row that reads back as the same term, and nothing in that row acts in a spreadsheet.
package struct TermDraft: Equatable, Sendable {
  package enum Line: String, CaseIterable, Sendable {
    case word, kind, language, denotes, taxon, weight, needs

    /// The question as it stands before the answer.
    package var label: String {
      switch self {
      case .word: "Word"
      case .kind: "Kind"
      case .language: "Language"
      case .denotes: "Stands for"
      case .taxon: "Taxon"
      case .weight: "Weight, 0 to 100"
      case .needs: "Needs near it"
      }
    }

    /// The answers to choose from; empty where any text will do.
    package var choices: [String] { self == .kind ? kinds : [] }

    /// A word of context counts nothing by itself, so that nothing could be shown of it.
    private var kinds: [String] { TermKind.allCases.filter { $0 != .context }.map(\.rawValue) }
  }

  private var answers: [Line: String] = [:]

  package init() { answers = [.kind: TermKind.codeWord.rawValue, .language: "en", .weight: "40"] }

  package subscript(line: Line) -> String {
    get { answers[line] ?? "" }
    set { answers[line] = newValue }
  }

  package var kind: TermKind { TermKind(rawValue: self[.kind]) ?? .codeWord }

  /// The weight that a term of a kind begins with, from those of the shipped lexicons.
  package static func usualWeight(of kind: TermKind) -> Int {
    switch kind {
    case .product: 50
    case .codeWord, .euphemism: 40
    case .speciesName: 30
    case .emoji: 15
    case .transactionCue: 10
    case .harmless: 60
    case .context: 0
    }
  }

  package static let mostCharacters = 100

  /// The lexicon that quick additions go into, and its file below the folder of terms.
  package static let lexicon = "personal"
  package static let file = "personal.csv"

  /// The term, ready to be tried.
  ///
  /// - Parameter reviewed: the day on which somebody looked at it, as `2026-11-24`.
  package func term(reviewed: String = "") throws(TermDraftFault) -> Term {
    try checkTexts()
    let row = TableRow(line: 2, cells: cells(reviewed: reviewed))
    let header = TableRow(line: 1, cells: LexiconFile.columns)
    let (lexicon, problems) = LexiconFile.read([header, row], file: Self.file)
    guard let term = lexicon.terms.first else {
      throw TermDraftFault(line: Self.line(of: problems.first?.what), why: problems.first?.explanation ?? "no term")
    }
    return term
  }

  /// The row's cells, in the order of a lexicon's columns.
  package func cells(reviewed: String) -> [String] {
    func answer(_ line: Line) -> String { self[line].trimmed }
    return [
      answer(.word), answer(.language), answer(.kind), answer(.denotes), answer(.taxon), "", answer(.weight),
      answer(.needs), "", "", Term.unverified, "added from a listing", reviewed,
    ]
  }

  // MARK: Checking

  private func checkTexts() throws(TermDraftFault) {
    for line in Line.allCases {
      let text = self[line].trimmed
      func fault(_ why: String) -> TermDraftFault { TermDraftFault(line: line, why: why) }
      if let hidden = text.unicodeScalars.first(where: Self.isHidden) {
        let code = String(hidden.value, radix: 16, uppercase: true)
        throw fault("it holds the invisible character U+\(code), which nobody could see in the file; leave it out")
      }
      if text.count > Self.mostCharacters || text.utf8.count > Self.mostCharacters * 16 {
        throw fault("it is longer than \(Self.mostCharacters) characters; a part of it will do")
      }
      // What needs a group begins with @ by rights, and is no formula in any case: a name must follow.
      if let first = text.unicodeScalars.first, "=+-@＝＋－＠".unicodeScalars.contains(first),
        !(line == .needs && first == "@")
      {
        throw fault("it begins with \(first), as a spreadsheet's formula does; leave the sign out")
      }
    }
    try checkWord()
  }

  private func checkWord() throws(TermDraftFault) {
    let word = self[.word].trimmed
    func fault(_ why: String) -> TermDraftFault { TermDraftFault(line: .word, why: why) }
    if word.isEmpty { throw fault("choose a word of the listing, or type one") }
    if word.contains("|") { throw fault("a bar stands between several writings in the file; add each word by itself") }
    let says = word.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .otherSymbol, .modifierSymbol: true
      default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      }
    }
    if !says { throw fault("it holds no letter, digit or emoji to look for") }
    if kind.isEvidence || kind == .transactionCue, self[.denotes].trimmed.isEmpty {
      throw TermDraftFault(line: .denotes, why: "say in plain words what it stands for")
    }
    if kind == .harmless, self[.denotes].trimmed.isEmpty {
      throw TermDraftFault(
        line: .denotes, why: "name the group of what it speaks for, as: other material, replica, colour")
    }
    if Int(self[.weight].trimmed) == 0 {
      throw TermDraftFault(line: .weight, why: "with weight 0 it would count nothing")
    }
  }

  /// Controls, marks that turn the direction of writing, and whatever else shows nothing; but not the joiners that some
  /// scripts and emoji are written with.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
    default: scalar == "\u{FFFD}"
    }
  }

  private static func line(of what: LexiconProblem.What?) -> Line {
    switch what {
    case .noLanguage?: .language
    case .unknownKind?: .kind
    case .badWeight?: .weight
    case .noGroup?: .denotes
    default: .word
    }
  }

  /// A word as it stands in a listing, without what cannot be seen: line breaks become blanks.
  package static func shown(_ word: String) -> String {
    var kept = String.UnicodeScalarView()
    for scalar in word.unicodeScalars {
      if scalar == "\n" || scalar == "\r" || scalar == "\t" {
        if kept.last != " " { kept.append(" ") }
      } else if !isHidden(scalar) {
        kept.append(scalar)
      }
    }
    return String(kept).trimmed
  }
}

/// Why a draft is no term yet, and on which line that is to be mended.
package struct TermDraftFault: Error, Equatable, Sendable {
  package let line: TermDraft.Line
  package let why: String

  package init(line: TermDraft.Line, why: String) {
    self.line = line
    self.why = why
  }
}
