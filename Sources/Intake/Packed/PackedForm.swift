/// What a file is by its first bytes, whatever its name.
enum PackedForm: Equatable {
  /// One packed text, or a packed tar archive.
  case stream(kind: String)
  /// An archive of several files.
  case archive(kind: String)
  /// Known, but no text and nothing that holds one.
  case foreign(kind: String)

  init?(_ bytes: UnsafeRawBufferPointer) {
    let forms: [([UInt8], PackedForm)] = [
      ([0x1F, 0x8B, 8], .stream(kind: "gzip")), ([0x28, 0xB5, 0x2F, 0xFD], .stream(kind: "zstd")),
      (Array("BZh".utf8), .stream(kind: "bzip2")), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .stream(kind: "xz")),
      ([0x50, 0x4B, 3, 4], .archive(kind: "zip")), ([0x50, 0x4B, 5, 6], .archive(kind: "zip")),
      (Array("%PDF-".utf8), .foreign(kind: "a PDF document")),
      (Array("SQLite format 3\0".utf8), .foreign(kind: "an SQLite database")),
      ([0xD0, 0xCF, 0x11, 0xE0], .foreign(kind: "an old Excel workbook")),
      ([0x50, 0x41, 0x52, 0x31], .foreign(kind: "a Parquet file")),
      ([0x89, 0x50, 0x4E, 0x47], .foreign(kind: "a PNG picture")), ([0xFF, 0xD8, 0xFF], .foreign(kind: "a JPEG picture")),
      (Array("GIF8".utf8), .foreign(kind: "a GIF picture")), (Array("7z".utf8) + [0xBC, 0xAF], .foreign(kind: "a 7z archive")),
      (Array("Rar!".utf8), .foreign(kind: "a RAR archive")), ([0x7F, 0x45, 0x4C, 0x46], .foreign(kind: "a program")),
    ]
    guard let form = forms.first(where: { bytes.starts(with: $0.0) })?.1 else {
      // POSIX.1-1988 ustar: the mark stands at byte 257 of the first header.
      guard bytes.count >= 512, bytes[257..<262].elementsEqual("ustar".utf8) else { return nil }
      self = .archive(kind: "tar")
      return
    }
    self = form == .archive(kind: "zip") && Self.isDocument(bytes) ? .foreign(kind: "a spreadsheet or document") : form
  }

  /// Whether a zip archive is an office document, by the name of its first member.
  ///
  /// Source: APPNOTE.TXT 4.3.7, the local file header; ISO/IEC 29500-2 and OASIS ODF 1.2 part 3 name the members.
  private static func isDocument(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard bytes.count >= 30 else { return false }
    let length = Int(bytes[26]) | Int(bytes[27]) << 8
    let name = String(decoding: bytes[30..<min(bytes.count, 30 + length)], as: UTF8.self)
    return ["[Content_Types].xml", "mimetype"].contains(name)
      || ["_rels/", "docProps/", "xl/", "word/"].contains { name.hasPrefix($0) }
  }
}
