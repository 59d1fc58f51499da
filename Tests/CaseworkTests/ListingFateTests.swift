import Casework
import Listings
import ListingsTestSupport
import SmallFormats
import Testing

/// What became of listings, and what a year's report makes of it.
@Suite struct ListingFateTests {
  private static func day(_ number: Int) -> CalendarDay { CalendarDay(daysSince1970: 20_700 + number) }

  private static func fate(_ looked: [(Int, Bool)], told: [(Int, Bool)] = []) -> ListingFate {
    ListingFate(
      looked.map { ListingObservation(day($0.0), isOnline: $0.1, scrape: "s\($0.0)") }
        + told.map { ListingObservation(day($0.0), isOnline: $0.1, scrape: nil) }, since: day(0))
  }

  @Test func nothingFollowsFromSilence() {
    #expect(Self.fate([]) == .unknown)
    // Neither before it was sent nor on that day: nobody knows which came first.
    #expect(Self.fate([(-7, true), (-1, false), (0, false)]) == .unknown)
    #expect(Self.fate([(0, true)]) == .unknown)
  }

  @Test func theFirstScrapeWithoutItIsTheDayByWhichItWasGone() {
    #expect(Self.fate([(7, false)]) == .removed(after: Self.day(0), by: Self.day(7)))
    #expect(Self.fate([(7, true), (14, false), (21, false)]) == .removed(after: Self.day(7), by: Self.day(14)))
    #expect(Self.fate([(7, true), (14, true)]) == .online(Self.day(14)))
  }

  @Test func aListingThatCameBackWasNotRemoved() {
    #expect(Self.fate([(7, false), (14, true)]) == .online(Self.day(14)))
    #expect(Self.fate([(7, false), (14, true), (21, false)]) == .removed(after: Self.day(14), by: Self.day(21)))
  }

  @Test func aPersonsWordCountsOnItsDayAndBeforeAScrapeOfTheSameDay() {
    #expect(Self.fate([], told: [(0, false)]) == .removed(after: Self.day(0), by: Self.day(0)))
    #expect(Self.fate([(7, true)], told: [(7, false)]) == .removed(after: Self.day(7), by: Self.day(7)))
    #expect(Self.fate([(14, true)], told: [(7, false)]) == .online(Self.day(14)))
    #expect(Self.fate([(7, false)], told: [(9, true)]) == .online(Self.day(9)))
  }

  /// Against the rule written out once more, over all days.
  @Test(arguments: 0..<200) func theFateIsWhatTheLastLookSays(seed: Int) {
    var chance = Dice(seed: UInt64(seed))
    let looked = (0..<chance.below(8)).map { _ in (chance.below(20) - 5, chance.once(in: 2)) }
    var byDay: [Int: Bool] = [:]
    for (day, isOnline) in looked where byDay[day] == nil { byDay[day] = isOnline }
    let days = byDay.keys.filter { $0 > 0 }.sorted()
    let expected: ListingFate =
      if let last = days.last {
        if byDay[last]! {
          .online(Self.day(last))
        } else {
          .removed(
            after: Self.day(days.last { byDay[$0]! } ?? 0),
            by: Self.day(days.first { day in days.allSatisfy { $0 < day || !byDay[$0]! } }!))
        }
      } else {
        .unknown
      }
    #expect(Self.fate(byDay.map { ($0.key, $0.value) }) == expected)
  }

  // MARK: The year

  private static let providers = ["Hearthside Ltd", "Xianyu", "Etsy"]

  /// Packets that went to platforms, some of whose listings are gone.
  private static func board(seed: Int, packets: Int) -> CaseBoard {
    var chance = Dice(seed: UInt64(seed))
    var ledger = Ledger()
    for packet in 1...packets {
      let id = "LNS-2026-7K3Q-\(Digits.padded(packet, 6))"
      let count = 1 + chance.below(4)
      let keys = (0..<count).map { _ in ListingKey("id:P/\(chance.below(30))") }
      let provider = CaseRecipient(id: "R0001", organisation: chance.pick(providers), kind: "platform")
      let police = CaseRecipient(id: "R0002", organisation: "Customs", kind: "customs")
      ledger.record(
        .exportPacket, object: id,
        data: [
          "version": .number(1), "listings": .list(keys.map { .text($0.text) }),
          "platforms": .list(keys.map { _ in .text("P") }), "recipients": .list([provider.json, police.json]),
        ], by: "rk", at: "2025-12-0\(1 + packet % 9)T08:00:00Z")
      let one = PacketCaseTests.cases(ledger).last { $0.packet.id == id }!
      func add(_ step: CaseStep) {
        ledger.record(
          .stepPacket, object: id, data: step.data.merging(one.packet.bond) { $1 }, by: "rk", at: "2026-12-01T08:00:00Z"
        )
      }
      var sent = CaseStep(.sent, on: CalendarDay(daysSince1970: 20_440 + chance.below(60)), recipient: provider)
      sent.category = chance.pick(["", "unlawful sale of plants"])
      add(sent)
      add(CaseStep(.sent, on: sent.day, recipient: police))
      var told = CaseStep(chance.pick([.removed, .refused, .stillOnline]), on: sent.day, recipient: provider)
      told.listings = Array(keys.prefix(chance.below(count + 1)))
      if !told.listings.isEmpty { add(told) }
    }
    return CaseBoard(PacketCaseTests.cases(ledger), on: CalendarDay("2027-01-15")!)
  }

  @Test(arguments: 0..<20) func theSumsOfAReportAgree(seed: Int) {
    let board = Self.board(seed: seed, packets: 25)
    var years = 0
    for year in 2025...2026 {
      let report = NoticeReport(board, year: year)
      for groups in [report.byProvider, report.byCategory, report.byResponse] {
        #expect(groups.reduce(0) { $0 + $1.notices } == report.total.notices)
        var listings = FateCounts()
        for group in groups { listings += group.listings }
        #expect(listings == report.total.listings)
      }
      #expect(report.distinctListings <= report.total.listings.all)
      years += report.total.notices
    }
    // Only what went to platforms is a notice.
    #expect(years == 25 && board.lines.count == 50)
    let stays = board.takedowns.reduce(0) { $0 + $1.stays.count + $1.unknown }
    #expect(stays == board.notices.reduce(0) { $0 + $1.listings.count })
  }

  @Test func aReportOfAYearWithoutNoticesSaysNone() {
    let report = NoticeReport(.empty(on: Self.day(0)), year: 2026)
    #expect(report.total.notices == 0 && report.byProvider.isEmpty && report.byResponse.count == 5)
  }
}
