import TerminalIO
import TextCells

/// The keys of a pane, from the command table.
enum HelpSheet {
  struct Line: Equatable {
    let keys: String
    let text: String
    let isHeading: Bool
  }

  static func lines(for pane: Pane) -> [Line] {
    var lines: [Line] = []
    for group in Command.Group.allCases {
      let commands = CommandTable.all.filter { $0.group == group && $0.applies(in: pane) && !$0.keys.isEmpty }
      guard !commands.isEmpty else { continue }
      if !lines.isEmpty { lines.append(Line(keys: "", text: "", isHeading: false)) }
      lines.append(Line(keys: "", text: group.rawValue, isHeading: true))
      lines += commands.map { Line(keys: keys(of: $0), text: $0.help, isHeading: false) }
    }
    return lines + filterLines
  }

  /// The keys a person needs to know; twins on other keyboards are not told.
  package static func keys(of command: Command) -> String {
    command.keys.filter(\.isTold).map(\.label).joined(separator: " ")
  }

  private static let filterLines: [Line] = [
    Line(keys: "", text: "", isHeading: false),
    Line(keys: "", text: "The filter", isHeading: true),
    Line(keys: "ivory ring", text: "both words, in title, description, species or seller", isHeading: false),
    Line(keys: "\"ivory ring\"", text: "these words together", isHeading: false),
    Line(keys: "-replica", text: "without; - stands before any condition", isHeading: false),
    Line(
      keys: "platform:face", text: "a part of the value; \"in quotes\" the whole; * for any letters", isHeading: false),
    Line(keys: "species:none", text: "without a value", isHeading: false),
    Line(keys: "price:100..500", text: "US dollars; >100 <50 100..500cny none unread", isHeading: false),
    Line(keys: "posted:2026-11", text: "a year, month, day or span 2026-11-01..2026-11-15", isHeading: false),
    Line(keys: "is:confirmed", text: "false-positive unsure unreviewed reviewed marked noted", isHeading: false),
    Line(keys: "(a OR b) /re/", text: "alternatives; a regular expression", isHeading: false),
  ]

  static func draw(_ state: State, _ top: Int, _ area: Area, into frame: inout Frame) {
    let lines = lines(for: state.focus)
    let inside = Sheets.open(
      area, columns: 76, rows: area.rows, title: SafeText("Keys here · Esc back · j k scroll"), into: &frame)
    for offset in 0..<inside.rows where top + offset < lines.count {
      let line = lines[top + offset]
      let row = inside.row + offset
      if line.isHeading {
        frame.write(
          SafeText(line.text), at: Spot(column: inside.column + 1, row: row), width: inside.columns,
          as: .paneTitleFocused,
          on: .sheet)
        continue
      }
      frame.write(
        SafeText(line.keys), at: Spot(column: inside.column + 2, row: row), width: 15, as: .keyName, on: .sheet)
      frame.write(
        SafeText(line.text).clipped(to: inside.columns - 18), at: Spot(column: inside.column + 18, row: row), as: .text,
        on: .sheet)
    }
    frame.cursor = Spot(column: inside.column, row: inside.row)
  }
}

extension Key {
  /// Whether the key is named to people; Cyrillic twins of a Latin key simply work.
  var isTold: Bool { if case .character(let scalar) = self { scalar.isASCII } else { true } }
}
