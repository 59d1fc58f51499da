import Filters
import Listings
import Sentences
import Sightings
import Workspace

// The listings are compared with earlier scrapes once, off the loop, when all rows are there.

extension State {
  /// Asks what became of the listings, once all rows are there and the casebook is open.
  mutating func compareWithEarlier() -> [Effect] {
    guard casebook.isOpen, session.requestComparisonOnce() else { return [] }
    return [.compareWithEarlier(snapshot)]
  }

  /// Takes the answer. Panes and filters that ask about it are answered again.
  mutating func adopt(_ since: SinceLastTime, of rows: Dataset) -> [Effect] {
    guard session.accept(since, of: rows) else { return [] }
    shownReadings.detail = nil
    // Listings with several addresses are counted as one.
    let regrouped: [Effect] = since.overTime?.joined.isEmpty == false ? [.groupListings(snapshot)] : []
    let changes = regrouped + findChanges()
    // Which of its sightings stands for a listing follows from it.
    let asks =
      hasRepeats || filter.asksAboutEarlierScrapes || filter.asksAboutChanges
      || Pane.allCases.contains { dimension(of: $0)?.needs.contains(.earlierScrapes) == true }
    return changes + (asks ? evaluate() : [])
  }

  // MARK: Listings that changed after their verdicts

  /// Asks which decided listings changed since, once it is known which rows they are and which of them are the newest.
  mutating func findChanges() -> [Effect] {
    guard loading.isComplete, areVerdictsPlaced, snapshot.since != nil else { return [] }
    // What changed since somebody's verdict would say that there is one.
    if decisions.filed.isEmpty || collaboration.isBlind {
      return adopt(ChangesSinceVerdict(rowCount: dataset.rowCount), about: nil, of: dataset)
    }
    return [.findChanges(of: nil, in: snapshot)]
  }

  /// Asks it again of listings whose verdicts came, or came back, from elsewhere.
  func findChanges(of filed: FiledTransaction) -> [Effect] {
    guard snapshot.changes != nil, !filed.statuses.isEmpty, !collaboration.isBlind else { return [] }
    // What was decided here was decided on what the listing says now, unless it was decided on an older sighting.
    if filed.kind == .filed, snapshot.since?.overTime == nil { return [] }
    return [.findChanges(of: filed.statuses.keys.sorted(), in: snapshot)]
  }

  /// Takes the answer.
  mutating func adopt(_ changes: ChangesSinceVerdict, about keys: [ListingKey]?, of rows: Dataset) -> [Effect] {
    guard session.accept(changes, about: keys, of: rows) else { return [] }
    shownReadings.detail = nil
    recount()
    return filter.asksAboutChanges ? evaluate() : []
  }

  /// Files the verdict of the listing under the cursor once more, for what the listing says now.
  mutating func keepVerdict() -> [Effect] {
    guard let row = table.row else { return [] }
    if isLost(row) { return refuseLost() }
    let status = decisions.status(before: snapshot.key(of: row))
    guard let verdict = status.verdict else { return say(.warned, localized("The listing has no verdict to keep")) }
    return decideListing(verdict, status.reason)
  }

  /// Why there is no verdict to keep; nil where there is.
  var keepingBlocked: String? {
    guard let row = table.row else { return soFar(localized("No listing is shown")) }
    if verdicts.verdict(at: row) == nil { return localized("The listing has no verdict to keep") }
    return snapshot.changes?.rows.contains(row) == true
      ? nil : soFar(localized("The listing has not changed since its verdict"), until: unfinished([.changes]))
  }
}
