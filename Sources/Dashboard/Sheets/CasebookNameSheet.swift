import Sentences
import TerminalIO
import TextCells

/// The name of a casebook that takes what another one could not, typed at the foot of the panes.
package struct CasebookNameSheet: Sheet {
  var editor = LineEditor()

  static let name = "the name of a casebook"
  var mode: Mode { .casebookName(self) }
  var kind: Mode.Kind { .casebookLine }

  static let keys: [SheetKey<CasebookNameSheet>] = [
    SheetKey(
      [.enter], Sentence("save what is not saved yet to that casebook, and continue with it"),
      hint: Sentence("saves there and continues with that casebook"), weight: .decides
    ) { sheet, state in
      let name = sheet.editor.text.trimmed
      if name.isEmpty { return .stay(state.say(.warned, localized("Type the name of a casebook, or of a new one"))) }
      return .close(state.say(.info, localized("Saving to \(name) …")) + [.rescue(into: name)])
    },
    SheetKey([.escape, .control("c")], Sentence("back"), hint: Sentence("back")) { _, _ in .close() },
  ]

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    _ = editor.take(key)
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    editor.insert(text)
    return .stay()
  }

  func node(_ state: State, in room: Size) -> Node? {
    .sheet(SafeText(localized("Save to the casebook named")), in: room, columns: room.columns, rows: 3, side: .bottom) {
      inside in
      [.line([.input(editor, at: 0, width: inside.columns)])]
    }
  }
}
