/// The keys and values of a settings file, a theme or a recipient's profile, with their line numbers: TOML in which every
/// value fits on one line.
///
/// Shape:  tables, dotted keys and inline tables all become paths: `role.hit.foreground`.
/// Fails:  never; a line that cannot be read becomes a problem, and the other lines still count.
/// Limits: no multi-line values, and only the escapes `\"` and `\\`.
/// Source: TOML 1.0. The one TOML library for Swift traps on malformed text, reports no line numbers, and rejects a
///         whole file for one comma; a fault in such a file must never keep the program from starting.
package struct SettingLines {
  /// The kinds of value that such files use.
  package enum Value: Equatable {
    case number(Int)
    case text(String)
    case truth(Bool)
    case list([String])
    /// `{}` or `[table]`: the path exists.
    case table
    /// A date or fraction, none of which they use.
    case other
  }

  /// A key with its full path.
  package struct Entry: Equatable {
    package var path: [String]
    package var value: Value
    package var line: Int

    package init(path: [String], value: Value, line: Int) { (self.path, self.value, self.line) = (path, value, line) }
  }

  /// A line that could not be read.
  package struct Problem: Equatable {
    /// From 1.
    package var line: Int
    package var why: String
  }

  /// A text as such a file spells it.
  ///
  /// Limits: the text has no line break.
  package static func quoted(_ text: String) -> String {
    "\"" + text.reduce(into: "") { $0 += $1 == "\"" || $1 == "\\" ? "\\\($1)" : String($1) } + "\""
  }

  /// In the order of the file, tables included.
  package private(set) var entries: [Entry] = []
  /// In the order of the lines.
  package private(set) var problems: [Problem] = []
  private var seen: Set<[String]> = []

  /// Reads a whole file.
  package init(_ text: String) {
    var section: [String] = []
    // CR LF is one Character, and no such file has a lone CR.
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      var reader = SettingLineReader(line)
      do throws(SettingLineReader.SyntaxError) {
        if reader.isAtEnd { continue }
        if let table = try reader.tableHeader() {
          section = table
          add(Entry(path: table, value: .table, line: index + 1))
        } else {
          for (path, value) in try reader.assignment() {
            add(Entry(path: section + path, value: value, line: index + 1))
          }
        }
        guard reader.isAtEnd else { throw SettingLineReader.SyntaxError("unexpected text at the end of the line") }
      } catch {
        problems.append(Problem(line: index + 1, why: error.why))
      }
    }
  }

  /// Adds a key, unless it has been set before.
  private mutating func add(_ entry: Entry) {
    guard seen.insert(entry.path).inserted else {
      problems.append(Problem(line: entry.line, why: "\(entry.path.joined(separator: ".")) is set twice"))
      return
    }
    entries.append(entry)
  }
}

/// Parses one line of a settings file from left to right.
///
/// Cost:   O(characters); nothing is read twice.
/// Fails:  at the first syntax error; the rest of the line is then ignored.
struct SettingLineReader {
  /// Why the line cannot be read.
  struct SyntaxError: Error {
    let why: String
    init(_ why: String) { self.why = why }
  }

  /// What has not been parsed yet.
  private var rest: Substring

  init(_ line: Substring) { rest = line }

  /// Whether only blanks or a comment are left.
  var isAtEnd: Bool {
    let next = rest.first { $0 != " " && $0 != "\t" }
    return next == nil || next == "#"
  }

  /// A table header such as `[role]`; nil if the line is none.
  mutating func tableHeader() throws(SyntaxError) -> [String]? {
    guard takes("[") else { return nil }
    let path = try keyPath()
    guard takes("]") else { throw SyntaxError("the table's name needs a ]") }
    return path
  }

  /// `key = value`. An inline table is flattened into one path for each of its keys.
  mutating func assignment() throws(SyntaxError) -> [([String], SettingLines.Value)] {
    let path = try keyPath()
    guard takes("=") else { throw SyntaxError("expected = after \(path.joined(separator: "."))") }
    guard takes("{") else { return [(path, try value())] }
    var parts: [([String], SettingLines.Value)] = [(path, .table)]
    if takes("}") { return parts }
    repeat {
      let key = try keyPath()
      guard takes("=") else { throw SyntaxError("expected = after \(key.joined(separator: "."))") }
      parts.append((path + key, try value()))
    } while takes(",")
    guard takes("}") else { throw SyntaxError("what begins with { needs a } at its end, on the same line") }
    return parts
  }

  /// Names with dots between them, bare or quoted: `role."hit"`.
  ///
  /// Source: TOML 1.0, "Keys".
  private mutating func keyPath() throws(SyntaxError) -> [String] {
    var path: [String] = []
    repeat {
      skipBlanks()
      if let quoted = try quotedText() {
        path.append(quoted)
      } else {
        let name = rest.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) || $0 == "-" || $0 == "_" }
        guard !name.isEmpty else { throw SyntaxError("expected a name") }
        path.append(String(name))
        rest = rest.dropFirst(name.count)
      }
    } while takes(".")
    return path
  }

  /// A quoted text, a list, or a bare word.
  private mutating func value() throws(SyntaxError) -> SettingLines.Value {
    skipBlanks()
    if let text = try quotedText() { return .text(text) }
    if takes("[") { return .list(try list()) }
    let word = rest.prefix { !" \t,]}#".contains($0) }
    guard !word.isEmpty else { throw SyntaxError("expected a value") }
    rest = rest.dropFirst(word.count)
    if let number = Int(word) { return .number(number) }
    if word == "true" || word == "false" { return .truth(word == "true") }
    if word.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || ".+-:_".contains($0)) }) { return .other }
    throw SyntaxError("\(word) is not a value; put text in quotation marks")
  }

  /// The quoted texts of a list whose `[` has been consumed. A comma may follow the last one.
  private mutating func list() throws(SyntaxError) -> [String] {
    var elements: [String] = []
    while !takes("]") {
      skipBlanks()
      guard let text = try quotedText() else {
        throw SyntaxError("a list holds quoted names and ends with ] on the same line")
      }
      elements.append(text)
      if !takes(",") {
        guard takes("]") else { throw SyntaxError("the list needs a ] at its end, on the same line") }
        break
      }
    }
    return elements
  }

  /// A quoted text; nil if the rest does not begin with a quotation mark.
  private mutating func quotedText() throws(SyntaxError) -> String? {
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
        // No such file needs TOML's other escapes.
        guard index < rest.endIndex, "\"\\".contains(rest[index]) else {
          throw SyntaxError("only the escapes \\\" and \\\\ are known")
        }
        text.append(rest[index])
        index = rest.index(after: index)
      } else {
        text.append(character)
      }
    }
    throw SyntaxError("a quotation mark is missing")
  }

  private mutating func skipBlanks() { rest = rest.drop { $0 == " " || $0 == "\t" } }

  /// Consumes a sign after blanks, if it comes next.
  private mutating func takes(_ sign: Character) -> Bool {
    skipBlanks()
    guard rest.first == sign else { return false }
    rest.removeFirst()
    return true
  }
}
