import Sentences
import TerminalIO
import TextCells

/// Commands by name.
package struct PaletteSheet: Sheet {
  var editor = LineEditor()
  var cursor = 0

  static let name = "the command list"
  var mode: Mode { .palette(self) }
  var kind: Mode.Kind { .palette }

  static let keys: [SheetKey<PaletteSheet>] =
    [
      SheetKey([.enter], Sentence("run the command"), hint: Sentence("runs it")) { palette, state in
        guard let command = palette.chosen(state) else {
          return .close(state.say(.warned, localized("No command is named \(palette.editor.text)")))
        }
        return .close(state.run(command))
      },
      SheetKey([.escape, .control("c")], Sentence("back"), hint: Sentence("back")) { _, _ in .close() },
    ]
    + SheetKey.walking(hint: Sentence("choose"), also: [(.control("n"), 1), (.control("p"), -1)]) {
      palette, lines, state in
      let count = palette.matches(state).count
      palette.cursor = max(0, min(palette.cursor + lines, count - 1))
      return []
    }

  private func matches(_ state: State) -> [Command] { state.keyBindings.matching(editor.text, in: state.focus) }

  private func chosen(_ state: State) -> Command? {
    let matches = matches(state)
    return matches.indices.contains(cursor) ? matches[cursor] : nil
  }

  func weight(of key: Key, _ state: State) -> KeyWeight {
    key == .enter ? chosen(state)?.weight ?? .light : .light
  }

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    if editor.take(key) { cursor = 0 }
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    editor.insert(text)
    cursor = 0
    return .stay()
  }

  // MARK: Its nodes

  func node(_ state: State, in room: Size) -> Node? {
    let matches = matches(state)
    return .sheet(SafeText(localized("Commands")), in: room, columns: 78, rows: 20) { inside in
      let isWide = inside.columns >= 60
      // What the chosen command does is whole below the list, with why it cannot be done now.
      let helpRows = inside.rows < 4 ? 0 : isWide && inside.rows >= 10 ? 2 : 1
      let rows = inside.rows - 1 - helpRows
      var nodes = [Node.findLine(": ", editor, width: inside.columns)]
      let top = State.scrolled(0, to: cursor, rows: max(1, rows))
      let shown = matches.indices.dropFirst(top).prefix(rows)
      nodes += shown.map { line($0, matches[$0], state, width: inside.columns, isWide: isWide) }
      if matches.isEmpty, rows > 0 {
        nodes.append(.text(SafeText(localized("no command like it; \(state.key("help")) lists all keys")), .faint))
      }
      guard helpRows > 0, matches.indices.contains(cursor) else { return nodes }
      nodes += Array(repeating: .blank, count: rows - shown.count)
      let command = matches[cursor]
      // On a narrow line the refusal is what must be known.
      let refusal = command.blocked(state)
      let words =
        helpRows == 1 ? refusal ?? command.help : [command.help, refusal].compactMap { $0 }.joined(separator: " · ")
      let help = Node.wrapped(SafeText(words), .faint, width: inside.columns - 2, most: helpRows)
      return nodes + Array(repeating: .blank, count: helpRows - help.count) + help
    }
  }

  private func line(_ index: Int, _ command: Command, _ state: State, width: Int, isWide: Bool) -> Node {
    let keys = SafeText(command.shownKeyList.first?.label ?? "")
    let keyColumn = isWide ? 18 : width - keys.width - 1
    var pieces = [
      Piece(SafeText(command.name), .keyName, .value("command"), at: 1, width: keyColumn - 2),
      Piece(keys, .facetCount, .value("key"), at: keyColumn, width: 9),
    ]
    if isWide {
      let refusal = command.blocked(state)
      pieces.append(
        Piece(
          SafeText(refusal ?? command.help).clipped(to: width - 29), refusal == nil ? .text : .faint, .value("help"),
          at: 28))
    }
    return .line(pieces, .row(index), on: index == cursor ? .cursor : nil)
  }
}
