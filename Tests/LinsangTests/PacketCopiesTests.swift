import Foundation
import Testing

/// Which listings of a packet are one advert.
@Suite(.waitsElsewhere) struct PacketCopiesTests {
  private let place: Workplace
  private let week: String

  init() throws {
    place = try Workplace()
    let figure =
      "old carved figure of a fisherman with basket and net from my grandfathers cabinet in Lyon signed below"
    week = try place.write(
      "week.csv",
      """
      listing_id,platform,title,description,price,seller_alias
      a1,Larets,fisherman figure,\(figure) call 0600111222,400 USD,amber
      a2,Larets,horn cup,a plain cup without any mark that stood on the shelf of a pub near the harbour,20 USD,basalt
      a3,Hearthside,fisherman figure,\(figure) call 0699888777,350 USD,cobalt
      a4,Larets,fisherman figure,\(figure) call 0655444333,420 USD,delft

      """)
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
  }

  private func packet(of ids: String...) throws -> String {
    try place.file(Dictionary(uniqueKeysWithValues: ids.map { ($0, .confirmed) }), from: week)
    let outcome = try Program.start(
      try #require(Program.path), ["packet", week, "--into", "out"] + PacketCommandTests.answers, in: place, input: nil,
      environment: place.environment())
    #expect(outcome.status == 0, "\(outcome.err)")
    let folder = try #require(outcome.lines.first)
    #expect(try Program.run("verify", folder, at: place).status == 0)
    return folder
  }

  private func copies(in folder: String) throws -> [[String: Any]] {
    let data = try Data(contentsOf: URL(fileURLWithPath: place.path + "/" + folder + "/data/packet.json"))
    let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let copies = try #require((document["tool"] as? [String: Any])?["copies"] as? [String: Any])
    return try #require(copies["groups"] as? [[String: Any]])
  }

  @Test func copiesAreNamedWithTheirSlotsAndNothingOfThoseOutside() throws {
    let folder = try packet(of: "a1", "a2", "a3")
    let group = try #require(try copies(in: folder).first)
    #expect(group["listings"] as? [String] == ["L0001", "L0003"])
    #expect(group["listings_in_files"] as? Int == 3)
    let slots = try #require(group["slots"] as? [[String: Any]])
    #expect(slots.count == 1 && slots[0]["slot"] as? String == "phone")
    #expect(slots[0]["values"] as? [String: String] == ["L0001": "0600111222", "L0003": "0699888777"])
    let name = try #require(group["group"] as? String)
    let rows = try place.text(of: folder + "/data/listings.csv").components(separatedBy: "\r\n")
    #expect(rows[0].hasSuffix("\"copies_group\",\"copies_in_packet\""))
    #expect(rows[1].hasSuffix("\"\(name)\",\"L0003\""))
    #expect(rows[2].hasSuffix("\"\",\"\""))
    let report = try place.text(of: folder + "/data/report.html")
    #expect(report.contains("Copies of one advert") && report.contains("⟨phone⟩"))
    #expect(report.contains("1 more in the files that were opened"))
    #expect(!report.contains("0655444333"), "what was not confirmed does not leave")
    let groups = try Program.run("groups", week, "--json", at: place)
    #expect(groups.text.contains(name), "linsang groups gives it the same name")
  }

  @Test func aListingWhoseCopiesAreElsewhereSaysSo() throws {
    let folder = try packet(of: "a4")
    let report = try place.text(of: folder + "/data/report.html")
    #expect(report.contains("2 copies in the files that were opened, not in this packet"))
    #expect(try copies(in: folder)[0]["slots"] as? [String] == [])
  }

  @Test func withoutCopiesTheReportHasNoSection() throws {
    let folder = try packet(of: "a2")
    #expect(try copies(in: folder).isEmpty)
    #expect(try !place.text(of: folder + "/data/report.html").contains("Copies of one advert"))
  }
}
