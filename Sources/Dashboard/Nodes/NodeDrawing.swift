import TextCells

// One rendering of the tree: cells.

extension Frame {
  /// Puts a node into an area. What does not fit is cut off.
  package mutating func draw(_ node: Node, in area: Area, on backdrop: Backdrop = .plain) {
    switch node.content {
    case .line(let line): draw(line, in: area, on: backdrop)
    case .picture(let grid): draw(grid, in: area, on: backdrop)
    case .stack, .layers, .placed: drawParts(of: node, in: area, on: backdrop)
    case .bordered(let border, _):
      draw(border, around: area, on: backdrop)
      drawParts(of: node, in: area, on: backdrop)
      write(moreOf: border, in: area, on: backdrop)
      if let cursor = border.cursor {
        self.cursor = Spot(column: area.column + 2 + min(cursor, max(0, area.columns - 4)), row: area.row)
      }
    case .sheet(let box, _): draw(box, of: node, in: area)
    }
  }

  private mutating func write(moreOf border: Border, in area: Area, on backdrop: Backdrop) {
    guard area.rows > 0 else { return }
    write(
      border.more, at: Spot(column: max(area.column + 1, area.endColumn - border.more.width - 2), row: area.endRow - 1),
      width: area.columns - 2, as: .faint, on: backdrop)
  }

  private mutating func drawParts(of node: Node, in area: Area, on backdrop: Backdrop) {
    for part in node.parts(in: area) { draw(part.node, in: part.area, on: backdrop) }
  }

  private mutating func draw(_ box: SheetBox, of node: Node, in area: Area) {
    let sheet = box.area(in: area)
    fill(sheet, on: .sheet)
    // Whoever hears the screen is led away from what the sheet covers.
    cursor = nil
    draw(box.border, around: sheet, on: .sheet)
    drawParts(of: node, in: area, on: .sheet)
    write(moreOf: box.border, in: sheet, on: .sheet)
    if cursor == nil, !sheet.isEmpty { cursor = Spot(column: sheet.insideBorder.column, row: sheet.insideBorder.row) }
    guard let foot = box.border.foot, sheet.rows > 0 else { return }
    draw(
      foot, in: Area(column: sheet.column + 1, row: sheet.endRow - 1, columns: sheet.columns - 2, rows: 1), on: .sheet)
  }

  // MARK: Lines

  private mutating func draw(_ line: Line, in area: Area, on outer: Backdrop) {
    guard !area.isEmpty else { return }
    let backdrop = line.backdrop ?? outer
    if line.backdrop != nil || line.role != .text {
      fill(Area(column: area.column, row: area.row, columns: area.columns, rows: 1), as: line.role, on: backdrop)
    }
    if line.hasCursor { cursor = Spot(column: area.column, row: area.row) }
    let placed = line.placed(in: area)
    for (piece, columns) in placed {
      draw(piece, in: columns, row: area.row, on: backdrop, isPart: line.direction != nil && piece.meaning != .label)
    }
    guard let direction = line.direction else { return }
    let parts = placed.drop { $0.piece.meaning == .label }
    if let first = parts.first, let last = parts.last {
      markRun(first.columns.lowerBound..<last.columns.upperBound, row: area.row, direction)
    }
  }

  /// - Parameter isPart: whether it is a part of a text that the row's pieces make together.
  private mutating func draw(_ piece: Piece, in columns: Range<Int>, row: Int, on outer: Backdrop, isPart: Bool) {
    let (spot, width) = (Spot(column: columns.lowerBound, row: row), columns.count)
    let backdrop = piece.backdrop ?? outer
    if piece.fills {
      fill(Area(column: spot.column, row: spot.row, columns: width, rows: 1), as: piece.role, on: backdrop)
    }
    // What is typed stays in the order in which the cursor walks through it.
    let direction: WritingDirection? = isPart ? nil : piece.meaning == .input ? .leftToRight : .byFirstLetter
    let used = write(piece.text, at: spot, width: width, as: piece.role, on: backdrop, direction: direction)
    for mark in piece.marks where mark.column < used {
      // The stand-in for a hidden character keeps its role.
      if self[spot.column + mark.column, spot.row].role == .hiddenCharacter { continue }
      self[spot.column + mark.column, spot.row].role = mark.role
    }
    if let link = piece.link, used > 0 { links.append(Link(spot: spot, columns: used, address: link)) }
    if let offset = piece.cursor { cursor = Spot(column: spot.column + offset, row: spot.row) }
  }

  // MARK: Borders

  private mutating func draw(_ border: Border, around area: Area, on backdrop: Backdrop) {
    guard area.columns >= 2, area.rows >= 2 else { return }
    let role: Role = border.isFocused ? .borderFocused : .border
    let (corners, across, side) =
      border.isFocused ? (["┏", "┓", "┗", "┛"], "━", "┃") : (["┌", "┐", "└", "┘"], "─", "│")
    let rule = String(repeating: across, count: area.columns - 2)
    write(
      SafeText(corners[0] + rule + corners[1]), at: Spot(column: area.column, row: area.row), as: role, on: backdrop)
    write(
      SafeText(corners[2] + rule + corners[3]), at: Spot(column: area.column, row: area.endRow - 1), as: role,
      on: backdrop)
    let upright = SafeText(side)
    for row in area.row + 1..<max(area.row + 1, area.endRow - 1) {
      write(upright, at: Spot(column: area.column, row: row), as: role, on: backdrop)
      write(upright, at: Spot(column: area.endColumn - 1, row: row), as: role, on: backdrop)
    }
    let room = Border.room(in: area.columns)
    guard room > 0 else { return }
    let title = border.title.clipped(to: room)
    write(
      " " + title + " ", at: Spot(column: area.column + 1, row: area.row), width: area.columns - 2,
      as: border.isFocused ? .paneTitleFocused : .paneTitle, on: backdrop)
    guard border.right.width > 0, border.right.width <= room - title.width - 2 else { return }
    write(
      " " + border.right + " ", at: Spot(column: area.endColumn - border.right.width - 3, row: area.row),
      as: .paneTitle, on: backdrop)
  }
}

extension Node {
  /// The rows that it asks for.
  package var rows: Int {
    switch content {
    case .line: 1
    case .picture(let grid): (grid.height + 1) / 2
    case .stack(let nodes): nodes.reduce(0) { $0 + $1.rows }
    case .layers, .placed, .bordered, .sheet: .max
    }
  }
}
