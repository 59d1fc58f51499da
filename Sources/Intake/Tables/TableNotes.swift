import Sentences

/// Something about a table that its CSV does not show. The listing is kept unless `done` says otherwise.
package struct TableNote: Equatable, Sendable {
  /// The row number in the table; nil for the table as a whole.
  package let row: Int?
  /// The letters of the cell's column.
  package let column: String?
  package let what: What
  /// Text from the file, cut short: hostile until it has become `SafeText`.
  package let excerpt: String

  /// What there is to note.
  package enum What: Equatable, Sendable {
    /// Rows above the header.
    case titleRows(through: Int)
    /// A cell holds an error such as `#REF!`.
    case errorValue
    /// A formula has no stored value.
    case formulaWithoutValue
    /// A cell refers to a shared text that does not exist.
    case missingSharedText
    /// A number with a date format is no date.
    case noSuchDay
    /// A cell is outside the limits of a sheet.
    case misplacedCell
    /// A link whose address is computed by a formula.
    case calculatedLink
    /// The sheet is damaged after its rows, or has an implausible number of links.
    case linksLost
    /// Empty cells that got the value of the merged cell above.
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
  /// What was found, and in which column.
  func found(_ say: Wording) -> String {
    let found = words(say).found + (excerpt.isEmpty ? "" : ": \(excerpt)")
    return column.map { say(Sentence("column \($0): \(found)")) } ?? found
  }

  /// What was done about it.
  func done(_ say: Wording) -> String { words(say).done }

  /// The only place with the sentences of notes.
  private func words(_ say: Wording) -> (found: String, done: String) {
    switch what {
    case .titleRows(let last):
      (
        say(Sentence("what stands above the header, through row \(last), is a title and not a listing")),
        say(Sentence("it is left out"))
      )
    case .errorValue:
      (
        say(Sentence("the sheet shows an error instead of a value")),
        say(Sentence("the listing is kept, the value counts as missing"))
      )
    case .formulaWithoutValue:
      (
        say(Sentence("a formula that was never calculated")),
        say(Sentence("the value counts as missing until the workbook is saved by a spreadsheet"))
      )
    case .missingSharedText:
      (say(Sentence("a text that the workbook refers to is not in it")), say(Sentence("the value counts as missing")))
    case .noSuchDay:
      (say(Sentence("a date before 1900 or after 9999")), say(Sentence("the number is kept as it stands")))
    case .misplacedCell:
      (say(Sentence("a cell outside any sheet's size")), say(Sentence("it is taken as the one after the cell before")))
    case .calculatedLink:
      (
        say(Sentence("a link whose address is calculated")),
        say(Sentence("the words that are shown are kept, the address is not known"))
      )
    case .linksLost:
      (
        say(Sentence("not all links of its cells can be read")),
        say(Sentence("the rows and their texts are kept; open it in a spreadsheet for the rest"))
      )
    case .mergedOverRows(let cells, let columns):
      (
        say(Sentence("cells are merged over several rows in column \(columns)")),
        say(Sentence("each of these rows has their value: \(cells) cells filled"))
      )
    case .breaksOff:
      (say(Sentence("the file is damaged here")), say(Sentence("the rows before are kept, those after cannot be read")))
    }
  }
}

/// The notes on one table: all of them counted, the first ones kept.
package struct TableNotes: Equatable, Sendable {
  /// The first notes.
  package private(set) var kept: [TableNote] = []
  /// All notes, kept or not.
  package private(set) var count = 0

  /// How many notes are kept.
  package static let limit = 10_000
  private static let excerptLength = 60

  package init() {}

  /// The notes as problems of the file, without rows of the dataset, which are not known yet.
  func problems(file: String) -> [IntakeProblem] {
    kept.map { IntakeProblem(file: file, sourceRow: $0.row, what: .inTable($0)) }
  }

  /// Adds the notes of a part of the table.
  mutating func add(_ others: TableNotes) {
    count += others.count
    kept += others.kept.prefix(max(0, Self.limit - kept.count))
  }

  /// Adds a note, and keeps it if there is room.
  ///
  /// Shape:  the excerpt is cut like that of a problem.
  mutating func add(_ what: TableNote.What, row: Int?, column: Int? = nil, excerpt: UnsafeRawBufferPointer? = nil) {
    count += 1
    guard kept.count < Self.limit else { return }
    var cut = ""
    if let excerpt {
      let text = String(decoding: excerpt.prefix(4 * Self.excerptLength), as: UTF8.self)
      cut = String(text.prefix(Self.excerptLength))
      if cut.utf8.count < excerpt.count { cut += "…" }
    }
    kept.append(TableNote(row: row, column: column.map(CellReference.letters), what: what, excerpt: cut))
  }
}

/// The row of the table that each record came from. Blank rows and titles leave gaps, and rowids may be any numbers.
///
/// Shape:  runs of consecutive rows.
/// Cost:   two numbers per run; a lookup by record is a binary search among the runs, one by row a linear search.
package struct RowNumbering: Equatable, Sendable {
  /// The first record of each run.
  private var firstRecords: [Int] = []
  /// The row number of that record.
  private var firstNumbers: [Int] = []
  /// How many records there are.
  package private(set) var count = 0

  package init() {}

  /// Appends a record that was the row `number`.
  ///
  /// Cost:   O(1).
  package mutating func append(_ number: Int) {
    if let record = firstRecords.last, let first = firstNumbers.last, first &+ (count - record) == number {
      count += 1
      return
    }
    firstRecords.append(count)
    firstNumbers.append(number)
    count += 1
  }

  /// The row that a record was.
  ///
  /// - Parameter index: the record, from 0, which must exist.
  package func number(of index: Int) -> Int {
    precondition(index >= 0 && index < count, "record \(index) outside \(count) records")
    var low = 0
    var high = firstRecords.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if firstRecords[middle] <= index { low = middle } else { high = middle - 1 }
    }
    return firstNumbers[low] &+ (index - firstRecords[low])
  }

  /// The record, from 0, that was the row `number`; nil where there is none.
  ///
  /// Cost:   O(runs).
  package func index(of number: Int) -> Int? {
    for (run, first) in firstNumbers.enumerated() {
      let end = run + 1 < firstRecords.count ? firstRecords[run + 1] : count
      let record = firstRecords[run] &+ (number &- first)
      if record >= firstRecords[run], record < end { return record }
    }
    return nil
  }
}
