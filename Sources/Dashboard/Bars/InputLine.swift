import TextCells

extension Piece {
  /// A line of text being typed, scrolled so that the cursor is seen; `‹` says that it began further left.
  ///
  /// - Parameter width: at least 1.
  static func input(_ editor: LineEditor, at column: Int?, width: Int, as role: Role = .input) -> Piece {
    let width = max(1, width)
    let text = SafeText(editor.text)
    let glyphs = text.glyphs
    let cursorCell = SafeText(editor.beforeCursor).width
    var skipped = 0
    var first = 0
    // One cell for the cursor behind the text, one for the sign that the text began further left.
    while first < glyphs.count, cursorCell - skipped > width - 1 - (first > 0 ? 1 : 0) {
      let end = text.end(ofClusterAt: first)
      skipped += glyphs[first..<end].reduce(0) { $0 + $1.width }
      first = end
    }
    var shown = Array(glyphs[first...])
    if first > 0, width > 2 {
      shown.insert(Glyph("‹"), at: 0)
      skipped -= 1
    }
    var piece = Piece(SafeText(glyphs: shown), role, .input, at: column, width: width)
    piece.fills = true
    piece.cursor = max(0, min(cursorCell - skipped, width - 1))
    return piece
  }
}
