import Listings
import NearDuplicates
import Sentences

/// How listings of one advert differ, in words for whoever decides them together.
///
/// Cost:   the words of each are held against those of the first: at most `comparedListings` of them.
struct CopyDifferences {
  /// Who offers them where, at what price: `, by 3 seller aliases on 2 platforms, at 350 USD and 400 USD`.
  let spread: String
  /// Where their texts differ.
  let sentence: String
  /// Whether they differ in nothing but what the same goods may differ in: price, phone, place, name.
  let areUsual: Bool

  /// So many are compared word by word: a key waits for it.
  private static let comparedListings = 24
  private static let shownValues = 3
  private static let shownPrices = 2

  init(_ rows: [Int], _ dataset: Dataset) {
    spread = Self.spread(rows, dataset)
    let compared = Array(rows.prefix(Self.comparedListings))
    let slots = GroupSlots(of: compared, dataset)
    let values = compared.map { slots.values(of: $0) }
    let lines = slots.names.enumerated().map { slot, name in name + " (" + Self.list(values.map { $0[slot] }) + ")" }
    let among = rows.count > compared.count ? "The first \(compared.count) " : "They "
    sentence = among + (lines.isEmpty ? "agree word for word." : "differ in " + lines.joined(separator: ", ") + ".")
    let usual: Set<GroupSlots.Kind> = [.price, .phone, .place, .name]
    areUsual = rows.count == compared.count && usual.isSuperset(of: slots.kinds) && !slots.isCut
  }

  private static func spread(_ rows: [Int], _ dataset: Dataset) -> String {
    func count(_ field: Field) -> Int {
      let codes = dataset.codes(of: field)
      return Set(rows.map { codes[$0] }.filter { $0 != 0 }).count
    }
    let (sellers, platforms) = (count(.sellerAlias), count(.platform))
    var text = sellers > 0 ? ", by \(counted(sellers, "seller alias", "seller aliases"))" : ""
    if platforms > 1 { text += " on \(grouped(platforms)) platforms" }
    var prices: [String] = []
    for row in rows {
      let price = TableColumn.price(dataset, row)
      if !prices.contains(price) { prices.append(price) }
      if prices.count > 100 { break }
    }
    if prices.count > shownPrices { return text + ", at \(prices.count > 100 ? "many" : "\(prices.count)") prices" }
    return prices == ["–"] ? text : text + ", at \(prices.joined(separator: " and "))"
  }

  /// The first distinct values, quoted.
  private static func list(_ values: [String]) -> String {
    var distinct: [String] = []
    for value in values where !distinct.contains(value) { distinct.append(value) }
    let shown = distinct.prefix(shownValues).map { value in
      let line = value.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      return line.isEmpty ? "nothing" : line.count > 24 ? line.prefix(23) + "…" : line
    }
    let more = distinct.count - shown.count
    return shown.joined(separator: " | ") + (more > 0 ? " | \(more) more" : "")
  }
}
