import Foundation
import Testing

/// The page of the architecture describes this program.
struct ArchitecturePageTests {
  private static let page = Page.article("Architecture")

  private static func rows(_ part: String) throws -> [[String]] {
    let text = try #require(page.part(part), "\(page.path) has no <!-- \(part) -->")
    return text.components(separatedBy: "\n").dropFirst(2).map { line in
      line.dropFirst().dropLast().components(separatedBy: " |").map { $0.trimmingCharacters(in: .whitespaces) }
    }
  }

  /// What `Package.swift` declares: targets of the program with what they depend on.
  private static func declared() throws -> [String: [String]] {
    let text = try String(contentsOf: Page.root.appendingPathComponent("Package.swift"), encoding: .utf8)
    let declarations = text.matches(
      of: /\.(?:target|executableTarget|systemLibrary)\(\s*name: "(\w+)"(?:,\s*dependencies: \[([^\]]*)\])?/)
    var declared: [String: [String]] = [:]
    for declaration in declarations
    where !["ListingsTestSupport", "CapturesTestSupport", "LinsangBench"].contains(String(declaration.1)) {
      let names = String(declaration.2 ?? "").replacing(/package: "[^"]*"/, with: "")
      declared[String(declaration.1)] = names.matches(of: /"([^"]+)"/).map { String($0.1) }
    }
    return declared
  }

  @Test func theTableOfTargetsIsThePackage() throws {
    let declared = try Self.declared()
    #expect(declared.count > 15)
    var told: Set<String> = []
    for row in try Self.rows("targets") {
      let target = try #require(row.first?.codeSpans.first)
      #expect(told.insert(target).inserted, "\(target) stands twice")
      guard let imports = declared[target] else {
        Issue.record("\(target) is no target any more; take its row out of \(Self.page.path)")
        continue
      }
      let right = imports.isEmpty ? "–" : imports.map { "`\($0)`" }.joined(separator: ", ")
      #expect(Set(row[2].codeSpans) == Set(imports), "\(target) imports \(right)")
    }
    for target in declared.keys.sorted() where !told.contains(target) {
      Issue.record("\(Self.page.path) has no row for \(target)")
    }
  }

  @Test func everyStepOfTheWalkIsAFileAndATypeItHolds() throws {
    let steps = try Self.rows("walk")
    #expect(steps.count > 6)
    for step in steps {
      #expect(!step[2].codeSpans.isEmpty, "\(step[0])")
      for path in step[2].codeSpans {
        let file = Page.root.appendingPathComponent(path).path
        #expect(FileManager.default.fileExists(atPath: file), "the step \(step[0]) opens \(path)")
      }
      for type in step[3].codeSpans {
        #expect(Self.declaredTypes.contains(type), "the step \(step[0]) gives \(type), which is no type")
      }
    }
  }

  @Test func everyFileThatThePageNamesIsThere() {
    for span in Self.page.spans {
      let text = span.text
      guard ["Sources/", "Tests/", ".ci/", ".bench/"].contains(where: text.hasPrefix) else { continue }
      let file = Page.root.appendingPathComponent(text).path
      #expect(FileManager.default.fileExists(atPath: file), "\(Self.page.path):\(span.line) names \(text)")
    }
  }

  /// The names of all types in the sources.
  private static let declaredTypes: Set<String> = {
    let sources = Page.root.appendingPathComponent("Sources").path
    let names = FileManager.default.enumerator(atPath: sources)?.allObjects as? [String] ?? []
    return names.filter { $0.hasSuffix(".swift") }.reduce(into: []) { types, name in
      let text = (try? String(contentsOfFile: sources + "/" + name, encoding: .utf8)) ?? ""
      for match in text.matches(of: /(?:struct|class|enum|protocol|actor|typealias) (\w+)/) {
        types.insert(String(match.1))
      }
    }
  }()
}
