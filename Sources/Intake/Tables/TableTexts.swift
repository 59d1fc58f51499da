import Glibc
import Listings

/// The tables of a workbook or database as texts that are read like any CSV.
struct TableTexts {
  /// One table, written out.
  struct Text {
    let table: HeldTable
    /// The CSV, in a file without a name. Whoever takes the text closes it.
    let file: Int32
    let conversion: TableConversion
  }

  /// What the file is, for people: `an Excel workbook`.
  let kind: String
  private let held: any TableFile
  private let chosen: [Int]
  private let limit: Int
  /// The names of skipped tables; empty where the user chose one.
  let leftOut: [(TableSkipReason, [String])]

  /// Whether several tables are read, so that their names must be told apart.
  var areSeveral: Bool { chosen.count > 1 }

  /// Nil where the bytes are neither a workbook nor a database.
  ///
  /// - Parameter path: where the bytes come from, since other programs may be writing to a database; nil for an archive
  ///   member or standard input.
  init?(
    of bytes: UnsafeRawBufferPointer, path: String?, wanted: String?, headers: HeaderSearch,
    isCancelled: () -> Bool
  ) throws(TableError) {
    if let header = DatabaseHeader(bytes) {
      guard let path else { throw .withoutPath }
      kind = "an SQLite database"
      held = try Database(path: path, header: header, headers: headers)
    } else if bytes.starts(with: [0x50, 0x4B, 3, 4]), Workbook.isWorkbook(WorkbookArchive.names(in: bytes) ?? []) {
      kind = "an Excel workbook"
      held = try Workbook(bytes: bytes, headers: headers, isCancelled: isCancelled)
    } else {
      return nil
    }
    limit = CSVText.limit(fileSize: bytes.count)
    chosen = try TableChoice.chosen(of: held.tables, wanted: wanted)
    leftOut = wanted == nil ? TableChoice.leftOut(of: held.tables, chosen: chosen) : []
  }

  /// Writes out the selected tables.
  ///
  /// Fails:  with the first error; files that were written until then are closed.
  func written(isCancelled: () -> Bool) throws(TableError) -> [Text] {
    var texts: [Text] = []
    do throws(TableError) {
      for index in chosen { texts.append(try write(index, isCancelled)) }
      return texts
    } catch {
      for text in texts { close(text.file) }
      throw error
    }
  }

  /// Writes out one table to a temporary file.
  private func write(_ index: Int, _ isCancelled: () -> Bool) throws(TableError) -> Text {
    let file: Int32
    do throws(IntakeError) {
      file = try TemporaryText(of: held.tables[index].name).descriptor()
    } catch {
      guard case .noTemporaryRoom(_, _, let code) = error else { throw .noRoom(code: EIO) }
      throw .noRoom(code: code)
    }
    do throws(TableError) {
      let text = CSVText(file: file, limit: limit)
      let conversion = try held.convert(index, into: text, isCancelled: isCancelled)
      return Text(table: held.tables[index], file: file, conversion: conversion)
    } catch {
      close(file)
      throw error
    }
  }
}

/// Why a table is skipped while others of its file are read; as the subject of a sentence.
package enum TableSkipReason: String, Equatable, Sendable {
  case hidden = "hidden sheets"
  case unknown = "tables without a title, text or price that is known by its name"
}

/// Selects the tables of a file to read.
enum TableChoice {
  /// The indices of the selected tables.
  ///
  /// Shape:  a table named by `wanted`, hidden or not. Otherwise no hidden ones, and no empty ones if others have rows. A
  ///         single table is read whatever its columns are called. Of several, those are read that have a known title,
  ///         text or price; or else those with any known column; or else all, if they have the same columns.
  /// Fails:  where no table has this name, no table holds anything, or nothing decides between several.
  static func chosen(of tables: [HeldTable], wanted: String?) throws(TableError) -> [Int] {
    if let wanted { return [try index(of: wanted, in: tables)] }
    let visible = tables.indices.filter {
      !tables[$0].isHidden && !tables[$0].isRepeated && !tables[$0].columns.isEmpty
    }
    let filled = visible.filter { tables[$0].hasRows }
    let candidates = filled.isEmpty ? visible : filled
    if candidates.count == 1 { return candidates }
    let known = candidates.filter { tables[$0].hasKnownColumn }
    let withListings = known.filter { tables[$0].suggestsListings }
    if !withListings.isEmpty { return withListings }
    if !known.isEmpty { return known }
    if let first = candidates.first, candidates.allSatisfy({ tables[$0].columns == tables[first].columns }) {
      return candidates
    }
    throw candidates.isEmpty ? .noTables : .severalTables(candidates.map { tables[$0].name })
  }

  /// The names of tables with content that were not selected, by the reason.
  ///
  /// Shape:  repeated tables and empty ones without known columns are not worth a mention.
  static func leftOut(of tables: [HeldTable], chosen: [Int]) -> [(TableSkipReason, [String])] {
    let others = tables.indices.filter {
      !chosen.contains($0) && !tables[$0].columns.isEmpty && !tables[$0].isRepeated
        && (tables[$0].hasRows || !tables[$0].hasKnownColumn)
    }
    .map {
      tables[$0]
    }
    let groups: [(why: TableSkipReason, tables: [HeldTable])] = [
      (.hidden, others.filter(\.isHidden)), (.unknown, others.filter { !$0.isHidden }),
    ]
    return groups.filter { !$0.tables.isEmpty }.map { ($0.why, $0.tables.map(\.name)) }
  }

  /// The table with this name, exactly or as names of columns are compared.
  private static func index(of wanted: String, in tables: [HeldTable]) throws(TableError) -> Int {
    if let index = tables.firstIndex(where: { $0.name == wanted }) { return index }
    let plain = FieldNames.plain(wanted)
    if let index = tables.firstIndex(where: { FieldNames.plain($0.name) == plain }) { return index }
    throw .noSuchTable(wanted, among: tables.map(\.name))
  }
}

/// Why no table of a file could be read.
package enum TableError: Error, Equatable, Sendable {
  /// A part of a workbook is malformed or missing.
  case damaged(part: String)
  /// A part declares a document type, with which a small file can expand without end.
  case documentType(part: String)
  /// It unpacks to more than any legitimate file of its size.
  case tooLarge(limit: Int)
  /// The format is `.xlsb`.
  case binaryWorkbook
  /// No table holds anything.
  case noTables
  /// `--table` names a table that does not exist.
  case noSuchTable(String, among: [String])
  /// Nothing decides between several tables.
  case severalTables([String])
  /// A table whose rows are computed by code.
  case virtualTable(String)
  /// A view that calls functions or reads anything but tables.
  case refusedView(String)
  /// The database is a casebook of this program.
  case casebook
  /// Another program holds a lock.
  case busy
  /// Changes are in a log that cannot be read without its index.
  case logWithoutIndex
  /// Any other result code of SQLite.
  case sqlite(code: Int32)
  /// A database from standard input or an archive, while SQLite needs a file.
  case withoutPath
  /// The table could not be written out; an `errno`.
  case noRoom(code: Int32)
  case cancelled

  /// The whole sentence: what happened, to which file, what is unharmed, what to do.
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
