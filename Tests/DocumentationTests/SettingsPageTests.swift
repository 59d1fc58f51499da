import Dashboard
import Foundation
import Settings
import Testing

/// The page about settings against the table of settings and the commands.
struct SettingsPageTests {
  private let page = Page.article("Configuration")

  @Test func theTableOfSettingsIsTheTableOfTheProgram() throws {
    let table = try #require(page.part("settings"), "the page has no table of settings")
    #expect(table == PrintedSettings.markdown, "put this between the marks:\n\(PrintedSettings.markdown)")
  }

  /// The indented examples of a page that are settings files.
  private var examples: [String] {
    var examples: [String] = []
    var lines: [String] = []
    for line in page.text.components(separatedBy: "\n") + ["."] {
      if line.hasPrefix("    ") || (line.isEmpty && !lines.isEmpty) {
        lines.append(String(line.dropFirst(4)))
      } else if !line.isEmpty {
        let text = lines.joined(separator: "\n")
        if text.contains(" = [") || text.contains("\n[") { examples.append(text) }
        lines = []
      }
    }
    return examples
  }

  @Test func everyExampleOfSettingsAndKeysIsRight() {
    #expect(examples.count == 6)
    for example in examples {
      let file = SettingsFile(example, path: "example")
      #expect(file.problems == [], "\(example)")
      #expect(!file.entries.isEmpty || !file.keys.isEmpty)
      let keys = file.keys.map { KeyChoice(command: $0.command, keys: $0.keys, line: $0.line) }
      #expect(KeyBindings.read(keys).problems == [], "\(example)")
    }
  }

  /// A sentence asks for the key of a command by its name; a name that no command has would end the program.
  @Test func everySentenceAsksForTheKeyOfACommandThatExists() throws {
    let names = Set(CommandTable.all.map(\.name))
    var count = 0
    for folder in ["Dashboard", "LinsangCLI"] {
      let root = Page.root.appendingPathComponent("Sources/\(folder)")
      let files = try #require(FileManager.default.enumerator(at: root, includingPropertiesForKeys: nil))
      for case let file as URL in files where file.pathExtension == "swift" {
        let text = try String(contentsOf: file, encoding: .utf8)
        for match in text.matches(of: /(?:[kK]ey\(|keys\(of: |label\(of: |shortLabel\(of: )"([a-z-]+)"\)/) {
          count += 1
          #expect(names.contains(String(match.1)), "\(file.lastPathComponent): \(match.0)")
        }
        for match in text.matches(of: /\bas: \[([^\]]+)\]/) {
          for name in match.1.matches(of: /"([a-z-]+)"/) {
            #expect(names.contains(String(name.1)), "\(file.lastPathComponent): \(match.0)")
          }
        }
      }
    }
    #expect(count > 40)
  }
}
