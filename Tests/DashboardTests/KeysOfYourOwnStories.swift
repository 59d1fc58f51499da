import Filters
import TerminalIO
import Testing

@testable import Dashboard

/// The dashboard with other keys: they act, the old ones do not, and everything that is said names the new ones.
struct KeysOfYourOwnStories {
  private func story(
    _ keys: KeyValuePairs<String, [String]>, on texts: [String] = [SampleListings.six], _ columns: Int = 80
  ) -> KeyStory {
    var story = KeyStory(on: texts, columns)
    let read = KeyBindings.read(
      keys.enumerated().map { KeyChoice(command: $1.key, keys: $1.value, line: $0 + 1) })
    #expect(read.problems == [])
    story.state.keyBindings = read.bindings
    return story
  }

  @Test func aVerdictIsGivenByItsNewKeyAlone() {
    var story = story(["confirm": ["b"], "came-from": ["Q"]])
    story.press("c")
    #expect(story.wanted == [])
    #expect(story.bottomLine.contains("c is no command"))
    story.press("b")
    #expect(story.wanted == ["file confirmed: 1", "remember 2"])
    #expect(story.current == "2")
  }

  @Test func theBottomLineAndTheHelpNameTheNewKeys() {
    var story = story(["confirm": ["b"], "came-from": ["X"], "filter": ["f"], "find-value": ["/"], "quit": ["Q"]])
    #expect(story.bottomLine.contains("b confirm") && story.bottomLine.contains("f filter"))
    #expect(story.bottomLine.contains("Q quit") && !story.bottomLine.contains("c confirm"))
    story.press("?")
    #expect(story.screen.contains("b               confirmed match"))
    story.press("Q")
    #expect(story.state.mode == .browsing)
  }

  @Test func theListOfCommandsNamesTheNewKey() {
    var story = story(["zoom": ["Z"], "commands": [","]])
    story.press(",")
    story.type("zoom")
    #expect(story.screen.contains("zoom             Z"))
    story.press("Enter")
    #expect(story.state.isZoomed)
  }

  @Test func aQuestionIsAnsweredByTheKeysOfTheVerdicts() {
    var story = story(["confirm": ["x"], "false-positive": ["c"]])
    story.press("* ;")
    #expect(story.screen.contains("x     confirm") && story.screen.contains("c     false positive"))
    story.press("c")
    #expect(story.wanted == ["file false_positive: 1 2 3 4 5 6"])
  }

  @Test func sheetsAreWalkedAndClosedByTheNewKeys() {
    var story = story(["down": ["n"], "up": ["e"], "note": ["j"], "note-here": ["k"], "next-hit": ["J"], "sort": ["Z"]])
    story.press("Z n n e")
    guard case .menu(let menu) = story.state.mode else {
      Issue.record("no list is open")
      return
    }
    #expect(menu.cursor == 1)
    story.press("j")
    #expect(story.state.mode == .menu(menu), "the old key walks no longer")
    story.press("Down")
    #expect(story.state.mode != .menu(menu), "arrows stay")
  }

  @Test func theKeyThatOpensASheetClosesIt() {
    var story = story(["problems": ["i"], "identify": ["I"]])
    story.tell(.grew(to: story.state.dataset, problems: SampleProblems.several, rows: [0]))
    story.press("i")
    #expect(story.state.mode.kind == .problems)
    // The sheet needs `i` for itself, so there it closes by its own keys.
    story.press("p")
    #expect(story.state.mode == .browsing)
    story.press("p")
    #expect(story.state.mode == .browsing && story.bottomLine.contains("p is no command"))
  }

  @Test func typedTextIsStillTextWhateverTheKeysAre() {
    var story = story(["confirm": ["o"], "open-line": ["c"], "redraw": ["F5"]])
    story.press("/")
    story.type("comb o")
    #expect(story.state.filter.text == "comb o")
    story.press("Esc n")
    story.type("o, no")
    story.press("Enter")
    #expect(story.wanted == ["note «o, no»: 1"])
  }

  @Test func textThatComesAtOnceDecidesNothingByTheNewKeys() {
    var story = story(["confirm": ["o"], "open-line": ["c"]])
    story.readTextAtOnce("hello world")
    for effect in story.effects { #expect(!TypedEverywhereTests.changes(effect)) }
    #expect(story.state.notice?.text.contains("none of them acted") == true)
    // Ahead of a slow screen verdicts and steps act, as with the usual keys.
    story.readAtOnce("o j o")
    #expect(story.filings.count == 2)
  }

  @Test func whatIsSaidNamesTheNewKeys() {
    var story = story(
      [
        "mark": ["Q"], "range": ["y"], "copy": ["I"], "mark-all": ["J"], "filter": ["Z"], "clear-filter": ["X"],
        "columns": ["$"], "fold-copies": ["%"], "undo": ["&"], "queue": ["!"], "decide-marked": ["@"],
      ])
    story.press("@")
    #expect(story.bottomLine.contains("Q marks a listing, y a range, J all shown"))
    story.press("o")
    #expect(story.screen.contains("% makes one line of the copies"))
    story.paste("x")
    #expect(story.bottomLine.contains("press Z first"))
    story.press("Z")
    story.type("no such thing")
    story.press("Enter")
    #expect(story.screen.contains("Z changes the filter, X clears it"))
    story.press("X Z")
    story.type("is:unreviewed")
    story.press("Enter c")
    story.save()
    #expect(story.bottomLine.contains("& undoes"), "\(story.bottomLine)")
    story.press("y")
    #expect(story.bottomLine.contains("Q or y marks it"))
  }

  @Test func aCommandWithoutAKeyIsNamedAsItIsFound() {
    var story = story(["fold-copies": []])
    story.press("o")
    #expect(story.screen.contains(":fold-copies makes one line of the copies"))
  }

  @Test func leavingAndSuspendingFollow() {
    var story = story(["quit": ["Q"], "suspend": ["^T"], "redraw": ["F5"]])
    story.press("^T")
    #expect(story.wanted == ["suspend"])
    story.press("/ F5")
    #expect(story.wanted == ["redraw"])
    story.press("Esc q")
    #expect(story.state.isRunning)
    story.resize(20, 4)
    #expect(story.screen.contains("or Q"))
    story.press("Q")
    #expect(!story.state.isRunning)
  }

  /// In the panes whatever a person is told can be pressed: every key that the bottom line names is a command there.
  @Test(arguments: Pane.allCases) func everyKeyOfTheBottomLineActs(pane: Pane) {
    let bindings = KeyBindings.read([
      KeyChoice(command: "choose", keys: ["ж"], line: 1), KeyChoice(command: "confirm", keys: ["ю", "j"], line: 2),
      KeyChoice(command: "down", keys: ["J"], line: 3),
    ]).bindings
    for hint in HintLine.hints(of: pane, bindings, width: 200) {
      #expect(bindings.command(for: hint.key, in: pane) != nil, "\(hint.key.label)")
    }
    #expect(HintLine.hints(of: .listings, bindings, width: 200).first?.key == .character("ю"))
  }

  @Test func theKeyTableIsThatOfTheNewKeys() {
    let bindings = KeyBindings.read([
      KeyChoice(command: "undo", keys: ["Q", "ж"], line: 1), KeyChoice(command: "down", keys: ["n"], line: 2),
      KeyChoice(command: "note", keys: ["e"], line: 3), KeyChoice(command: "next-hit", keys: ["J"], line: 4),
    ]).bindings
    let table = KeyTable.markdown(bindings)
    #expect(table.contains("| `Q` `ж` | everywhere | undo, and go back to the listing | `undo` |"))
    #expect(table.contains("| `n` `↓` | a list to choose from | one down |"))
    #expect(!table.contains("`j`"))
  }

  // MARK: Without a screen

  @Test func theLinearModeTakesTheNewLetters() {
    var story = LinearStory()
    story.story.state.keyBindings =
      KeyBindings.read([
        KeyChoice(command: "confirm", keys: ["v"], line: 1), KeyChoice(command: "range", keys: ["c"], line: 2),
      ]).bindings
    #expect(story.type("help confirm").first?.hasPrefix("confirm (v)") == true)
    #expect(story.type("c").first?.contains("is no command") == true)
    story.type("v", saves: false)
    #expect(story.story.filings.count == 1)
    story.answer()
    story.type("mark-all")
    #expect(story.type("decide-marked").contains { $0.hasPrefix("v confirms them, x makes them") })
    #expect(story.type("c").contains { $0.contains("Nothing was changed") })
  }
}
