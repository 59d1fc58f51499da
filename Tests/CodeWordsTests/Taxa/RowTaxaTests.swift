import CodeWords
import Listings
import ListingsTestSupport
import Testing
import Taxa

/// The taxa of rows are those that their cells and flags name one by one, however they were reckoned.
struct RowTaxaTests {
  private static let table = SmallTaxa.table(
    ("names.csv", "taxon,language,kind,names,source\nElephantidae,en,common,Elephant,old\n"))

  private static let lexicons = CompiledLexicons(
    LexiconSet(layers: [
      [
        Lexicon(
          name: "invented", file: "invented.csv",
          terms: [
            Term(["ivory"], language: "en", kind: .product, denotes: "tusk", taxon: "Elephantidae", weight: 60),
            Term(["savannah"], language: "en", kind: .speciesName, taxon: "Loxodonta africana", weight: 60),
            Term(["kitten"], language: "en", kind: .speciesName, taxon: "Felis parva", weight: 30),
            Term(["beast"], language: "en", kind: .speciesName, taxon: "Mammalia", weight: 30),
            Term(["odd"], language: "en", kind: .speciesName, taxon: "Nothing known", weight: 30),
            Term(["resin"], language: "en", kind: .benign, denotes: "other", taxon: "Felidae", weight: 60),
          ])
      ]
    ]), taxon: { table.taxon(named: $0) })

  private static let titles = [
    "ivory", "savannah ivory", "kitten", "kitten and savannah", "a beast, odd", "resin ivory", "chair", "", "odd",
  ]
  private static let cells = [
    "", "", "Loxodonta africana", "elephant; Felis parva", "Felis magna", "table", "Mammalia; Elephas maximus",
    "Plant; x",
  ]

  private static func rows(_ count: Int, seed: UInt64) -> [ListingRow] {
    var dice = Dice(seed: seed)
    return (0..<count).map { _ in ListingRow(title: dice.pick(titles), species: dice.pick(cells)) }
  }

  /// The taxa of one row, reckoned by itself.
  private func expected(_ row: Int, _ dataset: Dataset, _ flags: RowFlags) -> Set<TaxonID> {
    let members = dataset.speciesLists.members[Int(dataset.codes(of: .species)[row])]
    var all = members.compactMap { Self.table.match(dataset.speciesLists.names[Int($0)]).nearest }
    for term in flags.terms(at: row) where flags.lexicons[term].kind.isEvidence {
      if let taxon = Self.table.match(flags.lexicons[term].taxon).nearest { all.append(taxon) }
    }
    return Set(all.filter { wide in !all.contains { $0 != wide && Self.table.isWithin($0, wide) } })
  }

  /// Turns to a look, and holds every row of it against what it names.
  private func checkTurning(_ taxa: inout RowTaxa, to dataset: Dataset, _ flags: RowFlags) {
    let isDone = taxa.turn(to: dataset, flags)
    #expect(isDone && taxa.isCurrent(for: dataset, flags))
    check(taxa, dataset, flags)
  }

  private func check(_ taxa: RowTaxa, _ dataset: Dataset, _ flags: RowFlags) {
    for row in 0..<dataset.rowCount {
      let set = taxa.sets[Int(taxa.codes[row])]
      #expect(Set(set.taxa) == expected(row, dataset, flags), "row \(row)")
      #expect(set.taxa == set.taxa.sorted())
      #expect(set.hasSpeciesName == !dataset.text(of: .species, at: row).isEmpty)
    }
  }

  @Test(arguments: [0, 1, 64, 700])
  func aRowHasTheMostPreciseTaxaOfItsCellAndItsTerms(count: Int) {
    let dataset = Dataset.of(Self.rows(count, seed: UInt64(count)))
    let flags = RowFlagging(Self.lexicons).extend(over: dataset)
    var taxa = RowTaxa(in: Self.table)
    checkTurning(&taxa, to: dataset, flags)
    #expect(Set(taxa.sets).count == taxa.sets.count)
  }

  @Test func whatWasUnderstoodIsKeptWhileRowsAndFlagsCome() {
    let growing = GrowingDataset()
    let flagging = RowFlagging(Self.lexicons)
    var taxa = RowTaxa(in: Self.table)
    var flags = RowFlags(Self.lexicons)
    for (number, count) in [300, 1, 66_000, 64].enumerated() {
      growing.add(Self.rows(count, seed: UInt64(number)))
      let dataset = growing.look()
      // First the rows, then their flags.
      checkTurning(&taxa, to: dataset, flags)
      flags = flagging.extend(over: dataset)
      #expect(!taxa.isCurrent(for: dataset, flags))
      checkTurning(&taxa, to: dataset, flags)
    }
  }

  @Test func otherRowsOrOtherLexiconsAreABeginning() {
    let (first, second) = (Dataset.of(Self.rows(200, seed: 1)), Dataset.of(Self.rows(200, seed: 2)))
    var taxa = RowTaxa(in: Self.table)
    checkTurning(&taxa, to: first, RowFlagging(Self.lexicons).extend(over: first))
    #expect(!taxa.isBeginning(of: second, RowFlags(Self.lexicons)))
    checkTurning(&taxa, to: second, RowFlags(Self.lexicons))
    #expect(!taxa.isBeginning(of: second, RowFlags()))
    checkTurning(&taxa, to: second, RowFlags())
  }

  @Test func aCancelledTurnLeavesTheLastLook() {
    let dataset = Dataset.of(Self.rows(300, seed: 3))
    var taxa = RowTaxa(in: Self.table)
    let cancellation = Cancellation()
    cancellation.cancel()
    let isDone = taxa.turn(to: dataset, RowFlags(Self.lexicons), cancellation)
    #expect(!isDone && !taxa.isCurrent(for: dataset, RowFlags(Self.lexicons)))
    checkTurning(&taxa, to: dataset, RowFlags(Self.lexicons))
  }
}
