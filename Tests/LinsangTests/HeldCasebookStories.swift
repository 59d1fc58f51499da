import Foundation
import Testing

/// Another program holds the casebook while an analyst decides, at a real terminal.
@Suite(
  .waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence),
  .enabled(if: Program.outside("python3") != nil, "python3 is not installed"))
struct HeldCasebookStories {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  /// Takes the write lock in the background, until the file `free` is there.
  private func hold() throws {
    let script = """
      import os, sqlite3, time
      book = sqlite3.connect('case.casebook', isolation_level=None, timeout=30)
      book.execute('BEGIN IMMEDIATE')
      open('held', 'w').close()
      while not os.path.exists('free'): time.sleep(0.01)
      book.execute('ROLLBACK')
      open('given', 'w').close()
      """
    try place.write("hold.py", script)
    _ = try Program.shell("python3 hold.py > /dev/null 2>&1 &", at: place)
    try #require(awaited { place.exists("held") })
  }

  private func giveBack() throws {
    try place.write("free", "")
    try #require(awaited { place.exists("given") })
  }

  @Test func aVerdictWaitsAndIsSavedOnceTheCasebookIsFree() throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("$L week.csv; echo status $?")
    try terminal.expect("3 of 3")
    try terminal.press("c")
    try terminal.expect("1 ✓  0 ✗  0 ?")
    try hold()
    try terminal.press("x")
    let waiting = try terminal.expect("1 saving")
    #expect(waiting.contains("1 ✓  0 ✗  0 ?"))
    try giveBack()
    try terminal.expect("1 ✓  1 ✗  0 ?")
    try terminal.press("q")
    try terminal.expect("status 0")
    #expect(try Program.decisions(at: place) == 2)
  }

  @Test func aVerdictThatWaitedTooLongIsNotSavedAndIsKept() throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("$L week.csv 2> said; echo status $?")
    try terminal.expect("3 of 3")
    try terminal.press("c")
    try terminal.expect("1 ✓  0 ✗  0 ?")
    try hold()
    try terminal.press("x")
    try terminal.expect("1 saving")
    let refused = try terminal.expect("1 NOT SAVED")
    #expect(refused.contains("1 ✓  0 ✗  0 ?"))
    try terminal.expect("is held by another program")
    try giveBack()
    try terminal.press("q")
    try terminal.expect("it stays there")
    try terminal.press("q")
    try terminal.expect("status 1")
    // The reason is the one that there was.
    let said = try place.text(of: "said")
    #expect(said.contains("is held by another program") && said.contains("is NOT saved; it is kept in"))
    let rescue = try #require(
      try FileManager.default.contentsOfDirectory(atPath: place.path).first { $0.contains(".rescue-") })
    let filed = try Program.run("casebook", "rescue", rescue, "--into", "case.casebook", at: place)
    #expect(filed.text == "case.casebook: 1 decision filed\n")
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
    #expect(try Program.decisions(at: place) == 2)
  }
}
