import Listings
import ListingsTestSupport

/// Invented listings with all that sorting and counting must get right: blanks, ties, several scripts and currencies.
enum SampleListings {
  static let platforms = ["Xianyu", "eBay", "EBAY", "Facebook", "", "Ｆacebook"]
  static let species = [
    "Manis javanica", "Loxodonta africana; Manis javanica", "", "['Python regius', 'Python regius']",
  ]
  static let titles = [
    "", "ivory", "Ivory", "ivory ring old", "ívory ring new", "象牙", "z", "Zalgo e\u{301}\u{302}", "ab",
  ]

  static func rows(_ count: Int, seed: UInt64) -> [ListingRow] {
    var dice = Dice(seed: seed)
    return (0..<count).map { number in
      ListingRow(
        platform: dice.pick(platforms), title: dice.pick(titles), species: dice.pick(species),
        seller: dice.once(in: 3) ? "seller \(dice.below(500))" : "",
        usd: dice.once(in: 3) ? nil : Double(dice.below(2_000)) / 4,
        posted: dice.once(in: 4) ? nil : Int64(dice.below(2_000_000)) - 1_000_000)
    }
  }

  /// One dataset per telltale count, made once: a block has 65,536 rows.
  static let datasets: [Int: (rows: [ListingRow], dataset: Dataset)] = Dictionary(
    uniqueKeysWithValues: [0, 1, 2, 63, 64, 65, 1_000, 65_535, 65_536, 65_537].map { count in
      let rows = rows(count, seed: UInt64(count))
      return (count, (rows, Dataset.of(rows, batchSize: count > 1_000 ? 30_000 : 7)))
    })
}
