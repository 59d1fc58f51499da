/// Three weeks of invented listings with known answers, for trying the program and for teaching.
///
/// Shape:  one CSV per week, as a team's scrapers would bring it, and an answer key with one line per advert. About 15 of a
///         hundred adverts are suspicious, the rest look-alikes and background; about 35 of a hundred were there the week before.
///         Everything is invented: no real person, shop or advert; addresses end in `.example`.
/// Cost:   some tenths of a second for three weeks of 5,000; all of it in the initialiser.
/// Fails:  never. The same seed gives the same bytes on every machine.
package struct DemoListings: Sendable {
  package static let defaultSeed: UInt64 = 2026
  /// ISO weeks of 2026, all in November.
  package static let weeks = [45, 46, 47]
  /// Hidden, so that `linsang demo/*.csv` opens the weeks and not the answers.
  package static let answerKeyName = ".demo-answers.csv"

  /// What an advert really is, as far as a verdict says it.
  package struct Answer: Sendable {
    package let platform: String
    package let listingID: String
    /// Whether an analyst should confirm it.
    package let isRelevant: Bool
    /// The casebook's word for why it is a false positive; empty where it is none.
    package let reason: String
  }

  /// One for each advert, in the order of the answer key.
  package let answers: [Answer]
  private let weekBytes: [[UInt8]]
  private let answerBytes: [UInt8]

  package init(seed: UInt64 = DemoListings.defaultSeed, listingsPerWeek: Int = 5000) {
    precondition(listingsPerWeek > 0, "a demo week needs a listing")
    var scrape = WeeklyScrape(seed: seed, listingsPerWeek: listingsPerWeek)
    weekBytes = DemoListings.weeks.map { week in DemoFile.week(scrape.next(week: week), sellers: scrape.sellers) }
    answerBytes = DemoFile.answerKey(scrape.everyAdvert)
    answers = scrape.everyAdvert.map { advert in
      Answer(
        platform: Platform.all[advert.platform].name, listingID: advert.id, isRelevant: advert.truth.isRelevant,
        reason: advert.truth.reason)
    }
  }

  /// The name under which a week is written: `demo-week45.csv`.
  package static func fileName(week: Int) -> String { "demo-week\(week).csv" }

  /// The week's listings: RFC 4180, UTF-8 without byte order mark, LF.
  package func csv(week: Int) -> [UInt8] {
    guard let position = DemoListings.weeks.firstIndex(of: week) else {
      preconditionFailure("the demo has weeks 45 to 47, not \(week)")
    }
    return weekBytes[position]
  }

  /// What each advert really is: `platform,listing_id,relevant,what_it_is,reason,taxon,product,actor,relisting_of`.
  ///
  /// Shape:  one line per advert, whatever the number of weeks it was seen in. `reason` is the casebook's word for why it is a
  ///         false positive; `actor` joins the aliases of one person; `relisting_of` is `PLATFORM/LISTING_ID` of the advert before.
  package func answerKey() -> [UInt8] { answerBytes }
}
