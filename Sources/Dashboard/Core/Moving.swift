import Filters
import Listings
import TextCells

// The cursor of the table is anchored to a row: a new filter or order moves the table under it, not it.

/// How far a movement goes.
enum Step: Sendable {
  case line(Int), page(Int), halfPage(Int), first, last
}

extension State {
  mutating func move(_ step: Step) -> [Effect] {
    switch focus {
    case .listings: moveTable(step)
    case .detail: moveDetail(step)
    case .price: movePriceLine(step)
    case .platform, .species, .seller, .term, .risk: moveFacet(step)
    }
    return []
  }

  /// A key that is held down moves on before anybody can have read anything: until the cursor rests, the detail pane
  /// keeps its listing, whose number it states, and only the beginning of the cursor's line is marked. A thin link
  /// carries a tenth of the bytes then.
  private mutating func moveTable(_ step: Step) {
    returning.beforeTyping = nil
    let shown = hasRested ? nil : resting ?? table
    setCursor(Self.moved(table.cursor, step, page: tableRows, count: order.count))
    (hasRested, resting) = (false, shown)
    returning.listing = nil
  }

  /// The listing that the detail pane shows.
  var detailPosition: TablePosition { resting ?? table }

  /// The cursor rests: everything about its listing is shown.
  mutating func rest() -> [Effect] {
    (hasRested, resting) = (true, nil)
    return []
  }

  /// Whether the cursor is being moved on and on.
  package var isMovingOn: Bool { resting != nil }

  static func moved(_ place: Int, _ step: Step, page: Int, count: Int) -> Int {
    let target =
      switch step {
      case .line(let lines): place + lines
      case .page(let pages): place + pages * max(1, page - 1)
      case .halfPage(let halves): place + halves * max(1, page / 2)
      case .first: 0
      case .last: count - 1
      }
    return max(0, min(target, count - 1))
  }

  /// The first line to show so that `cursor` is among `rows` lines.
  static func scrolled(_ top: Int, to cursor: Int, rows: Int) -> Int {
    if cursor < top { return cursor }
    return cursor >= top + rows ? cursor - rows + 1 : top
  }

  /// Puts the table's cursor on a place of the order.
  mutating func setCursor(_ place: Int) {
    table.cursor = max(0, min(place, order.count - 1))
    table.row = order.count > 0 ? order[table.cursor] : nil
    resting = nil
    detail.top = 0
    keepCursorVisible()
  }

  /// Turns the table by half a page where the cursor has left it: what comes next is in sight, and a row is not paid for
  /// with a whole page of bytes.
  mutating func keepCursorVisible() {
    let rows = max(1, tableRows)
    if !(table.top..<table.top + rows).contains(table.cursor) { table.top = table.cursor - rows / 2 }
    // A table that became shorter must not show blank lines while rows are scrolled out above.
    table.top = max(0, min(table.top, order.count - rows))
  }

  /// Rows of listings on the screen.
  var tableRows: Int {
    let rows = layout.table.insideBorder.rows
    return max(0, rows - Self.headingRows(in: rows))
  }

  mutating func focus(on pane: Pane) -> [Effect] {
    focus = pane
    if pane.isFacet { isZoomed = false }
    if pane == .price { settlePriceCursor() }
    keepCursorVisible()
    return []
  }

  mutating func focusNext(_ direction: Int) -> [Effect] {
    let reachable = Pane.allCases.filter { hasLexicons || ![.term, .risk].contains($0) }
    let panes = layout.isNarrow ? reachable : reachable.filter { layout.isShown($0) }
    let now = panes.firstIndex(of: focus) ?? 0
    return focus(on: panes[(now + direction + panes.count) % panes.count])
  }
}

extension State {
  /// One level back, as Esc does.
  mutating func goBack() -> [Effect] {
    if rangeAnchor != nil {
      rangeAnchor = nil
    } else if price.anchor != nil {
      price.anchor = nil
    } else if let subject = facetSubject(of: focus), facets.positions[subject]?.find.isEmpty == false {
      find("", in: subject)
    } else if focus != .listings {
      return focus(on: .listings)
    } else if isZoomed {
      isZoomed = false
      keepCursorVisible()
    } else if !filter.clauses.isEmpty {
      notice = Notice(.info, "0 takes the filter away")
    }
    return []
  }
}
