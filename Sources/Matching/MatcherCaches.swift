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
/// Shape:  an open-addressed table of places in `results`; the bytes of all stretches lie one after the other.
/// Limits: only stretches are cached for which the result depends on nothing but the stretch. One thread at a time.
final class FoldCache {
  /// Why a result depends on nothing but the stretch.
  fileprivate enum Grounds: UInt8, BitwiseCopyable {
    /// The borders were judged before.
    case byItself
    /// It stands between spaces, and references are not decoded.
    case literal
    /// It stands between spaces, and references are decoded.
    case references
  }

  /// What a result depends on: some bytes of a text, borrowed.
  struct Stretch {
    fileprivate let spelling: UInt32
    fileprivate let grounds: Grounds
    fileprivate let hash: UInt64
    fileprivate let bytes: UnsafeRawBufferPointer
  }

  private struct Result: BitwiseCopyable {
    let hash: UInt64
    let spelling: UInt32
    let grounds: Grounds
    /// The length of the stretch.
    let count: UInt8
    /// Where its bytes begin in `bytes`.
    let start: UInt32
    /// Nil for a spelling that does not match.
    let folds: Folds?
  }

  /// By the lower bits of a hash, the number of a result; 0 for none.
  @exclusivity(unchecked) private var slots = [UInt16](repeating: 0, count: slotCount)
  /// From 1 on.
  @exclusivity(unchecked) private var results: [Result] = []
  @exclusivity(unchecked) private var bytes: [UInt8] = []

  /// In bytes.
  private static let maximumStretch = 96
  /// The cache is emptied when it is full.
  private static let maximumStretches = 4096
  /// A power of two.
  private static let slotCount = 8192

  /// The key of a stretch; nil for a stretch that is not cached.
  ///
  /// - Parameter isByItself: whether the borders of the match are judged elsewhere, so that neighbours do not matter.
  func stretch(
    _ spelling: UInt32, _ range: Range<Int>, of text: UnsafeRawBufferPointer, readingReferences: Bool = false,
    isByItself: Bool = false
  ) -> Stretch? {
    guard range.count <= Self.maximumStretch else { return nil }
    if !isByItself {
      guard range.lowerBound == 0 || Self.isBlank(text[range.lowerBound - 1]),
        range.upperBound == text.count || Self.isBlank(text[range.upperBound])
      else { return nil }
    }
    let grounds: Grounds = isByItself ? .byItself : readingReferences ? .references : .literal
    let bytes = UnsafeRawBufferPointer(rebasing: text[range])
    // FNV-1a.
    var hash = 0xCBF2_9CE4_8422_2325 ^ UInt64(spelling) << 8 ^ UInt64(grounds.rawValue)
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Stretch(spelling: spelling, grounds: grounds, hash: hash ^ hash >> 29, bytes: bytes)
  }

  /// Whether a byte separates stretches; tabs and other spaces do not.
  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }

  /// The cached result: nil for an unknown stretch, `.some(nil)` where the spelling does not match it.
  subscript(stretch: Stretch?) -> Folds?? {
    guard let stretch else { return nil }
    var slot = Int(truncatingIfNeeded: stretch.hash) & (Self.slotCount - 1)
    while slots[slot] != 0 {
      let result = results[Int(slots[slot]) - 1]
      if result.hash == stretch.hash, result.spelling == stretch.spelling, result.grounds == stretch.grounds,
        Int(result.count) == stretch.bytes.count, holds(stretch.bytes, at: Int(result.start))
      {
        return .some(result.folds)
      }
      slot = (slot + 1) & (Self.slotCount - 1)
    }
    return nil
  }

  private func holds(_ wanted: UnsafeRawBufferPointer, at start: Int) -> Bool {
    for place in 0..<wanted.count where bytes[start + place] != wanted[place] { return false }
    return true
  }

  /// Stores a result; nil means that the spelling does not match the stretch.
  func remember(_ folds: Folds?, of stretch: Stretch?) {
    guard let stretch else { return }
    if results.count >= Self.maximumStretches { removeAll() }
    var slot = Int(truncatingIfNeeded: stretch.hash) & (Self.slotCount - 1)
    while slots[slot] != 0 { slot = (slot + 1) & (Self.slotCount - 1) }
    results.append(
      Result(
        hash: stretch.hash, spelling: stretch.spelling, grounds: stretch.grounds, count: UInt8(stretch.bytes.count),
        start: UInt32(bytes.count), folds: folds))
    bytes.append(contentsOf: stretch.bytes)
    slots[slot] = UInt16(results.count)
  }

  private func removeAll() {
    for slot in slots.indices { slots[slot] = 0 }
    results.removeAll(keepingCapacity: true)
    bytes.removeAll(keepingCapacity: true)
  }
}
