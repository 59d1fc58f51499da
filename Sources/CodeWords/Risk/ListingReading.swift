import Listings
import Matching
import Taxa

/// What the lexicons say about one listing.
package struct ListingReading: Equatable, Sendable {
  /// By field, then by position.
  package let hits: [Hit]
  package let readability: Readability
  /// Nil where the text could not be read, which is not the same as a risk of 0.
  package let risk: Risk?
}

extension CompiledLexicons {
  /// Reads one listing.
  ///
  /// - Parameter species: the taxa that its species cell names.
  /// Cost:   one pass over both fields, with new buffers for each call.
  package func reading(of text: ListingText, species: [Taxon] = []) -> ListingReading {
    var judge = ListingJudge(self)
    return judge.reading(of: text, species: Self.strictest(species))
  }

  /// Reads one row of a dataset, its species cell included. For many rows use `ListingReader`.
  package func reading(of row: Int, in dataset: Dataset) -> ListingReading {
    let members = dataset.speciesLists.members[Int(dataset.codes(of: .species)[row])]
    let species = members.flatMap { taxa(named: dataset.speciesLists.names[Int($0)]) }
    return reading(of: ListingText(of: row, in: dataset), species: species)
  }

  /// The taxon that raises the risk most; of equal ones the first.
  ///
  /// Fails:  nil where there are none.
  static func strictest(_ taxa: [Taxon]) -> Taxon? {
    var best: Taxon?
    for taxon in taxa
    where best.map({ RiskFormula.weight(ofSpeciesCell: $0) < RiskFormula.weight(ofSpeciesCell: taxon) }) ?? true {
      best = taxon
    }
    return best
  }
}

/// Judges the texts of many listings in turn, reusing buffers.
///
/// Cost:   one pass over both fields; a text without evidence allocates nothing.
/// Limits: one thread at a time.
package struct ListingJudge {
  private let lexicons: CompiledLexicons
  private var judging: HitJudging
  private var formula: RiskFormula

  /// A judge by the terms of some lexicons.
  package init(_ lexicons: CompiledLexicons) {
    self.lexicons = lexicons
    judging = HitJudging(lexicons)
    formula = RiskFormula(lexicons)
  }

  /// What the lexicons say about a listing.
  ///
  /// - Parameter species: the taxon that its species cell amounts to.
  mutating func reading(of text: ListingText, species: Taxon?) -> ListingReading {
    judging.judge(text)
    // A code word in it means that the text was read, whatever script surrounds the word.
    let readability = judging.hasEvidence ? .read : Readability.of(text, covering: lexicons.coveredScripts)
    guard readability == .read else { return ListingReading(hits: judging.hits, readability: readability, risk: nil) }
    let risk = formula.risk(of: judging.candidates, speciesCell: species)
    return ListingReading(hits: judging.hits, readability: .read, risk: risk)
  }

  /// The outcome of `reading(of:species:)` without its reasons, and faster: appends a row to `rows`.
  ///
  /// Shape:  the terms that count in full, evidence and benign; none in a row without evidence.
  /// - Parameter species: what the taxon of the species cell adds; nil without one.
  package mutating func flag(_ text: ListingText, species: SpeciesWeights?, into rows: inout FlaggedRows) {
    judging.judge(text, onlyWithEvidence: species == nil)
    let hasEvidence = judging.hasEvidence
    if !hasEvidence {
      switch Readability.of(text, covering: lexicons.coveredScripts) {
      case .read: break
      case .noText: return rows.append(risk: RowFlags.noTextMark)
      case .notCovered: return rows.append(risk: RowFlags.notCoveredMark)
      }
      if species == nil { return rows.append(risk: 0) }
    }
    let risk = UInt8(formula.value(of: judging.candidates, speciesCell: species))
    guard hasEvidence else { return rows.append(risk: risk) }
    let facts = lexicons.tables.facts.base
    for hit in judging.candidates where hit.standing == .counted {
      let term = facts[Int(hit.term.number)]
      if term.isEvidence || term.kind == .benign { rows.take(hit.term.number) }
    }
    rows.append(risk: risk)
  }
}

/// Reads many listings of one dataset in turn, reusing buffers and species cells.
///
/// Cost: one pass over each text; a species cell is looked up once, however many rows share it.
package struct ListingReader {
  private let dataset: Dataset
  private var cells = SpeciesCells()
  private var judge: ListingJudge

  /// A reader for the rows of one dataset.
  package init(_ lexicons: CompiledLexicons, _ dataset: Dataset) {
    self.dataset = dataset
    judge = ListingJudge(lexicons)
    cells.extend(over: dataset, lexicons)
  }

  /// The same as `CompiledLexicons.reading(of:in:)`.
  package mutating func reading(of row: Int) -> ListingReading {
    judge.reading(
      of: ListingText(of: row, in: dataset), species: cells.taxon(dataset.codes(of: .species)[row]))
  }
}

/// The taxon that each distinct species cell amounts to: of several, the one that raises the risk most.
package struct SpeciesCells: Sendable {
  private var byCode: [Taxon?] = []
  private var byName: [Taxon?] = []
  private var weights: [SpeciesWeights?] = []

  /// Looks up the cells and names that came since the last call.
  mutating func extend(over dataset: Dataset, _ lexicons: CompiledLexicons) {
    let lists = dataset.speciesLists
    for name in lists.names.dropFirst(byName.count) {
      byName.append(CompiledLexicons.strictest(lexicons.taxa(named: name)))
    }
    for members in lists.members.dropFirst(byCode.count) {
      let taxon = CompiledLexicons.strictest(members.compactMap { byName[Int($0)] })
      byCode.append(taxon)
      weights.append(taxon.map(SpeciesWeights.init))
    }
  }

  /// What a cell adds to the risk, by the column's code; nil where the cell names no taxon that is known.
  package func weights(_ code: UInt32) -> SpeciesWeights? { weights[Int(code)] }

  /// Whether every cell names the same taxon as in another table.
  func hasSameTaxa(as other: SpeciesCells) -> Bool { byCode == other.byCode }

  /// The taxon of a cell, by the column's code; nil where the cell names none that is known.
  package func taxon(_ code: UInt32) -> Taxon? { byCode[Int(code)] }
}
