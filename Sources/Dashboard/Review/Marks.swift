import Casework
import Filters
import Listings
import Sentences
import TerminalIO

/// The marked listings that got one verdict, until others do.
struct DecidedMarks: Sendable {
  let keys: Set<ListingKey>
  /// As they were marked.
  let marks: RowSet
}

// Marks choose listings for one verdict, which asks first and names how many listings it touches.

extension State {
  mutating func toggleMark() -> [Effect] {
    guard let row = table.row else { return [] }
    returning.listing = nil
    if rangeAnchor != nil { return markRange() }
    if let rows = rowsBehindCursor {
      toggleMarks(of: rows.flatMap { rowsMarked(with: Int($0)) })
      setCursor(table.cursor + 1)
      return tellMarks()
    }
    let isMarked = marked.contains(row)
    for row in rowsMarked(with: row) { if isMarked { marked.remove(row) } else { marked.insert(row) } }
    setCursor(table.cursor + 1)
    return marksChanged()
  }

  /// All rows of a listing: a mark is on the listing, whichever of its sightings a filter shows.
  func rowsMarked(with row: Int) -> [Int] { listings?.rows(ofListingAt: row) ?? [row] }

  /// A set of rows with the other rows of their listings.
  private func withAllSightings(_ rows: RowSet) -> RowSet {
    guard let listings, listings.hasRepeats, listings.rowCount == rows.rowCount else { return rows }
    var all = rows
    listings.forEachRepeated(among: RowSet(allOf: rows.rowCount)) { these in
      guard these.contains(where: { rows.contains($0) }) else { return }
      for row in these { all.insert(row) }
    }
    return all
  }

  mutating func startRange() -> [Effect] {
    guard let row = table.row else { return [] }
    if rangeAnchor != nil { return markRange() }
    returning.listing = nil
    rangeAnchor = RangeAnchor(position: table.cursor, row: row)
    return []
  }

  /// What the bottom line says of the range that was begun; nil where there is none.
  var rangeWords: String? {
    guard let anchor = rangeAnchor, order.count > 0 else { return nil }
    let lines = counted(rangePositions(from: anchor).count, "line")
    return localized(
      "Range of \(lines): move to its other end; \(key("mark")) or \(key("range")) marks it, Esc cancels")
  }

  /// Marks from where the range was begun to the cursor.
  mutating func markRange() -> [Effect] {
    guard let anchor = rangeAnchor, order.count > 0 else { return [] }
    for place in rangePositions(from: anchor) {
      mark(lineOf: order[place])
    }
    rangeAnchor = nil
    return tellMarks()
  }

  /// Marks a line and all that it stands for.
  mutating func mark(lineOf row: Int) {
    for row in [row] + folding.rows(behind: row).map({ Int($0) }) {
      for row in rowsMarked(with: row) { marked.insert(row) }
    }
  }

  /// The places between a range's two ends.
  func rangePositions(from anchor: RangeAnchor) -> ClosedRange<Int> {
    let last = max(0, order.count - 1)
    let ends = [min(max(0, anchor.position), last), min(table.cursor, last)]
    return min(ends[0], ends[1])...max(ends[0], ends[1])
  }

  mutating func markAllShown() -> [Effect] {
    guard let shown = answer?.rows.resized(to: marked.rowCount) else { return [] }
    let rows = withAllSightings(shown)
    // Pressed again, it takes the marks off what is shown.
    if marked.intersection(rows) == rows { marked.subtract(rows) } else { marked.formUnion(rows) }
    return tellMarks(until: awaitedAnswer)
  }

  mutating func unmarkAll() -> [Effect] {
    marked = RowSet(noneOf: dataset.rowCount)
    return tellMarks()
  }

  /// - Parameter awaited: what the listings wait for that were marked without being seen.
  /// - Parameter more: what else is to be said of them.
  mutating func tellMarks(until awaited: Unfinished? = nil, besides more: String = "") -> [Effect] {
    let effects = marksChanged()
    let count = counts.marked
    let sentence =
      count == 0 ? localized("No listing is marked") : counted(count, "marked", "marked") + hiddenWords(marked) + more
    notice = Notice(.info, soFar(sentence, until: awaited))
    return effects
  }

  mutating func marksChanged() -> [Effect] {
    counts.marked = listingCount(of: marked)
    decidesLineDespiteMarks = false
    return filter.asksAboutDecisions ? evaluate() : []
  }

  /// ", 3 of them not shown by the filter"; empty where each listing is shown by one of its rows.
  func hiddenWords(_ rows: RowSet) -> String {
    guard let shown = answer?.rows.resized(to: rows.rowCount) else { return "" }
    let hidden = listingCount(of: rows) - listingCount(of: rows.intersection(shown))
    guard hidden > 0 else { return "" }
    return ", "
      + (awaitedAnswer == nil
        ? counted(hidden, "of them not shown by the filter", "of them not shown by the filter")
        : counted(hidden, "of them not shown by the filter yet", "of them not shown by the filter yet"))
  }

  mutating func startBulk() -> [Effect] {
    let effects = rangeAnchor == nil ? [] : markRange()
    let count = listingCount(of: marked)
    let text = ([markedWords(replacing: true)] + notKnownYet).joined(separator: " ")
    var question = QuestionSheet(subject: .verdict(marked.rows), text: text)
    if count > preferences.bulkNumberAbove { question.asksForNumber = count }
    mode = .question(question)
    return effects
  }

  /// How many listings are marked, how many of them the filter hides, and how many are decided already: more may be shown by
  /// now than when they were marked.
  ///
  /// - Parameter replacing: whether a new verdict is to take the place of theirs.
  func markedWords(replacing: Bool) -> String {
    let words = counted(listingCount(of: marked), "marked listing") + hiddenWords(marked)
    let decided = listingCount(of: marked.intersection(verdicts.reviewed.resized(to: marked.rowCount)))
    guard decided > 0, replacing else { return words + "." }
    return words + "; "
      + localized(
        decided, one: "\(grouped: decided) already decided: the new verdict replaces the old",
        other: "\(grouped: decided) already decided: the new verdict replaces the old") + "."
  }

  /// Of more verdicts a notice says that they are being saved.
  private static let verdictsSavedAtOnce = 100

  mutating func decideMarked(_ verdict: Verdict?, _ rows: [Int], _ reason: Reason? = nil) -> [Effect] {
    let effects = file(.verdict(verdict, reason), for: rows)
    for case .file(let request) in effects {
      if let verdict, let row = request.rows.first {
        noteDecision(verdict, reason, on: row, count: request.keys.count)
      }
      bulk = DecidedMarks(keys: Set(request.keys), marks: marked)
      if request.keys.count > Self.verdictsSavedAtOnce {
        notice = Notice(.info, localized("\(counted(request.keys.count, "verdict")) being saved …"))
      }
    }
    marked = RowSet(noneOf: dataset.rowCount)
    return effects + marksChanged()
  }

  /// Undoing a verdict on marked listings marks them again, so that the right one can be given; redoing takes the marks away.
  mutating func remark(after filed: FiledTransaction) -> [Effect] {
    guard let bulk, filed.kind == .undone || filed.kind == .redone, bulk.keys == Set(filed.keys) else { return [] }
    let marks = bulk.marks.resized(to: dataset.rowCount)
    if filed.kind == .undone {
      guard marked.isEmpty else { return [] }
      marked = marks
    } else if marked == marks {
      marked = RowSet(noneOf: dataset.rowCount)
    } else {
      return []
    }
    counts.marked = listingCount(of: marked)
    if !marked.isEmpty {
      notice = Notice(.info, [notice?.text, localized("marked again")].compactMap { $0 }.joined(separator: " · "))
    }
    return []
  }
}
