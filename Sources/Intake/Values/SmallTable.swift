import Listings

/// A small CSV file, read as a whole in whatever encoding a spreadsheet has saved it.
package enum SmallTable {
  /// The rows of the file, its header among them.
  package static func rows(path: String) throws(IntakeError) -> [TableRow] {
    let text = try text(of: MappedFile(path: path))
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

  private static func text(of file: MappedFile) throws(IntakeError) -> [UInt8] {
    if PackedForm(file.bytes) != nil { throw .notText(path: file.path, kind: "a packed file or a spreadsheet") }
    let finding = EncodingDetection.find(in: file.bytes, chosen: nil)
    let bytes = UnsafeRawBufferPointer(rebasing: file.bytes.dropFirst(finding.start))
    if finding.encoding == .utf8 { return Array(bytes) }
    guard let text = TextDecoding.text(bytes, finding.encoding) else {
      throw .noConverter(path: file.path, encoding: finding.encoding)
    }
    return text.utf8
  }
}
