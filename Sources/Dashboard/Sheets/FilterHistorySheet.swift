import Filters
import Listings
import Sentences
import TerminalIO
import TextCells

/// The filters that were typed before, the newest first, found by typing a part of one.
package struct FilterHistorySheet: Sheet {
  var editor = LineEditor()
  var cursor = 0

  static let name = "the list of filters used before"
  var mode: Mode { .filterHistory(self) }
  var kind: Mode.Kind { .historyLine }

  static let keys: [SheetKey<FilterHistorySheet>] =
    [
      SheetKey([.enter], Sentence("apply the filter"), hint: Sentence("filters by it")) { sheet, state in
        let matches = sheet.matches(state)
        guard matches.indices.contains(sheet.cursor) else {
          return .close(state.say(.warned, localized("No earlier filter contains “\(sheet.editor.text)”")))
        }
        return .close(state.use(matches[sheet.cursor]))
      },
      SheetKey([.tab], Sentence("edit the filter before it is used"), hint: Sentence("edit it")) { sheet, state in
        let matches = sheet.matches(state)
        guard matches.indices.contains(sheet.cursor) else { return .stay() }
        var line = FilterLine(editor: LineEditor(matches[sheet.cursor] + " "), before: state.filter)
        let effects = line.read(&state)
        state.mode = .filterLine(line)
        return .close(effects)
      },
      SheetKey([.escape, .control("c")], Sentence("back; the filter stays as it is"), hint: Sentence("back")) { _, _ in
        .close()
      },
    ]
    + SheetKey.walking(hint: Sentence("choose"), also: [(.control("n"), 1), (.control("p"), -1), (.control("r"), 1)]) {
      sheet, lines, state in
      sheet.cursor = max(0, min(sheet.cursor + lines, sheet.matches(state).count - 1))
      return []
    }

  private func matches(_ state: State) -> [String] {
    let words = editor.text.split(separator: " ").map { Folding.folded(String($0)) }
    return state.habits.filters.filter { filter in
      let folded = Folding.folded(filter)
      return words.allSatisfy { folded.contains($0) }
    }
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

  func node(_ state: State, in room: Size) -> Node? {
    let matches = matches(state)
    return .sheet(SafeText(localized("Filters used before")), in: room, columns: 78, rows: 18) { inside in
      let rows = max(0, inside.rows - 1)
      var nodes = [Node.findLine("/ ", editor, width: inside.columns)]
      let top = State.scrolled(0, to: cursor, rows: max(1, rows))
      nodes += matches.indices.dropFirst(top).prefix(rows).map { index in
        .line(
          [Piece(SafeText(matches[index]).clipped(to: inside.columns - 3), .filterText, .value("filter"), at: 2)],
          .row(index), on: index == cursor ? .cursor : nil)
      }
      if matches.isEmpty, rows > 0 { nodes.append(.text(SafeText(localized("none like it")), .faint)) }
      return nodes
    }
  }
}

extension State {
  mutating func startFilterHistory() -> [Effect] {
    mode = .filterHistory(FilterHistorySheet())
    return []
  }

  /// Puts a filter of before into force. One that asks for a column that these files lack changes nothing.
  fileprivate mutating func use(_ text: String) -> [Effect] {
    do throws(FilterProblem) {
      let read = try readFilter(text)
      return noteFilter(text) + set(read)
    } catch {
      if let effects = awaitList(error, for: text) { return effects }
      return say(.warned, localized("“\(text)” cannot be used here: \(sentence(error))"))
    }
  }

  /// Remembers a filter that was typed and kept.
  mutating func noteFilter(_ text: String) -> [Effect] {
    habits.note(text.trimmed) ? [.rememberHabits(habits)] : []
  }
}
