import Casework
import SmallFormats
import CodeWords
import Workspace
import CaseFiles
import Matching

/// `data/readings.json`: what lexicons and taxon tables say about each listing, and what that rests on.
///
/// Shape:  schema `urn:linsang:readings:1`, which is beside it as `readings.schema.json`, since the packet's own schema has no
///         place for hits. Written like `packet.json`; unknown is null. Terms are listed once and cited by number.
/// Cost:   O(hits of all listings).
struct ReadingsDocument {
  /// In the packet.
  static let path = "data/readings.json"
  /// The value of `schema`, and the `$id` of the JSON Schema beside it.
  static let schema = "urn:linsang:readings:1"

  /// What readers must know about terms and risk.
  static let caveat =
    "A term is a reason to look, never proof: risk is about an advert's words, not about anybody's guilt, and no "
    + "program decided about a listing. Whoever confirmed it, and when, stands in packet.json and audit.jsonl."

  /// How to read positions.
  static let placeNote =
    "start and end count bytes of UTF-8, from 0, end not included, in the text of the named field as it stands under "
    + "texts: as it was read, after decoding where text_notes say so. The row as collected lies under data/evidence."

  /// The packet whose listings were read.
  private let numbered: NumberedPacket
  /// The cited rows of lexicons, in the order of their first citation.
  private let terms: [CitedTerm]
  /// The number of each row in `terms`, from 1.
  private let numbers: [TermLocation: Int]

  /// The lexicons and tables of this reading.
  private var basis: ReadingBasis { numbered.packet.reading }

  /// Numbers the terms that the listings' hits cite, in the order of listings and hits.
  ///
  /// Cost:   O(hits of all listings); a row of a lexicon is listed once, however often it was hit.
  init(numbered: NumberedPacket) {
    self.numbered = numbered
    var terms: [CitedTerm] = []
    var numbers: [TermLocation: Int] = [:]
    for listing in numbered.listings {
      for hit in listing.facts.reading?.hits ?? [] where numbers[hit.term.row.location] == nil {
        numbers[hit.term.row.location] = terms.count + 1
        terms.append(hit.term)
      }
    }
    self.terms = terms
    self.numbers = numbers
  }

  /// The whole document.
  ///
  /// Shape:  one JSON object, whose fields `ReadingsSchema` lists. `listings` are in the order of the packet, and
  ///         `terms` in the order of first citation.
  /// Units:  digests in hex; places in bytes of UTF-8 (`placeNote`).
  var value: JSONValue {
    .map([
      "schema": .text(Self.schema), "packet": .text(numbered.packet.folderName),
      "read_by": .text("linsang \(numbered.packet.stamp.toolVersion)"), "caveat": .text(Self.caveat),
      "places": .text(Self.placeNote), "rule": .list(basis.rule.map { .text($0) }),
      "lexicons": .list(basis.lexicons.map(Self.file)), "lexicons_off": .list(basis.lexiconsOff.map { .text($0) }),
      "tables": .list(basis.tables.map(Self.file)),
      "appendices": .map([
        "known_up_to": .textOrNull(basis.appendicesKnownUpTo), "warning": .textOrNull(basis.appendicesWarning),
      ]),
      "term_sources": .list(basis.termSources.map(Self.source)),
      "taxon_sources": .list(basis.taxonSources.map(Self.source)),
      "groups": .map(basis.groups.mapValues { .list($0.map { .text($0) }) }),
      "terms": .list(terms.enumerated().map { Self.term($1, id: Self.termID($0 + 1)) }),
      "listings": .list(numbered.listings.map(listing)),
    ])
  }

  /// The id of a term: `T0001`.
  /// The digits are padded to four, and more follow where there are more terms.
  private static func termID(_ number: Int) -> String { "T" + Digits.padded(number, 4) }

  // MARK: Basis

  /// A lexicon or table.
  ///
  /// Shape:  `role`, `name`, `layer`, `sha256` in hex, `bytes`, and `rows`, which may be null.
  static func file(_ file: CitedFile) -> JSONValue {
    .map([
      "role": .text(file.role.rawValue), "name": .text(file.name), "layer": .text(file.layer.rawValue),
      "sha256": .text(file.digest.hex), "bytes": .number(file.byteCount),
      "rows": file.rows.map { .number($0) } ?? .null,
    ])
  }

  /// A source of terms or of lists.
  ///
  /// Shape:  `id` and `citation` are text; `url`, `day` and `note` are null where there is none.
  private static func source(_ source: CitedSource) -> JSONValue {
    .map([
      "id": .text(source.id), "citation": .text(source.citation), "url": .textOrNull(source.address.nonEmpty),
      "day": .textOrNull(source.day), "note": .textOrNull(source.note.nonEmpty),
    ])
  }

  /// A term with everything that its row says.
  ///
  /// Shape:  empty cells for meaning, taxon, product, source, note and review are null. `not_seen_through` names the
  ///         folds that the row does without. `file` and `line` tell where the row stands; `file_sha256` is in hex, or
  ///         null.
  static func term(_ term: CitedTerm, id: String) -> JSONValue {
    let row = term.row
    let apart = Folds.all.subtracting(row.folds).names
    return .map([
      "id": .text(id), "name": .text(row.name), "writings": .list(row.surfaceForms.map { .text($0) }),
      "language": .text(row.language), "kind": .text(row.kind.rawValue), "denotes": .textOrNull(row.denotes.nonEmpty),
      "taxon": .textOrNull(row.taxon.nonEmpty), "product": .textOrNull(row.product.nonEmpty),
      "weight": .number(row.weight), "needs": .list(row.needs.map { .text($0.description) }),
      "unless": .list(row.unless.map { .text($0.description) }), "borders": .text(row.borders.rawValue),
      "not_seen_through": .list(apart.map { .text($0) }), "source": .textOrNull(row.source.nonEmpty),
      "note": .textOrNull(row.note.nonEmpty), "reviewed": .textOrNull(row.reviewed.nonEmpty),
      "lexicon": .text(row.location.lexicon), "file": .text(term.file), "file_sha256": .textOrNull(term.digest),
      "line": .number(row.location.line),
    ])
  }

  // MARK: Listings

  /// What was read in a listing.
  ///
  /// Shape:  `is_read` is false for a listing without a reading; `not_read_because` then says why. `points` and `taxa`
  ///         cite hits by number, from 1.
  /// Limits: `hits_left_out` counts the hits beyond `CitedReading.maximumHits`.
  private func listing(_ listing: NumberedPacket.Listing) -> JSONValue {
    let facts = listing.facts
    var value = Self.words(of: facts.reading) { Self.termID(numbers[$0.row.location] ?? 0) }
    value["id"] = .text(listing.id)
    value["texts"] = .map(["title": .text(facts.title ?? ""), "description": .text(facts.text ?? "")])
    value["text_notes"] = .list(Self.textNotes(of: listing).map { .text($0) })
    let reading = facts.reading ?? CitedReading()
    value["taxa"] = .list(reading.taxa.map(Self.taxon))
    value["unresolved_names"] = .list(
      reading.unresolved.map { .map(["written": .text($0.written), "why": .text($0.why)]) })
    return .map(value)
  }

  /// What lexicons say about a listing: `is_read`, `not_read_because`, `risk`, `points`, `hits` and `hits_left_out`.
  ///
  /// - Parameter id: the id of a term.
  static func words(of read: CitedReading?, _ id: (CitedTerm) -> String) -> [String: JSONValue] {
    let reading = read ?? CitedReading()
    let isRead = read?.readability == .read
    return [
      "is_read": .truth(isRead), "not_read_because": .textOrNull(isRead ? nil : reading.whyUnread),
      "risk": reading.risk.map { .number($0) } ?? .null,
      "points": .list(
        reading.points.map { point in
          .map([
            "points": .number(point.points), "why": .text(point.why),
            "hits": .list(point.hits.map { .number($0 + 1) }),
          ])
        }),
      "hits": .list(reading.hits.enumerated().map { hit($1, number: $0 + 1, id($1.term)) }),
      "hits_left_out": .number(reading.hitsLeftOut),
    ]
  }

  /// What was done to the row before its text could be read: positions refer to the result.
  ///
  /// Shape:  one sentence per conversion and piece of evidence, then one about decoded HTML; empty if nothing was done.
  static func textNotes(of listing: NumberedPacket.Listing) -> [String] {
    var notes = listing.evidence.flatMap(\.row.conversions).map { "read after: \($0.sentence)" }
    let markup = listing.facts.reading?.decodedMarkup ?? []
    if !markup.isEmpty {
      notes.append("HTML was decoded in \(markup.joined(separator: ", ")); the evidence has the original")
    }
    return notes
  }

  /// A hit with its term, its status and what decided it.
  ///
  /// Shape:  the span, `number` from 1 within the listing, `term` as `T0001`, and `standing` with `why`. `because` is
  ///         the span that decided, with its kind and condition, or null.
  private static func hit(_ hit: CitedHit, number: Int, _ term: String) -> JSONValue {
    var map = span(hit.span)
    map["number"] = .number(number)
    map["term"] = .text(term)
    map["name"] = .text(hit.term.row.name)
    map["found_as"] = .textOrNull(hit.surfaceForm)
    map["folded"] = .textOrNull(hit.folded)
    map["seen_through"] = .list(hit.seenThrough.map { .text($0) })
    map["standing"] = .text(hit.status.rawValue)
    map["why"] = .text(hit.statusInWords)
    map["because"] =
      hit.because.map { reason in
        var map = span(reason.span)
        map["kind"] = .text(reason.kind.rawValue)
        map["condition"] = .text(reason.condition)
        return .map(map)
      } ?? .null
    return .map(map)
  }

  /// A stretch of text.
  ///
  /// Units:  `start` and `end` in bytes of UTF-8 from 0, the end not included.
  private static func span(_ span: CitedSpan) -> [String: JSONValue] {
    [
      "field": .text(span.field.rawValue), "start": .number(span.bytes.lowerBound),
      "end": .number(span.bytes.upperBound), "text": .text(span.text),
    ]
  }

  /// A taxon with its protection.
  ///
  /// Shape:  `cites` and `china` are null where unknown; `cites_on_day_of_advert` is null unless the tables are certain
  ///         about that day.
  private static func taxon(_ taxon: CitedTaxon) -> JSONValue {
    .map([
      "accepted_name": .text(taxon.name), "rank": .text(taxon.rank), "order": .textOrNull(taxon.order),
      "family": .textOrNull(taxon.family), "named_by": .list(taxon.origins.map(origin)),
      "cites": protection(taxon.cites), "china": protection(taxon.china),
      "cites_on_day_of_advert": taxon.onDay.map {
        .map(["day": .text($0.day), "cites": protection($0.cites)])
      } ?? .null,
    ])
  }

  /// What names a taxon.
  ///
  /// Shape:  `by` is "species cell", with what is written there, or "terms", with the numbers of hits from 1.
  private static func origin(_ origin: TaxonOrigin) -> JSONValue {
    switch origin {
    case .speciesCell(let written, let nameIs):
      .map(["by": .text("species cell"), "written": .text(written), "name_is": .text(nameIs), "hits": .list([])])
    case .terms(let hits):
      .map([
        "by": .text("terms"), "written": .null, "name_is": .null, "hits": .list(hits.map { .number($0 + 1) }),
      ])
    }
  }

  /// The protection of a taxon by a list; null if unknown.
  ///
  /// Shape:  `level`, `listed_as`, `verified` and `words` always; `since`, `as_of`, `source` and `note` may be null.
  private static func protection(_ protection: CitedProtection?) -> JSONValue {
    guard let protection else { return .null }
    return .map([
      "level": .text(protection.level), "since": .textOrNull(protection.since), "as_of": .textOrNull(protection.asOf),
      "listed_as": .text(protection.listedAs), "source": .textOrNull(protection.source),
      "verified": .truth(protection.isVerified), "note": .textOrNull(protection.note.nonEmpty),
      "words": .text(protection.words),
    ])
  }
}

extension CitedReading {
  /// Why the text was not read; meaningful only if it was not.
  var whyUnread: String {
    if case .unreadable(let why) = readability { why } else { Self.notRead }
  }

  /// What is said of a text that nobody tried to read.
  static let notRead = "not read for code words"
}

extension CitedHit {
  /// What is said of a hit that counts by itself.
  static let countedAlone = "counted; the term needs nothing beside it"

  /// Whether the hit counts, and why or why not.
  ///
  /// Shape:  one clause without a full stop; it quotes the words that decided, and the condition if that is a group
  ///         (`@name`).
  var statusInWords: String {
    let words = because.map { "“\($0.span.text)”" } ?? ""
    let condition = because.map { $0.condition.hasPrefix("@") ? " (\($0.condition))" : "" } ?? ""
    switch (status, because?.kind) {
    case (.counted, nil): return Self.countedAlone
    case (.counted, _): return "counted, beside \(words)\(condition)"
    case (.weak, _):
      let needs = term.row.needs.map(\.description).joined(separator: ", ")
      return "weak, since nothing near is one of: \(needs)"
    case (.suppressed, .partOfTerm): return "counted with the longer term \(words)"
    case (.suppressed, .partOfWord): return "void, since it is part of \(words)\(condition)"
    case (.suppressed, _): return "void, since near it stands \(words)\(condition)"
    }
  }
}
