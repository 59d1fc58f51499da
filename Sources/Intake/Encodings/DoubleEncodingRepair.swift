/// Turns text back that was UTF-8, was wrongly read as `encoding` and saved again.
///
/// Shape:  works on words beyond ASCII; a word that does not turn into sensible text stays as it is. What was lost when the
///         text was saved stays lost, as U+FFFD.
struct DoubleEncodingRepair {
  /// Words turned back.
  private(set) var repaired = 0
  /// Characters that came of them, and how many of these are common in Chinese.
  private(set) var characters = 0
  private(set) var commonCharacters = 0
  /// Characters beyond ASCII that were left alone.
  private(set) var untouched = 0
  private(set) var example: (stands: String, was: String)?

  private let encoding: TextEncoding
  /// The byte of a character in a single-byte encoding.
  private let bytes: [UInt32: UInt8]
  private let gbk: WordEncoding?

  private static let blockSize = 1 << 18
  /// Longer words are taken apart: hostile text may have no blank at all.
  private static let longestWord = 4096

  /// Fails:  with nil where the system's iconv does not know the encoding.
  init?(_ encoding: TextEncoding) {
    self.encoding = encoding
    gbk = encoding == .gb18030 ? WordEncoding(encoding) : nil
    var known: [UInt32: UInt8] = [:]
    if encoding != .gb18030 {
      for byte in UInt8(0x80)...0xFF {
        // What windows-1252 leaves open are controls to browsers, and Latin-1 has only these.
        if encoding == .windows1252 { known[UInt32(byte)] = byte }
        guard let (text, bad) = withUnsafeBytes(of: byte, { TextDecoding.text($0, encoding) }), bad == 0 else { continue }
        for scalar in String(decoding: text, as: UTF8.self).unicodeScalars { known[scalar.value] = byte }
      }
    }
    bytes = known
    if encoding == .gb18030, gbk == nil { return nil }
  }

  /// Repairs a whole text; `take` gets UTF-8 and how many bytes of `text` are done.
  mutating func repair(
    _ text: UnsafeRawBufferPointer, into take: (UnsafeRawBufferPointer, Int) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    var out: [UInt8] = []
    out.reserveCapacity(Self.blockSize + 3 * Self.longestWord)
    var index = 0
    while index < text.count {
      let start = index
      while index < text.count, text[index] < 0x80, index - start < Self.blockSize { index += 1 }
      out += UnsafeRawBufferPointer(rebasing: text[start..<index])
      let word = index
      while index < text.count, text[index] >= 0x80, index - word < Self.longestWord {
        index += max(1, UTF8Form.length(text, at: index))
      }
      if word < index { append(UnsafeRawBufferPointer(rebasing: text[word..<index]), to: &out) }
      if out.count >= Self.blockSize || index == text.count {
        try Self.hand(out, index, take)
        out.removeAll(keepingCapacity: true)
      }
    }
  }

  private static func hand(
    _ out: [UInt8], _ done: Int, _ take: (UnsafeRawBufferPointer, Int) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    let failure: IntakeError? = out.withUnsafeBytes { part in
      do throws(IntakeError) {
        try take(part, done)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
  }

  private mutating func append(_ word: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    var current = Array(word)
    var isRepaired = false
    // Some texts went through this more than once.
    for _ in 0..<3 {
      guard let better = encoding == .gb18030 ? chineseWord(current) : singleByteWord(current) else { break }
      current = better
      isRepaired = true
    }
    out += current
    guard isRepaired else {
      untouched += word.count { $0 >= 0xC0 }
      return
    }
    repaired += 1
    let was = String(decoding: current, as: UTF8.self)
    characters += was.unicodeScalars.count
    commonCharacters += was.unicodeScalars.count { CommonCharacters.chinese.contains($0.value) }
    if example == nil { example = (String(decoding: word, as: UTF8.self), was) }
  }

  // MARK: Read as windows-1252 or windows-1251

  private func singleByteWord(_ word: [UInt8]) -> [UInt8]? {
    let scalars = String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
    // 0 stands for a character that is none of the encoding.
    let codes = scalars.map { bytes[$0] ?? 0 }
    var out: [UInt8] = []
    var (found, kept) = (0, 0)
    var index = 0
    codes.withUnsafeBytes { codes in
      while index < codes.count {
        let length = UTF8Form.length(codes, at: index)
        if length > 1, isSensible(UTF8Form.scalar(codes, at: index, length: length)) {
          out += codes[index..<index + length]
          found += 1
          index += length
        } else {
          out += Array(String(Unicode.Scalar(scalars[index]) ?? "\u{FFFD}").utf8)
          kept += 1
          index += 1
        }
      }
    }
    // Single pairs of Cyrillic letters occur in Russian, as in `Рёв`; whole words of them do not.
    if encoding == .windows1251 { return found >= 2 && kept == 0 ? out : nil }
    return found > 0 ? out : nil
  }

  /// Whether a character is one that adverts are written with; pairs that come together by chance seldom make one.
  private func isSensible(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0...0x17F, 0x1A0...0x1B0, 0x370...0x45F, 0x490, 0x491, 0x5D0...0x5EA, 0x600...0x6FF, 0xE01...0xE5B: true
    case 0x1EA0...0x1EF9, 0x2000...0x2044, 0x20A0...0x20BF, 0x2100...0x214F, 0x3000...0x30FF, 0x4E00...0x9FFF: true
    case 0xAC00...0xD7A3, 0xFE0F, 0xFF00...0xFFEF, 0x2190...0x27BF, 0x1F300...0x1FAFF: true
    default: false
    }
  }

  // MARK: Read as GBK

  private func chineseWord(_ word: [UInt8]) -> [UInt8]? {
    guard let codes = gbk?.bytes(of: word) else { return nil }
    return codes.withUnsafeBytes { codes -> [UInt8]? in
      var index = 0
      while codes.count - index >= 3 {
        guard UTF8Form.length(codes, at: index) == 3,
          Self.isEastAsian(UTF8Form.scalar(codes, at: index, length: 3))
        else { return nil }
        index += 3
      }
      // One character alone may be chance.
      guard index >= 6 else { return nil }
      return Array(codes[..<index]) + (index < codes.count ? [0xEF, 0xBF, 0xBD] : [])
    }
  }

  private static func isEastAsian(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2010...0x2026, 0x3000...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF00...0xFFEF: true
    default: false
    }
  }
}
