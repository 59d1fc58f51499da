import TerminalIO
import TextCells

/// Turns frames into the bytes that take the terminal from one frame to the next.
///
/// Shape:  a cell that looks the same is not written again, even if it now means something else. Only the background of
///         a blank shows, so blanks never need a foreground colour. Cells that are read as one letter are written together.
/// Cost:   one comparison per cell. Links may be slow, so bytes are saved: every change of paint and every cursor
///         movement is the shortest sequence that the terminal understands.
/// Why:    curses' own optimiser was measured over the same story of 350 keys (moving, turning pages, facets, help, filter,
///         lexicons) through a pseudo-terminal, ncurses 6.4, `xterm-256color`, median of two runs: at 80x24 it sent 27 %
///         more bytes a key (1,165 to 920) and took 1.6 times as long on the main thread, at 120x36 20 % more
///         (1,820 to 1,520) and 2.0 times, at 200x50 13 % more (3,300 to 2,930) and 2.4 times. Curses compares every cell
///         again and repeats whole colour sequences; it knows nothing of blanks on which no foreground shows.
struct FramePainter {
  private var paints: PaintTable
  private var sequences: TerminalSequences
  /// What the terminal shows; nil if not known.
  private var shown: (frame: Frame, rendered: [[RenderedCell]])?
  /// Where the terminal writes next. Unknown after characters of disputed width and after the last column.
  private var pen = Pen()
  /// The paint currently set; nil if not known.
  private var paint: Paint?
  /// The hyperlink that is begun; 0: none.
  private var link: UInt16 = 0
  /// The addresses of hyperlinks, in the order of their numbers, from 1 on; nil where the terminal has none.
  private var addresses: [String]?
  /// Whether the terminal puts characters together: emoji sequences, and letters of several cells.
  private let joinsCharacters: Bool
  /// Whether text from right to left is put into the order in which it is seen; else the terminal does it.
  var ordersText = false
  /// What is sent for the current frame.
  private var bytes: [UInt8] = []
  /// The row being painted.
  private var row: [RenderedCell] = []

  /// A painter for a terminal that has just been cleared.
  init(
    paints: PaintTable, sequences: TerminalSequences, hasHyperlinks: Bool = false, joinsCharacters: Bool = false
  ) {
    self.paints = paints
    // Where the last cell must not be written in its place, no letter that ends there is written at once either.
    self.joinsCharacters = joinsCharacters && sequences.hasLastCell
    self.sequences = sequences
    addresses = hasHyperlinks ? [] : nil
  }

  /// Forgets what the terminal shows. The caller clears it before the next frame.
  mutating func invalidate() {
    (shown, paint, pen) = (nil, nil, Pen())
    // Numbers mean something only as long as what was written with them is compared.
    if addresses != nil { addresses = [] }
  }

  /// Whether it has painted anything that is still there.
  var hasPicture: Bool { shown != nil }

  /// Paints in other colours from the next frame on.
  ///
  /// - Returns: whether they differ, so that the caller has to clear the screen.
  mutating func use(_ next: PaintTable) -> Bool {
    let isOther = next.paints != paints.paints
    paints = next
    return isOther
  }

  /// The bytes that reset the terminal to plain text, for whatever uses it next.
  mutating func resetSequence() -> [UInt8] {
    defer { paint = .plain }
    return sequences.paint(.plain, after: nil)
  }

  /// The bytes that show `frame`; none if it looks like the last one.
  ///
  /// Cost:   rows equal to those of the last frame are skipped whole. Buffers are reused from frame to frame.
  /// Limits: after `init` and `invalidate` the terminal must be clear.
  mutating func paint(_ frame: Frame) -> [UInt8] {
    let frame = ordersText ? VisualOrder.applied(to: frame) : frame
    bytes.removeAll(keepingCapacity: true)
    let columns = frame.size.columns
    var rendered = shown?.frame.size == frame.size ? shown?.rendered ?? [] : []
    let blank = [RenderedCell](repeating: RenderedCell(), count: columns)
    if rendered.isEmpty { rendered = Array(repeating: blank, count: frame.size.rows) }
    let before = shown?.frame.size == frame.size ? shown?.frame : nil
    shown = nil
    for line in 0..<frame.size.rows {
      let cells = frame.cells[line * columns..<(line + 1) * columns]
      if let before, cells == before.cells[line * columns..<(line + 1) * columns],
        addresses == nil || frame.links(inRow: line) == before.links(inRow: line)
      {
        continue
      }
      RenderedCell.row(cells, &paints, joins: joinsCharacters, into: &row)
      for link in frame.links where link.spot.row == line { mark(link) }
      let hasLastCell = sequences.hasLastCell || line + 1 < frame.size.rows
      if !hasLastCell { narrowLastCell() }
      write(line, over: rendered[line], hasLastCell ? columns : columns - 1)
      if !hasLastCell { writeLastCell(line, over: rendered[line]) }
      swap(&rendered[line], &row)
    }
    shown = (frame, rendered)
    useLink(0)
    if let cursor = frame.cursor { move(to: cursor) }
    return bytes
  }

  // MARK: Hyperlinks

  /// More addresses than are seen before the screen is drawn anew are no hyperlinks.
  private static let maximumAddresses = 10_000

  /// Makes cells of the row being painted a hyperlink.
  private mutating func mark(_ link: Frame.Link) {
    guard let known = addresses else { return }
    let number = known.firstIndex(of: link.address) ?? known.count
    guard number < Self.maximumAddresses else { return }
    if number == known.count { addresses?.append(link.address) }
    let columns = max(0, link.spot.column)..<min(row.count, max(0, link.spot.column + link.columns))
    for column in columns { row[column].link = UInt16(number + 1) }
  }

  /// Begins the hyperlink of what is written next, or ends the last one.
  private mutating func useLink(_ next: UInt16) {
    guard next != link, let addresses else { return }
    bytes += Array(Hyperlink.sequence(next == 0 ? nil : addresses[Int(next) - 1], number: Int(next)).utf8)
    link = next
  }

  // MARK: A row

  /// Writes what changed in a row, up to column `end`, from left to right.
  ///
  /// Cost:   nothing is sent for cells that look as before.
  private mutating func write(_ line: Int, over old: [RenderedCell], _ end: Int) {
    var old = old
    var column = 0
    while let start = nextChange(from: column, old, end) {
      if row[start].isBlank, let next = erase(line, from: start, old, end) {
        column = next
        continue
      }
      let letter = start..<letterEnd(after: start)
      if letter.count > max(1, row[start].width) || EmojiSequence.isOne(row[start].scalars) {
        putTogether(letter, line, over: &old)
      } else {
        reach(Spot(column: start, row: line))
        put(row[start], at: Spot(column: start, row: line))
      }
      column = letter.upperBound
    }
  }

  /// The end of the cells that are written together with the one at `start`.
  private func letterEnd(after start: Int) -> Int {
    var end = start + max(1, row[start].width)
    while joinsCharacters, end < row.count, row[end].joinsLast { end += max(1, row[end].width) }
    return end
  }

  /// Writes cells that are one letter or one emoji, on whose width terminals disagree: those that know it give it two cells, or
  /// one for each letter in it, others the sum of all its parts.
  ///
  /// Shape:  its cells are erased first, in case that the terminal takes fewer. The cursor then goes back to its begin, and
  ///         nothing is known of where it is behind it, so that what follows is put in its column by number. What the parts may
  ///         have covered there is written again, over them: of an emoji that the terminal does not know, the first is left.
  private mutating func putTogether(_ columns: Range<Int>, _ line: Int, over old: inout [RenderedCell]) {
    let spot = Spot(column: columns.lowerBound, row: line)
    reach(spot)
    for cell in row[columns] where cell.width > 0 {
      useLink(cell.link)
      use(cell.paint)
      bytes += Array(repeating: 0x20, count: cell.width)
    }
    pen = Pen()
    move(to: spot)
    var reach = columns.lowerBound
    for cell in row[columns] where cell.width > 0 {
      useLink(cell.link)
      use(cell.paint)
      cell.write(to: &bytes)
      reach += cell.maximumWidth
    }
    pen = reach < row.count ? Pen(row: line, column: nil) : Pen()
    // Half of a wide character that was covered is gone too.
    guard reach > columns.upperBound else { return }
    for column in columns.upperBound..<min(row.count, reach + 1) { old[column] = .unknown }
  }

  /// A wide character in the last two cells of the screen gives way, since writing it would scroll the screen.
  private mutating func narrowLastCell() {
    guard row.count > 1, row[row.count - 1].width == 0 else { return }
    (row[row.count - 2].scalars, row[row.count - 2].width) = ((0xFFFD, 0, 0, 0), 1)
    row[row.count - 1] = RenderedCell(paint: row[row.count - 2].paint.onBlank)
  }

  /// Writes the very last cell where writing it in its place would scroll the screen: in the cell before, out of which it is
  /// pushed by blanks. Where the terminal cannot insert, it stays blank.
  ///
  /// Source: as curses does it, terminfo(5), "Insert/Delete Character".
  private mutating func writeLastCell(_ line: Int, over old: [RenderedCell]) {
    let last = row.count - 1
    guard last > 1 else { return }
    guard let insert = sequences.insertBlank else {
      row[last] = RenderedCell()
      guard row[last] != old[last], let erasure = sequences.eraseToEnd else { return }
      useLink(0)
      move(to: Spot(column: last, row: line))
      if paint != .plain { use(.plain) }
      bytes += erasure
      return
    }
    guard row[last] != old[last] else { return }
    // It is pushed over both halves of a wide character.
    let width = row[last - 1].width == 0 ? 2 : 1
    let before = Spot(column: last - width, row: line)
    move(to: before)
    // A blank is otherwise painted for what follows in its place, which is not its own here.
    if row[last].isBlank { use(row[last].paint) }
    put(row[last], at: before)
    pen = Pen()
    move(to: before)
    for _ in 0..<width { bytes += insert }
    put(row[last - width], at: before)
    pen = Pen()
  }

  /// The first column at or after `first` that has to be written; a letter of several cells counts if any of them changed.
  private func nextChange(from first: Int, _ old: [RenderedCell], _ end: Int) -> Int? {
    var column = first
    while column < end {
      let next = letterEnd(after: column)
      for part in column..<min(end, next) where row[part] != old[part] { return column }
      column = next
    }
    return nil
  }

  /// Moves the pen to `spot`, by rewriting the cells before it if that is shorter than a cursor movement.
  private mutating func reach(_ spot: Spot) {
    let movement = sequences.move(to: spot, from: pen)
    if pen.row == spot.row, let from = pen.column, from < spot.column,
      let rewritten = rewrite(from..<spot.column, shorterThan: movement.count)
    {
      bytes += rewritten
      pen.column = spot.column
      return
    }
    move(to: spot, with: movement)
  }

  /// The bytes that write some cells again in the current paint; nil if they need another paint or `limit` bytes.
  private func rewrite(_ columns: Range<Int>, shorterThan limit: Int) -> [UInt8]? {
    guard columns.count < limit, let paint else { return nil }
    var rewritten: [UInt8] = []
    for cell in row[columns] where cell.width > 0 {
      guard cell.hasReliableWidth, cell.link == link, cell.isBlank ? paint.onBlank == cell.paint : paint == cell.paint
      else { return nil }
      cell.write(to: &rewritten)
      if rewritten.count >= limit { return nil }
    }
    // Half a wide character cannot be written.
    return row[columns.lowerBound].width == 0 ? nil : rewritten
  }

  /// Moves the cursor there, or nowhere if it is there already.
  private mutating func move(to spot: Spot) { move(to: spot, with: sequences.move(to: spot, from: pen)) }

  private mutating func move(to spot: Spot, with movement: [UInt8]) {
    bytes += movement
    pen = Pen(row: spot.row, column: spot.column)
  }

  /// Writes one cell in its paint.
  private mutating func put(_ cell: RenderedCell, at spot: Spot) {
    useLink(cell.link)
    if cell.isBlank {
      if paint?.onBlank != cell.paint { use(blankPaint(at: spot.column)) }
    } else {
      use(cell.paint)
    }
    cell.write(to: &bytes)
    let next = spot.column + cell.width
    // After the last column terminals disagree on where the cursor is.
    if next >= row.count {
      pen = Pen()
    } else {
      pen = Pen(row: spot.row, column: cell.hasReliableWidth ? next : nil)
    }
  }

  /// Sets the paint for what is written next.
  private mutating func use(_ next: Paint) {
    bytes += sequences.paint(next, after: paint)
    paint = next
  }

  /// The paint for a blank: that of the next character if that is right on blanks too, which saves a change.
  ///
  /// Cost:   O(blanks up to the next character).
  private func blankPaint(at column: Int) -> Paint {
    let blank = row[column].paint
    guard let next = row[column...].first(where: { !$0.isBlank && $0.width > 0 }), next.paint.onBlank == blank else {
      return blank
    }
    return next.paint
  }

  // MARK: Blanks

  /// Erases the run of blanks at `start` if that is shorter than writing them.
  ///
  /// Shape:  up to the end of the row with `eraseToEnd`, otherwise up to the last blank that changed. Blanks with an
  ///         underline or in reverse are always written, since erasing would lose those attributes.
  ///
  /// - Returns: the column to continue at; nil if writing them is no longer.
  private mutating func erase(_ line: Int, from start: Int, _ old: [RenderedCell], _ end: Int) -> Int? {
    let blank = row[start].paint
    guard sequences.erasesInBackground || blank == .plain, !blank.marksBlanks else { return nil }
    var stop = start
    while stop < row.count, row[stop].isBlank, row[stop].paint == blank, row[stop].link == 0 { stop += 1 }
    if stop == start { return nil }
    var changed = stop
    while changed > start + 1, row[changed - 1] == old[changed - 1] { changed -= 1 }
    let erasure: [UInt8]
    let next = nextChange(from: changed, old, end)
    if stop == row.count, let toEnd = sequences.eraseToEnd, toEnd.count < changed - start {
      erasure = toEnd
    } else {
      guard let cells = sequences.erase(changed - start) else { return nil }
      // Writing blanks moves the pen along. Erased ones have to be crossed if anything is written after them.
      let stayed = Pen(row: line, column: start)
      var crossing = 0
      if let next { crossing = sequences.move(to: Spot(column: next, row: line), from: stayed).count }
      let left = next.map { min($0 - changed, crossing) } ?? 0
      guard cells.count + crossing < changed - start + left else { return nil }
      erasure = cells
    }
    useLink(0)
    reach(Spot(column: start, row: line))
    if paint?.onBlank != blank { use(next.map { _ in blankPaint(at: start) } ?? blank) }
    bytes += erasure
    return changed
  }
}
