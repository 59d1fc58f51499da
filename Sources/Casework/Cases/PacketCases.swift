import Listings
import SmallFormats

/// A packet that left, as the event of its export states it.
package struct ExportedPacket: Equatable, Sendable {
  /// `LNS-2026-7K3Q-000007`.
  package let id: String
  /// From 1.
  package let version: Int
  /// The SHA-256 of the event's line, to which every step is bound.
  package let export: String
  /// The chain that has the event: nil for the casebook's own.
  package let chain: String?
  package let time: String
  package let analyst: String
  /// The SHA-256 of the packet's list of lists, `tagmanifest-sha256.txt`, which is also what a signature signs; nil for
  /// packets that were exported before it was noted.
  package let manifest: String?
  /// The head of the packet's audit chain; nil where it was not noted.
  package let auditHead: String?
  /// In the order of the packet; empty where they were not noted.
  package let recipients: [CaseRecipient]
  /// In the order of the packet, so that the first is L0001.
  package let listings: [ListingKey]
  /// The platform of each listing; nil where it is not known.
  package internal(set) var platforms: [String?]
  /// The name of the packet that it replaces.
  package let supersedes: String?
  /// What changed against that one, in words.
  package let changes: String?

  /// The name of its folder: `LNS-2026-7K3Q-000007_v1`.
  package var name: String { "\(id)_v\(version)" }
  /// The day on which it was made.
  package var day: CalendarDay { CalendarDay(time.prefix(10)) ?? CalendarDay(daysSince1970: 0) }

  /// Reads the event of an export; nil for another event.
  package init?(_ event: Event, hash: String, chain: String? = nil) {
    guard event.action == .exportPacket, let version = event.data["version"]?.asNumber else { return nil }
    let listings = event.data["listings"]?.asList?.compactMap(\.asText) ?? []
    let platforms = event.data["platforms"]?.asList?.map(\.asText) ?? []
    (id, self.version, export, self.chain) = (event.object, version, hash, chain)
    (time, analyst) = (event.time, event.analyst)
    (manifest, auditHead) = (event.data["manifest"]?.asText, event.data["audit_head"]?.asText)
    recipients = event.data["recipients"]?.asList?.compactMap { CaseRecipient($0) } ?? []
    self.listings = listings.map { ListingKey($0) }
    self.platforms = platforms.count == listings.count ? platforms : Array(repeating: nil, count: listings.count)
    (supersedes, changes) = (event.data["supersedes"]?.asText, event.data["changes"]?.asText)
  }

  /// What every step of it repeats, so that it is bound to this packet and no other.
  package var bond: [String: JSONValue] {
    var bond: [String: JSONValue] = ["export": .text(export), "version": .number(version)]
    bond["manifest"] = manifest.map { .text($0) }
    if manifest == nil { bond["audit_head"] = auditHead.map { .text($0) } }
    return bond
  }

  /// Whether an event carries this packet's bond, whole and unchanged.
  package func binds(_ event: Event) -> Bool {
    event.object == id && bond.allSatisfy { event.data[$0.key] == $0.value }
  }

  /// The number of a listing in the packet: `L0003`.
  package static func label(_ index: Int) -> String { "L" + Digits.padded(index + 1, 4) }
}

/// A step with its event.
package struct RecordedStep: Equatable, Sendable {
  package let step: CaseStep
  package let number: EventNumber
  /// Nil for the casebook's own chain.
  package let chain: String?
  package let hash: String
  package let time: String
  package let analyst: String
  /// Who took it back; nil while it stands.
  package internal(set) var retractedBy: String?

  package var isRetracted: Bool { retractedBy != nil }

  /// By the day on which it happened; of one day, as they were recorded.
  static func isBefore(_ a: RecordedStep, _ b: RecordedStep) -> Bool {
    (a.step.day, a.time, a.chain ?? "", a.number) < (b.step.day, b.time, b.chain ?? "", b.number)
  }
}

/// One packet, and all that became of it.
package struct PacketCase: Equatable, Sendable {
  package internal(set) var packet: ExportedPacket
  /// By day, those that were taken back included.
  package internal(set) var steps: [RecordedStep] = []
  /// The name of the packet that replaces it.
  package internal(set) var supersededBy: String?

  /// The steps that stand.
  package var standing: [CaseStep] { steps.filter { !$0.isRetracted }.map(\.step) }

  /// Whoever received it: those that the packet names, then those to whom it was sent or referred all the same.
  package var recipients: [CaseRecipient] {
    var all = packet.recipients
    func add(_ recipient: CaseRecipient?) {
      if let recipient, !all.contains(where: { $0.isNamed(recipient.organisation) }) { all.append(recipient) }
    }
    for step in standing {
      add(step.recipient)
      add(step.referredTo)
    }
    return all
  }

  /// The day and reason of its withdrawal; nil where it stands.
  package var withdrawal: CaseStep? { standing.last { $0.kind == .withdrawn && $0.recipient == nil } }
}

/// Replays what became of all exported packets.
///
/// Law:    the outcome depends on the events alone, not on the order in which chains came: cases are in the order of their
///         exports, steps in that of their days. A step counts only with the bond of the export it names.
/// Cost:   O(1) per event.
package struct PacketCases: Equatable, Sendable {
  private var exports: [String: ExportedPacket] = [:]
  private var steps: [Stated] = []
  /// Who took a step back first, and with which event.
  private var retractions: [Retracted: (analyst: String, number: EventNumber)] = [:]

  /// A step, and the packet that its event names.
  private struct Stated: Sendable {
    let event: Event
    let step: RecordedStep

    /// The packet whose bond the event carries.
    func packet(in exports: [String: ExportedPacket]) -> ExportedPacket? {
      event.data["export"]?.asText.flatMap { exports[$0] }.flatMap { $0.binds(event) ? $0 : nil }
    }
  }

  /// What a retraction names: an event of its own chain.
  private struct Retracted: Hashable {
    let chain: String
    let number: EventNumber
  }

  package init() {}

  /// The events of steps that name no packet that was exported, or carry another one's bond, and those that take back what is
  /// no step: no program of ours writes such.
  ///
  /// Shape:  the chain, nil for the own one, and the number.
  package var unbound: [(chain: String?, number: EventNumber)] {
    let loose = steps.filter { $0.packet(in: exports) == nil }.map { ($0.step.chain, $0.step.number) }
    let known = Set(steps.map { Retracted(chain: $0.step.chain ?? "", number: $0.step.number) })
    let idle = retractions.filter { !known.contains($0.key) }.sorted { $0.value.number < $1.value.number }
    return loose + idle.map { ($0.key.chain.isEmpty ? nil : $0.key.chain, $0.value.number) }
  }

  package static func == (a: PacketCases, b: PacketCases) -> Bool { a.all == b.all }

  /// Takes the next event of a chain; others than those of packets are passed over.
  ///
  /// - Parameter chain: nil for the casebook's own.
  package mutating func apply(_ event: Event, hash: String, of chain: String? = nil) {
    switch event.action {
    case .exportPacket:
      if let packet = ExportedPacket(event, hash: hash, chain: chain) { exports[hash] = packet }
    case .stepPacket:
      guard let step = CaseStep(event.data) else { return }
      let recorded = RecordedStep(
        step: step, number: event.number, chain: chain, hash: hash, time: event.time, analyst: event.analyst)
      steps.append(Stated(event: event, step: recorded))
    case .retractStep:
      guard let number = event.data["retracts"]?.asNumber, number < event.number else { return }
      let retracted = Retracted(chain: chain ?? "", number: number)
      if retractions[retracted] == nil { retractions[retracted] = (event.analyst, event.number) }
    default: break
    }
  }

  /// All cases, the packet that was exported first first.
  package var all: [PacketCase] {
    var cases = exports.mapValues { PacketCase(packet: $0) }
    for stated in steps {
      guard let packet = stated.packet(in: exports) else { continue }
      var step = stated.step
      step.retractedBy = retractions[Retracted(chain: step.chain ?? "", number: step.number)]?.analyst
      cases[packet.export]?.steps.append(step)
    }
    for packet in exports.values {
      guard let old = packet.supersedes else { continue }
      // Only the casebook that numbered a packet makes its next version.
      for (export, other) in exports where other.name == old && other.chain == packet.chain {
        cases[export]?.supersededBy = packet.name
      }
    }
    return cases.values.map { one in
      var one = one
      one.steps.sort(by: RecordedStep.isBefore)
      return one
    }.sorted { ($0.packet.time, $0.packet.name, $0.packet.export) < ($1.packet.time, $1.packet.name, $1.packet.export) }
  }
}

extension [PacketCase] {
  /// The case that a person means: by a packet's number, which stands for its last version, by the name of its folder, or
  /// by the path of that.
  ///
  /// Shape:  of two packets with one name, which only casebooks from before numbers had a token can have, the own one.
  package func named(_ text: String) -> PacketCase? {
    let name = text.split(separator: "/").last.map(String.init) ?? text
    let bare = name.hasSuffix(".zip") ? String(name.dropLast(4)) : name
    func rank(_ one: PacketCase) -> (Int, Int) { (one.packet.version, one.packet.chain == nil ? 1 : 0) }
    return filter { $0.packet.name == bare || $0.packet.id == bare }.max { rank($0) < rank($1) }
  }

  /// The step of the own chain with this number, to be taken back.
  package func retractable(_ number: EventNumber) throws(StepProblem) -> (PacketCase, RecordedStep) {
    for one in self {
      guard let step = one.steps.first(where: { $0.chain == nil && $0.number == number }) else { continue }
      if step.isRetracted { throw .retractedAlready(number) }
      return (one, step)
    }
    throw .noStep(number)
  }
}

extension PacketCase {
  /// The same with the platforms of its listings, where the export did not note them.
  package func on(_ platforms: [String?]) -> PacketCase {
    var one = self
    if platforms.count == packet.listings.count { one.packet.platforms = platforms }
    return one
  }
}
