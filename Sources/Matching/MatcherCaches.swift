/// The patterns of spellings that were compared letter by letter, so that each is folded once.
///
/// Limits: emptied when it is full; one thread at a time.
final class PatternCache {
  private var known: [UInt64: SpellingPattern] = [:]
  private static let maximumPatterns = 8192

  /// A spelling under a choice of folds.
  func pattern(of number: UInt32, under folds: Folds, _ spellings: [Spelling]) -> SpellingPattern {
    // A pattern does not depend on whether references are decoded.
    let folds = folds.subtracting(.references)
    let key = UInt64(number) << 16 | UInt64(folds.rawValue)
    if let pattern = known[key] { return pattern }
    if known.count >= Self.maximumPatterns { known.removeAll(keepingCapacity: true) }
    let pattern = SpellingPattern(spellings[Int(number)], under: folds)
    known[key] = pattern
    return pattern
  }
}

/// Caches which folds a spelling needed for a stretch of text, so that a recurring disguise is analysed once.
///
/// Why: finding the folds builds a pattern per combination, so a text that repeats one disguised word would be slow.
/// Limits: only stretches between spaces are cached, since there the result depends on nothing but the stretch.
struct FoldCache {
  /// What the result depends on.
  private struct Stretch: Hashable {
    let spelling: UInt32
    let readsReferences: Bool
    let bytes: [UInt8]
  }

  /// Results by stretch; nil for a spelling that does not match.
  private var known: [Stretch: Folds?] = [:]

  /// In bytes.
  private static let maximumStretch = 96
  /// The cache is emptied when it is full.
  private static let maximumStretches = 4096

  /// The key of a stretch; nil for a stretch that is not cached.
  private func stretch(
    _ spelling: UInt32, _ bytes: Range<Int>, of text: UnsafeRawBufferPointer, readingReferences: Bool
  ) -> Stretch? {
    guard bytes.count <= Self.maximumStretch, bytes.lowerBound == 0 || Self.isBlank(text[bytes.lowerBound - 1]),
      bytes.upperBound == text.count || Self.isBlank(text[bytes.upperBound])
    else { return nil }
    return Stretch(
      spelling: spelling, readsReferences: readingReferences,
      bytes: Array(UnsafeRawBufferPointer(rebasing: text[bytes])))
  }

  /// Whether a byte separates stretches; tabs and other spaces do not.
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }

  /// The cached result: nil for an unknown stretch, `.some(nil)` where the spelling does not match it.
  func folds(
    of spelling: UInt32, _ bytes: Range<Int>, in text: UnsafeRawBufferPointer, readingReferences: Bool = false
  ) -> Folds?? {
    stretch(spelling, bytes, of: text, readingReferences: readingReferences).flatMap { known[$0] }
  }

  /// Stores a result; nil means that the spelling does not match the stretch.
  mutating func remember(
    _ folds: Folds?, of spelling: UInt32, _ bytes: Range<Int>, in text: UnsafeRawBufferPointer,
    readingReferences: Bool = false
  ) {
    guard let stretch = stretch(spelling, bytes, of: text, readingReferences: readingReferences) else { return }
    if known.count >= Self.maximumStretches { known.removeAll(keepingCapacity: true) }
    known[stretch] = .some(folds)
  }
}
