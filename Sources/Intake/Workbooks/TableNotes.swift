/// Something about a table that its CSV does not show. The listing stays unless the sentence says otherwise.
package struct TableNote: Equatable, Sendable {
  /// The row as the table numbers it; nil where the whole table is meant.
  package let row: Int?
  /// The cell's column, as a spreadsheet calls it.
  package let column: String?
  package let what: What
  /// Text of the file, cut: hostile until it has become `SafeText`.
  package let excerpt: String

  package enum What: Equatable, Sendable {
    /// Rows above the header.
    case titleRows(through: Int)
    case errorValue
    case formulaWithoutValue
    case missingSharedText
    case noSuchDay
    case misplacedCell
    /// A link whose address a formula calculates.
    case calculatedLink
    /// The sheet is damaged behind its rows, or has more links than any honest one.
    case linksLost
    /// Cells below a merged one that have its value now.
    case mergedOverRows(cells: Int, columns: String)
    /// The file is damaged after this row.
    case breaksOff
  }

  package init(row: Int?, column: String? = nil, what: What, excerpt: String = "") {
    self.row = row
    self.column = column
    self.what = what
    self.excerpt = excerpt
  }
}

extension TableNote {
  /// What is so, in which column.
  var found: String {
    (column.map { "column \($0): " } ?? "") + words.found + (excerpt.isEmpty ? "" : ": \(excerpt)")
  }

  /// What was done about it.
  var done: String { words.done }

  private var words: (found: String, done: String) {
    switch what {
    case .titleRows(let last):
      ("what stands above the header, through row \(last), is a title and not a listing", "it is left out")
    case .errorValue:
      ("the sheet shows an error instead of a value", "the listing is kept, the value counts as missing")
    case .formulaWithoutValue:
      (
        "a formula that was never calculated",
        "the value counts as missing until the workbook is saved by a spreadsheet"
      )
    case .missingSharedText:
      ("a text that the workbook refers to is not in it", "the value counts as missing")
    case .noSuchDay: ("a date before 1900 or after 9999", "the number is kept as it stands")
    case .misplacedCell: ("a cell outside any sheet's size", "it is taken as the one after the cell before")
    case .calculatedLink:
      ("a link whose address is calculated", "the words that are shown are kept, the address is not known")
    case .linksLost:
      (
        "not all links of its cells can be read",
        "the rows and their texts are kept; open it in a spreadsheet for the rest"
      )
    case .mergedOverRows(let cells, let columns):
      (
        "cells are merged over several rows in column \(columns)",
        "each of these rows has their value: \(cells) cells filled"
      )
    case .breaksOff: ("the file is damaged here", "the rows before are kept, those after cannot be read")
    }
  }
}

/// The notes of one table: all counted, the first ones kept.
package struct TableNotes: Equatable, Sendable {
  package private(set) var kept: [TableNote] = []
  package private(set) var count = 0

  package static let limit = 10_000
  private static let excerptLength = 60

  package init() {}

  /// The kept notes as problems of the file. Rows of the dataset are not known yet.
  func problems(file: String) -> [IntakeProblem] {
    kept.map { IntakeProblem(file: file, sourceRow: $0.row, what: .inTable($0)) }
  }

  mutating func add(_ others: TableNotes) {
    count += others.count
    kept += others.kept.prefix(max(0, Self.limit - kept.count))
  }

  mutating func add(_ what: TableNote.What, row: Int?, column: Int? = nil, excerpt: UnsafeRawBufferPointer? = nil) {
    count += 1
    guard kept.count < Self.limit else { return }
    var cut = ""
    if let excerpt {
      let text = String(decoding: excerpt.prefix(4 * Self.excerptLength), as: UTF8.self)
      cut = String(text.prefix(Self.excerptLength))
      if cut.utf8.count < excerpt.count { cut += "…" }
    }
    kept.append(TableNote(row: row, column: column.map(CellPlace.letters), what: what, excerpt: cut))
  }
}
