/// A screen as a value: a grid of cells, and where the cursor stands. Drawing fills it; a terminal shows it.
///
/// Shape:  `size.rows` rows of `size.columns` cells, row by row.
///         Stand-ins for hidden characters take the role `.hiddenCharacter`, whatever role the text has.
/// Cost:   writing n cells is O(n); writes outside the grid or the clip are dropped, never an error.
package struct Frame: Equatable, Sendable {
  package private(set) var size: Size
  package private(set) var cells: [Cell]
  /// Where the terminal's own cursor stands; nil hides it. Screen readers and Braille lines follow it.
  package var cursor: Spot?

  package init(_ size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: max(0, size.columns * size.rows))
  }

  /// Makes every cell blank, after a change of size too.
  package mutating func clear(_ newSize: Size) {
    if newSize != size {
      self = Frame(newSize)
      return
    }
    for index in cells.indices { cells[index] = .blank }
    cursor = nil
  }

  package subscript(column: Int, row: Int) -> Cell {
    get { cells[row * size.columns + column] }
    set { cells[row * size.columns + column] = newValue }
  }

  /// Writes `text` from `spot` rightwards, at most `width` cells and never past the right edge.
  ///
  /// Returns: the cells used. A wide character that would be cut in half is left out, its cell blank.
  @discardableResult
  package mutating func write(
    _ text: SafeText, at spot: Spot, width: Int = .max, as role: Role, on ground: Ground = .plain
  ) -> Int {
    guard spot.row >= 0, spot.row < size.rows, spot.column >= 0, spot.column < size.columns, width > 0 else { return 0 }
    let limit = min(width, size.columns - spot.column)
    var used = 0
    for glyph in text.glyphs {
      if used + glyph.width > limit { break }
      set(glyph, at: Spot(column: spot.column + used, row: spot.row), role, ground)
      used += glyph.width
    }
    return used
  }

  /// Blank cells over an area, in one role and ground.
  package mutating func fill(_ area: Area, as role: Role = .text, on ground: Ground = .plain) {
    for row in max(0, area.row)..<max(0, min(area.endRow, size.rows)) {
      for column in max(0, area.column)..<max(0, min(area.endColumn, size.columns)) {
        blankOutHalf(column, row)
        self[column, row] = Cell(" ", role, ground)
      }
    }
  }

  private mutating func set(_ glyph: Glyph, at spot: Spot, _ role: Role, _ ground: Ground) {
    blankOutHalf(spot.column, spot.row)
    // What stands for a hidden character must not pass for text, whatever the pane calls the rest.
    var cell = Cell(" ", glyph.isStandIn ? .hiddenCharacter : role, ground)
    cell.scalars = glyph.scalars
    self[spot.column, spot.row] = cell
    if glyph.width == 2 {
      blankOutHalf(spot.column + 1, spot.row)
      self[spot.column + 1, spot.row] = .continuation(role, ground)
    }
  }

  // Overwriting one half of a wide character must not leave the other half standing.
  private mutating func blankOutHalf(_ column: Int, _ row: Int) {
    if self[column, row].isContinuation, column > 0 { self[column - 1, row].scalars = (32, 0, 0, 0) }
    if column + 1 < size.columns, self[column + 1, row].isContinuation {
      self[column + 1, row].scalars = (32, 0, 0, 0)
    }
  }

  /// The characters of one row as text, trailing blanks removed: for tests and for people.
  package func text(ofRow row: Int) -> String {
    var line = ""
    for column in 0..<size.columns { line += self[column, row].text }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// All rows as text, a line each.
  package var text: String { (0..<size.rows).map { text(ofRow: $0) }.joined(separator: "\n") }
}
