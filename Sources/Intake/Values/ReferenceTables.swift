import Listings

/// The tables by which columns, prices and platforms are understood, read once and shared by every load.
///
/// Shape:  four CSV files (`field-names`, `exchange-rates`, `currency-marks`, `platforms`) in each of the folders given;
///         rows of a later folder add to those before it and replace those with the same key.
/// Fails:  never: a table that no folder has is a `Problem`, and what it would have told stays unknown.
package struct ReferenceTables: Sendable {
  package let fieldNames: FieldNames
  package let currencies: Currencies
  package let platforms: Platforms
  package let problems: [IntakeProblem]

  /// Reads the tables from `folders`, the shipped one first and the user's last.
  package init(folders: [String]) {
    var reading = TableReading(folders: folders)
    fieldNames = FieldNames(rows: reading.rows(of: "field-names.csv", columns: 4, isRequired: true))
    currencies = Currencies(
      rates: reading.rows(of: "exchange-rates.csv", columns: 3, isRequired: true),
      marks: reading.rows(of: "currency-marks.csv", columns: 4, isRequired: true))
    platforms = Platforms(
      rows: reading.rows(of: "platforms.csv", columns: 4, isRequired: true), currencies: currencies)
    problems = reading.problems
  }
}

/// Reads the rows of a table from several folders.
private struct TableReading {
  let folders: [String]
  private(set) var problems: [IntakeProblem] = []

  init(folders: [String]) { self.folders = folders }

  /// The rows of the table in all folders, in their order, without the header.
  mutating func rows(of name: String, columns: Int, isRequired: Bool) -> [[String]] {
    var rows: [[String]] = []
    var isFound = false
    for folder in folders {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      do throws(IntakeError) {
        let file = try MappedFile(path: path)
        let text = try Self.text(of: file)
        isFound = true
        rows += text.withUnsafeBytes { self.rows(of: $0, path, columns: columns) }
      } catch .missing {
        continue
      } catch {
        problems.append(IntakeProblem(file: path, what: .tableUnreadable(error)))
      }
    }
    if isRequired, !isFound { problems.append(IntakeProblem(file: name, what: .tableMissing)) }
    return rows
  }

  /// Tables are small: they are read as a whole, in whatever encoding a spreadsheet has saved them.
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

  private mutating func rows(of text: UnsafeRawBufferPointer, _ path: String, columns: Int) -> [[String]] {
    var rows: [[String]] = []
    for (number, record) in CollectedRecords.read(text, 0..<text.count, DelimitedDialect()).enumerated() {
      if number == 0 { continue }
      guard record.cells.count >= columns else {
        let line = LineCounting.lineFeeds(in: UnsafeRawBufferPointer(rebasing: text[..<record.start])) + 1
        problems.append(
          IntakeProblem(
            file: path, line: line, what: .tooFewCells(found: record.cells.count, expected: columns),
            excerpt: record.cells.joined(separator: ",")))
        continue
      }
      rows.append(record.cells)
    }
    return rows
  }
}
