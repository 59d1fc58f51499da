import CaseStore
import Casework
import SmallFormats

/// Cases as text, JSON and CSV.
struct CaseTable {
  let lines: [CaseLine]
  let day: CalendarDay
  /// Whether steps and listings are told, too.
  let isWhole: Bool

  // MARK: Text

  var text: [String] {
    guard !lines.isEmpty else { return [] }
    let rows = lines.map(Self.cells)
    let widths = Self.headings.indices.map { column in
      ([Self.headings] + rows).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      zip(cells, widths).enumerated().map { column, cell in
        Self.rightAligned.contains(column) ? cell.0.leftPadded(cell.1) + " " : cell.0.rightPadded(cell.1 + 1)
      }.joined(separator: " ").trimmingEnd
    }
    return [line(Self.headings)] + rows.map(line) + (isWhole ? details : [])
  }

  private static let headings = ["packet", "recipient", "sent", "days", "last step", "on", "quiet", "listings"]
  private static let rightAligned: Set<Int> = [3, 6]

  private static func cells(_ line: CaseLine) -> [String] {
    let last = line.closed ?? line.last.words
    let references = line.references.isEmpty ? "" : " (\(line.references.joined(separator: ", ")))"
    return [
      line.packet.name, line.recipient?.organisation ?? "not known", line.sent?.description ?? "–",
      line.daysSinceSent.map(String.init) ?? "–", last + references, line.last.day.description,
      line.isOpen ? "\(line.daysSinceLast)" : "–", line.counts.words,
    ]
  }

  /// What became of one packet, step by step, and of its listings.
  private var details: [String] {
    guard let first = lines.first else { return [] }
    var text = [""]
    if let old = first.packet.supersedes {
      text.append("replaces \(old)" + (first.packet.changes.map { ": \($0)" } ?? ""))
    }
    if let next = first.one.supersededBy { text.append("replaced by \(next)") }
    let steps = first.one.steps
    text.append(steps.isEmpty ? "no step was recorded yet" : "steps, by the number of their event")
    for step in steps {
      let who = step.step.recipient?.organisation ?? "everybody"
      let detail = step.step.details.isEmpty ? "" : " · \(step.step.details)"
      let back = step.retractedBy.map { " · taken back by \($0)" } ?? ""
      let number = step.chain.map { "\(CasebookName.short(of: $0)) \(step.number)" } ?? "\(step.number)"
      text.append(
        "\(number.leftPadded(8))  \(step.step.day)  \(who): \(step.step.words)\(detail) · \(step.analyst)\(back)")
    }
    for line in lines {
      text += ["", "listings for \(line.recipient?.organisation ?? "everybody"): \(line.counts.words)"]
      text += line.listings.map {
        "  \($0.label)  \($0.platform ?? "platform not known")  \($0.fate.words)\($0.isRefused ? ", refused" : "")  \($0.key)"
      }
    }
    return text
  }

  // MARK: JSON

  var json: JSONValue { .map(["as_of": .text(day.description), "cases": .list(lines.map(json))]) }

  private func json(_ line: CaseLine) -> JSONValue {
    let counts = line.counts
    var map: [String: JSONValue] = [
      "packet": .text(line.packet.id), "version": .number(line.packet.version), "folder": .text(line.packet.name),
      "made": .text(line.packet.time), "manifest": .optional(line.packet.manifest),
      "recipient": .optional(line.recipient?.organisation),
      "recipient_id": .optional(line.recipient.flatMap { $0.id.isEmpty ? nil : $0.id }),
      "recipient_kind": .optional(line.recipient.flatMap { $0.kind.isEmpty ? nil : $0.kind }),
      "sent": .optional(line.sent?.description), "days_since_sent": line.daysSinceSent.map { .number($0) } ?? .null,
      "last_step": .text(line.last.words), "last_step_on": .text(line.last.day.description),
      "days_since_last_step": .number(line.daysSinceLast), "closed": .optional(line.closed),
      "references": .list(line.references.map { .text($0) }),
      "supersedes": .optional(line.packet.supersedes), "superseded_by": .optional(line.one.supersededBy),
      "changes": .optional(line.packet.changes),
      "listings": .map([
        "all": .number(counts.all), "removed": .number(counts.removed), "online": .number(counts.online),
        "not_known": .number(counts.unknown), "refused": .number(counts.refused),
      ]),
    ]
    if isWhole {
      map["steps"] = .list(line.steps.map(Self.json))
      map["listing_fates"] = .list(line.listings.map(Self.json))
    }
    return .map(map)
  }

  private static func json(_ step: RecordedStep) -> JSONValue {
    .map(
      step.step.data.merging([
        "event": .number(step.number), "chain": .optional(step.chain), "recorded": .text(step.time),
        "analyst": .text(step.analyst), "taken_back_by": .optional(step.retractedBy),
      ]) { $1 })
  }

  private static func json(_ listing: FollowedListing) -> JSONValue {
    var map: [String: JSONValue] = [
      "listing": .text(listing.label), "key": .text(listing.key.text), "platform": .optional(listing.platform),
      "fate": .text(listing.fate.word), "refused": .truth(listing.isRefused),
    ]
    switch listing.fate {
    case .removed(let after, let by):
      (map["last_seen"], map["gone_by"]) = (.text(after.description), .text(by.description))
    case .online(let day): map["last_seen"] = .text(day.description)
    case .unknown: break
    }
    return .map(map)
  }

  // MARK: CSV

  func writeCSV(_ output: Output) throws(OutputError) {
    try output.put(
      SpreadsheetCSV.line([
        "packet", "version", "recipient_id", "recipient", "recipient_kind", "sent", "days_since_sent", "last_step",
        "last_step_on", "days_since_last_step", "closed", "references", "listings", "removed", "online", "not_known",
        "refused",
      ]))
    for line in lines {
      let counts = line.counts
      let numbers = [counts.all, counts.removed, counts.online, counts.unknown, counts.refused]
      try output.put(
        SpreadsheetCSV.line(
          [
            line.packet.id, String(line.packet.version), line.recipient?.id ?? "", line.recipient?.organisation ?? "",
            line.recipient?.kind ?? "", line.sent?.description ?? "", line.daysSinceSent.map(String.init) ?? "",
            line.last.words, line.last.day.description, String(line.daysSinceLast), line.closed ?? "",
            line.references.joined(separator: "; "),
          ] + numbers.map(String.init)))
    }
  }
}

extension String {
  /// The text without blanks at its end.
  var trimmingEnd: String {
    var text = self
    while text.last == " " { text.removeLast() }
    return text
  }
}
