import Casework
import CodeWords
import Cues
import Hashing
import Listings
import NearDuplicates
import SmallFormats
import Workspace

extension CaseFile {
  /// The case file of some rows as the snapshot has them, read with the same lexicons and tables by which the screen showed
  /// their risk.
  ///
  /// Cost:   a SHA-256 over every file with one of the rows, and a second reading of each row's text.
  /// Fails:  with `CaseFileError` if a row no longer says what was read, and with whatever `records` throws.
  ///
  /// - Parameters:
  ///   - lexicons: those of the snapshot, or those to read with if it has none yet.
  ///   - duplicates: which of its listings are one advert; nil where that is not known.
  ///   - filter: the filter that the rows had to match; nil for none.
  ///   - places: which columns hold whose place.
  package init(
    _ rows: [Int], of snapshot: Snapshot, _ lexicons: LoadedLexicons, _ records: CaseRecords,
    duplicates: DuplicateGroups? = nil, filter: String? = nil, places: PlaceColumns = PlaceColumns()
  ) throws {
    let citation = ListingCitation(lexicons.compiled, of: lexicons.set, taxa: lexicons.taxa, files: lexicons.files)
    var building = CaseListingBuilding(snapshot.dataset, lexicons, citation, records, places)
    let listings = try rows.map { try building.listing(at: $0) }
    self.init(
      listings, casebook: try records.casebook(), reading: citation.basis(of: listings.compactMap(\.reading)),
      copies: duplicates.map { CaseCopies(among: rows, $0, snapshot.dataset) },
      selection: CaseSelection(of: snapshot.dataset, records.filings.mapValues(\.status), filter: filter))
  }
}

/// Builds the listings one after the other.
private struct CaseListingBuilding {
  private let dataset: Dataset
  private var reader: ListingReader
  private let citation: ListingCitation
  private let records: CaseRecords
  private let places: PlaceColumns
  private let cues: CueWords
  /// By index of the file in the dataset.
  private var digests: [Int: SHA256Digest] = [:]

  init(
    _ dataset: Dataset, _ lexicons: LoadedLexicons, _ citation: ListingCitation, _ records: CaseRecords,
    _ places: PlaceColumns
  ) {
    self.places = places
    self.dataset = dataset
    cues = lexicons.cues
    reader = ListingReader(lexicons.compiled, dataset)
    self.citation = citation
    self.records = records
  }

  /// The listing of a row.
  ///
  /// Fails:  if the row's key is no longer the one it was read with.
  mutating func listing(at row: Int) throws -> CaseListing {
    let key = dataset.key(at: row)
    let digest = try digest(ofFileOf: row)
    guard key.fingerprint == dataset.keyFingerprints[row] else { throw changed(row) }
    let events = try records.events(key)
    let filing = records.filings[key]
    let last = events.last { $0.action == "verdict.file" }
    let others = try records.others?(key)
    let decided = others.map(\.decided) ?? last.map { ($0.actor, $0.time) }
    // The event of the verdict itself: a note or a tag may have come later.
    let deciding = events.last { $0.action == "verdict.file" && $0.actor == decided?.by && $0.time == decided?.at }
    var decision = CaseDecision(
      filing?.status ?? .none, decidedBy: decided?.by, decidedAt: decided.flatMap { UTCTime($0.at) },
      event: deciding.map { EventNumber($0.sequence) } ?? filing?.event)
    decision.describe(by: events, others?.described)
    var listing = listing(row, key, decision, events, digest)
    listing.foreignEvents = others?.lines ?? []
    var files = try records.files?(key) ?? ListingFiles()
    NamedFiles(records.evidenceColumns, source: dataset.source(of: row)).add(from: dataset.cells(of: row), to: &files)
    (listing.files, listing.missingFiles) = (files.files, files.missing)
    listing.reading = cited(reader.reading(of: row), of: row)
    return listing
  }

  /// The error for a row that no longer says what was read.
  private func changed(_ row: Int) -> CaseFileError { .fileChanged(name: dataset.source(of: row).name) }

  /// The digest of the whole file that a row comes from, computed once per file.
  private mutating func digest(ofFileOf row: Int) throws(CaseFileError) -> SHA256Digest {
    let source = dataset.sourceIndex(of: row)
    if let known = digests[source] { return known }
    var hasher = SHA256Hasher()
    hasher.update(dataset.sources[source].reader.originalBytes)
    let digest = hasher.finish()
    // Checked after the whole file was hashed, when any cut has shown.
    if dataset.sources[source].reader.wasChanged { throw changed(row) }
    digests[source] = digest
    return digest
  }

  /// The day of an advert, else that of its capture.
  private func day(of row: Int) -> CalendarDay? {
    let moment = dataset.time(of: .postedAt, at: row) ?? dataset.time(of: .capturedAt, at: row)
    return moment.flatMap { UTCTime(unixSeconds: $0) }.flatMap { CalendarDay($0.day) }
  }

  /// The citation of a reading.
  private func cited(_ reading: ListingReading, of row: Int) -> CitedReading {
    var cited = citation.reading(
      reading, of: ListingText(of: row, in: dataset), species: dataset.speciesNames(of: row),
      beside: dataset.speciesLists.names, day: day(of: row))
    cited.decodedMarkup = dataset.cells(of: row).filter(\.hadMarkup).compactMap { $0.field }
      .filter { $0 == .title || $0 == .description }.map(\.rawValue)
    return cited
  }

  /// The facts of a row, without its reading.
  private func listing(
    _ row: Int, _ key: ListingKey, _ decision: CaseDecision, _ events: [AuditLine], _ digest: SHA256Digest
  ) -> CaseListing {
    let source = dataset.source(of: row)
    let modified = UTCTime(unixSeconds: source.modified) ?? UTCTime(unixSeconds: 0)
    let captured = dataset.time(of: .capturedAt, at: row).flatMap { UTCTime(unixSeconds: $0) }
    var evidence: [RowEvidence] = []
    if let modified {
      var own = RowEvidence(
        bytes: Array(dataset.record(at: row)), format: source.evidenceFormat, sourceFile: source.fileName,
        row: dataset.sourceRow(of: row), sourceDigest: digest, sourceModified: modified, capturedAt: captured)
      own.member = source.member
      own.sourceBytes = source.byteCount
      own.conversions = source.reader.conversions
      own.capturedDay = dayOfCapture(at: row)
      // Lines are those of the file as read, since the converted text is not kept.
      if own.isAsOnDisk { own.line = dataset.sourceLine(of: row) }
      evidence = [own]
    }
    var listing = CaseListing(key: key, decision: decision, evidence: evidence)
    let cells = RowCells(dataset, row)
    listing.events = events
    listing.reference = cells[.listingID]
    listing.platform.name = cells.kept(.platform)
    listing.address = cells[.url]
    listing.title = cells.kept(.title)
    listing.text = cells.kept(.description)
    listing.cues = cues(of: row)
    listing.language = cells.kept(.language)
    listing.seller = SellerFacts(
      alias: cells.kept(.sellerAlias), userID: cells[.sellerID], profileAddress: cells[.sellerURL])
    listing.postedText = cells[.postedAt]
    if let posted = cells[.postedAt], posted.contains(":") {
      listing.postedAt = dataset.time(of: .postedAt, at: row).flatMap { UTCTime(unixSeconds: $0) }
    }
    listing.day = day(of: row)
    listing.firstSeen = captured
    listing.lastSeen = captured
    listing.taxa = dataset.speciesNames(of: row)
    listing.quantityText = cells[.quantity]
    if let advertised = cells[.price] {
      let price = dataset.price(at: row)
      listing.price = PriceFacts(
        asAdvertised: advertised, amount: price.amount.map(\.description), currency: price.currency)
    }
    // A row does not say whether the seller or the platform states it.
    listing.places = CasePlaces(of: cells.all, country: cells.kept(.country), places)
    // The format has one place of the goods; that of a seller or a buyer is not it.
    let place = listing.places.goods ?? listing.places.unnamed
    listing.location = LocationFacts(
      country: place?.country, text: place?.text, basis: place?.basis ?? .unknown)
    listing.otherFields =
      source.reader.findings.compactMap { finding in
        finding.sentence.map { NamedField(name: "column was taken as", text: $0) }
      } + cells.readings(dataset.price(at: row)) + cells.others
    return listing
  }

  /// What title and text say of contact, payment and shipping, each once.
  private func cues(of row: Int) -> [ListingCue] {
    var found: [ListingCue] = []
    for field in [Field.title, .description] {
      let text = dataset.bytes(of: field, at: row)
      for cue in cues.all(in: text) {
        let one = ListingCue(
          kind: cue.name.kind.rawValue, name: cue.name.text, text: String(decoding: text[cue.bytes], as: UTF8.self))
        if !found.contains(one) { found.append(one) }
      }
    }
    return found
  }

  /// The day of capture as written, where the cell has no time of day.
  private func dayOfCapture(at row: Int) -> String? {
    guard let text = RowCells(dataset, row)[.capturedAt], !text.contains(":"), text.utf8.count < 12,
      text.contains(where: { !$0.isNumber })
    else { return nil }
    return text
  }
}

/// The cells of a row as a case file needs them: absent instead of empty.
struct RowCells {
  private let dataset: Dataset
  private let row: Int
  private let cells: [RecordCell]
  var all: [RecordCell] { cells }

  init(_ dataset: Dataset, _ row: Int) {
    self.dataset = dataset
    self.row = row
    cells = dataset.cells(of: row)
  }

  /// The text of a field as written; nil if it is empty.
  subscript(field: Field) -> String? { cells.first { $0.field == field && !$0.text.isEmpty }?.text }

  /// A field as the dataset keeps it, possibly derived, as a platform from a URL; nil if it is empty.
  func kept(_ field: Field) -> String? {
    let text = dataset.text(of: field, at: row)
    return text.isEmpty ? nil : text
  }

  /// How price, times and text were read, where the row does not show it.
  func readings(_ price: Price) -> [NamedField] {
    var fields: [NamedField] = []
    if let remark = price.state.remark { fields.append(NamedField(name: "price was read as", text: remark)) }
    if price.currency != nil, price.amount != nil {
      fields.append(NamedField(name: "currency was told by", text: price.basis.explanation))
    }
    for field in [Field.postedAt, .capturedAt] {
      guard let sentence = dataset.timeSentence(of: field, at: row) else { continue }
      fields.append(NamedField(name: "\(field.rawValue) was read as", text: sentence))
    }
    let markup = cells.filter(\.hadMarkup).compactMap { $0.field?.rawValue }
    if !markup.isEmpty {
      fields.append(NamedField(name: NamedField.decodedMarkup, text: markup.joined(separator: ", ")))
    }
    return fields
  }

  /// The cells without a property in `CaseListing`.
  var others: [NamedField] {
    let placed: Set<Field> = [
      .listingID, .platform, .url, .title, .description, .species, .price, .currency, .sellerAlias, .sellerID,
      .sellerURL, .country, .location, .postedAt, .capturedAt, .quantity, .language,
    ]
    return cells.filter { cell in !cell.text.isEmpty && cell.field.map { !placed.contains($0) } ?? true }
      .map { NamedField(name: $0.field?.rawValue ?? $0.name, text: $0.text) }
  }
}

extension CaseDecision {
  /// Notes when each aspect of the description was stated.
  ///
  /// - Parameter others: what is in force where other casebooks were merged; nil where the last own event is.
  mutating func describe(by events: [AuditLine], _ others: [Aspect: Review]?) {
    for aspect in status.description.stated.keys {
      if let opinion = others?[aspect]?.opinion {
        described[aspect] = DescribedWhen(at: UTCTime(opinion.time), event: opinion.event)
        continue
      }
      let line = events.last {
        $0.action == Action.describe.rawValue && $0.data["aspect"]?.asText == aspect.rawValue
      }
      described[aspect] = line.map { DescribedWhen(at: UTCTime($0.time), event: $0.sequence) }
    }
  }
}

extension SourceFile {
  /// The name of the file on disk without folders: an analyst's folders are private.
  package var fileName: String { ShortNames.split(name).path.split(separator: "/").last.map(String.init) ?? name }

  /// The part of that file that contains the listings: a file of an archive, a sheet of a workbook.
  var member: String? { ShortNames.split(name).member }

  /// The format in which a row's bytes are copied.
  var evidenceFormat: RowEvidence.Format {
    switch reader.format {
    case "tsv": .tsv
    case "jsonl": .jsonLines
    case "json": .json
    default: .csv
    }
  }
}

extension Dataset {
  /// The names in a row's species cell, in its order.
  func speciesNames(of row: Int) -> [String] {
    let members = speciesLists.members[Int(codes(of: .species)[row])]
    return members.map { speciesLists.names[Int($0)] }.filter { !$0.isEmpty }
  }

}
