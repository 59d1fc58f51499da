import Testing
import TextCells

@testable import Theming

/// The folder `Themes` at the top of the project, found from this file.
private let themes = ThemeLoader(folders: [
  #filePath.split(separator: "/").dropLast(3).reduce("") { "\($0)/\($1)" } + "/Themes"
])

struct ShippedThemeTests {
  static let names = ["dark", "deuteranopia", "light", "mono", "projector", "tritanopia"]
  static let colourful = names.filter { $0 != "mono" }

  @Test func sixThemesAreShipped() {
    #expect(themes.names() == Self.names)
  }

  @Test(arguments: names)
  func everyShippedThemeIsCompleteAndReadable(name: String) {
    let (theme, problems) = themes.load(name)
    #expect(problems.map(\.sentence) == [])
    #expect(theme.name == name)
    #expect(Set(theme.roles.keys) == Set(Role.allCases))
    #expect(Set(theme.backdrops.keys) == Set(Backdrop.allCases))
  }

  @Test(arguments: names)
  func verdictsDifferWithoutColours(name: String) {
    let theme = themes.load(name).theme
    let verdicts: [Role] = [.confirmed, .falsePositive, .unsure]
    #expect(Set(verdicts.map { theme.style($0, on: .plain).attributes.rawValue }).count == 3)
  }

  @Test(arguments: names)
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

  /// Lines and bars too, which must only be seen.
  @Test(arguments: colourful)
  func everyRoleCanBeReadOnEveryGroundOfTheBackgroundThatItsThemeAssumes(name: String) throws {
    let theme = themes.load(name).theme
    _ = try #require(theme.assumedBackground)
    for role in Role.allCases {
      for backdrop in Backdrop.allCases {
        if role.isDrawing, backdrop != .plain { continue }
        guard let ratio = theme.contrast(of: role, on: backdrop) else { continue }
        #expect(ratio >= Contrast.neededForText, "\(role.rawValue) on \(backdrop.rawValue): \(ratio)")
      }
    }
  }

  @Test func theProjectorsTextHasMoreContrastThanOthersNeedAndABackgroundOfItsOwn() {
    let theme = themes.load("projector").theme
    #expect(theme.backdrops[.plain]?.background?.knownRGB == RGB(255, 255, 255))
    for role in Role.allCases {
      // Success criterion 1.4.6 of WCAG 2.2, which compensates for about half of the contrast being lost.
      #expect((theme.contrast(of: role, on: .plain) ?? 21) >= 7, "\(role.rawValue)")
    }
  }

  // MARK: Terminals with fewer colours

  static let depths: [ColourDepth] = [.eight, .sixteen, .palette256, .direct]

  /// What stands in one place and means different things.
  static let alternatives: [[Role]] = [
    [.confirmed, .falsePositive, .unsure, .unreviewed, .saving],
    [.facetValue, .facetChosen, .facetExcluded],
    [.title, .hit, .hitTerm, .hitCue, .hitBenign, .hitWeak, .hitCurrent, .hiddenCharacter, .disguised],
    [.notice, .warning, .failure], [.filterText, .filterError],
    [.paneTitle, .paneTitleFocused], [.columnHeading, .columnHeadingSorted], [.price, .priceUnread],
    [.text, .flagged],
  ]

  @Test(arguments: names, depths)
  func whatMeansSomethingElseLooksDifferentInFewColoursToo(name: String, depth: ColourDepth) {
    let theme = themes.load(name).theme.fitted(to: depth)
    for roles in Self.alternatives {
      var seen: [String: Role] = [:]
      for role in roles {
        let shown = theme.shown(role, on: .plain, at: depth)
        let look = "\(shown.foreground) \(shown.background) \(shown.attributes.rawValue)"
        // Borders are told apart by their lines, and without colours two roles by their place.
        if name == "mono", [.hitTerm, .disguised].contains(role) { continue }
        #expect(seen[look] == nil, "\(role.rawValue) looks like \(seen[look]?.rawValue ?? "")")
        seen[look] = role
      }
    }
  }

  @Test(arguments: colourful, depths)
  func contrastIsKeptInFewColoursToo(name: String, depth: ColourDepth) throws {
    let theme = themes.load(name).theme
    expectReadable(theme.fitted(to: depth), depth, on: try #require(theme.assumedBackground), name)
  }

  // MARK: Terminals with a background of their own

  static let backgrounds: [(name: String, colour: RGB)] = [
    ("black", RGB(0, 0, 0)), ("white", RGB(255, 255, 255)), ("solarized dark", RGB(0, 0x2B, 0x36)),
    ("solarized light", RGB(0xFD, 0xF6, 0xE3)), ("editor", RGB(0x1E, 0x1E, 0x1E)), ("grey", RGB(0x80, 0x80, 0x80)),
    ("dark grey", RGB(0x3A, 0x3A, 0x3A)), ("light grey", RGB(0xD3, 0xD7, 0xCF)), ("aubergine", RGB(0x30, 0x0A, 0x24)),
    ("blue", RGB(0, 0, 0xAA)), ("middle", RGB(0x76, 0x76, 0x76)),
  ]

  @Test(arguments: colourful, backgrounds)
  func onEveryBackgroundEveryRoleIsLiftedUntilItCanBeRead(name: String, background: (name: String, colour: RGB)) {
    let theme = themes.load(name).theme.adapted(to: background.colour)
    for depth in Self.depths {
      expectReadable(theme.fitted(to: depth), depth, on: background.colour, "\(name) on \(background.name)")
    }
  }

  @Test(arguments: colourful, backgrounds)
  func onEveryBackgroundTheCursorsRowAndMarkedRowsAreSeen(name: String, background: (name: String, colour: RGB)) {
    let theme = themes.load(name).theme.adapted(to: background.colour)
    for backdrop in [Backdrop.cursor, .marked, .bar] {
      guard let own = theme.backdrops[backdrop]?.background?.knownRGB else { continue }
      #expect(Contrast.ratio(own, background.colour) >= Theme.leastSetOff, "\(backdrop.rawValue)")
    }
  }

  private func expectReadable(_ theme: Theme, _ depth: ColourDepth, on background: RGB, _ what: String) {
    for role in Role.allCases {
      for backdrop in Backdrop.allCases {
        let shown = theme.shown(role, on: backdrop, at: depth)
        let behind = depth.looks(ofNumber: shown.background) ?? background
        guard let text = depth.looks(ofNumber: shown.foreground) else { continue }
        let needed = role.isDrawing ? Contrast.neededForLines : Contrast.neededForText
        // Of eight colours none is white; the lightest grey is as far as it goes.
        let best = max(
          Contrast.ratio(depth.looks(ofNumber: depth.number(of: .rgb(RGB(255, 255, 255))))!, behind),
          Contrast.ratio(RGB(0, 0, 0), behind))
        let ratio = Contrast.ratio(text, behind)
        #expect(ratio >= min(needed, best), "\(what), \(depth): \(role.rawValue) on \(backdrop.rawValue) has \(ratio)")
      }
    }
  }

  @Test(arguments: [
    (RGB(0, 0, 0), "dark"), (RGB(255, 255, 255), "light"), (RGB(0xFD, 0xF6, 0xE3), "light"),
    (RGB(0, 0x2B, 0x36), "dark"), (RGB(0x1E, 0x1E, 0x1E), "dark"), (RGB(0xAA, 0xAA, 0xAA), "light"),
    (RGB(0, 0, 0xFF), "dark"), (RGB(0xFF, 0xFF, 0), "light"),
  ])
  func theThemeThatNobodyChoseGoesByTheBackground(background: RGB, name: String) {
    #expect(UnchosenTheme.name(on: background) == name)
    #expect(UnchosenTheme.name(on: nil) == "dark")
  }
}
