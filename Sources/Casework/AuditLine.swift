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
    var out: [UInt8] = []
    out.append(json: self)
    return String(decoding: out, as: UTF8.self)
  }
}

/// JSON is written into one buffer of bytes: a bulk act writes 100,000 lines, and joining texts took most of its time.
extension [UInt8] {
  fileprivate mutating func append(json value: AuditValue) {
    switch value {
    case .text(let text): append(quoted: text)
    case .number(let number): append(contentsOf: String(number).utf8)
    case .truth(let truth): append(literal: truth ? "true" : "false")
    case .null: append(literal: "null")
    case .list(let values):
      append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { append(UInt8(ascii: ",")) }
        append(json: value)
      }
      append(UInt8(ascii: "]"))
    case .map(let map): append(map: map)
    }
  }

  private mutating func append(map: [String: AuditValue]) {
    var separator = UInt8(ascii: "{")
    if map.isEmpty { append(separator) }
    for (name, value) in map.sorted(by: { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }) {
      append(separator)
      append(quoted: name)
      append(UInt8(ascii: ":"))
      append(json: value)
      separator = UInt8(ascii: ",")
    }
    append(UInt8(ascii: "}"))
  }

  fileprivate mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    let start = count
    append(contentsOf: text.utf8)
    // Most texts of a line need no escape; those that do are taken back and written unit by unit.
    if !self[start...].allSatisfy({ (0x20...0x7e).contains($0) && $0 != 0x22 && $0 != 0x5c }) {
      removeSubrange(start...)
      for unit in text.utf16 { append(escaped: unit) }
    }
    append(UInt8(ascii: "\""))
  }

  private mutating func append(escaped unit: UInt16) {
    switch unit {
    case 0x22: append(literal: "\\\"")
    case 0x5c: append(literal: "\\\\")
    case 0x20...0x7e: append(UInt8(unit))
    default:
      append(literal: "\\u")
      for shift in [12, 8, 4, 0] as [UInt16] {
        let digit = UInt8(unit >> shift & 15)
        append(digit < 10 ? UInt8(ascii: "0") + digit : UInt8(ascii: "a") - 10 + digit)
      }
    }
  }

  fileprivate mutating func append(literal: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }
}
