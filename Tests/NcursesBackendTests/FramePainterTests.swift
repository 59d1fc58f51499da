import CNcurses
import ListingsTestSupport
import Testing
import TextCells
import Theming

@testable import NcursesBackend

/// One after the other: they take turns at the terminal description, and one that waits for its turn holds up a core.
@Suite(.serialized) struct FramePainterTests {
  private let size = Size(columns: 40, rows: 8)

  private func painter(_ terminal: String) throws -> FramePainter {
    var problem: Int32 = 0
    try #require(setupterm(terminal, 1, &problem) == 0)
    let depth = ColourDepth(colours: Int(tigetnum("colors")), isDirect: false)
    let theme = depth == .none ? Theme.mono : Self.colourful.fitted(to: depth)
    return FramePainter(paints: PaintTable(theme, depth), language: TerminalLanguage())
  }

  /// Of every kind of style some.
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
    grounds: [
      .cursor: Style(background: .palette(237)), .marked: Style(background: .palette(52)),
      .bar: Style(foreground: .palette(255), background: .palette(24)),
      .cursorUnfocused: Style(attributes: .underline), .sheet: Style(attributes: .reverse),
    ])

  private static let pieces = [
    "a", "ivory", " ", "   ", "          ", "象", "象牙", "─", "│", "·", "✓", "…", "é", "тигр", "งาช้าง", "🐘", "🇻🇳",
    "e\u{301}",
    "صقر", "❤️", "1,200.50", "\u{202E}", "\u{1B}[31m",
  ]

  /// A frame with another one's rows for the most part, as they are from key to key.
  private func frame(_ dice: inout Dice, after last: Frame?) -> Frame {
    var frame = last ?? Frame(size)
    for _ in 0..<dice.below(9) {
      let spot = Spot(column: dice.below(size.columns), row: dice.below(size.rows))
      let role = dice.pick(Role.allCases)
      let ground = dice.pick(Ground.allCases)
      if dice.once(in: 3) {
        frame.fill(
          Area(column: spot.column, row: spot.row, columns: dice.below(30), rows: 1 + dice.below(3)), as: role,
          on: ground)
      } else {
        frame.write(SafeText(dice.text(of: Self.pieces, upTo: 9)), at: spot, as: role, on: ground)
      }
    }
    frame.cursor = dice.once(in: 2) ? nil : Spot(column: dice.below(size.columns), row: dice.below(size.rows))
    return frame
  }

  @Test(arguments: ["xterm-256color", "tmux-256color", "xterm", "linux", "vt100"])
  func theBytesBringTheScreenFromEveryFrameToTheNext(_ terminal: String) throws {
    try SoleUse.ofTerminalDescription {
      for seed in 0..<60 {
        var dice = Dice(seed: UInt64(seed))
        var painter = try painter(terminal)
        var screen = WrittenScreen(size)
        var last: Frame?
        for step in 0..<12 {
          let next = frame(&dice, after: last)
          screen.take(painter.paint(next))
          // Painted by somebody who has never seen another frame, the same stands there.
          var fresh = try self.painter(terminal)
          var whole = WrittenScreen(size)
          whole.take(fresh.paint(next))
          #expect(screen.strange == [] && whole.strange == [], "seed \(seed), step \(step)")
          try #require(screen.seen == whole.seen, "seed \(seed), step \(step)")
          try #require(difference(screen, next) == nil, "seed \(seed), step \(step)")
          if let cursor = next.cursor { #expect(Spot(column: screen.column, row: screen.row) == cursor) }
          last = next
        }
      }
    }
  }

  /// Where the screen shows other characters than the frame has, but for those that not every terminal counts alike.
  private func difference(_ screen: WrittenScreen, _ frame: Frame) -> String? {
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let written = screen.places[row][column].text
        let wanted = frame[column, row]
        let isHalf = wanted.isContinuation && column > 0
        let base = isHalf ? frame[column - 1, row] : wanted
        if (0x1F1E6...0x1F1FF).contains(base.scalars.0) || written == wanted.text || written == "\u{FFFD}" { continue }
        if isHalf, screen.places[row][column - 1].text == "\u{FFFD}" { continue }
        // Marks that the system counts as characters of their own are left out.
        if written == String(wanted.text.unicodeScalars.prefix(1)) { continue }
        return "\(written) instead of \(wanted.text) at \(column), \(row)"
      }
    }
    return nil
  }

  @Test func whatLooksTheSameIsNotWrittenAgain() throws {
    try SoleUse.ofTerminalDescription {
      var painter = try painter("xterm-256color")
      var frame = Frame(size)
      frame.write("ivory bangle", at: Spot(column: 3, row: 2), as: .title)
      #expect(!painter.paint(frame).isEmpty)
      #expect(painter.paint(frame).isEmpty)
      // A blank of another role shows nothing of it.
      frame.write("   ", at: Spot(column: 20, row: 2), as: .faint)
      #expect(painter.paint(frame).isEmpty)
    }
  }

  @Test func blanksAreErasedWhereThatIsShorterAndLeaveTheRestAlone() throws {
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

  @Test func oneSequenceSaysAllThatChangesOfAPaintAndNothingElse() throws {
    try SoleUse.ofTerminalDescription {
      var problem: Int32 = 0
      try #require(setupterm("xterm-256color", 1, &problem) == 0)
      var words = PaintWords()
      let onBar = Paint(foreground: 255, background: 237)
      func change(_ last: Paint?, _ next: Paint) -> String {
        String(decoding: words.change(from: last, to: next), as: UTF8.self)
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

  @Test func aTerminalOfPaperIsNotWaitedFor() {
    #expect(TerminalLanguage.withoutDelays("\u{1B}[K$<3>x$<2*/>$") == Array("\u{1B}[Kx$".utf8))
  }
}
