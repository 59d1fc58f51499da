import CaseFiles
import Casework
import Hashing
import SmallFormats
import Workspace

/// The bag: its declaration, its description, and its manifests compared with the files.
extension PacketCheck {
  /// The manifest of the payload, everything below `data/`.
  static let manifest = "manifest-sha256.txt"
  /// The manifest of the bag's own files.
  static let tagManifest = "tagmanifest-sha256.txt"

  /// Compares `bagit.txt` with the one declaration that packets have.
  mutating func checkDeclaration() {
    guard let bytes = bytes(of: "bagit.txt") else { return }
    // A byte order mark or other line ends make it a different declaration.
    if bytes != Array(BagFiles.declaration.utf8) { report("bagit.txt", .wrongDeclaration) }
  }

  /// Only the bag's own files may be beside the payload, with a signature and a timestamp over the list of lists.
  mutating func checkRootFiles() {
    let own: Set = [
      "bagit.txt", "bag-info.txt", Self.manifest, Self.tagManifest, PacketSignature.path, PacketTimestamp.path,
    ]
    for path in folder.found.map(\.path) where !path.hasPrefix("data/") {
      if path == "fetch.txt" {
        report(path, .fetchesFromElsewhere)
      } else if !own.contains(path) {
        report(path, .notAllowedHere)
      }
    }
  }

  /// The fields of `bag-info.txt`, each of which must occur once.
  ///
  /// Shape:  name and value, the spaces before the value dropped; of a field that occurs twice, the last value.
  /// Fails:  returns an empty map, with a problem, if the file is missing or cannot be read. Required fields that are
  ///         missing, an unknown TLP mark, another profile and a `Bagging-Date` that is no day are problems too.
  mutating func readInfo() -> [String: String] {
    guard let bytes = bytes(of: "bag-info.txt") else { return [:] }
    var fields: [String: String] = [:]
    let lines = String(decoding: bytes, as: UTF8.self).unicodeScalars.split(separator: "\n")
    for (index, line) in lines.enumerated() {
      guard let colon = line.firstIndex(of: ":") else {
        report("bag-info.txt", .unreadableLine(index + 1))
        continue
      }
      let name = String(line[..<colon])
      let value = String(line[line.index(after: colon)...].drop { $0 == " " })
      if fields.updateValue(value, forKey: name) != nil { report("bag-info.txt", .fieldTwice(name)) }
    }
    let required = [
      "Source-Organization", "Contact-Name", "Contact-Email", "External-Description", "External-Identifier",
      "Bagging-Date", "Payload-Oxum", "BagIt-Profile-Identifier", "Bag-Software-Agent", "Linsang-TLP",
      "Linsang-Audit-Head",
    ]
    for field in required where fields[field] == nil { report("bag-info.txt", .fieldMissing(field)) }
    if let tlp = fields["Linsang-TLP"], TrafficLight(rawValue: tlp) == nil {
      report("bag-info.txt", .wrongField("Linsang-TLP", found: tlp, expected: "one of the five marks of TLP 2.0"))
    }
    if let profile = fields["BagIt-Profile-Identifier"], profile != BagFiles.profile {
      report("bag-info.txt", .wrongField("BagIt-Profile-Identifier", found: profile, expected: BagFiles.profile))
    }
    if let day = fields["Bagging-Date"], CalendarDay(day) == nil {
      report("bag-info.txt", .wrongField("Bagging-Date", found: day, expected: "a day"))
    }
    return fields
  }

  /// Compares both manifests with the files, and reports files that no manifest lists.
  ///
  /// Cost:   one SHA-256 over each listed file.
  mutating func checkDigests() {
    let payload = checkManifest(Self.manifest) { $0.hasPrefix("data/") }
    for path in folder.found.map(\.path) where path.hasPrefix("data/") && !payload.contains(path) {
      report(path, .unlisted)
    }
    let tags = checkManifest(Self.tagManifest) { !$0.hasPrefix("data/") && !$0.hasPrefix("tagmanifest-") }
    guard paths.contains(Self.tagManifest) else { return }
    for path in ["bag-info.txt", "bagit.txt", Self.manifest] where paths.contains(path) && !tags.contains(path) {
      report(path, .unlisted)
    }
  }

  /// Compares the files with one manifest, and returns the paths it lists.
  ///
  /// Shape:  safe paths only, including those of files that are missing or changed.
  /// Fails:  a line that cannot be read, an unsafe path or a path listed twice is reported and passed over; the rest
  ///         is checked.
  private mutating func checkManifest(_ manifest: String, belongs: (String) -> Bool) -> Set<String> {
    guard let bytes = bytes(of: manifest) else { return [] }
    var listed: Set<String> = []
    let lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !(line.isEmpty && index == lines.count - 1) {
      guard let (digest, path) = Self.digestAndPath(in: line) else {
        report(manifest, .unreadableLine(index + 1))
        continue
      }
      guard Self.isSafe(path), belongs(path) else {
        report(manifest, .unsafePath(path))
        continue
      }
      guard listed.insert(path).inserted else {
        report(manifest, .listedTwice(path))
        continue
      }
      guard paths.contains(path) else {
        report(path, .listedButMissing(in: manifest))
        continue
      }
      if let found = self.digest(of: path), found != digest { report(path, .changed(accordingTo: manifest)) }
    }
    return listed
  }

  /// Parses `<64 hex>  path`, with two spaces, or with a space and an asterisk as `sha256sum` marks binary mode.
  private static func digestAndPath(in line: ArraySlice<UInt8>) -> (digest: String, path: String)? {
    guard line.count > 66 else { return nil }
    let digest = line.prefix(64)
    let gap = Array(line.dropFirst(64).prefix(2))
    let isHex = digest.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    guard isHex, gap == [0x20, 0x20] || gap == [0x20, 0x2a] else { return nil }
    return (String(decoding: digest, as: UTF8.self), String(decoding: line.dropFirst(66), as: UTF8.self))
  }

  /// Whether a path stays inside the packet and hides nothing.
  private static func isSafe(_ path: String) -> Bool {
    path.split(separator: "/", omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0 != "." && $0 != ".." }
      && !path.unicodeScalars.contains(where: DisplayText.needsShowing)
  }

  /// Compares `Payload-Oxum` with the payload.
  mutating func checkPayloadSize(_ info: [String: String]) {
    let payload = folder.found.filter { $0.path.hasPrefix("data/") }
    let found = "\(payload.reduce(0) { $0 + $1.size }).\(payload.count)"
    if let expected = info["Payload-Oxum"], expected != found {
      report("bag-info.txt", .wrongSize(found: found, expected: expected))
    }
  }
}

/// The payload's own claims: the audit chain, and `packet.json` compared with everything that repeats it.
extension PacketCheck {
  /// The chain as found.
  struct Chain {
    /// The SHA-256 of the last line.
    let head: String
    /// How many lines there are.
    let lines: Int
  }

  /// Checks `data/audit.jsonl` line by line. Nil if it cannot be read.
  ///
  /// Shape:  the chain goes on from the line as found, so that one changed line gives few problems.
  /// Fails:  reports lines that are not exact, not bound to the one before or not in order, and a `Linsang-Audit-Head`
  ///         that differs from the last line's digest.
  mutating func checkChain(_ info: [String: String]) -> Chain? {
    let path = "data/audit.jsonl"
    guard let bytes = bytes(of: path) else { return nil }
    var lines = bytes.split(separator: 0x0a, omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    var previous = AuditLine.noPrevious
    for (index, line) in lines.enumerated() {
      checkLine(Array(line), number: index + 1, previous: previous, path: path)
      previous = SHA256Digest(of: line).hex
    }
    if let head = info["Linsang-Audit-Head"], head != previous {
      report("bag-info.txt", .wrongField("Linsang-Audit-Head", found: head, expected: previous))
    }
    return Chain(head: previous, lines: lines.count)
  }

  /// Checks one line against the one before.
  private mutating func checkLine(_ bytes: [UInt8], number: Int, previous: String, path: String) {
    guard let value = try? JSONReading.value(of: bytes), let line = Self.auditLine(value),
      Array(line.json.utf8) == bytes
    else { return report(path, .lineNotExact(line: number)) }
    if line.previous != previous { report(path, .chainBroken(line: number)) }
    if line.sequence != number { report(path, .chainOutOfOrder(line: number)) }
    chainLines.append(value)
    if line.action == "evidence.import" { imports[line.object] = .map(line.data) }
  }

  /// The line in a value; nil if a part is missing. An extra part shows when the line is formatted again.
  private static func auditLine(_ value: JSONValue) -> AuditLine? {
    guard let action = value.at("action")?.asText, let actor = value.at("actor")?.asText,
      case .map(let data) = value.at("data"), let object = value.at("object")?.asText,
      let previous = value.at("prev")?.asText, let sequence = value.at("seq")?.asNumber,
      let time = value.at("ts")?.asText
    else { return nil }
    return AuditLine(
      action: action, actor: actor, data: data, object: object, previous: previous, sequence: sequence, time: time)
  }

  /// Compares `packet.json` with the bag, the chain and the evidence.
  ///
  /// Shape:  compares `schema`, `audit`, `handling.tlp`, `packet_id` with `packet_version`, then the evidence and the
  ///         readings.
  /// Fails:  a file that is no JSON is one problem, with the byte at which reading stopped; nothing more is compared
  ///         then.
  /// Limits: it does not validate the file against its schema.
  mutating func checkDocument(_ info: [String: String], chain: Chain?, _ rereading: (() -> ListingRereading?)?) {
    let path = "data/packet.json"
    guard let bytes = bytes(of: path) else { return }
    let document: JSONValue
    do {
      document = try JSONReading.value(of: bytes)
    } catch {
      return report(path, .notJSON("\(error.why), at byte \(error.byte)"))
    }
    expect(document.at("schema")?.asText, "urn:linsang:packet:1", "schema")
    if let chain {
      expect(document.at("audit", "head_sha256")?.asText, chain.head, "audit.head_sha256")
      expect(document.at("audit", "entries")?.asNumber.map(String.init), String(chain.lines), "audit.entries")
    }
    if let tlp = info["Linsang-TLP"] { expect(document.at("handling", "tlp")?.asText, tlp, "handling.tlp") }
    if let name = info["External-Identifier"] {
      let id = document.at("packet_id")?.asText.flatMap { PacketID($0) }
      let version = document.at("packet_version")?.asNumber
      let found = id.flatMap { id in version.map { "\(id.text)_v\($0)" } }
      expect(found, name, "packet_id and packet_version")
    }
    checkEvidence(document, path: path)
    checkReadings(document)
    if let rereading { checkReadings(again: rereading, document) }
    checkFiles(document)
    checkDerived(document)
    checkAgainstEvidence(document)
    checkReviews(document)
  }

  /// Reports a value that is missing or not as expected.
  private mutating func expect(_ found: String?, _ expected: String, _ name: String) {
    guard let found else { return report("data/packet.json", .missingValue(name)) }
    if found != expected { report("data/packet.json", .differs(name, found: found, expected: expected)) }
  }

  /// Checks that every piece of evidence in `packet.json` is there with its digest and size, that every piece that a listing
  /// cites is described, and that every file of evidence is described.
  private mutating func checkEvidence(_ document: JSONValue, path: String) {
    guard let evidence = document.at("evidence")?.asList else { return report(path, .missingValue("evidence")) }
    guard let listings = document.at("listings")?.asList, !listings.isEmpty else {
      return report(path, .missingValue("listings"))
    }
    let sizes = Dictionary(folder.found.map { ($0.path, $0.size) }) { first, _ in first }
    var described: Set<String> = []
    var describedPaths: Set<String> = []
    for piece in evidence {
      guard let id = piece.at("id")?.asText, let file = piece.at("path")?.asText, file.hasPrefix("data/evidence/"),
        paths.contains(file)
      else {
        report(path, .evidenceMissing(piece.at("id")?.asText ?? "without a number"))
        continue
      }
      described.insert(id)
      describedPaths.insert(file)
      if piece.at("bytes")?.asNumber != sizes[file] || digest(of: file) != piece.at("sha256")?.asText {
        report(file, .changed(accordingTo: path))
      }
    }
    for listing in listings {
      guard let cited = listing.at("evidence")?.asList, !cited.isEmpty else {
        report(path, .missingValue("evidence of listing \(listing.at("id")?.asText ?? "without a number")"))
        continue
      }
      for id in cited.map({ $0.asText ?? "" }) where !described.contains(id) { report(path, .evidenceMissing(id)) }
    }
    for file in paths.sorted() where file.hasPrefix("data/evidence/") && !describedPaths.contains(file) {
      report(file, .unlisted)
    }
  }
}

/// `readings.json`, compared with `packet.json` and checked in itself.
extension PacketCheck {
  /// Checks the readings. Packets from before there were readings cite none.
  mutating func checkReadings(_ document: JSONValue) {
    let path = ReadingsDocument.path
    guard let cited = document.at("tool", "readings") else { return }
    guard cited.at("path")?.asText == path else {
      return report("data/packet.json", .missingValue("tool.readings.path"))
    }
    guard let bytes = bytes(of: path) else { return }
    if digest(of: path) != cited.at("sha256")?.asText { report(path, .changed(accordingTo: "data/packet.json")) }
    do {
      readings = try JSONReading.value(of: bytes)
      check(readings, against: document)
    } catch {
      report(path, .notJSON("\(error.why), at byte \(error.byte)"))
    }
  }

  /// Compares the listings of both files, then checks each.
  private mutating func check(_ readings: JSONValue, against document: JSONValue) {
    let path = ReadingsDocument.path
    guard readings.at("schema")?.asText == ReadingsDocument.schema, let listings = readings.at("listings")?.asList
    else {
      return report(path, .missingValue("schema and listings"))
    }
    let ids = listings.map { $0.at("id")?.asText ?? "" }
    let cited = document.at("listings")?.asList?.map { $0.at("id")?.asText ?? "" } ?? []
    if ids != cited {
      report(path, .differs("listings", found: ids.joined(separator: " "), expected: cited.joined(separator: " ")))
    }
    let terms = Set(readings.at("terms")?.asList?.compactMap { $0.at("id")?.asText } ?? [])
    let isRedacted = document.word("profile") == "redacted"
    for listing in listings { check(listing, terms, isRedacted: isRedacted) }
    guard PacketRecords.areWhole(document) else { return }
    let byID = PacketRecords.numbered(listings)
    for listing in document.each("listings") {
      compare(listing, with: RecordedReading(byID[listing.word("id")] ?? .null))
    }
  }

  /// Compares a listing's texts and remarks in `packet.json` with its reading.
  private mutating func compare(_ listing: JSONValue, with reading: RecordedReading) {
    let (path, id) = ("data/packet.json", listing.word("id"))
    let title = reading.value.word("texts", "title")
    if !listing.word("title").utf8.elementsEqual(title.utf8) {
      report(path, .differs("the title of \(id)", found: listing.word("title"), expected: "\(title), as it was read"))
    }
    if !Array(reading.text.utf8).starts(with: listing.word("text_excerpt").utf8) {
      report(
        path, .differs("text_excerpt of \(id)", found: listing.word("text_excerpt"), expected: "the text that was read")
      )
    }
    let notes = (listing.at("legality")?.each("red_flags") ?? []).compactMap(\.asText)
      .filter { $0.hasPrefix(RecordedReading.mark) }
    for (found, right) in zip(notes, reading.notes) where found != right {
      return report(path, .differs("red_flags of \(id)", found: found, expected: right))
    }
    if notes.count != reading.notes.count {
      report(
        path,
        .differs(
          "red_flags of \(id)", found: "\(notes.count) about words", expected: "\(reading.notes.count), as it was read")
      )
    }
  }

  /// Checks that a listing's points add up to its risk, and that every hit is where it says.
  ///
  /// - Parameter isRedacted: whether the words of hits may be withheld; they stand nowhere then.
  private mutating func check(_ listing: JSONValue, _ terms: Set<String>, isRedacted: Bool) {
    let path = ReadingsDocument.path
    let id = listing.at("id")?.asText ?? ""
    if let risk = listing.at("risk")?.asNumber {
      let sum = listing.at("points")?.asList?.reduce(0) { $0 + ($1.at("points")?.asNumber ?? 0) } ?? 0
      if sum != risk { report(path, .differs("the risk of \(id)", found: "\(risk)", expected: "\(sum), its points")) }
    }
    let texts = ["title", "description"].reduce(into: [String: [UInt8]]()) {
      $0[$1] = Array((listing.at("texts", $1)?.asText ?? "").utf8)
    }
    for (index, hit) in (listing.at("hits")?.asList ?? []).enumerated() {
      let spans = [hit, hit.at("because")].compactMap { $0 }.filter { $0 != .null }
      let isRight =
        hit.at("number")?.asNumber == index + 1 && terms.contains(hit.at("term")?.asText ?? "")
        && spans.allSatisfy { isRedacted && $0.word("text") == Redactor.mark || Self.isFound($0, in: texts) }
      if !isRight { report(path, .hitMisplaced(listing: id, hit: index + 1)) }
    }
  }

  /// Whether the text of a span is at its range of bytes.
  private static func isFound(_ span: JSONValue, in texts: [String: [UInt8]]) -> Bool {
    guard let field = span.at("field")?.asText, let text = texts[field], let start = span.at("start")?.asNumber,
      let end = span.at("end")?.asNumber, 0 <= start, start <= end, end <= text.count,
      let words = span.at("text")?.asText
    else { return false }
    return text[start..<end].elementsEqual(words.utf8)
  }

  // MARK: - What the packet was read with

  /// A lexicon or table that a packet cites.
  package struct CitedName: Hashable, Sendable {
    package let role: String
    package let name: String
    package let digest: String

    /// Whether it decides how a text is read, and does not only explain it.
    package var decidesReadings: Bool {
      [CitedFile.Role.lexicon, .exclusions, .taxonTable].contains { $0.rawValue == role }
    }

    /// Those that `readings.json` names: lexicons, then tables. An entry without role, name or digest is left out.
    static func all(in readings: JSONValue) -> [CitedName] {
      (readings.each("lexicons") + readings.each("tables")).compactMap { file in
        guard let role = file.at("role")?.asText, let name = file.at("name")?.asText,
          let digest = file.at("sha256")?.asText
        else { return nil }
        return CitedName(role: role, name: name, digest: digest)
      }
    }
  }

  /// The lexicons and tables that a packet was read with; nil if it cites none, or cannot be read.
  ///
  /// Shape:  as `CitedName.all`.
  /// Limits: it takes the file at its word; only `check` compares it with the manifest and with `packet.json`.
  package static func filesRead(for path: String) -> [CitedName]? {
    guard let folder = FolderReading(path), let bytes = try? folder.bytes(of: ReadingsDocument.path),
      let readings = try? JSONReading.value(of: bytes), readings.at("lexicons")?.asList != nil,
      readings.at("tables")?.asList != nil
    else { return nil }
    return CitedName.all(in: readings)
  }
}

extension CitedFile {
  /// The file as a packet cites it.
  package var citedName: PacketCheck.CitedName {
    PacketCheck.CitedName(role: role.rawValue, name: name, digest: digest.hex)
  }
}
