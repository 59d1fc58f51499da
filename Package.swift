// swift-tools-version: 6.0
import PackageDescription

// The arrows between targets are one-way; `Tests/ArchitectureTests` holds every `import` line against this
// list, and the build refuses an import of an undeclared sibling (`--explicit-target-dependency-import-check error`).

// `LINSANG_STRICT=1` makes warnings errors in our own targets, as the project's check does; a newer compiler's new
// warning must not keep anybody else from building.
let strictness: [SwiftSetting] =
  Context.environment["LINSANG_STRICT"] == "1" ? [.unsafeFlags(["-warnings-as-errors"])] : []

let package = Package(
  name: "linsang",
  products: [.executable(name: "linsang", targets: ["LinsangCLI"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
  ],
  targets: [
    // System libraries and C that Swift cannot see.
    .systemLibrary(name: "CNcurses"),
    .systemLibrary(name: "CCrypto"),
    .systemLibrary(name: "CPCRE2"),
    .systemLibrary(name: "CArchive"),
    .systemLibrary(name: "CPictures"),
    .systemLibrary(name: "CExpat"),
    .systemLibrary(name: "CFriBidi"),
    .systemLibrary(name: "CSQLite"),
    .systemLibrary(name: "CSQLiteFile"),
    .target(name: "CPlatform"),

    // Small formats that several of the others write.
    .target(name: "SmallFormats"),

    // The screen's sentences and their translations.
    .target(name: "Sentences", dependencies: ["SmallFormats"]),

    // What a screen is.
    .target(name: "TextCells"),
    .target(name: "TerminalIO", dependencies: ["Sentences", "TextCells"]),
    .target(name: "Theming", dependencies: ["SmallFormats", "Sentences", "TextCells"]),
    .target(
      name: "NcursesBackend",
      dependencies: ["CNcurses", "CFriBidi", "CPlatform", "TextCells", "TerminalIO", "Theming"]),

    // What a listing is, where it comes from, how it is found.
    .target(name: "Hashing", dependencies: ["CCrypto"]),
    .target(name: "Listings", dependencies: ["Sentences", "CPlatform"]),
    .target(
      name: "Intake",
      dependencies: ["SmallFormats", "Sentences", "Listings", "CPlatform", "CArchive", "CExpat", "CSQLite"]),
    .target(name: "Matching", dependencies: ["SmallFormats", "Listings", "CPlatform"]),
    .target(name: "NearDuplicates", dependencies: ["SmallFormats", "Listings", "Matching"]),
    .target(name: "Taxa", dependencies: ["SmallFormats", "Sentences", "Listings", "Matching"]),
    .target(name: "CodeWords", dependencies: ["SmallFormats", "Sentences", "Listings", "Matching", "Taxa"]),
    .target(name: "LexiconWork", dependencies: ["SmallFormats", "Sentences", "Listings", "Matching", "CodeWords"]),
    // What became of listings from scrape to scrape.
    .target(name: "Sightings", dependencies: ["SmallFormats", "Listings"]),
    // How sellers are reached, paid and ship, by the words of an advert.
    .target(name: "Cues", dependencies: ["Listings", "Matching"]),
    .target(
      name: "Filters",
      dependencies: [
        "SmallFormats", "Sentences", "Listings", "Sightings", "NearDuplicates", "CodeWords", "Cues", "Taxa", "CPCRE2",
      ]),
    .target(name: "DemoListings", dependencies: ["SmallFormats"]),

    // How well analysts agree.
    .target(name: "Agreement"),
    // How long something lasts.
    .target(name: "Survival"),

    // What captured files are, and whether web archives are whole.
    .target(name: "Captures", dependencies: ["SmallFormats", "Sentences", "Hashing", "CArchive"]),

    // Pictures decoded, in a process of its own.
    .target(name: "Pictures", dependencies: ["TextCells", "Captures", "CPictures"]),

    // What is decided, and where it is kept.
    .target(name: "Casework", dependencies: ["SmallFormats", "Sentences", "Listings", "Hashing"]),
    .target(
      name: "CaseStore",
      dependencies: [
        "SmallFormats", "Sentences", "Captures", "Casework", "Listings", "Hashing", "CSQLiteFile",
        .product(name: "GRDB", package: "GRDB.swift"),
      ]),
    // What is open.
    .target(
      name: "Workspace",
      dependencies: [
        "Sentences", "Hashing", "Listings", "Sightings", "NearDuplicates", "CodeWords", "Cues", "Taxa", "Casework",
      ]),

    // Rows as evidence, and what leaves the building.
    .target(
      name: "CaseFiles",
      dependencies: [
        "SmallFormats", "Captures", "Hashing", "Listings", "NearDuplicates", "CodeWords", "Cues", "Taxa", "Casework",
        "Workspace",
      ]),
    .target(
      name: "Packets",
      dependencies: [
        "SmallFormats", "Sentences", "Captures", "Hashing", "Listings", "CodeWords", "Matching", "Casework",
        "Workspace",
        "CaseFiles",
      ]),

    // What an analyst chose for every start.
    .target(name: "Settings", dependencies: ["SmallFormats", "Sentences", "TextCells", "Filters"]),

    // Counts of adverts, for publication.
    .target(name: "Tallies", dependencies: ["SmallFormats", "Listings", "CodeWords", "Taxa"]),

    // What the analyst sees and does.
    .target(
      name: "Dashboard",
      dependencies: [
        "TextCells", "TerminalIO", "Listings", "CodeWords", "Cues", "LexiconWork", "Taxa", "Matching", "Filters",
        "Casework", "Workspace", "SmallFormats", "Sentences", "Sightings", "NearDuplicates",
      ]),
    .executableTarget(
      name: "LinsangCLI",
      dependencies: [
        "SmallFormats", "Sentences", "TextCells", "TerminalIO", "Theming", "NcursesBackend", "Hashing", "Listings",
        "Intake", "NearDuplicates",
        "CodeWords", "Cues", "LexiconWork", "Taxa", "Filters", "DemoListings", "Casework", "CaseStore", "Sightings",
        "Workspace", "Agreement", "Survival", "Settings",
        "Captures", "Pictures", "CaseFiles", "Packets", "Tallies",
        "Dashboard",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),

    // Times the engine; `.bench/run` holds it beside its peers.
    .executableTarget(
      name: "LinsangBench",
      dependencies: [
        "Listings", "Intake", "NearDuplicates", "CodeWords", "Matching", "Taxa", "Hashing", "Filters",
      ],
      path: ".bench/Engine"),

    .testTarget(name: "ArchitectureTests"),
    .testTarget(name: "SmallFormatsTests", dependencies: ["SmallFormats", "ListingsTestSupport"]),
    .testTarget(name: "SentencesTests", dependencies: ["Sentences"]),
    .testTarget(name: "TextCellsTests", dependencies: ["TextCells", "CPlatform"]),
    .testTarget(name: "TerminalIOTests", dependencies: ["TerminalIO", "TextCells"]),
    .testTarget(name: "ThemingTests", dependencies: ["Theming", "TextCells"]),
    .testTarget(
      name: "NcursesBackendTests",
      dependencies: ["NcursesBackend", "CNcurses", "TerminalIO", "TextCells", "Theming", "ListingsTestSupport"]),
    .testTarget(name: "HashingTests", dependencies: ["Hashing"]),
    // Invented web archives for tests.
    .target(name: "CapturesTestSupport", dependencies: ["Hashing"], path: "Tests/CapturesTestSupport"),
    .testTarget(name: "CapturesTests", dependencies: ["Captures", "CapturesTestSupport"]),
    .testTarget(
      name: "PicturesTests", dependencies: ["Pictures", "CapturesTestSupport", "TextCells"], exclude: ["Fixtures"]),
    .testTarget(name: "AgreementTests", dependencies: ["Agreement"], exclude: ["Oracle"]),
    .testTarget(name: "CuesTests", dependencies: ["Cues", "Listings", "ListingsTestSupport"]),
    .testTarget(
      name: "TalliesTests",
      dependencies: ["Tallies", "SmallFormats", "Listings", "CodeWords", "Taxa", "Intake", "ListingsTestSupport"]),
    .testTarget(name: "SurvivalTests", dependencies: ["Survival"], exclude: ["Oracle"]),
    // Invented listings for tests, without files.
    .target(name: "ListingsTestSupport", dependencies: ["Listings"], path: "Tests/ListingsTestSupport"),
    .testTarget(name: "ListingsTests", dependencies: ["CPlatform", "Listings", "ListingsTestSupport"]),
    .testTarget(
      name: "IntakeTests",
      dependencies: ["Intake", "SmallFormats", "Listings", "CArchive", "CSQLite", "ListingsTestSupport"],
      exclude: ["Oracle"]),
    .testTarget(
      name: "CodeWordsTests",
      dependencies: [
        "CodeWords", "LexiconWork", "Taxa", "Matching", "SmallFormats", "Listings", "Intake", "ListingsTestSupport",
      ]),
    .testTarget(
      name: "NearDuplicatesTests", dependencies: ["NearDuplicates", "Listings", "ListingsTestSupport"]),
    .testTarget(
      name: "FiltersTests",
      dependencies: [
        "Filters", "SmallFormats", "Sightings", "CodeWords", "Cues", "Taxa", "Listings", "ListingsTestSupport",
      ]),
    .testTarget(name: "DemoListingsTests", dependencies: ["DemoListings", "Hashing"]),
    .testTarget(
      name: "CaseworkTests", dependencies: ["SmallFormats", "Casework", "Listings", "Hashing", "ListingsTestSupport"]),
    .testTarget(
      name: "CaseStoreTests",
      dependencies: [
        "CaseStore", "Captures", "CapturesTestSupport", "Casework", "Listings", "Hashing", "ListingsTestSupport",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      exclude: ["Fixtures"]),
    .testTarget(
      name: "SightingsTests", dependencies: ["Sightings", "SmallFormats", "Intake", "Listings", "ListingsTestSupport"]),
    .testTarget(
      name: "WorkspaceTests", dependencies: ["Workspace", "CodeWords", "Casework", "Listings", "ListingsTestSupport"]),
    .testTarget(
      name: "PacketsTests",
      dependencies: [
        "Packets", "CaseFiles", "Captures", "SmallFormats", "Casework", "CodeWords", "Taxa", "Listings", "Hashing",
        "Workspace",
        "ListingsTestSupport", "CapturesTestSupport",
      ],
      exclude: ["Fixtures"]),
    .testTarget(name: "SettingsTests", dependencies: ["Settings", "SmallFormats", "Filters"]),
    .testTarget(
      name: "DashboardTests",
      dependencies: [
        "Dashboard", "SmallFormats", "Sentences", "TextCells", "TerminalIO", "Listings", "Intake", "Sightings",
        "NearDuplicates",
        "Filters", "Casework",
        "NcursesBackend",
        "CodeWords", "LexiconWork", "Taxa", "CNcurses", "Workspace",
        "Theming", "ListingsTestSupport",
      ],
      exclude: ["Screens"]),
    .testTarget(
      name: "LinsangTests",
      dependencies: [
        "LexiconWork", "LinsangCLI", "CaseStore", "Captures", "Casework", "Listings", "CPlatform", "TextCells",
        "CodeWords", "Dashboard", "Workspace", "Settings", "Sentences", "ListingsTestSupport", "CapturesTestSupport",
      ],
      exclude: ["Oracle"]),
    // README and the catalogue against the program: links, command lines, filters, keys, targets.
    .testTarget(
      name: "DocumentationTests",
      dependencies: [
        "LinsangCLI", "Dashboard", "Filters", "CodeWords", "Taxa", "Intake", "Listings", "TerminalIO", "Settings",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
  ],
  swiftLanguageModes: [.v6]
)

for target in package.targets where ![.system, .plugin, .macro].contains(target.type) && target.name != "CPlatform" {
  target.swiftSettings = (target.swiftSettings ?? []) + strictness
}

// `LINSANG_QUICK=1` optimises our own libraries in a debug build too, as the project's check does: its tests, and the
// program that they start some hundred times, then take a fifth of the time. Without it a debugger sees every variable.
if Context.environment["LINSANG_QUICK"] == "1" {
  for target in package.targets where target.type == .regular && target.name != "CPlatform" {
    target.swiftSettings = (target.swiftSettings ?? []) + [.unsafeFlags(["-O"], .when(configuration: .debug))]
  }
}
