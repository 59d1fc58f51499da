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
    Line(
      keys: "is:confirmed", text: "false-positive unsure unreviewed reviewed marked noted problem unreadable",
      isHeading: false),
    Line(keys: "risk:>60 risk:unknown", text: "what the code words add up to, 0 to 100", isHeading: false),
    Line(keys: "term:jelly", text: "a code word that counts, or what it stands for", isHeading: false),
    Line(keys: "taxon:parrots", text: "a taxon by any of its names, and all that belongs to it", isHeading: false),
    Line(keys: "appendix:I china:1", text: "where it stands in CITES, or on China's list", isHeading: false),
    Line(keys: "file:week47 views:12", text: "the file; any column of the file by its own name", isHeading: false),
    Line(keys: "(a OR b) /re/", text: "alternatives; a regular expression", isHeading: false),
  ]

  /// A line of the sheet as it is drawn: a long help goes on below, under its beginning.
  private struct DrawnLine {
    var keys: SafeText = ""
    var text: SafeText
    var isHeading = false
    var keysHaveLine = false
  }

  static func draw(_ state: State, _ top: Int, _ area: Area, into frame: inout Frame) {
    let inside = Sheets.open(area, columns: 78, rows: area.rows, title: "Keys of this pane", into: &frame)
    let lines = drawn(for: state.focus, width: inside.columns)
    let indent = indent(inside.columns)
    for offset in 0..<inside.rows where top + offset < lines.count {
      let line = lines[top + offset]
      let row = inside.row + offset
      if line.isHeading {
        frame.write(
          line.text, at: Spot(column: inside.column + 1, row: row), width: inside.columns - 1, as: .paneTitleFocused,
          on: .sheet)
        continue
      }
      frame.write(
        line.keys, at: Spot(column: inside.column + 2, row: row),
        width: line.keysHaveLine ? inside.columns - 2 : indent - 3,
        as: .keyName, on: .sheet)
      frame.write(
        line.text, at: Spot(column: inside.column + indent, row: row), width: inside.columns - indent, as: .text,
        on: .sheet)
    }
    frame.cursor = Spot(column: inside.column, row: inside.row)
  }

  private static func indent(_ width: Int) -> Int { width < 60 ? 14 : 18 }

  private static func drawn(for pane: Pane, width: Int) -> [DrawnLine] {
    let indent = indent(width)
    return lines(for: pane).flatMap { line -> [DrawnLine] in
      if line.isHeading { return [DrawnLine(text: SafeText(line.text), isHeading: true)] }
      let keys = SafeText(line.keys)
      let text = SafeText(line.text).wrapped(to: max(8, width - indent - 1))
      // Keys that need the room of the help stand on a line of their own.
      if keys.width > indent - 3 {
        return [DrawnLine(keys: keys, text: "", keysHaveLine: true)] + text.map { DrawnLine(text: $0) }
      }
      return text.enumerated().map { DrawnLine(keys: $0 == 0 ? keys : "", text: $1) }
    }
  }

  /// The first line shown when the last one is just seen.
  static func lastTop(_ state: State) -> Int {
    let inside = state.layout.middle.insideBorder
    return max(0, drawn(for: state.focus, width: min(78, state.size.columns) - 2).count - inside.rows)
  }
}

extension Key {
  /// Whether the key is named to people; Cyrillic twins of a Latin key simply work.
  var isTold: Bool { if case .character(let scalar) = self { scalar.isASCII } else { true } }
}
