import CaseFiles
import Captures
import CapturesTestSupport
import Casework
import Foundation
import Hashing
import Listings
import SmallFormats
import Testing

@testable import Packets

/// Files beside the rows of an invented packet: a screenshot and a web archive that were attached, a page that a row names, and
/// one that is missing.
enum InventedFiles {
  static let listing = "id:bazaar/771001"

  /// Writes a file into a folder, and returns what a casebook would say of it.
  static func attachment(
    _ name: String, _ bytes: [UInt8], _ type: String, _ method: CaptureMethod, in folder: String
  ) throws -> Casework.Attachment {
    try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
    var attachment = Casework.Attachment(digest: SHA256Digest(of: bytes).hex, bytes: bytes.count, mediaType: type)
    (attachment.originalName, attachment.method) = (name, method)
    return attachment
  }

  /// The packet of three listings, with files.
  static func packet(in folder: String, isFaulty: Bool = false) throws -> Packet {
    var packet = Invented.threeListings
    var shot = try attachment("=shot\u{202E}gnp.png", InventedCapture.picture, "image/png", .screenshot, in: folder)
    (shot.capturedAt, shot.note) = (UTCTime("2026-11-22T10:00:00Z"), "<b>as seen</b> =1")
    var capture = try attachment(
      "capture.wacz", InventedCapture.wacz(wrongBlockDigest: isFaulty), "application/wacz", .warc, in: folder)
    capture.looked =
      isFaulty
      ? "4 files, 2 WARC records, 5 digests computed again: archive/data.warc.gz, record 2: its WARC-Block-Digest is not that "
        + "of the block" : "4 files, 2 WARC records, 6 digests computed again: whole"
    capture.isFaulty = isFaulty
    var previous = packet.listings[0].events.last?.hash ?? AuditLine.noPrevious
    var attachments = Attachments()
    for (number, attachment) in [(45, shot), (46, capture)] {
      let line = AuditLine(
        action: Action.attachEvidence.rawValue, actor: "rk",
        data: attachment.data.merging(["act": .number(number)]) { $1 }, object: listing, previous: previous,
        sequence: number, time: "2026-11-23T08:0\(number - 40):00Z")
      previous = line.hash
      packet.listings[0].events.append(line)
      if let event = Event(line) { attachments.apply(event, hash: line.hash) }
    }
    let files = ListingFiles(of: attachments.inForce) { digest in
      let name = digest == shot.digest ? shot.originalName : capture.originalName
      return (folder + "/" + name, nil)
    }
    packet.listings[0].files = files.files
    let page = Array(InventedCapture.page.utf8)
    try Data(page).write(to: URL(fileURLWithPath: folder + "/page.html"))
    packet.listings[1].files = [
      FileEvidence(
        origin: .named(column: "html_file", text: "page.html"), place: .below(folder: folder, path: "page.html"),
        bytes: page.count, digest: SHA256Digest(of: page).hex, mediaType: .html, method: .browserSave,
        moment: UTCTime("2026-11-21T09:00:00Z")!)
    ]
    packet.listings[1].missingFiles = [
      MissingEvidence(
        origin: .named(column: "screenshot"), text: "../=secret\u{1B}.png", why: "leads out of the folder")
    ]
    packet.file.casebook = CasebookReference(headHash: previous, entries: 46)
    return packet
  }
}

/// Files beside the rows, in every part of a packet, and in its check.
@Suite struct AttachedEvidenceTests {
  private let files = ScratchFolder()
  private let scratch = ScratchFolder()

  private func written(isFaulty: Bool = false) throws -> (path: String, assembly: PacketAssembly) {
    let assembly = try PacketAssembly(InventedFiles.packet(in: files.path, isFaulty: isFaulty))
    return (try PacketWriter.write(assembly, into: scratch.path).path, assembly)
  }

  private func document(_ assembly: PacketAssembly) throws -> JSONValue {
    try JSONReading.value(of: Array(Invented.text(of: "data/packet.json", in: assembly).utf8))
  }

  @Test func theyAreCopiedUnderNamesOfOursAndTheCheckIsContent() throws {
    let (path, assembly) = try written()
    #expect(
      assembly.files.filter(\.isCopy).map(\.path) == [
        "data/evidence/L0001/E0002-screenshot.png", "data/evidence/L0001/E0003-capture.wacz",
        "data/evidence/L0002/E0005-page.html.txt",
      ])
    let outcome = PacketCheck.outcome(of: path)
    #expect(outcome.problems.map(\.sentence) == [])
    #expect(outcome.checked.contains { $0.hasPrefix("3 files beside the rows") })
    #expect(outcome.checked.contains { $0.hasPrefix("E0003, a web archive: 4 files") })
    #expect(
      outcome.unchecked.contains { $0.contains("L0002: the file ../=secret[U+001B].png (column screenshot) leads out") }
    )
    let bytes = try Data(contentsOf: URL(fileURLWithPath: path + "/data/evidence/L0001/E0002-screenshot.png"))
    #expect(Array(bytes) == InventedCapture.picture)
  }

  @Test func whatIsSaidOfThemIsInEveryPart() throws {
    let (_, assembly) = try written()
    let document = try document(assembly)
    let shot = PacketRecords.numbered(document.each("evidence"))["E0002"] ?? .null
    #expect(shot.word("captured_at") == "2026-11-22T10:00:00Z" && shot.word("captured_by") == "rk")
    #expect(shot.word("clock", "source") == "manual" && shot.word("method") == "screenshot")
    #expect(shot.at("original") == .truth(true) && shot.at("derived_from") == .null)
    let page = PacketRecords.numbered(document.each("evidence"))["E0005"] ?? .null
    #expect(page.word("captured_at") == "2026-11-21T09:00:00Z" && page.word("media_type") == "text/html")
    #expect(document.each("listings")[0].each("evidence").compactMap(\.asText) == ["E0001", "E0002", "E0003"])
    #expect(document.at("tool", "evidence_missing")?.asList?.count == 1)
    let chain = Invented.text(of: "data/audit.jsonl", in: assembly)
    #expect(chain.contains("\"action\":\"evidence.copy\"") && chain.contains("\"action\":\"evidence.attach\""))
    for path in [StixBundle.path, CaseGraph.path] {
      #expect(Invented.text(of: path, in: assembly).contains("E0002-screenshot.png"))
      #expect(Invented.text(of: path, in: assembly).contains(SHA256Digest(of: InventedCapture.picture).hex))
    }
    #expect(Invented.text(of: CaseGraph.path, in: assembly).contains("\"uco-core:name\": \"capture\""))
    let report = Invented.text(of: Report.path, in: assembly)
    #expect(report.contains("Files beside the rows") && report.contains("Files that could not be had"))
    #expect(report.contains("&lt;b&gt;as seen&lt;/b&gt; &#61;1") && report.contains("shot[U+202E]gnp.png"))
    #expect(!report.contains("<img") && !report.contains("\u{202E}"))
    #expect(Invented.text(of: ListingsSheet.path, in: assembly).contains("\"E0001 E0002 E0003\""))
    let readMe = Invented.text(of: "data/README.txt", in: assembly)
    #expect(readMe.contains("Beside them 3 files that analysts attached") && readMe.contains("1 file could not be had"))
    #expect(assembly.counts.evidence == 6)
  }

  @Test func aFaultyWebArchiveGoesAlongAndIsCalledSo() throws {
    let (path, assembly) = try written(isFaulty: true)
    let outcome = PacketCheck.outcome(of: path)
    #expect(outcome.problems.map(\.sentence) == [])
    #expect(outcome.unchecked.contains { $0.hasPrefix("E0003, a web archive that does not agree") })
    #expect(Invented.text(of: Report.path, in: assembly).contains("record 2&#58; its WARC-Block-Digest"))
  }

  @Test func withoutFilesNothingIsSaidOfThem() throws {
    let assembly = try PacketAssembly(Invented.threeListings)
    for word in ["evidence.copy", "evidence_missing", "attached-files", "Files beside"] {
      #expect(assembly.files.allSatisfy { !String(decoding: $0.bytes, as: UTF8.self).contains(word) }, "\(word)")
    }
  }

  @Test func aFileThatChangedSinceItWasHashedStopsThePacketAndLeavesNothing() throws {
    let assembly = try PacketAssembly(InventedFiles.packet(in: files.path))
    try Data("<html>other".utf8).write(to: URL(fileURLWithPath: files.path + "/page.html"))
    let error = #expect(throws: PacketError.self) { try PacketWriter.write(assembly, into: scratch.path) }
    #expect(error?.sentence.contains("page.html, which is evidence, was changed") == true)
    #expect(scratch.names == [])
    unlink(files.path + "/page.html")
    #expect(throws: PacketError.self) {
      try PacketWriter.writeZip(of: assembly, at: Invented.created, into: scratch.path)
    }
    #expect(scratch.names == [])
  }

  @Test func theZipHasTheFiles() throws {
    let (path, assembly) = try written()
    let zip = try PacketWriter.writeZip(of: assembly, at: Invented.created, into: scratch.path)
    let bytes = try Array(Data(contentsOf: URL(fileURLWithPath: zip)))
    #expect(try PacketZip.bytes(of: assembly.folderName, assembly.files, at: Invented.created) == bytes)
    #expect(bytes.firstRange(of: InventedCapture.picture) != nil)
    guard OutsideProgram.unzip.path != nil else { return }
    let other = ScratchFolder()
    #expect(try OutsideProgram.unzip.run(["-q", zip], in: other.path).code == 0)
    #expect(PacketCheck.check(other.path + "/" + (path.split(separator: "/").last ?? "")) == [])
  }

  // MARK: Forgeries

  @Test(arguments: [
    ("\"media_type\": \"image/png\"", "\"media_type\": \"image/jpeg\""),
    ("\"captured_at\": \"2026-11-22T10:00:00Z\"", "\"captured_at\": \"2026-11-21T10:00:00Z\""),
    ("\"method\": \"screenshot\"", "\"method\": \"api\""),
    ("6 digests computed again: whole", "9 digests computed again: whole"),
    ("\"name\": \"capture.wacz\"", "\"name\": \"official.wacz\""),
  ]) func aClaimThatTheChainDoesNotMakeIsFound(old: String, new: String) throws {
    let forged = try ForgedPacket(InventedFiles.packet(in: files.path))
    try forged.replace(old, new, in: "data/packet.json")
    try forged.deriveAgain()
    #expect(!forged.found.isEmpty, "\(old)")
  }

  @Test func aSwappedFileIsFoundThoughEveryListIsMade() throws {
    let forged = try ForgedPacket(InventedFiles.packet(in: files.path))
    let path = "data/evidence/L0001/E0002-screenshot.png"
    let page = Array("<html><script>alert(1)</script>".utf8)
    let before = SHA256Digest(of: try forged.read(path)).hex
    try forged.write(page, path)
    let size = InventedCapture.picture.count
    try forged.replace(before, SHA256Digest(of: page).hex, in: "data/packet.json")
    try forged.replace("\"bytes\": \(size)", "\"bytes\": \(page.count)", in: "data/packet.json")
    try forged.deriveAgain()
    let sentences = forged.found.map(\.sentence)
    #expect(sentences.contains { $0.contains("media_type of E0002") }, "\(sentences)")
    #expect(sentences.contains { $0.contains("sha256 of E0002") })
  }

  @Test func aPacketMadeTwiceIsTheSameBytes() throws {
    let one = try PacketAssembly(InventedFiles.packet(in: files.path))
    #expect(try PacketAssembly(InventedFiles.packet(in: files.path)).files == one.files)
  }

  // MARK: Recipients

  @Test(arguments: ["platform", "sharing"]) func recipientsWhoGetExtractsGetNoFileAndNoTraceOfOne(profile: String)
    throws
  {
    var packet = try InventedFiles.packet(in: files.path)
    packet.listings.removeLast()
    packet.file.copies = nil
    packet.recipient = try ShippedRecipients.profile(profile)
    (packet.form.purpose, packet.form.request) = (packet.recipient.purpose, "Please look.")
    let assembly = try PacketAssembly(packet)
    #expect(assembly.files.filter(\.isCopy).isEmpty)
    let secrets = [
      "shot", "capture.wacz", SHA256Digest(of: InventedCapture.picture).hex, "secret", "html_file", "evidence.attach",
    ]
    for file in assembly.files {
      let text = String(decoding: file.bytes, as: UTF8.self)
      for secret in secrets { #expect(!text.contains(secret), "\(secret) in \(file.path)") }
    }
    let redactions = try document(assembly).each("redactions")
    let files = redactions.first { $0.word("path").contains("files that were attached") }
    #expect(files?.at("count")?.asNumber == 2 && files?.word("rule") == "withheld")
    let path = try PacketWriter.write(assembly, into: scratch.path).path
    #expect(PacketCheck.check(path).map(\.sentence) == [])
  }

  @Test func whatThePersonShouldKnowIsRemarked() throws {
    let packet = try InventedFiles.packet(in: files.path, isFaulty: true)
    func kinds(_ profile: String) throws -> [PacketRemark.Kind] {
      try ShippedRecipients.profile(profile).remarks(on: packet.form, packet.listings, PacketSurroundings()).map(\.kind)
    }
    #expect(try kinds("police").contains(.missingFiles) && kinds("police").contains(.faultyCaptures))
    #expect(try kinds("sharing").contains(.withheldFiles) && !kinds("sharing").contains(.faultyCaptures))
    let sentence = try ShippedRecipients.profile("police")
      .remarks(on: packet.form, packet.listings, PacketSurroundings()).first { $0.kind == .missingFiles }?.sentence
    #expect(sentence?.contains("../=secret[U+001B].png (column screenshot) leads out of the folder") == true)
  }

  @Test func aProfileMayKeepAllButTheFiles() throws {
    let parts = RecipientProfile.Part.allCases.filter { $0 != .files }.map { "\"\($0.rawValue)\"" }.joined(
      separator: ", ")
    let text = "title = \"A\"\nabout = \"B\"\npurpose = \"intelligence\"\nkeep = [\(parts)]\n"
    var packet = try InventedFiles.packet(in: files.path)
    packet.recipient = try RecipientProfile(text, name: "no-files", file: "x.toml")
    let assembly = try PacketAssembly(packet)
    #expect(assembly.files.filter(\.isCopy).isEmpty)
    #expect(!Invented.text(of: "data/audit.jsonl", in: assembly).contains("evidence.attach"))
    #expect(Invented.text(of: "data/audit.jsonl", in: assembly).contains("verdict.file"))
    let path = try PacketWriter.write(assembly, into: scratch.path).path
    #expect(PacketCheck.check(path).map(\.sentence) == [])
    #expect(throws: RecipientProblem.self) {
      try RecipientProfile(
        "title = \"A\"\nabout = \"B\"\npurpose = \"intelligence\"\nkeep = [\"attached-files\"]\n", name: "x", file: "x")
    }
  }
}
