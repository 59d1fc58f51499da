/// A screen as a value: a grid of cells and a cursor position. Drawing fills it; a terminal presents it.
///
/// Shape:  `size.rows` rows of `size.columns` cells in row-major order. Stand-ins for hidden characters take the role
///         `.hiddenCharacter`, whatever role their text has.
/// Cost:   writing n cells is O(n).
/// Fails:  never; writes outside the grid are dropped.
package struct Frame: Equatable, Sendable {
  package private(set) var size: Size
  /// Row by row, from the top left.
  package private(set) var cells: [Cell]
  /// Where the terminal's own cursor goes; nil hides it. Screen readers and Braille displays follow it.
  package var cursor: Spot?
  /// Cells that are parts of hyperlinks; a terminal without them shows the same.
  package var links: [Link] = []
  /// Cells that hold text from right to left, in logical order, as all cells do.
  package internal(set) var textRuns: [TextRun] = []

  /// A part of a hyperlink within a row.
  ///
  /// Shape:  the address is safe to be opened: who puts it here has checked it.
  package struct Link: Equatable, Sendable {
    package let spot: Spot
    package let columns: Int
    package let address: String

    package init(spot: Spot, columns: Int, address: String) {
      (self.spot, self.columns, self.address) = (spot, columns, address)
    }
  }

  /// The hyperlinks of a row.
  package func links(inRow row: Int) -> [Link] { links.filter { $0.spot.row == row } }

  /// A blank screen; a negative size is an empty one.
  package init(_ size: Size) {
    self.size = size
    cells = Array(repeating: .blank, count: max(0, size.columns * size.rows))
  }

  /// Blanks every cell, resizing the grid if the size changed.
  ///
  /// Cost:   allocates only on a resize.
  package mutating func clear(_ newSize: Size) {
    if newSize != size {
      self = Frame(newSize)
      return
    }
    for index in cells.indices { cells[index] = .blank }
    (cursor, links, textRuns) = (nil, [], [])
  }

  /// One cell; the position must lie within the grid.
  package subscript(column: Int, row: Int) -> Cell {
    get { cells[row * size.columns + column] }
    set { cells[row * size.columns + column] = newValue }
  }

  /// Writes `text` from `spot` rightwards, at most `width` cells and never past the right edge.
  ///
  /// A wide character or cluster that would be cut is left out.
  ///
  /// - Parameter direction: which way the text runs; nil: it is a part of one, which `markRun` marks later.
  /// - Returns: the number of cells written.
  @discardableResult
  package mutating func write(
    _ text: SafeText, at spot: Spot, width: Int = .max, as role: Role, on backdrop: Backdrop = .plain,
    direction: WritingDirection? = .byFirstLetter
  ) -> Int {
    guard spot.row >= 0, spot.row < size.rows, spot.column >= 0, spot.column < size.columns, width > 0 else { return 0 }
    let limit = min(width, size.columns - spot.column)
    let glyphs = text.glyphs
    var (used, start, hasRightToLeft) = (0, 0, false)
    while start < glyphs.count {
      let end = glyphs.clusterEnd(after: start)
      if used + glyphs.width(of: start..<end) > limit { break }
      for glyph in glyphs[start..<end] {
        set(glyph, at: Spot(column: spot.column + used, row: spot.row), role, backdrop)
        used += glyph.width
        if WritingDirection.isRightToLeft(glyph.scalars.0) { hasRightToLeft = true }
      }
      start = end
    }
    let columns = spot.column..<spot.column + used
    if !textRuns.isEmpty { endRuns(in: columns, row: spot.row) }
    if hasRightToLeft, let direction { markRun(columns, row: spot.row, direction) }
    return used
  }

  /// Fills an area with blanks in one role and backdrop.
  package mutating func fill(_ area: Area, as role: Role = .text, on backdrop: Backdrop = .plain) {
    // What is covered is no hyperlink any more.
    links.removeAll { link in
      (area.row..<area.endRow).contains(link.spot.row) && link.spot.column < area.endColumn
        && link.spot.column + link.columns > area.column
    }
    for row in max(0, area.row)..<max(0, min(area.endRow, size.rows)) {
      if !textRuns.isEmpty, area.columns > 0 { endRuns(in: area.column..<area.endColumn, row: row) }
      for column in max(0, area.column)..<max(0, min(area.endColumn, size.columns)) {
        blankOutRest(ofClusterAt: column, row)
        self[column, row] = Cell(" ", role, backdrop)
      }
    }
  }

  private mutating func set(_ glyph: Glyph, at spot: Spot, _ role: Role, _ backdrop: Backdrop) {
    blankOutRest(ofClusterAt: spot.column, spot.row, isGoingOn: glyph.joinsLast)
    // A stand-in must not pass for text, whatever role the pane gives the rest.
    var cell = Cell(" ", glyph.isStandIn ? .hiddenCharacter : role, backdrop)
    cell.scalars = glyph.scalars
    cell.joinsLast = glyph.joinsLast && spot.column > 0
    self[spot.column, spot.row] = cell
    if glyph.width == 2 {
      blankOutRest(ofClusterAt: spot.column + 1, spot.row)
      self[spot.column + 1, spot.row] = .continuation(role, backdrop)
    }
  }

  /// Blanks the other half of a wide character, and the other cells of a cluster, before one of its cells is overwritten.
  ///
  /// - Parameter isGoingOn: whether a cluster that begins further left is being written: then that stays.
  private mutating func blankOutRest(ofClusterAt column: Int, _ row: Int, isGoingOn: Bool = false) {
    var (start, end) = (column, column + 1)
    if !isGoingOn { while start > 0, self[start, row].belongsToLast { start -= 1 } }
    while end < size.columns, self[end, row].belongsToLast { end += 1 }
    guard end - start > 1 else { return }
    for other in start..<end where other != column { self[other, row].becomeBlank() }
  }

  /// Puts a picture into an area, in the middle of its columns, two pixels in a cell. What does not fit is cut off.
  package mutating func draw(_ grid: PixelGrid, in area: Area, on backdrop: Backdrop = .plain) {
    let start = area.column + max(0, (area.columns - grid.width) / 2)
    for line in 0..<min((grid.height + 1) / 2, area.rows) {
      for column in 0..<min(grid.width, area.columns) {
        let (x, y) = (start + column, area.row + line)
        guard (0..<size.columns).contains(x), (0..<size.rows).contains(y) else { continue }
        guard let upper = grid.colour(column, 2 * line) else { continue }
        blankOutRest(ofClusterAt: x, y)
        self[x, y] = .picture(upper: upper, lower: grid.colour(column, 2 * line + 1), on: backdrop)
      }
    }
  }

  /// One row as text without trailing blanks, for tests.
  package func text(ofRow row: Int) -> String {
    var line = ""
    for column in 0..<size.columns { line += self[column, row].text }
    while line.last == " " { line.removeLast() }
    return line
  }

  /// All rows as text, one per line.
  package var text: String { (0..<size.rows).map { text(ofRow: $0) }.joined(separator: "\n") }
}

/// One cell of the screen: a base character with up to three combining marks or an emoji, and what it means.
///
/// Shape:  a character two cells wide is followed by a `continuation`, a cell whose `scalars.0` is 0.
package struct Cell: Equatable, Sendable {
  /// Unicode scalar values, unused slots 0, or an `EmojiSequence`. All are drawable: none is a control or bidi character.
  package var scalars: CellScalars
  package var role: Role
  package var backdrop: Backdrop
  /// Whether it is one letter with the cell before it, so that a terminal has to be given both at once.
  package var joinsLast = false

  package init(_ scalar: Unicode.Scalar, _ role: Role, _ backdrop: Backdrop = .plain) {
    scalars = (scalar.value, 0, 0, 0)
    self.role = role
    self.backdrop = backdrop
  }

  /// The right half of a character two cells wide.
  package static func continuation(_ role: Role, _ backdrop: Backdrop) -> Cell {
    var cell = Cell(" ", role, backdrop)
    cell.scalars.0 = 0
    return cell
  }

  /// What an untouched cell holds.
  package static let blank = Cell(" ", .text)

  package var isContinuation: Bool { scalars.0 == 0 }
  var isPlainBlank: Bool { scalars == (0x20, 0, 0, 0) }

  /// Whether it cannot stand without the cell before it.
  var belongsToLast: Bool { isContinuation || joinsLast }

  fileprivate mutating func becomeBlank() { (scalars, joinsLast) = ((0x20, 0, 0, 0), false) }

  /// A cell of a picture: an upper half block in one colour over another.
  ///
  /// Shape:  colours are 0xRRGGBB. They stand in the slots of combining marks, with the highest bit set, which no character has.
  package static func picture(upper: UInt32, lower: UInt32?, on backdrop: Backdrop) -> Cell {
    var cell = Cell("▀", .text, backdrop)
    cell.scalars.1 = pictureBit | upper
    cell.scalars.2 = lower.map { pictureBit | $0 } ?? 0
    return cell
  }

  private static let pictureBit: UInt32 = 1 << 31

  /// The colours of a cell of a picture, the lower one nil below the picture; nil for any other cell.
  package var pictureColours: (upper: UInt32, lower: UInt32?)? {
    guard scalars.1 & Self.pictureBit != 0 else { return nil }
    return (scalars.1 & 0xff_ffff, scalars.2 & Self.pictureBit != 0 ? scalars.2 & 0xff_ffff : nil)
  }

  /// The cell's characters as text; empty for a continuation.
  package var text: String {
    var view = String.UnicodeScalarView()
    EmojiSequence.forEachCharacter(of: scalars) { view.append($0) }
    return String(view)
  }

  package static func == (a: Cell, b: Cell) -> Bool {
    a.scalars == b.scalars && a.role == b.role && a.backdrop == b.backdrop && a.joinsLast == b.joinsLast
  }
}
