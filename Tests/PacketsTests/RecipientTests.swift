import CaseFiles
import Casework
import Foundation
import Hashing
import Listings
import SmallFormats
import Testing

@testable import Packets

/// The profiles that ship with the program.
enum ShippedRecipients {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("Lexicons/recipients").path

  static var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).filter { $0.hasSuffix(".toml") }
      .map { String($0.dropLast(5)) }.sorted()
  }

  static func profile(_ name: String) throws -> RecipientProfile {
    let path = "\(folder)/\(name).toml"
    return try RecipientProfile(String(contentsOfFile: path, encoding: .utf8), name: name, file: path)
  }
}

/// What a profile may say, and what makes it unusable.
@Suite struct RecipientProfileTests {
  @Test func theShippedProfilesAreUsable() throws {
    #expect(ShippedRecipients.names == ["authority", "platform", "police", "sharing"])
    #expect(try !ShippedRecipients.profile("police").isRedacted)
    #expect(try !ShippedRecipients.profile("authority").isRedacted)
    let platform = try ShippedRecipients.profile("platform")
    #expect(platform.isRedacted && platform.cut == .byPlatform && platform.requiresAddress)
    #expect(platform.category == "unlawful sale of animals")
    #expect(try ShippedRecipients.profile("sharing").keeps == [.platform, .description, .grading])
  }

  private static let sound = """
    title = "Somebody"
    about = "What somebody gets."
    purpose = "intelligence"
    keep = ["title"]

    """

  @Test(arguments: [
    ("kept = [\"text\"]\n", "kept: there is no such key"), ("pseudonyms = [\"text\"]\n", "can be given another name"),
    ("packets = \"each\"\n", "no such word is known here"),
    ("report = [\"summary\", \"summary\"]\n", "stands there twice"),
    ("requires = [\"blood\"]\n", "\"blood\" is not known here"), ("title = \"Twice\"\n", "is set twice"),
    ("requires = [\"address\"]\n", "requires the address and does not keep it"),
  ])
  func aMistakeMakesAProfileUnusable(_ line: String, _ why: String) {
    let problem = #expect(throws: RecipientProblem.self) {
      try RecipientProfile(Self.sound + line, name: "x", file: "x.toml")
    }
    #expect(problem?.sentence.contains(why) == true, "\(problem?.sentence ?? "")")
    #expect(problem?.sentence.hasPrefix("x.toml") == true)
  }

  @Test(arguments: [
    ("\"title\", \"row\"", "row can be kept only where everything is"),
    ("\"title\", \"history\"", "history can be kept only with address, number, note, analyst, description and grading"),
    ("\"titel\"", "\"titel\" is not known here"), ("\"title\", \"seller\"", "both kept and given another name"),
  ])
  func whatContradictsItselfIsRefused(_ parts: String, _ why: String) {
    let text = Self.sound.replacing("\"title\"]", with: parts + "]") + "pseudonyms = [\"seller\"]\n"
    let problem = #expect(throws: RecipientProblem.self) { try RecipientProfile(text, name: "x", file: "x.toml") }
    #expect(problem?.why.contains(why) == true, "\(problem?.why ?? "")")
  }

  @Test func whatIsMissingIsNamed() {
    for key in ["title", "about", "purpose", "keep"] {
      let text = Self.sound.split(separator: "\n").filter { !$0.hasPrefix(key) }.joined(separator: "\n")
      let problem = #expect(throws: RecipientProblem.self) { try RecipientProfile(text, name: "x", file: "x.toml") }
      #expect(problem?.why == "\(key) is missing")
    }
  }
}

/// What leaves for whom.
@Suite struct RedactionTests {
  /// A packet whose every cell holds the seller's alias, as it is, inside words, in addresses, and in look-alike letters.
  private static func seeded(_ alias: String = "Zimorodok_77", number: Int = 1) -> Packet {
    var packet = Invented.threeListings
    packet.stamp.id = PacketID("LNS-2026-00000\(number)")!
    var listing = packet.listings[0]
    let looksLike = alias.replacing("o", with: "\u{43E}")
    listing.key = ListingKey("site:bazaar.example/\(alias)")
    listing.seller = SellerFacts(
      alias: alias, userID: "acct-900813377", profileAddress: "https://bazaar.example/u/\(alias)", statedCountry: "XX")
    listing.reference = "9008133771"
    listing.address = "https://bazaar.example/u/%5A\(alias.dropFirst())/9008133771"
    listing.title = "ring by \(alias) call +62 812 3456 7890"
    listing.text = "x\(looksLike)x write to \(alias.lowercased())@mail.example or t.me/\(alias)"
    listing.taxa = ["Loxodonta africana (\(alias))"]
    listing.quantityText = "2 from \(alias)"
    listing.price?.asAdvertised = "120 USD, \(alias)"
    listing.location = LocationFacts(country: "Land of \(alias)", text: "\(alias) street")
    listing.language = alias
    listing.postedText = "today \(alias)"
    listing.postedAt = nil
    listing.decision.status.note = "the same as \(alias)"
    listing.otherFields = [NamedField(name: alias, text: "contact \(alias)")]
    listing.evidence[0].sourceFile = "/data/\(alias).csv"
    listing.evidence[0].capturedBy = "by \(alias)"
    listing.evidence[0].bytes = Array("\(alias),ring".utf8)
    listing.events = [Invented.filed("confirmed", listing.key.text, event: 41, after: AuditLine.noPrevious)]
    packet.file.copies?.groups[0].slots[0].values[0] = alias
    packet.listings = [
      InventedReadings.read(Packet(stamp: packet.stamp, form: packet.form, file: CaseFile([listing]))).listings[0]
    ]
    packet.file.copies = CaseCopies([
      CaseCopies.Group(
        name: alias, listings: [0], listingsInFiles: 2, text: "ring by \(alias)",
        slots: [CaseCopies.Slot(name: "words", values: [alias])])
    ])
    return packet
  }

  private static let needles = [
    "zimorodok", "zim\u{43E}r\u{43E}d\u{43E}k", "9008133", "812 3456", "81234567890", "bazaar.example", "mail.example",
    "t.me", "week47",
  ]

  private func words(_ assembly: PacketAssembly) -> [(path: String, text: String)] {
    assembly.files.map { ($0.path, String(decoding: $0.bytes, as: UTF8.self).lowercased()) }
  }

  @Test func nothingOfASellerIsInAnyFileForSharing() throws {
    var packet = Self.seeded()
    packet.listings[0].platform.domain = nil
    packet.recipient = try ShippedRecipients.profile("sharing")
    let assembly = try PacketAssembly(packet)
    for (path, text) in words(assembly) {
      for needle in Self.needles { #expect(!text.contains(needle), "\(needle) in \(path)") }
    }
    let document = try JSONReading.value(of: Array(Invented.text(of: "data/packet.json", in: assembly).utf8))
    #expect(document.word("profile") == "redacted")
    #expect(document.each("redactions").count > 10)
    #expect(document.each("sellers")[0].word("alias").hasPrefix("seller "))
    #expect(document.each("listings")[0].at("price")?.word("amount") == "120.00")
    #expect(document.each("listings")[0].at("taxon")?.word("scientific_name") == "Loxodonta africana")
  }

  @Test func theSameSellerHasOneNameInAPacketAndAnotherInTheNext() throws {
    var names: [[String]] = []
    for number in 1...2 {
      var packet = Self.seeded(number: number)
      packet.listings[0].platform = PlatformFacts(name: "Example Bazaar (invented)")
      var other = packet.listings[0]
      other.key = ListingKey("site:other")
      other.seller.alias = "ZIMORODOK_77"
      var third = other
      third.key = ListingKey("site:third")
      third.seller.alias = "somebody else"
      packet.listings += [other, third]
      packet.file.copies = nil
      packet.recipient = try ShippedRecipients.profile("sharing")
      let shown = Redactor.redacted(packet).packet
      names.append(shown.listings.compactMap(\.seller.alias))
    }
    for own in names { #expect(own[0] == own[1] && own[0] != own[2]) }
    #expect(Set(names[0]).isDisjoint(with: names[1]))
  }

  @Test(arguments: [
    "Zimorodok_77", "zimorodok_77", "xZimorodok_77x", "Zim\u{43E}r\u{43E}d\u{43E}k_77", "%5Aimorodok_77",
  ])
  func whatAPersonTypedIntoTheFormIsHeldAgainstTheAliases(_ written: String) throws {
    var packet = Self.seeded()
    packet.listings[0].platform.domain = nil
    packet.recipient = try ShippedRecipients.profile("sharing")
    packet.form.summary = "Offers of \(written), for training."
    let error = #expect(throws: PacketError.self) { try PacketAssembly(packet) }
    guard case .wouldLeak(let leaks)? = error else {
      Issue.record("\(written) left the house")
      return
    }
    #expect(leaks.contains { $0.contains("a seller's alias, Zimorodok_77") })
    #expect(error?.sentence.contains("No packet was written") == true)
  }

  @Test func anAliasThatIsAnOrdinaryWordStopsNoPacket() throws {
    for alias in ["evidence", "ivory", "risk", "ab", "77"] {
      var packet = Self.seeded(alias)
      packet.listings[0].platform.domain = nil
      packet.listings[0].otherFields = []
      packet.recipient = try ShippedRecipients.profile("sharing")
      #expect(throws: Never.self) { try PacketAssembly(packet) }
    }
  }

  @Test func aNoticeToAPlatformHasWhatTheLawAsksForAndNoMore() throws {
    var packet = Self.seeded()
    packet.listings[0].title = "carved ring"
    packet.listings[0].taxa = ["Loxodonta africana"]
    packet.listings[0].quantityText = "2"
    packet.listings[0].price?.asAdvertised = "120 USD"
    packet.listings[0].address = "https://bazaar.example/item/9008133771"
    packet.recipient = try ShippedRecipients.profile("platform")
    packet.form.purpose = .platformNotice
    // What was read of the species cell holds the alias still.
    #expect(throws: PacketError.self) { try PacketAssembly(packet) }
    packet.listings = InventedReadings.read(packet).listings
    let assembly = try PacketAssembly(packet)
    let document = try JSONReading.value(of: Array(Invented.text(of: "data/packet.json", in: assembly).utf8))
    #expect(document.word("purpose") == "platform-notice")
    #expect(document.each("listings")[0].word("url") == "https://bazaar.example/item/9008133771")
    #expect(document.at("legal")?.word("good_faith").isEmpty == false)
    #expect(document.at("tool", "recipient")?.word("category") == "unlawful sale of animals")
    for (path, text) in words(assembly) { #expect(!text.contains("zimorodok"), "\(path)") }
    packet.form.legal.goodFaith = " "
    packet.listings[0].address = "ask me"
    #expect(packet.problems.map(\.what) == [.required(by: "Notice to a platform"), .withoutAddress(1)])
  }

  @Test func aRedactedPacketVerifiesAndSaysWhatCannotBeCompared() throws {
    let scratch = ScratchFolder()
    for name in ["sharing", "platform"] {
      var packet = Self.seeded()
      packet.listings[0].platform.domain = nil
      if name == "platform" {
        packet.listings[0].title = "ring"
        packet.listings[0].taxa = []
        packet.listings[0].quantityText = nil
        packet.listings[0].price?.asAdvertised = "120 USD"
        packet.listings[0].address = "https://bazaar.example/item/9008133771"
        packet.listings = InventedReadings.read(packet).listings
      }
      packet.stamp.id = PacketID(name == "sharing" ? "LNS-2026-000001" : "LNS-2026-000002")!
      packet.recipient = try ShippedRecipients.profile(name)
      packet.form.purpose = packet.recipient.purpose
      // The words that are found stand in what is withheld.
      packet.listings[0].text = "an ivory ring, \u{8C61}\u{7259}"
      packet.listings = InventedReadings.read(packet).listings
      #expect(packet.listings[0].reading?.hits.isEmpty == false)
      let written = try PacketWriter.write(packet, into: scratch.path)
      #expect(PacketCheck.check(written.path).isEmpty)
    }
  }

  @Test func everythingThatAProfileDoesNotNameIsWithheld() throws {
    var packet = Self.seeded()
    packet.listings[0].platform.name = "Zimorodok_77 market"
    packet.recipient = RecipientProfile(name: "nothing")
    let assembly = try PacketAssembly(packet)
    for (path, text) in words(assembly) {
      for needle in Self.needles + ["market"] { #expect(!text.contains(needle), "\(needle) in \(path)") }
    }
  }
}

/// What is said before a packet leaves.
@Suite struct PacketRemarkTests {
  private func kinds(
    _ packet: Packet, _ profile: RecipientProfile, _ around: PacketSurroundings = PacketSurroundings()
  ) -> [PacketRemark.Kind] {
    profile.remarks(on: packet.form, packet.listings, around).map(\.kind)
  }

  @Test func aPacketThatSaysWhatIsNeededIsLeftInPeace() throws {
    var packet = Invented.threeListings
    packet.listings = [packet.listings[0]]
    packet.listings[0].decision.status.description[.grading] = Described("B2", by: "rk")
    #expect(kinds(packet, .everything) == [])
    packet.form.tlp = .clear
    packet.form.retainUntil = ""
    packet.form.legal.processingBasis = " "
    #expect(kinds(packet, .everything) == [.personalDataInTheOpen, .noRetention, .noBasis])
    // Nobody can be found in what partners get.
    #expect(try kinds(packet, ShippedRecipients.profile("sharing")) == [])
  }

  @Test func openQuestionsAboutListingsAreCounted() {
    let packet = Invented.threeListings
    let keys = packet.listings.map(\.key)
    let remarks = RecipientProfile.everything.remarks(
      on: packet.form, packet.listings, PacketSurroundings(disputed: Set(keys.prefix(2)), openNotes: [keys[0]]))
    #expect(remarks.prefix(4).map(\.kind) == [.disputed, .openNotes, .unsure, .undated])
    #expect(remarks.first?.sentence == "analysts disagree on 2 listings, and the disagreement is not settled")
    #expect(remarks.contains { $0.sentence == "1 listing in it is unsure, not confirmed" })
    #expect(remarks.contains { $0.sentence.hasPrefix("when 1 listing was seen") })
  }

  @Test func whatWasHandedOverBeforeIsNamedWithItsPacket() {
    let packet = Invented.threeListings
    let around = PacketSurroundings(earlier: [packet.listings[1].key: "LNS-2026-7K3Q-000001_v1"])
    let remark = RecipientProfile.everything.remarks(on: packet.form, packet.listings, around)
      .first { $0.kind == .handedOver }
    #expect(remark?.sentence.hasPrefix("1 listing is in LNS-2026-7K3Q-000001_v1 already") == true)
  }

  @Test func contactsInWhatIsPassedOnAreNamed() throws {
    var packet = Invented.threeListings
    packet.listings = [packet.listings[0]]
    let profile = try ShippedRecipients.profile("platform")
    #expect(!kinds(packet, profile).contains(.contacts))
    packet.listings[0].title = "ring, whatsapp +62 812-3456-7890"
    #expect(kinds(packet, profile).contains(.contacts))
  }
}
