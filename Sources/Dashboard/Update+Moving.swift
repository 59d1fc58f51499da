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
    beforeTyping = nil
    let shown = hasRested ? nil : restingPlace ?? table
    setCursor(Self.moved(table.cursor, step, page: tableRows, count: order.count))
    (hasRested, restingPlace) = (false, shown)
    awaited = nil
  }

  /// The cursor stands still: everything about its listing is shown.
  mutating func rest() -> [Effect] {
    (hasRested, restingPlace) = (true, nil)
    return []
  }

  /// Whether the cursor is being moved on and on.
  package var isMovingOn: Bool { restingPlace != nil }

  /// Scrolls a facet so that its cursor is seen; the last line is wanted for "… n more".
  mutating func keepFacetCursorVisible(_ subject: FacetSubject) {
    guard var place = facetPlaces[subject],
      let pane = Pane.allCases.first(where: { facetSubject(of: $0) == subject })
    else { return }
    let rows = max(1, facetRows(of: pane))
    place.top = Self.scrolled(place.top, to: place.cursor, rows: rows)
    place.top = max(0, min(place.top, shownValues(of: subject).count - rows))
    facetPlaces[subject] = place
  }

  mutating func keepDetailInside() {
    guard detailTop > 0 else { return }
    detailTop = max(0, min(detailTop, detailLineCount - layout.detail.insideBorder.rows))
  }

  private mutating func moveDetail(_ step: Step) {
    detailTop = Self.moved(detailTop, step, page: max(1, layout.detail.insideBorder.rows), count: detailLineCount)
    detailTop = max(0, min(detailTop, detailLineCount - layout.detail.insideBorder.rows))
  }

  private mutating func moveFacet(_ step: Step) {
    guard let subject = facetSubject(of: focus) else { return }
    var place = facetPlaces[subject] ?? FacetPlace()
    let count = shownValues(of: subject).count
    let rows = max(1, facetRows(of: focus))
    place.cursor = Self.moved(place.cursor, step, page: rows, count: count)
    place.name = count > 0 ? shownValues(of: subject)[place.cursor].name : nil
    facetPlaces[subject] = place
    keepFacetCursorVisible(subject)
  }

  private mutating func movePriceLine(_ step: Step) {
    let lines: [PricePlace.Line] = [.histogram, .missing, .unread]
    let now = lines.firstIndex(of: pricePlace.line) ?? 0
    pricePlace.line = lines[Self.moved(now, step, page: 3, count: 3)]
  }

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
    restingPlace = nil
    detailTop = 0
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
    return max(0, rows - ListingTablePane.headingRows(in: rows))
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
    } else if pricePlace.anchor != nil {
      pricePlace.anchor = nil
    } else if let subject = facetSubject(of: focus), facetPlaces[subject]?.find.isEmpty == false {
      find("", in: subject)
    } else if focus != .listings {
      return focus(on: .listings)
    } else if isZoomed {
      isZoomed = false
      keepCursorVisible()
    } else if !filter.clauses.isEmpty {
      notice = Notice(.told, "0 takes the filter away")
    }
    return []
  }
}
