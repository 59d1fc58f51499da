import CodeWords
import Listings
import Taxa

/// The condition in force: every clause must hold. The typed text and the choices in the facets are one filter.
///
/// Shape:  a list of clauses; `text` writes it down, `FilterSyntax.read` reads that text into an equal filter.
package struct Filter: Equatable, Hashable, Sendable {
  package var clauses: [Clause]

  package init(_ clauses: [Clause] = []) { self.clauses = clauses }

  package static let everything = Filter()

  /// The filter as a person would type it.
  package var text: String { clauses.map { $0.text(inGroup: clauses.count > 1) }.joined(separator: " ") }
}

/// One condition of a filter.
package indirect enum Clause: Equatable, Hashable, Sendable {
  /// Text in title, description, species or seller.
  case words(String)
  /// A regular expression over title and description.
  case regex(String)
  /// A field whose value is one of several.
  case field(Field, [ValuePattern])
  /// A column that is no canonical field, by its own name.
  case column(String, [ValuePattern])
  case price([PriceTest])
  /// ISO 4217 codes of the price as read; empty text means none known.
  case currency([ValuePattern])
  case time(Field, [TimeTest])
  /// What was decided: `is:confirmed`.
  case state([ListingState])
  /// The file a listing came from, by its name.
  case file([ValuePattern])
  /// What the hits of code words add up to.
  case risk([RiskTest])
  /// A term of a lexicon that counts in the listing: by a writing of it, or by what it denotes.
  case term([ValuePattern])
  /// What the listing is about, by its species cell and the terms that count in it.
  case taxon([TaxonTest])
  /// Where that stands in a list of protected taxa: `appendix:`, `china:`.
  case protection(ProtectionList, [LevelTest])
  case not(Clause)
  case all([Clause])
  case any([Clause])
}

/// A value to compare a field with.
package enum ValuePattern: Equatable, Hashable, Sendable {
  /// The whole value, without regard to case, width and accents: written in quotes.
  case exactly(String)
  /// Any part of the value.
  case containing(String)
  /// The whole value with `*` for any characters.
  case glob(String)
  /// No value at all: `none`.
  case missing
}

/// What a price is compared with.
package enum PriceTest: Equatable, Hashable, Sendable {
  /// From low to high, both included, in US dollars or, with a code, as read in that currency.
  case range(low: Amount?, high: Amount?, currency: String?)
  /// `price:none`: no price was given.
  case missing
  /// `price:unread`: there is text but no amount in it, or no currency is known.
  case unread
}

/// A span of time, seconds since 1970 UTC: `start` included, `end` not.
package enum TimeTest: Equatable, Hashable, Sendable {
  case span(start: Int64?, end: Int64?)
  case missing
}

/// What a risk is compared with.
package enum RiskTest: Equatable, Hashable, Sendable {
  /// Both ends included, within 0 to 100.
  case range(ClosedRange<Int>)
  /// `risk:unknown`: there is no text, or none that a lexicon covers. Never the same as a risk of 0.
  case unknown
}

/// What `is:` may ask.
package enum ListingState: String, CaseIterable, Sendable {
  case confirmed
  case falsePositive = "false-positive"
  case unsure
  case unreviewed
  case reviewed
  case marked
  case noted
  /// Something in the listing's row could not be read.
  case problem
  /// Not readable by text: its risk is unknown.
  case unreadable
}
