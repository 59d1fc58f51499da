import Casework
import Glibc
import Hashing
import SmallFormats

/// The heads of a casebook's chain that a packet holds: what its casebook's chain was when it was made, and the number and
/// hash of every event it cites.
///
/// Cost:   reads `data/audit.jsonl`.
/// Limits: believes the packet's own chain only if that is whole. Whether the packet itself is as it was made, `PacketCheck`
///         says.
package struct PacketHeads: Equatable, Sendable {
  /// One event of a chain.
  package struct Cited: Equatable, Sendable {
    package let number: Int
    package let hash: String
    /// The token of its chain; nil for that of the casebook that made the packet.
    package let chain: String?
  }

  /// `LNS-2026-7K3Q-000007`.
  package let id: String
  package let version: Int
  /// When it was made.
  package let time: String
  /// The hash of the last line of its own chain.
  package let head: String
  package let cited: [Cited]

  /// Reads a packet's folder; nil where it has no whole audit chain that begins with a packet.
  package init?(folder path: String) {
    guard let folder = FolderReading(path), let bytes = try? folder.bytes(of: "data/audit.jsonl") else { return nil }
    let texts = bytes.split(separator: 0x0a).map { String(decoding: $0, as: UTF8.self) }
    guard case .whole(let end) = AuditChain.verify(texts) else { return nil }
    let lines = texts.compactMap { AuditLine(canonical: $0) }
    guard let first = lines.first, first.action == "packet.create", let version = first.data["version"]?.asNumber else {
      return nil
    }
    (id, self.version, time, head) = (first.object, version, first.time, end.hash)
    var cited: [Cited] = []
    if let number = first.data["casebook_entries"]?.asNumber, let hash = first.data["casebook_head_sha256"]?.asText {
      cited.append(Cited(number: number, hash: hash, chain: nil))
    }
    for line in lines {
      guard let number = line.data["casebook_event"]?.asNumber, let hash = line.data["casebook_line_sha256"]?.asText
      else { continue }
      cited.append(Cited(number: number, hash: hash, chain: line.data["chain"]?.asText))
    }
    self.cited = cited
  }

  /// The folders of packets in a folder: itself, or those directly in it.
  ///
  /// Cost:   a system call for each of its entries, 10,000 of them at most.
  package static func folders(in path: String) -> [String] {
    if FolderWriting.isFolder(path + "/data") { return [path] }
    return names(in: path).sorted().map { path + "/" + $0 }.filter { FolderWriting.isFolder($0 + "/data") }
  }

  /// The names in a folder; empty where it cannot be listed.
  private static func names(in path: String) -> [String] {
    guard let stream = opendir(path) else { return [] }
    defer { closedir(stream) }
    var names: [String] = []
    while names.count < 10_000, let next = readdir(stream) {
      names.append(
        withUnsafePointer(to: &next.pointee.d_name) {
          $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        })
    }
    return names.filter { $0 != "." && $0 != ".." }
  }
}
