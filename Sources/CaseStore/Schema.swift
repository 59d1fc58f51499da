import GRDB

/// The casebook's tables, as steps from one version of the file to the next.
///
/// The steps run inside one immediate transaction with the check of the version, so that two programs that open an
/// old file at once cannot both migrate it; GRDB's migrator checks outside of its transactions.
/// A step that was released is never edited: what comes later is a further step.
enum Schema {
  /// Each brings the file to the version of its place, counted from 1.
  static let steps = [casebook, identity, keyForms]

  /// The version this program writes, in the file's `user_version`.
  static var version: Int { steps.count }

  static func version(of db: Database) throws -> Int { try Int.fetchOne(db, sql: "PRAGMA user_version") ?? 0 }

  /// Brings the file up to this program's version. To be called inside a transaction.
  static func migrate(_ db: Database) throws {
    for (index, step) in steps.enumerated().dropFirst(try version(of: db)) {
      try db.execute(sql: step)
      try db.execute(sql: "PRAGMA user_version = \(index + 1)")
    }
  }

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
