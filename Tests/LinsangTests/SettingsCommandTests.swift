import Casework
import Dashboard
import Foundation
import Listings
import Settings
import Testing

@testable import LinsangCLI

/// `linsang config` and what settings do to the other commands, in the shell.
@Suite(.waitsElsewhere) struct SettingsCommandTests {
  private let place: Workplace
  private let usual = "home/.config/linsang/settings.toml"

  init() throws { place = try Workplace() }

  private func set(_ text: String) throws { try place.write(usual, text) }

  /// Without what the tests say in the environment otherwise.
  private let bare = ["LINSANG_CASEBOOK": "", "LINSANG_ANALYST": ""]

  @Test func thePathIsTheUsualOneOrTheOneThatIsNamed() throws {
    #expect(try Program.run("config", "path", at: place).text == place.path + "/" + usual + "\n")
    #expect(try Program.run("config", "path", "--config", "mine.toml", at: place).text == "mine.toml\n")
    let elsewhere = try Program.run(
      "config", "path", at: place, environment: ["XDG_CONFIG_HOME": place.path + "/conf"])
    #expect(elsewhere.text == place.path + "/conf/linsang/settings.toml\n")
  }

  @Test func whatIsPrintedIsASettingsFileInWhichEveryDefaultIsUnchanged() throws {
    let printed = try Program.run("config", at: place, environment: bare)
    #expect(printed.status == 0 && printed.err.isEmpty)
    let lines = printed.text.components(separatedBy: "\n").map { line in
      line.wholeMatch(of: /# ([a-z-]+ = .*)/).map { String($0.1) } ?? line
    }
    try place.write("all.toml", lines.joined(separator: "\n"))
    let check = try Program.run("config", "check", "--config", "all.toml", at: place)
    #expect(check.status == 0, "\(check.text)\(check.err)")
    let before = try Program.run("config", "--json", at: place, environment: bare).json()
    let after = try Program.run("config", "--json", "--config", "all.toml", at: place, environment: bare).json()
    let values = try [before, after].map { json in
      try #require(json["settings"] as? [[String: Any]]).map { "\($0["name"] ?? "") \($0["value"] ?? "")" }
    }
    #expect(values[0] == values[1])
    let keys = try [before, after].map { json in
      try #require(json["keys"] as? [[String: Any]]).map { "\($0["command"] ?? "") \($0["keys"] ?? "")" }
    }
    #expect(keys[0] == keys[1] && keys[0].count > 50)
  }

  @Test func everySettingSaysWhereItsValueComesFrom() throws {
    try set("theme = \"mono\"\norder = \"risk\"\n[keys]\nundo = [\"J\"]\n")
    let json = try Program.run(
      "config", "--json", at: place, environment: bare.merging(["LINSANG_THEME": "light"]) { $1 }
    ).json()
    let settings = try #require(json["settings"] as? [[String: Any]])
    func one(_ name: String) -> [String: Any] { settings.first { $0["name"] as? String == name } ?? [:] }
    #expect(one("theme")["value"] as? String == "light" && one("theme")["source"] as? String == "environment")
    #expect(one("order")["value"] as? String == "risk" && one("order")["line"] as? Int == 2)
    #expect(one("lens")["source"] as? String == "default" && one("lens")["value"] as? Bool == false)
    let keys = try #require(json["keys"] as? [[String: Any]])
    let undo = try #require(keys.first { $0["command"] as? String == "undo" })
    #expect(undo["keys"] as? [String] == ["J"] && undo["default"] as? [String] == ["u"])
    let printed = try Program.run("config", at: place, environment: bare)
    #expect(printed.lines.contains("theme = \"mono\"") && printed.lines.contains { $0.hasPrefix("undo = [\"J\"]") })
  }

  @Test func whatIsWrongIsToldWithFileAndLineAndNeverKeepsACommandFromWorking() throws {
    try place.write("week.csv", Workplace.week)
    try set("theem = \"mono\"\nlens = 3\n[keys]\nundo = [\"p\"]\n")
    let path = place.path + "/" + usual
    let check = try Program.run("config", "check", at: place)
    #expect(check.status == 1)
    #expect(
      check.lines == [
        "\(path), line 1: theem: there is no such setting; perhaps you mean theme",
        "\(path), line 2: lens: expected true or false; used instead: false",
        "\(path), line 4: keys.undo: p is problems already (by default); give that another one, too; undo keeps u",
      ])
    let query = try Program.run("query", "", "week.csv", "--count", at: place)
    #expect(query.status == 0 && query.text == "3\n")
    #expect(query.err.contains("\(path), line 1: theem") && query.err.contains("line 4"))
    #expect(try Program.run("query", "", "week.csv", "--count", "--no-config", at: place).err.isEmpty)
  }

  @Test func aThemeThatNoFolderHasIsToldByCheck() throws {
    try set("theme = \"drak\"\n")
    let check = try Program.run("config", "check", at: place)
    #expect(check.status == 1)
    #expect(check.text.contains("line 1: theme: there is no theme drak; there are "))
  }

  @Test(arguments: [
    ("missing.toml", "true", "there is no such file"), ("folder", "mkdir folder", "it is no file"),
    ("pipe", "mkfifo pipe", "it is no file"),
    ("long.toml", "head -c 300000 /dev/zero > long.toml", "it is too long for settings"),
    ("bytes.toml", "head -c 3000 /dev/urandom > bytes.toml", "bytes.toml, line"),
  ])
  func aFileThatCannotBeReadIsToldAndDoesNoHarm(name: String, make: String, words: String) throws {
    #expect(try Program.shell(make, at: place).status == 0)
    let doctor = try Program.run("doctor", "--config", name, at: place)
    #expect(doctor.status == 0)
    #expect(doctor.err.contains(words), "\(doctor.err)")
    #expect(!doctor.err.contains("\u{1B}"))
  }

  @Test func theDoctorNamesTheFileAndWhatItSets() throws {
    #expect(
      try Program.run("doctor", at: place).lines.contains("settings   none read; \(place.path)/\(usual) would be"))
    try set("theme = \"mono\"\norder = \"risk\"\nx = 1\n[keys]\nundo = [\"J\"]\n")
    #expect(
      try Program.run("doctor", at: place).lines.contains(
        "settings   \(place.path)/\(usual) sets theme, order, the keys of 1 command; 1 problem, see `linsang config check`"
      ))
  }

  @Test func analystAndCasebookAreThoseOfTheFileUnlessNamedOtherwise() throws {
    try set("analyst = \"mo\"\ncasebook = \"~/mine.casebook\"\n")
    func doctor(_ words: String..., environment: [String: String]) throws -> [String] {
      try Program.start(
        try #require(Program.path), ["doctor"] + words, in: place, input: nil,
        environment: place.environment(environment)
      ).lines.filter { $0.hasPrefix("analyst") || $0.hasPrefix("casebook") }
    }
    #expect(try doctor(environment: bare) == ["analyst    mo", "casebook   \(place.home)/mine.casebook"])
    let named = ["LINSANG_CASEBOOK": "e.casebook", "LINSANG_ANALYST": "el"]
    #expect(try doctor(environment: named) == ["analyst    el", "casebook   e.casebook"])
    #expect(
      try doctor("--analyst", "op", "--casebook", "o.casebook", environment: named) == [
        "analyst    op", "casebook   o.casebook",
      ])
    #expect(
      try doctor("--no-config", environment: bare.merging(["USER": "login"]) { $1 }).first == "analyst    login")
  }

  @Test func keysPrintsTheKeysThatWereChosen() throws {
    try set("[keys]\nundo = [\"J\"]\n")
    #expect(try Program.run("keys", at: place).text.contains("| `J` | everywhere | undo"))
    #expect(try Program.run("keys", "--no-config", at: place).text.contains("| `u` | everywhere | undo"))
  }

  @Test func packetsBeginWithTheAnswersOfTheFile() throws {
    let week = try place.write("week.csv", Workplace.week)
    try place.file(["a1": .confirmed], from: week)
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
    try set(
      """
      [packet]
      sender = "Ranger Nine"
      sender-country = "KE"
      sender-kind = "ngo"
      contact-name = "R. K."
      contact-email = "rk@ranger.example"
      recipient = "Example Police"
      recipient-country = "KE"
      folder = "\(place.path)/out"
      """)
    let outcome = try Program.run("packet", week, "--summary", "One offer.", "--to", "Customs", at: place)
    #expect(outcome.status == 0, "\(outcome.err)")
    let folder = try #require(outcome.lines.first)
    #expect(folder.hasPrefix(place.path + "/out/"))
    let document = try String(contentsOfFile: folder + "/data/packet.json", encoding: .utf8)
    #expect(
      document.contains("Ranger Nine") && document.contains("\"Customs\"") && !document.contains("Example Police"))
  }

  // MARK: What the settings mean to the dashboard

  @Test func everySettingOfPacketsIsALineOfTheForm() {
    let settings = SettingsInForce(SettingsFile("[packet]\nsender = \"x\"\n", path: "s.toml"))
    #expect(Preferences.packet(settings) == [.sender: "x"])
  }

  @Test func everySettingOfTheBeginningReachesTheDashboard() {
    let text = """
      order = "risk"
      last-position = false
      fold-copies = true
      show-facets = false
      lens = true
      bulk-number-above = 7
      [panes]
      species = "genus"
      """
    let usual = Preferences(SettingsInForce(SettingsFile(path: "s.toml")))
    let set = Preferences(SettingsInForce(SettingsFile(text, path: "s.toml")))
    #expect(usual.sort == .file && set.sort == Listings.SortOrder(.risk, descending: true))
    #expect(usual.returnsToLastPosition && !set.returnsToLastPosition)
    #expect(!usual.foldsCopies && set.foldsCopies)
    #expect(usual.showsFacets && !set.showsFacets)
    #expect(!usual.opensLens && set.opensLens)
    #expect(usual.bulkNumberAbove == 100 && set.bulkNumberAbove == 7)
    #expect(set.countedBy[.species] == "genus")
  }
}
