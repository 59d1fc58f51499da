import Matching

/// Words that stand for one thing in one language: a row of a lexicon.
package struct Term: Equatable, Sendable {
  /// The ways it is written; the first one names the term.
  package var writings: [String]
  /// ISO 639-1; `la` for scientific names, `mul` for what belongs to no language.
  package var language: String
  package var kind: TermKind
  /// What it stands for in plain words; of `harmless` and `context`, the group by which other terms refer to it.
  package var denotes: String
  /// The accepted scientific name at the rank that is meant; empty when nothing is.
  package var taxon: String
  /// CITES trade term code; empty when nothing is said.
  package var product: String
  /// 0 to 100: how far this term alone moves a listing; of `harmless`, how much of the risk it takes away.
  package var weight: Int
  /// One of them must be near, or the hit is weak.
  package var needs: [Condition]
  /// Any of them near makes the hit void.
  package var unless: [Condition]
  package var borders: Spelling.Borders
  package var folds: Folds
  /// An id of the source table, or `unverified`.
  package var source: String
  package var note: String
  /// When somebody last looked at the row, as written: `2026-11-24`.
  package var reviewed: String
  package var place: TermPlace

  package init(
    _ writings: [String], language: String, kind: TermKind, denotes: String = "", taxon: String = "",
    product: String = "", weight: Int = 0, needs: [Condition] = [], unless: [Condition] = [],
    borders: Spelling.Borders = .byScript, folds: Folds = .all, source: String = "", note: String = "",
    reviewed: String = "", place: TermPlace = TermPlace(lexicon: "", file: "", line: 0)
  ) {
    precondition(!writings.isEmpty, "a term without a writing")
    self.writings = writings
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
    self.place = place
  }

  package var name: String { writings[0] }

  /// The group that others refer to with `@`; nil for what counts by itself.
  package var group: String? { kind == .harmless || kind == .context ? denotes : nil }

  package static let unverified = "unverified"
}

/// What a term is evidence of.
package enum TermKind: String, CaseIterable, Sendable {
  case speciesName = "species name"
  case product
  case codeWord = "code word"
  case euphemism
  case emoji
  case transactionCue = "transaction cue"
  /// Evidence that the advert is something else.
  case harmless
  /// Counts nothing alone; other terms need it.
  case context

  /// Whether it speaks for wildlife by itself.
  package var isEvidence: Bool {
    switch self {
    case .speciesName, .product, .codeWord, .euphemism, .emoji: true
    case .transactionCue, .harmless, .context: false
    }
  }
}

/// What must, or must not, be near a term.
package enum Condition: Hashable, Sendable, CustomStringConvertible {
  case word(String)
  /// Any `harmless` or `context` term of a group: `@replica`.
  case group(String)

  /// As it is written in a lexicon.
  package init(written: String) {
    self = written.hasPrefix("@") ? .group(String(written.dropFirst())) : .word(written)
  }

  package var description: String {
    switch self {
    case .word(let word): word
    case .group(let group): "@" + group
    }
  }
}

/// Where a term stands, for whoever wants to correct it.
package struct TermPlace: Hashable, Sendable {
  package let lexicon: String
  package let file: String
  package let line: Int

  package init(lexicon: String, file: String, line: Int) {
    self.lexicon = lexicon
    self.file = file
    self.line = line
  }
}
