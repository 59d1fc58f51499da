import CaseFiles
import Casework
import Foundation
import SmallFormats
import Testing

@testable import Packets

/// What the report says, and how short and plain it says it.
@Suite struct ReportTests {
  private func report(_ packet: Packet) throws -> String {
    Invented.text(of: Report.path, in: try PacketAssembly(packet))
  }

  private func report(_ listings: [CaseListing]) throws -> String { try report(Invented.packet(listings)) }

  private func listing(_ edit: (inout CaseListing) -> Void) -> CaseListing {
    var listing = Invented.bareListing()
    edit(&listing)
    return listing
  }

  private func part(_ id: String, of report: String) throws -> Substring {
    let start = try #require(report.range(of: "<h2 id=\"\(id)\">"))
    let rest = report[start.lowerBound...]
    return rest[..<(try #require(rest.range(of: "</section>"))).lowerBound]
  }

  // MARK: Nothing that is not stated

  @Test func whatIsNotStatedTakesNoLine() throws {
    let report = try report([Invented.bareListing()])
    #expect(!report.contains("not stated"))
    let section = try part("L0001", of: report)
    for name in ["Seller", "Platform", "Posted", "Price", "Quantity", "Place", "Species", "Taxon", "Language", "Note"] {
      #expect(!section.contains("<dt>\(name)"), "\(name)")
    }
    #expect(section.split(separator: "\n").count < 12, "\(section)")
    #expect(!report.contains("<svg"), "one bar shows nothing")
    #expect(!report.contains("Annex B") && !report.contains("Annex C"))
  }

  @Test func aTranslationIsShownWhereTheRowHasOne() throws {
    let report = try report(Invented.threeListings)
    #expect(report.contains("Translation, as the row has it under <bdi>title_translated</bdi>"))
    #expect(report.contains("Ring of white gold (elephant), ivory"))
    #expect(try part("L0001", of: report).ranges(of: "title_translated").count == 1)
    #expect(!(try part("L0002", of: report)).contains("Translation"))
  }

  @Test func theSecondReviewerStandsBesideTheFirst() throws {
    let section = try part("L0001", of: try report(Invented.threeListings))
    #expect(section.contains("decided by <bdi>rk</bdi>, <bdi>2026-11-23 08&#58;01&#58;00 UTC</bdi>, event 41"))
    #expect(
      section.contains("Second reviewer: <bdi>2026-11-23 08&#58;03&#58;00 UTC, ben&#58; unsure, in a blind review"))
    #expect(section.contains("History") && section.contains("note written"))
    #expect(!(try part("L0002", of: try report(Invented.threeListings))).contains("History"))
  }

  // MARK: The first page

  @Test func amountsAreAddedExactlyAndByCurrencyOnly() throws {
    func priced(_ amount: String, _ currency: String?) -> CaseListing {
      listing { $0.price = PriceFacts(asAdvertised: amount + " for it", amount: amount, currency: currency) }
    }
    let report = try report([
      priced("0.1", "USD"), priced("0.2", "USD"), priced("999999999999999", "THB"), priced("1", "THB"),
      priced("12", nil), Invented.bareListing(),
    ])
    #expect(report.contains("<strong>0.3 USD</strong> in 2 adverts"))
    #expect(report.contains("<strong>1,000,000,000,000,000 THB</strong> in 2 adverts"))
    #expect(report.contains("1 price without amount or currency; 1 advert without a price; as asked"))
  }

  @Test func quantitiesAreAddedAsAdvertised() throws {
    let quantities = ["2", "1.5", "0.25", "a box", nil]
    let report = try report(quantities.map { text in listing { $0.quantityText = text } })
    #expect(
      report.contains("3.75 in 3 adverts; in words only in 1 advert; 1 advert states none; the rows do not say of what")
    )
  }

  @Test func sumsOfDecimalsAreExact() {
    var sum = ExactSum()
    for text in ["0.000001", "999999999999999.999999", "no number", "0.1"] { sum.add(text) }
    #expect(sum.grouped == "1,000,000,000,000,000.1")
    #expect(ExactSum().grouped == "0")
  }

  @Test func theAdvertsAreCountedByDayWeekMonthOrYear() throws {
    func chart(_ days: String...) -> String { Timeline(days: days.map { CalendarDay($0)! }).html }
    #expect(chart("2026-11-20", "2026-11-20").isEmpty)
    let byDay = chart("2026-11-20", "2026-11-22", "2026-11-22")
    #expect(byDay.contains("Adverts by day") && byDay.contains("2026-11-20 1, 2026-11-22 2</desc>"))
    // 2026-11-01 was a Sunday, in the week that began on Monday 26 October.
    let byWeek = chart("2026-11-01", "2026-12-31")
    #expect(byWeek.contains("week, from Monday") && byWeek.contains("2026-10-26 1, 2026-12-28 1</desc>"))
    #expect(chart("2024-01-31", "2026-02-28").contains("2024-01-01 1, 2026-02-01 1</desc>"))
    #expect(chart("1999-12-31", "2026-01-01").contains("1999 1, 2026 1</desc>"))
  }

  @Test func aChartSaysItsValuesInWords() throws {
    let html = BarChart(id: "x", caption: "Adverts", bars: [("Bazaar <b>", 1200), ("象牙象牙象牙象牙象牙象牙", 3)]).rows
    #expect(html.contains("role=\"img\" aria-labelledby=\"x-title x-desc\""))
    #expect(html.contains("<desc id=\"x-desc\">Bazaar &lt;b&gt; 1,200, 象牙象牙象牙象牙象牙象牙 3</desc>"))
    #expect(html.contains(">象牙象牙象牙象牙象…</text>"), "a wide character takes two cells")
    #expect(BarChart(id: "x", caption: "Adverts", bars: [("one", 3)]).rows.isEmpty)
  }

  @Test func listingsStandWithTheirSellers() throws {
    func of(_ alias: String?, _ platform: String?, _ title: String) -> CaseListing {
      listing {
        $0.seller.alias = alias
        $0.platform.name = platform
        $0.title = title
      }
    }
    let report = try report([
      of(nil, "Bazaar", "t1"), of("ann", "Bazaar", "t2"), of("bob", "Bazaar", "t3"), of("bob", "Bazaar", "t4"),
      of(nil, nil, "t5"), of(nil, "Bazaar", "t6"),
    ])
    let section = try part("sellers", of: report)
    let order = [
      "bob", "t3", "t4", "Sellers with one advert here: 1", "t2", "ann",
      "No seller named on <bdi>Bazaar</bdi>: 2 adverts", "t1", "t6",
      "No seller named: 1 advert", "t5",
    ]
    var rest = section[...]
    for words in order {
      let range = try #require(rest.range(of: words), "\(words)")
      rest = rest[range.upperBound...]
    }
    #expect(report.contains("<td>2 named; 3 adverts name none</td>"))
  }

  // MARK: Method and annexes

  @Test func whatWasLookedAtAndLeftOutAddsUp() throws {
    let section = try part("method", of: try report(Invented.threeListings))
    let cells = section.matches(of: /<td class="number">([0-9,]+)<\/td>/).map { Int($0.1)! }
    let rows = stride(from: 0, to: cells.count, by: 3).map { Array(cells[$0..<($0 + 3)]) }
    #expect(rows.last == [214, 3, 211])
    for column in 0..<3 { #expect(rows.dropLast().reduce(0) { $0 + $1[column] } == rows.last?[column]) }
    #expect(section.contains("false positive&#58; replica") && section.contains("false positive&#58; no reason given"))
    #expect(section.contains("<code><bdi>platform&#58;example &lt;b&gt;</bdi></code>"))
  }

  @Test func aRemarkThatIsAboutSeveralListingsStandsOnce() throws {
    let report = try report((0..<5).map { Invented.bareListing("text:\($0)") })
    #expect(report.ranges(of: "when the listing was seen is not known").count == 1)
    #expect(try part("method", of: report).contains("<td>all</td>"))
  }

  @Test func everyDigestAndTermStandsOnceInTheAnnexes() throws {
    let report = try report(Invented.threeListings)
    for annex in ["a", "b", "c", "d"] { #expect(report.contains("<h2 id=\"annex-\(annex)\">")) }
    let source = Invented.evidence("x").sourceDigest.hex
    #expect(report.ranges(of: source).count == 1, "two listings come from that file")
    #expect(report.ranges(of: "ivory.csv, line 5").count == 1)
    #expect(report.contains("An invented handbook of words, 2nd edition"))
  }

  @Test func landmarksAndHeadingsAreInOrder() throws {
    let report = try report(Invented.threeListings)
    for tag in ["header", "main", "footer", "h1"] { #expect(report.ranges(of: "<\(tag)>").count == 1, "\(tag)") }
    var level = 1
    for match in report.matches(of: /<h([1-6])[ >]/) {
      let next = Int(match.1)!
      #expect(next <= level + 1)
      level = next
    }
    let ids = report.matches(of: /id="([^"]+)"/).map { String($0.1) }
    #expect(Set(ids).count == ids.count, "ids are unique")
    for match in report.matches(of: /aria-labelledby="([^"]+)"/) {
      for id in match.1.split(separator: " ") { #expect(ids.contains(String(id)), "\(id)") }
    }
    #expect(report.ranges(of: "<th>").isEmpty && report.ranges(of: "<th class").isEmpty, "every head has its scope")
    #expect(report.contains("lang=\"en\">"))
  }

  @Test func theMarkIsOnEveryPrintedPageAndNothingElseGetsIntoTheStyle() throws {
    var packet = Invented.threeListings
    #expect(try report(packet).contains("@top-right{content:\"TLP:AMBER\""))
    packet.stamp.version = 12
    #expect(try report(packet).contains("@top-left{content:\"LNS-2026-000007_v12\""))
    let forged = ReportStyle.css(mark: "", folder: "x\"}</style><script>y")
    #expect(forged.contains("content:\"xstylescripty\""))
  }
}
