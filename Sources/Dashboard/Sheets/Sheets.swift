import TextCells

/// What lies over the panes: help, problems, lexicons, palette, menus, questions, the note, the packet form, the columns.
enum Sheets {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    switch state.mode {
    case .readingHelp(let top): HelpSheet.draw(state, top, area, into: &frame)
    case .readingProblems(let place): ProblemsSheet.draw(state, place, area, into: &frame)
    case .addingWord(let sheet): QuickAddSheet.draw(state, sheet, area, into: &frame)
    case .readingLexicons(let place): LexiconSheet.draw(state, place, area, into: &frame)
    case .palette(let editor, let cursor): PaletteSheet.draw(state, editor, cursor, area, into: &frame)
    case .choosing(let menu): MenuSheet.draw(menu, area, into: &frame)
    case .packetForm(let sheet): PacketSheet.draw(sheet, area, into: &frame)
    case .writingNote(let editor, let row): NoteSheet.draw(state, editor, row, area, into: &frame)
    case .namingCasebook(let editor): CasebookNameSheet.draw(editor, area, into: &frame)
    case .assigningColumns(let answers): ColumnsSheet.draw(state, answers, area, into: &frame)
    case .asking(let question): QuestionSheet.draw(question, area, into: &frame)
    case .browsing, .typingFilter, .findingValue: break
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
