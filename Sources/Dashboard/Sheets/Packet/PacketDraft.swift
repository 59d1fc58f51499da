import Sentences

/// What the packet form asks for: a line of text for each question. Stored from packet to packet.
package struct PacketDraft: Equatable, Sendable {
  package enum Line: String, CaseIterable, Sendable {
    // What every packet needs comes first, so that it is on a small screen at once.
    /// What kind of recipient it is for, which decides what it gets.
    case profile
    case title, summary, recipient
    case recipientCountry = "recipient_country"
    case sender
    case senderCountry = "sender_country"
    case contactName = "contact_name"
    case contactEmail = "contact_email"
    case folder
    case request
    case recipientKind = "recipient_kind"
    case tlp, conditions
    case retainUntil = "retain_until"
    case collection, processing
    // A signature vouches for the whole packet; without a key it is unsigned.
    case signKey = "sign_key"
    case zip
    /// The packet that this one replaces, by its number or folder, and what changed in the sender's own words.
    case replaces, changes
    // What only the sender can state, and the packet leaves out unless the sender does.
    case goodFaith = "good_faith"
    case instruments
    /// Entries of the table of legal bases, by their names.
    case legal
    case senderKind = "sender_kind"
    case evidenceUse = "evidence_use"

    /// The question, as the form shows it.
    package var label: String {
      switch self {
      case .profile: localized("Packet for")
      case .title: localized("Title")
      case .summary: localized("Summary")
      case .request: localized("What is asked for")
      case .recipient: localized("To (organisation)")
      case .recipientKind: localized("To is a")
      case .recipientCountry: localized("To, country")
      case .tlp: localized("Sharing (TLP 2.0)")
      case .conditions: localized("Conditions")
      case .retainUntil: localized("Delete after (day)")
      case .sender: localized("From (organisation)")
      case .senderCountry: localized("From, country")
      case .contactName: localized("Contact name")
      case .contactEmail: localized("Contact e-mail")
      case .collection: localized("How collected")
      case .processing: localized("Why it may be kept")
      case .folder: localized("Write into folder")
      case .signKey: localized("Sign with (SSH key)")
      case .zip: localized("Also as a zip")
      case .replaces: localized("Replaces packet")
      case .changes: localized("What changed")
      case .goodFaith: localized("Good-faith statement")
      case .instruments: localized("Laws that may apply")
      case .legal: localized("Legal basis")
      case .senderKind: localized("From is a")
      case .evidenceUse: localized("Use as evidence")
      }
    }

    /// Whether every packet needs an answer, whoever gets it.
    package var isAlwaysNeeded: Bool {
      switch self {
      case .profile, .title, .summary, .recipient, .recipientCountry, .sender, .senderCountry, .contactName,
        .contactEmail,
        .folder:
        true
      default: false
      }
    }

    /// What was said of one packet only, and has to be said of the next one again.
    package static let ofOnePacket = [Line.goodFaith, .replaces, .changes]

    /// Whether there is a zip beside the folder.
    package static let zipAnswers = ["no", "yes"]

    /// One of the answers to choose from, as the form shows it.
    func shown(_ answer: String) -> String {
      switch (self, answer) {
      case (.zip, "no"): localized("no", context: "is there a zip")
      case (.zip, "yes"): localized("yes", context: "is there a zip")
      case (.evidenceUse, "not stated"): localized("not stated")
      case (.evidenceUse, "ask the sender first"): localized("ask the sender first")
      case (.evidenceUse, "free"): localized("free", context: "use as evidence")
      default: answer
      }
    }

    /// The sender does not say; recipients ask first; recipients need not ask.
    package static let evidenceUses = ["not stated", "ask the sender first", "free"]

    /// The answers to choose from, but for the profile, whose are files; empty where any text will do.
    package var choices: [String] {
      switch self {
      case .recipientKind: ["police", "customs", "cites-ma", "platform", "other"]
      case .senderKind: ["other", "ngo", "police", "customs", "cites-ma", "platform"]
      case .evidenceUse: Self.evidenceUses
      case .zip: Self.zipAnswers
      case .tlp: ["TLP:AMBER", "TLP:AMBER+STRICT", "TLP:RED", "TLP:GREEN", "TLP:CLEAR"]
      default: []
      }
    }
  }

  private var answers: [Line: String]

  /// What the form shows before anybody has typed: proposals that are read before they are sent, and no statement of
  /// how the sender works or what the sender believes.
  package init() {
    self = .unsaid
    answers[.title] = "Suspected online offers of protected wildlife"
    answers[.request] = "Please assess these listings and say whether more is needed."
    answers[.recipientKind] = "police"
  }

  private init(answers: [Line: String]) { self.answers = answers }

  /// What a packet says that was asked for without looking at the form: only what its format cannot do without.
  package static let unsaid = PacketDraft(answers: [
    .title: "Online listings for assessment", .recipientKind: "other", .profile: Self.usualProfile, .tlp: "TLP:AMBER",
    .folder: ".", .senderKind: "other", .evidenceUse: Line.evidenceUses[0],
    .zip: Line.zipAnswers[0],
  ])

  /// Everything, for police or customs.
  private static let usualProfile = "police"

  /// What earlier versions filled in by themselves: a stored answer in these words was never given by anybody.
  private static let onceProposed: Set<String> = [
    "Do not share beyond the receiving agency without asking the sender.",
    "Open sources only; no purchase, no contact with sellers.",
    "Legitimate interest in reporting suspected wildlife crime.",
  ]

  package subscript(line: Line) -> String {
    get { answers[line] ?? "" }
    set { answers[line] = newValue }
  }

  /// No answer and an empty one are the same.
  package static func == (a: PacketDraft, b: PacketDraft) -> Bool { Line.allCases.allSatisfy { a[$0] == b[$0] } }

  /// The answers as named texts, to be kept.
  package var fields: [String: String] {
    Dictionary(uniqueKeysWithValues: Line.allCases.map { ($0.rawValue, self[$0]) })
  }

  /// What the form of the next packet begins with.
  package var ofNextPacket: PacketDraft {
    var draft = self
    for line in Line.ofOnePacket { draft[line] = "" }
    return draft
  }

  /// Kept answers over the usual ones.
  package init(fields: [String: String]) {
    self.init()
    for (name, answer) in fields where !Self.onceProposed.contains(answer) {
      if let line = Line(rawValue: name) { answers[line] = answer }
    }
    // Earlier versions asked for the purpose alone.
    if fields[Line.profile.rawValue] == nil, let purpose = fields["purpose"], let profile = Self.profiles[purpose] {
      answers[.profile] = profile
    }
  }

  /// The profile for each purpose, by which earlier versions asked.
  package static let profiles = [
    "intelligence": "police", "cites-notification": "authority", "platform-notice": "platform",
  ]
}

/// A legal basis to choose in the form.
package struct LegalChoice: Equatable, Sendable {
  /// Its name in the table: `eu-338-97-8`.
  package let id: String
  /// `Regulation (EC) No 338/97, Art. 8`.
  package let citation: String
  /// What it concerns, and since when it is in force.
  package let about: String

  package init(id: String, citation: String, about: String) {
    (self.id, self.citation, self.about) = (id, citation, about)
  }
}

/// A kind of recipient to choose in the form.
package struct RecipientChoice: Equatable, Sendable {
  /// `platform`, as in the file's name.
  package let name: String
  /// `Notice to a platform`.
  package let title: String
  /// What it gets, in a sentence.
  package let about: String
  /// What the form proposes to ask for.
  package let request: String
  /// What it needs beyond what every packet does.
  package let needs: [PacketDraft.Line]

  package init(name: String, title: String, about: String, request: String, needs: [PacketDraft.Line] = []) {
    (self.name, self.title, self.about, self.request, self.needs) = (name, title, about, request, needs)
  }
}

/// Something that keeps a packet from being written.
package struct PacketFault: Equatable, Sendable {
  /// The line of the form to mend; nil where none is at fault.
  package let line: PacketDraft.Line?
  /// What is wrong and what to do: "is empty; a packet needs it.", or a whole sentence where no line is named.
  package let words: String
  /// Whether the words go on from the name of the line.
  let goesOn: Bool

  package init(_ line: PacketDraft.Line?, _ words: String, goesOn: Bool = false) {
    (self.line, self.words, self.goesOn) = (line, words, goesOn)
  }

  /// A whole sentence.
  var sentence: String { goesOn ? "\(line?.label ?? "") \(words)" : words }
}
