import CNcurses
import CPlatform
import TerminalIO
import TextCells
import Theming

/// What a cell looks like on the terminal: its characters and their paint. Cells of different meaning may look the same,
/// above all blanks.
///
/// Shape:  a wide character is followed by a cell of width 0. A blank has only the part of its paint that shows.
/// Limits: characters that libc counts differently are replaced by U+FFFD, or drawn without their marks. Where a terminal puts no
///         characters together, and at the end of a row, an emoji sequence is its first character.
struct RenderedCell: Equatable {
  /// As in `Cell`: a base and up to three marks, or an emoji sequence.
  var scalars: CellScalars = (0x20, 0, 0, 0)
  var paint = Paint.plain
  /// In cells: 2 for a wide character, 0 for its right half.
  var width = 1
  /// The number of the hyperlink that it belongs to; 0: none.
  var link: UInt16 = 0
  /// Whether it is one letter with the cell before it.
  var joinsLast = false

  /// Whether it is a space, so that only the background of its paint shows.
  var isBlank: Bool { scalars.0 == 0x20 && scalars.1 == 0 }

  /// Whether every terminal advances by `width` cells after it. For emoji and marks they differ.
  var hasReliableWidth: Bool { scalars.1 == 0 && scalars.0 < 0x1F000 && !joinsLast }

  /// The most cells that a terminal can take for it.
  var maximumWidth: Int { EmojiSequence.isOne(scalars) ? EmojiSequence.maximumWidth(of: scalars) : width }

  /// What stands in a cell of which it is not known what the terminal shows; equal to none that is painted.
  static let unknown = RenderedCell(width: -1)

  static func == (a: RenderedCell, b: RenderedCell) -> Bool {
    a.scalars == b.scalars && a.paint == b.paint && a.width == b.width && a.link == b.link && a.joinsLast == b.joinsLast
  }

  /// Renders one row of a frame.
  ///
  /// Shape:  one rendered cell per cell, in order.
  /// Cost:   reuses the memory of `rendered`.
  ///
  /// - Parameter joins: whether the terminal puts characters together: emoji, and letters of several cells.
  static func row(
    _ cells: ArraySlice<Cell>, _ paints: inout PaintTable, joins: Bool, into rendered: inout [RenderedCell]
  ) {
    rendered.removeAll(keepingCapacity: true)
    let joins = joins && !paints.usesASCII
    for (index, cell) in zip(cells.indices, cells) {
      var next = RenderedCell(scalars: cell.scalars, paint: paints.paint(cell.role, cell.backdrop))
      if let colours = cell.pictureColours {
        next = paints.picture(colours.upper, colours.lower, on: cell.backdrop)
      } else if cell.isContinuation {
        // If the wide character was replaced by a narrow one, a blank fills its other half.
        next.width = rendered.last?.width == 2 ? 0 : 1
        if next.width == 1 { next.scalars.0 = 0x20 }
      } else {
        next.width = index + 1 < cells.endIndex && cells[index + 1].isContinuation ? 2 : 1
        next.joinsLast = cell.joinsLast
        next.makeDrawable(joins: joins, room: cells.endIndex - index)
      }
      if paints.usesASCII { next.becomeASCII(cell, &paints, after: rendered.last) }
      if next.isBlank { next.paint = next.paint.onBlank }
      rendered.append(next)
    }
  }

  /// Replaces the character by a sign of ASCII, and the halves of a wide one by one sign each. What ASCII has nothing for is
  /// a question mark in the role of hidden characters, so that it is not taken for one that was written.
  private mutating func becomeASCII(_ cell: Cell, _ paints: inout PaintTable, after last: RenderedCell?) {
    if cell.pictureColours != nil { return }
    (width, joinsLast) = (1, false)
    if cell.isContinuation, let last {
      // A sign that is not unknown is that of a keycap.
      if last.scalars.0 == UInt32(PlainCharacters.unknown) { (scalars, paint) = (last.scalars, last.paint) }
      return
    }
    let sign = PlainCharacters.sign(for: cell.scalars.0)
    scalars = (UInt32(sign ?? PlainCharacters.unknown), 0, 0, 0)
    if sign == nil { paint = paints.paint(.hiddenCharacter, cell.backdrop) }
  }

  /// Replaces characters to which libc, and so tmux and others built on it, gives another width: the row would shift.
  ///
  /// Cost:   `wcwidth` per scalar; printable ASCII is skipped.
  ///
  /// - Parameter room: the cells from this one to the end of the row. A sequence that may take more would go on in the next row.
  private mutating func makeDrawable(joins: Bool, room: Int) {
    let first = scalars.0
    if EmojiSequence.isOne(scalars) {
      let counted = Int(wcwidth(wchar_t(bitPattern: first)))
      if joins, counted > 0, EmojiSequence.maximumWidth(of: scalars) <= room { return }
      (scalars, width) = (counted > 0 ? (first, 0, 0, 0) : (0xFFFD, 0, 0, 0), counted == 2 ? 2 : 1)
      return
    }
    if first >= 0x20, first < 0x7F, width == 1, scalars.1 == 0 { return }
    // libc counts a flag as two characters of one cell each.
    if isRegionalIndicator(first), isRegionalIndicator(scalars.1), width == 2 { return }
    let isCounted = first >= 0x20 && first != 0x7F && wcwidth(wchar_t(bitPattern: first)) == width
    if !isCounted { (scalars, width) = ((0xFFFD, 0, 0, 0), 1) }
    // If libc gives a mark a cell of its own, the base is drawn without marks.
    for mark in [scalars.1, scalars.2, scalars.3] where mark != 0 && wcwidth(wchar_t(bitPattern: mark)) != 0 {
      (scalars.1, scalars.2, scalars.3) = (0, 0, 0)
    }
  }

  private func isRegionalIndicator(_ scalar: UInt32) -> Bool { (0x1F1E6...0x1F1FF).contains(scalar) }

  /// Appends its characters to `bytes` as UTF-8; the right half of a wide character has none.
  func write(to bytes: inout [UInt8]) {
    if scalars.0 < 0x80, scalars.1 == 0 { return bytes.append(UInt8(scalars.0)) }
    EmojiSequence.forEachCharacter(of: scalars) { bytes += UTF8.encode($0)! }
  }
}

/// How characters are painted: a style resolved for one terminal.
///
/// Units:  colours are numbers as curses counts them; -1 is the terminal's own default.
struct Paint: Hashable {
  var attributes: TextAttributes = []
  var foreground: Int32 = -1
  var background: Int32 = -1

  /// The terminal's own colours and no attribute.
  static let plain = Paint()

  /// Whether more than its background shows on a blank.
  var marksBlanks: Bool { attributes.contains(.underline) || attributes.contains(.reverse) }

  /// The part of it that shows on a blank.
  var onBlank: Paint { marksBlanks ? self : Paint(background: background) }
}

/// The paint of each role on each backdrop, resolved once per theme and terminal.
///
/// Cost:   O(roles × backdrops) to make; a comparison or two dictionary lookups per cell.
struct PaintTable {
  /// Role by role, and within a role backdrop by backdrop.
  let paints: [Paint]
  private var last: (role: Role, backdrop: Backdrop, paint: Paint)
  private let pictures: PictureColours
  /// Whether everything is shown in ASCII.
  let usesASCII: Bool

  /// - Parameters:
  ///   - pictures: how pictures are shown; nil: with the colours of the depth.
  ///   - usesASCII: whether pictures are signs, and so is everything else.
  init(_ theme: Theme, _ depth: ColourDepth, pictures: PictureColours? = nil, usesASCII: Bool = false) {
    self.pictures = usesASCII ? .none : pictures ?? (depth == .none ? .none : .nearest(depth))
    self.usesASCII = usesASCII
    var paints: [Paint] = []
    for role in Role.allCases {
      for backdrop in Backdrop.allCases {
        let numbers = theme.shown(role, on: backdrop, at: depth)
        paints.append(
          Paint(
            attributes: numbers.attributes, foreground: numbers.foreground, background: numbers.background))
      }
    }
    self.paints = paints
    last = (Role.allCases[0], Backdrop.allCases[0], paints[0])
  }

  /// The paint of a role on a backdrop. The last answer is cached, since neighbouring cells mostly share it.
  mutating func paint(_ role: Role, _ backdrop: Backdrop) -> Paint {
    if role == last.role, backdrop == last.backdrop { return last.paint }
    let index = Self.roleIndex[role, default: 0] * Backdrop.allCases.count + Self.backdropIndex[backdrop, default: 0]
    last = (role, backdrop, paints[index])
    return last.paint
  }

  /// A cell of a picture.
  mutating func picture(_ upper: UInt32, _ lower: UInt32?, on backdrop: Backdrop) -> RenderedCell {
    guard pictures != .none else {
      let light =
        lower.map { (PictureColours.light(upper) + PictureColours.light($0)) / 2 } ?? PictureColours.light(upper)
      let sign = PictureColours.signs[light * (PictureColours.signs.count - 1) / 255]
      var cell = RenderedCell(scalars: (UInt32(sign), 0, 0, 0), paint: paint(.text, backdrop))
      if cell.isBlank { cell.paint = cell.paint.onBlank }
      return cell
    }
    let paint = Paint(
      foreground: pictures.number(upper), background: lower.map(pictures.number) ?? paint(.text, backdrop).background)
    return RenderedCell(scalars: (0x2580, 0, 0, 0), paint: paint)
  }

  private static let roleIndex = Dictionary(uniqueKeysWithValues: Role.allCases.enumerated().map { ($1, $0) })
  private static let backdropIndex = Dictionary(uniqueKeysWithValues: Backdrop.allCases.enumerated().map { ($1, $0) })
}

/// How a terminal shows the colours of pictures.
enum PictureColours: Equatable {
  /// By signs of more or less ink.
  case none
  /// By the nearest of the colours it has.
  case nearest(ColourDepth)
  /// Exactly, in a form that its description does not know: only where `COLORTERM` says so.
  case exact

  /// For a terminal of a depth.
  ///
  /// Source: `COLORTERM` as terminals that show 24 bits set it: `truecolor` or `24bit`.
  init(_ depth: ColourDepth, isPlain: Bool, colorterm: String?) {
    if isPlain || depth == .none {
      self = .none
    } else if depth == .palette256, ["truecolor", "24bit"].contains(colorterm ?? "") {
      self = .exact
    } else {
      self = .nearest(depth)
    }
  }

  /// Signs from dark to light, as they look on a dark background.
  static let signs = Array(" .:-=+*#%@".utf8)

  /// What marks a colour number that is an exact colour.
  static let exactBit: Int32 = 1 << 24

  /// The number of a colour.
  func number(_ colour: UInt32) -> Int32 {
    switch self {
    case .none: -1
    case .nearest(let depth):
      depth.number(
        of: .rgb(
          RGB(
            UInt8(truncatingIfNeeded: colour >> 16), UInt8(truncatingIfNeeded: colour >> 8),
            UInt8(truncatingIfNeeded: colour))))
    case .exact: Self.exactBit | Int32(colour & 0xff_ffff)
    }
  }

  /// How light a colour looks, from 0 to 255.
  ///
  /// Source: ITU-R BT.601, the luma of red, green and blue.
  static func light(_ colour: UInt32) -> Int {
    (Int(colour >> 16 & 0xff) * 299 + Int(colour >> 8 & 0xff) * 587 + Int(colour & 0xff) * 114) / 1000
  }
}
