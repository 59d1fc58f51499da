import CodeWords
import Listings
import Workspace
import SmallFormats
import Taxa

/// Puts what lexicons and taxon tables say about listings into the form in which a packet cites it.
///
/// Shape:  every reason with its words, place and source, so that it can be answered for without this program.
/// Cost:   about a second reading of the listing's text; for the listings of a packet, not for a dataset.
/// Fails:  never; what is in no table is said to be unknown.
package struct ListingCitation: Sendable {
  private let lexicons: CompiledLexicons
  private let taxa: TaxonTable
  /// The files that were read, by path.
  private let files: [String: CitedFile]
  private let sources: [String: LexiconSource]
  private let off: [String]

  package init(
    _ lexicons: CompiledLexicons, of set: LexiconSet, taxa: TaxonTable, files: [(path: String, file: CitedFile)]
  ) {
    self.lexicons = lexicons
    self.taxa = taxa
    self.files = Dictionary(files.map { ($0.path, $0.file) }) { first, _ in first }
    sources = set.sources
    off = set.off.intersection(set.lexicons.map(\.name)).sorted()
  }

  /// - Parameters:
  ///   - names: those of the species cell, in its order.
  ///   - others: the names of the whole dataset, by which abbreviated ones are understood.
  ///   - day: that of the advert, where it is known.
  package func reading(
    _ reading: ListingReading, of text: ListingText, species names: [String] = [], beside others: [String] = [],
    day: CalendarDay? = nil
  ) -> CitedReading {
    var cited = CitedReading()
    if lexicons.terms.isEmpty {
      cited.readability = .unreadable("not read for code words: no lexicon was on")
    } else {
      read(reading, of: text, into: &cited)
    }
    if !taxa.isEmpty { citeTaxa(names, others, reading, day, into: &cited) }
    return cited
  }

  // MARK: Words

  private func read(_ reading: ListingReading, of text: ListingText, into cited: inout CitedReading) {
    let why = reading.why(lexicons, text)
    if reading.readability == .read {
      cited.risk = reading.risk?.value
      cited.points = why.map { line in
        CitedPoint(points: line.points, why: line.text, hits: line.hits.filter { $0 < CitedReading.mostHits })
      }
    } else {
      cited.readability = .unreadable(why.map(\.text).joined(separator: "; "))
    }
    let hits = Array(reading.hits.prefix(CitedReading.mostHits))
    cited.hitsLeftOut = reading.hits.count - hits.count
    let spans = SpanReading(text)
    cited.hits = zip(hits, lexicons.forms(of: hits, in: text)).map { hit, form in
      CitedHit(
        term: term(hit.term), span: spans.span(hit.field, hit.bytes), writing: form?.writing, folded: form?.folded,
        seenThrough: hit.folds.names, standing: CitedHit.Standing(hit.standing), because: ground(hit, spans))
    }
  }

  private func term(_ id: TermID) -> CitedTerm {
    let row = lexicons[id]
    let file = files[row.place.file]
    return CitedTerm(row: row, file: file?.name ?? row.place.lexicon + ".csv", digest: file?.digest.hex)
  }

  private func ground(_ hit: Hit, _ spans: SpanReading) -> CitedGround? {
    func near(_ kind: CitedGround.Kind, _ word: Nearby) -> CitedGround {
      CitedGround(kind: kind, condition: word.condition.description, span: spans.span(word.field, word.bytes))
    }
    switch hit.standing {
    case .counted(nil), .weak: return nil
    case .counted(let word?): return near(.needMet, word)
    case .void(.near(let word)): return near(.near, word)
    case .void(.guarded(let word)): return near(.partOfWord, word)
    case .void(.part(let longer, let bytes)):
      return CitedGround(kind: .partOfTerm, condition: lexicons[longer].name, span: spans.span(hit.field, bytes))
    }
  }

  // MARK: Taxa

  private func citeTaxa(
    _ names: [String], _ others: [String], _ reading: ListingReading, _ day: CalendarDay?,
    into cited: inout CitedReading
  ) {
    var order: [TaxonID] = []
    var origins: [TaxonID: [TaxonOrigin]] = [:]
    func add(_ taxon: TaxonID, _ origin: TaxonOrigin) {
      if origins[taxon] == nil { order.append(taxon) }
      origins[taxon, default: []].append(origin)
    }
    let names = names.filter { !$0.allSatisfy(\.isWhitespace) }
    for (name, match) in zip(names, taxa.matches(ofCell: names, beside: others)) {
      for part in match.parts(of: name) {
        if let taxon = part.match.taxon {
          add(taxon, .speciesCell(written: name, nameIs: nameIs(part, of: match)))
        } else {
          cited.unresolved.append(UnresolvedName(written: part.written, why: why(part.match)))
        }
      }
    }
    var hitsOf: [TaxonID: [Int]] = [:]
    var named: [TaxonID] = []
    for (place, hit) in reading.hits.prefix(CitedReading.mostHits).enumerated()
    where !hit.standing.isVoid && lexicons[hit.term].kind.isEvidence {
      guard let taxon = lexicons.taxon(of: hit.term)?.id else { continue }
      if hitsOf[taxon] == nil { named.append(taxon) }
      hitsOf[taxon, default: []].append(place)
    }
    for taxon in named { add(taxon, .terms(hitsOf[taxon] ?? [])) }
    cited.taxa = order.map { self.taxon($0, origins[$0] ?? [], day) }
  }

  /// What a name, or one of several in a cell, is to its taxon.
  private func nameIs(_ part: NamedPart, of whole: TaxonMatch) -> String {
    let words =
      switch part.match {
      case .taxon(_, let kind): kind.words
      case .group(_, let members): "common name of \(members.count) taxa, all of them of this group"
      case .within, .ambiguous, .several, .suggested, .unknown: "name"
      }
    guard case .several(_, let join) = whole else { return words }
    return join == .hybrid ? "\(words) of \(TaxonOrigin.parent)" : "\(words), one of several names there"
  }

  private func why(_ match: TaxonMatch) -> String {
    switch match {
    case .within(let genus):
      let protection = taxa.taxon(genus).appendixInWords
      return
        "the taxon tables have no such species; of its genus \(taxa.acceptedName(of: genus)) they say: \(protection)"
    case .suggested(let suggestion):
      return "in no taxon table; \(taxa.words(for: suggestion)); a suggestion only, from which no appendix follows"
    case .ambiguous(let several):
      let named = several.prefix(5).map { taxa.acceptedName(of: $0) }.joined(separator: ", ")
      return "it may mean \(named)" + (several.count > 5 ? " and \(several.count - 5) more" : "")
    case .taxon, .group, .several, .unknown: return "in no taxon table"
    }
  }

  private func taxon(_ id: TaxonID, _ origins: [TaxonOrigin], _ day: CalendarDay?) -> CitedTaxon {
    let taxon = taxa.taxon(id)
    var cited = CitedTaxon(name: taxon.acceptedName, rank: taxon.rank.name, origins: origins)
    cited.order = taxon.order
    cited.family = taxon.family
    cited.cites = taxon.cites.map(protection)
    cited.china = taxon.china.map(protection)
    cited.advertDay = day?.description
    cited.onDay = day.flatMap { protection(of: taxon, on: $0) }
    return cited
  }

  private func protection(_ status: ProtectionStatus) -> CitedProtection {
    CitedProtection(
      level: status.text, since: status.listing?.from?.description, asOf: status.asOf?.description,
      listedAs: taxa.acceptedName(of: status.holder), source: status.listing?.source, isVerified: status.isVerified,
      note: status.listing?.note ?? "", words: status.inWords)
  }

  /// Where it stood on a day. A row that does not tell since when is believed only from its source's own day on; of
  /// groups, members may have differed.
  private func protection(of taxon: Taxon, on day: CalendarDay) -> DayProtection? {
    guard let id = taxon.id, taxon.rank >= .species, let status = taxa.status(of: id, in: .cites, on: day),
      let row = status.listing, row.from != nil || status.asOf.map({ $0 <= day }) ?? false
    else { return nil }
    return DayProtection(day: day.description, cites: protection(status))
  }
}

// MARK: - What all of it rests on

extension ListingCitation {
  /// The basis of these readings: all files, and those sources and groups that they name.
  package func basis(of readings: [CitedReading]) -> ReadingBasis {
    var basis = ReadingBasis()
    let files = files.values.sorted {
      ($0.role.rawValue, $0.name, $0.layer.rawValue, $0.digest.hex)
        < ($1.role.rawValue, $1.name, $1.layer.rawValue, $1.digest.hex)
    }
    let isOff = Set(off.map { $0 + ".csv" })
    basis.lexicons = files.filter { $0.role == .lexicon && !isOff.contains($0.name) }
    basis.lexiconsOff = off
    basis.tables = files.filter { $0.role != .lexicon }
    basis.rule = lexicons.terms.isEmpty ? [] : RiskRule.sentences
    var groups: Set<String> = []
    var terms: Set<String> = []
    var listings: Set<String> = []
    for reading in readings {
      for term in reading.hits.map(\.term.row) {
        terms.insert(term.source)
        for case .group(let group) in term.needs + term.unless { groups.insert(group) }
      }
      for taxon in reading.taxa {
        listings.formUnion([taxon.cites, taxon.china, taxon.onDay?.cites].compactMap { $0?.source })
      }
    }
    for group in groups { basis.groups[group] = lexicons.words(ofGroup: group) }
    basis.termSources = terms.sorted().compactMap { sources[$0] }.map(CitedSource.init)
    basis.taxonSources = listings.sorted().compactMap { taxa.sources[$0] }.map(CitedSource.init)
    basis.appendicesKnownUpTo = taxa.baseDay(of: .cites)?.description
    basis.appendicesWarning = taxa.warning
    return basis
  }
}

extension CitedSource {
  fileprivate init(_ source: LexiconSource) {
    self.init(
      id: source.id, citation: source.citation, address: source.url, day: source.accessed.nonEmpty, note: source.note)
  }

  fileprivate init(_ source: TaxonSource) {
    self.init(
      id: source.id, citation: source.citation, address: source.url, day: source.asOf?.description, note: source.note)
  }
}

extension CitedHit.Standing {
  fileprivate init(_ standing: HitStanding) {
    switch standing {
    case .counted: self = .counted
    case .weak: self = .weak
    case .void: self = .void
    }
  }
}

extension NameKind {
  fileprivate var words: String {
    switch self {
    case .accepted: "accepted name"
    case .synonym: "synonym"
    case .common: "common name"
    }
  }
}

/// Pieces of a listing's texts as they stand in a packet.
///
/// Bytes that are no UTF-8 become U+FFFD there, which moves what stands behind them.
private struct SpanReading {
  private let text: ListingText
  private let isExact: [Field: Bool]

  init(_ text: ListingText) {
    self.text = text
    isExact = Dictionary(
      uniqueKeysWithValues: [Field.title, .description].map { field in
        (field, String(validating: text.bytes(of: field), as: UTF8.self) != nil)
      })
  }

  func span(_ field: Field, _ bytes: Range<Int>) -> CitedSpan {
    let place = isExact[field] == true ? bytes : moved(field, bytes.lowerBound)..<moved(field, bytes.upperBound)
    return CitedSpan(field: field, bytes: place, text: text.words(of: field, bytes))
  }

  private func moved(_ field: Field, _ byte: Int) -> Int { text.words(of: field, 0..<byte).utf8.count }
}
