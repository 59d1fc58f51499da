import Casework
import Listings
import CaseFiles

/// One listing's section of the report: everything that the packet has about it.
///
/// Cost:   O(text and hits of the listing).
struct ListingSection {
  /// What `packet.json` states about the listing, so that both files say the same.
  let statement: ListingStatement

  private var listing: NumberedPacket.Listing { statement.listing }
  private var facts: CaseListing { listing.facts }

  init(_ statement: ListingStatement) { self.statement = statement }

  /// The section.
  ///
  /// Shape:  one `section`: heading, verdict, note, table of facts, reading, table of evidence.
  var html: String {
    """
    <section>
    <h2>\(listing.id) \(title)</h2>
    <p class="verdict">\(decision)</p>
    \(note)<table class="facts"><tbody>
    \(advert)\(readings)\(otherFields)</tbody></table>
    \(ReadingSection(statement: statement).html)\(evidence)</section>

    """
  }

  /// The verdict, its maker and its event.
  ///
  /// Shape:  the verdict and the assessment; maker, time in UTC and event follow where they are known.
  private var decision: String {
    let decision = facts.decision
    var out = "<strong>\(decision.words)</strong> (\(statement.assessment))"
    if let analyst = decision.decidedBy { out += ", decided by \(HTMLText.foreign(analyst))" }
    if let time = decision.decidedAt { out += " at \(time.text)" }
    if let event = decision.event { out += ", event \(event) of the casebook" }
    return out
  }

  /// The analyst's note; empty for none.
  ///
  /// Limits: each line is cut after 20,000 characters.
  private var note: String {
    guard let note = facts.decision.status.note else { return "" }
    return "<p class=\"note\"><span class=\"label\">Analyst's note</span> "
      + HTMLText.foreignLines(note, limit: 20_000) + "</p>\n"
  }

  /// The hits in a field, with their numbers in the table of hits.
  ///
  /// Shape:  in the order of the reading; the numbers count the hits of all fields, from 1.
  private func hits(in field: Field) -> [MarkedText.Numbered] {
    (facts.reading?.hits ?? []).enumerated().map { ($0 + 1, $1) }.filter { $0.hit.span.field == field }
  }

  /// The title with its hits marked.
  ///
  /// Limits: `titleLimit` characters; a longer title ends in "… [cut]".
  private var title: String {
    guard let title = facts.title, !title.allSatisfy(\.isWhitespace) else {
      return HTMLText.foreign(nil, absent: "no title")
    }
    let shown = String(String.UnicodeScalarView(title.unicodeScalars.prefix(Self.titleLimit)))
    return MarkedText(shown, hits(in: .title)).lines + (shown.utf8.count < title.utf8.count ? "… [cut]" : "")
  }

  /// In characters.
  private static let titleLimit = 500

  /// The text with its hits marked. If it is cut, hits behind the cut are shown with their surroundings.
  ///
  /// Limits: the text is that of the statement's excerpt; behind it, `maximumSurroundings`. A cut text names its
  ///         evidence.
  private var text: String {
    let hits = hits(in: .description)
    var text = MarkedText(statement.excerpt, hits).lines
    guard statement.isTextCut else { return text }
    let end = statement.excerpt.utf8.count
    if hits.contains(where: { $0.hit.span.bytes.upperBound > end }), let whole = facts.text {
      let further = MarkedText(whole, hits).surroundings(behind: end, limit: Self.maximumSurroundings)
      text += "<br>\n<span class=\"none\">[cut; hits further on:]</span><br>\n" + further.joined(separator: "<br>\n")
    }
    return text
      + "<br>\n<span class=\"none\">[cut; the whole text is in \(listing.evidence.map(\.id).joined(separator: ", "))]</span>"
  }

  /// At most this many surroundings are shown behind the cut.
  private static let maximumSurroundings = 20

  /// The rows about the advert.
  ///
  /// Shape:  rows of a table. A listing without a date has one more, with the last change of its source files.
  private var advert: String {
    HTMLTable.rows([
      ("Address, as collected", HTMLText.address(facts.address)),
      ("Platform", platform), ("Listing number there", HTMLText.foreign(facts.reference)), ("Seller", seller),
      ("Text", text), ("Language", statement.language == "und" ? HTMLText.foreign(nil) : statement.language),
      ("Posted", HTMLText.foreign(facts.postedText ?? facts.postedAt?.text)),
      ("Seen (UTC)", HTMLText.foreign(statement.seenInWords)),
    ]) + (statement.isDated ? "" : HTMLTable.row("Source file last changed (UTC)", lastChanged))
  }

  /// All that is known about the time of a listing without a date: an upper bound.
  ///
  /// Units:  times in UTC, each once, in ascending order.
  private var lastChanged: String {
    Set(listing.evidence.map(\.row.sourceModified.text)).sorted().joined(separator: ", ")
  }

  /// The platform, with what is known about it.
  private var platform: String {
    let facts = listing.platform.facts
    let details = [facts.domain.map { HTMLText.address($0) }, facts.country.map { HTMLText.foreign($0) }]
    return joined(HTMLText.foreign(facts.name), details) + " <span class=\"label\">\(listing.platform.id)</span>"
  }

  /// The seller, with what is known about them.
  private var seller: String {
    let seller = facts.seller
    let details = [
      seller.userID.map { "account \(HTMLText.foreign($0))" },
      seller.profileAddress.map { HTMLText.address($0) },
      seller.statedCountry.map { "states country \(HTMLText.foreign($0))" },
    ]
    return joined(HTMLText.foreign(seller.alias), details) + " <span class=\"label\">\(listing.seller.id)</span>"
  }

  /// The rows about taxon, quantity, price and place, with remarks.
  ///
  /// Shape:  rows of a table; remarks come last, and only if there are any.
  /// Limits: names and basis are cut after 2,000 characters, a remark after 5,000.
  private var readings: String {
    let taxon = statement.taxon
    let isNamed = taxon.scientificName != TaxonStatement.unknownName
    let read = statement.readPrice.map { "read as \($0)" }
    var place = HTMLText.foreign([statement.country, statement.place].compactMap { $0 }.joined(separator: ", "))
    if facts.location.basis != .unknown { place += " (\(facts.location.basis.rawValue))" }
    var rows = HTMLTable.rows([
      ("Species, as named", HTMLText.foreign(facts.taxa.joined(separator: ", "), limit: 2000)),
      (
        "Taxon",
        (isNamed ? "<i>\(HTMLText.foreign(taxon.scientificName))</i> (\(taxon.rank.rawValue)), possible" : "unknown")
          + "<br>\n" + HTMLText.foreign(taxon.basis, limit: 2000)
      ),
      ("CITES Appendix", appendix), ("Quantity, as advertised", HTMLText.foreign(facts.quantityText)),
      (
        "Price, as advertised",
        HTMLText.foreign(facts.price?.asAdvertised)
          + (facts.price == nil ? "" : "; \(read ?? "no amount could be read from it")")
      ),
      ("Place", place), ("Grade", "\(ListingStatement.grade): source and information were not graded"),
    ])
    rows += ReadingSection(statement: statement).taxa
    let notes = statement.dataNotes + ReadingsDocument.textNotes(of: listing).map { "text \($0)" }
    if !notes.isEmpty {
      rows += HTMLTable.row("Remarks", notes.map { HTMLText.foreign($0, limit: 5000) }.joined(separator: "<br>\n"))
    }
    return rows
  }

  /// The appendix in words.
  private var appendix: String {
    switch statement.taxon.appendix {
    case "?": "unknown"
    case "N": "not in the appendices"
    case let appendix: appendix
    }
  }

  /// The fields of the row without a row of their own.
  ///
  /// Shape:  one row with a line per field; empty if no field holds text.
  private var otherFields: String {
    let fields = facts.otherFields.filter { !$0.text.isEmpty }
    guard !fields.isEmpty else { return "" }
    return HTMLTable.row(
      "Other fields of the row",
      fields.map {
        "<span class=\"label\">\(HTMLText.foreign($0.name, limit: 100))</span> \(HTMLText.foreign($0.text))"
      }
      .joined(separator: "<br>\n"))
  }

  /// The table of evidence.
  ///
  /// Shape:  a row for each piece: id, path and size in bytes, place in the source, time, and two digests in hex, of
  ///         the row and of the whole file.
  private var evidence: String {
    var out = """
      <table class="evidence"><thead><tr><th scope="col">Evidence</th><th scope="col">File</th>\
      <th scope="col">From</th><th scope="col">Collected (UTC)</th><th scope="col">SHA-256</th></tr></thead><tbody>

      """
    for evidence in listing.evidence {
      let row = evidence.row
      let line = row.line.map { ", line \($0)" } ?? ""
      let conversions = row.conversions.map { "<br>\n" + HTMLText.foreign("after: \($0.sentence)", limit: 500) }
        .joined()
      let wholeFile = row.member == nil ? "whole file" : "whole of \(HTMLText.foreign(row.fileName, limit: 200))"
      let time =
        row.capturedDay.map { HTMLText.foreign($0) } ?? row.capturedAt?.text
        ?? "not stated; file last changed \(row.sourceModified.text)"
      out +=
        "<tr><th scope=\"row\">\(evidence.id)</th><td>\(evidence.path)<br>\n\(row.bytes.count) bytes</td><td>row \(row.row)"
        + "\(line) of \(HTMLText.foreign(row.sourceName, limit: 200))\(conversions)</td><td>\(time)</td><td>this row "
        + "<code>\(evidence.digest)</code><br>\n\(wholeFile) <code>\(row.sourceDigest.hex)</code></td></tr>\n"
    }
    return out + "</tbody></table>\n"
  }

  /// What is known, separated by commas.
  private func joined(_ first: String, _ others: [String?]) -> String {
    ([first] + others.compactMap { $0 }).joined(separator: ", ")
  }
}
