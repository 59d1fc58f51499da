import Foundation
import Testing

/// The casebook is taken away while an analyst decides, at a real terminal.
@Suite(.waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
struct CasebookLossStories {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  private func rescueFile() throws -> String {
    try #require(
      try FileManager.default.contentsOfDirectory(atPath: place.path).first { $0.contains(".rescue-") },
      "no rescue file")
  }

  /// What can happen to the casebook, and what the title bar then says.
  private static let misfortunes = [
    ("rm case.casebook", "CASEBOOK GONE"),
    ("rm case.casebook*", "CASEBOOK GONE"),
    ("mv case.casebook elsewhere", "CASEBOOK GONE"),
    ("mv other.casebook case.casebook", "CASEBOOK REPLACED"),
    ("cp other.casebook case.casebook", "CASEBOOK OVERWRITTEN"),
    (": > case.casebook", "CASEBOOK CUT SHORT"),
    ("rm case.casebook-wal", "CASEBOOK LOG LOST"),
    ("rm case.casebook-shm", "CASEBOOK LOG LOST"),
  ]

  @Test(arguments: misfortunes)
  func nothingIsShownAsSavedAndNothingIsLost(line: String, says: String) throws {
    try place.file(["b7": .unsure], from: place.path + "/week.csv", into: "other.casebook")
    let terminal = try TerminalSession(place)
    try terminal.shell("$L week.csv; echo status $?")
    try terminal.expect("3 of 3")
    try terminal.press("c")
    try terminal.expect("1 ✓  0 ✗  0 ?")
    _ = try Program.shell(line, at: place)
    try terminal.expect(says)
    try terminal.press("x")
    try terminal.expect("NOT SAVED")
    try terminal.expect("kept in")
    try terminal.press("q")
    try terminal.expect("stay there")
    try terminal.press("q")
    let screen = try terminal.expect("status 1")
    #expect(screen.contains("is NOT saved; it is kept in"))
    let file = try rescueFile()
    #expect(try place.text(of: file).contains("false_positive"))
    let filed = try Program.run("casebook", "rescue", file, "--into", "new.casebook", at: place)
    #expect(filed.status == 0, "\(filed.err)")
    #expect(filed.text == "new.casebook: 2 decisions filed\n" || line.contains("-wal") || line.contains("-shm"))
    #expect(try Program.run("casebook", "verify", "--casebook", "new.casebook", at: place).status == 0)
    if line.contains("other.casebook") {
      // The file that replaced the casebook was not touched.
      let log = try Program.run("casebook", "log", at: place)
      #expect(log.text.contains("unsure") && !log.text.contains("confirmed"))
      #expect(try Program.run("casebook", "verify", at: place).status == 0)
    }
  }

  @Test func theAnalystContinuesInAnotherCasebookWithoutQuitting() throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("$L week.csv; echo status $?")
    try terminal.expect("3 of 3")
    try terminal.press("c")
    try terminal.expect("1 ✓  0 ✗  0 ?")
    _ = try Program.shell("rm case.casebook*", at: place)
    try terminal.press("x")
    try terminal.expect("2 NOT SAVED")
    try terminal.press(":")
    try terminal.type("rescue")
    try terminal.press("Enter")
    try terminal.expect("Save to the casebook named")
    try terminal.type("new.casebook")
    try terminal.press("Enter")
    try terminal.expect("2 decisions filed in new.casebook")
    try terminal.expect("1 ✓  1 ✗  0 ?")
    try terminal.expect("rk · new.casebook")
    try terminal.press("s")
    try terminal.expect("1 ✓  1 ✗  1 ?")
    try terminal.press("q")
    try terminal.expect("status 0")
    let log = try Program.run("casebook", "log", "--casebook", "new.casebook", at: place)
    #expect(log.lines.count == 4)
    #expect(try Program.run("casebook", "verify", "--casebook", "new.casebook", at: place).status == 0)
  }

  @Test func aCasebookWithoutItsTriggersIsReadOnly() throws {
    try place.file(["a1": .confirmed], from: place.path + "/week.csv")
    #expect(
      try Program.shell(
        "python3 -c \"import sqlite3; sqlite3.connect('case.casebook').execute('DROP TRIGGER event_is_never_changed')\" "
          + "|| sqlite3 case.casebook 'DROP TRIGGER event_is_never_changed'", at: place
      ).status == 0)
    let verified = try Program.run("casebook", "verify", at: place)
    #expect(verified.status == 1)
    #expect(verified.text.contains("its trigger event_is_never_changed is missing"))
    let terminal = try TerminalSession(place)
    try terminal.shell("$L week.csv; echo status $?")
    try terminal.expect("CASEBOOK READ-ONLY")
    try terminal.expect("1 ✓  0 ✗  0 ?")
    // What is to be decided is shown first; a key pressed while the view changes decides nothing.
    try terminal.expect("2 to decide")
    terminal.pause()
    try terminal.press("x")
    try terminal.expect("nothing more is filed into it")
    try terminal.expect("1 ✓  0 ✗  0 ?")
    try terminal.press("q")
    try terminal.expect("status 0")
    #expect(try Program.run("packet", "week.csv", at: place).status == 2)
    #expect(try Program.run("casebook", "log", at: place).lines.count == 2)
  }

  @Test func theFileAloneHoldsEverythingAfterQuittingAndSoonAfterDeciding() throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("$L week.csv; echo status $?")
    try terminal.expect("3 of 3")
    try terminal.press("c", "x", "s")
    try terminal.expect("1 ✓  1 ✗  1 ?")
    let copied = "cp case.casebook copy.casebook; $L casebook log --casebook copy.casebook | grep -v 'sightings of '"
    var lines = 0
    _ = try awaited {
      lines = try Program.shell(copied, at: place).lines.count
      return lines >= 4
    }
    #expect(lines == 4)
    try terminal.press("BSpace")
    try terminal.expect("1 ✓  1 ✗  0 ?")
    try terminal.press("q")
    try terminal.expect("status 0")
    #expect(try Program.shell(copied, at: place).lines.count == 5)
    #expect(!place.exists("case.casebook-wal"))
  }

  @Test func twoCasebooksGiveDifferentPacketNumbers() throws {
    var names: Set<String> = []
    for name in ["one.casebook", "two.casebook"] {
      try place.file(["a1": .confirmed], from: place.path + "/week.csv", into: name)
      let outcome = try Program.start(
        try #require(Program.path),
        ["packet", "week.csv", "--casebook", name, "--into", "."] + PacketCommandTests.answers, in: place, input: nil,
        environment: place.environment())
      names.insert(try #require(outcome.lines.first, "\(outcome.err)"))
    }
    #expect(names.count == 2)
    for folder in names { #expect(try Program.run("verify", folder, at: place).status == 0) }
  }

  @Test func onlyARescueFileCanBeRescued() throws {
    let outcome = try Program.run("casebook", "rescue", "week.csv", "--into", "new.casebook", at: place)
    #expect(outcome.status == 2)
    #expect(outcome.err.contains("week.csv is not a rescue file"))
    #expect(!place.exists("new.casebook"))
  }
}
