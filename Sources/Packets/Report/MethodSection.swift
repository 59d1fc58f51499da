import SmallFormats

/// How the listings were collected, chosen and read, and how far their facts carry: what the packet itself knows of it.
struct MethodSection {
  let records: PacketRecords

  private var document: JSONValue { records.document }

  /// The section.
  var html: String {
    """
    <section aria-labelledby="method">
    <h2 id="method">Method</h2>
    <table class="facts"><tbody>
    \(facts)</tbody></table>
    \(choice)\(rule)\(remarks)</section>

    """
  }

  private var facts: String {
    let imports = records.listings.flatMap(\.evidence).filter { !$0.isExtract }
    let files = Set(imports.map { $0.imported("source_file") })
    let days = imports.compactMap { CalendarDay($0.imported("source_file_modified").prefix(10)) }
    let changed = days.min().flatMap { first in
      days.max().map { first == $0 ? "\(first)" : "\(first) to \($0)" }
    }
    return HTMLTable.rows([
      (
        "Files",
        files.isEmpty
          ? nil
          : "\(Count.of(files.count, "file")) with listings of this packet"
            + (changed.map { ", last changed \($0)" } ?? "") + "; annex A has their SHA-256"
      ),
      ("Collected", collected), ("Filter", filter), ("Lexicons", lexicons), ("Taxon tables", tables),
      ("Grading", grading),
      ("Decided", decided),
    ])
  }

  private var grading: String {
    let isAnyGraded = records.listings.contains { $0.value.word("grading", "admiralty") != ListingStatement.grade }
    return isAnyGraded
      ? "Admiralty, as each listing states; \(ListingStatement.grade) where source and information were not graded"
      : "\(ListingStatement.grade): source and information were not graded"
  }

  /// The days on which the rows say that they were collected.
  private var collected: String? {
    let evidence = records.listings.flatMap(\.evidence)
    let dated = evidence.filter { $0.collected != nil }
    let days = dated.compactMap { CalendarDay($0.value.word("captured_at").prefix(10)) }
    guard let first = days.min(), let last = days.max() else { return nil }
    return (first == last ? "\(first)" : "\(first) to \(last)") + ", as the rows say"
      + (dated.count < evidence.count ? "; \(Count.of(evidence.count - dated.count, "row does", "rows do")) not" : "")
  }

  private var filter: String? {
    RecordedSelection(document).flatMap { $0.value.at("filter")?.asText }.map {
      "<code>\(HTMLText.foreign($0, limit: 2000))</code>"
    }
  }

  private var lexicons: String {
    let count = records.readings.each("lexicons").count
    let off = records.readings.each("lexicons_off").compactMap(\.asText)
    guard count > 0 else { return "No lexicon was on: the listings were not read for code words." }
    return "\(Digits.grouped(count)); annex D has their SHA-256"
      + (off.isEmpty ? "" : "; switched off: \(HTMLText.foreign(off.joined(separator: ", "), limit: 2000))")
  }

  private var tables: String {
    let warning = records.readings.at("appendices", "warning")?.asText
    guard warning != nil || records.readings.at("appendices", "known_up_to")?.asText != nil else {
      return "There was no taxon table: no appendix was looked up."
    }
    return (warning.map { HTMLText.foreign($0, limit: 1000) + " " } ?? "")
      + "Later changes of Appendix III, annotations and quotas are not in it."
  }

  private var decided: String? {
    let analysts = Set(records.listings.compactMap { $0.facts.at("review", "by")?.asText }).sorted()
    guard !analysts.isEmpty else { return nil }
    return "by \(HTMLText.foreign(analysts.joined(separator: ", "), limit: 1000))"
  }

  // MARK: What was looked at

  /// How all listings of the opened files had been decided, and which are here. The sums agree.
  private var choice: String {
    guard let selection = RecordedSelection(document) else { return "" }
    let rows = selection.rows.filter { $0.listings > 0 || $0.included > 0 }
    let body = rows.map { status, listings, included in
      Self.row("<th scope=\"row\">\(HTMLText.escaped(status))</th>", listings, included)
    }
    let sum = Self.row(
      "<th scope=\"row\">all</th>", rows.reduce(0) { $0 + $1.listings }, rows.reduce(0) { $0 + $1.included })
    return
      "<h3>Looked at, included and left out</h3>\n<p>Adverts in \(Count.of(selection.count("files_opened"), "opened file"))"
      + ", each counted once, by how they had been decided when the packet was made.</p>\n"
      + HTMLTable.table("choice", ["Decided as", "Adverts", "In this packet", "Left out"], body.joined() + sum)
  }

  private static func row(_ head: String, _ listings: Int, _ included: Int) -> String {
    "<tr>\(head)"
      + [listings, included, listings - included].map { "<td class=\"number\">\(Digits.grouped($0))</td>" }.joined()
      + "</tr>\n"
  }

  // MARK: How it was read

  /// The risk formula, in sentences.
  private var rule: String {
    let rule = records.readings.each("rule").compactMap(\.asText)
    return rule.isEmpty
      ? ""
      : "<h3>How the risk is reckoned</h3>\n<p>\(HTMLText.escaped(ReadingsDocument.caveat))</p>\n<ul>\n"
        + rule.map { "<li>\(HTMLText.escaped(DisplayText.visible($0)))</li>\n" }.joined() + "</ul>\n"
  }

  /// How far the facts carry: each remark once, with the listings it is about.
  private var remarks: String {
    var remarks: [(words: String, ids: [String])] = []
    var places: [String: Int] = [:]
    for listing in records.listings {
      let notes =
        (listing.value.at("legality")?.each("red_flags") ?? []).compactMap(\.asText)
        .filter { $0.hasPrefix(Self.dataNote) }.map { String($0.dropFirst(Self.dataNote.count)) }
        + listing.reading.textNotes.map { "text \($0)" }
      for note in notes {
        if let place = places[note] {
          remarks[place].ids.append(listing.id)
        } else {
          places[note] = remarks.count
          remarks.append((note, [listing.id]))
        }
      }
    }
    guard !remarks.isEmpty else { return "" }
    let rows = remarks.map { words, ids in
      "<tr><td>\(HTMLText.foreign(words, limit: 5000))</td><td>"
        + (ids.count == records.listings.count && ids.count > 1 ? "all" : HTMLText.escaped(Self.shown(ids)))
        + "</td></tr>\n"
    }
    return "<h3>Remarks on the data</h3>\n" + HTMLTable.table("remarks", ["Remark", "Listings"], rows.joined())
  }

  /// How a remark on the data begins in `packet.json`.
  private static let dataNote = "data note: "

  private static func shown(_ ids: [String]) -> String {
    ids.prefix(60).joined(separator: ", ") + (ids.count > 60 ? " and \(ids.count - 60) more" : "")
  }
}
