import Casework
import Hashing
import Workspace
import SmallFormats

/// `readings.json` against `packet.json` and against itself.
extension PacketCheck {
  /// Packets made before there were readings cite none, and have nothing to check.
  mutating func checkReadings(_ document: JSONValue) {
    let path = ReadingsDocument.path
    guard let cited = document.at("tool", "readings") else { return }
    guard cited.at("path")?.asText == path else {
      return report("data/packet.json", .missingValue("tool.readings.path"))
    }
    guard let bytes = bytes(of: path) else { return }
    if digest(of: path) != cited.at("sha256")?.asText { report(path, .changed(accordingTo: "data/packet.json")) }
    do {
      check(try JSONReading.value(of: bytes), against: document)
    } catch {
      report(path, .notJSON("\(error.why), at byte \(error.byte)"))
    }
  }

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
    for listing in listings { check(listing, terms) }
  }

  /// The points of a listing are its risk, and every hit is where it says.
  private mutating func check(_ listing: JSONValue, _ terms: Set<String>) {
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
      let grounds = [hit, hit.at("because")].compactMap { $0 }.filter { $0 != .null }
      let isRight =
        hit.at("number")?.asNumber == index + 1 && terms.contains(hit.at("term")?.asText ?? "")
        && grounds.allSatisfy { Self.stands($0, in: texts) }
      if !isRight { report(path, .hitMisplaced(listing: id, hit: index + 1)) }
    }
  }

  private static func stands(_ span: JSONValue, in texts: [String: [UInt8]]) -> Bool {
    guard let field = span.at("field")?.asText, let text = texts[field], let start = span.at("start")?.asNumber,
      let end = span.at("end")?.asNumber, 0 <= start, start <= end, end <= text.count,
      let words = span.at("text")?.asText
    else { return false }
    return text[start..<end].elementsEqual(words.utf8)
  }

  // MARK: - What it was read with

  /// A lexicon or table that a packet cites.
  package struct CitedName: Hashable, Sendable {
    package let role: String
    package let name: String
    package let digest: String
  }

  /// The lexicons and tables that the packet in a folder was read with; nil where it cites none, or cannot be read.
  package static func filesRead(for path: String) -> [CitedName]? {
    guard let folder = FolderReading(path), let bytes = try? folder.bytes(of: ReadingsDocument.path),
      let readings = try? JSONReading.value(of: bytes), let lexicons = readings.at("lexicons")?.asList,
      let tables = readings.at("tables")?.asList
    else { return nil }
    return (lexicons + tables).compactMap { file in
      guard let role = file.at("role")?.asText, let name = file.at("name")?.asText,
        let digest = file.at("sha256")?.asText
      else { return nil }
      return CitedName(role: role, name: name, digest: digest)
    }
  }
}

extension CitedFile {
  /// The file as a packet cites it.
  package var citedName: PacketCheck.CitedName {
    PacketCheck.CitedName(role: role.rawValue, name: name, digest: digest.hex)
  }
}
