import Casework
import Foundation
import Listings
import Testing

@testable import CaseStore

/// Heads that were kept elsewhere, and the files in which they are noted.
@Suite struct KeptHeadTests {
  let folder: CasebookFolder

  init() throws { folder = try CasebookFolder() }

  private let hash = String(repeating: "0a", count: 32)

  @Test func aHeadIsReadInBothForms() throws {
    #expect(KeptHead("12:\(hash)") == KeptHead(number: 12, hash: hash))
    let full = KeptHead(
      number: 7, hash: hash, casebook: "c", time: noon, noted: "2026-11-19T12:00:00Z", analyst: "r\u{1B}k")
    #expect(KeptHead(full.line) == full)
    #expect(full.line.utf8.allSatisfy { (0x20...0x7E).contains($0) })
    for line in [
      "", "12", "12:abc", ":\(hash)", "-1:\(hash)", "12:\(hash.uppercased())", "{}",
      "{\"number\":-1,\"hash\":\"\(hash)\"}",
      "12:\(hash) ", "99999999999999999999:\(hash)",
    ] {
      #expect(KeptHead(line) == nil, "\(line)")
    }
  }

  @Test func signaturesBelongToTheLineBefore() {
    let block = "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----"
    let heads = KeptHeads(text: "# kept\n1:\(hash)\r\n\(block)\n\n2:\(hash)\nwhat\n")
    #expect(heads.entries.map(\.head.number) == [1, 2])
    #expect(heads.entries.map(\.signature) == [block, nil])
    #expect(heads.entries[0].line == "1:\(hash)")
    #expect(heads.unreadableLines == [8])
    #expect(KeptHeads(text: block).unreadableLines == [3])
    #expect(KeptHeads(text: "1:\(hash)\n-----BEGIN SSH SIGNATURE-----\nAAAA").entries[0].signature == nil)
  }

  @Test func theChainIsHeldAgainstEachHead() throws {
    let casebook = try folder.open()
    try casebook.apply(.file(.confirmed, reason: nil, for: keys(1...3)), at: noon)
    let kept = try #require(try casebook.headToKeep(notedAt: noon))
    #expect(kept.number == 4 && kept.time == noon && kept.analyst == "rk")
    #expect(kept.casebook == casebook.token)
    try casebook.apply(.file(.unsure, reason: nil, for: keys(1...3)), at: noon)
    let other = KeptHead(number: 4, hash: hash, casebook: String(repeating: "f", count: 32))
    #expect(
      try casebook.agreement(with: [
        kept, KeptHead(number: 4, hash: hash), KeptHead(number: 9, hash: hash), other,
        KeptHead(number: 0, hash: AuditLine.noPrevious),
      ]) == [.agrees, .contradicts(found: kept.hash), .endsBefore(7), .otherCasebook, .agrees])
  }

  @Test func headsAreAppendedAndNeverTwice() throws {
    let witness = WitnessFile.beside(folder.casebookPath)
    #expect(witness.heads() == nil)
    let casebook = try folder.open()
    for number in 1...3 {
      try casebook.apply(.file(.confirmed, reason: nil, for: keys(number...number)), at: noon)
      #expect(try casebook.noteHead(in: [witness], at: noon).isEmpty)
      #expect(try casebook.noteHead(in: [witness], at: "2026-11-19T12:00:00Z").isEmpty)
    }
    #expect(witness.heads()?.map(\.number) == [2, 3, 4])
    #expect(witness.last()?.number == 4)
    // A line that a power failure cut off stays, and takes none with it.
    let bytes = try Data(contentsOf: URL(fileURLWithPath: witness.path))
    try (bytes + Data("{\"number\":".utf8)).write(to: URL(fileURLWithPath: witness.path))
    try casebook.apply(.undo, at: noon)
    _ = try casebook.noteHead(in: [witness], at: noon)
    #expect(witness.heads()?.map(\.number) == [2, 3, 4, 6])
  }

  @Test func aWitnessThatIsFullOrNoFileIsLeftAlone() throws {
    let casebook = try folder.open()
    let head = try #require(try casebook.headToKeep(notedAt: noon))
    let full = WitnessFile(folder.path + "/full")
    try Data(repeating: 0x0A, count: WitnessFile.maximumSize).write(to: URL(fileURLWithPath: full.path))
    #expect(full.note(head) == .full)
    try Data("x".utf8).write(to: URL(fileURLWithPath: folder.path + "/target"))
    try FileManager.default.createSymbolicLink(
      atPath: folder.path + "/link", withDestinationPath: folder.path + "/target")
    mkfifo(folder.path + "/pipe", 0o600)
    for name in ["link", "pipe", "nosuch/file", ""] {
      guard case .refused = WitnessFile(folder.path + "/" + name).note(head) else {
        Issue.record("\(name) was written")
        continue
      }
    }
    #expect(try String(contentsOfFile: folder.path + "/target", encoding: .utf8) == "x")
  }

  /// A copy from before is put back, or goes on in another way: both show against what was noted.
  @Test func aChainThatNoLongerGoesThroughWhatWasNotedIsToldAndNotNoted() throws {
    let witness = WitnessFile(folder.path + "/kept")
    let first = try folder.open()
    try first.apply(.file(.confirmed, reason: nil, for: keys(1...1)), at: noon)
    try first.close()
    let earlier = try Data(contentsOf: URL(fileURLWithPath: folder.casebookPath))
    let second = try folder.open()
    try second.apply(.file(.confirmed, reason: nil, for: keys(2...2)), at: noon)
    #expect(try second.noteHead(in: [witness], at: noon).isEmpty)
    try second.close()

    try earlier.write(to: URL(fileURLWithPath: folder.casebookPath))
    let third = try folder.open()
    #expect(try third.noteHead(in: [witness], at: noon).map(\.agreement) == [.endsBefore(2)])
    try third.apply(.file(.unsure, reason: nil, for: keys(2...2)), at: noon)
    let now = try third.head()
    let told = try third.noteHead(in: [witness], at: noon)
    #expect(told.map(\.agreement) == [.contradicts(found: now.hash)])
    #expect(told.first?.sentence.contains("now event 3 has hash \(now.hash.prefix(16))…") == true)
    #expect(witness.heads()?.count == 1)
    #expect(try third.inspect().isWhole)
  }
}
