/// What a name, as somebody has written it, means.
package indirect enum TaxonMatch: Equatable, Sendable {
  /// One taxon, and what the name is to it.
  case taxon(TaxonID, by: NameKind)
  /// A common name of several taxa, all of one genus or family: this is that group.
  case group(TaxonID, of: [TaxonID])
  /// A species that the table does not have, of a genus that it has.
  case within(TaxonID)
  /// Several taxa without a genus or family in common; an abbreviation that fits several.
  case ambiguous([TaxonID])
  /// More than one name in the same text (`Panthera leo/tigris`), or the parents of a hybrid.
  case several([NamedPart], as: NameJoin)
  /// No name of the tables, but near one: never certain, so that no appendix follows from it.
  case suggested(TaxonSuggestion)
  case unknown

  /// The taxon that is meant, if it is certain which.
  package var taxon: TaxonID? {
    switch self {
    case .taxon(let taxon, _), .group(let taxon, _): taxon
    case .within, .ambiguous, .several, .suggested, .unknown: nil
    }
  }

  /// That taxon, or the genus where the species is not known: what it can be counted under.
  package var nearest: TaxonID? {
    switch self {
    case .within(let genus): genus
    case .suggested(let suggestion): suggestion.genus
    default: taxon
    }
  }

  /// The names that it holds, each with what it means; of one name, that name.
  package func parts(of name: String) -> [NamedPart] {
    guard case .several(let parts, _) = self else { return [NamedPart(written: name, match: self)] }
    return parts.flatMap { $0.match.parts(of: $0.written) }
  }

  /// What each of its names means.
  package var each: [TaxonMatch] {
    guard case .several(let parts, _) = self else { return [self] }
    return parts.flatMap(\.match.each)
  }

  package var isHybrid: Bool { if case .several(_, .hybrid) = self { true } else { false } }

  package var suggestion: TaxonSuggestion? { if case .suggested(let suggestion) = self { suggestion } else { nil } }

  /// Whether anything at all is known of it, be it a suggestion.
  var isUnderstood: Bool { self != .unknown }
}

/// One of several names in a text.
package struct NamedPart: Equatable, Sendable {
  /// As written, with the genus that it shares with its neighbour: `Panthera tigris` of `Panthera leo/tigris`.
  package let written: String
  package let match: TaxonMatch

  package init(written: String, match: TaxonMatch) {
    self.written = written
    self.match = match
  }
}

/// How several names in one text belong together.
package enum NameJoin: Equatable, Sendable {
  /// `Panthera leo/tigris`, `Ara macao, Ara ararauna`.
  case list
  /// `Panthera leo x tigris`: one animal or plant of these parents.
  case hybrid
}

/// The taxa that a misspelt name may mean.
///
/// Shape:  one candidate is the suggestion; of several that are equally near none is chosen, and all are named.
package struct TaxonSuggestion: Equatable, Sendable {
  package struct Candidate: Equatable, Sendable {
    package let taxon: TaxonID
    /// The name of it that is near; a synonym, perhaps.
    package let name: String
  }

  package let candidates: [Candidate]
  /// How the first of them differs from what was written.
  package let difference: SpellingDifference
  /// The genus, where it is written without a fault and no candidate is of another one: that much is certain.
  package let genus: TaxonID?

  /// The taxon that is suggested; nil where several are equally near.
  package var taxon: TaxonID? { candidates.count == 1 ? candidates[0].taxon : nil }
}

/// In what two spellings differ.
package enum SpellingDifference: Equatable, Sendable {
  case otherLetter, missingLetter, extraLetter, swappedLetters
  case sound, ending, blank, soundAndLetter, genusAndEpithet

  package var words: String {
    switch self {
    case .otherLetter: "one letter differs"
    case .missingLetter: "one letter is missing"
    case .extraLetter: "one letter too many"
    case .swappedLetters: "two letters are swapped"
    case .sound: "it sounds the same"
    case .ending: "the ending differs"
    case .blank: "it is divided otherwise"
    case .soundAndLetter: "it sounds the same but for one letter"
    case .genusAndEpithet: "genus and epithet both differ a little"
    }
  }
}

extension TaxonTable {
  /// `suggested: Pan troglodytes (one letter differs)`; `equally near to … and …: none is chosen`.
  package func words(for suggestion: TaxonSuggestion) -> String {
    let names = suggestion.candidates.map { candidate in
      let accepted = acceptedName(of: candidate.taxon)
      return accepted == candidate.name ? accepted : "\(accepted), by its synonym \(candidate.name)"
    }
    let difference = suggestion.difference.words
    guard names.count > 1 else { return "suggested: \(names.first ?? "nothing") (\(difference))" }
    return "equally near to \(names.prefix(3).joined(separator: " and "))"
      + (names.count > 3 ? " and \(names.count - 3) more" : "") + " (\(difference)): none is chosen"
  }
}
