/// What a name, as somebody has written it, means.
package enum TaxonMatch: Equatable, Sendable {
  /// One taxon, and what the name is to it.
  case taxon(TaxonID, by: NameKind)
  /// A common name of several taxa, all of one genus or family: this is that group.
  case group(TaxonID, of: [TaxonID])
  /// A species that the table does not have, of a genus that it has.
  case within(TaxonID)
  /// Several taxa without a genus or family in common; a hybrid; an abbreviation that fits several.
  case ambiguous([TaxonID])
  case unknown

  /// The taxon that is meant, if it is certain which.
  package var taxon: TaxonID? {
    switch self {
    case .taxon(let taxon, _), .group(let taxon, _): taxon
    case .within, .ambiguous, .unknown: nil
    }
  }

  /// That taxon, or the genus where the species is not known: what it can be counted under.
  package var nearest: TaxonID? {
    if case .within(let genus) = self { return genus }
    return taxon
  }
}

extension TaxonTable {
  /// The taxon that a name means: an accepted name, a synonym or a common name, after folding (`TaxonKey`).
  ///
  /// Rule:   nothing is corrected. Understood besides are authors (`Loxodonta africana (Blumenbach, 1797)`), open names
  ///         (`Loxodonta spp.`, `Python cf. regius`: the genus), subspecies that the table lacks (the species), the
  ///         English plural, and `L. africana` where one genus of `context` begins so.
  package func match(_ name: String, among context: [TaxonID] = []) -> TaxonMatch {
    let key = TaxonKey.of(name)
    if let match = match(key: key) { return match }
    let written = WrittenName(name)
    if let match = hybrid(written) ?? abbreviated(written, context) { return match }
    if let match = scientific(written) ?? plural(key) { return match }
    return .unknown
  }

  /// As `match`, and the taxon itself; nil where it is not certain which is meant.
  package func taxon(named name: String, among context: [TaxonID] = [], on day: Day? = nil) -> Taxon? {
    match(name, among: context).taxon.map { taxon($0, on: day) }
  }

  /// What the names in one cell mean, each being context for the abbreviations among the others.
  package func matches(ofCell names: [String]) -> [TaxonMatch] {
    let first = names.map { match($0) }
    let context = first.compactMap(\.nearest)
    return zip(names, first).map { name, match in match == .unknown ? self.match(name, among: context) : match }
  }

  /// The taxa that a name may mean.
  package func candidates(named name: String, among context: [TaxonID] = []) -> [TaxonID] {
    switch match(name, among: context) {
    case .taxon(let taxon, _), .within(let taxon): [taxon]
    case .group(_, let taxa), .ambiguous(let taxa): taxa
    case .unknown: []
    }
  }

  // MARK: By key

  func match(key: some Collection<UInt8>, kinds: ClosedRange<NameKind> = .accepted ... .common) -> TaxonMatch? {
    let found = names.entries(for: key).map { names.entries[$0] }.filter { kinds.contains($0.kind) }
    // A scientific name is nobody's common name: `Python` is the genus.
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

  private func scientificTaxon(_ words: ArraySlice<String>) -> TaxonID? {
    let key = TaxonKey.of(words.joined(separator: " "))
    return match(key: key, kinds: .accepted ... .synonym)?.taxon
  }

  // MARK: Names of scientific form

  private func scientific(_ name: WrittenName) -> TaxonMatch? {
    let words = name.words
    guard let first = words.first else { return nil }
    if words.count >= 2, WrittenName.openMarks.contains(words[1]) {
      return scientificTaxon(words.prefix(1)).map { .taxon($0, by: .accepted) }
    }
    for length in stride(from: min(3, words.count), through: 2, by: -1) {
      if let taxon = scientificTaxon(words.prefix(length)) { return .taxon(taxon, by: .accepted) }
    }
    guard name.isCapitalised, let genus = scientificTaxon(words.prefix(1)) else { return nil }
    if name.hasAuthorOfOneWord || words.count == 1 { return .taxon(genus, by: .accepted) }
    guard name.hasEpithet, rank(of: genus) == .genus, first.utf8.count > 1 else { return nil }
    return .within(genus)
  }

  private func hybrid(_ name: WrittenName) -> TaxonMatch? {
    guard let sign = name.words.dropFirst().firstIndex(of: "x"), name.words.count > sign + 1 else { return nil }
    let left = name.words[..<sign]
    var right = name.words[(sign + 1)...]
    if right.count == 1, left.count > 1 { right = [left[0]] + right }
    let parents = [left, right].compactMap { scientificTaxon($0.prefix(2)) }
    return parents.isEmpty ? nil : .ambiguous(parents)
  }

  /// `L. africana`, by the genera of the context.
  private func abbreviated(_ name: WrittenName, _ context: [TaxonID]) -> TaxonMatch? {
    guard name.words.count >= 2, name.words[0].count == 1 else { return nil }
    var taxa: [TaxonID] = []
    for genus in Set(context.compactMap { taxon($0, rolledUpTo: .genus) }).sorted() {
      let word = acceptedName(of: genus)
      guard word.lowercased().hasPrefix(name.words[0]) else { continue }
      if let taxon = scientificTaxon([word, name.words[1]]), !taxa.contains(taxon) { taxa.append(taxon) }
    }
    return taxa.count == 1 ? .taxon(taxa[0], by: .accepted) : taxa.isEmpty ? nil : .ambiguous(taxa)
  }

  /// `African elephants` for `African elephant`; only English common names.
  private func plural(_ key: [UInt8]) -> TaxonMatch? {
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
}

extension [UInt8] {
  fileprivate func ends(with text: StaticString) -> Bool {
    text.withUTF8Buffer { count >= $0.count && suffix($0.count).elementsEqual($0) }
  }
}

/// A name taken apart as one of scientific form.
struct WrittenName {
  /// Folded, without what stands in brackets.
  let words: [String]
  /// Whether the name begins as a scientific name does: `Python`, not `python`, not `PYTHON`.
  let isCapitalised: Bool
  /// Whether nothing but one epithet follows: `Iguana insularis`.
  let hasEpithet: Bool
  /// Whether an author follows the first word: `Elephantidae Gray, 1821`.
  let hasAuthorOfOneWord: Bool

  static let openMarks: Set<String> = ["sp", "spp", "ssp", "species", "cf", "aff", "indet"]

  init(_ name: String) {
    let plain = Self.withoutBrackets(name)
    let key = TaxonKey.of(plain)
    words = key.split(separator: 0x20).map { String(decoding: $0, as: UTF8.self) }
    let raw = plain.split { $0 == " " || $0 == "\u{A0}" || $0 == "_" }
    func isSmall(_ word: Substring) -> Bool { word.utf8.allSatisfy { $0 &- 0x61 < 26 || $0 == UInt8(ascii: "-") } }
    isCapitalised =
      raw.first.map { $0.utf8.count > 1 && $0.utf8.first! &- 0x41 < 26 && isSmall($0.dropFirst()) } ?? false
    hasEpithet = raw.count == 2 && raw[1].utf8.count > 2 && isSmall(raw[1])
    let rest = raw.dropFirst()
    hasAuthorOfOneWord =
      rest.last.map { $0.utf8.count == 4 && $0.utf8.allSatisfy { $0 &- 0x30 < 10 } } ?? false
      && !(rest.first.map(isSmall) ?? true)
  }

  private static func withoutBrackets(_ name: String) -> String {
    var depth = 0
    var plain = ""
    for character in name {
      switch character {
      case "(", "（", "[": depth += 1
      case ")", "）", "]": depth = max(0, depth - 1)
      default: if depth == 0 { plain.append(character) }
      }
    }
    return plain
  }
}
