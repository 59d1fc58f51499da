import SmallFormats
import Testing

@testable import Packets

/// Hits in the report stand where they stand in the text, and the text stays text.
@Suite struct MarkedTextTests {
  /// A title with its hits as `readings.json` has them.
  private func marked(_ title: String) -> String {
    var listing = Invented.bareListing()
    listing.title = title
    let readings = ReadingsDocument(numbered: NumberedPacket(InventedReadings.read(Invented.packet([listing])))).value
    let records = PacketRecords(
      document: .map(["listings": .list([.map(["id": .text("L0001")])])]), readings: readings, chain: [])
    return MarkedText(title, records.marked(records.listings[0], in: "title")).lines
  }

  private func hit(_ bytes: Range<Int>) -> MarkedText.Hit { MarkedText.Hit(number: 1, bytes: bytes, mark: .counted) }

  @Test func eachStatusHasAMarkAndANumber() {
    #expect(marked("an ivory ring") == "<bdi>an <mark>ivory ring</mark><sup>1</sup></bdi>")
    #expect(marked("white gold") == "<bdi><mark class=\"weak\">white gold</mark><sup>1</sup></bdi>")
    #expect(marked("ivory colour") == "<bdi><mark class=\"void\">ivory</mark><sup>1</sup> colour</bdi>")
    #expect(marked("象牙 resin").contains("<mark class=\"against\">resin</mark>"))
  }

  @Test func linesEndAsInTheTextAndAMarkDoesNotRunOverThem() {
    #expect(
      marked("a\r\nivory\n\n b\rc") == "<bdi>a</bdi><br>\n<bdi><mark>ivory</mark><sup>1</sup></bdi><br>\n<br>\n"
        + "<bdi> b</bdi><br>\n<bdi>c</bdi>")
    let broken = marked("i\nv\no\nr\ny x")
    #expect(broken.components(of: "<mark>") == broken.components(of: "</mark>"))
  }

  @Test func nothingThatAHitCutsCanActAfterwards() {
    let text = marked("<b>ivory</b> https://ivory.example \u{202E}ivory \u{200B}i\u{200B}vory")
    #expect(text.contains("hxxps&#58;//") && !text.contains("https") && text.contains("&lt;b&gt;<mark>ivory</mark>"))
    #expect(text.contains("[U+202E]") && text.contains("i[U+200B]vory"))
    // A term that is a scheme does not split it before it is disarmed.
    #expect(MarkedText("http://a.example ivory", [hit(2..<5)]).lines.contains("hx<mark>xp&#58;</mark>"))
  }

  @Test func blanksAndPlacesOutsideTheTextGetNoMark() {
    #expect(MarkedText("a b", [hit(1..<2)]).lines == "<bdi>a <sup>1</sup>b</bdi>")
    #expect(MarkedText("a b", [hit(2..<9)]).lines == "<bdi>a b</bdi>")
    #expect(MarkedText(" \n", []).lines.contains("not stated"))
  }

  @Test func hitsBehindTheCutAreShownWithWhatStandsAroundThem() throws {
    var listing = Invented.bareListing()
    listing.text = String(repeating: "穿山 ", count: 1000) + "an ivory ring & more " + String(repeating: "x", count: 500)
    let report = Invented.text(
      of: "data/report.html", in: try PacketAssembly(InventedReadings.read(Invented.packet([listing]))))
    #expect(report.contains("hits further on:"))
    #expect(report.contains("an <mark>ivory ring</mark><sup>1</sup> &amp; more x"))
  }
}

extension String {
  fileprivate func components(of mark: String) -> Int { ranges(of: mark).count }
}
