import Filters
import Listings
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
    let asks =
      filter.asksAboutEarlierScrapes
      || Pane.allCases.contains { dimension(of: $0)?.needs.contains(.earlierScrapes) == true }
    return asks ? evaluate() : []
  }
}
