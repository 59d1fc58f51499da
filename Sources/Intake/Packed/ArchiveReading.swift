import CArchive
import Glibc

/// Reads an archive or a compressed text, one member after another.
///
/// Shape:  a compressed text is one member without a name. Folders, and the notes that macOS adds, are not members.
/// Cost:   O(bytes unpacked), through a buffer of 256 kB.
/// Source: libarchive, archive_read(3); formats are detected by content.
final class ArchiveReading {
  /// One file in the archive.
  struct Member {
    /// Nil for a compressed text, which has no name of its own.
    let name: String?
    /// Whether it is encrypted.
    let isLocked: Bool
    /// Why it must be skipped whatever it contains; nil where it may be read.
    var skipReason: MemberSkipReason?
  }

  private let archive: OpaquePointer
  private let path: String
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private let limit: UnpackingLimit
  /// Bytes unpacked so far, over all members, for the limit.
  private var unpacked = 0

  /// Opens an archive.
  ///
  /// Fails:  where libarchive does not recognise it.
  init(_ file: MappedFile, _ form: PackedForm, limit: UnpackingLimit) throws(IntakeError) {
    guard let archive = archive_read_new() else { throw .unreadable(path: file.path, code: ENOMEM) }
    self.archive = archive
    path = file.name
    self.limit = limit
    archive_read_support_filter_gzip(archive)
    archive_read_support_filter_zstd(archive)
    archive_read_support_filter_bzip2(archive)
    archive_read_support_filter_xz(archive)
    archive_read_support_format_tar(archive)
    archive_read_support_format_empty(archive)
    if case .stream = form {
      archive_read_support_format_raw(archive)
    } else {
      archive_read_support_format_zip(archive)
    }
    guard archive_read_open_memory(archive, file.bytes.baseAddress, file.byteCount) == ARCHIVE_OK else {
      throw .cannotBeUnpacked(path: path, why: message)
    }
  }

  deinit {
    archive_read_free(archive)
    buffer.deallocate()
  }

  /// The last error in libarchive's words.
  private var message: String {
    archive_error_string(archive).map {
      String(decoding: UnsafeRawBufferPointer(start: $0, count: strlen($0)), as: UTF8.self)
    }
      ?? "its content is broken"
  }

  /// How many packed bytes have been consumed.
  var packedDone: Int { Int(archive_filter_bytes(archive, -1)) }

  /// Moves on to the next member; nil at the end.
  ///
  /// Fails:  where the archive is damaged before the next member.
  func next() throws(IntakeError) -> Member? {
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return nil }
      if status == ARCHIVE_RETRY { continue }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else {
        throw .cannotBeUnpacked(path: path, why: message)
      }
      if archive_format(archive) == ARCHIVE_FORMAT_RAW { return Member(name: nil, isLocked: false) }
      let kind = archive_entry_filetype(entry)
      if kind == S_IFDIR { continue }
      let name = Self.name(of: entry)
      if Self.isMacOSNote(name) { continue }
      let isFile = kind == S_IFREG && archive_entry_hardlink(entry) == nil
      return Member(
        name: name, isLocked: archive_entry_is_encrypted(entry) != 0, skipReason: MemberSkipReason(name, isFile: isFile)
      )
    }
  }

  /// Whether a member is metadata of the macOS Finder.
  private static func isMacOSNote(_ name: String) -> Bool {
    let parts = name.split(separator: "/")
    return parts.first == "__MACOSX" || parts.last.map { $0 == ".DS_Store" || $0.hasPrefix("._") } ?? false
  }

  /// Member names are UTF-8 or, from older programs, in the encoding of the computer that wrote them.
  ///
  /// Shape:  `?` for a member without a name.
  private static func name(of entry: OpaquePointer) -> String {
    guard let start = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) else { return "?" }
    let bytes = UnsafeRawBufferPointer(start: start, count: strlen(start))
    if let name = String(validating: bytes, as: UTF8.self) { return name }
    let encoding = LegacyDetection.find(in: Array(bytes)).encoding
    return String(decoding: TextDecoding.text(bytes, encoding)?.utf8 ?? Array(bytes), as: UTF8.self)
  }

  /// Unpacks the current member. Returns why it ends early, or nil where it is complete.
  ///
  /// Fails:  beyond the limit, on a full disk, and when cancelled. What was written is gone then.
  func unpack(into text: TemporaryText, _ progress: PreparationProgress) throws(IntakeError) -> String? {
    while true {
      let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
      if count == 0 { return nil }
      if count == Int(ARCHIVE_RETRY) { continue }
      guard count > 0 else { return message }
      unpacked += count
      if unpacked > limit.byteCount {
        throw .unpacksTooLarge(path: path, limit: limit.byteCount, reason: limit.reason)
      }
      try text.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
      try progress.advance(to: packedDone)
    }
  }
}

/// Why a member of an archive is skipped, as a clause for people.
package enum MemberSkipReason: String, Equatable, Sendable {
  case leadsOutside = "its name leads out of the archive, as no honest program writes it"
  case isHidden = "its name, or that of a folder around it, begins with a dot"
  case isLink = "it is a link or a device, not a file"

  /// Nil where the member may be read.
  ///
  /// Names are never used as paths. Even so, a name that leads outside comes from an attack or a broken program.
  init?(_ name: String, isFile: Bool) {
    let parts = name.split(omittingEmptySubsequences: false) { $0 == "/" || $0 == "\\" }
    let hasDrive = parts.first.map { $0.utf8.count == 2 && $0.hasSuffix(":") } ?? false
    if parts.first == "" || hasDrive || parts.contains("..") {
      self = .leadsOutside
    } else if parts.contains(where: { $0.hasPrefix(".") && $0 != "." }) {
      self = .isHidden
    } else if !isFile {
      self = .isLink
    } else {
      return nil
    }
  }
}

/// What a file is by its first bytes, regardless of its name.
///
/// Source: the magic numbers of RFC 1952 (gzip), RFC 8878 (zstd), APPNOTE.TXT (zip), POSIX.1-1988 (tar) and file(1).
enum PackedForm: Equatable {
  /// A compressed text, or a compressed tar archive.
  case stream(kind: String)
  /// An archive of several files.
  case archive(kind: String)
  /// A known format that is neither text nor a container of text.
  case foreign(kind: String)

  /// Nil where no signature matches: the file may be text.
  ///
  /// Cost:   compares the first bytes with each signature.
  init?(_ bytes: UnsafeRawBufferPointer) {
    let forms: [([UInt8], PackedForm)] = [
      ([0x1F, 0x8B, 8], .stream(kind: "gzip")), ([0x28, 0xB5, 0x2F, 0xFD], .stream(kind: "zstd")),
      (Array("BZh".utf8), .stream(kind: "bzip2")), ([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], .stream(kind: "xz")),
      ([0x50, 0x4B, 3, 4], .archive(kind: "zip")), ([0x50, 0x4B, 5, 6], .archive(kind: "zip")),
      (Array("%PDF-".utf8), .foreign(kind: "a PDF document")),
      (Array("SQLite format 3\0".utf8), .foreign(kind: "an SQLite database")),
      ([0xD0, 0xCF, 0x11, 0xE0], .foreign(kind: "an old Excel workbook")),
      ([0x50, 0x41, 0x52, 0x31], .foreign(kind: "a Parquet file")),
      ([0x89, 0x50, 0x4E, 0x47], .foreign(kind: "a PNG picture")),
      ([0xFF, 0xD8, 0xFF], .foreign(kind: "a JPEG picture")),
      (Array("GIF8".utf8), .foreign(kind: "a GIF picture")),
      (Array("7z".utf8) + [0xBC, 0xAF], .foreign(kind: "a 7z archive")),
      (Array("Rar!".utf8), .foreign(kind: "a RAR archive")), ([0x7F, 0x45, 0x4C, 0x46], .foreign(kind: "a program")),
    ]
    guard let form = forms.first(where: { bytes.starts(with: $0.0) })?.1 else {
      // POSIX.1-1988 ustar: the signature is at byte 257 of the first header.
      guard bytes.count >= 512, bytes[257..<262].elementsEqual("ustar".utf8) else { return nil }
      self = .archive(kind: "tar")
      return
    }
    self = form == .archive(kind: "zip") && Self.isDocument(bytes) ? .foreign(kind: "a spreadsheet or document") : form
  }

  /// Whether a zip archive is an office document, judged by the name of its first member.
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

/// How large a packed file may become, as a guard against archive bombs.
///
/// Units:  bytes after unpacking.
/// Source: 42 kB of zip can hold petabytes of zeros, while packed listings grow by a factor of 5 to 50.
struct UnpackingLimit: Equatable {
  /// The most bytes.
  let byteCount: Int
  /// Where the limit comes from, in words.
  let reason: String

  /// The allowed growth of large files. Up to `alwaysAllowed` bytes, any factor is fine.
  private static let maximumRatio = 200
  private static let alwaysAllowed = 1 << 28

  /// - Parameters:
  ///   - packed: the size of the packed file.
  ///   - free: free bytes in the temporary folder, of which half may be used.
  init(packed: Int, free: Int) {
    let byRatio = max(Self.alwaysAllowed, packed.multipliedReportingOverflow(by: Self.maximumRatio).partialValue)
    // The other half is for whatever else needs the disk in the meantime.
    if free / 2 < byRatio {
      (byteCount, reason) = (
        free / 2, "half of the free space in \(TemporaryText.folder), the folder for temporary files"
      )
    } else {
      (byteCount, reason) = (byRatio, "\(Self.maximumRatio) times its packed size")
    }
  }
}
