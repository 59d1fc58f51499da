import Casework
import Foundation
import Testing

/// `linsang counts` and `linsang export`.
@Suite(.waitsElsewhere) struct CountsCommandTests {
  private let place: Workplace

  init() throws { place = try Workplace() }

  private func tables(_ arguments: String...) throws -> [String: [[String: Any]]] {
    let printed = try Program.start(
      try #require(Program.path), ["counts"] + arguments + ["--json"], in: place, input: nil,
      environment: place.environment())
    return try #require(try printed.json() as? [String: [[String: Any]]], "\(printed.err)")
  }

  private func demo() throws -> String {
    let written = try Program.run("demo", "--write-only", at: place)
    return try #require(written.lines.last, "\(written.err)")
  }

  /// Values of the summary by measure.
  private func summary(_ tables: [String: [[String: Any]]]) throws -> [String: Any] {
    Dictionary(
      uniqueKeysWithValues: try #require(tables["summary"]).map { ($0["measure"] as? String ?? "", $0["value"] ?? "") })
  }

  private func sums(_ rows: [[String: Any]], of measure: String, by column: String) -> [String: Int] {
    rows.reduce(into: [:]) { $0[$1[column] as? String ?? "", default: 0] += $1[measure] as? Int ?? 0 }
  }

  @Test func countsAddUpToWhatStatsCounts() throws {
    let file = try demo()
    let stats = try Program.run("stats", file, "--json", at: place).json()
    let counts = try tables(file)
    let total = try summary(counts)
    #expect(total["adverts"] as? Int == stats["listings"] as? Int)
    #expect(total["rows of files"] as? Int == stats["rows"] as? Int)
    for (table, column, facet) in [
      ("platforms", "platform", "platform"), ("seller_countries", "country_as_stated", "country"),
    ] {
      let facets = try #require((stats["facets"] as? [String: Any])?[facet] as? [[String: Any]])
      var expected: [String: Int] = [:]
      for value in facets {
        let name = (value["value"] as? String).map { $0.isEmpty ? "not known" : $0 } ?? "not known"
        expected[name] = value["count"] as? Int
      }
      #expect(sums(try #require(counts[table]), of: "rows", by: column) == expected, "\(table)")
    }
    for table in ["platforms", "appendices", "seller_countries", "prices", "weeks"] {
      let adverts = try #require(counts[table]).reduce(0) { $0 + ($1["adverts"] as? Int ?? 0) }
      #expect(adverts == total["adverts"] as? Int, "\(table)")
    }
  }

  @Test func aFilterChoosesWhatWasConfirmed() throws {
    let week = try place.write("week.csv", Workplace.week)
    try place.file(["a1": .confirmed, "b7": .falsePositive], from: week)
    let all = try summary(tables(week))
    #expect(all["confirmed"] as? Int == 1 && all["false positive"] as? Int == 1)
    let confirmed = try summary(tables(week, "--filter", "is:confirmed"))
    #expect(confirmed["adverts"] as? Int == 1 && confirmed["confirmed"] as? Int == 1)
    let none = try Program.run("counts", week, "--filter", "nowhere to be found", at: place)
    #expect(none.status == 1 && none.err.contains("no listing matches the filter"))
  }

  @Test func aFolderGetsAFileForEachTableAndNothingIsOverwritten() throws {
    let week = try place.write("week.csv", Workplace.week)
    let written = try Program.run("counts", week, "--into", "counts", at: place)
    #expect(written.lines.count == 8 && written.lines.contains("counts/seller-countries.csv"), "\(written.err)")
    #expect(try place.text(of: "counts/method.csv").contains("\"filter\",\"none: all listings\""))
    #expect(try Program.run("counts", week, "--into", "counts", at: place).status == 2)
    #expect(try Program.run("counts", week, "--into", "counts.xlsx", at: place).lines == ["counts.xlsx"])
    let again = try Program.run("counts", week, "--into", "counts.xlsx", at: place)
    #expect(again.status == 2 && again.err.contains("counts.xlsx could not be written"))
  }

  @Test(.enabled(if: Program.outside("python") != nil, "openpyxl is not installed in $LINSANG_VALIDATORS"))
  func othersReadTheWorkbook() throws {
    try place.write(
      "hostile.csv",
      "id,platform,title,seller,country,price\n1,\"=HYPERLINK(\"\"http://x.example\"\")\",ivory,kofi,\"<b>&\u{1b}[31m\",USD 5\n"
    )
    let file = place.path + "/hostile.csv"
    #expect(try Program.run("counts", file, "--into", "counts.xlsx", at: place).status == 0)
    try place.write(
      "read.py",
      """
      import sys
      try:
          import openpyxl
      except ImportError:
          sys.exit(77)
      book = openpyxl.load_workbook("counts.xlsx")
      print(*book.sheetnames, sep="|")
      sheet = book["platforms"]
      print(sheet["A2"].value, sheet["A2"].data_type, sheet["C2"].value, sheet["C2"].data_type, sheet.freeze_panes)
      print(book["seller countries"]["A2"].value)
      """)
    let read = try Program.start(
      try #require(Program.outside("python")), ["read.py"], in: place, input: nil, environment: place.environment())
    guard read.status != 77 else { return }
    #expect(
      read.lines == [
        "summary|platforms|species|appendices|seller countries|prices|weeks|method",
        "=HYPERLINK(\"http://x.example\") s 1 n A2", "&[U+001B][31m",
      ], "\(read.err)")
  }

  // MARK: Exports

  private func packet(_ more: String...) throws -> String {
    let week = try place.write("week.csv", Workplace.week)
    try place.file(["a1": .confirmed, "b7": .confirmed], from: week)
    let written = try Program.start(
      try #require(Program.path), ["packet", week] + PacketCommandTests.answers + more, in: place, input: nil,
      environment: place.environment())
    return try #require(written.lines.first, "\(written.err)")
  }

  @Test func anEventForMISPHoldsThePacketsFactsAndNothingForDetection() throws {
    let folder = try packet()
    let event = try Program.run("export", "misp", folder, at: place)
    let facts = try #require(try event.json()["Event"] as? [String: Any])
    #expect(
      (facts["info"] as? String)?.hasPrefix((folder as NSString).lastPathComponent) == true
        && facts["published"] as? Bool == false)
    #expect((facts["Tag"] as? [[String: Any]])?.contains { $0["name"] as? String == "tlp:amber" } == true)
    let objects = try #require(facts["Object"] as? [[String: Any]])
    #expect(Set(objects.compactMap { $0["name"] as? String }) == ["user-account", "url", "forensic-evidence"])
    #expect(!event.text.contains("\"to_ids\":true") && !event.text.contains("\"to_ids\": true"))
    #expect(try Program.run("export", "misp", folder, at: place).text == event.text)
    // Every reference leads to an object.
    let known = Set(objects.compactMap { $0["uuid"] as? String })
    for object in objects {
      for reference in object["ObjectReference"] as? [[String: Any]] ?? [] {
        #expect(known.contains(reference["referenced_uuid"] as? String ?? ""))
      }
    }
  }

  @Test func filesBesideTheRowsAreEvidenceOfTheEventToo() throws {
    let week = try place.write("week.csv", Workplace.week)
    try place.file(["a1": .confirmed], from: week)
    try place.write("moss.html", "<p>ivory</p>")
    let attached = try Program.run("attach", "a1", "moss.html", "--listings", week, at: place)
    #expect(attached.status == 0, "\(attached.err)")
    let folder = try packet()
    let event = try Program.run("export", "misp", folder, at: place).text
    // Under the packet's own name; what it was called stands in a sentence.
    #expect(event.contains("data/evidence/L0001/E0002-") && !event.contains("E0002-moss"))
  }

  @Test(.enabled(if: Program.outside("python") != nil, "PyMISP is not installed in $LINSANG_VALIDATORS"))
  func pyMISPTakesTheEventWithItsTemplates() throws {
    let folder = try packet()
    #expect(try Program.run("export", "misp", folder, "--into", "event.json", at: place).lines == ["event.json"])
    try place.write(
      "read.py",
      """
      import json, sys
      try:
          from pymisp import MISPEvent, MISPObject
      except ImportError:
          sys.exit(77)
      event = MISPEvent()
      event.load_file("event.json", validate=True)
      for found in event.objects:
          template = MISPObject(found.name, strict=True)
          assert template.template_uuid == found.template_uuid, found.name
          assert str(template.template_version) == str(found.template_version), found.name
          for attribute in found.attributes:
              known = template._definition["attributes"][attribute.object_relation]
              assert known["misp-attribute"] == attribute.type, (found.name, attribute.object_relation)
              template.add_attribute(attribute.object_relation, value=attribute.value)
          template._validate()
      print(len(event.objects), len(event.tags))
      """)
    let read = try Program.start(
      try #require(Program.outside("python")), ["read.py"], in: place, input: nil, environment: place.environment())
    guard read.status != 77 else { return }
    #expect(read.status == 0, "\(read.err)")
  }

  @Test func theIllegalTradeReportLeavesToTheAuthorityWhatOnlyItKnows() throws {
    let folder = try packet()
    let sheet = try Program.run("export", "illegal-trade", folder, folder, at: place)
    let lines = sheet.text.components(separatedBy: "\r\n")
    #expect(sheet.status == 0 && lines.count == 6, "the header, a row for each listing, and nothing: \(sheet.text)")
    #expect(lines.first?.contains("\"law_under_which_charged\"") == true)
    #expect(sheet.text.contains("online advert, not a seizure; species by words alone"))
    #expect(
      try Program.run("export", "illegal-trade", folder, "--into", "trade.xlsx", at: place).lines == ["trade.xlsx"])
  }

  @Test func anExportForSharingHoldsNoAliasAndNoAddress() throws {
    let folder = try packet("--for", "sharing")
    let event = try Program.run("export", "misp", folder, at: place).text
    let sheet = try Program.run("export", "illegal-trade", folder, at: place).text
    for secret in ["moss_lane", "莲心阁", "hearthside.example", "qingshi.example", "http"] {
      #expect(!event.contains(secret) && !sheet.contains(secret), "\(secret)")
    }
  }

  @Test func aPacketThatIsNotAsItWasWrittenIsNotExported() throws {
    let folder = try packet()
    let path = place.path + "/" + folder + "/data/listings.csv"
    try (String(contentsOfFile: path, encoding: .utf8) + "x").write(toFile: path, atomically: true, encoding: .utf8)
    for kind in ["misp", "illegal-trade"] {
      let refused = try Program.run("export", kind, folder, at: place)
      #expect(refused.status == 1 && refused.out.isEmpty && refused.err.contains("was not exported"))
    }
    #expect(try Program.run("export", "misp", "nowhere", at: place).status == 1)
  }
}
