import Listings
import Synchronization

/// What was found out about texts, so that a text that comes again is not examined again: in the next column, or in the
/// next file of a scraper, which shares most of its names, places and adverts with the last one.
///
/// Shape:  only for what depends on the text alone, so that remembering it changes no result. Texts are told apart by their
///         bytes: strings that differ in how an accent is encoded are equal, but may look different.
/// Cost:   a fingerprint and a probe. Up to `maximumBytes` of texts; then it starts afresh. A load forgets all at its end.
/// Limits: texts of up to `maximumLength` bytes. Longer ones seldom come twice.
final class TextMemory<Finding: Sendable>: Sendable {
  private struct Known: Sendable {
    var index = ValueIndex(slots: 64)
    /// By code; the first one belongs to no text.
    var texts: [String] = [""]
    /// By code less one.
    var findings: [Finding] = []
    var bytes = 0

    /// The finding about a text with this fingerprint.
    func finding(_ text: UnsafeRawBufferPointer, _ fingerprint: UInt64) -> Finding? {
      index.code(of: fingerprint) { code in
        texts[Int(code)].utf8.withContiguousStorageIfAvailable { equal(UnsafeRawBufferPointer($0), text) } == true
      }.map { findings[Int($0) - 1] }
    }
  }

  private let known = Mutex(Known())

  private static var maximumLength: Int { 160 }
  private static var maximumBytes: Int { 4 << 20 }

  /// What is known about a text, or what `find` says, which is called without any lock.
  func finding(of text: String, orFind find: () -> Finding) -> Finding {
    var text = text
    let length = text.utf8.count
    guard length <= Self.maximumLength else { return find() }
    let (fingerprint, finding) = text.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      let fingerprint = Fingerprint.of(bytes)
      return (fingerprint, known.withLock { $0.finding(bytes, fingerprint) })
    }
    if let finding { return finding }
    let new = find()
    known.withLock { known in
      // Another thread may have found it meanwhile.
      let isKnown = text.withUTF8 { known.finding(UnsafeRawBufferPointer($0), fingerprint) } != nil
      if isKnown { return }
      if known.bytes > Self.maximumBytes { known = Known() }
      known.index.add(UInt32(known.texts.count), fingerprint)
      known.texts.append(text)
      known.findings.append(new)
      known.bytes += length + MemoryLayout<(String, Finding, UInt64, UInt64)>.stride
    }
    return new
  }

  /// Frees the memory; from then on, every lookup computes its result again.
  func forget() { known.withLock { $0 = Known() } }
}
