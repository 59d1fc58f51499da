import Casework
import Filters
import Listings
import Sentences
import TextCells

/// The linear mode: a dialogue of lines about the same state that the dashboard shows. Typed lines become requests to
/// `update`; what became of them is said once it is known.
///
/// Shape:  `take` reads a line, `started` and `heard` hear what was begun and what came of it, `report` says it. A line
///         is taken when the answer to the one before was given (`isReady`).
/// Why:    a screen shows that something is being saved and then that it is; a line cannot be taken back, so it is
///         printed when the disk has answered.
/// Limits: knows no clock: `now` comes from whoever has one.
package struct LinearDialogue: Sendable {
  /// Whether lines come from a file or a pipe: nobody waits, so that answers may take their time and be whole.
  let isScripted: Bool
  /// The most lines that are said at once; `more` goes on.
  static let pageLines = 20

  /// The screen that is not drawn: nothing in the state may depend on it, and sheets have room for what they say.
  package static let size = Size(columns: 120, rows: 36)

  /// The listing that was read out last, and its place.
  var heard: HeardListing?
  var heardName = ""
  var heardPlace = 0
  /// Lines of a long answer that were not said yet.
  var rest: [SpokenLine] = []
  var asking: Asking?
  var awaited: Awaited?
  /// Filings that were begun and not reported yet.
  var filings: [BegunFiling] = []
  /// What was counted last, for choosing by its number.
  var counted: Counted?

  // What was said last of what can change by itself.
  var saidNotice: Notice?
  /// A message that came while nothing was asked, and waits for the next answer.
  var heldNotice: String?
  var saidFilter = Filter.everything
  var saidSort = SortOrder.file
  var progress = Progress()
  /// Whether a listing was read out as the first of an order that was not final, and nothing was typed since.
  var awaitsOrder = false

  /// Listings that got a verdict in this session, and acts that were taken back.
  package private(set) var verdictCount = 0
  package private(set) var undoCount = 0
  /// Listings whose verdict the casebook did not take; a casebook that is named instead takes them.
  private var refusedCount = 0

  package init(isScripted: Bool) { self.isScripted = isScripted }

  /// A question that the next line answers.
  enum Asking: Equatable, Sendable {
    case note, reason
    /// The question that is open in the state.
    case question
    case packet(PacketDraft.Line)
    /// Whether the packet is to be written now.
    case packetWriting
  }

  /// An answer that is being waited for.
  struct Awaited: Sendable {
    enum Kind: Equatable, Sendable {
      case opening
      /// Whatever changed; `listing` says the listing even where it is the same.
      case change(listing: Bool)
      case filter
      case count(Dimension)
      case mark
      case sheet
    }
    let kind: Kind
    let since: Moment
    /// An undo or redo that the casebook was asked for.
    var isUndoing = false
    /// Something else that comes with a message of its own.
    var isFetching = false
    var hasSaidSlow = false
  }

  /// A filing that the casebook was asked for.
  struct BegunFiling: Sendable {
    let request: FilingRequest
    /// `Listing 14, ring made of white gold`.
    let name: String
  }

  /// The values of a dimension as they were read out.
  struct Counted: Sendable {
    let dimension: Dimension
    let values: [Value]

    enum Value: Sendable {
      case value(FacetSubject, String)
      case band(Int)
      case price(PriceTest)
    }
  }

  /// How far reading was when that was said last.
  struct Progress: Sendable {
    var percent = 0
    var at: Moment?
    /// Whether it was said that not all is read yet.
    var isOpen = false
  }

  /// Whether the next line can be taken.
  package var isReady: Bool { awaited == nil }

  // MARK: What was begun, and what came of it

  /// An effect of what was asked for was started.
  package mutating func started(_ effect: Effect, _ state: State) {
    switch effect {
    case .file(let request): filings.append(BegunFiling(request: request, name: name(of: request, state)))
    case .undo, .redo: awaited?.isUndoing = true
    case .findEvidence, .findCases, .rescue, .reread, .previewColumns, .tallyLexicons: awaited?.isFetching = true
    default: break
    }
  }

  private func name(of request: FilingRequest, _ state: State) -> String {
    guard request.keys.count == 1 else {
      let title = request.rows.first.map { state.spokenTitle(of: $0, bytes: 60) } ?? ""
      let clauses = [
        Sentences.counted(request.keys.count, "listing"), request.remark, localized("the first \(title)"),
      ]
      return clauses.compactMap { $0 }.joined(separator: ", ")
    }
    if request.keys[0] == heard?.key { return heardName }
    let title = request.rows.first.map { state.spokenTitle(of: $0, bytes: 80) } ?? request.keys[0].text
    return localized("Listing \(title)")
  }

  /// A message is about to be taken in.
  package mutating func heard(_ message: Message) {
    switch message {
    case .filed(let transaction):
      guard transaction.kind == .undone || transaction.kind == .redone else { return }
      undoCount += transaction.kind == .undone ? 1 : -1
      awaited?.isUndoing = false
    case .undoRefused: awaited?.isUndoing = false
    case .casebookChanged:
      (verdictCount, refusedCount) = (verdictCount + refusedCount, 0)
      awaited?.isFetching = false
    case .evidenceFound, .evidenceNotFound, .casesFound, .casesNotFound, .filesReread,
      .rereadingRefused, .failed, .columnsPreviewed, .lexiconsTallied:
      awaited?.isFetching = false
    default: break
    }
  }

  // MARK: Whether it is known

  /// How long an answer is waited for that may never be final, as while listings are still being read.
  ///
  /// Units:  milliseconds. A second is as long as a thought is kept without a sign (Nielsen 1993, "Response times"); a
  ///         script waits a minute after all is read.
  private var patience: Int { isScripted ? 60_000 : awaited?.kind == .opening ? 2000 : 1000 }

  func isSettled(_ awaited: Awaited, _ state: State, at now: Moment) -> Bool {
    if awaited.isUndoing || awaited.isFetching || state.mode.kind.isWaiting || isSaving(state) { return false }
    let isReading = isScripted && !state.loading.isComplete
    let isLong = !isReading && now.milliseconds - awaited.since.milliseconds >= patience
    return isLong || isKnown(awaited.kind, state)
  }

  func isSaving(_ state: State) -> Bool {
    filings.contains { $0.request.keys.contains { state.decisions.isSaving($0) } }
  }

  private func isKnown(_ kind: Awaited.Kind, _ state: State) -> Bool {
    if state.isEvaluating || state.answer == nil { return false }
    switch kind {
    case .opening:
      return state.unfinished([.verdicts, .changes]) == nil && state.unfinished == nil && state.unreadWords == nil
        && state.listings != nil && state.returning.listing == nil
    case .filter, .count: return state.unfinished == nil
    case .change: return state.returning.listing == nil
    case .mark, .sheet: return true
    }
  }

  mutating func count(_ filed: BegunFiling, _ isSaved: Bool) {
    guard case .verdict(.some, _) = filed.request.what else { return }
    if isSaved { verdictCount += filed.request.keys.count } else { refusedCount += filed.request.keys.count }
  }
}

/// What is said and asked in one turn.
package struct LinearTurn: Equatable, Sendable {
  package var lines: [SpokenLine] = []
  /// To be put to `update` in this order.
  package var requests: [LinearRequest] = []

  package init() {}

  init(_ lines: String...) { self.lines = lines.map { SpokenLine($0) } }
  init(lines: [SpokenLine]) { self.lines = lines }
  init(asking requests: LinearRequest...) { self.requests = requests }
}
