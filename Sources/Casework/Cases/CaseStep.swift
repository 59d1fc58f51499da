import Listings
import SmallFormats

/// What became of a packet, in one step.
///
/// Shape:  raw values are the words of the audit chain, of JSON and of the command line.
package enum StepKind: String, CaseIterable, Sendable {
  case sent
  /// The recipient says that it has the packet.
  case acknowledged
  /// The recipient opened a case, with a reference of its own.
  case opened
  /// The recipient passed it on to another body.
  case referred
  case charged
  case outcome
  /// A platform took listings down.
  case removed
  /// A platform declined to take listings down.
  case refused
  /// Somebody looked, and listings were still there.
  case stillOnline = "still-online"
  /// The sender takes the packet back.
  case withdrawn

  /// Whether it is about single listings.
  package var isAboutListings: Bool { self == .removed || self == .refused || self == .stillOnline }

  /// For people: `still online`.
  package var label: String { rawValue.replacing("-", with: " ") }
}

/// How a case ended.
package enum CaseOutcome: String, CaseIterable, Sendable {
  case conviction
  case seizure
  case warning
  case noAction = "no action"
  case closed = "closed without result"
  /// Something else, in the words of the note.
  case other
}

/// A body that received a packet, or to which its case was referred.
package struct CaseRecipient: Equatable, Hashable, Sendable {
  /// `R0001`, as the packet numbers it; empty for a body that the packet does not name.
  package let id: String
  package let organisation: String
  /// `police`, `customs`, `platform` and so on; empty where that is not known.
  package let kind: String

  package init(id: String = "", organisation: String, kind: String = "") {
    (self.id, self.organisation, self.kind) = (id, organisation, kind)
  }

  /// Whether it is a platform, which gets notices.
  package var isPlatform: Bool { kind == "platform" }

  /// Whether two names are of one body, whatever their case and blanks.
  package func isNamed(_ name: String) -> Bool { Self.folded(name) == Self.folded(organisation) }

  static func folded(_ name: String) -> String {
    name.lowercased().split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  /// The form in an event.
  package var json: JSONValue { .map(["id": .text(id), "kind": .text(kind), "org": .text(organisation)]) }

  /// Reads that form; nil for anything else.
  package init?(_ json: JSONValue?) {
    guard let name = json?.at("org")?.asText else { return nil }
    self.init(id: json?.at("id")?.asText ?? "", organisation: name, kind: json?.at("kind")?.asText ?? "")
  }
}

/// One step as a person states it.
///
/// Shape:  the `data` of an event `packet.step`; what was not stated is empty or nil. `day` is when it happened, which may
///         be long before it was recorded.
package struct CaseStep: Equatable, Sendable {
  package let kind: StepKind
  package let day: CalendarDay
  /// Nil only for a packet that is withdrawn from everybody.
  package var recipient: CaseRecipient?
  /// The recipient's own number of the case.
  package var reference = ""
  /// How the packet was sent: by e-mail, by hand.
  package var means = ""
  /// The body that the case was referred to.
  package var referredTo: CaseRecipient?
  package var outcome: CaseOutcome?
  /// The listings that it is about.
  package var listings: [ListingKey] = []
  /// For a notice to a platform: whose listings are notified, where the packet has those of several.
  package var platform = ""
  /// For a notice to a platform: what kind of unlawful content is notified.
  package var category = ""
  /// In the person's own words; of a withdrawal, the reason.
  package var note = ""

  package init(_ kind: StepKind, on day: CalendarDay, recipient: CaseRecipient? = nil) {
    (self.kind, self.day, self.recipient) = (kind, day, recipient)
  }

  /// The form in an event. What was not stated is left out.
  package var data: [String: JSONValue] {
    var data: [String: JSONValue] = ["on": .text(day.description), "step": .text(kind.rawValue)]
    data["recipient"] = recipient?.json
    data["to"] = referredTo?.json
    data["outcome"] = outcome.map { .text($0.rawValue) }
    if !listings.isEmpty { data["about"] = .list(listings.map { .text($0.text) }) }
    for (name, text) in [
      ("reference", reference), ("means", means), ("platform", platform), ("category", category), ("note", note),
    ] where !text.isEmpty {
      data[name] = .text(text)
    }
    return data
  }

  /// Reads that form; nil for another one, and for words that this program does not know.
  package init?(_ data: [String: JSONValue]) {
    func text(_ name: String) -> String { data[name]?.asText ?? "" }
    guard let kind = StepKind(rawValue: text("step")), let day = CalendarDay(text("on")) else { return nil }
    self.init(kind, on: day, recipient: CaseRecipient(data["recipient"]))
    referredTo = CaseRecipient(data["to"])
    outcome = CaseOutcome(rawValue: text("outcome"))
    listings = data["about"]?.asList?.compactMap(\.asText).map { ListingKey($0) } ?? []
    (reference, means, platform) = (text("reference"), text("means"), text("platform"))
    (category, note) = (text("category"), text("note"))
  }

  /// What happened, for people: `outcome: seizure`, `referred to Customs`.
  package var words: String {
    switch kind {
    case .outcome: "outcome: \(outcome?.rawValue ?? "not stated")"
    case .referred: "referred to \(referredTo?.organisation ?? "another body")"
    case .removed, .refused, .stillOnline:
      "\(kind.label): \(Digits.grouped(listings.count)) listing\(listings.count == 1 ? "" : "s")"
    default: kind.label
    }
  }

  /// What else was stated: reference, means, note.
  package var details: String {
    [
      reference.isEmpty ? "" : "ref. \(reference)", means, platform.isEmpty ? "" : "listings of \(platform)", category,
      note,
    ].filter { !$0.isEmpty }.joined(separator: " · ")
  }
}
