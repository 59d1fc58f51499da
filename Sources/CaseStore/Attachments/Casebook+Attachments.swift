import Casework
import GRDB
import Listings
import SmallFormats

// Files attached to listings: events of the chain, and the files in a folder beside the casebook. There is no table beside the
// events, so that what is nowhere else cannot differ from them.

/// The outcome of attaching.
package struct AttachedEvidence: Equatable, Sendable {
  package let attachment: Attachment
  /// The event that attached it, now or before.
  package let event: EventNumber
  /// Whether the same bytes were attached to the listing before; then no event was written.
  package let wasThere: Bool
}

extension Casebook {
  /// Where attached files are kept.
  package var evidence: EvidenceFolder { EvidenceFolder(besideCasebook: path) }

  /// Attaches a file that is in the folder of evidence. When this returns it is on disk.
  ///
  /// Shape:  the same bytes are attached to a listing once; a withdrawn attachment may be made again.
  @discardableResult
  package func attach(
    _ attachment: Attachment, to listing: ListingKey, at time: String
  ) throws(CasebookError) -> AttachedEvidence {
    try write { db in
      let key = try NameTable(db).current(listing)
      let there = try Self.attachments(of: key, db).inForce.first { $0.attachment.digest == attachment.digest }
      if let there { return AttachedEvidence(attachment: there.attachment, event: there.number, wasThere: true) }
      let event = try record(.attachEvidence, object: key.text, data: attachment.data, at: time, db)
      return AttachedEvidence(attachment: attachment, event: event, wasThere: false)
    }
  }

  /// Withdraws an attachment, as an event of its own. The file and the first event stay.
  ///
  /// Fails:  throws `refused` for one that is neither here nor in a casebook that was merged: a trigger rejects the event.
  @discardableResult
  package func withdraw(
    _ attached: RecordedAttachment, note: String = "", at time: String
  ) throws(CasebookError) -> EventNumber {
    try write { db in
      let key = try NameTable(db).current(attached.listing)
      var data: [String: JSONValue] = ["attachment": .text(attached.hash), "sha256": .text(attached.attachment.digest)]
      if !note.isEmpty { data["note"] = .text(note) }
      return try record(.withdrawEvidence, object: key.text, data: data, at: time, db)
    }
  }

  /// What was ever attached to a listing, under any of its keys, here or in casebooks that were merged.
  ///
  /// Cost:   a lookup by the index on objects in each table.
  package func attachments(of listing: ListingKey) throws(CasebookError) -> [RecordedAttachment] {
    try read { db in try Self.attachments(of: NameTable(db).current(listing), db).all }
  }

  /// Everything that was ever attached.
  ///
  /// Cost:   the events of evidence alone, by an index.
  package func attachments() throws(CasebookError) -> Attachments {
    try read { db in
      var found = Attachments()
      try EvidenceEvents.forEach(db) { found.apply($0, hash: $1, of: $2) }
      return found
    }
  }

  /// The lines that made the attachments of a listing that count: those of the own chain, and those of chains that came by
  /// merging, each with its token.
  package func attachmentLines(
    of listing: ListingKey
  ) throws(CasebookError) -> (own: [AuditLine], foreign: [(chain: String, line: AuditLine)]) {
    try read { db in
      let key = try NameTable(db).current(listing)
      let inForce = Set(try Self.attachments(of: key, db).inForce.map(\.hash))
      var (own, foreign): ([AuditLine], [(chain: String, line: AuditLine)]) = ([], [])
      try EvidenceEvents.forEach(about: key, db) { event, hash, chain in
        guard inForce.contains(hash) else { return }
        if let chain { foreign.append((chain, event.line)) } else { own.append(event.line) }
      }
      return (own, foreign)
    }
  }

  private static func attachments(of key: ListingKey, _ db: Database) throws -> Attachments {
    var found = Attachments()
    try EvidenceEvents.forEach(about: key, db) { found.apply($0, hash: $1, of: $2) }
    return found
  }
}

/// The events of attachments in all chains.
private enum EvidenceEvents {
  /// Calls `body` with each event, its hash and its chain: the own chain first, then the others in the order of their tokens.
  ///
  /// Fails:  throws `UnreadableEvent` at the first line that is not an audit line.
  static func forEach(_ db: Database, _ body: (Event, String, String?) throws -> Void) throws {
    // The condition as the index has it: https://www.sqlite.org/partialindex.html, section 3.
    try forEach(db, where: "action GLOB 'evidence.*'", arguments: [:], body)
  }

  /// The same about one listing, under any of its keys.
  static func forEach(
    about key: ListingKey, _ db: Database, _ body: (Event, String, String?) throws -> Void
  ) throws {
    try forEach(
      db, where: "object IN \(NameTable.keys(db)) AND action IN ('evidence.attach', 'evidence.withdraw')",
      arguments: ["key": StoredText.column(key)], body)
  }

  private static func forEach(
    _ db: Database, where condition: String, arguments: StatementArguments,
    _ body: (Event, String, String?) throws -> Void
  ) throws {
    var sources = ["SELECT number, line, hash, NULL FROM event WHERE \(condition) ORDER BY number"]
    if try MergedEvents.isThere(db) {
      sources.append("SELECT number, line, hash, chain FROM merged_event WHERE \(condition) ORDER BY chain, number")
    }
    for sql in sources {
      let rows = try Row.fetchCursor(db, sql: sql, arguments: arguments)
      while let row = try rows.next() {
        guard let event = AuditLine(canonical: row[1]).flatMap(Event.init) else {
          throw UnreadableEvent(number: row[0])
        }
        try body(event, row[2], row[3])
      }
    }
  }
}

extension Schema {
  /// Version 9: files attached to listings.
  static let evidence = """
    -- There is an attachment among thousands of verdicts.
    CREATE INDEX event_of_evidence ON event (number) WHERE action GLOB 'evidence.*';
    CREATE INDEX merged_event_of_evidence ON merged_event (chain, number) WHERE action GLOB 'evidence.*';
    -- The file is found by its digest alone, so that one without it would be lost.
    CREATE TRIGGER attachment_names_its_file BEFORE INSERT ON event
      WHEN NEW.action = 'evidence.attach' AND (
        coalesce(length(json_extract(NEW.line, '$.data.sha256')), 0) <> 64
        OR json_extract(NEW.line, '$.data.sha256') GLOB '*[^0-9a-f]*'
        OR coalesce(json_type(NEW.line, '$.data.bytes'), '') <> 'integer')
      BEGIN SELECT RAISE(ABORT, 'an attachment names its file'); END;
    CREATE TRIGGER withdrawal_is_bound_to_an_attachment BEFORE INSERT ON event
      WHEN NEW.action = 'evidence.withdraw'
        AND NOT EXISTS (
          SELECT 1 FROM event WHERE action GLOB 'evidence.*' AND action = 'evidence.attach'
            AND hash = json_extract(NEW.line, '$.data.attachment'))
        AND NOT EXISTS (
          SELECT 1 FROM merged_event WHERE action GLOB 'evidence.*' AND action = 'evidence.attach'
            AND hash = json_extract(NEW.line, '$.data.attachment'))
      BEGIN SELECT RAISE(ABORT, 'a withdrawal is bound to an attachment'); END;
    """
}

extension Casebook {
  /// The listings that go by a name: a key, a web address, or the number of a listing.
  ///
  /// Shape:  current keys, each once, of listings that were decided, noted or given evidence here.
  /// Cost:   one pass over statuses and the words of listings.
  package func listings(named name: String) throws(CasebookError) -> [ListingKey] {
    try read { db in
      let names = try NameTable(db)
      var found: Set<ListingKey> = []
      let known = try Int.fetchOne(
        db,
        sql: """
          SELECT 1 WHERE EXISTS (SELECT 1 FROM event WHERE object = :key)
            OR EXISTS (SELECT 1 FROM listing WHERE key = :key)
            \(NameTable.isThere(db) ? "OR EXISTS (SELECT 1 FROM renamed WHERE listing = :key)" : "")
          """, arguments: ["key": StoredText.column(ListingKey(name))])
      if known != nil, name.contains(":") { return [try names.current(ListingKey(name))] }
      // Of listings whose words were not kept, the key alone tells the number.
      let rows = try Row.fetchCursor(
        db,
        sql: """
          SELECT key, url FROM listing UNION ALL SELECT key, NULL FROM standing
          UNION ALL SELECT object, NULL FROM event WHERE action GLOB 'evidence.*' AND action = 'evidence.attach'
          """)
      while let row = try rows.next() {
        let key = ListingKey(StoredText.text(row[0]))
        let isNamed = (row[1] as String?).map(StoredText.text) == name || key.text.hasSuffix("/" + name)
        if isNamed { found.insert(try names.current(key)) }
      }
      return found.sorted()
    }
  }
}
