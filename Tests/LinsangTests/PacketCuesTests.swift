import Casework
import Foundation
import Testing

/// Words about contact, payment and shipping in packets.
@Suite(.waitsElsewhere) struct PacketCuesTests {
  private let place: Workplace
  private let week: String

  init() throws {
    place = try Workplace()
    week = try place.write(
      "week.csv",
      """
      listing_id,platform,url,title,description,species,price,currency,seller,country,posted_at
      a1,Hearthside,https://hearthside.example/a1,Carved bangle,"WhatsApp +66 81 234 5678, discreet packaging. whatsapp!",Loxodonta africana,$120,USD,moss_lane,US,2026-11-02
      b7,Hearthside,https://hearthside.example/b7,Beads,old,Loxodonta africana,$20,USD,moss_lane,US,2026-11-04

      """)
    try place.file(["a1": .confirmed, "b7": .confirmed], from: week)
  }

  private func packet(_ more: String...) throws -> String {
    let written = try Program.start(
      try #require(Program.path), ["packet", week] + PacketCommandTests.answers + more, in: place, input: nil,
      environment: place.environment())
    return try #require(written.lines.first, "\(written.err)")
  }

  private func listings(_ folder: String) throws -> [String: Any] {
    let bytes = Data(try place.text(of: folder + "/data/packet.json").utf8)
    let document = try #require(try JSONSerialization.jsonObject(with: bytes) as? [String: Any])
    return try #require((document["tool"] as? [String: Any])?["listings"] as? [String: Any])
  }

  private func cues(_ folder: String, of listing: String = "L0001") throws -> [String] {
    let facts = try #require(try listings(folder)[listing] as? [String: Any])
    return (facts["cues"] as? [[String: Any]] ?? []).map {
      "\($0["kind"] ?? "") \($0["name"] ?? ""): \($0["text"] as? String ?? "–")"
    }
  }

  @Test func aPacketSaysHowTheSellerIsReachedAndShips() throws {
    let folder = try packet()
    #expect(
      try cues(folder) == [
        "contact WhatsApp: WhatsApp", "contact phone number: +66 81 234 5678",
        "shipping discreet shipping: discreet packaging", "contact WhatsApp: whatsapp",
      ])
    #expect(try listings(folder)["L0002"].map { ($0 as? [String: Any])?["cues"] == nil } == true)
    #expect(try place.text(of: folder + "/data/report.html").contains("Contact, payment, shipping, in its words"))
    let verified = try Program.run("verify", folder, at: place)
    #expect(verified.status == 0, "\(verified.text)")
  }

  @Test func forSharingOnlyTheNamesAreLeft() throws {
    let folder = try packet("--for", "sharing")
    #expect(
      try cues(folder) == ["contact WhatsApp: –", "contact phone number: –", "shipping discreet shipping: –"])
    let all = try Program.shell("cat \(folder)/data/*.* \(folder)/data/*/*.json*", at: place).text
    #expect(!all.contains("81 234 5678") && !all.contains("812345678"))
    #expect(try Program.run("verify", folder, at: place).status == 0)
  }

  @Test func aNumberThatNoAdvertHasIsFound() throws {
    let folder = try packet()
    let forged = try Program.shell(
      """
      cd \(folder) && sed -i 's/"text": "+66 81 234 5678"/"text": "+66 99 999 9999"/' data/packet.json
      sha256sum $(cut -c67- manifest-sha256.txt) > manifest-sha256.txt.new && mv manifest-sha256.txt.new manifest-sha256.txt
      sha256sum bag-info.txt bagit.txt manifest-sha256.txt > tagmanifest-sha256.txt
      """, at: place)
    #expect(forged.status == 0, "\(forged.err)")
    let verified = try Program.run("verify", folder, at: place)
    #expect(verified.status == 1 && verified.text.contains("+66 99 999 9999"), "\(verified.text)")
  }
}
