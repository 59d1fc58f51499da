import Dashboard
import Casework
import Foundation
import Testing

/// `linsang cases`, as a person and a script use it.
@Suite(.waitsElsewhere) struct CasesCommandTests {
  private let place: Workplace
  private let week: String

  init() throws {
    place = try Workplace()
    week = try place.write("week.csv", Workplace.week)
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
  }

  /// A day from today on, as it is in UTC.
  private static func day(_ days: Int) -> String {
    let format = ISO8601DateFormatter()
    format.formatOptions = [.withFullDate]
    return format.string(from: Date().addingTimeInterval(Double(days) * 86_400))
  }

  /// A scrape of a later day with some of the listings.
  private func scrape(_ ids: [String], in days: Int) throws {
    let rows = Workplace.week.split(separator: "\n").dropFirst().filter { row in
      ids.contains { row.hasPrefix($0 + ",") }
    }
    let head = "listing_id,platform,url,title,description,species,price,currency,seller,country,posted_at,captured_at"
    let lines = [head] + rows.map { "\($0),\(Self.day(days))T10:00:00Z" }
    try place.write("scrape\(days).csv", lines.joined(separator: "\n") + "\n")
    #expect(try Program.run("weeks", "--record", "scrape\(days).csv", at: place).status == 0)
  }

  /// Writes a packet of the confirmed listings to a recipient of a kind, and returns its folder.
  private func packet(_ kind: String = "customs", _ more: String...) throws -> String {
    var answers = PacketCommandTests.answers
    answers[answers.firstIndex(of: "customs")!] = kind
    let outcome = try Program.start(
      try #require(Program.path), ["packet", week, "--into", "out"] + answers + more, in: place, input: nil,
      environment: place.environment())
    #expect(outcome.status == 0, "\(outcome.err)")
    return try #require(outcome.lines.first).split(separator: "/").last.map(String.init) ?? ""
  }

  private func cases(_ more: String...) throws -> [[String: Any]] {
    let outcome = try Program.start(
      try #require(Program.path), ["cases", "--json"] + more, in: place, input: nil, environment: place.environment())
    return try #require(try outcome.json()["cases"] as? [[String: Any]])
  }

  @Test func withoutAPacketItSaysHowToBegin() throws {
    try place.file(["a1": .confirmed], from: week)
    let outcome = try Program.run("cases", at: place)
    #expect(outcome.status == 1 && outcome.out.isEmpty)
    #expect(outcome.err.contains("no packet was exported yet") && outcome.err.contains("linsang packet"))
  }

  @Test func theStepsOfAPacketAreRecordedListedAndTakenBack() throws {
    try place.file(["a1": .confirmed, "b7": .confirmed], from: week)
    let name = try packet()
    let sent = try Program.run("cases", "record", name, "sent", "--means", "by hand", at: place)
    #expect(sent.status == 0, "\(sent.err)")
    #expect(sent.text.contains(": sent on \(Self.day(0))") && sent.text.contains("Example Customs"))
    let opened = try Program.run(
      "cases", "record", "out/\(name)", "opened", "--recipient", "r0001", "--reference", "HP/12", at: place)
    #expect(opened.status == 0, "\(opened.err)")
    let list = try Program.run("cases", at: place)
    #expect(list.status == 0)
    #expect(list.text.contains(name) && list.text.contains("opened (HP/12)") && list.text.contains("2 not known"))
    let one = try cases("--packet", name)
    #expect(one.count == 1 && one[0]["recipient_id"] as? String == "R0001")
    let steps = try #require(one[0]["steps"] as? [[String: Any]])
    #expect(steps.map { $0["step"] as? String } == ["sent", "opened"])
    let manifest = try #require(one[0]["manifest"] as? String)
    #expect(steps.allSatisfy { ($0["recipient"] as? [String: Any])?["org"] as? String == "Example Customs" })
    // The hash is that of the packet's list of lists, as anybody can check.
    let sum = try Program.shell("sha256sum out/\(name)/tagmanifest-sha256.txt", at: place)
    #expect(sum.text.hasPrefix(manifest))
    let chain = try Program.run("casebook", "export", at: place).lines.filter { $0.contains("packet.step") }
    #expect(chain.count == 2 && chain.allSatisfy { $0.contains("\"manifest\":\"\(manifest)\"") })

    let number = try #require(steps[1]["event"] as? Int)
    let back = try Program.run("cases", "retract", "\(number)", "--note", "another case", at: place)
    #expect(back.status == 0 && back.text.contains("Taken back: event \(number), opened"))
    #expect(try cases()[0]["last_step"] as? String == "sent")
    #expect(try Program.run("cases", "retract", "\(number)", at: place).status == 2)
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
    let log = try Program.run("casebook", "log", at: place).text
    #expect(log.contains("sent to Example Customs on") && log.contains("step of event \(number) taken back  "))
  }

  @Test func aWrongStepChangesNothingAndSaysWhy() throws {
    try place.file(["a1": .confirmed], from: week)
    let name = try packet()
    for (words, why) in [
      (["record", name, "vanished"], "There is no step"), (["record", "LNS-2026-000009", "sent"], "has no packet"),
      (["record", name, "sent", "--on", Self.day(3)], "has not come yet"),
      (["record", name, "opened", "--recipient", "Interpol"], "is no recipient of this packet"),
      (["record", name, "withdrawn"], "Say why the packet is withdrawn"), (["retract", "1"], "is no step of a packet"),
    ] {
      let outcome = try Program.start(
        try #require(Program.path), ["cases"] + words, in: place, input: nil, environment: place.environment())
      #expect(outcome.status == 2 && outcome.err.contains(why), "\(words): \(outcome.err)")
    }
    #expect(try Program.run("casebook", "export", at: place).text.contains("packet.step") == false)
    let none = try Program.run("cases", "record", "x", "sent", "--casebook", "none.casebook", at: place)
    #expect(none.status == 2 && !place.exists("none.casebook"))
  }

  @Test func laterScrapesSayWhatIsGoneAndWhatIsNotKnown() throws {
    try place.file(["a1": .confirmed, "a2": .confirmed, "b7": .confirmed], from: week)
    try scrape(["a1", "a2", "b7"], in: -1)
    let name = try packet()
    #expect(try Program.run("cases", "record", name, "sent", at: place).status == 0)
    #expect(
      try cases()[0]["listings"] as? [String: Int] == [
        "all": 3, "removed": 0, "online": 0, "not_known": 3, "refused": 0,
      ])
    try scrape(["a1"], in: 7)
    #expect(
      try cases()[0]["listings"] as? [String: Int] == [
        "all": 3, "removed": 1, "online": 1, "not_known": 1, "refused": 0,
      ])
    let text = try Program.run("cases", "--packet", name, at: place).text
    #expect(text.contains("L0001  Hearthside  still online on \(Self.day(7))"))
    #expect(text.contains("L0002  Hearthside  removed between"))
    #expect(text.contains("L0003  青石集  not known: no later scrape of its platform"))
  }

  @Test func staleCasesAreThoseWithoutAStep() throws {
    try place.file(["a1": .confirmed], from: week)
    let name = try packet()
    #expect(try Program.run("cases", "--stale", "0d", at: place).text.contains(name))
    let none = try Program.run("cases", "--stale", "60d", at: place)
    #expect(
      none.status == 1 && none.out.isEmpty && none.err.contains("no open case was left without a step for 60 days"))
    #expect(try Program.run("cases", "--stale", "soon", at: place).status == 64)
    _ = try Program.run("cases", "record", name, "withdrawn", "--note", "=cmd|' /C calc'!A0", at: place)
    #expect(try Program.run("cases", "--stale", "0d", at: place).status == 1)
    let csv = try Program.run("cases", "--csv", at: place)
    #expect(csv.text.contains("\"withdrawn\"") && csv.text.split(separator: "\r\n").count == 2)
  }

  @Test func takedownLatencyCountsFromTheNotice() throws {
    try place.file(["a1": .confirmed, "a2": .confirmed], from: week)
    let name = try packet("platform")
    let early = try Program.run("cases", "latency", at: place)
    #expect(early.status == 1 && early.err.contains("nothing is known of any listing"))
    #expect(try Program.run("cases", "record", name, "sent", at: place).status == 0)
    try scrape(["a1", "a2"], in: 3)
    try scrape(["a1"], in: 10)
    let platforms = try #require(
      try Program.run("cases", "latency", "--json", at: place).json()["platforms"] as? [[String: Any]])
    #expect(platforms.count == 1 && platforms[0]["platform"] as? String == "Hearthside")
    #expect(platforms[0]["removed"] as? Int == 1 && platforms[0]["still_online"] as? Int == 1)
    let steps = try #require(platforms[0]["survival"] as? [[String: Any]])
    let days = try #require(steps.first?["days"] as? Double)
    #expect((9...11).contains(days) && steps[0]["at_risk"] as? Int == 2 && steps[0]["survival"] as? Double == 0.5)
    #expect(platforms[0]["median"] is NSNull)
    #expect(try Program.run("cases", "latency", at: place).text.contains("no median: 50.0 % were still there"))
  }

  @Test func theYearsReportNamesNobodyAndItsSumsAgree() throws {
    try place.file(["a1": .confirmed, "a2": .confirmed], from: week)
    let year = String(Self.day(0).prefix(4))
    let name = try packet("platform")
    #expect(try Program.run("cases", "report", "--year", year, at: place).status == 1)
    let sent = try Program.run("cases", "record", name, "sent", "--note", "to moss_lane's helper", at: place)
    #expect(sent.status == 0, "\(sent.err)")
    #expect(
      try Program.run("cases", "record", name, "removed", "--listing", "L0001", "--reference", "T-7", at: place).status
        == 0)
    try place.write("how.txt", "We decide alone.\nNobody pays for a notice.\n")
    let text = try Program.run("cases", "report", "--year", year, "--independence", "how.txt", at: place)
    #expect(text.status == 0 && text.err.isEmpty, "\(text.err)")
    #expect(text.text.contains("Example Customs") && text.text.contains("Nobody pays for a notice."))
    #expect(text.text.contains("removed in part") && text.text.contains("unlawful sale of animals"))
    let json = try Program.run("cases", "report", "--year", year, "--json", at: place)
    #expect(json.err.contains("--independence"))
    let report = try json.json()
    for part in ["by_provider", "by_category", "by_response"] {
      let groups = try #require(report[part] as? [[String: Any]])
      let total = try #require(report["total"] as? [String: Any])
      for column in ["notices", "listings", "removed", "online", "not_known", "refused"] {
        #expect(groups.reduce(0) { $0 + ($1[column] as? Int ?? 0) } == total[column] as? Int, "\(part), \(column)")
      }
    }
    let csv = try Program.run("cases", "report", "--year", year, "--csv", at: place).text
    for words in ["rk", "moss_lane", "T-7", "Duty desk", "duty@", "helper", "莲心阁"] {
      for printed in [text.text, json.text, csv] {
        #expect(
          !printed.split(whereSeparator: { !$0.isLetter && $0 != "_" && $0 != "-" }).contains { $0 == words },
          "\(words)")
        #expect(words == "rk" || !printed.contains(words), "\(words)")
      }
    }
  }

  @Test func aPacketThatReplacesAnotherNamesItAndBothAreKept() throws {
    try place.file(["a1": .confirmed], from: week)
    let first = try packet()
    try place.file(["b7": .confirmed], from: week)
    let second = try packet("customs", "--replaces", "out/\(first)", "--changes", "a bangle more")
    #expect(second == first.dropLast(1) + "2")
    #expect(place.exists("out/\(first)/data/packet.json"))
    let document = try place.text(of: "out/\(second)/data/packet.json")
    #expect(
      document.contains("\"supersedes\": \"\(first)\"")
        && document.contains("Replaces \(first): 1 listing added; a bangle more."))
    for name in [first, second] { #expect(try Program.run("verify", "out/\(name)", at: place).status == 0) }
    let found = try cases()
    #expect(found.map { $0["closed"] as? String } == [nil, "replaced by \(second)"])
    #expect(found[0]["changes"] as? String == "1 listing added; a bangle more")
    // The draft of the next packet has not taken the sentence over.
    #expect(try !place.text(of: "out/\(packet())/data/packet.json").contains("Replaces"))
    for (replaced, why) in [(first, "was replaced by \(second) already"), ("LNS-2026-000009", "was not exported from")]
    {
      let outcome = try Program.run("packet", week, "--into", "out", "--replaces", replaced, at: place)
      #expect(outcome.status == 2 && outcome.err.contains(why), "\(outcome.err)")
    }
    try place.write("out/\(second)/tagmanifest-sha256.txt", "another\n")
    let forged = try Program.run("packet", week, "--into", "out", "--replaces", "out/\(second)", at: place)
    #expect(forged.status == 2 && forged.err.contains("is not the packet of that name"))
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
  }
}

/// What became of a packet, at a real terminal.
@Suite(.waitsElsewhere, .enabled(if: TerminalSession.isAvailable, TerminalSession.absence))
struct CasesTerminalStories {
  private let place: Workplace

  init() throws {
    place = try Workplace()
    try place.write("week.csv", Workplace.week)
  }

  @Test(arguments: [(80, 24), (120, 36)]) func aStepIsRecordedAndTakenBack(columns: Int, rows: Int) throws {
    try place.file(["a1": .confirmed], from: "week.csv")
    let outcome = try Program.start(
      try #require(Program.path), ["packet", "week.csv"] + PacketCommandTests.answers, in: place, input: nil,
      environment: place.environment())
    #expect(outcome.status == 0, "\(outcome.err)")
    let terminal = try TerminalSession(place, columns: columns, rows: rows)
    try terminal.shell("$L week.csv")
    // One of the three is decided already.
    try terminal.expect("2 of 3")
    terminal.pause()
    try terminal.press("C")
    try terminal.expect("Cases: 1 open")
    try terminal.expect("made, not sent")
    terminal.pause()
    try terminal.press("r")
    try terminal.expect("A step of LNS-")
    try terminal.press("C-s")
    try terminal.expect("Recorded as event")
    try terminal.expectGone("made, not sent")
    terminal.pause()
    try terminal.press("Enter")
    try terminal.expect("→ Example Customs")
    try terminal.press("j")
    terminal.pause()
    try terminal.press("u")
    try terminal.expect("Taken back: event")
    try terminal.press("Escape", "Escape", "q")
    try terminal.expect("ready>")
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
    let log = try Program.run("casebook", "log", at: place).text
    #expect(log.contains("sent to Example Customs") && log.contains("taken back"))
  }

  @Test func aPacketIsReplacedFromTheForm() throws {
    try place.file(["a1": .confirmed], from: "week.csv")
    let outcome = try Program.start(
      try #require(Program.path), ["packet", "week.csv"] + PacketCommandTests.answers, in: place, input: nil,
      environment: place.environment())
    let first = try #require(outcome.text.split(separator: "/").last?.trimmingCharacters(in: .whitespacesAndNewlines))
    let terminal = try TerminalSession(place, columns: 120, rows: 36)
    try terminal.shell("$L week.csv")
    try terminal.expect("2 of 3")
    terminal.pause()
    try terminal.press("P")
    try terminal.expect("Replaces packet")
    let lines = PacketDraft.Line.allCases
    for _ in 0..<(lines.firstIndex(of: .replaces) ?? 0) { try terminal.press("Tab") }
    try terminal.type("LNS-2026-none")
    try terminal.press("C-s")
    try terminal.expect("was not exported")
    try terminal.press("C-u")
    try terminal.type(first)
    try terminal.press("Tab")
    try terminal.type("the same, once more")
    try terminal.press("C-s")
    try terminal.expect("Before it leaves")
    try terminal.press("C-s")
    try terminal.expect("_v2")
    let second = first.dropLast(1) + "2"
    #expect(try place.text(of: "\(second)/data/packet.json").contains("the same 1 listing; the same, once more"))
    #expect(try Program.run("verify", String(second), at: place).status == 0)
    terminal.pause()
    try terminal.press("P")
    try terminal.expect("Replaces packet")
    try terminal.expectGone("once more")
    try terminal.press("Escape", "q")
    try terminal.expect("ready>")
  }
}
