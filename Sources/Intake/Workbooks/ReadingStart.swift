import Glibc

/// A text to be read: where it lies, where it begins, and what it was on disk.
struct ReadingStart {
  let file: MappedFile
  /// The file as it stands on disk; the same, unless it was a workbook or database.
  let original: MappedFile
  let start: Int
  var table: TableConversion?

  /// The tables of a workbook or database as texts; nil: the file is neither.
  ///
  /// Shape:  one table bears the name of its file, of several each has its own behind that: `week.xlsx/Listings`.
  static func tables(
    of file: MappedFile, options: IntakeOptions, isCancelled: () -> Bool
  ) throws(IntakeError) -> [ReadingStart]? {
    do throws(TableFault) {
      let headers = HeaderSearch(mapping: options.mapping, hasHeader: options.hasHeader)
      let path = file.path == "-" ? nil : file.path
      guard
        let tables = try TableTexts(
          of: file.bytes, path: path, wanted: options.table, headers: headers, isCancelled: isCancelled)
      else { return nil }
      let texts = try tables.written(isCancelled: isCancelled)
      defer { for text in texts { close(text.file) } }
      return try starts(texts, file, tables.areSeveral)
    } catch { throw .noTable(path: file.name, error) }
  }

  private static func starts(
    _ texts: [TableTexts.Text], _ file: MappedFile, _ areSeveral: Bool
  ) throws(TableFault) -> [ReadingStart] {
    var starts: [ReadingStart] = []
    for text in texts {
      let name = areSeveral ? "\(file.name)/\(text.table.name)" : file.name
      do throws(IntakeError) {
        let mapped = try MappedFile(name: name, path: file.path, file: text.file)
        starts.append(ReadingStart(file: mapped, original: file, start: 0, table: text.conversion))
      } catch { throw .noRoom(code: ENOMEM) }
    }
    return starts
  }
}
