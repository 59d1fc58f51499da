import CArchive

/// The parts of a workbook: the files in its zip archive.
///
/// Shape:  names are only compared, never used as paths; `\` and a leading `/` are read as others write them.
/// Cost:   a part is unpacked as it is read, never as a whole; each reading passes the directory once.
struct WorkbookArchive {
  let bytes: UnsafeRawBufferPointer

  /// What all parts together may unpack to.
  var limit: Int { CSVText.limit(fileSize: bytes.count) }

  private static let chunk = 1 << 16
  /// More parts than any workbook has.
  private static let mostParts = 100_000

  /// Whether the archive is a workbook, seen from its directory alone; nil: it is no archive that can be read.
  static func names(in bytes: UnsafeRawBufferPointer) -> [String]? {
    var names: [String] = []
    do throws(TableFault) {
      try WorkbookArchive(bytes: bytes).walk { name, _ throws(TableFault) in
        names.append(name)
        return true
      }
    } catch { return nil }
    return names
  }

  /// Reads the part called `name`.
  ///
  /// - Returns: whether there is one.
  func read(_ name: String, into reading: PartReading, isCancelled: () -> Bool) throws(TableFault) -> Bool {
    var isFound = false
    let wanted = name.lowercased()
    try walk { found, archive throws(TableFault) in
      guard found.lowercased() == wanted else { return true }
      isFound = true
      try unpack(archive, name, into: reading, isCancelled)
      return false
    }
    return isFound
  }

  /// Shows `body` the parts, one after the other, until it returns false.
  private func walk(
    _ body: (String, OpaquePointer) throws(TableFault) -> Bool
  ) throws(TableFault) {
    guard let archive = archive_read_new() else { throw .damaged(part: "the archive") }
    defer { archive_read_free(archive) }
    // The directory at the end of the file is what counts; an archive without one is cut off.
    archive_read_support_format_zip_seekable(archive)
    guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else {
      throw .damaged(part: "the archive")
    }
    for _ in 0..<Self.mostParts {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw .damaged(part: "the archive") }
      guard let name = archive_entry_pathname(entry) else { continue }
      guard try body(Self.plain(String(cString: name)), archive) else { return }
    }
    throw .damaged(part: "the archive")
  }

  private static func plain(_ name: String) -> String {
    let name = String(name.map { $0 == "\\" ? "/" : $0 })
    return name.hasPrefix("/") ? String(name.dropFirst()) : name
  }

  private func unpack(
    _ archive: OpaquePointer, _ name: String, into reading: PartReading, _ isCancelled: () -> Bool
  ) throws(TableFault) {
    let parser = try PartParser(part: name, reading: reading)
    var total = 0
    while true {
      if isCancelled() { throw .cancelled }
      guard let room = parser.room(for: Self.chunk) else { throw .damaged(part: name) }
      let count = archive_read_data(archive, room, Self.chunk)
      guard count >= 0 else { throw .damaged(part: name) }
      total += count
      if total > limit { throw .tooLarge(limit: limit) }
      try parser.parse(count, isLast: count == 0)
      if count == 0 || reading.isDone { return }
    }
  }
}
