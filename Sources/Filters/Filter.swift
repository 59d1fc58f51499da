import CodeWords
import Cues
import Listings
import Sightings
import Taxa

/// The condition on the listings shown: every clause must hold. Typed text and choices in facets edit the same filter.
///
/// Law:    `FilterSyntax.read` parses `text` into an equal filter.
/// Cost:   a value; copying it is cheap, and equal filters are equal whatever was typed.
package struct Filter: Equatable, Hashable, Sendable {
  /// All of them must hold.
  package var clauses: [Clause]

  package init(_ clauses: [Clause] = []) { self.clauses = clauses }

  /// The filter that every listing passes.
  ///
  /// Shape:  its text is empty.
  package static let everything = Filter()

  /// The filter as a person would type it.
  ///
  /// Example: `platform:"ebay" price:100..500 -is:reviewed`
  package var text: String { clauses.map { $0.text(inGroup: clauses.count > 1) }.joined(separator: " ") }
}

/// One condition of a filter.
package indirect enum Clause: Equatable, Hashable, Sendable {
  /// Words in title, description, species or seller.
  ///
  /// Example: `ivory`, or `"carved ivory"` for words with a space.
  case words(String)
  /// A regular expression over title and description.
  ///
  /// Example: `/ivory|tusk/`
  case regex(String)
  /// A field with one of several values.
  ///
  /// Example: `platform:ebay,"Facebook"`
  case field(Field, [ValuePattern])
  /// A column that is not a canonical field, by its own name.
  ///
  /// Example: `colour:white`, or `column:price=12` where a field has the column's name.
  case column(String, [ValuePattern])
  /// The price as read.
  ///
  /// Example: `price:>100`, `price:100..500eur`
  case price([PriceTest])
  /// The currency of the price as read, an ISO 4217 code; the empty text means none known.
  case currency([ValuePattern])
  /// A time field.
  ///
  /// Example: `posted:2026-11`, `captured:2026-11-01..2026-11-15`
  case time(Field, [TimeTest])
  /// What analysts decided, what became of the listing since last time, and similar states: `is:confirmed`, `is:new`.
  case state([ListingState])
  /// A group of listings that are one advert, by its name.
  ///
  /// Example: `group:k6kgvndxdy`, `group:none`
  case group([ValuePattern])
  /// A cell that changed since last time.
  ///
  /// Example: `changed:price`
  case changed([ComparedCell])
  /// The file that the listing comes from, by name.
  case file([ValuePattern])
  /// The risk.
  ///
  /// Example: `risk:>=60`
  case risk([RiskTest])
  /// A term that counts in the listing, by a surface form or by what it denotes.
  case term([ValuePattern])
  /// What the advert says of how the seller is reached, paid or ships.
  ///
  /// Example: `contact:whatsapp`, `payment:paypal`, `shipping:none`
  case cue(CueWords.Kind, [ValuePattern])
  /// A taxon that the listing's species cell or code words name.
  ///
  /// Example: `taxon:Elephantidae`, `taxon:"=Elephantidae"`
  case taxon([TaxonTest])
  /// The protection of these taxa: `appendix:`, `china:`.
  ///
  /// Example: `appendix:I,II`, `china:1`
  case protection(ProtectionList, [LevelTest])
  /// What analysts stated about the listing in a code.
  ///
  /// Example: `species-is:probable`, `documents-is:none`
  case described(Aspect, [ValuePattern])
  /// Why a listing is a false positive.
  ///
  /// Example: `reason:replica`, `reason:none`
  case reason([ValuePattern])
  /// The note on a listing.
  ///
  /// Example: `note:ring`, `note:none`
  case note([ValuePattern])
  /// Who gave a verdict on the listing.
  ///
  /// Example: `by:rk`, `by:me`, `by:none`
  case analyst([ValuePattern])
  /// The week in which it was posted, or else collected.
  ///
  /// Example: `week:2026-W47`, `week:2026-W45..`
  case week([WeekTest])
  /// Listings for which the clause does not hold.
  ///
  /// Example: `-seller:none`
  case not(Clause)
  /// Listings for which all clauses hold.
  ///
  /// Example: `(ivory price:>100)`
  case all([Clause])
  /// Listings for which at least one clause holds.
  ///
  /// Example: `ivory OR tusk`
  case any([Clause])
}

/// A value to compare a field with.
package enum ValuePattern: Equatable, Hashable, Sendable {
  /// The whole value, ignoring case, width and accents: written in quotes.
  case exactly(String)
  /// Any part of the value.
  case containing(String)
  /// The whole value, with `*` for any characters.
  case glob(String)
  /// One of the values in a file: `@suspects.txt`.
  case listed(ValueList)
  /// No value at all: `none`.
  case missing
}

/// What a price is compared with.
package enum PriceTest: Equatable, Hashable, Sendable {
  /// From low to high, both included. In US dollars, or with a code in that currency as read.
  case range(low: Amount?, high: Amount?, currency: String?)
  /// `price:none`: no price is given.
  case missing
  /// `price:unread`: a price is given, but no amount could be read or no currency is known.
  case unread
}

/// A span of time in seconds since 1970 UTC, without its `end`.
package enum TimeTest: Equatable, Hashable, Sendable {
  case span(start: Int64?, end: Int64?)
  /// `none`: there is no time.
  case missing
}

/// What a risk is compared with.
package enum RiskTest: Equatable, Hashable, Sendable {
  /// Both ends included, within 0 to 100.
  case range(ClosedRange<Int>)
  /// `risk:unknown`: the text cannot be read. Never the same as a risk of 0.
  case unknown
}

/// What `is:` may ask for.
package enum ListingState: String, CaseIterable, Sendable {
  case confirmed
  case falsePositive = "false-positive"
  /// Reviewed without a decision.
  case unsure
  case unreviewed
  /// Any verdict.
  case reviewed
  /// Marked in this session.
  case marked
  /// With a note by an analyst.
  case noted
  /// Decided, and changed since in a way that may change the verdict.
  case askAgain = "ask-again"
  /// Without a verdict, or to ask about again; of each listing the row that stands for it.
  case toDecide = "to-decide"
  /// With different verdicts of several analysts, not settled yet.
  case disagreement
  /// With a verdict of another analyst.
  case byOthers = "by-others"
  /// Something in the row could not be read.
  case problem
  /// The text cannot be read, so the risk is unknown.
  case unreadable
  /// One advert with other listings.
  case duplicate
  /// In no earlier scrape of its platform.
  case new
  /// In the scrape before, and unchanged.
  case seen
  /// In the scrape before, with another title, price, text or seller.
  case changed
  /// Not in the scrape before, but in an earlier one.
  case reappeared
  /// Not in the newest scrape of its platform, but in the one before.
  case gone
}

extension ListingState {
  /// Whether it is about earlier scrapes.
  var isSinceLastTime: Bool {
    switch self {
    case .new, .seen, .changed, .reappeared, .gone: true
    default: false
    }
  }
}

// What must be known before a filter can be answered, and what invalidates its answer.

extension Filter {
  /// Whether verdicts, notes or marks change the answer.
  ///
  /// Cost:   O(clauses), those inside others included.
  package var asksAboutDecisions: Bool { clauses.contains(where: \.asksAboutDecisions) }

  /// Whether flagging changes the answer: it asks for risks, terms or the taxa of terms.
  package var asksAboutFlags: Bool { clauses.contains(where: \.asksAboutFlags) }

  /// Whether it asks what became of listings since last time.
  package var asksAboutEarlierScrapes: Bool { clauses.contains(where: \.asksAboutEarlierScrapes) }

  /// Whether it asks which decided listings changed since.
  package var asksAboutChanges: Bool { clauses.contains(where: \.asksAboutChanges) }

  /// Whether it asks, among other things, for listings that are gone.
  package var asksForGone: Bool {
    clauses.contains { if case .state(let states) = $0 { states.contains(.gone) } else { false } }
  }

  /// Whether it asks what several analysts said.
  package var asksAboutOthers: Bool { clauses.contains(where: \.asksAboutOthers) }

  /// Whether it asks which listings are one advert.
  package var asksAboutDuplicates: Bool { clauses.contains(where: \.asksAboutDuplicates) }

  /// Whether it asks how sellers are reached, paid or ship.
  package var asksAboutCues: Bool { clauses.contains(where: \.asksAboutCues) }

  /// Whether it asks for taxa or their protection. It finds nothing before taxon tables are loaded.
  package var asksAboutTaxa: Bool { clauses.contains(where: \.asksAboutTaxa) }
}

extension Clause {
  /// Whether the answer depends on verdicts, notes and marks, and not on the dataset alone.
  package var asksAboutDecisions: Bool {
    asks {
      switch $0 {
      case .state(let states): !states.allSatisfy { $0.isSinceLastTime || $0 == .duplicate }
      case .described, .reason, .note, .analyst: true
      default: false
      }
    }
  }

  /// Whether the answer for the first rows can change when there are more.
  var asksForNewestWeek: Bool { asks { if case .week(let tests) = $0 { tests.contains(.newest) } else { false } } }

  /// Whether the answer depends on which decided listings changed since.
  package var asksAboutChanges: Bool {
    asks {
      if case .state(let states) = $0 { states.contains(.askAgain) || states.contains(.toDecide) } else { false }
    }
  }

  /// Whether the answer depends on what several analysts said.
  package var asksAboutOthers: Bool {
    asks {
      switch $0 {
      case .state(let states): states.contains { [.disagreement, .byOthers, .noted].contains($0) }
      case .analyst: true
      default: false
      }
    }
  }

  /// Whether the answer depends on which listings are one advert.
  package var asksAboutDuplicates: Bool {
    asks {
      switch $0 {
      case .group: true
      case .state(let states): states.contains(.duplicate)
      default: false
      }
    }
  }

  /// Whether the answer depends on the table of cues.
  package var asksAboutCues: Bool { asks { if case .cue = $0 { true } else { false } } }

  /// Whether the answer depends on earlier scrapes.
  package var asksAboutEarlierScrapes: Bool {
    asks {
      switch $0 {
      case .changed: true
      case .state(let states): states.contains(where: \.isSinceLastTime)
      default: false
      }
    }
  }

  /// Whether the answer depends on the lexicons, and on how many rows are flagged.
  package var asksAboutFlags: Bool {
    asks {
      switch $0 {
      case .risk, .term, .taxon, .protection: true
      case .state(let states): states.contains(.unreadable)
      default: false
      }
    }
  }

  /// Whether the answer depends on the taxon tables.
  package var asksAboutTaxa: Bool {
    asks {
      switch $0 {
      case .taxon, .protection: true
      default: false
      }
    }
  }

  /// Whether `about` holds for the clause or a clause inside it.
  private func asks(_ about: (Clause) -> Bool) -> Bool {
    switch self {
    case .not(let clause): clause.asks(about)
    case .all(let clauses), .any(let clauses): clauses.contains { $0.asks(about) }
    default: about(self)
    }
  }
}
