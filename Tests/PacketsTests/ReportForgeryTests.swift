import CaseFiles
import Foundation
import Hashing
import Listings
import SmallFormats
import Testing

@testable import Packets

/// The report and the sheet say what the packet's records say, or `verify` says where they do not.
@Suite struct ReportForgeryTests {
  private let forged: ForgedPacket

  init() throws { forged = try ForgedPacket() }

  private func sentences() -> String { forged.found.map(\.sentence).joined(separator: "\n") }

  /// Each changes the report alone, under new lists.
  @Test(arguments: [
    ("</main>", "<script>alert(1)</script></main>", "line"),
    ("<bdi>Ring, <mark>", "<bdi>Rhino horn <mark>", "under L0001"),
    ("$120.00 both", "$12,000.00 both", "under"), ("old_curios_88", "old_curios_99", "under"),
    ("decided by <bdi>rk</bdi>", "decided by <bdi>nobody</bdi>", "under L0001"),
    ("Risk 84 of 100", "Risk 12 of 100", "under L0001"), ("UNSIGNED", "Signed", "under packet"),
    ("default-src 'none'", "default-src *", "line"), ("TEST DATA.", "", "line"),
    ("data/evidence/L0001/E0001-record.csv.txt", "data/evidence/L0002/E0002-record.jsonl.txt", "under annex-a"),
  ])
  func aChangedReportShowsWithItsPlace(old: String, new: String, place: String) throws {
    try forged.replace(old, new, in: Report.path)
    #expect(forged.found.map(\.path) == [Report.path], "\(sentences())")
    guard case .differs(let where_, _, _)? = forged.found.first?.what else {
      Issue.record("\(sentences())")
      return
    }
    #expect(where_.hasPrefix("line ") && where_.contains(place), "\(where_)")
  }

  @Test func whatAForgerPutIntoAReportReachesTheTerminalAsText() throws {
    try forged.replace("</main>", "<script>\u{1B}[2J\u{202E}</script></main>", in: Report.path)
    #expect(sentences().contains("<script>[U+001B][2J[U+202E]"))
  }

  @Test(arguments: [
    ("\"'=HYPERLINK", "\"=HYPERLINK", "title of L0002"), ("\"84\"", "\"12\"", "risk of L0001"),
    ("\"Ring, white gold", "\"Rhino horn, white gold", "title of L0001"),
    ("\"$120.00 both\"", "\"$12 both\"", "price_as_advertised of L0001"),
    ("\"Loxodonta africana | Elephas maximus\"", "\"Loxodonta africana\"", "species_as_named of L0001"),
    ("\"about 1.5 kg\"", "\"about 15 kg\"", "quantity_as_advertised of L0002"),
    ("Same hands as L-88.", "Nothing to see.", "analyst_note of L0001"),
    ("\"white gold | 象牙\"", "\"象牙\"", "terms_counted of L0001"),
    ("Appendix I since 2019-11-26", "Appendix II since 2019-11-26", "cites of L0001"),
    ("China level 1 since", "China level 2 since", "china of L0001"),
    ("'+30 “穿山甲”", "'+3 “穿山甲”", "why_flagged of L0002"),
    ("then decoded from GB18030", "then decoded from Big5", "source_read_after of L0002"),
  ])
  func aChangedCellShowsWithItsColumn(old: String, new: String, place: String) throws {
    try forged.replace(old, new, in: ListingsSheet.path)
    #expect(forged.found.count == 1 && forged.found[0].path == ListingsSheet.path, "\(sentences())")
    #expect(sentences().contains("gives \(place) as"), "\(sentences())")
  }

  @Test func everyColumnOfTheSheetIsCompared() throws {
    let rows = try #require(SheetRows.read(forged.read(ListingsSheet.path)))
    for (place, column) in ListingsSheet.columns.enumerated() {
      let forged = try ForgedPacket()
      var changed = rows
      changed[1][place] += "x"
      let text = changed.map {
        $0.map { "\"" + $0.replacing("\"", with: "\"\"") + "\"" }.joined(separator: ",") + "\r\n"
      }
      try forged.write(Array(text.joined().utf8), ListingsSheet.path)
      try forged.listAgain()
      #expect(forged.found.contains { $0.sentence.contains("gives \(column) of L0001 as") }, "\(column)")
    }
  }

  @Test func aRowMoreOrAnotherFormOfTheSheetShows() throws {
    let text = try forged.text(ListingsSheet.path)
    let last = try #require(text.split(separator: "\r\n").last)
    try forged.write(Array((text + last + "\r\n").utf8), ListingsSheet.path)
    try forged.listAgain()
    #expect(sentences().contains("gives rows as \"4\", which should be 3"), "\(sentences())")
    try forged.write(Array(text.replacing("\r\n", with: "\n").utf8), ListingsSheet.path)
    try forged.listAgain()
    #expect(forged.found == [PacketCheckProblem(ListingsSheet.path, .notExact)])
    // A character in another composition looks the same.
    let other = text.replacing("Example City", with: "Example C\u{131}ty")
    try forged.write(Array(other.utf8), ListingsSheet.path)
    try forged.listAgain()
    #expect(forged.found.count == 1)
  }

  // MARK: Records that contradict each other

  /// The forger changed the risk everywhere that a person looks; the points, the chain and the evidence contradict.
  @Test func aRiskThatIsChangedInTheReadingsIsNotThatOfTheDocument() throws {
    try forged.replaceInReadings("\"risk\": 84", "\"risk\": 80")
    try forged.replaceInReadings("\"points\": 70", "\"points\": 66")
    try forged.deriveAgain()
    #expect(sentences().contains("gives red_flags of L0001 as"), "\(sentences())")
  }

  @Test func aTitleOrTextThatIsNotTheOneThatWasReadShows() throws {
    try forged.replaceInReadings("\"title\": \"Ring, white gold", "\"title\": \"Rins, white gold")
    try forged.deriveAgain()
    #expect(sentences().contains("gives the title of L0001 as"), "\(sentences())")
    let other = try ForgedPacket()
    try other.changeDocument { document in
      document["listings"] = .list(
        (document["listings"]?.asList ?? []).map { $0.setting(.text("One ring, new."), at: ["text_excerpt"]) })
    }
    try other.deriveAgain()
    #expect(other.found.contains { $0.sentence.contains("gives text_excerpt of L0001 as") })
  }

  /// Consistent in the whole packet but for the evidence.
  @Test func aTitleThatIsOnlyPartOfAFieldIsNotInTheEvidence() throws {
    for title in ["12", "a", "Ring", "white gold"] {
      let forged = try ForgedPacket()
      try forged.changeDocument { document in
        document["listings"] = .list(
          (document["listings"]?.asList ?? []).map {
            $0.word("id") == "L0001" ? $0.setting(.text(title), at: ["title"]) : $0
          })
      }
      try forged.deriveAgain()
      #expect(
        forged.found.contains {
          $0.what == .notInEvidence(listing: "L0001", what: "title", claim: title)
        }, "\(title)")
    }
  }

  /// Some programs write a quote within quotes with a backslash.
  @Test func aTitleWithEscapedQuotesIsInItsRow() throws {
    var listing = Invented.bareListing()
    listing.title = #"Horn "old", comb"#
    listing.evidence = [Invented.evidence(#"7;"Horn \"old\", comb";90"# + "\r\n")]
    #expect(PacketAssembly.problems(of: Invented.packet([listing])) == [])
    listing.evidence[0].conversions = [Conversion(.dialect, "read with backslashes before quotes")]
    #expect(PacketAssembly.problems(of: Invented.packet([listing])) == [])
    listing.title = #"Horn "new", comb"#
    #expect(PacketAssembly.problems(of: Invented.packet([listing])).count == 1)
  }

  @Test func aReviewThatTheChainDoesNotHaveShows() throws {
    for (name, value, what) in [
      ("by", "ben", "review"), ("at", "2026-11-22T08:01:00Z", "review"), ("verdict", "unsure", "review"),
      ("note", "Nothing to see.", "note"),
    ] {
      let forged = try ForgedPacket()
      try forged.changeDocument { document in
        document["tool"] = document["tool"]?.setting(.text(value), at: ["listings", "L0001", "review", name])
      }
      try forged.deriveAgain()
      #expect(
        forged.found.contains { $0.sentence.contains("the \(what) o") && $0.sentence.contains("L0001") }, "\(name)")
    }
  }

  @Test func anAddressThatIsNotTheOneCollectedShows() throws {
    try forged.changeDocument { document in
      document["tool"] = document["tool"]?.setting(
        .text("https://bazaar.example/item/9"), at: ["listings", "L0001", "address_as_collected"])
    }
    try forged.deriveAgain()
    #expect(forged.found.contains { $0.sentence.contains("gives the url of L0001 as") })
    #expect(forged.found.contains { if case .notInEvidence("L0001", "url", _) = $0.what { true } else { false } })
  }

  /// What the codes say is not what the words of the row say.
  @Test(arguments: [
    (["price", "amount"], "12.00"), (["price", "currency"], "EUR"), (["price", "as_advertised"], "$12 both"),
    (["specimen", "quantity"], "200"),
  ])
  func aCodedStatementThatIsNotThatOfTheWordsShows(path: [String], value: String) throws {
    try forged.changeDocument { document in
      document["listings"] = .list(
        (document["listings"]?.asList ?? []).map {
          $0.word("id") == "L0001" ? $0.setting(.text(value), at: path) : $0
        })
    }
    try forged.deriveAgain()
    // Another currency is one for which the packet states no rate.
    let isCurrency = path == ["price", "currency"]
    #expect(
      forged.found.map(\.path) == Array(repeating: "data/packet.json", count: isCurrency ? 2 : 1), "\(sentences())")
    #expect(sentences().contains("gives the \(path.joined(separator: ".")) of L0001 as \"\(value)\""))
  }

  @Test func aChoiceThatDoesNotAddUpShows() throws {
    try forged.changeDocument { document in
      document["tool"] = document["tool"]?.setting(.number(7), at: ["selection", "unreviewed"])
    }
    try forged.deriveAgain()
    #expect(sentences().contains("gives tool.selection.listings_in_files as"), "\(sentences())")
    #expect(forged.found.count == 1)
  }

  // MARK: What was checked, and what was not

  @Test func whatWasDerivedAgainIsSaid() {
    let outcome = forged.outcome
    #expect(outcome.problems.isEmpty)
    #expect(outcome.checked.contains { $0.contains("report.html byte by byte and every cell of listings.csv") })
    #expect(outcome.checked.contains { $0.contains("2 listings: each is equal to a field of the row") })
    #expect(outcome.checked.contains { $0.contains("1 listing: each is contained in the row") })
    #expect(!outcome.unchecked.contains { $0.contains("report") })
  }

  /// A packet as the program wrote it before it had these records.
  @Test func anEarlierPacketIsCheckedAsBeforeAndSaysWhatWasNotDerivedAgain() {
    let fixture = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("Fixtures/earlier/LNS-2026-000007_v1")
    let outcome = PacketCheck.outcome(of: fixture.path)
    #expect(outcome.problems.map(\.sentence) == [])
    #expect(outcome.checked.contains { $0.hasPrefix("listings.csv, without the columns species_as_named,") })
    #expect(
      outcome.unchecked.contains { $0.hasPrefix("report.html beyond its checksum") && $0.contains("an earlier form") })
    #expect(outcome.checked.contains { $0.contains("each is contained in the row") })
  }

  @Test func aFormOfALaterProgramIsNotTakenForAForgery() throws {
    try forged.changeDocument { document in
      document["tool"] = document["tool"]?.setting(.number(PacketRecords.form + 1), at: ["derived", "form"])
    }
    try forged.replace("<main>", "<main class=\"later\">", in: Report.path)
    let outcome = forged.outcome
    #expect(outcome.problems.isEmpty, "\(sentences())")
    #expect(outcome.unchecked.contains { $0.contains("in form 4, and this program makes form 3") })
  }

  /// What only a signature can tell is a forgery of everything at once, but for the evidence that a stranger can compare.
  @Test func aForgeryOfAllRecordsAtOnceHasToBeTrueToTheEvidence() throws {
    let old = "Ring, white gold (elephant) — 象牙"
    for file in ["data/packet.json", ReadingsDocument.path] where try forged.text(file).contains(old) {
      let before = SHA256Digest(of: try forged.read(ReadingsDocument.path)).hex
      try forged.replace(old, "Ring, white gold (elephant) — 牙象", in: file)
      try forged.replace(before, SHA256Digest(of: try forged.read(ReadingsDocument.path)).hex, in: "data/packet.json")
    }
    try forged.deriveAgain()
    #expect(forged.found.contains { if case .notInEvidence("L0001", "title", _) = $0.what { true } else { false } })
  }
}
