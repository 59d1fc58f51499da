import Foundation

/// The project as files, found from where this file lies.
enum ProjectFolder {
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file of the project, by its path from the root.
  struct File: Sendable {
    let path: String
    let text: String
    let lines: [Substring]
    let importedModules: [String]

    init(path: String, text: String) {
      (self.path, self.text) = (path, text)
      lines = text.split(separator: "\n", omittingEmptySubsequences: false)
      importedModules = path.hasSuffix(".swift") ? lines.compactMap { Self.importedModule(in: $0) } : []
    }

    var target: String { String(path.split(separator: "/")[1]) }

    private static func importedModule(in line: Substring) -> String? {
      guard line.holds("import "),
        let match = line.firstMatch(
          of:
            /^\s*(?:@\w+(?:\([^)]*\))? )*(?:(?:package|public|private|internal|fileprivate) )?import (?:(?:struct|class|enum|protocol|func|var|let|typealias) )?(\w+)/
        )
      else { return nil }
      return String(match.1)
    }
  }

  /// All files below a folder with one of `endings`, by path.
  static func files(below folder: String, endings: Set<String>) -> [File] {
    paths(below: folder).filter { endings.contains(($0 as NSString).pathExtension) }.compactMap { path in
      (try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)).map { File(path: path, text: $0) }
    }
  }

  /// Every file and folder below a folder, hidden ones left out.
  static func paths(below folder: String) -> [String] {
    let base = root.appendingPathComponent(folder)
    let names = FileManager.default.enumerator(atPath: base.path)?.allObjects as? [String] ?? []
    return names.filter { !$0.split(separator: "/").contains { $0.hasPrefix(".") } }.map { folder + "/" + $0 }.sorted()
  }

  static let sources = files(below: "Sources", endings: ["swift"])
}

extension StringProtocol {
  /// Whether the word stands in it, told by bytes: to match a pattern against every line of the project would take minutes.
  func holds(_ word: String) -> Bool { withCString { text in word.withCString { strstr(text, $0) != nil } } }
}
