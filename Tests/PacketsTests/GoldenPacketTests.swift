import Foundation
import Testing

@testable import Packets

/// The packet of three invented listings, and that of one which was described, byte for byte. `LINSANG_RECORD=1 swift test
/// --filter GoldenPacket` writes them anew, and fails, so that no recording passes for a check.
@Suite struct GoldenPacketTests {
  enum Golden: String, CaseIterable {
    case threeListings = "LNS-2026-000007_v1"
    case described = "LNS-2026-000008_v1"

    var packet: Packet { self == .described ? Invented.described : Invented.threeListings }

    var fixture: URL {
      URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Fixtures/\(rawValue)")
    }
  }

  @Test(arguments: Golden.allCases) func aPacketGivesTheCheckedInBytes(_ golden: Golden) throws {
    let fixture = golden.fixture
    let assembly = try PacketAssembly(golden.packet)
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

  @Test(arguments: Golden.allCases) func theRecordedPacketIsSound(_ golden: Golden) {
    #expect(PacketCheck.check(golden.fixture.path).map(\.sentence) == [])
  }

  @Test(arguments: Golden.allCases) func theSamePacketGivesTheSameBytesTwice(_ golden: Golden) throws {
    #expect(try PacketAssembly(golden.packet).files == PacketAssembly(golden.packet).files)
  }
}
