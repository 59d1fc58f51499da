import CNcurses
import CPlatform
import TextCells

/// Puts a frame on curses' screen, touching only the cells that changed since the last one.
///
/// Cost:   one comparison per cell; curses is told of changed runs only, and writes what differs in one go.
struct FramePainter {
  private let paints: PaintTable
  /// What the screen shows; nil when that is not known.
  private var shown: Frame?
  private var line: [cchar_t] = []
  private var linePaints: [PaintTable.Paint] = []

  init(paints: PaintTable) { self.paints = paints }

  mutating func forget() { shown = nil }

  mutating func paint(_ frame: Frame) {
    let window = lt_stdscr()
    if shown?.size != frame.size {
      werase(window)
      shown = nil
    }
    let rows = min(frame.size.rows, Int(getmaxy(window)))
    for row in 0..<max(0, rows) {
      var column = 0
      while let run = changedRun(in: frame, row: row, from: column) {
        write(frame, row: row, run)
        column = run.upperBound
      }
    }
    // Curses leaves the cursor here even when it is hidden; a fixed place saves the bytes of moving it about.
    let spot = frame.cursor ?? Spot(column: 0, row: 0)
    wmove(window, Int32(clamping: max(0, min(spot.row, rows - 1))), Int32(clamping: max(0, spot.column)))
    shown = frame
  }

  /// The next cells of the row that are to be written, wide characters whole; nil when the rest is as it was.
  private func changedRun(in frame: Frame, row: Int, from first: Int) -> Range<Int>? {
    let columns = min(frame.size.columns, Int(getmaxx(lt_stdscr())))
    guard first < columns else { return nil }
    let base = row * frame.size.columns
    guard let shown else { return first..<columns }
    var start = first
    while start < columns, frame.cells[base + start] == shown.cells[base + start] { start += 1 }
    guard start < columns else { return nil }
    var end = start + 1
    while end < columns, frame.cells[base + end] != shown.cells[base + end] { end += 1 }
    while start > 0, frame.cells[base + start].isContinuation { start -= 1 }
    while end < columns, frame.cells[base + end].isContinuation { end += 1 }
    return start..<end
  }

  private mutating func write(_ frame: Frame, row: Int, _ run: Range<Int>) {
    line.removeAll(keepingCapacity: true)
    let base = row * frame.size.columns
    choosePaints(frame.cells[base + run.lowerBound..<base + run.upperBound])
    for column in run {
      let cell = frame.cells[base + column]
      // Curses fills the right half of a wide character itself.
      if cell.isContinuation, column > run.lowerBound { continue }
      let isWide = column + 1 < run.upperBound && frame.cells[base + column + 1].isContinuation
      append(cell, linePaints[column - run.lowerBound], isWide: isWide)
    }
    _ = line.withUnsafeBufferPointer {
      mvwadd_wchnstr(lt_stdscr(), Int32(row), Int32(run.lowerBound), $0.baseAddress, Int32($0.count))
    }
  }

  /// The paint of each cell of a run. A blank shows no foreground, so that those between two words are painted like
  /// the word before them: each change of colour costs over 20 bytes of a thin link. Those at the end become plain,
  /// which lets curses clear to the end of the line.
  private mutating func choosePaints(_ cells: ArraySlice<Cell>) {
    linePaints.removeAll(keepingCapacity: true)
    var ink: PaintTable.Paint?
    var gapStart = 0
    for cell in cells {
      let paint = paints[cell.role, cell.ground]
      linePaints.append(paint)
      if cell.scalars.0 == 0x20, cell.scalars.1 == 0, !paint.marksBlanks { continue }
      if let ink { fillGap(gapStart..<linePaints.count - 1, with: ink) }
      ink = paint
      gapStart = linePaints.count
    }
    if let last = cells.last { fillGap(gapStart..<linePaints.count, with: paints[.text, last.ground]) }
  }

  private mutating func fillGap(_ gap: Range<Int>, with paint: PaintTable.Paint) {
    guard !paint.marksBlanks else { return }
    for place in gap where linePaints[place].background == paint.background { linePaints[place] = paint }
  }

  private mutating func append(_ cell: Cell, _ paint: PaintTable.Paint, isWide: Bool) {
    let first = cell.scalars.0
    if isRegionalIndicator(first), isRegionalIndicator(cell.scalars.1), isWide {
      // To libc a flag is two characters of one cell each.
      append(paint, first, 0, 0, 0)
      append(paint, cell.scalars.1, 0, 0, 0)
      return
    }
    // Curses counts cells with libc's table, which may be newer or older than ours. Where they differ the row would
    // shift, so the character is not drawn.
    let counted = first < 0x7F ? 1 : Int(wcwidth(wchar_t(bitPattern: first)))
    guard first >= 0x20, counted == (isWide ? 2 : 1) else {
      append(paint, first == 0 ? 0x20 : 0xFFFD, 0, 0, 0)
      if isWide { append(paint, 0x20, 0, 0, 0) }
      return
    }
    append(paint, first, cell.scalars.1, cell.scalars.2, cell.scalars.3)
  }

  private mutating func append(_ paint: PaintTable.Paint, _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: UInt32) {
    var cell = cchar_t()
    let characters = (
      wchar_t(bitPattern: a), wchar_t(bitPattern: b), wchar_t(bitPattern: c), wchar_t(bitPattern: d), wchar_t(0)
    )
    let told = withUnsafeBytes(of: characters) {
      lt_cell(&cell, $0.bindMemory(to: wchar_t.self).baseAddress, paint.attributes, paint.pair)
    }
    // A mark that libc counts as a character of its own: the base goes without its marks.
    if told == ERR, b != 0 { return append(paint, a, 0, 0, 0) }
    line.append(cell)
  }

  private func isRegionalIndicator(_ scalar: UInt32) -> Bool { (0x1F1E6...0x1F1FF).contains(scalar) }
}
