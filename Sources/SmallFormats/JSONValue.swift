/// A JSON value, and the three forms in which the project writes it.
///
/// Shape:  `json` is the one byte form of audit lines; `indentedJSON()` that of a packet's documents; `text` is printed by
///         commands. A fraction has no one byte form: none is put into an audit line or a packet.
package indirect enum JSONValue: Equatable, Sendable {
  case text(String)
  case number(Int)
  /// A share or a measure, written with four decimals at most.
  case decimal(Double)
  case truth(Bool)
  case null
  case list([JSONValue])
  case map([String: JSONValue])

  static func decimalText(_ number: Double) -> String {
    number.isFinite ? String((number * 10_000).rounded() / 10_000) : "null"
  }

  /// Whether a reader would not see this character, or would see others because of it: Cc, Cf, Zl, Zp.
  static func hidesOrSteers(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: return false
    // Letters of most adverts, without a look at the character's properties.
    case 0xAE..<0x300, 0x400...0x482, 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x9FFF, 0xAC00...0xD7A3: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}

// MARK: - One line of ASCII, for chains of hashes

extension JSONValue {
  /// ASCII, keys sorted by UTF-16 units as RFC 8785 asks, no blanks.
  package var json: String {
    var out: [UInt8] = []
    out.append(json: self)
    return String(decoding: out, as: UTF8.self)
  }
}

/// JSON is written into one buffer of bytes: a bulk act writes 100,000 lines, and joining texts took most of its time.
extension [UInt8] {
  package mutating func append(json value: JSONValue) {
    switch value {
    case .text(let text): append(quoted: text)
    case .number(let number): append(contentsOf: String(number).utf8)
    case .decimal(let number): append(contentsOf: JSONValue.decimalText(number).utf8)
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

  private mutating func append(map: [String: JSONValue]) {
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

  package mutating func append(quoted text: String) {
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

  package mutating func append(literal: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }
}

// MARK: - One line for people and programs

extension JSONValue {
  /// Keys sorted, no blanks, every control and invisible character escaped, so that nothing a listing holds can act on a
  /// terminal.
  package var text: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .number(let number): String(number)
    case .decimal(let number): Self.decimalText(number)
    case .truth(let truth): truth ? "true" : "false"
    case .null: "null"
    case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .map(let map):
      "{" + map.sorted { $0.key < $1.key }.map { Self.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",")
        + "}"
    }
  }

  package static func quoted(_ text: String) -> String {
    // Most texts of most files: nothing to escape, so no look at each character's properties.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      return "\"" + text + "\""
    }
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      default: if hidesOrSteers(scalar) { out += escaped(scalar) } else { out.unicodeScalars.append(scalar) }
      }
    }
    return out + "\""
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let hex = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }.joined()
  }
}
