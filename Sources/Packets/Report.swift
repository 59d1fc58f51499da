import CaseFiles
import Casework

/// `data/report.html`: the packet for a person with a browser, on screen and on paper.
///
/// Shape:  a cover, a table of the listings, which of them are one advert, a section for each, and the integrity of the
///         whole. No script, link, image or anything fetched; the policy in its head forbids them to the browser as well.
///         TLP at top and bottom.
/// Cost:   O(listings); long texts are cut, and say so.
/// Fails:  never; foreign text is escaped, isolated and defanged (`HTMLText`).
/// Source: the packet specification, section 4.
struct Report {
  /// The packet, with its listings numbered as in `packet.json`.
  let numbered: NumberedPacket
  /// The audit chain; the report states its length and its head.
  let audit: PacketAudit

  private var packet: Packet { numbered.packet }
  private var form: PacketForm { packet.form }

  /// The whole file.
  ///
  /// Shape:  an HTML document in UTF-8; the sections are in the order of the listings' numbers.
  var bytes: [UInt8] {
    var out = head
    out += marking + testData + cover + overview + CopiesSection(numbered).html
    for listing in numbered.listings { out += ListingSection(ListingStatement(listing)).html }
    out += BasisSection(basis: packet.reading).html + integrity + testData + marking + "</body>\n</html>\n"
    return Array(out.utf8)
  }

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
    <title>\(packet.folderName) \(form.tlp.rawValue)</title>
    <style>\(ReportStyle.css)</style>
    </head>
    <body>

    """
  }

  /// The TLP mark, its meaning and the sender's conditions.
  ///
  /// Source: the words are those of `TrafficLight`, which shorten TLP 2.0.
  private var marking: String {
    let shade = form.tlp.rawValue.split(separator: ":").last.map { $0.lowercased().prefix(5) } ?? ""
    let conditions = form.conditions.isEmpty ? "" : "<br>\n" + HTMLText.foreignLines(form.conditions, limit: 20_000)
    return "<p class=\"marking\"><span class=\"tlp \(shade)\">\(form.tlp.rawValue)</span> "
      + HTMLText.escaped(form.tlp.words) + conditions + "</p>\n"
  }

  /// The banner of a packet with invented listings.
  private var testData: String {
    form.isTestData
      ? "<p class=\"test\"><strong>TEST DATA.</strong> The listings in this packet are invented.</p>\n" : ""
  }

  /// The cover: title, facts of the packet, and how to read it.
  ///
  /// Shape:  a `header` element. The row "Replaces" and the sender's legal statements appear only if there are any.
  private var cover: String {
    let stamp = packet.stamp
    var rows = HTMLTable.rows([
      ("Packet", "\(stamp.id.text), version \(stamp.version)"), ("Purpose", form.purpose.words),
      ("Made", stamp.created.text + " by " + HTMLText.foreign(stamp.madeBy)),
      ("Sender", organisation(form.sender.org, form.sender.kind, form.sender.country)),
      ("Contact", HTMLText.foreign(form.sender.contactName) + ", " + HTMLText.foreign(form.sender.contactEmail)),
      (
        "Recipients",
        form.recipients.map { organisation($0.org, $0.kind, $0.country) }.joined(separator: "<br>\n")
      ),
      ("Keep until", HTMLText.foreign(form.retainUntil)),
      (
        "Use as evidence",
        form.notForEvidenceWithoutSender.map { $0 ? "only after asking the sender" : "not limited by the sender" }
          ?? HTMLText.foreign(nil)
      ),
    ])
    if let supersedes = stamp.supersedes { rows += HTMLTable.row("Replaces", HTMLText.foreign(supersedes)) }
    return """
      <header>
      <h1>\(HTMLText.foreign(form.title))</h1>
      <p class="lead">\(HTMLText.foreignLines(form.summary, limit: 20_000))</p>
      \(asked)\(counts)\
      <table class="facts"><tbody>
      \(rows)\(legalRows)</tbody></table>
      <h2>How to read this</h2>
      <p>A verdict is about a listing, not about a person: &ldquo;confirmed match to criteria&rdquo; is the verdict that
      the named analyst gave the listing; what it shows is suspected, not established. Species, prices and
      places are as the listing gives them unless a row says otherwise. Terms of lexicons are marked in the text: \
      <mark>counted</mark>, <mark class="weak">weak</mark>, <mark class="void">void</mark>, \
      <mark class="against">speaking for something harmless</mark>; the number leads to the table of hits. Risk, 0 to 100, \
      is about an advert's words alone. \(warning)Web addresses are written so that nothing
      follows them (hxxps, [.]); characters that hide or turn the text show as [U+202E]. The exact words stand in
      packet.json, the rows as they were collected under evidence.</p>
      </header>

      """
  }

  /// What the recipients are asked to do; empty for nothing.
  private var asked: String {
    form.request.isEmpty
      ? ""
      : "<h2>What is asked</h2>\n<p>\(HTMLText.foreignLines(form.request, limit: 20_000))</p>\n"
  }

  /// What must be known before reading an appendix here.
  private var warning: String {
    packet.reading.appendicesWarning.map { HTMLText.foreign($0, limit: 1000) + " " } ?? ""
  }

  /// The sender's statements about the legal basis, without those that the sender did not make.
  ///
  /// Shape:  rows of a table, each labelled as the sender's statement; empty if the sender made none.
  private var legalRows: String {
    let legal = form.legal
    let statements = [
      ("Basis of collection", legal.collectionBasis, HTMLText.foreignLines(legal.collectionBasis, limit: 20_000)),
      ("Basis of processing", legal.processingBasis, HTMLText.foreignLines(legal.processingBasis, limit: 20_000)),
      (
        "Jurisdictions", legal.jurisdictions.joined(),
        HTMLText.foreign(legal.jurisdictions.joined(separator: ", "))
      ),
      (
        "Instruments that may apply", legal.instruments.joined(),
        HTMLText.foreign(legal.instruments.joined(separator: "; "), limit: 2000)
      ),
      ("Good faith", legal.goodFaith, HTMLText.foreignLines(legal.goodFaith, limit: 20_000)),
    ]
    return statements.filter { !$0.1.allSatisfy(\.isWhitespace) }
      .map { HTMLTable.row("\($0.0), as the sender states", $0.2) }.joined()
  }

  /// An organisation on one line.
  private func organisation(_ org: String, _ kind: OrganisationKind, _ country: String) -> String {
    let kind = kind == .other ? "" : kind.rawValue + ", "
    return "\(HTMLText.foreign(org)) (\(kind)\(HTMLText.escaped(country)))"
  }

  /// The contents in numbers, by verdict and platform.
  ///
  /// Shape:  one paragraph. A seller counts as named by an alias or an account; what is not confirmed counts as unsure.
  private var counts: String {
    let verdicts = numbered.listings.map(\.facts.decision.words)
    let confirmed = verdicts.count { $0 == CaseDecision(ReviewStatus(verdict: .confirmed)).words }
    var listingsOn: [String: Int] = [:]
    for listing in numbered.listings { listingsOn[listing.platform.id, default: 0] += 1 }
    let platforms = numbered.platforms
      .map { "\(HTMLText.foreign($0.facts.name, absent: "unknown platform")) \(listingsOn[$0.id] ?? 0)" }
      .joined(separator: ", ")
    let named = Set(numbered.sellers.filter { $0.facts.alias != nil || $0.facts.userID != nil }.map(\.id)).count
    return "<p class=\"counts\"><strong>\(verdicts.count)</strong> \(verdicts.count == 1 ? "listing" : "listings"): "
      + "<strong>\(confirmed)</strong> confirmed match to criteria, <strong>\(verdicts.count - confirmed)</strong> "
      + "unsure. Sellers named: <strong>\(named)</strong>. Platforms: \(platforms).</p>\n"
  }

  /// The table of all listings.
  ///
  /// Limits: titles and species are cut after 160 characters, platform, seller and price after 60.
  private var overview: String {
    var out = """
      <h2>Listings</h2>
      <table class="overview"><thead><tr><th scope="col">ID</th><th scope="col">Title as posted</th>\
      <th scope="col">Platform</th><th scope="col">Seller</th><th scope="col">Species as named</th>\
      <th scope="col">Price</th><th scope="col">Risk</th><th scope="col">Verdict</th></tr></thead>
      <tbody>

      """
    for listing in numbered.listings {
      let facts = listing.facts
      out +=
        "<tr><th scope=\"row\">\(listing.id)</th><td>\(HTMLText.foreign(facts.title, limit: 160))</td><td>"
        + HTMLText.foreign(facts.platform.name, limit: 60) + "</td><td>"
        + HTMLText.foreign(facts.seller.alias, limit: 60) + "</td><td>"
        + HTMLText.foreign(facts.taxa.joined(separator: ", "), limit: 160) + "</td><td>"
        + price(ListingStatement(listing)) + "</td><td>"
        + (facts.reading?.risk.map(String.init) ?? HTMLText.foreign(nil, absent: "not known"))
        + "</td><td>\(facts.decision.words)</td></tr>\n"
    }
    return out + "</tbody></table>\n"
  }

  /// The price as advertised, and as read if that says more.
  private func price(_ statement: ListingStatement) -> String {
    let advertised = HTMLText.foreign(statement.listing.facts.price?.asAdvertised, limit: 60)
    guard let read = statement.readPrice, read != statement.listing.facts.price?.asAdvertised else { return advertised }
    return advertised + "<br>\n<span class=\"label\">read as</span> " + HTMLText.foreign(read, limit: 60)
  }

  /// The section on how to check the packet.
  ///
  /// Shape:  the audit chain's length and head, the casebook's if there is one, and the number of pieces of evidence.
  private var integrity: String {
    let casebook = packet.casebook.map {
      HTMLTable.row(
        "Casebook when exported", "\($0.entries) events, head <code>\(HTMLText.escaped($0.headHash))</code>")
    }
    return """
      <section>
      <h2>Integrity</h2>
      <table class="facts"><tbody>
      \(HTMLTable.row("Audit chain", "\(audit.lines.count) lines in audit.jsonl, head <code>\(audit.head)</code>"))\
      \(casebook ?? "")\
      \(HTMLTable.row("Pieces of evidence", "\(numbered.evidence.count)"))</tbody></table>
      <p>README.txt says how to check that no file was changed since. \(authenticity)</p>
      </section>

      """
  }

  private var authenticity: String {
    packet.stamp.isSigned
      ? "This packet is signed, and README.txt says how to check by whom."
      : "<strong>UNSIGNED</strong>: that it comes from the sender, the sender must confirm in another way."
  }
}

/// Tables with two columns: a label, and what is known.
enum HTMLTable {
  /// - Parameter html: is not escaped.
  static func row(_ name: String, _ html: String) -> String {
    "<tr><th scope=\"row\">\(HTMLText.escaped(name))</th><td>\(html)</td></tr>\n"
  }

  /// Several rows.
  /// The order is kept; no row is left out.
  static func rows(_ rows: [(name: String, html: String)]) -> String {
    rows.map { row($0.name, $0.html) }.joined()
  }
}

/// The report's look: dark on light, one column, narrow enough to read, tables that survive a printer.
///
/// Source: the colours of the TLP marks are those of FIRST's TLP 2.0.
enum ReportStyle {
  static let css = """

    body{font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:#1a1a1a;background:#fff;\
    margin:1.5rem auto;padding:0 1.25rem;max-width:62rem;overflow-wrap:anywhere}
    h1{font-size:1.7rem;line-height:1.25;margin:1.2rem 0 .5rem}
    h2{font-size:1.15rem;margin:2rem 0 .5rem}
    p{max-width:46rem;margin:.5rem 0}
    .lead{font-size:1.05rem}
    .marking{max-width:none;border-bottom:1px solid #ccc;padding-bottom:.5rem}
    .tlp{background:#000;color:#fff;padding:.15rem .5rem;font-weight:700;letter-spacing:.02em}
    .red{color:#ff2b2b}.amber{color:#ffc000}.green{color:#33ff00}.clear{color:#fff}
    .test{background:#fff3cd;border:2px solid #b58900;padding:.5rem .75rem;max-width:none}
    .counts{background:#f2f4f5;padding:.6rem .8rem;max-width:none}
    .verdict{margin-top:0}
    .note{border-left:4px solid #4a6a8a;background:#f2f6fa;padding:.5rem .75rem}
    .none,.label{color:#5c5c5c}
    .label{font-size:.87em}
    table{border-collapse:collapse;width:100%;margin:.75rem 0}
    th,td{border:1px solid #c8c8c8;padding:.35rem .5rem;text-align:left;vertical-align:top;font-weight:400}
    thead th{background:#eceff1;font-weight:600}
    .facts th{width:11.5rem;color:#444;background:#f7f8f9}
    .overview th[scope]{white-space:nowrap}
    h3{font-size:1rem;margin:1.2rem 0 .3rem}
    mark{background:#ffe08a;color:inherit;border-bottom:2px solid #8a6d00}
    .weak{background:none;border-bottom:2px dotted #8a6d00}
    .void{background:none;border-bottom:1px dashed #777}
    .against{background:#dcefdc;border-bottom:2px double #2e6b2e}
    sup{font-size:.7em;color:#444}
    .points th,.hits th[scope=row]{white-space:nowrap;text-align:right;width:3.5rem}
    code{font:.87em ui-monospace,Consolas,"DejaVu Sans Mono",monospace}
    section{border-top:2px solid #1a1a1a;margin-top:2rem}
    section h2{margin-top:.75rem}
    @media print{
    body{font-size:10pt;margin:0;max-width:none}
    section{break-before:auto}
    h2,h3,.verdict,thead{break-after:avoid}
    tr,.note{break-inside:avoid}
    thead{display:table-header-group}
    .tlp,.test,.counts,.note,mark,thead th{print-color-adjust:exact;-webkit-print-color-adjust:exact}
    }

    """
}
