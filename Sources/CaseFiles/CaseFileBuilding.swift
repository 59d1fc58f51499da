import Casework
import CodeWords
import Hashing
import Listings
import SmallFormats
import Workspace

extension CaseFile {
  /// The case file of some rows, one per listing, as the snapshot has them: read with the very lexicons and tables by which
  /// the screen showed their risk.
  ///
  /// Cost:   a SHA-256 over every file that holds one of the rows, and a second reading of each row's text.
  /// Fails:  `CaseFileError` where a row no longer says what was read; whatever `records` throws.
  ///
  /// - Parameter lexicons: those of the snapshot, or, where it has none yet, those to read with.
  package init(_ rows: [Int], of snapshot: Snapshot, _ lexicons: LoadedLexicons, _ records: CaseRecords) throws {
    let citation = ListingCitation(lexicons.compiled, of: lexicons.set, taxa: lexicons.taxa, files: lexicons.files)
    var building = CaseListingBuilding(snapshot.dataset, lexicons.compiled, citation, records)
    let listings = try rows.map { try building.listing(at: $0) }
    self.init(listings, casebook: try records.casebook(), reading: citation.basis(of: listings.compactMap(\.reading)))
  }
}

/// Makes listings of rows, one after the other.
private struct CaseListingBuilding {
  private let dataset: Dataset
  private var reader: ListingReader
  private let citation: ListingCitation
  private let records: CaseRecords
  /// Of the files that were looked at so far, by their place in the dataset.
  private var digests: [Int: SHA256Digest] = [:]

  init(_ dataset: Dataset, _ lexicons: CompiledLexicons, _ citation: ListingCitation, _ records: CaseRecords) {
    self.dataset = dataset
    reader = ListingReader(lexicons, dataset)
    self.citation = citation
    self.records = records
  }

  mutating func listing(at row: Int) throws -> CaseListing {
    let key = dataset.key(at: row)
    let digest = try digest(ofFileOf: row)
    guard key.fingerprint == dataset.keyFingerprints[row] else { throw changed(row) }
    let events = try records.events(key)
    let filing = records.filings[key]
    let last = events.last { $0.action == "verdict.file" }
    let decision = CaseDecision(
      filing?.standing ?? .none, decidedBy: last?.actor, decidedAt: last.flatMap { UTCTime($0.time) },
      event: filing?.event)
    var listing = listing(row, key, decision, events, digest)
    listing.reading = cited(reader.reading(of: row), of: row)
    return listing
  }

  private func changed(_ row: Int) -> CaseFileError { .fileChanged(name: dataset.source(of: row).name) }

  private mutating func digest(ofFileOf row: Int) throws(CaseFileError) -> SHA256Digest {
    let source = dataset.sourceIndex(of: row)
    if let known = digests[source] { return known }
    var hasher = SHA256Hasher()
    hasher.update(dataset.sources[source].reader.originalBytes)
    let digest = hasher.finish()
    // Asked when all of it has been looked at: what was cut shows by then.
    if dataset.sources[source].reader.wasChanged { throw changed(row) }
    digests[source] = digest
    return digest
  }

  /// What its words and its species cell come to; its day is that of the advert, else that of its collecting.
  private func cited(_ reading: ListingReading, of row: Int) -> CitedReading {
    let moment = dataset.time(of: .postedAt, at: row) ?? dataset.time(of: .capturedAt, at: row)
    let day = moment.flatMap { UTCTime(unixSeconds: $0) }.flatMap { CalendarDay($0.day) }
    var cited = citation.reading(
      reading, of: ListingText(of: row, in: dataset), species: dataset.speciesNames(of: row),
      beside: dataset.speciesLists.names, day: day)
    cited.decodedMarkup = dataset.cells(of: row).filter(\.hadMarkup).compactMap { $0.field }
      .filter { $0 == .title || $0 == .description }.map(\.rawValue)
    return cited
  }

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
      // Lines are counted in the file that was read; of a converted one nobody has it.
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
    listing.language = cells.kept(.language)
    listing.seller = SellerFacts(
      alias: cells.kept(.sellerAlias), userID: cells[.sellerID], profileAddress: cells[.sellerURL])
    listing.postedText = cells[.postedAt]
    if let posted = cells[.postedAt], posted.contains(":") {
      listing.postedAt = dataset.time(of: .postedAt, at: row).flatMap { UTCTime(unixSeconds: $0) }
    }
    listing.firstSeen = captured
    listing.lastSeen = captured
    listing.taxa = dataset.speciesNames(of: row)
    listing.quantityText = cells[.quantity]
    if let advertised = cells[.price] {
      let price = dataset.price(at: row)
      listing.price = PriceFacts(
        asAdvertised: advertised, amount: price.amount.map(\.description), currency: price.currency)
    }
    // Whether the seller or the platform says so, a row does not tell.
    listing.location = LocationFacts(country: cells.kept(.country), text: cells[.location])
    listing.otherFields =
      source.reader.findings.compactMap { finding in
        finding.sentence.map { NamedField(name: "column was taken as", text: $0) }
      } + cells.readings(dataset.price(at: row)) + cells.others
    return listing
  }

  /// The day of capture as written, where the cell gives no time of day.
  private func dayOfCapture(at row: Int) -> String? {
    guard let text = RowCells(dataset, row)[.capturedAt], !text.contains(":"), text.utf8.count < 12,
      text.contains(where: { !$0.isNumber })
    else { return nil }
    return text
  }
}
