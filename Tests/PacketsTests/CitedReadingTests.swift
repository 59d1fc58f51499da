import CodeWords
import Foundation
import Listings
import ListingsTestSupport
import Testing

@testable import Packets
import CaseFiles

/// What a court could ask of a hit is in the packet.
@Suite struct CitedReadingTests {
  private func reading(_ title: String, _ text: String = "", species: [String] = [], day: String? = nil) -> CitedReading
  {
    InventedReadings.reading(title, text, species: species, day: day)
  }

  /// The listing as `readings.json` has it, by Foundation's reader.
  private func written(_ listing: CaseListing) throws -> [String: Any] {
    var packet = Invented.packet([listing])
    packet = InventedReadings.read(packet)
    let json = Invented.text(of: ReadingsDocument.path, in: try PacketAssembly(packet))
    let document = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    return try #require((document["listings"] as? [[String: Any]])?.first)
  }

  @Test func aHitSaysWhereItStandsWhatItMatchedAndWhoSaysSo() throws {
    let hit = try #require(reading("Old stock: wh1te g0ld, a ring").hits.first { $0.term.row.name == "white gold" })
    #expect(hit.span.text == "wh1te g0ld")
    #expect(hit.span.field == .title && hit.span.bytes == 11..<21)
    #expect(hit.surfaceForm == "white gold" && hit.folded == "white gold")
    #expect(hit.seenThrough == ["leet"])
    #expect(hit.status == .counted)
    #expect(hit.because?.kind == .needMet && hit.because?.condition == "@jewellery" && hit.because?.span.text == "ring")
    #expect(hit.term.file == "ivory.csv" && hit.term.row.location.line == 4 && hit.term.digest?.count == 64)
  }

  @Test func theFoldedFormIsOfTheWritingThatWasRecognised() throws {
    let hit = try #require(reading("ІVORIES ＩＶＯＲＹ").hits.first)
    #expect(hit.term.row.name == "ivory" && hit.surfaceForm == "ivories" && hit.folded == "ivories")
    #expect(hit.seenThrough == ["case", "lookalikes"])
  }

  @Test func whyAHitIsWeakOrVoidIsSaidWithTheWords() throws {
    let weak = try #require(reading("white gold").hits.first)
    #expect(weak.status == .weak && weak.statusInWords == "weak, since nothing near is one of: @jewellery")
    let near = try #require(reading("ivory colour").hits.first)
    #expect(near.status == .suppressed && near.statusInWords == "void, since near it stands “colour” (@colour)")
    let guarded = try #require(reading("ivory tower").hits.first)
    #expect(guarded.statusInWords == "void, since it is part of “ivory tower”")
    let part = try #require(reading("ivory ring").hits.last)
    #expect(part.status == .suppressed && part.statusInWords == "counted with the longer term “ivory ring”")
  }

  @Test func thePointsAddUpToTheRisk() {
    for text in ["ivory ring, old stock", "ivory ring of resin", "white gold", "象牙 ring of resin, old stock", "chair"] {
      let reading = reading(text, species: ["Elephas maximus"])
      #expect(reading.points.reduce(0) { $0 + $1.points } == reading.risk)
    }
  }

  @Test func whatCouldNotBeReadHasNoRiskAndSaysWhy() throws {
    #expect(reading("").readability == .unreadable("not readable by text: there is none"))
    let thai = reading("ของเก่าหายากมากสวยงาม")
    #expect(thai.risk == nil && thai.whyUnread.contains("Thai"))
    let none = InventedReadings.reading(
      "ivory ring", species: ["Elephas maximus"],
      by: ListingCitation(.empty, of: .empty, taxa: InventedReadings.taxa, files: []), .empty)
    #expect(none.risk == nil && none.hits.isEmpty && none.whyUnread.contains("no lexicon was on"))
    #expect(none.taxa.map(\.name) == ["Elephas maximus"], "the taxa do not depend on lexicons")
  }

  @Test func aPacketWithoutLexiconsSaysSoWhereverItIsOpened() throws {
    let assembly = try PacketAssembly(Invented.packet([Invented.bareListing()]))
    for path in ["data/README.txt", "data/report.html"] {
      #expect(Invented.text(of: path, in: assembly).contains("No lexicon was on"))
      #expect(Invented.text(of: path, in: assembly).contains("There was no taxon table"))
    }
    let document = Invented.text(of: "data/packet.json", in: assembly)
    #expect(document.contains("\"cites_as_of\": \"1975-07-01\"") && document.contains("claims nothing"))
  }

  // MARK: Places

  /// Hits stand in the packet's own texts at the bytes they name, also where the row's bytes were no UTF-8.
  @Test(arguments: 0..<60 as Range<UInt64>)
  func everyHitStandsWhereItSays(seed: UInt64) throws {
    var numbers = Dice(seed: seed)
    let pieces: [[UInt8]] =
      (HostileTextTests.pieces + ["ivory", " ring ", "i.v.o.r.y", "象牙", "white gold ", "resin", "ıvory", " "]).map {
        Array($0.utf8)
      } + [[0xFF], [0xE8, 0xB1], [0xC3], [0xF0, 0x9F, 0x98]]
    let bytes = (0..<2).map { _ in
      (0..<Int.random(in: 0...14, using: &numbers)).flatMap { _ in pieces.randomElement(using: &numbers)! }
    }
    let cited = bytes[0].withUnsafeBytes { title in
      bytes[1].withUnsafeBytes { description in
        let text = ListingText(title: title, description: description)
        return InventedReadings.citation.reading(InventedReadings.compiled.reading(of: text), of: text)
      }
    }
    var listing = Invented.bareListing()
    listing.title = String(decoding: bytes[0], as: UTF8.self)
    listing.text = String(decoding: bytes[1], as: UTF8.self)
    listing.reading = cited
    listing.evidence[0].bytes = [0x22] + bytes[0].flatMap { $0 == 0x22 ? [0x22, 0x22] : [$0] } + [0x22]
    var packet = Invented.packet([listing])
    packet.file.reading = InventedReadings.citation.basis(of: [cited])
    let scratch = ScratchFolder()
    #expect(PacketCheck.check(try PacketWriter.write(packet, into: scratch.path).path).map(\.sentence) == [])
    // Foundation's reader and its own slicing are the oracle.
    let json = Invented.text(of: ReadingsDocument.path, in: try PacketAssembly(packet))
    let document = try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let written = try #require((document["listings"] as? [[String: Any]])?.first)
    let texts = try #require(written["texts"] as? [String: String])
    for hit in try #require(written["hits"] as? [[String: Any]]) {
      let field = try #require(texts[hit["field"] as? String ?? ""])
      let range = try #require(hit["start"] as? Int)..<(try #require(hit["end"] as? Int))
      #expect(Data(field.utf8).subdata(in: range) == Data((hit["text"] as? String ?? "?").utf8))
    }
  }

  @Test func textsThatWereConvertedSaySoBesideTheirPlaces() throws {
    var listing = Invented.bareListing()
    listing.title = "ivory"
    listing.evidence[0].conversions = [Conversion(.decoded, "decoded from GB18030 (sure)")]
    var packet = InventedReadings.read(Invented.packet([listing]))
    packet.listings[0].reading?.decodedMarkup = ["title"]
    let numbered = NumberedPacket(packet)
    #expect(
      ReadingsDocument.textNotes(of: numbered.listings[0]) == [
        "read after: decoded from GB18030 (sure)", "HTML was decoded in title; the evidence has the original",
      ])
  }

  @Test func aHundredThousandHitsDoNotMakeAPacketOfThem() throws {
    var listing = Invented.bareListing()
    listing.text = String(repeating: "ivory. ", count: 100_000)
    let written = try written(listing)
    #expect((written["hits"] as? [Any])?.count == CitedReading.maximumHits)
    #expect(written["hits_left_out"] as? Int == 100_000 - CitedReading.maximumHits)
    let points = try #require(written["points"] as? [[String: Any]])
    for numbers in points.compactMap({ $0["hits"] as? [Int] }) {
      #expect(numbers.allSatisfy { (1...CitedReading.maximumHits).contains($0) })
    }
  }

  // MARK: What it rests on

  @Test func theBasisNamesTheFilesAndOnlyTheSourcesAndGroupsThatAreCited() {
    let basis = InventedReadings.citation.basis(of: [reading("white gold ring")])
    #expect(basis.lexicons.map(\.name) == ["ivory.csv"] && basis.lexicons.first?.rows == 9)
    #expect(basis.tables.map(\.name) == ["cites.csv", "names.csv", "sources.csv", "taxa.csv"])
    #expect(basis.termSources.map(\.id) == ["handbook"])
    #expect(basis.taxonSources.map(\.id) == ["old"])
    #expect(basis.groups == ["jewellery": ["ring", "rings"]])
    #expect(basis.appendicesKnownUpTo == "2017-04-21")
    #expect(basis.appendicesWarning?.hasPrefix("The CITES table ends on 2017-04-21") == true)
    #expect(InventedReadings.citation.basis(of: []).termSources.isEmpty)
  }

  @Test func whereTheAnalystKeepsLexiconsIsNobodysBusiness() throws {
    for file in try PacketAssembly(InventedReadings.read(Invented.threeListings)).files {
      #expect(!String(decoding: file.bytes, as: UTF8.self).contains("/data/somebody"))
    }
  }
}
