/// Which encoding a text is taken for, how sure that is, and why.
package struct EncodingFinding: Equatable, Sendable {
  package enum Sureness: String, Sendable {
    case sure, likely, unsure
  }

  package let encoding: TextEncoding
  package let sureness: Sureness
  /// What speaks for it, in words.
  package let evidence: String
  /// Bytes before the text: the byte order mark.
  let start: Int

  init(_ encoding: TextEncoding, _ sureness: Sureness, _ evidence: String, start: Int = 0) {
    self.encoding = encoding
    self.sureness = sureness
    self.evidence = evidence
    self.start = start
  }

  /// `GB18030 (likely: …)`
  package var sentence: String { "\(encoding.rawValue) (\(sureness.rawValue): \(evidence))" }
}

/// Finds out in which encoding a text is written.
///
/// Shape:  what is certain comes first: the user's word, a byte order mark, zero bytes, valid UTF-8; only a text that is
///         none of these is judged by its letters.
/// Cost:   a sample is looked at (`TextSample`), not the text.
enum EncodingDetection {
  /// What is looked at for zero bytes.
  private static let headSize = 1 << 14
  /// Bytes of the lines by which older encodings are told.
  private static let scoredSize = 1 << 16

  static func find(in text: UnsafeRawBufferPointer, chosen: TextEncoding?) -> EncodingFinding {
    let mark = byteOrderMark(text)
    if let chosen {
      return EncodingFinding(
        chosen, .sure, "chosen with --encoding", start: mark?.encoding == chosen ? mark?.start ?? 0 : 0)
    }
    if let mark { return mark }
    if let wide = wideEncoding(UnsafeRawBufferPointer(rebasing: text.prefix(headSize))) { return wide }
    let sample = TextSample(text)
    let share = UTF8Share(sample)
    if share.badBytes == 0 {
      return EncodingFinding(.utf8, .sure, share.characters == 0 ? "all of it is ASCII" : "all of it is valid UTF-8")
    }
    // Text of an older encoding is hardly ever UTF-8 by chance, and never mostly.
    if share.characters >= 2 * share.badBytes {
      return EncodingFinding(
        .utf8, .likely, "\(share.characters) characters are UTF-8, \(share.badBytes) bytes are not")
    }
    return LegacyDetection.find(in: sample.linesBeyondASCII(limit: scoredSize))
  }

  private static func byteOrderMark(_ text: UnsafeRawBufferPointer) -> EncodingFinding? {
    let marks: [([UInt8], TextEncoding)] = [
      ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE, 0, 0], .utf32LittleEndian), ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
      ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian), ([0x84, 0x31, 0x95, 0x33], .gb18030),
    ]
    guard let (bytes, encoding) = marks.first(where: { text.starts(with: $0.0) }) else { return nil }
    return EncodingFinding(encoding, .sure, "a byte order mark", start: bytes.count)
  }

  /// UTF-16 and UTF-32 without a mark: the zero bytes of ASCII characters all stand at the same side.
  private static func wideEncoding(_ head: UnsafeRawBufferPointer) -> EncodingFinding? {
    guard head.count >= 8 else { return nil }
    var zeros = [0, 0, 0, 0]
    for index in head.indices where head[index] == 0 { zeros[index & 3] += 1 }
    let all = zeros.reduce(0, +)
    let units = head.count / 4
    guard all >= 3, all * 50 > head.count else { return nil }
    let why = "zero bytes only where \(all) ASCII characters have them"
    if zeros[0] * 20 < units, zeros[3] * 10 > units * 9, zeros[2] * 10 > units * 9 {
      return EncodingFinding(.utf32LittleEndian, .likely, why)
    }
    if zeros[3] * 20 < units, zeros[0] * 10 > units * 9, zeros[1] * 10 > units * 9 {
      return EncodingFinding(.utf32BigEndian, .likely, why)
    }
    let (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3])
    // A table has line feeds; a text with a few stray zero bytes has them as single bytes.
    if even * 20 < odd, has(head, [0x0A, 0], [0x2C, 0], [0x09, 0], at: 0), isUTF16(head, .utf16LittleEndian) {
      return EncodingFinding(.utf16LittleEndian, .likely, why)
    }
    if odd * 20 < even, has(head, [0, 0x0A], [0, 0x2C], [0, 0x09], at: 0), isUTF16(head, .utf16BigEndian) {
      return EncodingFinding(.utf16BigEndian, .likely, why)
    }
    return nil
  }

  private static func has(_ head: UnsafeRawBufferPointer, _ pairs: [UInt8]..., at start: Int) -> Bool {
    stride(from: start, to: head.count - 1, by: 2).contains { place in
      pairs.contains { $0[0] == head[place] && $0[1] == head[place + 1] }
    }
  }

  private static func isUTF16(_ head: UnsafeRawBufferPointer, _ encoding: TextEncoding) -> Bool {
    guard let (_, replaced) = TextDecoding.text(head, encoding) else { return false }
    return replaced * 100 <= head.count
  }
}
