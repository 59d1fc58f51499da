import CodeWords
import LexiconWork
import Listings
import Sentences
import TextCells

/// What a change of the lexicons would do to the listings and to the verdicts so far, as lines: for every sheet that asks
/// before there is one.
enum BackTestLines {
  static func nodes(_ backTest: BackTest, _ state: State, width: Int) -> [Node] {
    let isWide = width >= 70
    let nameWidth = width < 50 ? 20 : 22
    var nodes: [Node] = [
      line(
        [
          Piece(
            padded("", nameWidth) + padded(localized("now"), 8)
              + padded(localized("then", context: "after a change"), 8), .columnHeading, .label)
        ], width)
    ]
    for line in backTest.lines(grouped) {
      var pieces = [
        Piece(padded(line.name, nameWidth), .fieldName, .label), Piece(padded(line.before, 8), .text, .value("now")),
        Piece(padded(line.after, 8), line.before == line.after ? .text : .notice, .value("then")),
      ]
      if isWide { pieces.append(Piece(SafeText(line.basis), .faint)) }
      nodes.append(self.line(pieces, width))
    }
    nodes += Node.wrapped(SafeText(backTest.movement(grouped)), .text, width: max(4, width - 2))
    // Without the verdicts there is nothing to be cautious about yet.
    if let caution = state.unfinished([.verdicts])?.sentence ?? backTest.caution {
      nodes += Node.wrapped(SafeText(caution), .warning, width: max(4, width - 2))
    }
    // Decided listings say more than others.
    let examples = backTest.decidedRows + backTest.rows.filter { $0.decided == nil }
    guard !examples.isEmpty else { return nodes }
    nodes.append(.blank)
    nodes.append(line([Piece(SafeText(localized("Risk now and then, the most changed first")), .columnHeading)], width))
    return nodes + examples.prefix(20).map { line(example($0, state), width) }
  }

  /// The lines with a question below them, which is always seen.
  static func nodes(
    _ lines: [Node], asking question: String, as role: Role = .notice, width: Int, rows: Int
  ) -> [Node] {
    let room = rows - 1
    let shown = Array(lines.prefix(room))
    let space: [Node] = lines.count < room ? [.blank] : []
    return shown + space + [
      .line([Piece(SafeText(question).clipped(to: width - 1), role, at: 1, cursor: 0)])
    ]
  }

  private static func line(_ pieces: [Piece], _ width: Int) -> Node {
    var column = 1
    return .line(
      pieces.map { piece in
        var piece = piece
        piece.column = column
        piece.text = piece.text.clipped(to: max(0, width - column))
        column += piece.text.width
        return piece
      })
  }

  private static func example(_ changed: BackTest.ChangedRow, _ state: State) -> [Piece] {
    let (mark, role): (SafeText, Role) =
      switch changed.decided {
      case .confirmed: ("✓ ", .confirmed)
      case .falsePositive: ("✗ ", .falsePositive)
      case nil: ("· ", .faint)
      }
    let title =
      changed.row < state.dataset.rowCount
      ? SafeText(utf8: state.dataset.bytes(of: .title, at: changed.row), clippedTo: 200) : ""
    return [
      Piece(mark, role, .value("verdict")),
      Piece(padded("\(words(changed.before)) → \(words(changed.after))", 11), .flagged, .value("risk")),
      Piece(title, .title, .value("title")),
    ]
  }

  private static func words(_ risk: RowRisk) -> String { risk.value.map(String.init) ?? "?" }

  private static func padded(_ text: String, _ width: Int) -> SafeText {
    let text = SafeText(text).clipped(to: width - 1)
    return text + SafeText(glyphs: Array(repeating: Glyph(" "), count: width - text.width))
  }
}
