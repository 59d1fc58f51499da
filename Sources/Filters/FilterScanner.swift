/// Walks over the characters of a filter's text.
struct FilterScanner {
  private let characters: [Character]
  private(set) var position = 0

  static let schemes: Set<String> = ["http", "https", "hxxp", "hxxps", "ftp"]

  init(_ text: String) { characters = Array(text) }

  func peek(_ offset: Int = 0) -> Character? {
    position + offset < characters.count ? characters[position + offset] : nil
  }

  mutating func take(_ character: Character) -> Bool {
    guard peek() == character else { return false }
    position += 1
    return true
  }

  mutating func skipBlanks() {
    while let next = peek(), next.isWhitespace { position += 1 }
  }

  func isAtKeyword(_ keyword: String) -> Bool {
    let letters = Array(keyword)
    guard position + letters.count <= characters.count,
      Array(characters[position..<position + letters.count]) == letters
    else { return false }
    guard let after = peek(letters.count) else { return true }
    return after.isWhitespace || after == "(" || after == ")"
  }

  mutating func takeKeyword(_ keyword: String) -> Bool {
    skipBlanks()
    guard isAtKeyword(keyword) else { return false }
    position += keyword.count
    return true
  }

  /// Characters up to a blank, a bracket or (outside values) a colon.
  mutating func takeWord(stoppingAtComma: Bool = false, includingColons: Bool = false) -> String {
    let start = position
    while let next = peek(), !next.isWhitespace, next != "(", next != ")", next != "\"" {
      if next == ":", !includingColons { break }
      if next == ",", stoppingAtComma { break }
      position += 1
    }
    // A character that can begin nothing (a lone colon) must still be passed, or reading would not end.
    if position == start, let next = peek(), next != ")", next != "(", next != "\"", !next.isWhitespace,
      !stoppingAtComma
    {
      position += 1
    }
    return String(characters[start..<position])
  }

  /// The text within quotes; `\"` and `\\` stand for themselves.
  mutating func takeQuoted() throws(FilterProblem) -> String {
    let start = position
    position += 1
    var text = ""
    while let next = peek() {
      position += 1
      if next == "\"" { return text }
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
    var pattern = ""
    while index < characters.count {
      let next = characters[index]
      if next == "\\", index + 1 < characters.count, characters[index + 1] == "/" {
        pattern += "\\/"
        index += 2
        continue
      }
      let after = index + 1 < characters.count ? characters[index + 1] : " "
      if next == "/", !pattern.isEmpty, after.isWhitespace || after == ")" {
        position = index + 1
        return pattern
      }
      pattern.append(next)
      index += 1
    }
    return nil
  }
}
