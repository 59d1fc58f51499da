import Testing

@testable import Settings

/// What a settings file says is read line by line; what cannot be understood is told and changes nothing.
struct SettingsFileTests {
  private func read(_ text: String, environment: [String: String] = [:]) -> SettingsInForce {
    SettingsInForce(SettingsFile(text, path: "s.toml"), environment: environment)
  }

  private func problems(_ text: String) -> [String] { SettingsFile(text, path: "s.toml").problems.map(\.sentence) }

  @Test func aFileSetsValuesOfEveryKind() {
    let settings = read(
      """
      theme = "light"   # in daylight
      last-position = false
      bulk-number-above = 20
      order = "risk"

      [panes]
      platform = "country"

      [packet]
      sender = "Ranger \\"Nine\\" \\\\ Co"
      """)
    #expect(settings.file.problems == [])
    #expect(settings[text: .theme] == "light")
    #expect(!settings[truth: .lastPosition])
    #expect(settings[number: .bulkNumberAbove] == 20)
    #expect(settings[text: .order] == "risk")
    #expect(settings[text: Setting.named("panes.platform")!] == "country")
    #expect(settings[text: Setting.named("packet.sender")!] == "Ranger \"Nine\" \\ Co")
    #expect(settings.value(of: .theme).source == .file(line: 1))
  }

  @Test func theEnvironmentOutranksTheFileAndTheFileTheDefault() {
    let text = "theme = \"light\"\n"
    #expect(read("")[text: .theme].isEmpty)
    #expect(read(text)[text: .theme] == "light")
    let both = read(text, environment: ["LINSANG_THEME": "mono"])
    #expect(both[text: .theme] == "mono")
    #expect(both.value(of: .theme).source == .environment("LINSANG_THEME"))
    // An empty variable says nothing.
    #expect(read(text, environment: ["LINSANG_THEME": " "])[text: .theme] == "light")
  }

  @Test func aPathGoesOnFromTheHomeFolder() {
    let settings = read("casebook = \"~/cases/ivory.casebook\"\n", environment: ["HOME": "/people/rk"])
    #expect(settings[text: .casebook] == "/people/rk/cases/ivory.casebook")
    #expect(
      problems("casebook = \"ivory.casebook\"\n") == [
        "s.toml, line 1: casebook: expected a path in quotation marks that begins with / or ~/; used instead: "
          + "linsang.casebook in the state folder"
      ])
  }

  @Test(arguments: [
    ("thme = \"light\"", "s.toml, line 1: thme: there is no such setting; perhaps you mean theme"),
    (
      "species = \"genus\"", "s.toml, line 1: species: there is no such setting; perhaps you mean panes.species"
    ),
    ("wallpaper = 3", "s.toml, line 1: wallpaper: there is no such setting; `linsang config` prints all"),
    ("\nlens = \"yes\"", "s.toml, line 2: lens: expected true or false; used instead: false"),
    (
      "bulk-number-above = 0",
      "s.toml, line 1: bulk-number-above: expected a number from 1 to 10000; used instead: 100"
    ),
    (
      "theme = light",
      "s.toml, line 1: theme: expected a text in quotation marks; used instead: "
        + "dark or light, by the terminal's background"
    ),
    ("theme = li&ght", "s.toml, line 1: the line was skipped: li&ght is not a value; put text in quotation marks"),
    ("lens = true\nlens = false", "s.toml, line 2: the line was skipped: lens is set twice"),
    ("[panels]\n", "s.toml, line 1: panels: there is no such setting; perhaps you mean [panes]"),
    (
      "[keys]\nconfirm = true",
      "s.toml, line 2: keys.confirm: expected a list of keys, such as [\"c\", \"^D\"]; the command keeps its own"
    ),
  ])
  func whatIsWrongIsToldWithItsLineAndWhatIsUsedInstead(text: String, sentence: String) {
    #expect(problems(text) == [sentence])
  }

  @Test func aWordThatIsNoneOfTheChoicesIsToldWithAllOfThem() {
    let told = problems("order = \"alphabet\"\n")
    #expect(told.count == 1)
    for name in ["\"file\"", "\"risk\"", "\"price\"", "used instead: \"file\""] {
      #expect(told.first?.contains(name) == true, "\(told)")
    }
  }

  @Test func oneWrongLineLeavesTheOthersInForce() {
    let settings = read("theme = \nlens = true\n[keys]\nundo = [\"z\"\nredo = [\"Z\"]\n")
    #expect(settings[truth: .lens])
    #expect(settings.file.keys == [.init(command: "redo", keys: ["Z"], line: 5)])
    #expect(settings.file.problems.map(\.line) == [1, 4])
  }

  @Test func keysAreListsOneKeyOrADigit() {
    let file = SettingsFile("[keys]\nundo = \"z\"\nqueue = 9\nfilter = [\"/\", \"^F\"]\n", path: "s.toml")
    #expect(file.problems == [])
    #expect(file.keys.map(\.keys) == [["z"], ["9"], ["/", "^F"]])
  }
}
