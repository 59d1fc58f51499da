import Casework
import Filters
import Listings
import TextCells

/// Everything the dashboard knows. `update` is the only place where it changes, `draw` only reads it.
///
/// Cheap to copy: the dataset is shared, row sets and orders are copied on write.
package struct State: Sendable {
  package var size: Size
  package var isRunning = true

  // What is looked at.
  package var dataset: Dataset
  package var loading: Loading
  package var problems: [String] = []
  package var problemCount = 0

  // Which listings, in which order.
  package var filter = Filter.everything
  package var answer: FilterAnswer?
  package var order = RowOrder(rows: [])
  package var sort = SortOrder.file
  package var generation = 0
  package var isEvaluating = false

  // Where the analyst is.
  package var focus = Pane.listings
  package var isZoomed = false
  package var table = TablePlace()
  package var facetPlaces: [Field: FacetPlace] = [:]
  package var pricePlace = PricePlace()
  package var detailTop = 0
  package var mode = Mode.browsing
  package var notice: Notice?

  // What was decided.
  package var verdicts: RowVerdicts
  package var filings: [ListingKey: Filing] = [:]
  /// Listings whose decision is on its way to the disk.
  package var saving: Set<ListingKey> = []
  /// Whether the casebook refused a decision; the marks of such listings say so.
  package var isRefusing = false
  package var counts = RowCounts()
  package var marked: RowSet
  /// The other end of a range that is being marked.
  package var rangeAnchor: Int?
  /// The listing to return to once it is loaded.
  package var awaited: ListingKey?
  package var remembered: Place?
  package var packetDraft = PacketDraft()

  // Who and where.
  package let analyst: String
  package let casebookName: String
  package let title: String

  package init(size: Size, title: String, analyst: String, casebookName: String) {
    self.size = size
    self.title = title
    self.analyst = analyst
    self.casebookName = casebookName
    dataset = .empty
    loading = Loading()
    verdicts = RowVerdicts(rowCount: 0)
    marked = RowSet(noneOf: 0)
  }
}

/// How far reading the files has come.
package struct Loading: Equatable, Sendable {
  package var bytesRead: Int
  package var bytesTotal: Int
  package var isComplete: Bool

  package init(bytesRead: Int = 0, bytesTotal: Int = 0, isComplete: Bool = false) {
    self.bytesRead = bytesRead
    self.bytesTotal = bytesTotal
    self.isComplete = isComplete
  }
}

/// The parts of the screen that can have the keyboard.
package enum Pane: Int, CaseIterable, Sendable {
  case platform = 1
  case species, price, seller, listings, detail

  /// The field that a facet pane is about.
  package var facetField: Field? {
    switch self {
    case .platform: .platform
    case .species: .species
    case .seller: .sellerAlias
    case .price, .listings, .detail: nil
    }
  }

  package var isFacet: Bool { self == .price || facetField != nil }
}

/// The place in the listings table.
package struct TablePlace: Equatable, Sendable {
  /// Place of the cursor in the order.
  package var cursor = 0
  /// The row under the cursor: the anchor that survives a new filter or order.
  package var row: Int?
  /// First place shown.
  package var top = 0
  package init() {}
}

/// The place in a facet pane, and what is looked for in it.
package struct FacetPlace: Equatable, Sendable {
  package var cursor = 0
  package var top = 0
  package var find = ""
  package init() {}
}

/// The place in the price pane: a bucket, or one of the two lines below the histogram.
package struct PricePlace: Equatable, Sendable {
  package enum Line: Int, Sendable { case histogram, missing, unread }
  package var line = Line.histogram
  package var bucket = 18
  /// Where a range that is being moved began.
  package var anchor: Int?
  package init() {}
}

/// What was decided, as a bit per row.
package struct RowVerdicts: Equatable, Sendable {
  package var confirmed: RowSet
  package var falsePositive: RowSet
  package var unsure: RowSet
  package var noted: RowSet

  package init(rowCount: Int) {
    let none = RowSet(noneOf: rowCount)
    (confirmed, falsePositive, unsure, noted) = (none, none, none, none)
  }

  package func isReviewed(_ row: Int) -> Bool {
    confirmed.contains(row) || falsePositive.contains(row) || unsure.contains(row)
  }

  package mutating func set(_ standing: Standing, at row: Int) {
    confirmed.remove(row)
    falsePositive.remove(row)
    unsure.remove(row)
    noted.remove(row)
    switch standing.verdict {
    case .confirmed: confirmed.insert(row)
    case .falsePositive: falsePositive.insert(row)
    case .unsure: unsure.insert(row)
    case nil: break
    }
    if standing.note != nil { noted.insert(row) }
  }

  package func resized(to rowCount: Int) -> RowVerdicts {
    var longer = self
    longer.confirmed = confirmed.resized(to: rowCount)
    longer.falsePositive = falsePositive.resized(to: rowCount)
    longer.unsure = unsure.resized(to: rowCount)
    longer.noted = noted.resized(to: rowCount)
    return longer
  }

  /// The verdicts among the rows of a dataset, from the casebook's standings.
  package static func placed(_ standings: [ListingKey: Standing], in dataset: Dataset) -> RowVerdicts {
    var verdicts = RowVerdicts(rowCount: dataset.rowCount)
    for (row, key) in dataset.rows(of: standings.keys) {
      if let standing = standings[key] { verdicts.set(standing, at: row) }
    }
    return verdicts
  }
}

/// Rows of this dataset by verdict; the casebook may hold more, from other weeks.
package struct RowCounts: Equatable, Sendable {
  package var confirmed = 0
  package var falsePositive = 0
  package var unsure = 0
  package init() {}
}

/// A sentence for the analyst, until the next key.
package struct Notice: Equatable, Sendable {
  package enum Kind: Sendable { case told, warned, failed }
  package let kind: Kind
  package let text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
