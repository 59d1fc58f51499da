import Filters
import Listings

/// Where an analyst was: what comes back when the same files are opened again.
package struct SessionPosition: Equatable, Sendable {
  package var filterText: String
  package var sort: SortOrder
  package var listing: ListingKey?
  /// Notes that were begun and not filed.
  package var noteDrafts: [ListingKey: String]
  /// What panes count, where that is not the first of their dimensions, by the pane's digit.
  package var panes: [String: String] = [:]
  /// What the values of dimensions are sorted by, where that is not their count, by the dimension's id.
  package var valueOrders: [String: ValueOrder] = [:]

  package init(
    filterText: String, sort: SortOrder, listing: ListingKey?, noteDrafts: [ListingKey: String] = [:],
    panes: [String: String] = [:], valueOrders: [String: ValueOrder] = [:]
  ) {
    (self.panes, self.valueOrders) = (panes, valueOrders)
    self.filterText = filterText
    self.sort = sort
    self.listing = listing
    self.noteDrafts = noteDrafts
  }

  private static let draftPrefix = "draft of "
  private static let panePrefix = "pane "
  private static let orderPrefix = "values of "

  /// The position as named texts, to be stored.
  package var fields: [String: String] {
    var fields = [
      "filter": filterText, "listing": listing?.text ?? "", "sort": sort.stored,
    ]
    for (listing, draft) in noteDrafts { fields[Self.draftPrefix + listing.text] = draft }
    for (pane, dimension) in panes { fields[Self.panePrefix + pane] = dimension }
    for (dimension, order) in valueOrders { fields[Self.orderPrefix + dimension] = order.rawValue }
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
    for (name, value) in fields {
      if name.hasPrefix(Self.draftPrefix) {
        noteDrafts[ListingKey(String(name.dropFirst(Self.draftPrefix.count)))] = value
      } else if name.hasPrefix(Self.panePrefix) {
        panes[String(name.dropFirst(Self.panePrefix.count))] = value
      } else if name.hasPrefix(Self.orderPrefix), let order = ValueOrder(rawValue: value) {
        valueOrders[String(name.dropFirst(Self.orderPrefix.count))] = order
      }
    }
  }
}
