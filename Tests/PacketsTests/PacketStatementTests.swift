import Casework
import Hashing
import Listings
import Testing

@testable import Packets
import CaseFiles
import SmallFormats

/// What a packet says of a listing is what the row says, and no more.
@Suite struct PacketStatementTests {
  private func statement(of listing: CaseListing) throws -> JSONValue {
    let assembly = try PacketAssembly(Invented.packet([listing]))
    let file = assembly.files.first { $0.path == "data/packet.json" }
    return try #require(JSONReading.value(of: file?.bytes ?? []).at("listings")?.asList?.first)
  }

  @Test func aListingOfWhichNothingIsKnownSaysSoEverywhere() throws {
    let listing = try statement(of: Invented.bareListing())
    #expect(listing.at("url") == .text("urn:linsang:listing:text%3A7a"))
    #expect(listing.at("lang") == .text("und"))
    #expect(listing.at("status_at_capture") == .text("unknown"))
    #expect(listing.at("taxon", "scientific_name") == .text("unknown"))
    #expect(listing.at("taxon", "rank") == .text("order"))
    #expect(listing.at("taxon", "id_confidence") == .text("possible"))
    #expect(listing.at("taxon", "cites_appendix") == .text("?"))
    #expect(listing.at("specimen", "term") == .text("UNS"))
    #expect(listing.at("specimen", "source") == .text("U"))
    #expect(listing.at("specimen", "purpose") == .null)
    #expect(listing.at("grading", "admiralty") == .text("F6"))
    #expect(listing.at("grading", "stix_confidence") == .null)
    for path in [["price"], ["posted_at"], ["listing_ref"], ["specimen", "quantity"], ["location", "country"]] {
      #expect((path.count == 1 ? listing.at(path[0]) : listing.at(path[0], path[1])) == .null)
    }
    // The file's own time stands in for a capture nobody recorded, and is said to.
    #expect(listing.at("first_seen") == .text("2026-11-22T18:30:00Z"))
    #expect(listing.at("legality", "red_flags")?.asList?.count == 2)
  }

  @Test func aConfirmedListingIsSuspectedAndAnUnsureOneIsIndeterminate() throws {
    let confirmed = try statement(of: Invented.bareListing(verdict: .confirmed))
    #expect(confirmed.at("legality", "assessment") == .text("suspected"))
    let unsure = try statement(of: Invented.bareListing(verdict: .unsure))
    #expect(unsure.at("legality", "assessment") == .text("indeterminate"))
  }

  @Test func noFileSaysIllegal() throws {
    for file in try PacketAssembly(Invented.threeListings).files {
      #expect(!String(decoding: file.bytes, as: UTF8.self).lowercased().contains("illegal"))
    }
  }

  @Test func aPriceThatCouldNotBeReadIsKeptInTheSellersWords() throws {
    for (amount, currency) in [
      (nil, "USD"), ("1,200", "USD"), ("12", "usd"), ("12", nil), ("1.2345678", "USD"), ("-1", "USD"), ("01", "USD"),
    ] {
      var listing = Invented.bareListing()
      listing.price = PriceFacts(asAdvertised: "1200 ono", amount: amount, currency: currency)
      let value = try statement(of: listing)
      #expect(value.at("price") == .null)
      #expect(value.at("legality", "seller_claims") == .list([.text("price as advertised: 1200 ono")]))
    }
  }

  @Test func theSpeciesFieldIsReadByItsFormOnly() {
    let readings: [(names: [String], name: String, common: String?, rank: TaxonStatement.Rank)] = [
      (["Loxodonta africana"], "Loxodonta africana", nil, .species),
      (["Panthera tigris altaica"], "Panthera tigris altaica", nil, .subspecies),
      (["Manis spp."], "Manis spp.", nil, .genus), (["Manis"], "Manis", nil, .genus),
      (["Felidae"], "Felidae", nil, .family), (["Orchidaceae"], "Orchidaceae", nil, .family),
      (["Psittaciformes"], "Psittaciformes", nil, .order),
      (["Manis javanica Desmarest, 1822"], "Manis javanica Desmarest, 1822", nil, .species),
      (["象牙", "Loxodonta africana"], "Loxodonta africana", nil, .species),
      (["elephant"], "unknown", "elephant", .order), (["象"], "unknown", "象", .order), ([], "unknown", nil, .order),
      (["", " "], "unknown", nil, .order), (["Ivory ring 18k thing"], "Ivory ring 18k thing", nil, .species),
    ]
    for reading in readings {
      let statement = TaxonStatement(species: reading.names)
      #expect(statement.scientificName == reading.name)
      #expect(statement.commonName == reading.common)
      #expect(statement.rank == reading.rank)
      #expect(statement.basis.contains("not verified"))
      for name in reading.names where name != reading.name && name != reading.common && !name.allSatisfy(\.isWhitespace)
      {
        #expect(statement.basis.contains(name), "a name that is read must not be lost")
      }
    }
  }

  @Test func addressesAreCarriedOnlyWhereTheyAreAddresses() {
    let key = ListingKey("id:bazaar/7 7%")
    let urn = "urn:linsang:listing:id%3Abazaar%2F7%207%25"
    for (collected, expected) in [
      ("https://bazaar.example/item/1?q=a&b=%25#x", "https://bazaar.example/item/1?q=a&b=%25#x"),
      (" https://bazaar.example/ü \n", "https://bazaar.example/%C3%BC"),
      ("https://bazaar.example/100%/[a]|b", "https://bazaar.example/100%25/%5Ba%5D%7Cb"),
      ("https://例え.example/", "https://%E4%BE%8B%E3%81%88.example/"), ("http://[::1]:8080/", "http://[::1]:8080/"),
      ("https://a@b@c.example/", "https://a%40b@c.example/"),
      ("bazaar.example/item/1", urn), ("javascript://x/%0aalert(1)", urn), ("https://", urn), ("https:///x", urn),
      ("https://h:port/", urn), ("ftp://h/", urn), ("", urn), ("https://[::1", urn),
    ] {
      #expect(ListingAddress(collected: collected, key: key).uri == expected)
    }
    #expect(ListingAddress(collected: "https://a.example/", key: key).note == nil)
    #expect(ListingAddress(collected: "t.me/somebody", key: key).note?.hasSuffix("t.me/somebody") == true)
    let long = ListingKey(String(repeating: "k", count: 5000))
    #expect(ListingAddress(collected: nil, key: long).uri.hasPrefix("urn:linsang:listing:sha256:"))
  }

  @Test func addressesInTheReportLeadNowhere() {
    #expect(WebAddress.defanged("https://bazaar.example/a.b?c=d.e") == "hxxps://bazaar[.]example/a.b?c=d.e")
    #expect(WebAddress.defanged("bazaar.example/a.b") == "bazaar[.]example/a.b")
    #expect(WebAddress.defangedSchemes(in: "see HTTP://x.example or https://y") == "see HxxP://x.example or hxxps://y")
    #expect(WebAddress.defangedSchemes(in: "http:/ https:/ http") == "http:/ https:/ http")
  }

  @Test func sellersAreOneOnlyWhereAllThatIsKnownOfThemAgrees() throws {
    func listing(_ platform: String?, _ alias: String?, _ userID: String? = nil) -> CaseListing {
      var listing = Invented.bareListing()
      listing.platform.name = platform
      listing.seller = SellerFacts(alias: alias, userID: userID)
      return listing
    }
    let numbered = NumberedPacket(
      Invented.packet([
        listing("A", "bob"), listing("A", "bob"), listing("B", "bob"), listing("A", "bob", "7"), listing("A", nil),
        listing("A", nil), listing(nil, "bob"), listing(nil, "bob"),
      ]))
    #expect(
      numbered.listings.map(\.seller.id) == [
        "S0001", "S0001", "S0002", "S0003", "S0004", "S0005", "S0006", "S0007",
      ])
    #expect(
      numbered.listings.map(\.platform.id) == [
        "P0001", "P0001", "P0002", "P0001", "P0001", "P0001", "P0003", "P0003",
      ])
  }

  @Test func onlyWhatWasDecidedForHandingOverLeaves() throws {
    let key = ListingKey("text:7a")
    var listing = Invented.bareListing(verdict: .falsePositive)
    #expect(throws: PacketError.notForExport(key, .falsePositive)) { try PacketAssembly(Invented.packet([listing])) }
    listing.decision = CaseDecision(.none)
    #expect(throws: PacketError.notForExport(key, nil)) { try PacketAssembly(Invented.packet([listing])) }
    listing = Invented.bareListing()
    listing.evidence = []
    #expect(throws: PacketError.listingWithoutEvidence(key)) { try PacketAssembly(Invented.packet([listing])) }
    #expect(throws: PacketError.noListings) { try PacketAssembly(Invented.packet([])) }
  }

  @Test func anEventAboutManyListingsIsCitedOnce() {
    var packet = Invented.threeListings
    packet.listings[2].events = packet.listings[0].events
    let audit = PacketAudit(NumberedPacket(packet))
    #expect(audit.lines.count { $0.action == "verdict.file" } == 3)
    #expect(audit.lines.last?.action == "packet.export")
    #expect(audit.lines.map(\.sequence) == Array(1...audit.lines.count))
  }

  @Test func theNameOfTheSourceFileLeavesItsFoldersBehind() throws {
    for file in try PacketAssembly(Invented.threeListings).files {
      #expect(!String(decoding: file.bytes, as: UTF8.self).contains("/srv/somebody"))
    }
  }
}
