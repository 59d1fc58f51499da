import Casework
import CodeWords
import Filters
import Listings
import NearDuplicates
import Workspace
import Taxa

/// A filter to answer, and the order to show the rows in.
package struct EvaluationRequest: Equatable, Sendable {
  package let filter: Filter
  package let sort: SortOrder
  package let generation: Generation
  package let snapshot: Snapshot
  package let marked: RowSet
  /// What the panes count.
  package let counted: [FacetSubject]
  /// Whether copies of one advert are to be one line.
  package var foldsCopies = false
  /// Whether every row is to be a line, rather than each listing.
  package var showsEveryRow = false
  /// What the values of panes are sorted by, where that is not their own order.
  package var orders: [FacetSubject: ValueOrder] = [:]
  /// Who decides.
  package var analyst = ""
  /// The bands in which prices are counted.
  package var priceScale = PriceScale.standard

  /// What the filter is asked about.
  package var subject: FilterSubject {
    var subject = FilterSubject(snapshot.dataset)
    subject.confirmed = snapshot.verdicts.confirmed
    subject.falsePositive = snapshot.verdicts.falsePositive
    subject.unsure = snapshot.verdicts.unsure
    subject.noted = snapshot.verdicts.noted
    (subject.described, subject.words) = (snapshot.verdicts.described, snapshot.verdicts.words)
    if let changes = snapshot.changes { subject.changed = changes.rows }
    if let reviews = snapshot.reviews {
      (subject.disagreed, subject.byOthers) = (reviews.disagreed, reviews.byOthers)
      subject.decidedByOthers = reviews.decided
      subject.noted.formUnion(reviews.noted)
    }
    if let leased = snapshot.leased { subject.leased = leased }
    (subject.marked, subject.analyst) = (marked, analyst)
    subject.problem = snapshot.problemRows
    subject.flags = snapshot.flags
    (subject.listings, subject.countsRows) = (snapshot.listings, showsEveryRow)
    subject.since = snapshot.since
    subject.duplicates = snapshot.duplicates
    if let taxa = snapshot.taxa { subject.taxa = taxa }
    if let cues = snapshot.lexicons?.cues { subject.cues = cues }
    return subject
  }

  /// For sorting by verdict (confirmed, unsure, false positive, then the unreviewed), by risk or by copies; what has none is
  /// last. In the queue of work what is to be asked about again comes before the highest risk.
  package func rank(_ row: Int) -> UInt32 {
    switch sort.subject {
    case .risk: riskRank(row)
    case .copies: copiesRank(row)
    default: verdictRank(row)
    }
  }

  /// The answer's rows with copies folded; nil where they are not to be, or are not known.
  package func folded(_ order: RowOrder, _ cancellation: Cancellation? = nil) -> FoldedCopies? {
    guard foldsCopies, let duplicates = snapshot.duplicates else { return nil }
    return FoldedCopies(order, by: duplicates, sort: sort, cancellation)
  }

  private func riskRank(_ row: Int) -> UInt32 {
    if isQueue, snapshot.changes?.rows.contains(row) == true { return 101 }
    return snapshot.flags.risk(at: row).value.map(UInt32.init) ?? .max
  }

  /// Groups are numbered from the largest, and each keeps its listings together.
  private func copiesRank(_ row: Int) -> UInt32 {
    guard let duplicates = snapshot.duplicates, let group = duplicates.group(of: row) else { return .max }
    return UInt32(duplicates.count - group)
  }

  private var isQueue: Bool { filter.clauses.contains(State.queueClause) }

  private func verdictRank(_ row: Int) -> UInt32 {
    if snapshot.verdicts.confirmed.contains(row) { return 0 }
    if snapshot.verdicts.unsure.contains(row) { return 1 }
    return snapshot.verdicts.falsePositive.contains(row) ? 2 : .max
  }
}
