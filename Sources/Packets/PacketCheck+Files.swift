import Captures
import Casework
import SmallFormats

/// Files of evidence beside the rows, compared with `packet.json`, with the line of the chain that brought each in, and with the
/// casebook's event that attached it; web archives are looked into again.
extension PacketCheck {
  /// Checks every file that a line of the chain brought in.
  mutating func checkFiles(_ document: JSONValue) {
    let evidence = PacketRecords.numbered(document.each("evidence"))
    let lines = chainLines.filter { $0.word("action") == FilePiece.action }
    let events = chainLines.filter { $0.word("action") == Action.attachEvidence.rawValue }
    var count = 0
    for line in lines {
      let id = line.word("object")
      guard let piece = evidence[id] else {
        report("data/packet.json", .evidenceMissing(id))
        continue
      }
      count += 1
      let data = line.at("data") ?? .null
      compare(piece, with: data, id)
      let facts = document.at("tool", "listings", piece.word("listing"))?.at("evidence", id) ?? .null
      if data.word("source") == "attached" { compare(piece, facts, data, withEventIn: events, id) }
      checkContent(of: piece, facts, id)
    }
    if count > 0 {
      checked.append(
        "\(Count.of(count, "file")) beside the rows: digest, size, what each is by its content, and the lines of the chain that "
          + "brought it in")
      unchecked.append(
        "who made the files beside the rows, and whether what they show was so, which no packet can prove")
    }
    let missing = document.at("tool", "evidence_missing")?.asList ?? []
    for one in missing.prefix(20) {
      unchecked.append(
        "\(one.word("listing")): the file \(DisplayText.visible(one.word("name"), limit: 200)) (\(one.word("source"))) "
          + "\(DisplayText.visible(one.word("why"), limit: 200)) when the packet was made, and is not in it")
    }
    if missing.count > 20 { unchecked.append("\(missing.count - 20) more files that are not in the packet") }
  }

  private mutating func expect(_ id: String, _ name: String, _ found: String, _ right: String) {
    guard found != right else { return }
    report("data/packet.json", .differs("the \(name) of \(id)", found: found, expected: right))
  }

  /// What `packet.json` says of a file against the line that brought it in.
  private mutating func compare(_ piece: JSONValue, with data: JSONValue, _ id: String) {
    for name in ["listing", "media_type", "method", "sha256"] { expect(id, name, piece.word(name), data.word(name)) }
    expect(
      id, "bytes", piece.at("bytes")?.asNumber.map(String.init) ?? "", data.at("bytes")?.asNumber.map(String.init) ?? ""
    )
  }

  /// The same against the casebook's event that attached it.
  private mutating func compare(
    _ piece: JSONValue, _ facts: JSONValue, _ data: JSONValue, withEventIn events: [JSONValue], _ id: String
  ) {
    let event = events.first {
      $0.word("data", "casebook_line_sha256") == data.word("casebook_line_sha256")
        && $0.at("data", "casebook_event")?.asNumber == data.at("attached_by_event")?.asNumber
    }
    guard let event, case .map(let stated)? = event.at("data", "event"), let attachment = Attachment(stated) else {
      return report("data/audit.jsonl", .missingValue("line of the casebook's event that attached \(id)"))
    }
    expect(id, "sha256", piece.word("sha256"), attachment.digest)
    expect(id, "method", piece.word("method"), attachment.method.rawValue)
    expect(id, "captured_at", piece.word("captured_at"), attachment.capturedAt?.text ?? event.word("ts"))
    expect(id, "captured_by", piece.word("captured_by"), event.word("actor"))
    expect(id, "name", facts.word("name"), attachment.originalName)
    expect(id, "note", facts.word("note"), attachment.note)
  }

  /// What a file is by its content, and what is wrong in a web archive.
  private mutating func checkContent(of piece: JSONValue, _ facts: JSONValue, _ id: String) {
    let path = piece.word("path")
    guard path.hasPrefix("data/evidence/"), paths.contains(path) else { return }
    do throws(LocalFileProblem) {
      let file = try LocalFile(path, below: folder.root)
      var beginning: [UInt8] = []
      try file.read(or: { $0 }) { (piece) throws(LocalFileProblem) in
        if beginning.count < MediaType.beginningLength {
          beginning += piece.prefix(MediaType.beginningLength - beginning.count)
        }
      }
      let type = CaptureReading.mediaType(of: file.descriptor, size: file.size, beginning: beginning)
      expect(id, "media_type", piece.word("media_type"), type.name)
      let name = path.split(separator: "/").last ?? ""
      if !name.hasSuffix("." + FilePiece.ending(of: type)) {
        report(path, .differs("its ending", found: String(name), expected: FilePiece.ending(of: type)))
      }
      guard let report = CaptureReading.report(on: file.descriptor, size: file.size, as: type) else { return }
      expect(id, "looked_into", facts.word("looked_into"), report.clause)
      let clause = DisplayText.visible(report.clause, limit: 400)
      if report.isWhole {
        checked.append("\(id), a web archive: \(clause)")
      } else {
        unchecked.append(
          "\(id), a web archive that does not agree with what it says of itself, as the packet says: \(clause)")
      }
    } catch {
      report(path, .unreadable(error.clause))
    }
  }
}
