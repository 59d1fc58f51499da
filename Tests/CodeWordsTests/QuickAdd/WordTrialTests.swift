import CodeWords
import Listings
import ListingsTestSupport
import Testing
import LexiconWork

/// What a word would do, before anybody adds it.
struct WordTrialTests {
  private let dataset = Dataset.of([
    ListingRow(title: "quimbly ring"), ListingRow(title: "chair", description: "a quimbly, old"),
    ListingRow(title: "tusk QUIMBLY"), ListingRow(title: "q u i m b l y"), ListingRow(title: "chair"),
  ])

  private func subject(confirmed: [Int] = [], falsePositive: [Int] = [], shown: [Int]? = nil) -> WordTrial.Subject {
    WordTrial.Subject(
      dataset, RowFlagging(InventedLexicons.compiled).extend(over: dataset),
      shown: RowSet(shown ?? [0, 1, 2, 3, 4], of: 5),
      confirmed: RowSet(confirmed, of: 5), falsePositive: RowSet(falsePositive, of: 5))
  }

  private func term(_ weight: Int = 50, needs: [Condition] = []) -> Term {
    Term(
      ["quimbly"], language: "en", kind: .codeWord, denotes: "x", weight: weight, needs: needs, source: "unverified",
      note: "n")
  }

  @Test func theWordIsFoundThroughItsDisguisesAndHeldAgainstVerdicts() throws {
    let trial = try #require(
      WordTrial(term(), in: subject(confirmed: [0, 2], falsePositive: [3], shown: [2, 3]), isWhole: false))
    #expect(trial.all.rows == 4 && trial.all.confirmed == 2 && trial.all.falsePositive == 1 && trial.all.undecided == 1)
    #expect(trial.shown == 2)
    // The tusk is flagged already.
    #expect(trial.notFlagged == 3)
    // Those shown come first, with the place of the word.
    #expect(trial.examples.map(\.row) == [2, 3, 0, 1])
    #expect(trial.examples[0].bytes == 5..<12 && trial.examples[3].field == .description)
    #expect(trial.outcome == nil && trial.warnings == [])
  }

  @Test func theWholeTrialIsTheBackTestOfAddingIt() throws {
    let subject = subject(confirmed: [0])
    let trial = try #require(WordTrial(term(), in: subject, isWhole: true))
    let outcome = try #require(trial.outcome)
    #expect(outcome.change.added == [term()])
    let after = RowFlagging(InventedLexicons.compiled(InventedLexicons.terms + [term()])).extend(over: dataset)
    #expect(
      outcome.test
        == BackTest(
          before: subject.flags, after: after, confirmed: subject.confirmed, falsePositive: subject.falsePositive,
          threshold: BackTest.usualThreshold))
    #expect(outcome.test.newlyFlagged == 3 && outcome.test.reaching.confirmed == 1)
  }

  @Test func aWordThatIsInForceAlreadyIsReplacedAsARowOfOnesOwnDoes() throws {
    let tusk = Term(["tusk"], language: "en", kind: .product, denotes: "elephant tusk", weight: 5)
    let outcome = try #require(WordTrial(tusk, in: subject(), isWhole: true)?.outcome)
    #expect(outcome.change.changed.map(\.after) == [tusk] && outcome.change.added.isEmpty)
    #expect(outcome.test.lowered == 1 && outcome.test.noLongerFlagged == 1)
  }

  @Test func aCarefulEditorsQuestionsAreAsked() throws {
    let odd = Term(
      ["ab"], language: "en", kind: .codeWord, denotes: "x", taxon: "Nosuch taxon", weight: 5, source: "unverified",
      note: "n")
    let warnings = try #require(WordTrial(odd, in: subject(), isWhole: false)).warnings
    #expect(warnings.contains { $0.contains("too short") } && warnings.contains { $0.contains("Nosuch taxon") })
    let needy = try #require(WordTrial(term(needs: [.group("nobody")]), in: subject(), isWhole: false))
    #expect(needy.warnings.contains { $0.contains("@nobody") })
    #expect(try #require(WordTrial(term(needs: [.group("jewellery")]), in: subject(), isWhole: false)).warnings == [])
  }

  @Test func theFirstWordOfAllIsTriedToo() throws {
    let all = RowSet(allOf: 5)
    let subject = WordTrial.Subject(
      dataset, RowFlags(), shown: all, confirmed: RowSet([0], of: 5), falsePositive: RowSet(noneOf: 5))
    let test = try #require(WordTrial(term(), in: subject, isWhole: true)?.outcome?.test)
    #expect(test.rowCount == 5 && test.before.flagged == 0 && test.after.flagged == 4 && test.after.coverage == 1)
  }

  @Test func whatIsCancelledHasNoAnswer() {
    let cancellation = Cancellation()
    cancellation.cancel()
    #expect(WordTrial(term(), in: subject(), isWhole: true, cancellation) == nil)
  }
}
