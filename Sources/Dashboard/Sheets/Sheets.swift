import TextCells

/// What lies over the panes: help, problems, palette, menus, the packet form.
enum Sheets {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    switch state.mode {
    case .readingHelp(let top): HelpSheet.draw(state, top, area, into: &frame)
    case .readingProblems(let top): ProblemsSheet.draw(state, top, area, into: &frame)
    case .palette(let editor, let cursor): PaletteSheet.draw(state, editor, cursor, area, into: &frame)
    case .choosing(let menu): MenuSheet.draw(menu, area, into: &frame)
    case .packetForm(let sheet): PacketSheet.draw(sheet, area, into: &frame)
    default: break
    }
  }

  /// An empty bordered sheet in the middle of `area`, as large as asked for or as there is room.
  static func open(_ area: Area, columns: Int, rows: Int, title: SafeText, into frame: inout Frame) -> Area {
    let width = min(columns, area.columns)
    let height = min(rows, area.rows)
    let sheet = Area(
      column: area.column + (area.columns - width) / 2, row: area.row + (area.rows - height) / 2, columns: width,
      rows: height)
    frame.fill(sheet, on: .sheet)
    PaneBorder.draw(sheet, title: title, isFocused: true, into: &frame)
    for column in sheet.column..<sheet.endColumn {
      for row in sheet.row..<sheet.endRow { frame[column, row].ground = .sheet }
    }
    frame.cursor = nil
    return sheet.insideBorder
  }
}

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
      let text = SafeText(" \(top + line + 1)  \(menu.lines[top + line])")
      frame.write(text.clipped(to: inside.columns), at: spot, as: .text, on: ground)
      if isCursor { frame.cursor = spot }
    }
  }
}

/// What could not be read, with its place.
enum ProblemsSheet {
  static func draw(_ state: State, _ top: Int, _ area: Area, into frame: inout Frame) {
    let shown = state.problems.count
    let more = state.problemCount > shown ? ", the first \(grouped(shown)) listed" : ""
    let inside = Sheets.open(
      area, columns: area.columns, rows: area.rows,
      title: SafeText("\(grouped(state.problemCount)) problems\(more) · Esc back"), into: &frame)
    for line in 0..<inside.rows where top + line < shown {
      let text = SafeText(state.problems[top + line]).clipped(to: inside.columns)
      frame.write(text, at: Spot(column: inside.column, row: inside.row + line), as: .warning, on: .sheet)
    }
    frame.cursor = Spot(column: inside.column, row: inside.row)
  }
}

/// Commands by name.
enum PaletteSheet {
  static func draw(_ state: State, _ editor: LineEditor, _ cursor: Int, _ area: Area, into frame: inout Frame) {
    let matches = CommandTable.matching(editor.text, in: state.focus)
    let inside = Sheets.open(area, columns: 72, rows: 18, title: "Commands", into: &frame)
    guard inside.rows > 1 else { return }
    let top = State.scrolled(0, to: cursor, rows: inside.rows - 1)
    for line in 0..<inside.rows - 1 where top + line < matches.count {
      let command = matches[top + line]
      let ground: Ground = top + line == cursor ? .cursor : .sheet
      let spot = Spot(column: inside.column, row: inside.row + 1 + line)
      frame.fill(Area(column: spot.column, row: spot.row, columns: inside.columns, rows: 1), on: ground)
      frame.write(
        SafeText(command.name), at: Spot(column: spot.column + 1, row: spot.row), width: 18, as: .keyName, on: ground)
      let keys = SafeText(command.keys.first?.label ?? "")
      frame.write(keys, at: Spot(column: spot.column + 20, row: spot.row), width: 9, as: .facetCount, on: ground)
      let help = SafeText(command.blocked(state) ?? command.help).clipped(to: inside.columns - 31)
      let role: Role = command.blocked(state) == nil ? .text : .faint
      frame.write(help, at: Spot(column: spot.column + 30, row: spot.row), as: role, on: ground)
    }
    let label = frame.write(": ", at: Spot(column: inside.column + 1, row: inside.row), as: .keyHint, on: .sheet)
    InputLine.draw(
      editor, at: Spot(column: inside.column + 1 + label, row: inside.row), width: inside.columns - label - 2,
      as: .input, into: &frame)
  }
}
