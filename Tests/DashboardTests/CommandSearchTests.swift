import TerminalIO
import Testing

@testable import Dashboard

/// Commands found by what people call them.
@Suite struct CommandSearchTests {
  private func first(_ text: String, in pane: Pane = .listings) -> String? {
    KeyBindings.standard.matching(text, in: pane).first?.name
  }

  @Test(arguments: [
    ("export", "packet"), ("save", "packet"), ("exprot", "packet"), ("reject", "false-positive"), ("accept", "confirm"),
    ("search", "filter"), ("serach", "filter"), ("order", "sort"), ("reload", "reopen"), ("exit", "quit"),
    ("bulk", "decide-marked"), ("comment", "note"), ("deselect", "unmark-all"), ("takedown", "cases"),
    ("errors", "problems"),
    ("packet", "packet"), ("fold-copies", "fold-copies"), ("todo", "queue"), ("shortcuts", "help"), ("url", "copy"),
  ])
  func aWordSynonymOrSlipFindsTheCommandFirst(typed: String, command: String) {
    #expect(first(typed) == command)
  }

  @Test func everySynonymIsOfACommandThatExists() {
    let names = Set(CommandTable.all.map(\.name))
    #expect(CommandSearch.synonyms.keys.filter { !names.contains($0) } == [])
  }

  @Test func everyTypedWordMustBeMet() {
    #expect(KeyBindings.standard.matching("copy url", in: .listings).map(\.name).first == "copy")
    #expect(KeyBindings.standard.matching("packet sideways", in: .listings).isEmpty)
    #expect(KeyBindings.standard.matching("qzx", in: .listings).isEmpty)
    #expect(KeyBindings.standard.matching("", in: .listings).count > 30)
  }

  @Test func aKeyWithoutACommandSaysWhereItHasOne() {
    var story = KeyStory()
    story.press("%")
    #expect(story.state.notice?.text.contains("% is no command; ? lists the keys of this pane") == true)
    story.press("5 -")
    #expect(story.state.notice?.text.contains("- does nothing here; in pane 1, 2, 4, 7, 8 it is: exclude") == true)
    story.press("j")
    #expect(story.state.notice == nil)
  }
}
