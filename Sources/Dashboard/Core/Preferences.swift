import Filters
import Listings

/// How an analyst wants the dashboard to begin and to ask, every time. Keys are `KeyBindings`.
package struct Preferences: Equatable, Sendable {
  /// The order of files that were not open before.
  package var sort = SortOrder.file
  /// Whether files that were open before come back with the filter, the order and the listing of last time.
  package var returnsToLastPosition = true
  /// Whether copies of one advert are one line from the start, where there are not too many listings to look for them.
  package var foldsCopies = false
  package var showsFacets = true
  package var opensLens = false
  /// A verdict on more marked listings than this asks for their number first.
  package var bulkNumberAbove = 100
  /// What the panes count first, by the ids of dimensions; missing ones count what they always do.
  package var countedBy: [Pane: String] = [:]
  /// Answers of the packet form that stay the same from packet to packet.
  package var packet: [PacketDraft.Line: String] = [:]

  package init() {}
}

extension State {
  /// Begins as the analyst wants it. Called once, before anything was opened.
  package mutating func begin(with preferences: Preferences) {
    self.preferences = preferences
    sort = preferences.sort
    if sort != .file { returning.beginning = .awaited }
    for (pane, id) in preferences.countedBy {
      guard let slot = pane.slot, let first = Dimension.inPane(slot).first, first.id != id else { continue }
      facets.chosen[pane] = id
    }
    isZoomed = !preferences.showsFacets
    detail.isLensOn = preferences.opensLens
    packetDraft = packetDraft.filled(with: preferences.packet)
  }
}

extension PacketDraft {
  /// The draft with usual answers where nothing was said yet, or only what the form proposes by itself.
  package func filled(with answers: [Line: String]) -> PacketDraft {
    var filled = self
    let (proposed, unsaid) = (PacketDraft(), PacketDraft.unsaid)
    for (line, answer) in answers where !answer.isEmpty {
      if ["", proposed[line], unsaid[line]].contains(self[line]) { filled[line] = answer }
    }
    return filled
  }
}

extension SortOrder {
  /// The order of a name, from its usual end on: `risk` begins with the greatest. Nil for a name that no order has.
  package init?(named name: String) {
    guard let order = Dimension.orders.first(where: { $0.subject.name == name }) else { return nil }
    self.init(order.subject, descending: order.isDescendingFirst)
  }
}
