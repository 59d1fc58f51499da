import Foundation
import Hashing
import SmallFormats

@testable import Packets

/// A packet on disk that a forger works on: whatever they change, they make new lists over it.
final class ForgedPacket {
  let scratch = ScratchFolder()
  let path: String

  init(_ packet: Packet = Invented.threeListings) throws {
    path = try PacketWriter.write(packet, into: scratch.path).path
  }

  func read(_ file: String) throws -> [UInt8] { try Array(Data(contentsOf: URL(fileURLWithPath: path + "/" + file))) }

  func text(_ file: String) throws -> String { String(decoding: try read(file), as: UTF8.self) }

  func write(_ bytes: [UInt8], _ file: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: path + "/" + file))
  }

  struct NotThere: Error { let text: String }

  /// Changes a text wherever it is in a file, and makes new lists.
  func replace(_ old: String, _ new: String, in file: String) throws {
    let text = try text(file)
    guard text.contains(old) else { throw NotThere(text: "\(old) is not in \(file)") }
    try write(Array(text.replacingOccurrences(of: old, with: new).utf8), file)
    try listAgain()
  }

  /// Changes `readings.json` as a thorough forger does, who mends its digest in `packet.json` too.
  func replaceInReadings(_ old: String, _ new: String) throws {
    let before = SHA256Digest(of: try read(ReadingsDocument.path)).hex
    try replace(old, new, in: ReadingsDocument.path)
    try replace(before, SHA256Digest(of: try read(ReadingsDocument.path)).hex, in: "data/packet.json")
  }

  /// Changes `packet.json` in its exact form, and makes new lists.
  func changeDocument(_ edit: (inout [String: JSONValue]) -> Void) throws {
    guard case .map(var document) = try JSONReading.value(of: read("data/packet.json")) else {
      throw NotThere(text: "packet.json is no object")
    }
    edit(&document)
    try write(JSONValue.map(document).indentedJSON(), "data/packet.json")
    try listAgain()
  }

  /// Derives everything again that follows from the packet's records, as the most thorough forger does.
  func deriveAgain() throws {
    let document = try JSONReading.value(of: read("data/packet.json"))
    let records = PacketRecords(
      document: document, readings: try JSONReading.value(of: read(ReadingsDocument.path)),
      chain: try read("data/audit.jsonl").split(separator: 0x0a).map { try JSONReading.value(of: Array($0)) })
    let key = Invented.stamp.key
    try write(Report(records: records).bytes, Report.path)
    try write(ListingsSheet(records: records).bytes, ListingsSheet.path)
    try write(ReadMe(document: document).bytes, "data/README.txt")
    try write(StixBundle(of: document, key: key).value.indentedJSON(), StixBundle.path)
    try write(CaseGraph(of: document, key: key).value.indentedJSON(), CaseGraph.path)
    try listAgain()
  }

  func listAgain() throws {
    let payload = try FileManager.default.subpathsOfDirectory(atPath: path)
      .filter { $0.hasPrefix("data/") && (try? read($0)) != nil }.sorted()
    try write(
      try payload.flatMap { Array("\(SHA256Digest(of: try read($0)).hex)  \($0)\n".utf8) }, "manifest-sha256.txt")
    let size = try payload.reduce(0) { try $0 + read($1).count }
    let info = try text("bag-info.txt").replacing(/Payload-Oxum: .*/, with: "Payload-Oxum: \(size).\(payload.count)")
    try write(Array(info.utf8), "bag-info.txt")
    let tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
    try write(
      try tags.flatMap { Array("\(SHA256Digest(of: try read($0)).hex)  \($0)\n".utf8) }, "tagmanifest-sha256.txt")
  }

  var outcome: PacketCheck.Outcome { PacketCheck.outcome(of: path) }
  var found: [PacketCheckProblem] { outcome.problems }
}

extension JSONValue {
  /// The value with another one at a path; names of maps only.
  func setting(_ value: JSONValue?, at path: [String]) -> JSONValue {
    guard case .map(var map) = self, let first = path.first else { return self }
    map[first] = path.count == 1 ? value : map[first]?.setting(value, at: Array(path.dropFirst()))
    return .map(map)
  }
}
