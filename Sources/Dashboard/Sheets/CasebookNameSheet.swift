import TextCells

/// The name of a casebook, typed at the foot of the panes.
enum CasebookNameSheet {
  static func draw(_ editor: LineEditor, _ area: Area, into frame: inout Frame) {
    let (_, foot) = area.cut(top: max(0, area.rows - 3))
    let inside = Sheets.open(
      foot, columns: area.columns, rows: 3, title: "File into the casebook named", into: &frame)
    guard !inside.isEmpty else { return }
    InputLine.draw(
      editor, at: Spot(column: inside.column, row: inside.row), width: inside.columns, as: .input, on: .sheet,
      into: &frame)
  }
}
