/// The encoding that a text is assumed to have, how certain that is, and why.
package struct EncodingFinding: Equatable, Sendable {
  /// How certain an encoding is. The names are shown to the user.
  package enum Confidence: String, Sendable {
    case sure, likely, unsure
  }

  /// The encoding to decode the text with.
  package let encoding: TextEncoding
  /// How far the evidence goes.
  package let confidence: Confidence
  /// The evidence, in words.
  package let evidence: String
  /// How many bytes precede the text: those of a byte order mark.
  let start: Int

  init(_ encoding: TextEncoding, _ confidence: Confidence, _ evidence: String, start: Int = 0) {
    self.encoding = encoding
    self.confidence = confidence
    self.evidence = evidence
    self.start = start
  }

  /// The finding in words, as in `GB18030 (likely: …)`.
  package var sentence: String { "\(encoding.rawValue) (\(confidence.rawValue): \(evidence))" }
}

/// Detects the encoding of a text.
///
/// Shape:  certain evidence comes first: the user's choice, a byte order mark, zero bytes, valid UTF-8. Only a text with
///         none of these is judged by its letters.
/// Cost:   examines a sample (`TextSample`), not the whole text.
/// Fails:  never; an uncertain result says so.
enum EncodingDetection {
  /// How much is examined for zero bytes.
  private static let headSize = 1 << 14
  /// How many bytes of lines are examined to tell legacy encodings apart.
  private static let scoredSize = 1 << 16

  /// The encoding of `text`, or the one that the user has chosen.
  ///
  /// Shape:  UTF-8 with some bad bytes is still UTF-8, if valid characters are twice as many.
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
    // Text in a legacy encoding is hardly ever valid UTF-8 by chance, and never for the most part.
    if share.characters >= 2 * share.badBytes {
      return EncodingFinding(
        .utf8, .likely, "\(share.characters) characters are UTF-8, \(share.badBytes) bytes are not")
    }
    return LegacyDetection.find(in: sample.linesBeyondASCII(limit: scoredSize))
  }

  /// The encoding that a byte order mark announces.
  ///
  /// Source: The Unicode Standard, 23.8, "Specials", and GB 18030 for its own mark.
  private static func byteOrderMark(_ text: UnsafeRawBufferPointer) -> EncodingFinding? {
    let marks: [([UInt8], TextEncoding)] = [
      ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE, 0, 0], .utf32LittleEndian), ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
      ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian), ([0x84, 0x31, 0x95, 0x33], .gb18030),
    ]
    guard let (bytes, encoding) = marks.first(where: { text.starts(with: $0.0) }) else { return nil }
    return EncodingFinding(encoding, .sure, "a byte order mark", start: bytes.count)
  }

  /// Detects UTF-16 and UTF-32 without a mark, where the zero bytes of ASCII characters are all on the same side.
  ///
  /// Shape:  likely at most, since a text of zeros may be anything.
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
    // A table has line feeds. In a text with a few stray zero bytes they are single bytes.
    if even * 20 < odd, has(head, [0x0A, 0], [0x2C, 0], [0x09, 0], at: 0), isUTF16(head, .utf16LittleEndian) {
      return EncodingFinding(.utf16LittleEndian, .likely, why)
    }
    if odd * 20 < even, has(head, [0, 0x0A], [0, 0x2C], [0, 0x09], at: 0), isUTF16(head, .utf16BigEndian) {
      return EncodingFinding(.utf16BigEndian, .likely, why)
    }
    return nil
  }

  /// Whether any of these pairs of bytes occurs at an even distance from `start`.
  private static func has(_ head: UnsafeRawBufferPointer, _ pairs: [UInt8]..., at start: Int) -> Bool {
    stride(from: start, to: head.count - 1, by: 2).contains { index in
      pairs.contains { $0[0] == head[index] && $0[1] == head[index + 1] }
    }
  }

  /// Whether at most one character in a hundred is invalid UTF-16.
  private static func isUTF16(_ head: UnsafeRawBufferPointer, _ encoding: TextEncoding) -> Bool {
    guard let (_, replaced) = TextDecoding.text(head, encoding) else { return false }
    return replaced * 100 <= head.count
  }
}

/// Tells legacy encodings apart by what the text would say in each of them.
///
/// Shape:  the sample is decoded in every encoding, and each character beyond ASCII gets a weight. Frequent letters of the
///         encoding's languages count for it. Rare letters, scripts mixed within a word, and invalid bytes count against
///         it. The best mean wins.
/// Cost:   a few milliseconds for the 64 kB that are judged.
enum LegacyDetection {
  /// How well one encoding explains the sample.
  struct Score: Equatable {
    /// The encoding that was tried.
    let encoding: TextEncoding
    /// The mean weight of a character, from -3 to 1.
    let mean: Double
    /// How many characters beyond ASCII it has.
    let count: Int
    /// How many bytes are invalid.
    let bad: Int
  }

  /// The best encoding, with the evidence; UTF-8 with no confidence where none can be tried.
  ///
  /// Cost:   decodes the sample once per encoding.
  static func find(in sample: [UInt8]) -> EncodingFinding {
    let scores = scores(of: sample)
    guard let best = scores.first else {
      return EncodingFinding(.utf8, .unsure, "no other encoding is known to this system")
    }
    let next = scores.count > 1 ? scores[1] : nil
    return EncodingFinding(best.encoding, confidence(best, next), evidence(best, next))
  }

  /// All encodings, best first.
  ///
  /// Shape:  without those that iconv lacks. In a tie, the order of `TextEncoding.legacy` decides.
  /// Cost:   decodes the sample once per encoding.
  static func scores(of sample: [UInt8]) -> [Score] {
    let scores = TextEncoding.legacy.compactMap { score(of: sample, in: $0) }
    // Of two equals, the one that comes first in `legacy` is more common.
    return scores.enumerated().sorted { ($1.element.mean, $0.offset) < ($0.element.mean, $1.offset) }.map(\.element)
  }

  /// Nil where iconv lacks the encoding, or the sample is ASCII.
  ///
  /// Units:  the mean over characters beyond ASCII; U+FFFD counts -3.
  private static func score(of sample: [UInt8], in encoding: TextEncoding) -> Score? {
    guard let (text, bad) = sample.withUnsafeBytes({ TextDecoding.text($0, encoding) }) else { return nil }
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars.map(\.value)
    let letters = LetterWeight(encoding)
    var (sum, count) = (0.0, 0)
    for index in scalars.indices where scalars[index] >= 0x80 {
      count += 1
      let before = index > 0 ? scalars[index - 1] : 0x20
      let after = index + 1 < scalars.count ? scalars[index + 1] : 0x20
      sum += scalars[index] == 0xFFFD ? -3 : letters.weight(of: scalars[index], before, after)
    }
    return count > 0 ? Score(encoding: encoding, mean: sum / Double(count), count: count, bad: bad) : nil
  }

  /// The confidence that the mean and the lead over the next encoding justify.
  ///
  /// Source: thresholds chosen by hand; `EncodingTests` holds them against texts in each language.
  private static func confidence(_ best: Score, _ next: Score?) -> EncodingFinding.Confidence {
    let lead = best.mean - (next?.mean ?? -3)
    if best.count >= 40, best.mean > 0.35, lead > 0.3 { return .sure }
    return best.count >= 8 && best.mean > 0.2 && lead > 0.15 ? .likely : .unsure
  }

  /// How well the best encoding fits, and the next one, for people.
  private static func evidence(_ best: Score, _ next: Score?) -> String {
    var words = "of \(best.count) characters beyond ASCII "
    words += best.bad == 0 ? "all can be read" : "\(best.bad) cannot be read"
    words += " and they fit \(best.encoding.languages) with \(hundredths(best.mean))"
    if let next { words += "; \(next.encoding.rawValue) is next with \(hundredths(next.mean))" }
    return words + " (1.00 is a perfect fit)"
  }

  /// A mean with two decimals.
  private static func hundredths(_ value: Double) -> String {
    let number = Int((value * 100).rounded())
    let rest = abs(number) % 100
    return "\(number < 0 ? "-" : "")\(abs(number) / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
