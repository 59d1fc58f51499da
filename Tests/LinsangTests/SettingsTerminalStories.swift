import Foundation
import Testing

/// Settings, keys of one's own and the hints of the first starts at a real terminal.
@Suite(.waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
struct SettingsTerminalStories {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  private func set(_ text: String) throws { try place.write("home/.config/linsang/settings.toml", text) }

  private func open(_ command: String = "$L week.csv", expecting text: String = "3 of 3") throws -> TerminalSession {
    let terminal = try TerminalSession(place, columns: 100, rows: 24)
    try terminal.shell(command)
    try terminal.expect(text)
    terminal.pause()
    return terminal
  }

  @Test func keysOfOnesOwnDecideAndLeaveAndAreNamed() throws {
    try set("hints = false\n[keys]\nconfirm = [\"b\"]\ncame-from = [\"B\"]\nquit = [\"Q\"]\n")
    let terminal = try open()
    let screen = try terminal.expect("b confirm")
    #expect(screen.contains("Q quit") && !screen.contains("hint:"))
    try terminal.press("b")
    try terminal.expect("1 ✓  0 ✗  0 ?")
    terminal.pause()
    try terminal.press("c")
    try terminal.expect("c is no command")
    try terminal.press("?")
    try terminal.expect("confirmed match")
    try terminal.press("Q")
    try terminal.expectGone("Keys of this pane")
    terminal.pause()
    try terminal.press("Q")
    try terminal.expect("ready>")
  }

  @Test func aWrongFileStartsAllTheSameAndIsAmongTheProblems() throws {
    try set("theme = light\norder = \"risky\"\n[keys]\nundo = [\"Esc\"]\n")
    let terminal = try open(expecting: "settings.toml, line 1: theme: expected a text")
    try terminal.expect("Carved bangle")
    #expect(try terminal.screen().contains("3 problems (p)"))
    try terminal.press("p")
    try terminal.expect("in the settings")
    try terminal.press("Enter")
    try terminal.expect("keys.undo: Esc stays what it is everywhere; it keeps u")
    terminal.pause()
    try terminal.press("q")
    try terminal.expectGone("in the settings")
    terminal.pause()
    try terminal.press("q")
    try terminal.expect("ready>")
    // In the shell they stay readable, too.
    try terminal.expect("line 2: order: expected one of")
  }

  @Test func theOrderTheCasebookAndTheAnalystOfTheFileAreThoseOfTheSession() throws {
    try set("order = \"price\"\nanalyst = \"mo\"\ncasebook = \"~/mine.casebook\"\nshow-facets = false\n")
    let terminal = try open("LINSANG_CASEBOOK= LINSANG_ANALYST= $L week.csv")
    let screen = try terminal.expect("mo · mine.casebook")
    #expect(screen.contains("price ↓") && !screen.contains("1 Platform"))
    try terminal.press("q")
    try terminal.expect("ready>")
    #expect(place.exists("home/mine.casebook") && !place.exists("case.casebook"))
  }

  @Test func aHintGoesOnceItWasFollowedAndStaysAway() throws {
    let first = try open()
    try first.expect("hint: c x s decide and go on")
    try first.press("c")
    try first.expect("hint: u takes it back")
    try first.press("u")
    try first.expect("hint: / filters as you type")
    try first.press("q")
    try first.expect("ready>")
    let second = try open()
    try second.expect("hint: / filters as you type")
    try second.press("/")
    try second.type("bangle")
    try second.press("Enter")
    try second.expect("hint: ? lists the keys")
    try second.press("q")
    try second.expect("ready>")
  }

  @Test func linesAndQueuesAreAsTheFileSaysUnlessAnOptionSaysOtherwise() throws {
    try set("linear = true\n")
    let lines = try Program.run("week.csv", at: place, input: "quit\n", environment: ["TERM": "xterm"])
    #expect(lines.text.contains("Linsang, opening week.csv"))
    let screen = try Program.run("week.csv", "--no-linear", at: place, input: "quit\n", environment: ["TERM": "xterm"])
    #expect(screen.status == 2 && screen.err.contains("The dashboard needs a terminal"))
  }
}
