import CaseFiles

import SmallFormats

/// One file of a packet, before it is on disk. Its path is relative to the packet's folder and always ours.
package struct PacketFile: Equatable, Sendable {
  package let path: String
  package let bytes: [UInt8]
}

/// What leaves the building: a packet's files, every byte of them.
///
/// Shape:  payload first, then the bag's own files; nothing depends on clock, time zone, locale or machine.
/// Cost:   O(bytes of the listings and their evidence), all in memory.
/// Fails:  where the form has problems, where there is no listing, where a listing is neither confirmed nor unsure, or
///         has no evidence.
/// Source: the packet specification, section 1.
package struct PacketAssembly: Sendable {
  package let folderName: String
  package let files: [PacketFile]
  package let payloadOxum: String
  package let auditHead: String
  package let counts: PacketCounts
}

extension PacketAssembly {
  package init(_ packet: Packet) throws(PacketError) {
    try Self.refuse(packet)
    let numbered = NumberedPacket(packet)
    let audit = PacketAudit(numbered)
    let evidence = numbered.evidence
    let readings = PacketFile(
      path: ReadingsDocument.path, bytes: ReadingsDocument(numbered: numbered).value.indentedJSON())
    let document = PacketDocument(numbered: numbered, audit: audit, readings: readings)
    let payload =
      [
        PacketFile(path: "data/README.txt", bytes: ReadMe(numbered: numbered, audit: audit).bytes),
        PacketFile(path: "data/audit.jsonl", bytes: audit.bytes),
        PacketFile(path: "data/listings.csv", bytes: ListingsSheet(numbered: numbered).bytes),
        PacketFile(path: "data/packet.json", bytes: document.value.indentedJSON()), readings,
        PacketFile(path: ReadingsSchema.path, bytes: ReadingsSchema.bytes),
        PacketFile(path: "data/report.html", bytes: Report(numbered: numbered, audit: audit).bytes),
      ] + evidence.map { PacketFile(path: $0.path, bytes: $0.row.bytes) }
    self.init(
      folderName: packet.folderName,
      files: payload + BagFiles.files(for: packet, payload: payload, auditHead: audit.head),
      payloadOxum: BagFiles.oxum(of: payload), auditHead: audit.head,
      counts: PacketCounts(
        listings: numbered.listings.count, platforms: numbered.platforms.count, sellers: numbered.sellers.count,
        evidence: evidence.count, auditLines: audit.lines.count))
  }

  private static func refuse(_ packet: Packet) throws(PacketError) {
    let problems = packet.problems
    guard problems.isEmpty else { throw .formHasProblems(problems) }
    try refuse(packet.file.listings)
  }

  /// Fails where these listings make no packet, whatever the form says.
  static func refuse(_ listings: [CaseListing]) throws(PacketError) {
    guard !listings.isEmpty else { throw .noListings }
    for listing in listings {
      switch listing.decision.standing.verdict {
      case .confirmed, .unsure: break
      case .falsePositive, nil: throw .notForExport(listing.key, listing.decision.standing.verdict)
      }
      guard !listing.evidence.isEmpty else { throw .listingWithoutEvidence(listing.key) }
    }
  }
}

/// How much a packet holds.
package struct PacketCounts: Equatable, Sendable {
  package let listings: Int
  package let platforms: Int
  package let sellers: Int
  package let evidence: Int
  package let auditLines: Int
}
