import CaseFiles
import Hashing
import SmallFormats

/// A packet whose platforms, sellers, listings and evidence are numbered.
///
/// Shape:  P0001, S0001, L0001, E0001 and so on, each in the order of first appearance; listings keep their order. Platforms
///         with the same facts are one. Sellers with the same facts are one only if the platform is known, and an alias
///         or account number is known: two listings without a seller need not be from one person.
/// Cost:   O(listings), plus one SHA-256 over the evidence.
struct NumberedPacket {
  /// A platform with its number.
  struct Platform {
    let id: String
    let facts: PlatformFacts
  }

  /// A seller with its number.
  struct Seller {
    let id: String
    let platformID: String
    let facts: SellerFacts
  }

  /// A piece of evidence with its number.
  struct Evidence {
    let id: String
    /// The path of its file in the packet.
    ///
    /// Shape:  `data/evidence/L0001/E0001-record.csv.txt`; the ending is that of the source's format, always with
    ///         `.txt`.
    let path: String
    /// The SHA-256 of its bytes.
    let digest: String
    let row: RowEvidence
  }

  /// A listing with its number, and with those it belongs to.
  struct Listing {
    let id: String
    let facts: CaseListing
    let platform: Platform
    let seller: Seller
    /// The rows.
    let evidence: [Evidence]
    /// Files beside the rows.
    let files: [FilePiece]
    /// As `packet.json` gives it.
    let address: ListingAddress

    /// The numbers of all its evidence.
    var evidenceIDs: [String] { evidence.map(\.id) + files.map(\.id) }
  }

  let packet: Packet
  private(set) var platforms: [Platform] = []
  private(set) var sellers: [Seller] = []
  private(set) var listings: [Listing] = []

  /// How many pieces of evidence there are, rows and files.
  var evidenceCount: Int { listings.reduce(0) { $0 + $1.evidence.count + $1.files.count } }

  /// Numbers everything in the packet.
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
          id: number,
          path: "data/evidence/\(id)/\(number)-\(row.isExtract ? "extract" : "record").\(row.format.fileEnding)",
          digest: SHA256Digest(of: row.bytes).hex, row: row)
      }
      let files = facts.files.map { file in
        evidenceCount += 1
        return FilePiece(number: evidenceCount, of: id, file)
      }
      listings.append(
        Listing(
          id: id, facts: facts, platform: platform, seller: seller, evidence: evidence, files: files,
          address: ListingAddress(collected: facts.address, key: facts.key, isWithheld: facts.isAddressWithheld)))
    }
  }

  /// The platform with these facts, numbered if it is new.
  private mutating func number(_ facts: PlatformFacts, in known: inout [PlatformFacts: Int]) -> Platform {
    if let index = known[facts] { return platforms[index] }
    known[facts] = platforms.count
    platforms.append(Platform(id: "P" + Digits.padded(platforms.count + 1, 4), facts: facts))
    return platforms[platforms.count - 1]
  }

  /// What makes two sellers the same.
  private struct KnownSeller: Hashable {
    let platform: String
    let facts: SellerFacts
  }

  /// The seller with these facts, numbered if it is new or not known.
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
  /// The listing with every empty text turned into nil: nothing is known.
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
    clear(\.decision.status.note)
    if listing.price?.asAdvertised.isEmpty == true, listing.price?.amount == nil { listing.price = nil }
    return listing
  }
}
