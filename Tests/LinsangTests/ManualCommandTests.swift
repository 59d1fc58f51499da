import Foundation
import Testing

/// `linsang manual`, as a person or a package's build calls it.
@Suite(.waitsElsewhere) struct ManualCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  @Test func aPageIsPrintedAndAllAreWritten() throws {
    let printed = try Program.run("manual", "query", at: place)
    #expect(printed.status == 0)
    #expect(printed.text.hasPrefix(".TH \"LINSANG\\-QUERY\""))
    let written = try Program.shell("$L manual --into share/man1 && ls share/man1", at: place)
    #expect(written.lines.contains("linsang.1") && written.lines.contains("linsang-casebook.1"))
    let page = try String(contentsOfFile: place.path + "/share/man1/linsang-query.1", encoding: .utf8)
    #expect(page == printed.text)
    let again = try Program.shell("cp -r share old && $L manual --into share/man1 && diff -r old share", at: place)
    #expect(again.status == 0, "the same pages, whatever the hour")
  }

  @Test func aPageThatDoesNotExistAndAFolderThatCannotBeAreReported() throws {
    let unknown = try Program.run("manual", "nosuch", at: place)
    #expect(unknown.status == 64)
    #expect(unknown.err.contains("nosuch"))
    let both = try Program.run("manual", "query", "--into", "man1", at: place)
    #expect(both.status == 64)
    try place.write("file", "mine")
    let inTheWay = try Program.run("manual", "--into", "file", at: place)
    #expect(inTheWay.status == 2)
    #expect(inTheWay.err.contains("file"))
    #expect(try String(contentsOfFile: place.path + "/file", encoding: .utf8) == "mine")
  }

  @Test(.enabled(if: Program.outside("groff") != nil)) func groffFormatsEveryPageWithoutAWord() throws {
    let outcome = try Program.shell(
      "$L manual --into man1 && for page in man1/*; do groff -man -Tutf8 -ww -z $page 2>&1; done", at: place)
    #expect(outcome.status == 0)
    #expect(outcome.text.isEmpty, "\(outcome.text)")
  }
}
