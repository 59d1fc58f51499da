import SmallFormats

/// A packet as one file: a zip archive whose bytes depend on nothing but the packet.
///
/// Shape:  one folder at the top, as RFC 8493 section 4.2 wants it; its files sorted by the bytes of their paths; the rest as
///         `StoredZip`.
/// Cost:   O(bytes), piece by piece, with one CRC-32 over each file before.
struct PacketZip {
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
    do {
      try StoredZip.check(sorted.map { ($0.path, $0.file.size) })
    } catch {
      throw .tooLargeForZip(files: error.files, bytes: error.bytes)
    }
    var zip = StoredZip(at: time)
    for (path, file) in sorted {
      var sum = CRC32()
      try file.forEachPiece { (piece) throws(PacketError) in sum.update(piece) }
      pieces += [.bytes(zip.head(of: path, size: file.size, sum: sum.value)), .file(file)]
    }
    pieces.append(.bytes(zip.directory()))
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
}
