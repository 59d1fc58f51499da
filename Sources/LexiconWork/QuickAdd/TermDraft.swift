import CodeWords
import Listings
import Sentences
import SmallFormats

/// A term being added to the user's own lexicon: one answer per line of the form, not yet checked.
///
/// Laws:   a term that passes the check is written as a row that reads back as the same term. Nothing in that row acts as
///         a formula in a spreadsheet.
package struct TermDraft: Equatable, Sendable {
  /// A line of the form.
  package enum Line: String, CaseIterable, Sendable {
    case word, kind, language, denotes, taxon, weight, needs

    /// The question in front of the answer.
    package var label: String {
      switch self {
      case .word: localized("Word")
      case .kind: localized("Kind")
      case .language: localized("Language")
      case .denotes: localized("Stands for")
      case .taxon: localized("Taxon")
      case .weight: localized("Weight, 0 to 100")
      case .needs: localized("Needs near it")
      }
    }

    /// The answers to choose from; empty for free text.
    package var choices: [String] { self == .kind ? kinds : [] }

    /// Context terms are left out: alone they count nothing, so a trial would show nothing.
    private var kinds: [String] { TermKind.allCases.filter { $0 != .context }.map(\.rawValue) }
  }

  /// As typed.
  private var answers: [Line: String] = [:]

  /// An empty draft with the usual kind, language and weight.
  package init() { answers = [.kind: TermKind.codeWord.rawValue, .language: "en", .weight: "40"] }

  /// The answer on a line; empty for none.
  package subscript(line: Line) -> String {
    get { answers[line] ?? "" }
    set { answers[line] = newValue }
  }

  /// The chosen kind; code word while there is none.
  package var kind: TermKind { TermKind(rawValue: self[.kind]) ?? .codeWord }

  /// The default weight for a kind, taken from the shipped lexicons.
  ///
  /// Units:  0 to 100.
  package static func usualWeight(of kind: TermKind) -> Int {
    switch kind {
    case .product: 50
    case .codeWord, .euphemism: 40
    case .speciesName: 30
    case .emoji: 15
    case .transactionCue: 10
    case .benign: 60
    case .context: 0
    }
  }

  /// The longest answer, in characters.
  package static let maximumCharacters = 100

  /// The lexicon that added terms go into, and its file in the folder of terms.
  package static let lexicon = "personal"
  package static let file = "personal.csv"

  /// Checks the answers and makes the term.
  ///
  /// - Parameter reviewed: the day of review, as `2026-11-24`.
  /// Fails:  with the line to correct and the reason.
  package func term(reviewed: String = "") throws(TermDraftError) -> Term {
    try checkTexts()
    let row = TableRow(line: 2, cells: cells(reviewed: reviewed))
    let header = TableRow(line: 1, cells: LexiconFile.columns)
    let (lexicon, problems) = LexiconFile.read([header, row], file: Self.file)
    guard let term = lexicon.terms.first else {
      throw TermDraftError(
        line: Self.line(of: problems.first?.what), why: problems.first?.explanation ?? localized("no term"))
    }
    return term
  }

  /// The row's cells, in the order of `LexiconFile.columns`.
  ///
  /// Limits: nothing is checked; `term(reviewed:)` does that.
  package func cells(reviewed: String) -> [String] {
    func answer(_ line: Line) -> String { self[line].trimmed }
    return [
      answer(.word), answer(.language), answer(.kind), answer(.denotes), answer(.taxon), "", answer(.weight),
      answer(.needs), "", "", Term.unverified, "added from a listing", reviewed,
    ]
  }

  // MARK: Checking

  /// Rejects answers that would be invisible, too long, or a formula.
  private func checkTexts() throws(TermDraftError) {
    for line in Line.allCases {
      let text = self[line].trimmed
      func error(_ why: String) -> TermDraftError { TermDraftError(line: line, why: why) }
      if let hidden = text.unicodeScalars.first(where: Self.isHidden) {
        let code = String(hidden.value, radix: 16, uppercase: true)
        throw error(
          localized("it holds the invisible character U+\(code), which nobody could see in the file; leave it out"))
      }
      if text.count > Self.maximumCharacters || text.utf8.count > Self.maximumCharacters * 16 {
        throw error(localized("it is longer than \(Self.maximumCharacters) characters; a part of it will do"))
      }
      // Conditions may begin with @, which names a group and is no formula there.
      if let first = text.unicodeScalars.first, "=+-@＝＋－＠".unicodeScalars.contains(first),
        !(line == .needs && first == "@")
      {
        throw error(localized("it begins with \(first), as a spreadsheet's formula does; leave the sign out"))
      }
    }
    try checkWord()
  }

  /// Rejects words that cannot be found, and terms that would mean or count nothing.
  private func checkWord() throws(TermDraftError) {
    let word = self[.word].trimmed
    func error(_ why: String) -> TermDraftError { TermDraftError(line: .word, why: why) }
    if word.isEmpty { throw error(localized("choose a word of the listing, or type one")) }
    if word.contains("|") {
      throw error(localized("a bar separates surface forms in the file; add each word by itself"))
    }
    let isSearchable = word.unicodeScalars.contains { scalar in
      switch scalar.properties.generalCategory {
      case .otherSymbol, .modifierSymbol: true
      default: scalar.properties.isAlphabetic || scalar.properties.numericType != nil
      }
    }
    if !isSearchable { throw error(localized("it holds no letter, digit or emoji to look for")) }
    if kind.isEvidence || kind == .transactionCue, self[.denotes].trimmed.isEmpty {
      throw TermDraftError(line: .denotes, why: localized("say in plain words what it stands for"))
    }
    if kind == .benign, self[.denotes].trimmed.isEmpty {
      throw TermDraftError(
        line: .denotes, why: localized("name the group of what it speaks for, as: other material, replica, colour"))
    }
    if Int(self[.weight].trimmed) == 0 {
      throw TermDraftError(line: .weight, why: localized("with weight 0 it would count nothing"))
    }
  }

  /// Whether a character is invisible: controls, bidi marks and the like. The joiners that some scripts and emoji need are
  /// allowed.
  private static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate, .unassigned: true
    case .format: scalar != "\u{200C}" && scalar != "\u{200D}"
    default: scalar == "\u{FFFD}"
    }
  }

  /// The line on which a problem of the row is corrected.
  private static func line(of what: LexiconProblem.What?) -> Line {
    switch what {
    case .noLanguage?: .language
    case .unknownKind?: .kind
    case .badWeight?: .weight
    case .noGroup?: .denotes
    default: .word
    }
  }

  /// A word of a listing with invisible characters removed, and line breaks turned into spaces.
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

/// Why a draft is not a term yet, and on which line to correct it.
package struct TermDraftError: Error, Equatable, Sendable {
  /// The line to correct.
  package let line: TermDraft.Line
  /// What is wrong and what to do.
  package let why: String

  package init(line: TermDraft.Line, why: String) {
    self.line = line
    self.why = why
  }
}

/// Guesses the language of a word from its letters and its listing, to fill in a form that people check.
///
/// Cost:   O(scalars of the word and the text).
/// Limits: letters show the script. The script shows the language only where one language is by far the most frequent
///         in the trade that lexicons cover.
package enum LanguageGuess {
  /// The likely language; `mul` where nothing suggests one.
  ///
  /// - Parameters:
  ///   - text: the listing's whole text, which separates Chinese from Japanese, and Vietnamese from English.
  ///   - listing: the language that the dataset gives for the listing.
  /// Shape:  two letters of ISO 639-1, or `mul`.
  package static func language(of word: String, in text: String = "", listing: String = "") -> String {
    let scripts = word.unicodeScalars.compactMap { Script.script(of: $0.value) }
    guard let script = mostFrequent(scripts) else { return "mul" }
    let named = listing.prefix { $0 != "-" && $0 != "_" }.lowercased()
    if named.utf8.count == 2, Script.scripts(ofLanguage: named).contains(script) { return named }
    switch script {
    case .han, .kana:
      let hasKana = (word + text).unicodeScalars.contains { Script.script(of: $0.value) == .kana }
      return hasKana ? "ja" : "zh"
    case .latin: return hasVietnameseLetters(word + " " + text) ? "vi" : "en"
    default: return usual[script] ?? "mul"
    }
  }

  /// The most frequent language of each script.
  private static let usual: [Script: String] = [
    .cyrillic: "ru", .greek: "el", .armenian: "hy", .georgian: "ka", .hebrew: "he", .arabic: "ar", .devanagari: "hi",
    .bengali: "bn", .gurmukhi: "pa", .gujarati: "gu", .tamil: "ta", .telugu: "te", .kannada: "kn", .malayalam: "ml",
    .sinhala: "si", .thai: "th", .lao: "lo", .burmese: "my", .khmer: "km", .tibetan: "bo", .ethiopic: "am",
    .mongolian: "mn", .hangul: "ko",
  ]

  /// The script of most letters; of equally frequent ones the first case.
  private static func mostFrequent(_ scripts: [Script]) -> Script? {
    let counts = scripts.reduce(into: [Script: Int]()) { $0[$1, default: 0] += 1 }
    return counts.max { ($0.value, $1.key.rawValue) < ($1.value, $0.key.rawValue) }?.key
  }

  /// Whether there are letters that only Vietnamese has in Latin script: đ, ơ, ư, and vowels with two marks.
  private static func hasVietnameseLetters(_ text: String) -> Bool {
    text.unicodeScalars.contains { scalar in
      switch scalar.value {
      case 0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x1EA0...0x1EF9, 0x110, 0x111: true
      default: false
      }
    }
  }
}

/// Formats a row of a lexicon.
package enum LexiconRow {
  /// A line of CSV (RFC 4180), without its line end.
  package static func text(_ cells: [String]) -> String { CSVLine.text(cells) }

  /// The first line of every lexicon.
  package static var header: String { text(LexiconFile.columns) }
}
