import Listings

/// Why the casebook that is open takes no more decisions.
package struct CasebookTrouble: Equatable, Sendable {
  package enum Kind: Equatable, Sendable {
    /// It is no longer there: what is decided is kept beside it.
    case lost
    /// It is there, but not as it was written: nothing is decided.
    case untrusted
  }

  package let kind: Kind
  /// For the title bar: "casebook gone".
  package let short: String
  /// What happened, what is kept where, and what to do.
  package let sentence: String
  /// Listings whose decisions were shown as saved and are in no casebook.
  package let unsaved: [ListingKey]
  /// The file in which they are kept.
  package let keptIn: String?

  package init(kind: Kind, short: String, sentence: String, unsaved: [ListingKey] = [], keptIn: String? = nil) {
    self.kind = kind
    self.short = short
    self.sentence = sentence
    self.unsaved = unsaved
    self.keptIn = keptIn
  }
}
