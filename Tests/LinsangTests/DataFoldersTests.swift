import Foundation
import Testing

@testable import LinsangCLI

/// Which themes, lexicons and tables are found, and which of two with the same name wins.
@Suite struct DataFoldersTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func make(_ folder: String) throws -> String {
    try place.write(folder + "/Themes/.keep", "")
    try place.write(folder + "/Lexicons/.keep", "")
    return place.path + "/" + folder
  }

  @Test func theOrderIsLinsangDataThenTheUsersThenTheProgramsThenTheSystems() throws {
    let named = try make("named")
    let config = try make("config/linsang")
    let data = try make("data/linsang")
    let installed = try make("usr/share/linsang")
    let system = try make("system/linsang")
    let folders = DataFolders(
      environment: [
        "LINSANG_DATA": named, "XDG_CONFIG_HOME": place.path + "/config", "XDG_DATA_HOME": place.path + "/data",
        "XDG_DATA_DIRS": place.path + "/system:" + place.path + "/nosuch", "HOME": place.home,
      ], program: place.path + "/usr/bin/linsang")
    #expect(folders.all == [named, config, data, installed, system])
    #expect(folders.themes.first == named + "/Themes")
    #expect(folders.lexicons.last == named + "/Lexicons", "tables are laid over each other, the strongest last")
  }

  @Test func withoutXDGVariablesTheFoldersAreInTheHomeFolder() throws {
    let config = try make("home/.config/linsang")
    let data = try make("home/.local/share/linsang")
    let folders = DataFolders(environment: ["HOME": place.home, "XDG_DATA_DIRS": "/nosuch"], program: "/nosuch/x")
    #expect(folders.all == [config, data])
  }

  @Test func aRelativeXDGFolderIsIgnored() throws {
    let config = try make("home/.config/linsang")
    let folders = DataFolders(
      environment: ["HOME": place.home, "XDG_CONFIG_HOME": "relative", "XDG_DATA_DIRS": "/nosuch"], program: "/nosuch/x"
    )
    #expect(folders.all == [config])
  }

  @Test func aBuiltProgramFindsTheProjectAboveIt() throws {
    let project = try make("project")
    let folders = DataFolders(
      environment: ["HOME": place.home, "XDG_DATA_DIRS": "/nosuch"], program: project + "/.build/debug/linsang")
    #expect(folders.all == [project])
  }

  @Test func emptyVariablesAndMissingFoldersAreIgnored() throws {
    let folders = DataFolders(
      environment: ["HOME": place.home, "LINSANG_DATA": "", "XDG_DATA_DIRS": "/nosuch"], program: "/nosuch/x")
    #expect(folders.all.isEmpty)
  }

  // MARK: The program itself

  /// A copy as a package would install it: `bin` and `share`, far from the project.
  private func install() throws {
    let outcome = try Program.shell(
      """
      mkdir -p usr/bin usr/share/linsang && cp "$L" usr/bin/linsang && \
      cp -r \(Program.projectRoot)/Themes \(Program.projectRoot)/Lexicons usr/share/linsang/
      """, at: place)
    try #require(outcome.status == 0)
  }

  @Test func anInstalledCopyUsesItsOwnShareEvenThroughALink() throws {
    try install()
    let outcome = try Program.shell(
      "ln -s usr/bin/linsang link; ./link theme list; ./link doctor | grep '^data'", at: place)
    #expect(outcome.lines.first?.hasSuffix("/usr/share/linsang/Themes/dark.toml") == true, "\(outcome.text)")
    #expect(outcome.lines.last?.hasSuffix("/usr/share/linsang") == true)
  }

  @Test func aThemeOfTheUsersOverridesTheShippedOne() throws {
    let own = try place.write(
      "home/.config/linsang/Themes/dark.toml",
      try String(contentsOfFile: Program.projectRoot + "/Themes/dark.toml", encoding: .utf8))
    #expect(try Program.run("theme", "list", at: place).lines.first == "dark  \(own)")
    let stronger = try place.write("named/Themes/dark.toml", "")
    let outcome = try Program.run("theme", "list", at: place, environment: ["LINSANG_DATA": place.path + "/named"])
    #expect(outcome.lines.first == "dark  \(stronger)")
  }

  @Test func aTableOfTheUsersOverridesTheShippedOne() throws {
    let file = try place.write("week.csv", "ware,url\nbangle,https://souk-of-tests.example/1\n")
    #expect(try Program.run("query", "--count", "title:bangle", file, at: place).text == "0\n")
    let shipped = try String(contentsOfFile: Program.projectRoot + "/Lexicons/field-names.csv", encoding: .utf8)
    let header = try #require(shipped.split(separator: "\n").first { !$0.hasPrefix("#") })
    let columns = header.split(separator: ",").map(String.init)
    let line = columns.map { ["field": "title", "language": "en", "name": "ware", "rank": "1"][$0] ?? "" }.joined(
      separator: ",")
    try place.write("home/.local/share/linsang/Lexicons/field-names.csv", "\(header)\n\(line)\n")
    let outcome = try Program.run("query", "--count", "title:bangle", file, at: place)
    #expect(outcome.text == "1\n", "\(outcome.err)")
  }

  @Test func withoutAnyFolderTheProgramSaysSoAndStillWorks() throws {
    try install()
    let week = try place.write("week.csv", Workplace.week)
    let outcome = try Program.shell(
      "rm -r usr/share; XDG_DATA_DIRS=/nosuch usr/bin/linsang stats \(week); XDG_DATA_DIRS=/nosuch usr/bin/linsang doctor",
      at: place)
    #expect(outcome.text.contains("3 listings of 3"))
    #expect(outcome.text.contains("none found; set LINSANG_DATA"))
  }
}
