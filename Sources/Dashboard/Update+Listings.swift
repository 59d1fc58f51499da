import Listings

// An advert that stands in several rows is one listing: what is decided, marked and handed over is counted by listing.

extension State {
  /// Asks which rows are of one listing, once all rows are there.
  mutating func tellListings() -> [Effect] {
    guard loading.isComplete, dataset.rowCount > 0, listings == nil else { return [] }
    return [.tellListings(snapshot)]
  }

  mutating func take(_ newListings: ListingRows, _ of: Dataset) -> [Effect] {
    guard session.take(newListings, of: of) else { return [] }
    shownReadings.detail = nil
    recount()
    guard newListings.hasRepeats else { return [] }
    // How often terms were right is counted by listing too.
    let hasRecords = hasLexicons && !(verdicts.confirmed.isEmpty && verdicts.falsePositive.isEmpty)
    return (hasRecords ? evaluate() : []) + recountLexicons()
  }

  /// How many listings a set of rows is of.
  func listingCount(of rows: RowSet) -> Int {
    if let listings, listings.rowCount == rows.rowCount { return listings.count(of: rows) }
    return dataset.listingCount(of: rows)
  }

  /// Whether rows and listings are not the same number, as far as that is known.
  var hasRepeats: Bool { listings?.hasRepeats == true }

  /// What is counted on the screen where places in the table are: "rows", where rows are not listings.
  var unitOfRows: String { hasRepeats ? " rows" : "" }
}
