/// Which way a text runs.
package enum WritingDirection: Equatable, Sendable {
  /// As its first letter does.
  case byFirstLetter
  case leftToRight, rightToLeft

  /// That of a text by its first letter that is not in curly quotation marks; `byFirstLetter` where it has none.
  ///
  /// Cost:   reads up to the first letter.
  package init(of glyphs: some Sequence<Glyph>) {
    var depth = 0
    for glyph in glyphs where !glyph.isStandIn {
      if glyph.scalars.0 == 0x201C { depth += 1 }
      if glyph.scalars.0 == 0x201D { depth = max(0, depth - 1) }
      if depth > 0 { continue }
      if Self.isRightToLeft(glyph.scalars.0) {
        self = .rightToLeft
        return
      }
      if let scalar = Unicode.Scalar(glyph.scalars.0), scalar.properties.isAlphabetic {
        self = .leftToRight
        return
      }
    }
    self = .byFirstLetter
  }

  /// Whether a character lies in a block of a script that runs from right to left.
  ///
  /// Source: Unicode's DerivedBidiClass.txt, the blocks whose unassigned characters are R or AL.
  package static func isRightToLeft(_ scalar: UInt32) -> Bool {
    guard scalar >= 0x590 else { return false }
    return scalar < 0x900 || (0xFB1D..<0xFE00).contains(scalar) || (0xFE70..<0xFEFF).contains(scalar)
      || (0x1_0800..<0x1_1000).contains(scalar) || (0x1_E800..<0x1_F000).contains(scalar)
  }
}

extension Frame {
  /// Cells of a row that hold one text, some of it from right to left: what a terminal, or its driver, may put into the order
  /// in which it is read, without the cells beside it.
  package struct TextRun: Equatable, Sendable {
    package let row: Int
    package let columns: Range<Int>
    package let direction: WritingDirection
  }

  /// Makes cells of a row one run if any of them holds a letter that runs from right to left. Blanks at the end stay out of it.
  package mutating func markRun(_ columns: Range<Int>, row: Int, _ direction: WritingDirection) {
    guard row >= 0, row < size.rows else { return }
    let columns = columns.clamped(to: 0..<size.columns)
    guard columns.contains(where: { WritingDirection.isRightToLeft(self[$0, row].scalars.0) }) else { return }
    var end = columns.upperBound
    while end > columns.lowerBound, self[end - 1, row].isPlainBlank { end -= 1 }
    endRuns(in: columns, row: row)
    textRuns.append(TextRun(row: row, columns: columns.lowerBound..<end, direction: direction))
  }

  /// Cells are written anew: runs keep what lies before and behind them.
  mutating func endRuns(in columns: Range<Int>, row: Int) {
    guard textRuns.contains(where: { $0.row == row && $0.columns.overlaps(columns) }) else { return }
    textRuns = textRuns.flatMap { run in
      guard run.row == row, run.columns.overlaps(columns) else { return [run] }
      let before = run.columns.lowerBound..<max(run.columns.lowerBound, columns.lowerBound)
      let behind = min(run.columns.upperBound, columns.upperBound)..<run.columns.upperBound
      return [before, behind].filter { !$0.isEmpty }.map { TextRun(row: row, columns: $0, direction: run.direction) }
    }
  }
}
