import Casework
import SmallFormats
import CaseFiles

/// One listing as `packet.json` states it.
///
/// Shape:  `taxon` and `term` are what taxon tables and lexicons make of the row's words, as `id_basis` and the remarks
///         say: what is advertised, not what it is. `source` is U and `purpose` null, since a row establishes neither.
///         The grade is F6, "cannot be judged", since neither source nor information was graded here. What an analyst stated
///         of these replaces them, see `StatedDescription`. A confirmed listing is `suspected`, an unsure one
///         `indeterminate`.
/// Cost:   O(texts of the listing).
/// Source: the packet specification, section 3.
struct ListingStatement {
  let listing: NumberedPacket.Listing
  let taxon: TaxonStatement
  /// What analysts stated in codes.
  let stated: StatedDescription

  /// The longest excerpt that the schema accepts; the evidence has the whole text.
  static let excerptLimit = 2000
  /// Reliability and credibility, neither of which was judged.
  static let grade = "F6"

  private var facts: CaseListing { listing.facts }

  init(_ listing: NumberedPacket.Listing) {
    self.listing = listing
    taxon = TaxonStatement(of: listing.facts)
    stated = StatedDescription(listing.facts.decision)
  }

  /// The title as posted; empty for none.
  var title: String { facts.title ?? "" }

  /// The text, cut to `excerptLimit`.
  ///
  /// Shape:  `text_excerpt` in `packet.json`; empty if the listing has no text.
  /// Units:  the limit counts Unicode scalars, so that no character is cut in two.
  var excerpt: String {
    guard let text = facts.text, text.utf8.count > Self.excerptLimit else { return facts.text ?? "" }
    return String(String.UnicodeScalarView(text.unicodeScalars.prefix(Self.excerptLimit)))
  }

  /// Whether the excerpt is shorter than the text.
  var isTextCut: Bool { excerpt.utf8.count < (facts.text ?? "").utf8.count }

  /// Whether anything says when the listing was seen. The time of a file's last change does not.
  var isDated: Bool { facts.firstSeen != nil || listing.evidence.contains { $0.row.capturedAt != nil } }

  /// The earliest moment at which the listing is known to have been online. The format requires one: for a listing without a
  /// date it is the time of the file's last change, and a note says so.
  ///
  /// Shape:  `first_seen` in `packet.json`; in `listings.csv` the cell is empty if `isDated` is false.
  /// Fails:  stops the program for a listing without date and evidence; `PacketAssembly` refuses such listings before.
  var firstSeen: UTCTime { facts.firstSeen ?? earliestEvidence }
  /// The latest moment, likewise.
  var lastSeen: UTCTime { facts.lastSeen ?? max(firstSeen, listing.evidence.map(\.row.moment).max() ?? firstSeen) }

  private var earliestEvidence: UTCTime {
    guard let earliest = listing.evidence.map(\.row.moment).min() else {
      preconditionFailure("a listing without evidence is refused before it is stated")
    }
    return earliest
  }

  /// The price, if amount and currency could be read and fit the schema: at most six decimals, and three capital letters.
  ///
  /// Shape:  `price.amount` and `price.currency`, both texts. If nil, `price` is null, and the price as posted, if
  ///         any, is a claim in `sellerClaims`.
  var price: (amount: String, currency: String)? {
    guard let price = facts.price, let amount = price.amount, Decimal.isWellFormed(amount),
      let currency = price.currency, currency.utf8.count == 3, currency.utf8.allSatisfy({ (0x41...0x5a).contains($0) })
    else { return nil }
    return (amount, currency)
  }

  /// The quantity as advertised, if the field is a bare number. It does not say of what.
  var advertisedQuantity: String? { facts.quantityText.flatMap { Decimal.isWellFormed($0) ? $0 : nil } }

  /// ISO 3166-1 alpha-2; nil if the row has no such code.
  var country: String? { CountryCode.read(facts.location.country) }

  /// The location in words, including a country that is not a code.
  var place: String? {
    let words = country == nil ? facts.location.country : nil
    let parts = [facts.location.text, words].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: "; ")
  }

  /// BCP 47; `und` if the row has no such tag.
  var language: String {
    guard let language = facts.language else { return "und" }
    let parts = language.split(separator: "-", omittingEmptySubsequences: false)
    let isTag =
      (2...8).contains(parts[0].utf8.count) && parts[0].utf8.allSatisfy(isASCIILetter)
      && parts.dropFirst().allSatisfy {
        (1...8).contains($0.utf8.count) && $0.utf8.allSatisfy { isASCIILetter($0) || (0x30...0x39).contains($0) }
      }
    return isTag ? language : "und"
  }

  /// What the verdict means for the listing's legality, in the format's words.
  var assessment: String { facts.decision.status.verdict == .confirmed ? "suspected" : "indeterminate" }

  /// Claims of the advert without a coded field: prices and quantities that could not be read.
  ///
  /// Shape:  `legality.seller_claims`, in the order quantity, price, time of posting, each in the words as posted, of
  ///         any length; then the documents that the seller claims, as the analyst stated them.
  var sellerClaims: [String] {
    var claims: [String] = []
    if let text = facts.quantityText, advertisedQuantity == nil { claims.append("quantity as advertised: \(text)") }
    if let text = facts.price?.asAdvertised.nonEmpty, price == nil { claims.append("price as advertised: \(text)") }
    if let text = facts.postedText, facts.postedAt == nil { claims.append("posted, as advertised: \(text)") }
    return claims + stated.documentClaims
  }

  /// The CITES code of the goods that the words name; "UNS", unspecified, if they do not agree on one.
  var product: String { stated.term ?? facts.reading?.product ?? "UNS" }

  /// Why the words were flagged: the risk, and the points that add up to it.
  ///
  /// Shape:  the first part of `legality.red_flags`. Each begins `lexicons: `; points of zero are left out. If there
  ///         is no risk, one note says why. A listing without a reading has none.
  var lexiconNotes: [String] {
    guard let reading = facts.reading else { return [] }
    guard let risk = reading.risk else { return ["lexicons: \(reading.whyUnread)"] }
    return ["lexicons: risk \(risk) of 100, by words alone; a reason to look, not proof; see data/readings.json"]
      + reading.points.filter { $0.points != 0 }.map { "lexicons: \($0.signed) \($0.why)" }
  }

  /// The remark on a listing of which nothing says when it was seen.
  static let undatedNote =
    "data note: when the listing was seen is not known; first_seen and last_seen are the source file's time of last change"

  /// Remarks on how reliable the listing's facts are.
  ///
  /// Shape:  the second part of `legality.red_flags`, in the order address, date, price, term, excerpt. Each begins
  ///         `data note: `.
  var dataNotes: [String] {
    var notes = [listing.address.note].compactMap { $0 }
    if !isDated {
      notes.append(Self.undatedNote)
    } else if listing.evidence.contains(where: { $0.row.capturedDay != nil }) {
      notes.append("data note: the row gives the day of capture without a time of day; 00:00:00 stands for that")
    }
    if price != nil {
      notes.append(
        "data note: price.per is lot, the widest word the format has; for how much of it the price is, the row does not "
          + "say")
    }
    if facts.reading?.product != nil, stated.term == nil {
      notes.append(
        "data note: specimen.term is what the counted terms of the lexicons stand for: it is about words, not about a "
          + "specimen")
    }
    if isTextCut {
      notes.append("data note: text_excerpt is the first \(Self.excerptLimit) characters; the evidence holds the whole")
    }
    return notes
  }

  /// The listing in `packet.json`.
  ///
  /// Shape:  one element of `listings`. Platform, seller and evidence are numbers, `P0001`, `S0001` and `E0001`, that
  ///         the same file describes. No key is ever left out: what is not known is null, empty or a code for unknown.
  /// Units:  moments in UTC, `2026-11-18T11:06:40Z`; amounts and quantities as texts.
  var value: JSONValue {
    .map([
      "id": .text(listing.id), "platform": .text(listing.platform.id), "seller": .text(listing.seller.id),
      "listing_ref": .textOrNull(facts.reference), "url": .text(listing.address.uri), "title": .text(title),
      "text_excerpt": .text(excerpt), "lang": .text(language), "posted_at": .textOrNull(facts.postedAt?.text),
      "first_seen": .text(firstSeen.text), "last_seen": .text(lastSeen.text), "status_at_capture": .text("unknown"),
      "taxon": .map([
        "scientific_name": .text(taxon.scientificName), "common_name": .textOrNull(taxon.commonName),
        "rank": .text(taxon.rank.rawValue), "cites_appendix": .text(taxon.appendix), "eu_annex": .text("?"),
        "id_confidence": .text(stated.confidence ?? "possible"),
        "id_basis": .text([taxon.basis, stated.speciesBasis].compactMap { $0 }.joined(separator: "; ")),
      ]),
      "specimen": .map([
        "term": .text(product), "quantity": .textOrNull(stated.quantity?.amount ?? advertisedQuantity),
        "unit": .text(stated.quantity?.unit ?? "UNK"), "source": .text(stated.source ?? "U"),
        "purpose": .textOrNull(stated.purpose),
        "origin_country": .null,
      ]),
      "price": priceValue,
      "location": .map([
        "country": .textOrNull(country), "text": .textOrNull(place), "basis": .text(facts.location.basis.rawValue),
      ]),
      "ships_to": .list(StatedPlaces.countries(facts.places.delivery).map { .text($0) }),
      "legality": .map([
        "seller_claims": .list(sellerClaims.map { .text($0) }),
        "red_flags": .list((lexiconNotes + dataNotes + stated.notes).map { .text($0) }),
        "assessment": .text(assessment), "suspected_breach": .list([]),
      ]),
      "grading": .map([
        "admiralty": .text(stated.grading ?? Self.grade), "uk_3x5x2": .null,
        "stix_confidence": stated.grading.flatMap(StatedDescription.stixConfidence).map { .number($0) } ?? .null,
      ]),
      "evidence": .list(listing.evidenceIDs.map { .text($0) }),
    ])
  }

  /// `per` is the lot: that the price is for one piece would be a guess. A note says so.
  private var priceValue: JSONValue {
    guard let price, let facts = facts.price else { return .null }
    return .map([
      "amount": .text(price.amount), "currency": .text(price.currency), "per": .text("lot"),
      "as_advertised": .text(facts.asAdvertised),
    ])
  }

  private func isASCIILetter(_ byte: UInt8) -> Bool { (0x61...0x7a).contains(byte | 0x20) }
}

/// Decimal numbers as text, since a packet has no fractions: up to 15 digits without leading zeros, then up to six decimals.
///
/// Source: the packet specification, section 3: numbers with fractions are strings.
enum Decimal {
  /// Whether a text is such a number.
  static func isWellFormed(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: 0x2e, omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), (1...15).contains(parts[0].count),
      parts.allSatisfy({ $0.allSatisfy { (0x30...0x39).contains($0) } }), parts[0].first != 0x30 || parts[0].count == 1
    else { return false }
    return parts.count == 1 || (1...6).contains(parts[1].count)
  }

  /// A well-formed number in groups of three digits; a fraction of only zeros is left out.
  static func grouped(_ text: String) -> String {
    let parts = text.split(separator: ".")
    var digits = Array(parts[0])
    for place in stride(from: digits.count - 3, to: 0, by: -3) { digits.insert(",", at: place) }
    let fraction = parts.count == 2 && !parts[1].allSatisfy({ $0 == "0" }) ? "." + parts[1] : ""
    return String(digits) + fraction
  }
}
