import Listings
import Sentences
import SmallFormats

/// A step as it was typed, on the command line or in the form.
///
/// Shape:  every part is text; an empty one was not stated.
package struct StepDraft: Equatable, Sendable {
  /// The parts that a person may state.
  package enum Part: String, CaseIterable, Sendable {
    case step, recipient, day, reference, outcome, referredTo, listings, means, platform, category, note
  }

  /// The packet, by its number or the name of its folder.
  package var packet: String
  private var parts: [Part: String] = [:]

  package init(packet: String, _ parts: [Part: String] = [:]) { (self.packet, self.parts) = (packet, parts) }

  package subscript(part: Part) -> String {
    get { parts[part] ?? "" }
    set { parts[part] = newValue }
  }

  package static func == (a: StepDraft, b: StepDraft) -> Bool {
    a.packet == b.packet && Part.allCases.allSatisfy { a[$0] == b[$0] }
  }

  /// The parts that a step of a kind may state.
  package static func parts(of kind: StepKind) -> [Part] {
    switch kind {
    case .sent: [.recipient, .day, .means, .platform, .category, .note]
    case .acknowledged, .charged: [.recipient, .day, .reference, .note]
    case .opened: [.recipient, .day, .reference, .note]
    case .referred: [.recipient, .day, .referredTo, .reference, .note]
    case .outcome: [.recipient, .day, .outcome, .reference, .note]
    case .removed, .refused, .stillOnline: [.recipient, .day, .listings, .reference, .note]
    case .withdrawn: [.day, .note]
    }
  }

  /// What a notice to a platform is about unless somebody says otherwise.
  package static let usualCategory = "unlawful sale of animals"
}

/// Why a step was not recorded.
package enum StepProblem: Error, Equatable, Sendable {
  case noSuchPacket(String)
  case noSuchStep(String)
  case notADay(String)
  /// A day on which it is not yet anywhere.
  case inTheFuture(CalendarDay)
  /// The packet was made later.
  case beforeThePacket(CalendarDay, made: CalendarDay)
  /// Which of several?
  case whichRecipient([String])
  case noRecipients
  case unknownRecipient(String, known: [String])
  case noOutcome
  case unknownOutcome(String)
  case notReferredTo
  case noReason
  case noWords
  case unknownListing(String, count: Int)
  case whichPlatform([String])
  case unknownPlatform(String, known: [String])
  case doesNotApply(StepDraft.Part, StepKind)
  case alreadyWithdrawn(CalendarDay)
  case noStep(EventNumber)
  case retractedAlready(EventNumber)

  /// The part of the form to correct.
  package var part: StepDraft.Part? {
    switch self {
    case .noSuchStep, .alreadyWithdrawn: .step
    case .notADay, .inTheFuture, .beforeThePacket: .day
    case .whichRecipient, .noRecipients, .unknownRecipient: .recipient
    case .noOutcome, .unknownOutcome: .outcome
    case .notReferredTo: .referredTo
    case .noReason, .noWords: .note
    case .unknownListing: .listings
    case .whichPlatform, .unknownPlatform: .platform
    case .doesNotApply(let part, _): part
    case .noSuchPacket, .noStep, .retractedAlready: nil
    }
  }

  /// What is wrong, and what to state instead.
  package var sentence: String {
    switch self {
    case .noSuchPacket(let name):
      return localized(
        "This casebook has no packet \(name). Nothing was recorded; `linsang cases` lists those that it has.")
    case .noSuchStep(let word):
      let steps = StepKind.allCases.map(\.rawValue).joined(separator: ", ")
      return localized("There is no step “\(word)”. Nothing was recorded; it is one of \(steps).")
    case .notADay(let text): return localized("“\(text)” is not a day. Nothing was recorded; write it as 2026-11-18.")
    case .inTheFuture(let day): return localized("\(day) has not come yet. Nothing was recorded.")
    case .beforeThePacket(let day, let made):
      return localized("\(day) is before the packet was made, on \(made). Nothing was recorded.")
    case .whichRecipient(let names):
      return localized("Say which recipient. Nothing was recorded; the packet has \(Self.list(names)).")
    case .noRecipients:
      return localized(
        "Say which recipient: the casebook does not know any of this packet. Nothing was recorded.")
    case .unknownRecipient(let name, known: []):
      return localized(
        "\(name) is no recipient of this packet. Nothing was recorded; record first that it was sent there.")
    case .unknownRecipient(let name, let known):
      return localized("\(name) is no recipient of this packet. Nothing was recorded; it has \(Self.list(known)).")
    case .noOutcome, .unknownOutcome:
      let outcomes = CaseOutcome.allCases.map(\.rawValue).joined(separator: ", ")
      return localized("Say what the outcome is. Nothing was recorded; it is one of \(outcomes).")
    case .notReferredTo: return localized("Say which body it was referred to. Nothing was recorded.")
    case .noReason: return localized("Say why the packet is withdrawn. Nothing was recorded.")
    case .noWords: return localized("Say in a note what the outcome is. Nothing was recorded.")
    case .unknownListing(let name, let count):
      let (first, last) = (ExportedPacket.label(0), ExportedPacket.label(max(0, count - 1)))
      return localized("The packet has no listing \(name). Nothing was recorded; it has \(first) to \(last).")
    case .whichPlatform(let names):
      return localized(
        "Say which platform's listings are notified. Nothing was recorded; the packet has those of \(Self.list(names))."
      )
    case .unknownPlatform(let name, let known):
      return localized(
        "The packet has no listings of \(name). Nothing was recorded; it has those of \(Self.list(known)).")
    case .doesNotApply(let part, let kind):
      return localized(
        "\(part.label) is nothing that the step “\(kind.rawValue)” states. Nothing was recorded.")
    case .alreadyWithdrawn(let day):
      return localized("The packet was withdrawn on \(day) already. Nothing was recorded.")
    case .noStep(let number):
      return localized(
        "Event \(number) of this casebook is no step of a packet. Nothing was recorded; `linsang cases --packet` shows the "
          + "numbers.")
    case .retractedAlready(let number):
      return localized("Event \(number) was taken back already. Nothing was recorded.")
    }
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: "; ") }
}

extension StepDraft.Part {
  /// What the form calls it.
  package var label: String {
    switch self {
    case .step: localized("Step")
    case .recipient: localized("Recipient")
    case .day: localized("On (day)")
    case .reference: localized("Their reference")
    case .outcome: localized("Outcome")
    case .referredTo: localized("Referred to")
    case .listings: localized("Listings")
    case .means: localized("How")
    case .platform: localized("Platform")
    case .category: localized("Kind of content")
    case .note: localized("Note")
    }
  }
}

// MARK: From text to a step

extension [PacketCase] {
  /// The step that a draft states, with the case it belongs to.
  ///
  /// - Parameters:
  ///   - today: the day where the person is, for a draft without one.
  ///   - now: when it is recorded.
  /// Fails:  throws the first problem, in the order of the form.
  package func step(_ draft: StepDraft, today: CalendarDay, now: UTCTime) throws(StepProblem) -> (PacketCase, CaseStep)
  {
    guard let one = named(draft.packet) else { throw .noSuchPacket(draft.packet) }
    let word = draft[.step].lowercased().replacing(" ", with: "-")
    guard let kind = StepKind(rawValue: word) else { throw .noSuchStep(draft[.step]) }
    let allowed = StepDraft.parts(of: kind)
    for part in StepDraft.Part.allCases where part != .step && !allowed.contains(part) && !draft[part].isEmpty {
      throw .doesNotApply(part, kind)
    }
    if kind == .withdrawn, let withdrawal = one.withdrawal { throw .alreadyWithdrawn(withdrawal.day) }
    let day = try Self.day(draft[.day], of: one.packet, today: today, now: now)
    var step = CaseStep(kind, on: day, recipient: try one.recipient(draft[.recipient], for: kind))
    (step.reference, step.means, step.note) = (draft[.reference], draft[.means], draft[.note])
    switch kind {
    case .withdrawn: if step.note.isEmpty { throw .noReason }
    case .outcome: step.outcome = try Self.outcome(draft)
    case .referred: step.referredTo = try one.body(draft[.referredTo])
    case .sent: try one.addNotice(draft, to: &step)
    case .removed, .refused, .stillOnline: step.listings = try one.listings(draft[.listings], for: step)
    default: break
    }
    return (one, step)
  }

  /// The day that is meant.
  ///
  /// Rule:   it has come where days begin first, 14 hours before UTC. A packet's time is in UTC, and the day of its maker may be
  ///         the one before.
  private static func day(
    _ text: String, of packet: ExportedPacket, today: CalendarDay, now: UTCTime
  ) throws(StepProblem) -> CalendarDay {
    guard let day = text.isEmpty ? today : CalendarDay(text) else { throw .notADay(text) }
    let utc = CalendarDay(now.day) ?? today
    let hour = Int(now.text.dropFirst(11).prefix(2)) ?? 0
    let latest = CalendarDay(daysSince1970: utc.daysSince1970 + (hour >= 10 ? 1 : 0))
    if day > latest { throw .inTheFuture(day) }
    if day.daysSince1970 < packet.day.daysSince1970 - 1 { throw .beforeThePacket(day, made: packet.day) }
    return day
  }

  private static func outcome(_ draft: StepDraft) throws(StepProblem) -> CaseOutcome {
    let word = draft[.outcome].lowercased().replacing("-", with: " ")
    if word.isEmpty { throw .noOutcome }
    guard let outcome = CaseOutcome(rawValue: word) else { throw .unknownOutcome(draft[.outcome]) }
    if outcome == .other, draft[.note].isEmpty { throw .noWords }
    return outcome
  }
}

extension PacketCase {
  /// The recipient of a number or name. The only one need not be named; a new one is named where something is sent to it.
  fileprivate func recipient(_ text: String, for kind: StepKind) throws(StepProblem) -> CaseRecipient? {
    if kind == .withdrawn { return nil }
    let known = recipients
    let names = known.map { $0.id.isEmpty ? $0.organisation : "\($0.id) \($0.organisation)" }
    if text.isEmpty {
      if known.count == 1 { return known[0] }
      throw known.isEmpty ? .noRecipients : .whichRecipient(names)
    }
    if let found = known.first(where: { $0.id == text.uppercased() || $0.isNamed(text) }) { return found }
    guard kind == .sent else { throw .unknownRecipient(text, known: names) }
    return CaseRecipient(organisation: text)
  }

  /// The body that it was referred to.
  fileprivate func body(_ text: String) throws(StepProblem) -> CaseRecipient {
    if text.isEmpty { throw .notReferredTo }
    return recipients.first { $0.isNamed(text) } ?? CaseRecipient(organisation: text)
  }

  /// What a notice to a platform states beside its recipient.
  fileprivate func addNotice(_ draft: StepDraft, to step: inout CaseStep) throws(StepProblem) {
    let known = platforms
    if !draft[.platform].isEmpty {
      guard let found = known.first(where: { CaseRecipient.folded($0) == CaseRecipient.folded(draft[.platform]) })
      else { throw .unknownPlatform(draft[.platform], known: known) }
      step.platform = found
    }
    guard let recipient = step.recipient, recipient.isPlatform else {
      step.category = draft[.category]
      return
    }
    step.category = draft[.category].isEmpty ? StepDraft.usualCategory : draft[.category]
    if step.platform.isEmpty, known.count > 1, platform(namedLike: recipient) == nil { throw .whichPlatform(known) }
  }

  /// The listings of labels or keys; nothing means all that the recipient can act on.
  fileprivate func listings(_ text: String, for step: CaseStep) throws(StepProblem) -> [ListingKey] {
    let words = text.split { $0 == " " || $0 == "," || $0 == ";" }.map(String.init)
    if words.isEmpty { return indices(for: step.recipient).map { packet.listings[$0] } }
    var found: [ListingKey] = []
    for word in words {
      guard let index = index(of: word) else { throw .unknownListing(word, count: packet.listings.count) }
      if !found.contains(packet.listings[index]) { found.append(packet.listings[index]) }
    }
    return found
  }

  /// The place of `L0003`, `l3` or a key.
  private func index(of word: String) -> Int? {
    if let index = packet.listings.firstIndex(of: ListingKey(word)) { return index }
    guard word.lowercased().hasPrefix("l"), let number = Int(word.dropFirst()),
      packet.listings.indices.contains(number - 1)
    else { return nil }
    return number - 1
  }
}
