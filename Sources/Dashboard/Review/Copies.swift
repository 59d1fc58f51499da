import Filters
import Listings
import NearDuplicates
import Sentences

// Listings that are one advert. They are found off the loop, and never decided together without being named.

extension State {
  /// The largest dataset that is searched for copies without being asked.
  private static let rowsSearchedUnasked = 200_000

  /// Whether copies are looked for without being asked.
  var isSmallEnoughForCopies: Bool { dataset.rowCount <= Self.rowsSearchedUnasked }

  /// Asks which listings are one advert: at once for small datasets, otherwise once a filter asks for duplicates.
  mutating func findDuplicates() -> [Effect] {
    guard isSmallEnoughForCopies || filter.asksAboutDuplicates || sort.subject == .copies || foldsCopies,
      session.requestDuplicatesOnce()
    else { return [] }
    return [.findDuplicates(snapshot)]
  }

  mutating func adopt(_ duplicates: DuplicateGroups, of rows: Dataset) -> [Effect] {
    guard session.accept(duplicates, of: rows) else { return [] }
    shownReadings.detail = nil
    folding.opened = []
    sightings.opened = []
    return filter.asksAboutDuplicates || sort.subject == .copies || foldsCopies ? evaluate() : []
  }

  /// Why the copies of the listing under the cursor cannot be marked; nil where they can.
  var copiesBlocked: String? {
    guard let row = table.row else { return localized("No listing is shown") }
    guard let duplicates = snapshot.duplicates else {
      return copiesAwaited
    }
    return duplicates.group(of: row) == nil ? localized("No other listing is the same advert") : nil
  }

  /// Why no copies are known yet.
  var copiesAwaited: String {
    isSmallEnoughForCopies || foldsCopies || filter.asksAboutDuplicates
      ? localized("Copies are still being looked for")
      : localized("Press \(key("fold-copies")) to search this many listings for copies")
  }

  /// Marks the listings shown that are one advert with that under the cursor, or takes their marks off.
  mutating func markCopies() -> [Effect] {
    guard let row = table.row, let duplicates = snapshot.duplicates, let group = duplicates.group(of: row) else {
      return []
    }
    // Listings hidden by the filter stay unmarked: the analyst has not seen them.
    let all = RowSet(
      duplicates.listings(of: group).flatMap { duplicates.sightings(of: Int($0)).map(Int.init) }, of: marked.rowCount)
    let found = answer.map { all.intersection($0.rows.resized(to: all.rowCount)) } ?? all
    let shown = RowSet(found.rows.flatMap { rowsMarked(with: $0) }, of: marked.rowCount)
    if marked.intersection(shown) == shown { marked.subtract(shown) } else { marked.formUnion(shown) }
    let hidden = listingCount(of: all) - listingCount(of: shown)
    let leftOut = localized(
      hidden, one: "\(grouped: hidden) copy not shown by the filter left out",
      other: "\(grouped: hidden) copies not shown by the filter left out")
    return tellMarks(besides: hidden == 0 ? "" : "; " + leftOut)
  }
}
