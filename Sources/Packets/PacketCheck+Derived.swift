import Hashing
import SmallFormats

/// What is derived from the packet's own records, derived again and compared: the STIX bundle, the CASE graph, the README, the
/// report, the sheet.
extension PacketCheck {
  /// Compares everything that a packet's own program derives.
  ///
  /// Limits: a packet that another program wrote does not say that it derives them so, and then they are not compared.
  ///         Report and sheet are made from records that earlier packets have not, and their form may change: of a packet in
  ///         another form the report is not compared, and of the sheet only the columns that `packet.json` and the chain
  ///         decide.
  mutating func checkDerived(_ document: JSONValue) {
    guard let derived = document.at("tool", "derived") else {
      return unchecked.append(
        "README, report, listings.csv, STIX and CASE files were not derived again: packet.json does not say that they are "
          + "made as Linsang makes them")
    }
    if derived.at("stix")?.asText != StixBundle.path || derived.at("case")?.asText != CaseGraph.path {
      report("data/packet.json", .missingValue("tool.derived"))
    }
    checkStix(document)
    checkCase(document)
    checkReadMe(document)
    checked.append("README.txt, STIX bundle and CASE graph, derived again from packet.json")
    let records = PacketRecords(document: document, readings: readings, chain: chainLines)
    let isWhole = PacketRecords.areWhole(document)
    checkSheet(records, isWhole: isWhole)
    if isWhole {
      if derived != PacketRecords.derived { report("data/packet.json", .missingValue("tool.derived")) }
      checkReport(records)
      checkSelection(records)
      checkDescriptions(document)
      checkLegal(document)
      checkRates(document)
      checked.append(
        "report.html byte by byte and every cell of listings.csv, derived again from packet.json, readings.json and "
          + "audit.jsonl")
    } else {
      checked.append("listings.csv, without the columns " + Self.names(ListingsSheet.columnsOfRecords))
      unchecked.append(
        "report.html beyond its checksum, and the columns of listings.csv named above: "
          + (derived.at("form")?.asNumber.map {
            "the packet has them in form \($0), and this program makes form \(PacketRecords.form)"
          } ?? "this packet is of an earlier form, without the records that they are made from"))
    }
    checkSignatureIsThere(document)
  }

  /// Columns in the order of the sheet.
  private static func names(_ columns: Set<String>) -> String {
    ListingsSheet.columns.filter(columns.contains).joined(separator: ", ")
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

  // MARK: The report

  /// Compares the report byte by byte.
  private mutating func checkReport(_ records: PacketRecords) {
    guard let bytes = bytes(of: Report.path) else { return }
    let expected = Report(records: records).bytes
    guard bytes != expected else { return }
    let (found, right) = (Self.lines(bytes), Self.lines(expected))
    let line = zip(found, right).prefix { Array($0.utf8) == Array($1.utf8) }.count
    let section = right.prefix(line + 1).reversed().lazy.compactMap(Self.section).first
    let (one, other) = Self.apart(
      line < found.count ? found[line] : "the end of the file", line < right.count ? right[line] : "the end of the file"
    )
    report(
      Report.path, .differs("line \(line + 1)\(section.map { ", under \($0)" } ?? "")", found: one, expected: other))
  }

  /// The name of the section that a line begins.
  private static func section(_ line: String) -> String? {
    guard line.hasPrefix("<h2 id=\"") else { return nil }
    return line.dropFirst(8).split(separator: "\"").first.map(String.init)
  }

  /// Two different lines from shortly before their first difference on.
  private static func apart(_ one: String, _ other: String) -> (String, String) {
    let same = zip(one.unicodeScalars, other.unicodeScalars).prefix { $0 == $1 }.count
    guard same > 40 else { return (one, other) }
    func end(_ text: String) -> String {
      "…" + String(String.UnicodeScalarView(text.unicodeScalars.dropFirst(same - 20)))
    }
    return (end(one), end(other))
  }

  // MARK: The sheet

  /// Compares `listings.csv` cell by cell, and then its bytes.
  ///
  /// - Parameter isWhole: whether all its columns follow from the records.
  private mutating func checkSheet(_ records: PacketRecords, isWhole: Bool) {
    let path = ListingsSheet.path
    guard let bytes = bytes(of: path) else { return }
    let sheet = ListingsSheet(records: records)
    guard let rows = SheetRows.read(bytes), rows.first == sheet.header else {
      return report(path, .notExact)
    }
    guard rows.count == records.listings.count + 1 else {
      return report(
        path, .differs("rows", found: "\(rows.count - 1)", expected: "\(records.listings.count), the listings"))
    }
    var isSame = true
    for (row, (listing, cells)) in zip(rows.dropFirst(), zip(records.listings, sheet.rows)) {
      guard row.count == cells.count else {
        report(path, .notExact)
        isSame = false
        continue
      }
      for (place, column) in sheet.header.enumerated()
      where isWhole || !ListingsSheet.columnsOfRecords.contains(column) {
        let right = QuotedText.undoubled(Array(ListingsSheet.defused(cells[place]).utf8))
        guard !row[place].utf8.elementsEqual(right.utf8) else { continue }
        report(path, .differs("\(column) of \(listing.id)", found: row[place], expected: right))
        isSame = false
      }
    }
    if isWhole, isSame, bytes != sheet.bytes { report(path, .notExact) }
  }

  // MARK: The choice

  /// That the listings of the opened files add up, and those of the packet are its listings.
  private mutating func checkSelection(_ records: PacketRecords) {
    guard let selection = RecordedSelection(records.document) else { return }
    func expect(_ name: String, _ found: Int, _ right: Int) {
      guard found != right else { return }
      report("data/packet.json", .differs("tool.selection.\(name)", found: "\(found)", expected: "\(right)"))
    }
    expect(
      "listings_in_files", selection.count("listings_in_files"), selection.rows.reduce(0) { $0 + $1.listings })
    let confirmed = records.listings.count(where: \.isConfirmed)
    expect("included.confirmed", selection.included("confirmed"), confirmed)
    expect("included.unsure", selection.included("unsure"), records.listings.count - confirmed)
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
