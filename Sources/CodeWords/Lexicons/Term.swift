import Matching

/// A row of a lexicon: words that stand for one thing in one language.
package struct Term: Equatable, Sendable {
  /// The ways it is written. The first one names the term.
  package var surfaceForms: [String]
  /// ISO 639-1; `la` for scientific names, `mul` for signs that belong to no language.
  package var language: String
  /// What it is evidence of.
  package var kind: TermKind
  /// What it stands for in plain words; for `harmless` and `context` terms, the group that other terms refer to.
  package var denotes: String
  /// The accepted scientific name at the rank that is meant; empty for none.
  package var taxon: String
  /// CITES trade term code; empty for none.
  package var product: String
  /// 0 to 100: how far this term alone raises the risk; for `harmless` terms, how far it lowers the risk.
  package var weight: Int
  /// At least one of these must be near, or the hit is weak.
  package var needs: [Condition]
  /// Any of these near suppresses the hit.
  package var unless: [Condition]
  /// What may be directly before and after the words.
  package var borders: Spelling.Borders
  /// The disguises that the matcher sees through.
  package var folds: Folds
  /// An id of the source table, or `unverified`.
  package var source: String
  /// Free text of the editor.
  package var note: String
  /// The day on which the row was last checked, as written: `2026-11-24`.
  package var reviewed: String
  package var location: TermLocation

  /// A term, by default without conditions, source and location.
  ///
  /// Limits: traps without a surface form.
  package init(
    _ surfaceForms: [String], language: String, kind: TermKind, denotes: String = "", taxon: String = "",
    product: String = "", weight: Int = 0, needs: [Condition] = [], unless: [Condition] = [],
    borders: Spelling.Borders = .byScript, folds: Folds = .all, source: String = "", note: String = "",
    reviewed: String = "", location: TermLocation = TermLocation(lexicon: "", file: "", line: 0)
  ) {
    precondition(!surfaceForms.isEmpty, "a term without a surface form")
    self.surfaceForms = surfaceForms
    self.language = language
    self.kind = kind
    self.denotes = denotes
    self.taxon = taxon
    self.product = product
    self.weight = weight
    self.needs = needs
    self.unless = unless
    self.borders = borders
    self.folds = folds
    self.source = source
    self.note = note
    self.reviewed = reviewed
    self.location = location
  }

  /// The first surface form, by which sentences and lists name the term.
  package var name: String { surfaceForms[0] }

  /// The group that other terms refer to with `@`; nil for terms that count by themselves.
  package var group: String? { kind == .benign || kind == .context ? denotes : nil }

  /// What `source` says of a row that rests on no publication.
  package static let unverified = "unverified"
}

/// What a term is evidence of.
package enum TermKind: String, CaseIterable, Sendable, BitwiseCopyable {
  case speciesName = "species name"
  /// A product of wildlife: `ivory bangle`.
  case product
  /// A word used in its place to avoid attention: `jelly`.
  case codeWord = "code word"
  /// A milder or vaguer word that buyers understand.
  case euphemism
  /// A picture used as a word.
  case emoji
  /// Words by which adverts offer or hide a sale. They count only beside evidence.
  case transactionCue = "transaction cue"
  /// Evidence that the advert offers something else. Lexicon files call it `harmless`.
  case benign = "harmless"
  /// Counts nothing by itself; other terms need it.
  case context

  /// Whether it is evidence of wildlife by itself.
  package var isEvidence: Bool {
    switch self {
    case .speciesName, .product, .codeWord, .euphemism, .emoji: true
    case .transactionCue, .benign, .context: false
    }
  }
}

/// What must, or must not, be near a term.
package enum Condition: Hashable, Sendable, CustomStringConvertible {
  /// A word as the lexicon writes it, matched through all folds.
  case word(String)
  /// Any `harmless` or `context` term of a group: `@replica`.
  case group(String)

  /// Parses the notation of lexicons, in which `@` marks a group.
  ///
  /// Example: `@replica` is the group `replica`; `replica` is a word.
  package init(written: String) {
    self = written.hasPrefix("@") ? .group(String(written.dropFirst())) : .word(written)
  }

  /// The notation of lexicons.
  package var description: String {
    switch self {
    case .word(let word): word
    case .group(let group): "@" + group
    }
  }
}

/// The row that defines a term, so that a reader can find and correct it.
package struct TermLocation: Hashable, Sendable {
  /// The lexicon's name.
  package let lexicon: String
  package let file: String
  /// The line on which the row begins.
  package let line: Int

  package init(lexicon: String, file: String, line: Int) {
    self.lexicon = lexicon
    self.file = file
    self.line = line
  }
}
