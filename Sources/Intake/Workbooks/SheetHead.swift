import Sentences

/// What the first rows of a sheet say about it: its header, its titles, its width.
struct SheetHead {
  /// One of the first rows that are not blank.
  struct Row {
    /// The number of the row in the sheet.
    let number: Int
    let texts: [String]
    /// The style of each cell; 0 for empty cells.
    var styles: [Int] = []
  }

  /// The names in the header; empty where no row names the columns.
  private(set) var names: [String] = []
  /// Whether there is a header, and why, in words.
  private(set) var why: Sentence = ""
  /// Whether the header contains a known name.
  private(set) var hasKnownColumn = false
  /// How many columns there are at least.
  private(set) var width = 0
  /// How many of the rows, blank ones not counted, are titles or part of the header.
  private(set) var headRows = 0
  /// The number of the last of these rows; 0 where there is none.
  private(set) var lastHeadRow = 0
  /// The number of the last row above the header with content.
  private(set) var lastTitleRow: Int?
  /// Whether there is a row below the header.
  private(set) var hasRows = false
  /// How many rows there are below the header; an estimate where the sheet only declares its size.
  private(set) var rowCount: Int?

  private let first: FirstRows
  /// Whether the names come from another sheet.
  private var isBorrowed = false

  /// Whether a row names the columns.
  var hasHeader: Bool { !names.isEmpty }

  /// Nil where all rows are blank.
  ///
  /// - Parameter merges: the merged cells of the sheet, once they are known: they follow its rows.
  init?(_ first: FirstRows, _ headers: HeaderSearch, _ merges: SheetMerges = SheetMerges()) {
    self.first = first
    let rows = first.rows
    guard let header = headers.header(among: rows, frozenRows: first.frozenRows) else { return nil }
    why = header.why
    hasKnownColumn = header.knownNames > 0
    let row = rows[header.index]
    width = row.texts.count
    var firstRow = row.number
    lastHeadRow = row.number - 1
    if header.namesColumns {
      let band = HeaderBand(around: row.number, among: rows, merges, isKnown: headers.isKnown)
      (firstRow, lastHeadRow) = (band.rows.lowerBound, band.rows.upperBound)
      names = merges.isEmpty ? row.texts : band.names(rows, merges)
      width = names.count
      if !merges.isEmpty { hasKnownColumn = names.contains { headers.isKnown($0) } }
      if band.rows.count > 1 {
        let together = Sentence("rows \(firstRow) to \(lastHeadRow) name the columns together, by their merged cells")
        why = "\([together, why], by: "; ")"
      }
    }
    // Row numbers may be wrong. Rows are skipped by their count, so that none is lost.
    let beginning = rows[...header.index].firstIndex { $0.number >= firstRow } ?? header.index
    headRows = header.index
    if header.namesColumns {
      headRows += min(
        lastHeadRow - row.number + 1, rows[header.index...].prefix { $0.number <= lastHeadRow }.count)
    }
    lastTitleRow = beginning > 0 ? rows[beginning - 1].number : nil
    let listings = rows[headRows...]
    hasRows = !listings.isEmpty
    rowCount =
      first.areAll ? listings.count : first.declaredLastRow.map { max(0, $0 - (listings.first?.number ?? $0) + 1) }
  }

  /// The same head, now that the merged cells are known.
  func with(_ merges: SheetMerges, _ headers: HeaderSearch) -> SheetHead {
    isBorrowed ? self : SheetHead(first, headers, merges) ?? self
  }

  /// The head of a sheet that continues the listings of another one without naming the columns again.
  func named(_ names: [String], as sheet: String) -> SheetHead {
    var head = self
    head.names = names
    head.hasKnownColumn = true
    head.isBorrowed = true
    head.why = Sentence("no row names the columns; they are named as in \(sheet), which has as many")
    return head
  }
}

/// The first rows of a sheet.
///
/// Cost:   stops unpacking after `HeaderSearch.sampledRows` rows.
struct FirstRows {
  /// The rows, up to `HeaderSearch.sampledRows`.
  private(set) var rows: [SheetHead.Row] = []
  /// Whether the sheet has no other rows.
  private(set) var areAll = true
  /// The last row by the sheet's own declaration.
  private(set) var declaredLastRow: Int?
  /// How many rows stay in view when the sheet is scrolled.
  private(set) var frozenRows = 0

  /// Reads the first rows of a sheet.
  ///
  /// Fails:  where the part is damaged before any row.
  init(
    _ part: String, of archive: WorkbookArchive, _ around: SheetSurroundings, isCancelled: () -> Bool
  ) throws(TableError) {
    var rows: [SheetHead.Row] = []
    var areAll = true
    let reading = SheetReading(around: around) { reading, row in
      if rows.count == HeaderSearch.sampledRows {
        areAll = false
        reading.isDone = true
      } else {
        rows.append(SheetHead.Row(number: row.number, texts: row.texts, styles: row.styles))
      }
    }
    do throws(TableError) {
      guard try archive.read(part, into: reading, isCancelled: isCancelled) else { throw .damaged(part: part) }
    } catch .damaged where !rows.isEmpty {
      // Use the rows that are there; the damage is reported when the sheet is written out.
    }
    (self.rows, self.areAll) = (rows, areAll)
    declaredLastRow = reading.declaredLastRow
    frozenRows = reading.frozenRows
  }
}

/// Finds the header among the first rows of a sheet, since people write titles, dates and notes above their tables.
struct HeaderSearch {
  /// Which column names are known.
  let mapping: ColumnMapping
  /// Where tables have their header, if the user said so; nil where it must be found.
  var choice: HeaderChoice?

  /// How many rows are considered as the header, blank ones not counted.
  static let searchedRows = 20
  /// How many rows are read to tell a header from a listing.
  static let sampledRows = 200

  /// A row that may be the header.
  struct Header: Equatable {
    /// The index of the first row that is kept.
    var index = 0
    var knownNames = 0
    /// Whether that row names the columns; otherwise it is a row like the others.
    var namesColumns = true
    /// Why, in words.
    var why: Sentence = ""
  }

  /// The header among rows without numbers and formats, as in JSON; nil where all are blank.
  func header(among texts: [[String]]) -> Header? {
    header(among: texts.enumerated().map { SheetHead.Row(number: $0 + 1, texts: $1) }, frozenRows: 0)
  }

  /// The header among `rows`; nil where all are blank.
  ///
  /// Shape:  the row with the most known names, if there are two or more, or one in a row as wide as any. Otherwise the
  ///         first row that is at least half as wide as the widest. The earlier row wins a tie. Whether it is a header or a
  ///         listing then depends on the rows below it (`HeaderEvidence`), its format, and the rows that stay in view when
  ///         the sheet is scrolled. Without a header, no row is skipped.
  func header(among rows: [SheetHead.Row], frozenRows frozen: Int) -> Header? {
    let texts = rows.map(\.texts)
    let widths = texts.map { $0.count { !Self.isBlank($0) } }
    guard let widest = widths.max(), widest > 0 else { return nil }
    let best = best(of: texts, widths, widest)
    let wide = widths.prefix(Self.searchedRows).firstIndex { 2 * $0 >= widest } ?? 0
    let index = best.knownNames > 0 ? best.index : wide
    switch choice {
    case .missing: return Header(namesColumns: false, why: Sentence("no row names the columns: told by --header"))
    case .first:
      return Header(
        index: index, knownNames: best.knownNames,
        why: Sentence("row \(rows[index].number) names the columns: told by --header"))
    case .line(let line):
      let index = rows.lastIndex { $0.number <= line } ?? 0
      return Header(
        index: index, knownNames: texts[index].count { isKnown($0) },
        why: Sentence("row \(rows[index].number) names the columns: told by --header"))
    case nil: break
    }
    let decision = judge(rows, index, frozen)
    if decision.header != nil { return Header(index: index, knownNames: best.knownNames, why: decision.why) }
    // A listing may contain words that are names elsewhere. The header, if any, is above it then.
    if index != wide {
      let other = judge(rows, wide, frozen)
      if other.header != nil { return Header(index: wide, why: other.why) }
    }
    // Without a header there is no reason to believe that the rows above are not listings.
    return Header(namesColumns: false, why: decision.why)
  }

  /// Weighs one row against those below it.
  private func judge(_ rows: [SheetHead.Row], _ index: Int, _ frozen: Int) -> HeaderEvidence.Decision {
    let texts = rows.map(\.texts)
    return HeaderEvidence(mapping: mapping).judge(
      padded(texts[index], to: texts), over: texts[(index + 1)...].map { padded($0, to: texts) },
      named: Sentence("row \(rows[index].number)"), hints: hints(rows, index, frozen))
  }

  /// The row with the most known names.
  ///
  /// Limits: the first `searchedRows` rows.
  private func best(of texts: [[String]], _ widths: [Int], _ widest: Int) -> Header {
    var best = Header()
    for (index, row) in texts.prefix(Self.searchedRows).enumerated() {
      let known = row.count { isKnown($0) }
      if known > best.knownNames, known > 1 || widths[index] == widest {
        best = Header(index: index, knownNames: known)
      }
    }
    return best
  }

  /// The row with as many cells as the widest one.
  private func padded(_ row: [String], to rows: [[String]]) -> [String] {
    let width = rows.map(\.count).max() ?? 0
    return row + Array(repeating: "", count: width - row.count)
  }

  /// Evidence for the header from the sheet itself, apart from the texts.
  ///
  /// Shape:  frozen rows that end with this one, and a format unlike that of 20 rows below.
  private func hints(_ rows: [SheetHead.Row], _ index: Int, _ frozen: Int) -> [HeaderEvidence.Hint] {
    var hints: [HeaderEvidence.Hint] = []
    if frozen > 0, rows[index].number <= frozen, index + 1 == rows.count || rows[index + 1].number > frozen {
      hints.append((3, Sentence("it stays in view when the sheet is scrolled")))
    }
    let below = rows[(index + 1)...].prefix(20)
    let styles = zip(rows[index].texts, rows[index].styles).enumerated().filter { !Self.isBlank($0.element.0) }
    let apart = styles.count { column, cell in
      !below.isEmpty
        && below.allSatisfy {
          column >= $0.styles.count || Self.isBlank($0.texts[column]) || $0.styles[column] != cell.1
        }
    }
    if !styles.isEmpty, apart == styles.count {
      hints.append((2, Sentence("its cells are formatted unlike those below")))
    }
    return hints
  }

  /// Whether a column of this name is some field.
  func isKnown(_ name: String) -> Bool { !Self.isBlank(name) && mapping.claim(of: name).field != nil }

  /// Whether one of the names is of a field that only listings have.
  func suggestListings(_ names: [String]) -> Bool {
    names.contains { !Self.isBlank($0) && [.title, .description, .price].contains(mapping.claim(of: $0).field) }
  }

  /// Whether a text has nothing but blanks.
  private static func isBlank(_ text: String) -> Bool { text.utf8.allSatisfy { $0 <= .blank } }
}
