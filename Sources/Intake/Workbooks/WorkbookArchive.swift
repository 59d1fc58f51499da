import CArchive
import CExpat
import Glibc

/// The parts of a workbook: the files in its zip archive.
///
/// Shape:  names are only compared, never used as paths; `\` and a leading `/` are normalised.
/// Cost:   a part is parsed while being unpacked, never held as a whole. Every reading passes the directory once.
struct WorkbookArchive {
  let bytes: UnsafeRawBufferPointer

  /// How much all parts together may unpack to.
  var limit: Int { CSVText.limit(fileSize: bytes.count) }

  private static let chunk = 1 << 16
  /// More parts than any workbook has.
  private static let maximumParts = 100_000

  /// The names of all parts, from the directory alone; nil where the archive is unreadable.
  ///
  /// Cost:   one pass over the directory at the end of the file.
  static func names(in bytes: UnsafeRawBufferPointer) -> [String]? {
    var names: [String] = []
    do throws(TableError) {
      try WorkbookArchive(bytes: bytes).walk { name, _ throws(TableError) in
        names.append(name)
        return true
      }
    } catch { return nil }
    return names
  }

  /// Parses the part called `name`; false where there is none.
  ///
  /// Fails:  where the part is damaged or too large, and when cancelled.
  func read(_ name: String, into reading: PartReading, isCancelled: () -> Bool) throws(TableError) -> Bool {
    var isFound = false
    let wanted = name.lowercased()
    try walk { found, archive throws(TableError) in
      guard found.lowercased() == wanted else { return true }
      isFound = true
      try unpack(archive, name, into: reading, isCancelled)
      return false
    }
    return isFound
  }

  /// Calls `body` with one part after another until it returns false.
  ///
  /// Fails:  where the directory is damaged, or lists too many parts.
  private func walk(
    _ body: (String, OpaquePointer) throws(TableError) -> Bool
  ) throws(TableError) {
    guard let archive = archive_read_new() else { throw .damaged(part: "the archive") }
    defer { archive_read_free(archive) }
    // The directory at the end of the file is authoritative. An archive without one was cut off.
    archive_read_support_format_zip_seekable(archive)
    guard archive_read_open_memory(archive, bytes.baseAddress, bytes.count) == ARCHIVE_OK else {
      throw .damaged(part: "the archive")
    }
    for _ in 0..<Self.maximumParts {
      var entry: OpaquePointer?
      let status = archive_read_next_header(archive, &entry)
      if status == ARCHIVE_EOF { return }
      guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw .damaged(part: "the archive") }
      guard let name = archive_entry_pathname(entry) else { continue }
      guard try body(Self.plain(String(cString: name)), archive) else { return }
    }
    throw .damaged(part: "the archive")
  }

  /// A name with `/` as separator, and none at the beginning.
  private static func plain(_ name: String) -> String {
    let name = String(name.map { $0 == "\\" ? "/" : $0 })
    return name.hasPrefix("/") ? String(name.dropFirst()) : name
  }

  /// Unpacks the current part into a parser.
  ///
  /// Fails:  where all parts together exceed the limit.
  private func unpack(
    _ archive: OpaquePointer, _ name: String, into reading: PartReading, _ isCancelled: () -> Bool
  ) throws(TableError) {
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

/// Receives the elements of one part of a workbook. Subclasses pick what they need.
class PartReading {
  /// Set by a subclass that needs nothing more of the part.
  var isDone = false
  /// Set where the part cannot be read any further.
  var error: TableError?

  /// An element begins.
  func begin(_ name: ElementName, _ attributes: ElementAttributes) {}
  /// An element ends.
  func end(_ name: ElementName) {}
  /// Text, perhaps in several pieces.
  func text(_ bytes: UnsafeRawBufferPointer) {}
}

/// The name of an element without its namespace, so that Transitional, Strict and prefixed workbooks read alike.
struct ElementName {
  fileprivate let pointer: UnsafePointer<CChar>

  @inline(__always)
  fileprivate init(_ name: UnsafePointer<CChar>) {
    var local = name
    var index = name
    while index.pointee != 0 {
      if index.pointee == 0x3A { local = index + 1 }
      index += 1
    }
    pointer = local
  }

  @inline(__always)
  static func ~= (wanted: StaticString, name: ElementName) -> Bool { name == wanted }

  @inline(__always)
  static func == (name: ElementName, wanted: StaticString) -> Bool {
    let start = UnsafeRawPointer(wanted.utf8Start).assumingMemoryBound(to: CChar.self)
    return name.pointer.pointee == start.pointee && strcmp(name.pointer, start) == 0
  }
}

/// The attributes of an element, by name without namespace.
struct ElementAttributes {
  fileprivate let pointer: UnsafeMutablePointer<UnsafePointer<CChar>?>

  /// The value of an attribute.
  subscript(name: StaticString) -> UnsafePointer<CChar>? {
    var index = 0
    while let found = pointer[index] {
      if ElementName(found) == name { return pointer[index + 1] }
      index += 2
    }
    return nil
  }

  /// The attribute at an index, for readers that need each of them once.
  @inline(__always)
  func pair(_ index: Int) -> (name: ElementName, value: UnsafePointer<CChar>)? {
    guard let name = pointer[2 * index], let value = pointer[2 * index + 1] else { return nil }
    return (ElementName(name), value)
  }

  func text(_ name: StaticString) -> String? { self[name].map { String(cString: $0) } }
  /// The value as a number.
  func number(_ name: StaticString) -> Int? { text(name).flatMap { Int($0) } }
  /// Whether a Boolean attribute is set, as `1` or `true`.
  func isTrue(_ name: StaticString) -> Bool { text(name).map { $0 == "1" || $0 == "true" } ?? false }
}

/// Parses the XML of a part, piece by piece, for a `PartReading`.
///
/// Cost:   O(bytes), in one buffer that is reused.
/// Fails:  for malformed XML, for document types (and thus for all entities except the five of XML), and for elements
///         nested deeper or tags longer than any spreadsheet writes.
final class PartParser {
  private let parser: XML_Parser
  private let part: String
  private let reading: PartReading
  private var depth = 0
  private var hasDocumentType = false
  /// Bytes since the parser last made progress. It scans an endless tag again with every piece.
  private var silence = 0

  /// Elements nested more deeply are an attack.
  private static let maximumDepth = 100
  /// A tag that goes on for longer is an attack.
  private static let maximumSilence = 4 << 20

  init(part: String, reading: PartReading) throws(TableError) {
    guard let parser = XML_ParserCreate(nil) else { throw .damaged(part: part) }
    self.parser = parser
    self.part = part
    self.reading = reading
    XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
    XML_SetElementHandler(
      parser, { PartParser.of($0).begin($1!, $2!) },
      { context, name in
        let parser = PartParser.of(context)
        parser.depth -= 1
        parser.silence = 0
        parser.reading.end(ElementName(name!))
        parser.stopIfDone()
      })
    XML_SetCharacterDataHandler(parser) { context, text, count in
      let parser = PartParser.of(context)
      parser.silence = 0
      parser.reading.text(UnsafeRawBufferPointer(start: text, count: Int(count)))
    }
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
      let parser = PartParser.of(context)
      parser.hasDocumentType = true
      XML_StopParser(parser.parser, 0)
    }
  }

  deinit { XML_ParserFree(parser) }

  @inline(__always)
  private static func of(_ context: UnsafeMutableRawPointer?) -> PartParser {
    Unmanaged<PartParser>.fromOpaque(context!).takeUnretainedValue()
  }

  /// Where to put the next piece.
  func room(for count: Int) -> UnsafeMutableRawPointer? { XML_GetBuffer(parser, Int32(count)) }

  /// Parses the piece of `count` bytes that was put there.
  ///
  /// Fails:  where the XML is malformed, or the reading gave up.
  func parse(_ count: Int, isLast: Bool) throws(TableError) {
    silence += count
    let status = XML_ParseBuffer(parser, Int32(count), isLast ? 1 : 0)
    if hasDocumentType { throw .documentType(part: part) }
    if let error = reading.error { throw error }
    if reading.isDone { return }
    guard status == XML_STATUS_OK, silence < Self.maximumSilence else { throw .damaged(part: part) }
  }

  /// An element begins; gives up where it is nested too deeply.
  private func begin(
    _ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>
  ) {
    silence = 0
    depth += 1
    if depth > Self.maximumDepth { reading.error = .damaged(part: part) }
    reading.begin(ElementName(name), ElementAttributes(pointer: attributes))
    stopIfDone()
  }

  @inline(__always)
  /// Stops the parser once nothing more is wanted, or something is wrong.
  private func stopIfDone() {
    if reading.isDone || reading.error != nil { XML_StopParser(parser, 0) }
  }
}
