/// One advert on its platform.
struct Advert {
  let platform: Int
  let id: String
  var title: String
  var body: String
  let species: String
  var price: PriceWriting.Written
  /// What it is worth in US dollars; price changes start from here.
  var dollars: Double
  let seller: Int
  /// Day of November 2026 and minute of that day.
  let postedDay: Int
  let postedMinute: Int
  let language: String
  let country: String
  let location: String
  let flagReason: String
  let imageCount: Int
  var truth: Truth
}

/// What the answer key says about an advert. None of it appears in the week's file.
struct Truth {
  /// Whether an analyst should confirm it as a match to the criteria.
  let isRelevant: Bool
  let whatItIs: String
  let reason: String
  let taxon: String
  let product: String
  let actor: String
  /// Platform and number of the advert this one replaces under a new number.
  var relistingOf: String
}

/// An advert as a scraper met it in one week.
struct WeeklySighting {
  let advert: Advert
  let capturedDay: Int
  let capturedMinute: Int
}
