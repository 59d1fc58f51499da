import Filters
import Listings
import Sentences
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

  /// The cursor moves at once; the text of its listing follows when it rests. Whoever moves on before that has not read it,
  /// and a thin link carries a tenth of the bytes.
  private mutating func moveTable(_ step: Step) {
    returning.beforeTyping = nil
    let shown = shownDetail
    setCursor(Self.moved(table.cursor, step, page: tableRows, count: order.count))
    (hasRested, lagging) = (false, shown?.row == table.row ? nil : shown)
    returning.listing = nil
  }

  /// The listing whose text the detail pane shows, and from which line.
  var shownDetail: ShownDetail? {
    // Of rows that are open no longer nothing is shown.
    if let lagging, lagging.row < dataset.rowCount { return lagging }
    return table.row.map { ShownDetail(row: $0, top: detail.top) }
  }

  /// The cursor rests: everything about its listing is shown.
  mutating func rest() -> [Effect] {
    (hasRested, lagging) = (true, nil)
    return []
  }

  /// Whether the detail pane still shows the text of another listing than the one under the cursor.
  package var isDetailLagging: Bool { lagging != nil }

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
    lagging = nil
    detail.top = 0
    keepCursorVisible()
  }

  /// Turns the table where the cursor has left it. A step over the edge turns it by most of a page, so that few steps are
  /// paid for with a page of bytes, and leaves a quarter of what was seen before. After a jump the cursor is in the middle.
  mutating func keepCursorVisible() {
    let rows = max(1, tableRows)
    let (above, below) = (table.top - table.cursor, table.cursor - (table.top + rows - 1))
    let kept = rows / 4
    if above > 0 { table.top = table.cursor - (above <= kept ? rows - 1 - kept : rows / 2) }
    if below > 0 { table.top = table.cursor - (below <= kept ? kept : rows / 2) }
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
    let panes = layout.isNarrow || layout.isCompact && !isZoomed ? reachable : reachable.filter { layout.isShown($0) }
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
      notice = Notice(.info, localized("\(key("clear-filter")) takes the filter away"))
    }
    return []
  }
}
