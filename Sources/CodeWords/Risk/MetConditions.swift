/// The conditions that any word of a text meets, as bits.
///
/// Why:    a hit has dozens of words that would speak against it, and an ordinary text has none of them. A few words of 64
///         bits say so at once, where otherwise every cue of the text is held against every hit.
/// Limits: valid while its buffer lives and until that is filled or cleared again.
struct MetConditions: BitwiseCopyable {
  fileprivate let words: UnsafePointer<UInt64>

  /// Whether any condition of a set is met.
  @inline(__always)
  func meetsAny(of wanted: CueSets.Bits) -> Bool {
    let words = words + Int(wanted.first)
    for index in 0..<Int(wanted.count) where wanted.words[index] & words[index] != 0 { return true }
    return false
  }

  /// The room for the conditions of one text after the other.
  ///
  /// Limits: for one thread. What filled it clears it.
  final class Buffer {
    private let words: UnsafeMutablePointer<UInt64>

    init(conditionCount: Int) {
      let count = conditionCount / 64 + 1
      words = .allocate(capacity: count)
      words.initialize(repeating: 0, count: count)
    }

    deinit { words.deallocate() }

    /// Notes the conditions that two lists of cues meet, in place of none.
    func filled(by cues: UnsafeBufferPointer<HitJudging.Cue>, _ others: UnsafeBufferPointer<HitJudging.Cue>)
      -> MetConditions
    {
      for cue in cues { words[Int(cue.condition >> 6)] |= 1 << UInt64(cue.condition & 63) }
      for cue in others { words[Int(cue.condition >> 6)] |= 1 << UInt64(cue.condition & 63) }
      return MetConditions(words: words)
    }

    /// Takes the conditions of the same cues away.
    func clear(_ cues: UnsafeBufferPointer<HitJudging.Cue>, _ others: UnsafeBufferPointer<HitJudging.Cue>) {
      for cue in cues { words[Int(cue.condition >> 6)] = 0 }
      for cue in others { words[Int(cue.condition >> 6)] = 0 }
    }
  }
}
