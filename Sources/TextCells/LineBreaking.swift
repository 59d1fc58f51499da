/// Where glyphs break into lines of a given width.
///
/// Shape:  lines are ranges of glyphs, never beginning inside a cluster. Blanks at a break belong to no line, every other glyph to exactly one.
///         A line breaks at a blank, else beside a wide (CJK) glyph, else inside the word. Closing punctuation does
///         not begin a line and opening punctuation does not end one if an earlier break is possible.
/// Cost:   O(glyphs).
/// Source: a small part of UAX #14: classes SP, ID, CL and OP.
enum LineBreaking {
  /// The lines, at least one. A width below 1 counts as 1.
  static func lines(of glyphs: [Glyph], width: Int) -> [Range<Int>] {
    let width = max(1, width)
    var lines: [Range<Int>] = []
    var start = 0
    while start < glyphs.count {
      let end = lineEnd(of: glyphs, from: start, width: width)
      var lastInk = end
      while lastInk > start, isBreakingBlank(glyphs[lastInk - 1]) { lastInk -= 1 }
      lines.append(start..<lastInk)
      start = end
      // Drop the blanks at the break. Blanks at the very start are kept: they may be an indent.
      while start < glyphs.count, isBreakingBlank(glyphs[start]) { start += 1 }
    }
    return lines.isEmpty ? [0..<0] : lines
  }

  /// The glyph that begins the next line.
  private static func lineEnd(of glyphs: [Glyph], from start: Int, width: Int) -> Int {
    var used = 0
    var lastBreak = start
    for index in start..<glyphs.count {
      let glyph = glyphs[index]
      if index > start, mayBreak(between: glyphs[index - 1], and: glyph) { lastBreak = index }
      if used + glyph.width > width, !isBreakingBlank(glyph) {
        // A glyph wider than the line still needs a line.
        if lastBreak > start { return lastBreak }
        let end = glyphs.clusterStart(at: index)
        return end > start ? end : glyphs.clusterEnd(after: start)
      }
      used += glyph.width
    }
    return glyphs.count
  }

  /// Whether UAX #14, as far as it is followed here, allows a break between two glyphs.
  private static func mayBreak(between left: Glyph, and right: Glyph) -> Bool {
    if isBreakingBlank(right) || right.joinsLast { return false }
    if isBreakingBlank(left) { return true }
    guard left.width == 2 || right.width == 2 else { return false }
    return !closing.contains(right.scalars.0) && !opening.contains(left.scalars.0)
  }

  private static func isBreakingBlank(_ glyph: Glyph) -> Bool { glyph.isBlank }

  private static let closing = Set("、。，．：；！？）〕］｝〉》」』】…,.;:!?)]}%".unicodeScalars.map(\.value))
  private static let opening = Set("（〔［｛〈《「『【([{".unicodeScalars.map(\.value))
}

extension SafeText {
  /// Wraps into lines of at most `width` cells; always at least one line.
  package func wrapped(to width: Int) -> [SafeText] {
    LineBreaking.lines(of: glyphs, width: width).map { SafeText(glyphs: Array(glyphs[$0])) }
  }

  /// Splits text at its line feeds and wraps each line; stops after `limit` cells in all.
  package static func lines(utf8 bytes: UnsafeRawBufferPointer, width: Int, limit: Int = .max) -> [SafeText] {
    MappedText.lines(utf8: bytes, width: width, limit: limit).map(\.text)
  }
}
