import CodeWords
import Filters
import Foundation
import Intake
import Listings
import Testing

@testable import LinsangCLI
import Taxa

/// The filters of the pages are read by the program's own reader, with its taxon tables.
struct FilterExampleTests {
  struct Example: CustomTestStringConvertible {
    let page: String
    let line: Int
    let filter: String

    var testDescription: String { "\(page):\(line) \(filter)" }
  }

  private static let names = Set(FilterCompletion.names + Field.allCases.map(\.rawValue) + ["views"])
  private static let taxa = TaxonTable(lexicons: [Page.root.path + "/Lexicons"])

  /// In sentences `name:value`; on the filter's own page the first cells of tables and all lines of code; and what command
  /// lines filter by.
  static let all: [Example] = Page.all.filter { $0.name != "Architecture.md" }.flatMap { page -> [Example] in
    func example(_ line: Int, _ filter: String) -> Example { Example(page: page.path, line: line, filter: filter) }
    var found = page.spans.filter { isFieldWithValue($0.text) }.map { example($0.line, $0.text) }
    if page.name == "Filter.md" {
      let cells = page.tables.flatMap(\.rows).flatMap { $0[0].codeSpans }
      found += cells.map { example(0, $0) }
      let code = page.numbered.filter { $0.isCode && !$0.text.isEmpty && !$0.text.hasPrefix("linsang") }
      found += code.map { example($0.number, $0.text) }
    }
    for line in CommandLineExample.all where line.page == page.path && line.isWhole {
      let filter =
        switch try? line.parsed() {
        case let query as QueryCommand: query.filter
        case let stats as StatsCommand: stats.filter
        case let packet as PacketCommand: packet.filter
        default: ""
        }
      if !filter.isEmpty { found.append(example(line.line, filter)) }
    }
    return found
  }

  private static func isFieldWithValue(_ text: String) -> Bool {
    guard let match = text.firstMatch(of: /^-?([a-z_]+):[^ \/]/) else { return false }
    return names.contains(String(match.1))
  }

  @Test func thereAreExamplesToJudge() {
    #expect(Self.all.count > 70)
    #expect(Self.all.contains { $0.line == 0 && $0.filter == "\"ivory ring\"" })
    #expect(!Self.taxa.isEmpty)
  }

  @Test(arguments: all) func everyFilterIsRead(example: Example) {
    do throws(FilterProblem) {
      _ = try FilterSyntax.read(
        example.filter, columns: ["views"], taxa: Self.taxa,
        lists: ["suspects.txt": ValueList(name: "suspects.txt", values: ["rosa"])])
    } catch {
      Issue.record("\(error.sentence)")
    }
  }

  @Test func theFilterPageNamesEverythingThatCanBeAsked() {
    let page = Page.article("Filter")
    let spans = page.spans.map(\.text)
    for name in FilterCompletion.names {
      #expect(spans.contains { $0 == name || $0.hasPrefix(name + ":") }, "\(page.path) does not name \(name)")
    }
    for state in ListingState.allCases { #expect(spans.contains("is:" + state.rawValue), "\(page.path): \(state)") }
  }

  @Test func theFieldsAreOnThePageOfColumns() {
    let fields = Page.article("Columns").tables.first?.rows.flatMap { $0[0].codeSpans }
    #expect(Set(fields ?? []) == Set(Field.allCases.map(\.rawValue)))
  }

  @Test func theWordsOfDialectsAndTheEncodingsAreOnThePageOfFiles() {
    let page = Page.article("OpeningFiles")
    for word in DialectChoice.words { #expect(page.spans.contains { $0.text == word }, "\(page.path): \(word)") }
    for encoding in TextEncoding.allCases where !encoding.rawValue.hasPrefix("UTF") && encoding != .korean {
      #expect(page.text.contains(encoding.rawValue), "\(page.path): \(encoding.rawValue)")
    }
  }
}
