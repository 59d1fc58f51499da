import Casework
import Foundation
import GRDB
import Hashing
import Listings

// The sightings of scrapes: packed, in pieces, each under the digest of the whole, and an event for each file.

/// How the recording of a file's sightings went.
package enum ScrapeRecorded: Equatable, Sendable {
  case recorded
  /// The casebook has the same file already, as part of this scrape or under another name.
  case known(scrape: String)
}

/// Records the sightings of one file, piece by piece, so that no verdict waits for more than one.
///
/// Shape:  call `step` until it returns an outcome. What was written before an interruption is found again; only the last
///         step makes it count.
/// Cost:   one short SQL transaction, with a sync, for each megabyte.
package struct ScrapeRecording: Sendable {
  /// What is recorded.
  package let file: ScrapeFile
  private let packed: [UInt8]
  private var next = 0
  private var isBegun = false
  /// How often pieces were found missing at the end.
  private var repetitions = 0

  static let pieceSize = 1 << 20

  /// - Parameter packed: the packed sightings, whose digest `file` states.
  package init(_ file: ScrapeFile, packed: [UInt8]) {
    precondition(SHA256Digest(of: packed).hex == file.digest, "The digest is that of other sightings")
    (self.file, self.packed) = (file, packed)
  }

  private var pieceCount: Int { (packed.count + Self.pieceSize - 1) / Self.pieceSize }

  /// Does the next short step.
  ///
  /// - Returns: the outcome of the last step; nil while there are more.
  /// Fails:  throws like any filing; what was written before stays, and does not count yet.
  package mutating func step(_ casebook: Casebook, at time: String) throws(CasebookError) -> ScrapeRecorded? {
    if !isBegun {
      if let scrape = try casebook.scrape(holding: file) { return .known(scrape: scrape) }
      isBegun = true
    }
    if next < pieceCount {
      try casebook.write(piece: next, bytes: piece(next), of: file.digest)
      next += 1
      return nil
    }
    switch try casebook.finish(file, pieces: pieceCount, byteCount: packed.count, at: time) {
    case let outcome?: return outcome
    case nil:
      // Another program cleared pieces that it took for leftovers.
      guard repetitions < 3 else {
        throw .failed(path: casebook.path, why: "another program removes what is written")
      }
      (next, repetitions) = (0, repetitions + 1)
      return nil
    }
  }

  private func piece(_ number: Int) -> Data {
    let start = number * Self.pieceSize
    return Data(packed[start..<min(packed.count, start + Self.pieceSize)])
  }
}

extension Casebook {
  /// Records the sightings of one file in one go.
  ///
  /// Cost:   a second for a million listings; verdicts of other programs go in between.
  package func record(
    _ file: ScrapeFile, packed: [UInt8], at time: String = SystemClock.now()
  ) throws(CasebookError) -> ScrapeRecorded {
    var recording = ScrapeRecording(file, packed: packed)
    while true { if let outcome = try recording.step(self, at: time) { return outcome } }
  }

  /// The files whose sightings are kept, in the order in which they were recorded.
  ///
  /// Shape:  empty for a casebook of a version without sightings.
  package func scrapeFiles() throws(CasebookError) -> [ScrapeFile] {
    try read { db in try ScrapeFile.fetch(db) }
  }

  /// The packed sightings of a file, checked against their digest.
  ///
  /// Fails:  throws `damaged` where they are not as they were recorded.
  package func packedSightings(of file: ScrapeFile) throws(CasebookError) -> [UInt8] {
    try read { db in
      let packed = try ScrapeFile.packed(file.digest, db)
      guard SHA256Digest(of: packed).hex == file.digest else {
        throw CasebookError.damaged(path: path, why: "the sightings of \(file.file) are not as they were recorded")
      }
      return packed
    }
  }

  /// The scrape that a file was recorded for; nil where it was not.
  ///
  /// Shape:  a file with listings of several days is recorded for each; one that was named with a label is not recorded
  ///         again under its day.
  fileprivate func scrape(holding file: ScrapeFile) throws(CasebookError) -> String? {
    try read { db in
      let names = try ScrapeFile.fetch(db).filter { $0.sha256 == file.sha256 && $0.file == file.file }
      return names.first { $0.scrape == file.scrape }?.scrape
        ?? names.first { ($0.basis == "label") != (file.basis == "label") || $0.basis == "label" }?.scrape
    }
  }

  /// Writes one piece, unless it is there already.
  fileprivate func write(piece: Int, bytes: Data, of digest: String) throws(CasebookError) {
    try write { db in
      try db.cachedStatement(sql: "INSERT OR IGNORE INTO sighting_piece (digest, piece, bytes) VALUES (?, ?, ?)")
        .execute(arguments: [digest, piece, bytes])
    }
  }

  /// Makes the pieces count: writes the event and its row. Nil where pieces are missing.
  fileprivate func finish(
    _ file: ScrapeFile, pieces: Int, byteCount: Int, at time: String
  ) throws(CasebookError) -> ScrapeRecorded? {
    try write { db in
      if try ScrapeFile.fetch(db).contains(where: {
        $0.sha256 == file.sha256 && $0.scrape == file.scrape && $0.file == file.file
      }) {
        return .known(scrape: file.scrape)
      }
      let row = try Row.fetchOne(
        db, sql: "SELECT count(*), total(length(bytes)) FROM sighting_piece WHERE digest = ?", arguments: [file.digest])
      guard let row, row[0] as Int == pieces, Int(row[1] as Double) == byteCount else { return nil }
      var writer = try TransactionWriter(db, analyst: analyst, time: time)
      let event = try writer.append(.recordScrape, object: file.scrape, data: file.data)
      try writer.close(.other, part: nil, listings: 0)
      try file.insert(db, event: event)
      // What was left of a recording that never came to its end.
      try db.execute(sql: "DELETE FROM sighting_piece WHERE digest NOT IN (\(MergedEvents.recordedDigests(db)))")
      return .recorded
    }
  }
}

extension ScrapeFile {
  /// All recorded files, in the order of their events; then those that were recorded in other casebooks and came by merging.
  static func fetch(_ db: Database) throws -> [ScrapeFile] {
    guard try Schema.version(of: db) >= Schema.versionOfSightings else { return [] }
    let rows = try Row.fetchAll(
      db,
      sql: "SELECT scrape, day, began, basis, file, bytes, sha256, listings, digest FROM scrape_file ORDER BY event")
    let own = rows.map { row in
      ScrapeFile(
        scrape: StoredText.text(row[0]), day: row[1], began: row[2], basis: row[3], file: StoredText.text(row[4]),
        byteCount: row[5], sha256: row[6], listings: row[7], digest: row[8])
    }
    let merged = try MergedEvents.scrapes(db)
    if merged.isEmpty { return own }
    var known = Set(own.map { [$0.sha256, $0.file, $0.scrape] })
    return own + merged.filter { known.insert([$0.sha256, $0.file, $0.scrape]).inserted }
  }

  /// The pieces of a digest, joined.
  ///
  /// Cost:   one copy, in room that is taken at once: growing took most of the time of reading ten scrapes.
  static func packed(_ digest: String, _ db: Database) throws -> [UInt8] {
    var packed: [UInt8] = []
    packed.reserveCapacity(
      try Int.fetchOne(
        db, sql: "SELECT coalesce(sum(length(bytes)), 0) FROM sighting_piece WHERE digest = ?", arguments: [digest])
        ?? 0)
    let pieces = try Row.fetchCursor(
      db, sql: "SELECT bytes FROM sighting_piece WHERE digest = ? ORDER BY piece", arguments: [digest])
    while let row = try pieces.next() {
      try row.withUnsafeData(atIndex: 0) { piece in
        piece?.withUnsafeBytes { packed.append(contentsOf: $0) }
      }
    }
    return packed
  }

  /// The columns of its table.
  static let columns = [
    "event", "scrape", "day", "began", "basis", "file", "bytes", "sha256", "listings", "digest",
  ]

  /// The row of an event, in the order of `columns`.
  func values(_ event: EventNumber) -> [(any DatabaseValueConvertible)?] {
    [
      event, StoredText.column(scrape), day, began, basis, StoredText.column(file), byteCount, sha256, listings,
      digest,
    ]
  }

  fileprivate func insert(_ db: Database, event: EventNumber) throws {
    try db.execute(
      sql: "INSERT INTO scrape_file (\(Self.columns.joined(separator: ", "))) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      arguments: StatementArguments(values(event)))
  }
}

extension Schema {
  /// Version 4: the sightings of scrapes.
  static let sightings = """
    -- The files of scrapes, as their events state them.
    CREATE TABLE scrape_file (
      event INTEGER PRIMARY KEY REFERENCES event (number),
      scrape TEXT NOT NULL,
      day TEXT NOT NULL,
      began INTEGER NOT NULL,
      basis TEXT NOT NULL,
      file TEXT NOT NULL,
      bytes INTEGER NOT NULL CHECK (bytes >= 0),
      sha256 TEXT NOT NULL CHECK (length(sha256) = 64),
      listings INTEGER NOT NULL CHECK (listings >= 0),
      digest TEXT NOT NULL CHECK (length(digest) = 64),
      UNIQUE (sha256, file, scrape)
    ) STRICT;
    CREATE TRIGGER scrape_file_is_never_changed BEFORE UPDATE ON scrape_file
      BEGIN SELECT RAISE(ABORT, 'a recorded scrape is never changed'); END;
    CREATE TRIGGER scrape_file_is_never_deleted BEFORE DELETE ON scrape_file
      BEGIN SELECT RAISE(ABORT, 'a recorded scrape is never deleted'); END;

    -- Packed sightings in pieces of a megabyte, under the SHA-256 of the whole. Those that no file names are left of a
    -- recording that was interrupted.
    CREATE TABLE sighting_piece (
      digest TEXT NOT NULL,
      piece INTEGER NOT NULL,
      bytes BLOB NOT NULL,
      UNIQUE (digest, piece)
    ) STRICT;
    CREATE TRIGGER sighting_piece_is_never_changed BEFORE UPDATE ON sighting_piece
      BEGIN SELECT RAISE(ABORT, 'a sighting is never changed'); END;
    CREATE TRIGGER recorded_piece_is_never_deleted BEFORE DELETE ON sighting_piece
      WHEN EXISTS (SELECT 1 FROM scrape_file WHERE digest = OLD.digest)
      BEGIN SELECT RAISE(ABORT, 'a recorded sighting is never deleted'); END;
    """

  /// The first version with sightings.
  static let versionOfSightings = 4
}
