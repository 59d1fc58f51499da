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
    let text = Self.sentence(listings: rows.count, sellers: sellers, platforms: platforms)
    lines.append(text + " · " + localized("\(key) marks them") + " · group:\(duplicates.name(of: group))")
    guard rows.count <= Self.comparedListings else { return }
    let slots = GroupSlots(of: group, in: duplicates, dataset)
    guard !slots.names.isEmpty else { return }
    let own = slots.values(of: row)
    let values = rows.filter { $0 != row }.map { slots.values(of: $0) }
    for (slot, name) in slots.labels.enumerated() {
      var others: [String] = []
      for value in values.map({ $0[slot] }) where value != own[slot] && !others.contains(value) { others.append(value) }
      let shown = others.prefix(Self.shownValues).map(Self.shown).joined(separator: " | ")
      guard !others.isEmpty else { continue }
      let more = others.count > Self.shownValues ? " | " + counted(others.count - Self.shownValues, "more", "more") : ""
      lines.append(localized("\(name): \(Self.shown(own[slot])) here, \(shown + more) elsewhere"))
    }
  }

  private static func sentence(listings: Int, sellers: Int, platforms: Int) -> String {
    let adverts = counted(listings, "listing")
    let aliases = sellers > 0 ? counted(sellers, "seller alias", "seller aliases") : nil
    let places = platforms > 1 ? counted(platforms, "platform") : nil
    switch (aliases, places) {
    case (let aliases?, let places?): return localized("one advert in \(adverts) by \(aliases) on \(places)")
    case (let aliases?, nil): return localized("one advert in \(adverts) by \(aliases)")
    case (nil, let places?): return localized("one advert in \(adverts) on \(places)")
    case (nil, nil): return localized("one advert in \(adverts)")
    }
  }

  /// A value as it is quoted: its beginning where it is long.
  private static func shown(_ value: String) -> String {
    if value.isEmpty { return localized("nothing", context: "an empty value") }
    let beginning = value.prefix(40)
    return beginning.utf8.count < value.utf8.count ? beginning + "…" : value
  }
}

extension GroupSlots {
  /// `names` as the screen has them.
  var labels: [String] {
    zip(names, kinds).map { name, kind in kind.label + name.dropFirst(kind.rawValue.count) }
  }
}

extension GroupSlots.Kind {
  fileprivate var label: String {
    switch self {
    case .price: localized("price")
    case .phone: localized("phone")
    case .place: localized("place")
    case .name: localized("name")
    case .number: localized("number")
    case .words: localized("words")
    }
  }
}
