extension JSONValue {
  /// The value as the text of `packet.json`: keys sorted, two blanks a level, LF, UTF-8, a final line feed.
  ///
  /// Shape:  one byte form per value. Characters that hide or steer (Cc, Cf, Zl, Zp) are `\uXXXX`, so that no viewer
  ///         and no terminal is fooled; everything else stands as it is; a slash is not escaped.
  /// Cost:   O(bytes).
  /// Source: the packet specification, section 3; RFC 8259.
  package func indentedJSON() -> [UInt8] {
    var out: [UInt8] = []
    write(into: &out, depth: 0)
    out.append(0x0a)
    return out
  }

  private func write(into out: inout [UInt8], depth: Int) {
    switch self {
    case .text(let text): Self.write(text, into: &out)
    case .number(let number): out += Array(String(number).utf8)
    case .decimal(let number): out += Array(Self.decimalText(number).utf8)
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

  private static func write(_ text: String, into out: inout [UInt8]) {
    out.append(0x22)
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += [0x5c, 0x22]
      case "\\": out += [0x5c, 0x5c]
      case _ where hidesOrSteers(scalar):
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
