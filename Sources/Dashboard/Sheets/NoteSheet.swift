import Listings
import TextCells

/// The note being written, whole, at the foot of the panes.
enum NoteSheet {
  static func draw(_ state: State, _ editor: LineEditor, _ row: Int, _ area: Area, into frame: inout Frame) {
    let title = state.dataset.bytes(of: .title, at: row)
    let name = title.count > 0 ? "Note on " : "Note"
    let width = max(1, area.columns - 2)
    let (lines, cursor) = laidOut(editor, width: width)
    let rows = min(area.rows, max(3, lines.count) + 2)
    let (_, foot) = area.cut(top: area.rows - rows)
    let inside = Sheets.open(
      foot, columns: area.columns, rows: rows,
      title: SafeText(name) + SafeText(utf8: title, clippedTo: max(0, area.columns - 14)), into: &frame)
    guard !inside.isEmpty else { return }
    let top = State.scrolled(0, to: cursor.row, rows: inside.rows)
    for offset in 0..<inside.rows where top + offset < lines.count {
      frame.write(
        lines[top + offset], at: Spot(column: inside.column, row: inside.row + offset), width: inside.columns,
        as: .input, on: .sheet)
    }
    frame.cursor = Spot(column: inside.column + cursor.column, row: inside.row + cursor.row - top)
  }

  /// The text in full lines, broken where the line is full, and the place of the cursor among them.
  static func laidOut(_ editor: LineEditor, width: Int) -> (lines: [SafeText], cursor: Spot) {
    let before = SafeText(editor.beforeCursor).glyphs.count
    var lines: [SafeText] = [SafeText()]
    var used = 0
    var cursor = Spot(column: 0, row: 0)
    for (index, glyph) in SafeText(editor.text).glyphs.enumerated() {
      if used + glyph.width > width {
        lines.append(SafeText())
        used = 0
      }
      if index == before { cursor = Spot(column: used, row: lines.count - 1) }
      lines[lines.count - 1].glyphs.append(glyph)
      used += glyph.width
      if index + 1 == before { cursor = Spot(column: used, row: lines.count - 1) }
    }
    if cursor.column >= width {
      cursor = Spot(column: 0, row: cursor.row + 1)
      if cursor.row == lines.count { lines.append(SafeText()) }
    }
    return (lines, cursor)
  }
}

/// A question before something that touches many listings, with the keys that answer it.
enum QuestionSheet {
  static func draw(_ question: Question, _ area: Area, into frame: inout Frame) {
    let width = min(area.columns, 64)
    let text = SafeText(question.text).wrapped(to: max(1, width - 4))
    let wanted = text.count + question.answers.count + 3
    let inside = Sheets.open(area, columns: width, rows: wanted, title: "Please answer", into: &frame)
    guard !inside.isEmpty else { return }
    // Where not all fits, the text gives way: the keys must be seen.
    let isTight = inside.rows < wanted - 2
    let textRows = max(1, inside.rows - question.answers.count - (isTight ? 0 : 1))
    for (offset, line) in text.prefix(textRows).enumerated() {
      frame.write(
        line, at: Spot(column: inside.column + 1, row: inside.row + offset), width: inside.columns - 2, as: .warning,
        on: .sheet)
    }
    let first = inside.row + min(textRows, text.count) + (isTight ? 0 : 1)
    for (offset, answer) in question.answers.enumerated() where first + offset < inside.endRow {
      let spot = Spot(column: inside.column + 2, row: first + offset)
      frame.write(SafeText(answer.key), at: spot, width: 5, as: .keyName, on: .sheet)
      frame.write(
        SafeText(answer.meaning), at: Spot(column: spot.column + 5, row: spot.row), width: inside.columns - 8,
        as: .text, on: .sheet)
    }
    frame.cursor = Spot(column: inside.column + 1, row: inside.row)
  }
}
