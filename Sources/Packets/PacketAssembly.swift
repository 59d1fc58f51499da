import CaseFiles
import Casework
import Hashing
import SmallFormats

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
      ]
      + numbered.listings.flatMap { listing in
        listing.evidence.map { PacketFile(path: $0.path, bytes: $0.row.bytes) }
          + listing.files.map { PacketFile(path: $0.path, copy: $0.file) }
      }
    self.init(
      folderName: packet.folderName,
      files: payload + BagFiles.files(for: packet, payload: payload, auditHead: audit.head),
      created: packet.stamp.created, payloadOxum: BagFiles.oxum(of: payload), auditHead: audit.head,
      counts: PacketCounts(
        listings: numbered.listings.count, platforms: numbered.platforms.count, sellers: numbered.sellers.count,
        evidence: numbered.evidenceCount, auditLines: audit.lines.count))
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
