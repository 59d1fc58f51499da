import Foundation
import Testing

/// `linsang demo --decided`: a week that begins as weeks do, with most of it decided before.
@Suite(.waitsElsewhere)
struct DecidedDemoStories {
  private let place: Workplace
  private static let files = "demo/demo-week45.csv demo/demo-week46.csv demo/demo-week47.csv"
  private static let book = "demo/practice-decided.casebook"

  init() throws { place = try Workplace() }

  private func make(_ more: String...) throws -> Outcome {
    try Program.start(
      try #require(Program.path),
      ["demo", "--decided", "--write-only", "--per-week", "300", "--folder", "demo"] + more, in: place, input: nil,
      environment: place.environment())
  }

  private func count(_ filter: String, _ files: String = Self.files) throws -> Int {
    let outcome = try Program.shell("$L query '\(filter)' \(files) --casebook \(Self.book) --count", at: place)
    return Int(outcome.text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
  }

  @Test func twoWeeksAreDecidedAndTheThirdIsNot() throws {
    let outcome = try make()
    #expect(outcome.status == 0, "\(outcome.err)")
    #expect(outcome.lines.last?.hasSuffix("practice-decided.casebook") == true)
    #expect(try count("is:unreviewed", "demo/demo-week45.csv demo/demo-week46.csv") == 0)
    #expect(try count("is:ask-again") > 0)
    let left = try count("is:to-decide")
    #expect(left > 100 && left < 300)
    #expect(try count("is:confirmed") > 0 && count("is:false-positive") > count("is:confirmed"))
    let verified = try Program.run("casebook", "verify", "--casebook", Self.book, at: place)
    #expect(verified.status == 0 && verified.text.contains("intact"))
    let log = try Program.run("casebook", "log", "--casebook", Self.book, at: place).text
    #expect(log.contains("2026-11-03T09:07:00Z") && log.contains("practice"))
    #expect(!log.contains("clock"), "no event is before the one ahead of it")
  }

  @Test func theAnswersAreThoseOfTheKey() throws {
    _ = try make()
    let answers = try place.text(of: "demo/.demo-answers.csv").split(separator: "\n").dropFirst()
    let relevant = Set(
      answers.map { $0.split(separator: ",", omittingEmptySubsequences: false) }.filter { $0[2] == "yes" }
        .map { "\($0[0])/\($0[1])" })
    let rows = try Program.shell(
      "$L query is:confirmed demo/demo-week45.csv demo/demo-week46.csv --casebook \(Self.book) --jsonl", at: place
    ).lines
    #expect(!rows.isEmpty)
    for row in rows {
      let listing = try #require(try JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any])
      let name = "\(listing["platform"] as? String ?? "")/\(listing["listing_id"] as? String ?? "")"
      #expect(relevant.contains(name), "\(name)")
    }
  }

  @Test func whatWasPractisedStaysUntilItIsReset() throws {
    _ = try make()
    let made = try Data(contentsOf: URL(fileURLWithPath: place.path + "/" + Self.book))
    #expect(try make().status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: place.path + "/" + Self.book)) == made)
    #expect(try make("--reset").status == 0)
    // Another casebook has another token.
    #expect(try Data(contentsOf: URL(fileURLWithPath: place.path + "/" + Self.book)) != made)
    #expect(!place.exists("demo/practice.casebook"), "practice without it has a casebook of its own")
    #expect(!place.exists(Self.book + ".new"))
  }

  @Test func aCasebookThatWasBegunAndNotFinishedIsMadeAnew() throws {
    try FileManager.default.createDirectory(atPath: place.path + "/demo", withIntermediateDirectories: true)
    _ = try place.write(Self.book + ".new", "half a casebook")
    _ = try place.write(Self.book + ".new-wal", "half a log")
    #expect(try make().status == 0)
    #expect(try Program.run("casebook", "verify", "--casebook", Self.book, at: place).status == 0)
  }

  @Test(.enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
  func theDashboardOpensOnWhatTheThirdWeekLeavesToDecide() throws {
    let terminal = try TerminalSession(place, columns: 80, rows: 24)
    try terminal.shell("$L demo --decided --per-week 300 --folder demo --analyst rk")
    try terminal.expect(" to decide, ")
    try terminal.expect("again")
    try terminal.expect("is:to-decide")
    // File order is one key away, and so is the way back.
    terminal.pause()
    try terminal.press("w")
    try terminal.expect("(all listings)")
    try terminal.press("w")
    try terminal.expect(" to decide, ")
    // The largest group first; the line opens and closes.
    try terminal.press("S", "j", "j", "Enter")
    try terminal.await("a line of copies under the cursor") { screen in
      screen.split(separator: "\n").contains { $0.contains("▸") && $0.contains("×") }
    }
    try terminal.press("o")
    try terminal.expect("└ ")
    try terminal.press("o")
    terminal.pause()
    try terminal.press("x")
    try terminal.expect("copies of one advert")
    try terminal.press("Enter")
    try terminal.expect("marked false positive: copies of one advert")
    try terminal.press("u")
    try terminal.expect("undid: ")
    try terminal.press("q")
    try terminal.expect("ready>")
  }

  @Test(.enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
  func severalScrapesOpenedAtOnceAreAllRecorded() throws {
    for day in 1...9 {
      let lines = (1...20).map {
        "Larets,\($0 + 560_200),carved box \($0) of day \(day),100 USD,2026-11-0\(day)T10:00:00Z\n"
      }
      _ = try place.write("day\(day).csv", "platform,listing_id,title,price,captured_at\n" + lines.joined())
    }
    let terminal = try TerminalSession(place)
    try terminal.shell("$L day*.csv --casebook case.casebook --analyst rk")
    try terminal.expect("carved box 1")
    let areRecorded = try awaited {
      let log = try Program.shell("$L casebook log --casebook case.casebook", at: place).lines
      return log.count { $0.contains("sightings of 20 listings") } == 9
    }
    #expect(areRecorded)
    try terminal.press("q")
    try terminal.expect("ready>")
  }
}
