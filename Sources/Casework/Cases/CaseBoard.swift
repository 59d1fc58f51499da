import Listings
import SmallFormats

/// All cases as of a day: a line for each packet and recipient, those that were left alone longest first.
///
/// Shape:  a value that the command line prints and the dashboard shows.
package struct CaseBoard: Equatable, Sendable {
  /// The day as of which it is told.
  package let day: CalendarDay
  package let lines: [CaseLine]

  /// After so many days without a step a case is called stale, unless somebody says otherwise.
  package static let usualPatience = 60

  /// No packet was ever exported.
  package static func empty(on day: CalendarDay) -> CaseBoard { CaseBoard([], on: day) }

  /// - Parameters:
  ///   - looked: what scrapes saw of listings, by key.
  package init(_ cases: [PacketCase], looked: [ListingKey: [ListingObservation]] = [:], on day: CalendarDay) {
    self.day = day
    let (told, refused) = Self.told(cases)
    let lines = cases.flatMap { one in
      one.lines.map { recipient in
        CaseLine(one, recipient, on: day, refused: refused) { (looked[$0] ?? []) + (told[$0] ?? []) }
      }
    }
    self.lines = lines.enumerated().sorted { a, b in
      let (one, other) = (a.element, b.element)
      if one.isOpen != other.isOpen { return one.isOpen }
      let (day, otherDay) = (one.lastHappened.day, other.lastHappened.day)
      if day != otherDay { return one.isOpen == (day < otherDay) }
      return a.offset < b.offset
    }.map(\.element)
  }

  /// What people said about listings: it holds for every packet that has them.
  private static func told(
    _ cases: [PacketCase]
  ) -> (observations: [ListingKey: [ListingObservation]], refused: Set<ListingKey>) {
    var told: [ListingKey: [ListingObservation]] = [:]
    var refused: Set<ListingKey> = []
    for step in cases.flatMap(\.standing) where step.kind.isAboutListings {
      for key in step.listings {
        told[key, default: []].append(ListingObservation(step.day, isOnline: step.kind != .removed, scrape: nil))
        if step.kind == .refused { refused.insert(key) }
      }
    }
    return (told, refused)
  }

  /// The open cases without a step for so many days.
  package func stale(after days: Int) -> [CaseLine] { lines.filter { $0.isStale(after: days) } }
}

/// What became of one packet at one recipient.
package struct CaseLine: Equatable, Sendable {
  package let one: PacketCase
  /// Nil for a packet of which the casebook knows no recipient.
  package let recipient: CaseRecipient?
  /// When it was first sent, or referred, to the recipient; nil where that was not recorded.
  package let sent: CalendarDay?
  /// What happened last, and when; of a packet that was only made, that.
  package let lastHappened: (what: Happened, day: CalendarDay)
  /// The recipient's own numbers, the first first.
  package let references: [String]
  /// What the recipient can act on.
  package let listings: [FollowedListing]
  /// Why nothing more is awaited; nil for an open case.
  package let closing: Closing?
  /// Since it was sent.
  package let daysSinceSent: Int?
  package let daysSinceLast: Int

  package var packet: ExportedPacket { one.packet }
  package var isOpen: Bool { closing == nil }
  /// What happened last in words, and when.
  package var last: (words: String, day: CalendarDay) { (lastHappened.what.words, lastHappened.day) }
  /// Why nothing more is awaited, in words; nil for an open case.
  package var closed: String? { closing?.words }
  package var counts: FateCounts { FateCounts(listings) }
  /// The steps at this recipient, and those that are about the packet as a whole.
  package var steps: [RecordedStep] { one.steps.filter { Self.concerns($0.step, recipient) } }

  package func isStale(after days: Int) -> Bool { isOpen && daysSinceLast >= days }

  package static func == (a: CaseLine, b: CaseLine) -> Bool {
    a.one == b.one && a.recipient == b.recipient && a.listings == b.listings && a.closing == b.closing
      && a.lastHappened == b.lastHappened && a.sent == b.sent && a.references == b.references
      && a.daysSinceSent == b.daysSinceSent && a.daysSinceLast == b.daysSinceLast
  }

  fileprivate init(
    _ one: PacketCase, _ recipient: CaseRecipient?, on today: CalendarDay, refused: Set<ListingKey>,
    observations: (ListingKey) -> [ListingObservation]
  ) {
    (self.one, self.recipient) = (one, recipient)
    let steps = one.standing.filter { Self.concerns($0, recipient) }
    let sent = one.sent(to: recipient)
    let since = sent ?? one.packet.day
    listings = one.indices(for: recipient).map { index in
      let key = one.packet.listings[index]
      return FollowedListing(
        label: ExportedPacket.label(index), key: key, platform: one.packet.platforms[index],
        fate: ListingFate(observations(key), since: since), isRefused: refused.contains(key))
    }
    lastHappened = steps.last.map { (Happened($0, for: recipient), $0.day) } ?? (.made, one.packet.day)
    var references: [String] = []
    for step in steps where !step.reference.isEmpty && !references.contains(step.reference) {
      references.append(step.reference)
    }
    self.references = references
    let counts = FateCounts(listings)
    let isDone = recipient?.isPlatform == true && sent != nil && counts.all > 0 && counts.removed == counts.all
    closing =
      if one.withdrawal != nil { .withdrawn } else if let next = one.supersededBy {
        .replaced(by: next)
      } else if let outcome = steps.last?.outcome { .outcome(outcome) } else if isDone { .allRemoved } else { nil }
    self.sent = sent
    daysSinceSent = sent.map { today.daysSince1970 - $0.daysSince1970 }
    daysSinceLast = today.daysSince1970 - lastHappened.day.daysSince1970
  }

  /// Whether a step is about a recipient.
  fileprivate static func concerns(_ step: CaseStep, _ recipient: CaseRecipient?) -> Bool {
    guard let recipient, let own = step.recipient else { return step.recipient == nil }
    return own.isNamed(recipient.organisation) || step.referredTo?.isNamed(recipient.organisation) == true
  }
}

extension CaseLine {
  /// What happened last.
  package enum Happened: Equatable, Sendable {
    /// The packet was made, and nothing else is recorded.
    case made
    /// Another recipient referred it; nil where it is not stated which.
    case referred(by: String?)
    case step(CaseStep)

    fileprivate init(_ step: CaseStep, for recipient: CaseRecipient?) {
      if step.kind == .referred, let recipient, step.referredTo?.isNamed(recipient.organisation) == true {
        self = .referred(by: step.recipient?.organisation)
      } else {
        self = .step(step)
      }
    }

    package var words: String {
      switch self {
      case .made: "made, not sent"
      case .referred(let by): "referred by \(by ?? "another body")"
      case .step(let step): step.words
      }
    }
  }

  /// Why nothing more is awaited.
  package enum Closing: Equatable, Sendable {
    case withdrawn
    case replaced(by: String)
    case outcome(CaseOutcome)
    case allRemoved

    package var words: String {
      switch self {
      case .withdrawn: "withdrawn"
      case .replaced(let next): "replaced by \(next)"
      case .outcome(let outcome): "outcome: \(outcome.rawValue)"
      case .allRemoved: "all removed"
      }
    }
  }
}

extension PacketCase {
  /// Whom there is a line for.
  fileprivate var lines: [CaseRecipient?] {
    let all = recipients
    return all.isEmpty ? [nil] : all
  }

  /// When it first went to a recipient.
  package func sent(to recipient: CaseRecipient?) -> CalendarDay? {
    guard let recipient else { return nil }
    return standing.first { step in
      step.kind == .sent && step.recipient?.isNamed(recipient.organisation) == true
        || step.kind == .referred && step.referredTo?.isNamed(recipient.organisation) == true
    }?.day
  }

  /// The platforms of its listings, in the order of the packet.
  package var platforms: [String] {
    var names: [String] = []
    for name in packet.platforms { if let name, !names.contains(name) { names.append(name) } }
    return names
  }

  /// The platform whose name is in a recipient's, or the other way round: the listings that it can act on.
  func platform(namedLike recipient: CaseRecipient) -> String? {
    let name = CaseRecipient.folded(recipient.organisation)
    return platforms.first { platform in
      let platform = CaseRecipient.folded(platform)
      return !platform.isEmpty && (name.contains(platform) || platform.contains(name))
    }
  }

  /// The listings that a recipient can act on: a platform those that it was notified of, everybody else all.
  ///
  /// Rule:   a platform's are those of the platform that a notice to it names; else all where the packet has those of one
  ///         platform, else those of the one that is named alike; else none, since it was not asked about any.
  package func indices(for recipient: CaseRecipient?) -> [Int] {
    let all = Array(packet.listings.indices)
    guard let recipient, recipient.isPlatform else { return all }
    let named = standing.filter { $0.kind == .sent && $0.recipient?.isNamed(recipient.organisation) == true }
    var wanted = Set(named.map(\.platform).filter { !$0.isEmpty })
    if wanted.isEmpty {
      if platforms.count < 2 { return all }
      guard let platform = platform(namedLike: recipient) else { return [] }
      wanted = [platform]
    }
    return all.filter { index in packet.platforms[index].map { wanted.contains($0) } ?? false }
  }
}
