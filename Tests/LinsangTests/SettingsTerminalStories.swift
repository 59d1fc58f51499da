import Casework
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
    let terminal = try TerminalSession(place, columns: 120, rows: 30)
    try terminal.shell(command)
    try terminal.expect(text)
    terminal.pause()
    return terminal
  }

  @Test func keysOfOnesOwnDecideAndLeaveAndAreNamed() throws {
    try set("hints = false\n[keys]\nconfirm = [\"b\"]\ncame-from = [\"X\"]\nquit = [\"Q\"]\n")
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
    #expect(try terminal.screen().contains("p lists all 3"))
    try terminal.press("p")
    try terminal.expect("in the settings")
    try terminal.press("Enter")
    try terminal.expect("keys.undo: Esc stays what it is everywhere; undo keeps u")
    terminal.pause()
    try terminal.press("q")
    try terminal.expectGone("in the settings")
    terminal.pause()
    try terminal.press("q")
    try terminal.expect("ready>")
    // In the shell they stay readable, too.
    try terminal.await("the problems in the shell") {
      $0.replacing("\n", with: "").contains("line 2: order: expected one of")
    }
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

  /// Whether something holds within some seconds: where it must not, nobody waits for long.
  private func holds(within seconds: Double, _ condition: () -> Bool) -> Bool {
    let end = Date().addingTimeInterval(seconds)
    repeat {
      if condition() { return true }
      usleep(50_000)
    } while Date() < end
    return false
  }

  /// Whether the top line counts what a colleague confirms meanwhile.
  private func counts(_ listing: String, as words: String, polling milliseconds: Int, within seconds: Double) throws
    -> Bool
  {
    try set("hints = false\ncasebook-poll-milliseconds = \(milliseconds)\n")
    let terminal = try open()
    try place.file([listing: .confirmed], from: "week.csv", analyst: "mo")
    return holds(within: seconds) { (try? terminal.screen().contains(words)) == true }
  }

  @Test func theCasebookIsLookedAtAsOftenAsTheFileSays() throws {
    #expect(try !counts("a1", as: "1 ✓", polling: 60_000, within: 3))
    #expect(try counts("b7", as: "2 ✓", polling: 100, within: 60))
  }

  /// Whether it is told within a few seconds that the file grew.
  private func tellsThatItGrew(polling seconds: Int, within wait: Double) throws -> Bool {
    try set("hints = false\nfile-poll-seconds = \(seconds)\n")
    let terminal = try open()
    try place.write(
      "week.csv", Workplace.week + "c9,Larets,https://larets.example/c9,Comb,old,,5,USD,x,US,2026-11-05\n")
    let isTold = holds(within: wait) { (try? terminal.screen().contains("grew by")) == true }
    try place.write("week.csv", Workplace.week)
    return isTold
  }

  @Test func theFilesAreLookedAtAsOftenAsTheFileSays() throws {
    #expect(try !tellsThatItGrew(polling: 3600, within: 4))
    #expect(try tellsThatItGrew(polling: 1, within: 60))
  }

  @Test func aQueueIsSharedAsTheFileSaysUnlessAnOptionSaysOtherwise() throws {
    let rows = (1...60).map { "q\($0),Hearthside,https://h.example/\($0),lot \($0),text,\($0)" }
    try place.write(
      "many.csv", "listing_id,platform,url,title,description,price\n" + rows.joined(separator: "\n") + "\n")
    try set("hints = false\nshare-queue = true\n")
    let ana = try open("$L many.csv --analyst ana", expecting: "60 of 60")
    try ana.press("w")
    try ana.expect("60 to decide")
    let bo = try open("$L many.csv --analyst bo", expecting: "60 of 60")
    try bo.press("w")
    try bo.expect("40 to decide")
    let cy = try open("$L many.csv --analyst cy --no-share-queue", expecting: "60 of 60")
    try cy.press("w")
    try cy.expect("60 to decide")
  }

  @Test func linesAreAsTheFileSaysUnlessAnOptionSaysOtherwise() throws {
    try set("linear = true\n")
    let lines = try Program.run("week.csv", at: place, input: "quit\n", environment: ["TERM": "xterm"])
    #expect(lines.text.contains("Linsang, opening week.csv"))
    let screen = try Program.run("week.csv", "--no-linear", at: place, input: "quit\n", environment: ["TERM": "xterm"])
    #expect(screen.status == 2 && screen.err.contains("The dashboard needs a terminal"))
  }
}
