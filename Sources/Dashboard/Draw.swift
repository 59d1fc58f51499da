import TextCells

/// Draws the whole screen. Reads `State`, speaks in roles, never fails.
package func draw(_ state: State, into frame: inout Frame) {
  frame.clear(state.size)
  let layout = state.layout
  guard Layout.isLargeEnough(state.size) else { return drawTooSmall(state, into: &frame) }
  TitleBar.draw(state, layout.titleBar, into: &frame)
  for (pane, area) in layout.facets {
    if pane == .price {
      PricePane.draw(state, area, into: &frame)
    } else {
      FacetPane.draw(state, pane, area, into: &frame)
    }
  }
  if !layout.table.isEmpty { ListingTablePane.draw(state, layout.table, into: &frame) }
  if !layout.detail.isEmpty { DetailPane.draw(state, layout.detail, into: &frame) }
  FilterLine.draw(state, layout.filterLine, into: &frame)
  HintLine.draw(state, layout.hintLine, into: &frame)
  Sheets.draw(state, layout.middle, into: &frame)
  NoticeBox.draw(state, layout, into: &frame)
}

/// A sentence in place of panes nobody could read; only leaving is possible then.
private func drawTooSmall(_ state: State, into frame: inout Frame) {
  let width = max(1, state.size.columns)
  var text = "linsang: enlarge the window, or q"
  if case .asking(let question) = state.mode, question.act == .leaveUnsaved { text = question.text + " q leaves" }
  for (row, line) in SafeText(text).wrapped(to: width).enumerated() {
    frame.write(line, at: Spot(column: 0, row: row), as: .notice)
  }
  frame.cursor = Spot(column: 0, row: 0)
}

/// A pane's border with its title, and a word at the right.
enum PaneBorder {
  static func draw(
    _ area: Area, title: SafeText, right: SafeText = "", isFocused: Bool, into frame: inout Frame
  ) {
    guard area.columns >= 2, area.rows >= 2 else { return }
    let role: Role = isFocused ? .borderFocused : .border
    let across = SafeText(glyphs: Array(repeating: Glyph(isFocused ? "━" : "─"), count: area.columns - 2))
    let corners: [Unicode.Scalar] = isFocused ? ["┏", "┓", "┗", "┛", "┃"] : ["┌", "┐", "└", "┘", "│"]
    frame.write(
      SafeText(glyphs: [Glyph(corners[0])]) + across + SafeText(glyphs: [Glyph(corners[1])]),
      at: Spot(column: area.column, row: area.row), as: role)
    frame.write(
      SafeText(glyphs: [Glyph(corners[2])]) + across + SafeText(glyphs: [Glyph(corners[3])]),
      at: Spot(column: area.column, row: area.endRow - 1), as: role)
    let side = SafeText(glyphs: [Glyph(corners[4])])
    for row in area.row + 1..<max(area.row + 1, area.endRow - 1) {
      frame.write(side, at: Spot(column: area.column, row: row), as: role)
      frame.write(side, at: Spot(column: area.endColumn - 1, row: row), as: role)
    }
    let room = area.columns - 4
    guard room > 0 else { return }
    let clipped = title.clipped(to: room)
    frame.write(
      " " + clipped + " ", at: Spot(column: area.column + 1, row: area.row), width: area.columns - 2,
      as: isFocused ? .paneTitleFocused : .paneTitle)
    let rightRoom = room - clipped.width - 2
    guard right.width > 0, right.width <= rightRoom else { return }
    frame.write(
      " " + right + " ", at: Spot(column: area.endColumn - right.width - 3, row: area.row), as: .paneTitle)
  }
}
