import Foundation
import Testing

/// Describing listings and choosing legal bases, through the program.
@Suite(.waitsElsewhere) struct DescribeCommandTests {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    let week = try place.write("week.csv", Workplace.week)
    try place.file(["a1": .confirmed, "b7": .confirmed], from: week)
  }

  /// The key of a listing by its number.
  private func key(_ name: String) throws -> String {
    let row = try #require(try Program.run("query", "id:\(name)", "week.csv", at: place).lines.first)
    let values = try JSONSerialization.jsonObject(with: Data(row.utf8)) as? [String: Any]
    return try #require(values?["key"] as? String)
  }

  private func run(_ arguments: [String]) throws -> Outcome {
    try Program.start(
      try #require(Program.path), arguments, in: place, input: nil, environment: place.environment())
  }

  @Test func whatIsStatedIsFiledFoundAndInThePacket() throws {
    let a1 = try key("a1")
    let described = try Program.run(
      "describe", a1, "--species", "probable", "--term", "ivc", "--quantity", "2 no", "--grading", "b2", at: place)
    #expect(described.status == 0, "\(described.err)")
    #expect(described.text.contains("species: probable, more likely than any other (rk)"))
    #expect(described.text.contains("quantity: 2 NO, 2 specimens (rk)"))
    #expect(described.text.contains("scam: not stated"))
    #expect(try Program.run("describe", a1, at: place).text == described.text)
    let log = try Program.run("casebook", "log", at: place).text
    #expect(log.contains("species probable  \(a1)") && log.contains("CITES term IVC"))
    #expect(try Program.run("query", "--count", "species-is:probable", "week.csv", at: place).text == "1\n")
    #expect(try Program.run("query", "--count", "grading-is:B*", "week.csv", at: place).text == "1\n")
    #expect(try Program.run("query", "--count", "is:confirmed term-is:none", "week.csv", at: place).text == "1\n")
    let cleared = try Program.run("describe", a1, "--grading", "", at: place)
    #expect(cleared.text.contains("grading: not stated"))
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
  }

  @Test func whatCannotBeMeantIsRefused() throws {
    let a1 = try key("a1")
    for (arguments, words) in [
      (["describe", a1, "--species", "sure"], "“sure” is no value of species: write one of certain"),
      (["describe", String(a1.prefix(3)), "--species", "certain"], "listings begin so"),
      (["describe", "nobody", "--species", "certain"], "has no such listing"),
      (["describe"], "name at least one listing"),
    ] {
      let outcome = try run(arguments)
      #expect(outcome.status == 64 && outcome.err.contains(words), "\(outcome.err)")
    }
    #expect(try Program.run("query", "--count", "species-is:none", "week.csv", at: place).text == "3\n")
    #expect(try Program.run("describe", "--codes", at: place).text.contains("IVC  ivory carving"))
  }

  @Test func legalBasesAreListedByDayAndPlace() throws {
    let all = try Program.run("legal", at: place)
    #expect(all.status == 0 && all.text.contains("UNVERIFIED: ") && all.text.contains("eu-338-97-8"))
    let before = try Program.run("legal", "--on", "2023-04-30", "--in", "cn", at: place).text
    #expect(before.contains("cn-wildlife-2018") && !before.contains("cn-wildlife-2022") && !before.contains("eu-"))
    let after = try Program.run("legal", "--on", "2023-05-01", "--in", "CN", "--json", at: place).text
    #expect(after.contains("cn-wildlife-2022") && !after.contains("cn-wildlife-2018"))
    #expect(try Program.run("legal", "--on", "1900-01-01", at: place).status == 1)
    #expect(try Program.run("legal", "--on", "yesterday", at: place).status == 64)
    try place.write(
      "home/.config/linsang/Lexicons/legal-basis.toml", "[own]\njurisdiction = \"KE\"\nname = \"Own Act\nx = 1\n")
    let broken = try Program.run("legal", at: place)
    #expect(broken.status == 2 && broken.err.contains("legal-basis.toml, line 3: "), "\(broken.err)")
  }

  private static let answers = [
    "--summary", "Two adverts.", "--from", "Monitors", "--from-country", "KE", "--contact-name", "Duty",
    "--contact-email", "duty@monitors.example", "--to", "Customs", "--to-country", "KE", "--to-kind", "customs",
  ]

  @Test func thePacketNamesWhatWasChosenAndRemarksOnIt() throws {
    let a1 = try key("a1")
    _ = try Program.run("describe", a1, "--species", "unidentifiable", at: place)
    let usual = ["packet", "week.csv", "--sign", ""] + Self.answers
    let none = try run(usual + ["--legal", "nothing-like-it"])
    #expect(none.status == 2 && none.err.contains("There is no legal basis “nothing-like-it”"), "\(none.err)")
    #expect(none.err.contains("Give it with --legal"))
    let checked = try run(usual + ["--legal", "cn-wildlife-2018", "--legal", "gb-cotes-2018", "--check"])
    #expect(checked.status == 1)
    for words in [
      "the species of 1 listing cannot be told", "2 listings have no grading of source and information",
      "Wildlife Protection Law (2018), Art. 27 was not in force on the day of 2 listings",
      "nobody checked the text of Wildlife Protection Law (2018), Art. 27",
    ] { #expect(checked.err.contains(words), "\(words) in \(checked.err)") }
    let written = try run(usual + ["--legal", "gb-cotes-2018"])
    #expect(written.status == 0, "\(written.err)")
    let folder = try #require(written.lines.first)
    let document = try String(contentsOfFile: place.path + "/" + folder + "/data/packet.json", encoding: .utf8)
    #expect(document.contains("\"COTES 2018, reg. 3 and Schedule 1\"") && document.contains("\"looked_up\""))
    #expect(document.contains("\"source\": \"column country\""))
    let verified = try Program.run("verify", folder, at: place)
    #expect(verified.status == 0, "\(verified.text)")
  }
}

/// The sheet at a real terminal.
@Suite(.waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
struct DescribeTerminalStories {
  @Test func aListingIsDescribedAndTheNextProgramShowsIt() throws {
    let place = try Workplace()
    try place.write("week.csv", Workplace.week)
    let terminal = try TerminalSession(place, columns: 80, rows: 24)
    try terminal.shell("$L week.csv")
    try terminal.expect("3 of 3")
    terminal.pause()
    try terminal.press("d")
    try terminal.expect("CITES purpose")
    try terminal.press("p", "Down", "c", "o", "v")
    try terminal.expect("covert *")
    try terminal.press("C-s")
    try terminal.expectGone("CITES purpose")
    terminal.pause()
    try terminal.press("Enter")
    try terminal.expect("offer covert")
    try terminal.press("q")
    try terminal.expect("ready>")
    #expect(try Program.run("query", "--count", "offer-is:covert", "week.csv", at: place).text == "1\n")
  }
}
