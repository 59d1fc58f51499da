import TextCells

/// The filter in force, whole and editable, with how many listings it shows.
enum FilterLine {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    let isNarrow = area.columns < 48
    let right = SafeText(count(state, isNarrow))
    let rightColumn = max(area.column, area.endColumn - right.width - 1)
    let label: SafeText = isNarrow ? " / " : " filter  "
    let start = area.column + label.width
    frame.write(label, at: Spot(column: area.column, row: area.row), as: .keyHint)
    let isTyping = if case .typingFilter = state.mode { true } else { false }
    // What is typed matters more than a number on a screen that has no room for both.
    let hasCount = !isTyping || rightColumn - start > 16
    if hasCount { frame.write(right, at: Spot(column: rightColumn, row: area.row), as: .statusLine) }
    let width = (hasCount ? rightColumn : area.endColumn) - start - 1
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

  private static func count(_ state: State, _ isNarrow: Bool) -> String {
    let total = grouped(state.dataset.rowCount)
    if isNarrow, state.filter.clauses.isEmpty { return total }
    if state.isEvaluating { return "… of \(total)" }
    return "\(grouped(state.order.count)) of \(total)\(isNarrow ? "" : state.unitOfRows)"
      + (state.unfinished == nil || isNarrow ? "" : " so far")
  }
}

/// A line of text being typed, scrolled so that the cursor is seen; `‹` says that it began further left.
enum InputLine {
  static func draw(
    _ editor: LineEditor, at spot: Spot, width: Int, as role: Role, on ground: Ground = .plain, into frame: inout Frame
  ) {
    guard width > 0 else { return }
    let glyphs = SafeText(editor.text).glyphs
    let cursorCell = SafeText(editor.beforeCursor).width
    var skipped = 0
    var first = 0
    // One cell for the cursor behind the text, one for the sign that the text began further left.
    while first < glyphs.count, cursorCell - skipped > width - 1 - (first > 0 ? 1 : 0) {
      skipped += glyphs[first].width
      first += 1
    }
    var shown = Array(glyphs[first...])
    if first > 0, width > 2 {
      shown.insert(Glyph("‹"), at: 0)
      skipped -= 1
    }
    frame.fill(Area(column: spot.column, row: spot.row, columns: width, rows: 1), as: role, on: ground)
    frame.write(SafeText(glyphs: shown), at: spot, width: width, as: role, on: ground)
    frame.cursor = Spot(column: spot.column + max(0, min(cursorCell - skipped, width - 1)), row: spot.row)
  }
}
