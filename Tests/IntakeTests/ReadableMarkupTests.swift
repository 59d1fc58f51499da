@testable import Intake
import Listings
import ListingsTestSupport
import Testing
import SmallFormats

@Suite struct ReadableMarkupTests {
  @Test(arguments: [
    ("Fish &amp; Chips", "Fish & Chips"), ("&#39;q&#39; &#x4E2D;&#20013;", "'q' 中中"), ("a&nbsp;b", "a b"),
    ("&lt;b&gt; x", "<b> x"), ("Tom &amp;amp; Co", "Tom &amp; Co"), ("x<br>y<br/>z<BR />", "x\ny\nz"),
    ("<p>one</p><p class=\"x\">two</p>", "one\ntwo"), ("iv<b>or</b>y", "ivory"), ("iv<!-- x -->ory", "ivory"),
    ("<ul><li>a</li><li>b</li></ul>", "a\nb"), ("a<td>1</td><td>2</td>", "a 1 2 "),
    ("<a href='?a=1&b=2'>link</a>", "link"),
    ("2 &hellip; &Auml;&NBSP;&euro;", "2 … Ä €"), ("&#55357;&#56842;", "😊"), ("&#150;", "–"), ("&lt;br&gt;", "<br>"),
  ])
  func markupIsReadAsABrowserShowsIt(_ text: String, _ shown: String) {
    #expect(ReadableMarkup.decoded(text) == shown, "\(text)")
  }

  @Test(arguments: [
    "price < 500 & > 3", "<3 you", "?a=1&copy=2", "AT&T; x", "&;", "&#;", "&#x;", "<name@example>", "if a<i and b>c",
    "<br",
    "<unknown>", "&#27;[31m", "&#0;", "&#xD800;", "&#1114112;", "&zzz;", "<", "&", "<!-- open", "</", "< b>", "a<b", "",
  ])
  func whatIsNoMarkupStaysAsItStands(_ text: String) {
    #expect(ReadableMarkup.decoded(text) == nil, "\(text)")
  }

  @Test func searchFacetsAndCellsSeeTheTextAndTheRecordKeepsTheOriginal() throws {
    let text = """
      title,description,seller,species,url,price
      Fish &amp; Chips,<p>iv<b>or</b>y</p><p>ring</p>,M&uuml;ller,Naja<br>naja,https://x.example/?a=1&amp;b=2,&euro;550
      plain,price < 500 & > 3,Müller,Naja,https://x.example/?a=1&b=3,5 €

      """
    let (dataset, problems) = try DatasetOpening.open(text: text)
    #expect(problems.isEmpty)
    #expect(dataset.text(of: .title, at: 0) == "Fish & Chips")
    #expect(dataset.text(of: .description, at: 0) == "ivory\nring")
    #expect(dataset.codes(of: .sellerAlias)[0] == dataset.codes(of: .sellerAlias)[1])
    #expect(dataset.price(at: 0).amount?.description == "550")
    #expect(dataset.price(at: 0).currency == "EUR")
    #expect(dataset.text(of: .url, at: 0) == "https://x.example/?a=1&amp;b=2")
    #expect(dataset.text(of: .description, at: 1) == "price < 500 & > 3")
    #expect(
      dataset.cells(of: 0).filter(\.hadMarkup).compactMap(\.field) == [
        .title, .description, .sellerAlias, .species, .price,
      ])
    #expect(dataset.cells(of: 1).allSatisfy { !$0.hadMarkup })
    #expect(dataset.sources[0].markupCells == 5)
    #expect(String(decoding: dataset.record(at: 0), as: UTF8.self).hasPrefix("Fish &amp; Chips,<p>iv<b>"))
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func aListingHasOneKeyWithAndWithoutReferences() throws {
    let text = "title,seller,price\nFish &amp; Chips,M&#252;ller,5\nFish & Chips,Müller,5\n"
    let (dataset, _) = try DatasetOpening.open(text: text)
    #expect(dataset.key(at: 0) == dataset.key(at: 1))
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func keysOfIdsAreMadeOfWhatStandsThereAndAddressesOfTheirParameters() throws {
    let text = "platform,listing_id,url,title\nA&amp;B,1&amp;2,,x\n,,https://x.example/?a=1&amp;b=2,x\n"
    let (dataset, _) = try DatasetOpening.open(text: text)
    #expect(dataset.key(at: 0).text == "id:a&amp;b/1&amp;2")
    #expect(dataset.key(at: 1).text == "url:x.example?a=1&b=2")
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  @Test func linesOfJSONAreDecodedAfterTheirEscapes() throws {
    let text = #"{"title": "a \u003cb\u003eb\u003c/b\u003e \u0026amp; c", "description": "<br>"}"# + "\n"
    let (dataset, _) = try DatasetOpening.open(text: text, name: "week.jsonl")
    #expect(dataset.text(of: .title, at: 0) == "a b & c")
    #expect(dataset.bytes(of: .description, at: 0).count == 0)
    #expect(dataset.sources[0].markupCells == 2)
    #expect(dataset.rowsWithAnotherKey.isEmpty)
  }

  /// Oracle: text escaped as HTML reads back as it was.
  @Test func everyTextReadsBackFromItsEscapedForm() {
    var random = Dice(seed: 29)
    let parts = ["a", "Ä", "中", "<", ">", "&", "\"", "'", " ", "\n", "amp;", "#39;", "br", "1", "😊", ";"]
    for _ in 0..<Trials.count(1_000) {
      let text = (0..<Int.random(in: 0..<12, using: &random)).map { _ in parts.randomElement(using: &random)! }.joined()
      let escaped = text.unicodeScalars.map { scalar in
        switch scalar {
        case "&": Bool.random(using: &random) ? "&amp;" : "&#38;"
        case "<": "&lt;"
        case ">": Bool.random(using: &random) ? "&gt;" : ">"
        case "\"": "&quot;"
        default:
          scalar.value > 0x7F && Bool.random(using: &random) ? "&#x\(String(scalar.value, radix: 16));" : String(scalar)
        }
      }.joined()
      #expect((ReadableMarkup.decoded(escaped) ?? escaped) == text, "\(escaped)")
    }
  }

  @Test func anyTextIsDecodedWithoutHarm() {
    var random = Dice(seed: 31)
    let parts = [
      "<", ">", "/", "&", ";", "#", "x", "amp", "br", "p", " ", "=", "!--", "-->", "1", "27", "中", "b", "\"",
    ]
    for _ in 0..<Trials.count(1_000) {
      let text = (0..<Int.random(in: 0..<14, using: &random)).map { _ in parts.randomElement(using: &random)! }.joined()
      guard let shown = ReadableMarkup.decoded(text) else { continue }
      #expect(shown.utf8.count < text.utf8.count, "\(text)")
      #expect(!shown.utf8.contains { $0 < 32 && $0 != 10 }, "\(text)")
      // Digits outside tags and references are all there.
      if !text.contains("&"), !text.contains("<") { Issue.record("\(text) has no markup") }
    }
  }

  @Test func hostileTextTakesNoMoreThanItsLength() {
    for part in ["<", "<b ", "<!--", "&#", "<!-- -->", "&amp"] {
      let text = String(repeating: part, count: 100_000)
      #expect((ReadableMarkup.decoded(text) ?? text).utf8.count <= text.utf8.count)
    }
  }
}
