import CPlatform

/// Skips what may be between the parts of a JSON text: blanks, comments, and byte order marks from concatenated files.
enum JSONBlanks {
  /// The next position with anything else.
  @inline(__always)
  static func end(in text: UnsafeRawBufferPointer, from start: Int, limit: Int) -> Int {
    var position = start
    while position < limit, text[position] <= .blank { position += 1 }
    guard position < limit, text[position] == UInt8(ascii: "/") || text[position] == 0xEF else { return position }
    return endWithComments(in: text, from: position, limit: limit)
  }

  /// The same where comments or byte order marks may follow.
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

  /// The position after a byte order mark, if there is one here.
  private static func mark(in text: UnsafeRawBufferPointer, at position: Int, _ limit: Int) -> Int? {
    guard position + 3 <= limit, text[position] == 0xEF, text[position + 1] == 0xBB, text[position + 2] == 0xBF else {
      return nil
    }
    return position + 3
  }

  /// The position after a JSON5 comment, if there is one here: `// to the end of the line` or `/* anywhere */`.
  private static func comment(in text: UnsafeRawBufferPointer, at position: Int, _ limit: Int) -> Int? {
    guard position + 1 < limit, text[position] == UInt8(ascii: "/") else { return nil }
    if text[position + 1] == UInt8(ascii: "/") {
      return (text[position..<limit].firstIndex(of: .lineFeed) ?? limit - 1) + 1
    }
    guard text[position + 1] == UInt8(ascii: "*") else { return nil }
    let base = text.baseAddress!
    guard let end = memmem(base + position + 2, limit - position - 2, "*/", 2) else { return nil }
    return UnsafeRawPointer(end) - base + 2
  }
}

/// Finds the ends of strings.
enum JSONStrings {
  /// Where the string ends whose opening quote is at `start`. A line break inside breaks it there.
  ///
  /// Cost:   64 bytes at a time.
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

  /// Where the string begins whose closing quote is at `end`; nil where it does not begin at or after `start`.
  static func start(in text: UnsafeRawBufferPointer, endingAt end: Int, from start: Int) -> Int? {
    var position = end - 1
    while position >= start {
      if text[position] == .quote, !isEscaped(text, position, from: start) { return position }
      if text[position] == .lineFeed { return nil }
      position -= 1
    }
    return nil
  }

  /// Whether an odd number of backslashes precedes a quote.
  static func isEscaped(_ text: UnsafeRawBufferPointer, _ position: Int, from start: Int) -> Bool {
    var count = 0
    while position - 1 - count >= start, text[position - 1 - count] == .backslash { count += 1 }
    return count & 1 == 1
  }
}

/// Recognises values without quotes: numbers, `true`, `null`, and what Python writes instead.
enum JSONWords {
  @inline(__always)
  /// Whether a byte can be part of such a value.
  static func isPart(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: ".")
  }

  /// The position after the value.
  static func end(in text: UnsafeRawBufferPointer, from start: Int, limit: Int) -> Int {
    var position = start
    while position < limit, isPart(text[position]) { position += 1 }
    return position
  }

  /// The words of JSON, and those of Python and JavaScript for the same.
  private static let words: [(String, JSONKind)] = [
    ("null", .null), ("true", .word), ("false", .word), ("NaN", .null), ("Infinity", .word), ("-Infinity", .word),
    ("None", .null), ("True", .word), ("False", .word), ("nan", .null), ("undefined", .null), ("-NaN", .null),
  ]

  /// What a value is; nil where it is not JSON.
  static func kind(of text: UnsafeRawBufferPointer) -> JSONKind? {
    if mayBeNumber(text) { return isNumber(text) ? .number : nil }
    return words.first { text.elementsEqual($0.0.utf8) }?.1
  }

  /// Whether it begins like a number.
  static func mayBeNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    guard text.count > 0 else { return false }
    return text[0].isDigit || text[0] == UInt8(ascii: "-") && text.count > 1 && text[1].isDigit
  }

  /// Whether it is a number by the grammar of RFC 8259, except that leading zeros are accepted.
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

/// Decodes escapes in JSON strings.
///
/// Source: RFC 8259, section 7.
enum JSONEscapes {
  /// The length of the escape at a backslash; nil where it is invalid.
  static func length(_ bytes: UnsafeRawBufferPointer, at position: Int) -> Int? {
    guard position + 1 < bytes.count else { return nil }
    switch bytes[position + 1] {
    case .quote, .backslash, UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
      UInt8(ascii: "r"), UInt8(ascii: "t"):
      return 2
    case UInt8(ascii: "u"): return unit(bytes, at: position + 2) == nil ? nil : 6
    default: return nil
    }
  }

  /// Appends the text of a string with its escapes resolved. Half a surrogate pair becomes U+FFFD.
  ///
  /// Fails:  never; what is no escape has been reported before.
  static func decode(_ bytes: UnsafeRawBufferPointer, into out: inout [UInt8]) {
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      guard byte == .backslash, index + 1 < bytes.count else {
        out.append(byte)
        index += 1
        continue
      }
      if bytes[index + 1] == UInt8(ascii: "u") {
        index = appendScalar(bytes, at: index, to: &out)
      } else {
        out.append(plain(bytes[index + 1]))
        index += 2
      }
    }
  }

  /// The character for a one-letter escape.
  private static func plain(_ letter: UInt8) -> UInt8 {
    switch letter {
    case UInt8(ascii: "b"): 8
    case UInt8(ascii: "f"): 12
    case UInt8(ascii: "n"): .lineFeed
    case UInt8(ascii: "r"): .carriageReturn
    case UInt8(ascii: "t"): .tab
    default: letter
    }
  }

  /// Appends the scalar of a `\u` escape, or of two that form a surrogate pair. Returns where to continue.
  ///
  /// Source: RFC 8259, section 7, for surrogate pairs.
  private static func appendScalar(_ bytes: UnsafeRawBufferPointer, at start: Int, to out: inout [UInt8]) -> Int {
    var next = start + 6
    var value = unit(bytes, at: start + 2) ?? 0xFFFD
    if (0xD800..<0xDC00).contains(value), next + 1 < bytes.count, bytes[next] == .backslash,
      bytes[next + 1] == UInt8(ascii: "u"), let low = unit(bytes, at: next + 2), (0xDC00..<0xE000).contains(low)
    {
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      next += 6
    }
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    out += UTF8.encode(scalar)!
    return min(next, bytes.count)
  }

  /// Four hexadecimal digits as a number.
  private static func unit(_ bytes: UnsafeRawBufferPointer, at start: Int) -> UInt32? {
    guard start + 4 <= bytes.count else { return nil }
    var value: UInt32 = 0
    for index in start..<start + 4 {
      let byte = bytes[index]
      let letter = byte | 0x20
      if byte.isDigit {
        value = value << 4 | UInt32(byte &- 0x30)
      } else if letter >= 0x61, letter <= 0x66 {
        value = value << 4 | UInt32(letter - 0x61 + 10)
      } else {
        return nil
      }
    }
    return value
  }
}
