import CaseFiles
import Casework
import SmallFormats

/// What `packet.json` says about listings, compared with what it rests on: the rows of evidence, and the reviews in the audit
/// chain.
extension PacketCheck {
  /// Looks for each listing's title, price and address in its evidence.
  ///
  /// Shape:  a row of CSV, TSV or JSON must have a field that is equal to each. A row that was read in another way than its
  ///         bytes show, or that an earlier program wrote, must contain them. Text in which HTML was decoded is in no row.
  /// Limits: that some field says it, not which one: a row has no header. White space is taken as one blank, as readers of
  ///         files do. Only rows that the packet imported, and not pages or screenshots.
  mutating func checkAgainstEvidence(_ document: JSONValue) {
    let copies = Set(chainLines.filter { $0.word("action") == FilePiece.action }.map { $0.word("object") })
    let evidence = Dictionary(document.each("evidence").map { ($0.word("id"), $0) }) { first, _ in first }
    var (equal, contained, skipped) = (0, 0, 0)
    for listing in document.each("listings") {
      let pieces = listing.each("evidence").compactMap { evidence[$0.asText ?? ""] }
        .filter { !copies.contains($0.word("id")) }
      let rows = pieces.filter { $0.word("method") == "import" }
      guard !rows.isEmpty, rows.count == pieces.count else {
        skipped += 1
        continue
      }
      let facts = document.at("tool", "listings", listing.word("id")) ?? .null
      var texts: [EvidenceRow] = []
      for row in rows {
        let path = row.word("path")
        guard path.hasPrefix("data/evidence/"), paths.contains(path), let bytes = try? folder.bytes(of: path) else {
          continue
        }
        let conversions = facts.at("evidence", row.word("id"))?.each("read_after")
        texts.append(
          EvidenceRow(bytes, row.word("media_type"), isAsRead: conversions?.isEmpty ?? false))
      }
      // A file that is missing or cannot be read is a problem of its own.
      guard texts.count == rows.count else { continue }
      compare(listing, facts, with: texts)
      if texts.allSatisfy(\.hasFields) { equal += 1 } else { contained += 1 }
    }
    tellEvidence(equal: equal, contained: contained, skipped: skipped)
  }

  /// Says how listings were compared with their evidence.
  private mutating func tellEvidence(equal: Int, contained: Int, skipped: Int) {
    if equal > 0 {
      checked.append(
        "title, price and address of \(Count.of(equal, "listing")): each is equal to a field of the row in evidence")
    }
    if contained > 0 {
      checked.append(
        "title, price and address of \(Count.of(contained, "listing")): each is contained in the row in evidence, which was "
          + "converted before it was read or was written by an earlier program")
    }
    if skipped > 0 {
      unchecked.append(
        "titles, prices and addresses of \(skipped) listing\(skipped == 1 ? "" : "s") were not looked for in the evidence, which is not a row of "
          + "a file")
    }
  }

  private mutating func compare(_ listing: JSONValue, _ facts: JSONValue, with rows: [EvidenceRow]) {
    let address = listing.word("url")
    let price = facts.at("price", "as_advertised")?.asText ?? listing.word("price", "as_advertised")
    let decoded = Self.decodedFields(facts)
    let claims: [(String, String)] = [
      ("title", decoded.contains("title") ? "" : listing.word("title")),
      ("price.as_advertised", decoded.contains("price") ? "" : price),
      ("url", address.hasPrefix("urn:") ? "" : facts.at("address_as_collected")?.asText ?? address),
    ].filter { !EvidenceRow.folded($0.1).isEmpty }
    if !decoded.isDisjoint(with: ["title", "price"]) {
      unchecked.append("title or price of \(listing.word("id")) against its evidence, since HTML was decoded in it")
    }
    for name in rows.missing(of: claims) {
      // An address is percent-encoded where it has to be; earlier packets have it in that form only.
      if name == "url", facts == .null, rows.contains(where: { $0.hasAddress(address) }) { continue }
      let claim = claims.first { $0.0 == name }?.1 ?? ""
      report("data/packet.json", .notInEvidence(listing: listing.word("id"), what: name, claim: claim))
    }
    compareStatements(listing, facts)
    compareCues(listing, facts)
  }

  /// Looks for the words about contact, payment and shipping in the texts that were read.
  private mutating func compareCues(_ listing: JSONValue, _ facts: JSONValue) {
    let cues = facts.each("cues")
    guard !cues.isEmpty, let reading = readings.each("listings").first(where: { $0.word("id") == listing.word("id") })
    else { return }
    let texts = [listing.word("title"), RecordedReading(reading).text]
    for cue in cues {
      guard let text = cue.at("text")?.asText, !texts.contains(where: { $0.contains(text) }) else { continue }
      report("data/packet.json", .notInEvidence(listing: listing.word("id"), what: cue.word("name"), claim: text))
    }
  }

  /// Compares what a listing states in codes with the words of its row, which stand under `tool.listings`.
  private mutating func compareStatements(_ listing: JSONValue, _ facts: JSONValue) {
    guard facts != .null else { return }
    let address = listing.word("url")
    let encoded = facts.at("address_as_collected")?.asText.flatMap { WebAddress.encoded($0) }
    let isRead = facts.at("price", "currency")?.asText != nil
    let understood = RecordedDescription(facts)[.quantity].flatMap(UnderstoodQuantity.init)
    let quantity =
      understood?.amount
      ?? facts.at("quantity_as_advertised")?.asText.flatMap { Decimal.isWellFormed($0) ? $0 : nil }
    let statements: [(name: String, found: String?, expected: String?)] = [
      ("url", address.hasPrefix("urn:") ? encoded : address, encoded),
      (
        "price.as_advertised", listing.at("price", "as_advertised")?.asText,
        isRead ? facts.word("price", "as_advertised") : nil
      ),
      ("price.amount", listing.at("price", "amount")?.asText, isRead ? facts.word("price", "amount") : nil),
      ("price.currency", listing.at("price", "currency")?.asText, facts.at("price", "currency")?.asText),
      ("specimen.quantity", listing.at("specimen", "quantity")?.asText, quantity),
      (
        "legality.assessment", listing.word("legality", "assessment"),
        facts.word("review", "verdict") == Verdict.confirmed.rawValue ? "suspected" : "indeterminate"
      ),
    ]
    for (name, found, expected) in statements where found != expected {
      report(
        "data/packet.json",
        .differs("the \(name) of \(listing.word("id"))", found: found ?? "nothing", expected: expected ?? "left out"))
    }
  }

  /// The fields in which HTML was decoded.
  private static func decodedFields(_ facts: JSONValue) -> Set<String> {
    let words = facts.each("fields").first { $0.word("name") == NamedField.decodedMarkup }?.word("text") ?? ""
    return Set(words.split(separator: ", ").map(String.init))
  }

  /// Compares each listing's assessment with the verdict that the audit chain has for it.
  ///
  /// Limits: of a verdict that came with another casebook the chain names the lines, but not which one is in force.
  mutating func checkReviews(_ document: JSONValue) {
    let chain = ChainLines(chainLines)
    var unfound = 0
    for listing in document.each("listings") {
      let expected = listing.word("legality", "assessment") == "suspected" ? "confirmed" : "unsure"
      let numbers = listing.each("evidence").compactMap {
        imports[$0.asText ?? ""]?.at("decided_by_event")?.asNumber
      }
      guard let line = numbers.first.flatMap({ chain.byEvent[$0] }) else {
        unfound += 1
        continue
      }
      let isVerdict = line.word("action") == Action.fileVerdict.rawValue
      let own = isVerdict ? [line] : chain.verdicts[line.word("object")] ?? []
      guard !own.isEmpty else {
        unfound += 1
        continue
      }
      compareReview(of: listing, in: document, chain)
      if !own.contains(where: { $0.word("data", "event", "verdict") == expected }) {
        report(
          "data/packet.json",
          .differs(
            "the assessment of \(listing.word("id"))", found: listing.word("legality", "assessment"),
            expected: "that of the verdict in audit.jsonl, \(own.last?.word("data", "event", "verdict") ?? "")"))
      }
    }
    if unfound > 0 {
      unchecked.append(
        "the verdicts of \(unfound) listing\(unfound == 1 ? "" : "s") could not be compared: audit.jsonl does not have the event "
          + "they rest on")
    }
  }

  /// Compares who decided, when and with which note with the lines of the chain about the listing.
  ///
  /// Limits: nothing is compared of which the chain has no line.
  private mutating func compareReview(of listing: JSONValue, in document: JSONValue, _ chain: ChainLines) {
    let facts = document.at("tool", "listings", listing.word("id")) ?? .null
    let review = facts.at("review") ?? .null
    let lines = facts.each("history").compactMap(\.asNumber).compactMap { chain.byNumber[$0] }
    let verdicts = lines.filter { $0.word("action") == Action.fileVerdict.rawValue }
    func isSame(_ name: String, _ line: JSONValue, _ place: String...) -> Bool {
      guard let stated = review.at(name)?.asText else { return true }
      return place.count == 1 ? line.word(place[0]) == stated : line.word("data", "event", place[1]) == stated
    }
    let isDecided = verdicts.contains {
      isSame("by", $0, "actor") && isSame("at", $0, "ts") && isSame("verdict", $0, "event", "verdict")
    }
    if !verdicts.isEmpty, !isDecided {
      report(
        "data/packet.json",
        .differs(
          "the review of \(listing.word("id"))",
          found: [review.word("verdict"), review.word("by"), review.word("at")].joined(separator: " "),
          expected: "a verdict in audit.jsonl"))
    }
    let notes = lines.filter { $0.word("action") == Action.writeNote.rawValue }
    if !notes.isEmpty, !notes.contains(where: { isSame("note", $0, "event", "note") }) {
      report(
        "data/packet.json",
        .differs("the note on \(listing.word("id"))", found: review.word("note"), expected: "a note in audit.jsonl"))
    }
  }
}

/// The lines of a chain by what they are looked up by.
private struct ChainLines {
  /// By `seq`.
  private(set) var byNumber: [Int: JSONValue] = [:]
  /// The first line of each event of the packet's own casebook.
  private(set) var byEvent: [Int: JSONValue] = [:]
  /// By object, a listing's key.
  private(set) var verdicts: [String: [JSONValue]] = [:]

  init(_ lines: [JSONValue]) {
    for line in lines {
      if let number = line.at("seq")?.asNumber { byNumber[number] = line }
      if line.word("action") == Action.fileVerdict.rawValue { verdicts[line.word("object"), default: []].append(line) }
      guard let event = line.at("data", "casebook_event")?.asNumber, line.at("data", "chain") == nil else { continue }
      if byEvent[event] == nil { byEvent[event] = line }
    }
  }
}

/// A row of evidence, whole and in its fields.
struct EvidenceRow {
  /// The text as a whole and in its fields, for rows whose fields are not compared.
  private let texts: [String]
  /// The fields, as each separator gives them that the row may have: which one it is, a row without its header does not say.
  private let readings: [Set<[UInt8]>]
  /// Whether its fields are compared.
  let hasFields: Bool

  /// - Parameters:
  ///   - isAsRead: whether the row was read as its bytes are.
  init(_ bytes: [UInt8], _ mediaType: String, isAsRead: Bool) {
    let separators: [UInt8] = [0x2c, 0x3b, 0x09, 0x7c]
    let readings: [[String]] =
      switch mediaType {
      case "application/json": [Self.values(in: bytes)]
      case "text/tab-separated-values": [Self.fields(in: bytes, between: 0x09)]
      case "text/csv":
        separators.flatMap { separator in
          [false, true].map { Self.fields(in: bytes, between: separator, hasEscapes: $0) }
        }
      default: []
      }
    hasFields = isAsRead && !readings.isEmpty
    self.readings = readings.map { Set($0.map(Self.folded)) }
    texts =
      hasFields ? [] : [String(decoding: bytes, as: UTF8.self), QuotedText.undoubled(bytes)] + readings.joined()
  }

  /// Whether an address in it has this form when it is percent-encoded.
  func hasAddress(_ uri: String) -> Bool { texts.contains { WebAddress.encoded($0) == uri } }

  /// The claims that it does not make.
  ///
  /// Shape:  of fields, by the separator that leaves the fewest missing: all must be found by one.
  func missing(of claims: [(name: String, words: [UInt8])]) -> [String] {
    guard hasFields else {
      let folded = texts.map(Self.folded)
      return claims.filter { claim in !folded.contains { $0.contains(claim.words) } }.map(\.name)
    }
    let missing = readings.map { fields in claims.filter { !fields.contains($0.words) }.map(\.name) }
    return missing.min { $0.count < $1.count } ?? []
  }

  /// A text as it is looked for: its bytes, with runs of white space as one blank, and none at the ends.
  static func folded(_ text: String) -> [UInt8] {
    let words = text.unicodeScalars.split { $0.properties.isWhitespace || $0.value < 0x20 || $0 == "\u{FEFF}" }
    return Array(words.map { Array(String($0).utf8) }.joined(separator: [0x20]))
  }

  /// The fields of a line, if this is its separator.
  ///
  /// - Parameter hasEscapes: whether a backslash within quotes takes its meaning from the next character.
  private static func fields(in row: [UInt8], between separator: UInt8, hasEscapes: Bool = false) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var at = 0
    while at < row.count {
      let byte = row[at]
      at += 1
      if hasEscapes, isQuoted, byte == 0x5c, at < row.count {
        field.append(row[at])
        at += 1
      } else if byte == 0x22, isQuoted, at < row.count, row[at] == 0x22 {
        field.append(byte)
        at += 1
      } else if byte == 0x22, isQuoted || field.isEmpty {
        isQuoted.toggle()
      } else if byte == separator, !isQuoted {
        fields.append(String(decoding: field, as: UTF8.self))
        field = []
      } else {
        field.append(byte)
      }
    }
    return fields + [String(decoding: field, as: UTF8.self)]
  }

  /// The strings of a JSON text with their escapes undone, and its numbers as they are written, whatever is between them.
  private static func values(in bytes: [UInt8]) -> [String] {
    var found: [String] = []
    var at = 0
    while at < bytes.count {
      let start = at
      if bytes[at] == 0x22 {
        at += 1
        while at < bytes.count, bytes[at] != 0x22 { at += bytes[at] == 0x5c ? 2 : 1 }
        guard at < bytes.count else { break }
        at += 1
        if case .text(let text)? = try? JSONReading.value(of: Array(bytes[start..<at])) { found.append(text) }
      } else if isOfNumber(bytes[at]) {
        while at < bytes.count, isOfNumber(bytes[at]) { at += 1 }
        found.append(String(decoding: bytes[start..<at], as: UTF8.self))
      } else {
        at += 1
      }
    }
    return found
  }

  private static func isOfNumber(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || [0x2b, 0x2d, 0x2e, 0x45, 0x65].contains(byte)
  }
}

extension [EvidenceRow] {
  /// The claims that none of the rows makes.
  func missing(of claims: [(String, String)]) -> [String] {
    let words = claims.map { (name: $0.0, words: EvidenceRow.folded($0.1)) }
    var missing = Set(words.map(\.name))
    for row in self { missing.formIntersection(row.missing(of: words)) }
    return words.map(\.name).filter(missing.contains)
  }
}
