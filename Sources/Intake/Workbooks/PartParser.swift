import CExpat
import Glibc

/// What one kind of part makes of its elements, as they come.
class PartReading {
  /// Set when nothing more of the part is wanted.
  var isDone = false
  /// Set when the part cannot be taken any further.
  var fault: TableFault?

  func begin(_ name: ElementName, _ attributes: ElementAttributes) {}
  func end(_ name: ElementName) {}
  func text(_ bytes: UnsafeRawBufferPointer) {}
}

/// An element's name without its namespace: Transitional, Strict and prefixed workbooks are read alike.
struct ElementName {
  fileprivate let pointer: UnsafePointer<CChar>

  @inline(__always)
  fileprivate init(_ name: UnsafePointer<CChar>) {
    var local = name
    var place = name
    while place.pointee != 0 {
      if place.pointee == 0x3A { local = place + 1 }
      place += 1
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

/// The attributes of an element, by their names without namespaces.
struct ElementAttributes {
  fileprivate let pointer: UnsafeMutablePointer<UnsafePointer<CChar>?>

  subscript(name: StaticString) -> UnsafePointer<CChar>? {
    var place = 0
    while let found = pointer[place] {
      if ElementName(found) == name { return pointer[place + 1] }
      place += 2
    }
    return nil
  }

  /// The attribute at this place, for readers that look at each once.
  @inline(__always)
  func pair(_ place: Int) -> (name: ElementName, value: UnsafePointer<CChar>)? {
    guard let name = pointer[2 * place], let value = pointer[2 * place + 1] else { return nil }
    return (ElementName(name), value)
  }

  func text(_ name: StaticString) -> String? { self[name].map { String(cString: $0) } }
  func number(_ name: StaticString) -> Int? { text(name).flatMap { Int($0) } }
  /// Booleans are written `1` or `true`.
  func isTrue(_ name: StaticString) -> Bool { text(name).map { $0 == "1" || $0 == "true" } ?? false }
}

/// Feeds the XML of a part to its reading, piece by piece.
///
/// Fails:  for XML that is none, for document types (and so for all entities but the five of XML), for elements nested
///         deeper and tags longer than any spreadsheet writes.
final class PartParser {
  private let parser: XML_Parser
  private let part: String
  private let reading: PartReading
  private var depth = 0
  private var hasDocumentType = false
  /// Bytes since the parser last understood something: it looks at an endless tag again with every piece.
  private var silence = 0

  private static let deepest = 100
  private static let longestSilence = 4 << 20

  init(part: String, reading: PartReading) throws(TableFault) {
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
        parser.stopIfOver()
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

  /// Where the next piece is put.
  func room(for count: Int) -> UnsafeMutableRawPointer? { XML_GetBuffer(parser, Int32(count)) }

  /// Reads what was put into the room.
  func parse(_ count: Int, isLast: Bool) throws(TableFault) {
    silence += count
    let status = XML_ParseBuffer(parser, Int32(count), isLast ? 1 : 0)
    if hasDocumentType { throw .documentType(part: part) }
    if let fault = reading.fault { throw fault }
    if reading.isDone { return }
    guard status == XML_STATUS_OK, silence < Self.longestSilence else { throw .damaged(part: part) }
  }

  private func begin(
    _ name: UnsafePointer<CChar>, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>
  ) {
    silence = 0
    depth += 1
    if depth > Self.deepest { reading.fault = .damaged(part: part) }
    reading.begin(ElementName(name), ElementAttributes(pointer: attributes))
    stopIfOver()
  }

  @inline(__always)
  private func stopIfOver() {
    if reading.isDone || reading.fault != nil { XML_StopParser(parser, 0) }
  }
}
