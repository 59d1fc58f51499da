import CaseFiles
import SmallFormats

/// Annex A: every piece of evidence, and the files that the rows come from, with their digests.
struct EvidenceAnnex {
  let records: PacketRecords

  var html: String {
    """
    <section class="annex annexes" aria-labelledby="annex-a">
    <h2 id="annex-a">Annex A: evidence</h2>
    <p>Each listing's row as it was collected, with the SHA-256 of its bytes; below, the files on disk that the rows come
    from. SHA-256 in hexadecimal digits; times in UTC.</p>
    \(HTMLTable.table("evidence", ["Evidence", "File in this packet, and the SHA-256 of the row", "From", "Collected"], rows))\
    <h3>Source files</h3>
    \(HTMLTable.table("files", ["File", "Last changed", "Rows", "SHA-256 of the whole file"], files))\(AttachedFiles(records: records).html)</section>

    """
  }

  private var rows: String {
    records.listings.flatMap(\.evidence).map(row).joined()
  }

  private func row(_ piece: RecordedEvidence) -> String {
    let line = piece.imported("source_line").nonEmpty.map { ", line \($0)" } ?? ""
    let after = piece.readAfter.map { "<br>\n" + HTMLText.foreign("after: \($0)", limit: 500) }.joined()
    let size = Count.of(piece.value.at("bytes")?.asNumber ?? 0, "byte")
    let source = HTMLText.foreign(piece.imported("source_file"), limit: 200)
    let cells = [
      HTMLText.escaped("\(piece.value.word("path")), \(size)")
        + "<br>\n<code>\(HTMLText.escaped(piece.value.word("sha256")))</code>",
      piece.isExtract
        ? "an extract; the row as collected is withheld"
        : HTMLText.escaped("row \(piece.imported("source_row"))\(line) of ") + source + after,
      piece.collected.map { HTMLText.foreign($0, limit: 100) } ?? "",
    ]
    return "<tr><th scope=\"row\" class=\"id\">\(HTMLText.escaped(piece.id))</th>"
      + cells.map { "<td>\($0)</td>" }.joined() + "</tr>\n"
  }

  /// Each file once; an archive once for all its members.
  private var files: String {
    var files: [(digest: String, names: [String], changed: String, rows: Int)] = []
    var places: [String: Int] = [:]
    for piece in records.listings.flatMap(\.evidence) where !piece.isExtract {
      let (digest, name) = (piece.imported("source_file_sha256"), piece.imported("source_file"))
      if let place = places[digest] {
        files[place].rows += 1
        if !files[place].names.contains(name) { files[place].names.append(name) }
      } else {
        places[digest] = files.count
        files.append((digest, [name], piece.imported("source_file_modified"), 1))
      }
    }
    return files.map { file in
      let names = file.names.prefix(20).map { HTMLText.foreign($0, limit: 200) }.joined(separator: "<br>\n")
      return "<tr><th scope=\"row\">\(names)</th><td>\(HTMLText.foreign(Moment.words(file.changed)))</td>"
        + "<td class=\"number\">\(file.rows)</td><td><code>\(HTMLText.escaped(file.digest))</code></td></tr>\n"
    }.joined()
  }
}

/// Annex B: the terms that hits cite, once each, with their place in the lexicons and their sources.
struct TermsAnnex {
  let records: PacketRecords

  /// Empty where no term was hit.
  var html: String {
    guard !records.terms.isEmpty else { return "" }
    let columns = ["Term", "As the lexicon writes it", "Meaning", "Weight", "Where it stands, and who says so"]
    return """
      <section class="annex" aria-labelledby="annex-b">
      <h2 id="annex-b">Annex B: terms and their sources</h2>
      \(HTMLTable.table("terms", columns, records.terms.map(row).joined()))\
      \(Sources.html("Sources of terms", records.readings.each("term_sources")))</section>

      """
  }

  private func row(_ term: RecordedTerm) -> String {
    let note = term.value.word("note").nonEmpty.map { ": " + $0 } ?? ""
    return
      "<tr><th scope=\"row\" class=\"id\">\(HTMLText.escaped(term.id))</th><td>\(HTMLText.foreign(term.name, limit: 200))</td>"
      + "<td>\(HTMLText.foreign(term.meaning, limit: 300))</td><td class=\"number\">\(term.value.at("weight")?.asNumber ?? 0)</td>"
      + "<td>\(HTMLText.foreign(term.location, limit: 200)); \(HTMLText.foreign(term.source + note, limit: 400))</td></tr>\n"
  }
}

/// Annex C: the taxa that listings name, once each, with what protects them.
struct TaxaAnnex {
  let records: PacketRecords

  /// Empty where no taxon is named.
  var html: String {
    var taxa: [(taxon: CitedTaxon, ids: [String])] = []
    var places: [String: Int] = [:]
    for listing in records.listings {
      for taxon in listing.reading.taxa(on: nil) {
        if let place = places[taxon.name] {
          taxa[place].ids.append(listing.id)
        } else {
          places[taxon.name] = taxa.count
          taxa.append((taxon, [listing.id]))
        }
      }
    }
    guard !taxa.isEmpty else { return "" }
    let columns = ["Taxon", "CITES", "China", "Listings"]
    return """
      <section class="annex" aria-labelledby="annex-c">
      <h2 id="annex-c">Annex C: taxa and their protection</h2>
      \(HTMLTable.table("taxa", columns, taxa.map { row($0.taxon, $0.ids) }.joined()))\
      \(Sources.html("Sources of the lists of protected taxa", records.readings.each("taxon_sources")))</section>

      """
  }

  private func row(_ taxon: CitedTaxon, _ ids: [String]) -> String {
    let above = [taxon.order, taxon.family].compactMap { $0 }.filter { $0 != taxon.name }
    let rank = taxon.rank + (above.isEmpty ? "" : " of \(above.joined(separator: ", "))")
    let shown = ids.prefix(24).joined(separator: ", ") + (ids.count > 24 ? " and \(ids.count - 24) more" : "")
    return "<tr><th scope=\"row\"><i>\(HTMLText.foreign(taxon.name))</i><br>\n\(HTMLText.escaped(rank))</th>"
      + "<td>\(HTMLText.foreign(taxon.citesInWords, limit: 1000))</td><td>\(HTMLText.foreign(taxon.chinaInWords, limit: 1000))</td>"
      + "<td>\(HTMLText.escaped(shown))</td></tr>\n"
  }
}

/// Annex D: the lexicons and tables that the listings were read with.
struct BasisAnnex {
  let records: PacketRecords

  /// Empty where there were none.
  var html: String {
    let files = records.readings.each("lexicons") + records.readings.each("tables")
    guard !files.isEmpty else { return "" }
    let rows = files.map { file in
      "<tr><th scope=\"row\">\(HTMLText.foreign(file.word("name"), limit: 200))</th><td>\(HTMLText.escaped(file.word("role")))</td>"
        + "<td class=\"id\">\(HTMLText.escaped(file.word("layer")))</td><td class=\"number\">"
        + "\(file.at("rows")?.asNumber.map(String.init) ?? "")</td><td><code>\(HTMLText.escaped(file.word("sha256")))</code></td></tr>\n"
    }
    return """
      <section class="annex" aria-labelledby="annex-d">
      <h2 id="annex-d">Annex D: lexicons and tables</h2>
      \(HTMLTable.table("basis", ["File", "What it is", "Whose", "Terms", "SHA-256"], rows.joined()))</section>

      """
  }
}

/// Publications on which terms and lists rest.
private enum Sources {
  /// A heading and a table of citation, defanged address, day and note; empty for none.
  static func html(_ title: String, _ sources: [JSONValue]) -> String {
    guard !sources.isEmpty else { return "" }
    let rows = sources.map { source in
      let parts = [
        HTMLText.foreign(source.word("citation"), limit: 1000),
        source.word("url").nonEmpty.map { HTMLText.address($0) },
        source.word("day").nonEmpty.map { "as of \(HTMLText.foreign($0))" },
        source.word("note").nonEmpty.map { HTMLText.foreign($0, limit: 1000) },
      ]
      return "<tr><th scope=\"row\">\(HTMLText.foreign(source.word("id"), limit: 100))</th><td>"
        + parts.compactMap { $0 }.joined(separator: "; ") + "</td></tr>\n"
    }
    return "<h3>\(title)</h3>\n<table class=\"facts\"><tbody>\n\(rows.joined())</tbody></table>\n"
  }
}
