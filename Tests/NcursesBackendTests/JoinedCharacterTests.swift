import CNcurses
import Glibc
import ListingsTestSupport
import Testing
import TextCells
import Theming

@testable import NcursesBackend

/// Emoji and letters of several characters are written whole, and every other cell has its place on every terminal.
///
/// Shape:  serialised, since the tests share the loaded terminal description.
@Suite(.serialized) struct JoinedCharacterTests {
  private let size = Size(columns: 30, rows: 4)

  private func painter(_ terminal: String = "xterm-256color", joins: Bool = true) throws -> FramePainter {
    try #require(setlocale(LC_CTYPE, "C.UTF-8") != nil)
    var problem: Int32 = 0
    try #require(setupterm(terminal, 1, &problem) == 0)
    return FramePainter(
      paints: PaintTable(Theme.mono, .none), sequences: TerminalSequences(), joinsCharacters: joins)
  }

  private static let pieces = [
    "a", "ivory", " ", "   ", "          ", "象", "│", "é", "👨‍👩‍👧", "👍🏽", "❤️", "1️⃣", "🏳️‍🌈", "👩🏻‍❤️‍💋‍👨🏿", "🇨🇮", "🐘", "हाथी",
    "स्त्री", "น้ำ", "ខ្មែ", "ဗုဒ္ဓ", "\u{1107}\u{1107}\u{1161}", "ক্ষা",
  ]

  private func frame(_ dice: inout Dice, after last: Frame?) -> Frame {
    var frame = last ?? Frame(size)
    for _ in 0..<1 + dice.below(5) {
      let spot = Spot(column: dice.below(size.columns), row: dice.below(size.rows))
      if dice.once(in: 3) {
        frame.fill(Area(column: spot.column, row: spot.row, columns: dice.below(12), rows: 1 + dice.below(2)))
      } else {
        frame.write(
          SafeText(dice.text(of: Self.pieces, upTo: 6)), at: spot, as: dice.pick([Role.text, .title, .flagged]))
      }
    }
    return frame
  }

  /// The first cell that does not show what the frame has there. Of a letter of several cells, and of an emoji, the first cell
  /// must begin with its first character.
  private func difference(_ screen: WrittenScreen, _ frame: Frame) -> String? {
    for row in 0..<size.rows {
      for column in 0..<size.columns {
        let (written, wanted) = (screen.cells[row][column].text, frame[column, row])
        let isRegional = (0x1F1E6...0x1F1FF).contains(wanted.scalars.0)
        if wanted.isContinuation || wanted.joinsLast || isRegional { continue }
        let rest = (column + 1..<size.columns).first { !frame[$0, row].isContinuation }
        let isLetter = EmojiSequence.isOne(wanted.scalars) || rest.map { frame[$0, row].joinsLast } ?? false
        let first = wanted.text.unicodeScalars.first
        if written == wanted.text || isLetter && written.unicodeScalars.first == first { continue }
        return "\(written) instead of \(wanted.text) at \(column), \(row)"
      }
    }
    return nil
  }

  @Test(arguments: WrittenScreen.Counting.allCases)
  func everyOtherCellHasItsPlaceHoweverTheTerminalCounts(_ counting: WrittenScreen.Counting) throws {
    try SoleUse.ofTerminalDescription {
      for seed in 0..<60 {
        var dice = Dice(seed: UInt64(seed))
        var painter = try painter()
        var screen = WrittenScreen(size, counting: counting)
        var last: Frame?
        for step in 0..<10 {
          let next = frame(&dice, after: last)
          screen.receive(painter.paint(next))
          #expect(screen.unexpected == [], "seed \(seed), step \(step)")
          try #require(difference(screen, next) == nil, "seed \(seed), step \(step)")
          #expect(painter.paint(next).isEmpty)
          last = next
        }
      }
    }
  }

  private func bytes(_ text: SafeText, _ terminal: String = "xterm-256color", joins: Bool = true) throws -> String {
    var painter = try painter(terminal, joins: joins)
    var frame = Frame(size)
    frame.write(text, at: Spot(column: 2, row: 1), as: .text)
    return String(decoding: painter.paint(frame), as: UTF8.self)
  }

  @Test func anEmojiIsErasedWrittenWholeAndLeftByAnAbsoluteMove() throws {
    try SoleUse.ofTerminalDescription {
      let emoji = try bytes("👨‍👩‍👧x")
      #expect(emoji.contains("  \u{1B}[2;3H👨‍👩‍👧\u{1B}[5Gx"))
      let letter = try bytes("स्त्रीx")
      #expect(letter.contains("    \u{1B}[2;3Hस्त्री\u{1B}[7Gx"))
    }
  }

  @Test func whatAnEmojiMayCoverIsWrittenAgain() throws {
    try SoleUse.ofTerminalDescription {
      var painter = try painter()
      var frame = Frame(size)
      frame.write("👍x seller alias", at: Spot(column: 0, row: 0), as: .text)
      _ = painter.paint(frame)
      frame.write("👍🏽", at: Spot(column: 0, row: 0), as: .text)
      // Two cells of the tone, and one in case that half of a wide character was covered.
      #expect(String(decoding: painter.paint(frame), as: UTF8.self).hasSuffix("👍🏽\u{1B}[3Gx s"))
    }
  }

  @Test(arguments: ["linux", "vt100", "screen"])
  func whereNothingIsPutTogetherTheFirstCharacterIsShown(_ terminal: String) throws {
    try SoleUse.ofTerminalDescription {
      for (text, shown) in [("👨‍👩‍👧x", "👨"), ("❤️x", "❤"), ("1️⃣x", "1"), ("👍🏽x", "👍")] as [(SafeText, String)] {
        let bytes = try bytes(text, terminal, joins: false)
        #expect(bytes.contains(shown) && !bytes.contains("\u{200D}") && !bytes.contains("\u{FE0F}"))
        var screen = WrittenScreen(size)
        screen.receive(Array(bytes.utf8))
        #expect(screen.cells[1][2].text == shown && screen.cells[1][4].text == "x")
      }
    }
  }

  /// Its parts would go on in the next row.
  @Test func atTheEndOfARowAnEmojiIsItsFirstCharacter() throws {
    try SoleUse.ofTerminalDescription {
      var painter = try painter()
      var frame = Frame(size)
      frame.write("👨‍👩‍👧", at: Spot(column: 28, row: 1), as: .text)
      let bytes = String(decoding: painter.paint(frame), as: UTF8.self)
      #expect(bytes.contains("👨") && !bytes.contains("\u{200D}"))
    }
  }
}
