import Casework
import Hashing
import SmallFormats

/// The payload's own claims: the audit chain, and `packet.json` against everything that repeats it.
extension PacketCheck {
  struct Chain {
    let head: String
    let lines: Int
  }

  /// Follows `data/audit.jsonl` line by line to its head.
  mutating func checkChain(_ info: [String: String]) -> Chain? {
    let path = "data/audit.jsonl"
    guard let bytes = bytes(of: path) else { return nil }
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var previous = AuditLine.noPrevious
    for (index, line) in lines.enumerated() {
      checkLine(Array(line), number: index + 1, previous: previous, path: path)
      previous = SHA256Digest(of: line).hex
    }
    if let head = info["Linsang-Audit-Head"], head != previous {
      report("bag-info.txt", .wrongField("Linsang-Audit-Head", found: head, expected: previous))
    }
    return Chain(head: previous, lines: lines.count)
  }

  private mutating func checkLine(_ bytes: [UInt8], number: Int, previous: String, path: String) {
    guard let value = try? JSONReading.value(of: bytes), let line = Self.auditLine(value),
      Array(line.json.utf8) == bytes
    else { return report(path, .lineNotExact(line: number)) }
    if line.previous != previous { report(path, .chainBroken(line: number)) }
    if line.sequence != number { report(path, .chainOutOfOrder(line: number)) }
  }

  /// The line that `value` is; nil where a part is missing. A part too many shows when the line is written again.
  private static func auditLine(_ value: JSONValue) -> AuditLine? {
    guard let action = value.at("action")?.asText, let actor = value.at("actor")?.asText,
      case .map(let data) = value.at("data"), let object = value.at("object")?.asText,
      let previous = value.at("prev")?.asText, let sequence = value.at("seq")?.asNumber,
      let time = value.at("ts")?.asText
    else { return nil }
    return AuditLine(
      action: action, actor: actor, data: data, object: object, previous: previous, sequence: sequence, time: time)
  }

  mutating func checkDocument(_ info: [String: String], chain: Chain?) {
    let path = "data/packet.json"
    guard let bytes = bytes(of: path) else { return }
    let document: JSONValue
    do {
      document = try JSONReading.value(of: bytes)
    } catch {
      return report(path, .notJSON("\(error.why), at byte \(error.byte)"))
    }
    expect(document.at("schema")?.asText, "urn:linsang:packet:1", "schema")
    if let chain {
      expect(document.at("audit", "head_sha256")?.asText, chain.head, "audit.head_sha256")
      expect(document.at("audit", "entries")?.asNumber.map(String.init), String(chain.lines), "audit.entries")
    }
    if let tlp = info["Linsang-TLP"] { expect(document.at("handling", "tlp")?.asText, tlp, "handling.tlp") }
    if let name = info["External-Identifier"] {
      let id = document.at("packet_id")?.asText.flatMap { PacketID($0) }
      let version = document.at("packet_version")?.asNumber
      let found = id.flatMap { id in version.map { "\(id.text)_v\($0)" } }
      expect(found, name, "packet_id and packet_version")
    }
    checkEvidence(document, path: path)
    checkReadings(document)
  }

  private mutating func expect(_ found: String?, _ expected: String, _ name: String) {
    guard let found else { return report("data/packet.json", .missingValue(name)) }
    if found != expected { report("data/packet.json", .differs(name, found: found, expected: expected)) }
  }

  /// Every piece of evidence that `packet.json` describes is there with that digest and size, every one that a listing
  /// cites is described, and every file of evidence is described.
  private mutating func checkEvidence(_ document: JSONValue, path: String) {
    guard let evidence = document.at("evidence")?.asList else { return report(path, .missingValue("evidence")) }
    guard let listings = document.at("listings")?.asList, !listings.isEmpty else {
      return report(path, .missingValue("listings"))
    }
    let sizes = Dictionary(folder.found.map { ($0.path, $0.size) }) { first, _ in first }
    var described: Set<String> = []
    var describedPaths: Set<String> = []
    for piece in evidence {
      guard let id = piece.at("id")?.asText, let file = piece.at("path")?.asText, file.hasPrefix("data/evidence/"),
        paths.contains(file)
      else {
        report(path, .evidenceMissing(piece.at("id")?.asText ?? "without a number"))
        continue
      }
      described.insert(id)
      describedPaths.insert(file)
      if piece.at("bytes")?.asNumber != sizes[file] || digest(of: file) != piece.at("sha256")?.asText {
        report(file, .changed(accordingTo: path))
      }
    }
    for listing in listings {
      guard let cited = listing.at("evidence")?.asList, !cited.isEmpty else {
        report(path, .missingValue("evidence of listing \(listing.at("id")?.asText ?? "without a number")"))
        continue
      }
      for id in cited.map({ $0.asText ?? "" }) where !described.contains(id) { report(path, .evidenceMissing(id)) }
    }
    for file in paths.sorted() where file.hasPrefix("data/evidence/") && !describedPaths.contains(file) {
      report(file, .unlisted)
    }
  }
}
