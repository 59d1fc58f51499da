import CaseFiles
import Foundation
import Hashing
import SmallFormats
import Testing

@testable import Packets

/// The STIX bundle and the CASE graph: whose ids stay, what they name, and what they leave out.
@Suite struct InterchangeTests {
  private func objects(_ packet: Packet) throws -> [[String: Any]] {
    let text = Invented.text(of: StixBundle.path, in: try PacketAssembly(packet))
    let bundle = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    return try #require(bundle["objects"] as? [[String: Any]])
  }

  private func ids(_ kind: String, _ packet: Packet) throws -> [String] {
    try objects(packet).compactMap { $0["id"] as? String }.filter { $0.hasPrefix(kind + "--") }
  }

  private var next: Packet {
    var packet = Invented.threeListings
    packet.stamp.id = PacketID("LNS-2026-000009")!
    packet.stamp.created = UTCTime("2026-12-01T10:00:00Z")!
    packet.form.title = "Another"
    packet.listings.swapAt(0, 1)
    return packet
  }

  @Test func theSameThingsHaveTheSameIDsInTheNextPacketAndTheReportHasNot() throws {
    for kind in ["identity", "relationship", "user-account", "url", "observed-data", "sighting", "note"] {
      #expect(!(try ids(kind, next)).isEmpty)
      #expect(Set(try ids(kind, Invented.threeListings)) == Set(try ids(kind, next)), "\(kind)")
    }
    #expect(Set(try ids("report", Invented.threeListings)).isDisjoint(with: try ids("report", next)))
  }

  /// STIX 2.1, section 3.2: `created` of an object does not change from version to version.
  @Test func whatKeepsItsIDKeepsItsTimeOfMaking() throws {
    func created(_ packet: Packet) throws -> [String: String] {
      Dictionary(
        uniqueKeysWithValues: try objects(packet).compactMap { object in
          (object["created"] as? String).map { (object["id"] as? String ?? "", $0) }
        })
    }
    let (first, second) = (try created(Invented.threeListings), try created(next))
    let both = Set(first.keys).intersection(second.keys)
    #expect(both.count > 8)
    for id in both { #expect(first[id] == second[id], "\(id)") }
  }

  @Test func withoutTheKeyNobodyMakesTheIDs() throws {
    var other = Invented.threeListings
    other.stamp.key = PacketKey(bytes: Array(1..<33), since: other.stamp.key.since)
    let own = Set(try ids("identity", Invented.threeListings))
    #expect(
      own.intersection(try ids("identity", other)).count == 1, "only that of the program, which is nobody's secret")
  }

  @Test func aSellerIsNoThreatActorAndNobodyIsInvented() throws {
    let all = try objects(Invented.threeListings)
    #expect(!all.contains { ["threat-actor", "malware", "indicator"].contains($0["type"] as? String) })
    let classes = all.filter { $0["type"] as? String == "identity" }.compactMap { $0["identity_class"] as? String }
    #expect(classes.sorted() == ["organization", "organization", "system", "unknown", "unknown"])
    let bare = try objects(Invented.packet([Invented.bareListing()]))
    #expect(!bare.contains { ["user-account", "sighting", "url", "relationship"].contains($0["type"] as? String) })
    #expect(!bare.contains { $0["confidence"] != nil }, "nothing was graded")
  }

  /// Accounts of one name on two platforms are two accounts.
  @Test func oneNameOnTwoPlatformsIsTwoAccounts() throws {
    var packet = Invented.threeListings
    packet.listings[1].seller = packet.listings[0].seller
    packet.listings[1].platform.domain = "other.example"
    #expect(try ids("user-account", packet).count == 2)
    #expect(PacketAssembly.problems(of: packet) == [])
  }

  @Test func everyMarkIsThatOfThePacket() throws {
    for mark in TrafficLight.allCases {
      var packet = Invented.threeListings
      packet.form.tlp = mark
      let marks = try objects(packet).filter { $0["name"] as? String == mark.rawValue }
      let id = try #require(marks.first?["id"] as? String)
      let marked = try objects(packet).filter { $0["object_marking_refs"] != nil }
      #expect(marked.count > 10)
      #expect(marked.allSatisfy { ($0["object_marking_refs"] as? [String])?.contains(id) == true })
    }
  }

  /// RFC 8785, section 3.2.2.2, on which characters are escaped.
  @Test func canonicalTextEscapesOnlyWhatItMust() {
    let text = CanonicalJSON.bytes(of: .map(["b": .text("\u{20ac}$\u{f}\nA'B\"\\\\\"/"), "a": .text("\u{7f}")]))
    #expect(String(decoding: text, as: UTF8.self) == "{\"a\":\"\u{7f}\",\"b\":\"€$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\"}")
  }

  @Test(arguments: 0..<40 as Range<UInt64>)
  func whateverSellersWriteBothAreDerivedAgainAsTheyWere(seed: UInt64) throws {
    #expect(PacketAssembly.problems(of: HostileTextTests.hostilePacket(seed: seed)) == [])
  }
}

extension PacketAssembly {
  /// What checking the packet on disk finds.
  static func problems(of packet: Packet) -> [String] {
    let scratch = ScratchFolder()
    do {
      return PacketCheck.check(try PacketWriter.write(packet, into: scratch.path).path).map(\.sentence)
    } catch {
      return ["\(error)"]
    }
  }
}
