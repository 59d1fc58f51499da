import Foundation
import Testing

/// Every command in the shell: what it prints where, and its exit status.
@Suite(.waitsElsewhere) struct CommandTests {
  private let place: Workplace
  private let week: String

  init() throws {
    place = try Workplace()
    week = try place.write("week.csv", Workplace.week)
  }

  @Test(arguments: [
    "", "open", "demo", "stats", "query", "groups", "packet", "verify", "casebook", "casebook log", "casebook verify",
    "casebook export", "theme", "theme list", "theme check", "keys", "doctor", "manual", "lexicon", "lexicon list",
    "lexicon check", "lexicon scan", "lexicon test", "lexicon explain",
  ])
  func everyCommandExplainsItself(_ command: String) throws {
    let outcome = try Program.shell("$L \(command) --help", at: place)
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("USAGE"))
    #expect(outcome.err.isEmpty)
  }

  @Test(arguments: [
    "groups", "groups week.csv --top -1",
    "", "open", "stats", "query", "query x", "packet", "verify", "stats --nosuch x", "--nosuchoption",
    "stats week.csv --map nonsense", "stats week.csv --map nosuchfield=title", "packet week.csv --purpose gossip",
    "demo --per-week 0", "demo --per-week many", "demo --reset --casebook case.casebook",
    "demo --decided --casebook case.casebook", "query 'price:>>' week.csv",
    "stats week.csv --filter '\"open'", "stats week.csv --top -1",
    "lexicon scan", "lexicon scan week.csv --min-risk 101", "lexicon scan week.csv --without nosuch",
    "lexicon test week.csv", "lexicon test week.csv --label nosuch", "lexicon test week.csv --label seller",
    "lexicon explain week.csv", "lexicon explain week.csv --row 99",
  ])
  func wrongUsageIsStatus64AndSaysWhat(_ line: String) throws {
    let outcome = try Program.shell("$L \(line)", at: place)
    #expect(outcome.status == 64)
    #expect(outcome.out.isEmpty)
    #expect(!outcome.err.isEmpty)
  }

  @Test func anUnknownOptionIsReportedEvenWithoutAFile() throws {
    #expect(try Program.run("--nosuchoption", at: place).err.contains("--nosuchoption"))
  }

  @Test func aWordThatIsNeitherFileNorCommandIsReported() throws {
    let outcome = try Program.run("statistics", at: place)
    #expect(outcome.status == 2)
    #expect(outcome.err.contains("neither a file here nor a command"))
  }

  @Test(arguments: ["stats", "query ''", "groups", "packet --casebook x.casebook"])
  func filesThatCannotBeReadAreNamedWithWhatToDo(_ command: String) throws {
    try place.write("x.casebook", "")
    for (name, make, words) in [
      ("missing.csv", "true", "no such file"), ("folder", "mkdir folder", "is empty"),
      ("pipe", "mkfifo pipe", "not a file"), ("/dev/null", "true", "not a file"),
      ("packed.csv", "printf '\\037\\213\\010\\0' > packed.csv", "not text"),
    ] {
      let outcome = try Program.shell("\(make) && $L \(command) \(name)", at: place)
      #expect(outcome.status == 2, "\(command) \(name): \(outcome.err)")
      #expect(outcome.err.contains(name) && outcome.err.contains(words), "\(command) \(name): \(outcome.err)")
      #expect(outcome.out.isEmpty)
    }
  }

  @Test(arguments: ["open ", ""])
  func theDashboardRefusesSuchFilesBeforeItTakesTheScreen(_ command: String) throws {
    let outcome = try Program.shell("$L \(command)./missing.csv", at: place)
    #expect(outcome.status == 2)
    #expect(outcome.err.contains("missing.csv: there is no such file"))
  }

  @Test(arguments: [
    "verify pipe", "casebook log --casebook pipe", "theme check ./pipe", "query '' week.csv --casebook pipe",
  ])
  func aPipeInPlaceOfAFileIsNotWaitedFor(_ command: String) throws {
    let outcome = try Program.shell("mkfifo pipe; timeout 180 $L \(command)", at: place)
    #expect(outcome.status == 2 || outcome.status == 1)
    #expect((outcome.text + outcome.err).contains("pipe"))
  }

  @Test func anEmptyVariableCountsAsUnset() throws {
    let outcome = try Program.run("doctor", at: place, environment: ["LINSANG_CASEBOOK": "", "XDG_STATE_HOME": ""])
    #expect(outcome.text.contains(place.home + "/.local/state/linsang/linsang.casebook"))
  }

  @Test(.enabled(if: getuid() != 0, "the superuser may read everything"))
  func aFileThatMayNotBeReadIsSaidSo() throws {
    let outcome = try Program.shell("chmod 0 week.csv; $L stats week.csv", at: place)
    #expect(outcome.status == 2)
    #expect(outcome.err.contains("may not read"))
  }

  @Test func withoutATerminalTheDashboardPrintsOneSentenceAndCreatesNoCasebook() throws {
    for line in ["$L week.csv", "$L demo --per-week 5", "cat week.csv | $L -"] {
      let outcome = try Program.shell(line, at: place)
      #expect(outcome.status == 2)
      #expect(outcome.out.isEmpty)
      #expect(outcome.err.split(separator: "\n").count == 1)
      #expect(outcome.err.contains("needs a terminal"))
    }
    #expect(!place.exists("case.casebook"))
  }

  // MARK: Output

  @Test(arguments: [
    "stats week.csv", "stats week.csv --json", "query '' week.csv", "query --csv '' week.csv",
    "query --json '' week.csv", "query --count '' week.csv", "keys", "doctor", "theme list", "theme check",
    "demo --write-only --per-week 5",
  ])
  func aFullDiskIsSaidAndNeverCountsAsDone(_ command: String) throws {
    for target in [">/dev/full", ">&-"] {
      let outcome = try Program.shell("$L \(command) \(target)", at: place)
      #expect(outcome.status == 2, "\(target)")
      #expect(outcome.err.contains("Standard output could not be written"))
    }
  }

  @Test func aClosedPipeEndsTheProgramQuietly() throws {
    try place.write("long.csv", "title\n" + String(repeating: "Resin beads of no great worth\n", count: 20_000))
    for prefix in ["", "trap '' PIPE; "] {
      let outcome = try Program.shell("\(prefix)$L query '' long.csv | head -1; echo ${PIPESTATUS[0]}", at: place)
      #expect(outcome.lines.count == 2)
      #expect(outcome.lines.last == "141")
      #expect(outcome.err.isEmpty, "\(outcome.err)")
    }
  }

  @Test func closedStandardErrorDoesNotSpoilTheOutput() throws {
    let outcome = try Program.shell(
      "$L query --count '' week.csv nosuchcolumn.csv 2>&-; $L query --count '' week.csv 2>&-", at: place)
    #expect(outcome.text == "3\n")
  }

  @Test func interruptedIsStatus130() throws {
    // The interrupt comes while it reads into a temporary file; the writer outlasts any start-up.
    let outcome = try Program.shell(
      """
      mkfifo slow; sleep 600 > slow & set -m; $L stats - < slow &
      until ls -l /proc/$!/fd | grep -q '/linsang-[^/]*(deleted)$'; do sleep 0.02; done
      kill -INT $!; wait $!; echo $?; kill %1
      """, at: place)
    #expect(outcome.lines.first == "130")
  }

  @Test func hostileListingsAndFileNamesArePrintedVisiblyAndNeverObeyed() throws {
    let esc = "\u{1B}"
    try place.write(
      "\(esc)[31mevil.csv",
      """
      \(esc)]0;title\u{7},title,price,platform,seller,species,note
      1,\(esc)[2J\u{202E}gone,=cmd|' /C calc'!A1,\(esc)[1mbold,\(esc)]52;c;aGk=\u{7},\u{9B}31mred,@SUM(1)
      2,short,\(esc)[5mask
      """)
    for command in ["stats", "stats --json", "query ''", "query --csv ''", "query --json ''"] {
      let outcome = try Program.shell("$L \(command) *evil.csv", at: place)
      let all = outcome.out + Array(outcome.err.utf8)
      #expect(!all.contains(0x1B) && !all.contains(0x07), "\(command)")
      #expect(!(outcome.text + outcome.err).unicodeScalars.contains { $0.value == 0x9B || $0.value == 0x202E })
    }
    let missing = try Program.run("stats", "no\(esc)[2Jfile", at: place)
    #expect(!missing.err.utf8.contains(0x1B))
    #expect(missing.err.contains("[U+001B]"))
  }

  @Test func standardInputIsReadAndNamed() throws {
    let outcome = try Program.run("stats", "-", "--json", at: place, input: Workplace.week)
    #expect(outcome.status == 0)
    #expect(try outcome.json()["rows"] as? Int == 3)
  }

  @Test func problemsAreStatus1AndEveryListingIsKept() throws {
    let file = try place.write("odd.csv", "title,price,seller\none,zzz,x\ntwo\nthree,5,y,z\n")
    let outcome = try Program.run("stats", file, "--json", at: place)
    #expect(outcome.status == 1)
    let json = try outcome.json()
    #expect(json["rows"] as? Int == 3)
    #expect(json["problems"] as? Int == 3)
    #expect(outcome.err.contains("line 2") && outcome.err.contains("line 3") && outcome.err.contains("line 4"))
  }

  @Test func anEmptyFileHasNoListingsAndNoProblems() throws {
    let file = try place.write("empty.csv", "")
    #expect(try Program.run("stats", file, at: place).status == 0)
    #expect(try Program.run("query", "", file, at: place).status == 1)
  }

  @Test func aColumnCanBeMapped() throws {
    let file = try place.write("foreign.csv", "ware,wieviel\nbangle,120\n")
    let outcome = try Program.run("query", "bangle", file, "--map", "title=ware", "--map", "price=wieviel", at: place)
    #expect(outcome.text.contains(#""title":"bangle""#))
    #expect(outcome.text.contains(#""price_amount":"120""#))
    let missing = try Program.run("stats", file, "--map", "title=nosuch", at: place)
    #expect(missing.status == 1)
    #expect(missing.text.contains("no column nosuch"))
  }

  // MARK: Small commands

  @Test func keysPrintsATableOfEveryVerdictKey() throws {
    let outcome = try Program.run("keys", at: place)
    #expect(outcome.status == 0)
    for word in ["confirm", "false positive", "unsure", "packet", "quit"] { #expect(outcome.text.contains(word)) }
  }

  @Test func shippedThemesHaveNoProblemsAndABrokenOneIsStatus1() throws {
    let shipped = try Program.run("theme", "check", at: place)
    #expect(shipped.status == 0)
    let names = ["dark", "deuteranopia", "light", "mono", "projector", "tritanopia"]
    #expect(shipped.lines == names.map { $0 + ": no problems" })
    let broken = try place.write("broken.toml", "name = 7\n[roles\n")
    #expect(try Program.run("theme", "check", broken, at: place).status == 1)
    #expect(try Program.run("theme", "check", "nosuch", at: place).status == 1)
  }

  @Test func doctorNamesTerminalFoldersAndAnalyst() throws {
    let outcome = try Program.run("doctor", at: place)
    #expect(outcome.status == 0)
    for word in ["TERM", "characters UTF-8", "analyst    rk", place.casebook, "data "] {
      #expect(outcome.text.contains(word), "\(word)")
    }
    #expect(!place.exists("case.casebook"))
  }

  // MARK: Demo

  @Test func theDemoOverwritesOnlyItsOwnFiles() throws {
    try place.write("work/demo-week46.csv", "title\nreal work\n")
    let outcome = try Program.run("demo", "--write-only", "--per-week", "5", "--folder", "work", at: place)
    #expect(outcome.status == 2)
    #expect(outcome.err.contains("demo-week46.csv"))
    #expect(try place.text(of: "work/demo-week46.csv") == "title\nreal work\n")
    #expect(!place.exists("work/demo-week45.csv"))
  }

  @Test func listingsOfAnEarlierVersionInTheCacheAreReplaced() throws {
    let first = try Program.run("demo", "--write-only", "--per-week", "5", at: place)
    let week = try #require(first.text.split(separator: "\n").first.map(String.init))
    let bytes = try Data(contentsOf: URL(fileURLWithPath: week))
    try Data("listing_id,title\n1,old\n".utf8).write(to: URL(fileURLWithPath: week))
    #expect(try Program.run("demo", "--write-only", "--per-week", "5", at: place).status == 0)
    #expect(try Data(contentsOf: URL(fileURLWithPath: week)) == bytes)
  }

  @Test func theDemoIsTheSameEveryTime() throws {
    let first = try Program.run("demo", "--write-only", "--per-week", "5", "--folder", "d", at: place)
    let again = try Program.run("demo", "--write-only", "--per-week", "5", "--folder", "d", at: place)
    #expect(first.status == 0 && again.status == 0)
    #expect(first.out == again.out)
    #expect(first.lines.count == 3)
    let other = try Program.run("demo", "--write-only", "--per-week", "5", "--seed", "7", "--folder", "d", at: place)
    #expect(other.status == 2)
  }
}
