import CNcurses
import ListingsTestSupport
import TerminalIO
import Testing
import TextCells
import Theming

@testable import NcursesBackend

/// Serialised, since they share the loaded terminal description, and a test that waits for it blocks a core.
@Suite(.serialized) struct FramePainterTests {
  private let size = Size(columns: 40, rows: 8)

  private func painter(
    _ terminal: String, usesASCII: Bool = false, hasHyperlinks: Bool = false
  ) throws -> FramePainter {
    var problem: Int32 = 0
    try #require(setupterm(terminal, 1, &problem) == 0)
    let depth = ColourDepth(colours: Int(tigetnum("colors")), isDirect: false)
    let theme = depth == .none ? Theme.mono : Self.colourful.fitted(to: depth)
    return FramePainter(
      paints: PaintTable(theme, depth, usesASCII: usesASCII), sequences: TerminalSequences(),
      hasHyperlinks: hasHyperlinks)
  }

  /// A theme with every kind of style.
  private static let colourful = Theme(
    name: "colourful",
    roles: Dictionary(
      uniqueKeysWithValues: Role.allCases.enumerated().map { index, role in
        var style = Style()
        if index % 3 != 0 { style.foreground = .palette(UInt8(index * 5)) }
        if index % 7 == 3 { style.background = .palette(UInt8(200 - index)) }
        style.attributes = TextAttributes(rawValue: index % 5 == 0 ? UInt8(index % 32) : 0)
        return (role, style)
      }),
    backdrops: [
      .cursor: Style(background: .palette(237)), .marked: Style(background: .palette(52)),
      .bar: Style(foreground: .palette(255), background: .palette(24)),
      .cursorUnfocused: Style(attributes: .underline), .sheet: Style(attributes: .reverse),
    ])

  private static let pieces = [
    "a", "ivory", " ", "   ", "          ", "象", "象牙", "─", "│", "·", "✓", "…", "é", "тигр", "งาช้าง", "🐘", "🇻🇳",
    "e\u{301}",
    "صقر", "❤️", "1️⃣", "👨‍👩‍👧", "स्त्री", "น้ำ", "1,200.50", "\u{202E}", "\u{1B}[31m",
  ]

  /// A frame that shares most of its rows with the last one, as between key presses.
  private func frame(_ dice: inout Dice, after last: Frame?) -> Frame {
    var frame = last ?? Frame(size)
    for _ in 0..<dice.below(9) {
      let spot = Spot(column: dice.below(size.columns), row: dice.below(size.rows))
      let role = dice.pick(Role.allCases)
      let backdrop = dice.pick(Backdrop.allCases)
      if dice.once(in: 3) {
        frame.fill(
          Area(column: spot.column, row: spot.row, columns: dice.below(30), rows: 1 + dice.below(3)), as: role,
          on: backdrop)
      } else {
        frame.write(SafeText(dice.text(of: Self.pieces, upTo: 9)), at: spot, as: role, on: backdrop)
      }
    }
    frame.cursor = dice.once(in: 2) ? nil : Spot(column: dice.below(size.columns), row: dice.below(size.rows))
    return frame
  }

  @Test(arguments: ["xterm-256color", "tmux-256color", "xterm", "linux", "vt100", "ansi"])
  func theBytesTakeTheScreenFromEveryFrameToTheNext(_ terminal: String) throws {
    try SoleUse.ofTerminalDescription {
      for seed in 0..<60 {
        var dice = Dice(seed: UInt64(seed))
        var painter = try painter(terminal)
        var screen = WrittenScreen(size)
        var last: Frame?
        for step in 0..<12 {
          let next = frame(&dice, after: last)
          screen.receive(painter.paint(next))
          // A painter that has not seen the earlier frames must produce the same screen.
          var fresh = try self.painter(terminal)
          var whole = WrittenScreen(size)
          whole.receive(fresh.paint(next))
          #expect(screen.unexpected == [] && whole.unexpected == [], "seed \(seed), step \(step)")
          try #require(screen.seen == whole.seen, "seed \(seed), step \(step)")
          try #require(difference(screen, next) == nil, "seed \(seed), step \(step)")
          if let cursor = next.cursor { #expect(Spot(column: screen.column, row: screen.row) == cursor) }
          last = next
        }
      }
    }
  }

  /// The first cell whose characters differ from the frame, except for characters of disputed width; nil if none does.
  private func difference(_ screen: WrittenScreen, _ frame: Frame) -> String? {
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let written = screen.cells[row][column].text
        let wanted = frame[column, row]
        let isHalf = wanted.isContinuation && column > 0
        let base = isHalf ? frame[column - 1, row] : wanted
        if (0x1F1E6...0x1F1FF).contains(base.scalars.0) || written == wanted.text || written == "\u{FFFD}" { continue }
        // Where nothing is put together, an emoji is its first character.
        if isHalf, EmojiSequence.isOne(base.scalars), written == " " { continue }
        if isHalf, screen.cells[row][column - 1].text == "\u{FFFD}" { continue }
        // Behind a wide character the last cell of a screen that would scroll stays blank.
        let isCorner = row + 1 == size.rows && column + 1 == size.columns
        if isCorner, written == " ", frame[column - 1, row].isContinuation { continue }
        // Marks to which libc gives a cell of their own are left out.
        if written == String(wanted.text.unicodeScalars.prefix(1)) { continue }
        return "\(written) instead of \(wanted.text) at \(column), \(row)"
      }
    }
    return nil
  }

  @Test(arguments: ["xterm-256color", "linux", "vt100"])
  func inASCIIEveryByteIsASCIIAndEveryCellHasItsPlace(_ terminal: String) throws {
    try SoleUse.ofTerminalDescription {
      for seed in 0..<40 {
        var dice = Dice(seed: UInt64(seed))
        var painter = try painter(terminal, usesASCII: true)
        var screen = WrittenScreen(size)
        var last: Frame?
        for step in 0..<8 {
          let next = frame(&dice, after: last)
          let bytes = painter.paint(next)
          #expect(bytes.allSatisfy { $0 < 0x80 }, "seed \(seed), step \(step)")
          screen.receive(bytes)
          #expect(screen.unexpected == [], "seed \(seed), step \(step)")
          for row in 0..<size.rows {
            for column in 0..<size.columns {
              let cell = next[column, row]
              let base = cell.isContinuation && column > 0 ? next[column - 1, row] : cell
              let known = PlainCharacters.sign(for: base.scalars.0)
              let sign = known.map { cell.isContinuation ? UInt8(ascii: " ") : $0 } ?? PlainCharacters.unknown
              #expect(screen.cells[row][column].text == String(Unicode.Scalar(sign)))
            }
          }
          last = next
        }
      }
    }
  }

  // MARK: Hyperlinks

  @Test func aHyperlinkIsBegunBeforeItsCellsAndEndedBehindThem() throws {
    try SoleUse.ofTerminalDescription {
      var painter = try painter("xterm-256color", hasHyperlinks: true)
      var frame = Frame(size)
      frame.write("url  https://a.example/1 end", at: Spot(column: 2, row: 3), as: .text)
      frame.links = [Frame.Link(spot: Spot(column: 7, row: 3), columns: 19, address: "https://a.example/1")]
      let text = String(decoding: painter.paint(frame), as: UTF8.self)
      #expect(text.contains("\u{1B}]8;id=l1;https://a.example/1\u{1B}\\https://a.example/1"))
      #expect(text.hasSuffix("\u{1B}]8;;\u{1B}\\end"))
      #expect(painter.paint(frame).isEmpty)
      // The same characters with another address are written again.
      frame.links[0] = Frame.Link(spot: Spot(column: 7, row: 3), columns: 19, address: "https://b.example/")
      let other = String(decoding: painter.paint(frame), as: UTF8.self)
      #expect(other.contains("\u{1B}]8;id=l2;https://b.example/\u{1B}\\https://a.example/1\u{1B}]8;;\u{1B}\\"))
      // And without one too.
      frame.links = []
      #expect(String(decoding: painter.paint(frame), as: UTF8.self).contains("https://a.example/1"))
    }
  }

  @Test func whereATerminalHasNoHyperlinksNoneIsSent() throws {
    try SoleUse.ofTerminalDescription {
      var painter = try painter("xterm-256color")
      var frame = Frame(size)
      frame.write("https://a.example/1", at: Spot(column: 7, row: 3), as: .text)
      frame.links = [Frame.Link(spot: Spot(column: 7, row: 3), columns: 19, address: "https://a.example/1")]
      #expect(!String(decoding: painter.paint(frame), as: UTF8.self).contains("\u{1B}]"))
    }
  }

  @Test func theScreenIsPaintedAnewOnlyWhereAnotherThemeLooksDifferent() throws {
    try SoleUse.ofTerminalDescription {
      var painter = try painter("xterm-256color")
      #expect(!painter.hasPicture)
      _ = painter.paint(Frame(size))
      #expect(painter.hasPicture)
      let isSameOther = painter.use(PaintTable(Self.colourful, .palette256))
      let isMonoOther = painter.use(PaintTable(.mono, .palette256))
      #expect(!isSameOther && isMonoOther)
    }
  }

  @Test func whatLooksTheSameIsNotWrittenAgain() throws {
    try SoleUse.ofTerminalDescription {
      var painter = try painter("xterm-256color")
      var frame = Frame(size)
      frame.write("ivory bangle", at: Spot(column: 3, row: 2), as: .title)
      #expect(!painter.paint(frame).isEmpty)
      #expect(painter.paint(frame).isEmpty)
      // A blank in another role looks the same.
      frame.write("   ", at: Spot(column: 20, row: 2), as: .faint)
      #expect(painter.paint(frame).isEmpty)
    }
  }

  @Test func blanksAreErasedIfThatIsShorter() throws {
    try SoleUse.ofTerminalDescription {
      var painter = try painter("xterm-256color")
      var frame = Frame(size)
      frame.write(SafeText(String(repeating: "x", count: 38)), at: Spot(column: 0, row: 0), as: .text)
      frame.write("|", at: Spot(column: 39, row: 0), as: .text)
      _ = painter.paint(frame)
      frame.fill(Area(column: 4, row: 0, columns: 34, rows: 1))
      #expect(String(decoding: painter.paint(frame), as: UTF8.self) == "\u{1B}[1;5H\u{1B}[34X")
    }
  }

  @Test func oneSequenceChangesExactlyWhatDiffersBetweenPaints() throws {
    try SoleUse.ofTerminalDescription {
      var problem: Int32 = 0
      try #require(setupterm("xterm-256color", 1, &problem) == 0)
      var sequences = PaintSequences()
      let onBar = Paint(foreground: 255, background: 237)
      func change(_ last: Paint?, _ next: Paint) -> String {
        String(decoding: sequences.change(from: last, to: next), as: UTF8.self)
      }
      #expect(change(nil, onBar) == "\u{1B}[0;38;5;255;48;5;237m")
      #expect(change(onBar, Paint(foreground: 146, background: 237)) == "\u{1B}[38;5;146m")
      #expect(change(onBar, Paint(foreground: 255)) == "\u{1B}[49m")
      #expect(change(onBar, Paint(attributes: .bold, foreground: 255, background: 237)) == "\u{1B}[1m")
      #expect(change(Paint(attributes: .bold, foreground: 3), Paint(foreground: 3)) == "\u{1B}[0;33m")
      #expect(change(onBar, .plain) == "\u{1B}[m")
      #expect(change(.plain, .plain) == "")
    }
  }

  @Test func delaysAreStripped() {
    #expect(TerminalSequences.strippingDelays("\u{1B}[K$<3>x$<2*/>$") == Array("\u{1B}[Kx$".utf8))
  }
}
