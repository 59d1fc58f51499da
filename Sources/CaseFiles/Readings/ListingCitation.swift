import CodeWords
import Listings
import Workspace
import SmallFormats
import Taxa

/// Turns what lexicons and taxon tables say about listings into the form that a packet cites.
///
/// Shape:  every reason with its words, position and source, so that it can be checked without this program.
/// Cost:   about one more reading of the listing's text; meant for the listings of a packet, not for a dataset.
/// Fails:  never; what no table has is said to be unknown.
package struct ListingCitation: Sendable {
  private let lexicons: CompiledLexicons
  private let taxa: TaxonTable
  /// The files that were read, by path.
  private let files: [String: CitedFile]
  private let sources: [String: LexiconSource]
  /// Names of lexicons that are switched off.
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

  /// The citation of one reading.
  ///
  /// - Parameters:
  ///   - names: the names in the species cell, in its order.
  ///   - others: the names of the whole dataset, which resolve abbreviations.
  ///   - day: the day of the advert, if known.
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

  /// Cites risk, reasons and hits.
  private func read(_ reading: ListingReading, of text: ListingText, into cited: inout CitedReading) {
    let why = reading.why(lexicons, text)
    if reading.readability == .read {
      cited.risk = reading.risk?.value
      cited.points = why.map { line in
        CitedPoint(points: line.points, why: line.text, hits: line.hits.filter { $0 < CitedReading.maximumHits })
      }
    } else {
      cited.readability = .unreadable(why.map(\.text).joined(separator: "; "))
    }
    let hits = Array(reading.hits.prefix(CitedReading.maximumHits))
    cited.hitsLeftOut = reading.hits.count - hits.count
    let spans = SpanReading(text)
    cited.hits = zip(hits, lexicons.forms(of: hits, in: text)).map { hit, form in
      CitedHit(
        term: term(hit.term), span: spans.span(hit.field, hit.bytes), surfaceForm: form?.surfaceForm,
        folded: form?.folded, seenThrough: hit.folds.names, status: CitedHit.Status(hit.status),
        because: reason(hit, spans))
    }
  }

  /// Cites a term, with the file that defines it.
  private func term(_ id: TermID) -> CitedTerm {
    let row = lexicons[id]
    let file = files[row.location.file]
    return CitedTerm(row: row, file: file?.name ?? row.location.lexicon + ".csv", digest: file?.digest.hex)
  }

  /// The words that decided a hit's status; nil if none did.
  private func reason(_ hit: Hit, _ spans: SpanReading) -> CitedReason? {
    func near(_ kind: CitedReason.Kind, _ word: Nearby) -> CitedReason {
      CitedReason(kind: kind, condition: word.condition.description, span: spans.span(word.field, word.bytes))
    }
    switch hit.status {
    case .counted(nil), .weak: return nil
    case .counted(let word?): return near(.needMet, word)
    case .suppressed(.near(let word)): return near(.near, word)
    case .suppressed(.guarded(let word)): return near(.partOfWord, word)
    case .suppressed(.part(let longer, let bytes)):
      return CitedReason(kind: .partOfTerm, condition: lexicons[longer].name, span: spans.span(hit.field, bytes))
    }
  }

  // MARK: Taxa

  /// Cites the taxa of the species cell, then those of the terms.
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
    for (index, hit) in reading.hits.prefix(CitedReading.maximumHits).enumerated()
    where !hit.status.isSuppressed && lexicons[hit.term].kind.isEvidence {
      guard let taxon = lexicons.taxon(of: hit.term)?.id else { continue }
      if hitsOf[taxon] == nil { named.append(taxon) }
      hitsOf[taxon, default: []].append(index)
    }
    for taxon in named { add(taxon, .terms(hitsOf[taxon] ?? [])) }
    cited.taxa = order.map { self.taxon($0, origins[$0] ?? [], day) }
  }

  /// The kind of name that a name, or one of several in a cell, is for its taxon.
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

  /// Why a name could not be resolved.
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

  /// Cites a taxon with its protection.
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

  /// Cites a status.
  private func protection(_ status: ProtectionStatus) -> CitedProtection {
    CitedProtection(
      level: status.text, since: status.listing?.from?.description, asOf: status.asOf?.description,
      listedAs: taxa.acceptedName(of: status.holder), source: status.listing?.source, isVerified: status.isVerified,
      note: status.listing?.note ?? "", words: status.inWords())
  }

  /// The protection on a day; nil if it is not certain. A listing without a first day is trusted only from the day of its
  /// source on. For groups it is never certain, since members may have differed.
  private func protection(of taxon: Taxon, on day: CalendarDay) -> DayProtection? {
    guard let id = taxon.id, taxon.rank >= .species, let status = taxa.status(of: id, in: .cites, on: day),
      let row = status.listing, row.from != nil || status.asOf.map({ $0 <= day }) ?? false
    else { return nil }
    return DayProtection(day: day.description, cites: protection(status))
  }
}

// MARK: - The basis of readings

extension ListingCitation {
  /// The basis of these readings: all files, and the sources and groups that the readings name.
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

extension CitedHit.Status {
  fileprivate init(_ status: HitStatus) {
    switch status {
    case .counted: self = .counted
    case .weak: self = .weak
    case .suppressed: self = .suppressed
    }
  }
}

extension NameKind {
  /// The kind of name, in words.
  fileprivate var words: String {
    switch self {
    case .accepted: "accepted name"
    case .synonym: "synonym"
    case .common: "common name"
    }
  }
}

/// Cites pieces of a listing's texts as they are in a packet.
///
/// Why:    invalid bytes become U+FFFD there, which shifts everything behind them.
private struct SpanReading {
  private let text: ListingText
  /// Whether each field is UTF-8 as a whole.
  private let isExact: [Field: Bool]

  init(_ text: ListingText) {
    self.text = text
    isExact = Dictionary(
      uniqueKeysWithValues: [Field.title, .description].map { field in
        (field, String(validating: text.bytes(of: field), as: UTF8.self) != nil)
      })
  }

  /// The piece at a range of the original bytes.
  func span(_ field: Field, _ bytes: Range<Int>) -> CitedSpan {
    let range = isExact[field] == true ? bytes : moved(field, bytes.lowerBound)..<moved(field, bytes.upperBound)
    return CitedSpan(field: field, bytes: range, text: text.words(of: field, bytes))
  }

  /// The position of a byte after invalid bytes were replaced.
  private func moved(_ field: Field, _ byte: Int) -> Int { text.words(of: field, 0..<byte).utf8.count }
}
