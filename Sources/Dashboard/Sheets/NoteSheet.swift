import Casework
import Listings
import Sentences
import TerminalIO
import TextCells

/// The note on a listing being written, whole, at the foot of the panes.
package struct NoteSheet: Sheet {
  var editor: LineEditor
  let row: Int

  static let name = "a note"
  var mode: Mode { .note(self) }
  var kind: Mode.Kind { .note }

  static let keys: [SheetKey<NoteSheet>] = [
    SheetKey([.enter], Sentence("save the note"), hint: Sentence("saves it"), weight: .decides) { note, state in
      .close(note.file(&state))
    },
    SheetKey(
      [.escape, .control("c")], Sentence("back; what was typed is kept as a draft"),
      hint: Sentence("keeps it as a draft")
    ) {
      note, state in
      state.keepDraft(note.editor.text, of: note.row)
      if state.noteDrafts[state.snapshot.key(of: note.row)] == nil { return .close() }
      return .close(
        state.say(
          .warned,
          localized("The note is not saved to the casebook; the draft is kept, and \(state.noteKey) continues it"))
          + [.remember(state.position)])
    },
  ]

  private func file(_ state: inout State) -> [Effect] {
    let listing = state.snapshot.key(of: row)
    let text = editor.text.trimmed
    state.noteDrafts[listing] = nil
    guard text != state.ownNote(on: listing) ?? "" else { return [] }
    return state.file(.note(text.isEmpty ? nil : text), for: [row])
  }

  mutating func type(_ key: Key, _ state: inout State) -> SheetStep {
    _ = editor.take(key)
    return .stay()
  }

  mutating func paste(_ text: String, _ state: inout State) -> SheetStep? {
    editor.insert(text)
    return .stay()
  }

  // MARK: Its nodes

  func node(_ state: State, in room: Size) -> Node? {
    let title = state.dataset.bytes(of: .title, at: row)
    let name = SafeText(title.count > 0 ? localized("Note on", context: "before a title") + " " : localized("Note"))
    let (lines, cursor) = laidOut(width: max(1, room.columns - 2))
    return .sheet(
      name + SafeText(utf8: title, clippedTo: max(0, room.columns - 14)), in: room, columns: room.columns,
      rows: min(room.rows, max(3, lines.count) + 2), side: .bottom
    ) { inside in
      let top = State.scrolled(0, to: cursor.row, rows: inside.rows)
      return lines.enumerated().dropFirst(top).prefix(inside.rows).map { index, text in
        .line([Piece(text, .input, .input, at: 0, cursor: index == cursor.row ? cursor.column : nil)])
      }
    }
  }

  /// The text in full lines, broken where the line is full, and the spot of the cursor among them.
  private func laidOut(width: Int) -> (lines: [SafeText], cursor: Spot) {
    let before = SafeText(editor.beforeCursor).glyphs.count
    var lines: [SafeText] = [SafeText()]
    var used = 0
    var cursor = Spot(column: 0, row: 0)
    let text = SafeText(editor.text)
    for (index, glyph) in text.glyphs.enumerated() {
      let letter = text.glyphs[index..<text.end(ofClusterAt: index)].reduce(0) { $0 + $1.width }
      // A letter of several cells is broken only where it is wider than the line.
      if used + (letter <= width ? letter : glyph.width) > width, !glyph.joinsLast || used + glyph.width > width {
        lines.append(SafeText())
        used = 0
      }
      if index == before { cursor = Spot(column: used, row: lines.count - 1) }
      lines[lines.count - 1].glyphs.append(glyph)
      used += glyph.width
      if index + 1 == before { cursor = Spot(column: used, row: lines.count - 1) }
    }
    if cursor.column >= width {
      cursor = Spot(column: 0, row: cursor.row + 1)
      if cursor.row == lines.count { lines.append(SafeText()) }
    }
    return (lines, cursor)
  }
}

extension State {
  /// Opens the note for writing: what was begun and not filed, else what is on disk.
  mutating func startNote() -> [Effect] {
    guard let row = table.row else { return [] }
    if isLost(row) { return refuseLost() }
    let key = snapshot.key(of: row)
    mode = .note(
      NoteSheet(editor: LineEditor(noteDrafts[key] ?? ownNote(on: key) ?? ""), row: row))
    return []
  }

  fileprivate mutating func keepDraft(_ text: String, of row: Int) {
    let key = snapshot.key(of: row)
    let isUnchanged = text.trimmed == ownNote(on: key) ?? ""
    noteDrafts[key] = isUnchanged ? nil : text
  }

  /// Notes begun and not filed, the one being written included.
  var allNoteDrafts: [ListingKey: String] {
    guard case .note(let note) = mode else { return noteDrafts }
    var copy = self
    copy.keepDraft(note.editor.text, of: note.row)
    return copy.noteDrafts
  }
}
