import Foundation
import SmallFormats
import Testing

@testable import Packets

/// The zip of a packet: the same bytes from the same packet, anywhere.
@Suite struct PacketZipTests {
  private func zip(at time: String = "2026-11-23T09:00:00Z") throws -> [UInt8] {
    let assembly = try PacketAssembly(Invented.threeListings)
    return try PacketZip.bytes(of: assembly.folderName, assembly.files, at: try #require(UTCTime(time)))
  }

  /// "123456789" is the check value of CRC-32 in every catalogue of checksums.
  @Test func theChecksumIsCRC32() {
    #expect(CRC32.of(Array("123456789".utf8)) == 0xCBF4_3926)
    #expect(CRC32.of([]) == 0)
  }

  /// What the clock, the time zone, the locale and the umask of the process are, is not in it.
  @Test func theBytesDoNotDependOnTheMachine() throws {
    let first = try zip()
    let zone = getenv("TZ").map { String(cString: $0) }
    setenv("TZ", "Asia/Kathmandu", 1)
    tzset()
    let mask = umask(0o077)
    defer {
      if let zone { setenv("TZ", zone, 1) } else { unsetenv("TZ") }
      tzset()
      umask(mask)
    }
    #expect(try zip() == first)
  }

  @Test func namesAreSortedBelowOneFolderAndNothingIsPacked() throws {
    let bytes = try zip()
    var names: [String] = []
    var at = 0
    while Array(bytes[at..<at + 4]) == [0x50, 0x4b, 3, 4] {
      func number(_ place: Int, _ count: Int) -> Int {
        (0..<count).reduce(0) { $0 | Int(bytes[at + place + $1]) << (8 * $1) }
      }
      #expect(number(6, 2) == 0 && number(8, 2) == 0, "no flags, stored")
      #expect(number(10, 2) == 9 << 11 && number(12, 2) == (2026 - 1980) << 9 | 11 << 5 | 23)
      #expect(number(18, 4) == number(22, 4) && number(28, 2) == 0)
      names.append(String(decoding: bytes[(at + 30)..<(at + 30 + number(26, 2))], as: UTF8.self))
      at += 30 + number(26, 2) + number(18, 4)
    }
    #expect(names.count == (try PacketAssembly(Invented.threeListings)).files.count)
    #expect(names == names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
    #expect(names.allSatisfy { $0.hasPrefix("LNS-2026-000007_v1/") })
  }

  @Test(arguments: ["1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
  func aTimeThatAZipCannotSayIsTheNearestThatItCan(time: String) throws {
    let bytes = try zip(at: time)
    let day = Int(bytes[12]) | Int(bytes[13]) << 8
    #expect(day >> 9 == (time.hasPrefix("1970") ? 0 : 127))
  }

  @Test func anExistingZipIsNeverOverwritten() throws {
    let scratch = ScratchFolder()
    let assembly = try PacketAssembly(Invented.threeListings)
    let path = try PacketWriter.writeZip(of: assembly, at: Invented.created, into: scratch.path)
    #expect(throws: PacketError.targetExists(path: path)) {
      try PacketWriter.writeZip(of: assembly, at: Invented.created, into: scratch.path)
    }
    #expect(scratch.names == ["LNS-2026-000007_v1.zip"])
    let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
    #expect(mode == 0o600)
  }
}
