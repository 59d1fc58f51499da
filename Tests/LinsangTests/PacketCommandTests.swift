import Casework
import Foundation
import Testing

/// `linsang packet` and `linsang verify`, checked with independent programs.
@Suite(.waitsElsewhere) struct PacketCommandTests {
  private let place: Workplace
  private let week: String

  static let answers = [
    "--title", "Two bangles", "--summary", "Two adverts of the same week.", "--to", "Example Customs", "--to-kind",
    "customs", "--to-country", "NL", "--from", "Example Monitors", "--from-country", "KE", "--contact-name",
    "Duty desk", "--contact-email", "duty@monitors.example",
  ]

  init() throws {
    place = try Workplace()
    week = try place.write("week.csv", Workplace.week)
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
  }

  private func export(_ more: String...) throws -> Outcome {
    try Program.start(
      try #require(Program.path), ["packet", week, "--into", "out"] + Self.answers + more, in: place, input: nil,
      environment: place.environment())
  }

  /// Writes a packet of the two confirmed listings and returns its folder.
  private func packet() throws -> String {
    try place.file(["a1": .confirmed, "a2": .falsePositive, "b7": .confirmed], from: week)
    let outcome = try export()
    #expect(outcome.status == 0, "\(outcome.err)")
    return try #require(outcome.lines.first)
  }

  @Test func onlyConfirmedListingsAreInThePacket() throws {
    let folder = try packet()
    let document = try place.text(of: folder + "/data/packet.json")
    #expect(document.contains("\"a1\"") && document.contains("\"b7\""))
    #expect(!document.contains("\"a2\""))
    #expect(!document.contains(place.path), "where an analyst keeps files does not leave")
    let verified = try Program.run("verify", folder, at: place)
    #expect(verified.status == 0)
    #expect(verified.text.contains("complete"))
  }

  @Test func answersAreRememberedForTheNextPacket() throws {
    let first = try packet()
    let second = try Program.run("packet", week, "--into", "out", at: place)
    #expect(second.status == 0, "\(second.err)")
    #expect(second.lines.first != first)
    #expect(try Program.run("verify", first, at: place).status == 0)
  }

  @Test func aPacketStatesNothingThatNobodySupplied() throws {
    let folder = try packet()
    let report = try place.text(of: folder + "/data/report.html")
    let document = try document("data/packet.json", in: folder)
    for words in [
      "good faith", "accurate and complete", "Instruments", "no purchase", "Legitimate", "First seen",
    ] {
      #expect(!report.lowercased().contains(words.lowercased()), "\(words)")
    }
    let legal = try #require(document["legal"] as? [String: Any])
    #expect(legal["good_faith"] is NSNull && legal["collection_basis"] is NSNull)
    #expect((legal["instruments"] as? [Any])?.isEmpty == true)
    #expect((document["handling"] as? [String: Any])?["not_for_evidence_without_sender"] is NSNull)
  }

  @Test func aStatementOfGoodFaithIsAboutOnePacket() throws {
    try place.file(["a1": .confirmed], from: week)
    let stated = try #require(
      try export(
        "--good-faith", "We believe this to be right.", "--instruments", "CITES Art. VIII; Lacey Act", "--from-kind",
        "ngo",
        "--evidence", "ask", "--collection", "Public pages only."
      ).lines.first)
    let report = try place.text(of: stated + "/data/report.html")
    #expect(report.contains("We believe this to be right.") && report.contains("CITES Art. VIII; Lacey Act"))
    #expect(report.contains("(ngo, KE)") && report.contains("only after asking the sender"))
    let next = try #require(try Program.run("packet", week, "--into", "out", at: place).lines.first)
    let again = try place.text(of: next + "/data/report.html")
    #expect(!again.contains("We believe") && !again.contains("Good faith"))
    #expect(again.contains("Public pages only.") && again.contains("Lacey Act"))
  }

  /// A note or a tag that came after the verdict is not what decided.
  @Test func thePacketNamesTheEventOfTheVerdict() throws {
    try place.file(["a1": .confirmed], from: week)
    let log = try Program.run("casebook", "log", at: place).text
    let key = try #require(log.split(whereSeparator: \.isWhitespace).last { $0.hasSuffix("a1") }.map(String.init))
    let tagged = try Program.run("describe", key, "--tags", "ring", at: place)
    #expect(tagged.status == 0, "\(tagged.err)")
    let folder = try #require(try export().lines.first)
    let lines = try place.text(of: folder + "/data/audit.jsonl").split(separator: "\n").map(String.init)
    let tool = try #require(try document("data/packet.json", in: folder)["tool"] as? [String: Any])
    let listings = try #require(tool["listings"] as? [String: [String: Any]])
    let review = try #require(listings["L0001"]?["review"] as? [String: Any])
    let event = try #require(review["event"] as? Int)
    let deciding = lines.filter {
      $0.contains("\"casebook_event\":\(event),") || $0.contains("\"casebook_event\":\(event)}")
    }
    #expect(deciding.contains { $0.contains("verdict.file") }, "event \(event)")
    #expect(lines.contains { $0.contains("listing.describe") })
  }

  @Test func aFolderWithPacketsIsNotCheckedAsOne() throws {
    let folder = try packet()
    let above = try Program.run("verify", "out", at: place)
    #expect(above.status == 2)
    #expect(above.err.contains("out is no packet, but a folder with one in it"))
    #expect(above.err.contains("linsang verify out/" + (folder.split(separator: "/").last ?? "")))
  }

  @Test func whatIsInAnEarlierPacketIsToldBeforeItLeavesOnceMore() throws {
    _ = try packet()
    let again = try export()
    #expect(again.err.contains("2 listings are in earlier packets already, the last LNS-"), "\(again.err)")
    let first = try #require(try FileManager.default.contentsOfDirectory(atPath: place.path + "/out").sorted().first)
    let next = try export("--replaces", "out/" + first, "--changes", "one more look")
    #expect(next.status == 0 && !next.err.contains("earlier packets"), "\(next.err)")
  }

  @Test func whatIsNoCountryIsToldAsItWasTyped() throws {
    try place.file(["a1": .confirmed], from: week)
    let outcome = try export("--to-country", "Atlantis")
    #expect(outcome.status == 2 && outcome.err.contains("is \"Atlantis\"; write the country's name"))
  }

  @Test func allThatIsMissingIsToldAtOnceWithItsOptions() throws {
    try place.file(["a1": .confirmed], from: week)
    let outcome = try Program.start(
      try #require(Program.path), ["packet", week, "--into", "out"], in: place, input: nil,
      environment: place.environment())
    #expect(outcome.status == 2)
    for option in ["--summary", "--to", "--to-country", "--from", "--from-country", "--contact-email"] {
      #expect(outcome.err.contains("Give it with \(option)."), "\(option): \(outcome.err)")
    }
  }

  @Test func aPriceThatAScraperWroteAsANumberHasItsCurrency() throws {
    let file = try place.write(
      "thai.csv",
      "listing_id,platform,title,price,currency\nt1,Larets,ivory ring,3500000.0,THB\nt2,Larets,tusk,\"$1,200\",USD\n")
    try place.file(["t1": .confirmed, "t2": .confirmed], from: file)
    let outcome = try Program.start(
      try #require(Program.path), ["packet", file, "--into", "out"] + Self.answers, in: place, input: nil,
      environment: place.environment())
    let folder = try #require(outcome.lines.first, "\(outcome.err)")
    let report = try place.text(of: folder + "/data/report.html")
    #expect(report.contains("read as 3,500,000 THB") && report.contains("read as 1,200 USD"))
    #expect(report.contains("about <strong>108,562 USD</strong> in 2 adverts"))
    #expect(report.contains("32.6 THB as of 2025-07-01"))
    let document = try place.text(of: folder + "/data/packet.json")
    #expect(document.contains("\"amount\": \"3500000\"") && document.contains("\"units_per_usd\": \"32.6\""))
  }

  @Test func aMissingAnswerNamesItsOptionAndWritesNothing() throws {
    try place.file(["a1": .confirmed], from: week)
    let outcome = try Program.run("packet", week, "--into", "out", at: place)
    #expect(outcome.status == 2)
    #expect(outcome.err.contains("--summary"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path + "/out").isEmpty)
  }

  @Test func withoutACasebookOrAConfirmedListingNothingIsWritten() throws {
    let none = try export()
    #expect(none.status == 2)
    #expect(none.err.contains("There is no casebook"))
    #expect(!place.exists("case.casebook"))
    try place.file(["a2": .falsePositive], from: week)
    let outcome = try export()
    #expect(outcome.status == 1)
    #expect(outcome.err.contains("none of these listings is confirmed"))
  }

  @Test func aMissingFolderIsNotCreated() throws {
    try place.file(["a1": .confirmed], from: week)
    let outcome = try export("--into", "nowhere")
    #expect(outcome.status == 2)
    #expect(outcome.err.contains("there is no folder nowhere"))
    #expect(!place.exists("nowhere"))
  }

  @Test func aRefusedPacketUsesUpNoNumber() throws {
    try place.file(["a1": .confirmed], from: week)
    #expect(try export("--into", "nowhere").status == 2)
    let folder = try #require(try export().lines.first)
    #expect(folder.hasSuffix("-000001_v1"), "\(folder)")
  }

  @Test func packetsOfInventedListingsSayThatTheyAreTests() throws {
    _ = try Program.run("demo", "--write-only", "--per-week", "20", "--folder", "demo", at: place)
    let demo = place.path + "/demo/demo-week45.csv"
    let first = try #require(try Program.run("query", "", demo, at: place).lines.first)
    let listing = try JSONSerialization.jsonObject(with: Data(first.utf8)) as? [String: Any]
    try place.file([listing?["listing_id"] as? String ?? "": .confirmed], from: demo)
    let outcome = try Program.start(
      try #require(Program.path), ["packet", demo, "--into", "out"] + Self.answers, in: place, input: nil,
      environment: place.environment())
    let folder = try #require(outcome.lines.first, "\(outcome.err)")
    #expect(try place.text(of: folder + "/data/packet.json").contains("\"test_data\": true"))
  }

  // MARK: Code words

  /// A JSON document in a packet, read by Foundation.
  private func document(_ path: String, in folder: String) throws -> [String: Any] {
    let json = try place.text(of: folder + "/" + path)
    return try #require(JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
  }

  private static let own = """
    term,language,kind,denotes,taxon,product,weight,needs,unless,match,source,note,reviewed
    bangle,en,code word,elephant ivory,Loxodonta africana,IVC,50,,,,unverified,invented,2026-11-24

    """

  @Test func everyHitInAPacketIsTracedToTheLexiconsUsed() throws {
    try place.file(["a1": .confirmed], from: week)
    let mine = try place.write("mine.csv", Self.own)
    let folder = try #require(try export("--lexicon", mine).lines.first)
    let readings = try document("data/readings.json", in: folder)
    let terms = try #require(readings["terms"] as? [[String: Any]])
    let term = try #require(terms.first { $0["name"] as? String == "bangle" })
    #expect(term["file"] as? String == "mine.csv" && term["line"] as? Int == 2)
    let lexicons = try #require(readings["lexicons"] as? [[String: Any]])
    let named = try #require(lexicons.first { $0["name"] as? String == "mine.csv" })
    #expect(named["layer"] as? String == "named" && named["rows"] as? Int == 1)
    #expect(named["sha256"] as? String == term["file_sha256"] as? String)
    #expect(lexicons.contains { $0["layer"] as? String == "shipped" })
    let listing = try #require((readings["listings"] as? [[String: Any]])?.first)
    let hits = try #require(listing["hits"] as? [[String: Any]])
    #expect(hits.contains { $0["text"] as? String == "bangle" && $0["start"] as? Int == 7 && $0["end"] as? Int == 13 })
    // The same risk as everywhere else in the program.
    let scan = try Program.run("lexicon", "scan", week, "--lexicon", mine, at: place)
    let first = try JSONSerialization.jsonObject(with: Data(try #require(scan.lines.first).utf8)) as? [String: Any]
    #expect(first?["risk"] as? Int == listing["risk"] as? Int)
    let taxon = try #require(
      ((try document("data/packet.json", in: folder)["listings"] as? [[String: Any]])?.first?["taxon"])
        as? [String: Any])
    #expect(taxon["cites_appendix"] as? String == "I/II" && taxon["scientific_name"] as? String == "Loxodonta africana")
  }

  @Test func groupsOfExclusionsAreCitedAndTheHitNamesTheWordThatSuppressedIt() throws {
    try place.file(["a1": .confirmed], from: week)
    let environment = ["XDG_CONFIG_HOME": place.path + "/config"]
    let groups =
      "group,language,words,source,note\nbangles for dolls,en,doll bangle|carved bangle,unverified,invented\n"
    try place.write("config/linsang/Lexicons/exclusions.csv", groups)
    let mine = try place.write(
      "mine.csv", Self.own.replacingOccurrences(of: ",50,,,,unverified", with: ",50,,@bangles for dolls,,unverified"))
    let outcome = try Program.start(
      try #require(Program.path), ["packet", week, "--into", "out", "--lexicon", mine] + Self.answers, in: place,
      input: nil, environment: place.environment(environment))
    let folder = try #require(outcome.lines.first, "\(outcome.err)")
    let readings = try document("data/readings.json", in: folder)
    let cited = try #require(readings["tables"] as? [[String: Any]]).filter {
      $0["role"] as? String == "groups of exclusions"
    }
    let own = try #require(cited.first { $0["layer"] as? String == "own" })
    #expect(cited.contains { $0["layer"] as? String == "shipped" })
    #expect(own["name"] as? String == "exclusions.csv" && own["bytes"] as? Int == groups.utf8.count)
    let text = try place.text(of: folder + "/data/readings.json")
    #expect(text.contains("\"Carved bangle\""), "the word that made the hit void")
    let verified = try Program.run("verify", folder, at: place, environment: environment)
    #expect(verified.text.contains("only here") == false && verified.status == 0)
    try place.write("config/linsang/Lexicons/exclusions.csv", groups + "dolls,en,doll,unverified,invented\n")
    let other = try Program.run("verify", folder, at: place, environment: environment)
    #expect(other.text.contains("with other content: exclusions.csv"), "\(other.text)")
  }

  @Test func aLexiconLeftOutIsListedAsOffAndAnUnknownOneIsRefused() throws {
    try place.file(["a1": .confirmed], from: week)
    let folder = try #require(try export("--without", "elephant-ivory").lines.first)
    let readings = try document("data/readings.json", in: folder)
    #expect(readings["lexicons_off"] as? [String] == ["elephant-ivory"])
    let lexicons = try #require(readings["lexicons"] as? [[String: Any]])
    #expect(!lexicons.contains { $0["name"] as? String == "elephant-ivory.csv" } && !lexicons.isEmpty)
    let refused = try export("--without", "nosuch")
    #expect(refused.status != 0 && refused.err.contains("nosuch"))
  }

  @Test func verifyComparesTodaysLexiconsWithThoseOfThePacket() throws {
    let folder = try packet()
    let same = try Program.run("verify", folder, at: place)
    #expect(same.status == 0 && same.text.contains("the same as on this machine today"))
    try place.write("config/linsang/Lexicons/terms/mine.csv", Self.own)
    let other = try Program.run(
      "verify", folder, at: place, environment: ["XDG_CONFIG_HOME": place.path + "/config"])
    #expect(other.status == 0, "lexicons that went on do not harm a packet")
    #expect(other.text.contains("only here: mine.csv"))
  }

  // MARK: Checking

  @Test func everyFlippedByteOfAPacketIsFound() throws {
    let folder = place.path + "/" + (try packet())
    let files = try #require(FileManager.default.enumerator(atPath: folder)).compactMap { $0 as? String }
      .filter { !FileManager.default.isFolder(folder + "/" + $0) }
    #expect(files.count >= 8)
    for file in files {
      let whole = try Data(contentsOf: URL(fileURLWithPath: folder + "/" + file))
      for place in [0, whole.count / 2, whole.count - 1] {
        var bytes = whole
        bytes[place] ^= 1
        try bytes.write(to: URL(fileURLWithPath: folder + "/" + file))
        let outcome = try Program.run("verify", folder, at: self.place)
        #expect(outcome.status == 1, "\(file), byte \(place)")
        #expect(!outcome.out.isEmpty)
      }
      try whole.write(to: URL(fileURLWithPath: folder + "/" + file))
    }
    #expect(try Program.run("verify", folder, at: place).status == 0)
  }

  @Test func addedAndMissingFilesAreFound() throws {
    let folder = try packet()
    try place.write(folder + "/data/extra.txt", "more")
    #expect(try Program.run("verify", folder, at: place).status == 1)
    #expect(
      try Program.shell("rm \(folder)/data/extra.txt \(folder)/data/README.txt; $L verify \(folder)", at: place).status
        == 1)
  }

  @Test func verifySaysInWordsAndAsJSONWhatItDerivedAgain() throws {
    let folder = try packet()
    let words = try Program.run("verify", folder, at: place)
    #expect(
      words.text.contains("report.html byte by byte and every cell of listings.csv, derived again"), "\(words.text)")
    #expect(words.text.contains("2 listings: each is equal to a field of the row in evidence"))
    #expect(!words.text.contains("report.html beyond its checksum"))
    let json = try Program.run("verify", folder, "--json", at: place)
    let value = try #require(JSONSerialization.jsonObject(with: Data(json.text.utf8)) as? [String: Any])
    #expect((value["checked"] as? [String])?.contains { $0.hasPrefix("report.html byte by byte") } == true)
  }

  @Test func theMethodCountsWhatWasLookedAtAndNamesTheFilter() throws {
    try place.file(["a1": .confirmed, "a2": .falsePositive, "b7": .confirmed], from: week)
    let folder = try #require(try export("--filter", "platform:hearthside").lines.first)
    let tool = try #require(try document("data/packet.json", in: folder)["tool"] as? [String: Any])
    let selection = try #require(tool["selection"] as? [String: Any])
    #expect(selection["filter"] as? String == "platform:hearthside")
    let counts = ["confirmed", "unsure", "unreviewed"].map { selection[$0] as? Int ?? 0 }
    let falsePositives = (selection["false_positive"] as? [String: Int] ?? [:]).values.reduce(0, +)
    #expect(counts[0] == 2 && falsePositives == 1)
    #expect(counts.reduce(falsePositives, +) == selection["listings_in_files"] as? Int)
    #expect(try place.text(of: folder + "/data/report.html").contains("platform&#58;hearthside"))
    #expect(try Program.run("verify", folder, at: place).status == 0)
  }

  @Test func aPacketIsAWitnessOfItsCasebook() throws {
    try place.file(["a1": .confirmed], from: week)
    let copy = try Data(contentsOf: URL(fileURLWithPath: place.casebook))
    let folder = try packet()
    let agreed = try Program.run("casebook", "verify", at: place)
    #expect(agreed.status == 0)
    #expect(agreed.text.contains("/\((folder as NSString).lastPathComponent)"), "\(agreed.text)")
    // Everything from before the packet, and no other witness.
    try copy.write(to: URL(fileURLWithPath: place.casebook))
    _ = try Program.shell("rm -r case.casebook.heads home/.local/state/linsang/heads", at: place)
    #expect(try Program.run("casebook", "verify", at: place).status == 0)
    let found = try Program.run("casebook", "verify", "--packets", "out", at: place)
    #expect(found.status == 1, "\(found.text)")
    #expect(found.text.contains("CONTRADICTED: out/LNS-"), "\(found.text)")
  }

  @Test func aListingThatAColleagueConfirmedElsewhereIsInThePacketUnderTheirName() throws {
    try place.file(["a2": .falsePositive, "b7": .confirmed], from: week)
    try place.file(["a1": .confirmed], from: week, analyst: "ben", into: "ben.casebook")
    #expect(try Program.run("casebook", "merge", "ben.casebook", at: place).status == 0)
    let outcome = try export()
    #expect(outcome.status == 0, "\(outcome.err)")
    let folder = try #require(outcome.lines.first)
    let chain = try place.text(of: "\(folder)/data/audit.jsonl").split(separator: "\n").filter {
      $0.contains("\"chain\":")
    }
    #expect(chain.count == 1 && chain[0].contains("\"actor\":\"ben\""))
    #expect(try place.text(of: "\(folder)/data/report.html").contains(/decided by .{0,30}ben/))
    #expect(try Program.run("verify", folder, at: place).status == 0)
    let verified = try Program.run("casebook", "verify", at: place)
    #expect(verified.status == 0 && verified.text.contains("/\((folder as NSString).lastPathComponent)"))
  }

  @Test func verifyingAMissingOrForeignFileIsStatus2() throws {
    for path in ["nosuch", week, "/dev/null"] {
      let outcome = try Program.run("verify", path, at: place)
      #expect(outcome.status == 2)
      #expect(outcome.err.contains(path))
    }
  }

  // MARK: Outside programs

  @Test(.enabled(if: Program.outside("sha256sum") != nil, "sha256sum is not installed"))
  func sha256sumAgrees() throws {
    let folder = try packet()
    let outcome = try Program.shell(
      "cd \(folder) && sha256sum -c --quiet manifest-sha256.txt tagmanifest-sha256.txt", at: place)
    #expect(outcome.status == 0, "\(outcome.text)\(outcome.err)")
  }

  @Test(.enabled(if: Program.outside("bagit.py") != nil, "bagit.py is not installed"))
  func bagitAgrees() throws {
    let folder = try packet()
    let outcome = try Program.shell("\(try #require(Program.outside("bagit.py"))) --validate \(folder)", at: place)
    #expect(outcome.status == 0, "\(outcome.err)")
  }

  @Test(
    .enabled(
      if: Program.outside("check-jsonschema") != nil && Self.schema != nil, "check-jsonschema or the schema is absent"))
  func theSchemaAgrees() throws {
    let folder = try packet()
    let checker = try #require(Program.outside("check-jsonschema"))
    // The published schema, with the packet numbers that carry a casebook's token.
    let schema = try String(contentsOfFile: try #require(Self.schema), encoding: .utf8)
      .replacing(#"^LNS-\\d{4}-\\d{6}$"#, with: #"^LNS-\\d{4}(-[0-9A-HJKMNP-TV-Z]{4})?-\\d{6}$"#)
    try place.write("packet.schema.json", schema)
    let outcome = try Program.shell(
      "\(checker) --schemafile packet.schema.json \(folder)/data/packet.json", at: place)
    #expect(outcome.status == 0, "\(outcome.text)\(outcome.err)")
  }

  @Test(.enabled(if: Program.outside("check-jsonschema") != nil, "check-jsonschema is not installed"))
  func theSchemaInThePacketAgreesWithItsReadings() throws {
    let folder = try packet()
    let checker = try #require(Program.outside("check-jsonschema"))
    let outcome = try Program.shell(
      "\(checker) --schemafile \(folder)/data/readings.schema.json \(folder)/data/readings.json", at: place)
    #expect(outcome.status == 0, "\(outcome.text)\(outcome.err)")
  }

  private static let schema: String? = {
    guard let data = Program.sharedData else { return nil }
    let path = (data as NSString).deletingLastPathComponent + "/packet/sample/packet.schema.json"
    return access(path, R_OK) == 0 ? path : nil
  }()

  @Test(
    .enabled(
      if: Program.outside("jq") != nil && Program.outside("sha256sum") != nil, "jq and sha256sum are not both there"))
  func theAuditChainOfAPacketIsWholeByJqAndSha256sum() throws {
    let folder = try packet()
    let outcome = try Program.shell(
      "cd \(folder) && \(chainCheck("data/audit.jsonl")) && grep -c $p bag-info.txt", at: place)
    #expect(outcome.text == "1\n", "\(outcome.text)\(outcome.err)")
  }
}

/// Checks a chain in the shell, as a packet's README describes it; leaves the head in `$p`.
func chainCheck(_ file: String) -> String {
  """
  p=$(printf '0%.0s' {1..64}); while IFS= read -r l; do [ "$(jq -r .prev <<<"$l")" = "$p" ] || echo BROKEN; \
  p=$(printf %s "$l"|sha256sum|cut -c1-64); done < \(file)
  """
}

extension FileManager {
  fileprivate func isFolder(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
  }
}
