import Casework
import CodeWords
import Filters
import LexiconWork
import Listings
import TextCells
import Workspace
import Taxa

/// Everything the dashboard knows. `update` is the only place where it changes, `screen` only reads it.
///
/// Shape:  first what panes and sheets share, then what each pane keeps for itself; what a sheet keeps is in `mode`.
/// Cost:   cheap to copy: the dataset is shared, row sets and orders are copied on write.
package struct State: Sendable {
  package var size: Size
  package var isRunning = true
  /// Waiting for the disk before leaving.
  package var isLeaving = false
  package let title: String
  package let analyst: String

  /// What is open, and what is being done with it.
  package var session = OpenSession()
  package var files = FileNews()
  package var lexicons = KnownLexicons()

  // Which listings, in which order.
  package var filter = Filter.everything
  package var answer: FilterAnswer?
  package var order = RowOrder(rows: [])
  package var sort = SortOrder.file
  package var generation = 0
  package var isEvaluating = false
  /// The rows that flagging was asked to begin with; nil: those of the file from the first on.
  var flaggedFirst: RowSet?

  /// The files of values that filters have named.
  var valueLists = ValueLists()
  /// What the analyst has got used to, whatever files are open.
  package var habits = Habits()

  // What has the keyboard.
  package var focus = Pane.listings
  package var isZoomed = false
  package var mode = Mode.browsing
  /// What the mouse was pressed on, until it is let go.
  var dragging: Dragging?
  package var notice: Notice?
  /// Which key means which command.
  package var keyBindings = KeyBindings.standard
  /// How the analyst wants it to begin and to ask.
  package internal(set) var preferences = Preferences()
  /// What the first starts tell.
  package var hints = FirstHints()
  /// How the keys came.
  var typing = Typing()

  // How it looks.
  package var themes = KnownThemes()
  /// Whether the terminal shows everything in ASCII; then the help explains the signs.
  package var usesASCII = false

  // The panes.
  package var table = TablePosition()
  package var facets = FacetPanes()
  package var price = PricePosition()
  package var detail = DetailPane()
  /// What was read of the listings on the screen.
  var shownReadings = ShownReadings()
  /// Whether the cursor has rested for a moment since it was last moved: the loop reports it, which has a clock.
  package var hasRested = true
  /// What the detail pane goes on showing until the cursor rests; nil: the listing under it.
  var lagging: ShownDetail?
  var returning = Returning()

  /// Copies of one advert as one line.
  package var folding = CopyFolding()
  /// Sightings of one listing as one line.
  package var sightings = FoldedSightings()

  // What was decided.
  package var casebook: OpenCasebook
  package var collaboration = Collaboration()
  package var decisions = Decisions()
  /// Whether commands are typed as words, as in the linear mode, so that sentences name these.
  package var speaksOfWords = false
  package var counts = ListingCounts()
  package var marked: RowSet
  /// Whether a verdict key was said to mean the line under the cursor, while the marks stay as they are.
  var decidesLineDespiteMarks = false
  /// What was decided as marked last.
  var bulk: DecidedMarks?
  /// The words of a filter of words alone that no text has, while a term in some listing stands for them.
  var wordsOnlyInTerms: String?
  /// What the analyst did since the start, as far as undo is about it.
  var ownActs = OwnActs()
  /// The word that was added last, while undo can take it back.
  var addedWord: AddedWord?
  /// A word on its way to the lexicon, and one that undo took back and redo adds again.
  var (wordBeingAdded, takenWord): (TermDraft?, TermDraft?) = (nil, nil)
  /// How fast decisions are made.
  var pace = Pace()
  /// The decisions of this session, the newest first.
  var trail: [TrailEntry] = []
  /// The other end of a range that is being marked.
  package var rangeAnchor: RangeAnchor?
  /// Notes that were begun and neither filed nor thrown away.
  package var noteDrafts: [ListingKey: String] = [:]
  package var packetDraft = PacketDraft()
  /// The kinds of recipients that a packet can be for.
  package var recipients: [RecipientChoice] = []
  /// The legal bases that a packet can name.
  package var legalBases: [LegalChoice] = []
  /// The codes in which listings are described.
  package var codes = DescriptionCodes()

  package init(size: Size, title: String, analyst: String, casebookName: String) {
    self.size = size
    self.title = title
    self.analyst = analyst
    casebook = OpenCasebook(name: casebookName)
    marked = RowSet(noneOf: 0)
  }
}

/// What happened to the opened files, and what went wrong beside them.
package struct FileNews: Sendable {
  /// Files that are no longer what they were when they were opened.
  package var changed: [ChangedFile] = []
  /// What went wrong off the loop; a notice goes with the next key, this stays.
  package var failures: [String] = []
  /// What is wrong with the settings file.
  package var settingsProblems: [String] = []
  /// Whether a notice said already that columns are not known.
  var hasOfferedColumns = false
}

/// The casebook that decisions are filed into, as far as the dashboard knows it.
package struct OpenCasebook: Sendable {
  package var name: String
  /// Whether what it holds is known.
  package var isOpen = false
  /// Why it takes no more decisions; nil while it does.
  package var trouble: CasebookTrouble?
  /// The file that keeps what it did not take; nil: nothing was refused, or it is kept here only.
  package var unsavedFile: String?
  /// Listings decided while the rows of all verdicts are being looked up; nil: they are not.
  var decidedMeanwhile: Set<ListingKey>?

  init(name: String) { self.name = name }
}

/// Where the cursor is to go, and where it came from.
struct Returning: Sendable {
  /// The listing to return to once it is loaded.
  var listing: ListingKey?
  /// The row to go to once the filter has answered.
  var row: Int?
  /// A filter from last time whose columns are not loaded yet.
  var filterText: String?
  /// Whether that filter takes the place of the one in force.
  var replacesFilter = false
  /// The position stored last.
  var remembered: SessionPosition?
  /// The row to go back to: where the cursor was before a new order or another jump.
  var origin: Int?
  /// Where the cursor was when typing a filter began: half a word must not lose it.
  var beforeTyping: PositionBeforeTyping?
  /// Whether the listings are shown from the first on.
  var beginning = Beginning.passed
  /// The filter that was set aside to show a listing that it hides, until another is set.
  var aside: SetAside?
  /// The listing decided last, until the filter has answered.
  var decided: DecidedRow?
  /// The row of an earlier decision that was gone back to: once it is mended, the work goes on where it was.
  var mending: Int?
}

/// A filter that is to come back, with the listing that was under the cursor.
struct SetAside: Sendable {
  let filter: Filter
  let sort: SortOrder
  let row: Int?
}

/// A listing that was decided, which the filter may no longer show.
struct DecidedRow: Sendable {
  let row: Int
  let verdict: Verdict
  let reason: Reason?
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

/// The position in the listings table.
package struct TablePosition: Equatable, Sendable {
  /// The cursor's position in the order.
  package var cursor = 0
  /// The row under the cursor: the anchor that survives a new filter or order.
  package var row: Int?
  /// The first position shown.
  package var top = 0
  package init() {}
}

/// Whether the cursor stays on the first listing of a new order.
enum Beginning: Equatable, Sendable {
  /// The order was asked for and is not there yet.
  case awaited
  /// It is there, and no key was pressed since: what becomes first is shown first.
  case shown
  case passed
}

/// Where the cursor was before a filter was typed, and among which listings.
struct PositionBeforeTyping: Equatable, Sendable {
  let row: Int
  let cursor: Int
  let order: RowOrder
}

/// Where a range that is being marked began.
package struct RangeAnchor: Equatable, Sendable {
  package var position: Int
  /// The row there: what survives a new order.
  package let row: Int
}

/// A sentence for the analyst, until the next key.
package struct Notice: Equatable, Sendable {
  package enum Kind: Sendable { case info, warned, failed }
  package let kind: Kind
  package let text: String

  package init(_ kind: Kind, _ text: String) {
    self.kind = kind
    self.text = text
  }
}
