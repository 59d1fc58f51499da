import CodeWords
import Testing
import Taxa

/// What holds of every taxon of the shipped tables.
struct TaxonLawsTests {
  private let table = ShippedTaxa.table

  @Test func theShippedTablesHaveNoProblem() {
    #expect(table.problems.map(\.sentence) == [])
    #expect(table.count > 38_000)
  }

  @Test func everyAcceptedNameMeansItsTaxon() {
    var wrong: [String] = []
    for taxon in table.all where table.match(table.acceptedName(of: taxon)) != .taxon(taxon, by: .accepted) {
      wrong.append(table.acceptedName(of: taxon))
    }
    #expect(wrong == [])
  }

  @Test func everyTaxonLeadsToAKingdomThroughHigherRanks() {
    for taxon in table.all {
      let ranks = table.lineage(of: taxon).map { table.rank(of: $0) }
      guard ranks.last == .kingdom, zip(ranks, ranks.dropFirst()).allSatisfy({ $0 > $1 }) else {
        Issue.record("\(table.acceptedName(of: taxon)): \(ranks)")
        return
      }
    }
  }

  @Test func rollingUpIsOnTheLineage() {
    for taxon in table.all {
      for rank in TaxonRank.allCases {
        let group = table.taxon(taxon, rolledUpTo: rank)
        guard group.map({ table.rank(of: $0) == rank && table.isWithin(taxon, $0) }) ?? true else {
          Issue.record("\(table.acceptedName(of: taxon)) at \(rank)")
          return
        }
      }
    }
  }

  @Test func everySynonymMeansAnAcceptedNameOrSeveral() {
    let spellings = ShippedTaxa.spellings.filter { $0.kind == .synonym }
    #expect(spellings.count > 60)
    for spelling in spellings {
      guard case .taxon(_, by: .synonym) = table.match(spelling.spelling.text) else {
        Issue.record("\(spelling.spelling.text): \(table.match(spelling.spelling.text))")
        continue
      }
    }
  }

  @Test func theRowsOfATaxonFollowEachOtherInTime() {
    for list in ProtectionList.allCases {
      for taxon in table.all {
        let rows = table.listings(of: taxon, in: list)
        for (row, next) in zip(rows, rows.dropFirst()) {
          let place = Comment(rawValue: table.acceptedName(of: taxon))
          guard let until = row.until, let from = next.from else {
            Issue.record("\(table.acceptedName(of: taxon)) has two rows without a day between them")
            continue
          }
          #expect(until <= from, place)
        }
        for row in rows { #expect(table.sources[row.source] != nil) }
      }
    }
  }

  @Test func everyUnsourcedRowSaysOnWhatGroundsItStands() {
    for taxon in table.all {
      for row in table.listings(of: taxon, in: .cites) where row.source == TaxonSource.unverified {
        #expect(row.note.contains("general knowledge"), "\(table.acceptedName(of: taxon))")
      }
    }
  }

  @Test func everySpellingForTheMatcherMeansItsTaxonOrOneWithinIt() {
    let spellings = ShippedTaxa.spellings
    #expect((45_000...75_000).contains(spellings.count))
    var seen: Set<String> = []
    var wrong: [String] = []
    for spelling in spellings {
      let text = spelling.spelling.text
      if !seen.insert(text).inserted { wrong.append("twice: \(text)") }
      let meant = table.candidates(named: text)
      if meant.isEmpty || !meant.allSatisfy({ table.isWithin($0, spelling.taxon) }) { wrong.append(text) }
    }
    #expect(wrong == [])
  }

  @Test func aGroupStandsWhereItsSpeciesStand() {
    for taxon in table.all where table.rank(of: taxon) == .species {
      let own = table.levels(of: taxon, in: .cites).subtracting(.none)
      for group in table.lineage(of: taxon).dropFirst() {
        guard own.isSubset(of: table.levels(of: group, in: .cites)) else {
          Issue.record("\(table.acceptedName(of: taxon)) in \(table.acceptedName(of: group))")
          return
        }
      }
    }
  }
}
