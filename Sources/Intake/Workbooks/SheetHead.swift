/// What the first rows of a sheet tell.
struct SheetHead {
  /// One of the first rows that are not blank.
  struct Row {
    /// As the sheet numbers it.
    let number: Int
    let texts: [String]
    /// How each cell is formatted; 0 for those that are empty.
    var styles: [Int] = []
  }

  /// The names in the header; empty where nothing names the columns.
  private(set) var names: [String] = []
  /// Whether there is a header, and why, in words.
  private(set) var why = ""
  private(set) var hasKnownColumn = false
  /// Columns at least.
  private(set) var width = 0
  /// Rows with something in them that are a title or part of the header.
  private(set) var headRows = 0
  /// The number of the last of them; 0: there is none.
  private(set) var lastHeadRow = 0
  private(set) var lastTitleRow: Int?
  private(set) var hasRows = false
  /// Rows below the header, as the sheet declares them.
  private(set) var rowCount: Int?

  private let first: FirstRows
  /// Whether the names are those of another sheet.
  private var isBorrowed = false

  var hasHeader: Bool { !names.isEmpty }

  /// nil: all rows are blank.
  ///
  /// - Parameter merges: the merged cells of the sheet, where they are known: they stand behind its rows.
  init?(_ first: FirstRows, _ headers: HeaderSearch, _ merges: SheetMerges = SheetMerges()) {
    self.first = first
    let rows = first.rows
    guard let header = headers.header(among: rows, staysInView: first.frozenRows) else { return nil }
    why = header.why
    hasKnownColumn = header.knownNames > 0
    let place = rows[header.place]
    width = place.texts.count
    var firstRow = place.number
    lastHeadRow = place.number - 1
    if header.namesColumns {
      let band = HeaderBand(around: place.number, among: rows, merges, isKnown: headers.isKnown)
      (firstRow, lastHeadRow) = (band.rows.lowerBound, band.rows.upperBound)
      names = merges.isEmpty ? place.texts : band.names(rows, merges)
      width = names.count
      if !merges.isEmpty { hasKnownColumn = names.contains { headers.isKnown($0) } }
      if band.rows.count > 1 {
        why = "rows \(firstRow) to \(lastHeadRow) name the columns together, by their merged cells; \(why)"
      }
    }
    // Numbers may be wrong, and no row is lost by that: rows are passed over by their count.
    let beginning = rows[...header.place].firstIndex { $0.number >= firstRow } ?? header.place
    headRows = header.place
    if header.namesColumns {
      headRows += min(
        lastHeadRow - place.number + 1, rows[header.place...].prefix { $0.number <= lastHeadRow }.count)
    }
    lastTitleRow = beginning > 0 ? rows[beginning - 1].number : nil
    let listings = rows[headRows...]
    hasRows = !listings.isEmpty
    rowCount =
      first.areAll ? listings.count : first.declaredLastRow.map { max(0, $0 - (listings.first?.number ?? $0) + 1) }
  }

  /// The same head with the merged cells.
  func with(_ merges: SheetMerges, _ headers: HeaderSearch) -> SheetHead {
    isBorrowed ? self : SheetHead(first, headers, merges) ?? self
  }

  /// The head of a sheet that goes on with the listings of another one, whose columns it does not name again.
  func named(_ names: [String], as sheet: String) -> SheetHead {
    var head = self
    head.names = names
    head.hasKnownColumn = true
    head.isBorrowed = true
    head.why = "no row names the columns; they are named as in \(sheet), which has as many"
    return head
  }
}

/// The first rows of a sheet.
struct FirstRows {
  private(set) var rows: [SheetHead.Row] = []
  /// Whether there are no others.
  private(set) var areAll = true
  private(set) var declaredLastRow: Int?
  /// How many rows stay where they are when the sheet is scrolled.
  private(set) var frozenRows = 0

  init(
    _ part: String, of archive: WorkbookArchive, _ around: SheetSurroundings, isCancelled: () -> Bool
  ) throws(TableFault) {
    var rows: [SheetHead.Row] = []
    var areAll = true
    let reading = SheetReading(around: around) { reading, row in
      if rows.count == HeaderSearch.sampled {
        areAll = false
        reading.isDone = true
      } else {
        rows.append(SheetHead.Row(number: row.number, texts: row.texts, styles: row.styles))
      }
    }
    do throws(TableFault) {
      guard try archive.read(part, into: reading, isCancelled: isCancelled) else { throw .damaged(part: part) }
    } catch .damaged where !rows.isEmpty {
      // The rows that are there are told; where it breaks off is told when they are written.
    }
    (self.rows, self.areAll) = (rows, areAll)
    declaredLastRow = reading.declaredLastRow
    frozenRows = reading.frozenRows
  }
}
