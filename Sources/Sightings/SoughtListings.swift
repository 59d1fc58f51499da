import Listings

/// What one scrape says about a listing that is sought.
package struct SoughtSighting: Equatable, Sendable {
  package let scrape: Scrape
  package let wasSeen: Bool

  package init(scrape: Scrape, wasSeen: Bool) { (self.scrape, self.wasSeen) = (scrape, wasSeen) }
}

/// Looks for certain listings in recorded scrapes, such as those of a packet, and says of each scrape of their platforms whether
/// it has them.
///
/// Shape:  take in the files of all scrapes in their order; then ask. A scrape without any listing of a platform says nothing
///         about that platform's listings.
/// Cost:   two look-ups for each recorded sighting, and one list in memory at a time.
/// Limits: where an address of an unknown site is known by a number that was learned after the listing was last seen, its
///         absence proves nothing, and is left out: its address may have changed.
package struct SoughtListings: Sendable {
  /// A listing that is sought.
  package struct Listing: Sendable {
    package let platform: String
    /// Its key, and those that it had before.
    package let keys: [ListingKey]

    package init(platform: String, keys: [ListingKey]) { (self.platform, self.keys) = (platform, keys) }
  }

  /// One scrape so far: several files of one name are one.
  private struct Taken: Sendable {
    var scrape: Scrape
    /// Of the platforms of its listings.
    var salts: Set<UInt64> = []
    var seen: Set<Int> = []
    /// Listings whose absence would prove nothing.
    var unclear: Set<Int> = []
  }

  private let listings: [Listing]
  private let salts: [UInt64]
  /// By what the keys make, and by all that listings are known by so far.
  private var byKey: [UInt64: [Int]] = [:]
  private var byIdentity: [UInt64: [Int]] = [:]
  /// Listings that are known by a number of their address.
  private var numbered: Set<Int> = []
  private var scrapes: [String: Taken] = [:]

  package init(_ listings: [Listing]) {
    self.listings = listings
    salts = listings.map { SightingIdentity.salt(ofPlatform: $0.platform) }
    for (index, listing) in listings.enumerated() {
      for key in Set(listing.keys) {
        byKey[SightingIdentity.mix(key.fingerprint, salts[index]), default: []].append(index)
      }
    }
  }

  /// Takes in the sightings of one file.
  package mutating func take(_ list: RecordedSightings) {
    let (scrape, columns) = (list.scrape, list.columns)
    var taken = scrapes[scrape.name] ?? Taken(scrape: scrape)
    taken.scrape = taken.scrape.joined(with: scrape)
    taken.salts.formUnion(columns.platforms.map { SightingIdentity.salt(ofPlatform: $0) })
    for index in columns.identities.indices {
      let (key, identity) = (columns.keys[index], columns.identities[index])
      if let found = byKey[key] {
        taken.seen.formUnion(found)
        if identity != key { learn(identity, of: found) }
      } else if let found = byIdentity[identity] {
        taken.seen.formUnion(found)
      }
    }
    for index in listings.indices where !numbered.contains(index) && isNumbered(listings[index], by: columns.rules) {
      taken.unclear.insert(index)
    }
    scrapes[scrape.name] = taken
  }

  /// A number in the address of listings, under which they are found when the rest of it changes.
  private mutating func learn(_ identity: UInt64, of found: [Int]) {
    numbered.formUnion(found)
    for index in found where byIdentity[identity]?.contains(index) != true {
      byIdentity[identity, default: []].append(index)
    }
  }

  /// Whether a listing is known by its address, and rules say that addresses of its site hold numbers.
  private func isNumbered(_ listing: Listing, by rules: [AddressNumberRule]) -> Bool {
    rules.contains { rule in
      listing.keys.contains { key in
        guard key.text.hasPrefix("url:") else { return false }
        let host = key.text.dropFirst(4).prefix { $0 != "/" && $0 != "?" }
        return host == rule.host || host.hasSuffix("." + rule.host)
      }
    }
  }

  /// What each scrape of its platform says about a listing, in order of time.
  ///
  /// - Parameter index: the place of the listing among those that are sought.
  package func sightings(of index: Int) -> [SoughtSighting] {
    scrapes.values.filter { $0.salts.contains(salts[index]) }.compactMap { taken in
      let wasSeen = taken.seen.contains(index)
      if !wasSeen, taken.unclear.contains(index) { return nil }
      return SoughtSighting(scrape: taken.scrape, wasSeen: wasSeen)
    }.sorted { Scrape.isBefore($0.scrape, $1.scrape) }
  }
}
