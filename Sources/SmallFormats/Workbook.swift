/// A workbook for spreadsheets, Office Open XML (`.xlsx`).
///
/// Shape:  sheets of texts and numbers, each with a header in bold that stays in view. A text is an inline string, which no
///         program takes for a formula; controls are shown as `[U+0007]`. The bytes depend on the content alone.
/// Cost:   O(cells), all in memory.
/// Fails:  with `StoredZip.TooLarge`. Excel takes 1,048,576 rows and 32,767 characters in a cell; a longer text is cut, and
///         says so.
/// Source: ECMA-376, 5th edition, part 1, sections 18.2, 18.3 and 18.8.
package struct Workbook {
  /// What a cell holds.
  package enum Cell: Equatable, Sendable {
    case text(String)
    /// A decimal number in plain digits, as in `1204.5`.
    case number(String)
    case empty
  }

  /// One sheet.
  package struct Sheet: Sendable {
    /// At most 31 characters, without `[ ] : * ? / \`.
    package let name: String
    package let columns: [String]
    package var rows: [[Cell]]

    package init(name: String, columns: [String], rows: [[Cell]]) {
      (self.name, self.columns, self.rows) = (name, columns, rows)
    }
  }

  private let sheets: [Sheet]

  package init(_ sheets: [Sheet]) { self.sheets = sheets }

  /// The file.
  package func bytes() throws(StoredZip.TooLarge) -> [UInt8] {
    var entries = [
      ("[Content_Types].xml", contentTypes), ("_rels/.rels", Self.relations), ("xl/workbook.xml", book),
      ("xl/_rels/workbook.xml.rels", bookRelations), ("xl/styles.xml", Self.styles),
    ]
    for (number, sheet) in sheets.enumerated() {
      entries.append(("xl/worksheets/sheet\(number + 1).xml", Self.xml(of: sheet, isFirst: number == 0)))
    }
    return try StoredZip.bytes(of: entries.map { ($0.0, Array((Self.declaration + $0.1).utf8)) })
  }

  // MARK: Parts

  private static let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
  private static let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
  private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
  private static let packaging = "http://schemas.openxmlformats.org/package/2006"

  private var contentTypes: String {
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    let parts =
      [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
      + sheets.indices.map { ("xl/worksheets/sheet\($0 + 1).xml", "worksheet") }
    return "<Types xmlns=\"\(Self.packaging)/content-types\">"
      + "<Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>"
      + parts.map { "<Override PartName=\"/\($0.0)\" ContentType=\"\(kind)\($0.1)+xml\"/>" }.joined() + "</Types>"
  }

  private static let relations =
    "<Relationships xmlns=\"\(packaging)/relationships\"><Relationship Id=\"rId1\" Type=\"\(office)/officeDocument\""
    + " Target=\"xl/workbook.xml\"/></Relationships>"

  private var book: String {
    let list = sheets.enumerated().map { number, sheet in
      "<sheet name=\"\(Self.escaped(sheet.name))\" sheetId=\"\(number + 1)\" r:id=\"rId\(number + 1)\"/>"
    }
    return "<workbook xmlns=\"\(Self.main)\" xmlns:r=\"\(Self.office)\"><sheets>\(list.joined())</sheets></workbook>"
  }

  private var bookRelations: String {
    let list =
      sheets.indices.map {
        "<Relationship Id=\"rId\($0 + 1)\" Type=\"\(Self.office)/worksheet\" Target=\"worksheets/sheet\($0 + 1).xml\"/>"
      } + ["<Relationship Id=\"rId\(sheets.count + 1)\" Type=\"\(Self.office)/styles\" Target=\"styles.xml\"/>"]
    return "<Relationships xmlns=\"\(Self.packaging)/relationships\">\(list.joined())</Relationships>"
  }

  /// Style 0 is plain, 1 is the header's.
  private static let styles =
    "<styleSheet xmlns=\"\(main)\"><fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/></font>"
    + "<font><b/><sz val=\"11\"/><name val=\"Calibri\"/></font></fonts>"
    + "<fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>"
    + "<fill><patternFill patternType=\"gray125\"/></fill></fills>"
    + "<borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>"
    + "<cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>"
    + "<cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>"
    + "<xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/></cellXfs></styleSheet>"

  private static func xml(of sheet: Sheet, isFirst: Bool) -> String {
    let widths = sheet.columns.indices.map { column in
      sheet.rows.lazy.map { column < $0.count ? length(of: $0[column]) : 0 }
        .reduce(sheet.columns[column].count) { max($0, $1) }
    }
    let columns = widths.enumerated().map { number, width in
      "<col min=\"\(number + 1)\" max=\"\(number + 1)\" width=\"\(min(width, 60) + 2)\" customWidth=\"1\"/>"
    }
    var rows = row(sheet.columns.map { .text($0) }, number: 1, style: " s=\"1\"")
    for (number, cells) in sheet.rows.enumerated() { rows += row(cells, number: number + 2, style: "") }
    return
      "<worksheet xmlns=\"\(main)\"><sheetViews><sheetView\(isFirst ? " tabSelected=\"1\"" : "") workbookViewId=\"0\">"
      + "<pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>"
      + (columns.isEmpty ? "" : "<cols>\(columns.joined())</cols>") + "<sheetData>\(rows)</sheetData></worksheet>"
  }

  private static func length(of cell: Cell) -> Int {
    switch cell {
    case .text(let text): text.count
    case .number(let number): number.utf8.count
    case .empty: 0
    }
  }

  private static func row(_ cells: [Cell], number: Int, style: String) -> String {
    var xml = "<row r=\"\(number)\">"
    for (column, cell) in cells.enumerated() {
      let place = letters(of: column) + String(number)
      switch cell {
      case .text(let text):
        xml +=
          "<c r=\"\(place)\"\(style) t=\"inlineStr\"><is><t xml:space=\"preserve\">\(escaped(cut(text)))</t></is></c>"
      case .number(let digits): xml += "<c r=\"\(place)\"\(style)><v>\(digits)</v></c>"
      case .empty: break
      }
    }
    return xml + "</row>"
  }

  /// A, B, … Z, AA.
  private static func letters(of column: Int) -> String {
    var (rest, letters) = (column, "")
    repeat {
      letters = String(UnicodeScalar(UInt8(0x41 + rest % 26))) + letters
      rest = rest / 26 - 1
    } while rest >= 0
    return letters
  }

  private static let longest = 32_767
  private static let cutMark = " … (cut)"

  /// Excel counts UTF-16 units.
  private static func cut(_ text: String) -> String {
    guard text.utf16.count > longest else { return text }
    var (kept, units) = (String.UnicodeScalarView(), 0)
    for scalar in text.unicodeScalars {
      units += scalar.utf16.count
      if units > longest - cutMark.utf16.count { break }
      kept.append(scalar)
    }
    return String(kept) + cutMark
  }

  /// For XML 1.0: markup is escaped, and what XML cannot hold or a reader cannot see is named.
  private static func escaped(_ text: String) -> String {
    let scalars = Array(text.unicodeScalars)
    var out = ""
    for (place, scalar) in scalars.enumerated() {
      switch scalar {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      case "\"": out += "&quot;"
      case "\n", "\t": out.unicodeScalars.append(scalar)
      // Readers take `_x0041_` for A, section 22.4.2.4; so the line before it is escaped itself.
      case "_" where isEscape(scalars[place...]): out += "_x005F_"
      default:
        if isHidden(scalar) {
          out += "[U+\(hex(scalar.value))]"
        } else {
          out.unicodeScalars.append(scalar)
        }
      }
    }
    return out
  }

  /// Whether scalars begin with `_x`, four hexadecimal digits and `_`.
  private static func isEscape(_ scalars: ArraySlice<UnicodeScalar>) -> Bool {
    let start = Array(scalars.prefix(7))
    return start.count == 7 && start[1] == "x" && start[6] == "_"
      && start[2..<6].allSatisfy { $0.properties.isASCIIHexDigit }
  }

  private static func isHidden(_ scalar: UnicodeScalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator: true
    default: scalar.value == 0xfffe || scalar.value == 0xffff
    }
  }

  private static func hex(_ value: UInt32) -> String {
    let digits = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
  }
}
