import Foundation
import Testing

/// A casebook with keys of an earlier form is opened, used and verified.
@Suite(.waitsElsewhere, .enabled(if: Program.outside("python3") != nil, "python3 is not installed"))
struct EarlierCasebookStories {
  private let place: Workplace
  private static let files = ["addresses", "counted", "ids", "shown", "unknown", "words"].map { $0 + ".csv" }
    .joined(separator: " ")

  init() throws {
    place = try Workplace()
    let fixtures =
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent().path
      + "/CaseStoreTests/Fixtures"
    let make = "import sqlite3,sys; sqlite3.connect('case.casebook').executescript(open(sys.argv[1]).read())"
    let made = try Program.shell(
      "cp '\(fixtures)'/form1/*.csv . && rm -f case.casebook && python3 -c \"\(make)\" '\(fixtures)/form1.sql'",
      at: place)
    try #require(made.status == 0, "\(made.err)")
  }

  private func reviewed() throws -> [String] {
    let rows = try Program.shell("$L query is:reviewed \(Self.files) --casebook case.casebook --jsonl", at: place)
    return try rows.lines.map { line in
      let row = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
      return "\(row["title"] ?? "?"): \(row["verdict"] ?? "?")"
    }
  }

  /// A verdict whose key fits several listings goes to the one where it was given, if the file still has its name, and to
  /// no other.
  private static let expected = [
    "Whale tooth old: confirmed", "Horn comb: false_positive", "Shell box: unsure", "Feather fan: false_positive",
    "Claw pendant: confirmed", "Bone frame: false_positive", "Tusk ring: confirmed", "Parrot eggs: confirmed",
  ]

  @Test func onlyReadItShowsTheSameVerdicts() throws {
    #expect(try reviewed() == Self.expected)
    #expect(try Program.shell("$L casebook log --casebook case.casebook", at: place).lines.count == 14)
  }

  @Test(.enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
  func onTheScreenTheyStandOnTheSameListingsAndAreTakenBack() throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("$L \(Self.files) --casebook case.casebook --analyst rk")
    try terminal.expect("4 ✓  3 ✗  1 ?")
    // All listings, and not only those that are to be decided.
    try terminal.press("w", "g")
    terminal.pause()
    try terminal.press("x")
    try terminal.expect("3 ✓  4 ✗  1 ?")
    try terminal.press("u")
    try terminal.expect("4 ✓  3 ✗  1 ?")
    try terminal.press("q")
    try terminal.expect("ready>")
    #expect(try reviewed() == Self.expected)
    #expect(try Program.shell("$L casebook verify --casebook case.casebook", at: place).text.contains("intact"))
  }
}
