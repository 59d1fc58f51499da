import TerminalIO

/// One line of text being typed, with a cursor: the filter, a note, a field of a form.
package struct LineEditor: Equatable, Sendable {
  package private(set) var characters: [Character]
  package private(set) var cursor: Int

  package init(_ text: String = "") {
    characters = Array(text)
    cursor = characters.count
  }

  package var text: String { String(characters) }
  package var beforeCursor: String { String(characters[..<cursor]) }

  /// Takes a key in; false when the key means nothing to a line of text.
  package mutating func take(_ key: Key) -> Bool {
    switch key {
    case .character(let scalar): insert(String(Character(scalar)))
    case .backspace:
      if cursor > 0 {
        cursor -= 1
        characters.remove(at: cursor)
      }
    case .delete: if cursor < characters.count { characters.remove(at: cursor) }
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .control("u"):
      characters.removeFirst(cursor)
      cursor = 0
    case .control("k"): characters.removeLast(characters.count - cursor)
    case .control("w"): removeWord()
    default: return false
    }
    return true
  }

  /// Inserts typed or pasted text; line breaks become blanks.
  package mutating func insert(_ text: String) {
    // Rejoining lets a combining mark typed after its letter become one character with it.
    let before = String(characters[..<cursor]) + text.map { $0.isNewline ? " " : String($0) }.joined()
    let after = characters[cursor...]
    let joined = Array(before)
    characters = joined + after
    cursor = joined.count
  }

  /// Puts a text in the place of the last characters before the cursor.
  package mutating func replace(last count: Int, with text: String) {
    let start = max(0, cursor - count)
    characters.removeSubrange(start..<cursor)
    cursor = start
    insert(text)
  }

  private mutating func removeWord() {
    var start = cursor
    while start > 0, characters[start - 1].isWhitespace { start -= 1 }
    while start > 0, !characters[start - 1].isWhitespace { start -= 1 }
    characters.removeSubrange(start..<cursor)
    cursor = start
  }
}
