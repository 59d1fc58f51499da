import TextCells

/// Commands by name.
enum PaletteSheet {
  static func draw(_ state: State, _ editor: LineEditor, _ cursor: Int, _ area: Area, into frame: inout Frame) {
    let matches = CommandTable.matching(editor.text, in: state.focus)
    let inside = Sheets.open(area, columns: 78, rows: 20, title: "Commands", into: &frame)
    guard inside.rows > 0 else { return }
    let isWide = inside.columns >= 60
    // On a narrow screen the help of the chosen command stands below the list.
    let helpRows = isWide || inside.rows < 4 ? 0 : 1
    let rows = inside.rows - 1 - helpRows
    let top = State.scrolled(0, to: cursor, rows: max(1, rows))
    for line in 0..<rows where top + line < matches.count {
      let area = Area(column: inside.column, row: inside.row + 1 + line, columns: inside.columns, rows: 1)
      drawCommand(matches[top + line], state, isCursor: top + line == cursor, isWide, area, into: &frame)
    }
    if matches.isEmpty, rows > 0 {
      frame.write(
        "no command like it", at: Spot(column: inside.column + 1, row: inside.row + 1), as: .faint, on: .sheet)
    } else if helpRows > 0, matches.indices.contains(cursor) {
      let help = SafeText(matches[cursor].blocked(state) ?? matches[cursor].help).clipped(to: inside.columns - 2)
      frame.write(help, at: Spot(column: inside.column + 1, row: inside.endRow - 1), as: .faint, on: .sheet)
    }
    let label = frame.write(": ", at: Spot(column: inside.column + 1, row: inside.row), as: .keyHint, on: .sheet)
    InputLine.draw(
      editor, at: Spot(column: inside.column + 1 + label, row: inside.row), width: inside.columns - label - 2,
      as: .input, on: .sheet, into: &frame)
  }

  private static func drawCommand(
    _ command: Command, _ state: State, isCursor: Bool, _ isWide: Bool, _ area: Area, into frame: inout Frame
  ) {
    let ground: Ground = isCursor ? .cursor : .sheet
    frame.fill(area, on: ground)
    let keys = SafeText(command.keys.first?.label ?? "")
    let keyColumn = isWide ? area.column + 18 : area.endColumn - keys.width - 1
    frame.write(
      SafeText(command.name), at: Spot(column: area.column + 1, row: area.row), width: keyColumn - area.column - 2,
      as: .keyName, on: ground)
    frame.write(keys, at: Spot(column: keyColumn, row: area.row), width: 9, as: .facetCount, on: ground)
    guard isWide else { return }
    let refusal = command.blocked(state)
    frame.write(
      SafeText(refusal ?? command.help).clipped(to: area.columns - 29),
      at: Spot(column: area.column + 28, row: area.row),
      as: refusal == nil ? .text : .faint, on: ground)
  }
}
