/// A JSON value, and the three forms in which the program writes it.
///
/// Shape:  `json` is the canonical form of audit lines, `indentedJSON()` that of a packet's documents, and `text` is printed
///         by commands. A fraction has no canonical form, so audit lines and packets contain none.
package indirect enum JSONValue: Equatable, Sendable {
  case text(String)
  case number(Int)
  /// A share or a measure, written with at most four decimals.
  case decimal(Double)
  /// A measure with all its digits, for programs that go on calculating.
  case measure(Double)
  case truth(Bool)
  case null
  case list([JSONValue])
  case map([String: JSONValue])

  /// A fraction as text; `null` where it is not finite.
  static func decimalText(_ number: Double) -> String {
    number.isFinite ? String((number * 10_000).rounded() / 10_000) : "null"
  }

  /// The shortest text that reads as the same number; `null` where it is not finite.
  static func measureText(_ number: Double) -> String { number.isFinite ? String(number) : "null" }

  /// Whether a reader would not see this character, or would see others in a different order because of it: Cc, Cf, Zl, Zp.
  package static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0x20..<0x7F: return false
    // The letters of most adverts, decided without looking up properties.
    case 0xAE..<0x300, 0x400...0x482, 0x3041...0x3096, 0x30A1...0x30FA, 0x3400...0x9FFF, 0xAC00...0xD7A3: return false
    default: break
    }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return true
    default: return false
    }
  }
}

// MARK: One line of ASCII, for hash chains

extension JSONValue {
  /// The canonical form: ASCII, keys sorted by UTF-16 units as in RFC 8785, no blanks.
  package var json: String {
    var out: [UInt8] = []
    out.append(json: self)
    return String(decoding: out, as: UTF8.self)
  }
}

/// JSON is written into a single buffer of bytes: filing 100,000 verdicts at once writes as many lines, and concatenating
/// strings took most of its time.
extension [UInt8] {
  /// Appends a value in canonical form.
  ///
  /// Shape:  keys sorted by UTF-16 units.
  package mutating func append(json value: JSONValue) {
    switch value {
    case .text(let text): append(quoted: text)
    case .number(let number): append(contentsOf: String(number).utf8)
    case .decimal(let number): append(contentsOf: JSONValue.decimalText(number).utf8)
    case .measure(let number): append(contentsOf: JSONValue.measureText(number).utf8)
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

  /// Appends an object.
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

  /// Appends a text in quotes, with everything but printable ASCII escaped.
  package mutating func append(quoted text: String) {
    append(UInt8(ascii: "\""))
    let start = count
    append(contentsOf: text.utf8)
    // Most texts need no escapes. Those that do are removed again and written unit by unit.
    if !self[start...].allSatisfy({ (0x20...0x7e).contains($0) && $0 != 0x22 && $0 != 0x5c }) {
      removeSubrange(start...)
      for unit in text.utf16 { append(escaped: unit) }
    }
    append(UInt8(ascii: "\""))
  }

  /// Appends a UTF-16 unit as itself or as an escape.
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

  /// Appends ASCII that needs no quotes.
  package mutating func append(literal: StaticString) {
    append(contentsOf: UnsafeBufferPointer(start: literal.utf8Start, count: literal.utf8CodeUnitCount))
  }
}

// MARK: One line for people and programs

extension JSONValue {
  /// The value on one line: sorted keys, no blanks, and every control and invisible character escaped, so that nothing from a
  /// listing can affect a terminal.
  package var text: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .number(let number): String(number)
    case .decimal(let number): Self.decimalText(number)
    case .measure(let number): Self.measureText(number)
    case .truth(let truth): truth ? "true" : "false"
    case .null: "null"
    case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .map(let map):
      "{"
        + map.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }.map {
          Self.quoted($0.key) + ":" + $0.value.text
        }.joined(separator: ",")
        + "}"
    }
  }

  /// A text in quotes, in the same form.
  ///
  /// Cost:   one pass of comparisons where nothing has to be escaped.
  package static func quoted(_ text: String) -> String {
    // Most texts have nothing to escape, so no property of a character is looked up.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "\\") }) {
      return "\"" + text + "\""
    }
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      default: if isInvisible(scalar) { out += escaped(scalar) } else { out.unicodeScalars.append(scalar) }
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

extension JSONValue {
  /// The value as the text of `packet.json`: sorted keys, two blanks per level, LF, UTF-8, and a final line feed.
  ///
  /// Shape:  exactly one byte form per value. Characters that are invisible or change the direction of text (Cc, Cf, Zl, Zp)
  ///         become `\uXXXX`, so that no viewer or terminal is fooled. Everything else is unchanged, slashes included.
  /// Cost:   O(bytes).
  /// Source: the packet specification, section 3; RFC 8259.
  package func indentedJSON() -> [UInt8] {
    var out: [UInt8] = []
    write(into: &out, depth: 0)
    out.append(0x0a)
    return out
  }

  /// Writes a value and everything in it.
  private func write(into out: inout [UInt8], depth: Int) {
    switch self {
    case .text(let text): Self.write(text, into: &out)
    case .number(let number): out += Array(String(number).utf8)
    case .decimal(let number): out += Array(Self.decimalText(number).utf8)
    case .measure(let number): out += Array(Self.measureText(number).utf8)
    case .truth(let truth): out += Array((truth ? "true" : "false").utf8)
    case .null: out += Array("null".utf8)
    case .list(let values):
      Self.write("[", "]", values.count, into: &out, depth: depth) { index, out in
        values[index].write(into: &out, depth: depth + 1)
      }
    case .map(let map):
      let keys = map.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
      Self.write("{", "}", keys.count, into: &out, depth: depth) { index, out in
        Self.write(keys[index], into: &out)
        out += [0x3a, 0x20]
        map[keys[index]]?.write(into: &out, depth: depth + 1)
      }
    }
  }

  /// Writes an object or array, one element per line.
  private static func write(
    _ open: Unicode.Scalar, _ close: Unicode.Scalar, _ count: Int, into out: inout [UInt8], depth: Int,
    element: (Int, inout [UInt8]) -> Void
  ) {
    out.append(UInt8(ascii: open))
    for index in 0..<count {
      out += index == 0 ? [0x0a] : [0x2c, 0x0a]
      out += [UInt8](repeating: 0x20, count: 2 * (depth + 1))
      element(index, &out)
    }
    if count > 0 { out += [0x0a] + [UInt8](repeating: 0x20, count: 2 * depth) }
    out.append(UInt8(ascii: close))
  }

  /// Writes a text in quotes.
  private static func write(_ text: String, into out: inout [UInt8]) {
    out.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += [0x5c, 0x22]
      case "\\": out += [0x5c, 0x5c]
      case _ where isInvisible(scalar):
        for unit in UTF16.encode(scalar)! {
          let hex = String(unit, radix: 16)
          out += [0x5c, 0x75] + [UInt8](repeating: 0x30, count: 4 - hex.utf8.count) + Array(hex.utf8)
        }
      default: out.append(contentsOf: UTF8.encode(scalar)!)
      }
    }
    out.append(0x22)
  }
}
