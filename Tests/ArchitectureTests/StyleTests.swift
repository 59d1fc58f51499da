import Foundation
import Testing

struct StyleTests {
  private static let code = ProjectFolder.files(below: "Sources", endings: ["swift", "c", "h"])
  private static let tests = ProjectFolder.files(below: "Tests", endings: ["swift"])

  /// Files that are tables, which no reader reads from top to bottom.
  private static let tables: Set<String> = [
    "Sources/TextCells/GlyphClassTable.swift", "Sources/Listings/FoldingTable.swift",
    "Sources/Matching/Tables/DecompositionTable.swift",
  ]

  @Test func noFolderIsADrawer() {
    let drawers: Set<String> = [
      "utils", "util", "helpers", "helper", "common", "misc", "extensions", "types", "managers",
    ]
    for path in ProjectFolder.paths(below: "Sources") + ProjectFolder.paths(below: "Tests") {
      let names = path.split(separator: "/").map { $0.split(separator: ".")[0].lowercased() }
      #expect(drawers.isDisjoint(with: names), "\(path)")
    }
  }

  @Test func everyFileIsAboutOneSubject() {
    for file in Self.code + Self.tests where !Self.tables.contains(file.path) {
      #expect(file.lines.count <= 500, "\(file.path) has \(file.lines.count) lines")
    }
    for table in Self.tables { #expect(Self.code.contains { $0.path == table }, "\(table) is gone") }
  }

  @Test func nothingBelowTheCommandLinePrintsOrInsists() {
    for file in ProjectFolder.sources where file.target != "LinsangCLI" {
      for (number, line) in file.lines.enumerated() where !line.drop(while: \.isWhitespace).hasPrefix("//") {
        #expect(!line.holds("try!"), "\(file.path):\(number + 1)")
        guard line.holds("rint(") else { continue }
        #expect(!line.contains(#/(?:^|[^.\w])(?:debugPrint|print)\(/#), "\(file.path):\(number + 1)")
      }
    }
  }

  @Test func nothingIsPublicAndTheMainActorIsNotUsed() {
    for file in ProjectFolder.sources {
      for (number, line) in file.lines.enumerated() where !line.drop(while: \.isWhitespace).hasPrefix("//") {
        #expect(!line.holds("@MainActor"), "\(file.path):\(number + 1)")
        guard line.holds("public") || line.holds("open") else { continue }
        #expect(!line.contains(#/^\s*(?:public|open)\s/#), "\(file.path):\(number + 1)")
      }
    }
  }

  @Test func everyUncheckedSendableSaysWhyItIsSafe() {
    for file in ProjectFolder.sources {
      for (number, line) in file.lines.enumerated() where line.holds("@unchecked Sendable") {
        guard !line.drop(while: \.isWhitespace).hasPrefix("//") else { continue }
        let next = file.lines[min(number + 1, file.lines.count - 1)]
        #expect(next.drop(while: \.isWhitespace).hasPrefix("//"), "\(file.path):\(number + 1)")
      }
    }
  }

  @Test func noPathOfAMachineIsWrittenDown() {
    let data = ["Lexicons", "Themes"].flatMap { ProjectFolder.files(below: $0, endings: ["csv", "toml", "md"]) }
    // Written in parts, so that this file does not find itself.
    let homes = ["home", "Users", "root", "work"].map { "/" + $0 + "/" } + ["/tmp/" + "wt"]
    for file in Self.code + Self.tests + data where homes.contains(where: { file.text.holds($0) }) {
      for (number, line) in file.lines.enumerated() {
        for home in homes where line.holds(home) {
          // An address may have such a path, and so may an invented one in a test: only a quoted beginning counts.
          #expect(!line.contains("\"" + home), "\(file.path):\(number + 1)")
        }
      }
    }
  }
}
