import Casework
import Foundation
import Testing

/// `linsang packet --for`: whom a packet is for decides what leaves.
@Suite(.waitsElsewhere) struct RecipientCommandTests {
  private let place: Workplace
  private let week: String

  init() throws {
    place = try Workplace()
    week = try place.write("week.csv", Workplace.week)
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
    try place.file(["a1": .confirmed, "b7": .confirmed], from: week)
  }

  private func packet(_ more: String...) throws -> Outcome {
    try Program.start(
      try #require(Program.path), ["packet", week, "--into", "out"] + PacketCommandTests.answers + more, in: place,
      input: nil, environment: place.environment())
  }

  /// Everything in a packet's files, in small letters.
  private func words(of folder: String) throws -> String {
    let root = place.path + "/" + folder
    return try FileManager.default.subpathsOfDirectory(atPath: root).compactMap {
      FileManager.default.contents(atPath: root + "/" + $0).map { String(decoding: $0, as: UTF8.self) }
    }.joined(separator: "\n").lowercased()
  }

  @Test func eachPlatformGetsANoticeOfItsOwn() throws {
    let refused = try packet("--for", "platform")
    #expect(refused.status != 0 && refused.err.contains("Give it with --request"), "\(refused.err)")
    let written = try packet("--for", "platform", "--request", "Please examine.", "--good-faith", "In good faith.")
    #expect(written.lines.count == 2, "\(written.err)")
    let (hearthside, qingshi) = (try words(of: written.lines[0]), try words(of: written.lines[1]))
    #expect(hearthside.contains("https://hearthside.example/a1") && hearthside.contains("unlawful sale of animals"))
    #expect(!hearthside.contains("moss_lane") && !hearthside.contains("qingshi") && !hearthside.contains("青石集"))
    #expect(qingshi.contains("https://qingshi.example/b7") && !qingshi.contains("莲心阁"))
    #expect(!qingshi.contains("hearthside"))
    for folder in written.lines { #expect(try Program.run("verify", folder, at: place).status == 0) }
  }

  @Test func partnersGetNothingByWhichAPersonOrAnAdvertCouldBeFound() throws {
    let written = try packet("--for", "sharing")
    let folder = try #require(written.lines.first, "\(written.err)")
    let words = try words(of: folder)
    for needle in ["moss_lane", "莲心阁", "hearthside.example", "qingshi.example", "carved bangle", "week.csv"] {
      #expect(!words.contains(needle), "\(needle)")
    }
    #expect(words.contains("loxodonta africana") && words.contains("[withheld]"))
    #expect(try Program.run("verify", folder, at: place).status == 0)
    // A summary that names a seller holds the packet back, and no number is used up.
    let named = try packet("--for", "sharing", "--summary", "Mostly offers of Moss_Lane.")
    #expect(named.status != 0 && named.lines.isEmpty)
    #expect(named.err.contains("a seller's alias, moss_lane"), "\(named.err)")
  }

  @Test func whatShouldBeKnownIsSaidAndCheckWritesNothing() throws {
    let checked = try packet("--check", "--tlp", "TLP:CLEAR")
    #expect(checked.status == 1 && checked.lines.isEmpty)
    #expect(
      checked.err.contains("before it leaves: TLP:CLEAR lets the packet travel, and 2 listings"), "\(checked.err)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path + "/out").isEmpty)
    let calm = try packet("--check", "--for", "sharing")
    #expect(calm.err.contains("2 listings were seen is not known") && !calm.err.contains("can lead to a person"))
  }

  @Test func aKindOfOnesOwnIsAFile() throws {
    let unknown = try packet("--for", "network")
    #expect(unknown.status != 0 && unknown.err.contains("There is no kind of recipient “network”"))
    let folder = place.path + "/config/linsang/Lexicons/recipients"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let profile = """
      title = "Our network"
      about = "Titles and platforms."
      purpose = "intelligence"
      keep = ["platform", "title"]
      """
    try Data(profile.utf8).write(to: URL(fileURLWithPath: folder + "/network.toml"))
    let environment = place.environment(["XDG_CONFIG_HOME": place.path + "/config"])
    let written = try Program.start(
      try #require(Program.path), ["packet", week, "--into", "out", "--for", "network"] + PacketCommandTests.answers,
      in: place, input: nil, environment: environment)
    let words = try words(of: try #require(written.lines.first, "\(written.err)"))
    #expect(words.contains("carved bangle") && !words.contains("moss_lane"))
    try Data((profile + "\nkept = []\n").utf8).write(to: URL(fileURLWithPath: folder + "/network.toml"))
    let broken = try Program.start(
      try #require(Program.path), ["packet", week, "--into", "out", "--for", "network"] + PacketCommandTests.answers,
      in: place, input: nil, environment: environment)
    #expect(broken.status != 0 && broken.err.contains("network.toml, line 5: kept: there is no such key"))
  }
}
