import CodeWords
import Listings
import TextCells
import LexiconWork

/// A word of the listing, what it stands for, and below what it finds; then what it would change, and the question.
enum QuickAddSheet {
  /// A line in pieces.
  private typealias Line = [(SafeText, Role)]

  static func draw(_ state: State, _ sheet: QuickAdd, _ area: Area, into frame: inout Frame) {
    let isAsking = sheet.stage == .asking || sheet.stage == .adding
    let title = isAsking ? "Add “\(sheet.draft[.word])”?" : "Add a word to your lexicon"
    let inside = Sheets.open(
      area, columns: min(100, area.columns), rows: area.rows, title: SafeText(title).clipped(to: area.columns - 6),
      into: &frame)
    guard inside.rows > 0 else { return }
    let width = max(1, inside.columns - 2)
    if isAsking {
      return drawOutcome(state, sheet, inside, into: &frame)
    }
    let plan = Plan(inside.rows)
    let text = text(sheet, width: width, rows: plan.text)
    write(text, inside, into: &frame)
    let (_, rest) = inside.cut(top: text.count + (plan.text > 1 && !text.isEmpty ? 1 : 0))
    drawFields(sheet, rest.cut(top: plan.fields).0, into: &frame)
    let (_, foot) = rest.cut(top: plan.fields + (plan.text > 1 ? 1 : 0))
    write(found(state, sheet, width: width), foot, into: &frame)
  }

  /// How the rows are shared out: the line that is being filled in always, then what it finds, then the text.
  private struct Plan {
    let text: Int
    let fields: Int

    init(_ rows: Int) {
      let all = TermDraft.Line.allCases.count
      text = rows >= all + 8 ? min(5, rows - all - 7) : rows >= 4 ? 1 : 0
      fields = rows >= all + 3 ? all : max(1, min(all, (rows - text) / 2))
    }
  }

  /// The keys that matter now, for the bottom line.
  static func keys(_ sheet: QuickAdd) -> String {
    switch sheet.stage {
    case .filling where sheet.line == .word && sheet.selection != nil:
      "↑↓ word · →← longer, shorter · type another · Tab next line · Enter try it · Esc leave"
    case .filling where sheet.line == .word: "type a word · ↑↓ choose one of the listing · Tab next line · Enter try it"
    case .filling where !sheet.line.choices.isEmpty: "← → choose · Tab next line · Enter try it · Esc leave"
    case .filling: "Tab next line · Shift-Tab back · Enter try it · Esc leave"
    case .testing: "reckoning what changes … · Esc back"
    case .asking: "y add it · n back to the word"
    case .adding: "being written … · Esc leave"
    }
  }

  private static func write(_ lines: [Line], _ area: Area, into frame: inout Frame) {
    for (offset, line) in lines.prefix(max(0, area.rows)).enumerated() {
      var column = area.column + 1
      for (text, role) in line {
        column += frame.write(
          text, at: Spot(column: column, row: area.row + offset), width: max(0, area.endColumn - 1 - column), as: role,
          on: .sheet)
      }
    }
  }

  // MARK: The listing's text

  /// Title and description with the chosen words marked, from the line on which they begin.
  private static func text(_ sheet: QuickAdd, width: Int, rows: Int) -> [Line] {
    guard rows > 0 else { return [] }
    var lines: [Line] = []
    var first = 0
    let chosen = sheet.selection.flatMap { range in
      sheet.words.bytes(of: range).map { (sheet.words.words[range.lowerBound].field, $0) }
    }
    for (field, role) in [(Field.title, Role.title), (.description, .text)] {
      var text = sheet.words.text(of: field)
      text.withUTF8 { bytes in
        let bytes = UnsafeRawBufferPointer(bytes)
        for line in PlacedText.lines(utf8: bytes, width: width) where !line.text.isEmpty {
          let marked = chosen.map { $0.0 == field ? line.glyphs(showing: $0.1) : 0..<0 } ?? 0..<0
          if !marked.isEmpty, first == 0 { first = lines.count + 1 }
          lines.append(pieces(line, marked, role, as: .input))
        }
      }
    }
    let top = max(0, min(first - 1, lines.count - rows))
    return Array(lines.dropFirst(top).prefix(rows))
  }

  /// A line whose marked glyphs stand out.
  private static func pieces(_ line: PlacedText, _ marked: Range<Int>, _ role: Role, as marking: Role) -> Line {
    let glyphs = line.text.glyphs
    guard !marked.isEmpty else { return [(line.text, role)] }
    return [
      (SafeText(glyphs: Array(glyphs[..<marked.lowerBound])), role),
      (SafeText(glyphs: Array(glyphs[marked])), marking),
      (SafeText(glyphs: Array(glyphs[marked.upperBound...])), role),
    ]
  }

  // MARK: The lines to fill in

  private static func drawFields(_ sheet: QuickAdd, _ area: Area, into frame: inout Frame) {
    let lines = TermDraft.Line.allCases
    let top = State.scrolled(0, to: lines.firstIndex(of: sheet.line) ?? 0, rows: max(1, area.rows))
    for offset in 0..<area.rows where top + offset < lines.count {
      drawField(
        lines[top + offset], sheet,
        Area(column: area.column, row: area.row + offset, columns: area.columns, rows: 1), into: &frame)
    }
  }

  private static func drawField(
    _ line: TermDraft.Line, _ sheet: QuickAdd, _ area: Area, into frame: inout Frame
  ) {
    let labelWidth = min(18, area.columns / 3)
    frame.write(
      SafeText(line.label).clipped(to: labelWidth), at: Spot(column: area.column + 1, row: area.row),
      as: line == sheet.fault?.line ? .failure : .fieldName, on: .sheet)
    let spot = Spot(column: area.column + labelWidth + 2, row: area.row)
    let width = max(1, area.columns - labelWidth - 3)
    let isCurrent = line == sheet.line && sheet.stage == .filling
    if !isCurrent {
      frame.write(SafeText(sheet.draft[line]).clipped(to: width), at: spot, as: .text, on: .sheet)
      if line == sheet.line { frame.cursor = spot }
    } else if line.choices.isEmpty {
      InputLine.draw(sheet.editor, at: spot, width: width, as: .input, on: .sheet, into: &frame)
    } else {
      frame.write(SafeText("‹ \(sheet.draft[line]) ›").clipped(to: width), at: spot, as: .input, on: .sheet)
      frame.cursor = spot
    }
  }

  // MARK: What the word finds

  private static func found(_ state: State, _ sheet: QuickAdd, width: Int) -> [Line] {
    var lines: [Line] = []
    func add(_ text: String, _ role: Role) { lines += SafeText(text).wrapped(to: width).map { [($0, role)] } }
    if let fault = sheet.fault { add("\(fault.line.label): \(fault.why)", .failure) }
    if sheet.stage == .testing { add("reckoning what changes …", .progress) }
    guard let trial = sheet.trial else {
      if sheet.fault == nil, sheet.stage == .filling { add("looking …", .progress) }
      return lines
    }
    add(sentence(trial, state), .notice)
    for warning in trial.warnings.prefix(2) { add(warning, .warning) }
    for example in trial.examples { lines.append(self.line(of: example, state, width: width)) }
    let more = trial.all.rows - trial.examples.count
    if more > 0 { add("… and \(grouped(more)) more", .faint) }
    return lines
  }

  private static func sentence(_ trial: WordTrial, _ state: State) -> String {
    let unfinished = state.loading.isComplete ? state.unfinishedFlags : .listings(percent: state.readPercent)
    let isPartly = unfinished.map { " so far · \($0.sentence)" } ?? ""
    guard trial.all.rows > 0 else { return "It stands in no listing that is open" + isPartly }
    let shown = trial.shown == trial.all.rows ? "" : ", \(grouped(trial.shown)) of them shown"
    return "It stands in \(counted(trial.all.rows, "listing"))\(shown): \(trial.all.words(grouped)); "
      + "\(grouped(trial.notFlagged)) below risk \(trial.threshold) so far\(isPartly)"
  }

  /// Verdict, risk, and the text around the word.
  private static func line(of example: WordTrial.Example, _ state: State, width: Int) -> Line {
    guard example.row < state.dataset.rowCount else { return [] }
    let mark = VerdictMark(state, example.row)
    let risk = TableColumn.risk(state.flags.risk(at: example.row)).rightAligned(in: 4)
    let bytes = state.dataset.bytes(of: example.field, at: example.row)
    let window = window(bytes, around: example.bytes, before: max(8, width / 3))
    let text = PlacedText(
      utf8: UnsafeRawBufferPointer(rebasing: bytes[window...]), limit: max(1, width - 8))
    let place = example.bytes.lowerBound - window..<example.bytes.upperBound - window
    return [
      (mark.glyph, mark.role), (risk, TableColumn.role(state.flags.risk(at: example.row))),
      (window > 0 ? " …" : "  ", .faint),
    ] + pieces(text, text.glyphs(showing: place), .text, as: .hitTerm)
  }

  /// Where to begin a text so that a place in it is seen: at a character's first byte.
  private static func window(_ bytes: UnsafeRawBufferPointer, around place: Range<Int>, before: Int) -> Int {
    guard place.upperBound > before * 2 else { return 0 }
    var start = max(0, place.lowerBound - before)
    while start < place.lowerBound, bytes[start] & 0xC0 == 0x80 { start += 1 }
    return start
  }

  // MARK: What it would change

  private static func drawOutcome(_ state: State, _ sheet: QuickAdd, _ area: Area, into frame: inout Frame) {
    guard let outcome = sheet.trial?.outcome else { return }
    let width = max(1, area.columns - 2)
    let change: [Line] = SafeText(outcome.change.sentence).wrapped(to: width).map { [($0, .text)] }
    let lines =
      change + [[]] + TrialSheet.lines(outcome.test, state, width: area.columns).map { $0.map { ($0.text, $0.role) } }
    // The question is always seen.
    let room = area.rows - 1
    write(Array(lines.prefix(room)), area, into: &frame)
    let spot = Spot(
      column: area.column + 1, row: area.row + min(room, lines.count + (lines.count < room ? 1 : 0)))
    let isAdding = sheet.stage == .adding
    frame.write(
      SafeText(isAdding ? "being written …" : "Add it to \(TermDraft.file)? y yes · n back to the word").clipped(
        to: width),
      at: spot, as: isAdding ? .progress : .notice, on: .sheet)
    frame.cursor = spot
  }
}
