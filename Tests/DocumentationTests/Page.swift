import Foundation

/// A page that people read: README, or an article of the catalogue.
struct Page: Sendable {
  /// From the project's folder.
  let path: String
  let text: String

  var name: String { (path as NSString).lastPathComponent }
  var lines: [String] { text.components(separatedBy: "\n") }

  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()
  static let catalogue = "Sources/LinsangCLI/Linsang.docc"

  static let readme = Page(at: "README.md")
  static let articles: [Page] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path + "/" + catalogue)) ?? []
    return names.filter { $0.hasSuffix(".md") }.sorted().map { Page(at: catalogue + "/" + $0) }
  }()
  static let all = [readme] + articles
  /// The pages for people who use the program.
  static let manual = articles.filter { $0.name != "Architecture.md" }

  static func article(_ name: String) -> Page { Page(at: catalogue + "/\(name).md") }

  init(at path: String) {
    self.path = path
    let url = Self.root.appendingPathComponent(path)
    text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
  }

  // MARK: What stands on it

  /// A line of text or code, with its number from 1.
  struct Line {
    let number: Int
    let text: String
    let isCode: Bool
  }

  /// Every line, and whether it is code that is typed: indented, behind an empty line. What is fenced is to be looked at, and
  /// is left out.
  var numbered: [Line] {
    var (isFenced, isIndented, wasEmpty) = (false, false, true)
    return lines.enumerated().compactMap { index, line in
      if line.hasPrefix("```") {
        isFenced.toggle()
        return nil
      }
      if isFenced { return nil }
      isIndented = line.hasPrefix("    ") && (isIndented || wasEmpty)
      wasEmpty = line.allSatisfy(\.isWhitespace)
      let text = isIndented ? line.trimmingCharacters(in: .whitespaces) : line
      return Line(number: index + 1, text: text, isCode: isIndented)
    }
  }

  /// What stands in backticks outside of blocks of code.
  var spans: [(line: Int, text: String)] {
    numbered.filter { !$0.isCode }.flatMap { line in
      line.text.matches(of: /`([^`]+)`/).map { (line.number, String($0.1)) }
    }
  }

  /// What stands between `<!-- name -->` and `<!-- /name -->`; nil where the marks are not there.
  func part(_ name: String) -> String? {
    guard let start = text.range(of: "<!-- \(name) -->\n"), let end = text.range(of: "\n<!-- /\(name) -->"),
      start.upperBound <= end.lowerBound
    else { return nil }
    return String(text[start.upperBound..<end.lowerBound])
  }

  /// A table, cell by cell. `|` within a cell does not occur in these pages.
  struct Table {
    let head: [String]
    let rows: [[String]]
  }

  var tables: [Table] {
    var tables: [Table] = []
    var open: [[String]] = []
    func close() {
      if open.count > 2 { tables.append(Table(head: open[0], rows: Array(open.dropFirst(2)))) }
      open = []
    }
    for line in numbered {
      guard !line.isCode, line.text.hasPrefix("|") else {
        close()
        continue
      }
      let cells = line.text.dropFirst().dropLast().components(separatedBy: " |")
      open.append(cells.map { $0.trimmingCharacters(in: .whitespaces) })
    }
    close()
    return tables
  }

  /// The anchors that a browser makes of the headings.
  var anchors: Set<String> {
    Set(
      numbered.filter { !$0.isCode && $0.text.hasPrefix("#") }.map { line in
        let words = line.text.drop { $0 == "#" || $0 == " " }.lowercased()
        return String(
          words.filter { $0.isLetter || $0.isNumber || $0 == " " || $0 == "-" }.map { $0 == " " ? "-" : $0 })
      })
  }
}

extension String {
  /// What stands in backticks.
  var codeSpans: [String] { matches(of: /`([^`]+)`/).map { String($0.1) } }
}
