import CaseFiles
import Casework
import SmallFormats

/// Everything that a packet is made of: the form that a person filled in, the listings, and the stamp.
///
/// Law:    nothing else enters a packet, no clock, locale or environment. The same value gives the same bytes.
package struct Packet: Equatable, Sendable {
  package var stamp: PacketStamp
  /// As filled in.
  package var form: PacketForm
  /// The listings as evidence, as collected: what the recipient does not get is left out when the packet is assembled.
  package var file: CaseFile
  /// What the recipient gets.
  package var recipient = RecipientProfile.everything

  package init(
    stamp: PacketStamp, form: PacketForm, file: CaseFile, recipient: RecipientProfile = .everything
  ) {
    self.recipient = recipient
    self.stamp = stamp
    self.form = form
    self.file = file
  }

  /// The listings of the case file.
  package var listings: [CaseListing] {
    get { file.listings }
    set { file.listings = newValue }
  }
  /// The casebook that the decisions come from.
  package var casebook: CasebookReference? { file.casebook }
  /// What the listings were read with.
  package var reading: ReadingBasis { file.reading }

  /// The name of its folder: `LNS-2026-7K3Q-000007_v1`.
  package var folderName: String { "\(stamp.id.text)_v\(stamp.version)" }
}

/// The identity of a packet, its maker and its time.
package struct PacketStamp: Equatable, Sendable {
  package var id: PacketID
  /// From 1. A corrected packet keeps its id and gets the next version.
  package var version: Int
  /// The folder name of the packet that this one replaces, `LNS-2026-7K3Q-000007_v1`.
  package var supersedes: String?
  /// When the packet was made.
  ///
  /// Shape:  `created` in `packet.json`, the day of `Bagging-Date`, and the time of the audit lines that the export
  ///         adds.
  package var created: UTCTime
  /// The analyst's handle, as in the casebook.
  package var madeBy: String
  /// The program's version.
  package var toolVersion: String
  /// What the ids in its STIX and CASE files are made with.
  package var key: PacketKey
  /// Whether the packet will be signed, as its README, report and `packet.json` say.
  package var isSigned = false

  package init(
    id: PacketID, version: Int = 1, supersedes: String? = nil, created: UTCTime, madeBy: String, toolVersion: String,
    key: PacketKey
  ) {
    self.id = id
    self.version = version
    self.supersedes = supersedes
    self.created = created
    self.madeBy = madeBy
    self.toolVersion = toolVersion
    self.key = key
  }
}

/// A packet's number: `LNS-2026-7K3Q-000007`, with a year, four characters of the casebook that gave it out, and a number
/// within that year. Earlier packets have no casebook, `LNS-2026-000007`.
///
/// Source: the packet specification, section 3; the digits are Crockford's base 32.
package struct PacketID: Hashable, Sendable, CustomStringConvertible {
  /// The number as written.
  package let text: String
  package var description: String { text }

  /// Nil outside the years 1 to 9999 and the numbers 0 to 999,999.
  package init?(year: Int, number: Int) {
    guard (1...9999).contains(year), (0...999_999).contains(number) else { return nil }
    text = "LNS-\(Digits.padded(year, 4))-\(Digits.padded(number, 6))"
  }

  /// Parses a number; nil for anything else.
  ///
  /// Shape:  `LNS`, four digits of a year, then six of a number, with or without the casebook's four in between;
  ///         capital letters only.
  /// Limits: it does not say whether such a packet exists.
  package init?(_ text: String) {
    var parts = text.split(separator: "-", omittingEmptySubsequences: false)
    if parts.count == 4 {
      guard parts[2].utf8.count == 4, parts[2].utf8.allSatisfy(Self.isTokenDigit) else { return nil }
      parts.remove(at: 2)
    }
    guard parts.count == 3, parts[0] == "LNS", parts[1].utf8.count == 4, parts[2].utf8.count == 6,
      parts[1...].allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } })
    else { return nil }
    self.text = text
  }

  /// Crockford's base 32 has no I, L, O and U.
  private static func isTokenDigit(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39: true
    case UInt8(ascii: "I"), UInt8(ascii: "L"), UInt8(ascii: "O"), UInt8(ascii: "U"): false
    default: (0x41...0x5a).contains(byte)
    }
  }
}

/// What a person fills in before a packet is exported. The packet is silent about whatever is left empty.
///
/// Every text is kept as typed. `problems` lists what must be corrected before a packet can be written.
///
/// Limits: it is a value without rules of its own; what it may hold is decided by `problems(on:)`.
package struct PacketForm: Equatable, Sendable {
  /// One line, required; also `External-Description` in `bag-info.txt`.
  package var title = ""
  /// What the listings show, in a few sentences.
  ///
  /// Limits: required, in any number of lines.
  package var summary = ""
  /// What the recipients are asked to do.
  ///
  /// Shape:  `request` in `packet.json`, which says `none stated` if this is empty.
  package var request = ""
  package var purpose = PacketPurpose.intelligence
  /// How far the packet may travel.
  package var tlp = TrafficLight.amber
  /// What the recipients may and may not do with it.
  package var conditions = ""
  /// The day after which the recipients should delete it, YYYY-MM-DD; empty for no limit by the sender.
  ///
  /// Fails:  a text that is no day, or a day before the one on which the packet is made, is a problem of the form.
  package var retainUntil = ""
  /// Whether the recipients must ask before using it as evidence; nil if the sender does not say.
  package var notForEvidenceWithoutSender: Bool?
  /// Who sends it. Organisation, country, contact and e-mail address are all required.
  package var sender = PacketSender()
  /// At least one is required. They are numbered `R0001`, `R0002` in this order in `packet.json` and the audit chain.
  package var recipients: [PacketRecipient] = []
  package var legal = LegalBasis()
  /// Whether the listings are invented, as for training. Every page then says so.
  package var isTestData = false

  package init() {}
}

/// What a packet is for.
package enum PacketPurpose: String, CaseIterable, Sendable {
  case intelligence
  /// A notice to a platform, which has what Article 16(2) of the Digital Services Act asks for.
  case platformNotice = "platform-notice"
  case cites = "cites-notification"

  /// The purpose as the report names it.
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
  /// For named recipients only.
  case red = "TLP:RED"
  case amberStrict = "TLP:AMBER+STRICT"
  case amber = "TLP:AMBER"
  case green = "TLP:GREEN"
  case clear = "TLP:CLEAR"

  /// What the mark permits.
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

/// The kind of organisation that sends or receives a packet.
package enum OrganisationKind: String, CaseIterable, Sendable {
  case ngo
  case police
  case customs
  case citesAuthority = "cites-ma"
  case platform
  case other
}

/// The organisation that sends a packet, and whom to contact there.
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

/// An organisation that receives a packet.
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

/// The legal basis for collecting and passing on the listings, in the sender's words. Each part may be left out.
///
/// Shape:  `legal` in `packet.json`; an empty text is null there, an empty list stays a list.
package struct LegalBasis: Equatable, Sendable {
  package var collectionBasis = ""
  package var processingBasis = ""
  /// ISO 3166-1 alpha-2 codes.
  package var jurisdictions: [String] = []
  /// Instruments that may apply, such as "CITES Art. III".
  package var instruments: [String] = []
  /// Those that the sender chose from the table of legal bases.
  package var entries: [LegalEntry] = []
  /// The sender's statement of good faith.
  package var goodFaith = ""

  package init(
    collectionBasis: String = "", processingBasis: String = "", jurisdictions: [String] = [],
    instruments: [String] = [], entries: [LegalEntry] = [], goodFaith: String = ""
  ) {
    self.collectionBasis = collectionBasis
    self.processingBasis = processingBasis
    self.jurisdictions = jurisdictions
    self.instruments = instruments
    self.entries = entries
    self.goodFaith = goodFaith
  }
}
