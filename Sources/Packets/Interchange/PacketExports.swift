import Hashing
import SmallFormats

/// A packet in forms that others ask for, made from the packet on disk.
///
/// Law:    only a packet that is as it was written is exported, and nothing but what it holds.
package enum PacketExports {
  /// Why there is no export.
  package enum Failure: Error, Equatable, Sendable {
    /// The folder of a packet that is not as it was written, with the first finding.
    case notSound(String, finding: String)
  }

  /// An event for MISP, as JSON.
  package static func mispEvent(of folder: String) throws(Failure) -> JSONValue {
    MispEvent(try records(of: folder), digest: PacketTimestamp.digest(of: folder)?.hex ?? "").value
  }

  /// The CITES annual illegal trade report's columns, with a row for each listing of the packets.
  package static func illegalTrade(
    of folders: [String]
  ) throws(Failure) -> (columns: [String], rows: [[Workbook.Cell]]) {
    var packets: [PacketRecords] = []
    for folder in folders { packets.append(try records(of: folder)) }
    return (IllegalTradeSheet.columns, IllegalTradeSheet(packets: packets).rows)
  }

  private static func records(of folder: String) throws(Failure) -> PacketRecords {
    if let problem = PacketCheck.check(folder).first {
      throw .notSound(folder, finding: problem.sentence)
    }
    func json(_ path: String) -> JSONValue {
      PacketCheck.file(path, in: folder).flatMap { try? JSONReading.value(of: $0) } ?? .null
    }
    let chain = PacketCheck.file("data/audit.jsonl", in: folder) ?? []
    return PacketRecords(
      document: json("data/packet.json"), readings: json(ReadingsDocument.path),
      chain: chain.split(separator: 0x0a).compactMap { try? JSONReading.value(of: Array($0)) })
  }
}
