import CaseFiles
import Casework
import SmallFormats

/// One listing's section of the report: what it says, why it was flagged, and who decided it.
///
/// Shape:  heading, verdict, note, the facts that are stated, the text with its hits marked, translations if the row has any,
///         the risk with its points, the hits, taxa and other fields; digests and terms stand once, in the annexes.
/// Cost:   O(text and hits of the listing).
struct ListingSection {
  private let listing: RecordedListing
  private let records: PacketRecords

  init(_ listing: RecordedListing, in records: PacketRecords) { (self.listing, self.records) = (listing, records) }

  /// The section.
  var html: String {
    let id = HTMLText.escaped(listing.id)
    return """
      <section class="listing" aria-labelledby="\(id)">
      <div class="top">
      <h2 id="\(id)">\(id) \(title)</h2>
      <p class="verdict">\(verdict)</p>
      <dl>
      \(facts)</dl>
      </div>
      \(note)\(text)\(translations)\(risk)\(hits)\(taxa)\(fields)\(history)</section>

      """
  }

  // MARK: Review

  /// The verdict, its maker and its event; then what other analysts decided.
  private var verdict: String {
    let review = listing.facts.at("review") ?? .null
    var out =
      "<strong>\(listing.isConfirmed ? "Confirmed match to criteria" : "Unsure")</strong> "
      + "(\(HTMLText.escaped(listing.value.word("legality", "assessment"))))"
    if let analyst = review.at("by")?.asText { out += ", decided by \(HTMLText.foreign(analyst))" }
    if let time = review.at("at")?.asText { out += ", \(HTMLText.foreign(Moment.words(time)))" }
    if let event = review.at("event")?.asNumber { out += ", event \(event)" }
    return out + "." + others(than: review.word("by"))
  }

  /// The last verdict of each other analyst.
  private func others(than analyst: String) -> String {
    var last: [(actor: String, decision: RecordedDecision)] = []
    for decision in records.history(of: listing) where decision.isVerdict && decision.actor != analyst {
      last.removeAll { $0.actor == decision.actor }
      last.append((decision.actor, decision))
    }
    return last.map { " Second reviewer: \(HTMLText.foreign($0.decision.sentence, limit: 400))." }.joined()
  }

  /// The analyst's note; empty for none.
  ///
  /// Limits: each line is cut after 20,000 characters.
  private var note: String {
    guard let note = listing.note else { return "" }
    return "<p class=\"note\"><span class=\"label\">Analyst's note</span> "
      + HTMLText.foreignLines(note, limit: 20_000) + "</p>\n"
  }

  /// The lines of the chain, where there are more than the verdict in force.
  private var history: String {
    let lines = records.history(of: listing)
    guard lines.count > 1 else { return "" }
    let shown = lines.suffix(Self.shownEvents).map { HTMLText.foreign($0.sentence, limit: 400) }
    let more = lines.count - shown.count
    return "<p class=\"small\"><span class=\"label\">History</span> "
      + (more > 0 ? "\(more) earlier events are in audit.jsonl; " : "") + shown.joined(separator: "; ") + "</p>\n"
  }

  /// So many events, terms and unresolved names of a listing are shown.
  private static let (shownEvents, shownTerms, shownNames) = (12, 24, 12)

  // MARK: Facts

  /// The facts that are stated, and no others.
  private var facts: String {
    let short: [(name: String, html: String?)] = [
      ("Platform", platform), ("Seller", seller), ("Posted", posted), ("Seen", foreign(listing.seenInWords)),
      ("Source file last changed", lastChanged), ("Price, as advertised", price),
      ("Quantity, as advertised", foreign(listing.quantityAsAdvertised)), ("Place", place),
      ("Species, as named", foreign(listing.speciesAsNamed.joined(separator: ", "), 2000)), ("Taxon", taxon),
      ("CITES Appendix", listing.scientificName == nil ? appendix : nil),
      ("Language", listing.language.map { HTMLText.escaped($0) }),
    ]
    let wide: [(name: String, html: String?)] = [
      ("Address, as collected", listing.facts.at("address_as_collected")?.asText.map { HTMLText.address($0) }),
      ("As the analyst states", described), ("Contact, payment, shipping, in its words", cues),
      ("Evidence", evidence),
    ]
    return Self.pairs(short + places, "") + Self.pairs(wide, " class=\"wide\"")
  }

  /// Names and facts, without those of which nothing is known.
  private static func pairs(_ facts: [(name: String, html: String?)], _ look: String) -> String {
    facts.compactMap { name, html in
      html.map { "<dt\(look)>\(HTMLText.escaped(name))</dt><dd\(look)>\($0)</dd>\n" }
    }.joined()
  }

  private var posted: String? {
    let written = listing.facts.at("posted_as_written")?.asText
    return foreign(written ?? listing.value.at("posted_at")?.asText.map(Moment.words))
  }

  /// Each place with whose it is and how that is known; empty for packets that do not keep them apart.
  private var places: [(name: String, html: String?)] {
    CasePlaces.roles.map { name, _ in
      let place = listing.facts.at("places", name) ?? .null
      return (
        StatedPlaces.label(name),
        foreign(StatedPlaces.words(place)).map { $0 + " " + HTMLText.foreign("(\(StatedPlaces.basis(place)))") }
      )
    }
  }

  /// What was stated in codes, and by whom.
  private var described: String? {
    let stated = RecordedDescription(listing.facts).stated
    guard !stated.isEmpty else { return nil }
    var analysts: [String?] = []
    for one in stated where !analysts.contains(one.by) { analysts.append(one.by) }
    return analysts.map { analyst in
      let words = stated.filter { $0.by == analyst }.map { $0.aspect.phrase($0.value) }.joined(separator: "; ")
      return HTMLText.foreign(words, limit: 2000) + (analyst.map { " (\(HTMLText.foreign($0)))" } ?? "")
    }.joined(separator: "; ")
  }

  /// What the advert says of contact, payment and shipping: names, with the words where they say more.
  private var cues: String? {
    let found = listing.facts.each("cues")
    guard !found.isEmpty else { return nil }
    var seen: [String] = []
    for cue in found {
      let (name, text) = (cue.word("name"), cue.word("text"))
      let words =
        text.isEmpty || DisplayText.visible(text).lowercased() == name.lowercased() ? name : "\(name): \(text)"
      if !seen.contains(words) { seen.append(words) }
    }
    return HTMLText.foreign(seen.joined(separator: "; "), limit: 2000)
  }

  private var place: String? {
    // Packets that keep the places apart have them below.
    if listing.facts.at("places") != nil { return nil }
    let location = listing.value.at("location") ?? .null
    let words = [location.at("country")?.asText, location.at("text")?.asText].compactMap { $0 }.joined(separator: ", ")
    let basis = location.word("basis")
    return foreign(words).map { $0 + (basis == "unknown" ? "" : HTMLText.escaped(" (\(basis))")) }
  }

  private func foreign(_ text: String?, _ limit: Int = 500) -> String? {
    text.flatMap { $0.allSatisfy(\.isWhitespace) ? nil : HTMLText.foreign($0, limit: limit) }
  }

  /// The platform with what is known about it, and the number that it gave the listing.
  private var platform: String? {
    let parts: [String?] = [
      listing.platformName.map { HTMLText.foreign($0) },
      listing.platform.at("domain")?.asText.map { HTMLText.address($0) },
      listing.platform.at("country")?.asText.map { HTMLText.foreign($0) },
      foreign(listing.value.at("listing_ref")?.asText).map { "its number \($0)" },
    ]
    let known = parts.compactMap { $0 }
    return known.isEmpty ? nil : known.joined(separator: ", ")
  }

  /// Account and profile are in the table of sellers.
  private var seller: String? {
    guard listing.namesSeller else { return nil }
    let number = " <span class=\"label\">\(HTMLText.escaped(listing.seller.word("id")))</span>"
    return HTMLText.foreign(listing.seller.word("alias").nonEmpty ?? listing.seller.word("platform_user_id")) + number
  }

  /// All that is known about the time of a listing without a date: an upper bound.
  private var lastChanged: String? {
    guard !listing.isDated else { return nil }
    let times = Set(listing.evidence.map { $0.imported("source_file_modified") }).sorted()
    return foreign(times.map(Moment.words).joined(separator: ", "))
  }

  /// As advertised, and as read if that says more.
  private var price: String? {
    guard let advertised = listing.priceAsAdvertised else { return nil }
    let read = listing.priceAsRead.map { "read as \(HTMLText.escaped($0))" } ?? "no amount could be read from it"
    return HTMLText.foreign(advertised) + (listing.priceAsRead == advertised ? "" : "; " + read)
  }

  private var taxon: String? {
    guard let name = listing.scientificName else { return nil }
    let taxon = listing.value.at("taxon") ?? .null
    let words = " (\(taxon.word("rank"))), \(taxon.word("id_confidence"))"
    return "<i>\(HTMLText.foreign(name))</i>" + HTMLText.escaped(words)
      + (appendix.map { "; CITES Appendix \($0)" } ?? "")
  }

  /// The appendix in words; nil if it is unknown.
  private var appendix: String? {
    switch listing.appendix {
    case "?", "": nil
    case "N": "none"
    case let appendix: HTMLText.escaped(appendix)
    }
  }

  private var evidence: String {
    let rows = listing.evidence.map { piece in
      if piece.isExtract { return HTMLText.escaped("\(piece.id), an extract; the row as collected is withheld") }
      return HTMLText.escaped("\(piece.id), row \(piece.imported("source_row")) of ")
        + HTMLText.foreign(piece.imported("source_file"), limit: 200) + " (annex A)"
    }
    let files = listing.files.map {
      HTMLText.escaped("\($0.id), \($0.value.word("method")), \($0.value.word("media_type"))")
    }
    let missing = records.missing(of: listing.id).map { HTMLText.foreign("missing: \($0)", limit: 400) }
    return (rows + files + missing).joined(separator: "; ")
  }

  // MARK: Text

  private var lang: String { listing.language.map { " lang=\"\(HTMLText.escaped($0))\"" } ?? "" }

  /// The title with its hits marked.
  ///
  /// Limits: `titleLimit` characters; a longer title ends in "… [cut]".
  private var title: String {
    let title = listing.title
    guard !title.allSatisfy(\.isWhitespace) else { return HTMLText.foreign(nil, absent: "no title") }
    let shown = String(String.UnicodeScalarView(title.unicodeScalars.prefix(Self.titleLimit)))
    let cut = shown.utf8.count < title.utf8.count ? "… [cut]" : ""
    return "<span\(lang)>" + MarkedText(shown, records.marked(listing, in: "title")).lines + "</span>" + cut
  }

  /// In characters.
  private static let titleLimit = 500

  /// The text with its hits marked. If it is cut, hits behind the cut are shown with their surroundings.
  ///
  /// Limits: the text is that of the excerpt; behind it, `maximumSurroundings`. A cut text names its evidence.
  private var text: String {
    let excerpt = listing.excerpt
    guard !excerpt.allSatisfy(\.isWhitespace) else { return "" }
    let hits = records.marked(listing, in: "description")
    var text = MarkedText(excerpt, hits).lines
    if listing.isTextCut {
      let further = MarkedText(listing.reading.text, hits)
        .surroundings(behind: excerpt.utf8.count, limit: Self.maximumSurroundings)
      if !further.isEmpty {
        text += "<br>\n<span class=\"none\">[cut; hits further on:]</span><br>\n" + further.joined(separator: "<br>\n")
      }
      text +=
        "<br>\n<span class=\"none\">[cut; the whole text is in "
        + HTMLText.escaped(listing.evidence.map(\.id).joined(separator: ", ")) + "]</span>"
    }
    return "<div class=\"text\"\(lang)>\(text)</div>\n"
  }

  /// At most this many surroundings are shown behind the cut.
  private static let maximumSurroundings = 20

  /// Translations that the row itself has.
  private var translations: String {
    listing.translations.map { name, text in
      "<p><span class=\"label\">Translation, as the row has it under \(HTMLText.foreign(name, limit: 100))</span> "
        + HTMLText.foreignLines(text, limit: 2000) + "</p>\n"
    }.joined()
  }

  // MARK: Words

  /// The risk and the points that add up to it, or why there is none.
  private var risk: String {
    let reading = listing.reading
    guard reading.isThere else { return "" }
    guard let risk = reading.risk else {
      return "<p class=\"small\"><strong>Code words</strong> \(HTMLText.foreign(reading.whyUnread)). "
        + "That is not the same as harmless.</p>\n"
    }
    let points = reading.points.map { HTMLText.foreign($0, limit: 1500) }.joined(separator: "; ")
    return "<p class=\"small\"><strong>Risk \(risk) of 100</strong> "
      + (points.isEmpty ? "no term of the lexicons was found" : points) + "</p>\n"
  }

  /// The hits, those of one term and status together; a hit within a longer term is left out, for that term counts. What the
  /// terms mean, the points and annex B say.
  private var hits: String {
    var groups: [(term: String, why: String, hits: [RecordedHit])] = []
    var places: [[String]: Int] = [:]
    for hit in listing.reading.hits where !hit.isPartOfTerm {
      if let place = places[[hit.term, hit.why]] {
        groups[place].hits.append(hit)
      } else {
        places[[hit.term, hit.why]] = groups.count
        groups.append((hit.term, hit.why, [hit]))
      }
    }
    guard !groups.isEmpty else { return "" }
    var parts = groups.prefix(Self.shownTerms).map { words(of: $0.term, $0.why, $0.hits) }
    if groups.count > parts.count || listing.reading.hitsLeftOut > 0 {
      parts.append("more are in readings.json, which has the first \(CitedReading.maximumHits) hits")
    }
    return "<p class=\"small\"><span class=\"label\">Hits</span> \(parts.joined(separator: "; "))</p>\n"
  }

  /// Numbers and words of the hits, whether they count, the term, and who says so.
  private func words(of id: String, _ why: String, _ hits: [RecordedHit]) -> String {
    let numbers = hits.prefix(20).map { String($0.number) }.joined(separator: ", ") + (hits.count > 20 ? ", …" : "")
    var words: [String] = []
    for hit in hits where !words.contains(hit.text) && words.count < 4 { words.append(hit.text) }
    let folds = Set(hits.flatMap(\.seenThrough)).sorted().joined(separator: ", ")
    var parts = [words.map { HTMLText.foreign("“\($0)”", limit: 200) }.joined(separator: ", ")]
    if why != CitedHit.countedAlone { parts.append(HTMLText.foreign(why, limit: 600)) }
    if !folds.isEmpty { parts.append("same after folding " + HTMLText.escaped(folds)) }
    return "<sup>\(numbers)</sup> " + parts.joined(separator: ", ")
      + " <span class=\"label\">\(HTMLText.escaped(id)), \(HTMLText.foreign(records.term(id)?.source, limit: 100))</span>"
  }

  // MARK: Taxa

  /// The taxa that the row or its words name beside the one stated, and names that mean none. What protects them is in the
  /// annex, except where the day of the advert matters.
  private var taxa: String {
    let taxa = listing.reading.taxa(on: listing.facts.at("day_of_advert")?.asText)
    var parts = taxa.filter { $0.name != listing.scientificName || $0.dayInWords != nil }.map { taxon in
      let level = taxon.cites.map { $0.level == "none" ? "not in the Appendices" : "Appendix \($0.level)" }
      let day = taxon.dayInWords.map { ", " + HTMLText.foreign($0, limit: 1000) } ?? ""
      return "<i>\(HTMLText.foreign(taxon.name))</i> "
        + HTMLText.escaped("(\(taxon.rank), \(level ?? "CITES unknown"))") + day
    }
    parts += listing.reading.unresolved.prefix(Self.shownNames).map {
      "\(HTMLText.foreign("“\($0.written)”")) unknown: \(HTMLText.foreign($0.why, limit: 600))"
    }
    return parts.isEmpty
      ? "" : "<p class=\"small\"><span class=\"label\">Also named</span> \(parts.joined(separator: "; "))</p>\n"
  }

  /// The fields of the row without a place of their own.
  private var fields: String {
    let translated = Set(listing.translations.map(\.name))
    let fields = listing.fields.filter { !translated.contains($0.name) }
    guard !fields.isEmpty else { return "" }
    let words = fields.map {
      "<span class=\"label\">\(HTMLText.foreign($0.name, limit: 100))</span> \(HTMLText.foreign($0.text))"
    }
    return
      "<p class=\"small\"><span class=\"label\">Other fields of the row:</span> \(words.joined(separator: "; "))</p>\n"
  }
}
