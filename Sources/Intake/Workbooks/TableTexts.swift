import Glibc

/// The tables of a workbook or database as texts that can be read like any CSV.
struct TableTexts {
  /// One table, written out.
  struct Text {
    let table: HeldTable
    /// The CSV, in a file that has no name; whoever takes the text closes it.
    let file: Int32
    let conversion: TableConversion
  }

  /// What the file is, for people: `an Excel workbook`.
  let kind: String
  private let held: any TableFile
  private let chosen: [Int]
  private let limit: Int
  /// The names of tables that are not read although nobody chose among them.
  let leftOut: [(TableLeftOut, [String])]

  /// Whether a file's name must say which table is meant: there are several to be read.
  var areSeveral: Bool { chosen.count > 1 }

  /// nil: the bytes are neither a workbook nor a database.
  ///
  /// - Parameter path: where the bytes are from, for databases: other programs may be writing them. nil: nowhere.
  init?(
    of bytes: UnsafeRawBufferPointer, path: String?, wanted: String?, headers: HeaderSearch,
    isCancelled: () -> Bool
  ) throws(TableFault) {
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

  /// Writes the chosen tables out, one after the other.
  func written(isCancelled: () -> Bool) throws(TableFault) -> [Text] {
    var texts: [Text] = []
    do throws(TableFault) {
      for index in chosen { texts.append(try write(index, isCancelled)) }
      return texts
    } catch {
      for text in texts { close(text.file) }
      throw error
    }
  }

  private func write(_ index: Int, _ isCancelled: () -> Bool) throws(TableFault) -> Text {
    let file: Int32
    do throws(IntakeError) {
      file = try TemporaryText(of: held.tables[index].name).descriptor()
    } catch {
      guard case .noTemporaryRoom(_, _, let code) = error else { throw .noRoom(code: EIO) }
      throw .noRoom(code: code)
    }
    do throws(TableFault) {
      let text = CSVText(file: file, limit: limit)
      let conversion = try held.convert(index, into: text, isCancelled: isCancelled)
      return Text(table: held.tables[index], file: file, conversion: conversion)
    } catch {
      close(file)
      throw error
    }
  }
}
