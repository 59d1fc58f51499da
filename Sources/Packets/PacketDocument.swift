import Casework
import SmallFormats
import Hashing
import Workspace
import CaseFiles

/// `data/packet.json`, the packet's record of truth, from which every other file of it is derived.
///
/// Shape:  schema `urn:linsang:packet:1`. No fractions; times in UTC to the second. Unknown is null, or "?", "unknown", "UNS",
///         "UNK", "und" where the schema has no null. Nothing is written that neither row, analyst nor form says: a
///         statement that the sender did not make is null.
/// Cost:   O(listings and their evidence), with one SHA-256 over the readings.
/// Source: the packet specification, section 3.
struct PacketDocument {
  /// The packet, with an id for each listing, platform, seller and piece of evidence.
  let numbered: NumberedPacket
  /// The audit chain; the document states its length and its head only.
  let audit: PacketAudit
  /// `data/readings.json`.
  /// Its path and its SHA-256 stand under `tool`.
  let readings: PacketFile
  /// What the recipient does not get.
  let redactions: [Redaction]

  private var packet: Packet { numbered.packet }
  private var form: PacketForm { packet.form }

  /// The whole document.
  ///
  /// Shape:  one JSON object. Recipients, platforms, sellers and listings are lists in the order of their numbers;
  ///         evidence is one list over all listings, in their order. `profile` is "redacted" where
  ///         the recipient does not get everything, and `redactions` then says what is missing.
  /// Fails:  never; whether the packet may be written is checked before (`Packet.problems`).
  var value: JSONValue {
    .map([
      "schema": .text("urn:linsang:packet:1"), "packet_id": .text(packet.stamp.id.text),
      "packet_version": .number(packet.stamp.version), "supersedes": .textOrNull(packet.stamp.supersedes),
      "title": .text(form.title), "summary": .text(form.summary),
      "request": .text(form.request.nonEmpty ?? "none stated"),
      "created": .text(packet.stamp.created.text), "profile": .text(packet.recipient.isRedacted ? "redacted" : "full"),
      "test_data": .truth(form.isTestData),
      "tool": tool, "sender": sender,
      "recipients": .list(recipients), "purpose": .text(form.purpose.rawValue), "handling": handling, "legal": legal,
      "cites_as_of": .text(appendicesAsOf), "code_lists": .map(codeLists),
      "platforms": .list(numbered.platforms.map(Self.platform)), "sellers": .list(numbered.sellers.map(Self.seller)),
      "listings": .list(numbered.listings.map { ListingStatement($0).value }),
      "evidence": .list(
        numbered.listings.flatMap { listing in
          listing.evidence.map { evidence($0, of: listing) }
            + listing.files.map { $0.statement(of: listing, toolVersion: packet.stamp.toolVersion) }
        }),
      "redactions": .list(redactions.map { $0.value(packet.recipient) }),
      "audit": .map([
        "path": .text("data/audit.jsonl"), "entries": .number(audit.lines.count), "head_sha256": .text(audit.head),
      ]),
    ])
  }

  /// The program, and where its readings of the listings are. The schema has no field for readings, and leaves `tool` open.
  ///
  /// Shape:  `name`, `version` and `readings`, which has the path, schema, caveat and, in hex, `sha256` of
  ///         `data/readings.json`; `listings` and `selection`, for which the schema has no place (`ListingRecord`); `copies`
  ///         says which listings are one advert (`CopiesSection`); `evidence_missing`, files that could not be had, only
  ///         where there are any; `derived`, the files that are made from the packet's own
  ///         records alone (`PacketRecords.derived`); `exchange_rates`, only where there are any, those by which the report
  ///         adds prices up in one currency; `legal`, where the sender chose any, has the entries of the table of
  ///         legal bases, whose citations are among `legal.instruments`; `signature`, the path of the signature, null for a packet that is not
  ///         signed.
  private var tool: JSONValue {
    var tool: [String: JSONValue] = [
      "name": .text("linsang"), "version": .text(packet.stamp.toolVersion), "copies": CopiesSection.value(of: numbered),
      "listings": ListingRecord.value(of: numbered, audit), "selection": ListingRecord.selection(of: numbered),
      "readings": .map([
        "path": .text(readings.path), "schema": .text(ReadingsDocument.schema),
        "sha256": .text(SHA256Digest(of: readings.bytes).hex), "caveat": .text(ReadingsDocument.caveat),
        "appendices": .textOrNull(appendicesNote),
      ]),
      "recipient": recipient,
      "derived": PacketRecords.derived,
      "signature": .textOrNull(packet.stamp.isSigned ? PacketSignature.path : nil),
    ]
    if !form.legal.entries.isEmpty { tool["legal"] = .list(form.legal.entries.map(\.value)) }
    tool["evidence_missing"] = MissingFiles.value(of: numbered)
    tool["exchange_rates"] = PacketRates.value(of: numbered, packet.file.rates)
    return .map(tool)
  }

  /// The profile of the recipient, by which parts were kept, and the report is ordered.
  ///
  /// Shape:  `profile`, `title`, `category` or null, `keeps`, `renames` and `report`, lists of the profile's own words.
  private var recipient: JSONValue {
    let profile = packet.recipient
    func words<Word: RawRepresentable<String>>(_ words: [Word]) -> JSONValue { .list(words.map { .text($0.rawValue) }) }
    return .map([
      "profile": .text(profile.name), "title": .text(profile.title), "category": .textOrNull(profile.category),
      // Of files it is said only where there are any.
      "keeps": words(
        RecipientProfile.Part.allCases.filter { profile.keeps.contains($0) && ($0 != .files || hasFiles) }),
      "renames": words(RecipientProfile.Part.allCases.filter(profile.pseudonyms.contains)),
      "report": words(profile.sections),
    ])
  }

  /// Whether any listing has files beside its row.
  private var hasFiles: Bool { numbered.listings.contains { !$0.files.isEmpty } }

  /// What whoever reads an appendix in this packet must know; nil if there is nothing to say.
  private var appendicesNote: String? {
    packet.reading.appendicesWarning
      ?? (packet.reading.hasTaxa ? nil : "There was no taxon table: no appendix was looked up.")
  }

  /// The day up to which the whole table of CITES Appendices is known. Each statement has a day of its own in `id_basis`.
  /// Without a table nothing is stated, but the format requires a day: the one on which the Convention entered into force,
  /// which claims least.
  ///
  /// Units:  a day as YYYY-MM-DD, the value of `cites_as_of`.
  private var appendicesAsOf: String { packet.reading.appendicesKnownUpTo ?? Self.conventionInForce }

  /// Source: CITES, article XXII; in force since 1 July 1975.
  /// Units:  a day as YYYY-MM-DD.
  private static let conventionInForce = "1975-07-01"

  /// The code lists used, and the files of lexicons and tables.
  ///
  /// Shape:  names of code lists as text under `appendix`, `country`, `currency`, `source` and `term`; lists under
  ///         `lexicons`, `lexicons_off` and `taxon_tables`; the last has files of that role only.
  private var codeLists: [String: JSONValue] {
    [
      "appendix": .text(appendixList), "country": .text("ISO 3166-1 alpha-2"), "currency": .text("ISO 4217"),
      "source": .text("CITES Res. Conf. 12.3"), "term": .text("CITES annual-report guidelines"),
      "lexicons": .list(packet.reading.lexicons.map(Self.file)),
      "lexicons_off": .list(packet.reading.lexiconsOff.map { .text($0) }),
      "taxon_tables": .list(packet.reading.tables.filter { $0.role == .taxonTable }.map(Self.file)),
    ]
  }

  /// What the codes of appendices mean in this packet.
  ///
  /// Shape:  one text. Without taxon tables it says that nothing was looked up; with them it may end in the tables'
  ///         warning.
  private var appendixList: String {
    guard packet.reading.hasTaxa else {
      return
        "not looked up, for want of a taxon table: every cites_appendix and eu_annex is ?; cites_as_of is the day on "
        + "which the Convention entered into force and claims nothing"
    }
    let known = packet.reading.appendicesKnownUpTo
    return
      "as the taxon tables have it; each id_basis says since when or as of when; ? is unknown; every eu_annex is ?. "
      + (known == nil
        ? "The tables give no day, and cites_as_of claims nothing. "
        : "cites_as_of is the day up to which the "
          + "table is known as a whole. ") + (packet.reading.appendicesWarning ?? "")
  }

  /// A lexicon or table.
  ///
  /// Shape:  `name`, `layer`, `sha256` in hex, and `rows`, which may be null.
  private static func file(_ file: CitedFile) -> JSONValue {
    .map([
      "name": .text(file.name), "layer": .text(file.layer.rawValue), "sha256": .text(file.digest.hex),
      "rows": file.rows.map { .number($0) } ?? .null,
    ])
  }

  /// The sender's organisation.
  ///
  /// Shape:  `org`, `kind`, `country`, `contact_name` and `contact_email`, each as the form has it.
  private var sender: JSONValue {
    .map([
      "org": .text(form.sender.org), "kind": .text(form.sender.kind.rawValue), "country": .text(form.sender.country),
      "contact_name": .text(form.sender.contactName), "contact_email": .text(form.sender.contactEmail),
    ])
  }

  /// The recipients, numbered.
  ///
  /// Shape:  in the order of the form, with ids from `R0001`; each has `id`, `org`, `kind` and `country`.
  private var recipients: [JSONValue] {
    form.recipients.enumerated().map { index, recipient in
      .map([
        "id": .text("R" + Digits.padded(index + 1, 4)), "org": .text(recipient.org),
        "kind": .text(recipient.kind.rawValue),
        "country": .text(recipient.country),
      ])
    }
  }

  /// What recipients may do with the packet.
  ///
  /// Shape:  `contains_personal_data` is true or null, never false. `not_for_evidence_without_sender` is null if the
  ///         sender does not say.
  /// Units:  `retain_until` is a day as YYYY-MM-DD, or null for no limit by the sender.
  private var handling: JSONValue {
    .map([
      "tlp": .text(form.tlp.rawValue), "conditions": .textOrNull(form.conditions.nonEmpty),
      // Even without a seller, a listing's own words may name a person: that is not known.
      "contains_personal_data": namesSellers ? .truth(true) : .null,
      "retain_until": .textOrNull(form.retainUntil.nonEmpty),
      "not_for_evidence_without_sender": form.notForEvidenceWithoutSender.map { .truth($0) } ?? .null,
    ])
  }

  /// Whether anything is known about any seller.
  private var namesSellers: Bool {
    numbered.sellers.contains { $0.facts != SellerFacts() }
  }

  /// The sender's statements about the legal basis.
  ///
  /// Shape:  three texts, each null if left empty, and the lists `jurisdictions` and `instruments`, which may be empty.
  private var legal: JSONValue {
    .map([
      "collection_basis": .textOrNull(form.legal.collectionBasis.nonEmpty),
      "processing_basis": .textOrNull(form.legal.processingBasis.nonEmpty),
      "jurisdictions": .list(form.legal.jurisdictions.map { .text($0) }),
      "instruments": .list((form.legal.instruments + form.legal.entries.map(\.citation)).map { .text($0) }),
      "good_faith": .textOrNull(form.legal.goodFaith.nonEmpty),
    ])
  }

  /// A platform.
  ///
  /// Shape:  `id`, `name`, `domain` and `country`. A missing name is "unknown platform"; a country that is not written
  ///         as two letters is null.
  private static func platform(_ platform: NumberedPacket.Platform) -> JSONValue {
    .map([
      "id": .text(platform.id), "name": .text(platform.facts.name ?? "unknown platform"),
      "domain": .textOrNull(platform.facts.domain), "country": .textOrNull(CountryCode.read(platform.facts.country)),
    ])
  }

  /// A seller.
  ///
  /// Shape:  `id` and `platform`, then four facts as collected, each null where unknown.
  private static func seller(_ seller: NumberedPacket.Seller) -> JSONValue {
    .map([
      "id": .text(seller.id), "platform": .text(seller.platformID), "alias": .textOrNull(seller.facts.alias),
      "platform_user_id": .textOrNull(seller.facts.userID), "profile_url": .textOrNull(seller.facts.profileAddress),
      "stated_country": .textOrNull(seller.facts.statedCountry),
    ])
  }

  /// A piece of evidence.
  ///
  /// Shape:  one object per row of a source file; what an import cannot know (clock offset, HTTP status, exit country)
  ///         is null.
  /// Units:  `bytes` counts the file below `path`; `sha256` is of those bytes, in hex; `captured_at` is in UTC.
  private func evidence(_ evidence: NumberedPacket.Evidence, of listing: NumberedPacket.Listing) -> JSONValue {
    let row = evidence.row
    return .map([
      "id": .text(evidence.id), "listing": .text(listing.id), "path": .text(evidence.path),
      "media_type": .text(row.format.mediaType), "bytes": .number(row.bytes.count), "sha256": .text(evidence.digest),
      "captured_at": .text(row.moment.text), "captured_by": .text(row.capturedBy ?? "unknown"),
      "clock": .map(["source": .text("system"), "offset_ms": .null]),
      "method": .text(row.isExtract ? "transcript" : "import"),
      "tool": .text("linsang \(packet.stamp.toolVersion): \(origin(of: row))"),
      "source_url": .text(listing.address.uri), "http_status": .null, "network_exit_country": .null,
      "virtual_identity": .null, "original": .truth(row.isAsOnDisk && !row.isExtract), "derived_from": .null,
    ])
  }

  /// The origin of the bytes, the hash that they can be compared with, and what was done before they could be read. The schema
  /// has no field for this: `tool` describes how evidence came about, and `original` says whether the bytes are those on
  /// disk.
  ///
  /// Shape:  clauses joined by semicolons: the place of the row, the conversions if there were any, and what
  ///         `captured_at` rests on. The digest of the source file is in hex.
  private func origin(of row: RowEvidence) -> String {
    if row.isExtract { return "an extract of what this recipient gets of the row as collected, which is withheld" }
    let place = row.line.map { "row \(row.row), line \($0)" } ?? "row \(row.row)"
    let member = row.member.map { "\($0) in " } ?? ""
    let size = row.sourceBytes.map { " (\($0) bytes)" } ?? ""
    var words =
      "the bytes of \(place), of \(member)the file \(row.fileName)\(size), whose SHA-256 is \(row.sourceDigest.hex)"
    if !row.conversions.isEmpty {
      words += "; read after: " + row.conversions.map(\.sentence).joined(separator: "; then ")
      if !row.isAsOnDisk { words += "; the bytes are those read, and do not stand in that file as they are" }
    }
    if row.capturedAt == nil {
      words += "; when the row was collected is not known: captured_at is that file's time of last change"
    } else {
      words += "; captured_at is the row's own, and whose clock gave it is not known"
    }
    return words
  }
}

extension JSONValue {
  /// The text, or null.
  ///
  /// Shape:  an empty text stays a text; callers for whom it means nothing pass nil instead.
  static func textOrNull(_ text: String?) -> JSONValue { text.map { .text($0) } ?? .null }
}
