import CPlatform
import SmallFormats

/// A text as the second reading sees it: one letter for all letters that may be mistaken for one another, runs of one
/// letter as one, and nothing of what is between letters.
///
/// Shape:  one kind per run, and the symbols that the run consists of. A run is *strange* if it, or what stands between it
///         and the next run, shows a disguise: where none of a key's runs is strange, the first reading has found it.
/// Cost:   O(symbols) around what looks disguised, by `lp_read_disguise`; the buffers grow to the longest text and are reused.
final class DisguisedReading {
  @exclusivity(unchecked) private var buffers = lp_disguise()
  /// Runs at which a key of those asked for last may begin.
  @exclusivity(unchecked) private var kept: UnsafeMutablePointer<UInt32>?
  private var keptCount = 0
  /// How many elements each buffer holds.
  private var room = 0
  /// The symbols of a text with references decoded, where that is what was read.
  private var decoded = SymbolBuffers()

  deinit { release() }

  /// Reads the symbols of a scan in place of the last text.
  ///
  /// - Parameter filter: that of all keys which will be asked for.
  func read(_ scan: ScanBuffers, _ text: UnsafeRawBufferPointer, _ filter: DisguiseFilter) {
    makeRoom(scan.symbolCount)
    var symbols = scan.scan
    lp_read_disguise(filter.address, &symbols, text.baseAddress?.assumingMemoryBound(to: UInt8.self), &buffers)
  }

  /// Reads a text with its references decoded. Only they count as disguise: what stands beside them, the reading without
  /// them has found.
  func read(_ reading: TextReading, _ text: UnsafeRawBufferPointer, _ filter: DisguiseFilter) {
    decoded.read(reading, text)
    makeRoom(decoded.symbols.count)
    lp_read_marked(
      filter.address, decoded.symbols, decoded.starts, decoded.symbols.count, decoded.areReferences, &buffers)
  }

  /// Finds the candidates for some keys.
  func keepCandidates(_ filter: DisguiseFilter) {
    keptCount = kept.map { lp_keep_begins(filter.address, &buffers, $0) } ?? 0
  }

  /// How many runs there are.
  var count: Int { buffers.run_count }
  /// The kind of each run, followed by zeros so that a bucket may read four.
  var kinds: UnsafePointer<UInt32> { UnsafePointer(buffers.kinds) }
  /// Runs at which a key may begin that holds a strange run.
  var candidates: UnsafeBufferPointer<UInt32> { UnsafeBufferPointer(start: kept, count: keptCount) }

  /// The first strange run from a run on; `count` where none follows.
  @inline(__always)
  func nextStrange(from run: Int) -> Int { Int(buffers.next_strange[run]) }

  /// The units of a run at which a match may begin: the first of each distinct letter, where the whole run counts as one
  /// letter, and the last few, each of which may count for itself.
  ///
  /// - Parameter starts: where each symbol that was read begins in the text.
  func forEachStart(
    of run: Int, in reading: TextReading, _ starts: UnsafePointer<UInt32>, _ body: (Int) -> Void
  ) {
    let (first, end) = (Int(buffers.runs[run]), Int(buffers.runs[run + 1]))
    var last: UInt32?
    for place in first..<end {
      guard let unit = reading.unit(at: Int(starts[Int(buffers.members[place])])) else { continue }
      let letter = reading.units[unit].entry & CharacterTable.scalarMask
      if letter != last || end - place <= Self.longestPlainRun { body(unit) }
      last = letter
    }
  }

  /// Where each symbol of a text with decoded references begins.
  var decodedStarts: [UInt32] { decoded.starts }

  /// The longest run of one letter that a spelling may contain.
  private static let longestPlainRun = 16

  /// Adds the key of a folded spelling in the index of the second reading.
  ///
  /// Shape:  blanks, marks and spacers are left out, and a run of one kind is one, as in `kinds`.
  static func append(keyOf characters: ArraySlice<UInt32>, to key: inout [UInt32]) {
    for character in characters where character != SpellingPattern.blank {
      if CharacterTraits.of(character).rawValue & leftOut != 0 { continue }
      let kind = LookAlikes.kind(ofFolded: character)
      if key.last != kind { key.append(kind) }
    }
  }

  /// The characters that the second reading skips.
  private static let leftOut = CharacterTraits([.attached, .invisible, .separator, .spacer]).rawValue

  // MARK: Buffers

  private func release() {
    buffers.kinds?.deallocate()
    buffers.runs?.deallocate()
    buffers.next_strange?.deallocate()
    buffers.members?.deallocate()
    buffers.notes?.deallocate()
    kept?.deallocate()
  }

  /// Grows the buffers, whose old contents are lost.
  private func makeRoom(_ symbols: Int) {
    let wanted = symbols + KeyIndex.bucketLength + 1
    guard wanted > room else { return }
    release()
    room = max(wanted + wanted / 2, 4096)
    buffers.kinds = .allocate(capacity: room)
    buffers.runs = .allocate(capacity: room)
    buffers.next_strange = .allocate(capacity: room)
    buffers.members = .allocate(capacity: room)
    kept = .allocate(capacity: room)
    buffers.notes = .allocate(capacity: room)
  }
}

/// The units of a text with decoded references, as symbols of a scan.
private struct SymbolBuffers {
  private(set) var symbols: [UInt32] = []
  /// The byte at which each symbol's character begins.
  private(set) var starts: [UInt32] = []
  /// Whether the character was written as a reference.
  private(set) var areReferences: [UInt8] = []

  mutating func read(_ reading: TextReading, _ text: UnsafeRawBufferPointer) {
    symbols.removeAll(keepingCapacity: true)
    starts.removeAll(keepingCapacity: true)
    areReferences.removeAll(keepingCapacity: true)
    let expansions = CharacterTable.expansions
    for unit in reading.units {
      let isReference = unit.end - unit.start > 1 && text[Int(unit.start)] == UInt8(ascii: "&")
      if unit.has(.attached) {
        if isReference, !areReferences.isEmpty { areReferences[areReferences.count - 1] = 1 }
        continue
      }
      let traits = unit.entry & ~CharacterTable.scalarMask
      let expansion = expansions + Int(unit.entry & CharacterTable.scalarMask)
      for part in 0..<(unit.has(.expands) ? Int(expansion[0] & 0xFFFF) : 1) {
        symbols.append(
          unit.has(.expands) ? expansion[part + 1] & CharacterTable.scalarMask | traits : unit.entry)
        starts.append(UInt32(unit.start))
        areReferences.append(isReference ? 1 : 0)
      }
    }
  }
}

/// The tables of the second reading in the form that C takes, assembled once per matcher.
final class DisguiseFilter: @unchecked Sendable {
  // Written in `init` only.
  let address: UnsafePointer<lp_disguise_filter>
  /// Retained, since `address` points into its tables.
  private let keys: KeyIndex
  /// A bit set of the lower 16 bits of the kinds with which keys may begin inside a word.
  private let anywhere: FixedTable<UInt64>
  /// The length of the longest key that begins with two kinds, by their hash.
  private let reaches: FixedTable<UInt8>

  init(_ keys: KeyIndex, anywhere: FixedTable<UInt64>, reaches: FixedTable<UInt8>) {
    self.keys = keys
    self.anywhere = anywhere
    self.reaches = reaches
    let copy = UnsafeMutablePointer<lp_disguise_filter>.allocate(capacity: 1)
    copy.initialize(
      to: lp_disguise_filter(
        kinds: keys.isEmpty ? nil : LookAlikes.kinds.base,
        kind_count: keys.isEmpty ? 0 : UInt32(LookAlikes.kinds.count), anywhere: anywhere.base,
        reaches: reaches.base, farthest: UInt32(reaches[0..<reaches.count].max() ?? 0), keys: keys.filter))
    address = UnsafePointer(copy)
  }

  /// The next tables of an archive, for an index of keys.
  convenience init(_ keys: KeyIndex, from archive: inout ArchiveReader) throws(ArchiveError) {
    let (anywhere, reaches) = (try FixedTable<UInt64>(from: &archive), try FixedTable<UInt8>(from: &archive))
    guard anywhere.count == SpellingKeys.anywhereWords, reaches.count == 1 << 16 else { throw .damaged }
    self.init(keys, anywhere: anywhere, reaches: reaches)
  }

  deinit { address.deallocate() }

  /// Adds the tables to an archive.
  func write(to archive: inout ArchiveWriter) {
    anywhere.write(to: &archive)
    reaches.write(to: &archive)
  }

  var byteCount: Int { anywhere.byteCount + reaches.byteCount }

  /// The slot of the first two kinds of a key in `reaches`.
  static func slot(_ first: UInt32, _ second: UInt32) -> Int { Int(lp_hash_two(first, second) >> 16) }
}
