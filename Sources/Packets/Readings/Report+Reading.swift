import CodeWords
import Workspace
import CaseFiles

/// Why a listing is flagged, in the report: the points, every hit and every taxon, with their sources.
///
/// Limits: `maximumRows` hits, and the first 20 hits per point.
struct ReadingSection {
  /// The listing whose reading is shown.
  let statement: ListingStatement

  /// A person reads no more rows of hits than this; the rest is in `readings.json`.
  private static let maximumRows = 200

  private var reading: CitedReading? { statement.listing.facts.reading }

  /// The heading, the points and the hits.
  ///
  /// Shape:  empty without a reading; without a risk, a sentence that says why the text was not read.
  var html: String {
    guard let reading else { return "" }
    guard let risk = reading.risk else {
      return "<h3>Code words</h3>\n<p>\(HTMLText.foreign(reading.whyUnread)). That is not the same as harmless.</p>\n"
    }
    return """
      <h3>Why it was flagged: risk \(risk) of 100</h3>
      <p>A term is a reason to look, not proof. The points add up to the risk.</p>
      \(points(reading))\(hits(reading))
      """
  }

  /// The table of points.
  ///
  /// Shape:  a row per point, with its sign, its reason and the numbers of its hits from 1.
  private func points(_ reading: CitedReading) -> String {
    guard !reading.points.isEmpty else { return "<p>No term of the lexicons was found.</p>\n" }
    let rows = reading.points.map { point in
      let numbers = point.hits.prefix(20).map { String($0 + 1) }.joined(separator: ", ")
      return "<tr><th scope=\"row\">\(point.signed)</th><td>\(HTMLText.foreign(point.why, limit: 1500))</td>"
        + "<td>\(numbers)\(point.hits.count > 20 ? ", …" : "")</td></tr>\n"
    }
    return """
      <table class="points"><thead><tr><th scope="col">Points</th><th scope="col">Why</th>\
      <th scope="col">Hits</th></tr></thead><tbody>
      \(rows.joined())</tbody></table>

      """
  }

  /// The table of hits.
  ///
  /// Limits: `maximumRows`; a sentence below the table counts the hits not shown.
  private func hits(_ reading: CitedReading) -> String {
    guard !reading.hits.isEmpty else { return "" }
    let rows = reading.hits.prefix(Self.maximumRows).enumerated().map { hit($1, number: $0 + 1) }
    let more = reading.hits.count - rows.count + reading.hitsLeftOut
    return """
      <table class="hits"><thead><tr><th scope="col">Hit</th><th scope="col">Words, and where</th>\
      <th scope="col">Term</th><th scope="col">Standing</th><th scope="col">Who says so</th></tr></thead><tbody>
      \(rows.joined())</tbody></table>
      \(more > 0 ? "<p>\(more) more hits are not shown; readings.json has the first \(CitedReading.maximumHits).</p>\n" : "")
      """
  }

  /// A row of the table of hits.
  private func hit(_ hit: CitedHit, number: Int) -> String {
    let row = hit.term.row
    let sort = [LanguageName.english(row.language), row.kind.rawValue].compactMap { $0 }.joined(separator: " ")
    let place = "\(hit.span.field.rawValue), bytes \(hit.span.bytes.lowerBound) to \(hit.span.bytes.upperBound)"
    var term = HTMLText.foreign(hit.surfaceForm ?? row.name, limit: 200) + "<br>\n" + HTMLText.escaped(sort)
    if !row.denotes.isEmpty { term += ": " + HTMLText.foreign(row.denotes, limit: 200) }
    term += ", weight \(row.weight)"
    if !row.taxon.isEmpty { term += " (<i>\(HTMLText.foreign(row.taxon, limit: 200))</i>)" }
    if !hit.seenThrough.isEmpty {
      term += "<br>\nsame after folding: \(HTMLText.escaped(hit.seenThrough.joined(separator: ", ")))"
    }
    let reasons = [row.source.isEmpty ? "no source" : "source \(row.source)", row.note].filter { !$0.isEmpty }
    let source =
      HTMLText.foreign(hit.term.location, limit: 200) + "<br>\n"
      + HTMLText.foreign(reasons.joined(separator: ": "), limit: 400)
    return "<tr><th scope=\"row\">\(number)</th><td>\(HTMLText.foreign(hit.span.text, limit: 200))<br>\n"
      + "<span class=\"label\">\(place)</span></td><td>\(term)</td><td>\(status(hit))</td><td>\(source)</td></tr>\n"
  }

  /// Whether the hit counts and why, cut after 600 characters.
  private func status(_ hit: CitedHit) -> String {
    HTMLText.foreign(hit.statusInWords, limit: 600)
  }

  // MARK: Taxa

  /// Every taxon named, what names it and what protects it; and the names that could not be resolved.
  ///
  /// Shape:  one row for the table of facts; empty if the listing names no taxon, known or unknown.
  var taxa: String {
    guard let reading, !(reading.taxa.isEmpty && reading.unresolved.isEmpty) else { return "" }
    var lines = reading.taxa.map { taxon in
      let above = [taxon.order, taxon.family].compactMap { $0 }.filter { $0 != taxon.name }
      let rank = taxon.rank + (above.isEmpty ? "" : " of \(above.joined(separator: ", "))")
      let words = [taxon.citesInWords, taxon.dayInWords, taxon.chinaInWords].compactMap { $0 }
      return "<i>\(HTMLText.foreign(taxon.name))</i> (\(HTMLText.escaped(rank))): "
        + HTMLText.foreign(words.joined(separator: "; "), limit: 1000) + "<br>\n<span class=\"label\">"
        + HTMLText.foreign(reading.origin(of: taxon), limit: 1000) + "</span>"
    }
    lines += reading.unresolved.map {
      "\(HTMLText.foreign($0.written)): unknown, \(HTMLText.foreign($0.why, limit: 600))"
    }
    return HTMLTable.row("Taxa named, and their protection", lines.joined(separator: "<br>\n"))
  }
}

/// What all listings were read with: the end of the report.
struct BasisSection {
  /// The lexicons, tables and sources to show.
  let basis: ReadingBasis

  /// The section.
  var html: String {
    """
    <section>
    <h2>What the listings were read with</h2>
    <p>\(HTMLText.escaped(ReadingsDocument.caveat))</p>
    \(basis.isRead ? "" : "<p>No lexicon was on: the listings were not read for code words.</p>\n")\(rule)\(warning)\
    \(files("Lexicons", basis.lexicons))\(off)\(files("Tables", basis.tables))\
    \(sources("Sources of terms", basis.termSources))\(sources("Sources of the lists of protected taxa", basis.taxonSources))\
    </section>

    """
  }

  /// The risk formula, in sentences.
  private var rule: String {
    basis.rule.isEmpty
      ? ""
      : "<h3>How the risk is reckoned</h3>\n<ul>\n"
        + basis.rule.map { "<li>\(HTMLText.escaped($0))</li>\n" }.joined() + "</ul>\n"
  }

  /// The warning about appendices.
  private var warning: String {
    guard let warning = basis.appendicesWarning else {
      return basis.hasTaxa ? "" : "<p>There was no taxon table: no appendix was looked up.</p>\n"
    }
    return "<p class=\"test\"><strong>Appendices.</strong> \(HTMLText.foreign(warning, limit: 1000)) Later changes of "
      + "Appendix III, annotations and quotas are not in it.</p>\n"
  }

  /// The lexicons that were off.
  private var off: String {
    basis.lexiconsOff.isEmpty
      ? "" : "<p>Switched off: \(HTMLText.foreign(basis.lexiconsOff.joined(separator: ", "), limit: 2000))</p>\n"
  }

  /// A table of files with their digests.
  ///
  /// Shape:  a heading and a table, or nothing for no files; digests in hex.
  private func files(_ title: String, _ files: [CitedFile]) -> String {
    guard !files.isEmpty else { return "" }
    let rows = files.map { file in
      "<tr><th scope=\"row\">\(HTMLText.foreign(file.name, limit: 200))</th><td>\(file.layer.rawValue)</td><td>"
        + (file.rows.map(String.init) ?? "") + "</td><td><code>\(file.digest.hex)</code></td></tr>\n"
    }
    return """
      <h3>\(title)</h3>
      <table class="basis"><thead><tr><th scope="col">File</th><th scope="col">Whose</th>\
      <th scope="col">Terms</th><th scope="col">SHA-256</th></tr></thead><tbody>
      \(rows.joined())</tbody></table>

      """
  }

  /// A table of sources.
  ///
  /// Shape:  a heading and a table of citation, defanged address, day and note, or nothing for no sources.
  private func sources(_ title: String, _ sources: [CitedSource]) -> String {
    guard !sources.isEmpty else { return "" }
    let rows = sources.map { source in
      let parts = [
        HTMLText.foreign(source.citation, limit: 1000), source.address.isEmpty ? nil : HTMLText.address(source.address),
        source.day.map { "as of \(HTMLText.foreign($0))" },
        source.note.isEmpty ? nil : HTMLText.foreign(source.note, limit: 1000),
      ]
      return (source.id, parts.compactMap { $0 }.joined(separator: "<br>\n"))
    }
    let body = rows.map { "<tr><th scope=\"row\">\(HTMLText.foreign($0.0, limit: 100))</th><td>\($0.1)</td></tr>\n" }
    return "<h3>\(title)</h3>\n<table class=\"facts\"><tbody>\n\(body.joined())</tbody></table>\n"
  }
}
