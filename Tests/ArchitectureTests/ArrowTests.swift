import Foundation
import Testing

struct ArrowTests {
  /// What each target may import of the project and of the packages it uses. The arrows go one way only.
  static let allowed: [String: Set<String>] = [
    "CNcurses": [], "CCrypto": [], "CArchive": [], "CExpat": [], "CSQLite": [], "CSQLiteFile": [], "CPCRE2": [],
    "CPictures": [], "CFriBidi": [],
    "CPlatform": [], "TextCells": [], "SmallFormats": [], "Sentences": ["SmallFormats"],
    "TerminalIO": ["Sentences", "TextCells"],
    "Theming": ["Sentences", "SmallFormats", "TextCells"],
    "NcursesBackend": ["CNcurses", "CFriBidi", "CPlatform", "TextCells", "TerminalIO", "Theming"],
    "Hashing": ["CCrypto"],
    "Listings": ["Sentences", "CPlatform"],
    "Intake": ["Sentences", "SmallFormats", "Listings", "CPlatform", "CArchive", "CExpat", "CSQLite"],
    "Matching": ["SmallFormats", "CPlatform", "Listings"],
    "NearDuplicates": ["SmallFormats", "Listings", "Matching"],
    "Taxa": ["Sentences", "SmallFormats", "Listings", "Matching"],
    "CodeWords": ["Sentences", "SmallFormats", "Listings", "Matching", "Taxa"],
    "LexiconWork": ["Sentences", "SmallFormats", "Listings", "Matching", "CodeWords"],
    "Sightings": ["SmallFormats", "Listings"],
    "Cues": ["Listings", "Matching"],
    "Filters": [
      "Sentences", "SmallFormats", "Listings", "Sightings", "NearDuplicates", "Taxa", "CodeWords", "Cues", "CPCRE2",
    ],
    "DemoListings": ["SmallFormats"],
    "Captures": ["Sentences", "SmallFormats", "Hashing", "CArchive"],
    "Pictures": ["TextCells", "Captures", "CPictures"],
    "Agreement": [], "Survival": [],
    "Casework": ["Sentences", "SmallFormats", "Listings", "Hashing"],
    "CaseStore": ["Sentences", "SmallFormats", "Captures", "Casework", "Listings", "Hashing", "CSQLiteFile", "GRDB"],
    "Workspace": [
      "Sentences", "Hashing", "Listings", "Sightings", "NearDuplicates", "Taxa", "CodeWords", "Cues", "Casework",
    ],
    "CaseFiles": [
      "SmallFormats", "Captures", "Hashing", "Listings", "NearDuplicates", "Taxa", "CodeWords", "Cues", "Casework",
      "Workspace",
    ],
    "Packets": [
      "Sentences", "SmallFormats", "Captures", "Hashing", "Listings", "Matching", "CodeWords", "Casework", "Workspace",
      "CaseFiles",
    ],
    "Settings": ["Sentences", "SmallFormats", "TextCells", "Filters"],
    "Tallies": ["SmallFormats", "Listings", "CodeWords", "Taxa"],
    "Dashboard": [
      "Sentences", "SmallFormats", "TextCells", "TerminalIO", "Listings", "Matching", "Taxa", "CodeWords", "Cues",
      "LexiconWork",
      "Sightings", "NearDuplicates", "Filters", "Casework", "Workspace",
    ],
    "LinsangCLI": [
      "Sentences", "SmallFormats", "TextCells", "TerminalIO", "Theming", "NcursesBackend", "Hashing", "Listings",
      "Intake",
      "NearDuplicates", "Taxa", "CodeWords", "Cues", "LexiconWork", "Filters", "DemoListings", "Casework", "CaseStore",
      "Sightings", "Workspace", "Agreement", "Survival",
      "Captures", "Pictures", "CaseFiles", "Packets", "Tallies", "Settings", "Dashboard", "ArgumentParser",
    ],
  ]

  /// What the platform gives; everything else is the project's or a package's.
  static let platform: Set<String> = ["Glibc", "Foundation", "Dispatch", "Synchronization", "RegexBuilder"]

  /// Targets whose code is values and bytes, and needs no Foundation.
  static let withoutFoundation: Set<String> = [
    "Listings", "TextCells", "SmallFormats", "Dashboard", "Filters", "Casework", "Workspace", "Sightings",
    "NearDuplicates", "Agreement", "Survival", "Tallies", "Cues", "Settings",
  ]

  @Test func thereAreSourcesToJudge() {
    #expect(ProjectFolder.sources.count > 50)
    #expect(ProjectFolder.sources.flatMap(\.importedModules).count > 50)
  }

  @Test func everyImportFollowsAnArrow() throws {
    for file in ProjectFolder.sources {
      let arrows = try #require(Self.allowed[file.target], "\(file.path) is in a target without arrows")
      for module in file.importedModules where !Self.platform.contains(module) {
        #expect(arrows.contains(module), "\(file.path) imports \(module)")
      }
    }
  }

  @Test func everyArrowIsUsed() {
    for (target, arrows) in Self.allowed {
      let imported = Set(ProjectFolder.sources.filter { $0.target == target }.flatMap(\.importedModules))
      #expect(arrows.subtracting(imported) == [], "\(target) imports none of these")
    }
  }

  @Test func theArrowsGoOneWay() {
    // A target is settled when all that it imports is settled; a ring never is.
    var settled: Set<String> = ["GRDB", "ArgumentParser"]
    var open = Self.allowed
    while let next = open.first(where: { $0.value.isSubset(of: settled) })?.key {
      settled.insert(next)
      open[next] = nil
    }
    #expect(open.keys.sorted() == [])
  }

  @Test func foundationStaysOutOfTheEngineAndTheDashboard() {
    for file in ProjectFolder.sources where Self.withoutFoundation.contains(file.target) {
      #expect(!file.importedModules.contains("Foundation"), "\(file.path)")
    }
  }

  @Test(arguments: [
    ("GRDB", ["CaseStore"]), ("CNcurses", ["NcursesBackend"]), ("CCrypto", ["Hashing"]),
    // Packed listings become files that are mapped; of evidence nothing is ever unpacked to disk.
    ("CArchive", ["Intake", "Captures"]),
    ("CPictures", ["Pictures"]), ("CExpat", ["Intake"]), ("CSQLite", ["Intake"]), ("CSQLiteFile", ["CaseStore"]),
    ("CPCRE2", ["Filters"]),
    ("ArgumentParser", ["LinsangCLI"]),
  ])
  func aForeignLibraryHasItsImporters(library: String, importers: [String]) {
    for file in ProjectFolder.sources where file.importedModules.contains(library) {
      #expect(importers.contains(file.target), "\(file.path) imports \(library)")
    }
  }

  @Test func thePackageDrawsNoArrowBeyondTheTable() throws {
    let package = try String(contentsOf: ProjectFolder.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    // `.target(name: "X", dependencies: ["A", .product(name: "B", package: "b")])`, over one line or several.
    let declarations = package.matches(
      of: /\.(?:target|executableTarget|systemLibrary)\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?/)
    var declared: Set<String> = []
    for declaration in declarations {
      let name = String(declaration.1)
      // Neither is part of the program: invented listings for tests, and the benchmark.
      guard !["ListingsTestSupport", "CapturesTestSupport", "LinsangBench"].contains(name) else { continue }
      declared.insert(name)
      let text = String(declaration.2 ?? "").replacing(/package: "[^"]*"/, with: "")
      let targets = Set(text.matches(of: /"([^"]+)"/).map { String($0.1) })
      let arrows = try #require(Self.allowed[name], "\(name) has no arrows")
      #expect(targets.isSubset(of: arrows), "\(name) depends on \(targets.subtracting(arrows).sorted())")
    }
    let folders = Set(
      ProjectFolder.paths(below: "Sources").compactMap { path -> String? in
        let parts = path.split(separator: "/")
        return parts.count == 2 ? String(parts[1]) : nil
      })
    #expect(declared == folders, "targets and folders of Sources")
  }
}
