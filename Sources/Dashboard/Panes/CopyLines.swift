import Filters
import Listings
import NearDuplicates
import Sentences
import TextCells

/// What a listing shares with others that are the same advert, and where they differ, as lines of the detail pane.
///
/// Shape:  how many they are, by how many sellers on how many platforms; then each slot with its values.
/// Limits: slots are worked out for groups that are quickly compared; the others are named only.
struct CopyLines {
  private(set) var lines: [String] = []

  /// The largest group that is compared word by word: drawing waits for it.
  private static let comparedListings = 24
  private static let shownValues = 6

  /// - Parameter key: marks them all.
  init(of row: Int, in duplicates: DuplicateGroups?, _ dataset: Dataset, markedBy key: String) {
    guard let duplicates, let group = duplicates.group(of: row) else { return }
    let rows = duplicates.listings(of: group).map { Int($0) }
    let sellers = Set(rows.map { dataset.codes(of: .sellerAlias)[$0] }.filter { $0 != 0 }).count
    let platforms = Set(rows.map { dataset.codes(of: .platform)[$0] }.filter { $0 != 0 }).count
    var text = "one advert in \(counted(rows.count, "listing"))"
    if sellers > 0 { text += " by \(counted(sellers, "seller alias", "seller aliases"))" }
    if platforms > 1 { text += " on \(grouped(platforms)) platforms" }
    lines.append(text + " · \(key) marks them · group:\(duplicates.name(of: group))")
    guard rows.count <= Self.comparedListings else { return }
    let slots = GroupSlots(of: group, in: duplicates, dataset)
    guard !slots.names.isEmpty else { return }
    let own = slots.values(of: row)
    let values = rows.filter { $0 != row }.map { slots.values(of: $0) }
    for (slot, name) in slots.names.enumerated() {
      var others: [String] = []
      for value in values.map({ $0[slot] }) where value != own[slot] && !others.contains(value) { others.append(value) }
      let shown = others.prefix(Self.shownValues).map(Self.shown).joined(separator: " | ")
      guard !others.isEmpty else { continue }
      let more = others.count > Self.shownValues ? " | \(others.count - Self.shownValues) more" : ""
      lines.append("\(name): \(Self.shown(own[slot])) here, \(shown)\(more) elsewhere")
    }
  }

  /// A value as it is quoted: its beginning where it is long.
  private static func shown(_ value: String) -> String {
    if value.isEmpty { return "nothing" }
    let beginning = value.prefix(40)
    return beginning.utf8.count < value.utf8.count ? beginning + "…" : value
  }
}
