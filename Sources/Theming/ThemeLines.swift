/// The keys and values of a theme file, each with its line: TOML, restricted to values that fit on one line.
///
/// Shape:  tables, dotted keys and inline tables all become paths: `role.hit.foreground`.
/// Fails:  never; a line that cannot be read is a mistake with its number, and the other lines still count.
/// Source: TOML 1.0. Written here because the one TOML library for Swift asserts on malformed text instead of
///         refusing it, tells no lines, and gives up a whole file for one comma.
struct ThemeLines {
  enum Value: Equatable {
    case number(Int)
    case text(String)
    case list([String])
    /// `{}` or `[table]`: says that the path is there.
    case table
    case other
  }

  struct Entry: Equatable {
    var path: [String]
    var value: Value
    var line: Int
  }

  struct Mistake: Error, Equatable {
    var line: Int
    var why: String
  }

  private(set) var entries: [Entry] = []
  private(set) var mistakes: [Mistake] = []
  private var seen: Set<[String]> = []

  init(_ text: String) {
    var section: [String] = []
    // CR LF is one Character, and no theme has a lone CR.
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      var reader = ThemeLineReader(line)
      do throws(ThemeLineReader.Mistake) {
        if reader.isAtEnd { continue }
        if let table = try reader.tableHeader() {
          section = table
          add(Entry(path: table, value: .table, line: index + 1))
        } else {
          for (path, value) in try reader.assignment() {
            add(Entry(path: section + path, value: value, line: index + 1))
          }
        }
        guard reader.isAtEnd else { throw ThemeLineReader.Mistake("unexpected text at the end of the line") }
      } catch {
        mistakes.append(Mistake(line: index + 1, why: error.why))
      }
    }
  }

  private mutating func add(_ entry: Entry) {
    guard seen.insert(entry.path).inserted else {
      mistakes.append(Mistake(line: entry.line, why: "\(entry.path.joined(separator: ".")) is stated twice"))
      return
    }
    entries.append(entry)
  }
}

/// Reads one line from left to right.
struct ThemeLineReader {
  struct Mistake: Error {
    let why: String
    init(_ why: String) { self.why = why }
  }

  private var rest: Substring

  init(_ line: Substring) { rest = line }

  /// Only blanks and a comment are left.
  var isAtEnd: Bool {
    let next = rest.first { $0 != " " && $0 != "\t" }
    return next == nil || next == "#"
  }

  /// `[role]`; nil where the line is no table header.
  mutating func tableHeader() throws(Mistake) -> [String]? {
    guard takes("[") else { return nil }
    let path = try keyPath()
    guard takes("]") else { throw Mistake("the table's name needs a ]") }
    return path
  }

  /// `key = value`, with what an inline table holds spread out.
  mutating func assignment() throws(Mistake) -> [([String], ThemeLines.Value)] {
    let path = try keyPath()
    guard takes("=") else { throw Mistake("expected = after \(path.joined(separator: "."))") }
    guard takes("{") else { return [(path, try value())] }
    var parts: [([String], ThemeLines.Value)] = [(path, .table)]
    if takes("}") { return parts }
    repeat {
      let key = try keyPath()
      guard takes("=") else { throw Mistake("expected = after \(key.joined(separator: "."))") }
      parts.append((path + key, try value()))
    } while takes(",")
    guard takes("}") else { throw Mistake("the style needs a } at its end, on the same line") }
    return parts
  }

  private mutating func keyPath() throws(Mistake) -> [String] {
    var path: [String] = []
    repeat {
      skipBlanks()
      if let quoted = try quotedText() {
        path.append(quoted)
      } else {
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" || $0 == "_" }
        guard !name.isEmpty else { throw Mistake("expected a name") }
        path.append(String(name))
        rest = rest.dropFirst(name.count)
      }
    } while takes(".")
    return path
  }

  private mutating func value() throws(Mistake) -> ThemeLines.Value {
    skipBlanks()
    if let text = try quotedText() { return .text(text) }
    if takes("[") { return .list(try list()) }
    let word = rest.prefix { !" \t,]}#".contains($0) }
    guard !word.isEmpty else { throw Mistake("expected a value") }
    rest = rest.dropFirst(word.count)
    if let number = Int(word) { return .number(number) }
    if word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".+-:_".contains($0)) }) { return .other }
    throw Mistake("\(word) is no value; text needs quotation marks")
  }

  private mutating func list() throws(Mistake) -> [String] {
    var elements: [String] = []
    while !takes("]") {
      skipBlanks()
      guard let text = try quotedText() else { throw Mistake("a list holds texts, and ends with ] on the same line") }
      elements.append(text)
      if !takes(",") {
        guard takes("]") else { throw Mistake("the list needs a ] at its end, on the same line") }
        break
      }
    }
    return elements
  }

  private mutating func quotedText() throws(Mistake) -> String? {
    guard let quote = rest.first, quote == "\"" || quote == "'" else { return nil }
    var text = ""
    var index = rest.index(after: rest.startIndex)
    while index < rest.endIndex {
      let character = rest[index]
      index = rest.index(after: index)
      if character == quote {
        rest = rest[index...]
        return text
      }
      if character == "\\", quote == "\"" {
        // No theme needs more than these; the other escapes of TOML are for characters nobody names a theme with.
        guard index < rest.endIndex, "\"\\".contains(rest[index]) else { throw Mistake("only \\\" and \\\\ are known") }
        text.append(rest[index])
        index = rest.index(after: index)
      } else {
        text.append(character)
      }
    }
    throw Mistake("a quotation mark is missing")
  }

  private mutating func skipBlanks() { rest = rest.drop { $0 == " " || $0 == "\t" } }

  private mutating func takes(_ sign: Character) -> Bool {
    skipBlanks()
    guard rest.first == sign else { return false }
    rest.removeFirst()
    return true
  }
}
