/// Text that was UTF-8, was read as something else, and was saved as UTF-8 again.
///
/// Shape:  judged by a sample: the words that become sensible text when they are turned back must be many, or most.
/// Why:    nobody writes `Ã©` or `鐗欓洉`; but one such pair may be chance, as in `«CAFÉ»`.
struct DoubleEncoding: Equatable {
  /// What the text was wrongly read as.
  let passedThrough: TextEncoding
  /// For people: how a word stands there, and what it was. Listing text.
  let example: String

  private static let sampleSize = 1 << 16
  private static let exampleLength = 16

  static func find(in text: UnsafeRawBufferPointer) -> DoubleEncoding? {
    let sample = TextSample(text).linesBeyondASCII(limit: sampleSize)
    guard !sample.isEmpty else { return nil }
    return sample.withUnsafeBytes { sample in
      [TextEncoding.windows1252, .windows1251, .gb18030].lazy.compactMap { judge(sample, $0) }.first
    }
  }

  private static func judge(_ sample: UnsafeRawBufferPointer, _ encoding: TextEncoding) -> DoubleEncoding? {
    guard var repair = DoubleEncodingRepair(encoding) else { return nil }
    // Nothing here stops half-way.
    try? repair.repair(sample) { (_, _) throws(IntakeError) in }
    guard let example = repair.example, isDamage(repair, encoding) else { return nil }
    func cut(_ text: String) -> String {
      text.unicodeScalars.count > exampleLength
        ? String(String.UnicodeScalarView(text.unicodeScalars.prefix(exampleLength))) + "…" : text
    }
    return DoubleEncoding(
      passedThrough: encoding, example: "`\(cut(example.stands))` was probably `\(cut(example.was))`")
  }

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
