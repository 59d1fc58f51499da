import Casework
import CaseStore
import Foundation
import Listings
import Testing

/// `linsang casebook` and `linsang verify CASEBOOK`.
@Suite(.waitsElsewhere) struct CasebookCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    let week = try place.write("week.csv", Workplace.week)
    try place.file(["a1": .confirmed, "a2": .falsePositive, "b7": .unsure], from: week)
  }

  @Test func theLogSaysWhoDecidedWhat() throws {
    let outcome = try Program.run("casebook", "log", at: place)
    #expect(outcome.status == 0)
    #expect(outcome.lines.count == 4)
    #expect(outcome.lines[1].contains("  rk  confirmed  "))
    #expect(outcome.lines.contains { $0.contains("false_positive") })
  }

  @Test func aNoteWithEscapesIsVisibleInTheLog() throws {
    let book = try Casebook.open(path: place.casebook, analyst: "r\u{1B}[31mk")
    try book.apply(.write(note: "look\u{1B}]0;x\u{7}", for: ListingKey("k\u{202E}1")), at: SystemClock.now())
    try book.close()
    let outcome = try Program.run("casebook", "log", at: place)
    #expect(!outcome.out.contains(0x1B) && !outcome.text.unicodeScalars.contains("\u{202E}"))
    #expect(outcome.text.contains("[U+001B]"))
  }

  @Test(
    .enabled(
      if: Program.outside("jq") != nil && Program.outside("sha256sum") != nil, "jq and sha256sum are not both there"))
  func jqAndSha256sumFindTheExportedChainIntactWithTheSameHead() throws {
    let verified = try Program.run("casebook", "verify", at: place)
    #expect(verified.status == 0)
    let outcome = try Program.shell("$L casebook export > chain; \(chainCheck("chain")); echo $p", at: place)
    let head = try #require(outcome.lines.first)
    #expect(outcome.lines.count == 1, "\(outcome.text)")
    #expect(verified.text.contains("intact, 4 events, head \(head)"))
    #expect(try Program.run("verify", place.casebook, at: place).lines[0] == verified.lines[0])
  }

  @Test func anEditedCasebookIsFoundBroken() throws {
    let bytes = try Data(contentsOf: URL(fileURLWithPath: place.casebook))
    let wanted = Data("\"to\":\"confirmed\"".utf8)
    var edited = bytes
    let found = edited.range(of: wanted) ?? edited.range(of: Data("confirmed".utf8))
    let range = try #require(found)
    edited[range.upperBound - 2] ^= 1
    try edited.write(to: URL(fileURLWithPath: place.casebook))
    let outcome = try Program.run("casebook", "verify", at: place)
    #expect(outcome.status != 0, "\(outcome.text)")
  }

  @Test func aMissingOrForeignCasebookIsStatus2AndLeftAlone() throws {
    try place.write("plain.txt", "not a casebook\n")
    for command in ["log", "verify", "export"] {
      let missing = try Program.run("casebook", command, "--casebook", "nosuch.casebook", at: place)
      #expect(missing.status == 2)
      #expect(missing.err.contains("There is no casebook nosuch.casebook"))
      #expect(!place.exists("nosuch.casebook"))
      let foreign = try Program.run("casebook", command, "--casebook", "plain.txt", at: place)
      #expect(foreign.status == 2)
      #expect(foreign.err.contains("plain.txt is not a casebook. It was not changed."))
    }
    #expect(try place.text(of: "plain.txt") == "not a casebook\n")
  }

  @Test(
    .enabled(if: Program.outside("sqlite3") != nil || Program.outside("python3") != nil, "neither sqlite3 nor python3"))
  func aNewerCasebookIsRefusedAndUntouched() throws {
    let make = """
      python3 -c "import sqlite3; d=sqlite3.connect('case.casebook'); d.execute('PRAGMA user_version=99'); d.commit()" \
      || sqlite3 case.casebook 'PRAGMA user_version=99'
      """
    let before = try Program.shell("\(make); sha256sum < case.casebook", at: place).text
    for line in ["$L casebook verify", "$L query '' week.csv", "$L packet week.csv"] {
      let outcome = try Program.shell(line, at: place)
      #expect(outcome.status == 2)
      #expect(outcome.err.contains("newer"), "\(outcome.err)")
    }
    #expect(try Program.shell("sha256sum < case.casebook", at: place).text == before)
  }

  @Test func readingWorksWhereNothingMayBeWritten() throws {
    let outcome = try Program.shell(
      "chmod 400 case.casebook; chmod 500 .; $L casebook verify; s=$?; chmod 700 .; exit $s", at: place)
    #expect(outcome.status == 0, "\(outcome.err)")
  }

  @Test func twoAnalystsAtOnceMakeOneIntactChain() async throws {
    let path = place.casebook
    // On a busy machine some waited too long. Those were rejected with a message and are not in the file.
    let filed = try await withThrowingTaskGroup(of: Int.self) { group in
      for analyst in ["ana", "ben"] {
        group.addTask {
          let book = try Casebook.open(path: path, analyst: analyst)
          var filed = 0
          for number in 0..<20 {
            do throws(CasebookError) {
              try book.apply(
                .file(.confirmed, reason: nil, for: [ListingKey("\(analyst)\(number)")]), at: SystemClock.now())
              filed += 1
            } catch .locked { continue }
          }
          return filed
        }
      }
      let place = place
      for _ in 0..<5 {
        group.addTask {
          _ = try Program.run("casebook", "verify", at: place)
          return 0
        }
      }
      return try await group.reduce(0, +)
    }
    #expect(filed > 0)
    #expect(try Program.run("casebook", "verify", at: place).text.contains("intact, \(4 + filed) events"))
  }
}
