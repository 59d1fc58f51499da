import Listings

/// The tables by which columns, prices and platforms are understood, read once and shared by every load.
///
/// Shape:  nine CSV files (`field-names`, `field-name-words`, `exchange-rates`, `currency-marks`, `platforms`, `currency-hints`,
///         `listing-addresses`, `tracking-parameters`, `changing-columns`) in each of the folders given; rows of a later
///         folder add to those before it and replace those with the same key.
/// Fails:  never: a table that no folder has is a `Problem`, and what it would have told stays unknown.
package struct ReferenceTables: Sendable {
  package let fieldNames: FieldNames
  package let currencies: Currencies
  package let platforms: Platforms
  /// What of an address names a listing.
  package let addresses: AddressTable
  package let changingColumns: ChangingColumns
  package let currencyHints: CurrencyHints
  package let problems: [IntakeProblem]

  /// Reads the tables from `folders`, the shipped one first and the user's last.
  package init(folders: [String]) {
    var reading = TableReading(folders: folders)
    fieldNames = FieldNames(
      rows: reading.rows(of: "field-names.csv", columns: 4, isRequired: true),
      words: reading.rows(of: "field-name-words.csv", columns: 4, isRequired: true))
    currencies = Currencies(
      rates: reading.rows(of: "exchange-rates.csv", columns: 3, isRequired: true),
      marks: reading.rows(of: "currency-marks.csv", columns: 4, isRequired: true))
    let places = reading.rows(of: "platforms.csv", columns: 4, isRequired: true)
    platforms = Platforms(rows: places, currencies: currencies)
    addresses = reading.addresses(of: places)
    changingColumns = ChangingColumns(rows: reading.rows(of: "changing-columns.csv", columns: 1, isRequired: false))
    currencyHints = CurrencyHints(rows: reading.rows(of: "currency-hints.csv", columns: 3, isRequired: false))
    problems = reading.problems
  }
}

/// Reads the rows of a table from several folders.
struct TableReading {
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

  /// Tells of a pattern of addresses that is none.
  mutating func report(pattern: String) {
    problems.append(IntakeProblem(file: "listing-addresses.csv", what: .patternUnreadable, excerpt: pattern))
  }

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
