import Glibc

/// The part of a text by which its encoding is judged: all of a small file, stretches from everywhere of a large one.
///
/// Cost:   at most 4 MB are looked at, whatever the size of the file.
struct TextSample {
  let stretches: [UnsafeRawBufferPointer]

  private static let stretchSize = 1 << 16
  private static let stretchCount = 64

  init(_ text: UnsafeRawBufferPointer) {
    guard text.count > Self.stretchSize * Self.stretchCount else {
      stretches = text.isEmpty ? [] : [text]
      return
    }
    let step = (text.count - Self.stretchSize) / (Self.stretchCount - 1)
    stretches = (0..<Self.stretchCount).map { number in
      let start = number * step
      return UnsafeRawBufferPointer(rebasing: text[start..<start + Self.stretchSize])
    }
  }

  /// Lines with bytes beyond ASCII, at most `limit` bytes of them. In none of the encodings that are told by such lines
  /// is a line feed a part of another character, so they hold whole characters.
  func linesBeyondASCII(limit: Int) -> [UInt8] {
    var lines: [UInt8] = []
    // The same share of every stretch, so that one language at the start does not stand for all.
    let share = limit / max(1, stretches.count)
    for stretch in stretches where TextCheck.isBeyondASCII(stretch) {
      let goal = lines.count + share
      var position = stretch.startIndex
      // The first line of a stretch may begin within a character.
      if stretches.count > 1, stretch.baseAddress != stretches[0].baseAddress {
        position = stretch.firstIndex(of: .lineFeed).map { $0 + 1 } ?? stretch.startIndex
      }
      while position < stretch.count, lines.count < goal {
        let end = lineEnd(in: stretch, from: position)
        if TextCheck.isBeyondASCII(UnsafeRawBufferPointer(rebasing: stretch[position..<end])) {
          lines += stretch[position..<end].prefix(goal - lines.count)
          lines.append(.lineFeed)
        }
        position = end + 1
      }
    }
    return lines
  }

  private func lineEnd(in stretch: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = stretch.baseAddress, let found = memchr(base + start, Int32(UInt8.lineFeed), stretch.count - start)
    else { return stretch.count }
    return UnsafeRawPointer(found) - base
  }
}

/// How much of a text is UTF-8.
struct UTF8Share: Equatable {
  /// Characters beyond ASCII.
  private(set) var characters = 0
  /// Bytes that are part of no character.
  private(set) var badBytes = 0

  init(_ sample: TextSample) {
    let whole = sample.stretches.map(Self.wholeCharacters)
    if whole.allSatisfy({ TextCheck.flags(of: $0) & TextCheck.invalidUTF8 == 0 }) {
      // The number matters only beside bad bytes.
      characters = whole.contains(where: TextCheck.isBeyondASCII) ? 1 : 0
      return
    }
    for stretch in whole { count(stretch) }
  }

  /// A stretch without the parts of characters that may stand at its ends.
  private static func wholeCharacters(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    while start < min(3, bytes.count), bytes[start] & 0xC0 == 0x80 { start += 1 }
    // Whole texts end where they end: what is cut there is not counted as bad either.
    for back in 1...3 where back <= bytes.count - start {
      let byte = bytes[bytes.count - back]
      if byte < 0x80 { break }
      if byte >= 0xC0 {
        let end = UTF8Form.length(bytes, at: bytes.count - back) == 0 ? bytes.count - back : bytes.count
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      }
    }
    return UnsafeRawBufferPointer(rebasing: bytes[start...])
  }

  private mutating func count(_ bytes: UnsafeRawBufferPointer) {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      let length = UTF8Form.length(bytes, at: index)
      if length > 0 {
        characters += 1
        index += length
      } else {
        badBytes += 1
        index += 1
      }
    }
  }
}

/// Single characters in UTF-8.
enum UTF8Form {
  /// The bytes of the character at `index`; 0 where none begins.
  ///
  /// Source: The Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte Sequences".
  static func length(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    let (length, low, high): (Int, UInt8, UInt8) =
      switch first {
      case 0xC2...0xDF: (2, 0x80, 0xBF)
      case 0xE0: (3, 0xA0, 0xBF)
      case 0xED: (3, 0x80, 0x9F)
      case 0xE1...0xEF: (3, 0x80, 0xBF)
      case 0xF0: (4, 0x90, 0xBF)
      case 0xF4: (4, 0x80, 0x8F)
      case 0xF1...0xF3: (4, 0x80, 0xBF)
      default: (0, 0, 0)
      }
    guard length > 0, index + length <= bytes.count, bytes[index + 1] >= low, bytes[index + 1] <= high else { return 0 }
    for next in 2..<max(2, length) where bytes[index + next] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// The scalar of `length` bytes at `index`.
  static func scalar(_ bytes: UnsafeRawBufferPointer, at index: Int, length: Int) -> UInt32 {
    let first = UInt32(bytes[index])
    if length == 1 { return first }
    var value = first & (0x7F >> UInt32(length))
    for next in 1..<length { value = value << 6 | UInt32(bytes[index + next] & 0x3F) }
    return value
  }
}
