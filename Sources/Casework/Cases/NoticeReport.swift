import Listings
import SmallFormats

/// A notice to a platform: one packet that was sent to one provider.
package struct PlatformNotice: Equatable, Sendable {
  /// The name of the packet.
  package let packet: String
  /// The provider that it was sent to.
  package let provider: String
  package let sent: CalendarDay
  /// The kind of content that it notified.
  package let category: String
  package let listings: [FollowedListing]
  package let isWithdrawn: Bool

  package var counts: FateCounts { FateCounts(listings) }

  /// What the provider did about it, as far as it shows.
  package enum Response: String, CaseIterable, Sendable {
    /// All listings are gone.
    case removed
    /// Some are gone.
    case removedInPart = "removed in part"
    /// It declined, and none is gone.
    case refused
    /// All were still there when they were last looked for.
    case none = "no action seen"
    /// None is known to be gone, and of some nothing is known.
    case unknown = "not known"
  }

  package var response: Response {
    let counts = counts
    if counts.all > 0, counts.removed == counts.all { return .removed }
    if counts.removed > 0 { return .removedInPart }
    if counts.refused > 0 { return .refused }
    return counts.unknown > 0 || counts.all == 0 ? .unknown : .none
  }
}

extension CaseBoard {
  /// All notices to platforms, the first first.
  ///
  /// Shape:  a packet that went to a platform twice is one notice, of the first day.
  package var notices: [PlatformNotice] {
    lines.compactMap { line in
      guard let recipient = line.recipient, recipient.isPlatform, let sent = line.sent else { return nil }
      let categories = line.steps.filter { !$0.isRetracted && $0.step.kind == .sent }.map(\.step.category)
      return PlatformNotice(
        packet: line.packet.name, provider: recipient.organisation, sent: sent,
        category: categories.first { !$0.isEmpty } ?? StepDraft.usualCategory, listings: line.listings,
        isWithdrawn: line.one.withdrawal != nil)
    }.sorted { ($0.sent, $0.packet, $0.provider) < ($1.sent, $1.packet, $1.provider) }
  }

  /// How long the listings of notices stayed, by platform.
  ///
  /// Shape:  one for each listing and notice of which anything is known: those of which nothing is are only counted.
  package var takedowns: [PlatformTakedowns] {
    var found: [String: PlatformTakedowns] = [:]
    for notice in notices {
      for listing in notice.listings {
        let platform = listing.platform ?? notice.provider
        found[platform, default: PlatformTakedowns(platform: platform)].add(listing.fate, since: notice.sent)
      }
    }
    return found.values.sorted { $0.platform < $1.platform }
  }
}

/// How long the notified listings of one platform stayed.
package struct PlatformTakedowns: Equatable, Sendable {
  /// One listing of one notice.
  ///
  /// Units:  days since the notice was sent. Of a listing that is gone, until the first day by which it was: it went then or
  ///         before. Of one that is not, until it was last seen.
  package struct Stay: Equatable, Sendable {
    package let days: Int
    package let isRemoved: Bool
  }

  package let platform: String
  package private(set) var stays: [Stay] = []
  /// Listings of which nothing is known since.
  package private(set) var unknown = 0

  init(platform: String) { self.platform = platform }

  mutating func add(_ fate: ListingFate, since sent: CalendarDay) {
    func days(_ day: CalendarDay) -> Int { max(0, day.daysSince1970 - sent.daysSince1970) }
    switch fate {
    case .removed(_, let by): stays.append(Stay(days: days(by), isRemoved: true))
    case .online(let day): stays.append(Stay(days: days(day), isRemoved: false))
    case .unknown: unknown += 1
    }
  }
}

/// What a trusted flagger publishes once a year about its notices.
///
/// Law:    notices by provider, by kind of content and by response add up to the same number, and so do their listings. No name
///         of an analyst, a seller or a contact, no reference and no note is in it.
/// Source: Regulation (EU) 2022/2065, Article 22(3): the number of notices by provider, by type of content and by action taken;
///         an explanation of how the flagger keeps its independence; no personal data.
package struct NoticeReport: Equatable, Sendable {
  /// One group of notices.
  package struct Group: Equatable, Sendable {
    package let name: String
    package private(set) var notices = 0
    package private(set) var listings = FateCounts()

    init(_ name: String) { self.name = name }

    fileprivate mutating func add(_ notice: PlatformNotice) {
      notices += 1
      listings += notice.counts
    }
  }

  package let year: Int
  /// The day as of which the responses are told.
  package let day: CalendarDay
  package let byProvider: [Group]
  package let byCategory: [Group]
  /// Every response, also those that no notice got.
  package let byResponse: [Group]
  package let total: Group
  /// Notices of the year that were withdrawn; they are among the others.
  package let withdrawn: Int
  /// Different listings among all that were notified.
  package let distinctListings: Int

  /// The report on the notices that were sent in a year.
  package init(_ board: CaseBoard, year: Int) {
    (self.year, day) = (year, board.day)
    let notices = board.notices.filter { $0.sent.date.year == year }
    func groups(_ name: (PlatformNotice) -> String) -> [Group] {
      var groups: [String: Group] = [:]
      for notice in notices { groups[name(notice), default: Group(name(notice))].add(notice) }
      return groups.values.sorted { ($1.notices, $0.name) < ($0.notices, $1.name) }
    }
    byProvider = groups(\.provider)
    byCategory = groups(\.category)
    byResponse = PlatformNotice.Response.allCases.map { response in
      var group = Group(response.rawValue)
      for notice in notices where notice.response == response { group.add(notice) }
      return group
    }
    var total = Group("all")
    for notice in notices { total.add(notice) }
    self.total = total
    withdrawn = notices.count(where: \.isWithdrawn)
    distinctListings = Set(notices.flatMap(\.listings).map(\.key)).count
  }
}
