import CaseFiles
import Casework
import Listings
import SmallFormats

/// `data/listings.csv`: the listings for a spreadsheet, one row each.
///
/// Shape:  RFC 4180, UTF-8 without byte order mark, CRLF, every field quoted. No cell can begin a formula or hide text, so a
///         cell may differ from the text as posted, which is in `packet.json`.
/// Law:    it follows from the packet's own records (`PacketRecords`), cell by cell.
/// Source: the packet specification, section 4; OWASP ASVS 5, 1.2.10; CWE-1236.
struct ListingsSheet {
  /// In the packet.
  static let path = "data/listings.csv"

  let records: PacketRecords

  /// Spreadsheets cut or reject longer cells. A cell is for finding a listing, not for reading it.
  private static let cellLimit = 2000

  /// The header of every sheet. Recipients' scripts read it by name, so no name ever changes; new ones come last.
  static let columns = [
    "listing_id", "platform", "listing_ref", "url", "seller_alias", "title", "first_seen_utc", "last_seen_utc",
    "species_as_named", "scientific_name", "cites_appendix", "term", "quantity", "quantity_as_advertised", "unit",
    "source", "price_amount", "price_currency", "price_per", "price_as_advertised", "country", "place", "admiralty",
    "verdict", "assessment", "analyst_note", "evidence_ids", "source_file", "source_row", "source_file_sha256",
    "source_read_after", "risk", "why_flagged", "terms_counted", "taxa", "cites", "china",
    "source_file_last_changed_utc", "copies_group", "copies_in_packet",
  ]

  /// The columns of what analysts stated and of places, which are there where any listing of the packet has them.
  static let columnsOfDescriptions = [
    "species_is", "offer_is", "lot_is", "quantity_understood", "documents_claimed", "scam", "cites_term_by_analyst",
    "cites_source_by_analyst", "cites_purpose_by_analyst", "admiralty_by_analyst", "described_by", "place_of_seller",
    "place_of_goods", "delivery_to", "platform_business_country", "place_not_said_whose",
  ]

  /// The columns of this packet.
  var header: [String] { Self.columns + (hasDescriptions ? Self.columnsOfDescriptions : []) }

  /// Packets in which nothing is stated, and no place is kept apart, have the sheet that they had before that could be.
  private var hasDescriptions: Bool {
    records.listings.contains { $0.facts.at("description") != nil || $0.facts.at("places") != nil }
  }

  /// The whole file.
  ///
  /// Shape:  the header, then a row per listing in the order of `L0001`, `L0002`; every row ends in CR LF. Several
  ///         values in a cell are separated by ` | `, the numbers of evidence by spaces. An unknown value is an empty
  ///         cell or a code for unknown.
  /// Units:  moments in UTC, `2026-11-18T11:06:40Z`; digests as 64 small hex digits; rows as in the source file.
  /// Cost:   O(bytes), all in memory.
  var bytes: [UInt8] {
    var out: [UInt8] = []
    Self.append(header, to: &out)
    for row in rows { Self.append(row, to: &out) }
    return out
  }

  /// The cells of each listing, in the order of `header`.
  var rows: [[String]] {
    let copies = CopiesSection(records.document)
    return records.listings.map {
      facts(of: $0) + readings(of: $0) + [$0.joined("source_file_modified")] + copies.cells(of: $0.id)
        + (hasDescriptions ? descriptions(of: $0) : [])
    }
  }

  /// What analysts stated, and the places, each apart.
  private func descriptions(of listing: RecordedListing) -> [String] {
    let stated = RecordedDescription(listing.facts)
    let aspects: [Aspect] = [.species, .offer, .lot, .quantity, .documents, .scam, .term, .source, .purpose, .grading]
    var analysts: [String] = []
    for one in stated.stated { if let by = one.by, !analysts.contains(by) { analysts.append(by) } }
    return aspects.map { stated[$0] ?? "" } + [analysts.joined(separator: " | ")]
      + CasePlaces.roles.map { name, _ in
        let place = listing.facts.at("places", name) ?? .null
        return StatedPlaces.words(place).map { "\($0) (\(StatedPlaces.basis(place)))" } ?? ""
      }
  }

  /// The columns that follow from the records only where `packet.json` has `tool.listings`; earlier packets have none.
  static let columnsOfRecords: Set<String> = [
    "species_as_named", "quantity_as_advertised", "price_as_advertised", "analyst_note", "source_read_after", "risk",
    "why_flagged", "terms_counted", "taxa", "cites", "china",
  ]

  /// What the row, the analyst and the packet say.
  private func facts(of listing: RecordedListing) -> [String] {
    let value = listing.value
    return [
      listing.id, listing.platform.word("name"), value.word("listing_ref"), value.word("url"),
      listing.seller.word("alias"), listing.title, listing.isDated ? value.word("first_seen") : "",
      listing.isDated ? value.word("last_seen") : "", listing.speciesAsNamed.joined(separator: " | "),
      value.word("taxon", "scientific_name"), listing.appendix, value.word("specimen", "term"),
      value.word("specimen", "quantity"), listing.quantityAsAdvertised ?? "", value.word("specimen", "unit"),
      value.word("specimen", "source"), value.word("price", "amount"), value.word("price", "currency"),
      value.word("price", "per"), listing.priceAsAdvertised ?? "", value.word("location", "country"),
      value.word("location", "text"), value.word("grading", "admiralty"), listing.verdict,
      value.word("legality", "assessment"), listing.note ?? "",
      (listing.evidence + listing.files).map(\.id).joined(separator: " "), listing.joined("source_file"),
      listing.joined("source_row"),
      listing.joined("source_file_sha256"),
      listing.evidence.map { $0.readAfter.joined(separator: ", then ") }.joined(separator: " | "),
    ]
  }

  /// Risk and taxa, or why there are none.
  private func readings(of listing: RecordedListing) -> [String] {
    let reading = listing.reading
    guard reading.isThere else { return [String](repeating: "", count: 6) }
    var terms: [String] = []
    for hit in reading.hits where hit.status == .counted {
      guard let term = records.term(hit.term), term.isEvidence, !terms.contains(term.name) else { continue }
      terms.append(term.name)
    }
    let taxa = reading.taxa(on: nil)
    return [
      reading.risk.map(String.init) ?? "",
      reading.risk == nil ? reading.whyUnread : reading.points.joined(separator: " | "),
      terms.joined(separator: " | "), taxa.map(\.name).joined(separator: " | "),
      taxa.map(\.citesInWords).joined(separator: " | "), taxa.map(\.chinaInWords).joined(separator: " | "),
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

extension RecordedListing {
  /// A fact of the import of each piece of evidence.
  fileprivate func joined(_ name: String) -> String { evidence.map { $0.imported(name) }.joined(separator: " | ") }
}
