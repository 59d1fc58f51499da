/// The heads and the directory of a zip archive whose bytes depend on nothing but its files.
///
/// Shape:  files stored and not compressed, all with one time and the mode 0644; no extra fields, no entries for folders.
///         Deflated bytes would differ from one zlib to the next, and libarchive writes DOS times in the machine's time zone and
///         adds fields with user and group. Write the head of a file, its bytes, and so on, and then `directory()`.
/// Law:    the same files, added in the order of the bytes of their paths, give the same archive.
/// Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
package struct StoredZip {
  /// More than 65,535 files or 4 GiB, for which Zip64 would be needed, which older unpackers do not read.
  package struct TooLarge: Error, Equatable {
    package let files: Int
    package let bytes: Int
  }

  private static let maximumCount = 0xffff
  private static let maximumBytes = 0xffff_ffff

  private let stamp: [UInt8]
  private var entries: [UInt8] = []
  private var count = 0
  private var place = 0

  /// - Parameter time: that of all entries, which have none before 1980, as without a time, or after 2107.
  package init(at time: UTCTime?) { stamp = Self.dosTime(time) }

  /// Refuses what no such archive can hold.
  ///
  /// - Parameter files: the bytes of each path, and how long each file is.
  /// Fails:  with `TooLarge`.
  package static func check(_ files: [(path: [UInt8], size: Int)]) throws(TooLarge) {
    let size = files.reduce(22) { $0 + 76 + 2 * $1.path.count + $1.size }
    guard files.count <= maximumCount, size <= maximumBytes else { throw TooLarge(files: files.count, bytes: size) }
  }

  /// What stands before the bytes of the next file.
  ///
  /// - Parameter sum: the CRC-32 of the file.
  package mutating func head(of path: [UInt8], size: Int, sum: UInt32) -> [UInt8] {
    // Version 1.0, no flags, stored.
    let common =
      Self.little(10, 2) + Self.little(0, 2) + Self.little(0, 2) + stamp + Self.little(Int(sum), 4)
      + Self.little(size, 4) + Self.little(size, 4) + Self.little(path.count, 2) + Self.little(0, 2)
    let head = Self.little(0x0403_4b50, 4) + common + path
    // Made on Unix by version 2.0; no comment, disk 0, no internal attributes, a plain file that all may read.
    entries += Self.little(0x0201_4b50, 4) + Self.little(3 << 8 | 20, 2) + common
    entries += Self.little(0, 2) + Self.little(0, 2) + Self.little(0, 2) + Self.little(0o100644 << 16, 4)
    entries += Self.little(place, 4) + path
    place += head.count + size
    count += 1
    return head
  }

  /// What stands behind the bytes of the last file.
  package func directory() -> [UInt8] {
    entries + Self.little(0x0605_4b50, 4) + Self.little(0, 2) + Self.little(0, 2) + Self.little(count, 2)
      + Self.little(count, 2) + Self.little(entries.count, 4) + Self.little(place, 4) + Self.little(0, 2)
  }

  /// A whole archive of files that are in memory.
  ///
  /// Fails:  with `TooLarge`.
  package static func bytes(of files: [(path: String, bytes: [UInt8])]) throws(TooLarge) -> [UInt8] {
    let sorted = files.map { (path: Array($0.path.utf8), bytes: $0.bytes) }
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
    try check(sorted.map { ($0.path, $0.bytes.count) })
    var zip = StoredZip(at: nil)
    var out: [UInt8] = []
    for (path, bytes) in sorted {
      out += zip.head(of: path, size: bytes.count, sum: CRC32.of(bytes))
      out += bytes
    }
    return out + zip.directory()
  }

  private static func little(_ number: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }

  /// Time and day in DOS's form, in UTC: two seconds are its smallest step.
  private static func dosTime(_ time: UTCTime?) -> [UInt8] {
    let text = min(max(time?.text ?? "", "1980-01-01T00:00:00Z"), "2107-12-31T23:59:59Z")
    let parts = text.split { "-T:Z".contains($0) }.compactMap { Int($0) }
    return little(parts[3] << 11 | parts[4] << 5 | parts[5] / 2, 2)
      + little((parts[0] - 1980) << 9 | parts[1] << 5 | parts[2], 2)
  }
}

/// The checksum that zip archives carry.
///
/// Cost:   one lookup for each byte.
/// Source: ITU-T V.42, section 8.1.1.6.2; the reflected polynomial EDB88320.
package struct CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xedb8_8320 ^ sum >> 1 : sum >> 1 }
  }

  private var sum: UInt32 = 0xffff_ffff

  package init() {}

  package mutating func update(_ bytes: UnsafeRawBufferPointer) {
    let table = Self.table
    var sum = sum
    for byte in bytes { sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
    self.sum = sum
  }

  /// Of all bytes so far.
  package var value: UInt32 { ~sum }

  package static func of(_ bytes: [UInt8]) -> UInt32 {
    var sum = CRC32()
    bytes.withUnsafeBytes { sum.update($0) }
    return sum.value
  }
}
