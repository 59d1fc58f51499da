/// Tells older encodings apart by what the text would say in each of them.
///
/// Shape:  the sample is decoded in every encoding; each character beyond ASCII counts for or against it: letters that the
///         languages of the encoding use often count for it, letters they hardly use, scripts mixed within a word and
///         bytes that are no character count against it. The best mean wins.
/// Cost:   a few milliseconds for the 64 kB that are judged.
enum LegacyDetection {
  struct Score: Equatable {
    let encoding: TextEncoding
    /// The mean worth of a character, -3...1.
    let mean: Double
    /// Characters beyond ASCII.
    let count: Int
    let bad: Int
  }

  static func find(in sample: [UInt8]) -> EncodingFinding {
    let scores = scores(of: sample)
    guard let best = scores.first else {
      return EncodingFinding(.utf8, .unsure, "no other encoding is known to this system")
    }
    let next = scores.count > 1 ? scores[1] : nil
    return EncodingFinding(best.encoding, sureness(best, next), evidence(best, next))
  }

  /// All encodings, the best first.
  static func scores(of sample: [UInt8]) -> [Score] {
    let scores = TextEncoding.legacy.compactMap { score(of: sample, in: $0) }
    // Where two are equal, the one that comes first among `legacy` is more usual.
    return scores.enumerated().sorted { ($1.element.mean, $0.offset) < ($0.element.mean, $1.offset) }.map(\.element)
  }

  private static func score(of sample: [UInt8], in encoding: TextEncoding) -> Score? {
    guard let (text, bad) = sample.withUnsafeBytes({ TextDecoding.text($0, encoding) }) else { return nil }
    let scalars = String(decoding: text, as: UTF8.self).unicodeScalars.map(\.value)
    let letters = LetterWorth(encoding)
    var (sum, count) = (0.0, 0)
    for index in scalars.indices where scalars[index] >= 0x80 {
      count += 1
      let before = index > 0 ? scalars[index - 1] : 0x20
      let after = index + 1 < scalars.count ? scalars[index + 1] : 0x20
      sum += scalars[index] == 0xFFFD ? -3 : letters.worth(of: scalars[index], before, after)
    }
    return count > 0 ? Score(encoding: encoding, mean: sum / Double(count), count: count, bad: bad) : nil
  }

  private static func sureness(_ best: Score, _ next: Score?) -> EncodingFinding.Sureness {
    let lead = best.mean - (next?.mean ?? -3)
    if best.count >= 40, best.mean > 0.35, lead > 0.3 { return .sure }
    return best.count >= 8 && best.mean > 0.2 && lead > 0.15 ? .likely : .unsure
  }

  private static func evidence(_ best: Score, _ next: Score?) -> String {
    var words = "of \(best.count) characters beyond ASCII "
    words += best.bad == 0 ? "all can be read" : "\(best.bad) cannot be read"
    words += " and they fit \(best.encoding.languages) with \(hundredths(best.mean))"
    if let next { words += "; \(next.encoding.rawValue) is next with \(hundredths(next.mean))" }
    return words + " (1.00 is a perfect fit)"
  }

  private static func hundredths(_ value: Double) -> String {
    let number = Int((value * 100).rounded())
    let rest = abs(number) % 100
    return "\(number < 0 ? "-" : "")\(abs(number) / 100).\(rest < 10 ? "0" : "")\(rest)"
  }
}
