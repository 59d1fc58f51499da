import Casework
import SmallFormats
import CaseFiles

/// `data/listings.csv`: the listings for a spreadsheet, one row each.
///
/// Shape:  RFC 4180, UTF-8 without byte order mark, CRLF, every field quoted. No cell can begin a formula or hide text, so a
///         cell may differ from the text as posted, which is in `packet.json`.
/// Source: the packet specification, section 4; OWASP ASVS 5, 1.2.10; CWE-1236.
struct ListingsSheet {
  let numbered: NumberedPacket

  /// Spreadsheets cut or reject longer cells. A cell is for finding a listing, not for reading it.
  private static let cellLimit = 2000

  /// The header. Recipients' scripts read it by name, so no name ever changes; new ones come last.
  static let columns = [
    "listing_id", "platform", "listing_ref", "url", "seller_alias", "title", "first_seen_utc", "last_seen_utc",
    "species_as_named", "scientific_name", "cites_appendix", "term", "quantity", "quantity_as_advertised", "unit",
    "source", "price_amount", "price_currency", "price_per", "price_as_advertised", "country", "place", "admiralty",
    "verdict", "assessment", "analyst_note", "evidence_ids", "source_file", "source_row", "source_file_sha256",
    "source_read_after", "risk", "why_flagged", "terms_counted", "taxa", "cites", "china",
    "source_file_last_changed_utc", "copies_group", "copies_in_packet",
  ]

  /// The whole file.
  ///
  /// Shape:  the header, then a row per listing in the order of `L0001`, `L0002`; every row ends in CR LF. Several
  ///         values in a cell are separated by ` | `, the numbers of evidence by spaces. An unknown value is an empty
  ///         cell or a code for unknown.
  /// Units:  moments in UTC, `2026-11-18T11:06:40Z`; digests as 64 small hex digits; rows as in the source file.
  /// Cost:   O(bytes), all in memory.
  var bytes: [UInt8] {
    var out: [UInt8] = []
    Self.append(Self.columns, to: &out)
    let copies = CopiesSection(numbered)
    for (place, listing) in numbered.listings.enumerated() {
      Self.append(Self.cells(of: ListingStatement(listing)) + copies.cells(of: place), to: &out)
    }
    return out
  }

  /// The cells of a listing, in the order of `columns`; those about copies follow.
  private static func cells(of statement: ListingStatement) -> [String] {
    let listing = statement.listing
    let facts = listing.facts
    let price = statement.price
    let rows = listing.evidence.map(\.row).filter { !$0.isExtract }
    return [
      listing.id, facts.platform.name ?? "unknown platform", facts.reference ?? "", listing.address.uri,
      facts.seller.alias ?? "", statement.title, statement.isDated ? statement.firstSeen.text : "",
      statement.isDated ? statement.lastSeen.text : "",
      facts.taxa.joined(separator: " | "), statement.taxon.scientificName, statement.taxon.appendix,
      statement.product, statement.quantity ?? "",
      facts.quantityText ?? "", "UNK", "U", price?.amount ?? "", price?.currency ?? "", price == nil ? "" : "lot",
      facts.price?.asAdvertised ?? "", statement.country ?? "", statement.place ?? "", ListingStatement.grade,
      facts.decision.words, statement.assessment, facts.decision.status.note ?? "",
      listing.evidence.map(\.id).joined(separator: " "), rows.map(\.sourceName).joined(separator: " | "),
      rows.map { String($0.row) }.joined(separator: " | "), rows.map(\.sourceDigest.hex).joined(separator: " | "),
      rows.map { $0.conversions.map(\.sentence).joined(separator: ", then ") }.joined(separator: " | "),
    ] + readings(of: facts.reading) + [rows.map(\.sourceModified.text).joined(separator: " | ")]
  }

  /// The cells about risk and taxa, or why there are none.
  private static func readings(of reading: CitedReading?) -> [String] {
    guard let reading else { return [String](repeating: "", count: 6) }
    let points = reading.points.filter { $0.points != 0 }.map { "\($0.signed) \($0.why)" }
    var terms: [String] = []
    for hit in reading.hits where hit.status == .counted && hit.term.isEvidence && !terms.contains(hit.term.row.name) {
      terms.append(hit.term.row.name)
    }
    return [
      reading.risk.map(String.init) ?? "", reading.risk == nil ? reading.whyUnread : points.joined(separator: " | "),
      terms.joined(separator: " | "), reading.taxa.map(\.name).joined(separator: " | "),
      reading.taxa.map(\.citesInWords).joined(separator: " | "),
      reading.taxa.map(\.chinaInWords).joined(separator: " | "),
    ]
  }

  /// Adds a row.
  private static func append(_ cells: [String], to out: inout [UInt8]) {
    for (index, cell) in cells.enumerated() {
      if index > 0 { out.append(0x2c) }
      out.append(0x22)
      out += Array(defused(cell).utf8)
      out.append(0x22)
    }
    out += [0x0d, 0x0a]
  }

  /// The text of a cell, with quotes doubled, and an apostrophe before anything that a spreadsheet would take for a formula.
  /// It is composed first, since composition can turn another character into a `;`.
  ///
  /// Shape:  the inside of a quoted field, without the quotes around it.
  /// Limits: a cell is cut after 2,000 characters of the composed text, and then ends in `… [cut]`.
  static func defused(_ text: String) -> String {
    var out = ""
    var cells = SpreadsheetGuard()
    var written = 0
    for scalar in DisplayText.composed(text).unicodeScalars {
      guard written < cellLimit else { return out + "… [cut]" }
      written += 1
      if cells.needsApostrophe(before: scalar) { out += "'" }
      if scalar == "\"" {
        out += "\"\""
      } else if DisplayText.needsShowing(scalar) {
        out += DisplayText.notation(of: scalar)
      } else {
        out.unicodeScalars.append(scalar)
      }
    }
    return out
  }
}

extension CaseDecision {
  /// The verdict in the words that recipients read.
  var words: String {
    switch status.verdict {
    case .confirmed: "confirmed match to criteria"
    case .unsure: "unsure"
    case .falsePositive: "false positive"
    case nil: "unreviewed"
    }
  }
}
