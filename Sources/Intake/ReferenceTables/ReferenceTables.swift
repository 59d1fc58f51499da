import Listings

/// The tables by which columns, prices and platforms are recognised, loaded once and shared by all loads.
///
/// Shape:  nine CSV files (`field-names`, `field-name-words`, `exchange-rates`, `currency-marks`, `platforms`,
///         `currency-hints`, `listing-addresses`, `tracking-parameters`, `changing-columns`) in each of the given folders.
///         Rows of a later folder are added, and replace those with the same key.
/// Fails:  never: a missing table becomes a problem, and whatever it would have contributed stays unknown.
package struct ReferenceTables: Sendable {
  /// What scrapers call the fields.
  package let fieldNames: FieldNames
  /// Marks and rates of currencies.
  package let currencies: Currencies
  /// What sampled values look like, from file to file of all loads with these tables.
  package let values: ValueMemory
  /// What hosts reveal.
  package let platforms: Platforms
  /// What in an address identifies a listing.
  package let addresses: AddressTable
  /// Columns that change with every scrape.
  package let changingColumns: ChangingColumns
  /// Evidence for the currency of files whose prices name none.
  package let currencyHints: CurrencyHints
  /// Tables that are missing or malformed.
  package let problems: [IntakeProblem]

  /// Loads the tables from `folders`, the shipped one first and the user's last.
  package init(folders: [String]) {
    var reading = TableReading(folders: folders)
    fieldNames = FieldNames(
      rows: reading.rows(of: "field-names.csv", columns: 4, isRequired: true),
      words: reading.rows(of: "field-name-words.csv", columns: 4, isRequired: true))
    currencies = Currencies(
      rates: reading.rows(of: "exchange-rates.csv", columns: 3, isRequired: true),
      marks: reading.rows(of: "currency-marks.csv", columns: 4, isRequired: true))
    values = ValueMemory(currencies)
    let places = reading.rows(of: "platforms.csv", columns: 4, isRequired: true)
    platforms = Platforms(rows: places, currencies: currencies)
    addresses = reading.addresses(of: places)
    changingColumns = ChangingColumns(rows: reading.rows(of: "changing-columns.csv", columns: 1, isRequired: false))
    currencyHints = CurrencyHints(rows: reading.rows(of: "currency-hints.csv", columns: 3, isRequired: false))
    problems = reading.problems
  }

  /// The rows of `evidence-columns.csv`, by which columns are told whose cells name files: `name,language,method`.
  package static func evidenceColumns(folders: [String]) -> [[String]] {
    var reading = TableReading(folders: folders)
    return reading.rows(of: "evidence-columns.csv", columns: 3, isRequired: false)
  }

  /// Frees what was remembered about the texts of a load's files.
  func forgetTexts() {
    fieldNames.forget()
    values.forget()
    currencyHints.forget()
  }
}

/// Reads the rows of one table after another from several folders, and collects problems.
struct TableReading {
  let folders: [String]
  /// Missing and malformed tables so far.
  private(set) var problems: [IntakeProblem] = []

  init(folders: [String]) { self.folders = folders }

  /// The rows of a table in all folders, in their order, without headers.
  ///
  /// - Parameter columns: how many cells a row must have; shorter ones become problems.
  mutating func rows(of name: String, columns: Int, isRequired: Bool) -> [[String]] {
    var rows: [[String]] = []
    var isFound = false
    for folder in folders {
      let path = folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
      do throws(IntakeError) {
        let table = try SmallTable.rows(path: path)
        isFound = true
        rows += self.rows(of: table, path, columns: columns)
      } catch .missing {
        continue
      } catch {
        problems.append(IntakeProblem(file: path, what: .tableUnreadable(error)))
      }
    }
    if isRequired, !isFound { problems.append(IntakeProblem(file: name, what: .tableMissing)) }
    return rows
  }

  /// Reports an invalid pattern of addresses.
  mutating func report(pattern: String) {
    problems.append(IntakeProblem(file: "listing-addresses.csv", what: .patternUnreadable, excerpt: pattern))
  }

  /// The rows that are long enough.
  private mutating func rows(of table: [TableRow], _ path: String, columns: Int) -> [[String]] {
    var rows: [[String]] = []
    for row in table.dropFirst() {
      guard row.cells.count >= columns else {
        problems.append(
          IntakeProblem(
            file: path, line: row.line, what: .tooFewCells(found: row.cells.count, expected: columns),
            excerpt: row.cells.joined(separator: ",")))
        continue
      }
      rows.append(row.cells)
    }
    return rows
  }
}

/// A small CSV file, read as a whole in whichever encoding a spreadsheet saved it.
///
/// Cost:   everything as texts: for tables of the program, not for listings.
package enum SmallTable {
  /// The rows of the file, including its header.
  package static func rows(path: String) throws(IntakeError) -> [TableRow] {
    try rows(in: content(path: path), of: path)
  }

  /// The bytes of the file as they are now.
  package static func content(path: String) throws(IntakeError) -> [UInt8] {
    let file = try MappedFile(path: path)
    return withExtendedLifetime(file) { Array(file.bytes) }
  }

  /// The rows of a file whose bytes were read before.
  package static func rows(in content: [UInt8], of path: String) throws(IntakeError) -> [TableRow] {
    let text = try content.withUnsafeBufferPointer { (bytes) throws(IntakeError) -> [UInt8] in
      try self.text(of: UnsafeRawBufferPointer(bytes), path)
    }
    return text.withUnsafeBytes { rows(of: $0) }
  }

  /// The rows of UTF-8 text.
  ///
  /// Cost:   counts line feeds once, from row to row.
  package static func rows(of text: UnsafeRawBufferPointer) -> [TableRow] {
    var line = 1
    var counted = 0
    return CollectedRecords.read(text, 0..<text.count, DelimitedDialect()).map { record in
      line += LineCounting.lineFeeds(in: UnsafeRawBufferPointer(rebasing: text[counted..<record.start]))
      counted = record.start
      return TableRow(line: line, cells: record.cells)
    }
  }

  /// The bytes as UTF-8 without a byte order mark.
  ///
  /// Fails:  for packed files, and where the system lacks the converter.
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

extension TableReading {
  /// What in an address identifies a listing, from `listing-addresses.csv` and `tracking-parameters.csv`.
  ///
  /// Shape:  rows of `platform,ids,domains,addresses,listing`. `ids` is `shared` where an id means the same on all domains of
  ///         the platform, and `domain` where each has ids of its own. Without `domains`, those in `platforms.csv` apply.
  ///         A row with the platform, domains and addresses of an earlier one replaces it.
  /// Fails:  an invalid pattern becomes a problem, and addresses of its site are compared as a whole.
  mutating func addresses(of platforms: [[String]]) -> AddressTable {
    var domains: [String: [String]] = [:]
    for row in platforms where !row[1].isEmpty && !row[0].hasPrefix(".") { domains[row[1], default: []].append(row[0]) }
    var rows: [AddressTable.Row] = []
    var indices: [[String]: Int] = [:]
    for cells in self.rows(of: "listing-addresses.csv", columns: 5, isRequired: false) {
      let own = Self.parts(cells[2], "|")
      let row = AddressTable.Row(
        site: cells[1] == "domain" ? "" : cells[0], domains: own.isEmpty ? domains[cells[0]] ?? [] : own,
        patterns: Self.parts(cells[3], " "), listing: cells[4])
      let key = [cells[0], cells[2], cells[3]]
      if let known = indices[key] {
        rows[known] = row
      } else {
        indices[key] = rows.count
        rows.append(row)
      }
    }
    let tracking = self.rows(of: "tracking-parameters.csv", columns: 2, isRequired: false)
    let table = AddressTable(rows: rows, tracking: tracking.map { ($0[0], $0[1]) })
    for pattern in table.invalidPatterns { report(pattern: pattern) }
    return table
  }

  /// The parts of a cell, without blanks before them.
  private static func parts(_ cell: String, _ separator: Character) -> [String] {
    cell.split(separator: separator).map { String($0.drop { $0 == " " }) }.filter { !$0.isEmpty }
  }
}
