import Listings
import SmallFormats

/// How a file of evidence came about.
///
/// Shape:  raw values are the words of `method` in packets, of the audit chain and of the command line.
/// Source: the packet specification, section 3.
package enum CaptureMethod: String, CaseIterable, Sendable {
  /// A picture of what the screen showed: the weakest.
  case screenshot
  /// A page saved by a browser.
  case browserSave = "browser-save"
  /// A web archive, with what the server sent.
  case warc
  /// What a platform's own interface for programs answered: the strongest.
  case api
  /// A text written down by a person.
  case transcript
  /// A file as it was found; how it was captured is not stated.
  case found = "import"

  /// For people.
  package var label: String {
    switch self {
    case .screenshot: "screenshot"
    case .browserSave: "page saved by a browser"
    case .warc: "web archive"
    case .api: "answer of an interface"
    case .transcript: "transcript"
    case .found: "file as found"
    }
  }
}

/// A file attached to a listing by a person, as the audit chain states it.
///
/// Shape:  the `data` of an event `evidence.attach`; its object is the listing's key.
package struct Attachment: Equatable, Sendable {
  /// SHA-256 of its bytes, 64 lower-case hexadecimal digits: the name under which the file is kept.
  package let digest: String
  package let bytes: Int
  /// By its content.
  package let mediaType: String
  /// What the file was called where it came from, without its folders. Text only; nothing is ever opened by it.
  package var originalName = ""
  package var method = CaptureMethod.found
  /// When it was captured, if that was stated.
  package var capturedAt: UTCTime?
  /// In the person's own words.
  package var note = ""
  /// What looking into a web archive found, in a clause; empty for other files.
  package var looked = ""
  /// Whether something in a web archive does not agree with what it says of itself.
  package var isFaulty = false

  package init(digest: String, bytes: Int, mediaType: String) {
    (self.digest, self.bytes, self.mediaType) = (digest, bytes, mediaType)
  }

  /// The form in an event. What was not stated is left out.
  package var data: [String: JSONValue] {
    var data: [String: JSONValue] = [
      "sha256": .text(digest), "bytes": .number(bytes), "media_type": .text(mediaType),
      "method": .text(method.rawValue),
    ]
    data["captured_at"] = capturedAt.map { .text($0.text) }
    if isFaulty { data["faulty"] = .truth(true) }
    for (name, text) in [("name", originalName), ("note", note), ("looked", looked)] where !text.isEmpty {
      data[name] = .text(text)
    }
    return data
  }

  /// Reads that form; nil for another one. A method that this program does not know counts as not stated.
  package init?(_ data: [String: JSONValue]) {
    func text(_ name: String) -> String { data[name]?.asText ?? "" }
    guard let bytes = data["bytes"]?.asNumber, bytes > 0, Self.isDigest(text("sha256")) else { return nil }
    self.init(digest: text("sha256"), bytes: bytes, mediaType: text("media_type"))
    method = CaptureMethod(rawValue: text("method")) ?? .found
    capturedAt = UTCTime(text("captured_at"))
    (originalName, note, looked) = (text("name"), text("note"), text("looked"))
    isFaulty = data["faulty"] == .truth(true)
  }

  /// Whether a text is 64 lower-case hexadecimal digits. Nothing else is ever used as a name of a stored file.
  package static func isDigest(_ text: String) -> Bool {
    text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

/// An attachment in the audit chain.
package struct RecordedAttachment: Equatable, Sendable {
  package let attachment: Attachment
  /// As the event has it; the listing may have another key by now.
  package let listing: ListingKey
  /// The event, by which it can be withdrawn.
  package let number: EventNumber
  /// The hash of the event's line.
  package let hash: String
  /// The token of the chain; nil for the casebook's own.
  package let chain: String?
  /// When it was attached, and by whom.
  package let time: String
  package let analyst: String
  package fileprivate(set) var withdrawal: Withdrawal?

  /// That an attachment no longer counts. The file and both events stay.
  package struct Withdrawal: Equatable, Sendable {
    package let time: String
    package let analyst: String
    package let note: String
  }

  /// Whether it counts.
  package var isInForce: Bool { withdrawal == nil }
}

/// All attachments that the events of some chains tell.
///
/// Law:    the order of the chains makes no difference, as a withdrawal names the line that it withdraws.
/// Cost:   O(1) per event.
package struct Attachments: Equatable, Sendable {
  private var byHash: [String: Int] = [:]
  /// Withdrawals of attachments that have not come yet.
  private var early: [String: RecordedAttachment.Withdrawal] = [:]
  /// In the order in which they came.
  package private(set) var all: [RecordedAttachment] = []

  package init() {}

  /// Takes the next event of a chain; others than those of attachments are passed over.
  ///
  /// - Parameter chain: nil for the casebook's own.
  package mutating func apply(_ event: Event, hash: String, of chain: String? = nil) {
    switch event.action {
    case .attachEvidence:
      guard byHash[hash] == nil, let attachment = Attachment(event.data) else { return }
      byHash[hash] = all.count
      all.append(
        RecordedAttachment(
          attachment: attachment, listing: ListingKey(event.object), number: event.number, hash: hash, chain: chain,
          time: event.time, analyst: event.analyst, withdrawal: early[hash]))
    case .withdrawEvidence:
      guard let target = event.data["attachment"]?.asText else { return }
      let withdrawal = RecordedAttachment.Withdrawal(
        time: event.time, analyst: event.analyst, note: event.data["note"]?.asText ?? "")
      guard let place = byHash[target] else { return early[target] = early[target] ?? withdrawal }
      if all[place].withdrawal == nil { all[place].withdrawal = withdrawal }
    default: return
    }
  }

  /// Those that count.
  package var inForce: [RecordedAttachment] { all.filter(\.isInForce) }
}
