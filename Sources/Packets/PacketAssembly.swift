import CaseFiles
import Casework
import Hashing
import SmallFormats

/// A file of a packet before it is on disk. Its path is relative to the packet's folder, and never from a listing.
package struct PacketFile: Equatable, Sendable {
  /// Below the packet's folder, with slashes.
  package let path: String
  package let bytes: [UInt8]
}

/// A packet's files, every byte of them.
///
/// Shape:  the payload first, then the bag's own files. Nothing depends on clock, time zone, locale or machine.
/// Cost:   O(bytes of the listings and their evidence), all in memory.
/// Fails:  if the form has problems, if there is no listing, or if a listing has no evidence or is neither confirmed nor
///         unsure; for a recipient who does not get everything, also if something withheld would still leave.
/// Source: the packet specification, section 1.
package struct PacketAssembly: Sendable {
  /// The name of the bag.
  package let folderName: String
  /// Payload first.
  ///
  /// Shape:  README, audit chain, CASE graph, sheet, `packet.json`, readings and their schema, report, STIX bundle, then the
  ///         evidence in the order of the listings; last `bag-info.txt`, `bagit.txt`, the two manifests and, once it is
  ///         signed, the signature.
  package private(set) var files: [PacketFile]
  /// When it was made.
  package let created: UTCTime
  /// `<bytes>.<files>` of the payload.
  package let payloadOxum: String
  /// The SHA-256 of the last audit line.
  ///
  /// Shape:  64 small hex digits; also `Linsang-Audit-Head` in `bag-info.txt` and `audit.head_sha256` in
  ///         `packet.json`.
  package let auditHead: String
  package let counts: PacketCounts
  /// Whether it has its signature.
  package var isSigned: Bool { files.contains { $0.path == PacketSignature.path } }
}

extension PacketAssembly {
  /// Assembles the packet.
  ///
  /// Cost:   every file is built in memory; nothing is written to disk.
  /// Fails:  throws `formHasProblems`, `noListings`, `notForExport`, `listingWithoutEvidence` or `wouldLeak`, checked in
  ///         this order, the third and fourth for each listing in turn. The first reason found is the one thrown.
  package init(_ packet: Packet) throws(PacketError) {
    try Self.refuse(packet)
    self.init(Redactor.redacted(packet))
    guard packet.recipient.isRedacted else { return }
    let ordinary = Self(Redactor.redacted(packet.sayingNothing))
    let leaks = LeakCheck(packet, ordinary: ordinary.files).leaks(in: files)
    if !leaks.isEmpty { throw .wouldLeak(leaks.map { "\($0.secret.kind), \($0.secret.text), in \($0.path)" }) }
  }

  /// Every file of a packet from which its recipient's profile has taken out what is not passed on.
  private init(_ shown: RedactedPacket) {
    let packet = shown.packet
    let numbered = NumberedPacket(packet)
    let audit = PacketAudit(numbered)
    let evidence = numbered.evidence
    let read = ReadingsDocument(numbered: numbered).value
    let readings = PacketFile(path: ReadingsDocument.path, bytes: read.indentedJSON())
    let document = PacketDocument(
      numbered: numbered, audit: audit, readings: readings, redactions: shown.redactions
    ).value
    let records = PacketRecords(document: document, readings: read, chain: audit.lines.map(\.value))
    let key = packet.stamp.key
    let payload =
      [
        PacketFile(path: "data/README.txt", bytes: ReadMe(document: document).bytes),
        PacketFile(path: "data/audit.jsonl", bytes: audit.bytes),
        PacketFile(path: CaseGraph.path, bytes: CaseGraph(of: document, key: key).value.indentedJSON()),
        PacketFile(path: ListingsSheet.path, bytes: ListingsSheet(records: records).bytes),
        PacketFile(path: "data/packet.json", bytes: document.indentedJSON()), readings,
        PacketFile(path: ReadingsSchema.path, bytes: ReadingsSchema.bytes),
        PacketFile(path: Report.path, bytes: Report(records: records).bytes),
        PacketFile(path: StixBundle.path, bytes: StixBundle(of: document, key: key).value.indentedJSON()),
      ] + evidence.map { PacketFile(path: $0.path, bytes: $0.row.bytes) }
    self.init(
      folderName: packet.folderName,
      files: payload + BagFiles.files(for: packet, payload: payload, auditHead: audit.head),
      created: packet.stamp.created, payloadOxum: BagFiles.oxum(of: payload), auditHead: audit.head,
      counts: PacketCounts(
        listings: numbered.listings.count, platforms: numbered.platforms.count, sellers: numbered.sellers.count,
        evidence: evidence.count, auditLines: audit.lines.count))
  }

  /// Adds the signature over the list of lists.
  ///
  /// - Parameter sign: signs bytes, and returns the armoured signature.
  package mutating func sign<Failure: Error>(_ sign: ([UInt8]) throws(Failure) -> [UInt8]) throws(Failure) {
    guard let list = files.first(where: { $0.path == "tagmanifest-sha256.txt" }) else {
      preconditionFailure("every packet has a list of its lists")
    }
    files.append(PacketFile(path: PacketSignature.path, bytes: try sign(list.bytes)))
  }

  /// Throws if the form or the listings make no packet.
  private static func refuse(_ packet: Packet) throws(PacketError) {
    let problems = packet.problems
    guard problems.isEmpty else { throw .formHasProblems(problems) }
    try refuse(packet.file.listings)
  }

  /// Throws if these listings make no packet, whatever the form says.
  static func refuse(_ listings: [CaseListing]) throws(PacketError) {
    guard !listings.isEmpty else { throw .noListings }
    for listing in listings {
      switch listing.decision.status.verdict {
      case .confirmed, .unsure: break
      case .falsePositive, nil: throw .notForExport(listing.key, listing.decision.status.verdict)
      }
      guard !listing.evidence.isEmpty else { throw .listingWithoutEvidence(listing.key) }
    }
  }
}

/// How much a packet contains.
package struct PacketCounts: Equatable, Sendable {
  package let listings: Int
  package let platforms: Int
  package let sellers: Int
  package let evidence: Int
  package let auditLines: Int
}

/// A packet whose platforms, sellers, listings and evidence are numbered.
///
/// Shape:  P0001, S0001, L0001, E0001 and so on, each in the order of first appearance; listings keep their order. Platforms
///         with the same facts are one. Sellers with the same facts are one only if the platform is known, and an alias
///         or account number is known: two listings without a seller need not be from one person.
/// Cost:   O(listings), plus one SHA-256 over the evidence.
struct NumberedPacket {
  /// A platform with its number.
  struct Platform {
    let id: String
    let facts: PlatformFacts
  }

  /// A seller with its number.
  struct Seller {
    let id: String
    let platformID: String
    let facts: SellerFacts
  }

  /// A piece of evidence with its number.
  struct Evidence {
    let id: String
    /// The path of its file in the packet.
    ///
    /// Shape:  `data/evidence/L0001/E0001-record.csv.txt`; the ending is that of the source's format, always with
    ///         `.txt`.
    let path: String
    /// The SHA-256 of its bytes.
    let digest: String
    let row: RowEvidence
  }

  /// A listing with its number, and with those it belongs to.
  struct Listing {
    let id: String
    let facts: CaseListing
    let platform: Platform
    let seller: Seller
    let evidence: [Evidence]
    /// As `packet.json` gives it.
    let address: ListingAddress
  }

  let packet: Packet
  private(set) var platforms: [Platform] = []
  private(set) var sellers: [Seller] = []
  private(set) var listings: [Listing] = []

  /// All evidence, in the order of the listings.
  var evidence: [Evidence] { listings.flatMap(\.evidence) }

  /// Numbers everything in the packet.
  init(_ packet: Packet) {
    self.packet = packet
    var platformIDs: [PlatformFacts: Int] = [:]
    var sellerIDs: [KnownSeller: Int] = [:]
    var evidenceCount = 0
    listings.reserveCapacity(packet.listings.count)
    for (index, listing) in packet.listings.enumerated() {
      let facts = listing.withEmptyTextsUnknown
      let id = "L" + Digits.padded(index + 1, 4)
      let platform = number(facts.platform, in: &platformIDs)
      let seller = number(facts.seller, on: platform, in: &sellerIDs)
      let evidence = facts.evidence.map { row in
        evidenceCount += 1
        let number = "E" + Digits.padded(evidenceCount, 4)
        return Evidence(
          id: number,
          path: "data/evidence/\(id)/\(number)-\(row.isExtract ? "extract" : "record").\(row.format.fileEnding)",
          digest: SHA256Digest(of: row.bytes).hex, row: row)
      }
      listings.append(
        Listing(
          id: id, facts: facts, platform: platform, seller: seller, evidence: evidence,
          address: ListingAddress(collected: facts.address, key: facts.key, isWithheld: facts.isAddressWithheld)))
    }
  }

  /// The platform with these facts, numbered if it is new.
  private mutating func number(_ facts: PlatformFacts, in known: inout [PlatformFacts: Int]) -> Platform {
    if let index = known[facts] { return platforms[index] }
    known[facts] = platforms.count
    platforms.append(Platform(id: "P" + Digits.padded(platforms.count + 1, 4), facts: facts))
    return platforms[platforms.count - 1]
  }

  /// What makes two sellers the same.
  private struct KnownSeller: Hashable {
    let platform: String
    let facts: SellerFacts
  }

  /// The seller with these facts, numbered if it is new or not known.
  private mutating func number(
    _ facts: SellerFacts, on platform: Platform, in known: inout [KnownSeller: Int]
  ) -> Seller {
    let isKnown = platform.facts.name != nil && (facts.alias != nil || facts.userID != nil)
    let seller = KnownSeller(platform: platform.id, facts: facts)
    if isKnown, let index = known[seller] { return sellers[index] }
    if isKnown { known[seller] = sellers.count }
    sellers.append(Seller(id: "S" + Digits.padded(sellers.count + 1, 4), platformID: platform.id, facts: facts))
    return sellers[sellers.count - 1]
  }
}

extension CaseListing {
  /// The listing with every empty text turned into nil: nothing is known.
  fileprivate var withEmptyTextsUnknown: CaseListing {
    var listing = self
    func clear(_ field: WritableKeyPath<CaseListing, String?>) {
      if listing[keyPath: field]?.isEmpty == true { listing[keyPath: field] = nil }
    }
    clear(\.reference)
    clear(\.platform.name)
    clear(\.platform.domain)
    clear(\.platform.country)
    clear(\.seller.alias)
    clear(\.seller.userID)
    clear(\.seller.profileAddress)
    clear(\.seller.statedCountry)
    clear(\.address)
    clear(\.title)
    clear(\.text)
    clear(\.language)
    clear(\.postedText)
    clear(\.quantityText)
    clear(\.location.country)
    clear(\.location.text)
    clear(\.decision.decidedBy)
    clear(\.decision.status.note)
    if listing.price?.asAdvertised.isEmpty == true, listing.price?.amount == nil { listing.price = nil }
    return listing
  }
}

/// The packet's own audit chain: its making, each piece of evidence, the verdicts it rests on, and its export.
///
/// Shape:  `packet.create`, one `evidence.import` per piece of evidence, the casebook's events about these listings in the
///         casebook's order, those of casebooks that were merged into it with the token of their chain, `packet.export`. An event keeps its action, actor, object and time. Its data has the
///         casebook's data under `event`, and that line's number and SHA-256, by which it can be found there.
/// Cost:   one SHA-256 per line.
/// Source: the packet specification, section 6.
struct PacketAudit {
  private(set) var lines: [AuditLine] = []

  /// The SHA-256 of the last line.
  private(set) var head = AuditLine.noPrevious
  /// `data/audit.jsonl`
  private(set) var bytes: [UInt8] = []

  /// Builds the chain of a packet.
  init(_ numbered: NumberedPacket) {
    let packet = numbered.packet
    let stamp = packet.stamp
    var start: [String: JSONValue] = [
      "test_data": .truth(packet.form.isTestData), "tool": .text("linsang \(stamp.toolVersion)"),
      "version": .number(stamp.version),
    ]
    if let casebook = packet.casebook {
      start["casebook_entries"] = .number(casebook.entries)
      start["casebook_head_sha256"] = .text(casebook.headHash)
    }
    append("packet.create", by: stamp.madeBy, on: stamp.id.text, at: stamp.created.text, start)
    for listing in numbered.listings {
      for evidence in listing.evidence {
        append(
          "evidence.import", by: stamp.madeBy, on: evidence.id, at: stamp.created.text,
          Self.facts(of: evidence, for: listing))
      }
    }
    for event in Self.events(of: numbered) {
      append(
        event.action, by: event.actor, on: event.object, at: event.time,
        [
          "casebook_event": .number(event.sequence), "casebook_line_sha256": .text(event.hash),
          "event": .map(event.data),
        ])
    }
    for event in Self.foreignEvents(of: numbered) {
      append(
        event.line.action, by: event.line.actor, on: event.line.object, at: event.line.time,
        [
          "casebook_event": .number(event.line.sequence), "casebook_line_sha256": .text(event.line.hash),
          "chain": .text(event.chain), "event": .map(event.line.data),
        ])
    }
    append(
      "packet.export", by: stamp.madeBy, on: stamp.id.text, at: stamp.created.text,
      [
        "evidence": .number(numbered.evidence.count), "listings": .number(numbered.listings.count),
        "purpose": .text(packet.form.purpose.rawValue),
        "recipients": .list(packet.form.recipients.indices.map { .text("R" + Digits.padded($0 + 1, 4)) }),
        "tlp": .text(packet.form.tlp.rawValue), "version": .number(stamp.version),
      ])
  }

  /// Appends a line, bound to the one before.
  private mutating func append(
    _ action: String, by actor: String, on object: String, at time: String, _ data: [String: JSONValue]
  ) {
    let line = AuditLine(
      action: action, actor: actor, data: data, object: object, previous: head, sequence: lines.count + 1, time: time)
    lines.append(line)
    let json = Array(line.json.utf8)
    head = SHA256Digest(of: json).hex
    bytes += json + [0x0a]
  }

  /// The data of an `evidence.import`.
  private static func facts(
    of evidence: NumberedPacket.Evidence, for listing: NumberedPacket.Listing
  ) -> [String: JSONValue] {
    let row = evidence.row
    if row.isExtract {
      return [
        "bytes": .number(row.bytes.count), "extract": .truth(true), "listing": .text(listing.id),
        "sha256": .text(evidence.digest),
      ]
    }
    return [
      "bytes": .number(row.bytes.count), "decided_by_event": listing.facts.decision.event.map { .number($0) } ?? .null,
      "listing": .text(listing.id), "sha256": .text(evidence.digest),
      "source_file": .text(row.sourceName), "source_file_modified": .text(row.sourceModified.text),
      "source_file_sha256": .text(row.sourceDigest.hex), "source_line": row.line.map { .number($0) } ?? .null,
      "source_row": .number(row.row),
    ]
  }

  /// Each event once, even if it is about several listings.
  private static func events(of numbered: NumberedPacket) -> [AuditLine] {
    var seen: Set<String> = []
    return numbered.listings.flatMap(\.facts.events)
      .filter { seen.insert($0.json).inserted }
      .sorted { $0.sequence < $1.sequence }
  }

  /// The same for events of other casebooks, in the order of their chains.
  private static func foreignEvents(of numbered: NumberedPacket) -> [ForeignLine] {
    var seen: Set<String> = []
    return numbered.listings.flatMap(\.facts.foreignEvents)
      .filter { seen.insert($0.chain + $0.line.json).inserted }
      .sorted { ($0.chain, $0.line.sequence) < ($1.chain, $1.line.sequence) }
  }
}

/// The files that make a folder a bag: the declaration, the description, and the manifests.
///
/// Cost:   one SHA-256 per file of the payload.
/// Source: RFC 8493 sections 2.1 and 2.2; the packet specification, section 2.
struct BagFiles {
  /// The exact content of `bagit.txt`.
  static let declaration = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
  /// The value of `BagIt-Profile-Identifier`.
  static let profile = "https://linsang.invalid/bagit-profile/1.0.json"

  /// All bag files for a payload.
  static func files(for packet: Packet, payload: [PacketFile], auditHead: String) -> [PacketFile] {
    let tags = [
      PacketFile(path: "bag-info.txt", bytes: info(packet, payload: payload, auditHead: auditHead)),
      PacketFile(path: "bagit.txt", bytes: Array(declaration.utf8)),
      PacketFile(path: "manifest-sha256.txt", bytes: manifest(of: payload)),
    ]
    return tags + [PacketFile(path: "tagmanifest-sha256.txt", bytes: manifest(of: tags))]
  }

  /// The size of the payload as BagIt writes it: `<bytes>.<files>`.
  static func oxum(of payload: [PacketFile]) -> String {
    "\(payload.reduce(0) { $0 + $1.bytes.count }).\(payload.count)"
  }

  /// A manifest: one line per file in the format of `sha256sum`, sorted by the bytes of the path.
  private static func manifest(of files: [PacketFile]) -> [UInt8] {
    files.sorted { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
      .flatMap { Array("\(SHA256Digest(of: $0.bytes).hex)  \($0.path)\n".utf8) }
  }

  /// The content of `bag-info.txt`.
  private static func info(_ packet: Packet, payload: [PacketFile], auditHead: String) -> [UInt8] {
    let form = packet.form
    let fields = [
      ("Source-Organization", form.sender.org), ("Contact-Name", form.sender.contactName),
      ("Contact-Email", form.sender.contactEmail), ("External-Description", form.title),
      ("External-Identifier", packet.folderName), ("Bagging-Date", packet.stamp.created.day),
      ("Payload-Oxum", oxum(of: payload)), ("BagIt-Profile-Identifier", profile),
      ("Bag-Software-Agent", "linsang \(packet.stamp.toolVersion)"), ("Linsang-TLP", form.tlp.rawValue),
      ("Linsang-Audit-Head", auditHead),
    ]
    // The form rejects line breaks. Made visible once more here, no value can begin a field of its own.
    return fields.flatMap { Array("\($0): \(DisplayText.visible($1))\n".utf8) }
  }
}
