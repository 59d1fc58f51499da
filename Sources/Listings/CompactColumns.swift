/// A column of 64-bit numbers most of which are small, in four bytes each: prices, times, distances.
///
/// Shape:  a number from 0 up to `firstFar` stands as itself. `missing` has a mark of its own. Any other number stands in a
///         second column, and the first one says where.
/// Cost:   4 bytes a row, 12 for the few whose number is far.
/// Limits: those of `BlockColumn`, and about 2^30 far numbers.
package final class CompactColumn: Sendable {
  private let codes = BlockColumn<UInt32>()
  private let far = BlockColumn<Int64>()

  /// The number that stands for none.
  package static let missing = Int64.min
  /// The first code of a far number: small ones reach to the year 2072 in seconds, and to 322,122 in ten-thousandths.
  fileprivate static let firstFar: UInt32 = 0xC000_0000
  /// The code of `missing`.
  fileprivate static let missingCode = UInt32.max

  package init() {}

  /// Rows written so far; for the appending thread only.
  package var count: Int { codes.count }

  /// The number of a row, which must be below the published count.
  package subscript(row: Int) -> Int64 {
    @inline(__always) get { number(of: codes[row]) }
  }

  /// The codes of a block, for kernels; those beyond the published count must not be read.
  @inline(__always)
  func block(_ index: Int) -> UnsafePointer<UInt32> { codes.block(index) }

  /// The number that a code stands for.
  @inline(__always)
  func number(of code: UInt32) -> Int64 {
    if code < Self.firstFar { return Int64(code) }
    return code == Self.missingCode ? Self.missing : far[Int(code - Self.firstFar)]
  }

  /// Appends numbers; only for the appending thread.
  package func append(_ numbers: some Collection<Int64>) {
    var farNumbers: [Int64] = []
    let codes = numbers.map { number -> UInt32 in
      if number >= 0, number < Int64(Self.firstFar) { return UInt32(truncatingIfNeeded: number) }
      if number == Self.missing { return Self.missingCode }
      let place = far.count + farNumbers.count
      precondition(place < Int(Self.missingCode - Self.firstFar), "too many far numbers in a column")
      farNumbers.append(number)
      return Self.firstFar + UInt32(place)
    }
    farNumbers.withUnsafeBufferPointer { far.append($0) }
    codes.withUnsafeBufferPointer { self.codes.append($0) }
  }
}

extension CompactColumn {
  /// Sets a bit for each row of a block whose number is in `range`.
  ///
  /// Cost:   a comparison per row without branches; a second pass only where the block has far numbers.
  func fill(_ words: UnsafeMutablePointer<UInt64>, block index: Int, _ count: Int, in range: ClosedRange<Int64>) {
    let codes = block(index)
    let low = UInt32(clamping: max(0, range.lowerBound))
    // No small number is wanted where the range ends below them or begins above.
    let high = range.upperBound < 0 ? 0 : min(Self.firstFar - 1, UInt32(clamping: range.upperBound))
    let hasSmall = range.upperBound >= 0 && low <= high
    var hasFar = false
    for word in 0..<(count + 63) / 64 {
      let first = word << 6
      var (bits, far): (UInt64, UInt32) = (0, 0)
      for bit in 0..<min(64, count - first) {
        let code = codes[first + bit]
        bits |= (hasSmall && code >= low && code <= high ? 1 : 0) << UInt64(bit)
        far |= code >= Self.firstFar && code != Self.missingCode ? 1 : 0
      }
      words[word] = bits
      hasFar = hasFar || far != 0
    }
    guard hasFar else { return }
    for row in 0..<count where codes[row] >= Self.firstFar && codes[row] != Self.missingCode {
      if range.contains(number(of: codes[row])) { words[row >> 6] |= 1 << UInt64(row & 63) }
    }
  }
}

/// Where the record of each row begins.
///
/// Shape:  addresses, kept as distances from that of the first of 64 rows. Records of one file follow each other.
/// Cost:   a little over 4 bytes a row.
final class RecordStarts: Sendable {
  private let bases = BlockColumn<UInt64>()
  private let distances = CompactColumn()

  /// The address of a row's record.
  subscript(row: Int) -> UInt64 {
    @inline(__always) get { bases[row >> 6] &+ UInt64(bitPattern: distances[row]) }
  }

  /// Appends addresses; only for the appending thread.
  func append(_ starts: [UInt64]) {
    let first = distances.count
    var base = first & 63 == 0 ? 0 : bases[first >> 6]
    var newBases: [UInt64] = []
    distances.append(
      starts.indices.map { index in
        if (first + index) & 63 == 0 {
          base = starts[index]
          newBases.append(base)
        }
        return Int64(bitPattern: starts[index] &- base)
      })
    newBases.withUnsafeBufferPointer { bases.append($0) }
  }

  /// The addresses of one block of rows.
  struct Block {
    fileprivate let bases: UnsafePointer<UInt64>
    fileprivate let codes: UnsafePointer<UInt32>
    fileprivate let distances: CompactColumn

    @inline(__always)
    subscript(offset: Int) -> UInt64 {
      bases[offset >> 6] &+ UInt64(bitPattern: distances.number(of: codes[offset]))
    }
  }

  func block(_ index: Int) -> Block {
    let first = index << (blockShift - 6)
    return Block(
      bases: bases.block(first >> blockShift) + (first & blockMask), codes: distances.block(index),
      distances: distances)
  }
}

/// The texts of a field: where each begins, and how many bytes it has.
///
/// Shape:  an address, kept as its distance from the row's record. Decoded texts stand elsewhere, and are far.
/// Cost:   8 bytes a row, 16 for a decoded text.
package final class TextColumn: Sendable {
  private let records: RecordStarts
  private let distances = CompactColumn()
  private let lengths = BlockColumn<UInt32>()

  init(in records: RecordStarts) { self.records = records }

  /// The bytes of a row's text.
  package subscript(row: Int) -> UnsafeRawBufferPointer {
    @inline(__always) get {
      let start = records[row] &+ UInt64(bitPattern: distances[row])
      return UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: UInt(start)), count: Int(lengths[row]))
    }
  }

  /// Appends texts by their addresses and those of their records; only for the appending thread.
  func append(_ starts: [UInt64], lengths: [UInt32], records: [UInt64]) {
    distances.append(zip(starts, records).map { Int64(bitPattern: $0 &- $1) })
    lengths.withUnsafeBufferPointer { self.lengths.append($0) }
  }

  /// The texts of one block of rows.
  struct Block {
    fileprivate let codes: UnsafePointer<UInt32>
    fileprivate let lengths: UnsafePointer<UInt32>
    fileprivate let distances: CompactColumn

    /// - Parameter record: where the row's record begins.
    @inline(__always)
    func text(at offset: Int, record: UInt64) -> UnsafeRawBufferPointer {
      let start = record &+ UInt64(bitPattern: distances.number(of: codes[offset]))
      return UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: UInt(start)), count: Int(lengths[offset]))
    }
  }

  func block(_ index: Int) -> Block {
    Block(codes: distances.block(index), lengths: lengths.block(index), distances: distances)
  }

  /// The records that the texts belong to.
  func records(ofBlock index: Int) -> RecordStarts.Block { records.block(index) }
}
