import Testing
import TextCells

@testable import Theming

struct ThemeFileTests {
  private func problems(_ text: String) -> [ThemeProblem] {
    ThemeFile.read(text, file: "t.toml").problems.filter {
      switch $0.what {
      case .missingRole, .missingBackdrop: false
      default: true
      }
    }
  }

  @Test func aStyleIsReadWithItsColoursAndAttributes() {
    let text = """
      name = "harbour"
      [role]
      hit = { foreground = 16, background = "#ffd700", attributes = ["bold", "underline"] }
      text = { foreground = "default" }
      """
    let theme = ThemeFile.read(text, file: "t.toml").theme
    #expect(theme.name == "harbour")
    #expect(
      theme.roles[.hit]
        == Style(foreground: .palette(16), background: .rgb(RGB(255, 215, 0)), attributes: [.bold, .underline]))
    #expect(theme.roles[.text] == Style(foreground: .terminalDefault))
    #expect(problems(text).isEmpty)
  }

  @Test func everyProblemIsReportedWithItsLineAndTheRestStillWorks() {
    let text = """
      name = "bad"
      colour = 3
      [role]
      hit = { foreground = 300 }
      hot = { foreground = 3 }
      seller = { foreground = "red", blink = true }
      title = "bold"
      species = { attributes = ["blink"] }
      platform = { background = 20 }
      price = { foreground = 100 }
      [ground]
      floor = {}
      """
    let found = problems(text)
    #expect(
      Set(found.map { "\($0.line ?? 0) \($0.key ?? "")" }) == [
        "2 colour", "4 role.hit.foreground", "5 role.hot", "6 role.seller.foreground", "6 role.seller.blink",
        "7 role.title", "8 role.species.attributes", "9 role.platform", "12 ground.floor",
      ])
    #expect(ThemeFile.read(text, file: "t.toml").theme.roles[.price] == Style(foreground: .palette(100)))
  }

  @Test func missingStylesAreNamed() {
    let found = ThemeFile.read("[role]\ntext = {}", file: "t.toml").problems.map(\.what)
    #expect(found.count == Role.allCases.count - 1 + Backdrop.allCases.count)
    #expect(found.contains(.missingRole(.hit)))
    #expect(found.contains(.missingBackdrop(.cursor)))
  }

  @Test func aBrokenLineIsSkippedAndTheOthersCount() {
    let text = """
      [role]
      hit = { foreground = 3
      title = { foreground = 4 } # a comment
      price = { attributes = ["bold" }
      seller = 'x
      date = { foreground = 5 } 6
      [role.species]
      foreground = "#010203"
      """
    let (theme, problems) = ThemeFile.read(text, file: "t.toml")
    let lines = problems.compactMap { problem in if case .notTOML = problem.what { problem.line } else { nil } }
    #expect(lines == [2, 4, 5, 6])
    #expect(theme.roles[.title] == Style(foreground: .palette(4)))
    #expect(theme.roles[.species] == Style(foreground: .rgb(RGB(1, 2, 3))))
  }

  @Test func aFileWithoutStylesGivesTheMonoTheme() {
    let (theme, problems) = ThemeFile.read("%PDF-1.7 %\u{FFFD}\n", file: "t.toml")
    #expect(theme == .mono)
    #expect(problems.map(\.line) == [1, nil])
  }

  @Test func lowContrastIsAProblemIfBothColoursAreKnown() {
    let grey = "[role]\nfaint = { foreground = 240 }\n"
    #expect(problems(grey).isEmpty)
    let found = problems("assumes-background = \"#000000\"\n" + grey)
    #expect(found.count == 1)
    #expect(found.first?.sentence == "t.toml:3: role.faint: faint on plain has a contrast of 2.9 and needs 4.5")
  }

  @Test func contrastFollowsWCAG() {
    #expect(abs(Contrast.ratio(RGB(0, 0, 0), RGB(255, 255, 255)) - 21) < 0.001)
    #expect(abs(Contrast.ratio(RGB(0x77, 0x77, 0x77), RGB(255, 255, 255)) - 4.478) < 0.001)
    #expect(Contrast.ratio(RGB(9, 9, 9), RGB(9, 9, 9)) == 1)
  }

  @Test(arguments: 0..<200 as Range<UInt64>)
  func noTextMakesTheReaderFall(seed: UInt64) {
    let pieces = [
      "[role]", "[ground]", "[[role]]", "hit = ", "{ foreground = ", "16", "}", "\"#ff\"", "\n", "=", "\"", "[", "]",
      "name = 'x'", "\u{0}", "attributes = [", "999999999999999999999", "role.hit.foreground = 3", "象", ",",
    ]
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    var text = ""
    for _ in 0..<30 {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      text += pieces[Int(state % UInt64(pieces.count))]
    }
    for problem in ThemeFile.read(text, file: "t.toml").problems { #expect(!problem.sentence.isEmpty) }
  }
}

struct ThemeLoaderTests {
  @Test func aMissingThemeIsMonoAndAProblem() {
    let (theme, problems) = ThemeLoader(folders: ["/nowhere"]).load("dusk")
    #expect(theme == .mono)
    #expect(problems.map(\.what) == [.notFound(folders: ["/nowhere"])])
    #expect(ThemeLoader(folders: []).names() == ["mono"])
  }

  @Test(arguments: ["../dark", "", ".", "a/b", "a\u{0}"])
  func aNameCannotLeaveTheShelf(name: String) {
    #expect(ThemeLoader(folders: ["/tmp"]).path(of: name) == nil)
  }

  @Test func aFolderInsteadOfAFileIsAProblem() {
    #expect(ThemeLoader(folders: []).load(file: "/").problems.count == 1)
  }
}

struct ColourTests {
  @Test func thePaletteIsThatOfXterm() {
    #expect(RGB.xterm(16) == RGB(0, 0, 0))
    #expect(RGB.xterm(110) == RGB(0x87, 0xAF, 0xD7))
    #expect(RGB.xterm(231) == RGB(255, 255, 255))
    #expect(RGB.xterm(255) == RGB(238, 238, 238))
  }

  @Test func aPaletteColourIsNearestToItself() {
    for number in UInt8(16)...231 {
      #expect(RGB.xterm(RGB.xterm(number).nearestPaletteNumber(from: 16, through: 255)) == RGB.xterm(number))
    }
    #expect(RGB(250, 10, 10).nearestPaletteNumber(from: 0, through: 7) == 1)
  }

  @Test(arguments: ["#12345", "123456", "#12345g", "", "#+12345", "#1234567"])
  func whatIsNoHexColourIsRefused(text: String) {
    #expect(RGB(hex: text) == nil)
  }

  @Test func theRoleWinsOverTheBackdropAndAttributesAddUp() {
    let hit = Style(foreground: .palette(16), background: .palette(179), attributes: .bold)
    let base = Style(foreground: .palette(255), background: .palette(237), attributes: .underline)
    #expect(
      hit.over(base) == Style(foreground: .palette(16), background: .palette(179), attributes: [.bold, .underline]))
    #expect(Style().over(base).foreground == .palette(255))
  }
}

struct ColourDepthTests {
  private let everyDepth: [ColourDepth] = [.none, .eight, .sixteen, .palette256, .direct]

  @Test(arguments: [
    (-1, ColourDepth.none), (2, .none), (8, .eight), (16, .sixteen), (88, .sixteen), (256, .palette256),
  ])
  func theNumberOfColoursTellsTheDepth(colours: Int, depth: ColourDepth) {
    #expect(ColourDepth(colours: colours, isDirect: false) == depth)
  }

  @Test func aColourBecomesTheNearestAvailable() {
    let red = Colour.rgb(RGB(250, 0, 5))
    #expect(everyDepth.map { $0.number(of: red) } == [-1, 1, 9, 196, 0xFA0005])
    #expect(everyDepth.map { $0.number(of: .palette(12)) } == [-1, 4, 12, 12, 0x5C5CFF])
    #expect(everyDepth.map { $0.number(of: .terminalDefault) } == [-1, -1, -1, -1, -1])
  }

  @Test func textThatFewColoursWouldHideIsReversed() {
    let quiet = Style(foreground: .palette(238), background: .palette(235))
    #expect(ColourDepth.palette256.numbers(of: quiet).attributes == [])
    #expect(ColourDepth.eight.numbers(of: quiet).attributes == .reverse)
    #expect(ColourDepth.eight.numbers(of: quiet).foreground == -1)
  }

  @Test func theCursorsRowIsVisibleWithEightColours() {
    let theme = Theme(
      name: "t", roles: [:], backdrops: [.cursor: Style(foreground: .palette(255), background: .palette(237))])
    #expect(theme.fitted(to: .eight).style(.title, on: .cursor).attributes == .reverse)
    #expect(theme.fitted(to: .palette256) == theme)
    #expect(theme.fitted(to: .none) == .mono)
  }
}
