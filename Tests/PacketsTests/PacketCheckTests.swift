import Casework
import Foundation
import Hashing
import ListingsTestSupport
import Testing

@testable import Packets

/// Every way of changing a packet after it was made shows.
@Suite struct PacketCheckTests {
  private let scratch = ScratchFolder()
  private let packet: String

  init() throws { packet = try PacketWriter.write(Invented.threeListings, into: scratch.path).path }

  private func read(_ path: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(fileURLWithPath: packet + "/" + path)))
  }

  private func write(_ bytes: [UInt8], _ path: String) throws {
    try Data(bytes).write(to: URL(fileURLWithPath: packet + "/" + path))
  }

  private func replace(_ old: String, _ new: String, in path: String) throws {
    let text = String(decoding: try read(path), as: UTF8.self)
    #expect(text.contains(old))
    try write(Array(text.replacingOccurrences(of: old, with: new).utf8), path)
  }

  private func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: packet + "/" + path) }

  /// What a forger does: new lists over the changed files.
  private func listAgain() throws {
    let payload = try FileManager.default.subpathsOfDirectory(atPath: packet)
      .filter { $0.hasPrefix("data/") && (try? read($0)) != nil }.sorted()
    try write(
      try payload.flatMap { Array("\(SHA256Digest(of: try read($0)).hex)  \($0)\n".utf8) }, "manifest-sha256.txt")
    let size = try payload.reduce(0) { try $0 + read($1).count }
    let info = String(decoding: try read("bag-info.txt"), as: UTF8.self)
      .replacing(/Payload-Oxum: .*/, with: "Payload-Oxum: \(size).\(payload.count)")
    try write(Array(info.utf8), "bag-info.txt")
    let tags = ["bag-info.txt", "bagit.txt", "manifest-sha256.txt"]
    try write(
      try tags.flatMap { Array("\(SHA256Digest(of: try read($0)).hex)  \($0)\n".utf8) }, "tagmanifest-sha256.txt")
  }

  private var found: [PacketCheckProblem] { PacketCheck.check(packet) }

  private func expect(_ place: String, _ what: PacketCheckProblem.What, _ here: SourceLocation = #_sourceLocation) {
    #expect(found.contains(PacketCheckProblem(place, what)), "\(found.map(\.sentence))", sourceLocation: here)
  }

  @Test func anUntouchedPacketHasNoFindings() {
    #expect(found.isEmpty)
    #expect(PacketCheck.check(packet + "/").isEmpty)
  }

  /// A packet written by hand after the specification, with parts that we do not write.
  @Test(.enabled(if: OutsideProgram.shared != nil, "the published sample is absent"))
  func theSampleOfTheSpecificationHasNoFindings() throws {
    let sample = try #require(OutsideProgram.shared) + "/LNS-2026-000007_v1"
    #expect(PacketCheck.check(sample).map(\.sentence) == [])
  }

  @Test func aByteAppendedShows() throws {
    try write(try read("data/listings.csv") + [0x78], "data/listings.csv")
    expect("data/listings.csv", .changed(accordingTo: "manifest-sha256.txt"))
    #expect(found.contains { if case .wrongSize = $0.what { true } else { false } })
  }

  @Test func oneBitOfEvidenceShows() throws {
    let path = "data/evidence/L0001/E0001-record.csv.txt"
    var bytes = try read(path)
    bytes[7] ^= 1
    try write(bytes, path)
    expect(path, .changed(accordingTo: "manifest-sha256.txt"))
    expect(path, .changed(accordingTo: "data/packet.json"))
  }

  @Test func aFileMoreOrLessShows() throws {
    try write([], "data/extra.txt")
    try remove("data/README.txt")
    expect("data/extra.txt", .unlisted)
    expect("data/README.txt", .listedButMissing(in: "manifest-sha256.txt"))
  }

  @Test func aChangedMarkShowsEvenWithoutTheListThatCoversIt() throws {
    try replace("TLP:AMBER", "TLP:CLEAR", in: "bag-info.txt")
    expect("bag-info.txt", .changed(accordingTo: "tagmanifest-sha256.txt"))
    try remove("tagmanifest-sha256.txt")
    expect("tagmanifest-sha256.txt", .missing)
    expect("data/packet.json", .differs("handling.tlp", found: "TLP:AMBER", expected: "TLP:CLEAR"))
  }

  @Test func aFileBesideThePacketsOwnShowsButASignatureMayLieThere() throws {
    try write([], "note.txt")
    try write([], "fetch.txt")
    try write([], "tagmanifest-sha256.txt.sig")
    expect("note.txt", .notAllowedHere)
    expect("fetch.txt", .fetchesFromElsewhere)
    #expect(found.count == 2)
  }

  // MARK: Readings

  /// Under new lists, and with the digest in `packet.json` mended, as a thorough forger does.
  private func forgeReadings(_ old: String, _ new: String) throws {
    let digest = SHA256Digest(of: try read(ReadingsDocument.path)).hex
    try replace(old, new, in: ReadingsDocument.path)
    try replace(digest, SHA256Digest(of: try read(ReadingsDocument.path)).hex, in: "data/packet.json")
    try listAgain()
  }

  @Test func readingsOfAnotherPacketShowUnderNewListsToo() throws {
    try replace("\"risk\": 8", "\"risk\": 9", in: ReadingsDocument.path)
    try listAgain()
    expect(ReadingsDocument.path, .changed(accordingTo: "data/packet.json"))
    try remove(ReadingsDocument.path)
    expect(ReadingsDocument.path, .missing)
  }

  @Test func aRiskThatIsNotTheSumOfItsPointsShows() throws {
    try forgeReadings("\"risk\": 84", "\"risk\": 12")
    #expect(found.map(\.sentence).contains { $0.contains("the risk of L0001") && $0.contains("84, its points") })
  }

  @Test func aHitThatStandsElsewhereShows() throws {
    try forgeReadings("\"text\": \"象牙\"", "\"text\": \"牙象\"")
    #expect(found.contains { if case .hitMisplaced(listing: "L0001", _) = $0.what { true } else { false } })
  }

  @Test func theFilesThatAPacketWasReadWithAreTold() throws {
    let files = try #require(PacketCheck.filesRead(for: packet))
    #expect(files.map(\.name) == ["ivory.csv", "cites.csv", "names.csv", "sources.csv", "taxa.csv"])
    #expect(files[0].digest == SHA256Digest(of: "ivory.csv").hex && files[0].role == "lexicon")
    try remove(ReadingsDocument.path)
    #expect(PacketCheck.filesRead(for: packet) == nil)
  }

  @Test func aByteOrderMarkShows() throws {
    try write([0xef, 0xbb, 0xbf] + (try read("bagit.txt")), "bagit.txt")
    expect("bagit.txt", .wrongDeclaration)
  }

  @Test(arguments: [
    "../../etc/passwd", "/etc/passwd", "data/../bagit.txt", "data//README.txt", "bagit.txt", "data/\u{1B}[2J",
  ])
  func aPathThatLeadsAwayIsNotFollowed(path: String) throws {
    try replace("data/README.txt", path, in: "manifest-sha256.txt")
    expect("manifest-sha256.txt", .unsafePath(path))
    #expect(found.allSatisfy { !$0.sentence.unicodeScalars.contains("\u{1B}") })
  }

  @Test func aMarkTakenOutShowsUnderNewListsToo() throws {
    try replace("Linsang-TLP: TLP:AMBER\n", "", in: "bag-info.txt")
    try listAgain()
    #expect(found == [PacketCheckProblem("bag-info.txt", .fieldMissing("Linsang-TLP"))])
  }

  @Test func aFieldGivenTwiceOrWronglyShows() throws {
    try replace(
      "Linsang-TLP: TLP:AMBER\n", "Linsang-TLP: TLP:PINK\nLinsang-TLP: TLP:PINK\nnonsense\n", in: "bag-info.txt")
    try listAgain()
    expect("bag-info.txt", .fieldTwice("Linsang-TLP"))
    expect("bag-info.txt", .wrongField("Linsang-TLP", found: "TLP:PINK", expected: "one of the five marks of TLP 2.0"))
    #expect(found.contains { $0.what == .unreadableLine(12) })
  }

  @Test(arguments: ["edited", "removed", "cut short", "put in", "spaced", "emptied"])
  func aChangedAuditChainShowsUnderNewListsToo(how: String) throws {
    var lines = String(decoding: try read("data/audit.jsonl"), as: UTF8.self).split(separator: "\n").map(String.init)
    switch how {
    case "edited": lines[4] = lines[4].replacingOccurrences(of: "confirmed", with: "unsure")
    case "removed": lines.remove(at: 4)
    case "cut short": lines.removeLast()
    case "put in": lines.insert(lines[3], at: 3)
    case "spaced": lines[6] = lines[6].replacingOccurrences(of: ",\"actor\"", with: ", \"actor\"")
    default: lines = []
    }
    try write(Array(lines.map { $0 + "\n" }.joined().utf8), "data/audit.jsonl")
    try listAgain()
    #expect(!found.isEmpty)
    #expect(found.allSatisfy { $0.path != "manifest-sha256.txt" })
  }

  @Test func aRewrittenChainShowsAgainstTheHeadsThatWereNotRewritten() throws {
    var rewritten = Invented.threeListings
    rewritten.listings[0].events = []
    let audit = try #require(PacketAssembly(rewritten).files.first { $0.path == "data/audit.jsonl" })
    try write(audit.bytes, "data/audit.jsonl")
    try listAgain()
    #expect(found.contains { if case .wrongField("Linsang-Audit-Head", _, _) = $0.what { true } else { false } })
    #expect(found.contains { if case .differs("audit.head_sha256", _, _) = $0.what { true } else { false } })
    expect("data/packet.json", .differs("audit.entries", found: "9", expected: "6"))
  }

  @Test func evidenceThatIsNotDescribedOrNotThereShowsUnderNewListsToo() throws {
    try remove("data/evidence/L0001/E0001-record.csv.txt")
    try write([1], "data/evidence/L0001/E0009-record.csv.txt")
    try listAgain()
    expect("data/packet.json", .evidenceMissing("E0001"))
    expect("data/evidence/L0001/E0009-record.csv.txt", .unlisted)
  }

  @Test func aDocumentThatIsNoJSONShows() throws {
    try write(Array("{\"schema\": 1.5}".utf8), "data/packet.json")
    try listAgain()
    #expect(found.contains { if case .notJSON = $0.what { true } else { false } })
  }

  @Test func aLinkInThePacketIsReportedAndNotFollowed() throws {
    try remove("data/README.txt")
    try FileManager.default.createSymbolicLink(atPath: packet + "/data/README.txt", withDestinationPath: "/etc/passwd")
    expect("data/README.txt", .notAFile)
    expect("data/README.txt", .listedButMissing(in: "manifest-sha256.txt"))
  }

  @Test func whatIsNoFolderIsAFindingToo() {
    #expect(PacketCheck.check(packet + "/bagit.txt").count == 1)
    #expect(PacketCheck.check(scratch.path + "/gone").count == 1)
    #expect(PacketCheck.check(scratch.path).contains(PacketCheckProblem("bagit.txt", .missing)))
  }

  /// One random byte anywhere, in any file, at any time.
  @Test func anyByteChangedAnywhereShows() throws {
    var numbers = Dice(seed: 3)
    let files = try FileManager.default.subpathsOfDirectory(atPath: packet).filter { (try? read($0)) != nil }.sorted()
    for _ in 0..<150 {
      let path = try #require(files.randomElement(using: &numbers))
      let good = try read(path)
      var bad = good
      bad[Int.random(in: 0..<bad.count, using: &numbers)] ^= UInt8.random(in: 1...255, using: &numbers)
      try write(bad, path)
      #expect(!found.isEmpty, "\(path)")
      #expect(found.allSatisfy { $0.sentence.hasSuffix(".") })
      try write(good, path)
    }
  }
}

/// What the check says of a packet is safe to print, whoever wrote the packet.
@Suite struct PacketCheckSentenceTests {
  private static let hostile = "a\u{1B}[2J\u{202E}b"

  @Test(arguments: [
    PacketCheckProblem.What.differs(hostile, found: hostile, expected: hostile),
    .wrongField(hostile, found: hostile, expected: hostile), .wrongSize(found: "1.1", expected: hostile),
    .missingValue(hostile), .listedTwice(hostile), .unsafePath(hostile), .fieldTwice(hostile),
  ])
  func nothingOfItReachesTheTerminalRaw(what: PacketCheckProblem.What) {
    let sentence = PacketCheckProblem("data/\(Self.hostile)", what).sentence
    #expect(!sentence.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x202E }, "\(sentence)")
  }
}
