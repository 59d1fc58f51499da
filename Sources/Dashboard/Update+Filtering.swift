import Filters
import Listings
import TerminalIO

// The filter is answered off the loop; a newer question makes older answers stale.

extension State {
  /// Asks for the rows of the filter in force.
  mutating func evaluate() -> [Effect] {
    generation += 1
    isEvaluating = true
    return [
      .evaluate(
        EvaluationRequest(
          filter: filter, sort: sort, generation: generation, snapshot: snapshot, marked: marked,
          counted: facetSubjects))
    ]
  }

  mutating func set(_ newFilter: Filter) -> [Effect] {
    guard newFilter != filter else { return [] }
    filter = newFilter
    rangeAnchor = nil
    awaited = nil
    awaitedRow = nil
    awaitedFilter = nil
    relistFacets()
    return evaluate()
  }

  mutating func show(_ newAnswer: FilterAnswer, _ newOrder: RowOrder, _ of: Generation) -> [Effect] {
    guard of == generation else { return [] }
    let oldOrder = order
    answer = newAnswer
    order = newOrder
    isEvaluating = false
    reanchor(from: oldOrder)
    if beginning != .passed { showFirst() }
    if mode.isBrowsing { beforeTyping = nil }
    reanchorRange()
    relistFacets()
    if awaited != nil { returnToAwaited() }
    goToAwaitedRow()
    // Rows that came meanwhile.
    return newAnswer.rows.rowCount < dataset.rowCount ? evaluate() : []
  }

  /// A new order begins at its beginning, also while it is still growing. From the next key on the listing is kept.
  mutating func showFirst() {
    beginning = .shown
    guard order.count > 0 else { return }
    table.top = 0
    setCursor(0)
    detailTop = 0
  }

  /// Keeps the cursor on its listing; where the listing is no longer shown, on the next one that is.
  private mutating func reanchor(from old: RowOrder) {
    guard order.count > 0 else {
      table = TablePlace()
      return
    }
    guard let row = beforeTyping?.row ?? table.row else { return setCursor(min(table.cursor, order.count - 1)) }
    let shownAt = table.cursor - table.top
    // While a filter is typed, what counts is where the analyst was before its first letter.
    let (from, among) = beforeTyping.map { ($0.cursor, $0.order) } ?? (table.cursor, old)
    let anchor = answer?.rows.contains(row) == true ? row : nextShown(after: from, in: among)
    let place = anchor.flatMap { order.rows.firstIndex(of: UInt32($0)) } ?? min(table.cursor, order.count - 1)
    let keptDetail = order[place] == table.row ? detailTop : 0
    table.top = max(0, place - shownAt)
    setCursor(place)
    detailTop = keptDetail
  }

  /// Goes to the row that waited for this answer, if it is shown now.
  private mutating func goToAwaitedRow() {
    guard let row = awaitedRow else { return }
    awaitedRow = nil
    if let place = order.rows.firstIndex(of: UInt32(row)) { setCursor(place) }
  }

  private func nextShown(after place: Int, in old: RowOrder) -> Int? {
    guard let rows = answer?.rows, old.count > 0 else { return nil }
    for later in min(place, old.count - 1)..<old.count where rows.contains(old[later]) { return old[later] }
    for earlier in stride(from: min(place, old.count) - 1, through: 0, by: -1) where rows.contains(old[earlier]) {
      return old[earlier]
    }
    return nil
  }

  /// A range goes on from its listing, wherever that stands now; without it there is no range.
  private mutating func reanchorRange() {
    guard let anchor = rangeAnchor else { return }
    if anchor.place < order.count, order[anchor.place] == anchor.row { return }
    rangeAnchor = order.rows.firstIndex(of: UInt32(anchor.row)).map { RangeAnchor(place: $0, row: anchor.row) }
  }

  // MARK: Typing the filter

  mutating func startFilter() -> [Effect] {
    rememberBeforeTyping()
    let text = filter.text
    // A blank behind what is there, so that typing goes on with a new word.
    mode = .typingFilter(LineEditor(text.isEmpty ? "" : text + " "), before: filter, problem: nil)
    return []
  }

  private mutating func rememberBeforeTyping() {
    beforeTyping = table.row.map { PlaceBeforeTyping(row: $0, cursor: table.cursor, order: order) }
  }

  mutating func typeFilter(_ key: Key, _ editor: LineEditor, _ before: Filter) -> [Effect] {
    switch key {
    case .enter:
      mode = .browsing
      if !isEvaluating { beforeTyping = nil }
      return focus(on: .listings)
    case .tab: return completeFilter(editor, before)
    case .escape, .control("c"):
      mode = .browsing
      let effects = set(before)
      if effects.isEmpty, !isEvaluating { beforeTyping = nil }
      return effects
    case .down, .up:
      // The listings can be walked while the filter is being typed.
      let pane = focus
      focus = .listings
      let effects = move(.line(key == .down ? 1 : -1))
      focus = pane
      rememberBeforeTyping()
      return effects
    default:
      var editor = editor
      return editor.take(key) ? typed(editor, before) : []
    }
  }

  /// The typed text as the filter; while it cannot be read, the last good one stays in force.
  mutating func typed(_ editor: LineEditor, _ before: Filter) -> [Effect] {
    do {
      let read = try FilterSyntax.read(editor.text, columns: columnNames, taxa: taxa)
      mode = .typingFilter(editor, before: before, problem: nil)
      return set(read)
    } catch {
      mode = .typingFilter(editor, before: before, problem: error)
      return []
    }
  }

  /// The columns of the opened files, by their own names.
  var columnNames: Set<String> { dataset.columnNames }

  // MARK: Sorting

  mutating func startSort() -> [Effect] {
    let orders = Dimension.orders
    mode = .choosing(
      Menu(
        subject: .sort, title: "Sort by (again: other way round)", lines: orders.map(\.label),
        cursor: orders.firstIndex { $0.subject == sort.subject } ?? 0))
    return []
  }

  mutating func sort(by order: Dimension.Order) -> [Effect] {
    let isSame = sort.subject == order.subject
    sort = SortOrder(order.subject, descending: isSame ? !sort.isDescending : order.isDescendingFirst)
    // A range that is being marked ends at the cursor, which then must not go anywhere by itself.
    if rangeAnchor == nil {
      beginning = .awaited
      cameFrom = table.row ?? cameFrom
    }
    return evaluate()
  }

  // MARK: Back

  /// Goes to the listing from which an order or a jump took the cursor away; pressed again, there and back.
  mutating func goToWhereItWas() -> [Effect] {
    guard let row = cameFrom, let place = order.rows.firstIndex(of: UInt32(row)) else {
      return say(.warned, "The filter does not show the listing that you came from")
    }
    cameFrom = table.row
    awaited = nil
    setCursor(place)
    return focus(on: .listings)
  }
}
