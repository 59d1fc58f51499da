/// What a person fills in before a packet leaves the building. What is left empty, the packet does not say.
///
/// Every text is kept as typed; `problems` says what has to be mended before a packet can be written.
package struct PacketForm: Equatable, Sendable {
  package var title = ""
  /// What the listings show, in a few sentences.
  package var summary = ""
  /// What the recipients are asked to do.
  package var request = ""
  package var purpose = PacketPurpose.intelligence
  package var tlp = TrafficLight.amber
  /// What the recipients may and may not do with it.
  package var conditions = ""
  /// The day after which the recipients should delete it, YYYY-MM-DD; empty: not limited by the sender.
  package var retainUntil = ""
  /// Whether the recipients must ask before using it as evidence; nil: the sender does not say.
  package var notForEvidenceWithoutSender: Bool?
  package var sender = PacketSender()
  package var recipients: [PacketRecipient] = []
  package var legal = LegalBasis()
  /// Whether the listings are invented, as in a training room. Then every page says so.
  package var isTestData = false

  package init() {}
}

/// What a packet is for.
package enum PacketPurpose: String, CaseIterable, Sendable {
  case intelligence
  case platformNotice = "platform-notice"
  case cites = "cites-notification"

  var words: String {
    switch self {
    case .intelligence: "Intelligence for assessment"
    case .platformNotice: "Notice to a platform"
    case .cites: "Notification to a CITES authority"
    }
  }
}

/// How far a packet may travel.
///
/// Source: FIRST, Traffic Light Protocol 2.0; the sentences shorten its definitions.
package enum TrafficLight: String, CaseIterable, Sendable {
  case red = "TLP:RED"
  case amberStrict = "TLP:AMBER+STRICT"
  case amber = "TLP:AMBER"
  case green = "TLP:GREEN"
  case clear = "TLP:CLEAR"

  var words: String {
    switch self {
    case .red: "For the eyes of the named recipients only."
    case .amberStrict: "Only within the recipient's organisation, and only for those who need to know."
    case .amber: "Within the recipient's organisation and with its clients, only for those who need to know."
    case .green: "Within the community, not in public."
    case .clear: "May be shared freely."
    }
  }
}

package enum OrganisationKind: String, CaseIterable, Sendable {
  case ngo
  case police
  case customs
  case citesAuthority = "cites-ma"
  case platform
  case other
}

package struct PacketSender: Equatable, Sendable {
  package var org = ""
  package var kind = OrganisationKind.other
  /// ISO 3166-1 alpha-2.
  package var country = ""
  package var contactName = ""
  package var contactEmail = ""

  package init(
    org: String = "", kind: OrganisationKind = .other, country: String = "", contactName: String = "",
    contactEmail: String = ""
  ) {
    self.org = org
    self.kind = kind
    self.country = country
    self.contactName = contactName
    self.contactEmail = contactEmail
  }
}

package struct PacketRecipient: Equatable, Sendable {
  package var org = ""
  package var kind = OrganisationKind.other
  /// ISO 3166-1 alpha-2.
  package var country = ""

  package init(org: String = "", kind: OrganisationKind = .other, country: String = "") {
    self.org = org
    self.kind = kind
    self.country = country
  }
}

/// On what footing the listings were collected and may be passed on, in the sender's own words; each may be left out.
package struct LegalBasis: Equatable, Sendable {
  package var collectionBasis = ""
  package var processingBasis = ""
  /// ISO 3166-1 alpha-2 codes.
  package var jurisdictions: [String] = []
  /// Instruments that may apply, such as "CITES Art. III".
  package var instruments: [String] = []
  /// The sender's statement of good faith.
  package var goodFaith = ""

  package init(
    collectionBasis: String = "", processingBasis: String = "", jurisdictions: [String] = [],
    instruments: [String] = [], goodFaith: String = ""
  ) {
    self.collectionBasis = collectionBasis
    self.processingBasis = processingBasis
    self.jurisdictions = jurisdictions
    self.instruments = instruments
    self.goodFaith = goodFaith
  }
}
