/// What the first bytes of a file say about its encoding.
enum TextStart {
  private static let looked = 4096

  /// Where the text begins, after a UTF-8 byte order mark if there is one.
  ///
  /// Fails:  for UTF-16 and UTF-32, with a mark or by their zero bytes, and for packed and binary files.
  static func offset(of file: MappedFile) throws(IntakeError) -> Int {
    let head = UnsafeRawBufferPointer(rebasing: file.bytes.prefix(looked))
    if let encoding = markedEncoding(head) { throw .wrongEncoding(path: file.path, encoding: encoding) }
    if let kind = packedKind(head) { throw .notText(path: file.path, kind: kind) }
    if let encoding = unmarkedEncoding(head) { throw .wrongEncoding(path: file.path, encoding: encoding) }
    // A text with a stray zero byte stays readable; one byte in ten is no text.
    if head.count(where: { $0 == 0 }) * 10 > head.count { throw .notText(path: file.path, kind: "binary data") }
    return head.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  private static func markedEncoding(_ head: UnsafeRawBufferPointer) -> ForeignEncoding? {
    if head.starts(with: [0xFF, 0xFE, 0, 0]) { return .utf32LittleEndian }
    if head.starts(with: [0, 0, 0xFE, 0xFF]) { return .utf32BigEndian }
    if head.starts(with: [0xFF, 0xFE]) { return .utf16LittleEndian }
    if head.starts(with: [0xFE, 0xFF]) { return .utf16BigEndian }
    return nil
  }

  /// UTF-16 without a mark: in most languages every second byte of a table's first line is zero.
  private static func unmarkedEncoding(_ head: UnsafeRawBufferPointer) -> ForeignEncoding? {
    let pairs = head.count / 2
    guard pairs >= 4 else { return nil }
    var (even, odd) = (0, 0)
    for index in 0..<pairs {
      if head[2 * index] == 0 { even += 1 }
      if head[2 * index + 1] == 0 { odd += 1 }
    }
    if odd * 10 > pairs * 4, even * 20 < pairs { return .utf16LittleEndian }
    if even * 10 > pairs * 4, odd * 20 < pairs { return .utf16BigEndian }
    return nil
  }

  private static func packedKind(_ head: UnsafeRawBufferPointer) -> String? {
    let kinds: [([UInt8], String)] = [
      ([0x1F, 0x8B], "a gzip archive"), ([0x50, 0x4B, 3, 4], "a zip archive or an Excel workbook"),
      ([0x28, 0xB5, 0x2F, 0xFD], "a zstd archive"), (Array("BZh".utf8), "a bzip2 archive"),
      ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "an xz archive"), (Array("%PDF-".utf8), "a PDF document"),
      (Array("SQLite format 3".utf8), "an SQLite database"), ([0xD0, 0xCF, 0x11, 0xE0], "an old Excel workbook"),
      ([0x50, 0x41, 0x52, 0x31], "a Parquet file"),
    ]
    return kinds.first { head.starts(with: $0.0) }?.1
  }
}
