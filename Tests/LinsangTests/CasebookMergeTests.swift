import CaseStore
import Casework
import Foundation
import Listings
import Testing

/// `linsang casebook merge`, `disagreements` and `backup`, and what `log` and `export` show of other chains.
@Suite(.waitsElsewhere) struct CasebookMergeTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try file(place.casebook, "ana", .confirmed, at: "2026-11-18T10:00:00Z")
    try file(place.path + "/ben.casebook", "b\u{1B}en", .falsePositive, at: "2026-11-18T11:00:00Z")
  }

  private func file(_ path: String, _ analyst: String, _ verdict: Verdict, at time: String) throws {
    let book = try Casebook.open(path: path, analyst: analyst)
    try book.apply(.file(verdict, reason: nil, for: [ListingKey("id:P/1")]), at: time)
    try book.close()
  }

  @Test func whatColleaguesDecidedComesAndIsListed() throws {
    let merged = try Program.run("casebook", "merge", "ben.casebook", at: place)
    #expect(merged.status == 0, "\(merged.err)")
    #expect(merged.text.contains("merged, as event 3"))
    #expect(merged.text.contains("analysts disagree on 1"))
    let again = try Program.run("casebook", "merge", "ben.casebook", at: place)
    #expect(again.text.contains("every event was there already"))
    let verified = try Program.run("casebook", "verify", at: place)
    #expect(verified.status == 0 && verified.text.contains("intact, 3 events") && verified.text.contains("  chain "))

    let words = try Program.run("casebook", "disagreements", at: place)
    #expect(!words.out.contains(0x1B))
    #expect(words.lines.count == 3 && words.lines[0] == "id:P/1")
    #expect(words.lines[1].contains("in force  2026-11-18T11:00:00Z  b[U+001B]en  false_positive  chain "))
    #expect(words.lines[2].contains("2026-11-18T10:00:00Z  ana  confirmed  this casebook, event 2"))
    let json = try Program.run("casebook", "disagreements", "--json", at: place).json()
    let verdicts = try #require(json["verdicts"] as? [[String: Any]])
    #expect(verdicts.map { $0["verdict"] as? String } == ["false_positive", "confirmed"])
    #expect(verdicts.map { $0["in_force"] as? Bool } == [true, false])

    let log = try Program.run("casebook", "log", at: place)
    #expect(log.text.contains("merged events 1 to 2 of "))
    #expect(log.lines.count == 6)
    let name = try #require(log.lines[3].split(separator: " ").dropFirst().first.map(String.init))
    let chain = try Program.run("casebook", "export", "--chain", name, at: place)
    #expect(try chain.text == Program.run("casebook", "export", "--casebook", "ben.casebook", at: place).text)
    let own = try Program.run("casebook", "export", at: place)
    #expect(own.lines.count == 3 && own.err.contains(name))
    #expect(try Program.run("casebook", "export", "--all", at: place).lines.count == 5)
    #expect(try Program.run("casebook", "export", "--chain", "ZZZZ", at: place).status == 64)
  }

  @Test func whatCannotBeMergedIsStatus2AndChangesNothing() throws {
    try place.write("plain.txt", "no casebook\n")
    let head = try Program.run("casebook", "head", at: place).text
    for other in ["plain.txt", "nosuch.casebook"] {
      let outcome = try Program.run("casebook", "merge", "ben.casebook", other, at: place)
      #expect(outcome.status == 2, "\(outcome.err)")
    }
    #expect(try Program.run("casebook", "head", at: place).text == head)
  }

  @Test func aBackupIsTheSameCasebook() throws {
    let outcome = try Program.run("casebook", "backup", "copy.casebook", at: place)
    #expect(outcome.status == 0 && outcome.text.contains("a complete copy"), "\(outcome.err)")
    #expect(
      try Program.run("casebook", "export", "--casebook", "copy.casebook", at: place).text
        == Program.run("casebook", "export", at: place).text)
    let again = try Program.run("casebook", "backup", "copy.casebook", at: place)
    #expect(again.status == 2 && again.err.contains("is there already"))
  }
}
