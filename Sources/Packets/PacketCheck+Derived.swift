import Hashing
import SmallFormats

/// What is derived from `packet.json`, derived again and compared: the STIX bundle, the CASE graph, the README, the sheet.
extension PacketCheck {
  /// Compares everything that a packet's own program derives.
  ///
  /// Limits: a packet that another program wrote does not say that it derives them so, and then they are not compared.
  mutating func checkDerived(_ document: JSONValue) {
    guard let derived = document.at("tool", "derived") else {
      return unchecked.append(
        "README, listings.csv, STIX and CASE files were not derived again: packet.json does not say that they are made as "
          + "Linsang makes them")
    }
    comparesDerived = true
    if derived.at("stix")?.asText != StixBundle.path || derived.at("case")?.asText != CaseGraph.path {
      report("data/packet.json", .missingValue("tool.derived"))
    }
    checkStix(document)
    checkCase(document)
    checkReadMe(document)
    checkSheet(document)
    checkSignatureIsThere(document)
  }

  /// A packet that was signed says so; without its signature it is another.
  private mutating func checkSignatureIsThere(_ document: JSONValue) {
    if document.at("tool", "signature")?.asText != nil, !paths.contains(PacketSignature.path) {
      report(PacketSignature.path, .signatureMissing)
    }
  }

  /// A file of JSON; nil, with a problem, where it is none.
  private mutating func json(_ path: String) -> (bytes: [UInt8], value: JSONValue)? {
    guard let bytes = bytes(of: path) else { return nil }
    do {
      return (bytes, try JSONReading.value(of: bytes))
    } catch {
      report(path, .notJSON("\(error.why), at byte \(error.byte)"))
      return nil
    }
  }

  /// Compares a file with what it should be.
  private mutating func compare(_ path: String, _ found: (bytes: [UInt8], value: JSONValue), with expected: JSONValue) {
    if let difference = found.value.firstDifference(from: expected) {
      report(path, .differs(difference.place, found: difference.found, expected: difference.expected))
    } else if found.bytes != expected.indentedJSON() {
      report(path, .notExact)
    }
  }

  // MARK: STIX

  /// The ids are those of the file, since only the sender's casebook can make them. Everything else follows from `packet.json`.
  private mutating func checkStix(_ document: JSONValue) {
    guard let found = json(StixBundle.path) else { return }
    let objects = found.value.each("objects")
    var ids: [String: [String]] = [:]
    for id in [found.value.word("id")] + objects.map({ $0.word("id") }) where !StixBundle.isFixed(id) {
      guard let dash = id.firstRange(of: "--") else { continue }
      add(String(id[dash.upperBound...]), kind: String(id[..<dash.lowerBound]), of: StixBundle.path, to: &ids)
    }
    let sender = objects.first { $0.word("type") == "identity" && !StixBundle.isFixed($0.word("id")) }
    let bundle = StixBundle(of: document, since: sender?.word("created") ?? "", ids: InterchangeIDs(found: ids))
    compare(StixBundle.path, found, with: bundle.value)
  }

  private mutating func add(_ uuid: String, kind: String, of path: String, to ids: inout [String: [String]]) {
    if UniqueID(uuid)?.version != 4 { report(path, .wrongID("\(kind) \(uuid)")) }
    if seenIDs.insert("\(path) \(kind) \(uuid)").inserted { ids[kind, default: []].append(uuid) }
  }

  // MARK: CASE

  private mutating func checkCase(_ document: JSONValue) {
    guard let found = json(CaseGraph.path) else { return }
    var ids: [String: [String]] = [:]
    for id in Self.nodes(in: found.value) {
      let uuid = String(id.suffix(36))
      add(uuid, kind: String(id.dropFirst(3).dropLast(37)), of: CaseGraph.path, to: &ids)
    }
    compare(CaseGraph.path, found, with: CaseGraph(of: document, ids: InterchangeIDs(found: ids)).value)
  }

  /// The ids of all nodes that are described, in the order of the file.
  private static func nodes(in value: JSONValue) -> [String] {
    switch value {
    case .list(let values): return values.flatMap(nodes)
    case .map(let map):
      let own = map["@type"] == nil ? nil : map["@id"]?.asText
      return [own].compactMap { $0 } + map.sorted { $0.key < $1.key }.flatMap { nodes(in: $0.value) }
    default: return []
    }
  }

  // MARK: README

  private mutating func checkReadMe(_ document: JSONValue) {
    let path = "data/README.txt"
    guard let bytes = bytes(of: path) else { return }
    let expected = ReadMe(document: document).bytes
    guard bytes != expected else { return }
    let (found, right) = (Self.lines(bytes), Self.lines(expected))
    let line = zip(found, right).prefix { $0 == $1 }.count
    report(
      path,
      .differs(
        "line \(line + 1)", found: line < found.count ? found[line] : "the end of the file",
        expected: line < right.count ? right[line] : "the end of the file"))
  }

  private static func lines(_ bytes: [UInt8]) -> [String] {
    bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map { String(decoding: $0, as: UTF8.self) }
  }

  // MARK: The sheet

  /// Compares those columns of `listings.csv` that other files of the packet decide.
  private mutating func checkSheet(_ document: JSONValue) {
    let path = "data/listings.csv"
    guard let bytes = bytes(of: path) else { return }
    guard let rows = SheetRows.read(bytes), rows.first == ListingsSheet.columns else {
      return report(path, .notExact)
    }
    let listings = document.each("listings")
    guard rows.count == listings.count + 1 else {
      return report(path, .differs("rows", found: "\(rows.count - 1)", expected: "\(listings.count), the listings"))
    }
    let expected = SheetExpectation(document: document, imports: imports)
    for (row, listing) in zip(rows.dropFirst(), listings) {
      guard row.count == ListingsSheet.columns.count else {
        report(path, .notExact)
        continue
      }
      for (column, cell) in expected.cells(of: listing) {
        guard let index = ListingsSheet.columns.firstIndex(of: column) else { continue }
        let right = QuotedText.undoubled(Array(ListingsSheet.defused(cell).utf8))
        if row[index] != right {
          report(path, .differs("\(column) of \(listing.word("id"))", found: row[index], expected: right))
        }
      }
    }
  }
}

/// The columns of `listings.csv` that a check cannot compare.
package enum SheetColumns {
  /// No other file of the packet has what they say in the same words.
  package static let notCompared = [
    "species_as_named", "quantity_as_advertised", "price_as_advertised", "analyst_note", "source_read_after", "risk",
    "why_flagged", "terms_counted", "taxa", "cites", "china",
  ]
}

/// What cells of `listings.csv` must say by `packet.json` and the audit chain.
struct SheetExpectation {
  let document: JSONValue
  /// The data of the audit chain's `evidence.import`, by number of evidence.
  let imports: [String: JSONValue]
  private let platforms: [String: JSONValue]
  private let sellers: [String: JSONValue]

  init(document: JSONValue, imports: [String: JSONValue]) {
    self.document = document
    self.imports = imports
    platforms = Dictionary(document.each("platforms").map { ($0.word("id"), $0) }) { first, _ in first }
    sellers = Dictionary(document.each("sellers").map { ($0.word("id"), $0) }) { first, _ in first }
  }

  func cells(of listing: JSONValue) -> [String: String] {
    let evidence = listing.each("evidence").compactMap(\.asText)
    func imported(_ name: String) -> String {
      evidence.map { id in
        let value = imports[id]?.at(name)
        return value?.asText ?? value?.asNumber.map(String.init) ?? ""
      }.joined(separator: " | ")
    }
    let isDated = listing.at("legality")?.each("red_flags").contains(.text(ListingStatement.undatedNote)) != true
    let isConfirmed = listing.word("legality", "assessment") == "suspected"
    return [
      "listing_id": listing.word("id"), "platform": platforms[listing.word("platform")]?.word("name") ?? "",
      "listing_ref": listing.word("listing_ref"), "url": listing.word("url"),
      "seller_alias": sellers[listing.word("seller")]?.word("alias") ?? "", "title": listing.word("title"),
      "first_seen_utc": isDated ? listing.word("first_seen") : "",
      "last_seen_utc": isDated ? listing.word("last_seen") : "",
      "scientific_name": listing.word("taxon", "scientific_name"),
      "cites_appendix": listing.word("taxon", "cites_appendix"), "term": listing.word("specimen", "term"),
      "quantity": listing.word("specimen", "quantity"), "unit": listing.word("specimen", "unit"),
      "source": listing.word("specimen", "source"), "price_amount": listing.word("price", "amount"),
      "price_currency": listing.word("price", "currency"), "price_per": listing.word("price", "per"),
      "country": listing.word("location", "country"), "place": listing.word("location", "text"),
      "admiralty": listing.word("grading", "admiralty"),
      "verdict": isConfirmed ? "confirmed match to criteria" : "unsure",
      "assessment": listing.word("legality", "assessment"), "evidence_ids": evidence.joined(separator: " "),
      "source_file": imported("source_file"), "source_row": imported("source_row"),
      "source_file_sha256": imported("source_file_sha256"),
      "source_file_last_changed_utc": imported("source_file_modified"),
    ]
  }
}

/// Text in which a quote is written twice.
enum QuotedText {
  /// The text with one quote for two, byte by byte: a character may be joined to the quote before it.
  static func undoubled(_ bytes: some Sequence<UInt8>) -> String {
    var out: [UInt8] = []
    var wasQuote = false
    for byte in bytes {
      let isSecond = byte == 0x22 && wasQuote
      if !isSecond { out.append(byte) }
      wasQuote = byte == 0x22 && !isSecond
    }
    return String(decoding: out, as: UTF8.self)
  }
}

/// Reads `listings.csv` in the one form in which it is written: every field quoted, CRLF after every row.
///
/// Fails:  with nil for any other form.
enum SheetRows {
  static func read(_ bytes: [UInt8]) -> [[String]]? {
    var rows: [[String]] = []
    var row: [String] = []
    var at = 0
    while at < bytes.count {
      guard bytes[at] == 0x22, let end = endOfField(bytes, from: at + 1) else { return nil }
      row.append(QuotedText.undoubled(bytes[(at + 1)..<end]))
      guard end + 1 < bytes.count else { return nil }
      if bytes[end + 1] == 0x2c {
        at = end + 2
      } else {
        guard end + 2 < bytes.count, bytes[end + 1] == 0x0d, bytes[end + 2] == 0x0a else { return nil }
        at = end + 3
        rows.append(row)
        row = []
      }
    }
    return row.isEmpty ? rows : nil
  }

  /// The quote that ends a field; two in a row stand for one.
  private static func endOfField(_ bytes: [UInt8], from start: Int) -> Int? {
    var at = start
    while at < bytes.count {
      if bytes[at] == 0x22 {
        guard at + 1 < bytes.count, bytes[at + 1] == 0x22 else { return at }
        at += 1
      }
      at += 1
    }
    return nil
  }
}

extension JSONValue {
  /// Where two values first differ, and what each says there.
  struct Difference: Equatable {
    /// As `objects[3].name`, lists counted from 0.
    let place: String
    let found: String
    let expected: String
  }

  /// Enough of a value to tell what it is.
  private static func cut(_ text: String) -> String { DisplayText.visible(text, limit: 200) }

  /// The first difference, in the order of the names; nil for equal values.
  func firstDifference(from expected: JSONValue, at place: String = "") -> Difference? {
    switch (self, expected) {
    case (.list(let found), .list(let right)):
      for (index, (one, other)) in zip(found, right).enumerated() {
        if let difference = one.firstDifference(from: other, at: "\(place)[\(index)]") { return difference }
      }
      guard found.count != right.count else { return nil }
      return Difference(
        place: place.isEmpty ? "the whole" : place, found: "\(found.count) elements", expected: "\(right.count)")
    case (.map(let found), .map(let right)):
      for name in Set(found.keys).union(right.keys).sorted() {
        let inner = place.isEmpty ? name : "\(place).\(name)"
        guard let one = found[name] else {
          return Difference(place: inner, found: "nothing", expected: Self.cut(right[name]?.text ?? ""))
        }
        guard let other = right[name] else { return Difference(place: inner, found: one.text, expected: "left out") }
        if let difference = one.firstDifference(from: other, at: inner) { return difference }
      }
      return nil
    default:
      return self == expected
        ? nil
        : Difference(place: place.isEmpty ? "the whole" : place, found: text, expected: Self.cut(expected.text))
    }
  }
}
