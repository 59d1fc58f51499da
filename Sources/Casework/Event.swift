import Listings
import SmallFormats

/// The number of an act in its casebook, from 1. Several listings decided by one key press share one act.
package typealias ActNumber = Int

/// What an event says was done. Programs to come may write further ones: an unknown action is kept and skipped.
package struct Action: RawRepresentable, Hashable, Sendable {
  package let rawValue: String
  package init(rawValue: String) { self.rawValue = rawValue }

  package static let createCasebook = Action(rawValue: "casebook.create")
  package static let fileVerdict = Action(rawValue: "verdict.file")
  package static let writeNote = Action(rawValue: "note.write")
  package static let undo = Action(rawValue: "act.undo")
  package static let redo = Action(rawValue: "act.redo")
  package static let exportPacket = Action(rawValue: "packet.export")
  package static let openDataset = Action(rawValue: "dataset.open")
  /// A listing is known by another key from now on: `object` is the one before, `data.listing` the new one.
  package static let renameListing = Action(rawValue: "listing.rename")
  /// Keys of another form are written from now on: `data.form`.
  package static let changeKeyForm = Action(rawValue: "keys.form")
}

/// One immutable act on the casebook, or one listing's share of it.
///
/// Shape:  a reading of its `AuditLine`, whose bytes are what is hashed. `verdict.file` and `note.write` are about
///         one listing and hold in `data` what stands now, in `before` what stood; `act.undo` and `act.redo` close
///         an act and name the act they reverse. Whatever changes a standing is a `verdict.file` or a `note.write`,
///         also when it comes from undo, so one listing's events tell its whole history.
/// Fails:  a line without an act number is no event.
package struct Event: Equatable, Sendable {
  package let line: AuditLine
  package let act: ActNumber

  package init?(_ line: AuditLine) {
    guard case .number(let act)? = line.data["act"], act > 0 else { return nil }
    self.line = line
    self.act = act
  }

  package var number: EventNumber { line.sequence }
  package var time: String { line.time }
  package var analyst: String { line.actor }
  package var action: Action { Action(rawValue: line.action) }
  package var object: String { line.object }
  package var data: [String: JSONValue] { line.data }

  /// The listing this event is about; nil for a packet, a dataset or the casebook itself.
  package var listing: ListingKey? {
    action == .fileVerdict || action == .writeNote ? ListingKey(line.object) : nil
  }

  /// The key that the event's listing had before, and the one that it has from then on.
  package var rename: (old: ListingKey, new: ListingKey)? {
    guard action == .renameListing, case .text(let new)? = line.data["listing"] else { return nil }
    return (ListingKey(line.object), ListingKey(new))
  }

  /// What the event made of its listing.
  package var after: StandingPart? { StandingPart(of: action, from: line.data) }

  /// What stood before the event, of the same part.
  package var before: StandingPart? {
    guard case .map(let before)? = line.data["before"] else { return nil }
    return StandingPart(of: action, from: before)
  }

  /// The act that this event's act took back, or did again.
  package var undoes: ActNumber? { number("undoes") }
  package var redoes: ActNumber? { number("redoes") }

  private func number(_ name: String) -> Int? {
    guard case .number(let number)? = line.data[name] else { return nil }
    return number
  }
}
