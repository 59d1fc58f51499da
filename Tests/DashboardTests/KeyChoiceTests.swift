import ListingsTestSupport
import TerminalIO
import Testing

@testable import Dashboard

/// Keys that an analyst chooses: what can be is, and what cannot is refused with a reason.
struct KeyChoiceTests {
  private func read(_ keys: [(String, [String])]) -> (bindings: KeyBindings, problems: [KeyProblem]) {
    KeyBindings.read(keys.enumerated().map { KeyChoice(command: $1.0, keys: $1.1, line: $0 + 1) })
  }

  private func sentences(_ keys: (String, [String])...) -> [String] { read(keys).problems.map(\.sentence) }

  @Test func aCommandHasTheKeysItWasGivenAndLosesTheOthers() {
    let (bindings, problems) = read([("undo", ["z", "^Y"]), ("zoom", ["Z"])])
    #expect(problems == [])
    #expect(bindings.command(for: .character("z"), in: .listings)?.name == "undo")
    #expect(bindings.command(for: .control("y"), in: .price)?.name == "undo")
    #expect(bindings.command(for: .character("u"), in: .listings) == nil)
    #expect(bindings.label(of: "undo") == "z")
    #expect(bindings.chosen == ["undo", "zoom"])
  }

  @Test func keysWithANameOnThemStayWithTheirCommands() {
    let (bindings, problems) = read([
      ("down", ["n"]), ("note", ["e"]), ("next-hit", ["j"]), ("open", ["i"]), ("identify", ["I"]), ("quit", ["Q"]),
    ])
    #expect(problems == [])
    #expect(bindings.keys(of: "down") == [.character("n"), .down])
    #expect(bindings.keys(of: "open") == [.character("i"), .enter, .right])
    #expect(bindings.keys(of: "quit") == [.character("Q"), .control("c")])
    for name in ["Esc", "Enter", "Tab", "Shift-Tab", "Up", "→", "PgDn", "Home", "^C"] {
      #expect(
        sentences(("undo", [name])) == ["\(Key(named: name)!.label) stays what it is everywhere; undo keeps u"],
        "\(name)"
      )
    }
  }

  @Test func twoCommandsMayTradeTheirKeys() {
    let (bindings, problems) = read([("confirm", ["x"]), ("false-positive", ["c"])])
    #expect(problems == [])
    #expect(bindings.command(for: .character("c"), in: .listings)?.name == "false-positive")
    #expect(bindings.command(for: .character("x"), in: .detail)?.name == "confirm")
    // The twin of the Cyrillic keyboard goes with the key that it was a twin of.
    #expect(bindings.command(for: .character("с"), in: .listings) == nil)
  }

  @Test func aKeyOfAnotherCommandIsRefusedWithBothLines() {
    #expect(
      sentences(("undo", ["p"])) == ["p is problems already (by default); give that another one, too; undo keeps u"])
    #expect(sentences(("undo", ["J"]), ("zoom", ["J"])) == ["J is undo already (line 1); zoom keeps z"])
    // In panes that have nothing in common one key may be two commands.
    #expect(sentences(("note-here", ["-"])) == [])
    #expect(
      sentences(("exclude", ["T"])) == [
        "T is count-by in platform, species, term, risk already (by default); give that another one, too; exclude keeps -"
      ])
  }

  @Test func whatIsRefusedMakesRoomForNobody() {
    // `problems` keeps p, so `packet` cannot have it either.
    let told = read([("problems", ["Esc"]), ("packet", ["p"])])
    #expect(told.problems.map(\.command) == ["problems", "packet"])
    #expect(told.bindings.chosen.isEmpty)
    #expect(told.bindings.label(of: "packet") == "P" && told.bindings.label(of: "problems") == "p")
  }

  @Test func aVerdictIsAKeyThatEveryKeyboardHas() {
    for name in ["confirm", "false-positive", "unsure", "keep-verdict"] {
      #expect(sentences((name, ["F5"])).first?.contains("every keyboard has") == true)
      #expect(sentences((name, ["Alt-c"])).first?.contains("Alt") == true)
      #expect(sentences((name, ["3"])).first?.contains("digits answer questions") == true)
    }
    #expect(sentences(("zoom", ["F5"])) == [])
  }

  @Test func undoLeavingAndTheCommandListAreNeverLost() {
    for name in ["undo", "commands", "confirm", "false-positive", "unsure"] {
      #expect(sentences((name, [])).first?.contains("\(name) cannot be without a key") == true)
    }
    let (bindings, problems) = read([("zoom", []), ("help", [])])
    #expect(problems == [])
    #expect(bindings.keys(of: "zoom") == [] && bindings.label(of: "zoom") == ":zoom")
    #expect(bindings.matching("zoom", in: .listings).first?.name == "zoom")
  }

  @Test func whatWorksWhileTextIsTypedTakesNoKeyOfText() {
    for name in ["r", "^W", "^S", "Backspace", "Space"] {
      #expect(sentences(("redraw", [name])).first?.contains("works while text is typed") == true, "\(name)")
    }
    #expect(sentences(("redraw", ["F5", "^G"])) == [])
  }

  @Test func whatIsNoKeyAndNoCommandIsTold() {
    #expect(sentences(("undo", ["Foo"])).first?.hasPrefix("“Foo” is no key") == true)
    #expect(sentences(("undo", ["^I"])).first?.contains("no key of its own") == true)
    #expect(sentences(("undo", ["\u{202E}"])).first?.contains("is no key") == true)
    #expect(sentences(("undoo", ["z"])) == ["there is no such command; perhaps you mean undo"])
    #expect(sentences(("frobnicate", ["z"])) == ["there is no such command; `linsang keys` lists them all"])
  }

  @Test func everyKeyIsReadByTheNameThatItHasOnScreen() {
    for key in CommandTable.all.flatMap(\.keys) { #expect(Key(named: key.label) == key, "\(key.label)") }
    for key in [Key.delete, .insert, .function(12), .character("ж"), .character("é"), .control("g")] {
      #expect(Key(named: key.label) == key, "\(key.label)")
    }
    #expect(Key(named: "Ctrl-G") == .control("g") && Key(named: "pagedown") == .pageDown && Key(named: "Up") == .up)
    for name in ["", "ab", "F13", "^1", "^H", "\u{200B}", "\u{A0}"] { #expect(Key(named: name) == nil, "\(name)") }
  }

  /// Whatever is written, no key means two things in one pane, and nobody is locked in.
  @Test(arguments: 0..<300) func whateverIsChosenTheTableHoldsTogether(seed: UInt64) {
    var chance = Dice(seed: seed)
    let often = ["confirm", "false-positive", "unsure", "undo", "reason", "copy", "cases", "down", "problems"]
    let names = CommandTable.all.map(\.name) + often + often + often
    let keys = [
      "c", "x", "s", "j", "k", "p", "u", "r", "y", "C", "q", ":", "Esc", "^C", "F2", "1", "^S", "ж", "Space", "Enter",
      "^D",
    ]
    let choices = (1...12).map { line in
      KeyChoice(
        command: names.randomElement(using: &chance)!,
        keys: (0..<Int.random(in: 0..<3, using: &chance)).map { _ in keys.randomElement(using: &chance)! }, line: line)
    }
    let bindings = KeyBindings.read(choices).bindings
    for pane in Pane.allCases {
      let all = bindings.commands.filter { $0.applies(in: pane) }.flatMap(\.keys)
      #expect(Set(all).count == all.count, "\(choices)")
      #expect(bindings.command(for: .escape, in: pane)?.name == "back")
      #expect(bindings.command(for: .control("c"), in: pane)?.name == "quit")
    }
    for name in ["undo", "quit", "commands"] { #expect(!bindings.keys(of: name).isEmpty, "\(choices)") }
    // A question takes the keys of the verdicts for these verdicts and nothing else for them.
    let answers = QuestionSheet(subject: .verdict([0]), text: "?").shownRows(bindings)
    for name in ["confirm", "false-positive", "unsure"] {
      for key in bindings.keys(of: name) {
        #expect(answers.first { $0.keys.contains(key) }?.row.follows == [name], "\(key.label), \(choices)")
      }
    }
    // In a list nothing changes what was recorded but the key that takes back.
    let cases = SheetKey.following(bindings, CasesSheet.keys)
    for (row, keys) in cases where row.follows != ["undo"] {
      for key in keys {
        let first = cases.first { $0.keys.contains(key) }?.row.follows
        #expect(first != ["undo"] || bindings.keys(of: "undo").contains(key), "\(key.label), \(choices)")
      }
    }
  }
}
