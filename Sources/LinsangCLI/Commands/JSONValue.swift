/// A value to print as JSON: keys sorted, no blanks, every control and invisible character escaped, so that nothing
/// a listing holds can act on a terminal.
indirect enum JSONValue {
  case text(String)
  case number(Int)
  /// A share or a measure, printed with four decimals at most.
  case decimal(Double)
  case truth(Bool)
  case null
  case list([JSONValue])
  case map([String: JSONValue])

  var text: String {
    switch self {
    case .text(let text): Self.quoted(text)
    case .number(let number): String(number)
    case .decimal(let number): number.isFinite ? String((number * 10_000).rounded() / 10_000) : "null"
    case .truth(let truth): truth ? "true" : "false"
    case .null: "null"
    case .list(let values): "[" + values.map(\.text).joined(separator: ",") + "]"
    case .map(let map):
      "{" + map.sorted { $0.key < $1.key }.map { Self.quoted($0.key) + ":" + $0.value.text }.joined(separator: ",")
        + "}"
    }
  }

  static func quoted(_ text: String) -> String {
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
      default: if isSafe(scalar) { out.unicodeScalars.append(scalar) } else { out += escaped(scalar) }
      }
    }
    return out + "\""
  }

  private static func isSafe(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.isASCII { return scalar.value >= 0x20 && scalar.value != 0x7F }
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: return false
    default: return true
    }
  }

  private static func escaped(_ scalar: Unicode.Scalar) -> String {
    String(scalar).utf16.map { unit in
      let hex = String(unit, radix: 16)
      return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
    }.joined()
  }
}
