import Dashboard
import TerminalIO
import Testing

/// The keys that the pages name are those of the command table.
struct KeysPageTests {
  private static let labels = KeyTable.labels
  private static let names = Set(CommandTable.all.map(\.name))

  @Test func theKeyTableIsTheCommandTable() throws {
    let table = try #require(Page.article("Keys").part("keys"), "the page of keys has no table")
    #expect(table == KeyTable.markdown(), "put what `linsang keys` prints between the marks")
  }

  @Test func everyKeyOnThePageOfKeysIsOne() {
    let page = Page.article("Keys")
    // What the table says, its column of places, and programs.
    let others: Set<String> = ["listings", "facets"]
    for span in page.spans where !span.text.hasPrefix("linsang ") && !others.contains(span.text) {
      #expect(
        Self.labels.contains(span.text) || Self.names.contains(span.text), "\(page.path):\(span.line): \(span.text)")
    }
  }

  @Test func everyTableOfKeysNamesKeys() {
    var count = 0
    for page in Page.all {
      for table in page.tables where table.head.first == "key" {
        for key in table.rows.flatMap({ $0[0].codeSpans }) {
          count += 1
          #expect(Self.labels.contains(key), "\(page.path): \(key)")
        }
      }
    }
    #expect(count > 12)
  }

  @Test func theWeekInREADMEUsesKeys() {
    let steps = Page.readme.spans.filter { $0.text.count == 1 || Self.labels.contains($0.text) }.map(\.text)
    #expect(steps.count > 12)
    for step in steps where step != "-" { #expect(Self.labels.contains(step), "\(step)") }
  }
}
