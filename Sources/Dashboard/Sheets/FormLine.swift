import TextCells

extension Node {
  /// A line of a form: what is asked for, and the answer, which is typed, chosen, or shown.
  ///
  /// - Parameters:
  ///   - editor: what is being typed into the line; nil where it does not have the keyboard, or is chosen.
  ///   - isCurrent: whether the line has the keyboard.
  ///   - fault: what is wrong with the answer; it stands behind it, as far as there is room.
  ///   - isNeeded: whether the line must be answered, which a star says.
  ///   - hasCursor: whether the terminal's cursor rests on its answer all the same.
  static func formLine(
    _ label: String, _ answer: String, editor: LineEditor?, isCurrent: Bool, isWrong: Bool = false,
    fault: String? = nil, isNeeded: Bool = false, labelWidth: Int, width: Int, hasCursor: Bool = false
  ) -> Node {
    let start = labelWidth + 2
    let room = max(1, width - labelWidth - 3)
    let role: Role = isWrong || fault != nil ? .failure : .fieldName
    var name = [Piece(SafeText(label).clipped(to: labelWidth), role, .label, at: 1)]
    if isNeeded { name.append(Piece("*", role, at: 1 + min(SafeText(label).width, labelWidth))) }
    if let editor { return .line(name + [.input(editor, at: start, width: room)]) }
    let shown = SafeText(isCurrent ? "‹ \(answer) ›" : answer).clipped(to: room)
    var pieces =
      name + [
        Piece(shown, isCurrent ? .input : .text, .value(label), at: start, cursor: isCurrent || hasCursor ? 0 : nil)
      ]
    let behind = start + shown.width + (shown.width == 0 ? 0 : 2)
    if let fault, width - behind > 12 {
      pieces.append(Piece(SafeText("← \(fault)").clipped(to: width - behind - 1), .failure, at: behind))
    }
    return .line(pieces)
  }
}

extension Node {
  /// The line of a sheet into which a part of what is looked for is typed.
  static func findLine(_ label: SafeText, _ editor: LineEditor, width: Int) -> Node {
    .line([
      Piece(label, .keyHint, .label, at: 1),
      .input(editor, at: 1 + label.width, width: max(1, width - label.width - 2)),
    ])
  }
}
