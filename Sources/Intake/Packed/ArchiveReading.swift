import CArchive
import Glibc

/// Reads what is packed in a file, one member after the other.
///
/// Shape:  a packed text is one member without a name; directories, and what macOS keeps beside files, are no members.
/// Source: libarchive, archive_read(3); formats are told by content.
final class ArchiveReading {
  struct Member {
    /// Nil for a packed text that has no name of its own.
    let name: String?
    let isLocked: Bool
    /// Why it is not read, whatever is in it.
    var refusal: MemberRefusal?
  }

  private let archive: OpaquePointer
  private let path: String
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  private let limit: UnpackingLimit
  private var unpacked = 0

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

  private var message: String {
    archive_error_string(archive).map {
      String(decoding: UnsafeRawBufferPointer(start: $0, count: strlen($0)), as: UTF8.self)
    }
      ?? "its content is broken"
  }

  /// Packed bytes read so far.
  var packedDone: Int { Int(archive_filter_bytes(archive, -1)) }

  /// The next member; nil at the end.
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
        name: name, isLocked: archive_entry_is_encrypted(entry) != 0, refusal: MemberRefusal(name, isFile: isFile))
    }
  }

  private static func isMacOSNote(_ name: String) -> Bool {
    let parts = name.split(separator: "/")
    return parts.first == "__MACOSX" || parts.last.map { $0 == ".DS_Store" || $0.hasPrefix("._") } ?? false
  }

  /// Names are UTF-8 or, from older programs, in the encoding of somebody's computer.
  private static func name(of entry: OpaquePointer) -> String {
    guard let start = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry) else { return "?" }
    let bytes = UnsafeRawBufferPointer(start: start, count: strlen(start))
    if let name = String(validating: bytes, as: UTF8.self) { return name }
    let encoding = LegacyDetection.find(in: Array(bytes)).encoding
    return String(decoding: TextDecoding.text(bytes, encoding)?.utf8 ?? Array(bytes), as: UTF8.self)
  }

  /// Unpacks the current member; the returned words say why it ends early, nil where it is whole.
  ///
  /// Fails:  beyond the limit, on a full disk, and when cancelled. What was written is gone then.
  func unpack(into text: TemporaryText, _ watch: PreparationWatch) throws(IntakeError) -> String? {
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
      try watch.advance(to: packedDone)
    }
  }
}
