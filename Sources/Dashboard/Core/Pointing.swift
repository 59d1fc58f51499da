import Sentences
import TerminalIO
import TextCells

// The mouse. It does nothing that keys do not do as well: each click, drag and turn of the wheel is told in keys and commands,
// and what lies under it is asked of the screen's nodes.

/// What was pressed and is being dragged.
enum Dragging: Equatable, Sendable {
  /// Rows of the table, from a position of the order on.
  case rows(from: Int)
  /// Bands of the price histogram.
  case bands(from: Int)
}

extension State {
  /// Rows that the wheel goes on by.
  private static let wheelRows = 3

  mutating func take(_ report: MouseReport) -> [Effect] {
    // As with keys, what cannot be seen is not acted on.
    guard !isLeaving, Layout.isLargeEnough(size), Area(size).contains(report.spot),
      let pointed = screen.under(report.spot, in: Area(size))
    else {
      if report.action == .release { return endDragging() }
      return []
    }
    switch report.action {
    case .press:
      notice = nil
      if returning.beginning == .shown { returning.beginning = .passed }
      dragging = nil
      return click(pointed, at: report.spot)
    case .drag: return drag(over: pointed, at: report.spot)
    case .release: return endDragging()
    case .wheelUp: return turn(-Self.wheelRows, over: pointed)
    case .wheelDown: return turn(Self.wheelRows, over: pointed)
    }
  }

  // MARK: Clicks

  private mutating func click(_ pointed: PointedAt, at spot: Spot) -> [Effect] {
    if pointed.isIn(.sheet) { return clickInSheet(pointed) }
    if pointed.isIn(.notice) { return [] }
    var effects: [Effect] = []
    if mode.kind == .filterLine || mode.kind == .valueLine {
      // Whoever points elsewhere has finished typing; a filter that cannot be read is mended first.
      if pointed.isIn(.filterLine) && mode.kind == .filterLine { return [] }
      effects = type(.enter)
    }
    guard mode == .browsing else { return effects }
    if case .button(let key)? = pointed.piece { return effects + type(key) }
    if pointed.isIn(.filterLine) { return effects + type(.character("/")) }
    guard let pane = pointed.pane else { return effects }
    return effects + click(pointed, in: pane, at: spot)
  }

  private mutating func click(_ pointed: PointedAt, in pane: Pane, at spot: Spot) -> [Effect] {
    let hadKeyboard = focus == pane
    let isInside = layout.area(of: pane)?.insideBorder.contains(spot) ?? false
    let band = pane == .price && isInside ? band(inColumn: spot.column) : nil
    var effects = focus(on: pane)
    switch pane {
    case .detail: break
    case .listings:
      guard let position = pointed.row, position < order.count else { break }
      point(at: position)
      dragging = .rows(from: position)
    case .price: effects += clickInPrices(pointed, band, hadKeyboard)
    case .platform, .species, .seller, .term, .risk:
      guard let value = pointed.row, let subject = facetSubject(of: pane) else { break }
      let cursor = facets.positions[subject]?.list.cursor ?? 0
      if hadKeyboard, value == cursor {
        effects += toggleValue()
      } else {
        moveFacet(.line(value - cursor))
      }
    }
    return effects
  }

  /// Puts the table's cursor there.
  private mutating func point(at position: Int) {
    returning.beforeTyping = nil
    returning.listing = nil
    if position != table.cursor { setCursor(position) }
  }

  /// - Parameter band: the one above or below the pointer: bars may be a single cell high.
  private mutating func clickInPrices(_ pointed: PointedAt, _ band: Int?, _ hadKeyboard: Bool) -> [Effect] {
    if let row = pointed.row, let line = PricePosition.Line(rawValue: row) {
      if hadKeyboard, price.line == line { return togglePrice() }
      price.anchor = nil
      price.line = line
    } else if let band {
      price.anchor = nil
      (price.line, price.bucket) = (.histogram, band)
      dragging = .bands(from: band)
    }
    return []
  }

  /// The band of prices that is drawn in a column of the screen.
  private func band(inColumn column: Int) -> Int? {
    guard let area = layout.area(of: .price) else { return nil }
    let screen = screen
    return (area.row..<area.endRow).lazy.compactMap { row -> Int? in
      guard case .band(let band)? = screen.under(Spot(column: column, row: row), in: Area(size))?.piece else {
        return nil
      }
      return band
    }.first
  }

  /// In a sheet a click goes to its line as the arrow keys do, and a second one chooses it as Enter does, unless that would
  /// decide something.
  private mutating func clickInSheet(_ pointed: PointedAt) -> [Effect] {
    guard let target = pointed.row, var now = cursorRowOfSheet else { return [] }
    if now == target { return weight(of: .enter).isHeavy ? [] : type(.enter) }
    var effects: [Effect] = []
    let (kind, key): (Mode.Kind, Key) = (mode.kind, target > now ? .down : .up)
    while now != target {
      effects += type(key)
      guard mode.kind == kind, let next = cursorRowOfSheet, abs(target - next) < abs(target - now) else { break }
      now = next
    }
    return effects
  }

  /// The line of the open sheet that has the cursor; nil where its lines have no numbers.
  private var cursorRowOfSheet: Int? { mode.sheet?.node(self, in: layout.middle.size)?.cursorRow }

  // MARK: Drags

  private mutating func drag(over pointed: PointedAt, at spot: Spot) -> [Effect] {
    guard mode == .browsing, let dragging else { return [] }
    switch dragging {
    case .rows(let start):
      guard focus == .listings, pointed.pane == .listings, let position = pointed.row, position < order.count,
        start < order.count, position != table.cursor
      else { return [] }
      if rangeAnchor == nil {
        setCursor(start)
        _ = startRange()
      }
      setCursor(position)
      return say(.info, localized("Let go to mark the range; Esc cancels"))
    case .bands(let start):
      // The pointer may stray from the bars upwards and downwards.
      guard focus == .price, let band = band(inColumn: spot.column), band != price.bucket || price.anchor != nil
      else { return [] }
      if price.anchor == nil { price.anchor = start }
      return movePrice(band - price.bucket)
    }
  }

  private mutating func endDragging() -> [Effect] {
    guard let dragging else { return [] }
    self.dragging = nil
    guard mode == .browsing else { return [] }
    switch dragging {
    case .rows: return rangeAnchor == nil || focus != .listings ? [] : startRange()
    case .bands: return price.anchor == nil || focus != .price ? [] : togglePrice()
    }
  }

  // MARK: The wheel

  private mutating func turn(_ rows: Int, over pointed: PointedAt) -> [Effect] {
    if pointed.isIn(.sheet) { return type(rows > 0 ? .down : .up) }
    guard mode == .browsing, let pane = pointed.pane else { return [] }
    notice = nil
    switch pane {
    case .listings: turnTable(rows)
    case .detail: moveDetail(.line(rows))
    case .price: break
    case .platform, .species, .seller, .term, .risk: turnFacet(pane, rows)
    }
    return []
  }

  /// The table goes on under its cursor, which stays on the screen.
  private mutating func turnTable(_ rows: Int) {
    let page = max(1, tableRows)
    let top = max(0, min(table.top + rows, order.count - page))
    guard top != table.top else { return }
    let shown = shownDetail
    table.top = top
    let cursor = max(top, min(table.cursor, top + page - 1))
    guard cursor != table.cursor else { return }
    point(at: cursor)
    (hasRested, lagging) = (false, shown?.row == table.row ? nil : shown)
  }

  private mutating func turnFacet(_ pane: Pane, _ rows: Int) {
    guard let subject = facetSubject(of: pane), let area = layout.area(of: pane) else { return }
    let values = shownValues(of: subject)
    var position = facets.positions[subject] ?? FacetPosition()
    // The last line may say how many more there are.
    let page = max(1, area.insideBorder.rows - 1)
    position.list.top = max(0, min(position.list.top + rows, values.count - page))
    position.list.cursor = max(position.list.top, min(position.list.cursor, position.list.top + page - 1))
    position.list.cursor = max(0, min(position.list.cursor, values.count - 1))
    position.name = values.isEmpty ? nil : values[position.list.cursor].name
    facets.positions[subject] = position
  }
}

extension Node {
  /// The position in its list of the line that has the cursor.
  fileprivate var cursorRow: Int? {
    switch content {
    case .line(let line):
      guard case .row(let row) = meaning, line.hasCursor || line.backdrop == .cursor else { return nil }
      return row
    case .picture: return nil
    case .stack(let nodes), .layers(let nodes): return nodes.lazy.compactMap(\.cursorRow).first
    case .placed(let parts): return parts.lazy.compactMap(\.node.cursorRow).first
    case .bordered(_, let content), .sheet(_, let content): return content.cursorRow
    }
  }
}
