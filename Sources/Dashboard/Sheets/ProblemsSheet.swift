import Listings
import TextCells
import Workspace

/// What could not be read, and what went wrong since: groups with their counts, the problems of one group, and the one
/// under the cursor in full at the foot.
///
/// Cost:   only the lines on the screen are looked at, however many problems there are.
enum ProblemsSheet {
  static func draw(_ state: State, _ place: ProblemsPlace, _ area: Area, into frame: inout Frame) {
    let listed = ListedProblems(list: state.problemList, place: place)
    let inside = Sheets.open(
      area, columns: area.columns, rows: area.rows, title: title(listed, place), into: &frame)
    guard !inside.isEmpty else { return }
    let (lines, foot) = inside.cut(top: listRows(inside.rows))
    frame.cursor = Spot(column: inside.column, row: inside.row)
    for offset in 0..<lines.rows {
      let line = place.level.top + offset
      guard let index = listed.index(line) else { break }
      let area = Area(column: lines.column, row: lines.row + offset, columns: lines.columns, rows: 1)
      let ground: Ground = line == place.level.cursor ? .cursor : .sheet
      frame.fill(area, on: ground)
      if ground == .cursor { frame.cursor = Spot(column: area.column, row: area.row) }
      if let group = listed.group {
        draw(group.problems[index], state, area, ground, into: &frame)
      } else {
        draw(listed.list.groups[index], area, ground, into: &frame)
      }
    }
    if listed.count == 0 {
      frame.write("nothing like it", at: Spot(column: lines.column + 1, row: lines.row), as: .faint, on: .sheet)
    }
    drawFoot(state, listed, place, foot, into: &frame)
    if let editor = place.editor { drawFind(editor, area, into: &frame) }
  }

  // MARK: The room

  /// Lines of the list on the screen.
  static func rows(_ state: State) -> Int { max(1, listRows(state.layout.middle.insideBorder.rows)) }

  /// The list has at least as much room as the foot.
  private static func listRows(_ rows: Int) -> Int { rows - (rows >= 16 ? 6 : rows >= 10 ? 4 : rows / 2) }

  private static func title(_ listed: ListedProblems, _ place: ProblemsPlace) -> SafeText {
    let find = place.level.find.isEmpty ? "" : " ~ \(place.level.find)"
    guard let group = listed.group else {
      let groups = counted(listed.list.groups.count, "group")
      return SafeText("\(counted(listed.list.count, "problem")) in \(groups)\(find)")
    }
    let names = [group.words, group.field ?? "", group.file].filter { !$0.isEmpty }.joined(separator: " · ")
    let kept = group.problems.count
    let rest = kept < group.count ? ", the first \(grouped(kept)) listed" : ""
    return SafeText("\(counted(group.count, "problem"))\(rest): \(names)\(find)")
  }

  // MARK: Lines

  private static func draw(_ group: ProblemList.Group, _ area: Area, _ ground: Ground, into frame: inout Frame) {
    let isWide = area.columns >= 70
    let countWidth = isWide ? 10 : 7
    let count = SafeText(grouped(group.count))
    frame.write(
      count, at: Spot(column: area.column + max(0, countWidth - count.width), row: area.row), as: .facetCount,
      on: ground)
    var column = area.column + countWidth + 1
    func write(_ text: String, _ width: Int, _ role: Role) {
      let room = min(width, area.endColumn - column)
      if room > 1 {
        frame.write(
          SafeText(text).clipped(to: room - 1), at: Spot(column: column, row: area.row), as: role, on: ground)
      }
      column += width
    }
    write(group.words, isWide ? 33 : area.endColumn - column, .warning)
    guard isWide else { return }
    write(group.field ?? "", 13, .fieldName)
    write(group.file, area.endColumn - column, .text)
  }

  private static func draw(
    _ problem: ProblemList.Problem, _ state: State, _ area: Area, _ ground: Ground, into frame: inout Frame
  ) {
    let placeWidth = area.columns >= 60 ? 14 : 11
    frame.write(
      SafeText(problem.place).clipped(to: placeWidth - 2), at: Spot(column: area.column + 1, row: area.row),
      as: .fieldName, on: ground)
    var column = area.column + placeWidth
    let isWide = area.columns >= 90 && problem.row != nil
    let width = isWide ? (area.endColumn - column) / 2 : area.endColumn - column
    guard width > 1 else { return }
    let text = problem.excerpt.isEmpty ? problem.found : problem.excerpt
    frame.write(
      SafeText(text).clipped(to: width - 1), at: Spot(column: column, row: area.row), as: .warning, on: ground)
    guard isWide, let row = problem.row, row < state.dataset.rowCount else { return }
    column += width
    frame.write(
      SafeText(utf8: state.dataset.bytes(of: .title, at: row), clippedTo: area.endColumn - column),
      at: Spot(column: column, row: area.row), as: .faint, on: ground)
  }

  /// The problem under the cursor, whole: what was found, then what was done.
  private static func drawFoot(
    _ state: State, _ listed: ListedProblems, _ place: ProblemsPlace, _ area: Area, into frame: inout Frame
  ) {
    guard area.rows > 0, let problem = listed.problem(at: place.level.cursor) else { return }
    let isTight = area.rows < 4
    let width = max(4, area.columns - 2)
    let found = [problem.place, problem.foundText].filter { !$0.isEmpty }.joined(separator: ": ")
    var lines = SafeText(found).wrapped(to: width).map { ($0, Role.text) }
    lines += SafeText(problem.done).wrapped(to: width).map { ($0, Role.faint) }
    if !isTight {
      let line = SafeText(glyphs: Array(repeating: Glyph("─"), count: area.columns))
      frame.write(line, at: Spot(column: area.column, row: area.row), as: .border, on: .sheet)
    }
    for (offset, line) in lines.prefix(area.rows - (isTight ? 0 : 1)).enumerated() {
      frame.write(
        line.0, at: Spot(column: area.column + 1, row: area.row + offset + (isTight ? 0 : 1)), width: width, as: line.1,
        on: .sheet)
    }
  }

  /// The line in which what to look for is typed, in the sheet's lower border.
  private static func drawFind(_ editor: LineEditor, _ area: Area, into frame: inout Frame) {
    let row = area.endRow - 1
    let label = frame.write(" find ", at: Spot(column: area.column + 1, row: row), as: .keyHint, on: .sheet)
    InputLine.draw(
      editor, at: Spot(column: area.column + 1 + label, row: row), width: area.columns - label - 2, as: .input,
      on: .sheet, into: &frame)
  }
}
