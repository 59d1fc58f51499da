import Casework
import ListingsTestSupport
import TerminalIO
import Testing

@testable import Dashboard

/// Random text with everything a typist may press, in every line, form and sheet there is.
struct TypedEverywhereTests {
  /// The keys that open each of them. A new kind does not compile without its own.
  private func open(_ kind: Mode.Kind, _ story: inout KeyStory) {
    switch kind {
    case .browsing: break
    case .filterLine: story.press("/")
    case .valueLine: story.press("1 f")
    case .note: story.press("n")
    case .describeForm: story.press("d")
    case .palette: story.press(":")
    case .menu: story.press("r")
    case .question: story.press("* ;")
    case .help: story.press("?")
    case .wordForm: story.press("a")
    case .wordTest: story.press("a Tab Tab Tab x Enter")
    case .wordQuestion:
      story.press("a Tab Tab Tab x Enter")
      story.answerAll()
    case .wordWriting:
      open(.wordQuestion, &story)
      story.press("y")
    case .problems: story.press("p")
    case .problemLine: story.press("p /")
    case .lexicons: story.press("L")
    case .lexiconLine: story.press("L /")
    case .lexiconTest: story.press("L Space w")
    case .lexiconQuestion:
      story.press("L Space w")
      story.answerTrial(with: SampleLexicons.flags(of: story.state.dataset, off: ["birds"]))
    case .packetForm:
      story.confirmAll()
      story.press("P")
    case .packetWriting:
      open(.packetForm, &story)
      story.press("^S")
    case .cases:
      story.press("C")
      story.tell(.casesFound(SampleCases.board))
      story.press("Enter Down")
    case .caseForm:
      story.press("C")
      story.tell(.casesFound(SampleCases.board))
      story.press("r Down")
    case .caseWriting:
      open(.caseForm, &story)
      story.press("^S")
    case .evidence:
      story.press("E")
      let key = story.key(of: "1")
      story.tell(.evidenceFound(SampleEvidence.all(key), of: key))
    case .evidenceForm:
      open(.evidence, &story)
      story.press("a x Down Down Down")
    case .evidenceWriting:
      open(.evidenceForm, &story)
      story.press("^S")
    case .picture:
      open(.evidence, &story)
      story.press("o")
    case .columns: story.press("M")
    case .fieldLine: story.press("M Space")
    case .currencyLine: story.press("M $")
    case .views:
      story.press("'")
      story.tell(.viewsFound(SampleViews.all))
    case .viewName:
      open(.views, &story)
      story.press("a")
    case .tagLine: story.press("t")
    case .dimensionLine: story.press("B")
    case .trail: story.press("c H")
    case .explanation: story.press("Y")
    case .historyLine: story.press("/ x Enter / ^R")
    case .tableColumns: story.press("A")
    case .weekChart: story.press("F")
    case .casebookLine:
      story.tell(
        .casebookTroubled(
          CasebookTrouble(
            kind: .lost, short: "casebook gone", sentence: "ivory.casebook was deleted", unsaved: [story.key(of: "1")],
            keptIn: "rescue.jsonl")))
      story.press(": r e s c u e Enter")
    }
  }

  private func opened(_ kind: Mode.Kind) -> KeyStory {
    var story = KeyStory()
    story.tell(.grew(to: story.state.dataset, problems: SampleProblems.several, rows: [0]))
    story.tell(.lexiconsRead(SampleLexicons.loaded(), switched: nil))
    story.tell(.flagged(SampleLexicons.flags(of: story.state.dataset), of: story.state.dataset))
    story.answersAtOnce = false
    open(kind, &story)
    return story
  }

  /// What changes decisions, lexicons or files.
  static func changes(_ effect: Effect) -> Bool {
    switch effect {
    case .file, .undo, .redo, .loadLexicons, .addTerm, .removeTerm, .exportPacket, .exportProblems, .changeColumns,
      .rescue,
      .recordStep, .retractStep, .attach, .withdrawAttachment:
      true
    default: false
    }
  }

  /// Whether a key is how something is confirmed there: Enter or ^S, a number in a list, an answer of a question.
  private static func confirms(_ key: Key, in kind: Mode.Kind) -> Bool {
    switch kind {
    case .note, .palette, .columns, .casebookLine, .tagLine: key == .enter
    case .packetForm, .caseForm, .describeForm, .evidenceForm: [.enter, .control("s"), .control("x")].contains(key)
    case .menu: key == .enter || key.letter.map { ("0"..."9").contains($0) } ?? false
    case .question:
      [.character("c"), .character("x"), .character("s"), .character("1"), .enter].contains(key)
    case .wordQuestion, .lexiconQuestion: [.character("y"), .character("Y")].contains(key)
    case .problems: key == .character("e")
    case .cases, .evidence: key == .character("u")
    default: false
    }
  }

  private static let letters = Array("cxsrnuUeav;* yabdefghijklmopqtw0123456789PMLR:/сч象".unicodeScalars)
  private static let others: [Key] = [
    .tab, .tab, .backTab, .escape, .control("c"), .enter, .up, .down, .left, .right, .home, .end, .pageDown, .pageUp,
    .backspace, .delete, .control("u"), .control("w"), .control("k"), .unknown(7),
  ]
  private static let pasted = ["cxs", "c\nx\n", "platform:\"Larets\"", "\u{1B}[31m", "y", "\t", ""]

  @Test(arguments: Mode.Kind.allCases) func theKeysOfEachKindOpenIt(kind: Mode.Kind) {
    #expect(opened(kind).state.mode.kind == kind)
  }

  /// Letters follow each other as a typist's do; whatever closes meanwhile, nothing is decided but by what confirms it
  /// where it is pressed.
  @Test(arguments: Mode.Kind.allCases.filter { $0 != .browsing }, 0..<12)
  func typingDecidesNothing(kind: Mode.Kind, seed: Int) {
    var chance = Dice(seed: UInt64(seed) &* 1009 &+ UInt64(Mode.Kind.allCases.firstIndex(of: kind)!))
    var story = opened(kind)
    story.wait(100_000)
    var sinceLetter = 0
    for step in 0..<120 {
      // Where no letter was typed yet, a letter after what closed by itself is meant.
      let event = event(&chance, isLetter: step == 0 || sinceLetter > 200)
      let isLetter = event.letters > 0
      let pause = Int.random(in: 10..<(isLetter ? 380 - sinceLetter : 40), using: &chance)
      story.wait(pause)
      sinceLetter = isLetter ? 0 : sinceLetter + pause
      let before = story.state.mode.kind
      let marked = story.state.marked
      story.tell(event)
      let key: Key? = if case .terminal(.key(let key)) = event { key } else { nil }
      let hasConfirmed = key.map { Self.confirms($0, in: before) } ?? false
      for effect in story.effects where Self.changes(effect) {
        #expect(hasConfirmed, "\(kind), seed \(seed), step \(step): \(story.wanted) by \(event) in \(before)")
      }
      // What was confirmed is over: letters are commands from here on, as they should be.
      guard story.state.isRunning, !hasConfirmed, !(event.keys.contains(.enter) && story.state.mode == .browsing) else {
        return
      }
      #expect(story.state.marked == marked, "\(kind), seed \(seed), step \(step): marked by \(event) in \(before)")
      if Int.random(in: 0..<4, using: &chance) == 0 { answer(&story) }
    }
  }

  private func event(_ chance: inout Dice, isLetter: Bool) -> Message {
    func letter() -> Key { .character(Self.letters.randomElement(using: &chance)!) }
    switch isLetter ? 0 : Int.random(in: 0..<100, using: &chance) {
    case 0..<70: return .terminal(.key(letter()))
    case 70..<88: return .terminal(.key(Self.others.randomElement(using: &chance)!))
    case 88..<93: return .terminal(.paste(Self.pasted.randomElement(using: &chance)!))
    default:
      return .keysRead(
        (0..<Int.random(in: 2..<9, using: &chance)).map { place in
          place > 0 && Int.random(in: 0..<6, using: &chance) == 0 ? .escape : letter()
        })
    }
  }

  /// What was asked for is answered, or fails, at any moment.
  private func answer(_ story: inout KeyStory) {
    switch story.state.mode.kind {
    case .wordTest: while !story.wordTrials.isEmpty { story.answerWordTrial() }
    case .wordWriting: story.tell(.wordAdded("x", path: "mine.csv"))
    case .packetWriting: story.tell(.packetWritten(paths: ["here"], listings: 1))
    case .caseWriting: story.tell(.stepRecorded("a step was recorded"))
    case .lexiconTest:
      while !story.trials.isEmpty { story.answerTrial(with: SampleLexicons.flags(of: story.state.dataset)) }
    default: story.tell(.failed("something went wrong; nothing is lost"))
    }
  }
}

extension Message {
  fileprivate var keys: [Key] {
    switch self {
    case .terminal(.key(let key)): [key]
    case .keysRead(let keys): keys
    default: []
    }
  }

  fileprivate var letters: Int { keys.count { $0.letter != nil } }
}
