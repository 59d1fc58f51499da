import SmallFormats

/// What `packet.json` says about listings, compared with what it rests on: the rows of evidence, and the reviews in the audit
/// chain.
extension PacketCheck {
  /// Looks for each listing's title, price and address in its evidence.
  ///
  /// Limits: that the text is there, not in which column: a row of evidence has no header. White space is taken as one blank,
  ///         as readers of files do. Only rows that the packet imported, and not pages or screenshots.
  mutating func checkAgainstEvidence(_ document: JSONValue) {
    let evidence = Dictionary(document.each("evidence").map { ($0.word("id"), $0) }) { first, _ in first }
    var skipped = 0
    for listing in document.each("listings") {
      let pieces = listing.each("evidence").compactMap { evidence[$0.asText ?? ""] }
      let rows = pieces.filter { $0.word("method") == "import" }
      guard !rows.isEmpty, rows.count == pieces.count else {
        skipped += 1
        continue
      }
      var texts: [String] = []
      var isRead = true
      for row in rows {
        let path = row.word("path")
        guard path.hasPrefix("data/evidence/"), paths.contains(path), let bytes = try? folder.bytes(of: path) else {
          isRead = false
          continue
        }
        texts += EvidenceTexts.texts(of: bytes, isJSON: row.word("media_type") == "application/json")
      }
      if isRead { compare(listing, with: texts) }
    }
    if skipped > 0 {
      unchecked.append(
        "titles, prices and addresses of \(skipped) listing\(skipped == 1 ? "" : "s") were not looked for in the evidence, which is not a row of "
          + "a file")
    }
  }

  private mutating func compare(_ listing: JSONValue, with texts: [String]) {
    let address = listing.word("url")
    let claims: [(String, String)] = [
      ("title", listing.word("title")), ("price.as_advertised", listing.word("price", "as_advertised")),
      ("url", address.hasPrefix("urn:") ? "" : address),
    ]
    for (name, claim) in claims {
      let words = EvidenceTexts.folded(claim)
      guard !words.isEmpty, !texts.contains(where: { EvidenceTexts.folded($0).contains(words) }) else { continue }
      // An address is percent-encoded where it has to be.
      if name == "url", texts.contains(where: { WebAddress.encoded($0) == claim }) { continue }
      report("data/packet.json", .notInEvidence(listing: listing.word("id"), what: name, claim: claim))
    }
  }

  /// Compares each listing's assessment with the verdict that the audit chain has for it.
  ///
  /// Limits: of a verdict that came with another casebook the chain names the lines, but not which one is in force.
  mutating func checkReviews(_ document: JSONValue) {
    var unfound = 0
    for listing in document.each("listings") {
      let expected = listing.word("legality", "assessment") == "suspected" ? "confirmed" : "unsure"
      let numbers = listing.each("evidence").compactMap {
        imports[$0.asText ?? ""]?.at("decided_by_event")?.asNumber
      }
      guard let number = numbers.first,
        let line = chainLines.first(where: {
          $0.at("data", "casebook_event")?.asNumber == number && $0.at("data", "chain") == nil
        }), let object = line.at("object")?.asText
      else {
        unfound += 1
        continue
      }
      let verdicts = chainLines.filter { $0.word("action") == "verdict.file" && $0.word("object") == object }
      let own = line.word("action") == "verdict.file" ? [line] : verdicts
      guard !own.isEmpty else {
        unfound += 1
        continue
      }
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
}

/// The texts in a row of evidence.
enum EvidenceTexts {
  /// A text as it is looked for: its bytes, with runs of white space as one blank, and none at the ends.
  static func folded(_ text: String) -> [UInt8] {
    let words = text.unicodeScalars.split { $0.properties.isWhitespace || $0.value < 0x20 || $0 == "\u{FEFF}" }
    return Array(words.map { Array(String($0).utf8) }.joined(separator: [0x20]))
  }

  /// The row whole and in its parts: fields of a line with separators, or strings of JSON.
  static func texts(of bytes: [UInt8], isJSON: Bool) -> [String] {
    let whole = String(decoding: bytes, as: UTF8.self)
    let separators: [UInt8] = [0x2c, 0x3b, 0x09, 0x7c]
    let parts =
      isJSON
      ? strings(in: bytes) : [QuotedText.undoubled(bytes)] + separators.flatMap { fields(in: bytes, between: $0) }
    return [whole] + parts
  }

  /// The fields of a line, if this is its separator.
  private static func fields(in row: [UInt8], between separator: UInt8) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    var at = 0
    while at < row.count {
      let byte = row[at]
      at += 1
      if byte == 0x22, isQuoted, at < row.count, row[at] == 0x22 {
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

  /// The strings of a JSON text, with their escapes undone, whatever is between them.
  private static func strings(in bytes: [UInt8]) -> [String] {
    var found: [String] = []
    var at = 0
    while at < bytes.count {
      guard bytes[at] == 0x22 else {
        at += 1
        continue
      }
      var end = at + 1
      while end < bytes.count, bytes[end] != 0x22 { end += bytes[end] == 0x5c ? 2 : 1 }
      guard end < bytes.count else { break }
      if case .text(let text)? = try? JSONReading.value(of: Array(bytes[at...end])) { found.append(text) }
      at = end + 1
    }
    return found
  }
}
