import Foundation
import Testing

/// One story under every type of terminal: what is seen is the same, and the terminal is given back as it was.
@Suite(.waitsElsewhere) struct TerminalTypeStories {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  static let types = [
    "tmux-256color", "screen", "screen-256color", "xterm", "xterm-256color", "foot", "linux", "vt100", "vt220", "ansi",
    "putty", "putty-256color",
  ]

  /// What is seen by a terminal that does everything.
  private static let reference = Result { try TerminalTypeStories().told("xterm-direct") }

  /// Keys, and what is on the screen once they have acted.
  private static let story: [(keys: [String], text: String)] = [
    ([], "8 Risk 3"), (["/", "r", "i", "n", "g"], "0 of 3"), (["\u{7F}", "\u{7F}", "\u{7F}", "\u{7F}"], "3 of 3"),
    (["b", "a", "n", "g", "l", "e"], "1 of 3"), (["\r"], "confirm"), (["0"], "(all listings)"), (["c"], "1 ✓"),
    (["u"], "0 ✓"), (["g"], "Listing 1 of 3"), (["c"], "1 ✓"), (["P"], "Packet: 1 confirmed listing"),
    (["\u{1B}"], "No packet was written"), (["?"], "Keys of this pane"), (["q"], "5 Listings"), (["3"], "3 Price"),
  ]

  /// What is seen at each step of the story.
  private func told(_ type: String, wrapsAtOnce: Bool = false) throws -> [String] {
    // Each with a casebook of its own.
    let folder = UUID().uuidString
    try place.write(folder + "/week.csv", Workplace.week)
    let terminal = try PseudoTerminal(
      [folder + "/week.csv", "--theme", "dark", "--casebook", folder + "/a.casebook"], at: place, terminal: type,
      environment: ["LINSANG_DATA": Program.projectRoot], wrapsAtOnce: wrapsAtOnce)
    var seen: [String] = []
    for (keys, text) in Self.story {
      for key in keys { terminal.press(key) }
      try terminal.expect(text)
      seen.append(terminal.settled(for: 300))
    }
    #expect(terminal.screen.unknown == [], "\(type) was sent what it does not know")
    #expect(terminal.screen.scrolls == 0, "\(type) was scrolled")
    terminal.press("q")
    #expect(terminal.end() == 0)
    #expect(terminal.isRestored, "\(type) is given back: \(terminal.screen.modes.sorted())")
    return seen
  }

  @Test(arguments: types) func theStoryIsSeenAndTheTerminalIsGivenBack(type: String) throws {
    let seen = try told(type)
    for (step, (screen, wanted)) in zip(seen, try Self.reference.get()).enumerated() {
      #expect(screen == wanted, "\(type) at step \(step), \(Self.story[step].text)")
    }
  }

  /// A terminal whose last column wraps at once: nothing may be written there that scrolls or moves what follows.
  @Test func theLastColumnOfATerminalThatWrapsAtOnceIsRight() throws {
    let seen = try told("ansi", wrapsAtOnce: true)
    for (step, (screen, wanted)) in zip(seen, try Self.reference.get()).enumerated() {
      #expect(screen == wanted, "at step \(step)")
    }
  }

  // MARK: ASCII

  @Test func inASCIIEveryByteOfTheStoryIsASCII() throws {
    let terminal = try PseudoTerminal(
      ["week.csv", "--ascii"], at: place, environment: ["LINSANG_DATA": Program.projectRoot])
    try terminal.expect("3 of 3")
    let keys = [
      "j", "j", "c", "k", "x", "s", "u", " ", "1", "\r", "\r", "-", "\u{7F}", "2", "3", "\r", "l", "l", "\r", "4", "6",
      "j",
      "5", "?", " ", " ", "q", "S", "\u{1B}", ":", "\u{1B}", "r", "\u{1B}", "M", "\u{1B}", "p", "\u{1B}", "L", "\u{1B}",
      "/", "象", "é", "\u{1B}", "n", "x", "\u{1B}", "z", "z", "V", "V", "P", "\u{1B}",
    ]
    for key in keys { terminal.press(key) }
    terminal.pause(700)
    let high = terminal.written.firstIndex { $0 >= 0x80 }
    #expect(
      high == nil, "\(high.map { String(decoding: terminal.written[max(0, $0 - 60)..<$0], as: UTF8.self) } ?? "")")
    terminal.press("?")
    let help = try terminal.expect("The signs")
    #expect(help.contains(". Y N ?") && help.contains("unreviewed; confirmed, false positive, unsure: on disk"))
    terminal.press("q")
    terminal.pause(700)
    terminal.press("q")
    #expect(terminal.end() == 0 && terminal.isRestored)
  }

  // MARK: The mouse, the title, hyperlinks

  @Test func theMouseIsLeftAloneUnlessAskedFor() throws {
    let terminal = try PseudoTerminal(["week.csv"], at: place, environment: ["LINSANG_DATA": Program.projectRoot])
    try terminal.expect("3 of 3")
    #expect(terminal.screen.modesEverSet.isDisjoint(with: [9, 1000, 1002, 1003, 1006]))
    // What comes all the same is dropped.
    terminal.send("\u{1B}[<0;3;3M\u{1B}[<0;3;3m\u{1B}[M !!")
    terminal.pause(200)
    try terminal.expect("Listing 1 of 3")
    terminal.press("q")
    #expect(terminal.end() == 0)
  }

  @Test func theMouseClicksDragsAndTurnsAndIsGivenBack() throws {
    let terminal = try PseudoTerminal(
      ["week.csv", "--mouse"], at: place, columns: 120, rows: 36, environment: ["LINSANG_DATA": Program.projectRoot])
    try terminal.expect("3 of 3")
    #expect(terminal.screen.modes.isSuperset(of: [1000, 1002, 1006]))
    func row(of text: String) throws -> Int {
      try #require(terminal.screen.lines.firstIndex { $0.contains(text) }, "\(text)")
    }
    let beads = try row(of: "Resin beads") + 1
    terminal.send("\u{1B}[<0;60;\(beads)M\u{1B}[<0;60;\(beads)m")
    try terminal.expect("Listing 2 of 3")
    // Broken reports, whole and in pieces.
    for piece in [
      "\u{1B}[<0;999999999;c;xM", "\u{1B}[<0;", "999999999;", "1M", "\u{1B}[<", ";;;M", "\u{1B}[<64;1", ";1M",
    ] {
      terminal.send(piece)
      terminal.pause(60)
    }
    terminal.send("\u{1B}[<0;60;\(beads)M\u{1B}[<32;60;\(beads + 1)M\u{1B}[<0;60;\(beads + 1)m")
    try terminal.expect("2 marked")
    #expect(try !Program.run("casebook", "log", at: place).text.contains("confirmed"))
    terminal.press("q")
    #expect(terminal.end() == 0 && terminal.isRestored)
  }

  @Test(arguments: [SIGTERM, SIGSEGV]) func howeverItEndsTheMouseAndTheTitleAreGivenBack(signal: Int32) throws {
    let terminal = try PseudoTerminal(
      ["week.csv", "--mouse"], at: place,
      environment: ["LINSANG_DATA": Program.projectRoot, "SWIFT_BACKTRACE": "enable=no"])
    try terminal.expect("3 of 3")
    terminal.signal(signal)
    _ = terminal.end()
    #expect(terminal.isRestored && terminal.screen.requests.contains("23;0t"))
  }

  @Test func anotherThemeIsShownAtOnce() throws {
    let terminal = try PseudoTerminal(
      ["week.csv", "--theme", "dark"], at: place, environment: ["LINSANG_DATA": Program.projectRoot])
    try terminal.expect("8 Risk 3")
    terminal.press(":")
    terminal.type("theme")
    terminal.press("\r")
    try terminal.expect("Theme until you leave")
    let before = terminal.screen.paints.count
    terminal.press("3")
    try terminal.expect("The theme is light until you leave")
    // The border of the pane with the keyboard.
    #expect(terminal.screen.paints[before...].contains { $0.contains("38;5;25") })
    #expect(!terminal.screen.paints[before...].contains { $0.contains("38;5;110") })
  }

  @Test func theWindowIsNamedAfterTheFilesAndGetsItsNameBack() throws {
    let name = "week\u{1B}]0;owned\u{7}47.csv"
    try place.write(name, Workplace.week)
    for (option, isNamed) in [([], true), (["--no-title"], false)] as [([String], Bool)] {
      let terminal = try PseudoTerminal(
        [name] + option, at: place, environment: ["LINSANG_DATA": Program.projectRoot])
      try terminal.expect("3 of 3")
      #expect(terminal.screen.commands.contains("2;week␛]0;owned␇47.csv · linsang") == isNamed)
      #expect(!terminal.screen.commands.contains { $0.hasPrefix("0;") })
      #expect(terminal.screen.requests.contains("22;0t") == isNamed)
      terminal.press("q")
      #expect(terminal.end() == 0)
      #expect(terminal.screen.requests.contains("23;0t") == isNamed)
    }
  }

  @Test(arguments: [("xterm-256color", true), ("linux", false), ("vt100", false), ("screen-256color", false)])
  func theAddressIsAHyperlinkWhereTheTerminalHasThem(type: String, isLink: Bool) throws {
    let terminal = try PseudoTerminal(
      ["week.csv"], at: place, terminal: type, columns: 120, rows: 50,
      environment: ["LINSANG_DATA": Program.projectRoot])
    try terminal.expect("3 of 3")
    terminal.press("6")
    for _ in 0..<12 { terminal.press("j") }
    #expect(
      terminal.screen.commands.contains { $0.hasPrefix("8;id=") && $0.hasSuffix(";https://hearthside.example/a1") }
        == isLink)
    terminal.press("q")
    #expect(terminal.end() == 0)
    #expect(terminal.screen.commands.filter { $0.hasPrefix("8;") }.last.map { $0 == "8;;" } ?? true)
  }

  @Test func whatATerminalCannotCopyIsToldAndNotPrinted() throws {
    let terminal = try PseudoTerminal(
      ["week.csv"], at: place, terminal: "linux", columns: 120, environment: ["LINSANG_DATA": Program.projectRoot])
    try terminal.expect("3 of 3")
    terminal.press("y")
    try terminal.expect("have no clipboard")
    #expect(!terminal.screen.commands.contains { $0.hasPrefix("52") })
  }

  // MARK: Terminals in terminals

  @Test(.enabled(if: Program.outside("screen") != nil, "GNU screen is not installed"))
  func theStoryIsSeenInsideScreen() throws {
    let folder = place.path + "/screens"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    try place.write("screenrc", "startup_message off\ndefutf8 on\nterm screen-256color\nvbell off\n")
    let terminal = try PseudoTerminal(
      ["-U", "-c", "screenrc", try #require(Program.path), "week.csv", "--casebook", "inner.casebook"], at: place,
      environment: ["LINSANG_DATA": Program.projectRoot, "SCREENDIR": folder], program: Program.outside("screen"))
    try tell(terminal)
  }

  @Test(
    .enabled(
      if: Program.outside("mosh-server") != nil && Program.outside("mosh-client") != nil, "mosh is not installed"))
  func theStoryIsSeenThroughMosh() throws {
    let server = try Program.shell(
      // The server changes to the home folder first.
      "mosh-server new -i 127.0.0.1 -- \"$L\" \"$PWD/week.csv\" --casebook \"$PWD/inner.casebook\"", at: place,
      environment: ["LINSANG_DATA": Program.projectRoot, "LC_ALL": "C.UTF-8", "TERM": "xterm-256color"])
    let words = server.text + server.err
    guard let match = words.firstMatch(of: #/MOSH CONNECT (\d+) (\S+)/#) else {
      Issue.record("mosh-server said: \(words)")
      return
    }
    let terminal = try PseudoTerminal(
      ["127.0.0.1", String(match.1)], at: place, environment: ["MOSH_KEY": String(match.2), "LC_ALL": "C.UTF-8"],
      program: Program.outside("mosh-client"))
    try tell(terminal)
  }

  private func tell(_ terminal: PseudoTerminal) throws {
    try terminal.expect("3 of 3")
    for (keys, text) in Self.story {
      for key in keys {
        terminal.press(key)
        terminal.pause(120)
      }
      try terminal.expect(text)
      terminal.pause(700)
    }
    terminal.press("q")
    _ = terminal.end()
    var log = ""
    let isFiled = try awaited {
      log = try Program.run("casebook", "log", "--casebook", "inner.casebook", at: place).text
      return log.contains("confirmed")
    }
    #expect(isFiled, "\(log)")
  }
}
