import Foundation
import Testing

/// Links lead somewhere, and every page can be reached.
struct LinkTests {
  private struct Link {
    let line: Int
    let target: String
    let anchor: String?
  }

  private static func links(of page: Page) -> [Link] {
    page.numbered.filter { !$0.isCode }.flatMap { line in
      line.text.matches(of: /\[[^\]]*\]\(([^)]+)\)/).map { match in
        let parts = match.1.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
        return Link(line: line.number, target: String(parts[0]), anchor: parts.count > 1 ? String(parts[1]) : nil)
      }
    }
  }

  /// The page or file that a link leads to, from the project's folder; nil for one that leads out of it.
  private static func target(of link: Link, on page: Page) -> String? {
    if link.target.hasPrefix("https://") { return nil }
    if link.target.isEmpty { return page.path }
    let folder = (page.path as NSString).deletingLastPathComponent
    return ((folder as NSString).appendingPathComponent(link.target) as NSString).standardizingPath
  }

  @Test func thereIsACatalogue() {
    #expect(Page.articles.count > 10)
    #expect(!Page.readme.text.isEmpty)
  }

  @Test(arguments: Page.all.map(\.path)) func everyLinkLeadsToAFile(path: String) {
    let page = Page(at: path)
    for link in Self.links(of: page) {
      guard let target = Self.target(of: link, on: page) else { continue }
      let file = Page.root.appendingPathComponent(target).path
      #expect(FileManager.default.fileExists(atPath: file), "\(path):\(link.line) links to \(target)")
      guard let anchor = link.anchor, target.hasSuffix(".md") else { continue }
      #expect(Page(at: target).anchors.contains(anchor), "\(path):\(link.line) links to #\(anchor) of \(target)")
    }
  }

  @Test func everyPageIsReachedFromREADMEAndFromTheFirstPage() {
    for first in [Page.readme, Page.article("Linsang")] {
      let reached = Set(Self.links(of: first).compactMap { Self.target(of: $0, on: first) } + [first.path])
      for page in Page.articles { #expect(reached.contains(page.path), "\(first.path) does not link to \(page.path)") }
    }
  }

  @Test func everyArticleHasATitleAndASentenceAndAnOverview() {
    // Swift-DocC takes the first heading for the title, and the paragraph behind it for the abstract.
    for page in Page.articles {
      #expect(page.lines.first?.hasPrefix("# ") == true, "\(page.path)")
      #expect(page.lines.dropFirst(2).first?.hasSuffix(".") == true, "\(page.path): one sentence follows the title")
      #expect(page.lines.contains("## Overview"), "\(page.path)")
    }
  }

  @Test func noPageNamesAMachine() {
    let homes = ["home", "Users", "root", "work"].map { "/" + $0 + "/" }
    for page in Page.all {
      for home in homes { #expect(!page.text.contains(home), "\(page.path) names \(home)") }
    }
  }

  @Test func READMEIsAFrontDoor() {
    #expect(Page.readme.lines.count <= 120, "what is said at length belongs into the manual")
    // The project's check runs the second as it stands there.
    for command in ["    .ci/setup && swift run linsang demo", "    .ci/setup && swift test"] {
      #expect(Page.readme.lines.prefix(20).contains(command))
    }
  }
}
