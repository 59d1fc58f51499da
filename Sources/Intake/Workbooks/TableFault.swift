/// Why no table of a file could be opened.
package enum TableFault: Error, Equatable, Sendable {
  /// A part of a workbook is broken or missing.
  case damaged(part: String)
  /// A part declares a document type, with which a small file can become an endless one.
  case documentType(part: String)
  /// Unpacked, it would be larger than any honest file of its size.
  case tooLarge(limit: Int)
  /// `.xlsb`.
  case binaryWorkbook
  case noTables
  case noSuchTable(String, among: [String])
  case severalTables([String])
  case virtualTable(String)
  /// A view that does more than select.
  case refusedView(String)
  case casebook
  case busy
  case logWithoutIndex
  case sqlite(code: Int32)
  /// From standard input or an archive: a database must be a file of its own.
  case withoutPath
  case noRoom(code: Int32)
  case cancelled

  /// What happened, to which file, what is unharmed, what to do.
  package func sentence(path: String) -> String {
    let unharmed = "Nothing was opened and the file is unharmed"
    switch self {
    case .damaged(let part):
      return "\(path) is damaged: \(part) in it cannot be read. \(unharmed); get it again, or save it again as CSV."
    case .documentType(let part):
      return
        "\(path): \(part) in it declares a document type, which no spreadsheet writes. \(unharmed); do not trust it."
    case .tooLarge(let limit):
      return "\(path) unpacks to more than \(limit >> 20) MB, far more than its size allows. \(unharmed); "
        + "if you trust it, save it as CSV."
    case .binaryWorkbook: return "\(path) is a binary Excel workbook. \(unharmed); save it as .xlsx or as CSV."
    case .noTables: return "\(path) holds no table with listings. \(unharmed)."
    case .noSuchTable(let name, let names):
      return "\(path) holds no table \(name). \(unharmed); choose with --table among: \(Self.list(names))."
    case .severalTables(let names):
      return "\(path) holds several tables, and in none a column is known by its name. \(unharmed); "
        + "choose with --table among: \(Self.list(names))."
    case .virtualTable(let name):
      return "\(path): \(name) is a virtual table, which runs code to be read. \(unharmed); export it as CSV."
    case .refusedView(let name):
      return "\(path): \(name) is a view that calls functions or reads more than tables. \(unharmed); "
        + "export it as CSV, or open the tables behind it with --table."
    case .casebook: return "\(path) is a casebook. \(unharmed); open the listings it belongs to."
    case .busy: return "\(path) is being written by another program. \(unharmed); try again when that is done."
    case .logWithoutIndex:
      return "\(path) was not closed properly: changes wait in the -wal file beside it. \(unharmed); "
        + "open it once with the program that wrote it."
    case .sqlite(let code):
      return
        "\(path) cannot be read as an SQLite database (code \(code)). \(unharmed); get it again, or export it as CSV."
    case .withoutPath:
      return "\(path) is an SQLite database that comes from standard input or out of an archive. \(unharmed); "
        + "save it as a file of its own and name that."
    case .noRoom(let code):
      return "\(path) could not be unpacked: \(systemMessage(code)). \(unharmed); "
        + "make room in the folder for temporary files, or name another in TMPDIR."
    case .cancelled: return "\(path): reading was stopped. \(unharmed)."
    }
  }

  private static func list(_ names: [String]) -> String {
    names.prefix(20).joined(separator: ", ") + (names.count > 20 ? " and \(names.count - 20) more" : "")
  }
}
