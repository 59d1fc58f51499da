import CodeWords
import Listings
import ListingsTestSupport
import Testing
import LexiconWork
import Matching

/// Reading again only what a change can reach comes to the same as reading everything again.
struct ReflaggingTests {
  private static let pieces = [
    "ivory", "ivory tusk", "tusk", "jelly", "ring", "bracelet", "果冻", "手串", "零食", "象牙", "vảy tê tê", "กระ",
    "กระดองเต่า", "กระเป๋า", "🐘", "dm for price", "discreet", "ivory white", "colour", "resin", "plastic", "replica",
    "ivory coast", "old", "chair", "中国", "ขาย", "팔찌", "j e l l y", "jеlly", "1vory", ",", "\n", "quimbly",
    "quimbly ring",
  ]

  private static func dataset(_ count: Int, seed: UInt64) -> Dataset {
    var dice = Dice(seed: seed)
    func text(_ most: Int) -> String {
      let joint = dice.once(in: 5) ? "" : " "
      return (0..<dice.below(most + 1)).map { _ in dice.pick(pieces) }.joined(separator: joint)
    }
    return Dataset.of(
      (0..<count).map { _ in
        ListingRow(
          title: text(4), description: dice.once(in: 2) ? text(12) : "",
          species: dice.once(in: 5)
            ? dice.pick(["Manis javanica", "Loxodonta africana; Manis javanica", "Felis catus"]) : "")
      })
  }

  private static func expectSame(_ flags: RowFlags, _ whole: RowFlags, _ what: String) {
    #expect(flags.flaggedCount == whole.flaggedCount)
    for row in 0..<whole.flagged.rowCount
    where flags.risk(at: row) != whole.risk(at: row) || flags.terms(at: row) != whole.terms(at: row) {
      Issue.record("row \(row): \(flags.risk(at: row)) instead of \(whole.risk(at: row)), \(what)")
      return
    }
  }

  /// A term made up from pieces, sometimes in a group, sometimes with conditions.
  private static func term(_ dice: inout Dice) -> Term {
    let kind = dice.pick(TermKind.allCases)
    let groups = ["jewellery", "food", "colour", "other material", "quimbly things"]
    func conditions() -> [Condition] {
      (0..<dice.below(3)).map { _ in dice.once(in: 2) ? .group(dice.pick(groups)) : .word(dice.pick(pieces)) }
    }
    let isGroup = kind == .benign || kind == .context
    return Term(
      (0...dice.below(2)).map { _ in dice.pick(pieces.filter { $0.contains { $0.isLetter } }) },
      language: dice.pick(["en", "zh", "th", "vi", "mul", "ko"]), kind: kind,
      denotes: isGroup ? dice.pick(groups) : "something",
      taxon: dice.once(in: 2) ? dice.pick(InventedLexicons.taxa).acceptedName : "", weight: dice.below(101),
      needs: dice.once(in: 2) ? conditions() : [], unless: dice.once(in: 2) ? conditions() : [],
      borders: dice.pick(Spelling.Borders.allCases), folds: dice.once(in: 4) ? .plain : .all,
      location: TermLocation(lexicon: dice.pick(["invented", "mine"]), file: "mine.csv", line: 2))
  }

  private static func changed(_ terms: [Term], _ dice: inout Dice) -> [Term] {
    var terms = terms
    for _ in 0...dice.below(3) {
      switch dice.below(4) {
      case 0: terms.append(term(&dice))
      case 1: if !terms.isEmpty { terms.remove(at: dice.below(terms.count)) }
      case 2: if !terms.isEmpty { terms[dice.below(terms.count)].weight = dice.below(101) }
      default: if !terms.isEmpty { terms[dice.below(terms.count)] = term(&dice) }
      }
    }
    return terms
  }

  @Test func whatIsReadAgainInPartIsAsIfReadWhole() {
    let dataset = Self.dataset(200, seed: 1)
    var dice = Dice(seed: 2)
    var partly = 0
    for round in 0..<60 {
      let old = Self.changed(InventedLexicons.terms, &dice)
      let new = Self.changed(old, &dice)
      let before = RowFlagging(InventedLexicons.compiled(old)).extend(over: dataset)
      let after = InventedLexicons.compiled(new)
      let reflagging = Reflagging(before, with: after, over: dataset)
      guard let reflagging else { continue }
      if let reread = reflagging.reread, reread.count < dataset.rowCount { partly += 1 }
      Self.expectSame(reflagging.flags, RowFlagging(after).extend(over: dataset), "round \(round)")
    }
    #expect(partly > 30, "the short way was taken \(partly) times")
  }

  @Test func aWordMoreReadsOnlyTheRowsThatHoldIt() throws {
    let dataset = Self.dataset(1000, seed: 3)
    let before = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    let word = Term(
      ["quimbly"], language: "en", kind: .codeWord, denotes: "x", weight: 50, needs: [.group("jewellery")])
    let after = InventedLexicons.compiled(InventedLexicons.terms + [word])
    let reflagging = try #require(Reflagging(before, with: after, over: dataset))
    let reread = try #require(reflagging.reread)
    #expect(reread == TermRows.rows(holding: word, in: dataset))
    #expect(!reread.isEmpty && reread.count < 400)
    Self.expectSame(reflagging.flags, RowFlagging(after).extend(over: dataset), "")
  }

  @Test func noChangeReadsNothing() throws {
    let dataset = Self.dataset(200, seed: 4)
    let before = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    let reflagging = try #require(
      Reflagging(before, with: InventedLexicons.compiled(InventedLexicons.terms), over: dataset))
    #expect(reflagging.reread?.isEmpty == true)
    Self.expectSame(reflagging.flags, before, "")
  }

  @Test func anotherTaxonTableReadsEverything() throws {
    let dataset = Self.dataset(200, seed: 5)
    let before = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    let after = CompiledLexicons(
      LexiconSet(layers: [[Lexicon(name: "invented", file: "invented.csv", terms: InventedLexicons.terms)]]))
    let reflagging = try #require(Reflagging(before, with: after, over: dataset))
    #expect(reflagging.reread == nil)
    Self.expectSame(reflagging.flags, RowFlagging(after).extend(over: dataset), "")
  }

  @Test func aLanguageMoreMakesReadableWhatNobodyCouldRead() throws {
    let dataset = Dataset.of([ListingRow(title: "팔찌 팔찌"), ListingRow(title: "old chair"), ListingRow(title: "")])
    let before = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    let korean = Term(["상아"], language: "ko", kind: .product, denotes: "ivory", weight: 60)
    let more = InventedLexicons.compiled(InventedLexicons.terms + [korean])
    let after = try #require(Reflagging(before, with: more, over: dataset)).flags
    #expect((0..<3).map(before.risk) == [.notCovered, .value(0), .noText])
    #expect((0..<3).map(after.risk) == [.value(0), .value(0), .noText])
    let back = try #require(Reflagging(after, with: InventedLexicons.compiled, over: dataset)).flags
    #expect((0..<3).map(back.risk) == [.notCovered, .value(0), .noText])
  }

  @Test func flagsThatAreNotAtTheEndYetStayThatLong() throws {
    let growing = GrowingDataset()
    growing.add((0..<70).map { _ in ListingRow(title: "quimbly ring") })
    let before = RowFlagging(InventedLexicons.compiled).extend(over: growing.look())
    growing.add([ListingRow(title: "quimbly")])
    let word = Term(["quimbly"], language: "en", kind: .codeWord, denotes: "x", weight: 50)
    let after = InventedLexicons.compiled(InventedLexicons.terms + [word])
    let reflagging = try #require(Reflagging(before, with: after, over: growing.look()))
    #expect(reflagging.flags.flaggedCount == 70)
    #expect(reflagging.flags.risk(at: 69) == .value(50))
    #expect(reflagging.flags.risk(at: 70) == .pending)
  }

  @Test func whatIsCancelledHasNoAnswer() {
    let dataset = Self.dataset(300, seed: 6)
    let before = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    let cancellation = Cancellation()
    cancellation.cancel()
    let word = Term(["quimbly"], language: "en", kind: .codeWord, denotes: "x", weight: 50)
    let after = InventedLexicons.compiled(InventedLexicons.terms + [word])
    #expect(Reflagging(before, with: after, over: dataset, cancellation) == nil)
    #expect(TermRows.rows(holding: word, in: dataset, cancellation) == nil)
  }

  @Test func aTitleOfHundredsOfCuesIsReadTheSameWay() throws {
    // The title's cues are looked through up to a limit, so that a word more among them moves others beyond it.
    let crowd = Array(repeating: "quimbly", count: 300).joined(separator: " ")
    let dataset = Dataset.of([ListingRow(title: crowd + " ring jelly"), ListingRow(title: "ring jelly")])
    let before = RowFlagging(InventedLexicons.compiled).extend(over: dataset)
    let word = Term(
      ["nowhere"], language: "en", kind: .codeWord, denotes: "x", weight: 50, needs: [.word("quimbly")])
    let after = InventedLexicons.compiled(InventedLexicons.terms + [word])
    let flags = try #require(Reflagging(before, with: after, over: dataset)).flags
    Self.expectSame(flags, RowFlagging(after).extend(over: dataset), "")
    #expect(flags.risk(at: 0) != before.risk(at: 0))
  }
}
