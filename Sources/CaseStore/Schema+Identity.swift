import Foundation
import GRDB

extension Schema {
  /// The casebook knows its own token: every commit leaves a stamp, and packets' numbers carry it.
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
  /// The stamp of the last commit; nil in a file that has no stamps yet.
  static func fetch(_ db: Database) throws -> CasebookStamp? {
    try Data.fetchOne(db.cachedStatement(sql: "SELECT stamp FROM stamp")).flatMap { CasebookStamp($0) }
  }

  /// Stamps the commit that is being made.
  func write(_ db: Database) throws {
    try db.cachedStatement(sql: "UPDATE stamp SET stamp = ?").execute(arguments: [Data(bytes)])
  }

  /// Gives the file its first stamp, with the token that its chain begins with.
  static func begin(_ db: Database) throws {
    let first = try String.fetchOne(db, sql: "SELECT json_extract(line, '$.data.casebook') FROM event WHERE number = 1")
    let token = first.flatMap { isToken($0) ? $0 : nil } ?? randomToken()
    try db.execute(
      sql: "INSERT INTO stamp (one, stamp) VALUES (1, ?)", arguments: [Data(CasebookStamp(token: token).bytes)])
  }

  /// 128 random bits: two casebooks that one analyst begins in the same second are still two.
  static func randomToken() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<4).map { _ in
      let part = String(generator.next() as UInt32, radix: 16)
      return String(repeating: "0", count: 8 - part.count) + part
    }.joined()
  }

  static func isToken(_ text: String) -> Bool {
    text.utf8.count == tokenLength && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
