import Foundation
import Testing

@testable import Packets

@Suite struct PacketWriterTests {
  @Test func whatIsWrittenIsWhatWasAssembledAndOnlyTheOwnerMayReadIt() throws {
    let scratch = ScratchFolder()
    let assembly = try PacketAssembly(Invented.threeListings)
    let written = try PacketWriter.write(Invented.threeListings, into: scratch.path)
    #expect(written.path == scratch.path + "/LNS-2026-000007_v1")
    #expect(written.bagName == "LNS-2026-000007_v1")
    #expect(written.payloadOxum == assembly.payloadOxum)
    #expect(written.auditHead == assembly.auditHead)
    #expect(written.counts == PacketCounts(listings: 3, platforms: 2, sellers: 3, evidence: 3, auditLines: 9))
    #expect(scratch.names == ["LNS-2026-000007_v1"])
    for file in assembly.files {
      #expect(try Data(contentsOf: URL(fileURLWithPath: written.path + "/" + file.path)) == Data(file.bytes))
    }
    let everything = try FileManager.default.subpathsOfDirectory(atPath: written.path) + [""]
    for path in everything {
      var status = stat()
      #expect(lstat(written.path + "/" + path, &status) == 0)
      #expect(status.st_mode & 0o777 == (status.st_mode & S_IFMT == S_IFDIR ? 0o700 : 0o600))
    }
  }

  @Test(arguments: ["folder", "empty folder", "file", "link to nowhere"])
  func nothingThatBearsTheNameIsEverReplaced(kind: String) throws {
    let scratch = ScratchFolder()
    let target = scratch.path + "/LNS-2026-000007_v1"
    switch kind {
    case "folder": _ = try PacketWriter.write(Invented.threeListings, into: scratch.path)
    case "empty folder": try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
    case "file": try Data("mine".utf8).write(to: URL(fileURLWithPath: target))
    default: try FileManager.default.createSymbolicLink(atPath: target, withDestinationPath: "/nowhere/at/all")
    }
    let before = FileManager.default.enumerator(atPath: scratch.path)?.allObjects.count
    let error = #expect(throws: PacketError.self) {
      try PacketWriter.write(Invented.threeListings, into: scratch.path)
    }
    #expect(error == .targetExists(path: target))
    #expect(FileManager.default.enumerator(atPath: scratch.path)?.allObjects.count == before)
  }

  @Test func aNameThatIsTakenWhileThePacketGrowsIsNotReplacedEither() throws {
    let scratch = ScratchFolder()
    let target = scratch.path + "/taken"
    var writing = try FolderWriting(at: target + ".partial")
    try writing.write(PacketFile(path: "data/a.txt", bytes: [1]))
    try FileManager.default.createDirectory(atPath: target, withIntermediateDirectories: false)
    try Data("mine".utf8).write(to: URL(fileURLWithPath: target + "/mine.txt"))
    let error = #expect(throws: PacketError.self) { try writing.rename(to: target) }
    #expect(error == .targetExists(path: target))
    _ = writing.abandoned(after: .targetExists(path: target))
    #expect(scratch.names == ["taken"])
  }

  @Test func whatACutOffExportLeftIsNoPacketAndIsNotTouched() throws {
    let scratch = ScratchFolder()
    let partial = scratch.path + "/LNS-2026-000007_v1.partial"
    try FileManager.default.createDirectory(atPath: partial, withIntermediateDirectories: false)
    try Data("half".utf8).write(to: URL(fileURLWithPath: partial + "/half.txt"))
    let error = #expect(throws: PacketError.self) {
      try PacketWriter.write(Invented.threeListings, into: scratch.path)
    }
    #expect(error == .unfinishedExists(path: partial))
    #expect(error?.sentence.contains("delete it and export again") == true)
    #expect(FileManager.default.fileExists(atPath: partial + "/half.txt"))
    #expect(PacketCheck.check(partial).first?.what == .unfinished)
  }

  @Test func aFolderThatIsNotThereIsSaidSo() {
    let scratch = ScratchFolder()
    let missing = scratch.path + "/gone"
    #expect(throws: PacketError.folderMissing(path: missing)) {
      try PacketWriter.write(Invented.threeListings, into: missing)
    }
  }

  /// /proc takes no new folders, not even from root, whom permissions do not stop.
  @Test func aFolderThatTakesNothingIsRefusedWithASentence() throws {
    let error = #expect(throws: PacketError.self) { try PacketWriter.write(Invented.threeListings, into: "/proc") }
    guard case .refused(_, _, leftBehind: nil) = error else {
      Issue.record("expected a refusal, not \(String(describing: error))")
      return
    }
    #expect(error?.sentence.contains("The listings and the casebook are unharmed. Nothing was left behind.") == true)
  }

  @Test(.enabled(if: geteuid() != 0, "root may write everywhere"))
  func aReadOnlyFolderIsRefusedAndStaysAsItWas() throws {
    let scratch = ScratchFolder()
    chmod(scratch.path, 0o500)
    let error = #expect(throws: PacketError.self) {
      try PacketWriter.write(Invented.threeListings, into: scratch.path)
    }
    #expect(error?.sentence.contains("Choose a folder in which you may write.") == true)
    #expect(scratch.names.isEmpty)
  }

  /// A name that no file system takes stands for every failure in the middle.
  @Test func aFailureInTheMiddleTakesBackWhatWasWritten() throws {
    let scratch = ScratchFolder()
    try Data("mine".utf8).write(to: URL(fileURLWithPath: scratch.path + "/mine.txt"))
    let good = try PacketAssembly(Invented.threeListings)
    let broken = PacketAssembly(
      folderName: good.folderName,
      files: good.files + [PacketFile(path: "data/deep/" + String(repeating: "x", count: 300), bytes: [])],
      created: good.created, payloadOxum: good.payloadOxum, auditHead: good.auditHead, counts: good.counts)
    let error = #expect(throws: PacketError.self) { try PacketWriter.write(broken, into: scratch.path) }
    guard case .refused(_, ENAMETOOLONG, leftBehind: nil) = error else {
      Issue.record("expected a refusal, not \(String(describing: error))")
      return
    }
    #expect(scratch.names == ["mine.txt"])
  }

  /// Needs a small file system: `LINSANG_SMALL_DISK` names a folder on one with less than 64 kB free.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["LINSANG_SMALL_DISK"] != nil, "no small disk is at hand"))
  func aFullDiskLeavesNothing() throws {
    let small = try #require(ProcessInfo.processInfo.environment["LINSANG_SMALL_DISK"])
    var packet = Invented.threeListings
    packet.listings[0].evidence[0].bytes = [UInt8](repeating: 0x61, count: 1 << 20)
    let error = #expect(throws: PacketError.self) { try PacketWriter.write(packet, into: small) }
    #expect(error?.sentence.contains("Free some space") == true)
    #expect(try FileManager.default.contentsOfDirectory(atPath: small).isEmpty)
  }

  @Test func fiveThousandListingsAreWrittenAndSound() throws {
    let scratch = ScratchFolder()
    let three = Invented.threeListings.listings
    let packet = Invented.packet((0..<5000).map { three[$0 % 50 == 1 ? 1 : $0 % 2 * 2] })
    let written = try PacketWriter.write(packet, into: scratch.path)
    #expect(written.counts.listings == 5000)
    #expect(written.counts.evidence == 5000)
    #expect(FileManager.default.fileExists(atPath: written.path + "/data/evidence/L5000/E5000-record.csv.txt"))
    #expect(PacketCheck.check(written.path).map(\.sentence) == [])
  }
}
