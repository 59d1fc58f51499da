import Sentences
import SmallFormats

/// Something in the form that must be corrected before a packet can be written.
///
/// Shape:  one problem per rule and field, in the order of the form.
package struct PacketProblem: Equatable, Sendable {
  /// The field: `title`, `sender.contact_email`, `recipients[2].country` (counted from 1).
  package let field: String
  /// The rule that the field breaks.
  package let what: What

  /// What may be wrong with a field.
  package enum What: Equatable, Sendable {
    /// A required text is blank, or a required country is empty.
    case empty
    /// The limit counts Unicode scalars.
    case tooLong(limit: Int)
    /// A text of one line has a character that could hide, turn or break it.
    case lineBreakOrControl
    /// Judged by form alone, since no mail is sent.
    case notAnEmailAddress
    /// The text as typed, which is not two capital letters.
    case notACountryCode(String)
    /// The text as typed, which is no day of the calendar as YYYY-MM-DD.
    case notADay(String)
    /// The day is over before the packet is made.
    case retentionAlreadyOver(String)
    /// The form names no recipient at all.
    case noRecipient
    /// Versions count from 1.
    case notAVersion(Int)
    /// The text as typed, which is not a number and version such as `LNS-2026-7K3Q-000007_v1`.
    case notAPacketName(String)
    /// A notice to a platform must leave out what the platform does not need.
    case redactionMissing
    /// The recipient's profile asks for it.
    case required(by: String)
    /// Listings without a web address, where the recipient's profile asks for one.
    case withoutAddress(Int)
  }

  package init(field: String, what: What) {
    self.field = field
    self.what = what
  }

  /// What is wrong and what to do, in one sentence.
  ///
  /// Limits: typed text is quoted with its controls made visible, and cut after 40 characters.
  package var sentence: String { isAboutItsField ? "\(field) \(words)" : words }

  /// Whether `words` go on from the name of the field.
  package var isAboutItsField: Bool {
    switch what {
    case .redactionMissing, .withoutAddress: false
    default: true
    }
  }

  /// The sentence without the field that it begins with: "is empty; a packet needs it."
  package var words: String {
    switch what {
    case .empty: localized("is empty; a packet needs it.", context: "a field of the form")
    case .tooLong(let limit):
      localized("is longer than \(limit) characters; shorten it.", context: "a field of the form")
    case .lineBreakOrControl:
      localized(
        "holds a line break or another control character; write it on one line.", context: "a field of the form")
    case .notAnEmailAddress:
      localized("is not an e-mail address like duty@monitors.example.", context: "a field of the form")
    case .notACountryCode(let text):
      localized(
        "is \"\(DisplayText.visible(text, limit: 40))\"; write the country's name, or two letters such as KE.",
        context: "a field of the form")
    case .notADay(let text):
      localized(
        "is \"\(DisplayText.visible(text, limit: 40))\"; write a day as YYYY-MM-DD, such as 2027-11-18.",
        context: "a field of the form")
    case .retentionAlreadyOver(let day):
      localized("is \(day), before the packet is made; give a later day or none.", context: "a field of the form")
    case .noRecipient:
      localized("is empty; a packet is addressed to at least one body.", context: "a field of the form")
    case .notAVersion(let version): localized("is \(version); versions count from 1.", context: "a field of the form")
    case .notAPacketName(let text):
      localized(
        "is \"\(DisplayText.visible(text, limit: 40))\"; write a packet's folder name, such as LNS-2026-7K3Q-000007_v1.",
        context: "a field of the form")
    case .redactionMissing:
      localized(
        "A notice to a platform leaves out the sellers' identities and the rows as collected: choose a profile that does, "
          + "such as platform.")
    case .required(let profile):
      localized(
        "is empty; a packet of the kind \"\(DisplayText.visible(profile, limit: 60))\" needs it.",
        context: "a field of the form")
    case .withoutAddress(let count):
      localized(
        count,
        one:
          "\(count) of the listings has no web address, and this recipient can do nothing without one; leave it out.",
        other:
          "\(count) of the listings have no web address, and this recipient can do nothing without one; leave them out."
      )
    }
  }
}

extension Packet {
  /// What must be corrected in form and stamp, in the order of the form. If empty, the packet can be written.
  ///
  /// Shape:  the form's problems first, then those of `version`, `supersedes`, `made_by` and `tool_version`.
  package var problems: [PacketProblem] {
    var found = form.problems(on: stamp.created) + recipient.problems(of: form, listings)
    if stamp.version < 1 { found.append(.init(field: "version", what: .notAVersion(stamp.version))) }
    if let name = stamp.supersedes, !Self.isFolderName(name) {
      found.append(.init(field: "supersedes", what: .notAPacketName(name)))
    }
    found += PacketForm.oneLine(stamp.madeBy, "made_by") + PacketForm.oneLine(stamp.toolVersion, "tool_version")
    return found
  }

  /// Whether the text is a packet's folder name.
  ///
  /// Shape:  a number that `PacketID` can parse, `_v`, and a version without leading zeros.
  private static func isFolderName(_ name: String) -> Bool {
    let parts = name.split(separator: "_v", omittingEmptySubsequences: false)
    return parts.count == 2 && PacketID(String(parts[0])) != nil
      && Int(parts[1]).map { $0 > 0 && String($0) == parts[1] } == true
  }
}

extension PacketForm {
  /// What must be corrected, in the order of the form, if the packet is made at `created`.
  ///
  /// Units:  `created` is in UTC, and only its day counts: `retain_until` may be that same day.
  /// Limits: 300 characters for a line and 20,000 for a paragraph, counted in Unicode scalars.
  package func problems(on created: UTCTime) -> [PacketProblem] {
    var found = Self.oneLine(title, "title") + Self.required(summary, "summary") + Self.bounded(request, "request")
    found += Self.bounded(conditions, "conditions")
    if !retainUntil.isEmpty {
      if CalendarDay(retainUntil) == nil {
        found.append(.init(field: "retain_until", what: .notADay(retainUntil)))
      } else if retainUntil < created.day {
        found.append(.init(field: "retain_until", what: .retentionAlreadyOver(retainUntil)))
      }
    }
    return found + senderProblems + recipientProblems + legalProblems
  }

  /// Problems of the sender.
  ///
  /// Shape:  organisation, country, contact's name, contact's address. The form of the address is checked only if it is
  ///         a sound line, so that one mistake is reported once.
  private var senderProblems: [PacketProblem] {
    var found = Self.oneLine(sender.org, "sender.org") + Self.country(sender.country, "sender.country")
    found += Self.oneLine(sender.contactName, "sender.contact_name")
    let lines = Self.oneLine(sender.contactEmail, "sender.contact_email")
    found += lines
    if lines.isEmpty, !Self.isEmailAddress(sender.contactEmail) {
      found.append(.init(field: "sender.contact_email", what: .notAnEmailAddress))
    }
    return found
  }

  /// Problems of the recipients.
  ///
  /// Shape:  by recipient, counted from 1; without any recipient, that one problem.
  private var recipientProblems: [PacketProblem] {
    guard !recipients.isEmpty else { return [.init(field: "recipients", what: .noRecipient)] }
    return recipients.enumerated().flatMap { index, recipient in
      Self.oneLine(recipient.org, "recipients[\(index + 1)].org")
        + Self.country(recipient.country, "recipients[\(index + 1)].country")
    }
  }

  /// Problems of the legal basis.
  ///
  /// Shape:  the two bases, each jurisdiction, each instrument, good faith. The texts may be empty; an entry of a list
  ///         may not.
  private var legalProblems: [PacketProblem] {
    var found = Self.bounded(legal.collectionBasis, "legal.collection_basis")
    found += Self.bounded(legal.processingBasis, "legal.processing_basis")
    for (index, code) in legal.jurisdictions.enumerated() {
      found += Self.country(code, "legal.jurisdictions[\(index + 1)]")
    }
    for (index, instrument) in legal.instruments.enumerated() {
      found += Self.required(instrument, "legal.instruments[\(index + 1)]")
    }
    return found + Self.bounded(legal.goodFaith, "legal.good_faith")
  }

  // MARK: - One field

  /// The longest line, in characters: forms are read by people, and `bag-info.txt` by line tools.
  private static let lineLimit = 300
  /// The longest paragraph, in characters.
  private static let paragraphLimit = 20_000

  /// Checks a required text of one line. It goes into `bag-info.txt`, where a line break would begin a forged field.
  ///
  /// Shape:  at most one problem: empty, else a control character, else too long.
  fileprivate static func oneLine(_ text: String, _ field: String) -> [PacketProblem] {
    if isBlank(text) { return [.init(field: field, what: .empty)] }
    if text.unicodeScalars.contains(where: DisplayText.needsShowing) {
      return [.init(field: field, what: .lineBreakOrControl)]
    }
    return text.unicodeScalars.count > lineLimit ? [.init(field: field, what: .tooLong(limit: lineLimit))] : []
  }

  /// Checks a required text of any number of lines.
  /// A text of white space counts as empty.
  private static func required(_ text: String, _ field: String) -> [PacketProblem] {
    isBlank(text) ? [.init(field: field, what: .empty)] : bounded(text, field)
  }

  /// Checks the length of an optional text.
  ///
  /// Limits: `paragraphLimit`, counted in Unicode scalars.
  private static func bounded(_ text: String, _ field: String) -> [PacketProblem] {
    text.unicodeScalars.count > paragraphLimit ? [.init(field: field, what: .tooLong(limit: paragraphLimit))] : []
  }

  /// Checks a required country code.
  ///
  /// Source: the form of ISO 3166-1 alpha-2; no list of assigned codes is consulted.
  private static func country(_ text: String, _ field: String) -> [PacketProblem] {
    if text.isEmpty { return [.init(field: field, what: .empty)] }
    return CountryCode.isWellFormed(text) ? [] : [.init(field: field, what: .notACountryCode(text))]
  }

  /// Whether the text is empty or white space throughout.
  private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

  /// Whether the text has the form of an e-mail address: one `@`, something before it, a dotted domain after it. Whether mail
  /// arrives is not checked, since that would need a network.
  private static func isEmailAddress(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !text.contains(where: { $0.isWhitespace || "<>()\",;:\\".contains($0) })
    else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count >= 2 && labels.allSatisfy { !$0.isEmpty && $0.first != "-" && $0.last != "-" }
  }
}

/// Country codes by their form, two capital letters (ISO 3166-1 alpha-2). Whether a code is assigned is not checked:
/// user-assigned codes such as XX are used for invented data.
enum CountryCode {
  /// Whether the text is two capital letters.
  ///
  /// Shape:  exactly two bytes from A to Z; small letters do not pass.
  static func isWellFormed(_ text: String) -> Bool {
    text.utf8.count == 2 && text.utf8.allSatisfy { (0x41...0x5a).contains($0) }
  }

  /// The code in capitals; nil if the text is something else, such as a country's name.
  ///
  /// Fails:  with nil also for nil, and for letters outside ASCII.
  static func read(_ text: String?) -> String? {
    guard let text, text.utf8.count == 2 else { return nil }
    let upper = text.uppercased()
    return isWellFormed(upper) ? upper : nil
  }
}
