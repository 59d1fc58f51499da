/// Walks over the Unicode scalars of a filter's text.
///
/// Scalars, not characters: a quote or comma followed by a combining mark must stay a quote or comma, or a seller's
/// name that begins with such a mark could not be written down.
struct FilterScanner {
  private let characters: [Unicode.Scalar]
  private(set) var position = 0

  static let schemes: Set<String> = ["http", "https", "hxxp", "hxxps", "ftp"]

  init(_ text: String) { characters = Array(text.unicodeScalars) }

  func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    position + offset < characters.count ? characters[position + offset] : nil
  }

  mutating func take(_ character: Unicode.Scalar) -> Bool {
    guard peek() == character else { return false }
    position += 1
    return true
  }

  mutating func skipBlanks() {
    while let next = peek(), next.isBlank { position += 1 }
  }

  func isAtKeyword(_ keyword: String) -> Bool {
    let letters = Array(keyword.unicodeScalars)
    guard position + letters.count <= characters.count,
      Array(characters[position..<position + letters.count]) == letters
    else { return false }
    guard let after = peek(letters.count) else { return true }
    return after.isBlank || after == "(" || after == ")"
  }

  mutating func takeKeyword(_ keyword: String) -> Bool {
    skipBlanks()
    guard isAtKeyword(keyword) else { return false }
    position += keyword.unicodeScalars.count
    return true
  }

  /// Characters up to a blank, a bracket or (outside values) a colon.
  mutating func takeWord(stoppingAtComma: Bool = false, includingColons: Bool = false) -> String {
    let start = position
    while let next = peek(), !next.isBlank, next != "(", next != ")", next != "\"" {
      if next == ":", !includingColons { break }
      if next == ",", stoppingAtComma { break }
      position += 1
    }
    // A character that can begin nothing (a lone colon) must still be passed, or reading would not end.
    if position == start, let next = peek(), next != ")", next != "(", next != "\"", !next.isBlank,
      !stoppingAtComma
    {
      position += 1
    }
    return Self.string(characters[start..<position])
  }

  /// Characters up to `=`, or what ends a word.
  mutating func takeName() -> String {
    let start = position
    while let next = peek(), !next.isBlank, next != "(", next != ")", next != "\"", next != "=" { position += 1 }
    return Self.string(characters[start..<position])
  }

  /// The text within quotes; `\"` and `\\` stand for themselves.
  mutating func takeQuoted() throws(FilterProblem) -> String {
    let start = position
    position += 1
    var text = String.UnicodeScalarView()
    while let next = peek() {
      position += 1
      if next == "\"" { return String(text) }
      if next == "\\", let escaped = peek(), escaped == "\"" || escaped == "\\" {
        text.append(escaped)
        position += 1
      } else {
        text.append(next)
      }
    }
    throw FilterProblem(.unclosedQuote, start..<start + 1)
  }

  /// The pattern between two slashes, or nil when no second slash ends a word.
  mutating func takeRegex() -> String? {
    var index = position + 1
    while index < characters.count {
      let next = characters[index]
      if next == "\\" {
        // A backslash takes the next character with it: `\/` is a slash, `\\` before the last slash a backslash.
        index += 2
        continue
      }
      let after = index + 1 < characters.count ? characters[index + 1] : " "
      if next == "/", index > position + 1, after.isBlank || after == ")" {
        let pattern = Self.string(characters[position + 1..<index])
        position = index + 1
        return pattern
      }
      index += 1
    }
    return nil
  }

  private static func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}

extension Unicode.Scalar {
  /// Whether the scalar parts words.
  var isBlank: Bool { properties.isWhitespace }
}
