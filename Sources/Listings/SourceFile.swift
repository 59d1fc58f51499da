/// One file that listings came from, and how its records are read.
package struct SourceFile: Sendable {
  /// As given on the command line; for people.
  package let name: String
  package let path: String
  package let byteCount: Int
  /// Last changed, seconds since 1970 UTC: the latest time at which the listings can have been collected.
  package let modified: Int64
  /// The rows of the dataset that came from here, when loading is over; until then those so far.
  package var rows: Range<Int>
  /// Cells with HTML that was decoded for reading, in those rows.
  package var markupCells = 0
  /// Reads the cells of a record again.
  package let reader: any RecordReading

  package init(
    name: String, path: String, byteCount: Int, modified: Int64, rows: Range<Int>, reader: any RecordReading
  ) {
    self.name = name
    self.path = path
    self.byteCount = byteCount
    self.modified = modified
    self.rows = rows
    self.reader = reader
  }

  /// The fingerprint of what the file calls its columns, in their order: of keys of form 1.
  package var columnSignature: UInt64 { Fingerprint.of(names: reader.signatureNames) }
}

extension Fingerprint {
  /// The fingerprint of names, in order.
  package static func of(names: [String]) -> UInt64 {
    names.reduce(0) { state, name in
      var name = name
      return name.withUTF8 { Fingerprint.of(UnsafeRawBufferPointer($0), seed: state) }
    }
  }

  /// The fingerprint of names as they are compared, in any order.
  package static func ofSet(_ names: [String]) -> UInt64 { of(names: names.map { Folding.folded($0) }.sorted()) }
}

/// Reads one record of a file into cells: the columns that are not kept in memory, the detail pane, exports.
package protocol RecordReading: Sendable {
  /// The column names of the file, as they stand; for JSON Lines those met so far.
  var columns: [String] { get }
  /// The canonical field that each of `columns` is taken for; nil: unknown, kept under its own name.
  var fields: [Field?] { get }
  /// What each of `columns` is taken for, and why.
  var findings: [ColumnFinding] { get }
  /// What an answer about the columns is remembered under.
  var header: HeaderSignature { get }
  /// Whether a record names the columns, and what spoke for it, in words; empty where the format itself names them.
  var headerBasis: String { get }
  /// What the prices that name no currency are likely in; nil where nothing speaks for one.
  var currencyProposal: CurrencyProposal? { get }
  /// The currency that a person gave to those prices, ISO 4217; nil: nobody did.
  var statedCurrency: String? { get }
  /// `csv`, `tsv`, `jsonl`: for people, and for the name of an evidence file.
  var format: String { get }
  /// The cells of a record, in the record's order, as UTF-8 text without quoting, escapes and HTML.
  func cells(of record: UnsafeRawBufferPointer) -> [RecordCell]
  /// All bytes of the file; empty when they are gone.
  var bytes: UnsafeRawBufferPointer { get }
  /// The names that tell this kind of file from others: all columns, unless they differ from record to record.
  var signatureNames: [String] { get }
  /// Which columns tell the file's listings from each other.
  var identity: RowIdentity { get }
  /// The fingerprint of `signatureNames` in any order: an id without a platform means something only among them.
  var keySignature: UInt64 { get }
  /// What a whole record says, for rows of which too little is known; `addresses` say what of an address counts.
  func digest(of record: UnsafeRawBufferPointer, _ addresses: AddressTable) -> RecordDigest
  /// The row that a sheet or table numbers as the record at this place, from 0; nil in files that are text.
  func tableRow(ofRecord number: Int) -> Int?
  /// The file as it stands on disk, which differs from `bytes` where `conversions` says so; evidence is hashed from here.
  var originalBytes: UnsafeRawBufferPointer { get }
  /// What was done to the file before `bytes` could be read, in order; empty for plain UTF-8.
  var conversions: [Conversion] { get }
  /// Whether day or month stands first in a column of dates, where a row shows it; nil: no row does.
  func dayOrder(of field: Field) -> DayOrder?
  /// Whether the file was cut shorter or written over while open: nothing of it is evidence then. Asks the system.
  var wasChanged: Bool { get }
}

extension RecordReading {
  package var signatureNames: [String] { columns }
  package var findings: [ColumnFinding] {
    zip(columns, fields).map { ColumnFinding(name: $0, field: $1, basis: $1 == nil ? .nothing : .name) }
  }
  package var identity: RowIdentity { RowIdentity() }
  package var keySignature: UInt64 { Fingerprint.ofSet(signatureNames) }
  package func digest(of record: UnsafeRawBufferPointer, _ addresses: AddressTable) -> RecordDigest {
    .of(record, cells(of: record).map { ($0.text, DigestColumn(name: $0.name, field: $0.field)) }, addresses)
  }
  package var header: HeaderSignature { HeaderSignature(names: signatureNames) }
  package var headerBasis: String { "" }
  package var currencyProposal: CurrencyProposal? { nil }
  package var statedCurrency: String? { nil }
  package func tableRow(ofRecord number: Int) -> Int? { nil }
  package var originalBytes: UnsafeRawBufferPointer { bytes }
  package var conversions: [Conversion] { [] }
  package func dayOrder(of field: Field) -> DayOrder? { nil }
  package var wasChanged: Bool { false }
}

/// One thing that was done to a file before its listings could be read.
package struct Conversion: Equatable, Sendable {
  package enum Kind: String, Sendable {
    case unpacked, decoded, repaired
    /// The listings stand in an array within an object.
    case unwrapped
    /// The listings stand in a sheet of a workbook or a table of a database.
    case tabled
    /// Every line was one quoted cell.
    case unquoted
    /// Cells are written in an unusual way, and read as they stand on disk.
    case dialect
  }

  package let kind: Kind
  /// What was done, and what spoke for it: `decoded from GB18030 (sure: …)`.
  package let sentence: String

  package init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }
}

/// One cell of a record.
package struct RecordCell: Equatable, Sendable {
  package let name: String
  package let field: Field?
  package let text: String
  /// Whether HTML in the cell was decoded for reading; the record has the original.
  package let hadMarkup: Bool

  package init(name: String, field: Field?, text: String, hadMarkup: Bool = false) {
    self.name = name
    self.field = field
    self.text = text
    self.hadMarkup = hadMarkup
  }
}
