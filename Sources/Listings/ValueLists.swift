/// Cells that name several values: which single values each distinct cell stands for.
///
/// Shape:  `members[code]` are codes into `names`, in the order of the cell; `names[0]` is the missing value, and
///         `members[0]` is `[0]`. A cell `Manis javanica; Python regius` has two members.
/// Rule:   a cell is split at `;` and `|`, and, within brackets as Python and JSON print lists, at `,`.
package struct ValueLists: Sendable {
  package private(set) var members: [[UInt32]] = []
  package private(set) var names: [String] = []
  private var codes: [String: UInt32] = [:]

  init() {}

  /// Takes in the distinct cells that came since the last call.
  mutating func extend(over table: ValueTable) {
    if names.isEmpty { names = [""] }
    for code in members.count..<max(members.count, table.count) {
      let parts = code == 0 ? [] : Self.split(table.string(UInt32(code)))
      members.append(parts.isEmpty ? [0] : parts.map { self.code(for: $0) })
    }
  }

  private mutating func code(for name: String) -> UInt32 {
    if let code = codes[name] { return code }
    let code = UInt32(names.count)
    codes[name] = code
    names.append(name)
    return code
  }

  /// The single values of a cell, each once, in order, without surrounding blanks and quotes.
  package static func split(_ cell: String) -> [String] {
    var text = Substring(cell)
    var separators: Set<Character> = [";", "|", "；"]
    if text.hasPrefix("["), text.hasSuffix("]") {
      text = text.dropFirst().dropLast()
      separators.insert(",")
    }
    var seen: Set<Substring> = []
    var parts: [String] = []
    for part in text.split(whereSeparator: { separators.contains($0) }) {
      let name = trimmed(part)
      if !name.isEmpty, seen.insert(name).inserted { parts.append(String(name)) }
    }
    return parts
  }

  private static func trimmed(_ part: Substring) -> Substring {
    let blank: (Character) -> Bool = { $0.isWhitespace || $0 == "\"" || $0 == "'" }
    var part = part.drop(while: blank)
    while let last = part.last, blank(last) { part.removeLast() }
    return part
  }
}
