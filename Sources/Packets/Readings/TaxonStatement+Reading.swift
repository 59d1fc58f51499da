import CaseFiles

extension TaxonStatement {
  /// What the taxon tables make of a listing's names.
  ///
  /// Rule:   the first name in the species cell that they know. Otherwise, unless a name there has scientific form, the taxon
  ///         of the term that raised the risk most. Otherwise what the names in the cell look like.
  init(of listing: CaseListing) {
    let plain = TaxonStatement(species: listing.taxa)
    guard let reading = listing.reading, let taxon = reading.statedTaxon(unless: plain.scientificName) else {
      self = plain.notKnown(to: listing.reading)
      return
    }
    if let hybrid = reading.hybrid {
      self.init(
        scientificName: hybrid.joined(separator: " × "), commonName: nil, rank: .species,
        basis: ([reading.origin(of: taxon), "a hybrid, whose own appendix the tables do not tell"]
          + [taxon.protectionInWords, reading.otherwiseNamed(than: taxon)].compactMap { $0 }
          + ["which animals or plants the parents are was not verified"]).joined(separator: "; "),
        appendix: "?")
      return
    }
    var common: String?
    if case .speciesCell(let written, "common name")? = taxon.origins.first { common = written }
    let (rank, rankNote) = Self.rank(taxon.rank)
    self.init(
      scientificName: taxon.name, commonName: common, rank: rank,
      basis: ([reading.origin(of: taxon), rankNote, taxon.protectionInWords].compactMap { $0 }
        + [reading.otherwiseNamed(than: taxon), "by names alone, the species is not verified"].compactMap { $0 })
        .joined(separator: "; "),
      appendix: Self.appendixCode(taxon.cites))
  }

  /// The statement with the names that the tables do not know.
  private func notKnown(to reading: CitedReading?) -> TaxonStatement {
    guard let reading, !reading.unresolved.isEmpty else { return self }
    let words = reading.unresolved.map { "“\($0.written)”: \($0.why)" }.joined(separator: "; ")
    return TaxonStatement(
      scientificName: scientificName, commonName: commonName, rank: rank,
      basis: "\(basis); by the taxon tables \(words)",
      appendix: appendix)
  }

  /// The rank in the format's words, with a remark where the format has none.
  ///
  /// Shape:  a variety becomes a subspecies, a subfamily a family, and every other unknown rank an order.
  private static func rank(_ name: String) -> (Rank, String?) {
    func nearest(_ rank: Rank) -> (Rank, String?) {
      (rank, "the rank is \(name), for which the format has no word; \(rank.rawValue) is the nearest")
    }
    if let rank = Rank(rawValue: name) { return (rank, nil) }
    switch name {
    case "variety": return nearest(.subspecies)
    case "subfamily": return nearest(.family)
    default: return nearest(.order)
    }
  }

  /// The appendix in the format's codes, which lack some mixtures of populations.
  ///
  /// Shape:  `I`, `II`, `III` or `I/II`; `N` for a taxon that the tables know as unlisted; `?` for everything else.
  private static func appendixCode(_ cites: CitedProtection?) -> String {
    switch cites?.level {
    case .some(let level) where ["I", "II", "III", "I/II"].contains(level): level
    case "none": "N"
    default: "?"
    }
  }
}

extension CitedReading {
  /// The taxon that the packet names; nil if the species cell has a scientific name that no table has.
  ///
  /// Fails:  with nil also if the reading has no taxon at all.
  fileprivate func statedTaxon(unless named: String) -> CitedTaxon? {
    if let first = taxa.first, first.isInSpeciesCell { return first }
    guard named == TaxonStatement.unknownName else { return nil }
    for point in points where point.points > 0 {
      if let taxon = taxa.first(where: { taxon in point.hits.contains(where: taxon.isNamed(byHit:)) }) { return taxon }
    }
    return taxa.first
  }

  /// The parents of the hybrid that the species cell names first; nil if its first name is no hybrid.
  fileprivate var hybrid: [String]? {
    guard case .speciesCell(let written, let nameIs)? = taxa.first?.origins.first, nameIs.hasSuffix(TaxonOrigin.parent)
    else { return nil }
    let parents = taxa.filter { taxon in
      taxon.origins.contains {
        if case .speciesCell(written, let nameIs) = $0 { nameIs.hasSuffix(TaxonOrigin.parent) } else { false }
      }
    }
    // If a parent is in no table, the name as written says everything that is known.
    return parents.count > 1 ? parents.map(\.name) : [written]
  }

  /// What names the taxon, in words.
  fileprivate func origin(of taxon: CitedTaxon) -> String { taxon.originInWords(hits.map(\.span.text)) }

  /// The other taxa and unknown names, in words; nil for none.
  fileprivate func otherwiseNamed(than taxon: CitedTaxon) -> String? {
    let others = taxa.filter { $0.name != taxon.name }.map { "\($0.name) (\($0.citesInWords))" }
    let unknown = unresolved.map { "“\($0.written)” (\($0.why))" }
    let all = others + unknown
    return all.isEmpty ? nil : "also named: " + all.joined(separator: ", ")
  }
}

extension CitedTaxon {
  /// Whether the species cell names the taxon first.
  fileprivate var isInSpeciesCell: Bool {
    if case .speciesCell? = origins.first { true } else { false }
  }

  /// Whether a hit names the taxon.
  fileprivate func isNamed(byHit place: Int) -> Bool {
    origins.contains { if case .terms(let places) = $0 { places.contains(place) } else { false } }
  }

  /// What names the taxon, in words.
  ///
  /// Shape:  one clause per origin, joined by semicolons.
  ///
  /// - Parameter texts: the words of the listing's hits, as it writes them.
  func originInWords(_ texts: [String]) -> String {
    origins.map { origin in
      switch origin {
      case .speciesCell(let written, let nameIs): "named “\(written)” in the dataset's species field (\(nameIs))"
      case .terms(let places):
        "meant by its words \(Self.words(ofHits: places, texts)), as the lexicons have them"
      }
    }.joined(separator: "; ")
  }

  /// The words of hits, each once, at most three.
  private static func words(ofHits places: [Int], _ texts: [String]) -> String {
    var seen: [String] = []
    for place in places where texts.indices.contains(place) && !seen.contains(texts[place]) {
      seen.append(texts[place])
    }
    return seen.prefix(3).map { "“\($0)”" }.joined(separator: ", ")
  }

  /// The appendix in words.
  var citesInWords: String { cites.map(inWords) ?? "CITES: unknown" }

  /// The level in China in words. That list uses names of its own, so whatever it lacks is unknown.
  var chinaInWords: String { china.map(inWords) ?? "China's list: unknown" }

  /// The appendix on the day of the advert, if it differed, or if the current one came later.
  ///
  /// Units:  days as YYYY-MM-DD, compared as text.
  /// Fails:  with nil if that day changes nothing, or if nothing is known about it.
  var dayInWords: String? {
    if onDay == nil, let advertDay, let since = cites?.since, advertDay < since {
      return "that came into force after the day of the advert, \(advertDay), for which the tables do not tell"
    }
    guard let onDay, onDay.cites.level != cites?.level else { return nil }
    return "on the day of the advert, \(onDay.day): \(inWords(onDay.cites))"
  }

  /// All lists and days in words.
  fileprivate var protectionInWords: String {
    ["by the taxon tables " + citesInWords, chinaInWords, dayInWords].compactMap { $0 }.joined(separator: "; ")
  }

  /// What the table says, the name on the list, and the source.
  private func inWords(_ protection: CitedProtection) -> String {
    var more: [String] = []
    if protection.listedAs != name { more.append("listed as \(protection.listedAs)") }
    if let source = protection.source { more.append("source \(source)") }
    if !protection.note.isEmpty { more.append(protection.note) }
    return protection.words + (more.isEmpty ? "" : " (\(more.joined(separator: "; ")))")
  }
}

extension CitedPoint {
  /// The points with their sign, a true minus sign for negative ones.
  var signed: String { Self.signed(points) }

  /// Points with their sign.
  static func signed(_ points: Int) -> String { points > 0 ? "+\(points)" : points < 0 ? "−\(points.magnitude)" : "0" }
}
