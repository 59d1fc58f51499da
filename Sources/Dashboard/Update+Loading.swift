import Casework
import Filters
import Listings

// Rows arrive while the dashboard is already in use; nothing on the screen moves because of it.

extension State {
  mutating func grow(to newDataset: Dataset, _ progress: Loading, _ lines: [String], _ count: Int) -> [Effect] {
    dataset = newDataset
    loading = progress
    problems = lines
    problemCount = count
    verdicts = verdicts.resized(to: newDataset.rowCount)
    marked = marked.resized(to: newDataset.rowCount)
    var effects = evaluate()
    if !filings.isEmpty {
      effects.append(.placeVerdicts(filings.mapValues(\.standing), in: DatasetLook(newDataset)))
    }
    return effects
  }

  mutating func open(_ opened: [ListingKey: Filing], _ place: Place?, _ draft: PacketDraft?) -> [Effect] {
    filings = opened
    if let draft { packetDraft = draft }
    if let place {
      remembered = place
      sort = place.sort
      awaited = place.listing
      if let filter = try? FilterSyntax.read(place.filterText) { self.filter = filter }
    }
    var effects = evaluate()
    if dataset.rowCount > 0 {
      effects.append(.placeVerdicts(filings.mapValues(\.standing), in: DatasetLook(dataset)))
    }
    return effects
  }

  mutating func place(_ placed: RowVerdicts, _ look: Dataset) -> [Effect] {
    // Rows that came since then wait for the placing that their own arrival asked for.
    guard look === dataset else { return [] }
    verdicts = placed
    recount()
    return filter.asksAboutDecisions || sort.subject == .verdict ? evaluate() : []
  }

  mutating func recount() {
    counts.confirmed = verdicts.confirmed.count
    counts.falsePositive = verdicts.falsePositive.count
    counts.unsure = verdicts.unsure.count
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
    awaited = nil
  }
}
