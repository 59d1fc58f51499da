import CPlatform

/// What the first reading of a text writes: its folded characters, where each begins, and where a spelling may begin.
final class ScanBuffers {
  private(set) var symbols = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  private(set) var starts = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  private(set) var candidates = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  private(set) var symbolCount = 0
  private(set) var candidateCount = 0
  private var room = 0

  deinit { release() }

  private func release() {
    symbols.deallocate()
    starts.deallocate()
    candidates.deallocate()
  }

  private func makeRoom(_ wanted: Int) {
    guard wanted > room else { return }
    release()
    room = max(wanted, 4096)
    symbols = .allocate(capacity: room)
    starts = .allocate(capacity: room)
    candidates = .allocate(capacity: room)
  }

  /// The most characters that one byte of text folds to, rounded up (U+FDFA: 18 of 3), and the slack the scan wants.
  private static let longestExpansion = 6
  private static let slack = 64

  /// Reads a text and gives the signs of disguise in it.
  func scan(_ text: UnsafeRawBufferPointer, for matcher: SpellingMatcher) -> UInt32 {
    makeRoom(text.count + Self.slack)
    var signs = run(text, matcher)
    if signs == nil {
      makeRoom(text.count * Self.longestExpansion + Self.slack)
      signs = run(text, matcher)
    }
    return signs ?? 0
  }

  /// nil where there was not room enough.
  private func run(_ text: UnsafeRawBufferPointer, _ matcher: SpellingMatcher) -> UInt32? {
    let plain = matcher.plain
    return matcher.anywhere.withUnsafeBufferPointer { anywhere in
      plain.ones.words.withUnsafeBufferPointer { ones in
        plain.twos.words.withUnsafeBufferPointer { twos in
          plain.fours.words.withUnsafeBufferPointer { fours in
            var filter = lp_spelling_filter(
              entries: CharacterTable.entries, direct: CharacterTable.directCount,
              expansions: CharacterTable.expansions, anywhere: anywhere.baseAddress,
              ones: ones.isEmpty ? nil : ones.baseAddress, twos: twos.isEmpty ? nil : twos.baseAddress,
              fours: fours.isEmpty ? nil : fours.baseAddress, ones_shift: plain.ones.shift,
              twos_shift: plain.twos.shift, fours_shift: plain.fours.shift)
            var scan = lp_spelling_scan(
              symbols: symbols, starts: starts, candidates: candidates, symbol_count: 0, candidate_count: 0, signs: 0)
            let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
            guard lp_scan_spellings(&filter, bytes, text.count, room, &scan) == 0 else { return nil }
            (symbolCount, candidateCount) = (scan.symbol_count, scan.candidate_count)
            return scan.signs
          }
        }
      }
    }
  }
}
