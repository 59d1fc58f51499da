import Sentences

/// A file that listings came from, and how to read its records.
///
/// Shape:  several texts of one archive are several sources with the same path.
package struct SourceFile: Sendable {
  /// The path as given on the command line, for people.
  package let name: String
  /// Where it is on disk; `-` for standard input.
  package let path: String
  /// Its size on disk when it was opened.
  package let byteCount: Int
  /// When it was last modified, in seconds since 1970 UTC: the latest time at which its listings can have been collected.
  package let modified: Int64
  /// The rows of the dataset that came from it; during loading, those so far.
  package var rows: Range<Int>
  /// How many cells in these rows had HTML that was decoded.
  package var markupCells = 0
  /// Reads the cells of a record on demand.
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

  /// The fingerprint of the column names in their order, as keys of form 1 contain it.
  package var columnSignature: UInt64 { Fingerprint.of(names: reader.signatureNames) }
}

extension Fingerprint {
  /// The fingerprint of names in their order.
  package static func of(names: [String]) -> UInt64 {
    names.reduce(0) { state, name in
      var name = name
      return name.withUTF8 { Fingerprint.of(UnsafeRawBufferPointer($0), seed: state) }
    }
  }

  /// The fingerprint of names, folded and in any order.
  package static func ofSet(_ names: [String]) -> UInt64 { of(names: names.map { Folding.folded($0) }.sorted()) }
}

/// Reads single records of a file into cells: for columns that are not kept in memory, the detail pane, and exports.
///
/// Limits: used from several threads at once.
package protocol RecordReading: Sendable {
  /// The names of the file's columns, unchanged; for JSON, those encountered so far.
  var columns: [String] { get }
  /// The canonical field of each of `columns`; nil where it is unknown and keeps its own name.
  var fields: [Field?] { get }
  /// What each of `columns` was recognised as, and why.
  var findings: [ColumnFinding] { get }
  /// The signature under which assignments of columns are remembered.
  var header: HeaderSignature { get }
  /// Whether a record names the columns, and why, in words; empty where the format itself names them.
  var headerBasis: Sentence { get }
  /// The likely currency of prices that name none; nil without evidence.
  var currencyProposal: CurrencyProposal? { get }
  /// The ISO 4217 currency that a person gave to those prices; nil where no one did.
  var statedCurrency: String? { get }
  /// `csv`, `tsv`, `json`, `jsonl`: for people, and for the name of an evidence file.
  var format: String { get }
  /// The cells of a record in its order, as UTF-8 text without quotes, escapes and HTML.
  ///
  /// Cost:   parses the record.
  func cells(of record: UnsafeRawBufferPointer) -> [RecordCell]
  /// All bytes of the file, as they are read.
  var bytes: UnsafeRawBufferPointer { get }
  /// The names that identify files of this kind: all columns, unless these differ from record to record.
  var signatureNames: [String] { get }
  /// Which columns identify the file's listings.
  var identity: RowIdentity { get }
  /// The fingerprint of `signatureNames` in any order. An id without a platform is only meaningful among files with it.
  var keySignature: UInt64 { get }
  /// A digest of the whole record, for rows of which too little is known. `addresses` say what counts in an address.
  ///
  /// Cost:   parses the record.
  func digest(of record: UnsafeRawBufferPointer, _ addresses: AddressTable) -> RecordDigest
  /// The row number in the sheet or table for a record, from 0; nil in text files.
  func tableRow(ofRecord number: Int) -> Int?
  /// The file on disk, from which evidence is hashed. It differs from `bytes` where there are `conversions`.
  var originalBytes: UnsafeRawBufferPointer { get }
  /// What was done to the file to obtain `bytes`, in order; empty for plain UTF-8.
  var conversions: [Conversion] { get }
  /// Whether day or month comes first in a column of dates, where a row proves it.
  ///
  /// Cost:   may scan the column, once.
  func dayOrder(of field: Field) -> DayOrder?
  /// Whether the file was truncated or changed while open, so that nothing of it is evidence.
  ///
  /// Cost:   one `stat`.
  var wasChanged: Bool { get }
}

/// What most readers answer.
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
  package var headerBasis: Sentence { "" }
  package var currencyProposal: CurrencyProposal? { nil }
  package var statedCurrency: String? { nil }
  package func tableRow(ofRecord number: Int) -> Int? { nil }
  package var originalBytes: UnsafeRawBufferPointer { bytes }
  package var conversions: [Conversion] { [] }
  package func dayOrder(of field: Field) -> DayOrder? { nil }
  package var wasChanged: Bool { false }
}

/// One conversion of a file that had to be done before its listings could be read.
///
/// Shape:  listed in packets, so that a reader can repeat it.
package struct Conversion: Equatable, Sendable {
  /// The kind of conversion. Raw values appear in packets.
  package enum Kind: String, Sendable {
    case unpacked, decoded, repaired
    /// The listings are in an array within an object.
    case unwrapped
    /// The listings are in a sheet of a workbook or a table of a database.
    case tabled
    /// Every line was a single quoted cell.
    case unquoted
    /// Cells are written unusually. They are read without a conversion on disk.
    case dialect
  }

  /// What kind of conversion it was.
  package let kind: Kind
  /// What was done, and the evidence: `decoded from GB18030 (sure: …)`.
  package let sentence: String

  package init(_ kind: Kind, _ sentence: String) {
    self.kind = kind
    self.sentence = sentence
  }
}

/// One cell of a record, as it is read.
///
/// Shape:  the text is UTF-8; the bytes of the record are evidence, this is not.
package struct RecordCell: Equatable, Sendable {
  /// The name of its column.
  package let name: String
  /// The field of its column; nil for unknown columns.
  package let field: Field?
  package let text: String
  /// Whether the cell had HTML that was decoded; the record has the original.
  package let hadMarkup: Bool

  package init(name: String, field: Field?, text: String, hadMarkup: Bool = false) {
    self.name = name
    self.field = field
    self.text = text
    self.hadMarkup = hadMarkup
  }
}

/// File names shortened as far as they stay distinct.
///
/// Shape:  the fewest last components that distinguish each path from the others: `week47.csv`, or `kl/week47.csv` and
///         `bkk/week47.csv`. Whatever follows the name of an archive or workbook is kept.
/// Cost:   one dictionary of all paths per number of components.
package struct ShortNames: Sendable {
  /// Separates the name of an archive or workbook from the member that is meant.
  package static let memberSeparator = " » "

  /// The short form of each path.
  private var short: [String: String] = [:]

  /// Finds the shortest distinct names of all given paths.
  package init(_ names: some Sequence<String>) {
    let paths = Set(names.map { Self.split($0).path })
    let parts = Dictionary(uniqueKeysWithValues: paths.map { ($0, $0.split(separator: "/")) })
    var unsettled = paths
    var count = 1
    while !unsettled.isEmpty {
      let bySuffix = Dictionary(grouping: unsettled) { parts[$0]!.suffix(count).joined(separator: "/") }
      for (suffix, sharing) in bySuffix {
        // A path without further components is its own shortest name.
        let settled = sharing.count == 1 ? sharing : sharing.filter { parts[$0]!.count < count }
        for path in settled {
          short[path] = sharing.count == 1 ? suffix : path
          unsettled.remove(path)
        }
      }
      count += 1
    }
  }

  /// The short form of a name; any that was not given stays as it is.
  package subscript(name: String) -> String {
    let (path, member) = Self.split(name)
    return (short[path] ?? path) + (member.map { Self.memberSeparator + $0 } ?? "")
  }

  /// Splits a name into the path of a file and the member in it: `week.zip` and `monday.csv`.
  package static func split(_ name: String) -> (path: String, member: String?) {
    guard let mark = name.firstRange(of: Self.memberSeparator) else { return (name, nil) }
    return (String(name[..<mark.lowerBound]), String(name[mark.upperBound...]))
  }
}

/// A row of a small table file, such as a lexicon, with its position.
///
/// Shape:  cells as UTF-8 text without quotes; invalid bytes have become U+FFFD.
package struct TableRow: Equatable, Sendable {
  /// The line on which the row begins, from 1.
  package let line: Int
  /// The cells of the row.
  package let cells: [String]

  package init(line: Int, cells: [String]) {
    self.line = line
    self.cells = cells
  }
}
