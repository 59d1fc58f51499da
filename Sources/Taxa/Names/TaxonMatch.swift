import Sentences
import SmallFormats

/// The meaning of a name as written.
package indirect enum TaxonMatch: Equatable, Sendable {
  /// One taxon, and the kind of name it is.
  case taxon(TaxonID, by: NameKind)
  /// A common name of several taxa of one genus or family, which is this group.
  case group(TaxonID, of: [TaxonID])
  /// A species that the tables lack, in a genus that they have.
  case within(TaxonID)
  /// Several taxa without a common genus or family, or an abbreviation that fits several.
  case ambiguous([TaxonID])
  /// Several names in one text (`Panthera leo/tigris`), or the parents of a hybrid.
  case several([NamedPart], as: NameJoin)
  /// Not a known name, but close to one. It is never certain, so no appendix follows from it.
  case suggested(TaxonSuggestion)
  /// Neither known nor close to a known name.
  case unknown

  /// The taxon, if it is certain.
  package var taxon: TaxonID? {
    switch self {
    case .taxon(let taxon, _), .group(let taxon, _): taxon
    case .within, .ambiguous, .several, .suggested, .unknown: nil
    }
  }

  /// The taxon, or the genus if the species is not known: what the name counts under.
  package var nearest: TaxonID? {
    switch self {
    case .within(let genus): genus
    case .suggested(let suggestion): suggestion.genus
    default: taxon
    }
  }

  /// The names in it, each with its meaning; for a single name, that name.
  package func parts(of name: String) -> [NamedPart] {
    guard case .several(let parts, _) = self else { return [NamedPart(written: name, match: self)] }
    return parts.flatMap { $0.match.parts(of: $0.written) }
  }

  /// The meaning of each name in it.
  package var each: [TaxonMatch] {
    guard case .several(let parts, _) = self else { return [self] }
    return parts.flatMap(\.match.each)
  }

  package var isHybrid: Bool { if case .several(_, .hybrid) = self { true } else { false } }

  /// The suggestion, if it is one.
  package var suggestion: TaxonSuggestion? { if case .suggested(let suggestion) = self { suggestion } else { nil } }

  /// Whether anything is known about it, even a suggestion.
  var isUnderstood: Bool { self != .unknown }
}

/// One of several names in a text.
package struct NamedPart: Equatable, Sendable {
  /// As written, completed by a shared genus: `Panthera tigris` in `Panthera leo/tigris`.
  package let written: String
  /// What the name means.
  package let match: TaxonMatch

  package init(written: String, match: TaxonMatch) {
    self.written = written
    self.match = match
  }
}

/// How several names in one text are related.
package enum NameJoin: Equatable, Sendable {
  /// `Panthera leo/tigris`, `Ara macao, Ara ararauna`.
  case list
  /// `Panthera leo x tigris`: one animal or plant of these parents.
  case hybrid
}

/// The taxa that a misspelt name may mean.
///
/// Shape:  one candidate is the suggestion. Of several that are equally close, all are named and none is chosen.
/// Limits: a suggestion for a person to check. No appendix, facet or filter takes it for the taxon.
package struct TaxonSuggestion: Equatable, Sendable {
  /// One taxon that may be meant.
  package struct Candidate: Equatable, Sendable {
    package let taxon: TaxonID
    /// The name that is close, which may be a synonym.
    package let name: String
  }

  /// Equally close ones, in the order of the tables.
  package let candidates: [Candidate]
  /// How the first candidate differs from what was written.
  package let difference: SpellingDifference
  /// The genus, if it is spelt correctly and all candidates are of it: that much is certain.
  package let genus: TaxonID?

  /// The suggested taxon; nil if several are equally close.
  package var taxon: TaxonID? { candidates.count == 1 ? candidates[0].taxon : nil }
}

/// How two spellings differ.
package enum SpellingDifference: Equatable, Sendable {
  case otherLetter, missingLetter, extraLetter, swappedLetters
  case sound, ending, blank, soundAndLetter, genusAndEpithet

  /// The difference in words.
  package func words(_ say: Wording = .files) -> String {
    switch self {
    case .otherLetter: say(Sentence("one letter differs"))
    case .missingLetter: say(Sentence("one letter is missing"))
    case .extraLetter: say(Sentence("one letter too many"))
    case .swappedLetters: say(Sentence("two letters are swapped"))
    case .sound: say(Sentence("it sounds the same"))
    case .ending: say(Sentence("the ending differs"))
    case .blank: say(Sentence("it is divided otherwise"))
    case .soundAndLetter: say(Sentence("it sounds the same but for one letter"))
    case .genusAndEpithet: say(Sentence("genus and epithet both differ a little"))
    }
  }
}

extension TaxonTable {
  /// The suggestion in words: `suggested: Pan troglodytes (one letter differs)`.
  ///
  /// - Parameter say: for whom; packets and commands are in English.
  package func words(for suggestion: TaxonSuggestion, _ say: Wording = .files) -> String {
    let names = suggestion.candidates.map { candidate in
      let accepted = acceptedName(of: candidate.taxon)
      return accepted == candidate.name
        ? accepted : say(Sentence("\(accepted), by its synonym \(candidate.name)"))
    }
    let difference = suggestion.difference.words(say)
    guard let first = names.first, names.count > 1 else {
      return say(Sentence("suggested: \(names.first ?? "?") (\(difference))"))
    }
    let near = names.prefix(3).dropFirst().reduce(first) { say(Sentence("\($0) and \($1)")) }
    let list = names.count > 3 ? say(Sentence("\(near) and \(names.count - 3) more")) : near
    return say(Sentence("equally near to \(list) (\(difference)): none is chosen"))
  }
}

extension TaxonTable {
  /// The meaning of a name: an accepted name, a synonym or a common name, after folding (`TaxonKey`), or several of them.
  ///
  /// Rule:   nothing is corrected. Also understood are authors (`Loxodonta africana (Blumenbach, 1797)`), open names
  ///         (`Loxodonta spp.`, `Python cf. regius`: the genus), subspecies that the tables lack (the species), English
  ///         plurals, common names divided differently (`sea horse`), and `L. africana` if one genus of `context` begins
  ///         like that. A name close to a scientific name is a suggestion (`TaxonSuggestion`), never that taxon.
  /// Cost:   a microsecond for known names, some tens for a suggestion.
  ///
  /// - Parameter suggests: whether to look for close names if nothing else is found.
  package func match(_ name: String, among context: [TaxonID] = [], suggests: Bool = true) -> TaxonMatch {
    let key = TaxonKey.of(name)
    if let match = match(key: key) ?? plural(key) ?? several(name, context, suggests) { return match }
    let written = WrittenName(name)
    let match = undivided(written, key, context, suggests)
    guard match == .unknown, let inBrackets = written.inBrackets else { return match }
    return scientificName(inBrackets, suggests) ?? match
  }

  /// The scientific name in brackets behind unknown words: `Pyxie frog (Pyxicephalus adspersus)`.
  private func scientificName(_ text: String, _ suggests: Bool) -> TaxonMatch? {
    let written = WrittenName(text)
    guard written.words.count >= 2 else { return nil }
    let match = undivided(written, TaxonKey.of(text), [], suggests)
    switch match {
    case .taxon(_, .accepted), .taxon(_, .synonym), .within, .suggested: return match
    case .taxon(_, .common), .group, .ambiguous, .several, .unknown: return nil
    }
  }

  /// The same as `match`, for a text with one name.
  func undivided(_ written: WrittenName, _ key: [UInt8], _ context: [TaxonID], _ suggests: Bool) -> TaxonMatch {
    if let match = abbreviated(written, genusWords(of: context)) { return match }
    let scientific = scientific(written)
    if let scientific, scientific.taxon != nil { return scientific }
    if let match = writtenApart(key) { return match }
    if suggests, let suggestion = suggestion(for: written, scientific?.nearest) { return .suggested(suggestion) }
    return scientific ?? .unknown
  }

  /// The taxon of a name, as it is shown; nil if it is not certain.
  package func taxon(named name: String, among context: [TaxonID] = [], on day: CalendarDay? = nil) -> Taxon? {
    match(name, among: context, suggests: false).taxon.map { taxon($0, on: day) }
  }

  /// The taxa that a species cell names beyond doubt.
  package func taxa(named name: String) -> [Taxon] {
    match(name, suggests: false).each.compactMap(\.taxon).map { taxon($0) }
  }

  /// The taxa that a name may mean.
  package func candidates(named name: String, among context: [TaxonID] = []) -> [TaxonID] {
    match(name, among: context).each.flatMap { match -> [TaxonID] in
      switch match {
      case .taxon(let taxon, _), .within(let taxon): [taxon]
      case .group(_, let taxa), .ambiguous(let taxa): taxa
      case .suggested(let suggestion): suggestion.candidates.map(\.taxon)
      case .several, .unknown: []
      }
    }
  }

  // MARK: By key

  /// The meaning of a key among names of some kinds.
  func match(key: some Collection<UInt8>, kinds: ClosedRange<NameKind> = .accepted ... .common) -> TaxonMatch? {
    let found = names.entries(for: key).map { names.entries[$0] }.filter { kinds.contains($0.kind) }
    // A scientific name takes precedence over the same common name: `Python` is the genus.
    guard let kind = found.map(\.kind).min() else { return nil }
    var taxa: [TaxonID] = []
    for entry in found where entry.kind == kind {
      let taxon = TaxonID(Int(entry.taxon))
      if !taxa.contains(taxon) { taxa.append(taxon) }
    }
    if taxa.count == 1 { return .taxon(taxa[0], by: kind) }
    guard let group = commonTaxon(of: taxa), rank(of: group) >= .family else { return .ambiguous(taxa) }
    return .group(group, of: taxa)
  }

  /// The meaning of a scientific name that consists of these words.
  func scientificMatch(_ words: some Sequence<String>) -> TaxonMatch? {
    match(key: TaxonKey.of(words.joined(separator: " ")), kinds: .accepted ... .synonym)
  }

  // MARK: Names of scientific form

  /// The meaning of a name with the form of a scientific one.
  private func scientific(_ name: WrittenName) -> TaxonMatch? {
    let words = name.words
    guard let first = words.first else { return nil }
    if let genus = name.openGenus { return scientificMatch([genus])?.taxon.map { .taxon($0, by: .accepted) } }
    for length in stride(from: min(3, words.count), through: 2, by: -1) {
      if let taxon = scientificMatch(words.prefix(length))?.taxon { return .taxon(taxon, by: .accepted) }
    }
    guard name.isCapitalised, let genus = scientificMatch(words.prefix(1))?.taxon else { return nil }
    if name.hasAuthorOfOneWord || words.count == 1 { return .taxon(genus, by: .accepted) }
    guard name.hasEpithet, rank(of: genus) == .genus, first.utf8.count > 1 else { return nil }
    return .within(genus)
  }

  // MARK: Common names

  /// `African elephants` for `African elephant`; English common names only.
  func plural(_ key: [UInt8]) -> TaxonMatch? {
    guard key.last == UInt8(ascii: "s"), key.count > 3 else { return nil }
    var singulars = [Array(key.dropLast())]
    if key.ends(with: "es") { singulars.append(Array(key.dropLast(2))) }
    if key.ends(with: "ies") { singulars.append(key.dropLast(3) + [UInt8(ascii: "y")]) }
    for singular in singulars {
      let isEnglish = names.entries(for: singular).contains { names.entries[$0].language == .english }
      if isEnglish, let match = match(key: singular, kinds: .common ... .common) { return match }
    }
    return nil
  }

  /// Shorter names may be joined by chance.
  private static let minimumJoined = 6

  /// A common name with the same letters but other spaces: `sea horse` for `seahorse`, `sealion` for `sea lion`.
  private func writtenApart(_ key: [UInt8]) -> TaxonMatch? {
    let joined = key.filter { $0 != 0x20 }
    guard joined.count >= Self.minimumJoined else { return nil }
    if joined.count < key.count {
      if let match = match(key: joined, kinds: .common ... .common) ?? plural(joined) { return match }
    }
    return spellingIndex.divided(joined, names).lazy.compactMap { self.match(key: $0, kinds: .common ... .common) }
      .first
  }
}

extension [UInt8] {
  fileprivate func ends(with text: StaticString) -> Bool {
    text.withUTF8Buffer { count >= $0.count && suffix($0.count).elementsEqual($0) }
  }
}
