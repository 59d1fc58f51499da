import Casework
import GRDB
import Listings
import SmallFormats

// What became of packets: events of the chain, and no table beside them. There are some for each packet, so that replaying them
// is fast, and what is nowhere else cannot differ from the events.

extension Casebook {
  /// What became of every packet that was exported here or in a casebook that was merged.
  ///
  /// Cost:   the events of packets alone, by an index.
  package func packetCases() throws(CasebookError) -> PacketCases {
    try read { db in
      var cases = PacketCases()
      try PacketEvents.forEach(db) { cases.apply($0, hash: $1, of: $2) }
      return cases
    }
  }

  /// Records a step of a packet. When this returns it is on disk.
  ///
  /// - Returns: the number of its event, by which it can be taken back.
  /// Fails:  throws `refused` for a packet that was exported neither here nor in a casebook that was merged: a trigger
  ///         rejects the event.
  @discardableResult
  package func record(
    _ step: CaseStep, of packet: ExportedPacket, at time: String
  ) throws(CasebookError) -> EventNumber {
    try record(.stepPacket, object: packet.id, data: step.data.merging(packet.bond) { $1 }, at: time)
  }

  /// Takes a step back, as an event of its own; the step stays in the chain.
  @discardableResult
  package func retract(
    _ step: RecordedStep, of packet: ExportedPacket, note: String = "", at time: String
  ) throws(CasebookError) -> EventNumber {
    var data = packet.bond
    data["retracts"] = .number(step.number)
    if !note.isEmpty { data["note"] = .text(note) }
    return try record(.retractStep, object: packet.id, data: data, at: time)
  }
}

/// The events of packets in all chains.
enum PacketEvents {
  /// Calls `body` with each event, its hash and its chain: the own chain first, then the others in the order of their tokens.
  ///
  /// Fails:  throws `UnreadableEvent` at the first line that is not an audit line.
  static func forEach(_ db: Database, _ body: (Event, String, String?) throws -> Void) throws {
    // The condition as the index has it: https://www.sqlite.org/partialindex.html, section 3.
    let condition = "WHERE action GLOB 'packet.*'"
    var sources = ["SELECT number, line, hash, NULL FROM event \(condition) ORDER BY number"]
    if try MergedEvents.isThere(db) {
      sources.append("SELECT number, line, hash, chain FROM merged_event \(condition) ORDER BY chain, number")
    }
    for sql in sources {
      let rows = try Row.fetchCursor(db, sql: sql)
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
  /// Version 8: what became of packets.
  static let cases = """
    -- There is an event of a packet among thousands of others.
    CREATE INDEX event_of_packet ON event (number) WHERE action GLOB 'packet.*';
    CREATE INDEX merged_event_of_packet ON merged_event (chain, number) WHERE action GLOB 'packet.*';
    -- A step says of which export it is, by the hash of that event's line.
    CREATE TRIGGER step_is_bound_to_an_export BEFORE INSERT ON event
      WHEN NEW.action IN ('packet.step', 'packet.retract')
        AND NOT EXISTS (
          SELECT 1 FROM event WHERE action GLOB 'packet.*' AND action = 'packet.export' AND object = NEW.object
            AND hash = json_extract(NEW.line, '$.data.export'))
        AND NOT EXISTS (
          SELECT 1 FROM merged_event WHERE action GLOB 'packet.*' AND action = 'packet.export' AND object = NEW.object
            AND hash = json_extract(NEW.line, '$.data.export'))
      BEGIN SELECT RAISE(ABORT, 'a step is bound to the export of its packet'); END;
    """

  /// The first version with steps of packets.
  static let versionOfCases = 8
}
