import CaseFiles
import Casework
import Hashing
import SmallFormats

/// The packet's own audit chain: its making, each piece of evidence, the verdicts it rests on, and its export.
///
/// Shape:  `packet.create`, one `evidence.import` per row and one `evidence.copy` per file of evidence, the casebook's events about these listings in the
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
    let legal = packet.form.legal.entries
    if !legal.isEmpty { start["legal_sha256"] = .text(LegalEntry.digest(of: legal.map(\.value))) }
    append("packet.create", by: stamp.madeBy, on: stamp.id.text, at: stamp.created.text, start)
    for listing in numbered.listings {
      for evidence in listing.evidence {
        append(
          "evidence.import", by: stamp.madeBy, on: evidence.id, at: stamp.created.text,
          Self.facts(of: evidence, for: listing))
      }
      for piece in listing.files {
        append(
          FilePiece.action, by: stamp.madeBy, on: piece.id, at: stamp.created.text, piece.chainData(of: listing.id))
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
        "evidence": .number(numbered.evidenceCount), "listings": .number(numbered.listings.count),
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
