import Listings

/// How to read the files of a load.
package struct IntakeOptions: Sendable {
  package var tables: ReferenceTables
  /// Columns chosen by the user: `--map field=column`.
  package var chosenColumns: [Field: String]
  /// What people assigned to columns on the screen, by the header of their files; the last one for a header counts.
  package var assignments: [ColumnAssignment] = []
  /// Where delimited files name their columns; nil: it is told by their records.
  package var header: HeaderChoice?
  /// How delimited files are written, as far as it was chosen.
  package var dialect = DialectChoice()
  /// The currency of prices that name none, ISO 4217; nil: as remembered for the file, else unknown.
  package var currency: String?
  /// The sheet or table to open of workbooks and databases; nil: those with listings.
  package var table: String?
  /// The encoding chosen by the user; nil: it is found out.
  package var encoding: TextEncoding?
  /// Whether double-encoded text is turned back for reading.
  package var repairsEncoding = false
  /// Bytes that a packed file may become; nil: by its size and the free space.
  package var mostUnpacked: Int?
  /// Threads that read; nil: one per processor.
  package var workers: Int?
  /// Is told every single problem, in the order of the rows, one call at a time, from the reading threads; nil: what
  /// `IntakeProblems` keeps is enough.
  package var everyProblem: (@Sendable (IntakeProblem) -> Void)?
  /// Bytes per piece once the first look is out; small ones are for tests.
  package var pieceSize = 1 << 20
  /// Bytes of the first piece, after which the first look is given.
  package var firstPieceSize = 1 << 17

  package init(
    tables: ReferenceTables, chosenColumns: [Field: String] = [:], hasHeader: Bool? = nil, delimiter: UInt8? = nil,
    workers: Int? = nil
  ) {
    self.tables = tables
    self.chosenColumns = chosenColumns
    header = hasHeader.map { $0 ? .first : .missing }
    dialect.delimiter = delimiter
    self.workers = workers
  }

  var mapping: ColumnMapping {
    ColumnMapping(names: tables.fieldNames, currencies: tables.currencies, chosen: chosenColumns)
  }
}

extension IntakeOptions {
  /// Whether the files have a header at all, as far as it was chosen.
  var hasHeader: Bool? { header.map { $0 != .missing } }
}

/// Where a file names its columns, as a person says it.
package enum HeaderChoice: Equatable, Sendable {
  case first, missing
  /// The record that holds this line, from 1; those before it are no listings.
  case line(Int)

  /// - Parameter text: `yes`, `no` or the number of a line; nil for anything else.
  package init?(_ text: String) {
    switch text {
    case "yes": self = .first
    case "no": self = .missing
    default:
      guard let line = Int(text), line > 0 else { return nil }
      self = .line(line)
    }
  }
}

/// Finds out what format a file has.
enum FileFormat {
  /// How much of a file is looked at.
  static let sampleSize = 1 << 16

  /// JSON where the first character that is not blank is `{` or `[`, delimited text otherwise.
  static func reading(of file: ReadableText, options: IntakeOptions) -> any PieceReading {
    if file.table != nil { return DelimitedFile(file: file, options: options) }
    let bytes = file.bytes
    var first = file.start
    while first < bytes.count, bytes[first] <= .blank { first += 1 }
    if first < bytes.count, bytes[first] == UInt8(ascii: "{") {
      if let wrapper = JSONWrapper(bytes, from: first, mapping: options.mapping) {
        return JSONFile(
          file: file, shape: .array, start: wrapper.content.lowerBound, wrapper: wrapper, options: options)
      }
      let isLines = isWholeLine(bytes, from: first)
      return JSONFile(file: file, shape: isLines ? .lines : .objects, start: first, options: options)
    }
    // A bracket alone may also begin a CSV cell; an array of objects goes on with a brace.
    if first < bytes.count, bytes[first] == UInt8(ascii: "[") {
      var next = first + 1
      while next < bytes.count, bytes[next] <= .blank || bytes[next] == UInt8(ascii: "[") { next += 1 }
      if next == bytes.count || bytes[next] == UInt8(ascii: "{") || bytes[next] == UInt8(ascii: "]") {
        return JSONFile(file: file, shape: .array, start: first + 1, options: options)
      }
    }
    return DelimitedFile(file: file, options: options)
  }

  /// Whether the first line is a whole object; otherwise objects are spread over lines.
  private static func isWholeLine(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Bool {
    let end = bytes[start...].firstIndex(of: .lineFeed) ?? bytes.count
    if JSONObjects.end(in: bytes, from: start, limit: end) != nil { return true }
    // A broken first line is still a line, unless the object goes on properly on the next ones.
    return JSONObjects.end(in: bytes, from: start, limit: min(bytes.count, start + sampleSize)) == nil
  }
}
