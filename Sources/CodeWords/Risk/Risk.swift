import Taxa

/// How strongly a listing's words say that it offers wildlife, 0 to 100, and the points it is the sum of.
///
/// It is about words, not about guilt: a triage order with its reasons.
package struct Risk: Equatable, Sendable {
  package let value: Int
  /// What adds to it and what takes away, in the order in which it was reckoned; points that are void stand with 0.
  /// They add up to `value` exactly.
  package let points: [RiskPoint]

  package static let none = Risk(value: 0, points: [])
}

/// One reason of a listing's risk.
package struct RiskPoint: Equatable, Sendable {
  package enum Ground: Equatable, Sendable {
    /// A term that speaks for wildlife.
    case term(TermID, Strength)
    /// The taxon that the listing's species cell names.
    case speciesCell(Taxon)
    /// The appendix of a taxon that a counted term, or the species cell, names.
    case appendix(Taxon)
    /// Words of selling and hiding, which count beside others only.
    case transaction(TermID, Strength)
    /// Words that speak for something else: the group, and its strongest term.
    case harmless(String, TermID, Strength)
  }

  package enum Strength: Equatable, Sendable {
    case full
    /// What the term needs is not near.
    case weak
    /// It counts nothing; its hits say why.
    case void
    /// A stronger term that stands for the same thing has counted already.
    case repeated
    /// It would count, but there is nothing beside it that it could add to or take from.
    case idle
  }

  package let ground: Ground
  /// Below 0 where it takes away.
  package let points: Int
  /// The hits behind it, as places in `ListingReading.hits`.
  package let hits: [Int]
}
