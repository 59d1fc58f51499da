import CaseStore
import Casework
import CodeWords
import Dashboard
import DemoListings
import Foundation
import Hashing
import Intake
import Listings
import Packets
import Workspace

/// Why a packet was not written, and which line of the form to mend.
struct PacketRefusal: Error {
  let sentence: String
  let line: PacketDraft.Line?
}

/// Makes a packet of rows: reads their records and their words again, looks up who decided what and when, numbers it,
/// writes it.
struct PacketBuilding {
  let dataset: Dataset
  let casebook: Casebook
  let lexicons: LoadedLexicons

  /// The name under which the form's answers are remembered in the casebook.
  static let draftName = "packet-form"

  func write(
    _ draft: PacketDraft, rows: [Int], isTestData: Bool? = nil
  ) throws(PacketRefusal) -> WrittenPacket {
    let now = SystemClock.now()
    guard let created = PacketTime(now) else { throw PacketRefusal(sentence: "The clock says \(now)", line: nil) }
    var form = PacketForm(draft)
    form.isTestData = isTestData ?? dataset.isInvented
    // The form is looked at before a packet number is used up.
    if let problem = form.problems(on: created).first {
      throw PacketRefusal(sentence: problem.sentence, line: Self.line(of: problem.field))
    }
    do {
      let citation = ListingCitation(lexicons.compiled, of: lexicons.set, taxa: lexicons.taxa, files: lexicons.files)
      let listings = try self.listings(rows, citation)
      let id = try casebook.reservePacket(at: now)
      guard let packetID = PacketID(id) else {
        throw PacketRefusal(sentence: "The casebook gave the id \(id)", line: nil)
      }
      let head = try casebook.head()
      let packet = Packet(
        stamp: PacketStamp(id: packetID, created: created, madeBy: casebook.analyst, toolVersion: Linsang.version),
        form: form, listings: listings, casebook: CasebookReference(headHash: head.hash, entries: head.sequence),
        reading: citation.basis(of: listings.compactMap(\.reading)))
      let written = try PacketWriter.write(packet, into: folder(draft[.folder]))
      try casebook.recordExport(
        of: id, version: 1, listings: listings.map(\.key),
        data: ["audit_head": .text(written.auditHead), "folder": .text(written.bagName)], at: now)
      return written
    } catch let error as PacketRefusal {
      throw error
    } catch let error as PacketError {
      throw PacketRefusal(sentence: error.sentence, line: nil)
    } catch let error as CasebookError {
      throw PacketRefusal(sentence: error.sentence, line: nil)
    } catch {
      throw PacketRefusal(sentence: "\(error)", line: nil)
    }
  }

  private func folder(_ typed: String) -> String {
    let path = typed.isEmpty ? "." : typed
    return path.hasPrefix("~/") ? NSHomeDirectory() + path.dropFirst() : path
  }

  private func listings(_ rows: [Int], _ citation: ListingCitation) throws -> [PacketListing] {
    let standings = try casebook.standings()
    var reader = ListingReader(lexicons.compiled, dataset)
    var digests: [Int: SHA256Digest] = [:]
    return try rows.map { row in
      let key = dataset.key(at: row)
      let source = dataset.sourceIndex(of: row)
      if digests[source] == nil {
        var hasher = SHA256Hasher()
        hasher.update(dataset.sources[source].reader.originalBytes)
        digests[source] = hasher.finish()
        // Asked when all of it has been looked at: what was cut shows by then.
        if dataset.sources[source].reader.wasChanged { throw Self.changed(dataset.sources[source]) }
      }
      guard key.fingerprint == dataset.keyFingerprints[row] else { throw Self.changed(dataset.sources[source]) }
      let events = try casebook.lines(for: [key]).compactMap { AuditLine(canonical: $0) }
      let filed = standings[key]
      let last = events.last { $0.action == "verdict.file" }
      let decision = PacketDecision(
        filed?.standing ?? .none, decidedBy: last?.actor, decidedAt: last.flatMap { PacketTime($0.time) },
        event: filed?.event)
      var listing = self.listing(row, key, decision, events, digests[source])
      listing.reading = cited(reader.reading(of: row), of: row, citation)
      return listing
    }
  }

  /// What its words and its species cell come to; its day is that of the advert, else that of its collecting.
  private func cited(_ reading: ListingReading, of row: Int, _ citation: ListingCitation) -> CitedReading {
    let moment = dataset.time(of: .postedAt, at: row) ?? dataset.time(of: .capturedAt, at: row)
    let day = moment.flatMap { PacketTime(unixSeconds: $0) }.flatMap { Day($0.day) }
    var cited = citation.reading(
      reading, of: ListingText(of: row, in: dataset), species: dataset.speciesNames(of: row),
      beside: dataset.speciesLists.names, day: day)
    cited.decodedMarkup = dataset.cells(of: row).filter(\.hadMarkup).compactMap { $0.field }
      .filter { $0 == .title || $0 == .description }.map(\.rawValue)
    return cited
  }

  private static func changed(_ source: SourceFile) -> PacketRefusal {
    PacketRefusal(
      sentence:
        "No packet was written: \(source.name) was cut or written over while it was open, so its rows can no longer be "
        + "quoted. The casebook is unharmed; read the file anew (R in the dashboard).", line: nil)
  }

  private func listing(
    _ row: Int, _ key: ListingKey, _ decision: PacketDecision, _ events: [AuditLine], _ digest: SHA256Digest?
  ) -> PacketListing {
    let source = dataset.source(of: row)
    let modified = PacketTime(unixSeconds: source.modified) ?? PacketTime(unixSeconds: 0)
    let captured = dataset.time(of: .capturedAt, at: row).flatMap { PacketTime(unixSeconds: $0) }
    var evidence: [RowEvidence] = []
    if let digest, let modified {
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
    var listing = PacketListing(key: key, decision: decision, evidence: evidence)
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
      listing.postedAt = dataset.time(of: .postedAt, at: row).flatMap { PacketTime(unixSeconds: $0) }
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

  /// The line of the form that a problem's field stands for.
  private static func line(of field: String) -> PacketDraft.Line? {
    let lines: [String: PacketDraft.Line] = [
      "title": .title, "summary": .summary, "request": .request, "purpose": .purpose, "conditions": .conditions,
      "sender.org": .sender, "sender.country": .senderCountry, "sender.contact_name": .contactName,
      "sender.contact_email": .contactEmail, "recipients": .recipient, "recipients[1].org": .recipient,
      "recipients[1].country": .recipientCountry, "legal.collection_basis": .collection,
      "legal.processing_basis": .processing, "legal.good_faith": .goodFaith, "legal.instruments[1]": .instruments,
    ]
    return lines[field]
  }
}

/// The cells of a row as a packet wants them: absent instead of empty.
private struct RowCells {
  private let dataset: Dataset
  private let row: Int
  private let cells: [RecordCell]

  init(_ dataset: Dataset, _ row: Int) {
    self.dataset = dataset
    self.row = row
    cells = dataset.cells(of: row)
  }

  subscript(field: Field) -> String? { cells.first { $0.field == field && !$0.text.isEmpty }?.text }

  /// A field that is kept in memory and may have been derived, as a platform from a URL.
  func kept(_ field: Field) -> String? {
    let text = dataset.text(of: field, at: row)
    return text.isEmpty ? nil : text
  }

  /// How price, times and text were read, where the row does not say so itself.
  func readings(_ price: Price) -> [NamedField] {
    var fields: [NamedField] = []
    if let remark = price.state.remark { fields.append(NamedField(name: "price was read as", text: remark)) }
    if price.currency != nil, price.amount != nil {
      fields.append(NamedField(name: "currency was told by", text: price.basis.witness))
    }
    for field in [Field.postedAt, .capturedAt] {
      guard let sentence = dataset.timeSentence(of: field, at: row) else { continue }
      fields.append(NamedField(name: "\(field.rawValue) was read as", text: sentence))
    }
    let markup = cells.filter(\.hadMarkup).compactMap { $0.field?.rawValue }
    if !markup.isEmpty {
      fields.append(NamedField(name: "HTML was decoded in", text: markup.joined(separator: ", ")))
    }
    return fields
  }

  /// The cells that have no place of their own in a packet.
  var others: [NamedField] {
    let placed: Set<Field> = [
      .listingID, .platform, .url, .title, .description, .species, .price, .currency, .sellerAlias, .sellerID,
      .sellerURL, .country, .location, .postedAt, .capturedAt, .quantity, .language,
    ]
    return cells.filter { cell in !cell.text.isEmpty && cell.field.map { !placed.contains($0) } ?? true }
      .map { NamedField(name: $0.field?.rawValue ?? $0.name, text: $0.text) }
  }
}

extension SourceFile {
  /// The name of the file on disk without the folders: where an analyst keeps files is nobody else's business.
  var fileName: String { ShortNames.split(name).path.split(separator: "/").last.map(String.init) ?? name }

  /// What in that file the listings stand in: a file of an archive, a sheet of a workbook.
  var member: String? { ShortNames.split(name).member }

  var evidenceFormat: RowEvidence.Format {
    switch reader.format {
    case "tsv": .tsv
    case "jsonl": .jsonLines
    case "json": .json
    default: .csv
    }
  }
}

extension PacketForm {
  /// The form that a draft's answers fill in.
  init(_ draft: PacketDraft) {
    self.init()
    title = draft[.title]
    summary = draft[.summary]
    request = draft[.request]
    purpose = PacketPurpose(rawValue: draft[.purpose]) ?? .intelligence
    tlp = TrafficLight(rawValue: draft[.tlp]) ?? .amber
    conditions = draft[.conditions]
    sender = PacketSender(
      org: draft[.sender], kind: OrganisationKind(rawValue: draft[.senderKind]) ?? .other,
      country: draft[.senderCountry].uppercased(), contactName: draft[.contactName],
      contactEmail: draft[.contactEmail])
    recipients = [
      PacketRecipient(
        org: draft[.recipient], kind: OrganisationKind(rawValue: draft[.recipientKind]) ?? .other,
        country: draft[.recipientCountry].uppercased())
    ]
    let uses = PacketDraft.Line.evidenceUses
    notForEvidenceWithoutSender = uses.firstIndex(of: draft[.evidenceUse]).flatMap { [nil, true, false][$0] }
    let instruments = draft[.instruments].split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    legal = LegalBasis(
      collectionBasis: draft[.collection], processingBasis: draft[.processing],
      instruments: instruments.filter { !$0.isEmpty }, goodFaith: draft[.goodFaith])
  }
}

extension Dataset {
  /// The names in a row's species cell, in its order.
  fileprivate func speciesNames(of row: Int) -> [String] {
    let members = speciesLists.members[Int(codes(of: .species)[row])]
    return members.map { speciesLists.names[Int($0)] }.filter { !$0.isEmpty }
  }

  /// Whether the listings are the demonstration's invented ones: their packets must say so.
  var isInvented: Bool {
    let names = Set(DemoListings.weeks.map { DemoListings.fileName(week: $0) })
    return !sources.isEmpty && sources.allSatisfy { names.contains($0.fileName) }
  }
}
