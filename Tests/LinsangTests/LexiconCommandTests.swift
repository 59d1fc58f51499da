import Foundation
import Testing

/// `linsang lexicon`, for other programs and for people who edit lexicons.
@Suite(.waitsElsewhere) struct LexiconCommandTests {
  private let place: Workplace
  private let week: String
  private let own: String

  init() throws {
    place = try Workplace()
    week = try place.write("week.csv", Self.listings)
    own = try place.write("mine.csv", Self.lexicon)
  }

  private static let listings = """
    listing_id,platform,title,description,species,relevant
    q1,Pipit,"quimbly ring, private sale",old stock,,yes
    q2,Pipit,quimbly pudding,"sweet\u{202E}",,no
    q3,Hearthside,quimbly ring of resin,,,no
    q4,Hearthside,garden chair,,,no
    q5,Hearthside,,,,no

    """

  /// A meaningless word, so that no shipped term matches.
  private static let lexicon = """
    term,language,kind,denotes,taxon,product,weight,needs,unless,match,source,note,reviewed
    quimbly,en,code word,elephant ivory,Loxodonta africana,IVC,50,@quimbly jewels,pudding,,unverified,invented,2026-11-24
    ring|rings,en,context,quimbly jewels,,,0,,,word,unverified,invented,2026-11-24
    resin,en,harmless,quimbly material,,,60,,,word,unverified,invented,2026-11-24

    """

  /// A data folder without lexicons, so that shipped terms do not interfere.
  private func bare() throws -> [String: String] {
    try place.write("data/Themes/.keep", "")
    try place.write("data/Lexicons/terms/base.csv", Self.lexicon.components(separatedBy: "\n")[0] + "\n")
    return ["LINSANG_DATA": place.path + "/data"]
  }

  private func rows(_ outcome: Outcome) throws -> [[String: Any]] {
    try outcome.lines.map { try #require(JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any]) }
  }

  @Test func scanPrintsEveryHitWithItsPositionAndReason() throws {
    let listings = try rows(Program.run("lexicon", "scan", week, "--lexicon", own, at: place, environment: bare()))
    #expect(listings.map { $0["listing_id"] as? String } == ["q1", "q2", "q3", "q5"])
    let first = try #require(listings.first)
    let hits = try #require(first["hits"] as? [[String: Any]])
    let hit = try #require(hits.first)
    #expect(hit["field"] as? String == "title")
    #expect(hit["start"] as? Int == 0 && hit["end"] as? Int == 7)
    #expect(hit["text"] as? String == "quimbly")
    #expect(hit["standing"] as? String == "counted")
    #expect(hit["because"] as? String == "@quimbly jewels: ring")
    #expect(hit["lexicon"] as? String == "mine" && hit["line"] as? Int == 2)
    #expect(hit["source"] as? String == "unverified")
    for row in listings {
      let points = try #require(row["points"] as? [[String: Any]])
      #expect(points.reduce(0) { $0 + ($1["points"] as? Int ?? 0) } == row["risk"] as? Int ?? 0)
    }
    #expect(listings[1]["risk"] as? Int == 0)
    #expect(listings[3]["risk"] is NSNull)
    #expect(listings[3]["readability"] as? String == "no-text")
  }

  @Test func theCSVHasARowPerHitAndNoFormula() throws {
    let outcome = try Program.run("lexicon", "scan", "--csv", week, "--lexicon", own, at: place, environment: bare())
    #expect(outcome.status == 0)
    // Shipped terms may match too.
    #expect(outcome.text.components(separatedBy: "\r\n").count { $0.contains("\"mine\"") } == 4)
    #expect(!outcome.text.unicodeScalars.contains("\u{202E}"))
  }

  @Test func minRiskFiltersListings() throws {
    let outcome = try Program.run(
      "lexicon", "scan", week, "--min-risk", "40", "--lexicon", own, at: place, environment: bare())
    #expect(try rows(outcome).map { $0["listing_id"] as? String } == ["q1"])
    let none = try Program.run(
      "lexicon", "scan", week, "--min-risk", "100", "--lexicon", own, at: place, environment: bare())
    #expect(none.status == 1)
    #expect(none.err.contains("no listing has a hit"))
  }

  @Test func testMeasuresHowWellTheRiskRanks() throws {
    let outcome = try Program.run(
      "lexicon", "test", week, "--label", "relevant", "--json", "--lexicon", own, at: place, environment: bare())
    let json = try outcome.json()
    #expect(outcome.status == 0)
    #expect(json["average_precision"] as? Double == 1)
    #expect(json["base_rate"] as? Double == 0.2)
    #expect(json["unreadable"] as? Int == 1)
    // Any of the three listings with the word could come first.
    #expect((json["any_term"] as? [String: Any])?["average_precision"] as? Double ?? 1 < 0.7)
    let text = try Program.run(
      "lexicon", "test", week, "--label", "relevant", "--lexicon", own, at: place, environment: bare())
    #expect(text.text.contains("worst false alarms"))
    #expect(text.text.contains("quimbly ring of resin"))
  }

  @Test func anUnknownLabelColumnListsTheColumns() throws {
    let outcome = try Program.run("lexicon", "test", week, "--label", "nosuch", at: place)
    #expect(outcome.status == 64)
    #expect(outcome.err.contains("relevant"))
    let values = try Program.run("lexicon", "test", week, "--label", "platform", at: place)
    #expect(values.status == 64)
    #expect(values.err.contains("Hearthside, Pipit"))
  }

  @Test func oneListingIsExplainedPointByPoint() throws {
    let outcome = try Program.run(
      "lexicon", "explain", week, "--row", "3", "--lexicon", own, at: place, environment: bare())
    #expect(outcome.status == 0)
    #expect(outcome.text.contains("“quimbly”, English code word: elephant ivory"))
    #expect(outcome.text.contains("beside “ring” (quimbly jewels)"))
    #expect(outcome.text.contains("“resin” speaks for: quimbly material"))
  }

  @Test func checkReportsEveryProblemWithFileAndLine() throws {
    let good = try Program.run("lexicon", "check", own, at: place, environment: bare())
    #expect(good.status == 0, "\(good.text)")
    let bad = try place.write(
      "bad.csv",
      Self.lexicon + "ab,en,product,x,,XXX,50,@nobody,,loud,,,\nbroken,en,slang,x,,,5,,,,,,\n")
    let outcome = try Program.run("lexicon", "check", bad, at: place, environment: bare())
    #expect(outcome.status == 1)
    for words in [
      "bad.csv:5: ab: no harmless or context row makes up the group @nobody", "bad.csv:5: ab: \"XXX\" is no CITES",
      "bad.csv:5: ab: \"loud\" under match", "bad.csv:5: ab: no source", "bad.csv:5: ab: reviewed is",
      "bad.csv:6: broken: \"slang\" is no kind",
    ] { #expect(outcome.text.contains(words), "\(words) in \(outcome.text)") }
  }

  @Test func aMissingLexiconIsReportedAndTheOthersWork() throws {
    let outcome = try Program.run(
      "lexicon", "scan", week, "--lexicon", own, "--lexicon", "missing.csv", at: place, environment: bare())
    #expect(outcome.status == 0)
    #expect(outcome.err.contains("missing.csv: the lexicon could not be read"))
    #expect(try rows(outcome).count == 4)
  }

  @Test func ownLexiconsExtendReplaceAndSwitch() throws {
    let environment = try bare()
    try place.write("home/.config/linsang/Lexicons/terms/mine.csv", Self.lexicon)
    let list = try Program.run("lexicon", "list", at: place, environment: environment)
    #expect(list.status == 0)
    #expect(list.text.contains("on  mine"))
    #expect(try rows(Program.run("lexicon", "scan", week, at: place, environment: environment)).count == 4)
    try place.write("home/.config/linsang/Lexicons/switches.csv", "lexicon,state,note\nmine,off,not our work\n")
    #expect(try Program.run("lexicon", "list", at: place, environment: environment).text.contains("off mine"))
    let off = try rows(Program.run("lexicon", "scan", week, at: place, environment: environment))
    let hits = off.flatMap { $0["hits"] as? [[String: Any]] ?? [] }
    #expect(!hits.contains { $0["lexicon"] as? String == "mine" })
  }

  private static let groupsHeader = "group,language,words,source,note\n"

  @Test func anExclusionGroupOfTheUsersReplacesTheShippedOne() throws {
    var environment = try bare()
    try place.write(
      "data/Lexicons/exclusions.csv",
      Self.groupsHeader + "sweets,en,quimbly pudding,unverified,invented\nmetals,en,quimbly ring,unverified,invented\n")
    try place.write(
      "mine.csv",
      Self.lexicon.replacingOccurrences(of: ",@quimbly jewels,pudding,", with: ",,@sweets|@metals|@nowhere,"))
    func because() throws -> [String?] {
      let outcome = try Program.run("lexicon", "scan", week, "--lexicon", own, at: place, environment: environment)
      #expect(outcome.err.contains("mine.csv:2: quimbly: no harmless or context row makes up the group @nowhere"))
      return try rows(outcome).prefix(3).map {
        ($0["hits"] as? [[String: Any]])?.first { $0["term"] as? String == "quimbly" }?["because"] as? String
      }
    }
    let shipped = try because()
    #expect(
      shipped[0]?.contains("quimbly ring") == true && shipped[1]?.contains("quimbly pudding") == true, "\(shipped)")
    // The user's table has precedence unless $LINSANG_DATA names the data folder.
    try place.write(
      "home/.config/linsang/Lexicons/exclusions.csv", Self.groupsHeader + "sweets,en,,unverified,invented\n")
    environment["XDG_DATA_HOME"] = place.path + "/shared"
    environment["LINSANG_DATA"] = nil
    try FileManager.default.createDirectory(atPath: place.path + "/shared", withIntermediateDirectories: true)
    try FileManager.default.moveItem(atPath: place.path + "/data", toPath: place.path + "/shared/linsang")
    let yours = try because()
    #expect(yours[0]?.contains("quimbly ring") == true && yours[1] == nil, "\(yours)")
  }

  @Test func checkReportsUnusedGroupsAndRowsThatAreTooLong() throws {
    let environment = try bare()
    try place.write("home/.config/linsang/Lexicons/terms/mine.csv", Self.lexicon)
    #expect(try Program.run("lexicon", "check", at: place, environment: environment).status == 0)
    try place.write(
      "home/.config/linsang/Lexicons/exclusions.csv",
      Self.groupsHeader + "sweets,en,\((0..<60).map { "pudding \($0)" }.joined(separator: "|")),unverified,invented\n")
    let outcome = try Program.run("lexicon", "check", at: place, environment: environment)
    #expect(outcome.status == 1)
    for words in [
      "exclusions.csv:2: sweets: no row names the group under unless, as @sweets",
      "exclusions.csv:2: sweets: the row has 679 characters, more than a spreadsheet shows well (500)",
    ] { #expect(outcome.text.contains(words), "\(words) in \(outcome.text)") }
  }

  @Test func queryPrintsTheRiskOfEachListing() throws {
    let lines = try rows(Program.run("query", "", week, "--lexicon", own, at: place, environment: bare()))
    #expect(lines.count == 5)
    #expect(lines[0]["risk"] as? Int ?? 0 > 40)
    #expect(lines[1]["risk"] as? Int == 0)
    #expect(lines[4]["risk"] is NSNull)
    let sheet = try Program.run("query", "--csv", "", week, "--lexicon", own, at: place, environment: bare()).text
    #expect(sheet.components(separatedBy: "\r\n")[0].hasSuffix("\"risk\""))
  }

  @Test func shippedLexiconsHaveNoProblems() throws {
    let outcome = try Program.run("lexicon", "check", at: place)
    #expect(outcome.status == 0, "\(outcome.text.suffix(3000))")
  }
}
