import TerminalIO
import TextCells

/// The bottom line: a notice if there is one, else the keys that matter here.
enum HintLine {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    let spot = Spot(column: area.column + 1, row: area.row)
    let width = area.columns - 2
    switch state.mode {
    case .typingFilter(_, _, let problem?):
      frame.write(
        SafeText("not in force yet: \(problem.sentence)").clipped(to: width), at: spot, as: .filterError)
    case .typingFilter:
      frame.write(
        SafeText("words  field:value  -not  price:100..500  a OR b   Enter keep · Esc give up · ↑↓ walk").clipped(
          to: width),
        at: spot, as: .keyHint)
    case .asking(let question): frame.write(SafeText(question.text).clipped(to: width), at: spot, as: .warning)
    case .writingNote(let editor, _):
      let label = frame.write("note  ", at: spot, as: .keyHint)
      InputLine.draw(
        editor, at: Spot(column: spot.column + label, row: spot.row), width: width - label, as: .input, into: &frame)
    case .findingValue:
      frame.write(SafeText("type to find · Enter keep · Esc give up").clipped(to: width), at: spot, as: .keyHint)
    case .packetForm:
      frame.write(
        SafeText("Tab next · ← → choose · ^S write · Esc give up").clipped(to: width), at: spot, as: .keyHint)
    default:
      if let notice = state.notice {
        drawNotice(notice, spot, width, into: &frame)
      } else {
        drawHints(state, spot, width, into: &frame)
      }
    }
  }

  private static func drawNotice(_ notice: Notice, _ spot: Spot, _ width: Int, into frame: inout Frame) {
    let role: Role =
      switch notice.kind {
      case .told: .notice
      case .warned: .warning
      case .failed: .failure
      }
    frame.write(SafeText(notice.text).clipped(to: width), at: spot, as: role)
  }

  private static func drawHints(_ state: State, _ spot: Spot, _ width: Int, into frame: inout Frame) {
    var column = spot.column
    for command in CommandTable.all where command.applies(in: state.focus) {
      guard let hint = command.hint, let key = command.keys.first else { continue }
      let name = SafeText(key.label)
      let text = SafeText(" " + hint)
      guard column + name.width + text.width <= spot.column + width else { break }
      column += frame.write(name, at: Spot(column: column, row: spot.row), as: .keyName)
      column += frame.write(text, at: Spot(column: column, row: spot.row), as: .keyHint) + 2
    }
  }
}
