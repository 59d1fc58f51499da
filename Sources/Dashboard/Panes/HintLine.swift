import TerminalIO
import TextCells

/// The bottom line: a notice if there is one, else the keys that matter here.
enum HintLine {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    let spot = Spot(column: area.column + 1, row: area.row)
    let width = max(0, area.columns - 1)
    switch state.mode {
    case .typingFilter(_, _, let problem?):
      frame.write(SafeText("not in force yet: \(problem.sentence)").clipped(to: width), at: spot, as: .filterError)
    case .typingFilter:
      frame.write(
        SafeText("Enter keep · Esc give up · ↑↓ walk · Tab complete · words  field:value  -not  price:100..500  a OR b")
          .clipped(
            to: width), at: spot, as: .keyHint)
    case .findingValue: write("type to find · Enter keep · Esc give up · ↑↓ walk", spot, width, into: &frame)
    case .writingNote: write("Enter files it · Esc keeps it as a draft", spot, width, into: &frame)
    case .namingCasebook:
      write("Enter files there, and goes on with that casebook · Esc back", spot, width, into: &frame)
    case .packetForm(let sheet) where sheet.complaint != nil && state.size.rows < Layout.sheetRows:
      frame.write(SafeText(sheet.complaint ?? "").clipped(to: width), at: spot, as: .failure)
    case .packetForm: write("^S write · Esc later · Tab next · ← → choose", spot, width, into: &frame)
    case .assigningColumns(let answers) where answers.picking != nil:
      write("type to find · ↑↓ choose · Enter takes it · Esc back", spot, width, into: &frame)
    case .assigningColumns(let answers) where answers.current.currencyLine != nil:
      write("type a code · Enter takes it · Esc back", spot, width, into: &frame)
    case .assigningColumns(let answers):
      let more = answers.kinds.count > 1 ? " · Tab other files" : ""
      write(
        "Space field · Backspace none · Enter apply · Esc leave as it was · F forget\(more)", spot, width, into: &frame)
    case .palette: write("Enter runs it · Esc back · ↑↓ choose", spot, width, into: &frame)
    case .choosing: write("Enter or its number · Esc back · ↑↓ choose", spot, width, into: &frame)
    case .readingProblems(let place): write(problemKeys(place), spot, width, into: &frame)
    case .addingWord(let sheet): write(QuickAddSheet.keys(sheet), spot, width, into: &frame)
    case .readingLexicons(let place): write(LexiconSheet.keys(place), spot, width, into: &frame)
    case .readingHelp: write("Esc back · j k line · Space page · g G ends", spot, width, into: &frame)
    case .asking(let question):
      write(question.answers.map { "\($0.key) \($0.meaning)" }.joined(separator: " · "), spot, width, into: &frame)
    case .browsing:
      if let notice = state.notice {
        frame.write(SafeText(notice.text).clipped(to: width), at: spot, as: notice.kind.role)
      } else {
        drawHints(state, spot, width, into: &frame)
      }
    }
  }

  private static func write(_ text: String, _ spot: Spot, _ width: Int, into frame: inout Frame) {
    frame.write(SafeText(text).clipped(to: width), at: spot, as: .keyHint)
  }

  private static func problemKeys(_ place: ProblemsPlace) -> String {
    if place.editor != nil { return "type to find · Enter keep · Esc give up · ↑↓ walk" }
    let enter = place.opened == nil ? "Enter list them" : "Enter to the listing"
    return "Esc back · \(enter) · / find · y copy · e CSV file · i is:problem"
  }

  private static func drawHints(_ state: State, _ spot: Spot, _ width: Int, into frame: inout Frame) {
    var column = spot.column
    for hint in hints(of: state.focus, width: width) {
      column += frame.write(SafeText(hint.key), at: Spot(column: column, row: spot.row), as: .keyName)
      column += frame.write(SafeText(" " + hint.words), at: Spot(column: column, row: spot.row), as: .keyHint) + 2
    }
  }

  /// The hints that fit, those wanted most first; help and quit always.
  static func hints(of pane: Pane, width: Int) -> [(key: String, words: String)] {
    func told(_ command: Command) -> (key: String, words: String) {
      let words = command.hint ?? ""
      // On a narrow screen one word has to do.
      return (command.keys.first?.label ?? "", width < 60 ? String(words.prefix { $0 != " " }) : words)
    }
    func cells(_ hint: (key: String, words: String)) -> Int { SafeText(hint.key + " " + hint.words).width + 2 }
    let hinted = CommandTable.hinted(in: pane)
    let last = hinted.filter { $0.hintRank == 3 }.map(told)
    var room = width + 2 - last.reduce(0) { $0 + cells($1) }
    var shown: [(key: String, words: String)] = []
    for command in hinted where command.hintRank < 3 {
      let hint = told(command)
      guard cells(hint) <= room else {
        // Of what belongs together the later is not shown without the earlier.
        if command.hintRank == 0 { break }
        continue
      }
      room -= cells(hint)
      shown.append(hint)
    }
    return shown + last
  }
}

/// A notice that is longer than the bottom line, or that comes while something is typed: whole, over the panes.
enum NoticeBox {
  static func draw(_ state: State, _ layout: Layout, into frame: inout Frame) {
    guard let notice = state.notice else { return }
    let text = SafeText(notice.text)
    let width = max(1, state.size.columns - 2)
    let isBrowsing = state.mode == .browsing
    if isBrowsing, text.width <= width + 1 { return }
    let lines = text.wrapped(to: width)
    let end = isBrowsing ? layout.hintLine.endRow : layout.filterLine.row
    let count = min(lines.count, max(1, end - layout.titleBar.endRow))
    let role = notice.kind.role
    for (offset, line) in lines.prefix(count).enumerated() {
      let row = end - count + offset
      frame.fill(Area(column: 0, row: row, columns: state.size.columns, rows: 1), on: .sheet)
      frame.write(line, at: Spot(column: 1, row: row), width: width, as: role, on: .sheet)
    }
    if let cursor = frame.cursor, isBrowsing, cursor.row >= end - count { frame.cursor?.row = end - count }
  }
}

extension Notice.Kind {
  var role: Role {
    switch self {
    case .told: .notice
    case .warned: .warning
    case .failed: .failure
    }
  }
}
