import CNcurses
import CPlatform
import TextCells

/// What a cell looks like on the terminal: its characters and their paint. Two cells that mean different things may look
/// the same, above all blanks.
struct Look: Equatable {
  var scalars: (UInt32, UInt32, UInt32, UInt32) = (0x20, 0, 0, 0)
  var paint = Paint.plain
  /// 2 for a wide character, 0 for its right half.
  var width = 1

  var isBlank: Bool { scalars.0 == 0x20 && scalars.1 == 0 }

  /// Whether every terminal goes on by `width` cells behind it. About emoji and marks they differ.
  var isSure: Bool { scalars.1 == 0 && scalars.0 < 0x1F000 }

  static func == (a: Look, b: Look) -> Bool {
    a.scalars == b.scalars && a.paint == b.paint && a.width == b.width
  }

  /// The looks of one row of a frame.
  static func row(_ cells: ArraySlice<Cell>, _ paints: inout PaintTable, into looks: inout [Look]) {
    looks.removeAll(keepingCapacity: true)
    for (index, cell) in zip(cells.indices, cells) {
      var look = Look(scalars: cell.scalars, paint: paints.paint(cell.role, cell.ground))
      if cell.isContinuation {
        // Behind a wide character that is not drawn, a blank keeps its place.
        look.width = looks.last?.width == 2 ? 0 : 1
        if look.width == 1 { look.scalars.0 = 0x20 }
      } else {
        look.width = index + 1 < cells.endIndex && cells[index + 1].isContinuation ? 2 : 1
        look.makeDrawable()
      }
      if look.isBlank { look.paint = look.paint.onBlank }
      looks.append(look)
    }
  }

  /// Puts a stand-in for what the system's libraries, and so tmux and others built on them, give another number of cells:
  /// the row would shift.
  private mutating func makeDrawable() {
    let first = scalars.0
    if first >= 0x20, first < 0x7F, width == 1, scalars.1 == 0 { return }
    // To libc a flag is two characters of one cell each.
    if isRegionalIndicator(first), isRegionalIndicator(scalars.1), width == 2 { return }
    let isCounted = first >= 0x20 && first != 0x7F && wcwidth(wchar_t(bitPattern: first)) == width
    if !isCounted { (scalars, width) = ((0xFFFD, 0, 0, 0), 1) }
    // A mark that libc counts as a character of its own: the base goes without its marks.
    for mark in [scalars.1, scalars.2, scalars.3] where mark != 0 && wcwidth(wchar_t(bitPattern: mark)) != 0 {
      (scalars.1, scalars.2, scalars.3) = (0, 0, 0)
    }
  }

  private func isRegionalIndicator(_ scalar: UInt32) -> Bool { (0x1F1E6...0x1F1FF).contains(scalar) }

  /// Puts its characters at the end of `bytes`, as UTF-8.
  func write(to bytes: inout [UInt8]) {
    if scalars.0 < 0x80, scalars.1 == 0 { return bytes.append(UInt8(scalars.0)) }
    for value in [scalars.0, scalars.1, scalars.2, scalars.3] {
      guard value != 0, let scalar = Unicode.Scalar(value) else { continue }
      bytes += UTF8.encode(scalar)!
    }
  }
}
