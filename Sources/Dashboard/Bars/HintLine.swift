import TerminalIO
import TextCells

/// The bottom line: a notice if there is one, else the range that was begun, else the keys that matter here.
enum HintLine {
  static func node(_ state: State, columns: Int) -> Node {
    let width = max(0, columns - 1)
    var sentence: Piece
    if let sheet = state.mode.sheet {
      sentence = sheet.hintPiece(state)
    } else if let notice = state.notice {
      sentence = Piece(SafeText(notice.text), notice.kind.role)
    } else if let range = state.rangeWords {
      sentence = Piece(SafeText(range), .notice)
    } else {
      return .line(buttons(of: state.focus, state, width: width), .hintLine)
    }
    sentence.text = sentence.text.clipped(to: width)
    sentence.column = 1
    return .line([sentence], .hintLine)
  }

  private static func buttons(of pane: Pane, _ state: State, width: Int) -> [Piece] {
    var pieces: [Piece] = []
    var column = 1
    for hint in hints(of: pane, state.keyBindings, width: width, hasMarks: state.counts.marked > 0) {
      let (key, words) = (SafeText(hint.key.label), SafeText(hint.words.isEmpty ? "" : " " + hint.words))
      pieces.append(Piece(key, .keyName, .button(hint.key), at: column))
      pieces.append(Piece(words, .keyHint, .button(hint.key)))
      column += key.width + words.width + 2
    }
    return pieces
  }

  /// The hints that fit, those wanted most first; help and quit always.
  ///
  /// - Parameter hasMarks: what is done with marked listings is then named first.
  static func hints(
    of pane: Pane, _ bindings: KeyBindings = .standard, width: Int, hasMarks: Bool = false
  ) -> [(key: Key, words: String)] {
    func hint(_ command: Command, isBare: Bool = false) -> (key: Key, words: String)? {
      guard let key = command.shownKeyList.first else { return nil }
      let words = isBare ? "" : command.hint ?? ""
      // On a narrow screen one word has to do.
      return (key, width < 60 ? String(words.prefix { $0 != " " }) : words)
    }
    func cells(_ hint: (key: Key, words: String)) -> Int {
      SafeText(hint.key.label).width + (hint.words.isEmpty ? 0 : 1 + SafeText(hint.words).width) + 2
    }
    let hinted = (hasMarks ? bindings.forMarks : []) + bindings.hinted(in: pane)
    let wanted = hinted.filter { [0, Command.hintedWithMarks].contains($0.hintRank) }.compactMap { hint($0) }.reduce(0)
    { $0 + cells($1) }
    // What decides is named before the keys that everybody knows.
    let ends = hinted.filter { $0.hintRank == 3 }
    var last = ends.compactMap { hint($0) }
    if wanted + last.reduce(0, { $0 + cells($1) }) > width + 2 { last = ends.compactMap { hint($0, isBare: true) } }
    var room = width + 2 - last.reduce(0) { $0 + cells($1) }
    var shown: [(key: Key, words: String)] = []
    for command in hinted where command.hintRank != 3 {
      guard let hint = hint(command) else { continue }
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

extension State {
  /// A notice that is longer than the bottom line, or that comes while something is typed: whole, over the panes; with
  /// where it lies. Nil where the bottom line has it.
  func noticeNode(_ layout: Layout) -> Node.Part? {
    guard let notice else { return nil }
    let text = SafeText(notice.text)
    let width = max(1, size.columns - 2)
    if mode == .browsing, text.width <= width + 1 { return nil }
    let end = mode == .browsing ? layout.hintLine.endRow : layout.filterLine.row
    let lines = text.wrapped(to: width).prefix(max(1, end - layout.titleBar.endRow))
    return Node.Part(
      area: Area(column: 0, row: end - lines.count, columns: size.columns, rows: lines.count),
      node: .stack(
        lines.map { .line([Piece($0, notice.kind.role, at: 1, width: width)], on: .sheet) }, .notice))
  }
}

extension Notice.Kind {
  var role: Role {
    switch self {
    case .info: .notice
    case .warned: .warning
    case .failed: .failure
    }
  }
}
