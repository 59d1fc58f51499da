import Listings
import SmallFormats
import TextCells

/// What a packet's summary can say by counting: how many listings, where, by whom, when, and of which species as their rows
/// name them.
///
/// Shape:  English, as all of a packet: `3 listings on 2 platforms by 2 seller aliases, dated 2026-11-02 to 2026-11-20.
///         Species as advertised: Loxodonta africana (2), Panthera tigris (1).`
/// Cost:   O(rows).
struct ProposedSummary {
  let text: String

  /// Species that are named; of others only their number is.
  private static let mostSpecies = 5
  /// Cells of a value.
  private static let longestValue = 60

  /// - Parameter rows: one row a listing.
  init(of rows: [Int], in dataset: Dataset) {
    guard !rows.isEmpty else {
      text = ""
      return
    }
    var sentence = Self.counted(rows.count, "listing")
    let platforms = Self.values(of: .platform, rows, dataset)
    if platforms.count == 1 { sentence += " on \(platforms[0].value)" }
    if platforms.count > 1 { sentence += " on \(Self.counted(platforms.count, "platform"))" }
    let sellers = Self.values(of: .sellerAlias, rows, dataset)
    if !sellers.isEmpty { sentence += " by \(Self.counted(sellers.count, "seller alias", "seller aliases"))" }
    let days = rows.map { TableColumn.day(dataset, $0, isShort: false) }.filter { $0.first?.isNumber == true }.sorted()
    if let first = days.first, let last = days.last {
      sentence += ", dated \(first == last ? first : "\(first) to \(last)")"
    }
    let species = Self.values(of: .species, rows, dataset)
    let named = species.prefix(Self.mostSpecies).map { "\($0.value) (\(Digits.grouped($0.count)))" }
    let others = species.count - named.count
    let list = named + (others > 0 ? ["\(Digits.grouped(others)) more"] : [])
    text = sentence + "." + (list.isEmpty ? "" : " Species as advertised: \(list.joined(separator: ", ")).")
  }

  /// The values of a field with how often they occur, the most frequent first.
  private static func values(of field: Field, _ rows: [Int], _ dataset: Dataset) -> [(value: String, count: Int)] {
    var counts: [String: Int] = [:]
    for row in rows {
      let value = SafeText(utf8: dataset.bytes(of: field, at: row), clippedTo: longestValue).text.trimmed
      if !value.isEmpty { counts[value, default: 0] += 1 }
    }
    return counts.map { (value: $0.key, count: $0.value) }
      .sorted { $0.count != $1.count ? $0.count > $1.count : $0.value.utf8.lexicographicallyPrecedes($1.value.utf8) }
  }

  /// In English, whatever the language of the screen.
  private static func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    "\(Digits.grouped(number)) \(number == 1 ? noun : plural ?? noun + "s")"
  }
}
