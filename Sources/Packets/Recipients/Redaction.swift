import CaseFiles
import Casework
import Hashing
import Listings
import SmallFormats

/// A rule by which something was withheld or renamed, as `redactions` in `packet.json` lists it.
struct Redaction: Equatable, Sendable {
  /// `withheld` or `renamed`.
  let rule: String
  /// What it is in `packet.json`, or the file of the packet that lacks it.
  let path: String
  /// Of how many listings.
  let count: Int

  /// As `packet.json` has it; the reason names the profile.
  func value(_ profile: RecipientProfile) -> JSONValue {
    .map([
      "rule": .text(rule), "path": .text(path), "count": .number(count),
      "reason": .text("not passed on by the profile \(profile.name), \(profile.title)"),
    ])
  }
}

/// A packet as its recipient gets it.
struct RedactedPacket {
  let packet: Packet
  let redactions: [Redaction]
}

/// Leaves of a packet what its recipient's profile passes on. Everything that a packet says is derived from its case file, so
/// that what is not in the case file is in no file of the packet.
///
/// Law:    a part that the profile neither keeps nor renames is gone before anything is numbered or written.
/// Cost:   O(listings and the texts that stay).
struct Redactor {
  private let profile: RecipientProfile
  private let names: Pseudonyms
  /// Of how many listings a part was withheld.
  private var withheld: [RecipientProfile.Part: Int] = [:]
  private var renamed: [RecipientProfile.Part: Int] = [:]

  /// What stands in place of a text that is withheld.
  static let mark = "[withheld]"

  init(_ profile: RecipientProfile, _ stamp: PacketStamp) {
    self.profile = profile
    names = Pseudonyms(stamp)
  }

  /// The packet as its recipient gets it, and what was withheld.
  static func redacted(_ packet: Packet) -> RedactedPacket {
    guard packet.recipient.isRedacted else { return RedactedPacket(packet: packet, redactions: []) }
    var redactor = Redactor(packet.recipient, packet.stamp)
    var out = packet
    out.file.listings = packet.file.listings.map { redactor.redacted($0) }
    if !redactor.keeps(.history) {
      out.file.casebook = nil
      // A filter may name anybody.
      out.file.selection?.filter = nil
    }
    // The numbers are of all opened files.
    if packet.recipient.cut == .byPlatform { out.file.selection = nil }
    if !redactor.keeps(.differences) { out.file.copies = packet.file.copies.map(\.withoutWords) }
    if !redactor.keeps(.analyst) { out.stamp.madeBy = packet.form.sender.org }
    if !redactor.keeps(.hits) { out.file.reading.withholdOwnWords() }
    return RedactedPacket(packet: out, redactions: redactor.redactions)
  }

  private func keeps(_ part: RecipientProfile.Part) -> Bool { profile.keeps.contains(part) }

  /// Counts a part of a listing as withheld, if the listing has it and the profile does not keep it.
  private mutating func isWithheld(_ part: RecipientProfile.Part, _ isThere: Bool) -> Bool {
    guard !keeps(part) else { return false }
    if isThere { withheld[part, default: 0] += 1 }
    return true
  }

  private mutating func redacted(_ original: CaseListing) -> CaseListing {
    var listing = original
    redactWho(&listing)
    redactAdvert(&listing)
    if isWithheld(.note, listing.decision.status.note != nil) { listing.decision.status.note = nil }
    redactDescription(&listing.decision)
    if isWithheld(.analyst, listing.decision.decidedBy != nil) { listing.decision.decidedBy = nil }
    if isWithheld(.history, !(listing.events.isEmpty && listing.foreignEvents.isEmpty)) {
      listing.events = []
      listing.foreignEvents = []
      listing.decision.event = nil
      for aspect in listing.decision.described.keys { listing.decision.described[aspect]?.event = nil }
    }
    if isWithheld(.otherCells, !listing.otherFields.isEmpty) { listing.otherFields = [] }
    if isWithheld(.hits, listing.reading?.hits.isEmpty == false) { listing.reading?.withholdWords() }
    if isWithheld(.files, !(listing.files.isEmpty && listing.missingFiles.isEmpty)) {
      (listing.files, listing.missingFiles) = ([], [])
      listing.events.removeAll { $0.isAboutFiles }
      listing.foreignEvents.removeAll { $0.line.isAboutFiles }
    }
    if isWithheld(.row, !listing.evidence.isEmpty) { listing.evidence = [extract(of: listing, from: original)] }
    return listing
  }

  /// Takes out what was stated in codes and is not passed on, and who stated the rest.
  private mutating func redactDescription(_ decision: inout CaseDecision) {
    let stated = decision.status.description.stated
    if isWithheld(.description, stated.keys.contains { $0 != .grading }) {
      for aspect in stated.keys where aspect != .grading { decision.status.description[aspect] = nil }
    }
    if isWithheld(.grading, stated[.grading] != nil) { decision.status.description[.grading] = nil }
    guard !keeps(.analyst) else { return }
    for (aspect, one) in decision.status.description.stated {
      decision.status.description[aspect] = Described(one.value, by: "")
    }
  }

  // MARK: Who

  private mutating func redactWho(_ listing: inout CaseListing) {
    if !keeps(.platform) {
      listing.places.platform = nil
      let isNamed = listing.platform.name != nil
      if profile.pseudonyms.contains(.platform), let name = listing.platform.name ?? listing.platform.domain {
        renamed[.platform, default: 0] += 1
        listing.platform = PlatformFacts(name: names.name(of: name, as: "platform"))
      } else {
        if isNamed { withheld[.platform, default: 0] += 1 }
        listing.platform = PlatformFacts()
      }
    }
    if !keeps(.seller) {
      let seller = listing.seller
      // A seller without an alias is told apart by the account.
      let known = seller.alias ?? seller.userID ?? seller.profileAddress
      if let known {
        let isRenamed = profile.pseudonyms.contains(.seller)
        listing.seller.alias = isRenamed ? names.name(of: known, as: "seller") : nil
        if isRenamed { renamed[.seller, default: 0] += 1 } else { withheld[.seller, default: 0] += 1 }
      }
    }
    let account = listing.seller
    if isWithheld(.account, account.userID != nil || account.profileAddress != nil || account.statedCountry != nil) {
      listing.seller = SellerFacts(alias: account.alias)
    }
  }

  // MARK: The advert

  private mutating func redactAdvert(_ listing: inout CaseListing) {
    if isWithheld(.address, listing.address != nil) {
      listing.address = nil
      listing.isAddressWithheld = true
    }
    if isWithheld(.number, listing.reference != nil) { listing.reference = nil }
    // The key is made of address, platform and number.
    if !keeps(.address) || !keeps(.number) {
      listing.key = ListingKey(names.name(of: listing.key.text, as: "listing"))
    }
    if isWithheld(.title, listing.title != nil) {
      listing.title = listing.title.map { _ in Self.mark }
      listing.reading?.withholdWords(in: .title)
    }
    if isWithheld(.text, listing.text != nil) {
      listing.text = listing.text.map { _ in Self.mark }
      listing.reading?.withholdWords(in: .description)
    }
    // A name says that there is a number or an account; which one, only the advert's own words say.
    if !keeps(.title) || !keeps(.text) {
      var named: [ListingCue] = []
      for cue in listing.cues {
        let one = ListingCue(kind: cue.kind, name: cue.name, text: nil)
        if !named.contains(one) { named.append(one) }
      }
      listing.cues = named
    }
    if isWithheld(.species, !listing.taxa.isEmpty) {
      if !listing.taxa.isEmpty { listing.taxa = [Self.mark] }
      listing.reading?.withholdNames()
    }
    if !keeps(.quantity), let text = listing.quantityText, !Decimal.isWellFormed(text) {
      _ = isWithheld(.quantity, true)
      listing.quantityText = Self.mark
    }
    if !keeps(.price), let price = listing.price {
      _ = isWithheld(.price, true)
      let read = price.amount.flatMap { amount in price.currency.map { "\(amount) \($0)" } }
      listing.price?.asAdvertised = read ?? price.amount ?? Self.mark
    }
    if isWithheld(.place, listing.location.text != nil) { listing.location.text = nil }
    if !keeps(.place) {
      listing.location.country = CountryCode.read(listing.location.country)
      redactPlaces(&listing.places)
    }
    if !keeps(.text) {
      // What a scraper writes into these cells is any text.
      listing.postedText = nil
      listing.language = listing.language.flatMap { Self.isLanguage($0) ? $0 : nil }
    }
  }

  /// Leaves codes of countries, and no names of columns, which a scraper may have made of anything.
  private func redactPlaces(_ places: inout CasePlaces) {
    for (_, place) in CasePlaces.roles {
      guard var facts = places[keyPath: place] else { continue }
      let codes = StatedPlaces.countries(facts)
      facts.country = CountryCode.read(facts.country)
      facts.text = place == \.delivery && codes.count > 1 ? codes.joined(separator: ", ") : nil
      if place != \.platform || !keeps(.platform) { facts.source = "" }
      places[keyPath: place] = facts.country == nil && facts.text == nil ? nil : facts
    }
  }

  /// Whether a text is the code of a language and nothing else.
  private static func isLanguage(_ text: String) -> Bool {
    (2...3).contains(text.utf8.count) && text.utf8.allSatisfy { (0x61...0x7a).contains($0) }
  }

  // MARK: Evidence

  /// What stands for the row as collected: the facts that are passed on, as the only evidence that leaves.
  private func extract(of listing: CaseListing, from original: CaseListing) -> RowEvidence {
    let facts: [String: String?] = [
      "platform": listing.platform.name, "seller": listing.seller.alias, "number": listing.reference,
      "address": listing.address, "title": listing.title, "price": listing.price?.asAdvertised,
      "quantity": listing.quantityText, "species": listing.taxa.isEmpty ? nil : listing.taxa.joined(separator: ", "),
      "country": listing.location.country, "captured_at": listing.firstSeen?.text,
      "about": "Made from the row as collected, which is not passed on, of what the recipient gets.",
    ]
    guard let moment = original.evidence.map(\.moment).min() else {
      preconditionFailure("a listing without evidence is refused before it is redacted")
    }
    let value = JSONValue.map(facts.compactMapValues { $0.map { .text($0) } })
    var row = RowEvidence(
      bytes: value.indentedJSON(), format: .json, sourceFile: Self.mark, row: 0,
      sourceDigest: SHA256Digest(of: [UInt8]()), sourceModified: moment,
      capturedAt: original.evidence.compactMap(\.capturedAt).min())
    row.isExtract = true
    return row
  }

  // MARK: What was done

  private var redactions: [Redaction] {
    RecipientProfile.Part.allCases.flatMap { part in
      [("withheld", withheld[part]), ("renamed", renamed[part])].compactMap { rule, count in
        count.map { Redaction(rule: rule, path: Self.paths[part] ?? part.rawValue, count: $0) }
      }
    }
  }

  private static let paths: [RecipientProfile.Part: String] = [
    .platform: "platforms[].name", .seller: "sellers[].alias",
    .account: "sellers[].platform_user_id, profile_url, stated_country", .address: "listings[].url",
    .number: "listings[].listing_ref", .title: "listings[].title", .text: "listings[].text_excerpt",
    .species: "listings[].taxon.common_name and the species cell", .quantity: "listings[].specimen, as advertised",
    .price: "listings[].price.as_advertised", .place: "listings[].location.text and places in words",
    .description: "listings[].taxon.id_confidence, specimen, and tool.listings[].description",
    .grading: "listings[].grading",
    .hits: "data/readings.json, the words of hits", .differences: "tool.copies, words and slots",
    .otherCells: "other cells of the row", .note: "the analyst's note", .analyst: "the analyst's handle",
    .history: "data/audit.jsonl, the casebook's events", .row: "data/evidence, the row as collected",
    .files: "data/evidence, files that were attached or that the row names",
  ]
}

/// Names in place of names: the same name always gets the same one in a packet, and another in the next. Without the
/// casebook's key they cannot be traced back.
///
/// Shape:  `seller 7F3A91C2`. Case, width and accents make no difference.
struct Pseudonyms: Sendable {
  private let key: [UInt8]
  private let packet: String

  init(_ stamp: PacketStamp) {
    key = stamp.key.bytes
    packet = "\(stamp.id.text)_v\(stamp.version)"
  }

  func name(of text: String, as kind: String) -> String {
    let parts = ["pseudonym", packet, kind, Folding.folded(text)].map { Array(JSONValue.text($0).json.utf8) }
    let id = UniqueID(key: key, name: Array(parts.joined(separator: [0]))).description
    return "\(kind) \(id.prefix(8).uppercased())"
  }
}

extension CaseCopies {
  /// Which of these listings are one advert, without the words in which they agree or differ, and without others.
  fileprivate var withoutWords: CaseCopies {
    CaseCopies(
      groups.enumerated().map { place, group in
        Group(name: "copies \(place + 1)", listings: group.listings, listingsInFiles: group.listings.count)
      })
  }
}

extension AuditLine {
  /// Whether it attaches a file or withdraws an attachment.
  fileprivate var isAboutFiles: Bool {
    [Action.attachEvidence, .withdrawEvidence].contains(Action(rawValue: action))
  }
}

extension CitedReading {
  /// Takes out the words in which terms were found; which terms, and what they count, stays.
  ///
  /// - Parameter field: only those in it; nil for all.
  fileprivate mutating func withholdWords(in field: Field? = nil) {
    for index in hits.indices {
      if field == nil || hits[index].span.field == field {
        hits[index].span.withhold()
        hits[index].folded = nil
      }
      if field == nil || hits[index].because?.span.field == field { hits[index].because?.span.withhold() }
    }
  }

  /// Takes out the names of the species cell as written.
  fileprivate mutating func withholdNames() {
    for index in taxa.indices {
      taxa[index].origins = taxa[index].origins.map { origin in
        guard case .speciesCell(_, let nameIs) = origin else { return origin }
        return .speciesCell(written: Redactor.mark, nameIs: nameIs)
      }
    }
    for index in unresolved.indices { unresolved[index].written = Redactor.mark }
  }
}

extension CitedSpan {
  fileprivate mutating func withhold() {
    text = Redactor.mark
    bytes = 0..<0
  }
}

extension ReadingBasis {
  /// Takes out the groups of words, in which an analyst may have written names.
  fileprivate mutating func withholdOwnWords() { groups = [:] }
}

extension Packet {
  /// The same packet without anything that its listings or its sender say: a listing of which nothing is known but the
  /// shipped terms that were found in it. What stands in its files are ordinary words of every packet.
  var sayingNothing: Packet {
    var out = self
    let shipped = Set(reading.lexicons.filter { $0.layer == .shipped }.map(\.name))
    var form = PacketForm()
    form.tlp = self.form.tlp
    form.sender = self.form.sender
    form.recipients = self.form.recipients
    out.form = form
    out.file.copies = nil
    out.listings = listings.prefix(1).map { first in
      var evidence = first.evidence
      for index in evidence.indices { evidence[index].bytes = [] }
      var blank = CaseListing(key: ListingKey(""), decision: CaseDecision(.none), evidence: evidence)
      blank.firstSeen = first.firstSeen
      var reading = CitedReading()
      reading.hits = listings.flatMap { $0.reading?.hits ?? [] }.filter {
        shipped.contains($0.term.row.location.lexicon)
      }
      reading.taxa = listings.flatMap { $0.reading?.taxa ?? [] }
      reading.withholdWords()
      reading.withholdNames()
      blank.reading = reading
      return blank
    }
    return out
  }
}
