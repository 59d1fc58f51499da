import Testing

@testable import Dashboard

/// What the first starts tell, and when they stop.
struct FirstHintStories {
  private func started(
    _ fields: [String: String] = [:], isOn: Bool = true, _ columns: Int = 100, _ rows: Int = 24
  ) -> KeyStory {
    var story = KeyStory(columns, rows)
    story.state.hints.isOn = isOn
    story.tell(.hintsRead(fields))
    return story
  }

  private func filterLine(_ story: KeyStory) -> String { story.frame.text(ofRow: story.state.size.rows - 2) }

  @Test func theFirstStartTellsHowToDecide() {
    let story = started()
    #expect(story.wanted == ["remember hints decide 1"])
    #expect(filterLine(story).contains("(all listings)   hint: c x s decide and go on"))
  }

  @Test func eachHintGoesOnceItWasFollowedAndTheNextIsTold() {
    var story = started()
    story.press("c")
    #expect(story.wanted.contains("remember hints decide done, undo 1"))
    story.save()
    #expect(filterLine(story).contains("hint: u takes it back"))
    story.press("u")
    #expect(story.wanted.first == "undo")
    #expect(!filterLine(story).contains("takes it back"))
  }

  @Test func aConfirmedListingBringsThePacketAndThenFilterAndHelp() {
    var story = started(["decide": "done", "undo": "done"])
    #expect(filterLine(story).contains("hint: / filters as you type"))
    story.press("c")
    story.save()
    #expect(filterLine(story).contains("hint: P writes the packet"), "\(filterLine(story))")
    story.press("P Esc")
    #expect(filterLine(story).contains("hint: / filters as you type"))
    story.press("/ Esc")
    #expect(filterLine(story).contains("hint: ? lists the keys"))
    story.press("? Esc")
    #expect(!filterLine(story).contains("hint:"))
  }

  @Test func aHintThatWasShownOnThreeStartsIsNotToldAgain() {
    #expect(started(["decide": "2"]).wanted == ["remember hints decide 3"])
    #expect(filterLine(started(["decide": "2"])).contains("c x s decide"))
    #expect(filterLine(started(["decide": "3"])).contains("hint: / filters"))
    // On one start it counts once, whatever happens on it.
    var story = started()
    story.press("j k")
    #expect(!story.wanted.contains { $0.hasPrefix("remember hints") })
  }

  @Test func whatIsStoredIsReadAgain() {
    var hints = FirstHints()
    hints.isOn = true
    hints.read(["decide": "done", "filter": "2", "unheard-of": "done", "help": "often"])
    #expect(hints.fields == ["decide": "done", "filter": "2"])
    #expect(!hints.isOpen(.decide) && hints.isOpen(.filter) && hints.isOpen(.help))
  }

  @Test func nothingIsToldBeforeItIsKnownWhatWasOrWhereNobodyWantsIt() {
    var early = KeyStory()
    early.state.hints.isOn = true
    #expect(!early.screen.contains("hint:"))
    early.press("j")
    #expect(!early.screen.contains("hint:"))
    let off = started(isOn: false)
    #expect(off.wanted == [] && !off.screen.contains("hint:"))
  }

  @Test func aHintIsNeverInTheWay() {
    var story = started()
    // The notice has its own line.
    story.press("%")
    #expect(story.bottomLine.contains("% is no command") && filterLine(story).contains("hint:"))
    story.press("/")
    story.type("comb")
    #expect(!filterLine(story).contains("hint:"))
    story.press("Enter")
    #expect(filterLine(story).contains("comb   hint: c x s decide"))
    story.resize(44, 12)
    #expect(!story.screen.contains("hint:"), "where there is no room, there is none")
    #expect(story.state.layout.filterLine.rows == 1)
  }

  @Test func aHintNamesTheKeysThatThereAre() {
    var story = started()
    story.state.keyBindings =
      KeyBindings.read([
        KeyChoice(command: "confirm", keys: ["y"], line: 1), KeyChoice(command: "copy", keys: ["c"], line: 2),
      ]).bindings
    #expect(filterLine(story).contains("hint: y x s decide and go on"))
  }
}
