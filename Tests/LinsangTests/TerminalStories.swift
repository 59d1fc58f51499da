import CapturesTestSupport
import Foundation
import Testing

/// A week's work at a real terminal, key by key, as an analyst would see it.
@Suite(.waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
struct TerminalStories {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  private func open(
    _ command: String = "$L week.csv", columns: Int = 120, rows: Int = 36, expecting text: String = "3 of 3"
  ) throws -> TerminalSession {
    let terminal = try TerminalSession(place, columns: columns, rows: rows)
    try terminal.shell(command)
    try terminal.expect(text)
    return terminal
  }

  private func log() throws -> String { try Program.run("casebook", "log", at: place).text }

  /// Waits until the casebook holds this, as read by another process.
  private func awaitLog(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    if try awaited({ try log().contains(text) }) { return }
    Issue.record("the casebook never held “\(text)”", sourceLocation: sourceLocation)
  }

  @Test func aFileIsAttachedByItsPathLookedAtAndGoesIntoThePacket() throws {
    try place.write("shots/bangle-a1.png", bytes: InventedCapture.picture)
    let terminal = try open()
    terminal.pause()
    try terminal.press("c", "k")
    try awaitLog("confirmed")
    terminal.pause()
    try terminal.press("E")
    try terminal.expect("No file belongs to this listing yet")
    terminal.pause()
    try terminal.press("a")
    try terminal.expect("Attach a file to:")
    terminal.pause()
    try terminal.type("shots/ba")
    try terminal.press("Tab")
    try terminal.expect("shots/bangle-a1.png")
    try terminal.press("C-s")
    try terminal.expect("Attached to")
    try terminal.expect("bangle-a1.png")
    try awaitLog("attached bangle-a1.png, image/png")
    unlink(place.path + "/shots/bangle-a1.png")
    terminal.pause()
    try terminal.press("o")
    try terminal.expect("1 by 1 pixels")
    try terminal.expect("▀")
    terminal.pause()
    try terminal.press("Escape")
    try terminal.expect("Evidence (1):")
    terminal.pause()
    try terminal.press("u")
    try terminal.expect("Withdrawn: bangle-a1.png")
    try terminal.expect("withdrawn")
    terminal.pause()
    try terminal.press("q")
    terminal.pause()
    try terminal.press("q")
    try terminal.expect("ready>")
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
  }

  @Test func verdictsNoteFilterAndPositionAreRestored() throws {
    let terminal = try open("$L demo --per-week 200 --folder demo --casebook case.casebook", expecting: "460 of 460")
    try terminal.press("/")
    try terminal.type("ivory")
    try terminal.press("Enter")
    try terminal.await("the filter's answer") { $0.contains(" filter  ivory ") && !$0.contains("460 of 460") }
    // A key pressed while the listing under the cursor is still changing decides nothing.
    terminal.pause()
    try terminal.press("c")
    try terminal.expect("1 ✓  0 ✗  0 ?")
    try terminal.press("x")
    try terminal.expect("1 ✓  1 ✗  0 ?")
    try terminal.press("s")
    try terminal.expect("1 ✓  1 ✗  1 ?")
    try terminal.press("n")
    try terminal.type("call the museum")
    try terminal.press("Enter")
    try terminal.expect("call the museum")
    try terminal.expect("Listing 4 of")
    try terminal.press("1", "Enter")
    try terminal.expect("●")
    try terminal.press("Enter")
    try terminal.expectGone("●")
    try terminal.press("5")
    try terminal.expect("┏ 5 Listings")
    let before = try terminal.expect("Listing 4 of")
    try terminal.press("q")
    try terminal.expect("ready>")
    try terminal.expectGone("Listing 4 of")

    try terminal.shell("clear; $L demo --per-week 200 --folder demo --casebook case.casebook")
    try terminal.expect("call the museum")
    // While the files are read, fewer listings are shown.
    let shown = try #require(before.firstMatch(of: #/Listing 4 of \d+ /#).map { String($0.output) })
    let after = try terminal.await(shown) { $0.contains(shown) && $0.contains("1 ✓  1 ✗  1 ?") }
    #expect(after.contains("filter  ivory "))
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
    #expect(try log().contains("note: call the museum"))
  }

  @Test func aFacetIsPartOfTheFilter() throws {
    let terminal = try open()
    try terminal.press("1", "Enter")
    try terminal.expect(#"filter  platform:"Hearthside""#)
    try terminal.expect("2 of 3")
    try terminal.press("BSpace")
    try terminal.expect("3 of 3")
    try terminal.press("-")
    try terminal.expect("1 of 3")
    try terminal.press("Escape", "0")
    try terminal.expect("3 of 3")
  }

  @Test func undoAndRedoReachTheDisk() throws {
    let terminal = try open()
    try terminal.press("c")
    try terminal.expect("1 ✓")
    try terminal.press("u")
    try terminal.expect("0 ✓")
    try terminal.press("U")
    try terminal.expect("1 ✓")
    try terminal.press("q")
    try terminal.expect("ready>")
    #expect(try Program.run("query", "--count", "is:confirmed", "week.csv", at: place).text == "1\n")
  }

  @Test func whatWasShownAsSavedSurvivesKillNine() throws {
    let terminal = try open("$L week.csv & fg")
    try terminal.press("c", "x")
    try terminal.expect("1 ✓  1 ✗  0 ?")
    try signal(SIGKILL)
    try terminal.expect("Killed")
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
    try terminal.shell("stty sane; clear; $L week.csv")
    // The killed program's screen disappears with the message that it was killed.
    try terminal.expectGone("Killed")
    try terminal.expect("1 ✓  1 ✗  0 ?")
  }

  /// The processes that have this workplace's casebook open, and no other test's.
  private var processes: [pid_t] { Program.processes(having: place.casebook) }

  private func signal(_ signal: Int32) throws {
    let processes = self.processes
    try #require(!processes.isEmpty)
    for process in processes { kill(process, signal) }
  }

  @Test(arguments: [SIGTERM, SIGHUP])
  func aSignalThatEndsItLosesNothingAndGivesTheTerminalBack(_ signal: Int32) throws {
    let terminal = try open("stty -a > before; $L week.csv; echo status $?; stty -a > after")
    try terminal.press("c")
    try terminal.expect("1 ✓")
    try self.signal(signal)
    try terminal.expect("status ")
    try terminal.expectGone("Listings")
    #expect(try terminal.expectFile("after") == place.text(of: "before"))
    #expect(try log().contains("confirmed"))
  }

  @Test func aDroppedConnectionFilesWhatWasDecided() throws {
    do {
      let terminal = try open()
      try terminal.press("j", "c")
      try terminal.expect("1 ✓")
    }
    // The session ends with its server, as a terminal does when an ssh connection drops.
    try awaitLog("confirmed")
    #expect(awaited { processes.isEmpty }, "the program ends when its terminal is gone")
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
  }

  @Test func aCrashRestoresTheTerminalAndSaysSo() throws {
    // The toolchain's own crash reporter would ask for keys.
    let terminal = try open(
      "stty -a > before; SWIFT_BACKTRACE=enable=no $L week.csv; echo status $?; stty -a > after")
    try terminal.press("c")
    try terminal.expect("1 ✓")
    try signal(SIGSEGV)
    try terminal.expect("status 139")
    #expect(try terminal.expectFile("after") == place.text(of: "before"))
    #expect(try log().contains("confirmed"))
  }

  @Test func quittingRestoresTheTerminal() throws {
    let terminal = try open("stty -a > before; $L week.csv; echo status $?; stty -a > after")
    try terminal.press("q")
    let screen = try terminal.expect("status 0")
    #expect(try terminal.expectFile("after") == place.text(of: "before"))
    #expect(!screen.contains("Listings"))
  }

  @Test func afterSuspendingItContinuesWhereItWas() throws {
    let terminal = try open()
    try terminal.press("j")
    try terminal.expect("Listing 2 of 3")
    try terminal.press("C-z")
    try terminal.expect("Stopped")
    #expect(try terminal.answer("stty -a", into: "modes").contains(" icanon"))
    try terminal.shell("fg")
    try terminal.expect("Listing 2 of 3")
    try terminal.press("c")
    try terminal.expect("1 ✓")
  }

  @Test func everySizeWorksAndThePositionIsKept() throws {
    let terminal = try open()
    try terminal.press("j")
    try terminal.expect("Listing 2 of 3")
    for (columns, rows) in [(80, 24), (40, 10), (20, 5), (1, 1), (3, 2), (200, 60), (1, 40), (120, 1), (120, 36)] {
      try terminal.resize(columns, rows)
      if columns >= 80, rows >= 24 { try terminal.expect("Listing 2 of 3") }
    }
    try terminal.await("the whole screen") { $0.contains("6 Listing 2 of 3") && $0.contains("q quit") }
    try terminal.press("c")
    try terminal.expect("1 ✓")
  }

  @Test func nothingIsDecidedUnseenAndQuittingAlwaysWorks() throws {
    let terminal = try open()
    try terminal.resize(1, 1)
    try terminal.press("c", "q")
    try terminal.resize(80, 24)
    try terminal.expect("ready>")
    #expect(!(try log().contains("confirmed")))
  }

  @Test func aPacketFromTheFormPassesOurChecksAndOthers() throws {
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
    let terminal = try open()
    try terminal.press("c")
    try terminal.expect("1 ✓")
    try terminal.press("P")
    try terminal.expect("Packet: 1 confirmed listing")
    try terminal.fillPacketForm()
    try terminal.expect("folder*    out")
    try terminal.press("C-s")
    try terminal.expect("Before it leaves: ")
    try terminal.press("C-s")
    try terminal.expect("UNSIGNED packet with 1 listing written")
    terminal.pause()
    try terminal.press("q")
    try terminal.expect("ready>")
    let folder = try Program.shell("ls -d out/LNS-*", at: place).lines
    #expect(folder.count == 1)
    #expect(try Program.run("verify", try #require(folder.first), at: place).status == 0)
    if Program.outside("sha256sum") != nil {
      #expect(try Program.shell("cd out/LNS-* && sha256sum -c --quiet manifest-sha256.txt", at: place).status == 0)
    }
  }

  @Test func whatAnotherWindowDecidesAppearsByItself() throws {
    let one = try open()
    let two = try open()
    try one.press("c")
    try one.expect("1 ✓")
    let seen = try two.expect("1 ✓")
    #expect(seen.contains("1 listing decided elsewhere"))
    try two.press("j", "x")
    try two.expect("1 ✓  1 ✗")
    try one.expect("1 ✓  1 ✗")
    try one.press("q")
    try two.press("q")
    try two.expect("ready>")
    #expect(try Program.run("casebook", "verify", at: place).text.contains("intact, "))
    #expect(try Program.decisions(at: place) == 2)
  }

  @Test func listingsComeFromAPipeAndKeysFromTheTerminal() throws {
    let terminal = try open("cat week.csv | $L -")
    try terminal.expect("standard input")
    try terminal.press("c")
    try terminal.expect("1 ✓")
    try terminal.press("q")
    try terminal.expect("ready>")
  }

  @Test func readingAnEndlessPipeCanBeQuit() throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("(cat week.csv; sleep 600) | $L -; echo l\"\"eft")
    try terminal.expect("q quit")
    try terminal.press("q")
    try terminal.press("C-c")
    try terminal.await("the shell or its wait") { !$0.contains("q quit") }
  }

  @Test func fiftyThousandRowsAreUsableWhileTheyLoad() throws {
    let rows = (1...50_000).map { "bangle \($0),P\($0 % 7),\($0),s\($0 % 999)\n" }
    try place.write("big.csv", "title,platform,price,seller\n" + rows.joined())
    let terminal = try open("$L big.csv", expecting: "bangle 1")
    try terminal.press("j", "c")
    try terminal.expect("1 ✓")
    try terminal.press("/")
    try terminal.type("bangle 49999")
    try terminal.press("Enter")
    try terminal.expect("1 of 50,000")
    try terminal.press("0")
    try terminal.expect("50,000 of 50,000")
    try terminal.press("G")
    try terminal.expect("Listing 50,000 of 50,000")
  }

  @Test func hostileListingsAreShownButNotObeyed() throws {
    let esc = "\u{1B}"
    try place.write(
      "evil.csv",
      "title,platform,seller\n\(esc)[2J\(esc)[31mgone\(esc)]0;owned\u{7},\(esc)[5mP,\u{202E}evil\n\(esc)c,P,\u{9B}31mred\n"
    )
    let terminal = try open("$L evil.csv", expecting: "2 of 2")
    let screen = try terminal.screen()
    #expect(screen.contains("gone") && screen.contains("q quit"))
    #expect(!screen.unicodeScalars.contains("\u{202E}"))
    try terminal.press("Tab", "Tab", "6", "j", "k", "q")
    try terminal.expect("ready>")
  }
}
