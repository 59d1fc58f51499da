import Listings
import NearDuplicates

/// Which listings of a case file are one advert: the same text under another alias, platform, price or phone number.
///
/// Shape:  every group of the opened files that has a listing in the case file, in the order of their first listings.
///         Nothing of listings that are not in the case file but their number.
package struct CaseCopies: Equatable, Sendable {
  /// What a slot of the text holds, listing by listing.
  package struct Slot: Equatable, Sendable {
    /// `price`, `words2`.
    package var name: String
    /// In the order of the group's listings; empty where a listing has nothing there.
    package var values: [String]

    package init(name: String, values: [String]) { (self.name, self.values) = (name, values) }
  }

  /// Listings that are one advert.
  package struct Group: Equatable, Sendable {
    /// The group's name, the same wherever its advert is.
    package var name: String
    /// Places in the case file, ascending, from 0.
    package var listings: [Int]
    /// How many listings of the opened files are this advert, those of the case file among them.
    package var listingsInFiles: Int
    /// The words of the first listing with the names of slots in `⟨⟩`; empty for a listing without copies in the case file.
    package var text: String
    package var slots: [Slot]

    package init(name: String, listings: [Int], listingsInFiles: Int, text: String = "", slots: [Slot] = []) {
      (self.name, self.listings, self.listingsInFiles) = (name, listings, listingsInFiles)
      (self.text, self.slots) = (text, slots)
    }
  }

  package var groups: [Group]

  package init(_ groups: [Group] = []) { self.groups = groups }

  /// So many listings of a group are compared word by word; slots have values of these only.
  package static let comparedListings = 200

  /// The copies among some rows.
  ///
  /// Cost:   a lookup per row, and for each group with several an alignment of their texts.
  package init(among rows: [Int], _ duplicates: DuplicateGroups, _ dataset: Dataset) {
    var order: [Int] = []
    var places: [Int: [Int]] = [:]
    for (place, row) in rows.enumerated() {
      guard let group = duplicates.group(of: row) else { continue }
      if places[group] == nil { order.append(group) }
      places[group, default: []].append(place)
    }
    groups = order.map { number in
      let listings = places[number] ?? []
      var group = Group(
        name: duplicates.name(of: number), listings: listings,
        listingsInFiles: duplicates.listings(of: number).count)
      guard listings.count > 1 else { return group }
      let compared = listings.prefix(Self.comparedListings).map { rows[$0] }
      let slots = GroupSlots(of: compared, dataset)
      let values = compared.map { slots.values(of: $0) }
      group.text = slots.text
      group.slots = slots.names.enumerated().map { index, name in Slot(name: name, values: values.map { $0[index] }) }
      return group
    }
  }

  /// The group of a listing of the case file; nil for a listing by itself.
  ///
  /// Cost:   O(listings in groups).
  package func group(of place: Int) -> Group? { groups.first { $0.listings.contains(place) } }
}
