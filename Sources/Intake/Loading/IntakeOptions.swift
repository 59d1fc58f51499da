import Listings

/// How to read the files of a load: what the user chose, and the reference tables.
///
/// Shape:  nil means that the choice is left to detection, file by file.
package struct IntakeOptions: Sendable {
  /// Field names, currencies, platforms and address patterns.
  package var tables: ReferenceTables
  /// Columns that the user assigned to fields with `--map field=column`.
  package var chosenColumns: [Field: String]
  /// Columns assigned on screen, by the header of their file. The last one for a header counts.
  package var assignments: [ColumnAssignment] = []
  /// Where delimited files name their columns; nil: detected from their records.
  package var header: HeaderChoice?
  /// The dialect of delimited files, as far as the user chose it.
  package var dialect = DialectChoice()
  /// The ISO 4217 currency of prices that name none; nil: as remembered for the file, else unknown.
  package var currency: String?
  /// The sheet or table to open in workbooks and databases; nil: all that hold listings.
  package var table: String?
  /// The encoding; nil: detected.
  package var encoding: TextEncoding?
  /// Whether double-encoded text is repaired before reading.
  package var repairsEncoding = false
  /// The size a packed file may reach, in bytes; nil: derived from its packed size and the free space.
  package var maximumUnpackedBytes: Int?
  /// Whether rows get the fingerprints of their keys, by which repeated listings and their decisions are found. Without,
  /// `Dataset.keyFingerprints` is 0 in all rows, and a sixth of the time is saved.
  package var makesKeys = true
  /// Whether rows get the fingerprints of the cells that are compared from scrape to scrape, see `CellFingerprints`.
  ///
  /// Cost:   a tenth of the time, and 44 bytes a row.
  package var makesCellFingerprints = false
  /// Reading threads; nil: one per processor.
  package var workers: Int?
  /// Called with every single problem in row order, one call at a time, on the reading threads. Nil where the problems
  /// that `IntakeProblems` keeps are enough.
  package var onProblem: (@Sendable (IntakeProblem) -> Void)?
  /// Bytes per piece after the first progress report. Tests make it small.
  package var pieceSize = 1 << 20
  /// Bytes of the first piece, after which the first progress report goes out.
  package var firstPieceSize = 1 << 17

  /// The options that most callers set; the others keep their defaults.
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

  /// The rules by which columns become fields.
  var mapping: ColumnMapping {
    ColumnMapping(names: tables.fieldNames, values: tables.values, chosen: chosenColumns)
  }
}

extension IntakeOptions {
  /// Whether the files have a header; nil: detected.
  var hasHeader: Bool? { header.map { $0 != .missing } }
}

/// Where a file names its columns, as the user chose it.
package enum HeaderChoice: Equatable, Sendable {
  /// The first record is the header, or there is none.
  case first, missing
  /// The header is the record that contains this line, from 1; records before it are not listings.
  case line(Int)

  /// - Parameter text: `yes`, `no` or a line number; the result is nil for anything else.
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

/// Picks the reader for a text.
enum FileFormat {
  /// How many bytes of a delimited file are examined to detect its dialect and header.
  static let sampleSize = 1 << 16

  /// A JSON reader where the text was recognised as JSON, a reader of delimited text otherwise.
  static func reading(of file: ReadableText, options: IntakeOptions) -> any PieceReading {
    if let layout = file.json { return JSONFile(file: file, layout: layout, options: options) }
    return DelimitedFile(file: file, options: options)
  }
}

/// A file of known format, which can be cut at record borders and read piece by piece on several threads.
///
/// Limits: used from several threads at once; immutable, or locked where it is not.
protocol PieceReading: RecordReading {
  /// The text that is read.
  var file: ReadableText { get }
  /// Where the first record begins.
  var firstRecord: Int { get }
  /// Problems of the file as a whole.
  var fileProblems: [IntakeProblem] { get }
  /// The first record border at or after `target`, given that a record begins at `start`.
  func border(from start: Int, target: Int) -> Int
  /// Reads all records of a piece. Called on several threads at once, with an assembly each.
  func read(_ piece: Range<Int>, into assembly: RowAssembly)
}

/// What follows from the text.
extension PieceReading {
  package var originalBytes: UnsafeRawBufferPointer { file.original.bytes }
  package var conversions: [Conversion] { file.conversions }
  package var wasChanged: Bool { file.original.change?.isHarmful ?? false }
}
