import Casework
import Filters
import Listings
import Workspace

// Rows arrive while the dashboard is already in use; nothing on the screen moves because of it.

extension State {
  mutating func grow(to newDataset: Dataset, _ progress: Loading, _ found: ProblemList, _ rows: RowSet) -> [Effect] {
    let isSame = newDataset.continues(dataset)
    session.grow(to: newDataset, progress, problems: found, problemRows: rows)
    return rowsCame(isContinuation: isSame)
  }

  /// What follows when the open rows have become more, or the same rows were read otherwise.
  mutating func rowsCame(isContinuation isSame: Bool) -> [Effect] {
    keepProblemsPlace()
    marked = marked.resized(to: dataset.rowCount)
    let before = filter
    readAwaitedFilter()
    offerColumns()
    // A question that is being answered is worth waiting for: asking anew whenever rows arrive would never end.
    let waits = isEvaluating && filter == before && isSame
    return (waits ? [] : evaluate()) + (isSame && decidedWhilePlacing != nil ? [] : placeVerdicts())
      + flagRows() + tellListings() + carryEarlierVerdicts()
  }

  mutating func open(_ opened: [ListingKey: Filing], _ place: Place?, _ draft: PacketDraft?) -> [Effect] {
    decisions.open(opened)
    isCasebookOpen = true
    if let draft { packetDraft = draft }
    if let place {
      remembered = place
      noteDrafts = place.noteDrafts.merging(noteDrafts) { $1 }
      // Who has begun to filter or sort already wants to stay there.
      if filter == .everything, sort == .file, mode == .browsing {
        sort = place.sort
        if sort != .file { beginning = .awaited }
        awaited = place.listing
        awaitedFilter = place.filterText.isEmpty ? nil : place.filterText
        readAwaitedFilter()
      }
    }
    return evaluate() + placeVerdicts() + carryEarlierVerdicts()
  }

  /// The filter of last time may ask for a column that is only known once its file is being read.
  private mutating func readAwaitedFilter() {
    guard let text = awaitedFilter else { return }
    do {
      let read = try FilterSyntax.read(text, columns: columnNames, taxa: taxa)
      awaitedFilter = nil
      if filter == .everything { filter = read }
    } catch {
      guard loading.isComplete else { return }
      awaitedFilter = nil
      notice = Notice(.warned, "The filter of last time, \(text), cannot be used here: \(error.sentence)")
    }
  }

  /// Goes back to the listing where the analyst was, once its row is there.
  mutating func returnToAwaited() {
    guard let key = awaited, let found = dataset.rows(of: [key]).first else {
      if loading.isComplete { awaited = nil }
      return
    }
    guard let place = order.rows.firstIndex(of: UInt32(found.row)) else {
      if loading.isComplete { awaited = nil }
      return
    }
    setCursor(place)
    (awaited, beginning) = (nil, .passed)
  }
}
