import CodeWords
import Listings
import ListingsTestSupport
import Testing

@testable import Filters
import Taxa

/// Filters and facets about what listings are, by names, ranks and appendices.
struct TaxonClauseTests {
  private static let oracle = InventedTaxa.oracle(600, seed: 5)
  private static let ranks: [TaxonRank] = [.species, .genus, .family, .order, .class]

  private func read(_ text: String) throws(FilterProblem) -> Filter {
    try FilterSyntax.read(text, taxa: InventedTaxa.table)
  }

  @Test(arguments: [
    "taxon:Mammalia", "taxon:Elephantidae", "taxon:\"african elephant\"", "taxon:\"Loxodonta cyclotis\"", "taxon:Manis",
    "taxon:\"=Manis\"", "taxon:\"=Elephantidae\"", "taxon:=Mammalia", "taxon:none", "taxon:unknown",
    "taxon:Manidae,Felidae,none", "taxon:suggested", "-taxon:suggested taxon:Manis", "-taxon:Animalia", "appendix:I",
    "appendix:ii", "appendix:III", "appendix:none",
    "appendix:unknown", "appendix:I,unknown", "-appendix:1", "china:1", "china:2,none", "china:unknown",
    "taxon:Elephantidae appendix:II platform:ebay", "taxon:felidae OR term:bone",
  ])
  func everyClauseAnswersAsIfEachRowWereAskedByItself(text: String) throws {
    let oracle = Self.oracle
    let filter = try read(text)
    var evaluation = FilterEvaluation()
    let expected = oracle.rows.indices.filter { row in filter.clauses.allSatisfy { oracle.holds($0, row) } }
    for _ in 0..<2 { #expect(evaluation.rows(of: filter, in: oracle.subject)?.rows == expected) }
    if !text.contains("III"), !text.contains("2,none") { #expect(!expected.isEmpty && expected.count < 600) }
  }

  @Test(arguments: [
    ("taxon:elephants", "taxon:\"Elephantidae\""), ("taxon:\"LOXODONTA Cyclotis\"", "taxon:\"Loxodonta africana\""),
    ("taxon:\"=manis\"", "taxon:\"=Manis\""), ("taxon:NONE,Unknown", "taxon:none,unknown"),
    ("taxon:Suggested", "taxon:suggested"),
    ("appendix:1,ii,None,UNKNOWN", "appendix:I,II,none,unknown"), ("china:I", "china:1"),
  ])
  func aTaxonIsWrittenByItsAcceptedName(typed: String, written: String) throws {
    let filter = try read(typed)
    #expect(filter.text == written)
    #expect(try read(written) == filter)
    #expect(try FilterSyntax.read(written) == filter)
  }

  @Test func whileNoTableIsReadAnyNameMayBeAskedForAndNothingIsFound() throws {
    let filter = try FilterSyntax.read("taxon:quimbly")
    #expect(filter.text == "taxon:\"quimbly\"")
    var subject = Self.oracle.subject
    subject.taxa = .empty
    var evaluation = FilterEvaluation()
    #expect(evaluation.rows(of: filter, in: subject)?.count == 0)
    let mammals = try FilterSyntax.read("taxon:Mammalia")
    #expect(evaluation.rows(of: mammals, in: subject)?.count == 0)
    subject.taxa = InventedTaxa.table
    #expect(evaluation.rows(of: mammals, in: subject)?.isEmpty == false)
  }

  @Test(arguments: [
    ("taxon:elephan", "near is Elephantidae"),
    ("taxon:\"Loxodonta afrikana\"", "near is Loxodonta africana), but its genus is: taxon:\"Loxodonta\""),
    ("taxon:quimbly", "is no taxon known here; write the scientific or common name"),
    ("taxon:\"Felis parva/Manis javanica\"", "may be Felis parva, Manis javanica; write the one that is meant"),
    ("taxon:\"Scaly one\"", "may be Manis javanica, Felis parva; write the one that is meant"),
    ("taxon:\"Manis nova\"", "its genus is: taxon:\"Manis\"; species:\"Manis nova\" asks for the words"),
    ("x taxon:\"\"", "taxon: at column 9 needs a value"), ("taxon:\"=\"", "needs a value"),
    ("appendix:IV", "IV at column 10 is no appendix of CITES; write I, II, III, none"),
    ("appendix:I/II", "I/II at column 10 is no appendix of CITES"), ("china:3", "write 1, 2, none"),
    ("taxn:x", "did you mean taxon?"), ("apendix:I", "did you mean appendix?"),
  ])
  func aNameThatIsNotCertainIsRefusedWithWhatIsNear(text: String, said: String) {
    do throws(FilterProblem) {
      let filter = try read(text)
      Issue.record("\(text) was read as \(filter.text)")
    } catch {
      #expect(error.sentence.contains(said), "\(error.sentence)")
    }
  }

  @Test func withoutTablesTheRefusalSaysSo() {
    #expect(throws: FilterProblem(.notATaxon("Manis", .noTables), 6..<11)) {
      try FilterSyntax.read("taxon:Manis", taxa: .empty)
    }
  }

  // MARK: Facets

  @Test(arguments: ["", "platform:ebay", "taxon:Elephantidae", "appendix:I", "-taxon:\"Manis\"", "species:none"])
  func choosingAValueFindsAsManyListingsAsStandBesideIt(text: String) throws {
    let subject = Self.oracle.subject
    var evaluation = FilterEvaluation()
    let filter = try read(text)
    let subjects = Self.ranks.map { FacetSubject.taxon(TaxonGrouping($0, in: subject.taxa)) } + [.protection(.cites)]
    for about in subjects {
      let found = evaluation.answer(filter, in: subject, counting: FilterAnswer.usualSubjects + [about])
      let facet = try #require(found?.facets[about])
      #expect(!facet.values.isEmpty)
      #expect(facet.values.map(\.count) == facet.values.map(\.count).sorted(by: >))
      let others = filter.without(about)
      // No listing is lost: every one of them stands in some value.
      let all = others.toggling(everyOf: facet, in: about)
      #expect(evaluation.rows(of: all, in: subject) == evaluation.rows(of: others, in: subject))
      for value in facet.values {
        let chosen = others.toggling(value.name, in: about)
        #expect(evaluation.rows(of: chosen, in: subject)?.count == value.count, "\(about): \(value.name)")
        #expect(try read(chosen.text) == chosen)
        #expect(chosen.choice(of: value.name, in: about) == .chosen)
        #expect(chosen.toggling(value.name, in: about) == others)
        let excluded = others.togglingExclusion(value.name, in: about)
        #expect(evaluation.rows(of: excluded, in: subject)?.count == facet.total - value.count, "\(value.name)")
        #expect(excluded.choice(of: value.name, in: about) == .excluded)
      }
    }
  }

  @Test func aChoiceOfOneRankIsAConditionOnTheOthers() throws {
    let subject = Self.oracle.subject
    func about(_ rank: TaxonRank) -> FacetSubject { .taxon(TaxonGrouping(rank, in: subject.taxa)) }
    var evaluation = FilterEvaluation()
    let filter = Filter.everything.toggling("Elephantidae", in: about(.family))
    #expect(filter.text == "taxon:\"Elephantidae\"")
    let answer = evaluation.answer(filter, in: subject, counting: FilterAnswer.usualSubjects + [about(.genus)])
    let names = try #require(answer?.facets[about(.genus)]).values.map(\.name)
    // Of listings that name two taxa the second comes along.
    #expect(Set(names).isSuperset(of: ["Loxodonta", "=Elephantidae", "Manis"]))
    #expect(!names.contains(""))
    #expect(!names.contains("unknown"))
    let narrowed = filter.toggling("Loxodonta", in: about(.genus))
    #expect(narrowed.text == "taxon:\"Elephantidae\" taxon:\"Loxodonta\"")
    #expect(narrowed.without(about(.genus)) == filter)
  }

  @Test func answersFollowTheFlags() throws {
    var subject = Self.oracle.subject
    let whole = subject.flags
    subject.flags = RowFlags(InventedTaxa.lexicons)
    var evaluation = FilterEvaluation()
    let filter = try read("taxon:Elephantidae")
    let about = FacetSubject.taxon(TaxonGrouping(.family, in: subject.taxa))
    for flags in [subject.flags, whole, subject.flags] {
      subject.flags = flags
      let oracle = Oracle(rows: Self.oracle.rows, dataset: subject.dataset, subject: subject)
      let expected = oracle.rows.indices.filter { oracle.holds(filter.clauses[0], $0) }
      let answer = evaluation.answer(filter, in: subject, counting: FilterAnswer.usualSubjects + [about])
      #expect(answer?.rows.rows == expected)
      #expect(answer?.facets[about]?.values.first { $0.name == "Elephantidae" }?.count == expected.count)
    }
  }

  @Test(arguments: 0..<6 as Range<UInt64>)
  func anEvaluationThatWasUsedAnswersLikeANewOneWhileRowsAndFlagsArrive(seed: UInt64) throws {
    var dice = Dice(seed: seed)
    let growing = GrowingDataset()
    let flagging = RowFlagging(InventedTaxa.lexicons)
    var used = FilterEvaluation()
    let texts = [
      "", "taxon:Manis", "-taxon:Elephantidae", "appendix:I", "appendix:unknown platform:ebay", "china:1 ring",
    ]
    for _ in 0..<6 {
      growing.add(InventedTaxa.rows(dice.below(150), seed: dice.next()), batchSize: 50)
      var subject = FilterSubject(growing.look())
      subject.taxa = InventedTaxa.table
      subject.flags = flagging.snapshot
      if dice.once(in: 2) { subject.flags = flagging.extend(over: subject.dataset) }
      for _ in 0..<6 {
        let filter = try read(dice.pick(texts))
        let about =
          dice.once(in: 3)
          ? FacetSubject.protection(.cites) : .taxon(TaxonGrouping(dice.pick(Self.ranks), in: subject.taxa))
        var new = FilterEvaluation()
        let (answer, expected) = (
          used.answer(filter, in: subject, counting: FilterAnswer.usualSubjects + [about]),
          new.answer(filter, in: subject, counting: FilterAnswer.usualSubjects + [about])
        )
        #expect(answer?.rows == expected?.rows, "\(filter.text)")
        #expect(answer?.facets == expected?.facets, "\(filter.text)")
      }
    }
  }
}

extension Filter {
  fileprivate func toggling(everyOf facet: Facet, in subject: FacetSubject) -> Filter {
    facet.values.reduce(self) { $0.toggling($1.name, in: subject) }
  }
}
