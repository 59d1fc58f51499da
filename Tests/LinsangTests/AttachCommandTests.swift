import CapturesTestSupport
import Casework
import Foundation
import Testing

/// `linsang attach`, and what becomes of attached and pointed-at files on the way into a packet.
@Suite(.waitsElsewhere) struct AttachCommandTests {
  private let place: Workplace
  private let week: String

  init() throws {
    place = try Workplace()
    week = try place.write("week.csv", Workplace.week)
    try place.write("shot.png", bytes: InventedCapture.picture)
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
  }

  private func attach(_ words: String...) throws -> Outcome {
    try Program.start(
      try #require(Program.path), ["attach"] + words, in: place, input: nil, environment: place.environment())
  }

  private func packet(_ file: String, _ more: String...) throws -> Outcome {
    try Program.start(
      try #require(Program.path), ["packet", file, "--into", "out"] + PacketCommandTests.answers + more, in: place,
      input: nil, environment: place.environment())
  }

  @Test func aFileIsAttachedListedWithdrawnAndVerified() throws {
    try place.file(["a1": .confirmed], from: week)
    for name in ["https://hearthside.example/a1", "a1"] {
      let done = try attach(
        name, "shot.png", "--method", "screenshot", "--captured-at", "2026-11-18T18:06+07:00", "--listings", "week.csv")
      #expect(done.status == 0, "\(done.err)")
    }
    let list = try attach("list", "a1")
    #expect(list.status == 0 && list.text.contains("shot.png") && list.text.contains("captured 2026-11-18T11:06:00Z"))
    #expect(list.lines.filter { $0.contains("event") }.count == 1, "the same bytes are attached once")
    unlink(place.path + "/shot.png")
    let verified = try Program.run("casebook", "verify", at: place)
    #expect(verified.status == 0 && verified.text.contains("1 attached file, "), "\(verified.text)")
    #expect(try Program.run("casebook", "log", at: place).text.contains("attached shot.png, image/png, SHA-256 "))
    let json = try attach("list", "--json").json()
    let event = try #require(json["event"] as? Int)
    let withdrawn = try attach("withdraw", "\(event)", "--note", "another listing")
    #expect(withdrawn.status == 0 && withdrawn.text.contains("Withdrawn: shot.png"))
    #expect(try attach("withdraw", "\(event)").status == 2)
    #expect(try attach("withdraw", "1").err.contains("is no attachment"))
    #expect(try attach("list").text.contains("withdrawn by rk"))
    #expect(try Program.run("verify", "case.casebook", at: place).status == 0)
  }

  @Test func aListingThatWasNeverDecidedIsFoundInItsFile() throws {
    let none = try attach("a2", "shot.png")
    #expect(none.status == 2 && none.err.contains("There is no casebook") && !place.exists("case.casebook"))
    let found = try attach("https://hearthside.example/a2", "shot.png", "--listings", "week.csv")
    #expect(found.status == 0, "\(found.err)")
    #expect(try attach("a2", "shot.png").text.contains("Attached before"), "by now the casebook knows it")
    let unknown = try attach("a9", "shot.png", "--listings", "week.csv")
    #expect(unknown.status == 2 && unknown.err.contains("No listing goes by a9"))
  }

  @Test func whatCannotBeAttachedIsToldAndTheRestIsAttached() throws {
    try place.file(["a1": .confirmed], from: week)
    #expect(mkfifo(place.path + "/pipe", 0o600) == 0)
    let some = try attach("a1", "pipe", "shot.png", "home")
    #expect(some.status == 1 && some.text.contains("Attached to"))
    #expect(some.err.contains("pipe is a pipe, device or socket") && some.err.contains("home is a folder"))
    #expect(try attach("a1", "none.png").status == 2)
    #expect(try attach("a1", "shot.png", "--method", "hologram").err.contains("is no way of capturing"))
    #expect(try attach("a1", "shot.png", "--captured-at", "2999-01-01T00:00Z").err.contains("has not come yet"))
  }

  @Test func aMissingStoredFileIsNamedEverywhereAndStopsNothing() throws {
    try place.file(["a1": .confirmed, "b7": .confirmed], from: week)
    #expect(try attach("a1", "shot.png").status == 0)
    let stored = try #require(try attach("list", "--json").json()["stored"] as? String)
    #expect(try Program.run("casebook", "backup", "copy.casebook", at: place).text.contains("1 attached file"))
    unlink(stored)
    let verified = try Program.run("casebook", "verify", at: place)
    #expect(
      verified.status == 1 && verified.text.contains("shot.png, attached to") && verified.text.contains("is not there"))
    #expect(verified.text.contains("all else is unharmed"))
    let backup = try Program.run("casebook", "backup", "second.casebook", at: place)
    #expect(
      backup.status == 1 && backup.text.contains("a complete copy") && backup.err.contains("not copied: shot.png"))
    let check = try packet(week, "--check")
    #expect(check.status == 1 && check.err.contains("shot.png (attached by rk) is not there"))
    let made = try packet(week)
    #expect(made.status == 0, "\(made.err)")
    let folder = try #require(made.lines.first)
    #expect(try place.text(of: folder + "/data/packet.json").contains("evidence_missing"))
    #expect(try place.text(of: folder + "/data/report.html").contains("Files that could not be had"))
    let outcome = try Program.run("verify", folder, at: place)
    #expect(outcome.status == 0 && outcome.text.contains("shot.png"), "\(outcome.text)")
    // From the backup the file comes back by merging.
    let merged = try Program.run("casebook", "merge", "copy.casebook", at: place)
    #expect(merged.text.contains("1 attached file came, too") || merged.status != 0, "\(merged.text)\(merged.err)")
  }

  @Test func filesThatRowsNameGoAlongAndNothingOutsideDoes() throws {
    try place.write("data/shots/a1.png", bytes: InventedCapture.picture)
    try place.write("data/pages/a1.html", InventedCapture.page)
    try place.write("secret.txt", "not for anybody")
    symlink("../../secret.txt", place.path + "/data/shots/link.png")
    let rows = [
      "listing_id,platform,url,title,description,price,currency,seller,screenshot,html_file,image_path",
      "a1,Hearthside,https://hearthside.example/a1,Old bangle,cream,120,USD,moss,shots/a1.png,file://\(place.path)/data/pages/a1.html,https://cdn.example/1.jpg",
      "b7,Hearthside,https://hearthside.example/b7,Comb,old,15,USD,moss,../secret.txt; shots/none.png,/etc/passwd,shots/link.png",
    ]
    let file = try place.write("data/week.csv", rows.joined(separator: "\n") + "\n")
    try place.file(["a1": .confirmed, "b7": .confirmed], from: file)
    let made = try packet(file)
    #expect(made.status == 0 && made.err.contains("could not be had"), "\(made.err)")
    let folder = try #require(made.lines.first)
    let names = try FileManager.default.subpathsOfDirectory(atPath: place.path + "/" + folder + "/data/evidence")
      .filter { $0.contains("-") }.sorted()
    #expect(
      names == [
        "L0001/E0001-record.csv.txt", "L0001/E0002-screenshot.png", "L0001/E0003-page.html.txt",
        "L0002/E0004-record.csv.txt",
      ])
    let document = try place.text(of: folder + "/data/packet.json")
    for text in ["../secret.txt", "shots/none.png", "/etc/passwd", "shots/link.png"] {
      #expect(document.contains(text))
    }
    #expect(!document.contains("not for anybody"))
    #expect(try place.text(of: folder + "/data/audit.jsonl").contains("shots/a1.png"))
    #expect(try Program.run("verify", folder, at: place).status == 0)
  }

  @Test func attachedFilesComeAlongByMergingAndIntoThePacketOfTheOther() throws {
    try place.file(["a1": .confirmed], from: week, analyst: "mb", into: "theirs.casebook")
    #expect(try attach("a1", "shot.png", "--casebook", "theirs.casebook", "--analyst", "mb").status == 0)
    try place.file(["b7": .confirmed], from: week)
    let merged = try Program.run("casebook", "merge", "theirs.casebook", at: place)
    #expect(merged.status == 0 && merged.text.contains("1 attached file came, too"), "\(merged.err)")
    let made = try packet(week)
    let folder = try #require(made.lines.first)
    #expect(try place.text(of: folder + "/data/packet.json").contains("E0002-import") == false)
    let outcome = try Program.run("verify", folder, at: place)
    #expect(outcome.status == 0 && outcome.text.contains("1 file beside the rows"), "\(outcome.text)")
  }

  @Test func twoGigabytesAreStreamedAndMoreAreRefused() throws {
    try place.file(["a1": .confirmed], from: week)
    // Files of zeros that take no room on disk; the copy does, so that this one is of 64 MB.
    let large = try place.write("large.bin", bytes: [1])
    #expect(truncate(large, 64 << 20) == 0)
    let done = try Program.shell("ulimit -v 900000; $L attach a1 large.bin", at: place)
    #expect(done.status == 0, "\(done.err)")
    #expect(truncate(large, (1 << 31) + 1) == 0)
    let refused = try attach("a1", "large.bin")
    #expect(refused.status == 2 && refused.err.contains("2147483648 is the most"))
  }

  @Test func aFullDiskIsToldAndNothingIsAttached() throws {
    try place.file(["a1": .confirmed], from: week)
    let large = try place.write("large.bin", bytes: [1])
    #expect(truncate(large, 8 << 20) == 0)
    // A limit on the size of files is met as a full disk is: in the midst of writing.
    let full = try Program.shell("ulimit -f 1024; $L attach a1 large.bin", at: place)
    #expect(full.status == 2 && full.err.contains("there is no room for a copy"), "\(full.err)")
    #expect(try attach("list").status == 1)
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
    let left = try FileManager.default.contentsOfDirectory(atPath: place.path + "/case.casebook.evidence")
    #expect(left == [])
  }

  @Test func picturesAreDecodedApartAndHostileOnesEndInAStatus() throws {
    var bomb = InventedCapture.picture
    bomb.replaceSubrange(16..<24, with: [0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50])
    let sum = InventedCapture.crc(Array(bomb[12..<29]))
    bomb.replaceSubrange(29..<33, with: [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: sum >> $0) })
    for (name, bytes, status) in [
      ("whole.png", InventedCapture.picture, Int32(0)), ("page.html", Array(InventedCapture.page.utf8), 10),
      ("bomb.png", bomb, 11), ("cut.png", Array(InventedCapture.picture.prefix(45)), 12),
    ] {
      try place.write(name, bytes: bytes)
      let outcome = try Program.shell("set -o pipefail; $L decode-picture 40 20 < \(name) | cat", at: place)
      #expect(outcome.status == status, "\(name): \(outcome.err)")
      #expect(outcome.out.starts(with: "LP1".utf8) == (status == 0))
    }
    // Into a file it can write nothing.
    #expect(try Program.shell("$L decode-picture 40 20 < whole.png > out.rgb", at: place).status == 15)
    #expect(try Program.run("--help", at: place).text.contains("decode-picture") == false)
  }
}
