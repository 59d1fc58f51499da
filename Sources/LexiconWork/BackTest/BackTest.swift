import CodeWords
import Listings
import Sentences

/// The effect of a change of the lexicons on listings, compared with the analysts' verdicts.
///
/// Shape:  a row is *flagged* if its risk is at least `threshold`; an unreadable row is not. Only rows covered by both sets
///         of flags are compared.
/// Cost:   O(rows), and sorting the reviewed ones.
/// Limits: verdicts exist only for reviewed rows, mostly rows that were flagged already. What the lexicons
///         never flagged is missing on both sides.
package struct BackTest: Equatable, Sendable {
  /// The rows under one set of lexicons.
  package struct Side: Equatable, Sendable {
    /// Rows with a risk of at least the threshold, reviewed or not.
    package internal(set) var flagged = 0
    /// Flagged rows that are confirmed.
    package internal(set) var confirmed = 0
    /// Flagged rows that are false positives.
    package internal(set) var falsePositive = 0
    /// All confirmed rows, flagged or not.
    package internal(set) var confirmedAll = 0
    /// All false positives, flagged or not.
    package internal(set) var falsePositiveAll = 0
    /// How well the risk ranks confirmed rows before false positives; nil unless there are some of both.
    ///
    /// Units:  0 to 1.
    package internal(set) var averagePrecision: Double?

    /// Confirmed rows among the flagged and reviewed ones; nil where none is reviewed.
    ///
    /// Units:  0 to 1.
    package var precision: Double? { Self.share(confirmed, of: confirmed + falsePositive) }
    /// Flagged rows among the confirmed ones; nil where none is confirmed.
    ///
    /// Units:  0 to 1.
    package var coverage: Double? { Self.share(confirmed, of: confirmedAll) }

    /// A share; nil where the whole is 0.
    private static func share(_ part: Int, of whole: Int) -> Double? {
      whole == 0 ? nil : Double(part) / Double(whole)
    }
  }

  /// A group of rows, by verdict.
  package struct Tally: Equatable, Sendable {
    package internal(set) var rows = 0
    package internal(set) var confirmed = 0
    package internal(set) var falsePositive = 0
    /// Rows without a verdict, or marked unsure.
    package var undecided: Int { rows - confirmed - falsePositive }
  }

  /// A row whose risk changes.
  package struct ChangedRow: Equatable, Sendable {
    /// The verdicts that a back-test compares with.
    package enum Decided: Equatable, Sendable { case confirmed, falsePositive }

    package let row: Int
    package let before: RowRisk
    package let after: RowRisk
    /// Nil for a row that is unreviewed or marked unsure.
    package let decided: Decided?

    package init(row: Int, before: RowRisk, after: RowRisk, decided: Decided?) {
      self.row = row
      self.before = before
      self.after = after
      self.decided = decided
    }

    /// How many points it changes by; unreadable counts as 0.
    ///
    /// Units:  points, 0 to 100.
    package var distance: Int { abs((after.value ?? 0) - (before.value ?? 0)) }
  }

  /// The risk from which a row counts as flagged.
  package let threshold: Int
  /// Rows compared.
  package let rowCount: Int
  /// The rows under the lexicons in force.
  package private(set) var before = Side()
  /// The rows under the changed lexicons.
  package private(set) var after = Side()
  /// Rows with a number on both sides whose risk rises.
  package private(set) var raised = 0
  /// Rows with a number on both sides whose risk falls.
  package private(set) var lowered = 0
  /// Rows that become flagged.
  package private(set) var reaching = Tally()
  /// Rows that are no longer flagged.
  package private(set) var leaving = Tally()
  /// Rows that could not be read before and can be now.
  package private(set) var newlyReadable = 0
  /// Rows that could be read before and cannot be now.
  package private(set) var noLongerReadable = 0
  /// Examples, the largest change first, at most `maximumRows`.
  package private(set) var rows: [ChangedRow] = []
  /// Examples among the reviewed rows alone: what people check before they believe a number.
  package private(set) var decidedRows: [ChangedRow] = []

  /// How many rows become flagged.
  package var newlyFlagged: Int { reaching.rows }
  /// How many rows are no longer flagged.
  package var noLongerFlagged: Int { leaving.rows }
  /// How many rows change at all.
  package var changed: Int { raised + lowered + newlyReadable + noLongerReadable }

  /// At most this many examples are kept.
  package static let maximumRows = 200
  /// The default risk from which a row counts as flagged.
  package static let usualThreshold = 40

  /// Compares two sets of flags of the same rows.
  ///
  /// - Parameter counted: the rows to compare, such as the first row of each listing; nil compares all.
  /// Limits: rows that are not flagged in both are not compared.
  package init(
    before: RowFlags, after: RowFlags, confirmed: RowSet, falsePositive: RowSet, threshold: Int,
    among counted: RowSet? = nil
  ) {
    self.threshold = threshold
    let all = min(before.flagged.rowCount, after.flagged.rowCount)
    var compared = before.flagged.resized(to: all).intersection(after.flagged.resized(to: all))
    if let counted { compared.formIntersection(counted.resized(to: all)) }
    rowCount = compared.count
    var examples = ChangedRows(limit: Self.maximumRows)
    var decidedExamples = ChangedRows(limit: Self.maximumRows)
    for row in 0..<all where compared.contains(row) {
      let (old, new) = (before.risks[row], after.risks[row])
      let decided: ChangedRow.Decided? =
        confirmed.contains(row) ? .confirmed : falsePositive.contains(row) ? .falsePositive : nil
      self.before.count(Self.isFlagged(old, threshold), decided)
      self.after.count(Self.isFlagged(new, threshold), decided)
      guard old != new else { continue }
      count(old, new, decided)
      let changed = ChangedRow(row: row, before: before.risk(at: row), after: after.risk(at: row), decided: decided)
      guard Self.isReadable(old) || Self.isReadable(new) else { continue }
      examples.add(changed)
      if decided != nil { decidedExamples.add(changed) }
    }
    rows = examples.rows
    decidedRows = decidedExamples.rows
    let decided = confirmed.union(falsePositive).rows.filter(compared.contains)
    let truth = decided.map(confirmed.contains)
    self.before.averagePrecision = Self.averagePrecision(before, decided, truth)
    self.after.averagePrecision = Self.averagePrecision(after, decided, truth)
  }

  /// Whether the value is a risk and not a mark.
  private static func isReadable(_ risk: UInt8) -> Bool { risk < RowFlags.notCoveredMark }

  /// Whether a row with this value counts as flagged.
  private static func isFlagged(_ risk: UInt8, _ threshold: Int) -> Bool {
    isReadable(risk) && Int(risk) >= threshold
  }

  /// Counts one changed row.
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

  /// The average precision of reviewed rows by risk. Unreadable rows rank last, as they do in a triage list.
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
  /// Counts one row on this side.
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

/// The most changed of many rows, without keeping all of them.
///
/// Cost:   keeps at most `limit` rows for each distance.
private struct ChangedRows {
  let limit: Int
  /// The first rows of each distance from 0 to 100.
  private var byDistance = [[BackTest.ChangedRow]](repeating: [], count: 101)

  init(limit: Int) { self.limit = limit }

  /// Adds a row, unless there are enough of its distance.
  mutating func add(_ row: BackTest.ChangedRow) {
    if byDistance[row.distance].count < limit { byDistance[row.distance].append(row) }
  }

  /// The most changed rows, the first ones of each distance.
  var rows: [BackTest.ChangedRow] { Array(byDistance.reversed().joined().prefix(limit)) }
}

/// A line of the table that shows a back-test: one measure before and after, as text.
package struct BackTestLine: Equatable, Sendable {
  package let name: String
  package let before: String
  package let after: String
  /// What the numbers rest on, and how far to trust them; empty where they explain themselves.
  package let basis: String

  package init(name: String, before: String, after: String, basis: String) {
    self.name = name
    self.before = before
    self.after = after
    self.basis = basis
  }
}

extension BackTest {
  /// The lines of the table, the most common question first.
  ///
  /// - Parameter number: formats a whole number.
  /// Shape:  six lines: flagged, confirmed, false positive, precision, coverage, average precision.
  package func lines(_ number: (Int) -> String = { String($0) }) -> [BackTestLine] {
    func line(_ name: String, _ part: (Side) -> String, _ basis: String = "") -> BackTestLine {
      BackTestLine(name: name, before: part(before), after: part(after), basis: basis)
    }
    func outOf(_ count: Int) -> String { localized("of \(number(count))", context: "out of how many") }
    let decided = after.confirmedAll + after.falsePositiveAll
    return [
      line(localized("flagged, risk \(threshold)+"), { number($0.flagged) }, outOf(rowCount)),
      line("  " + localized("confirmed", context: "a verdict"), { number($0.confirmed) }, outOf(after.confirmedAll)),
      line(
        "  " + localized("false positive", context: "a verdict"), { number($0.falsePositive) },
        outOf(after.falsePositiveAll)),
      line(localized("precision"), \.precisionShare.text, localized("after: \(after.precisionShare.basis)")),
      line(localized("coverage"), \.coverageShare.text, localized("after: \(after.coverageShare.basis)")),
      line(
        localized("average precision"), { $0.averagePrecision.map(DecidedShare.hundredths) ?? "–" },
        after.averagePrecision == nil
          ? localized("needs verdicts of both kinds") : localized("of \(number(decided)) decided")),
    ]
  }

  /// How many rows change and how, as a sentence.
  ///
  /// Example: `2 raised, 1 newly flagged (1 confirmed)`.
  package func movement(_ number: (Int) -> String = { String($0) }) -> String {
    guard changed > 0 else { return localized("no risk changes") }
    var parts: [String] = []
    if raised > 0 {
      let count = number(raised)
      parts.append(localized(raised, one: "\(count) raised", other: "\(count) raised"))
    }
    if lowered > 0 {
      let count = number(lowered)
      parts.append(localized(lowered, one: "\(count) lowered", other: "\(count) lowered"))
    }
    if newlyReadable > 0 {
      let count = number(newlyReadable)
      parts.append(localized(newlyReadable, one: "\(count) newly readable", other: "\(count) newly readable"))
    }
    if noLongerReadable > 0 {
      let count = number(noLongerReadable)
      parts.append(
        localized(noLongerReadable, one: "\(count) no longer readable", other: "\(count) no longer readable"))
    }
    if reaching.rows > 0 {
      let (count, verdicts) = (number(reaching.rows), reaching.words(number))
      parts.append(
        localized(
          reaching.rows, one: "\(count) newly flagged (\(verdicts))", other: "\(count) newly flagged (\(verdicts))"))
    }
    if leaving.rows > 0 {
      let (count, verdicts) = (number(leaving.rows), leaving.words(number))
      parts.append(
        localized(
          leaving.rows, one: "\(count) no longer flagged (\(verdicts))",
          other: "\(count) no longer flagged (\(verdicts))"))
    }
    return parts.joined(separator: ", ")
  }

  /// A warning before anybody trusts the shares; nil where enough rows are reviewed.
  package var caution: String? {
    let decided = after.confirmedAll + after.falsePositiveAll
    if decided == 0 { return localized("nothing is decided yet: only how many rows change can be told") }
    // With 30 drawn by chance, a share of one half is known to within 18 points.
    guard decided < 30 else { return nil }
    return localized(
      decided, one: "only \(decided) decided: too few to tell better from worse",
      other: "only \(decided) decided: too few to tell better from worse")
  }
}

extension BackTest.Tally {
  /// `3 confirmed, 1 false positive, 12 undecided`.
  ///
  /// Shape:  parts of 0 are left out, so no rows give an empty text.
  package func words(_ number: (Int) -> String = { String($0) }) -> String {
    var parts: [String] = []
    if confirmed > 0 {
      let count = number(confirmed)
      parts.append(localized(confirmed, one: "\(count) confirmed", other: "\(count) confirmed"))
    }
    if falsePositive > 0 {
      let count = number(falsePositive)
      parts.append(localized(falsePositive, one: "\(count) false positive", other: "\(count) false positive"))
    }
    if undecided > 0 {
      let count = number(undecided)
      parts.append(localized(undecided, one: "\(count) undecided", other: "\(count) undecided"))
    }
    return parts.joined(separator: ", ")
  }
}

/// A share among reviewed rows, shown with its uncertainty, so that two of three do not pass for evidence.
///
/// Limits: reviewed rows were not drawn by chance, so the interval is optimistic.
package struct DecidedShare: Equatable, Sendable {
  /// What is counted.
  package let part: Int
  /// Out of how many.
  package let whole: Int

  /// A share of `whole`.
  ///
  /// Limits: traps unless `part` is from 0 to `whole`.
  package init(_ part: Int, of whole: Int) {
    precondition(part >= 0 && part <= whole, "\(part) of \(whole)")
    self.part = part
    self.whole = whole
  }

  /// Nil where the whole is 0.
  package var value: Double? { whole == 0 ? nil : Double(part) / Double(whole) }

  /// The 95 % interval of the true share, as if the reviewed rows had been drawn by chance; nil where the whole is 0.
  ///
  /// Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference". Unlike the standard
  ///         error it also holds for few rows, and for shares of none or all.
  package var range: ClosedRange<Double>? {
    guard whole > 0 else { return nil }
    let (n, p, z) = (Double(whole), Double(part) / Double(whole), 1.96)
    let centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    let reach = z / (1 + z * z / n) * (p * (1 - p) / n + z * z / (4 * n * n)).squareRoot()
    return max(0, centre - reach)...min(1, centre + reach)
  }

  /// `0.67`; `–` where the whole is 0.
  package var text: String { value.map(Self.hundredths) ?? "–" }

  /// The figures behind the share: `2 of 3, so 0.21 to 0.94`.
  package var basis: String {
    guard let range else { return localized("none decided") }
    let (low, high) = (Self.hundredths(range.lowerBound), Self.hundredths(range.upperBound))
    return localized("\(part) of \(whole), so \(low) to \(high)", context: "a share and its uncertainty")
  }

  /// A share with two decimals, independent of the locale.
  ///
  /// Example: 0.666 gives `0.67`, and 1 gives `1.00`.
  package static func hundredths(_ share: Double) -> String {
    let hundredths = Int((share * 100).rounded())
    return "\(hundredths / 100)." + (hundredths % 100 < 10 ? "0" : "") + String(hundredths % 100)
  }
}

extension BackTest.Side {
  /// Confirmed rows among the flagged and reviewed ones.
  package var precisionShare: DecidedShare { DecidedShare(confirmed, of: confirmed + falsePositive) }
  /// Flagged rows among the confirmed ones.
  package var coverageShare: DecidedShare { DecidedShare(confirmed, of: confirmedAll) }
}
