import Listings

// Files change while they are open: scrapers write on, put new files in the place of old ones, cut them. Nothing of it
// moves the screen; R reads them anew, in the background, and goes on where the analyst is.

/// The opened files read anew.
package struct Reopened: Equatable, Sendable {
  package let look: DatasetLook
  package let problems: ProblemList
  package let problemRows: RowSet
  /// Where the rows of the reading before stand in it.
  package let carried: CarriedRows

  package init(look: DatasetLook, problems: ProblemList, problemRows: RowSet, carried: CarriedRows) {
    self.look = look
    self.problems = problems
    self.problemRows = problemRows
    self.carried = carried
  }
}

extension State {
  mutating func see(_ changed: [ChangedFile]) -> [Effect] {
    let before = Dictionary(changedFiles.map { ($0.path, $0.change) }) { first, _ in first }
    changedFiles = changed
    keepProblemsPlace()
    let news = changed.filter { $0.change.isNews(after: before[$0.path]) }
    guard let worst = news.first(where: \.change.isHarmful) ?? news.first else { return [] }
    let others = news.count > 1 ? " · and \(counted(news.count - 1, "other file")) changed" : ""
    return say(worst.change.isHarmful ? .failed : .told, worst.sentence + others)
  }

  // MARK: Reading anew

  mutating func reopen() -> [Effect] {
    isReopening = true
    return say(.told, "Reading the files anew; go on working meanwhile") + [.reopen(from: DatasetLook(dataset))]
  }

  mutating func refuseReopening(_ why: String) -> [Effect] {
    isReopening = false
    return say(.failed, "\(why) The listings read before stay as they are.")
  }

  mutating func take(_ newReading: Reopened, from old: DatasetLook) -> [Effect] {
    isReopening = false
    // Of a reading before the one on the screen; nobody waits for it.
    guard old.dataset === dataset else { return [] }
    reopened = newReading
    return showReopened()
  }

  /// Puts what was read anew in the place of what is shown, as soon as nobody types or is asked about certain rows.
  mutating func showReopened() -> [Effect] {
    guard let new = reopened, mode.isBrowsing || mode.isReadingProblems || mode.isReadingLexicons else { return [] }
    reopened = nil
    let carried = new.carried
    carryPlace(carried)
    dataset = new.look.dataset
    listings = nil
    problems = new.problems
    problemRows = new.problemRows
    changedFiles = []
    marked = carried.carried(marked)
    verdicts = verdicts.carried(carried)
    answer = nil
    beforeTyping = nil
    rangeAnchor = rangeAnchor.flatMap { anchor in
      let row = carried.place(of: anchor.row)
      return row.flatMap { row in
        order.rows.firstIndex(of: UInt32(row)).map { RangeAnchor(place: $0, row: row) }
      }
    }
    keepProblemsPlace()
    recount()
    let gone = carried.goneCount > 0 ? ", \(grouped(carried.goneCount)) gone" : ""
    return say(.told, "Read anew: \(counted(carried.newCount, "new row"))\(gone)") + evaluate() + placeVerdicts()
      + [.flag(DatasetLook(dataset))] + tellListings()
  }

  /// The order and the cursor over the same listings as before.
  private mutating func carryPlace(_ carried: CarriedRows) {
    let row = table.row.flatMap { carried.place(of: $0) }
    let shownAt = table.cursor - table.top
    let detail = detailTop
    order = carried.carried(order)
    awaitedRow = awaitedRow.flatMap { carried.place(of: $0) }
    cameFrom = cameFrom.flatMap { carried.place(of: $0) }
    let place = row.flatMap { order.rows.firstIndex(of: UInt32($0)) } ?? min(table.cursor, max(0, order.count - 1))
    table.top = max(0, place - shownAt)
    setCursor(place)
    if row != nil, table.row == row { detailTop = detail }
  }
}

extension RowVerdicts {
  /// The verdicts of the same rows in a later reading.
  func carried(_ rows: CarriedRows) -> RowVerdicts {
    var carried = self
    carried.confirmed = rows.carried(confirmed)
    carried.falsePositive = rows.carried(falsePositive)
    carried.unsure = rows.carried(unsure)
    carried.noted = rows.carried(noted)
    return carried
  }
}
