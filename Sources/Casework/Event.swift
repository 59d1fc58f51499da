import Listings
import SmallFormats

/// The number of a transaction in its casebook, from 1. Several listings decided by one key press share one.
package typealias TransactionNumber = Int

/// What an event did. Later programs may write further actions; unknown ones are kept and skipped.
package struct Action: RawRepresentable, Hashable, Sendable {
  /// The word in the audit line.
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  package static let createCasebook = Action(rawValue: "casebook.create")
  package static let fileVerdict = Action(rawValue: "verdict.file")
  package static let writeNote = Action(rawValue: "note.write")
  /// One aspect of a listing is described: `data.aspect` with `data.value`.
  package static let describe = Action(rawValue: "listing.describe")
  package static let undo = Action(rawValue: "act.undo")
  package static let redo = Action(rawValue: "act.redo")
  package static let exportPacket = Action(rawValue: "packet.export")
  /// A person learned what became of an exported packet: `object` is its number, `data` a `CaseStep`.
  package static let stepPacket = Action(rawValue: "packet.step")
  /// A step is taken back: `object` is the packet's number, `data.retracts` the number of the step's event.
  package static let retractStep = Action(rawValue: "packet.retract")
  /// The sightings of a file are kept: `object` is its scrape, `data` a `ScrapeFile`.
  package static let recordScrape = Action(rawValue: "scrape.record")
  package static let openDataset = Action(rawValue: "dataset.open")
  /// A listing has another key from now on: `object` is the earlier key, `data.listing` the new one.
  package static let renameListing = Action(rawValue: "listing.rename")
  /// From now on keys are written in another form: `data.form`.
  package static let changeKeyForm = Action(rawValue: "keys.form")
  /// Chains of other casebooks came: `data.chains` has a `MergedChain` each.
  package static let mergeCasebooks = Action(rawValue: "casebook.merge")
  /// A file is attached to a listing: `object` is its key, `data` an `Attachment`.
  package static let attachEvidence = Action(rawValue: "evidence.attach")
  /// An attachment no longer counts: `object` is the listing's key, `data.attachment` the hash of the line that attached it.
  package static let withdrawEvidence = Action(rawValue: "evidence.withdraw")
}

/// One immutable event of the casebook: a transaction, or one listing's part of it.
///
/// Shape:  a view of its `AuditLine`, whose bytes are what is hashed. `verdict.file`, `note.write` and `listing.describe` are
///         about one listing: `data` holds the new status, `data.before` the earlier one. `transaction.undo` and `transaction.redo` close a
///         transaction and name the one that they reverse. Every change of a status is one of these
///         three, even when it comes from undo, so a listing's events tell its whole history.
/// Fails:  a line without a transaction number is no event.
package struct Event: Equatable, Sendable {
  package let line: AuditLine
  /// The transaction that the event belongs to.
  package let transaction: TransactionNumber

  /// Nil for a line without a transaction number.
  package init?(_ line: AuditLine) {
    guard case .number(let transaction)? = line.data["act"], transaction > 0 else { return nil }
    self.line = line
    self.transaction = transaction
  }

  /// Its position in the chain, from 1.
  package var number: EventNumber { line.sequence }
  package var time: String { line.time }
  /// Who signed the event.
  package var analyst: String { line.actor }
  package var action: Action { Action(rawValue: line.action) }
  /// A listing's key, a packet's number, or the dataset's name.
  package var object: String { line.object }
  package var data: [String: JSONValue] { line.data }

  /// The listing that the event is about; nil for a packet, a dataset or the casebook itself.
  package var listing: ListingKey? {
    action == .fileVerdict || action == .writeNote || action == .describe ? ListingKey(line.object) : nil
  }

  /// The earlier key and the new key, if the event renames a listing.
  package var rename: (old: ListingKey, new: ListingKey)? {
    guard action == .renameListing, case .text(let new)? = line.data["listing"] else { return nil }
    return (ListingKey(line.object), ListingKey(new))
  }

  /// What the event set for its listing.
  package var after: StatusPart? { StatusPart(of: action, from: line.data) }

  /// The status of the same part before the event.
  package var before: StatusPart? {
    guard case .map(let before)? = line.data["before"] else { return nil }
    return StatusPart(of: action, from: before)
  }

  /// What the listing said when it got the verdict that the event files; nil where that was not written down.
  package var seen: SeenListing? { action == .fileVerdict ? SeenListing(line.data["seen"]) : nil }

  /// What it said when it got the verdict before.
  package var seenBefore: SeenListing? {
    guard action == .fileVerdict, case .map(let before)? = line.data["before"] else { return nil }
    return SeenListing(before["seen"])
  }

  /// The transaction that this event's transaction took back.
  package var undoes: TransactionNumber? { number("undoes") }
  /// The transaction that this event's transaction restored.
  package var redoes: TransactionNumber? { number("redoes") }

  /// The events of the same chain whose verdicts were on the screen when this one settled a disagreement with them.
  package var settles: [EventNumber] { line.data["settles"]?.asList?.compactMap(\.asNumber) ?? [] }
  /// Whether the verdicts and notes of others were hidden from the analyst: a blind second review.
  package var isBlind: Bool { line.data["blind"] == .truth(true) }

  /// Whether the clock was behind the event before when this one was written.
  package var isClockBehind: Bool { line.data["clock"] == .text("behind") }

  /// A number in the data; nil if it is absent or something else.
  private func number(_ name: String) -> Int? {
    guard case .number(let number)? = line.data[name] else { return nil }
    return number
  }
}

extension [String: JSONValue] {
  /// Notes in the data of an event that the clock is behind the event before: `"clock": "behind"`.
  package mutating func noteClock(_ time: String, after last: String) {
    if time < last { self["clock"] = .text("behind") }
  }
}
