import Hashing
import SmallFormats
import CaseFiles

/// A packet whose platforms, sellers, listings and evidence have their numbers.
///
/// Shape:  P0001, S0001, L0001, E0001 and on, each in the order of first appearance; the listings keep their order.
///         Platforms are one where all their facts agree. Sellers are one where the platform is known, an alias or
///         an account number is known, and all their facts agree: two listings without a seller are not the same
///         person's.
/// Cost:   O(listings), plus one SHA-256 over the evidence.
struct NumberedPacket {
  struct Platform {
    let id: String
    let facts: PlatformFacts
  }

  struct Seller {
    let id: String
    let platformID: String
    let facts: SellerFacts
  }

  struct Evidence {
    let id: String
    let path: String
    let digest: String
    let row: RowEvidence
  }

  struct Listing {
    let id: String
    let facts: CaseListing
    let platform: Platform
    let seller: Seller
    let evidence: [Evidence]
    let address: ListingAddress
  }

  let packet: Packet
  private(set) var platforms: [Platform] = []
  private(set) var sellers: [Seller] = []
  private(set) var listings: [Listing] = []

  var evidence: [Evidence] { listings.flatMap(\.evidence) }

  init(_ packet: Packet) {
    self.packet = packet
    var platformIDs: [PlatformFacts: Int] = [:]
    var sellerIDs: [KnownSeller: Int] = [:]
    var evidenceCount = 0
    listings.reserveCapacity(packet.listings.count)
    for (index, listing) in packet.listings.enumerated() {
      let facts = listing.withEmptyTextsUnknown
      let id = "L" + Digits.padded(index + 1, 4)
      let platform = number(facts.platform, in: &platformIDs)
      let seller = number(facts.seller, on: platform, in: &sellerIDs)
      let evidence = facts.evidence.map { row in
        evidenceCount += 1
        let number = "E" + Digits.padded(evidenceCount, 4)
        return Evidence(
          id: number, path: "data/evidence/\(id)/\(number)-record.\(row.format.fileEnding)",
          digest: SHA256Digest(of: row.bytes).hex, row: row)
      }
      listings.append(
        Listing(
          id: id, facts: facts, platform: platform, seller: seller, evidence: evidence,
          address: ListingAddress(collected: facts.address, key: facts.key)))
    }
  }

  private mutating func number(_ facts: PlatformFacts, in known: inout [PlatformFacts: Int]) -> Platform {
    if let index = known[facts] { return platforms[index] }
    known[facts] = platforms.count
    platforms.append(Platform(id: "P" + Digits.padded(platforms.count + 1, 4), facts: facts))
    return platforms[platforms.count - 1]
  }

  private struct KnownSeller: Hashable {
    let platform: String
    let facts: SellerFacts
  }

  private mutating func number(
    _ facts: SellerFacts, on platform: Platform, in known: inout [KnownSeller: Int]
  ) -> Seller {
    let isKnown = platform.facts.name != nil && (facts.alias != nil || facts.userID != nil)
    let seller = KnownSeller(platform: platform.id, facts: facts)
    if isKnown, let index = known[seller] { return sellers[index] }
    if isKnown { known[seller] = sellers.count }
    sellers.append(Seller(id: "S" + Digits.padded(sellers.count + 1, 4), platformID: platform.id, facts: facts))
    return sellers[sellers.count - 1]
  }
}

extension CaseListing {
  /// The listing with every empty text taken for what it is: nothing known.
  fileprivate var withEmptyTextsUnknown: CaseListing {
    var listing = self
    func clear(_ field: WritableKeyPath<CaseListing, String?>) {
      if listing[keyPath: field]?.isEmpty == true { listing[keyPath: field] = nil }
    }
    clear(\.reference)
    clear(\.platform.name)
    clear(\.platform.domain)
    clear(\.platform.country)
    clear(\.seller.alias)
    clear(\.seller.userID)
    clear(\.seller.profileAddress)
    clear(\.seller.statedCountry)
    clear(\.address)
    clear(\.title)
    clear(\.text)
    clear(\.language)
    clear(\.postedText)
    clear(\.quantityText)
    clear(\.location.country)
    clear(\.location.text)
    clear(\.decision.decidedBy)
    clear(\.decision.standing.note)
    if listing.price?.asAdvertised.isEmpty == true, listing.price?.amount == nil { listing.price = nil }
    return listing
  }
}
