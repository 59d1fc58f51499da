import Casework
import Foundation
import GRDB

/// The casebook's tables, as steps from one version of the file to the next.
///
/// Why:    the steps run in one immediate SQL transaction with the check of the version, so that two programs that open an
///         old file at once cannot both migrate it. GRDB's migrator checks outside its transactions.
/// Law:    a released step is never edited; a later change is a further step.
enum Schema {
  /// Step i, counted from 1, brings the file to version i.
  static let steps = [
    casebook, identity, keyForms, sightings, seenListings, merging, collaboration, cases, evidence, descriptions,
  ]

  /// The version this program writes, in the file's `user_version`.
  static var version: Int { steps.count }

  /// The version of the file; 0 for a blank one.
  static func version(of db: Database) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }

  /// Brings the file up to this program's version. Must be called inside an SQL transaction.
  ///
  /// Cost:   nothing where the file has this program's version.
  static func migrate(_ db: Database) throws {
    for (index, step) in steps.enumerated().dropFirst(try version(of: db)) {
      try db.execute(sql: step)
      try db.execute(sql: "PRAGMA user_version = \(index + 1)")
    }
  }

  /// Version 1.
  private static let casebook = """
    -- The evidence. `line` is what is hashed; the other columns are there to find it by, and verify compares them.
    CREATE TABLE event (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      line TEXT NOT NULL CHECK (json_valid(line)),
      hash TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
      act INTEGER NOT NULL CHECK (act > 0),
      action TEXT NOT NULL CHECK (action <> ''),
      object TEXT NOT NULL,
      time TEXT NOT NULL
        CHECK (time GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-6][0-9]Z'),
      analyst TEXT NOT NULL CHECK (analyst <> '')
    ) STRICT;
    CREATE INDEX event_by_object ON event (object);
    CREATE TRIGGER event_is_never_changed BEFORE UPDATE ON event
      BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
    CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
      BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
    -- Also stands in the way of INSERT OR REPLACE, which asks no DELETE trigger.
    CREATE TRIGGER event_follows_the_last BEFORE INSERT ON event
      WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM event)
      BEGIN SELECT RAISE(ABORT, 'an event follows the last one'); END;
    CREATE TRIGGER event_is_bound_to_the_last BEFORE INSERT ON event
      WHEN json_extract(NEW.line, '$.prev') IS NOT
        coalesce((SELECT hash FROM event WHERE number = NEW.number - 1), printf('%.64d', 0))
        OR json_extract(NEW.line, '$.seq') IS NOT NEW.number
      BEGIN SELECT RAISE(ABORT, 'an event is bound to the last one'); END;

    -- Acts summed up, for undo and redo: first_event to last_event are its events, side by side.
    CREATE TABLE act (
      number INTEGER PRIMARY KEY CHECK (number > 0),
      analyst TEXT NOT NULL,
      kind TEXT NOT NULL CHECK (kind IN ('change', 'undo', 'redo', 'other')),
      reverses INTEGER REFERENCES act (number),
      part TEXT CHECK (part IN ('verdict', 'note', 'no note')),
      verdict TEXT,
      reason TEXT,
      listings INTEGER NOT NULL CHECK (listings >= 0),
      first_event INTEGER NOT NULL REFERENCES event (number),
      last_event INTEGER NOT NULL REFERENCES event (number),
      CHECK ((kind IN ('undo', 'redo')) = (reverses IS NOT NULL)),
      CHECK (first_event <= last_event)
    ) STRICT;
    CREATE INDEX act_by_analyst ON act (analyst);
    CREATE TRIGGER act_is_never_changed BEFORE UPDATE ON act
      BEGIN SELECT RAISE(ABORT, 'an act is never changed'); END;
    CREATE TRIGGER act_is_never_deleted BEFORE DELETE ON act
      BEGIN SELECT RAISE(ABORT, 'an act is never deleted'); END;

    -- What stands now, as replaying the events gives it; written in the same transaction as they are.
    CREATE TABLE standing (
      key TEXT PRIMARY KEY NOT NULL,
      verdict TEXT CHECK (verdict IN ('confirmed', 'false_positive', 'unsure')),
      reason TEXT CHECK (reason IS NULL OR verdict = 'false_positive'),
      verdict_by TEXT,
      note TEXT CHECK (note <> ''),
      note_by TEXT,
      event INTEGER NOT NULL REFERENCES event (number),
      time TEXT NOT NULL,
      analyst TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- The listing's words when it was last decided, and where it was seen first and last.
    CREATE TABLE listing (
      key TEXT PRIMARY KEY NOT NULL,
      title TEXT,
      platform TEXT,
      url TEXT,
      seller TEXT,
      first_file TEXT NOT NULL,
      first_row INTEGER NOT NULL,
      first_time TEXT NOT NULL,
      last_file TEXT NOT NULL,
      last_row INTEGER NOT NULL,
      last_time TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;

    -- Where an analyst was in a dataset. Not evidence.
    CREATE TABLE place (
      dataset TEXT NOT NULL,
      analyst TEXT NOT NULL,
      place TEXT NOT NULL CHECK (json_valid(place)),
      time TEXT NOT NULL,
      PRIMARY KEY (dataset, analyst)
    ) STRICT, WITHOUT ROWID;

    -- Packets. One without an event was numbered and never left: its number is not given again.
    CREATE TABLE packet (
      id TEXT NOT NULL CHECK (id GLOB 'LNS-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]*'),
      version INTEGER NOT NULL CHECK (version > 0),
      created TEXT NOT NULL,
      analyst TEXT NOT NULL,
      event INTEGER REFERENCES event (number),
      PRIMARY KEY (id, version)
    ) STRICT;
    CREATE TABLE packet_listing (
      packet TEXT NOT NULL,
      version INTEGER NOT NULL,
      key TEXT NOT NULL,
      PRIMARY KEY (packet, version, key),
      FOREIGN KEY (packet, version) REFERENCES packet (id, version)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX packet_listing_by_key ON packet_listing (key);
    """
}

extension Schema {
  /// Version 2: the casebook has a token of its own. Every commit leaves a stamp with it, and packet numbers carry it.
  static let identity = """
    -- Which casebook this is and how often it was written: one row, changed by every commit.
    CREATE TABLE stamp (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      stamp BLOB NOT NULL CHECK (length(stamp) = 86 AND substr(stamp, 1, 6) = x'FF4C4E5347FF')
    ) STRICT;
    CREATE TRIGGER stamp_is_one BEFORE INSERT ON stamp WHEN EXISTS (SELECT 1 FROM stamp)
      BEGIN SELECT RAISE(ABORT, 'a casebook has one stamp'); END;
    CREATE TRIGGER stamp_is_never_deleted BEFORE DELETE ON stamp
      BEGIN SELECT RAISE(ABORT, 'the stamp is never deleted'); END;
    CREATE TRIGGER stamp_keeps_its_token BEFORE UPDATE ON stamp
      WHEN NEW.one <> 1 OR substr(NEW.stamp, 1, 38) IS NOT substr(OLD.stamp, 1, 38)
      BEGIN SELECT RAISE(ABORT, 'a casebook keeps its token'); END;

    -- A packet's number may carry the casebook's token, LNS-2026-7K3Q-000001. SQLite changes no CHECK of a table, so
    -- that the tables are made again. Numbers that were given before stay.
    CREATE TABLE new_packet (
      id TEXT NOT NULL CHECK (
        id GLOB 'LNS-[0-9][0-9][0-9][0-9]-[0-9][0-9][0-9][0-9][0-9][0-9]*'
        OR id GLOB 'LNS-[0-9][0-9][0-9][0-9]-[0-9A-HJKMNP-TV-Z][0-9A-HJKMNP-TV-Z][0-9A-HJKMNP-TV-Z][0-9A-HJKMNP-TV-Z]'
          || '-[0-9][0-9][0-9][0-9][0-9][0-9]*'),
      version INTEGER NOT NULL CHECK (version > 0),
      created TEXT NOT NULL,
      analyst TEXT NOT NULL,
      event INTEGER REFERENCES event (number),
      PRIMARY KEY (id, version)
    ) STRICT;
    INSERT INTO new_packet SELECT id, version, created, analyst, event FROM packet;
    CREATE TABLE new_packet_listing (
      packet TEXT NOT NULL,
      version INTEGER NOT NULL,
      key TEXT NOT NULL,
      PRIMARY KEY (packet, version, key),
      FOREIGN KEY (packet, version) REFERENCES new_packet (id, version)
    ) STRICT, WITHOUT ROWID;
    INSERT INTO new_packet_listing SELECT packet, version, key FROM packet_listing;
    DROP TABLE packet_listing;
    DROP TABLE packet;
    ALTER TABLE new_packet RENAME TO packet;
    ALTER TABLE new_packet_listing RENAME TO packet_listing;
    CREATE INDEX packet_listing_by_key ON packet_listing (key);
    """
}

extension CasebookStamp {
  /// The stamp of the last commit; nil in a file without stamps.
  static func fetch(_ db: Database) throws -> CasebookStamp? {
    try Data.fetchOne(db.cachedStatement(sql: "SELECT stamp FROM stamp")).flatMap { CasebookStamp($0) }
  }

  /// Stamps the current commit.
  ///
  /// Fails:  throws where the stamp has another token than the file: a trigger rejects it.
  func write(_ db: Database) throws {
    try db.cachedStatement(sql: "UPDATE stamp SET stamp = ?").execute(arguments: [Data(bytes)])
  }

  /// Gives the file its first stamp, with the token of its first event.
  static func begin(_ db: Database) throws {
    let first = try String.fetchOne(db, sql: "SELECT json_extract(line, '$.data.casebook') FROM event WHERE number = 1")
    let token = first.flatMap { isToken($0) ? $0 : nil } ?? randomToken()
    try db.execute(
      sql: "INSERT INTO stamp (one, stamp) VALUES (1, ?)", arguments: [Data(CasebookStamp(token: token).bytes)])
  }

  /// 128 random bits, since one analyst may begin two casebooks in the same second.
  static func randomToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let part = String(generator.next() as UInt32, radix: 16)
      return String(repeating: "0", count: 8 - part.count) + part
    }.joined()
  }

  /// Whether a text is a token: 32 hexadecimal digits.
  static func isToken(_ text: String) -> Bool {
    text.utf8.count == tokenLength && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

extension Schema {
  /// Version 3: listings may have other keys than in their events.
  ///
  /// A program of version 2 that has the file open would go on writing keys of the old form. It leaves `form` empty, and a
  /// trigger rejects its events.
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

  /// The first version with renamed listings.
  static let versionOfNames = 3
}

/// The form of the keys that this program writes; see `ListingKey`. Casebooks before version 3 have form 1, which was never
/// written down.
enum KeyForm {
  /// The number in the column `form`.
  static let current = 2

  /// Records in a casebook with keys of an older form that later ones have this form.
  static func note(in db: Database, analyst: String, time: String) throws {
    var writer = try TransactionWriter(db, analyst: analyst, time: time)
    let event = try writer.append(.changeKeyForm, object: "casebook", data: ["form": .number(current)])
    try writer.close(.other, part: nil, listings: 0)
    try db.execute(sql: "INSERT INTO key_form (form, event) VALUES (?, ?)", arguments: [current, event])
  }

  /// The first event with keys of this form; nil where all have it.
  ///
  /// Shape:  the largest number in a casebook from before version 3, where no event has this form.
  static func firstEvent(_ db: Database) throws -> EventNumber? {
    guard try Schema.version(of: db) >= Schema.versionOfNames else { return .max }
    return try Int.fetchOne(db, sql: "SELECT event FROM key_form WHERE form = ?", arguments: [current])
  }
}

extension Schema {
  /// Version 5: what a listing said when it got its verdict, as `data.seen` of the event has it. Earlier verdicts have none.
  static let seenListings = """
    ALTER TABLE standing ADD COLUMN seen TEXT CHECK (seen IS NULL OR json_valid(seen));
    """

  /// SQL for the column `seen`, which a casebook of an earlier version lacks.
  static func seen(_ db: Database) throws -> String { try version(of: db) >= versionOfSeenListings ? "seen" : "NULL" }

  /// The first version that keeps it.
  static let versionOfSeenListings = 5
}

extension Schema {
  /// Version 7: several analysts at once.
  static let collaboration = """
    -- Which listings a dashboard has before it, so that they are in nobody else's queue meanwhile. Not evidence: what is
    -- decided counts, leased or not. `expires` is in seconds since 1970.
    CREATE TABLE lease (
      key TEXT PRIMARY KEY NOT NULL,
      analyst TEXT NOT NULL CHECK (analyst <> ''),
      session TEXT NOT NULL CHECK (session <> ''),
      expires INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    -- With the analyst, so that listings that several judged are found without reading the lines.
    DROP INDEX event_by_object;
    CREATE INDEX event_by_object ON event (object, analyst);
    """

  /// The first version with leases.
  static let versionOfCollaboration = 7
}
