import Casework
import GRDB
import Listings

extension Schema {
  /// Version 6: chains of other casebooks, which came by merging.
  static let merging = """
    -- Events of other casebooks, byte for byte, each under the token of its casebook. `merge` is the event of this casebook's
    -- own chain that brought it. As in the table of events the other columns are there to find a line by.
    CREATE TABLE merged_event (
      chain TEXT NOT NULL CHECK (length(chain) = 32 AND chain NOT GLOB '*[^0-9a-f]*'),
      number INTEGER NOT NULL CHECK (number > 0),
      line TEXT NOT NULL CHECK (json_valid(line)),
      hash TEXT NOT NULL CHECK (length(hash) = 64 AND hash NOT GLOB '*[^0-9a-f]*'),
      act INTEGER NOT NULL CHECK (act > 0),
      action TEXT NOT NULL CHECK (action <> ''),
      object TEXT NOT NULL,
      time TEXT NOT NULL,
      analyst TEXT NOT NULL CHECK (analyst <> ''),
      merge INTEGER NOT NULL REFERENCES event (number),
      PRIMARY KEY (chain, number)
    ) STRICT;
    CREATE INDEX merged_event_by_object ON merged_event (object);
    CREATE INDEX merged_scrape ON merged_event (chain, number) WHERE action = 'scrape.record';
    CREATE INDEX merged_merge ON merged_event (chain, number) WHERE action = 'casebook.merge';
    CREATE TRIGGER merged_event_is_never_changed BEFORE UPDATE ON merged_event
      BEGIN SELECT RAISE(ABORT, 'an event is never changed'); END;
    CREATE TRIGGER merged_event_is_never_deleted BEFORE DELETE ON merged_event
      BEGIN SELECT RAISE(ABORT, 'an event is never deleted'); END;
    CREATE TRIGGER merged_event_is_bound_to_the_last BEFORE INSERT ON merged_event
      WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM merged_event WHERE chain = NEW.chain)
        OR json_extract(NEW.line, '$.seq') IS NOT NEW.number
        OR json_extract(NEW.line, '$.prev') IS NOT coalesce(
          (SELECT hash FROM merged_event WHERE chain = NEW.chain AND number = NEW.number - 1), printf('%.64d', 0))
      BEGIN SELECT RAISE(ABORT, 'an event is bound to the last one of its chain'); END;
    CREATE TRIGGER merged_piece_is_never_deleted BEFORE DELETE ON sighting_piece
      WHEN EXISTS (
        SELECT 1 FROM merged_event
        WHERE action = 'scrape.record' AND json_extract(line, '$.data.sightings') = OLD.digest)
      BEGIN SELECT RAISE(ABORT, 'a recorded sighting is never deleted'); END;
    """

  /// The first version with chains of other casebooks.
  static let versionOfMerging = 6
}

/// The table of events that came by merging.
enum MergedEvents {
  /// Whether the casebook's version has the table.
  static func isThere(_ db: Database) throws -> Bool { try Schema.version(of: db) >= Schema.versionOfMerging }

  /// Whether anything was ever merged.
  static func areAny(_ db: Database) throws -> Bool {
    guard try isThere(db) else { return false }
    return try Int.fetchOne(db.cachedStatement(sql: "SELECT 1 FROM merged_event LIMIT 1")) != nil
  }

  /// How many events there are in all chains, the own one included.
  ///
  /// Cost:   a lookup for each chain.
  static func countOfAll(_ db: Database) throws -> Int {
    var count = try ChainHead(lastOf: db).sequence
    guard try areAny(db) else { return count }
    for token in try tokens(db) { count += try head(of: token, db).sequence }
    return count
  }

  /// The tokens of the chains, in order.
  static func tokens(_ db: Database) throws -> [String] {
    guard try isThere(db) else { return [] }
    // From each first event to the next: `DISTINCT` would pass over all of them.
    let next = try db.cachedStatement(sql: "SELECT min(chain) FROM merged_event WHERE chain > ?")
    var tokens: [String] = []
    while let token = try String.fetchOne(next, arguments: [tokens.last ?? ""]) { tokens.append(token) }
    return tokens
  }

  /// The end of a chain; `.empty` for one that is not here.
  static func head(of chain: String, _ db: Database) throws -> ChainHead {
    let row = try Row.fetchOne(
      db, sql: "SELECT number, hash FROM merged_event WHERE chain = ? ORDER BY number DESC LIMIT 1", arguments: [chain])
    return row.map { ChainHead(sequence: $0[0], hash: $0[1]) } ?? .empty
  }

  /// The lines of a chain, in order.
  static func lines(of chain: String, _ db: Database) throws -> EventLines {
    try EventLines(
      db,
      sql: """
        SELECT number, line, hash, act, action, object, time, analyst, merge FROM merged_event
        WHERE chain = ? ORDER BY number
        """, arguments: [chain])
  }

  /// Whether the listing of a key got decisions on one part of its status from elsewhere after an event.
  static func broughtDecision(
    on column: String, _ action: Action, after event: EventNumber, _ db: Database
  ) throws -> Bool {
    let select = try db.cachedStatement(
      sql: """
        SELECT 1 FROM merged_event
        WHERE object IN \(NameTable.keys(db)) AND action = :action AND merge > :event LIMIT 1
        """)
    return try Int.fetchOne(select, arguments: ["key": column, "action": action.rawValue, "event": event]) != nil
  }

  /// What was recorded of scrapes in other casebooks.
  static func scrapes(_ db: Database) throws -> [ScrapeFile] {
    guard try isThere(db) else { return [] }
    return try String.fetchAll(
      db, sql: "SELECT line FROM merged_event WHERE action = 'scrape.record' ORDER BY chain, number"
    ).compactMap { AuditLine(canonical: $0).flatMap(Event.init).flatMap { ScrapeFile($0) } }
  }

  /// SQL for the digests of sightings that are recorded, here or elsewhere.
  static func recordedDigests(_ db: Database) throws -> String {
    let own = "SELECT digest FROM scrape_file"
    guard try isThere(db) else { return own }
    return own
      + " UNION SELECT json_extract(line, '$.data.sightings') FROM merged_event WHERE action = 'scrape.record'"
  }
}

extension Casebook {
  /// Replays the own chain and all that came by merging.
  ///
  /// Cost:   a parse per event.
  static func replay(_ db: Database) throws -> CasebookReplay {
    var replay = CasebookReplay(token: try identity(db) ?? "")
    let own = try EventLines(
      db, sql: "SELECT number, line, hash, act, action, object, time, analyst FROM event ORDER BY number")
    while case let batch = try own.next(), !batch.isEmpty {
      for line in batch {
        if let event = line.line.flatMap(Event.init) { replay.apply(event, hash: line.hashed) }
      }
    }
    guard try isMerged(db) else { return replay }
    for token in try MergedEvents.tokens(db) {
      let lines = try MergedEvents.lines(of: token, db)
      while case let batch = try lines.next(), !batch.isEmpty {
        for line in batch {
          guard let event = line.line.flatMap(Event.init) else { continue }
          replay.apply(event, hash: line.hashed, of: token, broughtBy: line.merge)
        }
      }
    }
    return replay
  }

  /// Whether anything was ever merged into the casebook.
  static func isMerged(_ db: Database) throws -> Bool { try MergedEvents.areAny(db) }
}
