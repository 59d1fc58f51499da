import Casework
import Filters
import Listings
import Workspace

// Answers of the casebook: only these make a decision stand.

extension State {
  mutating func settle(_ act: FiledAct) -> [Effect] {
    decisions.settle(act)
    decidedWhilePlacing?.formUnion(act.statuses.keys)
    let placed = dataset.rows(of: act.statuses.keys)
    session.set(placed.map { ($0.row, act.statuses[$0.key]?.status ?? .none) })
    recount()
    if !act.sentence.isEmpty { notice = Notice(.told, act.sentence) }
    if act.kind == .undone || act.kind == .redone { goBack(to: act.keys, placed) }
    let asksAgain = asksAboutDecisions
    return (asksAgain ? evaluate() : []) + recountLexicons() + leaveIfSettled()
  }

  /// Undoing shows what was undone: the cursor goes to the listing, or waits for the filter to show it again.
  private mutating func goBack(to keys: [ListingKey], _ placed: [(row: Int, key: ListingKey)]) {
    let touched = RowSet(placed.map(\.row), of: dataset.rowCount)
    if let place = order.rows.firstIndex(where: { touched.contains(Int($0)) }) {
      awaited = nil
      if table.cursor != place { cameFrom = table.row }
      setCursor(place)
    } else if filter.asksAboutDecisions {
      awaited = keys.first
    } else if !placed.isEmpty {
      notice = Notice(.told, [notice?.text, "the filter does not show it"].compactMap { $0 }.joined(separator: " · "))
    }
  }

  mutating func refuse(_ keys: [ListingKey], _ why: String, keptIn file: String?) -> [Effect] {
    decisions.refuse(keys, why)
    unsavedFile = file
    notice = Notice(.failed, why)
    return leaveIfSettled()
  }

  /// What was left in this dataset the last time goes over to the keys that its listings have now: notes that were begun, and
  /// the listing under the cursor, unless the analyst is elsewhere by now.
  mutating func rename(_ renamed: [ListingKey: ListingKey]) -> [Effect] {
    for (old, new) in renamed {
      guard let draft = noteDrafts.removeValue(forKey: old), noteDrafts[new] == nil else { continue }
      noteDrafts[new] = draft
    }
    if mode == .browsing, table.cursor == 0, let new = remembered?.listing.flatMap({ renamed[$0] }) {
      awaited = new
      returnToAwaited()
    }
    return []
  }

  /// Once all rows are there and the casebook is read, it is asked for verdicts under keys of an earlier form.
  mutating func carryEarlierVerdicts() -> [Effect] {
    guard isCasebookOpen, session.asksForEarlierVerdicts() else { return [] }
    let left = [remembered?.listing].compactMap { $0 } + (remembered.map { Array($0.noteDrafts.keys) } ?? [])
    return [.carryEarlierVerdicts(snapshot, remembered: left)]
  }

  /// Undo waits for what is being saved, because the casebook takes requests in order.
  mutating func undo() -> [Effect] { [.undo] }
  mutating func redo() -> [Effect] { [.redo] }

  // MARK: Where the verdicts stand among the rows

  mutating func placeVerdicts() -> [Effect] {
    guard dataset.rowCount > 0, !decisions.filed.isEmpty else { return [] }
    decidedWhilePlacing = []
    return [.placeVerdicts(decisions.statuses, in: snapshot)]
  }

  mutating func place(_ placed: RowVerdicts, _ look: Dataset) -> [Effect] {
    guard dataset.continues(look) else { return placeVerdicts() }
    session.setVerdicts(placed.resized(to: dataset.rowCount))
    // What was decided while the rows were looked up is newer than what was found.
    let newer = dataset.rows(of: decidedWhilePlacing ?? [])
    session.set(newer.map { ($0.row, decisions.filed[$0.key]?.status ?? .none) })
    decidedWhilePlacing = nil
    recount()
    let asksAgain = asksAboutDecisions
    // Rows that came meanwhile are looked up in their turn.
    let again = (asksAgain ? evaluate() : []) + recountLexicons()
    return again + (look.rowCount < dataset.rowCount ? placeVerdicts() : [])
  }

  mutating func recount() {
    // All rows of a listing have its verdict: the first ones stand for the others.
    func count(_ rows: RowSet) -> Int {
      guard let listings, listings.rowCount == rows.rowCount else { return dataset.listingCount(of: rows) }
      return rows.intersection(listings.first).count
    }
    counts.confirmed = count(verdicts.confirmed)
    counts.falsePositive = count(verdicts.falsePositive)
    counts.unsure = count(verdicts.unsure)
    counts.marked = listingCount(of: marked)
  }
}
