import Casework
import Listings

/// How the listings of a case file were chosen: what was open, and how all of it had been decided.
///
/// Law:    the listings of the four statuses add up to `listings`.
/// Units:  listings, each counted once however many rows show it.
package struct CaseSelection: Equatable, Sendable {
  /// How many files were open.
  package var files: Int
  /// How many listings they hold.
  package var listings: Int
  package var confirmed = 0
  package var unsure = 0
  /// By reason; those without one under nil.
  package var falsePositives: [Reason?: Int] = [:]
  /// Never decided.
  package var unreviewed: Int { listings - confirmed - unsure - falsePositives.values.reduce(0, +) }
  /// The filter that the listings had to match; nil for none, or where they were chosen one by one.
  package var filter: String?

  package init(files: Int, listings: Int) { (self.files, self.listings) = (files, listings) }

  /// What a dataset holds, and how its listings were decided.
  ///
  /// Cost:   O(rows), and a key for each decided row.
  package init(of dataset: Dataset, _ statuses: [ListingKey: ReviewStatus], filter: String? = nil) {
    self.init(files: dataset.sources.count, listings: dataset.listingCount(of: RowSet(allOf: dataset.rowCount)))
    self.filter = filter
    var seen: Set<UInt64> = []
    for (row, key) in dataset.rows(of: statuses.keys) where seen.insert(dataset.keyFingerprints[row]).inserted {
      guard let status = statuses[key] else { continue }
      switch status.verdict {
      case .confirmed: confirmed += 1
      case .unsure: unsure += 1
      case .falsePositive: falsePositives[status.reason, default: 0] += 1
      case nil: break
      }
    }
  }
}
