import SmallFormats

/// A packet as one file: a zip archive whose bytes depend on nothing but the packet.
///
/// Shape:  one folder at the top, as RFC 8493 section 4.2 wants it; the rest as `StoredZip`.
struct PacketZip {
  /// - Parameter time: that of all entries; a zip archive has none before 1980 or after 2107.
  /// Fails:  throws `tooLargeForZip` beyond 65,535 files or 4 GiB.
  static func bytes(of folderName: String, _ files: [PacketFile], at time: UTCTime) throws(PacketError) -> [UInt8] {
    do {
      return try StoredZip.bytes(
        of: files.map { StoredZip.Entry(path: "\(folderName)/\($0.path)", bytes: $0.bytes) }, at: time)
    } catch {
      throw .tooLargeForZip(files: error.files, bytes: error.bytes)
    }
  }
}
