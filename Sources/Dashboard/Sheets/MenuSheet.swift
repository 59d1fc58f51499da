import TextCells

/// A short list to choose from.
enum MenuSheet {
  static func draw(_ menu: Menu, _ area: Area, into frame: inout Frame) {
    let title = SafeText(menu.title)
    let inside = Sheets.open(
      area, columns: max(title.width + 6, 34), rows: menu.lines.count + 2, title: title, into: &frame)
    let top = State.scrolled(0, to: menu.cursor, rows: inside.rows)
    for line in 0..<inside.rows where top + line < menu.lines.count {
      let isCursor = top + line == menu.cursor
      let spot = Spot(column: inside.column, row: inside.row + line)
      let ground: Ground = isCursor ? .cursor : .sheet
      frame.fill(Area(column: spot.column, row: spot.row, columns: inside.columns, rows: 1), on: ground)
      // Only one digit can be pressed.
      let number = top + line < 9 ? String(top + line + 1) : " "
      let text = SafeText(" \(number)  \(menu.lines[top + line])")
      frame.write(text.clipped(to: inside.columns), at: spot, as: .text, on: ground)
      if isCursor { frame.cursor = spot }
    }
  }
}
