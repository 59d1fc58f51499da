import Listings
import Workspace

// Files change while they are open: scrapers write on, put new files in the place of old ones, cut them. Nothing of it
// moves the screen; R reads them again, in the background, and goes on where the analyst is.

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

  mutating func reread() -> [Effect] {
    session.beginRereading()
    return say(.told, "Reading the files anew; go on working meanwhile") + [.reread(from: snapshot)]
  }

  mutating func refuseRereading(_ why: String) -> [Effect] {
    session.refuseRereading()
    return say(.failed, "\(why) The listings read before stay as they are.")
  }

  mutating func take(_ files: RereadFiles, from old: Dataset) -> [Effect] {
    session.finishRereading(files, from: old) ? showReread() : []
  }

  /// Puts what was read again in the place of what is shown, as soon as nobody types or is asked about certain rows.
  mutating func showReread() -> [Effect] {
    guard mode.isBrowsing || mode.isReadingProblems || mode.isReadingLexicons,
      let carried = session.adoptReread()?.carried
    else { return [] }
    carryPlace(carried)
    changedFiles = []
    marked = carried.carried(marked)
    answer = nil
    beforeTyping = nil
    rangeAnchor = rangeAnchor.flatMap { anchor in
      let row = carried.newRow(of: anchor.row)
      return row.flatMap { row in
        order.rows.firstIndex(of: UInt32(row)).map { RangeAnchor(place: $0, row: row) }
      }
    }
    keepProblemsPlace()
    recount()
    let gone = carried.goneCount > 0 ? ", \(grouped(carried.goneCount)) gone" : ""
    return say(.told, "Read anew: \(counted(carried.newCount, "new row"))\(gone)") + evaluate() + placeVerdicts()
      + flagRows() + tellListings() + carryEarlierVerdicts() + giveUpTrial()
  }

  /// The order and the cursor over the same listings as before.
  private mutating func carryPlace(_ carried: CarriedRows) {
    let row = table.row.flatMap { carried.newRow(of: $0) }
    let shownAt = table.cursor - table.top
    let detail = detailTop
    order = carried.carried(order)
    awaitedRow = awaitedRow.flatMap { carried.newRow(of: $0) }
    cameFrom = cameFrom.flatMap { carried.newRow(of: $0) }
    let place = row.flatMap { order.rows.firstIndex(of: UInt32($0)) } ?? min(table.cursor, max(0, order.count - 1))
    table.top = max(0, place - shownAt)
    setCursor(place)
    if row != nil, table.row == row { detailTop = detail }
  }
}
