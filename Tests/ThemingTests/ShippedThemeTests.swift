import Testing
import TextCells

@testable import Theming

/// The folder `Themes` at the top of the project, found from this file.
private let shelf = ThemeShelf(folders: [
  #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Themes"
])

struct ShippedThemeTests {
  @Test func theShelfHoldsTheThreeShippedThemes() {
    #expect(shelf.names() == ["dark", "light", "mono"])
  }

  @Test(arguments: ["dark", "light", "mono"])
  func everyShippedThemeIsCompleteAndReadable(name: String) {
    let (theme, problems) = shelf.load(name)
    #expect(problems.map(\.sentence) == [])
    #expect(theme.name == name)
    #expect(Set(theme.roles.keys) == Set(Role.allCases))
    #expect(Set(theme.grounds.keys) == Set(Ground.allCases))
  }

  @Test(arguments: ["dark", "light", "mono"])
  func verdictsDifferWithoutTheirColours(name: String) {
    let theme = shelf.load(name).theme
    let verdicts: [Role] = [.confirmed, .falsePositive, .unsure]
    #expect(Set(verdicts.map { theme.style($0, on: .plain).attributes.rawValue }).count == 3)
  }

  @Test(arguments: ["dark", "light", "mono"])
  func theCursorsRowDiffersFromTheOthers(name: String) {
    let theme = shelf.load(name).theme
    for ground in Ground.allCases where ground != .plain && ground != .sheet {
      #expect(theme.style(.title, on: ground) != theme.style(.title, on: .plain))
    }
    #expect(theme.style(.title, on: .cursor) != theme.style(.title, on: .marked))
  }

  @Test func theMonoFileSaysWhatTheProgramKnowsByHeart() {
    #expect(shelf.load("mono").theme == Theme.mono)
    #expect(!Theme.mono.usesColour)
  }
}
