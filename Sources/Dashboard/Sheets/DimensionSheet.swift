import Filters
import Listings
import Sentences
import TerminalIO
import TextCells

/// What a pane can count, to choose from by typing: every dimension, and every column of the files.
package struct DimensionSheet: Sheet {
  /// The pane that is to count it.
  let pane: Pane
  var editor = LineEditor()
  var cursor = 0

  static let name = "the list of what a pane can count"
  var mode: Mode { .dimensions(self) }
  var kind: Mode.Kind { .dimensionLine }

  static let keys: [SheetKey<DimensionSheet>] =
    [
      SheetKey([.enter], Sentence("count the pane by it"), hint: Sentence("counts by it")) { sheet, state in
        let matches = sheet.matches(state)
        guard matches.indices.contains(sheet.cursor) else {
          return .close(state.say(.warned, localized("There is nothing to count by that name")))
        }
        return .close(state.count(sheet.pane, by: matches[sheet.cursor]))
      },
      SheetKey([.escape, .control("c")], Sentence("back; the pane stays as it is"), hint: Sentence("back")) { _, _ in
        .close()
      },
    ]
    + SheetKey.walking(hint: Sentence("choose"), also: [(.control("n"), 1), (.control("p"), -1)]) {
      sheet, lines, state in
      sheet.cursor = max(0, min(sheet.cursor + lines, sheet.matches(state).count - 1))
      return []
    }

  /// Those in whose title or name in a filter a word begins with what was typed.
  private func matches(_ state: State) -> [Dimension] {
    let typed = Folding.folded(editor.text.trimmed)
    guard !typed.isEmpty else { return state.countableDimensions }
    return state.countableDimensions.filter { dimension in
      [dimension.title, dimension.filterName].contains { name in
        let folded = Folding.folded(name)
        return folded.hasPrefix(typed) || folded.split(separator: " ").contains { $0.hasPrefix(typed) }
      }
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
    return .sheet(SafeText(localized("Pane \(pane.rawValue): count by")), in: room, columns: 56, rows: 22) { inside in
      let rows = max(0, inside.rows - 1)
      var nodes = [Node.findLine(": ", editor, width: inside.columns)]
      let top = State.scrolled(0, to: cursor, rows: max(1, rows))
      nodes += matches.indices.dropFirst(top).prefix(rows).map { index in
        let dimension = matches[index]
        let isColumn = Dimension.columnName(ofID: dimension.id) != nil
        let name = SafeText(dimension.title).clipped(to: inside.columns / 2)
        return .line(
          [
            Piece(name, .text, .value("dimension"), at: 2),
            Piece(
              SafeText(isColumn ? localized("a column of the files") : dimension.filterName + ":").clipped(
                to: max(0, inside.columns - inside.columns / 2 - 5)), .faint, .value("filter"),
              at: 4 + inside.columns / 2),
          ], .row(index), on: index == cursor ? .cursor : nil)
      }
      if matches.isEmpty, rows > 0 { nodes.append(.text(SafeText(localized("nothing like it")), .faint)) }
      return nodes
    }
  }
}

extension State {
  /// What any pane can count of these listings: the dimensions that they have values of, then the columns of the files.
  var countableDimensions: [Dimension] {
    Dimension.all.filter { isCountable($0) } + columnNames.sorted().map { Dimension.column($0) }
  }

  /// Chooses what the pane with the keyboard counts, or the first pane where none with values has it.
  mutating func startCountingBy() -> [Effect] {
    mode = .dimensions(DimensionSheet(pane: focus.hasValues ? focus : .platform))
    return []
  }

  fileprivate mutating func count(_ pane: Pane, by dimension: Dimension) -> [Effect] {
    let isFirst = Dimension.firstOfPanes.first { $0.pane == pane.slot } == dimension
    facets.chosen[pane] = isFirst ? nil : dimension.id
    relistFacets()
    return focus(on: pane) + evaluate()
  }
}
