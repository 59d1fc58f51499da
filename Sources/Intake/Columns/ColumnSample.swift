import Listings

/// The values of a file's first records, column by column, to recognise columns whose names say nothing.
///
/// Shape:  every record has one cell per column, empty where the file says that a value is missing. Duplicate records, as
///         where result pages overlap, count once.
/// Cost:   `maximumRecords` or `maximumBytes`, whichever comes first, whatever the size of the file.
struct ColumnSample {
  let names: [String]
  /// The different records, each with one cell per column.
  private(set) var records: [[String]] = []
  private var seen: Set<[String]> = []

  static let maximumRecords = 400
  static let maximumBytes = 1 << 18
  /// The beginning of a longer cell is enough.
  private static let maximumCellLength = 1000

  init(names: [String]) { self.names = names }

  init(names: [String], records: [[String]]) {
    self.init(names: names)
    for record in records { add(record) }
  }

  /// The first records of a delimited file.
  ///
  /// Shape:  cells as texts, corrected by the head's `CellAdjustment`.
  init(of bytes: UnsafeRawBufferPointer, from head: DelimitedHead, names: [String]) {
    self.init(names: names)
    let start = head.firstRecord
    let end = min(bytes.count, start + Self.maximumBytes)
    var read = CollectedRecords.read(bytes, start..<end, head.dialect, limit: Self.maximumRecords)
    // The last record may be cut.
    if end < bytes.count, read.last?.next == end { read.removeLast() }
    for record in read { add(head.adjustment.adjusted(record.cells, width: names.count)) }
  }

  /// Adds one record, padded or cut to the number of columns.
  mutating func add(_ cells: [String]) {
    var record = cells.prefix(names.count).map { Self.value($0) }
    record += Array(repeating: "", count: names.count - record.count)
    if seen.insert(record).inserted { records.append(record) }
  }

  /// A cell without blanks at its ends; empty where it says that a value is missing.
  ///
  /// Limits: longer cells are cut to `maximumCellLength` characters.
  /// Cost:   none for a cell without blanks at its ends; otherwise a copy.
  static func value(_ cell: String) -> String {
    var cell = beginning(of: cell)
    let trimmed: String? = cell.withUTF8 { bytes in
      let bytes = UnsafeRawBufferPointer(bytes)
      if MissingMark.isMissing(bytes) { return "" }
      let trimmed = BlankTrimming.trimmed(bytes)
      return trimmed.count == bytes.count ? nil : String(decoding: trimmed, as: UTF8.self)
    }
    return trimmed ?? cell
  }

  /// The first `maximumCellLength` characters.
  private static func beginning(of cell: String) -> String {
    // No character is shorter than a byte.
    if cell.utf8.count <= maximumCellLength { return cell }
    // In ASCII without CR LF, none is longer, and none reaches over the end if the next byte is ASCII too.
    let bytes = cell.utf8.prefix(maximumCellLength + 1)
    if bytes.allSatisfy({ $0 < 0x80 && $0 != .carriageReturn }) { return String(Substring(bytes.dropLast())) }
    return String(cell.prefix(maximumCellLength))
  }

  /// What identifies files without a header: the kinds of their columns.
  func signatureWithoutHeader(_ memory: ValueMemory) -> HeaderSignature {
    HeaderSignature(kindsWithoutHeader: names.indices.map { ColumnShape(values(of: $0), memory).kind })
  }

  /// The values of one column, without missing ones.
  func values(of column: Int) -> [String] { records.compactMap { $0[column].isEmpty ? nil : $0[column] } }
}

/// What the sampled values of one column look like, as counts.
///
/// Cost:   adds up the `ValueFacts` of each value, of which `ValueMemory` remembers those it has met.
struct ColumnShape {
  /// The values that are present, in record order.
  let values: [String]
  /// How many different values there are.
  let distinct: Int
  /// Web addresses with a host.
  let addresses: Int
  /// Addresses of pictures, which are among `addresses`.
  let pictures: Int
  /// Addresses without a host.
  let paths: Int
  /// Dates and times with punctuation.
  let times: Int
  /// Plain decimal numbers.
  let numbers: Int
  /// Amounts without a currency in any notation, including plain numbers.
  let bareAmounts: Int
  /// Amounts with a currency mark.
  let markedAmounts: Int
  /// Words for the absence of a price: on request, given away.
  let noPrices: Int
  /// Single words with a digit, `_`, `.` or `@` among letters, in the way of user names.
  let aliases: Int
  /// Values that contain a digit.
  let digits: Int
  /// Values of several words that end like sentences.
  let sentences: Int
  /// The mean number of characters.
  let meanLength: Double
  /// Whether any value spans several lines.
  let hasLineBreaks: Bool

  /// How many values are several words, or in a script without blanks.
  private let wordy: Int

  /// Counts what the values of a column look like.
  init(_ values: [String], _ memory: ValueMemory) {
    self.values = values
    distinct = Set(values).count
    let facts = values.map { memory.facts(of: $0) }
    func count(_ trait: ValueFacts.Traits) -> Int { facts.count { $0.traits.contains(trait) } }
    addresses = count(.address)
    pictures = count(.picture)
    paths = count(.path)
    times = count(.time)
    numbers = count(.number)
    let areNumbers = numbers == values.count
    bareAmounts = areNumbers ? numbers : count(.bareAmount)
    markedAmounts = areNumbers ? 0 : count(.markedAmount)
    // Words for the absence of a price only count beside amounts.
    noPrices = bareAmounts + markedAmounts == 0 || areNumbers ? 0 : count(.noPrice)
    aliases = count(.alias)
    digits = count(.digit)
    sentences = count(.sentence)
    wordy = count(.wordy)
    meanLength = values.isEmpty ? 0 : Double(facts.reduce(0) { $0 + Int($1.length) }) / Double(values.count)
    hasLineBreaks = count(.lineBreak) > 0
  }

  /// How many values are present.
  var count: Int { values.count }

  /// Whether `part` amounts to practically all values.
  func isNearlyAll(_ part: Int, percent: Int = 95) -> Bool { count > 0 && part * 100 >= count * percent }

  /// Whether at least this share of the values differ from each other.
  func isDistinct(percent: Int) -> Bool { isNearlyAll(distinct, percent: percent) }

  /// Whether most values are none of addresses, times, numbers and amounts.
  var isText: Bool { count > 0 && 2 * (addresses + paths + times + numbers + markedAmounts) < count }

  /// Whether most are several words, or in a script without blanks, while user names are mostly single words.
  var isWordy: Bool { isText && 2 * wordy >= count }

  /// A word for the signature of files without a header, which must be the same next week.
  var kind: String {
    if count == 0 { return "text" }
    if 2 * (addresses + paths) > count { return "address" }
    if 2 * times > count { return "time" }
    return 2 * (numbers + markedAmounts) > count ? "number" : "text"
  }
}

/// Names of columns that change every time a listing is scraped: other prices, view counts, positions on a page, times
/// of collection.
///
/// Shape:  one name per row; `*` matches any beginning or end. Names are compared like those of fields.
package struct ChangingColumns: Sendable {
  /// Names without `*`, normalised.
  private var whole: Set<String> = []
  private var beginnings: [String] = []
  private var ends: [String] = []

  /// - Parameter rows: one name per row, in the first cell.
  ///
  /// Shape:  `*` only counts at one end of a name.
  init(rows: [[String]]) {
    for row in rows {
      let name = FieldNames.plain(row[0])
      if name.hasSuffix("*") {
        beginnings.append(String(name.dropLast()))
      } else if name.hasPrefix("*") {
        ends.append(String(name.dropFirst()))
      } else {
        whole.insert(name)
      }
    }
  }

  /// Whether a column that is no known field is one of these, or has no name, as row numbers do.
  func contains(_ name: String) -> Bool {
    let plain = FieldNames.plain(name)
    return plain.isEmpty || whole.contains(plain) || beginnings.contains { plain.hasPrefix($0) }
      || ends.contains { plain.hasSuffix($0) }
  }
}

extension DigestColumn {
  /// How a column contributes to the digest of its records; see `RecordDigest`.
  init(name: String, field: Field?, _ changing: ChangingColumns) {
    if field == nil, changing.contains(name) {
      self.init(name: name, use: .leftOut)
    } else {
      self.init(name: name, field: field)
    }
  }

  /// Calls `body` with the readable content of a cell: without HTML in fields that may hold it.
  func reading(_ cell: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
    guard let field, field.mayHoldMarkup, ReadableMarkup.mayOccur(in: cell) else { return body(cell) }
    var decoded: [UInt8] = []
    if ReadableMarkup.decode(cell, into: &decoded) { decoded.withUnsafeBytes { body($0) } } else { body(cell) }
  }
}

extension ColumnSample {
  /// How each column contributes to the digest of its records.
  func digestColumns(_ claims: [ColumnMapping.Column], _ changing: ChangingColumns) -> [DigestColumn] {
    names.indices.map { index in
      countsRows(index)
        ? DigestColumn(name: names[index], use: .leftOut)
        : DigestColumn(name: names[index], field: claims[index].field, changing)
    }
  }

  /// Whether a column numbers the rows, like the index of a data frame.
  ///
  /// Shape:  it starts at 0, 1 or 2, and four of five steps are 1, in the first 100 records.
  private func countsRows(_ column: Int) -> Bool {
    let numbers = records.prefix(100).map { Int($0[column]) }
    guard numbers.count > 2, let first = numbers.first as? Int, first <= 2 else { return false }
    let steps = zip(numbers, numbers.dropFirst()).count { before, after in
      if let before, let after { after == before + 1 } else { false }
    }
    return steps * 5 >= (numbers.count - 1) * 4
  }
}
