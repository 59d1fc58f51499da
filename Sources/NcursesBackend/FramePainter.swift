import TextCells

/// Turns frames into the bytes that bring the terminal from one to the next.
///
/// Shape:  what looks the same is not written again, whatever it means now; of a blank only the background shows, so that
///         it never asks for a colour of its own.
/// Cost:   one comparison per cell, one row at a time; bytes are saved because links are thin: every change of paint and
///         every way to a cell is the shortest of what the terminal understands.
struct FramePainter {
  private var paints: PaintTable
  private var language: TerminalLanguage
  /// What stands on the terminal; nil when that is not known.
  private var shown: (frame: Frame, looks: [[Look]])?
  private var pen = Pen()
  /// The paint in force; nil when that is not known.
  private var paint: Paint?
  private var bytes: [UInt8] = []
  private var row: [Look] = []

  init(paints: PaintTable, language: TerminalLanguage) {
    self.paints = paints
    self.language = language
  }

  /// The terminal shows something else by now; it is cleared before the next frame.
  mutating func forget() { (shown, paint, pen) = (nil, nil, Pen()) }

  /// What makes the terminal paint plainly again, for whoever uses it next.
  mutating func ending() -> [UInt8] {
    defer { paint = .plain }
    return language.paint(.plain, after: nil)
  }

  /// The bytes that show `frame`. Where nothing is known of the terminal, it must have been cleared before.
  mutating func paint(_ frame: Frame) -> [UInt8] {
    bytes.removeAll(keepingCapacity: true)
    let columns = frame.size.columns
    var looks = shown?.frame.size == frame.size ? shown?.looks ?? [] : []
    let blank = [Look](repeating: Look(), count: columns)
    if looks.isEmpty { looks = Array(repeating: blank, count: frame.size.rows) }
    let before = shown?.frame.size == frame.size ? shown?.frame : nil
    shown = nil
    for line in 0..<frame.size.rows {
      let cells = frame.cells[line * columns..<(line + 1) * columns]
      if let before, cells == before.cells[line * columns..<(line + 1) * columns] { continue }
      Look.row(cells, &paints, into: &row)
      // Where the last cell of all would scroll the screen, it stays as it is.
      let end = language.hasLastCell || line + 1 < frame.size.rows ? columns : columns - 1
      write(line, over: looks[line], end)
      swap(&looks[line], &row)
    }
    shown = (frame, looks)
    if let cursor = frame.cursor { go(to: cursor) }
    return bytes
  }

  // MARK: A row

  private mutating func write(_ line: Int, over old: [Look], _ end: Int) {
    var column = 0
    while let start = nextChange(from: column, old, end) {
      if row[start].isBlank, let next = erase(line, from: start, old, end) {
        column = next
        continue
      }
      reach(Spot(column: start, row: line))
      put(row[start], at: Spot(column: start, row: line))
      column = start + max(1, row[start].width)
    }
  }

  /// The next place to write at: a character wholly, if one of its halves changed.
  private func nextChange(from first: Int, _ old: [Look], _ end: Int) -> Int? {
    var column = first
    while column < end {
      let width = max(1, row[column].width)
      for half in column..<min(end, column + width) where row[half] != old[half] { return column }
      column += width
    }
    return nil
  }

  /// Brings the pen to `spot`, over what stands there already where writing it again is shorter than going.
  private mutating func reach(_ spot: Spot) {
    let way = language.move(to: spot, from: pen)
    if pen.row == spot.row, let from = pen.column, from < spot.column, let again = again(from..<spot.column, way.count)
    {
      bytes += again
      pen.column = spot.column
      return
    }
    go(to: spot, by: way)
  }

  /// The characters of a stretch as bytes, in the paint in force; nil where that is not shorter than `limit`.
  private func again(_ stretch: Range<Int>, _ limit: Int) -> [UInt8]? {
    guard stretch.count < limit, let paint else { return nil }
    var again: [UInt8] = []
    for look in row[stretch] where look.width > 0 {
      guard look.isSure, look.isBlank ? paint.onBlank == look.paint : paint == look.paint else { return nil }
      look.write(to: &again)
      if again.count >= limit { return nil }
    }
    // Half a wide character cannot be written.
    return row[stretch.lowerBound].width == 0 ? nil : again
  }

  private mutating func go(to spot: Spot) { go(to: spot, by: language.move(to: spot, from: pen)) }

  private mutating func go(to spot: Spot, by way: [UInt8]) {
    bytes += way
    pen = Pen(row: spot.row, column: spot.column)
  }

  private mutating func put(_ look: Look, at spot: Spot) {
    if look.isBlank {
      if paint?.onBlank != look.paint { use(blankPaint(at: spot.column)) }
    } else {
      use(look.paint)
    }
    look.write(to: &bytes)
    let next = spot.column + look.width
    // Behind the last column terminals wait, each at its own place, for what comes next.
    if next >= row.count {
      pen = Pen()
    } else {
      pen = Pen(row: spot.row, column: look.isSure ? next : nil)
    }
  }

  private mutating func use(_ next: Paint) {
    bytes += language.paint(next, after: paint)
    paint = next
  }

  /// The paint for blanks: that of the next character, where it does for both.
  private func blankPaint(at column: Int) -> Paint {
    let blank = row[column].paint
    guard let next = row[column...].first(where: { !$0.isBlank && $0.width > 0 }), next.paint.onBlank == blank else {
      return blank
    }
    return next.paint
  }

  // MARK: Blanks

  /// Erases the blanks that begin at `start` where that is shorter than writing them.
  ///
  /// Returns: where to go on; nil where writing is not longer.
  private mutating func erase(_ line: Int, from start: Int, _ old: [Look], _ end: Int) -> Int? {
    let blank = row[start].paint
    guard language.erasesInBackground || blank == .plain, !blank.marksBlanks else { return nil }
    var stop = start
    while stop < row.count, row[stop].isBlank, row[stop].paint == blank { stop += 1 }
    var changed = stop
    while changed > start + 1, row[changed - 1] == old[changed - 1] { changed -= 1 }
    let words: [UInt8]
    let next = nextChange(from: changed, old, end)
    if stop == row.count, let toEnd = language.eraseToEnd, toEnd.count < changed - start {
      words = toEnd
    } else {
      guard let cells = language.erase(changed - start) else { return nil }
      // Written blanks carry the pen along; erased ones have to be crossed, if anything is to be written behind.
      let behind = Pen(row: line, column: start)
      var crossing = 0
      if let next { crossing = language.move(to: Spot(column: next, row: line), from: behind).count }
      let left = next.map { min($0 - changed, crossing) } ?? 0
      guard cells.count + crossing < changed - start + left else { return nil }
      words = cells
    }
    reach(Spot(column: start, row: line))
    if paint?.onBlank != blank { use(next.map { _ in blankPaint(at: start) } ?? blank) }
    bytes += words
    return changed
  }
}
