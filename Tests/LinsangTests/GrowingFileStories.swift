import Foundation
import Testing

/// Files that scrapers append to, replace and truncate while an analyst works on them, at a real terminal.
@Suite(.waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
struct GrowingFileStories {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  private func open(_ command: String = "$L week.csv", expecting text: String = "3 of 3") throws -> TerminalSession {
    let terminal = try TerminalSession(place)
    try terminal.shell(command)
    try terminal.expect(text)
    return terminal
  }

  private func append(_ text: String, to name: String) throws {
    let file = try #require(FileHandle(forWritingAtPath: place.path + "/" + name))
    try file.seekToEnd()
    try file.write(contentsOf: Data(text.utf8))
    try file.close()
  }

  @Test func newRowsAreReadOnAKeyAndThePositionIsKept() throws {
    let terminal = try open()
    try terminal.press("c")
    try terminal.expect("1 ✓")
    try terminal.press("Space", "/")
    try terminal.type("moss")
    try terminal.press("Enter")
    try terminal.expect("2 of 3")
    try append(
      "a9,Hearthside,https://hearthside.example/a9,Comb,white,,$30,USD,moss_lane,US,2026-11-20\n", to: "week.csv")
    try terminal.expect("week.csv grew by 8")
    try terminal.expect("press R to read the new rows")
    try terminal.expect("week.csv grew (R)")
    try terminal.press("R")
    try terminal.expect("Read again: 1 new row")
    try terminal.expect("3 of 4")
    let screen = try terminal.screen()
    #expect(screen.contains("1 ✓") && screen.contains("1 marked") && screen.contains("filter  moss"))
    #expect(!screen.contains("grew"))
    try terminal.press("q")
    try terminal.expect("ready>")
  }

  @Test func aReplacedFileIsReportedAndTheOldOneStaysReadable() throws {
    let terminal = try open()
    try place.write(
      "new.csv", Workplace.week + "a9,Hearthside,https://hearthside.example/a9,Comb,,,$30,USD,m,US,2026-11-20\n")
    rename(place.path + "/new.csv", place.path + "/week.csv")
    try terminal.expect("was replaced by another file of the same name")
    try terminal.press("c")
    try terminal.expect("1 ✓")
    try terminal.press("R")
    try terminal.expect("4 of 4")
    try terminal.expect("1 ✓")
  }

  @Test func aTruncatedFileIsAProblemAndVerdictsStay() throws {
    let rows = (1...4_000).map { "bangle \($0),P\($0 % 7),\($0),s\($0 % 999)\n" }
    try place.write("big.csv", "title,platform,price,seller\n" + rows.joined())
    let terminal = try open("$L big.csv", expecting: "4,000 of 4,000")
    try terminal.press("c")
    try terminal.expect("1 ✓")
    truncate(place.path + "/big.csv", 8_192)
    try terminal.expect("was truncated by")
    try terminal.expect("1 problem")
    // The cursor moves over rows that are gone, but they cannot be decided.
    try terminal.press("G")
    try terminal.expect("Listing 4,000 of 4,000")
    try terminal.press("x")
    try terminal.expect("no longer says what was read")
    try terminal.press("p")
    try terminal.expect("truncated or changed while open")
    try terminal.press("Escape", "R")
    try terminal.expect("gone")
    try terminal.expect("1 ✓")
    try terminal.press("q")
    try terminal.expect("ready>")
    #expect(try Program.run("casebook", "verify", at: place).text.contains("intact, "))
    #expect(try Program.decisions(at: place) == 1)
  }

  @Test func problemsLeadToTheirListingsAndAreWrittenWithoutOverwriting() throws {
    try place.write("ugly.csv", "title,platform,price\nring,P,zzz\ncomb,P,5\nlamp,P,=1+1\n")
    try place.write("linsang-problems.csv", "mine\n")
    let terminal = try open("$L ugly.csv", expecting: "2 problems (p)")
    try terminal.expect("3 of 3")
    try terminal.press("p")
    try terminal.expect("no amount in the price")
    try terminal.press("Enter")
    try terminal.expect("=1+1")
    try terminal.press("e")
    try terminal.expect("Wrote 2 problems into linsang-problems-2.csv")
    try terminal.press("j", "Enter")
    try terminal.expect("Listing 3 of 3")
    try terminal.press("p", "i")
    try terminal.expect("2 of 3")
    #expect(try place.text(of: "linsang-problems.csv") == "mine\n")
    let lines = try place.text(of: "linsang-problems-2.csv").components(separatedBy: "\r\n")
    #expect(lines.count == 4)
    #expect(lines[1].hasPrefix(#""ugly.csv","2","1","price","priceUnreadable""#))
  }

  @Test func quittingDuringALongConversionIsImmediateAndLeavesNoFiles() throws {
    try place.write("tmp/keep", "x")
    // Concatenated packed members are one text, here of 1.6 GB.
    let made = try Program.shell(
      "(echo title,price; yes ivory ring,5 | head -c 16000000) | gzip -1 > block; for i in $(seq 100); do cat block; done > long.csv.gz",
      at: place)
    #expect(made.status == 0)
    let terminal = try TerminalSession(place, environment: ["TMPDIR": place.path + "/tmp"])
    try terminal.shell("$L long.csv.gz; ls -A tmp; echo l\"\"eft")
    try terminal.expect("q quit")
    try terminal.press("q")
    let screen = try terminal.expect("left")
    #expect(screen.contains("keep") && !screen.contains("linsang-"))
  }
}
