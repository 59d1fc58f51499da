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
  func scan(_ text: UnsafeRawBufferPointer, _ filter: ScanFilter) -> UInt32 {
    makeRoom(text.count + Self.slack)
    if let signs = run(text, filter) { return signs }
    makeRoom(text.count * Self.longestExpansion + Self.slack)
    return run(text, filter) ?? 0
  }

  /// nil where there was not room enough.
  private func run(_ text: UnsafeRawBufferPointer, _ filter: ScanFilter) -> UInt32? {
    var scan = lp_spelling_scan(
      symbols: symbols, starts: starts, candidates: candidates, symbol_count: 0, candidate_count: 0, signs: 0)
    let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
    guard lp_scan_spellings(filter.address, bytes, text.count, room, &scan) == 0 else { return nil }
    (symbolCount, candidateCount) = (scan.symbol_count, scan.candidate_count)
    return scan.signs
  }
}

/// The tables of a matcher as the scan wants them, put together once and not for every text.
final class ScanFilter: @unchecked Sendable {
  // Written in `init` only.
  let address: UnsafePointer<lp_spelling_filter>
  private let keys: KeyIndex
  private let anywhere: FixedTable<UInt64>

  init(_ keys: KeyIndex, anywhere: FixedTable<UInt64>) {
    self.keys = keys
    self.anywhere = anywhere
    let copy = UnsafeMutablePointer<lp_spelling_filter>.allocate(capacity: 1)
    copy.initialize(
      to: lp_spelling_filter(
        entries: CharacterTable.entries, direct: CharacterTable.directCount, expansions: CharacterTable.expansions,
        anywhere: anywhere.base, ones: keys.ones.base, twos: keys.twos.base,
        threes: keys.threes.base, fours: keys.fours.base, ones_shift: keys.ones.shift, twos_shift: keys.twos.shift,
        threes_shift: keys.threes.shift, fours_shift: keys.fours.shift))
    address = UnsafePointer(copy)
  }

  deinit { address.deallocate() }
}
