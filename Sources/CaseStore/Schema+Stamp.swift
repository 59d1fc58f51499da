import Foundation
import GRDB

extension Schema {
  /// Version 2: the casebook knows its own token, and every commit leaves a stamp.
  static let stamp = """
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
