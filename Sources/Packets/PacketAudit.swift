import Casework
import SmallFormats
import Hashing

/// The packet's own audit chain: its making, each piece of evidence, the verdicts it rests on, and its export.
///
/// Shape:  `packet.create`, one `evidence.import` per piece of evidence, the casebook's events about these listings in
///         the casebook's order, `packet.export`. An event keeps its action, actor, object and time; its data are those
///         of the casebook's line under `event`, beside that line's number and SHA-256, so that it can be found there.
/// Cost:   one SHA-256 per line.
/// Source: the packet specification, section 6.
struct PacketAudit {
  private(set) var lines: [AuditLine] = []

  /// The SHA-256 of the last line.
  private(set) var head = AuditLine.noPrevious
  /// `data/audit.jsonl`
  private(set) var bytes: [UInt8] = []

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
    append(
      "packet.export", by: stamp.madeBy, on: stamp.id.text, at: stamp.created.text,
      [
        "evidence": .number(numbered.evidence.count), "listings": .number(numbered.listings.count),
        "purpose": .text(packet.form.purpose.rawValue),
        "recipients": .list(packet.form.recipients.indices.map { .text("R" + Digits.padded($0 + 1, 4)) }),
        "tlp": .text(packet.form.tlp.rawValue), "version": .number(stamp.version),
      ])
  }

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

  private static func facts(
    of evidence: NumberedPacket.Evidence, for listing: NumberedPacket.Listing
  ) -> [String: JSONValue] {
    let row = evidence.row
    return [
      "bytes": .number(row.bytes.count), "listing": .text(listing.id), "sha256": .text(evidence.digest),
      "source_file": .text(row.sourceName), "source_file_modified": .text(row.sourceModified.text),
      "source_file_sha256": .text(row.sourceDigest.hex), "source_line": row.line.map { .number($0) } ?? .null,
      "source_row": .number(row.row),
    ]
  }

  /// Each event once, though one event may be about many listings.
  private static func events(of numbered: NumberedPacket) -> [AuditLine] {
    var seen: Set<String> = []
    return numbered.listings.flatMap(\.facts.events)
      .filter { seen.insert($0.json).inserted }
      .sorted { $0.sequence < $1.sequence }
  }
}
