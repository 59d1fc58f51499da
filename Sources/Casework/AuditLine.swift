import Hashing

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
  package let data: [String: AuditValue]
  package let object: String
  package let previous: String
  package let sequence: Int
  package let time: String

  package init(
    action: String, actor: String, data: [String: AuditValue], object: String, previous: String, sequence: Int,
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
  package var json: String {
    "{\"action\":\(AuditValue.quoted(action)),\"actor\":\(AuditValue.quoted(actor))"
      + ",\"data\":\(AuditValue.map(data).json),\"object\":\(AuditValue.quoted(object))"
      + ",\"prev\":\(AuditValue.quoted(previous)),\"seq\":\(sequence),\"ts\":\(AuditValue.quoted(time))}"
  }

  /// The SHA-256 of the line's bytes, as the next line's `prev`.
  package var hash: String { Self.hash(of: json) }

  /// The hash of a line whose bytes are at hand.
  package static func hash(of json: String) -> String { SHA256Digest(of: json).hex }
}

/// A JSON value of an audit line. No fractions: they have no one byte form.
package indirect enum AuditValue: Equatable, Sendable {
  case text(String)
  case number(Int)
  case truth(Bool)
  case null
  case list([AuditValue])
  case map([String: AuditValue])

  /// The value as ASCII JSON, keys sorted by UTF-16 units as RFC 8785 asks, no blanks.
  package var json: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .number(let number): String(number)
    case .truth(let truth): truth ? "true" : "false"
    case .null: "null"
    case .list(let values): "[" + values.map(\.json).joined(separator: ",") + "]"
    case .map(let map):
      "{"
        + map.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }
        .map { "\(Self.quoted($0.key)):\($0.value.json)" }.joined(separator: ",") + "}"
    }
  }

  static func quoted(_ text: String) -> String {
    // Most texts of a line need no escape, and a bulk act writes many.
    if text.utf8.allSatisfy({ (0x20...0x7e).contains($0) && $0 != 0x22 && $0 != 0x5c }) { return "\"\(text)\"" }
    var out = "\""
    for unit in text.utf16 {
      switch unit {
      case 0x22: out += "\\\""
      case 0x5c: out += "\\\\"
      case 0x20...0x7e: out.unicodeScalars.append(Unicode.Scalar(UInt8(unit)))
      default:
        let hex = String(unit, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      }
    }
    return out + "\""
  }
}
