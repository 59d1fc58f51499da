import Listings
import NearDuplicates
import Sentences

/// How listings of one advert differ, in words for whoever decides them together.
///
/// Cost:   the words of each are held against those of the first: at most `comparedListings` of them.
struct CopyDifferences {
  /// How many they are, and who offers them where, at what price:
  /// `3 listings, copies of one advert, by 3 seller aliases on 2 platforms, at 350 USD and 400 USD`.
  let spread: String
  /// Where their texts differ.
  let sentence: String
  /// Whether they differ in nothing but what the same goods may differ in: price, phone, place, name.
  let areUsual: Bool

  /// So many are compared word by word: a key waits for it.
  private static let comparedListings = 24
  private static let shownValues = 3
  private static let shownPrices = 2

  /// - Parameter count: how many listings the rows are of.
  init(_ rows: [Int], count: Int, _ dataset: Dataset) {
    spread = Self.spread(rows, count: count, dataset)
    let compared = Array(rows.prefix(Self.comparedListings))
    let slots = GroupSlots(of: compared, dataset)
    let values = compared.map { slots.values(of: $0) }
    let lines = slots.labels.enumerated().map { slot, name in name + " (" + Self.list(values.map { $0[slot] }) + ")" }
    sentence = Self.sentence(lines, first: rows.count > compared.count ? compared.count : nil)
    let usual: Set<GroupSlots.Kind> = [.price, .phone, .place, .name]
    areUsual = rows.count == compared.count && usual.isSuperset(of: slots.kinds) && !slots.isCut
  }

  /// - Parameter first: how many were compared where that is not all of them.
  private static func sentence(_ differences: [String], first: Int?) -> String {
    let list = differences.joined(separator: ", ")
    guard let first else {
      return list.isEmpty ? localized("They agree word for word.") : localized("They differ in \(list).")
    }
    return list.isEmpty
      ? localized("The first \(first) agree word for word.") : localized("The first \(first) differ in \(list).")
  }

  private static func spread(_ rows: [Int], count: Int, _ dataset: Dataset) -> String {
    let copies = localized(
      count, one: "\(grouped: count) listing, a copy of one advert",
      other: "\(grouped: count) listings, copies of one advert")
    return copies + offerers(rows, dataset) + (priceClause(rows, dataset).map { ", " + $0 } ?? "")
  }

  /// `, by 3 seller aliases on 2 platforms`.
  private static func offerers(_ rows: [Int], _ dataset: Dataset) -> String {
    func count(_ field: Field) -> Int {
      let codes = dataset.codes(of: field)
      return Set(rows.map { codes[$0] }.filter { $0 != 0 }).count
    }
    let sellers = count(.sellerAlias)
    let aliases = sellers > 0 ? counted(sellers, "seller alias", "seller aliases") : nil
    let platforms = count(.platform)
    guard platforms > 1 else { return aliases.map { ", " + localized("by \($0)", context: "sellers") } ?? "" }
    let places = counted(platforms, "platform")
    guard let aliases else { return " " + localized("on \(places)", context: "platforms") }
    return ", " + localized("by \(aliases) on \(places)")
  }

  /// `at 350 USD and 400 USD`.
  private static func priceClause(_ rows: [Int], _ dataset: Dataset) -> String? {
    var prices: [String] = []
    for row in rows {
      let price = TableColumn.price(dataset, row)
      if !prices.contains(price) { prices.append(price) }
      if prices.count > 100 { break }
    }
    if prices.count > 100 { return localized("at many prices") }
    if prices.count > shownPrices {
      return localized("at \(counted(prices.count, "price"))", context: "so many prices")
    }
    if prices == ["–"] { return nil }
    return prices.count == 2
      ? localized("at \(prices[0]) and \(prices[1])")
      : localized("at \(prices.joined(separator: ", "))", context: "a price")
  }

  /// The first distinct values, quoted.
  private static func list(_ values: [String]) -> String {
    var distinct: [String] = []
    for value in values where !distinct.contains(value) { distinct.append(value) }
    let shown = distinct.prefix(shownValues).map { value in
      let line = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return line.isEmpty
        ? localized("nothing", context: "an empty value") : line.count > 24 ? line.prefix(23) + "…" : line
    }
    let more = distinct.count - shown.count
    return shown.joined(separator: " | ") + (more > 0 ? " | " + counted(more, "more", "more") : "")
  }
}
