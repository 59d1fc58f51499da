import CodeWords
import Listings
import TextCells
import Workspace

/// Which column of the files is which field, with values of each, and the first listings as they would be read.
enum ColumnsSheet {
  static func draw(_ state: State, _ answers: ColumnAnswers, _ area: Area, into frame: inout Frame) {
    let kind = answers.current
    let several = answers.kinds.count > 1 ? " (\(answers.kind + 1) of \(answers.kinds.count) kinds of files)" : ""
    let inside = Sheets.open(
      area, columns: area.columns, rows: area.rows, title: SafeText("Columns\(several)"), into: &frame)
    guard inside.rows > 0 else { return }
    let others = kind.files.count > 1 ? " +\(kind.files.count - 1)" : ""
    frame.write(
      SafeText("\(kind.files[0].lastPart)\(others) · \(told(kind, state))").clipped(to: inside.columns - 2),
      at: Spot(column: inside.column + 1, row: inside.row), as: .faint, on: .sheet)
    let rows = listRows(inside, answers)
    let top = State.scrolled(0, to: answers.cursor, rows: max(1, rows))
    for line in 0..<rows where top + line < kind.columns.count {
      let spot = Area(column: inside.column, row: inside.row + 1 + line, columns: inside.columns, rows: 1)
      drawColumn(kind.columns[top + line], isCursor: top + line == answers.cursor, spot, into: &frame)
    }
    let why = why(answers.column, width: inside.columns - 2).prefix(max(1, inside.rows - 1 - rows))
    for (line, text) in why.enumerated() where inside.row + 1 + rows + line < inside.endRow {
      frame.write(text, at: Spot(column: inside.column + 1, row: inside.row + 1 + rows + line), as: .notice, on: .sheet)
    }
    var (_, foot) = inside.cut(top: 1 + rows + why.count)
    foot = drawCurrency(kind, foot, into: &frame)
    if foot.rows >= 3 { drawPreview(state, answers, foot, into: &frame) }
    if let choice = answers.picking { FieldChoiceSheet.draw(answers, choice, area, into: &frame) }
  }

  /// The question for the currency, on a line or two; gives the area that is left.
  private static func drawCurrency(_ kind: ColumnAnswers.Kind, _ area: Area, into frame: inout Frame) -> Area {
    guard let question = kind.currencyQuestion, area.rows >= 2 else { return area }
    let lines = SafeText(question).wrapped(to: max(1, area.columns - 2)).prefix(2)
    let role: Role = kind.currencyLine != nil ? .input : kind.currency == nil ? .warning : .faint
    for (index, line) in lines.enumerated() {
      frame.write(line, at: Spot(column: area.column + 1, row: area.row + index), as: role, on: .sheet)
    }
    return area.cut(top: lines.count).1
  }

  /// How many columns it has, whether the file names them, and what spoke for that.
  private static func told(_ kind: ColumnAnswers.Kind, _ state: State) -> String {
    guard state.dataset.sources.indices.contains(kind.source) else { return kind.header.words }
    let basis = state.dataset.sources[kind.source].reader.headerBasis
    // Their names stand below; what spoke for them would be cut off behind these.
    return basis.isEmpty ? kind.header.words : "\(kind.header.words.prefix { $0 != ":" }) · \(basis)"
  }

  /// Lines for columns: what is left beside the line above, the reason below, and some listings.
  private static func listRows(_ inside: Area, _ answers: ColumnAnswers) -> Int {
    let wanted = answers.current.columns.count
    let room = inside.rows - 2
    let listings = room >= 10 ? min(8, max(5, room - wanted)) : 0
    return max(1, min(wanted, room - listings))
  }

  static func listRows(_ state: State, _ answers: ColumnAnswers) -> Int {
    listRows(state.layout.middle.insideBorder, answers)
  }

  private static func drawColumn(
    _ column: ColumnAnswers.Column, isCursor: Bool, _ area: Area, into frame: inout Frame
  ) {
    let ground: Ground = isCursor ? .cursor : .sheet
    frame.fill(area, on: ground)
    if isCursor { frame.cursor = Spot(column: area.column, row: area.row) }
    let nameWidth = max(6, min(22, area.columns / 4))
    let fieldWidth = max(6, min(13, area.columns / 4))
    var spot = Spot(column: area.column + 1, row: area.row)
    frame.write(SafeText(column.finding.name).clipped(to: nameWidth), at: spot, as: .fieldName, on: ground)
    spot.column += nameWidth + 1
    let field = column.field?.rawValue ?? "–"
    frame.write(
      SafeText(field).clipped(to: fieldWidth), at: spot, as: column.field == nil ? .faint : .title, on: ground)
    spot.column += fieldWidth + 1
    frame.write(SafeText(mark(column)), at: spot, as: column.isChanged ? .notice : .faint, on: ground)
    let markWidth = 10
    if area.columns >= 60 { spot.column += markWidth }
    let samples = column.samples.isEmpty ? "(empty)" : column.samples.joined(separator: " · ")
    guard area.columns >= 60 else { return }
    frame.write(
      SafeText(samples).clipped(to: max(0, area.endColumn - spot.column - 1)), at: spot,
      as: column.samples.isEmpty ? .faint : .text, on: ground)
  }

  /// What spoke for the field, in a word; the line below says it whole.
  private static func mark(_ column: ColumnAnswers.Column) -> String {
    if column.finding.isOffered, column.field == .title { return "proposed" }
    if column.isChanged { return "changed" }
    switch column.finding.basis {
    case .name: return "name"
    case .shape: return "values"
    case .map: return "--map"
    case .chosen: return "chosen"
    case .remembered: return "kept"
    case .offered: return "offered"
    case .nothing: return ""
    }
  }

  /// Why the column is what it is, on two lines at most.
  private static func why(_ column: ColumnAnswers.Column, width: Int) -> ArraySlice<SafeText> {
    let before = column.finding.field.map { "\($0.rawValue) until now" } ?? "no field until now"
    let why = column.finding.why.isEmpty ? "no field: neither its name nor its values tell one" : column.finding.why
    let isProposal = column.finding.isOffered && column.field == .title
    let words =
      isProposal
      ? "\(why); proposed as the title, Enter takes it, Backspace does not"
      : column.isChanged ? "\(before); changed here" : why
    return SafeText("\(column.finding.name.prefix(40)): \(words)").wrapped(to: max(1, width)).prefix(2)
  }

  // MARK: The first listings

  private static func drawPreview(_ state: State, _ answers: ColumnAnswers, _ area: Area, into frame: inout Frame) {
    var area = area
    for line in warning(state, answers, width: area.columns - 2).prefix(max(0, area.rows - 2)).reversed() {
      frame.write(
        line, at: Spot(column: area.column + 1, row: area.endRow - 1), as: .warning, on: .sheet)
      area = area.cut(top: area.rows - 1).0
    }
    frame.write(
      "The first listings, as they would be read", at: Spot(column: area.column + 1, row: area.row),
      width: area.columns - 2, as: .paneTitle, on: .sheet)
    guard let preview = answers.preview?.dataset else {
      frame.write("reading …", at: Spot(column: area.column + 1, row: area.row + 1), as: .progress, on: .sheet)
      return
    }
    // The columns of the table, chosen for these listings and this width.
    var read = state
    read.session = OpenSession(of: preview)
    let columns = TableColumn.chosen(for: area.columns - 1, read)
    for column in columns {
      write(SafeText(column.heading), column, at: area.row + 1, area, as: .columnHeading, into: &frame)
    }
    for row in 0..<min(preview.rowCount, max(0, area.rows - 2)) {
      for column in columns {
        let text = column.text(read, row, width: column.width).clipped(to: column.width)
        write(text, column, at: area.row + 2 + row, area, as: column.role(read, row), into: &frame)
      }
    }
  }

  private static func write(
    _ text: SafeText, _ column: TableColumn, at row: Int, _ area: Area, as role: Role, into frame: inout Frame
  ) {
    guard row < area.endRow else { return }
    // The table keeps its first cells for marks; there are none here.
    let shift = column.isRightAligned ? max(0, column.width - text.width) : 0
    let start = area.column + column.start - 2 + shift
    frame.write(
      text, at: Spot(column: start, row: row), width: max(0, min(column.width - shift, area.endColumn - start)),
      as: role, on: .sheet)
  }

  /// What the answer does to verdicts, in words; nothing where it does nothing to them.
  private static func warning(_ state: State, _ answers: ColumnAnswers, width: Int) -> [SafeText] {
    guard state.changesKeys(answers) else { return [] }
    let left = state.leftBehind(answers)
    let words =
      left == 0
      ? "These listings get another identity; none of them is decided yet, so nothing is left behind."
      : "These listings get another identity: \(counted(left, "decided listing")) would be undecided here. The verdicts "
        + "stay in the casebook, and come back with the old columns."
    return SafeText(words).wrapped(to: max(1, width))
  }
}

/// The list of fields, over the sheet of columns.
enum FieldChoiceSheet {
  static func draw(_ answers: ColumnAnswers, _ choice: FieldChoice, _ area: Area, into frame: inout Frame) {
    let matches = choice.matches
    let title = SafeText("\(answers.column.finding.name) is the").clipped(to: 38)
    // At the right, so that the columns and what they are now stay in sight.
    let width = min(44, area.columns)
    let inside = Sheets.open(
      area.cut(left: area.columns - width).1, columns: width, rows: min(area.rows, matches.count + 3), title: title,
      into: &frame)
    guard inside.rows > 0 else { return }
    let rows = max(1, inside.rows - 1)
    let top = State.scrolled(0, to: choice.cursor, rows: rows)
    for line in 0..<(inside.rows - 1) where top + line < matches.count {
      let isCursor = top + line == choice.cursor
      let spot = Spot(column: inside.column, row: inside.row + 1 + line)
      let ground: Ground = isCursor ? .cursor : .sheet
      frame.fill(Area(column: spot.column, row: spot.row, columns: inside.columns, rows: 1), on: ground)
      let field = matches[top + line]
      frame.write(
        SafeText(field?.rawValue ?? "(no field)").clipped(to: 14), at: Spot(column: spot.column + 1, row: spot.row),
        as: .keyName, on: ground)
      let owner = answers.current.columns.first { $0.field == field && field != nil }
      guard let owner else { continue }
      frame.write(
        SafeText("now \(owner.finding.name)").clipped(to: max(0, inside.columns - 18)),
        at: Spot(column: spot.column + 16, row: spot.row), as: .faint, on: ground)
    }
    if matches.isEmpty, inside.rows > 1 {
      frame.write("no such field", at: Spot(column: inside.column + 1, row: inside.row + 1), as: .faint, on: .sheet)
    }
    InputLine.draw(
      choice.editor, at: Spot(column: inside.column + 1, row: inside.row), width: inside.columns - 2, as: .input,
      on: .sheet, into: &frame)
  }
}
