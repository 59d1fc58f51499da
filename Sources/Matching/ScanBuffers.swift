import CPlatform

/// The output of the first reading: folded characters, the byte where each begins, and where a spelling may begin.
///
/// Cost:   arrays that grow to the longest text and are reused.
final class ScanBuffers {
  /// What the last scan wrote.
  @exclusivity(unchecked) private(set) var scan = lp_spelling_scan()
  /// Anchors at which a key of those asked for last may begin.
  @exclusivity(unchecked) private var kept = UnsafeMutablePointer<UInt32>.allocate(capacity: 0)
  /// How many there are.
  @exclusivity(unchecked) private(set) var candidateCount = 0
  /// The capacity of each array.
  private var room = -1

  deinit { release() }

  /// Folded characters with their traits.
  var symbols: UnsafeMutablePointer<UInt32> { scan.symbols }
  /// The byte at which each symbol's character begins in the text.
  var starts: UnsafeMutablePointer<UInt32> { scan.starts }
  /// How many symbols the last scan wrote.
  var symbolCount: Int { scan.symbol_count }
  /// Signs of disguise in the text (`LP_SIGN_…`).
  var signs: UInt32 { scan.signs }
  /// Indices of symbols at which a key may begin.
  var candidates: UnsafePointer<UInt32> { UnsafePointer(kept) }

  private func release() {
    scan.symbols?.deallocate()
    scan.starts?.deallocate()
    scan.anchors?.deallocate()
    scan.spots?.deallocate()
    kept.deallocate()
  }

  /// Grows the arrays, whose old contents are lost.
  private func makeRoom(_ wanted: Int) {
    guard wanted > room else { return }
    release()
    room = max(wanted, 4096)
    scan.symbols = .allocate(capacity: room)
    scan.starts = .allocate(capacity: room)
    scan.anchors = .allocate(capacity: room)
    kept = .allocate(capacity: room)
    // In a text with more spots than that, nearly everything looks disguised.
    scan.spot_room = room / 8
    scan.spots = .allocate(capacity: scan.spot_room)
  }

  /// The most characters that one byte of text folds to, rounded up (U+FDFA: 18 from 3 bytes).
  private static let maximumExpansion = 6
  /// Room that the scan may write beyond the last symbol.
  private static let slack = 64

  /// Scans a text.
  ///
  /// Limits: the arrays hold the result until the next scan; one scan at a time.
  /// Cost:   O(bytes); scanned twice where the first scan runs out of room.
  func scan(_ text: UnsafeRawBufferPointer, _ tables: ScanTables) {
    makeRoom(text.count + Self.slack)
    if run(text, tables) { return }
    makeRoom(text.count * Self.maximumExpansion + Self.slack)
    _ = run(text, tables)
  }

  /// False where the buffers are too small.
  private func run(_ text: UnsafeRawBufferPointer, _ tables: ScanTables) -> Bool {
    let bytes = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
    return lp_scan_spellings(tables.address, bytes, text.count, room, &scan) == 0
  }

  /// Finds the candidates among the anchors of the last scan.
  ///
  /// Cost:   O(words).
  func keepCandidates(_ filter: KeyFilter) {
    candidateCount = lp_keep_candidates(filter.address, &scan, kept)
  }
}

/// The tables of a matcher in the form that the C scan takes, assembled once per matcher.
final class ScanTables: @unchecked Sendable {
  // Written in `init` only. Without keys there are no tables either, and nothing may be scanned.
  let address: UnsafePointer<lp_scan_tables>
  /// Retained, since `address` points into it.
  private let anywhere: FixedTable<UInt64>

  /// - Parameter anywhere: a bit for the lower 16 bits of each character with which a spelling may begin inside a word.
  init(forKeys hasKeys: Bool, anywhere: FixedTable<UInt64>) {
    self.anywhere = anywhere
    let copy = UnsafeMutablePointer<lp_scan_tables>.allocate(capacity: 1)
    copy.initialize(
      to: lp_scan_tables(
        entries: hasKeys ? CharacterTable.entries : nil, direct: CharacterTable.directCount,
        expansions: hasKeys ? CharacterTable.expansions : nil, anywhere: anywhere.base))
    address = UnsafePointer(copy)
  }

  deinit { address.deallocate() }
}

/// The filters of an index in the form that C takes.
final class KeyFilter: @unchecked Sendable {
  // Written in `init` only.
  let address: UnsafePointer<lp_key_filter>
  /// Retained, since `address` points into its tables.
  private let keys: KeyIndex

  init(_ keys: KeyIndex) {
    self.keys = keys
    let copy = UnsafeMutablePointer<lp_key_filter>.allocate(capacity: 1)
    copy.initialize(to: keys.filter)
    address = UnsafePointer(copy)
  }

  deinit { address.deallocate() }
}
