import CaseFiles
import Captures
import Casework
import SmallFormats

/// A file of evidence with its number: one that a person attached, or that the listing's row names.
///
/// Shape:  `data/evidence/L0001/E0002-screenshot.png`: its name says how it was captured and what it is by its content, and
///         nothing of it is the file's own. What could run by a double click ends in `.txt`.
/// Source: the packet specification, section 1.
struct FilePiece {
  let id: String
  let path: String
  let file: FileEvidence

  init(number: Int, of listing: String, _ file: FileEvidence) {
    id = "E" + Digits.padded(number, 4)
    let name =
      switch file.method {
      case .screenshot: "screenshot"
      case .browserSave: "page"
      case .warc: "capture"
      case .api: "response"
      case .transcript: "transcript"
      case .found: "file"
      }
    path = "data/evidence/\(listing)/\(id)-\(name).\(Self.ending(of: file.mediaType))"
    self.file = file
  }

  /// The ending of a file of this type in a packet.
  static func ending(of type: MediaType) -> String { type.ending + (type.isActive ? ".txt" : "") }

  /// What the line of the packet's chain says that brings the file in.
  static let action = "evidence.copy"

  /// The data of that line.
  ///
  /// Shape:  `source` is `attached` or `named`. Of an attachment, the number and the hash of the casebook's event, and the token
  ///         of its chain where it came by merging; of a file that the row names, the column and what stands there.
  func chainData(of listing: String) -> [String: JSONValue] {
    var data: [String: JSONValue] = [
      "bytes": .number(file.bytes), "listing": .text(listing), "media_type": .text(file.mediaType.name),
      "method": .text(file.method.rawValue), "sha256": .text(file.digest),
    ]
    switch file.origin {
    case .attached(let attached):
      data["source"] = .text("attached")
      data["casebook_line_sha256"] = .text(attached.hash)
      data["attached_by_event"] = .number(attached.number)
      data["chain"] = attached.chain.map { .text($0) }
    case .named(let column, let text):
      data["source"] = .text("named")
      data["column"] = .text(column)
      data["text"] = .text(text)
    }
    return data
  }

  /// What `packet.json` says of it under `evidence`.
  func statement(of listing: NumberedPacket.Listing, toolVersion: String) -> JSONValue {
    .map([
      "id": .text(id), "listing": .text(listing.id), "path": .text(path), "media_type": .text(file.mediaType.name),
      "bytes": .number(file.bytes), "sha256": .text(file.digest),
      "captured_at": .text((file.capturedAt ?? file.moment).text),
      "captured_by": .text(file.attached?.analyst ?? "unknown"),
      // What a person states, they read from some clock or other.
      "clock": .map(["source": .text(file.capturedAt == nil ? "system" : "manual"), "offset_ms": .null]),
      "method": .text(file.method.rawValue), "tool": .text("linsang \(toolVersion): \(origin)"),
      "source_url": .text(listing.address.uri), "http_status": .null, "network_exit_country": .null,
      "virtual_identity": .null, "original": .truth(true), "derived_from": .null,
    ])
  }

  /// Where it came from, and what its times rest on.
  private var origin: String {
    switch file.origin {
    case .attached(let attached):
      let stated =
        file.capturedAt == nil
        ? "when it was captured is not known: captured_at is when it was attached"
        : "captured_at is as \(attached.analyst) stated it"
      return
        "the file \(attached.attachment.originalName.nonEmpty ?? "without a name"), byte for byte as \(attached.analyst) "
        + "attached it on \(attached.time), event \(attached.number)"
        + (attached.chain.map { " of casebook \($0)" } ?? "") + "; \(stated)"
    case .named(let column, let text):
      return
        "the file \(text), byte for byte as it was when the packet was made, which the row names in its column \(column); "
        + "when it was captured is not known: captured_at is when it was last changed"
    }
  }

  /// What `packet.json` says of it under `tool.listings`, for which its closed objects have no place.
  var record: JSONValue {
    let attached = file.attached
    return .map([
      "captured_at_is": .text(
        file.capturedAt != nil
          ? "as stated" : attached == nil ? RecordedEvidence.lastChange : RecordedEvidence.attaching),
      "name": .textOrNull(file.originalName.nonEmpty), "note": .textOrNull(attached?.attachment.note.nonEmpty),
      "source": .text(attached == nil ? "named" : "attached"),
      "attached_at": .textOrNull(attached?.time), "attached_by": .textOrNull(attached?.analyst),
      "looked_into": .textOrNull(file.looked.nonEmpty), "is_faulty": .truth(file.isFaulty),
    ])
  }
}

/// Files that belong to listings of the packet and could not be had, as `tool.evidence_missing` of `packet.json` lists them.
struct MissingFiles {
  /// Nil where none is missing: then nothing is said.
  static func value(of numbered: NumberedPacket) -> JSONValue? {
    let all = numbered.listings.flatMap { listing in
      listing.facts.missingFiles.map { missing -> JSONValue in
        .map([
          "listing": .text(listing.id), "source": .text(missing.source), "name": .text(missing.text),
          "why": .text(missing.why),
        ])
      }
    }
    return all.isEmpty ? nil : .list(all)
  }
}
