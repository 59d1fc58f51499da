import Foundation
import Testing

/// A verdict of last week follows its listing to this week's file, and is asked about again where the listing changed.
@Suite(.waitsElsewhere)
struct FollowingVerdictStories {
  private let place: Workplace
  private static let casebook = "--casebook case.casebook --analyst rk"

  init() throws {
    place = try Workplace()
    let header = "platform,url,title,description,price,seller_alias,captured_at\n"
    func line(_ number: Int, _ day: Int) -> String {
      var title = "carved box \(number)"
      var price = "100 USD"
      // The words of an address change with its title, the number stays.
      if day == 18, number == 3 { title = "old carved box 3" }
      if day == 18, number == 4 { price = "150 USD" }
      if day == 18, number == 6 { price = "105 USD" }
      let slug = title.replacing(" ", with: "-")
      return "Larets,https://hub.example/item/\(slug)/\(560_200 + number),\(title),kept in drawer \(number),\(price),"
        + "amber,2026-11-\(day)T10:00:00Z\n"
    }
    for day in [11, 18] {
      _ = try place.write("day\(day).csv", header + (1...30).map { line($0, day) }.joined())
    }
  }

  private func count(_ filter: String, _ file: String) throws -> String {
    try Program.shell("$L query '\(filter)' \(file) --casebook case.casebook --count", at: place).text
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  @Test(.enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
  func itFollowsAndIsAskedAgainAndKept() throws {
    let terminal = try TerminalSession(place)
    try terminal.shell("$L day11.csv \(Self.casebook)")
    try terminal.expect("carved box 1")
    // Recorded, so that next week's file is held against it.
    let isRecorded = try awaited {
      try Program.shell("$L casebook log \(Self.casebook)", at: place).text.contains("sightings of 30 listings")
    }
    #expect(isRecorded)
    terminal.pause()
    try terminal.press("c", "x", "c", "c", "c", "c")
    try terminal.expect("5 ✓  1 ✗")
    try terminal.press("q")
    try terminal.expect("ready>")

    #expect(try count("is:confirmed", "day18.csv") == "4", "one is under another address, and is not followed yet")
    try terminal.shell("$L day18.csv \(Self.casebook)")
    // The verdict on number 3 follows it to its new address.
    try terminal.expect("5 ✓  1 ✗")
    terminal.pause()
    try terminal.type("/is:ask-again")
    try terminal.press("Enter")
    try terminal.expect("2 shown")
    try terminal.press("G")
    try terminal.expect("price was: 100 USD")
    try terminal.press("K")
    try terminal.expect("1 shown")
    try terminal.expect("title was: carved box 3")
    try terminal.press("q")
    try terminal.expect("ready>")

    #expect(try count("is:confirmed", "day18.csv") == "5")
    #expect(try count("is:ask-again", "day18.csv") == "1")
    #expect(try count("is:confirmed", "'day11.csv day18.csv'".replacing("'", with: "")) == "10", "in both files")
    #expect(try Program.shell("$L casebook verify \(Self.casebook)", at: place).text.contains("intact"))
  }
}
