import Listings
import SmallFormats

/// That a listing was looked for on a day, and found or not.
package struct ListingObservation: Equatable, Sendable {
  package let day: CalendarDay
  package let isOnline: Bool
  /// The scrape that had it or lacked it; nil where a person looked.
  package let scrape: String?

  package init(_ day: CalendarDay, isOnline: Bool, scrape: String?) {
    (self.day, self.isOnline, self.scrape) = (day, isOnline, scrape)
  }

  /// By day; who looked at the listing itself knows better than a scrape of the same day.
  static func isBefore(_ a: ListingObservation, _ b: ListingObservation) -> Bool {
    (a.day, a.scrape == nil ? 1 : 0, a.scrape ?? "") < (b.day, b.scrape == nil ? 1 : 0, b.scrape ?? "")
  }
}

/// What became of a listing since a packet was sent.
///
/// Rule:   the last time that somebody looked counts. Nothing follows from nobody's looking: without a later scrape of its
///         platform, and without anybody's word, it is not known.
package enum ListingFate: Equatable, Sendable {
  /// It was last seen `after`, and not any more `by`.
  case removed(after: CalendarDay, by: CalendarDay)
  /// It was there when it was last looked for.
  case online(CalendarDay)
  case unknown

  /// The fate that observations tell.
  ///
  /// - Parameter sent: scrapes count from the day after on, since on the day itself nobody knows which came first; a person's
  ///   word counts on that day, too.
  package init(_ observations: [ListingObservation], since sent: CalendarDay) {
    let later = observations.filter { $0.scrape == nil ? $0.day >= sent : $0.day > sent }.sorted(
      by: ListingObservation.isBefore)
    guard let last = later.last else {
      self = .unknown
      return
    }
    guard !last.isOnline else {
      self = .online(last.day)
      return
    }
    let seen = later.lastIndex(where: \.isOnline)
    let gone = later[seen.map { $0 + 1 } ?? 0]
    // Who says that it was removed says when; a scrape only says that it was by then.
    self = .removed(after: gone.scrape == nil ? gone.day : seen.map { later[$0].day } ?? sent, by: gone.day)
  }

  /// For people.
  package var words: String {
    switch self {
    case .removed(let after, let by): after == by ? "removed on \(by)" : "removed between \(after) and \(by)"
    case .online(let day): "still online on \(day)"
    case .unknown: "not known: no later scrape of its platform"
    }
  }

  /// One word, for tables and programs.
  package var word: String {
    switch self {
    case .removed: "removed"
    case .online: "online"
    case .unknown: "not_known"
    }
  }
}

/// How many listings had which fate.
package struct FateCounts: Equatable, Sendable {
  package var removed = 0
  package var online = 0
  package var unknown = 0
  /// Those that a platform declined to take down, whatever their fate.
  package var refused = 0

  package init() {}

  package init(_ listings: some Sequence<FollowedListing>) {
    for listing in listings { add(listing) }
  }

  package var all: Int { removed + online + unknown }

  package mutating func add(_ listing: FollowedListing) {
    switch listing.fate {
    case .removed: removed += 1
    case .online: online += 1
    case .unknown: unknown += 1
    }
    if listing.isRefused { refused += 1 }
  }

  package static func += (a: inout FateCounts, b: FateCounts) {
    a.removed += b.removed
    a.online += b.online
    a.unknown += b.unknown
    a.refused += b.refused
  }

  /// `3 removed, 2 online, 1 not known`.
  package var words: String {
    var parts: [String] = []
    if removed > 0 { parts.append("\(Digits.grouped(removed)) removed") }
    if online > 0 { parts.append("\(Digits.grouped(online)) online") }
    if unknown > 0 { parts.append("\(Digits.grouped(unknown)) not known") }
    if refused > 0 { parts.append("\(Digits.grouped(refused)) refused") }
    return parts.isEmpty ? "no listings" : parts.joined(separator: ", ")
  }
}

/// A listing of a packet, as one recipient could act on it.
package struct FollowedListing: Equatable, Sendable {
  /// `L0003`.
  package let label: String
  package let key: ListingKey
  /// Nil where it is not known.
  package let platform: String?
  package let fate: ListingFate
  /// Whether a platform declined to take it down.
  package let isRefused: Bool
}
