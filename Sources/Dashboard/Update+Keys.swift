import Filters
import Listings
import TerminalIO

// A key means what the mode says; while browsing, what the command table says for the pane with the keyboard.

extension State {
  mutating func press(_ key: Key) -> [Effect] {
    if key == .control("l") { return [.redraw] }
    if key == .control("z") { return [.suspend] }
    notice = nil
    if beginning == .shown { beginning = .passed }
    if isLeaving { return pressWhileLeaving(key) }
    // What cannot be seen is not acted on.
    if !Layout.isLargeEnough(size) { return pressUnseen(key) }
    // Ctrl-C always gets out: of whatever is being typed first, then of the program.
    if key == .control("c"), mode == .browsing { return leave() }
    switch mode {
    case .browsing: return command(for: key)
    case .typingFilter(let editor, let before, _): return typeFilter(key, editor, before)
    case .findingValue(let field, let editor): return findValue(key, field, editor)
    case .writingNote(let editor, let row): return writeNote(key, editor, row)
    case .choosing(let menu): return choose(key, menu)
    case .asking(let question): return answer(key, question)
    case .readingHelp(let top): return scrollSheet(key, top) { .readingHelp(top: $0) }
    case .addingWord(let sheet): return addWord(key, sheet)
    case .readingProblems(let place): return readProblems(key, place)
    case .readingLexicons(let place): return readLexicons(key, place)
    case .palette(let editor, let cursor): return palette(key, editor, cursor)
    case .packetForm(let sheet): return fillForm(key, sheet)
    case .namingCasebook(let editor): return nameCasebook(key, editor)
    case .assigningColumns(let answers): return assignColumns(key, answers)
    }
  }

  private mutating func pressUnseen(_ key: Key) -> [Effect] {
    guard key == .character("q") || key == .control("c") else { return [] }
    if case .asking(let question) = mode, question.act == .leaveUnsaved { return leaveNow() }
    return leave()
  }

  private mutating func command(for key: Key) -> [Effect] {
    guard let command = CommandTable.command(for: key, in: focus) else { return [] }
    return run(command)
  }

  mutating func run(_ command: Command) -> [Effect] {
    if let refusal = command.blocked(self) {
      notice = Notice(.warned, refusal)
      return []
    }
    return command.run(&self)
  }

  /// Pasted text goes where text is typed; while browsing it would act as commands, so it does nothing.
  mutating func paste(_ text: String) -> [Effect] {
    notice = nil
    switch mode {
    case .typingFilter(var editor, let before, _):
      editor.insert(text)
      return typed(editor, before)
    case .findingValue(let field, var editor):
      editor.insert(text)
      mode = .findingValue(field, editor)
      find(editor.text, in: field)
    case .writingNote(var editor, let row):
      editor.insert(text)
      mode = .writingNote(editor, row: row)
    case .readingProblems(let place): pasteIntoProblems(text, place)
    case .addingWord(let sheet): return pasteWord(text, sheet)
    case .readingLexicons(let place) where place.editor != nil: pasteIntoLexicons(text, place)
    case .palette(var editor, _):
      editor.insert(text)
      mode = .palette(editor, cursor: 0)
    case .namingCasebook(var editor):
      editor.insert(text)
      mode = .namingCasebook(editor)
    case .packetForm(var sheet):
      guard sheet.line.choices.isEmpty, !sheet.isWriting else { return [] }
      sheet.editor.insert(text)
      sheet.draft[sheet.line] = sheet.editor.text
      mode = .packetForm(sheet)
    case .assigningColumns(let answers) where answers.picking != nil || answers.current.currencyLine != nil:
      pasteField(text, answers)
    default: notice = Notice(.warned, "Pasted text is ignored here; press / first to paste into the filter")
    }
    return []
  }

  private mutating func scrollSheet(_ key: Key, _ top: Int, _ sheet: (Int) -> Mode) -> [Effect] {
    let page = max(1, size.rows - 6)
    switch key {
    case .down, .character("j"): mode = sheet(top + 1)
    case .up, .character("k"): mode = sheet(max(0, top - 1))
    case .pageDown, .character(" "), .control("d"): mode = sheet(top + page)
    case .pageUp, .control("u"): mode = sheet(max(0, top - page))
    case .home, .character("g"): mode = sheet(0)
    case .end, .character("G"): mode = sheet(.max / 2)
    case .escape, .character("q"), .character("?"), .enter, .control("c"): mode = .browsing
    default: break
    }
    clampSheet()
    return []
  }

  mutating func clampSheet() {
    switch mode {
    case .readingHelp(let top): mode = .readingHelp(top: max(0, min(top, HelpSheet.lastTop(self))))
    case .readingProblems: keepProblemsPlace()
    case .readingLexicons: keepLexiconsPlace()
    default: break
    }
  }

  private mutating func palette(_ key: Key, _ editor: LineEditor, _ cursor: Int) -> [Effect] {
    var editor = editor
    let matches = CommandTable.matching(editor.text, in: focus)
    switch key {
    case .escape, .control("c"): mode = .browsing
    case .enter:
      mode = .browsing
      if matches.indices.contains(cursor) { return run(matches[cursor]) }
      notice = Notice(.warned, "No command is named \(editor.text)")
    case .down, .control("n"): mode = .palette(editor, cursor: min(cursor + 1, max(0, matches.count - 1)))
    case .up, .control("p"): mode = .palette(editor, cursor: max(0, cursor - 1))
    default: if editor.take(key) { mode = .palette(editor, cursor: 0) }
    }
    return []
  }

  private mutating func choose(_ key: Key, _ menu: Menu) -> [Effect] {
    var menu = menu
    switch key {
    case .escape, .character("q"), .control("c"): mode = .browsing
    case .down, .character("j"):
      menu.cursor = min(menu.cursor + 1, menu.lines.count - 1)
      mode = .choosing(menu)
    case .up, .character("k"):
      menu.cursor = max(0, menu.cursor - 1)
      mode = .choosing(menu)
    case .enter: return take(menu, choice: menu.cursor)
    case .character(let digit):
      guard let number = digit.properties.numericType == .decimal ? Int(digit.value) - 48 : nil,
        menu.lines.indices.contains(number - 1)
      else { return [] }
      return take(menu, choice: number - 1)
    default: break
    }
    return []
  }

  private mutating func take(_ menu: Menu, choice: Int) -> [Effect] {
    mode = .browsing
    switch menu.subject {
    case .sort: return sort(by: Dimension.orders[choice])
    case .reason: return fileReason(choice)
    }
  }
}
