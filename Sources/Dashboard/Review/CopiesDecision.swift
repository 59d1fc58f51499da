import Casework
import Filters
import Listings
import Sentences

// A verdict on a line that stands for copies of one advert decides all of them, as one step that names its count. A near-copy
// may be of another specimen, so the analyst is asked: the first time, where they are many, and where they differ in more
// than price, phone, place or name.

/// One verdict for the copies that a line stands for.
package struct CopiesDecision: Equatable, Sendable {
  /// Nil takes their verdicts back.
  let verdict: Verdict?
  let reason: Reason?
  /// Rows of the listings that get it.
  package let rows: [Int]
  /// How many listings they are.
  package let count: Int
  /// Whether any of them is decided already.
  let replaces: Bool
  /// The row of the listing on the line, where it is one of them.
  let line: Int?

  /// What Enter does: `confirm all 12`.
  var allWords: String { words + (count == 1 ? " this one" : " all \(grouped(count))") }
  /// What deciding the listing on the line alone is called; nil where it is none of them.
  var oneWords: String? { line != nil && count > 1 ? "only the one on the line" : nil }

  private var words: String {
    switch verdict {
    case .confirmed: "confirm"
    case .falsePositive: "false positive" + (reason.map { " (\($0.label))" } ?? "") + ":"
    case .unsure: "unsure:"
    case nil: "withdraw the verdict of"
    }
  }
}

extension State {
  /// So many copies are decided without a question: as many as are seen on a screen at once.
  static let copiesDecidedUnasked = 5

  /// Decides the copies that the line under the cursor stands for, or asks about them; nil for a line of its own.
  mutating func decideCopies(_ verdict: Verdict?, _ reason: Reason?) -> [Effect]? {
    guard let rows = rowsBehindCursor?.map({ Int($0) }) else { return nil }
    let decision = copiesDecision(verdict, reason, among: rows)
    guard decision.count > 0 else {
      if rows.contains(where: { areAnalystsDivided(on: $0) }) {
        return say(
          .warned,
          "Analysts disagree on these copies: \(key("open-line")) opens them, and each is settled by itself")
      }
      return verdict == nil ? say(.warned, "None of the copies has a verdict to withdraw") : refuseLost()
    }
    // One listing is decided as any other where it is the one on the screen.
    if decision.count == 1, decision.line != nil, verdict == nil || !decision.replaces { return nil }
    let differences = CopyDifferences(decision.rows, dataset)
    if isAsked(about: decision, differences) {
      let text = question(about: decision, among: rows, differences)
      mode = .question(QuestionSheet(subject: .copies(decision), text: text))
      return []
    }
    return file(decision)
  }

  /// Files what was asked about. What has been decided meanwhile stays.
  mutating func decideAsked(_ decision: CopiesDecision) -> [Effect] {
    folding.hasDecided = true
    guard !decision.replaces, decision.verdict != nil else { return file(decision) }
    let still = copiesDecision(decision.verdict, decision.reason, among: decision.rows)
    return still.replaces ? say(.warned, "All of them were decided meanwhile; nothing was changed") : file(still)
  }

  /// Files what was asked about for the listing on the line alone, if that is still the one under the cursor.
  mutating func decideLineAlone(_ decision: CopiesDecision) -> [Effect] {
    guard let line = decision.line, line == table.row else {
      return say(.warned, "The listing under the cursor changed meanwhile; nothing was decided")
    }
    return decideListing(decision.verdict, decision.reason)
  }

  private mutating func file(_ decision: CopiesDecision) -> [Effect] {
    (returning.listing, returning.beforeTyping) = (nil, nil)
    if let verdict = decision.verdict {
      pace.note(at: typing.now)
      if let row = decision.line ?? decision.rows.first {
        noteDecision(verdict, decision.reason, on: row, count: decision.count)
      }
    }
    let effects = file(
      .verdict(decision.verdict, decision.reason), for: decision.rows, remark: "copies of one advert")
    if decision.verdict != nil { goToNextUndecided() }
    return effects + [.remember(position)]
  }

  /// The undecided among some rows; where there are none, all of them.
  private func copiesDecision(_ verdict: Verdict?, _ reason: Reason?, among rows: [Int]) -> CopiesDecision {
    let readable = rows.filter { !isLost($0) && !areAnalystsDivided(on: $0) }
    let chosen =
      verdict == nil
      ? readable.filter { decisions.status(before: snapshot.key(of: $0)).verdict != nil }
      : readable.filter { isUndecided($0) }
    let decided = chosen.isEmpty && verdict != nil ? readable : chosen
    return CopiesDecision(
      verdict: verdict, reason: reason, rows: decided, count: listings(among: decided).keys.count,
      replaces: verdict == nil || chosen.isEmpty, line: table.row.flatMap { decided.contains($0) ? $0 : nil })
  }

  /// Whether analysts disagree on a listing: only whoever has read what they say settles that.
  private func areAnalystsDivided(on row: Int) -> Bool { snapshot.reviews?.disagreed.contains(row) == true }

  /// Whether the listing of a row is to be decided, and no verdict for it is on its way to the disk.
  private func isUndecided(_ row: Int) -> Bool {
    if case .saving(let status)? = decisions.unsettled(at: row, of: snapshot) { return status.verdict == nil }
    return verdicts.verdict(at: row) == nil || snapshot.changes?.rows.contains(row) == true
  }

  private func isAsked(about decision: CopiesDecision, _ differences: CopyDifferences) -> Bool {
    !folding.hasDecided || decision.count > Self.copiesDecidedUnasked || decision.replaces || decision.line == nil
      || !differences.areUsual || typing.burst != nil || unfinished != nil || !areVerdictsPlaced
  }

  /// What the question says before its answers.
  private func question(
    about decision: CopiesDecision, among rows: [Int], _ differences: CopyDifferences
  ) -> String {
    let count = decision.count
    var text = "\(counted(count, "listing")), \(count == 1 ? "a copy" : "copies") of one advert\(differences.spread). "
    text += differences.sentence
    text += hiddenCopies(besides: rows)
    let decided = listings(among: rows).keys.count - count
    if decision.replaces, decision.verdict != nil {
      text += " Already decided: the new verdict replaces the old."
    } else if decided > 0, decision.verdict != nil {
      text += " \(counted(decided, "other")) decided already: left as \(decided == 1 ? "it is" : "they are")."
    }
    if let awaited = unfinished { text += " Not all that the filter asks for is shown yet: \(awaited.sentence)" }
    if !areVerdictsPlaced { text += " Which of them are decided already is not known yet." }
    return text
  }

  /// What became of the copies that the filter does not show: an earlier verdict on one is worth knowing.
  private func hiddenCopies(besides rows: [Int]) -> String {
    guard let duplicates = snapshot.duplicates, let group = rows.first.flatMap({ duplicates.group(of: $0) }) else {
      return ""
    }
    let shown = Set(rows.map { duplicates.firstRow(of: $0) })
    var counts: [Verdict?: Int] = [:]
    for row in duplicates.listings(of: group) where !shown.contains(Int(row)) {
      counts[verdicts.verdict(at: Int(row)), default: 0] += 1
    }
    let total = counts.values.reduce(0, +)
    guard total > 0 else { return "" }
    let parts = [Verdict.confirmed, .falsePositive, .unsure, nil].compactMap { verdict in
      counts[verdict].map { "\(grouped($0)) \(verdict?.label ?? "unreviewed")" }
    }
    return " \(counted(total, "more copy is", "more copies are")) not shown by the filter and left as "
      + (total == 1 ? "it is: " : "they are: ")
      + parts.joined(separator: ", ") + "."
  }

  /// Marks the copies that a line stands for, or takes their marks off where all are marked.
  mutating func toggleMarks(of rows: [Int]) {
    let all = RowSet(rows, of: marked.rowCount)
    if marked.intersection(all) == all { marked.subtract(all) } else { marked.formUnion(all) }
  }
}
