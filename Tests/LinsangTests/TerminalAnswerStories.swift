import Foundation
import Testing

/// The terminal is asked what it is, and its answers are never taken for keys.
@Suite(.waitsElsewhere) struct TerminalAnswerStories {
  private let place: Workplace
  private static let esc = "\u{1B}"
  private static let light = "\(esc)]11;rgb:fdfd/f6f6/e3e3\(esc)\\"
  private static let dark = "\(esc)]11;rgb:1e1e/1e1e/1e1e\(esc)\\"
  private static let attributes = "\(esc)[?64;1;2;6;22c"

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  private func open(
    _ options: String..., terminal: String = "xterm-256color", environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    var all = ["LINSANG_DATA": Program.projectRoot]
    all.merge(environment) { $1 }
    return try PseudoTerminal(["week.csv"] + options, at: place, terminal: terminal, environment: all)
  }

  /// The filter as it is typed, with the number of listings behind it.
  private func filter(_ terminal: PseudoTerminal) -> String {
    let line = terminal.screen.lines.first { $0.hasPrefix(" filter ") } ?? ""
    return line.dropFirst(8).prefix { $0 != "…" }.split(separator: " ").first.map(String.init) ?? ""
  }

  @Test func anAnswerSplitAnywhereInTheMiddleOfAFilterIsNoKey() throws {
    let terminal = try open()
    try terminal.expect("3 of 3")
    terminal.press("/")
    terminal.type("be")
    // The answer that comes last is still open, so that each of these may be the one that was asked for.
    let answer = Array(Self.light.unicodeScalars)
    for split in 1..<answer.count {
      terminal.send(String(String.UnicodeScalarView(answer[..<split])))
      terminal.pause(60)
      terminal.send(String(String.UnicodeScalarView(answer[split...])))
      terminal.pause(5)
    }
    terminal.type("ads")
    try terminal.expect("1 of 3")
    #expect(filter(terminal) == "beads")
    terminal.send(Self.attributes)
    terminal.press("\r")
    terminal.press("q")
    #expect(terminal.end() == 0 && terminal.isRestored)
    #expect(try !Program.run("casebook", "log", at: place).text.contains("confirmed"))
  }

  @Test(arguments: [1, 2, 3, 9, 15]) func theLastAnswerSplitAnywhereIsNoKeyEither(split: Int) throws {
    let terminal = try open()
    try terminal.expect("3 of 3")
    terminal.press("/")
    let answer = Array(Self.attributes.unicodeScalars)
    terminal.send(String(String.UnicodeScalarView(answer[..<split])))
    terminal.pause(120)
    terminal.send(String(String.UnicodeScalarView(answer[split...])))
    terminal.type("beads")
    try terminal.expect("1 of 3")
    #expect(filter(terminal) == "beads")
    // From now on Esc is the key at once.
    terminal.press(Self.esc)
    try terminal.expect("(all listings)")
  }

  @Test func anAnswerFiveSecondsLateInTheMiddleOfAFilterIsNoKey() throws {
    let terminal = try open()
    try terminal.expect("3 of 3")
    terminal.send(Self.attributes)
    terminal.press("/")
    terminal.type("be")
    terminal.pause(5000)
    terminal.send(Self.light)
    terminal.type("ads")
    try terminal.expect("1 of 3")
    #expect(filter(terminal) == "beads")
  }

  @Test func theThemeGoesByTheBackgroundAlsoWhereTheAnswerIsLate() throws {
    // The colour of the pane that has the keyboard: 110 on dark, 25 on light.
    for (answer, wanted, other) in [(Self.light, "25", "110"), (Self.dark, "110", "25")] {
      let terminal = try open()
      try terminal.expect("3 of 3")
      let before = terminal.screen.paints.count
      terminal.send(answer + Self.attributes)
      terminal.pause(400)
      terminal.send("\u{C}")
      terminal.pause(400)
      let paints = Set(
        terminal.screen.paints[before...].flatMap { $0.matches(of: #/38;5;(\d+)/#).map { String($0.1) } })
      #expect(paints.contains(wanted) && !paints.contains(other), "\(paints)")
      try terminal.expect("3 of 3")
    }
  }

  @Test func aTerminalThatNeverAnswersIsUsedAllTheSame() throws {
    let terminal = try open()
    try terminal.expect("3 of 3")
    terminal.press("j", "c")
    try terminal.expect("1 ✓")
    terminal.press("q")
    #expect(terminal.end() == 0 && terminal.isRestored)
  }

  @Test(arguments: [
    ("xterm-256color", "", true), ("foot", "", true), ("xterm-256color", "--theme dark", false),
    ("linux", "", false), ("vt100", "", false), ("screen-256color", "", false), ("ansi", "", false),
  ]) func onlyTerminalsThatUnderstandItAreAsked(name: String, option: String, isAsked: Bool) throws {
    let words = option.split(separator: " ").map(String.init)
    let terminal = try PseudoTerminal(
      ["week.csv"] + words, at: place, terminal: name, environment: ["LINSANG_DATA": Program.projectRoot])
    try terminal.expect("3 of 3")
    #expect(terminal.screen.commands.contains("11;?") == isAsked)
    // What it is, is asked of every terminal that may be asked.
    #expect(terminal.screen.requests.contains("c") == (isAsked || !option.isEmpty))
  }

  @Test func noBackgroundIsAskedForWithoutColoursOrWithAThemeOfTheEnvironment() throws {
    for environment in [["NO_COLOR": "1"], ["LINSANG_THEME": "light"]] {
      let terminal = try open(environment: environment)
      try terminal.expect("3 of 3")
      #expect(!terminal.screen.commands.contains("11;?"))
    }
  }

  @Test func insideTmuxTheTerminalAroundItIsAskedToo() throws {
    let terminal = try open(
      terminal: "screen-256color",
      environment: ["TMUX": "/tmp/none,1,0", "TERM_PROGRAM": "tmux", "TERM_PROGRAM_VERSION": "3.3a"])
    try terminal.expect("3 of 3")
    #expect(terminal.screen.commands.contains("11;?"))
    #expect(terminal.screen.commands.contains { $0.hasPrefix("DCS tmux;") && $0.contains("]11;?") })
    #expect(!terminal.screen.requests.contains("?2026$p"), "tmux is not told to hold frames back")
  }

  @Test func aTerminalThatShowsFramesWholeIsToldWhereTheyBeginAndEnd() throws {
    for (setting, isUsed) in [(2, true), (0, false)] {
      let terminal = try open()
      try terminal.await("its question") { $0.requests.contains("?2026$p") }
      terminal.send("\(Self.esc)[?2026;\(setting)$y" + Self.attributes)
      try terminal.expect("3 of 3")
      terminal.press("?")
      try terminal.expect("Keys of this pane")
      #expect(terminal.screen.modesEverSet.contains(2026) == isUsed)
      terminal.press("q", "q")
      #expect(terminal.end() == 0 && terminal.isRestored)
    }
  }

  @Test func doctorSaysWhatTheTerminalSaid() throws {
    let terminal = try PseudoTerminal(
      ["doctor"], at: place, columns: 120, rows: 60, environment: ["LINSANG_DATA": Program.projectRoot])
    try terminal.await("its question") { $0.requests.contains("c") }
    terminal.send("\(Self.light)\(Self.esc)[?2026;2$y\(Self.attributes)")
    try terminal.expect("#fdf6e3, light")
    try terminal.expect("light, by the background")
    try terminal.expect("frames are shown whole")
    #expect(terminal.end() == 0 && terminal.isRestored)
  }

  @Test func doctorWaitsForWhatIsAroundAnOlderTmux() throws {
    let terminal = try PseudoTerminal(
      ["doctor"], at: place, terminal: "screen-256color", columns: 120, rows: 60,
      environment: [
        "LINSANG_DATA": Program.projectRoot, "TMUX": "/tmp/none,1,0", "TERM_PROGRAM": "tmux",
        "TERM_PROGRAM_VERSION": "3.3a",
      ])
    try terminal.await("its question") { $0.requests.contains("c") }
    terminal.send("\(Self.esc)[?1;2c")
    terminal.pause(60)
    terminal.send(Self.light)
    try terminal.expect("#fdf6e3, light")
    #expect(terminal.end() == 0 && terminal.isRestored)
  }

  @Test func doctorDoesNotAskAConsole() throws {
    let terminal = try PseudoTerminal(["doctor"], at: place, terminal: "linux", columns: 120, rows: 60)
    try terminal.expect("not asked")
    #expect(terminal.screen.requests.isEmpty && terminal.screen.commands.isEmpty)
    #expect(terminal.end() == 0)
  }
}
