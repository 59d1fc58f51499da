import CodeWords
import Cues
import Listings
import NearDuplicates
import Sightings
import Taxa

/// Finds the rows for which a filter holds.
///
/// It caches what it has answered, since a key press changes one clause of several: rows of clauses, facets of row sets,
/// the order of all rows. When the dataset grows, only the new rows are scanned. A copy keeps the caches.
/// Cost:  a dictionary field, price or time takes about a millisecond for a million rows. A word reads all titles and
///        descriptions, or only the rows of a shorter word that it contains.
package struct FilterEvaluation: Sendable {
  /// Answers for `knownFor`, or for an earlier, shorter snapshot of it.
  private var known: [Clause: RowSet] = [:]
  /// The clauses of `known`, oldest first.
  private var age: [Clause] = []
  // Retained, so that no later dataset can have its address and be mistaken for it.
  private var knownFor: Dataset?
  /// The flags that `known` and `knownTerms` were answered with; nil for none.
  private var knownFlags: RowFlags?
  /// Spellings already folded, by field.
  private var knownNames: [Field: FacetNames] = [:]
  /// The last facets of each field, the latest first.
  private var knownFacets: [Field: [KnownCount<CountedFacet>]] = [:]
  /// The last histograms, the latest first.
  private var knownPrices: [KnownCount<PriceHistogram>] = []
  /// The last counts of terms, the latest first.
  private var knownTerms: [KnownCount<[TermCount]>] = []
  private var knownTaxa = TaxonRows()
  /// Values that were read from the rows, by dimension.
  private var knownCoded: [CodedDimension: CodedRows] = [:]
  /// The listings by which was counted; nil for rows.
  private var knownListings: ListingRows?
  /// The cues of the rows, from the first question about them on.
  private var knownCues: RowCues?
  /// The taxon tables that `known` was answered with.
  private var knownTable = TaxonTable.empty
  /// The order of all rows, for the last sort.
  private var knownOrder: (sort: SortOrder, order: RowOrder)?

  /// A count over rows.
  private struct KnownCount<Count: Sendable>: Sendable {
    /// The rows that were counted.
    let rows: RowSet
    let count: Count
  }

  /// Counts per cell, which new rows can be added to, and the facet made of them.
  private struct CountedFacet {
    let cells: [Int]
    /// The facet made of the cells.
    let facet: Facet
  }

  /// More clauses than a person types.
  private static let maximumClauses = 24
  /// Enough to make a choice and take it back.
  private static let maximumCounts = 4

  package init() {}

  /// The rows for which every clause holds; nil when cancelled.
  ///
  /// Shape:  all rows of the dataset for a filter without clauses.
  /// Cost:   one intersection per clause whose rows are cached; see the type for the others.
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

  /// The rows for which one clause holds. They are cached unless the clause asks about decisions.
  ///
  /// Limits: the 24 clauses kept last stay in the cache; the oldest goes first.
  mutating func rows(of clause: Clause, in subject: FilterSubject, _ cancellation: Cancellation?) -> RowSet? {
    turn(to: subject.dataset)
    turn(to: subject.flagsIfAny)
    turn(to: subject.taxa)
    let before = known[clause]
    if let before, before.rowCount == subject.dataset.rowCount { return before }
    guard let rows = answer(clause, known: clause.asksForNewestWeek ? nil : before, subject, cancellation) else {
      return nil
    }
    if !clause.asksAboutDecisions, !clause.asksAboutEarlierScrapes, !clause.asksAboutDuplicates {
      if age.count >= Self.maximumClauses { known[age.removeFirst()] = nil }
      if known.updateValue(rows, forKey: clause) == nil { age.append(clause) }
    }
    return rows
  }

  /// The rows that stand for the listings of an answer, sorted. In file order a listing is where it was first seen.
  ///
  /// Cost:   see `order(of:by:in:)`.
  package mutating func order(
    of answer: FilterAnswer, by sort: SortOrder, in subject: FilterSubject, rank: (Int) -> UInt32 = { _ in .max },
    _ cancellation: Cancellation? = nil
  ) -> RowOrder {
    guard sort.subject == .file, let listings = subject.listingsCounted else {
      return order(of: answer.newest, by: sort, in: subject.dataset, rank: rank, cancellation)
    }
    let newest = subject.since?.overTime?.newest
    let rows = listings.newestRowsByFirst(
      of: answer.rows, newest: newest?.rowCount == answer.rows.rowCount ? newest : nil)
    return RowOrder(rows: sort.isDescending ? rows.reversed() : rows)
  }

  /// Rows, sorted; in file order when cancelled.
  ///
  /// Cost:   the order of all rows is cached, and the order of some of them is picked from it. Orders by verdict, risk
  ///         or copies, and of up to a sixteenth of all rows, are made each time.
  package mutating func order(
    of rows: RowSet, by sort: SortOrder, in dataset: Dataset, rank: (Int) -> UInt32 = { _ in .max },
    _ cancellation: Cancellation? = nil
  ) -> RowOrder {
    turn(to: dataset)
    let count = rows.count
    // Verdicts change from key to key, and risks while rows are flagged. File order needs no sorting, and few rows are
    // sorted faster than picked.
    guard ![.verdict, .risk, .copies, .file].contains(sort.subject), count * 16 > dataset.rowCount else {
      return RowSorting.order(rows, of: dataset, by: sort, rank: rank, cancellation)
    }
    if let knownOrder, knownOrder.sort == sort {
      return count == dataset.rowCount ? knownOrder.order : knownOrder.order.restricted(to: rows)
    }
    let order = RowSorting.order(rows, of: dataset, by: sort, cancellation)
    if count == dataset.rowCount, cancellation?.isCancelled != true { knownOrder = (sort, order) }
    return order
  }

  /// The facet of a field over rows; nil when cancelled.
  ///
  /// Cost:   counts only the rows that came since an answer over the same first rows.
  mutating func facet(
    of field: Field, in subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?
  ) -> Facet? {
    let dataset = subject.dataset
    turn(to: dataset)
    turn(to: subject.listingsCounted)
    let before = knownFacets[field]?.first { rows.begins(with: $0.rows) }
    if let before, before.rows.rowCount == rows.rowCount { return before.count.facet }
    let new = before.map { rows.from($0.rows.rowCount) } ?? rows
    var cells = Facet.cells(of: field, in: dataset, among: new, cancellation)
    guard cancellation?.isCancelled != true else { return nil }
    for (code, count) in (before?.count.cells ?? []).enumerated() { cells[code] += count }
    let names = names(of: field, in: dataset)
    var surplus: [Int]?
    if let listings = subject.listingsCounted {
      surplus = names.surplus(of: listings, in: dataset, among: rows, cancellation)
      if surplus == nil { return nil }
    }
    let facet = Facet(of: names, cells: cells, surplus: surplus, total: subject.count(of: rows))
    let kept = KnownCount(rows: rows, count: CountedFacet(cells: cells, facet: facet))
    knownFacets[field] = [kept] + (knownFacets[field] ?? []).prefix(Self.maximumCounts - 1)
    return facet
  }

  /// The facet of terms over rows; nil when cancelled.
  ///
  /// Cost:   the counts over the last four row sets are kept; the records of terms are counted each time.
  mutating func terms(of subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?) -> Facet? {
    turn(to: subject.dataset)
    turn(to: subject.flagsIfAny)
    turn(to: subject.listingsCounted)
    let counts: [TermCount]
    if let known = knownTerms.first(where: { $0.rows == rows }) {
      counts = known.count
    } else {
      counts = subject.flags.counts(among: rows, subject.listingsCounted, cancellation).map(TermCount.init)
      guard cancellation?.isCancelled != true else { return nil }
      knownTerms = [KnownCount(rows: rows, count: counts)] + knownTerms.prefix(Self.maximumCounts - 1)
    }
    return Facet(counts, of: subject, among: rows)
  }

  /// The facet of a rank or of a list of protected taxa over rows; nil when cancelled.
  ///
  /// - Parameter keeps: whether the counts are kept for the next question about these rows.
  mutating func taxa(
    by about: FacetSubject, of subject: FilterSubject, among rows: RowSet, keeps: Bool = true,
    _ cancellation: Cancellation?
  ) -> Facet? { knownTaxa.facet(about, of: subject, among: rows, keeps: keeps, cancellation) }

  /// The newest date of each value of a rank or of a list of protected taxa; nil when cancelled.
  mutating func taxonDates(
    _ about: FacetSubject, of subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?
  ) -> [String: Int64]? { knownTaxa.newestDates(about, of: subject, among: rows, cancellation) }

  /// The facet of a field over rows, not kept; nil when cancelled.
  mutating func passingFacet(
    of field: Field, in subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?
  ) -> Facet? {
    turn(to: subject.dataset)
    let names = names(of: field, in: subject.dataset)
    var surplus: [Int]?
    if let listings = subject.listingsCounted {
      surplus = names.surplus(of: listings, in: subject.dataset, among: rows, cancellation)
      if surplus == nil { return nil }
    }
    let cells = Facet.cells(of: field, in: subject.dataset, among: rows, cancellation)
    guard cancellation?.isCancelled != true else { return nil }
    return Facet(of: names, cells: cells, surplus: surplus, total: subject.count(of: rows))
  }

  /// The values of all rows in a dimension whose values are read from the rows; nil when cancelled.
  mutating func coded(
    _ dimension: CodedDimension, _ subject: FilterSubject, _ cancellation: Cancellation?
  ) -> CodedRows? {
    turn(to: subject.dataset)
    // Taken out while it grows, so that it is not copied.
    var coded = knownCoded.removeValue(forKey: dimension) ?? CodedRows(dimension)
    let isWhole = coded.extend(to: subject.dataset, cancellation)
    if knownCoded.count >= Self.maximumCounts { knownCoded = [:] }
    knownCoded[dimension] = coded
    return isWhole ? coded : nil
  }

  /// The price histogram over rows; nil when cancelled.
  ///
  /// Cost:   counts only the rows that came since an answer over the same first rows.
  mutating func prices(
    in subject: FilterSubject, among rows: RowSet, scale: PriceScale = .standard, _ cancellation: Cancellation?
  ) -> PriceHistogram? {
    let dataset = subject.dataset
    turn(to: dataset)
    turn(to: subject.listingsCounted)
    // With listings to count, all rows are there, and what was counted before was rows.
    let before = knownPrices.first { $0.count.scale == scale && rows.begins(with: $0.rows) }
    if let before, before.rows.rowCount == rows.rowCount { return before.count }
    let new = before.map { rows.from($0.rows.rowCount) } ?? rows
    var prices = PriceHistogram(of: dataset, among: new, scale: scale, cancellation)
    guard cancellation?.isCancelled != true else { return nil }
    if let before { prices = before.count + prices }
    if let listings = subject.listingsCounted {
      guard let counted = prices.counting(listings, of: dataset, among: rows, cancellation) else { return nil }
      prices = counted
    }
    knownPrices = [KnownCount(rows: rows, count: prices)] + knownPrices.prefix(Self.maximumCounts - 1)
    return prices
  }

  /// The values of a field as facets count them.
  mutating func names(of field: Field, in dataset: Dataset) -> FacetNames {
    // Taken out while it grows, so that it is not copied.
    var names = knownNames.removeValue(forKey: field)
    if names?.isBeginning(of: dataset) != true { names = nil }
    names?.extend(to: dataset)
    let whole = names ?? FacetNames(of: field, in: dataset)
    knownNames[field] = whole
    return whole
  }

  /// Drops what belongs to other rows. Answers for the first rows stay when rows are added.
  private mutating func turn(to dataset: Dataset) {
    guard knownFor !== dataset else { return }
    if let knownFor, dataset.continues(knownFor) {
      // More rows at the end leave answers valid; only the order of all rows lacks them.
      (self.knownFor, knownOrder) = (dataset, nil)
      return
    }
    (known, age, knownFacets, knownPrices, knownTerms, knownOrder) = ([:], [], [:], [], [], nil)
    knownCoded = [:]
    knownFor = dataset
  }

  /// Drops counts that were made by other listings, or by row.
  private mutating func turn(to listings: ListingRows?) {
    guard listings != knownListings else { return }
    (knownListings, knownFacets, knownPrices, knownTerms) = (listings, [:], [], [])
  }

  /// Drops what was answered with other lexicons, or before more rows were flagged.
  private mutating func turn(to flags: RowFlags?) {
    if flags == nil, knownFlags == nil { return }
    guard !(flags ?? RowFlags()).isSameSnapshot(as: knownFlags ?? RowFlags()) else { return }
    knownFlags = flags
    forget(\.asksAboutFlags)
    knownTerms = []
  }

  /// Drops what was answered without taxon tables, or with others.
  private mutating func turn(to table: TaxonTable) {
    guard table !== knownTable else { return }
    knownTable = table
    forget(\.asksAboutTaxa)
  }

  /// Drops the answers to some clauses.
  private mutating func forget(_ isStale: (Clause) -> Bool) {
    for clause in age where isStale(clause) { known[clause] = nil }
    age.removeAll(where: isStale)
  }

  /// Rows with words. While a word is being typed, only the rows of its shorter beginnings are searched.
  ///
  /// Shape:  words that give no search, such as an empty text, hold for all rows.
  private func words(_ words: String, _ asked: ClauseRows, _ dataset: Dataset) -> RowSet? {
    guard let search = TextSearch(words) else { return RowSet(allOf: dataset.rowCount) }
    var narrowest: (rows: RowSet, count: Int)?
    for case (.words(let shorter), let rows) in known where rows.rowCount == dataset.rowCount {
      guard let other = TextSearch(shorter), search.implies(other) else { continue }
      let count = rows.count
      if narrowest.map({ count < $0.count }) ?? true { narrowest = (rows, count) }
    }
    return asked.rows { $0.words(search, among: narrowest?.rows) }
  }

  /// The rows with some cues; nil when cancelled.
  private mutating func rows(
    with values: [ValuePattern], of kind: CueWords.Kind, _ subject: FilterSubject, _ cancellation: Cancellation?
  ) -> RowSet? {
    // Taken out while it grows, so that it is not copied.
    var cues = knownCues.flatMap { $0.words === subject.cues ? $0 : nil } ?? RowCues(subject.cues)
    knownCues = nil
    defer { knownCues = cues }
    guard cues.turn(to: subject.dataset, cancellation) else { return nil }
    return cues.rows(with: values, of: kind, among: subject.dataset.rowCount)
  }

  /// The rows for which one clause holds, neither looked up in the cache nor kept there.
  mutating func uncachedRows(
    of clause: Clause, in subject: FilterSubject, _ cancellation: Cancellation?
  ) -> RowSet? { answer(clause, known: nil, subject, cancellation) }

  /// The answer to a clause.
  ///
  /// - Parameter known: the answer from before the dataset grew.
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
    case .group(let values): return subject.rows(inGroups: values)
    case .described(let aspect, let values): return subject.rows(aspect, values)
    case .reason(let values): return subject.rows(values, of: subject.words.reasons)
    case .note(let values): return subject.rows(withNotes: values)
    case .analyst(let values): return subject.rows(decidedBy: values)
    case .week(let tests): return asked.rows { $0.week(tests) }
    case .changed(let cells): return subject.rows(changed: cells)
    case .file(let values): return asked.rows { $0.file(values) }
    case .risk(let tests): return subject.flags.rows(tests, of: dataset.rowCount)
    case .term(let values): return subject.flags.rows(values, of: dataset.rowCount)
    case .cue(let kind, let values): return rows(with: values, of: kind, subject, cancellation)
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

// Answers to `risk:` and `term:`. Rows that are not flagged yet are in no answer.

extension RowFlags {
  /// Rows whose risk satisfies one of the tests.
  ///
  /// Shape:  row sets of `total` rows; without tests, no rows.
  func rows(_ tests: [RiskTest], of total: Int) -> RowSet {
    tests.reduce(RowSet(noneOf: total)) { rows, test in
      switch test {
      case .range(let range): rows.union(self.rows(risk: range, of: total))
      case .unknown: rows.union(unreadableRows(of: total))
      }
    }
  }

  /// Rows in which a term counts that one of the patterns means; for `none`, rows in which no term counts.
  ///
  /// Limits: for `none`, only rows that are flagged already.
  package func rows(_ patterns: [ValuePattern], of total: Int) -> RowSet {
    let wanted = patterns.filter { $0 != .missing }.reduce(into: Set<TermID>()) {
      $0.formUnion(lexicons.terms(meant: $1))
    }
    var rows = self.rows(with: wanted, of: total)
    if patterns.contains(.missing) {
      let flagged = self.rows(risk: 0...100, of: total).union(unreadableRows(of: total))
      let all = Set(lexicons.terms.indices.map { TermID(UInt16($0)) })
      rows.formUnion(flagged.intersection(self.rows(with: all, of: total).complement))
    }
    return rows
  }
}

extension CompiledLexicons {
  /// The terms that a filter's value means. A label in quotes means that term alone; anything else means all terms with it
  /// in a surface form, or in what they denote.
  ///
  /// Shape:  never terms of the kind `context`.
  /// Cost:   O(terms and their surface forms).
  func terms(meant pattern: ValuePattern) -> Set<TermID> {
    let test = ValueTest(pattern)
    let numbers = terms.indices.filter { terms[$0].kind != .context }
    var meant: [Int] = []
    if case .exactly = pattern { meant = numbers.filter { test.holds(for: labels[$0]) } }
    if meant.isEmpty {
      meant = numbers.filter { number in
        test.holds(for: terms[number].denotes) || terms[number].surfaceForms.contains { test.holds(for: $0) }
      }
    }
    return Set(meant.map { TermID(UInt16($0)) })
  }
}
