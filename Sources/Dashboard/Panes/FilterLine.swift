import TextCells

/// The filter in force, whole and editable, with how many listings it shows.
enum FilterLine {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    let total = state.dataset.rowCount
    let counted = state.isEvaluating ? "… of \(grouped(total))" : "\(grouped(state.order.count)) of \(grouped(total))"
    let right = SafeText(counted)
    let rightColumn = max(area.column, area.endColumn - right.width - 1)
    frame.write(right, at: Spot(column: rightColumn, row: area.row), as: .statusLine)
    let label = frame.write(
      " filter  ", at: Spot(column: area.column, row: area.row), width: max(0, rightColumn - area.column), as: .keyHint)
    let start = area.column + label
    let width = max(0, rightColumn - start - 1)
    guard width > 0 else { return }
    guard case .typingFilter(let editor, _, let problem) = state.mode else {
      let text = state.filter.clauses.isEmpty ? SafeText("(all listings)") : SafeText(state.filter.text)
      frame.write(
        text.clipped(to: width), at: Spot(column: start, row: area.row),
        as: state.filter.clauses.isEmpty ? .faint : .filterText)
      return
    }
    InputLine.draw(
      editor, at: Spot(column: start, row: area.row), width: width, as: problem == nil ? .input : .filterError,
      into: &frame)
  }
}

/// A line of text being typed, scrolled so that the cursor is seen.
enum InputLine {
  static func draw(_ editor: LineEditor, at spot: Spot, width: Int, as role: Role, into frame: inout Frame) {
    guard width > 0 else { return }
    var glyphs = SafeText(editor.text).glyphs
    var cursorCell = SafeText(editor.beforeCursor).width
    var skipped = 0
    while cursorCell - skipped > width - 1, let first = glyphs.first {
      skipped += first.width
      glyphs.removeFirst()
    }
    cursorCell -= skipped
    frame.fill(Area(column: spot.column, row: spot.row, columns: width, rows: 1), as: role)
    frame.write(SafeText(glyphs: glyphs), at: spot, width: width, as: role)
    frame.cursor = Spot(column: spot.column + cursorCell, row: spot.row)
  }
}
