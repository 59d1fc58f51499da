import CodeWords
import Listings
import Taxa

/// What an evaluation knows of the rows' taxa: the code of each row, what was counted by it, and under which names.
struct TaxonRows: Sendable {
  private var rows: RowTaxa?
  private var values: [FacetSubject: TaxonFacetValues] = [:]
  /// How many rows of a set have each set of taxa; of the rows as they are now.
  private var counted: [(rows: RowSet, counts: [Int])] = []

  /// A choice and its taking back are two.
  private static let mostCounts = 4

  /// The rows' taxa as of a look at them; nil when cancelled.
  mutating func taxa(of subject: FilterSubject, _ cancellation: Cancellation?) -> RowTaxa? {
    if let rows, rows.table === subject.taxa, rows.isLook(at: subject.dataset, subject.flags) { return rows }
    // Taken out while it grows, so that it is not copied.
    var taxa = rows ?? RowTaxa(in: subject.taxa)
    rows = nil
    counted = []
    if taxa.table !== subject.taxa || !taxa.isBeginning(of: subject.dataset, subject.flags) {
      taxa = RowTaxa(in: subject.taxa)
      values = [:]
    }
    let isDone = taxa.turn(to: subject.dataset, subject.flags, cancellation)
    rows = taxa
    return isDone ? taxa : nil
  }

  /// The rows that a clause about taxa asks for; nil when cancelled.
  mutating func rows(with tests: [TaxonTest], of subject: FilterSubject, _ cancellation: Cancellation?) -> RowSet? {
    let tests = tests.map { $0.holds(in: subject.taxa) }
    return rows(of: subject, cancellation) { set in tests.contains { $0(set) } }
  }

  /// The rows that a clause about a list of protected taxa asks for; nil when cancelled.
  mutating func rows(
    with tests: [LevelTest], in list: ProtectionList, of subject: FilterSubject, _ cancellation: Cancellation?
  ) -> RowSet? {
    rows(of: subject, cancellation) { set in tests.contains { $0.holds(for: set, in: list, of: subject.taxa) } }
  }

  private mutating func rows(
    of subject: FilterSubject, _ cancellation: Cancellation?, where holds: (TaxonSet) -> Bool
  ) -> RowSet? {
    guard let taxa = taxa(of: subject, cancellation) else { return nil }
    let wanted = taxa.sets.map(holds)
    guard wanted.contains(true) else { return RowSet(noneOf: subject.dataset.rowCount) }
    return MatchingRows.rows(of: subject.dataset, codes: taxa.codes, in: wanted, cancellation)
  }

  /// The facet by a rank or a list among rows; nil when cancelled.
  mutating func facet(
    _ about: FacetSubject, of subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?
  ) -> Facet? {
    guard let taxa = taxa(of: subject, cancellation) else { return nil }
    guard let counts = counts(of: taxa, among: rows, cancellation) else { return nil }
    var named = values.removeValue(forKey: about) ?? TaxonFacetValues(about)
    named.extend(over: taxa)
    values[about] = named
    return named.facet(counts: counts, total: rows.count)
  }

  private mutating func counts(of taxa: RowTaxa, among rows: RowSet, _ cancellation: Cancellation?) -> [Int]? {
    if let known = counted.first(where: { $0.rows == rows }) { return known.counts }
    let counts = ValueCounts.counts(of: taxa.codes, valueCount: taxa.sets.count, among: rows, cancellation)
    guard cancellation?.isCancelled != true else { return nil }
    counted = [(rows, counts)] + counted.prefix(Self.mostCounts - 1)
    return counts
  }
}
