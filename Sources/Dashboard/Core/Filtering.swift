import Casework
import Filters
import Listings
import Sentences
import TerminalIO

// The filter is answered off the loop; a newer question makes older answers stale.

extension State {
  /// Asks for the rows of the filter in force.
  mutating func evaluate() -> [Effect] {
    generation += 1
    isEvaluating = true
    return [.evaluate(evaluation)] + findDuplicates()
  }

  /// The question that the listings and panes on the screen answer.
  var evaluation: EvaluationRequest {
    EvaluationRequest(
      filter: filter, sort: sort, generation: generation, snapshot: snapshot, marked: marked, counted: facetSubjects,
      foldsCopies: foldsCopies, showsEveryRow: showsEveryRow, orders: valueOrders, analyst: analyst,
      priceScale: price.scale)
  }

  /// Counts anew how far the listings with each value are decided, unless the filter's next answer says so, too.
  mutating func countFacetReviews() -> [Effect] {
    if isEvaluating || answer == nil { return [] }
    if facets.isCountingReviews {
      facets.mustCountReviews = true
      return []
    }
    facets.isCountingReviews = true
    return [.countFacetReviews(evaluation)]
  }

  mutating func show(_ reviews: FacetReviews, of counted: Generation) -> [Effect] {
    facets.isCountingReviews = false
    let again = facets.mustCountReviews
    facets.mustCountReviews = false
    if counted == generation, !isEvaluating { facets.reviews = reviews }
    return again ? countFacetReviews() : []
  }

  mutating func set(_ newFilter: Filter) -> [Effect] {
    guard newFilter != filter else { return [] }
    filter = newFilter
    rangeAnchor = nil
    returning.listing = nil
    returning.row = nil
    (returning.filterText, returning.aside) = (nil, nil)
    // Where a listing went that was decided under another filter is no news any more.
    returning.decided = nil
    relistFacets()
    return evaluate()
  }

  mutating func showAnswer(
    _ newAnswer: FilterAnswer, _ newOrder: RowOrder, _ folded: FoldedCopies?, _ answered: Generation
  ) -> [Effect] {
    guard answered == generation else { return [] }
    let oldOrder = order
    let oldScale = shownScale
    (answer, facets.reviews) = (newAnswer, newAnswer.reviews)
    if shownScale != oldScale { goToMostPrices() }
    show(newOrder, folded)
    isEvaluating = false
    lookForWordsInTerms()
    reanchor(from: oldOrder)
    if returning.beginning != .passed { showFirst() }
    if mode.showsFocus { returning.beforeTyping = nil }
    reanchorRange()
    relistFacets()
    if returning.listing != nil { returnToAwaited() }
    goToAwaitedRow()
    tellWhereItWent()
    // Rows that came meanwhile.
    return (newAnswer.rows.rowCount < dataset.rowCount ? evaluate() : []) + flagShownFirst()
  }

  /// Whether terms stand for words that no text has: asked once for an answer, since it looks through all terms.
  mutating func lookForWordsInTerms() {
    wordsOnlyInTerms = nil
    guard order.count == 0, dataset.rowCount > 0, filter.clauses.count == 1, case .words(let words) = filter.clauses[0]
    else { return }
    let rows = snapshot.flags.rows([.containing(words)], of: dataset.rowCount)
    if !rows.isEmpty { wordsOnlyInTerms = words }
  }

  /// A decided listing that the filter shows no longer is not lost: that is said, with the way back.
  private mutating func tellWhereItWent() {
    guard let decided = returning.decided else { return }
    returning.decided = nil
    guard filter.asksAboutDecisions, answer?.rows.contains(decided.row) == false, notice?.kind != .failed else {
      return
    }
    let title = dataset.shownText(of: .title, at: decided.row)
    let start = title.prefix(20) + (title.count > 20 ? "…" : "")
    let verdict = decided.verdict.screenLabel + (decided.reason.map { " (\($0.screenLabel))" } ?? "")
    let undo = key("undo")
    notice = Notice(
      .info,
      title.isEmpty
        ? localized("The listing is \(verdict), no longer shown; \(undo) undoes")
        : localized("“\(start)” is \(verdict), no longer shown; \(undo) undoes"))
  }

  /// A new order begins at its beginning, also while it is still growing. From the next key on the listing is kept.
  mutating func showFirst() {
    returning.beginning = .shown
    guard order.count > 0 else { return }
    table.top = 0
    setCursor(0)
    detail.top = 0
  }

  /// Keeps the cursor on its listing; where the listing is no longer shown, on the next one that is.
  private mutating func reanchor(from old: RowOrder) {
    guard order.count > 0 else {
      (table, lagging) = (TablePosition(), nil)
      return
    }
    guard let row = returning.beforeTyping?.row ?? table.row else {
      return setCursor(min(table.cursor, order.count - 1))
    }
    let shownAt = table.cursor - table.top
    // While a filter is typed, what counts is where the analyst was before its first letter.
    let (from, among) = returning.beforeTyping.map { ($0.cursor, $0.order) } ?? (table.cursor, old)
    let anchor = answer?.rows.contains(row) == true ? row : nextShown(after: from, in: among)
    let place = anchor.flatMap { line(of: $0) } ?? min(table.cursor, order.count - 1)
    let keptDetail = order[place] == table.row ? detail.top : 0
    table.top = max(0, place - shownAt)
    setCursor(place)
    detail.top = keptDetail
  }

  /// Goes to the row that waited for this answer, if it is shown now.
  private mutating func goToAwaitedRow() {
    guard let row = returning.row else { return }
    returning.row = nil
    if let place = lineOpening(row) { setCursor(place) }
  }

  private func nextShown(after place: Int, in old: RowOrder) -> Int? {
    guard let rows = answer?.rows, old.count > 0 else { return nil }
    for later in min(place, old.count - 1)..<old.count where rows.contains(old[later]) { return old[later] }
    for earlier in stride(from: min(place, old.count) - 1, through: 0, by: -1) where rows.contains(old[earlier]) {
      return old[earlier]
    }
    return nil
  }

  /// A range continues from its listing, wherever that is now; without the listing there is no range.
  mutating func reanchorRange() {
    guard let anchor = rangeAnchor else { return }
    if anchor.position < order.count, order[anchor.position] == anchor.row { return }
    rangeAnchor = line(of: anchor.row).map { RangeAnchor(position: $0, row: order[$0]) }
  }

  // MARK: Sorting

  mutating func sort(by order: Dimension.Order) -> [Effect] {
    let isSame = sort.subject == order.subject
    sort = SortOrder(order.subject, descending: isSame ? !sort.isDescending : order.isDescendingFirst)
    // A range that is being marked ends at the cursor, which then must not go anywhere by itself.
    if rangeAnchor == nil {
      returning.beginning = .awaited
      returning.origin = table.row ?? returning.origin
    }
    return evaluate()
  }

  // MARK: Back

  /// Goes to the listing from which an order or a jump took the cursor away; pressed again, there and back.
  mutating func goToWhereItWas() -> [Effect] {
    if let effects = bringBackFilter() { return effects }
    guard let row = returning.origin, let place = line(of: row) else {
      return say(.warned, soFar(localized("The filter does not show the listing that you came from")))
    }
    returning.origin = table.row
    returning.listing = nil
    setCursor(place)
    return focus(on: .listings)
  }
}
