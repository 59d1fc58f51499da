import Foundation
import Testing

@testable import Packets

/// The packet of three invented listings, byte for byte. `LINSANG_RECORD=1 swift test --filter GoldenPacket` writes it
/// anew, and fails, so that no recording passes for a check.
@Suite struct GoldenPacketTests {
  private let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures/LNS-2026-000007_v1")

  @Test func threeListingsGiveTheCheckedInBytes() throws {
    let assembly = try PacketAssembly(Invented.threeListings)
    if ProcessInfo.processInfo.environment["LINSANG_RECORD"] != nil {
      try? FileManager.default.removeItem(at: fixture)
      for file in assembly.files {
        let url = fixture.appendingPathComponent(file.path)
        try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(file.bytes).write(to: url)
      }
      Issue.record("recorded anew; look at the difference, then run without LINSANG_RECORD")
      return
    }
    let recorded = FileManager.default.enumerator(atPath: fixture.path)?.compactMap { $0 as? String } ?? []
    let files = recorded.filter {
      (try? FileManager.default.attributesOfItem(atPath: fixture.path + "/" + $0)[.type]) as? FileAttributeType
        == .typeRegular
    }
    #expect(Set(files) == Set(assembly.files.map(\.path)))
    for file in assembly.files {
      let expected = try Data(contentsOf: fixture.appendingPathComponent(file.path))
      #expect(Data(file.bytes) == expected, "\(file.path) differs from the recorded packet")
    }
  }

  @Test func theRecordedPacketIsSound() {
    #expect(PacketCheck.check(fixture.path).map(\.sentence) == [])
  }

  @Test func theSamePacketGivesTheSameBytesTwice() throws {
    #expect(try PacketAssembly(Invented.threeListings).files == PacketAssembly(Invented.threeListings).files)
  }
}
