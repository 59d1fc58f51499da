import Casework
import GRDB

extension Schema {
  /// Version 3: listings may have other keys than events gave them.
  ///
  /// A program that knows version 2 and has the file open goes on to write keys of the old form; it leaves `form` empty,
  /// and is refused.
  static let keyForms = """
    ALTER TABLE event ADD COLUMN form INTEGER CHECK (form > 1);
    CREATE TRIGGER event_says_its_form BEFORE INSERT ON event WHEN NEW.form IS NULL
      BEGIN SELECT RAISE(ABORT, 'a newer linsang took this casebook over; close it here and open it there'); END;

    -- From which event on keys have a form. A casebook that began with the newest has no row.
    CREATE TABLE key_form (
      form INTEGER PRIMARY KEY CHECK (form > 1),
      event INTEGER NOT NULL REFERENCES event (number)
    ) STRICT;

    -- The key that a listing has now, for those that events have; as replaying their renamings gives it.
    CREATE TABLE renamed (
      key TEXT PRIMARY KEY NOT NULL,
      listing TEXT NOT NULL CHECK (listing <> key),
      event INTEGER NOT NULL REFERENCES event (number)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX renamed_by_listing ON renamed (listing);
    """

  /// The version from which on listings may be renamed.
  static let versionOfNames = 3
}

/// The form of keys that this program makes; see `ListingKey`. Form 1 was never written down: it is that of casebooks
/// before version 3.
enum KeyForm {
  static let current = 2

  /// Notes in a casebook with keys of an older form that those to come are of this one.
  static func note(in db: Database, analyst: String, time: String) throws {
    var writer = try ActWriter(db, analyst: analyst, time: time)
    let event = try writer.append(.changeKeyForm, object: "casebook", data: ["form": .number(current)])
    try writer.close(.other, part: nil, listings: 0)
    try db.execute(sql: "INSERT INTO key_form (form, event) VALUES (?, ?)", arguments: [current, event])
  }

  /// The first event whose keys are of this form; nil where all are.
  static func firstEvent(_ db: Database) throws -> EventNumber? {
    guard try Schema.version(of: db) >= Schema.versionOfNames else { return .max }
    return try Int.fetchOne(db, sql: "SELECT event FROM key_form WHERE form = ?", arguments: [current])
  }
}
