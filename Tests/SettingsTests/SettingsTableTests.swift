import Testing

@testable import Settings

/// The table of settings, and the file that is printed from it.
struct SettingsTableTests {
  @Test func everySettingHasItsOwnNameAMeaningAndADefaultOfItsKind() {
    let names = Setting.all.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.count > 25)
    for setting in Setting.all {
      #expect(setting.meaning.hasSuffix("."), "\(setting.name)")
      #expect(setting.name.allSatisfy { $0.isLowercase || "-.".contains($0) }, "\(setting.name)")
      let file = SettingsFile(
        (setting.table.map { "[\($0)]\n" } ?? "") + "\(setting.key) = \(setting.standard.toml)\n", path: "s.toml")
      #expect(file.problems == [], "\(setting.name)")
      #expect(file.entries[setting.name]?.value == setting.standard, "\(setting.name)")
    }
  }

  private let keys = [
    PrintedSettings.KeyLine(command: "undo", standard: ["u"], chosen: nil, meaning: "undo, and go back"),
    PrintedSettings.KeyLine(command: "views", standard: ["'"], chosen: ["\"", "\\"], meaning: "saved views"),
  ]

  private func printed(_ text: String, environment: [String: String] = [:]) -> [String] {
    let settings = SettingsInForce(SettingsFile(text, path: "s.toml"), environment: environment)
    return PrintedSettings(settings, keys: keys).lines
  }

  @Test func theDefaultsArePrintedAsCommentsThatSetNothing() {
    let file = SettingsFile(printed("").joined(separator: "\n"), path: "s.toml")
    #expect(file.problems == [])
    #expect(file.entries.isEmpty)
  }

  @Test func takingTheSignsAwayChangesNothing() {
    // A comment goes on from a sign and a blank with a name and an equals sign.
    let lines = printed("").map { line in
      line.wholeMatch(of: /# ([a-z-]+ = .*)/).map { String($0.1) } ?? line
    }
    let file = SettingsFile(lines.joined(separator: "\n"), path: "s.toml")
    #expect(file.problems == [])
    for setting in Setting.all {
      #expect(file.entries[setting.name]?.value == setting.standard, "\(setting.name)")
    }
    #expect(file.keys.first == SettingsFile.KeyEntry(command: "undo", keys: ["u"], line: file.keys.first?.line ?? 0))
  }

  @Test func whatIsSetIsPrintedAndReadsTheSame() {
    let text = "theme = \"li\\\"ght\"\nlens = true\nbulk-number-above = 7\n[panes]\nspecies = \"genus\"\n"
    let file = SettingsFile(printed(text).joined(separator: "\n"), path: "s.toml")
    #expect(file.problems == [])
    let before = SettingsFile(text, path: "s.toml")
    #expect(file.entries.mapValues(\.value) == before.entries.mapValues(\.value))
    #expect(file.keys.map(\.keys) == [["\"", "\\"]])
  }

  @Test func whatTheEnvironmentSaysIsToldAndNotFrozenIntoTheFile() {
    let lines = printed("", environment: ["LINSANG_THEME": "light\n[keys]\nundo = 1"])
    #expect(lines.contains { $0.hasPrefix("# theme = ") })
    #expect(lines.joined(separator: " ").replacing(" # ", with: " ").contains("from $LINSANG_THEME"))
    #expect(SettingsFile(lines.joined(separator: "\n"), path: "s.toml").entries.isEmpty)
    #expect(SettingsFile(lines.joined(separator: "\n"), path: "s.toml").keys.map(\.command) == ["views"])
  }
}
