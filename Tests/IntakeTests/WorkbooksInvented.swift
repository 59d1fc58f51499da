import CArchive
import Glibc
@testable import Intake

/// An invented workbook: its parts as text, packed as a zip archive.
struct InventedWorkbook {
  var parts: [(name: String, text: String)] = []
  static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  static let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

  /// Sheets by name; `sheetData` is the markup of their rows, `ahead` and `behind` what stands around it in each.
  ///
  /// - Parameter links: the addresses that `rId1`, `rId2` … of the first sheet are.
  init(
    _ sheets: [(name: String, sheetData: String)], shared: String? = nil, styles: String? = nil,
    hidden: Set<String> = [], ahead: String = "", behind: String = "", links: [String] = [],
    properties: String = "", namespace: String = main
  ) {
    let list = sheets.enumerated().map { index, sheet in
      "<sheet name=\"\(sheet.name)\" sheetId=\"\(index + 1)\" "
        + (hidden.contains(sheet.name) ? "state=\"hidden\" " : "") + "r:id=\"rId\(index + 1)\"/>"
    }
    parts.append(
      (
        "xl/workbook.xml",
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><workbook xmlns=\"\(namespace)\" xmlns:r=\"\(Self.relations)\">"
          + properties + "<sheets>\(list.joined())</sheets></workbook>"
      ))
    var targets = sheets.indices.map { (type: "worksheet", target: "worksheets/sheet\($0 + 1).xml") }
    if shared != nil { targets.append(("sharedStrings", "sharedStrings.xml")) }
    if styles != nil { targets.append(("styles", "/xl/styles.xml")) }
    let relationships = targets.enumerated().map {
      "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(Self.relations)/\($1.type)\" Target=\"\($1.target)\"/>"
    }
    parts.append(("xl/_rels/workbook.xml.rels", "<Relationships>\(relationships.joined())</Relationships>"))
    for (index, sheet) in sheets.enumerated() {
      parts.append(
        (
          "xl/worksheets/sheet\(index + 1).xml",
          "<worksheet xmlns=\"\(namespace)\" xmlns:r=\"\(Self.relations)\">\(ahead)<sheetData>\(sheet.sheetData)"
            + "</sheetData>\(behind)</worksheet>"
        ))
    }
    if !links.isEmpty {
      let relationships = links.enumerated().map {
        "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(Self.relations)/hyperlink\" Target=\"\($1)\" TargetMode=\"External\"/>"
      }
      parts.append(
        ("xl/worksheets/_rels/sheet1.xml.rels", "<Relationships>\(relationships.joined())</Relationships>"))
    }
    if let shared { parts.append(("xl/sharedStrings.xml", "<sst xmlns=\"\(namespace)\">\(shared)</sst>")) }
    if let styles { parts.append(("xl/styles.xml", "<styleSheet xmlns=\"\(namespace)\">\(styles)</styleSheet>")) }
  }

  /// One sheet of texts in their cells; nil leaves a cell out.
  init(rows: [[String?]]) { self.init([("Sheet1", Self.sheetData(rows))]) }

  static func sheetData(_ rows: [[String?]]) -> String {
    rows.enumerated().map { number, cells in
      let cells = cells.enumerated().map { column, text in
        text.map { inline(CellReference.letters(column) + "\(number + 1)", $0) } ?? ""
      }
      return "<row r=\"\(number + 1)\">\(cells.joined())</row>"
    }.joined()
  }

  static func inline(_ place: String, _ text: String) -> String {
    let text = text.map { $0 == "&" ? "&amp;" : $0 == "<" ? "&lt;" : String($0) }.joined()
    return "<c r=\"\(place)\" t=\"inlineStr\"><is><t xml:space=\"preserve\">\(text)</t></is></c>"
  }

  /// The bytes of the archive.
  var bytes: [UInt8] { Self.pack(parts.map { ($0.name, Array($0.text.utf8)) }) }

  static func pack(_ parts: [(name: String, bytes: [UInt8])]) -> [UInt8] {
    var out = [UInt8](repeating: 0, count: parts.reduce(65_536) { $0 + $1.bytes.count + 1024 })
    var used = 0
    let archive = archive_write_new()
    defer { archive_write_free(archive) }
    archive_write_set_format_zip(archive)
    out.withUnsafeMutableBytes { room in
      archive_write_open_memory(archive, room.baseAddress, room.count, &used)
      for part in parts {
        let entry = archive_entry_new()
        archive_entry_set_pathname(entry, part.name)
        archive_entry_set_size(entry, Int64(part.bytes.count))
        archive_entry_set_filetype(entry, 0o100000)
        archive_entry_set_perm(entry, 0o644)
        archive_write_header(archive, entry)
        _ = part.bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        archive_entry_free(entry)
      }
      archive_write_close(archive)
    }
    return Array(out[..<used])
  }
}

/// A table as it comes out of a file, for tests.
struct ToldTable: Equatable {
  var records: [[String]]
  var numbers: [Int]
  var notes: [TableNote]
  var hasHeader = true

  /// Whatever stood in the file: each row has its record and its number, and rows are numbered upwards.
  var isSound: Bool {
    let headers = hasHeader && !records.isEmpty ? 1 : 0
    return records.count == numbers.count + headers && zip(numbers, numbers.dropFirst()).allSatisfy { $0 < $1 }
  }
}

extension TableFile {
  func told(_ index: Int = 0, limit: Int = 1 << 30) throws(TableError) -> ToldTable {
    let text = CSVText(inMemoryWithLimit: limit)
    let conversion = try convert(index, into: text, isCancelled: { false })
    let bytes = text.inMemory
    let records = bytes.withUnsafeBytes { CollectedRecords.read($0, 0..<$0.count, DelimitedDialect()).map(\.cells) }
    let numbers = (0..<conversion.numbering.count).map { conversion.numbering.number(of: $0) }
    return ToldTable(
      records: records, numbers: numbers, notes: conversion.notes.kept, hasHeader: conversion.hasHeader)
  }
}

extension Workbook {
  /// The tables of an invented workbook, told one after the other.
  static func told(_ bytes: [UInt8], hasHeader: Bool? = nil) throws(TableError) -> [ToldTable] {
    // Kept aligned to a page as a mapped file is, with nothing readable behind it being relied on.
    let copy = UnsafeMutableRawBufferPointer.allocate(byteCount: max(1, bytes.count), alignment: 16)
    defer { copy.deallocate() }
    copy.copyBytes(from: bytes)
    let book = try Workbook(
      bytes: UnsafeRawBufferPointer(rebasing: copy[..<bytes.count]), headers: .invented(hasHeader: hasHeader))
    var told: [ToldTable] = []
    for index in book.tables.indices { told.append(try book.told(index)) }
    return told
  }

  static func told(_ workbook: InventedWorkbook) throws(TableError) -> ToldTable { try told(workbook.bytes)[0] }
}

extension HeaderSearch {
  static func invented(hasHeader: Bool? = nil) -> HeaderSearch {
    HeaderSearch(
      mapping: IntakeOptions(tables: InventedTables.tables).mapping, choice: hasHeader.map { $0 ? .first : .missing })
  }
}

extension InventedFolder {
  /// All bytes of a file.
  static func bytes(of path: String) -> [UInt8] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    fseek(file, 0, SEEK_END)
    var bytes = [UInt8](repeating: 0, count: ftell(file))
    rewind(file)
    let count = fread(&bytes, 1, bytes.count, file)
    return Array(bytes[..<count])
  }
}
