import SmallFormats

/// `data/report.html`: the packet for a person with a browser, on screen and on paper.
///
/// Shape:  a summary with charts, the packet's own facts, the sellers with their listings, which listings are one advert, a
///         section for each listing, the method, and four annexes: evidence, terms, taxa, and what was read with. No script,
///         link, image or anything fetched; the policy in its head forbids them to the browser as well. TLP at top and
///         bottom, and on paper on every page. What is not stated takes no line.
/// Law:    it follows from the packet's own records (`PacketRecords`), byte by byte.
/// Cost:   O(listings and their hits); long texts are cut, and say so.
/// Fails:  never; foreign text is escaped, isolated and defanged (`HTMLText`).
/// Source: the packet specification, section 4.
struct Report {
  /// In the packet.
  static let path = "data/report.html"

  let records: PacketRecords

  private var document: JSONValue { records.document }

  /// The whole file.
  ///
  /// Shape:  an HTML document in UTF-8; the sections are in the order of the listings' numbers.
  var bytes: [UInt8] {
    var out = head + "<header>\n" + marking + testData + title + "</header>\n<main>\n"
    for section in sections { out += html(of: section) }
    out += "</main>\n<footer>\n" + testData + marking + "</footer>\n</body>\n</html>\n"
    return Array(out.utf8)
  }

  /// The sections in the order of the recipient's profile; all of them for a packet that names none.
  private var sections: [RecipientProfile.Section] {
    let named = document.at("tool", "recipient")?.each("report") ?? []
    return named.isEmpty
      ? RecipientProfile.Section.allCases : named.compactMap { $0.asText.flatMap(RecipientProfile.Section.init) }
  }

  private func html(of section: RecipientProfile.Section) -> String {
    switch section {
    case .summary: SummarySection(records: records).html
    case .facts: PacketFacts(records: records).html
    case .sellers: SellersSection(records: records).html
    case .copies: CopiesSection(document).html
    case .listings: records.listings.map { ListingSection($0, in: records).html }.joined()
    case .method: MethodSection(records: records).html
    case .evidence: EvidenceAnnex(records: records).html
    case .terms: TermsAnnex(records: records).html
    case .taxa: TaxaAnnex(records: records).html
    case .tables: BasisAnnex(records: records).html
    }
  }

  /// The mark, if it is one of TLP 2.0.
  private var light: TrafficLight? { TrafficLight(rawValue: document.word("handling", "tlp")) }

  /// The beginning of the file, up to its body.
  private var head: String {
    """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; \
    base-uri 'none'; form-action 'none'">
    <meta name="referrer" content="no-referrer">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>\(HTMLText.escaped(DisplayText.visible(records.folderName))) \(light?.rawValue ?? "")</title>
    <style>\(ReportStyle.css(mark: light?.rawValue ?? "", folder: records.folderName))</style>
    </head>
    <body>

    """
  }

  /// The TLP mark, its meaning and the sender's conditions.
  ///
  /// Source: the words are those of `TrafficLight`, which shorten TLP 2.0.
  private var marking: String {
    let mark = light?.rawValue ?? ""
    let shade = mark.split(separator: ":").last.map { $0.lowercased().prefix(5) } ?? ""
    let conditions = document.word("handling", "conditions").nonEmpty
      .map { "<br>\n" + HTMLText.foreignLines($0, limit: 20_000) }
    return "<p class=\"marking\"><span class=\"tlp \(shade)\">\(mark)</span> "
      + HTMLText.escaped(light?.words ?? "") + (conditions ?? "") + "</p>\n"
  }

  /// The banner of a packet with invented listings.
  private var testData: String {
    document.at("test_data") == .truth(true)
      ? "<p class=\"test\"><strong>TEST DATA.</strong> The listings in this packet are invented.</p>\n" : ""
  }

  /// The title and the sender's summary.
  private var title: String {
    """
    <h1>\(HTMLText.foreign(document.word("title")))</h1>
    <p class="lead">\(HTMLText.foreignLines(document.word("summary"), limit: 20_000))</p>
    \(category)\(withheld)
    """
  }

  /// As what the listings are reported; empty where nothing is claimed.
  private var category: String {
    document.word("tool", "recipient", "category").nonEmpty.map {
      "<p><strong>Reported as</strong> \(HTMLText.foreign($0))</p>\n"
    } ?? ""
  }

  /// What the recipient does not get; empty where that is nothing.
  private var withheld: String {
    let redactions = document.each("redactions")
    guard !redactions.isEmpty else { return "" }
    let parts = redactions.map {
      "\(HTMLText.foreign($0.word("path"))) (\(HTMLText.foreign($0.word("rule"))), \($0.at("count")?.asNumber ?? 0))"
    }
    return "<p><strong>Not in this packet</strong> \(parts.joined(separator: "; ")).</p>\n"
  }
}

/// Tables with two columns: a label, and what is known.
enum HTMLTable {
  /// - Parameter html: is not escaped.
  static func row(_ name: String, _ html: String) -> String {
    "<tr><th scope=\"row\">\(HTMLText.escaped(name))</th><td>\(html)</td></tr>\n"
  }

  /// Several rows; those of which nothing is known are left out.
  static func rows(_ rows: [(name: String, html: String?)]) -> String {
    rows.compactMap { name, html in html.map { row(name, $0) } }.joined()
  }

  /// A table with a header line.
  ///
  /// - Parameters:
  ///   - html: the rows, which are not escaped.
  ///   - look: its class in the style sheet.
  static func table(_ look: String, _ columns: [String], _ html: String) -> String {
    let head = columns.map { "<th scope=\"col\">\(HTMLText.escaped($0))</th>" }.joined()
    return "<table class=\"\(look)\"><thead><tr>\(head)</tr></thead><tbody>\n\(html)</tbody></table>\n"
  }
}

/// Numbers with their nouns.
enum Count {
  /// "1 advert", "14 adverts"
  static func of(_ count: Int, _ one: String, _ several: String? = nil) -> String {
    "\(Digits.grouped(count)) \(count == 1 ? one : several ?? one + "s")"
  }
}
