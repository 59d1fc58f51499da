import Casework
import Foundation
import Listings
import ListingsTestSupport
import SmallFormats
import Testing

private let time = "2026-11-18T11:06:40Z"
private let key = ListingKey("id:Xianyu/771001")

/// What may be stated in codes, and what becomes of it.
@Suite struct DescriptionTests {
  @Test(arguments: [
    (Aspect.species, ["certain", "probable", "possible", "unidentifiable"], ["", "likely", "Certain", "certain "]),
    (.offer, ["overt", "covert"], ["open"]), (.lot, ["lot", "single"], ["many"]),
    (
      .quantity, ["12 KIL", "3 NO", "0.5 GRM", "999999999999999.123456 MTR"],
      ["12", "KIL", "0 KIL", "0.0 KIL", "012 KIL", "1. KIL", "12  KIL", "-1 KIL", "1e3 KIL", "12 kil", "1.1234567 KIL"]
    ),
    (
      .documents, ["permit", "antique,permit", "none-claimed"],
      ["", "permit,antique", "permit,permit", "none-claimed,permit", "Permit", "a permit", ",permit"]
    ),
    (.scam, ["suspected", "not-suspected"], ["yes"]), (.grading, ["A1", "F6", "C3"], ["G1", "A7", "a1", "A", "A11"]),
    (.term, ["IVC"], ["ivc", "IV", "IVCC"]), (.source, ["W"], ["w", "WW"]), (.purpose, ["T"], ["t", ""]),
  ])
  func anAspectAcceptsItsValuesAndNoOthers(_ aspect: Aspect, _ good: [String], _ bad: [String]) {
    for value in good {
      #expect(aspect.accepts(value))
      let part = StatusPart.described(aspect, value)
      #expect(StatusPart(of: .describe, from: part.data) == part)
    }
    for value in bad {
      #expect(!aspect.accepts(value), "\(value)")
      #expect(StatusPart(of: .describe, from: ["aspect": .text(aspect.rawValue), "value": .text(value)]) == nil)
    }
    #expect(StatusPart(of: .describe, from: StatusPart.described(aspect, nil).data) == .described(aspect, nil))
    #expect(Aspect(filterName: aspect.filterName) == aspect)
  }

  @Test func anEventSaysWhatWasStatedBefore() throws {
    var ledger = Ledger()
    ledger.apply(.describe([DescriptionChange(.species, "possible")], for: [key]), by: "rk", at: time)
    let events =
      ledger.apply(
        .describe([DescriptionChange(.species, "probable"), DescriptionChange(.term, "IVC")], for: [key]), by: "mb",
        at: time) ?? []
    #expect(events.map(\.transaction) == [2, 2])
    #expect(
      events[0].data == [
        "act": .number(2), "aspect": .text("species"), "value": .text("probable"),
        "before": .map(["aspect": .text("species"), "value": .text("possible")]),
      ])
    #expect(events[0].listing == key)
    #expect(ledger.statuses[key].description[.species] == Described("probable", by: "mb"))
    #expect(ledger.statuses[key].description.values == [.species: "probable", .term: "IVC"])
    #expect(ledger.statuses[key].verdict == nil)
  }

  @Test func anUndoTakesBackOneCommandAndLeavesWhatAColleagueStatedSince() {
    var ledger = Ledger()
    ledger.apply(
      .describe([DescriptionChange(.species, "certain"), DescriptionChange(.offer, "covert")], for: [key]), by: "rk",
      at: time)
    ledger.apply(.describe([DescriptionChange(.offer, "overt")], for: [key]), by: "mb", at: time)
    let events = ledger.apply(.undo, by: "rk", at: time) ?? []
    #expect(ledger.statuses[key].description.values == [.offer: "overt"])
    #expect(events.last?.data["listings"] == .number(1) && events.last?.data["left"] == .number(1))
    ledger.apply(.redo, by: "rk", at: time)
    #expect(ledger.statuses[key].description.values == [.species: "certain", .offer: "overt"])
  }

  @Test func aVerdictAndADescriptionDoNotTouchEachOther() {
    var ledger = Ledger()
    ledger.apply(.describe([DescriptionChange(.grading, "B2")], for: [key]), by: "rk", at: time)
    ledger.apply(.file(.confirmed, reason: nil, for: [key]), by: "rk", at: time)
    ledger.apply(.describe([DescriptionChange(.grading, nil)], for: [key]), by: "rk", at: time)
    #expect(ledger.statuses[key] == ReviewStatus(verdict: .confirmed))
    ledger.apply(.undo, by: "rk", at: time)
    ledger.apply(.undo, by: "rk", at: time)
    #expect(ledger.statuses[key].verdict == nil && ledger.statuses[key].description[.grading]?.value == "B2")
  }

  @Test func listingsThatBecomeOneKeepTheLaterOfEachAspect() {
    var ledger = Ledger()
    let (old, new) = (ListingKey("text:7a"), ListingKey("id:P/1"))
    ledger.apply(
      .describe([DescriptionChange(.species, "possible"), DescriptionChange(.scam, "suspected")], for: [old]), by: "rk",
      at: time)
    ledger.apply(.describe([DescriptionChange(.species, "certain")], for: [new]), by: "mb", at: time)
    ledger.rename([old: new], by: "rk", at: time)
    #expect(ledger.statuses[old].description.values == [.species: "certain", .scam: "suspected"])
    #expect(ledger.statuses[new].description[.species]?.by == "mb")
  }

  /// The rule of notes, aspect by aspect: of chains apart what is set goes before what clears, then the later one.
  @Test func ofTwoChainsEachAspectCountsByItself() throws {
    func event(_ aspect: Aspect, _ value: String?, _ minute: Int, _ number: Int, by analyst: String) throws -> Event {
      var data = StatusPart.described(aspect, value).data
      data["act"] = .number(number)
      return try #require(
        Event(
          AuditLine(
            action: "listing.describe", actor: analyst, data: data, object: key.text, previous: AuditLine.noPrevious,
            sequence: number, time: "2026-11-18T11:\(minute + 10):00Z")))
    }
    let mine = [
      try event(.species, "possible", 1, 1, by: "ana"), try event(.offer, "covert", 2, 2, by: "ana"),
      try event(.scam, "suspected", 3, 3, by: "ana"),
    ]
    let theirs = [
      try event(.species, "certain", 5, 1, by: "ben"), try event(.offer, nil, 6, 2, by: "ben"),
      try event(.term, "IVC", 7, 3, by: "ben"),
    ]
    let expected: [Aspect: String] = [.species: "certain", .offer: "covert", .scam: "suspected", .term: "IVC"]
    for isSwapped in [false, true] {
      let (own, other) = isSwapped ? (theirs, mine) : (mine, theirs)
      var replay = CasebookReplay(token: "o")
      for one in own { replay.apply(one, hash: one.line.hash) }
      for one in other { replay.apply(one, hash: one.line.hash, of: "x", broughtBy: 9) }
      let status = try #require(replay.statuses()[key]).status.status
      #expect(status.description.values == expected)
      #expect(status.description[.species]?.by == "ben" && status.description[.offer]?.by == "ana")
      var reviews = ListingReviews(key: key)
      for one in own { reviews.apply(one, hash: one.line.hash, of: "o") }
      for one in other { reviews.apply(one, hash: one.line.hash, of: "x", broughtBy: 9) }
      #expect(reviews.descriptionsInForce(MergeKnowledge()).compactMapValues(\.opinion.described?.value) == expected)
      #expect(reviews.verdicts.isEmpty && reviews.disagreement(MergeKnowledge()) == nil)
    }
  }
}

/// The shipped lists of codes, and mistakes in one's own.
@Suite struct DescriptionCodesTests {
  static let shipped: DescriptionCodes = {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appendingPathComponent("Lexicons/codes.toml").path
    var codes = DescriptionCodes()
    do { try codes.add(String(contentsOfFile: path, encoding: .utf8), file: path) } catch { Issue.record("\(error)") }
    return codes
  }()

  @Test func everyListHasCodesASourceAndADay() {
    for name in DescriptionCodes.Name.allCases {
      let list = Self.shipped[name]
      #expect(!list.codes.isEmpty && !list.source.isEmpty && list.asOf.hasPrefix("20"), "\(name)")
      #expect(Set(list.codes.map(\.code)).count == list.codes.count)
    }
    #expect(Self.shipped.choices(.grading).count == 36)
    for aspect in Aspect.allCases where aspect != .quantity && aspect != .tags {
      #expect(!Self.shipped.choices(aspect).isEmpty)
      for code in Self.shipped.choices(aspect) { #expect(aspect.accepts(code.code) && !code.meaning.isEmpty) }
    }
  }

  private static let typed: [(String, Aspect, String?)] = [
    ("Probable", .species, "probable"), ("not suspected", .scam, "not-suspected"),
    ("12  kil", .quantity, "12 KIL"),
    ("permit, Antique", .documents, "antique,permit"), ("b2", .grading, "B2"), ("ivc", .term, "IVC"), (" ", .term, nil),
  ]

  @Test(arguments: typed)
  func whatIsTypedIsReadWhateverItsCase(_ typed: String, _ aspect: Aspect, _ value: String?) throws {
    #expect(try Self.shipped.read(typed, aspect) == DescriptionChange(aspect, value))
  }

  @Test(arguments: [
    ("sure", Aspect.species, "write one of certain, probable, possible, unidentifiable"),
    ("12kg", .quantity, "write one of 3 NO, 3 KIL"), ("permit stolen", .documents, "write one of none-claimed"),
    ("none-claimed permit", .documents, "write one of"), ("XYZ", .term, "`linsang describe --codes` lists all"),
  ])
  func whatIsNoneOfTheValuesIsRefusedWithThoseThatAre(_ typed: String, _ aspect: Aspect, _ words: String) {
    let problem = #expect(throws: DescriptionProblem.self) { try Self.shipped.read(typed, aspect) }
    #expect(problem?.sentence.contains(words) == true, "\(problem?.sentence ?? "")")
  }

  @Test func onesOwnFileAddsAndRewordsAndAMistakeIsToldByLine() throws {
    var codes = Self.shipped
    try codes.add("[term]\nGUT = \"swim bladder, as our region says\"\nIVC = \"carving\"\n", file: "own.toml")
    #expect(codes.meaning(of: "GUT", .term) == "swim bladder, as our region says")
    #expect(codes.meaning(of: "IVC", .term) == "carving")
    #expect(codes.meaning(of: "TUS", .term) == "tusks")
    for (text, line, why) in [
      ("[terms]\n", 1, "there is no list terms"), ("[term]\nivory = \"x\"\n", 2, "ivory is not in the form"),
      ("\n[unit]\nKILO = \"x\"\n", 3, "KILO is not in the form"), ("[source]\nW = 3\n", 2, "expected a code"),
      ("[source]\nW \"x\"\n", 2, "expected ="),
    ] {
      let problem = #expect(throws: CodeListProblem.self) {
        var own = DescriptionCodes()
        try own.add(text, file: "own.toml")
      }
      #expect(problem?.line == line && problem?.why.contains(why) == true, "\(problem?.sentence ?? "")")
    }
  }
}
