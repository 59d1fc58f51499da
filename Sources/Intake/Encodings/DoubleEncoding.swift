import Glibc

/// Text that was UTF-8, was decoded as something else, and was encoded as UTF-8 again.
///
/// Shape:  judged by a sample, in which words that turn into sensible text when decoded back must be many, or most.
/// Cost:   nothing for ASCII, and a few milliseconds otherwise.
/// Source: `Ã©` or `鐗欓洉` is not written on purpose, but a single such pair may be chance, as in `«CAFÉ»`.
struct DoubleEncoding: Equatable {
  /// The encoding that it was wrongly decoded as.
  let passedThrough: TextEncoding
  /// For people: a damaged word, and what it was. Listing text.
  let example: String

  /// How many bytes of lines beyond ASCII are examined.
  private static let sampleSize = 1 << 16
  /// Characters of a word that are shown.
  private static let exampleLength = 16

  /// The damage in a text; nil where it looks intact.
  ///
  /// Shape:  windows-1252 is tried first, then windows-1251, then GBK if the Chinese is implausible.
  static func find(in text: UnsafeRawBufferPointer) -> DoubleEncoding? {
    let sample = TextSample(text).linesBeyondASCII(limit: sampleSize)
    guard !sample.isEmpty else { return nil }
    return sample.withUnsafeBytes { sample in
      judge(sample, .windows1252) ?? judge(sample, .windows1251)
        ?? (hasStrangeChinese(sample) ? judge(sample, .gb18030) : nil)
    }
  }

  /// Whether hardly any of the Chinese characters are common, as in text misread as GBK.
  ///
  /// Cost:   far less than decoding the sample back, so it is asked first.
  private static func hasStrangeChinese(_ sample: UnsafeRawBufferPointer) -> Bool {
    var (all, common) = (0, 0)
    for scalar in String(decoding: sample, as: UTF8.self).unicodeScalars where LetterWeight.isHan(scalar.value) {
      all += 1
      if CommonCharacters.chinese.contains(scalar.value) { common += 1 }
    }
    return all >= 4 && common * 4 < all
  }

  /// The damage, if the sample was misread as `encoding`.
  ///
  /// Cost:   repairs the sample and discards the result.
  private static func judge(_ sample: UnsafeRawBufferPointer, _ encoding: TextEncoding) -> DoubleEncoding? {
    guard var repair = DoubleEncodingRepair(encoding) else { return nil }
    // The closure never throws.
    try? repair.repair(sample) { (_, _) throws(IntakeError) in }
    guard let example = repair.example, isDamage(repair, encoding) else { return nil }
    func cut(_ text: String) -> String {
      text.unicodeScalars.count > exampleLength
        ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(exampleLength))) + "…" : text
    }
    return DoubleEncoding(
      passedThrough: encoding, example: "`\(cut(example.damaged))` was probably `\(cut(example.original))`")
  }

  /// Whether a repair turned up enough sensible text to call the original damaged.
  ///
  /// Shape:  three words in Latin text and two in Russian, or one in Latin text that has nothing else beyond ASCII; in GBK
  ///         four characters, a third of them common. Repaired characters must be a twentieth of the others.
  /// Source: thresholds chosen by hand, so that names such as `«CAFÉ»` alone never count as damage.
  private static func isDamage(_ repair: DoubleEncodingRepair, _ encoding: TextEncoding) -> Bool {
    switch encoding {
    case .gb18030:
      repair.characters >= 4 && repair.commonCharacters * 3 >= repair.characters
        && repair.characters * 20 >= repair.untouched
    case .windows1251: repair.repaired >= 2 && repair.characters * 20 >= repair.untouched
    default: repair.repaired >= 3 && repair.characters * 20 >= repair.untouched || repair.characters > repair.untouched
    }
  }
}

/// Reverses the damage to text that was UTF-8, was wrongly decoded as `encoding`, and was encoded again.
///
/// Shape:  works on words beyond ASCII. A word that does not turn into sensible text stays as it is. What was lost in the
///         damage stays lost, as U+FFFD.
/// Cost:   ASCII is copied. Other words are decoded up to three times.
/// Limits: words longer than `maximumWordLength` are split.
struct DoubleEncodingRepair {
  /// How many words were repaired.
  private(set) var repaired = 0
  /// How many characters they hold now, and how many of these are common in Chinese.
  private(set) var characters = 0
  private(set) var commonCharacters = 0
  /// How many characters beyond ASCII were left alone.
  private(set) var untouched = 0
  /// The first repaired word, before and after.
  private(set) var example: (damaged: String, original: String)?

  /// What the text was wrongly decoded as.
  private let encoding: TextEncoding
  /// The byte for each character, in a single-byte encoding.
  private let bytes: [UInt32: UInt8]
  /// Encodes words as GBK; nil for the single-byte encodings.
  private let gbk: WordEncoding?

  /// Bytes that are passed on at a time.
  private static let blockSize = 1 << 18
  /// Hostile text may contain no blank at all.
  private static let maximumWordLength = 4096

  /// Fails:  returns nil where the system's iconv does not support the encoding.
  init?(_ encoding: TextEncoding) {
    self.encoding = encoding
    gbk = encoding == .gb18030 ? WordEncoding(encoding) : nil
    bytes =
      switch encoding {
      case .gb18030: [:]
      case .windows1251: SingleByteTables.windows1251
      default: SingleByteTables.windows1252
      }
    if encoding == .gb18030, gbk == nil { return nil }
  }

  /// Repairs a whole text. `take` receives UTF-8, and how many bytes of `text` are done.
  ///
  /// Shape:  blocks of `blockSize` bytes; a character is never split between two.
  mutating func repair(
    _ text: UnsafeRawBufferPointer, into take: (UnsafeRawBufferPointer, Int) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    var out: [UInt8] = []
    out.reserveCapacity(Self.blockSize + 3 * Self.maximumWordLength)
    var index = 0
    while index < text.count {
      let start = index
      while index < text.count, text[index] < 0x80, index - start < Self.blockSize { index += 1 }
      out += UnsafeRawBufferPointer(rebasing: text[start..<index])
      let word = index
      while index < text.count, text[index] >= 0x80, index - word < Self.maximumWordLength {
        index += max(1, UTF8Form.length(text, at: index))
      }
      if word < index { append(UnsafeRawBufferPointer(rebasing: text[word..<index]), to: &out) }
      if out.count >= Self.blockSize || index == text.count {
        try Self.pass(out, index, take)
        out.removeAll(keepingCapacity: true)
      }
    }
  }

  /// Passes a block on, through a closure that cannot throw typed errors.
  ///
  /// Fails:  with whatever `take` throws.
  private static func pass(
    _ out: [UInt8], _ done: Int, _ take: (UnsafeRawBufferPointer, Int) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    let thrown: IntakeError? = out.withUnsafeBytes { part in
      do throws(IntakeError) {
        try take(part, done)
        return nil
      } catch { return error }
    }
    if let thrown { throw thrown }
  }

  /// Appends a word, repaired if that makes sense of it.
  ///
  /// Shape:  up to three layers of damage are undone; the statistics count the word once.
  private mutating func append(_ word: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    var current = Array(word)
    var isRepaired = false
    // Some texts were damaged more than once.
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
    let original = String(decoding: current, as: UTF8.self)
    characters += original.unicodeScalars.count
    commonCharacters += original.unicodeScalars.count { CommonCharacters.chinese.contains($0.value) }
    if example == nil { example = (String(decoding: word, as: UTF8.self), original) }
  }

  // MARK: Read as windows-1252 or windows-1251

  /// The word before it was misread as a single-byte encoding; nil where that does not explain it.
  ///
  /// Shape:  Latin damage may be in part of a word, Russian damage is in all of it.
  private func singleByteWord(_ word: [UInt8]) -> [UInt8]? {
    let scalars = String(decoding: word, as: UTF8.self).unicodeScalars.map(\.value)
    // 0 means that the encoding lacks the character.
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
    // Pairs of Cyrillic letters occur in Russian by themselves, as in `Рёв`. Whole words of them do not.
    if encoding == .windows1251 { return found >= 2 && kept == 0 ? out : nil }
    return found > 0 ? out : nil
  }

  /// Whether adverts use this character. Pairs formed by chance seldom decode to one that they do.
  ///
  /// Source: the blocks of the scripts that marketplaces use, with punctuation, currency signs and emoji.
  private func isSensible(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0xA0...0x17F, 0x1A0...0x1B0, 0x370...0x45F, 0x490, 0x491, 0x5D0...0x5EA, 0x600...0x6FF, 0xE01...0xE5B: true
    case 0x1EA0...0x1EF9, 0x2000...0x2044, 0x20A0...0x20BF, 0x2100...0x214F, 0x3000...0x30FF, 0x4E00...0x9FFF: true
    case 0xAC00...0xD7A3, 0xFE0F, 0xFF00...0xFFEF, 0x2190...0x27BF, 0x1F300...0x1FAFF: true
    default: false
    }
  }

  // MARK: Read as GBK

  /// The word before it was misread as GBK; nil where that does not explain it.
  ///
  /// Shape:  two characters or more; an odd byte at the end was lost and becomes U+FFFD.
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
      // A single character may be chance.
      guard index >= 6 else { return nil }
      return Array(codes[..<index]) + (index < codes.count ? [0xEF, 0xBF, 0xBD] : [])
    }
  }

  /// Whether it is a character that East Asian text consists of.
  private static func isEastAsian(_ scalar: UInt32) -> Bool {
    switch scalar {
    case 0x2010...0x2026, 0x3000...0x30FF, 0x4E00...0x9FFF, 0xAC00...0xD7A3, 0xFF00...0xFFEF: true
    default: false
    }
  }
}

/// Encodes words from UTF-8 into another encoding.
///
/// Fails:  `init` returns nil where iconv does not support the encoding.
/// Limits: one thread at a time, since an iconv descriptor has a state.
final class WordEncoding {
  private let descriptor: iconv_t

  init?(_ encoding: TextEncoding) {
    guard let descriptor = iconv_open(encoding.iconvName, "UTF-8"), Int(bitPattern: descriptor) != -1 else {
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { iconv_close(descriptor) }

  /// The bytes of a word; nil where the encoding lacks one of its characters.
  ///
  /// Cost:   one call of iconv.
  func bytes(of word: [UInt8]) -> [UInt8]? {
    var word = word
    var out = [UInt8](repeating: 0, count: 4 * word.count + 8)
    let room = out.count
    var left = room
    let result = word.withUnsafeMutableBytes { source in
      out.withUnsafeMutableBytes { target in
        var from: UnsafeMutablePointer<CChar>? = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var fromLeft = source.count
        var to: UnsafeMutablePointer<CChar>? = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        _ = iconv(descriptor, nil, nil, nil, nil)
        return iconv(descriptor, &from, &fromLeft, &to, &left)
      }
    }
    guard result != -1 else { return nil }
    return Array(out[..<(room - left)])
  }
}
