import Listings

/// What a casebook remembers of a listing that was decided.
package struct RememberedWords: Equatable, Sendable {
  package let seen: ListingSnapshot
  /// Seconds since 1970 UTC.
  package let decidedAt: Int64

  package init(_ seen: ListingSnapshot, decidedAt: Int64) { (self.seen, self.decidedAt) = (seen, decidedAt) }
}

/// Which listing of a dataset each key of an earlier form stands for: so that no verdict is left behind, and none reaches
/// a listing that was not looked at.
///
/// Rules:  a key that names its listing by itself stands for the listing that would have it today. Where it may have been the
///         key of many, or fits several listings by now, or none because columns are read otherwise, the words that the
///         analyst saw decide: title and seller, or the file and the row with the title or the seller, or with neither if the
///         file has not changed since. What is then still not sure is left as it is: no verdict on a guess.
package struct EarlierListings: Equatable, Sendable {
  /// By earlier key, the one of today.
  package private(set) var renamed: [ListingKey: ListingKey] = [:]
  /// Keys that fit listings here, but not one for sure.
  package private(set) var unclear: [ListingKey] = []

  /// - Parameter remembered: the words of listings when they were decided, by earlier key: of those that were found, and
  ///   of those that were decided in files with the names of these.
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

  /// The listing of the row that the analyst saw, whatever its key was then.
  private static func listing(sightedAs remembered: RememberedWords, _ dataset: Dataset) -> ListingKey? {
    let (sighting, seen) = (remembered.seen.sighting, remembered.seen)
    guard seen.title != nil, let source = dataset.sources.first(where: { $0.name == sighting.file }) else { return nil }
    let row = source.rows.lowerBound + sighting.row - 1
    guard source.rows.contains(row), dataset.isSighting(row, of: remembered) else { return nil }
    return dataset.key(at: row)
  }

  /// The one listing that all matches are of.
  private static func only(_ matches: [EarlierRows.Match]) -> ListingKey? {
    guard let first = matches.first, matches.allSatisfy({ $0.key == first.key }) else { return nil }
    return first.key
  }
}

extension Dataset {
  /// Whether a row is the one that was seen: in the file of that name, with the same words, or with none if the file is as old.
  fileprivate func isSighting(_ row: Int, of remembered: RememberedWords) -> Bool {
    let (seen, now) = (remembered.seen, snapshot(of: row, key: remembered.seen.key))
    guard now.sighting == seen.sighting else { return false }
    return seen.fits(now, addresses)
      || seen.title == nil && seen.seller == nil && source(of: row).modified <= remembered.decidedAt
  }
}

extension ListingSnapshot {
  /// Whether a row says what this one said.
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
  /// Whether a text is an address at all: words in a column of addresses say nothing of a listing.
  fileprivate func isAddress(_ text: String?) -> Bool { text.flatMap(normal) != nil }

  /// Whether two addresses are one but for how they were reached.
  fileprivate func areOfOne(_ a: String?, _ b: String?) -> Bool {
    guard let a = a.flatMap(normal), let b = b.flatMap(normal) else { return false }
    return a == b
  }

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
  /// What a row says about its listing, for whoever reads the casebook years later.
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
