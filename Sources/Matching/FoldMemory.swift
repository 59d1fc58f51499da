/// Which folds a spelling needed for a stretch of text, so that a disguise that comes again and again is told once.
///
/// Only for stretches that stand between blanks: there nothing but the stretch itself decides. Telling the folds makes
/// a pattern for each choice of them, so that a text of one disguised word over and over would be read slowly.
struct FoldMemory {
  private struct Stretch: Hashable {
    let spelling: UInt32
    let readsReferences: Bool
    let bytes: [UInt8]
  }

  private var known: [Stretch: Folds?] = [:]

  private static let longestStretch = 96
  private static let mostStretches = 4096

  /// A place in the memory; nil for a stretch of which nothing is kept.
  private func stretch(
    _ spelling: UInt32, _ bytes: Range<Int>, of text: UnsafeRawBufferPointer, readingReferences: Bool
  ) -> Stretch? {
    guard bytes.count <= Self.longestStretch, bytes.lowerBound == 0 || Self.isBlank(text[bytes.lowerBound - 1]),
      bytes.upperBound == text.count || Self.isBlank(text[bytes.upperBound])
    else { return nil }
    return Stretch(
      spelling: spelling, readsReferences: readingReferences,
      bytes: Array(UnsafeRawBufferPointer(rebasing: text[bytes])))
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A }

  /// What is known; nil where nothing is, `.some(nil)` where the spelling does not stand there.
  func folds(
    of spelling: UInt32, _ bytes: Range<Int>, in text: UnsafeRawBufferPointer, readingReferences: Bool = false
  ) -> Folds?? {
    stretch(spelling, bytes, of: text, readingReferences: readingReferences).flatMap { known[$0] }
  }

  mutating func remember(
    _ folds: Folds?, of spelling: UInt32, _ bytes: Range<Int>, in text: UnsafeRawBufferPointer,
    readingReferences: Bool = false
  ) {
    guard let stretch = stretch(spelling, bytes, of: text, readingReferences: readingReferences) else { return }
    if known.count >= Self.mostStretches { known.removeAll(keepingCapacity: true) }
    known[stretch] = .some(folds)
  }
}
