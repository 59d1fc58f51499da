import Listings

/// A small CSV file, read as a whole in whatever encoding a spreadsheet has saved it.
package enum SmallTable {
  /// The rows of the file, its header among them.
  package static func rows(path: String) throws(IntakeError) -> [TableRow] {
    try rows(in: content(path: path), of: path)
  }

  /// All bytes of the file, as they are at this moment.
  package static func content(path: String) throws(IntakeError) -> [UInt8] {
    let file = try MappedFile(path: path)
    return withExtendedLifetime(file) { Array(file.bytes) }
  }

  /// The rows of a file whose bytes were read already.
  package static func rows(in content: [UInt8], of path: String) throws(IntakeError) -> [TableRow] {
    let text = try content.withUnsafeBufferPointer { (bytes) throws(IntakeError) -> [UInt8] in
      try self.text(of: UnsafeRawBufferPointer(bytes), path)
    }
    return text.withUnsafeBytes { rows(of: $0) }
  }

  /// The rows of a text that is one already.
  package static func rows(of text: UnsafeRawBufferPointer) -> [TableRow] {
    var line = 1
    var counted = 0
    return CollectedRecords.read(text, 0..<text.count, DelimitedDialect()).map { record in
      line += LineCounting.lineFeeds(in: UnsafeRawBufferPointer(rebasing: text[counted..<record.start]))
      counted = record.start
      return TableRow(line: line, cells: record.cells)
    }
  }

  private static func text(of content: UnsafeRawBufferPointer, _ path: String) throws(IntakeError) -> [UInt8] {
    if PackedForm(content) != nil { throw .notText(path: path, kind: "a packed file or a spreadsheet") }
    let finding = EncodingDetection.find(in: content, chosen: nil)
    let bytes = UnsafeRawBufferPointer(rebasing: content.dropFirst(finding.start))
    if finding.encoding == .utf8 { return Array(bytes) }
    guard let text = TextDecoding.text(bytes, finding.encoding) else {
      throw .noConverter(path: path, encoding: finding.encoding)
    }
    return text.utf8
  }
}
