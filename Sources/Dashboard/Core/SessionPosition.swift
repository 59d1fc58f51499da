import Filters
import Listings

/// Where an analyst was: what comes back when the same files are opened again.
package struct SessionPosition: Equatable, Sendable {
  package var filterText: String
  package var sort: SortOrder
  package var listing: ListingKey?
  /// Notes that were begun and not filed.
  package var noteDrafts: [ListingKey: String]

  package init(
    filterText: String, sort: SortOrder, listing: ListingKey?, noteDrafts: [ListingKey: String] = [:]
  ) {
    self.filterText = filterText
    self.sort = sort
    self.listing = listing
    self.noteDrafts = noteDrafts
  }

  private static let draftPrefix = "draft of "

  /// The position as named texts, to be stored.
  package var fields: [String: String] {
    var fields = [
      "filter": filterText, "listing": listing?.text ?? "", "sort": sort.stored,
    ]
    for (listing, draft) in noteDrafts { fields[Self.draftPrefix + listing.text] = draft }
    return fields
  }

  /// Reads stored fields.
  ///
  /// Fails:  nil for an order that this version does not have.
  package init?(fields: [String: String]) {
    guard let sort = SortOrder(stored: fields["sort"]) else { return nil }
    filterText = fields["filter"] ?? ""
    self.sort = sort
    listing = fields["listing"].flatMap { $0.isEmpty ? nil : ListingKey($0) }
    noteDrafts = [:]
    for (name, draft) in fields where name.hasPrefix(Self.draftPrefix) {
      noteDrafts[ListingKey(String(name.dropFirst(Self.draftPrefix.count)))] = draft
    }
  }
}
