import Listings
import Sentences
import TextCells

/// Sightings of one listing as one line of the table, which opens.
///
/// Shape:  a listing is a line by its newest sighting among those that the filter finds; `FilterAnswer.newest` has these rows.
///         A line that is open has the others below it, the newest first.
package struct FoldedSightings: Sendable {
  /// Whether every row is a line.
  var showsEveryRow = false
  /// The first row of each listing whose sightings are shown.
  var opened: Set<Int> = []
  /// What the filter shows in order, before anything is opened.
  var unfolded = RowOrder(rows: [])
}

extension State {
  /// Whether every row is a line of its own, rather than each listing.
  var showsEveryRow: Bool { sightings.showsEveryRow }

  /// The rows of a listing that the filter finds, the newest first; of a listing it does not find, none.
  func shownRows(ofListingAt row: Int) -> [Int] {
    guard let answer, let listings, listings.rowCount == answer.rows.rowCount, !showsEveryRow else { return [row] }
    let rows = listings.rows(ofListingAt: row).filter { answer.rows.contains($0) }
    guard let newest = rows.first(where: { answer.newest.contains($0) }) else { return [] }
    return [newest] + rows.reversed().filter { $0 != newest }
  }

  /// The row that stands for a listing; the row itself where the filter does not show the listing.
  func newestRow(ofListingAt row: Int) -> Int {
    guard answer?.newest.contains(row) == false else { return row }
    return shownRows(ofListingAt: row).first ?? row
  }

  /// Whether a line shows a listing as it was before the sighting that stands for it.
  func isEarlierSighting(_ row: Int) -> Bool {
    guard let answer, !showsEveryRow else { return false }
    return answer.rows.contains(row) && !answer.newest.contains(row)
  }

  private func isOpen(_ row: Int) -> Bool {
    guard !sightings.opened.isEmpty, let first = listings?.rows(ofListingAt: row).first else { return false }
    return sightings.opened.contains(first)
  }

  /// Lines with the earlier sightings of the open listings below them.
  ///
  /// Cost:   O(lines) with a bit test each, or nothing where no listing is open.
  func openingSightings(in lines: RowOrder) -> RowOrder {
    guard !sightings.opened.isEmpty else { return lines }
    let heads = sightings.opened.map { newestRow(ofListingAt: $0) }
    let open = RowSet(heads.filter { $0 < dataset.rowCount }, of: dataset.rowCount)
    var rows: [UInt32] = []
    for row in lines.rows {
      rows.append(row)
      guard open.contains(Int(row)) else { continue }
      rows += shownRows(ofListingAt: Int(row)).dropFirst().map { UInt32($0) }
    }
    return RowOrder(rows: rows)
  }

  /// Opens a listing's sightings in place, or closes them and goes back to the line that stands for them.
  mutating func toggleSightings(of row: Int) {
    guard let first = listings?.rows(ofListingAt: row).first else { return }
    let detailTop = detail.top
    if sightings.opened.remove(first) == nil { sightings.opened.insert(first) }
    showOpened()
    setCursor(line(of: row) ?? table.cursor)
    if table.row == row { detail.top = detailTop }
  }

  /// What the title of an open listing begins with: `▾3 `, and a branch before each earlier sighting; nil for other lines.
  func sightingsLead(of row: Int) -> SafeText? {
    guard isOpen(row) else { return nil }
    let rows = shownRows(ofListingAt: row)
    guard let place = rows.firstIndex(of: row), rows.count > 1 else { return nil }
    return place == 0 ? SafeText("▾\(rows.count) ") : place == rows.count - 1 ? "└ " : "├ "
  }

  /// Makes a line of every row, or of each listing.
  mutating func toggleEveryRow() -> [Effect] {
    sightings.showsEveryRow.toggle()
    sightings.opened = []
    return evaluate()
      + say(
        .info,
        showsEveryRow
          ? localized("Every row is a line and is counted")
          : localized("Each listing is one line, by its newest sighting"))
  }

  /// Why there are no rows beside those of listings.
  var everyRowBlocked: String? {
    if hasRepeats { return nil }
    return soFar(localized("No listing has several rows"), until: listings == nil ? awaitedAnswer : nil)
  }
}
