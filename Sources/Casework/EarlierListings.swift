import Listings

/// What a casebook remembers about a listing that was decided.
package struct RememberedWords: Equatable, Sendable {
  /// Its words when it was last decided.
  package let seen: ListingSnapshot
  /// Seconds since 1970 UTC.
  package let decidedAt: Int64

  package init(_ seen: ListingSnapshot, decidedAt: Int64) { (self.seen, self.decidedAt) = (seen, decidedAt) }
}

/// Finds the listing of a dataset that each earlier key stands for, so that no verdict is left behind, and none reaches a
/// listing that was never reviewed.
///
/// Rule:   a key that identifies its listing by itself stands for the listing that would have it today. A key may be
///         ambiguous: it may have belonged to many listings, fit several now, or fit none because columns are mapped
///         otherwise. Then the words that the analyst saw decide: title and seller, or file and row together with title or
///         seller, or file and row alone if the file has not changed since. If that leaves a doubt, the listing stays
///         undecided: no verdict on a guess.
package struct EarlierListings: Equatable, Sendable {
  /// Today's key, by earlier key.
  package private(set) var renamed: [ListingKey: ListingKey] = [:]
  /// Keys that fit listings of the dataset, but none for certain.
  package private(set) var unclear: [ListingKey] = []

  /// - Parameter remembered: the words of listings when they were decided, by earlier key. They include the listings found,
  ///   and those decided in files with the same names as the dataset's.
  package init(_ rows: EarlierRows, remembered: [ListingKey: RememberedWords], in dataset: Dataset) {
    for (key, matches) in rows.matches {
      if let today = Self.listing(matches, remembered[key], dataset) {
        renamed[key] = today
      } else {
        unclear.append(key)
      }
    }
    for (key, words) in remembered where rows.matches[key] == nil {
      if let today = Self.listing(sightedAs: words, dataset), today != key { renamed[key] = today }
    }
    unclear.sort()
  }

  /// The listing that a key's matches agree on; nil in doubt.
  private static func listing(
    _ matches: [EarlierRows.Match], _ remembered: RememberedWords?, _ dataset: Dataset
  ) -> ListingKey? {
    let areSure = matches.allSatisfy(\.isSure)
    if areSure, let only = only(matches) { return only }
    guard let remembered else { return nil }
    let seen = remembered.seen
    let fitting = matches.filter { seen.fits(dataset.snapshot(of: $0.row, key: $0.key), dataset.addresses) }
    if areSure || seen.title != nil && seen.seller != nil, let only = only(fitting) { return only }
    return only(matches.filter { dataset.isSighting($0.row, of: remembered) })
  }

  /// The listing of the row that the analyst saw, whatever its key was at the time; nil in doubt.
  private static func listing(sightedAs remembered: RememberedWords, _ dataset: Dataset) -> ListingKey? {
    let (sighting, seen) = (remembered.seen.sighting, remembered.seen)
    guard seen.title != nil, let source = dataset.sources.first(where: { $0.name == sighting.file }) else { return nil }
    let row = source.rows.lowerBound + sighting.row - 1
    guard source.rows.contains(row), dataset.isSighting(row, of: remembered) else { return nil }
    return dataset.key(at: row)
  }

  /// The one listing that all matches belong to; nil for several.
  private static func only(_ matches: [EarlierRows.Match]) -> ListingKey? {
    guard let first = matches.first, matches.allSatisfy({ $0.key == first.key }) else { return nil }
    return first.key
  }
}

extension Dataset {
  /// Whether a row is the one that was seen: in a file of the same name, with the same words, or without words if the file
  /// has not changed since.
  fileprivate func isSighting(_ row: Int, of remembered: RememberedWords) -> Bool {
    let (seen, now) = (remembered.seen, snapshot(of: row, key: remembered.seen.key))
    guard now.sighting == seen.sighting else { return false }
    return seen.fits(now, addresses)
      || seen.title == nil && seen.seller == nil && source(of: row).modified <= remembered.decidedAt
  }
}

extension ListingSnapshot {
  /// Whether a row has the same words. At least title or seller must be known.
  fileprivate func fits(_ other: ListingSnapshot, _ addresses: AddressTable) -> Bool {
    func agree(_ mine: String?, _ theirs: String?) -> Bool {
      guard let mine, let theirs else { return mine == nil }
      return Folding.folded(mine) == Folding.folded(theirs)
    }
    guard title != nil || seller != nil else { return false }
    return agree(title, other.title) && agree(seller, other.seller)
      && (agree(url, other.url) || !addresses.isAddress(url) || addresses.areOfOne(url, other.url))
  }
}

extension AddressTable {
  /// Whether a text is an address at all. Other words in an address column identify nothing.
  fileprivate func isAddress(_ text: String?) -> Bool { text.flatMap(normal) != nil }

  /// Whether two addresses are the same apart from how they were reached.
  fileprivate func areOfOne(_ a: String?, _ b: String?) -> Bool {
    guard let a = a.flatMap(normal), let b = b.flatMap(normal) else { return false }
    return a == b
  }

  /// The address in the form in which keys compare it; nil for no address.
  private func normal(_ text: String) -> [UInt8]? {
    var text = text
    var out: [UInt8] = []
    return text.withUTF8 { bytes in
      guard let address = AddressParts(UnsafeRawBufferPointer(bytes)) else { return nil }
      if !appendListing(address, to: &out) { appendNormal(address, to: &out) }
      return out
    }
  }
}

extension Dataset {
  /// A row's words, for people who read the casebook years later.
  package func snapshot(of row: Int, key: ListingKey) -> ListingSnapshot {
    func known(_ field: Field) -> String? {
      let text = shownText(of: field, at: row)
      return text.isEmpty ? nil : text
    }
    return ListingSnapshot(
      key: key, title: known(.title), platform: known(.platform), url: known(.url), seller: known(.sellerAlias),
      sighting: .init(file: source(of: row).name, row: sourceRow(of: row)))
  }
}

/// A listing's words as the analyst saw them when deciding. They keep the log readable years later, when the scraped files
/// are gone. They are not evidence: that is the event, and the packet's capture facts.
package struct ListingSnapshot: Equatable, Sendable {
  /// Where a listing was seen: a file and a row of it, from 1.
  package struct Sighting: Equatable, Sendable {
    package let file: String
    /// The row in the file, from 1.
    package let row: Int

    package init(file: String, row: Int) {
      self.file = file
      self.row = row
    }
  }

  package let key: ListingKey
  package let title: String?
  package let platform: String?
  package let url: String?
  package let seller: String?
  /// Where the listing was last seen.
  package let sighting: Sighting
  /// What it said, for telling later whether it changed; nil where that is not known.
  package var content: SeenListing?
  /// What was known of others' decisions on it.
  package var known = KnownReviews()

  package init(
    key: ListingKey, title: String?, platform: String?, url: String?, seller: String?, sighting: Sighting,
    content: SeenListing? = nil
  ) {
    self.content = content
    self.key = key
    self.title = title
    self.platform = platform
    self.url = url
    self.seller = seller
    self.sighting = sighting
  }
}

/// What an analyst knew of others' decisions on a listing when deciding it.
package struct KnownReviews: Equatable, Sendable {
  /// Others' verdicts and notes were hidden: a blind second review.
  package var isBlind = false
  /// The events of the differing verdicts that were shown, which the new verdict settles.
  package var settles: [EventNumber] = []
  /// The last event about the listing that was shown; nil where that is not known.
  package var lastEvent: EventNumber?

  package init(isBlind: Bool = false, settles: [EventNumber] = [], lastEvent: EventNumber? = nil) {
    (self.isBlind, self.settles, self.lastEvent) = (isBlind, settles, lastEvent)
  }
}
