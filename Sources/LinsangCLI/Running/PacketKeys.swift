import CaseStore
import Hashing
import Packets
import SmallFormats

extension Casebook {
  /// What the ids of things in this casebook's packets are made with: drawn for its first packet, then always the same,
  /// whoever exports.
  ///
  /// Fails:  as reading and writing the casebook do. Without its key nobody can make these ids, or tell what they stand for.
  func packetKey(at time: UTCTime) throws(CasebookError) -> PacketKey {
    if let known = try knownPacketKey() { return known }
    var generator = SystemRandomNumberGenerator()
    let drawn = (0..<32).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
    let fields = ["key": drawn.map { Digits.hex($0) }.joined(), "since": time.text]
    try keep(position: StoredFields.json(fields), for: Self.packetKeyName, at: time.text)
    // If two analysts drew one at the same moment, both now find the same.
    return try knownPacketKey() ?? PacketKey(bytes: drawn, since: time)
  }

  private static let packetKeyName = "packet-key"

  /// The key of the first analyst, in the order of their names, who drew one that can be read.
  private func knownPacketKey() throws(CasebookError) -> PacketKey? {
    for stored in try positions(for: Self.packetKeyName) {
      let fields = StoredFields.read(stored)
      if let key = fields["key"].flatMap({ SHA256Digest(hex: $0) }),
        let since = fields["since"].flatMap({ UTCTime($0) })
      {
        return PacketKey(bytes: key.bytes, since: since)
      }
    }
    return nil
  }
}

extension Digits {
  fileprivate static func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
}
