/// A zip archive whose bytes depend on nothing but its files.
///
/// Shape:  files sorted by the bytes of their paths, stored and not compressed, all with one time and the mode 0644; no extra
///         fields, no entries for folders. Deflated bytes would differ from one zlib to the next, and libarchive writes DOS
///         times in the machine's time zone and adds fields with user and group.
/// Cost:   O(bytes), all in memory, with one CRC-32 over each file.
/// Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7, 4.3.12 and 4.3.16.
package enum StoredZip {
  /// A file of an archive.
  package struct Entry {
    /// With slashes.
    let path: String
    let bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) { (self.path, self.bytes) = (path, bytes) }
  }

  /// Without Zip64, which older unpackers do not read.
  private static let maximumCount = 0xffff
  private static let maximumBytes = 0xffff_ffff

  /// More than 65,535 files or 4 GiB.
  package struct TooLarge: Error, Equatable {
    package let files: Int
    package let bytes: Int
  }

  /// - Parameter time: that of all entries, which have none before 1980, as without a time, or after 2107.
  /// Fails:  with `TooLarge`.
  package static func bytes(of entries: [Entry], at time: UTCTime?) throws(TooLarge) -> [UInt8] {
    let sorted = entries.map { (path: Array($0.path.utf8), bytes: $0.bytes) }
      .sorted { $0.path.lexicographicallyPrecedes($1.path) }
    let size = sorted.reduce(22) { $0 + 76 + 2 * $1.path.count + $1.bytes.count }
    guard sorted.count <= maximumCount, size <= maximumBytes else { throw TooLarge(files: sorted.count, bytes: size) }
    let stamp = dosTime(time)
    var out: [UInt8] = []
    out.reserveCapacity(size)
    var directory: [UInt8] = []
    for (path, bytes) in sorted {
      let start = out.count
      let sum = CRC32.of(bytes)
      // Version 1.0, no flags, stored.
      let common =
        little(10, 2) + little(0, 2) + little(0, 2) + stamp + little(Int(sum), 4) + little(bytes.count, 4)
        + little(bytes.count, 4) + little(path.count, 2) + little(0, 2)
      out += little(0x0403_4b50, 4) + common + path + bytes
      // Made on Unix by version 2.0; no comment, disk 0, no internal attributes, a plain file that all may read.
      directory += little(0x0201_4b50, 4) + little(3 << 8 | 20, 2) + common
      directory += little(0, 2) + little(0, 2) + little(0, 2) + little(0o100644 << 16, 4) + little(start, 4) + path
    }
    let start = out.count
    out += directory
    out += little(0x0605_4b50, 4) + little(0, 2) + little(0, 2) + little(sorted.count, 2) + little(sorted.count, 2)
    out += little(directory.count, 4) + little(start, 4) + little(0, 2)
    return out
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
package enum CRC32 {
  private static let table: [UInt32] = (0..<256).map { byte in
    (0..<8).reduce(UInt32(byte)) { sum, _ in sum & 1 == 1 ? 0xedb8_8320 ^ sum >> 1 : sum >> 1 }
  }

  package static func of(_ bytes: [UInt8]) -> UInt32 {
    let table = table
    var sum: UInt32 = 0xffff_ffff
    for byte in bytes { sum = table[Int(UInt8(truncatingIfNeeded: sum) ^ byte)] ^ sum >> 8 }
    return ~sum
  }
}
