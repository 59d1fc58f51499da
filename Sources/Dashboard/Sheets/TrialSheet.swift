import CodeWords
import Listings
import TextCells
import LexiconWork

/// What switching lexicons would do to the listings and to the verdicts so far, and the question whether to do so.
enum TrialSheet {
  static func draw(_ state: State, _ place: LexiconsPlace, _ area: Area, into frame: inout Frame) {
    let inside = Sheets.open(
      area, columns: min(area.columns, 96), rows: area.rows, title: SafeText(title(place)), into: &frame)
    guard !inside.isEmpty else { return }
    frame.cursor = Spot(column: inside.column, row: inside.row)
    guard case .tried(let backTest) = place.trial else {
      frame.write(
        SafeText("reading \(counted(state.dataset.rowCount, "listing")) as they would then be flagged …").clipped(
          to: inside.columns - 1), at: Spot(column: inside.column + 1, row: inside.row), as: .progress, on: .sheet)
      return
    }
    let lines = lines(backTest, state, width: inside.columns)
    // The question is always seen.
    let room = inside.rows - 1
    for (offset, line) in lines.prefix(room).enumerated() {
      var column = inside.column + 1
      for piece in line {
        let room = max(0, inside.endColumn - column)
        column += frame.write(
          piece.text.clipped(to: room), at: Spot(column: column, row: inside.row + offset), as: piece.role, on: .sheet)
      }
    }
    let row = inside.row + min(room, lines.count + (lines.count < room ? 1 : 0))
    frame.write(
      SafeText("Switch them for good? y yes · n back, nothing is switched").clipped(to: inside.columns - 1),
      at: Spot(column: inside.column + 1, row: row), as: .notice, on: .sheet)
    frame.cursor = Spot(column: inside.column + 1, row: row)
  }

  private static func title(_ place: LexiconsPlace) -> String {
    func names(_ isOn: Bool) -> String {
      let names = place.switched.filter { $0.value == isOn }.keys.sorted()
      return names.isEmpty ? "" : "\(names.joined(separator: ", ")) \(isOn ? "on" : "off")"
    }
    return "Trial: " + [names(false), names(true)].filter { !$0.isEmpty }.joined(separator: "; ")
  }

  typealias Piece = (text: SafeText, role: Role)

  /// What a change of the lexicons would do, for every sheet that asks before there is one.
  static func lines(_ backTest: BackTest, _ state: State, width: Int) -> [[Piece]] {
    let isWide = width >= 70
    let nameWidth = width < 50 ? 20 : 22
    var lines: [[Piece]] = [[(padded("", nameWidth) + padded("now", 8) + padded("then", 8), .columnHeading)]]
    for line in backTest.lines(grouped) {
      var pieces: [Piece] = [
        (padded(line.name, nameWidth), .fieldName), (padded(line.before, 8), .text),
        (padded(line.after, 8), line.before == line.after ? .text : .notice),
      ]
      if isWide { pieces.append((SafeText(line.basis), .faint)) }
      lines.append(pieces)
    }
    func sentence(_ text: String, _ role: Role) {
      lines += SafeText(text).wrapped(to: max(4, width - 2)).map { [($0, role)] }
    }
    sentence(backTest.movement(grouped), .text)
    if let caution = backTest.caution { sentence(caution, .warning) }
    // Decided listings say more than others.
    let examples = backTest.decidedRows + backTest.rows.filter { $0.decided == nil }
    guard !examples.isEmpty else { return lines }
    lines.append([])
    lines.append([("Risk now and then, the most changed first", .columnHeading)])
    return lines + examples.prefix(20).map { example($0, state) }
  }

  private static func example(_ changed: BackTest.ChangedRow, _ state: State) -> [Piece] {
    let (mark, role): (SafeText, Role) =
      switch changed.decided {
      case .confirmed: ("✓ ", .confirmed)
      case .falsePositive: ("✗ ", .falsePositive)
      case nil: ("· ", .faint)
      }
    let title =
      changed.row < state.dataset.rowCount
      ? SafeText(utf8: state.dataset.bytes(of: .title, at: changed.row), clippedTo: 200) : ""
    return [
      (mark, role), (padded("\(words(changed.before)) → \(words(changed.after))", 11), .flagged), (title, .title),
    ]
  }

  private static func words(_ risk: RowRisk) -> String { risk.value.map(String.init) ?? "?" }

  private static func padded(_ text: String, _ width: Int) -> SafeText {
    let text = SafeText(text).clipped(to: width - 1)
    return text + SafeText(glyphs: Array(repeating: Glyph(" "), count: width - text.width))
  }
}
