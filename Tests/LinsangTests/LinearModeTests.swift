import Foundation
import Testing

/// The real program in lines: through pipes and in a terminal, with the casebook on disk.
@Suite(.waitsElsewhere) struct LinearModeTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  private func lines(_ typed: String..., arguments: [String] = [], file: String = "week.csv") throws -> Outcome {
    try Program.start(
      try #require(Program.path), [file, "--linear"] + arguments, in: place,
      input: typed.joined(separator: "\n") + "\n", environment: place.environment(["TERM": "xterm"]))
  }

  /// Bytes that control a terminal, and characters that only draw.
  private static func forbidden(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).unicodeScalars.compactMap { scalar in
      let isControl = scalar.value < 0x20 && scalar != "\n" || (0x7F...0x9F).contains(scalar.value)
      let isDrawing = (0x2500...0x259F).contains(scalar.value) || (0x2800...0x28FF).contains(scalar.value)
      return isControl || isDrawing || scalar.properties.generalCategory == .format
        ? "U+" + String(scalar.value, radix: 16) : nil
    }
  }

  // MARK: Through a pipe

  @Test func aWholeSessionStandsInTheCasebook() throws {
    let outcome = try lines(
      "c", "note seen before", "x", "undo", "r other material", "confirm this?", "/price:>300", "c", "where", "quit")
    #expect(outcome.status == 0, "\(outcome.err)")
    let said = outcome.lines
    #expect(said[1] == "week.csv: 3 listings, 3 undecided, no problems.")
    #expect(said.contains("Listing 1, Carved bangle, old: confirmed. 2 left."))
    #expect(said.contains("Listing 2, Resin beads: note saved: seen before. 2 left."))
    #expect(said.contains { $0.hasPrefix("undid: ") })
    #expect(said.contains("Listing 2, Resin beads: false positive, other material. 1 left."))
    #expect(said.contains { $0.contains("is no command; nothing was done") })
    #expect(said.last == "4 verdicts given, 1 undone; all is saved in case.casebook.")
    #expect(Self.forbidden(outcome.out) == [])
    let log = try Program.run("casebook", "log", at: place).text
    for words in ["confirmed  id:hearthside/a1", "note: seen before", "act.undo"] {
      #expect(log.contains(words), "\(log)")
    }
    let confirmed = try Program.run("query", "is:confirmed", "week.csv", "--count", at: place)
    #expect(confirmed.text == "2\n")
  }

  @Test func theEndOfInputLeavesAndHalfALineIsNone() throws {
    let outcome = try Program.start(
      try #require(Program.path), ["week.csv", "--linear"], in: place, input: "c\nx", environment: place.environment())
    #expect(outcome.status == 0)
    #expect(outcome.lines.last == "1 verdict given; all is saved in case.casebook.")
    #expect(try Program.run("query", "is:reviewed", "week.csv", "--count", at: place).text == "1\n")
  }

  @Test func aPacketIsWrittenByAnsweringQuestions() throws {
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
    let outcome = try lines(
      "c", "packet", "1", "", "One bangle", "Border police", "US", "Harbour Watch", "GB", "Ann Example",
      "ann@harbour.example", "out", "", "1", "", "", "", "Open sources only", "Legitimate interest", "write", "write",
      "quit")
    #expect(outcome.lines.contains { $0.hasPrefix("Before it leaves: ") })
    #expect(outcome.lines.contains { $0.hasPrefix("UNSIGNED packet with 1 listing written") }, "\(outcome.text)")
    let packet = try #require(try FileManager.default.contentsOfDirectory(atPath: place.path + "/out").first)
    #expect(try Program.run("verify", "out/\(packet)", at: place).status == 0)
    #expect(Self.forbidden(outcome.out) == [])
  }

  @Test func hostileListingsAreReadOutAndNotObeyed() throws {
    try place.write(
      "bad.csv",
      "listing_id,platform,title,description,seller,price\n"
        + "1,A,\u{1B}[31mred\u{1B}]0;owned\u{7}\u{202E}txet \u{2588}\u{2588}\u{2588} \u{2500} \u{28FF},"
        + "\"\u{9B}2J two\u{200B}\u{200B} lines\r\nc\n\",\u{1B}c,\u{2591}5\n")
    let outcome = try lines(
      "text", "all", "why", "hits", "hidden", "copies", "history", "url", "count seller", "note \u{1B}[2J\u{2588}",
      "note", "",
      "c", "where", "problems", "columns", "\u{1B}[Ac", "quit", file: "bad.csv")
    #expect(Self.forbidden(outcome.out) == [])
    #expect(outcome.text.contains("[U+001B][31mred"))
    #expect(outcome.text.contains("[U+202E]txet [U+2588] 3 times [U+2500] [U+28FF]"), "\(outcome.text)")
    #expect(outcome.text.contains("1 verdict given"))
  }

  @Test func withoutAScreenItStartsByItselfAndOtherwiseNot() throws {
    let dumb = try Program.shell("printf 'c\\nquit\\n' | TERM=dumb $L week.csv | cat", at: place)
    #expect(dumb.text.contains("confirmed. 2 left."))
    let empty = try Program.shell("printf 'quit\\n' | env -u TERM $L week.csv | cat", at: place)
    #expect(empty.text.contains("No verdict was given."))
    let xterm = try Program.shell("printf 'c\\nquit\\n' | TERM=xterm $L week.csv | cat; echo $?", at: place)
    #expect(xterm.err.contains("needs a terminal"))
    #expect(try Program.run("query", "is:reviewed", "week.csv", "--count", at: place).text == "1\n")
  }

  @Test func listingsAndLinesCannotBothComeFromStandardInput() throws {
    let outcome = try Program.shell("setsid $L - --linear < week.csv; echo $?", at: place)
    #expect(outcome.text == "2\n")
    #expect(outcome.err.contains("Nothing was opened"))
    #expect(!place.exists("case.casebook"))
  }

  @Test func whatCannotBeSavedIsSaidAndGoesIntoAnotherCasebook() throws {
    let outcome = try Program.shell(
      """
      mkfifo in; $L week.csv --linear < in > out & p=$!; exec 3> in
      function await { until grep -q "$1" out; do kill -0 $p || break; sleep 0.05; done; }
      echo c >&3; await 'confirmed. 2 left'; rm case.casebook*
      echo x >&3; await 'NOT SAVED as false positive'; echo where >&3; await '2 decisions NOT SAVED'
      echo rescue new.casebook >&3; await 'which is now open'; echo quit >&3; wait $p; echo status $?
      """, at: place)
    #expect(outcome.text == "status 0\n", "\(outcome.err)")
    let said = try place.text(of: "out")
    let refusal = try #require(said.split(separator: "\n").first { $0.contains("NOT SAVED as false positive. ") })
    #expect(refusal.hasPrefix("Listing 2, Resin beads: "))
    #expect(refusal.contains("was deleted or moved away") && refusal.hasSuffix(".jsonl."), "\(refusal)")
    #expect(said.hasSuffix("2 verdicts given; all is saved in new.casebook.\n"), "\(said)")
    let decided = try Program.run(
      "query", "is:reviewed", "week.csv", "--count", "--casebook", "new.casebook", at: place)
    #expect(decided.text == "2\n")
  }

  @Test(arguments: ["TERM", "HUP", "INT"]) func aSignalEndsItAndLosesNothing(_ signal: String) throws {
    let outcome = try Program.shell(
      """
      mkfifo in; $L week.csv --linear < in > out & p=$!; exec 3> in; echo c >&3
      until grep -q 'confirmed. 2 left' out; do kill -0 $p || break; sleep 0.05; done
      kill -\(signal) $p; wait $p; echo status $?
      """, at: place)
    #expect(outcome.text == "status \(signal == "INT" ? 130 : 0)\n")
    #expect(try place.text(of: "out").hasSuffix("1 verdict given; all is saved in case.casebook.\n"))
    #expect(try Program.run("query", "is:confirmed", "week.csv", "--count", at: place).text == "1\n")
  }

  @Test func aReaderThatWentAwayEndsIt() throws {
    let outcome = try Program.shell(
      "(echo c; sleep 0.3; yes text) | $L week.csv --linear | head -n 30 > out; echo ${PIPESTATUS[1]}", at: place)
    #expect(outcome.text == "0\n")
    #expect(try Program.run("query", "is:confirmed", "week.csv", "--count", at: place).text == "1\n")
  }

  // MARK: In a terminal

  @Test(.enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
  func inATerminalOfNoKindItTriagesAndIsOnlyAppendedTo() throws {
    let terminal = try TerminalSession(place, columns: 100, rows: 50)
    try terminal.shell("TERM=dumb script -q -e -c \"exec $L week.csv\" typescript; echo left $?")
    try terminal.expect("Listing 1 of 3: Carved bangle, old")
    try terminal.shell("c")
    try terminal.expect("Listing 1, Carved bangle, old: confirmed. 2 left.")
    try terminal.shell("")
    try terminal.expect("Listing 3 of 3")
    try terminal.shell("note")
    try terminal.expect("Type the note in one line")
    try terminal.press("C-c")
    try terminal.expect("Cancelled.")
    try terminal.press("C-c")
    try terminal.expect("Control C again leaves")
    try terminal.shell("quit")
    try terminal.expect("1 verdict given; all is saved in case.casebook.")
    try terminal.expect("left 0")
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: place.path + "/typescript")))
    #expect(Self.forbidden(bytes.filter { $0 != UInt8(ascii: "\r") }) == [])
  }

  @Test(.enabled(if: Program.outside("script") != nil, "script of util-linux gives a terminal"))
  func pastedLinesDecideNothingBeyondTheFirst() throws {
    let outcome = try Program.shell(
      """
      function await { until grep -q "$1" out; do sleep 0.05; done; }
      touch out
      (await Unreviewed; printf 'x\\nc\\nc\\n'; await 'not a decision'; echo quit; await given) |
        TERM=xterm script -q -f -c "exec $L week.csv --linear" out > /dev/null
      """, at: place)
    let said = try place.text(of: "out")
    #expect(said.contains("false positive. 2 left."), "\(outcome.err) \(said)")
    #expect(said.contains("1 verdict given"))
    #expect(try Program.run("query", "is:confirmed", "week.csv", "--count", at: place).text == "0\n")
  }

  @Test(.enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
  func listingsComeFromAPipeAndLinesFromTheTerminal() throws {
    let terminal = try TerminalSession(place, columns: 100, rows: 50)
    try terminal.shell("cat week.csv | $L - --linear")
    try terminal.expect("standard input: 3 listings")
    try terminal.shell("x")
    try terminal.expect("false positive. 2 left.")
    try terminal.shell("quit")
    try terminal.expect("1 verdict given")
  }
}
