import Testing
import TextCells

@testable import Theming

/// The folder `Themes` at the top of the project, found from this file.
private let themes = ThemeLoader(folders: [
  #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Themes"
])

struct ShippedThemeTests {
  @Test func threeThemesAreShipped() {
    #expect(themes.names() == ["dark", "light", "mono"])
  }

  @Test(arguments: ["dark", "light", "mono"])
  func everyShippedThemeIsCompleteAndReadable(name: String) {
    let (theme, problems) = themes.load(name)
    #expect(problems.map(\.sentence) == [])
    #expect(theme.name == name)
    #expect(Set(theme.roles.keys) == Set(Role.allCases))
    #expect(Set(theme.backdrops.keys) == Set(Backdrop.allCases))
  }

  @Test(arguments: ["dark", "light", "mono"])
  func verdictsDifferWithoutColours(name: String) {
    let theme = themes.load(name).theme
    let verdicts: [Role] = [.confirmed, .falsePositive, .unsure]
    #expect(Set(verdicts.map { theme.style($0, on: .plain).attributes.rawValue }).count == 3)
  }

  @Test(arguments: ["dark", "light", "mono"])
  func theCursorsRowDiffersFromTheOthers(name: String) {
    let theme = themes.load(name).theme
    for backdrop in Backdrop.allCases where backdrop != .plain && backdrop != .sheet {
      #expect(theme.style(.title, on: backdrop) != theme.style(.title, on: .plain))
    }
    #expect(theme.style(.title, on: .cursor) != theme.style(.title, on: .marked))
  }

  @Test func theMonoFileIsTheBuiltInTheme() {
    #expect(themes.load("mono").theme == Theme.mono)
    #expect(!Theme.mono.usesColour)
  }
}
