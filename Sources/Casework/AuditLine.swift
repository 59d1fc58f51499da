import Hashing
import SmallFormats

/// One immutable line of an audit chain: who did what to which object, when, bound to the line before.
///
/// Shape:  ASCII JSON, keys sorted, no blanks: `{"action","actor","data","object","prev","seq","ts"}`; `prev` is the
///         SHA-256 of the exact bytes of the previous line without its line feed, 64 zeros for the first; `seq` from 1.
/// Units:  `time` is RFC 3339 UTC with whole seconds, `2026-11-18T11:06:40Z`.
/// Source: the packet specification, section 6; the byte form equals RFC 8785 for these values.
package struct AuditLine: Equatable, Sendable {
  package static let noPrevious = String(repeating: "0", count: 64)

  package let action: String
  package let actor: String
  /// Values by name; text, whole numbers, truth values, null, or lists of these.
  package let data: [String: JSONValue]
  package let object: String
  package let previous: String
  package let sequence: Int
  package let time: String

  package init(
    action: String, actor: String, data: [String: JSONValue], object: String, previous: String, sequence: Int,
    time: String
  ) {
    self.action = action
    self.actor = actor
    self.data = data
    self.object = object
    self.previous = previous
    self.sequence = sequence
    self.time = time
  }

  /// The line's exact bytes, without a line feed.
  package var bytes: [UInt8] {
    var out: [UInt8] = []
    out.reserveCapacity(384)  // A verdict's line has about 300 bytes.
    out.append(literal: "{\"action\":")
    out.append(quoted: action)
    out.append(literal: ",\"actor\":")
    out.append(quoted: actor)
    out.append(literal: ",\"data\":")
    out.append(json: .map(data))
    out.append(literal: ",\"object\":")
    out.append(quoted: object)
    out.append(literal: ",\"prev\":")
    out.append(quoted: previous)
    out.append(literal: ",\"seq\":")
    out.append(json: .number(sequence))
    out.append(literal: ",\"ts\":")
    out.append(quoted: time)
    out.append(UInt8(ascii: "}"))
    return out
  }

  /// The line's bytes as text.
  package var json: String { String(decoding: bytes, as: UTF8.self) }

  /// The SHA-256 of the line's bytes, as the next line's `prev`.
  package var hash: String { SHA256Digest(of: bytes).hex }

  /// The hash of a line whose bytes are at hand.
  package static func hash(of json: String) -> String { SHA256Digest(of: json).hex }
}
