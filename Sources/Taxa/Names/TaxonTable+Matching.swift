import SmallFormats

extension TaxonTable {
  /// What a name means: an accepted name, a synonym or a common name, after folding (`TaxonKey`); or several of them.
  ///
  /// Rule:   nothing is corrected. Understood besides are authors (`Loxodonta africana (Blumenbach, 1797)`), open names
  ///         (`Loxodonta spp.`, `Python cf. regius`: the genus), subspecies that the table lacks (the species), the
  ///         English plural, common names divided otherwise (`sea horse`), and `L. africana` where one genus of
  ///         `context` begins so. What is near a scientific name is a suggestion (`TaxonSuggestion`), never that taxon.
  /// Cost:   a microsecond for what the tables have; some tens for a suggestion.
  ///
  /// - Parameter suggests: whether what is near is looked for where nothing else is found.
  package func match(_ name: String, among context: [TaxonID] = [], suggests: Bool = true) -> TaxonMatch {
    let key = TaxonKey.of(name)
    if let match = match(key: key) ?? plural(key) ?? several(name, context, suggests) { return match }
    let written = WrittenName(name)
    let match = undivided(written, key, context, suggests)
    guard match == .unknown, let inBrackets = written.inBrackets else { return match }
    return scientificName(inBrackets, suggests) ?? match
  }

  /// `Pyxie frog (Pyxicephalus adspersus)`: the scientific name in brackets behind words that say nothing to the tables.
  private func scientificName(_ text: String, _ suggests: Bool) -> TaxonMatch? {
    let written = WrittenName(text)
    guard written.words.count >= 2 else { return nil }
    let match = undivided(written, TaxonKey.of(text), [], suggests)
    switch match {
    case .taxon(_, .accepted), .taxon(_, .synonym), .within, .suggested: return match
    case .taxon(_, .common), .group, .ambiguous, .several, .unknown: return nil
    }
  }

  /// As `match`, of a text that holds one name.
  func undivided(_ written: WrittenName, _ key: [UInt8], _ context: [TaxonID], _ suggests: Bool) -> TaxonMatch {
    if let match = abbreviated(written, genusWords(of: context)) { return match }
    let scientific = scientific(written)
    if let scientific, scientific.taxon != nil { return scientific }
    if let match = writtenApart(key) { return match }
    if suggests, let suggestion = suggestion(for: written, scientific?.nearest) { return .suggested(suggestion) }
    return scientific ?? .unknown
  }

  /// As `match`, and the taxon itself; nil where it is not certain which is meant.
  package func taxon(named name: String, among context: [TaxonID] = [], on day: CalendarDay? = nil) -> Taxon? {
    match(name, among: context, suggests: false).taxon.map { taxon($0, on: day) }
  }

  /// The taxa that a species cell certainly names: several where it holds several names.
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

  /// The match of a scientific name that consists of these words.
  func scientificMatch(_ words: some Sequence<String>) -> TaxonMatch? {
    match(key: TaxonKey.of(words.joined(separator: " ")), kinds: .accepted ... .synonym)
  }

  // MARK: Names of scientific form

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

  /// `African elephants` for `African elephant`; only English common names.
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

  /// Shorter words run together by chance.
  private static let shortestJoined = 6

  /// `sea horse` for `seahorse`, `sealion` for `sea lion`: a common name whose letters are the same without the blanks.
  private func writtenApart(_ key: [UInt8]) -> TaxonMatch? {
    let joined = key.filter { $0 != 0x20 }
    guard joined.count >= Self.shortestJoined else { return nil }
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
