import Casework
import CodeWords
import Filters
import Listings
import TextCells
import Workspace
import Taxa

/// Everything the dashboard knows. `update` is the only place where it changes, `draw` only reads it.
///
/// Cheap to copy: the dataset is shared, row sets and orders are copied on write.
package struct State: Sendable {
  package var size: Size
  package var isRunning = true

  /// What is open, and what is being done with it.
  package var session = OpenSession()
  /// Files that are no longer what they were when they were opened.
  package var changedFiles: [ChangedFile] = []
  /// What went wrong off the loop; a notice goes with the next key, this stays.
  package var failures: [String] = []

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
  /// Whether the cursor has stood still for a moment since it was last moved: the loop says so, which has a clock.
  package var hasRested = true
  /// The listing that the detail pane goes on showing while the cursor is being moved on and on; nil: that under it.
  var restingPlace: TablePlace?
  package var facetPlaces: [FacetSubject: FacetPlace] = [:]
  /// What the facet panes list; kept, because a facet can have a hundred thousand values.
  var facetLists: [FacetSubject: [FacetValue]] = [:]
  /// The greatest count of a named value that each pane lists: the full length of its bars.
  var facetMaxima: [FacetSubject: Int] = [:]
  package var pricePlace = PricePlace()
  package var detailTop = 0
  /// The code word that the analyst went to in the listing.
  package var currentHit: CurrentHit?
  /// The detail pane shows what is hidden in the text.
  package var isLensOn = false
  /// What was read of the listings on the screen.
  var shownReadings = ShownReadings()
  package var mode = Mode.browsing
  package var notice: Notice?
  /// How the keys came.
  var typing = Typing()

  /// By what a pane counts, where that is not the first of its dimensions.
  package internal(set) var chosenDimensions: [Pane: String] = [:]
  package var lexicons = KnownLexicons()

  // What was decided.
  package var decisions = Decisions()
  /// Whether what the casebook holds is known.
  package var isCasebookOpen = false
  package var counts = ListingCounts()
  package var marked: RowSet
  /// The other end of a range that is being marked.
  package var rangeAnchor: RangeAnchor?
  /// Notes that were begun and neither filed nor thrown away.
  package var noteDrafts: [ListingKey: String] = [:]
  /// Where the cursor was when typing a filter began: half a word must not lose it.
  var beforeTyping: PlaceBeforeTyping?
  /// The listing to return to once it is loaded.
  package var awaited: ListingKey?
  /// Whether the listings are shown from the first on.
  var beginning = Beginning.passed
  /// The row to go back to: where the cursor was before a new order or another jump.
  var cameFrom: Int?
  /// The row to go to once the filter has answered.
  var awaitedRow: Int?
  /// A filter from last time whose columns are not loaded yet.
  package var awaitedFilter: String?
  package var remembered: Place?
  /// Whether it was told already that columns are not known.
  var hasOfferedColumns = false
  /// Waiting for the disk before leaving.
  package var isLeaving = false
  /// Listings decided while the rows of all verdicts are being looked up; nil: nobody is looking.
  var decidedWhilePlacing: Set<ListingKey>?
  package var packetDraft = PacketDraft()

  // Who and where.
  package let analyst: String
  package var casebookName: String
  /// Why the casebook takes no more decisions; nil while it does.
  package var casebookTrouble: CasebookTrouble?
  /// The file that keeps what the casebook did not take; nil: nothing was refused, or it is kept here only.
  package var unsavedFile: String?
  package let title: String

  package init(size: Size, title: String, analyst: String, casebookName: String) {
    self.size = size
    self.title = title
    self.analyst = analyst
    self.casebookName = casebookName
    marked = RowSet(noneOf: 0)
  }
}

// What is open, as most of the dashboard asks for it.
extension State {
  package var snapshot: Snapshot { session.snapshot }
  package var dataset: Dataset { session.snapshot.dataset }
  package var loading: Loading { session.loading }
  package var problems: ProblemList { session.snapshot.problems }
  package var flags: RowFlags { session.snapshot.flags }
  package var taxa: TaxonTable? { session.snapshot.taxa }
  package var listings: ListingRows? { session.snapshot.listings }
  package var verdicts: RowVerdicts { session.snapshot.verdicts }
}

/// The parts of the screen that can have the keyboard.
package enum Pane: Int, CaseIterable, Sendable {
  case platform = 1
  case species, price, seller
  case term = 7
  case risk
  case listings = 5
  case detail

  /// Whether it breaks the listings into values (`State.facetSubject`).
  package var hasValues: Bool { ![.price, .listings, .detail].contains(self) }

  package var isFacet: Bool { self == .price || hasValues }
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

/// Whether the cursor stays on the first listing of a new order.
enum Beginning: Equatable, Sendable {
  /// The order was asked for and is not there yet.
  case awaited
  /// It is there, and no key was pressed since: what comes to stand first is shown first.
  case shown
  case passed
}

/// Where the cursor stood before a filter was typed, and among which listings.
struct PlaceBeforeTyping: Equatable, Sendable {
  let row: Int
  let cursor: Int
  let order: RowOrder
}

/// Where a range that is being marked began.
package struct RangeAnchor: Equatable, Sendable {
  package var place: Int
  /// The row there: what survives a new order.
  package let row: Int
}

/// The place in a facet pane, and what is looked for in it.
package struct FacetPlace: Equatable, Sendable {
  package var cursor = 0
  package var top = 0
  package var find = ""
  /// The value the cursor was put on: it stays there when counts change.
  var name: String?
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
