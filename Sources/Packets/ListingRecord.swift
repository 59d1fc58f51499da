import CaseFiles
import Casework
import SmallFormats

/// What `packet.json` says under `tool` about each listing: the words of its row, its review and its evidence, for which the
/// closed objects of the schema have no place. With it, the report and the sheet follow from the packet's own records.
///
/// Cost:   O(texts of the listings).
struct ListingRecord {
  let listing: NumberedPacket.Listing
  /// The numbers of the lines of `data/audit.jsonl` about the listing.
  let lines: [Int]

  private var facts: CaseListing { listing.facts }

  /// All listings by number.
  static func value(of numbered: NumberedPacket, _ audit: PacketAudit) -> JSONValue {
    let numbers = AuditNumbers(audit)
    let records = numbered.listings.map {
      ($0.id, ListingRecord(listing: $0, lines: numbers.lines(about: $0.facts)).value)
    }
    return .map(Dictionary(uniqueKeysWithValues: records))
  }

  /// One listing.
  ///
  /// Shape:  texts as the row has them, null where it has none. `price.amount` and `price.currency` are null where they could
  ///         not be read. `review` is the verdict in force; `history` has the lines of the audit chain about the listing,
  ///         by `seq`; `evidence` says of each piece what its `captured_at` is, and what was done to the file before its
  ///         row could be read; `fields` are the other fields of the row. `description` and `places` are there where something
  ///         was stated, and where a place is known: each apart, with its basis (`StatedPlaces`). `cues`, where there are any,
  ///         has words about contact, payment and shipping, the text null where it is withheld.
  var value: JSONValue {
    var value: [String: JSONValue] = [
      "address_as_collected": .textOrNull(facts.address), "posted_as_written": .textOrNull(facts.postedText),
      "species_as_named": .list(facts.taxa.map { .text($0) }),
      "quantity_as_advertised": .textOrNull(facts.quantityText), "price": price,
      "day_of_advert": .textOrNull(dayOfAdvert), "review": review, "history": .list(lines.map { .number($0) }),
      "evidence": .map(
        Dictionary(
          uniqueKeysWithValues: listing.evidence.map { ($0.id, Self.evidence($0.row)) }
            + listing.files.map { ($0.id, $0.record) })),
      "fields": .list(
        facts.otherFields.filter { !$0.text.isEmpty }
          .map { .map(["name": .text($0.name), "text": .text($0.text)]) }),
    ]
    // Packets in which nothing is stated are as they were before it could be.
    let stated = StatedDescription(facts.decision)
    if !stated.isEmpty { value["description"] = stated.value }
    if !facts.cues.isEmpty {
      value["cues"] = .list(
        facts.cues.map {
          .map(["kind": .text($0.kind), "name": .text($0.name), "text": .textOrNull($0.text)])
        })
    }
    if facts.places != CasePlaces() { value["places"] = StatedPlaces.value(of: facts.places) }
    return .map(value)
  }

  private var price: JSONValue {
    guard let price = facts.price else { return .null }
    let statement = ListingStatement(listing)
    return .map([
      "as_advertised": .textOrNull(price.asAdvertised.nonEmpty),
      "amount": .textOrNull(price.amount.flatMap { Decimal.isWellFormed($0) ? $0 : nil }),
      "currency": .textOrNull(statement.price?.currency),
    ])
  }

  /// The day of the advert, for which the tables were asked.
  private var dayOfAdvert: String? {
    facts.reading?.taxa.lazy.compactMap(\.advertDay).first ?? facts.day?.description ?? facts.postedAt?.day
  }

  private var review: JSONValue {
    let decision = facts.decision
    return .map([
      "verdict": .textOrNull(decision.status.verdict?.rawValue), "by": .textOrNull(decision.decidedBy),
      "at": .textOrNull(decision.decidedAt?.text), "event": decision.event.map { .number($0) } ?? .null,
      "note": .textOrNull(decision.status.note),
    ])
  }

  private static func evidence(_ row: RowEvidence) -> JSONValue {
    .map([
      "captured_at_is": .text(row.capturedAt == nil ? RecordedEvidence.lastChange : "the row's own"),
      "day_as_written": .textOrNull(row.capturedDay),
      "read_after": .list(row.conversions.map { .text($0.sentence) }),
    ])
  }

  // MARK: The choice

  /// How the listings were chosen; null where that is not known.
  ///
  /// Shape:  the listings of the opened files by status: `confirmed`, `unsure`, `unreviewed`, and `false_positive` by reason,
  ///         those without one under `no_reason`; they add up to `listings_in_files`. `included` has those of the packet.
  static func selection(of numbered: NumberedPacket) -> JSONValue {
    guard let selection = numbered.packet.file.selection else { return .null }
    let verdicts = numbered.listings.map(\.facts.decision.status.verdict)
    let reasons = selection.falsePositives.map {
      ($0.key?.rawValue ?? RecordedSelection.noReason, JSONValue.number($0.value))
    }
    return .map([
      "files_opened": .number(selection.files), "listings_in_files": .number(selection.listings),
      "confirmed": .number(selection.confirmed), "unsure": .number(selection.unsure),
      "false_positive": .map(Dictionary(reasons) { first, _ in first }),
      "unreviewed": .number(selection.unreviewed), "filter": .textOrNull(selection.filter?.nonEmpty),
      "included": .map([
        "confirmed": .number(verdicts.count { $0 == .confirmed }), "unsure": .number(verdicts.count { $0 == .unsure }),
      ]),
    ])
  }
}

/// The numbers of the lines that a packet's chain has for events of casebooks.
private struct AuditNumbers {
  /// By the token of a chain, empty for the casebook's own, and the number of the event there.
  private var numbers: [String: [Int: Int]] = [:]

  init(_ audit: PacketAudit) {
    for line in audit.lines {
      guard let event = line.data["casebook_event"]?.asNumber else { continue }
      numbers[line.data["chain"]?.asText ?? "", default: [:]][event] = line.sequence
    }
  }

  func lines(about listing: CaseListing) -> [Int] {
    let own = listing.events.compactMap { numbers["", default: [:]][$0.sequence] }
    let foreign = listing.foreignEvents.compactMap { numbers[$0.chain]?[$0.line.sequence] }
    return (own + foreign).sorted()
  }
}

extension AuditLine {
  /// The line as whoever reads the file finds it.
  var value: JSONValue {
    .map([
      "action": .text(action), "actor": .text(actor), "data": .map(data), "object": .text(object),
      "prev": .text(previous),
      "seq": .number(sequence), "ts": .text(time),
    ])
  }
}
