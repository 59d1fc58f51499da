import ArgumentParser
import Filters
import Intake
import Listings
import NearDuplicates
import SmallFormats

/// `linsang groups FILE… [--json|--csv]`
struct GroupsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "groups", abstract: "Find listings that are one advert under other names, prices and places.",
    discussion: """
      Prints the groups, largest first. A listing that is in several files or on several days counts once; the others \
      are its sightings. What differs within a group is shown as slots: ⟨price⟩, ⟨phone⟩, ⟨place⟩, ⟨name⟩, ⟨number⟩, \
      ⟨words⟩. CSV has one line per listing of a group, safe in spreadsheets.

      Exit status: 0 done · 1 done with problems, or there is no group · 2 a file could not be opened.
      """)

  @Argument(help: "CSV, TSV or JSON Lines files; - is standard input.", completion: .file())
  var files: [String]

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions

  @Option(
    help: "Print only the groups with a listing that matches this filter; all listings are compared all the same.")
  var filter = ""

  @Flag(help: "How to print: text for people (the default), one JSON object, or CSV safe for spreadsheets.")
  var form: Form = .text

  /// The output formats.
  enum Form: EnumerableFlag {
    case text, json, csv

    static func help(for value: Form) -> ArgumentHelp? { nil }
  }

  @Option(help: "How many groups to print as text.")
  var top = 20

  func validate() throws {
    guard top >= 0 else { throw ValidationError("--top \(top): write 0 or more") }
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let opened = try BatchReading(files, reading)
      let rows = filter.isEmpty ? nil : try opened.rows(of: filter, verdicts: casebook)
      guard let groups = DuplicateGroups.find(in: opened.dataset) else { return }
      let shown = (0..<groups.count).filter { group in
        guard let rows else { return true }
        return groups.listings(of: group).contains { first in
          groups.sightings(of: Int(first)).contains { rows.contains(Int($0)) }
        }
      }
      let writer = GroupWriter(
        dataset: opened.dataset, groups: groups, output: output, linesOf: form == .text ? [] : shown)
      switch form {
      case .text: try writer.writeText(shown, top: top)
      case .json: try writer.writeJSON(shown)
      case .csv: try writer.writeCSV(shown)
      }
      try output.flush()
      try opened.finish(
        matched: !shown.isEmpty,
        nothing: filter.isEmpty ? "no two listings are one advert" : "no group has a listing that matches the filter")
    }
  }
}

/// Prints groups, one after the other.
struct GroupWriter {
  let dataset: Dataset
  let groups: DuplicateGroups
  let output: Output
  private let lines: RowLines

  /// - Parameter shown: the groups that will be printed with the lines of their listings.
  init(dataset: Dataset, groups: DuplicateGroups, output: Output, linesOf shown: [Int] = []) {
    (self.dataset, self.groups, self.output) = (dataset, groups, output)
    lines = RowLines(shown.flatMap { groups.listings(of: $0).map { Int($0) } }, of: dataset)
  }

  private func rows(_ group: Int) -> [Int] { groups.listings(of: group).map { Int($0) } }

  // MARK: Text

  /// Listings of a group that are printed as text.
  private static let listedRows = 5
  /// Characters of a title, and of a text with slots.
  private static let (titleLength, textLength) = (70, 300)

  func writeText(_ shown: [Int], top: Int) throws(OutputError) {
    let grouped = groups.groupedListingCount
    func counted(_ count: Int, _ word: String) -> String { "\(count) \(word)\(count == 1 ? "" : "s")" }
    try output.line(
      "\(counted(groups.listingCount, "listing")): \(counted(groups.count, "group")) of \(grouped), and "
        + "\(groups.listingCount - grouped) in none")
    for group in shown.prefix(top) { try writeText(group) }
    if shown.count > top { try output.line("… \(shown.count - top) more groups; --top, --json or --csv prints them") }
  }

  private func writeText(_ group: Int) throws(OutputError) {
    let rows = rows(group)
    let slots = GroupSlots(of: group, in: groups, dataset)
    try output.line("")
    try output.line(
      "\(groups.name(of: group))  \(rows.count) listings, \(counted(.platform, rows, "platform")), "
        + "\(counted(.sellerAlias, rows, "seller")), \(likeness(group, slots))")
    try output.line("  " + Self.cut(Self.oneLine(slots.text), Self.textLength))
    for row in rows.prefix(Self.listedRows) {
      let sightings = groups.sightings(of: row).count
      let facts =
        [
          dataset.text(of: .platform, at: row), dataset.text(of: .sellerAlias, at: row),
          dataset.text(of: .price, at: row),
        ]
        .map { Self.cut(Self.oneLine($0), 30) }.filter { !$0.isEmpty }
        + (sightings > 1 ? ["seen \(sightings) times"] : [])
      let differences = zip(slots.names, slots.values(of: row)).filter { !$0.1.isEmpty }
        .map { "\($0)=\(Self.cut(Self.oneLine($1), 40))" }
      try output.line(
        "    \(dataset.source(of: row).name):\(dataset.sourceRow(of: row))  "
          + (facts + [Self.cut(Self.oneLine(dataset.text(of: .title, at: row)), Self.titleLength)]).joined(
            separator: " · "))
      if !differences.isEmpty {
        try output.line("        " + Self.cut(differences.joined(separator: "  "), Self.textLength))
      }
    }
    if rows.count > Self.listedRows { try output.line("    … \(rows.count - Self.listedRows) more") }
  }

  /// Numbers do not count for how alike texts are.
  private func likeness(_ group: Int, _ slots: GroupSlots) -> String {
    let percent = Int((groups.alike(of: group) * 100).rounded(.down))
    if percent < 100 { return "at least \(percent) % alike" }
    return slots.names.isEmpty ? "word for word" : "alike but for what is in the slots"
  }

  private func counted(_ field: Field, _ rows: [Int], _ word: String) -> String {
    let codes = dataset.codes(of: field)
    let count = Set(rows.map { codes[$0] }.filter { $0 != 0 }).count
    return "\(count) \(word)\(count == 1 ? "" : "s")"
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static func cut(_ text: String, _ length: Int) -> String {
    text.count > length ? text.prefix(length - 1) + "…" : text
  }

  // MARK: JSON

  /// One object, written as it is made.
  func writeJSON(_ shown: [Int]) throws(OutputError) {
    try output.put("{\"listings\":\(groups.listingCount),\"groups\":[")
    for (index, group) in shown.enumerated() {
      try output.put(index == 0 ? "\n" : ",\n")
      try writeJSON(group)
    }
    try output.put("\n],\"single\":\(groups.listingCount - groups.groupedListingCount)}\n")
  }

  private func writeJSON(_ group: Int) throws(OutputError) {
    let rows = rows(group)
    let slots = GroupSlots(of: group, in: groups, dataset)
    let head: JSONValue = .map([
      "group": .text(groups.name(of: group)), "size": .number(rows.count), "alike": .decimal(groups.alike(of: group)),
      "text": .text(slots.text), "slots": .list(slots.names.map { .text($0) }),
    ])
    try output.put(head.text.dropLast() + ",\"listings\":[")
    for (index, row) in rows.enumerated() {
      try output.put(index == 0 ? "" : ",")
      try output.put(listing(row, slots).text)
    }
    try output.put("]}")
  }

  private func listing(_ row: Int, _ slots: GroupSlots) -> JSONValue {
    func text(_ field: Field) -> JSONValue {
      let text = dataset.text(of: field, at: row)
      return text.isEmpty ? .null : .text(text)
    }
    let values = zip(slots.names, slots.values(of: row)).map { ($0, JSONValue.text($1)) }
    return .map([
      "file": .text(dataset.source(of: row).name), "line": .number(lines.line(of: row)),
      "row": .number(dataset.sourceRow(of: row)), "id": text(.listingID), "address": text(.url),
      "platform": text(.platform), "seller": text(.sellerAlias), "price": text(.price), "title": text(.title),
      "sightings": .number(groups.sightings(of: row).count), "slots": .map(Dictionary(uniqueKeysWithValues: values)),
    ])
  }

  // MARK: CSV

  private static let columns = [
    "group", "size", "alike", "file", "line", "row", "id", "address", "platform", "seller", "price", "title",
    "sightings",
    "slots",
  ]

  func writeCSV(_ shown: [Int]) throws(OutputError) {
    try output.put(SpreadsheetCSV.line(Self.columns))
    for group in shown {
      let rows = rows(group)
      let slots = GroupSlots(of: group, in: groups, dataset)
      let alike = JSONValue.decimal(groups.alike(of: group)).text
      for row in rows {
        let values = zip(slots.names, slots.values(of: row)).map { "\($0)=\($1)" }.joined(separator: "; ")
        func text(_ field: Field) -> String { dataset.text(of: field, at: row) }
        try output.put(
          SpreadsheetCSV.line([
            groups.name(of: group), String(rows.count), alike, dataset.source(of: row).name,
            String(lines.line(of: row)), String(dataset.sourceRow(of: row)), text(.listingID), text(.url),
            text(.platform), text(.sellerAlias), text(.price), text(.title), String(groups.sightings(of: row).count),
            values,
          ]))
      }
    }
  }
}

/// The lines on which many rows begin.
///
/// Cost:   reads each file once, where `Dataset.sourceLine` would read it again for every row.
private struct RowLines {
  private let rows: [Int]
  private let lines: [Int]

  init(_ rows: [Int], of dataset: Dataset) {
    let rows = rows.sorted()
    var lines: [Int] = []
    lines.reserveCapacity(rows.count)
    for (index, row) in rows.enumerated() {
      let isSameFile = index > 0 && dataset.sourceIndex(of: rows[index - 1]) == dataset.sourceIndex(of: row)
      let (last, start) = (
        index > 0 ? dataset.record(at: rows[index - 1]).baseAddress : nil, dataset.record(at: row).baseAddress
      )
      if isSameFile, let last, let start, last <= start {
        let between = UnsafeRawBufferPointer(start: last, count: start - last)
        lines.append(lines[index - 1] + LineCounting.lineFeeds(in: between))
      } else {
        lines.append(dataset.sourceLine(of: row))
      }
    }
    (self.rows, self.lines) = (rows, lines)
  }

  /// The line of one of the rows.
  func line(of row: Int) -> Int {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) / 2
      if rows[middle] < row { low = middle + 1 } else { high = middle }
    }
    return lines[low]
  }
}
