import CPlatform

/// What may lie between the parts of a JSON text: blanks, byte order marks of texts that were joined, and comments.
enum JSONBlanks {
  /// The next place with something else.
  @inline(__always)
  static func end(in text: UnsafeRawBufferPointer, from start: Int, limit: Int) -> Int {
    var position = start
    while position < limit, text[position] <= .blank { position += 1 }
    guard position < limit, text[position] == UInt8(ascii: "/") || text[position] == 0xEF else { return position }
    return endWithComments(in: text, from: position, limit: limit)
  }

  private static func endWithComments(in text: UnsafeRawBufferPointer, from start: Int, limit: Int) -> Int {
    var position = start
    while position < limit {
      if text[position] <= .blank {
        position += 1
      } else if let end = mark(in: text, at: position, limit) ?? comment(in: text, at: position, limit) {
        position = end
      } else {
        break
      }
    }
    return position
  }

  private static func mark(in text: UnsafeRawBufferPointer, at place: Int, _ limit: Int) -> Int? {
    guard place + 3 <= limit, text[place] == 0xEF, text[place + 1] == 0xBB, text[place + 2] == 0xBF else { return nil }
    return place + 3
  }

  /// Where a comment ends that begins here, as in JSON5: `// to the end of the line`, `/* anywhere */`.
  private static func comment(in text: UnsafeRawBufferPointer, at place: Int, _ limit: Int) -> Int? {
    guard place + 1 < limit, text[place] == UInt8(ascii: "/") else { return nil }
    if text[place + 1] == UInt8(ascii: "/") {
      return (text[place..<limit].firstIndex(of: .lineFeed) ?? limit - 1) + 1
    }
    guard text[place + 1] == UInt8(ascii: "*") else { return nil }
    let base = text.baseAddress!
    guard let end = memmem(base + place + 2, limit - place - 2, "*/", 2) else { return nil }
    return UnsafeRawPointer(end) - base + 2
  }
}

/// Strings by their quotes.
enum JSONStrings {
  /// Where the string ends that begins with the quote at `start`; a line break in it breaks it there.
  static func end(in text: UnsafeRawBufferPointer, from start: Int, limit: Int) -> JSONScan.Outcome {
    guard let base = text.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return .open }
    var position = start + 1
    while position < limit {
      if position + 64 <= text.count {
        let mask = lp_any_mask64(base + position, .quote, .backslash, .lineFeed)
        guard mask != 0 else {
          position += 64
          continue
        }
        position += mask.trailingZeroBitCount
        guard position < limit else { break }
      }
      switch base[position] {
      case .quote: return .whole(end: position + 1)
      case .backslash: position += 2
      case .lineFeed: return .broken(at: position)
      default: position += 1
      }
    }
    return .open
  }

  /// Where the string begins that ends with the quote at `end`; nil: there is none on this side of `start`.
  static func start(in text: UnsafeRawBufferPointer, endingAt end: Int, from start: Int) -> Int? {
    var position = end - 1
    while position >= start {
      if text[position] == .quote, !isEscaped(text, position, from: start) { return position }
      if text[position] == .lineFeed { return nil }
      position -= 1
    }
    return nil
  }

  /// Whether an odd number of backslashes stands before a quote.
  static func isEscaped(_ text: UnsafeRawBufferPointer, _ place: Int, from start: Int) -> Bool {
    var count = 0
    while place - 1 - count >= start, text[place - 1 - count] == .backslash { count += 1 }
    return count & 1 == 1
  }
}

/// Values that are written without quotes: numbers, `true`, `null`, and what Python writes in their place.
enum JSONWords {
  @inline(__always)
  static func isPart(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: ".")
  }

  static func end(in text: UnsafeRawBufferPointer, from start: Int, limit: Int) -> Int {
    var position = start
    while position < limit, isPart(text[position]) { position += 1 }
    return position
  }

  private static let words: [(String, JSONKind)] = [
    ("null", .null), ("true", .word), ("false", .word), ("NaN", .null), ("Infinity", .word), ("-Infinity", .word),
    ("None", .null), ("True", .word), ("False", .word), ("nan", .null), ("undefined", .null), ("-NaN", .null),
  ]

  /// What a word is; nil: no JSON.
  static func kind(of text: UnsafeRawBufferPointer) -> JSONKind? {
    if mayBeNumber(text) { return isNumber(text) ? .number : nil }
    return words.first { text.elementsEqual($0.0.utf8) }?.1
  }

  /// Whether a word begins as a number does.
  static func mayBeNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count > 0 else { return false }
    return text[0].isDigit || text[0] == UInt8(ascii: "-") && text.count > 1 && text[1].isDigit
  }

  static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count > 0 else { return false }
    var index = text[0] == UInt8(ascii: "-") ? 1 : 0
    func digits() -> Bool {
      let start = index
      while index < text.count, text[index].isDigit { index += 1 }
      return index > start
    }
    guard digits() else { return false }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      guard digits() else { return false }
    }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index += 1 }
      guard digits() else { return false }
    }
    return index == text.count
  }
}
