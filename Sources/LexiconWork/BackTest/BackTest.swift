import Listings
import CodeWords

/// What a change of the lexicons would do to listings, held against what people decided of them.
///
/// Shape:  *flagged* is a row whose risk is at least `threshold`; what cannot be read is not. Rows beyond the shorter of
///         the two flags are left aside.
/// Limits: verdicts are of rows that somebody looked at, mostly those that were flagged already: what the lexicons
///         before never showed is missing from both sides.
/// Cost:   O(rows), and sorting the decided ones.
package struct BackTest: Equatable, Sendable {
  /// How the rows stand with one set of lexicons.
  package struct Side: Equatable, Sendable {
    /// Rows with a risk of at least the threshold.
    package internal(set) var flagged = 0
    /// Decided rows among them.
    package internal(set) var confirmed = 0
    package internal(set) var falsePositive = 0
    /// All decided rows.
    package internal(set) var confirmedAll = 0
    package internal(set) var falsePositiveAll = 0
    /// How well the risk puts confirmed rows before false positives; nil unless there are some of both.
    package internal(set) var averagePrecision: Double?

    /// The share of the flagged and decided rows that are confirmed; nil where none is decided.
    package var precision: Double? { Self.share(confirmed, of: confirmed + falsePositive) }
    /// The share of the confirmed rows that are flagged; nil where none is confirmed.
    package var coverage: Double? { Self.share(confirmed, of: confirmedAll) }

    private static func share(_ part: Int, of whole: Int) -> Double? {
      whole == 0 ? nil : Double(part) / Double(whole)
    }
  }

  /// Rows that something happens to, and what was decided of them.
  package struct Tally: Equatable, Sendable {
    package internal(set) var rows = 0
    package internal(set) var confirmed = 0
    package internal(set) var falsePositive = 0
    package var undecided: Int { rows - confirmed - falsePositive }
  }

  /// A row whose risk differs.
  package struct ChangedRow: Equatable, Sendable {
    package enum Decided: Equatable, Sendable { case confirmed, falsePositive }

    package let row: Int
    package let before: RowRisk
    package let after: RowRisk
    /// Nil where it is undecided, or somebody is unsure.
    package let decided: Decided?

    package init(row: Int, before: RowRisk, after: RowRisk, decided: Decided?) {
      self.row = row
      self.before = before
      self.after = after
      self.decided = decided
    }

    /// By how many points it differs; what cannot be read stands for 0.
    package var distance: Int { abs((after.value ?? 0) - (before.value ?? 0)) }
  }

  package let threshold: Int
  /// Rows compared.
  package let rowCount: Int
  package private(set) var before = Side()
  package private(set) var after = Side()
  /// Rows whose risk is a number on both sides, and higher or lower after.
  package private(set) var raised = 0
  package private(set) var lowered = 0
  /// Rows that reach the threshold, and those that no longer do, with what was decided of them.
  package private(set) var reaching = Tally()
  package private(set) var leaving = Tally()
  /// Rows that could not be read before, or cannot be after.
  package private(set) var newlyReadable = 0
  package private(set) var noLongerReadable = 0
  /// Examples: the most changed first, at most `mostRows`.
  package private(set) var rows: [ChangedRow] = []
  /// The same of decided rows alone: what people would want to see before they believe a number.
  package private(set) var decidedRows: [ChangedRow] = []

  package var newlyFlagged: Int { reaching.rows }
  package var noLongerFlagged: Int { leaving.rows }
  /// Rows whose risk differs.
  package var changed: Int { raised + lowered + newlyReadable + noLongerReadable }

  package static let mostRows = 200
  /// The risk from which a row counts as flagged, where nobody says otherwise.
  package static let usualThreshold = 40

  /// - Parameter counted: the rows to compare, as the first of each listing; nil: all of them.
  package init(
    before: RowFlags, after: RowFlags, confirmed: RowSet, falsePositive: RowSet, threshold: Int,
    among counted: RowSet? = nil
  ) {
    self.threshold = threshold
    let all = min(before.rowCount, after.rowCount)
    rowCount = counted?.resized(to: all).count ?? all
    var (examples, decidedExamples) = (MostChanged(limit: Self.mostRows), MostChanged(limit: Self.mostRows))
    for row in 0..<all where counted?.contains(row) != false {
      let (old, new) = (before.risks[row], after.risks[row])
      let decided: ChangedRow.Decided? =
        confirmed.contains(row) ? .confirmed : falsePositive.contains(row) ? .falsePositive : nil
      self.before.count(Self.isFlagged(old, threshold), decided)
      self.after.count(Self.isFlagged(new, threshold), decided)
      guard old != new else { continue }
      count(old, new, decided)
      let changed = ChangedRow(row: row, before: before.risk(at: row), after: after.risk(at: row), decided: decided)
      guard Self.isReadable(old) || Self.isReadable(new) else { continue }
      examples.take(changed)
      if decided != nil { decidedExamples.take(changed) }
    }
    rows = examples.rows
    decidedRows = decidedExamples.rows
    let decided = confirmed.union(falsePositive).rows.filter { $0 < all && counted?.contains($0) != false }
    let truth = decided.map(confirmed.contains)
    self.before.averagePrecision = Self.averagePrecision(before, decided, truth)
    self.after.averagePrecision = Self.averagePrecision(after, decided, truth)
  }

  private static func isReadable(_ risk: UInt8) -> Bool { risk < RowFlags.notCoveredMark }

  private static func isFlagged(_ risk: UInt8, _ threshold: Int) -> Bool {
    isReadable(risk) && Int(risk) >= threshold
  }

  private mutating func count(_ old: UInt8, _ new: UInt8, _ decided: ChangedRow.Decided?) {
    switch (Self.isReadable(old), Self.isReadable(new)) {
    case (true, true): if new > old { raised += 1 } else { lowered += 1 }
    case (false, true): newlyReadable += 1
    case (true, false): noLongerReadable += 1
    case (false, false): break
    }
    switch (Self.isFlagged(old, threshold), Self.isFlagged(new, threshold)) {
    case (false, true): reaching.count(decided)
    case (true, false): leaving.count(decided)
    default: break
    }
  }

  /// What could not be read comes last: nobody would look there first.
  private static func averagePrecision(
    _ flags: RowFlags, _ rows: some Collection<Int>, _ isConfirmed: [Bool]
  ) -> Double? {
    guard isConfirmed.contains(true), isConfirmed.contains(false) else { return nil }
    return RankingQuality(
      scores: rows.map { Double(flags.risk(at: $0).value ?? -1) }, isPositive: isConfirmed
    ).averagePrecision
  }
}

extension BackTest.Side {
  fileprivate mutating func count(_ isFlagged: Bool, _ decided: BackTest.ChangedRow.Decided?) {
    if isFlagged { flagged += 1 }
    switch decided {
    case .confirmed:
      confirmedAll += 1
      if isFlagged { confirmed += 1 }
    case .falsePositive:
      falsePositiveAll += 1
      if isFlagged { falsePositive += 1 }
    case nil: break
    }
  }
}

extension BackTest.Tally {
  fileprivate mutating func count(_ decided: BackTest.ChangedRow.Decided?) {
    rows += 1
    switch decided {
    case .confirmed: confirmed += 1
    case .falsePositive: falsePositive += 1
    case nil: break
    }
  }
}

/// Keeps the most changed of many rows, without keeping all of them.
private struct MostChanged {
  let limit: Int
  /// The first rows of each distance, 0 to 100.
  private var byDistance = [[BackTest.ChangedRow]](repeating: [], count: 101)

  init(limit: Int) { self.limit = limit }

  mutating func take(_ row: BackTest.ChangedRow) {
    if byDistance[row.distance].count < limit { byDistance[row.distance].append(row) }
  }

  var rows: [BackTest.ChangedRow] { Array(byDistance.reversed().joined().prefix(limit)) }
}
