import Casework
import Foundation
import Testing

/// `linsang lexicon backtest`: a change of the lexicons, compared with verdicts.
@Suite(.waitsElsewhere) struct LexiconBackTestTests {
  private let place: Workplace
  private let week: String
  private let own: String
  private let environment: [String: String]

  private static let listings = """
    listing_id,platform,title,relevant
    q1,Pipit,old quimbly,yes
    q2,Pipit,quimbly pudding,no
    q3,Pipit,vambrace,no
    q4,Pipit,vambrace quimbly,
    q5,Pipit,garden chair,

    """

  private static let header =
    "term,language,kind,denotes,taxon,product,weight,needs,unless,match,source,note,reviewed\n"

  init() throws {
    place = try Workplace()
    week = try place.write("week.csv", Self.listings)
    own = try place.write(
      "mine.csv", Self.header + "quimbly,en,code word,elephant ivory,,,50,,,,unverified,invented,2026-11-24\n")
    // Lexicons of one word, so that no shipped term matches.
    try place.write("data/Themes/.keep", "")
    try place.write(
      "data/Lexicons/terms/base.csv",
      Self.header + "vambrace,en,code word,tortoise shell,,,60,,,,unverified,invented,2026-11-24\n")
    environment = ["LINSANG_DATA": place.path + "/data"]
  }

  private func run(_ arguments: String...) throws -> Outcome {
    try Program.start(
      try #require(Program.path), ["lexicon", "backtest"] + arguments, in: place, input: nil,
      environment: place.environment(environment))
  }

  @Test func aNewLexiconIsComparedWithTheCasebook() throws {
    try place.file(["q1": .confirmed, "q2": .falsePositive, "q3": .falsePositive, "q4": .confirmed], from: week)
    let outcome = try run(week, "--lexicon", own, "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    let json = try outcome.json()
    let before = try #require(json["before"] as? [String: Any])
    let after = try #require(json["after"] as? [String: Any])
    // Shipped lexicons do not have these words.
    #expect(before["flagged"] as? Int == 2 && after["flagged"] as? Int == 4)
    #expect(before["precision"] as? Double == 0.5 && after["precision"] as? Double == 0.5)
    #expect(before["coverage"] as? Double == 0.5 && after["coverage"] as? Double == 1)
    #expect(json["raised"] as? Int == 3 && json["reread"] as? Int == 3)
    #expect(json["newly_flagged"] as? [String: Int] == ["rows": 2, "confirmed": 1, "false_positive": 1])
    let examples = try #require(json["examples"] as? [[String: Any]])
    #expect(examples.count == 3)
    #expect(examples[0]["risk_before"] as? Int == 0 && examples[0]["risk_after"] as? Int == 50)
    #expect(examples[0]["terms_gained"] as? [String] == ["quimbly"])
    #expect((json["change"] as? [String: Any])?["sentence"] as? String == "1 term added: “quimbly” (en)")
  }

  @Test func theTableStatesItsBasis() throws {
    let outcome = try run(week, "--lexicon", own, "--label", "relevant")
    #expect(outcome.status == 0, "\(outcome.err)")
    for words in [
      "1 term added: “quimbly” (en)", "flagged, risk 40+            2         4   of 5",
      "precision                 0.00      0.33   after: 1 of 3, so 0.06 to 0.79", "only 3 decided: too few to tell",
      "listings: 3 raised, 2 newly flagged (1 confirmed, 1 false positive)", "0 → 50", "week.csv row 1; + quimbly",
    ] { #expect(outcome.text.contains(words), "\(words) in \(outcome.text)") }
  }

  @Test func leavingALexiconOutShowsWhatItContributed() throws {
    let json = try run(week, "--without", "base", "--label", "relevant", "--json").json()
    #expect((json["after"] as? [String: Any])?["flagged"] as? Int == 0)
    #expect(json["no_longer_flagged"] as? [String: Int] == ["rows": 2, "confirmed": 0, "false_positive": 1])
  }

  @Test func aTermWithAGroupIsTestedOnRowsWithTheGroupsWords() throws {
    try place.write(
      "data/Lexicons/exclusions.csv",
      "group,language,words,source,note\npuddings,en,quimbly pudding,unverified,invented\n")
    try place.write(
      "mine.csv", Self.header + "quimbly,en,code word,elephant ivory,,,50,,@puddings,,unverified,invented,2026-11-24\n")
    let outcome = try run(week, "--lexicon", own, "--json")
    #expect(outcome.status == 0, "\(outcome.err)")
    // The pudding contains a word of the group.
    #expect(try outcome.json()["raised"] as? Int == 2)
  }

  @Test func withoutVerdictsOnlyRowsAreCounted() throws {
    let outcome = try run(week, "--lexicon", own)
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("nothing is decided yet"))
    #expect(!place.exists("case.casebook"), "asking made a casebook")
  }

  @Test func aNamedCasebookMustExist() throws {
    let outcome = try run(week, "--lexicon", own, "--casebook", "nowhere.casebook")
    #expect(outcome.status == 2)
    #expect(outcome.err.contains("nowhere.casebook"))
  }

  @Test func anUnreadableChangeIsNotReportedAsNoChange() throws {
    let outcome = try run(week, "--lexicon", "missing.csv")
    #expect(outcome.status == 2)
    #expect(outcome.err.contains("missing.csv holds no readable term"))
  }

  @Test func namingNoChangeIsWrongUsage() throws {
    #expect(try run(week).status == 64)
    #expect(try run(week, "--lexicon", own, "--threshold", "0").status == 64)
    #expect(try run(week, "--lexicon", own, "--positive", "yes").status == 64)
    let same = try place.write("same.csv", try place.text(of: "data/Lexicons/terms/base.csv"))
    let outcome = try run(week, "--lexicon", same)
    #expect(outcome.status == 1)
    #expect(outcome.text.contains("no risk changes") && outcome.err.contains("no term changes"))
  }
}
