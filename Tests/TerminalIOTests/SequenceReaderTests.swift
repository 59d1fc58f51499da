import TextCells
import Testing

@testable import TerminalIO

/// A terminal that sends characters at times, and what becomes of them.
private struct Sending {
  var reader = SequenceReader()
  var now = 0
  var parts: [SequenceReader.Part] = []

  /// Sends text at once; where nothing follows for a while, the reader is told as the keyboard tells it.
  mutating func send(_ text: String, thenPausing pause: Int = 0) {
    for scalar in text.unicodeScalars { parts += reader.take(.character(scalar.value), at: now) }
    guard pause > 0 else { return }
    // Curses waits 25 ms before it gives an Esc away.
    now += min(25, pause)
    parts += reader.pause(at: now)
    let end = now + max(0, pause - 25)
    while let next = reader.pauseEnds(at: now), next <= end {
      now = max(next, now)
      parts += reader.pause(at: now)
    }
    now = end
  }

  var keys: [Key] {
    parts.compactMap { if case .key(let key) = $0 { key } else { nil } }
  }
  var replies: [TerminalReply] {
    parts.compactMap { if case .reply(let reply) = $0 { reply } else { nil } }
  }
  var mouse: [MouseReport] {
    parts.compactMap { if case .mouse(let report) = $0 { report } else { nil } }
  }
}

struct SequenceReaderTests {
  private static let esc = "\u{1B}"
  static let light = TerminalReply.background(red: 0xFD, green: 0xF6, blue: 0xE3)
  static let answers = [
    "\(esc)]11;rgb:fdfd/f6f6/e3e3\(esc)\\", "\(esc)]11;rgb:fdfd/f6f6/e3e3\u{7}", "\(esc)]11;rgb:fd/f6/e3\(esc)\\",
    "\(esc)]11;rgba:fdfd/f6f6/e3e3/ffff\(esc)\\", "\(esc)]11;#fdf6e3\u{7}",
  ]
  static let attributes = "\(esc)[?64;1;2;6;9;15;16;17;18;21;22;28c"

  @Test(arguments: answers, [40, 300, 5000])
  func anAnswerThatIsSplitAnywhereIsOneAnswerAndNoKey(answer: String, pause: Int) {
    let whole = Array((answer + Self.attributes).unicodeScalars)
    for split in 0...whole.count {
      var sending = Sending()
      sending.reader.expectAnswers(at: 0)
      sending.send("/iv")
      sending.send(String(String.UnicodeScalarView(whole[..<split])), thenPausing: pause)
      sending.send(String(String.UnicodeScalarView(whole[split...])), thenPausing: pause)
      sending.send("ory")
      #expect(sending.keys == "/ivory".unicodeScalars.map(Key.character), "split at \(split)")
      #expect(sending.replies == [Self.light, .deviceAttributes], "split at \(split)")
      #expect(!sending.reader.isAwaitingAnswers)
    }
  }

  @Test(arguments: answers) func anAnswerInThreePiecesIsNoKeyEither(answer: String) {
    let whole = Array((answer + Self.attributes).unicodeScalars)
    for first in 0...whole.count {
      for second in first...whole.count {
        var sending = Sending()
        sending.reader.expectAnswers(at: 0)
        for piece in [whole[..<first], whole[first..<second], whole[second...]] {
          sending.send(String(String.UnicodeScalarView(piece)), thenPausing: 60)
        }
        #expect(sending.keys == [], "split at \(first) and \(second)")
      }
    }
  }

  @Test(arguments: answers) func everyCharacterOfItsOwnIsNoKeyEither(answer: String) {
    var sending = Sending()
    sending.reader.expectAnswers(at: 0)
    for scalar in (answer + Self.attributes).unicodeScalars { sending.send(String(scalar), thenPausing: 90) }
    #expect(sending.keys == [] && sending.replies == [Self.light, .deviceAttributes])
  }

  @Test func theAnswerWhatItIsIsNoKeyHoweverItIsSplit() {
    let whole = Array(("\(Self.esc)[>0;136;0c" + Self.attributes).unicodeScalars)
    for split in 0...whole.count {
      var sending = Sending()
      sending.reader.expectAnswers(at: 0)
      sending.send(String(String.UnicodeScalarView(whole[..<split])), thenPausing: 400)
      sending.send(String(String.UnicodeScalarView(whole[split...])), thenPausing: 400)
      #expect(sending.keys == [] && sending.replies == [.type(136), .deviceAttributes], "split at \(split)")
    }
  }

  @Test func anAnswerThatComesLateIsNoKey() {
    for late in [1, 5, 9, 30, 55] {
      var sending = Sending()
      sending.reader.expectAnswers(at: 0)
      sending.send(Self.attributes)
      sending.send("/", thenPausing: late * 1000)
      sending.send(Self.answers[0], thenPausing: 100)
      sending.send("c")
      #expect(sending.keys == [.character("/"), .character("c")], "after \(late) s")
      #expect(sending.replies.contains(Self.light))
    }
  }

  @Test func anAnswerToAnotherProgramsQuestionIsNoKeyAndNoAnswer() {
    var sending = Sending()
    sending.send(
      "\u{1B}]10;rgb:0000/0000/0000\u{1B}\\\u{1B}P1$r0m\u{1B}\\\u{1B}[?1;2c\u{1B}[5;7R\u{1B}]52;c;Y2M=\u{7}x")
    #expect(sending.keys.filter { if case .unknown = $0 { false } else { true } } == [.character("x")])
    #expect(sending.replies == [.deviceAttributes])
  }

  // MARK: Keys stay keys

  @Test func escapeIsTheKeyOnceTheLastAnswerHasCome() {
    var sending = Sending()
    sending.reader.expectAnswers(at: 0)
    sending.send(Self.answers[0] + Self.attributes)
    sending.send(Self.esc, thenPausing: 25)
    #expect(sending.keys == [.escape])
  }

  @Test func escapeIsTheKeyWhereNothingIsAsked() {
    var sending = Sending()
    sending.send(Self.esc, thenPausing: 25)
    sending.send("]", thenPausing: 25)
    sending.send("[", thenPausing: 25)
    #expect(sending.keys == [.escape, .character("]"), .character("[")])
  }

  @Test func aTerminalThatNeverAnswersKeepsAnEscapeUntilTheNextKeyAtMostTenSeconds() {
    var sending = Sending()
    sending.reader.expectAnswers(at: 0)
    sending.send(Self.esc, thenPausing: 500)
    #expect(sending.keys == [])
    sending.send("j")
    #expect(sending.keys == [.escape, .character("j")])
    sending.send(Self.esc, thenPausing: 12_000)
    #expect(sending.keys.last == .escape)
    sending.send(Self.esc, thenPausing: 25)
    #expect(sending.keys.suffix(2) == [.escape, .escape])
  }

  @Test func whatIsTypedAfterEscapeWhileAnswersMayComeIsTyped() {
    var sending = Sending()
    sending.reader.expectAnswers(at: 0)
    sending.send(Self.attributes)
    for text in [Self.esc, "]", "1", "2", Self.esc, "[", "j"] { sending.send(text, thenPausing: 400) }
    #expect(
      sending.keys == [
        .escape, .character("]"), .character("1"), .character("2"), .escape, .character("["), .character("j"),
      ])
  }

  @Test(arguments: [
    ("\u{1B}[A", Key.up), ("\u{1B}OB", .down), ("\u{1B}[5~", .pageUp), ("\u{1B}[Z", .backTab),
    ("\u{1B}OP", .function(1)),
    ("\u{1B}[1;5C", .unknown(0x1B)), ("\u{9B}D", .left), ("\u{9D}0;x\u{7}q", .character("q")),
    ("\u{1B}x", .character("x")),
  ]) func knownSequencesAreKeys(text: String, key: Key) {
    var sending = Sending()
    sending.send(text, thenPausing: 30)
    #expect(sending.keys.last == key)
  }

  @Test func theMarksOfAPasteAreFoundWhereTheyAreSplit() {
    var sending = Sending()
    sending.send("\u{1B}[20", thenPausing: 200)
    sending.send("0~")
    #expect(sending.parts == [.pasteBegins])
  }

  @Test func aControlCharacterEndsAStringThatSomebodyBegan() {
    var sending = Sending()
    sending.reader.expectAnswers(at: 0)
    sending.send(Self.attributes + "\u{1B}]", thenPausing: 0)
    sending.send("abc\u{3}q")
    #expect(sending.keys.suffix(2) == [.control("c"), .character("q")])
  }

  // MARK: The mouse

  @Test func aMouseReportIsOneHoweverItIsSplitBehindItsEscape() {
    let whole = Array("\u{1B}[<0;107;23M".unicodeScalars)
    for split in 2..<whole.count {
      for pause in [40, 400, 5000] {
        var sending = Sending()
        sending.reader.reportsMouse = true
        sending.send(String(String.UnicodeScalarView(whole[..<split])), thenPausing: pause)
        sending.send(String(String.UnicodeScalarView(whole[split...])), thenPausing: 30)
        #expect(sending.mouse == [MouseReport(.press, column: 106, row: 22)], "split at \(split)")
        #expect(sending.keys == [], "split at \(split)")
      }
    }
    // Between the Esc and the rest it may be held for the key; the rest is no key all the same.
    for pause in [40, 90, 250, 5000] {
      var sending = Sending()
      sending.reader.reportsMouse = true
      sending.send("\u{1B}", thenPausing: pause)
      sending.send("[<0;107;23M", thenPausing: 30)
      #expect(sending.keys.allSatisfy { $0 == .escape }, "after \(pause) ms")
      #expect(sending.keys.isEmpty == (pause < 100), "after \(pause) ms")
    }
  }

  @Test(arguments: [
    "[<", "[<;;M", "[<0;0;0M", "[<0;1M", "[<0;1;2;3M", "[<99999999999999999999;1;1M", "[<0;1;-1M", "[<x;1;1M",
    "[<0;1;1",
    "[<0;99999;1M", "[<1;5;5M", "[<2;5;5m", "[<35;5;5M", "[<66;5;5M", "[<128;5;5M", "[M !!", "[M\u{1}\u{2}\u{3}",
    "[<0;1;1~", "[0;1;1M",
  ]) func brokenAndForeignReportsAreDropped(text: String) {
    var sending = Sending()
    sending.reader.reportsMouse = true
    sending.send("\u{1B}" + text, thenPausing: 11_000)
    sending.send("\u{1B}[B", thenPausing: 30)
    #expect(sending.mouse == [])
    #expect(sending.keys.filter { if case .unknown = $0 { false } else { true } } == [.down], "\(sending.keys)")
  }

  @Test func reportsThatNobodyAskedForAreDropped() {
    var sending = Sending()
    sending.send("\u{1B}[<0;10;10M\u{1B}[<0;10;10m")
    #expect(sending.parts == [])
  }

  @Test func shiftAndCtrlDoNotMatterAndTheWheelHasTwoDirections() {
    var sending = Sending()
    sending.reader.reportsMouse = true
    sending.send("\u{1B}[<4;1;1M\u{1B}[<16;1;1m\u{1B}[<36;2;1M\u{1B}[<64;1;1M\u{1B}[<65;1;1M")
    #expect(sending.mouse.map(\.action) == [.press, .release, .drag, .wheelUp, .wheelDown])
  }
}
