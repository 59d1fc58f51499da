import CodeWords
import Listings
import Taxa

/// Finds the rows for which a filter holds.
///
/// Keeps what it has answered, since one key press changes one clause of several: the rows of clauses, the facets of
/// row sets, the order of all rows. When rows are added to the dataset, only these are asked and counted. A copy keeps
/// what the original kept.
/// Cost:  a counted field, price or time is about a millisecond at a million rows; a word reads all titles and
///        descriptions, or those of the rows of a shorter word that it contains.
package struct FilterEvaluation: Sendable {
  /// Answers of `knownFor`, or of an earlier, shorter look at it.
  private var known: [Clause: RowSet] = [:]
  /// The clauses of `known`, the oldest first.
  private var age: [Clause] = []
  // Held on to, so that no later dataset can take its address and be mistaken for it.
  private var knownFor: Dataset?
  private var knownFlags = RowFlags()
  private var knownNames: [Field: FacetNames] = [:]
  private var knownFacets: [Field: [KnownCount<CountedFacet>]] = [:]
  private var knownPrices: [KnownCount<PriceHistogram>] = []
  private var knownTerms: [KnownCount<[TermCount]>] = []
  private var knownTaxa = TaxonRows()
  private var knownTable = TaxonTable.empty
  private var knownOrder: (sort: SortOrder, order: RowOrder)?

  /// What was counted among rows.
  private struct KnownCount<Count: Sendable>: Sendable {
    let rows: RowSet
    let count: Count
  }

  private struct CountedFacet {
    let cells: [Int]
    let facet: Facet
  }

  /// A dozen clauses is more than a person types.
  private static let mostClauses = 24
  /// A choice and its taking back are two.
  private static let mostCounts = 4

  package init() {}

  /// The rows for which every clause holds; nil when cancelled.
  package mutating func rows(
    of filter: Filter, in subject: FilterSubject, _ cancellation: Cancellation? = nil
  ) -> RowSet? {
    var result = RowSet(allOf: subject.dataset.rowCount)
    for clause in filter.clauses {
      guard let rows = rows(of: clause, in: subject, cancellation) else { return nil }
      result.formIntersection(rows)
    }
    return result
  }

  /// The rows for which one clause holds, remembered unless it asks about decisions.
  mutating func rows(of clause: Clause, in subject: FilterSubject, _ cancellation: Cancellation?) -> RowSet? {
    turn(to: subject.dataset)
    turn(to: subject.flags)
    turn(to: subject.taxa)
    let before = known[clause]
    if let before, before.rowCount == subject.dataset.rowCount { return before }
    guard let rows = answer(clause, known: before, subject, cancellation) else { return nil }
    if !clause.asksAboutDecisions {
      if age.count >= Self.mostClauses { known[age.removeFirst()] = nil }
      if known.updateValue(rows, forKey: clause) == nil { age.append(clause) }
    }
    return rows
  }

  /// The rows of an answer in order; rows as they stand in the file when cancelled.
  ///
  /// Cost:  the order of all rows is kept, and that of a part of them is picked from it.
  package mutating func order(
    of rows: RowSet, by sort: SortOrder, in dataset: Dataset, rank: (Int) -> UInt8 = { _ in .max },
    _ cancellation: Cancellation? = nil
  ) -> RowOrder {
    turn(to: dataset)
    let count = rows.count
    // Verdicts change from key to key, and risks while rows are flagged; file order needs no sorting; few rows are
    // sorted faster than picked.
    guard ![.verdict, .risk, .file].contains(sort.subject), count * 16 > dataset.rowCount else {
      return RowSorting.order(rows, of: dataset, by: sort, rank: rank, cancellation)
    }
    if let knownOrder, knownOrder.sort == sort {
      return count == dataset.rowCount ? knownOrder.order : knownOrder.order.restricted(to: rows)
    }
    let order = RowSorting.order(rows, of: dataset, by: sort, cancellation)
    if count == dataset.rowCount, cancellation?.isCancelled != true { knownOrder = (sort, order) }
    return order
  }

  /// The facet of a field among rows; nil when cancelled.
  mutating func facet(
    of field: Field, in dataset: Dataset, among rows: RowSet, _ cancellation: Cancellation?
  ) -> Facet? {
    turn(to: dataset)
    let before = knownFacets[field]?.first { rows.begins(with: $0.rows) }
    if let before, before.rows.rowCount == rows.rowCount { return before.count.facet }
    let new = before.map { rows.from($0.rows.rowCount) } ?? rows
    var cells = Facet.cells(of: field, in: dataset, among: new, cancellation)
    guard cancellation?.isCancelled != true else { return nil }
    for (code, count) in (before?.count.cells ?? []).enumerated() { cells[code] += count }
    let facet = Facet(of: names(of: field, in: dataset), cells: cells, total: rows.count)
    let kept = KnownCount(rows: rows, count: CountedFacet(cells: cells, facet: facet))
    knownFacets[field] = [kept] + (knownFacets[field] ?? []).prefix(Self.mostCounts - 1)
    return facet
  }

  /// The terms among rows; nil when cancelled.
  mutating func terms(of subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?) -> Facet? {
    turn(to: subject.dataset)
    turn(to: subject.flags)
    let counts: [TermCount]
    if let known = knownTerms.first(where: { $0.rows == rows }) {
      counts = known.count
    } else {
      counts = subject.flags.counts(among: rows, cancellation).map(TermCount.init)
      guard cancellation?.isCancelled != true else { return nil }
      knownTerms = [KnownCount(rows: rows, count: counts)] + knownTerms.prefix(Self.mostCounts - 1)
    }
    return Facet(counts, of: subject, among: rows)
  }

  /// The taxa of a rank, or the levels of a list, among rows; nil when cancelled.
  mutating func taxa(
    by about: FacetSubject, of subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?
  ) -> Facet? { knownTaxa.facet(about, of: subject, among: rows, cancellation) }

  /// The prices among rows; nil when cancelled.
  mutating func prices(in dataset: Dataset, among rows: RowSet, _ cancellation: Cancellation?) -> PriceHistogram? {
    turn(to: dataset)
    let before = knownPrices.first { rows.begins(with: $0.rows) }
    if let before, before.rows.rowCount == rows.rowCount { return before.count }
    let new = before.map { rows.from($0.rows.rowCount) } ?? rows
    var prices = PriceHistogram(of: dataset, among: new, cancellation)
    guard cancellation?.isCancelled != true else { return nil }
    if let before { prices = before.count + prices }
    knownPrices = [KnownCount(rows: rows, count: prices)] + knownPrices.prefix(Self.mostCounts - 1)
    return prices
  }

  /// The values of a field as facets count them, each folded once.
  private mutating func names(of field: Field, in dataset: Dataset) -> FacetNames {
    // Taken out while it grows, so that it is not copied.
    var names = knownNames.removeValue(forKey: field)
    if names?.isBeginning(of: dataset) != true { names = nil }
    names?.extend(to: dataset)
    let whole = names ?? FacetNames(of: field, in: dataset)
    knownNames[field] = whole
    return whole
  }

  private mutating func turn(to dataset: Dataset) {
    guard knownFor !== dataset else { return }
    if let knownFor, dataset.continues(knownFor) {
      // More rows at the end leave answers as they are; an order of all rows lacks them.
      (self.knownFor, knownOrder) = (dataset, nil)
      return
    }
    (known, age, knownFacets, knownPrices, knownTerms, knownOrder) = ([:], [], [:], [], [], nil)
    knownFor = dataset
  }

  /// Forgets what was answered by other lexicons, or before more rows were flagged.
  private mutating func turn(to flags: RowFlags) {
    guard !flags.isSameLook(as: knownFlags) else { return }
    knownFlags = flags
    forget(\.asksAboutFlags)
    knownTerms = []
  }

  /// Forgets what was answered before the names of taxa were known, or by other tables.
  private mutating func turn(to table: TaxonTable) {
    guard table !== knownTable else { return }
    knownTable = table
    forget(\.asksAboutTaxa)
  }

  private mutating func forget(_ isStale: (Clause) -> Bool) {
    for clause in age where isStale(clause) { known[clause] = nil }
    age.removeAll(where: isStale)
  }

  private func words(_ words: String, _ asked: ClauseRows, _ dataset: Dataset) -> RowSet? {
    guard let search = TextSearch(words) else { return RowSet(allOf: dataset.rowCount) }
    // While a word is being typed, each letter asks only the rows of the letters before it.
    var narrowest: (rows: RowSet, count: Int)?
    for case (.words(let shorter), let rows) in known where rows.rowCount == dataset.rowCount {
      guard let other = TextSearch(shorter), search.implies(other) else { continue }
      let count = rows.count
      if narrowest.map({ count < $0.count }) ?? true { narrowest = (rows, count) }
    }
    return asked.rows { $0.words(search, among: narrowest?.rows) }
  }

  /// - Parameter known: the answer before the dataset grew.
  private mutating func answer(
    _ clause: Clause, known: RowSet?, _ subject: FilterSubject, _ cancellation: Cancellation?
  ) -> RowSet? {
    let dataset = subject.dataset
    let asked = ClauseRows(dataset, known: known, cancellation)
    switch clause {
    case .words(let words): return self.words(words, asked, dataset)
    case .regex(let pattern): return asked.rows { $0.regex(pattern) }
    case .field(let field, let values): return asked.rows { $0.field(field, values) }
    case .column(let name, let values): return asked.rows { $0.column(name, values) }
    case .price(let tests): return asked.rows { $0.price(tests) }
    case .currency(let values): return asked.rows { $0.currency(values) }
    case .time(let field, let tests): return asked.rows { $0.time(field, tests) }
    case .file(let values): return asked.rows { $0.file(values) }
    case .risk(let tests): return subject.flags.rows(tests, of: dataset.rowCount)
    case .term(let values): return subject.flags.rows(values, of: dataset.rowCount)
    case .taxon(let tests): return knownTaxa.rows(with: tests, of: subject, cancellation)
    case .protection(let list, let tests): return knownTaxa.rows(with: tests, in: list, of: subject, cancellation)
    case .state(let states):
      return states.reduce(RowSet(noneOf: dataset.rowCount)) { $0.union(subject.rows(in: $1)) }
    case .not(let inner): return rows(of: inner, in: subject, cancellation)?.complement
    case .all(let clauses):
      var result = RowSet(allOf: dataset.rowCount)
      for clause in clauses {
        guard let rows = rows(of: clause, in: subject, cancellation) else { return nil }
        result.formIntersection(rows)
      }
      return result
    case .any(let clauses):
      var result = RowSet(noneOf: dataset.rowCount)
      for clause in clauses {
        guard let rows = rows(of: clause, in: subject, cancellation) else { return nil }
        result.formUnion(rows)
      }
      return result
    }
  }
}

extension FilterSubject {
  func rows(in state: ListingState) -> RowSet {
    switch state {
    case .confirmed: confirmed
    case .falsePositive: falsePositive
    case .unsure: unsure
    case .unreviewed: reviewed.complement
    case .reviewed: reviewed
    case .marked: marked
    case .noted: noted
    case .problem: problem
    case .unreadable: flags.unreadableRows(of: dataset.rowCount)
    }
  }
}
