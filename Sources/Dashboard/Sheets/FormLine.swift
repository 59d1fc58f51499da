import TextCells

extension Node {
  /// A line of a form: what is asked for, and the answer, which is typed, chosen, or shown.
  ///
  /// - Parameters:
  ///   - editor: what is being typed into the line; nil where it does not have the keyboard, or is chosen.
  ///   - isCurrent: whether the line has the keyboard.
  ///   - hasCursor: whether the terminal's cursor rests on its answer all the same.
  static func formLine(
    _ label: String, _ answer: String, editor: LineEditor?, isCurrent: Bool, isWrong: Bool, labelWidth: Int, width: Int,
    hasCursor: Bool = false
  ) -> Node {
    let start = labelWidth + 2
    let room = max(1, width - labelWidth - 3)
    let name = Piece(SafeText(label).clipped(to: labelWidth), isWrong ? .failure : .fieldName, .label, at: 1)
    if let editor { return .line([name, .input(editor, at: start, width: room)]) }
    let shown = SafeText(isCurrent ? "‹ \(answer) ›" : answer).clipped(to: room)
    return .line([
      name,
      Piece(shown, isCurrent ? .input : .text, .value(label), at: start, cursor: isCurrent || hasCursor ? 0 : nil),
    ])
  }
}
