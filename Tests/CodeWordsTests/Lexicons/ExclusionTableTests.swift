import CodeWords
import Intake
import Listings
import ListingsTestSupport
import Testing
import LexiconWork

/// Groups of exclusions: a table, and what rows that name its groups are read as.
struct ExclusionTableTests {
  static func read(
    _ rows: String, header: String = "group,language,words,source,note\n"
  ) -> (groups: [String: ExclusionGroup], problems: [LexiconProblem]) {
    let bytes = Array((header + rows).utf8)
    return ExclusionTable.read(bytes.withUnsafeBytes { SmallTable.rows(of: $0) }, file: "exclusions.csv")
  }

  @Test func theRowsOfOneNameMakeUpAGroup() {
    let (groups, problems) = Self.read(
      """
      ivory in name only,en,ivory coast|ivory tower,s,places
      boa,en,feather boa,s,
      ivory in name only,de,elfenbeinküste,s,
      nothing,en,,s,
      """)
    #expect(problems == [])
    #expect(groups["ivory in name only"]?.words == ["ivory coast", "ivory tower", "elfenbeinküste"])
    #expect(groups["ivory in name only"]?.rows.map(\.line) == [2, 4])
    #expect(groups["boa"]?.words == ["feather boa"])
    #expect(groups["nothing"]?.words == [])
  }

  @Test(arguments: [
    (",en,a,s,", LexiconProblem.What.noGroupName), ("a|b,en,a,s,", .noGroupName),
    ("a,English,b,s,", .noLanguage("English")),
    ("a,en,b", .columns(found: 3, expected: 5)), ("a,en,\u{FFFD},s,", .notUTF8),
  ])
  func aRowThatCannotBeUnderstoodIsLeftOutWithItsPlace(row: String, what: LexiconProblem.What) {
    let (groups, problems) = Self.read("good,en,word,s,\n" + row + "\n")
    #expect(groups.keys.sorted() == ["good"])
    #expect(problems.map(\.what) == [what])
    #expect(problems.first?.sentence.hasPrefix("exclusions.csv:3: ") == true)
  }

  @Test func groupsHoldWordsOnly() {
    let (groups, problems) = Self.read("a,en,b|@c,s,\n")
    #expect(groups["a"]?.words == ["b"])
    #expect(problems.map(\.what) == [.groupWithinGroup("@c")])
  }

  @Test func anotherHeaderIsRefused() {
    let (groups, problems) = Self.read("", header: "name,words\n")
    #expect(groups.isEmpty)
    #expect(problems.count == 1)
  }

  // MARK: What rows are read as

  private static let group = read("ivory in name only,en,ivory coast|in ivory,s,\n").groups

  private static func set(
    _ unless: [String], needs: [String] = [], _ others: [Term] = [], _ groups: [String: ExclusionGroup] = group
  ) -> LexiconSet {
    let ivory = Term(
      ["ivory"], language: "en", kind: .product, denotes: "ivory", weight: 60,
      needs: needs.map(Condition.init(written:)),
      unless: unless.map(Condition.init(written:)), location: TermLocation(lexicon: "a", file: "a.csv", line: 7))
    return LexiconSet(layers: [[Lexicon(name: "a", file: "a.csv", terms: [ivory] + others)]], exclusions: groups)
  }

  @Test func aRowThatNamesAGroupIsReadAsIfItListedItsWords() throws {
    let named = Self.set(["resin", "@ivory in name only", "plastic"])
    #expect(named.terms == Self.set(["resin", "ivory coast", "in ivory", "plastic"]).terms)
    #expect(named.problems == [])
    // The row itself stays as it is written.
    #expect(
      named.lexicons.first?.terms.first?.unless.map(\.description) == ["resin", "@ivory in name only", "plastic"])
  }

  @Test func theReasonNamesTheWordThatSuppressedTheHit() {
    let lexicons = CompiledLexicons(Self.set(["@ivory in name only"]))
    let read = Read("a map of the ivory coast", with: lexicons)
    #expect(read.risk == 0)
    #expect(read.why.contains { $0.hasSuffix("void, since it is part of “ivory coast”") }, "\(read.why)")
  }

  @Test func anUnknownGroupIsAProblemWithItsPlaceAndTheTermWorksWithoutIt() {
    let set = Self.set(["@ivry in name only", "resin"])
    #expect(set.problems.map(\.what) == [.unknownGroup("ivry in name only")])
    #expect(set.problems.first?.sentence.hasPrefix("a.csv:7: ivory: ") == true)
    #expect(Read("ivory", with: CompiledLexicons(set)).risk == 60)
  }

  @Test func aGroupOfExclusionsIsNothingThatATermCanNeed() {
    #expect(
      Self.set([], needs: ["@ivory in name only"]).problems.map(\.what) == [.neededGroupExcludes("ivory in name only")])
  }

  @Test func aGroupOfTermsOfTheSameNameCountsToo() {
    let colour = Term(["off white"], language: "en", kind: .benign, denotes: "ivory in name only", weight: 10)
    let set = Self.set(["@ivory in name only"], [colour])
    let lexicons = CompiledLexicons(set)
    #expect(Read("ivory, off white", with: lexicons).status("ivory")?.isSuppressed == true)
    #expect(Read("ivory coast", with: lexicons).status("ivory")?.isSuppressed == true)
  }

  @Test func aChangedGroupChangesEveryTermThatNamesItAndNoOther() {
    let horn = Term(
      ["horn"], language: "en", kind: .product, denotes: "horn", weight: 60, unless: [.word("ivory coast")])
    let tusk = Term(
      ["tusk"], language: "en", kind: .product, denotes: "tusk", weight: 60, unless: [.group("ivory in name only")])
    let wider = Self.read("ivory in name only,en,ivory coast|in ivory|ivory tower,s,\n").groups
    let before = Self.set(["@ivory in name only"], [horn, tusk])
    let change = LexiconChange(from: before, to: Self.set(["@ivory in name only"], [horn, tusk], wider))
    #expect(change.changed.map(\.after.name) == ["ivory", "tusk"])
    #expect(change.added == [] && change.removed == [])
  }

  @Test func aChangedGroupReachesTheRowsOfEveryTermThatNamesIt() throws {
    let tusk = Term(
      ["tusk"], language: "en", kind: .product, denotes: "tusk", weight: 60, unless: [.group("ivory in name only")])
    let wider = Self.read("ivory in name only,en,ivory coast|ivory tower,s,\n").groups
    let dataset = Dataset.of(
      ["old ivory tower", "tusk from the ivory tower", "a chair", "ivory", "shoes in ivory", "ivory coast"].map {
        ListingRow(title: $0)
      })
    let before = CompiledLexicons(Self.set(["@ivory in name only"], [tusk]))
    let after = CompiledLexicons(Self.set(["@ivory in name only"], [tusk], wider))
    let old = RowFlagging(before).extend(over: dataset)
    guard let new = Reflagging(old, with: after, over: dataset)?.flags else {
      Issue.record("nothing was read again")
      return
    }
    let whole = RowFlagging(after).extend(over: dataset)
    for row in 0..<dataset.rowCount {
      #expect(new.risk(at: row) == whole.risk(at: row) && new.terms(at: row) == whole.terms(at: row), "row \(row)")
    }
    #expect(new.risk(at: 0) == .value(0) && new.risk(at: 1) == .value(0) && new.risk(at: 4) == .value(60))
  }
}
