import Filters
import Listings
import Sentences
import TextCells

/// Copies of one advert as one line of the table, which opens.
///
/// Shape:  the table's `order` has the lines, and below the open ones their copies.
package struct CopyFolding: Sendable {
  /// What is folded; nil: every row is a line.
  package var folded: FoldedCopies?
  /// The groups whose copies are shown below the line that stands for them.
  var opened: Set<Int> = []
  /// Whether to fold, where the analyst has said so.
  var choice: Bool?
  /// Whether copies were decided together in this session, after a question.
  var hasDecided = false

  /// The folded group that a row of the table stands for; nil for a line of its own, and below or above open copies.
  func closedGroup(of row: Int) -> Int? {
    guard let folded, let group = folded.group(of: row), !opened.contains(group), folded.head(of: group) == row else {
      return nil
    }
    return group
  }

  /// All rows that a line stands for, its own among them; empty for a line of its own.
  func rows(behind row: Int) -> ArraySlice<UInt32> {
    guard let folded, let group = closedGroup(of: row) else { return [] }
    return folded.rows(of: group)
  }
}

/// A line of the table, as far as a key can mean something else on it.
struct TableLine: Equatable {
  let row: Int
  /// How many listings it stands for.
  let listings: Int
}

extension State {
  /// Whether copies of one advert are to be one line: in the queue, or where the analyst wants it so.
  var foldsCopies: Bool {
    folding.choice ?? ((preferences.foldsCopies || isQueueShown) && isSmallEnoughForCopies)
  }

  /// Lets the queue fold and everything else not, as at the beginning.
  mutating func unfoldByDefault() {
    folding.choice = nil
    folding.opened = []
  }

  /// Shows the rows of an answer, folded where they are.
  mutating func show(_ rows: RowOrder, _ folded: FoldedCopies?) {
    folding.folded = folded
    sightings.unfolded = rows
    order = openedOrder
  }

  /// The lines of the table, with what is open below them.
  private var openedOrder: RowOrder {
    let lines = folding.folded?.order(opening: folding.opened) ?? sightings.unfolded
    return openingSightings(in: lines)
  }

  /// What the filter shows in order, with nothing folded but sightings, and nothing open.
  var unfoldedOrder: RowOrder { sightings.unfolded }

  /// How many listings the filter shows, be they lines or behind one; rows, where these are shown.
  var shownCount: Int { sightings.unfolded.count }

  /// What is counted on the screen where places in the table are.
  enum PlaceUnit { case listings, rows, lines }

  var unitOfPlaces: PlaceUnit {
    if folding.folded != nil || !sightings.opened.isEmpty { return .lines }
    return unitOfRows.isEmpty ? .listings : .rows
  }

  /// Where the cursor is: `Listing 14 of 1,204`, `Listing 14 of 2,310 rows`.
  var placeWords: String {
    let (place, count) = (grouped(table.cursor + 1), grouped(order.count))
    switch unitOfPlaces {
    case .listings: return localized("Listing \(place) of \(count)")
    case .rows: return localized("Row \(place) of \(count)")
    case .lines: return localized("Line \(place) of \(count)")
    }
  }

  var lineUnderCursor: TableLine? {
    table.row.map { row in
      let group = folding.closedGroup(of: row)
      return TableLine(row: row, listings: group.flatMap { folding.folded?.listingCount(of: $0) } ?? 1)
    }
  }

  /// The rows that the line under the cursor stands for; nil for a line of its own.
  var rowsBehindCursor: ArraySlice<UInt32>? {
    guard let row = table.row else { return nil }
    let rows = folding.rows(behind: row)
    return rows.isEmpty ? nil : rows
  }

  /// Where a row is in the table, or the line that stands for it; nil where the filter does not show it.
  func line(of row: Int) -> Int? {
    if let place = order.position(of: row) { return place }
    let row = newestRow(ofListingAt: row)
    if let place = order.position(of: row) { return place }
    guard let folded = folding.folded, let group = folded.group(of: row),
      folded.rows(of: group).contains(UInt32(row))
    else { return nil }
    return order.position(of: folded.head(of: group))
  }

  /// Where a row is in the table, after opening the line that stands for it; nil where the filter does not show it.
  mutating func lineOpening(_ row: Int) -> Int? {
    let row = order.position(of: row) == nil ? newestRow(ofListingAt: row) : row
    if let place = order.position(of: row) { return place }
    guard line(of: row) != nil, let folded = folding.folded, let group = folded.group(of: row) else { return nil }
    setOpen(group, true, of: folded)
    return order.position(of: row)
  }

  /// Rows, and those that stand for them.
  func linesStanding(for rows: [Int]) -> [Int] {
    let rows = rows + rows.map { newestRow(ofListingAt: $0) }
    guard let folded = folding.folded else { return rows }
    return rows + rows.compactMap { row in folded.group(of: row).map { folded.head(of: $0) } }
  }

  private mutating func setOpen(_ group: Int, _ isOpen: Bool, of folded: FoldedCopies) {
    if isOpen { folding.opened.insert(group) } else { folding.opened.remove(group) }
    showOpened()
  }

  /// Makes the lines anew after something was opened or closed.
  mutating func showOpened() {
    order = openedOrder
    reanchorRange()
  }

  // MARK: Keys

  /// Opens the line under the cursor in place, or closes the copies or sightings that it is one of.
  mutating func toggleLine() -> [Effect] {
    guard let row = table.row else { return [] }
    guard !isEarlierSighting(row), let folded = folding.folded, let group = folded.group(of: row) else {
      toggleSightings(of: row)
      return []
    }
    let isOpen = folding.opened.contains(group)
    setOpen(group, !isOpen, of: folded)
    let detailTop = detail.top
    setCursor(line(of: row) ?? table.cursor)
    if table.row == row { detail.top = detailTop }
    return []
  }

  /// Why there is nothing to open or close; nil where there is.
  var openingBlocked: String? {
    guard let row = table.row else { return soFar(localized("No listing is shown")) }
    if shownRows(ofListingAt: row).count > 1 { return nil }
    guard let folded = folding.folded else {
      if foldsCopies { return snapshot.duplicates == nil ? copiesAwaited : localized("Copies are being folded") }
      return localized("The line stands for one row; \(key("fold-copies")) makes one line of the copies of an advert")
    }
    return folded.group(of: row) == nil
      ? localized("It was seen once, and no other listing shown is the same advert") : nil
  }

  /// Makes one line of copies, or a line of every listing.
  mutating func toggleFolding() -> [Effect] {
    folding.choice = !foldsCopies
    folding.opened = []
    let (open, fold) = (key("open-line"), key("fold-copies"))
    if !foldsCopies {
      return evaluate() + say(.info, localized("Every listing has a line; \(fold) folds copies of one advert"))
    }
    let words = localized("Copies of one advert are one line; \(open) opens it, \(fold) shows every listing")
    return evaluate() + say(.info, soFar(words, until: unfinished([.duplicates])))
  }

  // MARK: On the screen

  /// What the title of a line begins with: `×12 ` where it stands for copies, `▾12 ` above them, and a branch before each.
  func copiesLead(of row: Int) -> SafeText {
    if let lead = sightingsLead(of: row) { return lead }
    guard let folded = folding.folded, let group = folded.group(of: row) else { return "" }
    let isOpen = folding.opened.contains(group)
    if folded.head(of: group) == row { return SafeText("\(isOpen ? "▾" : "×")\(folded.listingCount(of: group)) ") }
    guard isOpen else { return "" }
    return folded.rows(of: group).last == UInt32(row) ? "└ " : "├ "
  }
}
