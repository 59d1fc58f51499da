import CArchive
import Glibc

/// Reads a zip archive, or a text compressed with gzip, through libarchive: from a file, or from a file in another archive.
///
/// Cost:   O(bytes unpacked), through buffers of 256 kB; nothing is written to disk.
/// Fails:  with `Unreadable`, in libarchive's words.
final class PackedReading {
  /// A file in the archive.
  struct Member {
    /// As the archive has it.
    let name: String
    let isPlainFile: Bool
    let isLocked: Bool
  }

  struct Unreadable: Error { let why: String }

  /// Where the packed bytes come from.
  private final class Input {
    let next: () -> UnsafeRawBufferPointer?
    let seek: ((Int, Int32) -> Int)?

    init(next: @escaping () -> UnsafeRawBufferPointer?, seek: ((Int, Int32) -> Int)? = nil) {
      (self.next, self.seek) = (next, seek)
    }
  }

  private let archive: OpaquePointer
  private let input: Input
  /// In which names are UTF-8, whatever the program's own is; nil where the system has none.
  private let locale = newlocale(1 << LC_CTYPE, "C.UTF-8", nil)
  private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)

  /// A zip archive in a file.
  convenience init(zip descriptor: Int32, size: Int) throws(Unreadable) {
    try self.init(Self.input(of: descriptor, size: size)) { archive_read_support_format_zip($0) }
  }

  /// A file compressed with gzip.
  convenience init(gzip descriptor: Int32, size: Int) throws(Unreadable) {
    try self.init(Self.input(of: descriptor, size: size)) {
      archive_read_support_filter_gzip($0)
      archive_read_support_format_raw($0)
      archive_read_support_format_empty($0)
    }
    _ = try next()
  }

  /// Bytes compressed with gzip that arrive in pieces; nil ends them.
  convenience init(gzip next: @escaping () -> UnsafeRawBufferPointer?) throws(Unreadable) {
    try self.init(Input(next: next)) {
      archive_read_support_filter_gzip($0)
      archive_read_support_format_raw($0)
      archive_read_support_format_empty($0)
    }
    _ = try self.next()
  }

  private init(_ input: Input, _ support: (OpaquePointer) -> Void) throws(Unreadable) {
    guard let archive = archive_read_new() else { throw Unreadable(why: "there is no memory") }
    (self.archive, self.input) = (archive, input)
    support(archive)
    archive_read_set_callback_data(archive, Unmanaged.passUnretained(input).toOpaque())
    archive_read_set_read_callback(archive) { _, data, start in
      guard let data, let piece = Unmanaged<Input>.fromOpaque(data).takeUnretainedValue().next() else { return 0 }
      start?.pointee = piece.baseAddress
      return piece.count
    }
    if input.seek != nil {
      archive_read_set_seek_callback(archive) { _, data, offset, whence in
        guard let data else { return Int64(ARCHIVE_FATAL) }
        let input = Unmanaged<Input>.fromOpaque(data).takeUnretainedValue()
        return Int64(input.seek?(Int(offset), whence) ?? Int(ARCHIVE_FATAL))
      }
    }
    guard archive_read_open1(archive) == ARCHIVE_OK else { throw Unreadable(why: message) }
  }

  deinit {
    archive_read_free(archive)
    if let locale { freelocale(locale) }
    buffer.deallocate()
  }

  /// The bytes of a file, in any order.
  private static func input(of descriptor: Int32, size: Int) -> Input {
    final class Place {
      var at = 0
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
      deinit { buffer.deallocate() }
    }
    let place = Place()
    return Input(
      next: {
        while true {
          let count = pread(descriptor, place.buffer.baseAddress, place.buffer.count, off_t(place.at))
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { return nil }
          place.at += count
          return UnsafeRawBufferPointer(rebasing: place.buffer[..<count])
        }
      },
      seek: { offset, whence in
        let from = whence == SEEK_SET ? 0 : whence == SEEK_CUR ? place.at : size
        let (to, isTooFar) = from.addingReportingOverflow(offset)
        guard !isTooFar, to >= 0 else { return Int(ARCHIVE_FATAL) }
        place.at = to
        return to
      })
  }

  private var message: String {
    archive_error_string(archive).map { String(cString: $0) } ?? "its content is broken"
  }

  /// Moves on to the next file; nil at the end. Folders are passed over.
  func next() throws(Unreadable) -> Member? {
    let before = locale == nil ? nil : uselocale(locale)
    defer { if locale != nil { _ = uselocale(before) } }
    while true {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return nil }
      if status == ARCHIVE_RETRY { continue }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw Unreadable(why: message) }
      let kind = archive_entry_filetype(entry)
      if kind == S_IFDIR { continue }
      let name = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
      return Member(
        name: name.map { String(cString: $0) } ?? "",
        isPlainFile: (kind == S_IFREG || kind == 0) && archive_entry_hardlink(entry) == nil
          && archive_entry_symlink(entry) == nil,
        isLocked: archive_entry_is_encrypted(entry) != 0)
    }
  }

  /// The next bytes of the current file; nil at its end.
  func piece() throws(Unreadable) -> UnsafeRawBufferPointer? {
    while true {
      let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
      if count == Int(ARCHIVE_RETRY) { continue }
      guard count >= 0 else { throw Unreadable(why: message) }
      return count == 0 ? nil : UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }
  }
}
