import TextCells
import Testing

@testable import TerminalIO

struct KeyTests {
  @Test(arguments: [
    (Key.character("c"), "c"), (.character(" "), "Space"), (.control("d"), "^D"), (.enter, "Enter"),
    (.function(1), "F1"), (.backTab, "Shift-Tab"), (.pageDown, "PgDn"), (.character("ş"), "ş"),
  ])
  func aKeyHasTheNameThatPeopleUse(key: Key, label: String) {
    #expect(key.label == label)
  }
}

struct TerminalErrorTests {
  @Test(arguments: [
    (TerminalError.unsuitable(term: "dumb"), "dumb"), (.unsuitable(term: ""), "TERM is empty"),
    (.noTerminal, "linsang stats"), (.cannotCopy(term: "linux"), "linux"), (.gone, "casebook"),
    (.tooLongToCopy(bytes: 80_000, limit: 74_994), "80000"),
  ])
  func everyErrorHasASentenceThatSaysWhatToDo(error: TerminalError, part: String) {
    #expect(error.sentence.contains(part))
    #expect(error.sentence.hasSuffix("."))
    #expect(!error.sentence.contains("\n"))
  }

  @Test func aHostileTerminalNameIsMadeSafe() {
    #expect(!TerminalError.unsuitable(term: "\u{1B}[2J").sentence.unicodeScalars.contains("\u{1B}"))
  }
}

struct ClipboardTests {
  @Test(arguments: [("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("象牙", "6LGh54mZ")])
  func base64FollowsRFC4648(text: String, encoded: String) {
    #expect(Clipboard.base64(Array(text.utf8)) == encoded)
  }

  @Test func insideTmuxTheRequestIsWrappedToo() throws {
    #expect(try Clipboard.sequence(copying: "foo", insideTmux: false) == "\u{1B}]52;c;Zm9v\u{7}")
    #expect(
      try Clipboard.sequence(copying: "foo", insideTmux: true).hasSuffix(
        "\u{1B}Ptmux;\u{1B}\u{1B}]52;c;Zm9v\u{7}\u{1B}\\"))
  }

  @Test func insideScreenTheRequestComesInPiecesThatScreenTakes() throws {
    let text = String(repeating: "x", count: 5000)
    let sequence = try Clipboard.sequence(copying: text, insideTmux: false, insideScreen: true)
    let pieces = sequence.components("\u{1B}\\")
    #expect(pieces.count > 10 && pieces.allSatisfy { $0.utf8.count <= 502 && $0.hasPrefix("\u{1B}P") })
    let whole = pieces.map { String($0.dropFirst(2)) }.joined()
    let plain = try Clipboard.sequence(copying: text, insideTmux: false)
    #expect(whole == plain)
  }

  @Test func tooMuchTextIsRejectedAndNotCut() {
    let text = String(repeating: "x", count: Clipboard.limit + 1)
    #expect(throws: TerminalError.tooLongToCopy(bytes: Clipboard.limit + 1, limit: Clipboard.limit)) {
      try Clipboard.sequence(copying: text, insideTmux: false)
    }
  }
}

struct MemoryTerminalTests {
  @Test func eventsComeInOrderAndThenTheTerminalIsGone() throws {
    let terminal = MemoryTerminal(Size(columns: 10, rows: 2))
    terminal.type("ab")
    terminal.press(.enter, .control("d"))
    terminal.enqueue([.resized(Size(columns: 5, rows: 1)), .hangUp])
    var events: [TerminalEvent] = []
    for _ in 0..<6 { events.append(try terminal.nextEvent()) }
    #expect(
      events == [
        .key(.character("a")), .key(.character("b")), .key(.enter), .key(.control("d")),
        .resized(Size(columns: 5, rows: 1)), .hangUp,
      ])
    #expect(terminal.size == Size(columns: 5, rows: 1))
    #expect(throws: TerminalError.gone) { try terminal.nextEvent() }
  }

  @Test func anIdleTerminalTicksWhenAskedTo() throws {
    let terminal = MemoryTerminal(Size(columns: 10, rows: 2))
    terminal.tickAfter = 100
    terminal.idleTicks = 2
    #expect(try terminal.nextEvent() == .tick)
    #expect(try terminal.nextEvent() == .tick)
    #expect(throws: TerminalError.gone) { try terminal.nextEvent() }
  }
}

extension String {
  /// What is ended by each of these.
  fileprivate func components(_ end: String) -> [String] {
    var pieces: [String] = []
    var piece = ""
    for character in unicodeScalars {
      piece.unicodeScalars.append(character)
      if piece.hasSuffix(end) {
        pieces.append(String(piece.unicodeScalars.dropLast(end.unicodeScalars.count)))
        piece = ""
      }
    }
    return pieces
  }
}
