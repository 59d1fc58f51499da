import CodeWords
import LexiconWork
import Listings
import Sentences
import TextCells

// A word of the listing, what it denotes, and below what it finds; then what it would change, and the question.

extension WordSheet {
  func node(_ state: State, in room: Size) -> Node? {
    let isAsking = stage == .asking || stage == .adding
    let title = isAsking ? localized("Add “\(draft[.word])”?") : localized("Add a word to your lexicon")
    return .sheet(
      SafeText(title).clipped(to: room.columns - 6), in: room, columns: min(100, room.columns), rows: room.rows
    ) { inside in
      isAsking ? outcome(state, in: inside) : form(state, in: inside)
    }
  }

  private func form(_ state: State, in inside: Size) -> [Node] {
    let width = max(1, inside.columns - 2)
    let plan = Plan(inside.rows)
    let text = text(width: width, rows: plan.text)
    var nodes = text
    if plan.text > 1, !text.isEmpty { nodes.append(.blank) }
    let fields = fields(width: inside.columns, rows: min(plan.fields, inside.rows - nodes.count))
    nodes += fields
    if plan.text > 1 { nodes.append(.blank) }
    return nodes + found(state, width: width)
  }

  /// Pieces behind each other, in at most `width` cells.
  private static func line(_ pieces: [Piece], _ width: Int) -> Node {
    var room = width
    var line = pieces.map { piece in
      var piece = piece
      piece.width = max(0, min(piece.width, room))
      room -= piece.text.width
      return piece
    }
    if !line.isEmpty { line[0].column = 1 }
    return .line(line)
  }

  /// How the rows are shared out: the line that is being filled in always, then what it finds, then the text.
  private struct Plan {
    let text: Int
    let fields: Int

    init(_ rows: Int) {
      let all = TermDraft.Line.allCases.count
      text = rows >= all + 8 ? min(5, rows - all - 7) : rows >= 4 ? 1 : 0
      fields = rows >= all + 3 ? all : max(1, min(all, (rows - text) / 2))
    }
  }

  // MARK: The listing's text

  /// Title and description with the chosen words marked, from the line on which they begin.
  private func text(width: Int, rows: Int) -> [Node] {
    guard rows > 0 else { return [] }
    var lines: [Node] = []
    var first = 0
    let chosen = selection.flatMap { range in
      words.bytes(of: range).map { (words.words[range.lowerBound].field, $0) }
    }
    for (field, role) in [(Field.title, Role.title), (.description, .text)] {
      var text = words.text(of: field)
      text.withUTF8 { bytes in
        let bytes = UnsafeRawBufferPointer(bytes)
        for line in MappedText.lines(utf8: bytes, width: width) where !line.text.isEmpty {
          let marked = chosen.map { $0.0 == field ? line.glyphs(showing: $0.1) : 0..<0 } ?? 0..<0
          if !marked.isEmpty, first == 0 { first = lines.count + 1 }
          lines.append(Self.line(Self.pieces(line, marked, role, as: .input), width))
        }
      }
    }
    let top = max(0, min(first - 1, lines.count - rows))
    return Array(lines.dropFirst(top).prefix(rows))
  }

  /// A line whose marked glyphs are highlighted.
  private static func pieces(_ line: MappedText, _ marked: Range<Int>, _ role: Role, as marking: Role) -> [Piece] {
    let glyphs = line.text.glyphs
    guard !marked.isEmpty else { return [Piece(line.text, role)] }
    return [
      Piece(SafeText(glyphs: Array(glyphs[..<marked.lowerBound])), role),
      Piece(SafeText(glyphs: Array(glyphs[marked])), marking),
      Piece(SafeText(glyphs: Array(glyphs[marked.upperBound...])), role),
    ]
  }

  // MARK: The lines to fill in

  private func fields(width: Int, rows: Int) -> [Node] {
    let lines = TermDraft.Line.allCases
    let top = State.scrolled(0, to: lines.firstIndex(of: line) ?? 0, rows: max(1, rows))
    return lines.dropFirst(top).prefix(rows).map { field($0, width: width) }
  }

  private func field(_ line: TermDraft.Line, width: Int) -> Node {
    let isCurrent = line == self.line && stage == .filling
    let answer = line == .kind ? draft.kind.screenLabel : draft[line]
    return .formLine(
      line.label, answer, editor: isCurrent && line.choices.isEmpty ? editor : nil, isCurrent: isCurrent,
      isWrong: line == fault?.line, labelWidth: min(18, width / 3), width: width,
      hasCursor: line == self.line)
  }

  // MARK: What the word finds

  private func found(_ state: State, width: Int) -> [Node] {
    var lines: [Node] = []
    func add(_ text: String, _ role: Role) { lines += Node.wrapped(SafeText(text), role, width: width) }
    if let fault = fault { add("\(fault.line.label): \(fault.why)", .failure) }
    if stage == .testing { add(localized("working out what changes …"), .progress) }
    guard let trial = trial else {
      if fault == nil, stage == .filling { add(localized("looking …"), .progress) }
      return lines
    }
    add(Self.sentence(trial, state), .notice)
    for warning in trial.warnings.prefix(2) { add(warning, .warning) }
    for example in trial.examples { lines.append(Self.line(of: example, state, width: width)) }
    let more = trial.all.rows - trial.examples.count
    if more > 0 {
      add(localized(more, one: "… and \(grouped: more) more", other: "… and \(grouped: more) more"), .faint)
    }
    return lines
  }

  fileprivate static func sentence(_ trial: WordTrial, _ state: State) -> String {
    let (count, shown, unflagged) = (trial.all.rows, trial.shown, trial.notFlagged)
    guard count > 0 else {
      return state.soFar(localized("No open listing contains it"), until: state.unfinished([]))
    }
    var words = localized(
      count, one: "\(grouped: count) listing contains it", other: "\(grouped: count) listings contain it")
    if shown != count {
      words += ", "
      words += localized(shown, one: "\(grouped: shown) of them shown", other: "\(grouped: shown) of them shown")
    }
    let below = localized(
      unflagged, one: "\(grouped: unflagged) below risk \(trial.threshold) now",
      other: "\(grouped: unflagged) below risk \(trial.threshold) now")
    return "\(words): \(trial.all.words(grouped)); "
      + state.soFar(below, until: state.unfinished([.codeWords, .verdicts]))
  }

  /// Verdict, risk, and the text around the word.
  private static func line(of example: WordTrial.Example, _ state: State, width: Int) -> Node {
    guard example.row < state.dataset.rowCount else { return .blank }
    let mark = VerdictMark(state, example.row)
    let risk = TableColumn.risk(state.flags.risk(at: example.row)).rightAligned(in: 4)
    let bytes = state.dataset.bytes(of: example.field, at: example.row)
    let window = window(bytes, around: example.bytes, before: max(8, width / 3))
    let text = MappedText(
      utf8: UnsafeRawBufferPointer(rebasing: bytes[window...]), limit: max(1, width - 8))
    let place = example.bytes.lowerBound - window..<example.bytes.upperBound - window
    return line(
      [
        Piece(mark.glyph, mark.role, .value("verdict")),
        Piece(risk, TableColumn.role(state.flags.risk(at: example.row)), .value("risk")),
        Piece(window > 0 ? " …" : "  ", .faint, .decoration),
      ] + pieces(text, text.glyphs(showing: place), .text, as: .hitTerm), width)
  }

  /// Where to begin a text so that a place in it is seen: at a character's first byte.
  private static func window(_ bytes: UnsafeRawBufferPointer, around place: Range<Int>, before: Int) -> Int {
    guard place.upperBound > before * 2 else { return 0 }
    var start = max(0, place.lowerBound - before)
    while start < place.lowerBound, bytes[start] & 0xC0 == 0x80 { start += 1 }
    return start
  }

  // MARK: What it would change

  private func outcome(_ state: State, in inside: Size) -> [Node] {
    guard let outcome = trial?.outcome else { return [] }
    let isAdding = stage == .adding
    let change = Node.wrapped(SafeText(outcome.change.sentence), .text, width: inside.columns - 2)
    return BackTestLines.nodes(
      change + [.blank] + BackTestLines.nodes(outcome.test, state, width: inside.columns),
      asking: isAdding
        ? localized("being written …")
        : localized("Add it to \(state.lexicons.own + ".csv")? y yes · n back to the word"),
      as: isAdding ? .progress : .notice, width: inside.columns - 1, rows: inside.rows)
  }
}
