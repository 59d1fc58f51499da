import SmallFormats

/// A packet as one file: a zip archive whose bytes depend on nothing but the packet.
///
/// Shape:  one folder at the top; its files sorted by the bytes of their paths, stored and not compressed, all with one time and
///         the mode 0644; no extra fields, no entries for folders. Deflated bytes would differ from one zlib to the next, and
///         libarchive writes DOS times in the machine's time zone and adds fields with user and group.
/// Cost:   O(bytes), piece by piece, with one CRC-32 over each file before.
/// Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16; RFC 8493 section 4.2 on the one folder; the packet
///         specification, section 4.
struct PacketZip {
  /// Without Zip64, which older unpackers do not read.
  private static let maximumCount = 0xffff
  private static let maximumBytes = 0xffff_ffff

  /// What follows what, in the order of the file.
  private enum Piece {
    case bytes([UInt8])
    case file(PacketFile)
  }
  private var pieces: [Piece] = []

  /// - Parameter time: that of all entries; a zip archive has none before 1980 or after 2107.
  /// Fails:  throws `tooLargeForZip` beyond 65,535 files or 4 GiB, and as reading a file of evidence does.
  init(of folderName: String, _ files: [PacketFile], at time: UTCTime) throws(PacketError) {
    let sorted = files.map { (path: Array("\(folderName)/\($0.path)".utf8), file: $0) }
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
    let size = sorted.reduce(22) { $0 + 76 + 2 * $1.path.count + $1.file.size }
    guard sorted.count <= Self.maximumCount, size <= Self.maximumBytes else {
      throw .tooLargeForZip(files: sorted.count, bytes: size)
    }
    let stamp = Self.dosTime(time)
    func little(_ number: Int, _ count: Int) -> [UInt8] { Self.little(number, count) }
    var place = 0
    var directory: [UInt8] = []
    for (path, file) in sorted {
      var sum = CRC32()
      try file.forEachPiece { (piece) throws(PacketError) in sum.update(piece) }
      // Version 1.0, no flags, stored.
      let common =
        little(10, 2) + little(0, 2) + little(0, 2) + stamp + little(Int(sum.value), 4)
        + little(file.size, 4) + little(file.size, 4) + little(path.count, 2) + little(0, 2)
      let head = little(0x0403_4b50, 4) + common + path
      pieces += [.bytes(head), .file(file)]
      // Made on Unix by version 2.0; no comment, disk 0, no internal attributes, a plain file that all may read.
      directory += little(0x0201_4b50, 4) + little(3 << 8 | 20, 2) + common
      directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0o100644 << 16, 4) + little(place, 4) + path
      place += head.count + file.size
    }
    let end =
      little(0x0605_4b50, 4) + little(0, 2) + little(0, 2) + little(sorted.count, 2) + little(sorted.count, 2)
      + little(directory.count, 4) + little(place, 4) + little(0, 2)
    pieces.append(.bytes(directory + end))
  }

  /// Calls `write` with the bytes of the archive, in order.
  func forEachPiece(_ write: (UnsafeRawBufferPointer) throws(PacketError) -> Void) throws(PacketError) {
    for piece in pieces {
      switch piece {
      case .bytes(let bytes): try PacketFile(path: "", bytes: bytes).forEachPiece(write)
      case .file(let file): try file.forEachPiece(write)
      }
    }
  }

  /// The whole archive, for one that fits into memory.
  static func bytes(of folderName: String, _ files: [PacketFile], at time: UTCTime) throws(PacketError) -> [UInt8] {
    var bytes: [UInt8] = []
    try PacketZip(of: folderName, files, at: time).forEachPiece { bytes += $0 }
    return bytes
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// Time and day in DOS's form, in UTC: two seconds are its smallest step.
  private static func dosTime(_ time: UTCTime) -> [UInt8] {
    let text = min(max(time.text, "1980-01-01T00:00:00Z"), "2107-12-31T23:59:59Z")
    let parts = text.split { "-T:Z".contains($0) }.compactMap { Int($0) }
    return little(parts[3] << 11 | parts[4] << 5 | parts[5] / 2, 2)
      + little((parts[0] - 1980) << 9 | parts[1] << 5 | parts[2], 2)
  }
}

/// The checksum that zip archives carry.
///
/// Cost:   one lookup for each byte.
/// Source: ITU-T V.42, section 8.1.1.6.2; the reflected polynomial EDB88320.
struct CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xedb8_8320 ^ sum >> 1 : sum >> 1 }
  }

  private var sum: UInt32 = 0xffff_ffff

  mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let table = Self.table
    var sum = sum
    for byte in bytes { sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
    self.sum = sum
  }

  /// Of all bytes so far.
  var value: UInt32 { ~sum }

  static func of(_ bytes: [UInt8]) -> UInt32 {
    var sum = CRC32()
    bytes.withUnsafeBytes { sum.update($0) }
    return sum.value
  }
}
