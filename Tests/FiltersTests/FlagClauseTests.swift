import CodeWords
@testable import Filters
import Listings
import ListingsTestSupport
import Testing

/// Filters and facets about what the code words say.
struct FlagClauseTests {
  private static let lexicons = CompiledLexicons(
    LexiconSet(layers: [
      [
        Lexicon(
          name: "invented", file: "invented.csv",
          terms: [
            Term(["ivory", "ivories"], language: "en", kind: .product, denotes: "elephant tusk", weight: 60),
            Term(["marfil"], language: "es", kind: .product, denotes: "elephant tusk", weight: 70),
            Term(["python"], language: "en", kind: .speciesName, denotes: "python", weight: 30),
            Term(["python"], language: "fr", kind: .speciesName, denotes: "snake", weight: 30),
            Term(["dm me"], language: "en", kind: .transactionCue, denotes: "private", weight: 20),
            Term(["resin"], language: "en", kind: .benign, denotes: "other material", weight: 60),
          ])
      ]
    ]))

  private static let titles = [
    "ivory ring", "resin ivory ring", "marfil viejo", "python skin", "plain wood box", "", "слон", "Ivory, DM me",
    "ivory and marfil", "old python",
  ]

  private func subject() -> FilterSubject {
    let rows = (0..<200).map { ListingRow(platform: $0 % 3 == 0 ? "ebay" : "xianyu", title: Self.titles[$0 % 10]) }
    var subject = FilterSubject(Dataset.of(rows))
    subject.flags = RowFlagging(Self.lexicons).extend(over: subject.dataset)
    subject.confirmed = RowSet([0, 2, 3], of: rows.count)
    subject.falsePositive = RowSet([1, 10], of: rows.count)
    return subject
  }

  private func rows(_ text: String, _ subject: FilterSubject) throws -> [Int] {
    var evaluation = FilterEvaluation()
    let filter = try FilterSyntax.read(text)
    let found = evaluation.rows(of: filter, in: subject)
    return try #require(found).rows.filter { $0 < 10 }
  }

  @Test(arguments: [
    ("risk:>=60", [0, 2, 7, 8]), ("risk:unknown", [5, 6]), ("is:unreadable", [5, 6]), ("risk:0", [4]),
    ("-risk:unknown risk:..20", [4]), ("term:ivor", [0, 1, 7, 8]), ("term:\"elephant tusk\"", [0, 1, 2, 7, 8]),
    ("term:\"python [en]\"", [3, 9]), ("term:none", [4, 5, 6]),
    ("term:ivory -term:marfil", [0, 1, 7]), ("term:iv*ies", [0, 1, 7, 8]),
  ])
  func whatTheCodeWordsSayCanBeAsked(text: String, expected: [Int]) throws {
    #expect(try rows(text, subject()) == expected)
  }

  /// What several terms denote can be asked for although one of them has the same name; that term has another label.
  @Test func aMeaningInQuotesFindsAllTermsWithIt() throws {
    let lexicons = CompiledLexicons(
      LexiconSet(layers: [
        [
          Lexicon(
            name: "invented", file: "invented.csv",
            terms: [
              Term(["elephant tusk"], language: "en", kind: .product, denotes: "elephant tusk", weight: 60),
              Term(["marfil"], language: "es", kind: .product, denotes: "elephant tusk", weight: 70),
              Term(["python"], language: "en", kind: .speciesName, denotes: "python", weight: 30),
            ])
        ]
      ]))
    #expect(lexicons.labels == ["elephant tusk [en]", "marfil", "python"])
    var subject = subject()
    subject.flags = RowFlagging(lexicons).extend(over: subject.dataset)
    #expect(try rows("term:\"elephant tusk\"", subject) == [2, 8])
  }

  @Test(arguments: ["", "platform:ebay", "term:ivory", "-term:\"python [fr]\"", "risk:60..", "risk:unknown"])
  func choosingABandOrATermFindsAsManyListingsAsStandBesideIt(text: String) throws {
    let subject = subject()
    var evaluation = FilterEvaluation()
    let filter = try FilterSyntax.read(text)
    let found = evaluation.answer(filter, in: subject)
    let answer = try #require(found)
    for about in [FacetSubject.term, .risk] {
      let facet = try #require(answer.facets[about])
      let others = filter.without(about)
      // Listings that are not readable hold no terms.
      #expect(facet.values.isEmpty == (about == .term && text == "risk:unknown"))
      for value in facet.values {
        let chosen = others.toggling(value.name, in: about)
        #expect(evaluation.rows(of: chosen, in: subject)?.count == value.count, "\(value.name)")
        #expect(try FilterSyntax.read(chosen.text) == chosen)
        #expect(chosen.choice(of: value.name, in: about) == .chosen)
        #expect(chosen.toggling(value.name, in: about) == others)
        let excluded = others.togglingExclusion(value.name, in: about)
        #expect(evaluation.rows(of: excluded, in: subject)?.count == facet.total - value.count, "\(value.name)")
      }
    }
  }

  @Test func aTermTellsHowOftenItWasRight() throws {
    var evaluation = FilterEvaluation()
    let answer = evaluation.answer(.everything, in: subject())
    let facet = try #require(answer?.facets[.term])
    let ivory = try #require(facet.values.first { $0.name == "ivory" })
    #expect(ivory.meaning == "elephant tusk")
    #expect(ivory.record == TermRecord(confirmed: 1, falsePositive: 2))
    #expect(ivory.record?.confirmedShare == 33)
  }

  @Test func answersAboutRiskAreRenewedWhenMoreRowsAreFlagged() throws {
    var subject = subject()
    let whole = subject.flags
    var evaluation = FilterEvaluation()
    let filter = try FilterSyntax.read("risk:>=60")
    subject.flags = RowFlags(Self.lexicons)
    #expect(evaluation.rows(of: filter, in: subject)?.count == 0)
    subject.flags = whole
    #expect(evaluation.rows(of: filter, in: subject)?.count == 80)
    #expect(evaluation.answer(filter, in: subject)?.facets[.term]?.values.isEmpty == false)
  }

  @Test(arguments: [
    ("risk:>=60", ""), ("ivory", "ivory"), ("ivory risk:>=60", "ivory"), ("ivory -risk:>=60 term:ivory", "ivory"),
    ("(ivory OR risk:>=60) platform:a", "platform:a"), ("-(ivory risk:>=60) platform:a", "platform:a"),
    ("is:unreadable seller:x", "seller:x"), ("appendix:I seller:x", "seller:x"),
  ])
  func whatFlaggingCannotChangeIsWhereTheRowsAreToBeFound(text: String, rest: String) throws {
    let filter = try FilterSyntax.read(text)
    #expect(filter.withoutFlags == (try FilterSyntax.read(rest)), "\(filter.withoutFlags.text)")
    var (evaluation, subject) = (FilterEvaluation(), subject())
    let found = evaluation.answer(filter, in: subject)
    let answer = try #require(found)
    #expect(answer.rows.isSubset(of: answer.candidates))
    subject.flags = RowFlags(Self.lexicons)
    #expect(evaluation.answer(filter, in: subject)?.candidates == answer.candidates)
  }

  @Test(arguments: [
    (">60", "61.."), (">=60", "60.."), ("<40", "..39"), ("40..60", "40..60"), ("75", "75"), ("unreadable", "unknown"),
    ("0..100", "0.."),
  ])
  func aRiskIsWrittenInOneForm(typed: String, written: String) throws {
    let filter = try FilterSyntax.read("risk:" + typed)
    #expect(filter.text == "risk:" + written)
    #expect(try FilterSyntax.read(filter.text) == filter)
  }
}
