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
  var allWords: String {
    switch verdict {
    case .confirmed: return count == 1 ? localized("confirm this one") : localized("confirm all \(grouped: count)")
    case .falsePositive:
      let label = localized("false positive")
      return (reason.map { "\(label) (\($0.screenLabel))" } ?? label) + ": \(itOrAll)"
    case .unsure: return localized("unsure") + ": \(itOrAll)"
    case nil:
      return count == 1
        ? localized("withdraw the verdict of this one") : localized("withdraw the verdict of all \(grouped: count)")
    }
  }
  /// What deciding the listing on the line alone is called; nil where it is none of them.
  var oneWords: String? { line != nil && count > 1 ? localized("only the one on the line") : nil }

  private var itOrAll: String {
    count == 1
      ? localized("this one", context: "a copy") : localized("all \(grouped: count)", context: "the copies")
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
          localized("Analysts disagree on these copies: \(key("open-line")) opens them; settle each one there"))
      }
      return verdict == nil ? say(.warned, localized("None of the copies has a verdict to withdraw")) : refuseLost()
    }
    // One listing is decided as any other where it is the one on the screen.
    if decision.count == 1, decision.line != nil, verdict == nil || !decision.replaces { return nil }
    let differences = CopyDifferences(decision.rows, count: decision.count, dataset)
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
    return still.replaces
      ? say(.warned, localized("All of them were decided meanwhile; nothing was changed")) : file(still)
  }

  /// Files what was asked about for the listing on the line alone, if that is still the one under the cursor.
  mutating func decideLineAlone(_ decision: CopiesDecision) -> [Effect] {
    guard let line = decision.line, line == table.row else {
      return say(.warned, localized("The listing under the cursor changed meanwhile; nothing was decided"))
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
      .verdict(decision.verdict, decision.reason), for: decision.rows, remark: localized("copies of one advert"))
    takeMarksOff(decision.rows)
    let next = decision.verdict == nil ? [] : table.row.map { goOn(after: $0) } ?? []
    return effects + next + [.remember(position)]
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
    var sentences = [differences.spread + ".", differences.sentence]
    if let hidden = hiddenCopies(besides: rows) { sentences.append(hidden) }
    let decided = listings(among: rows).keys.count - decision.count
    if decision.replaces, decision.verdict != nil {
      sentences.append(localized("Already decided: the new verdict replaces the old."))
    } else if decided > 0, decision.verdict != nil {
      sentences.append(
        localized(
          decided, one: "\(grouped: decided) other decided already: left as it is.",
          other: "\(grouped: decided) others decided already: left as they are."))
    }
    return (sentences + notKnownYet).joined(separator: " ")
  }

  /// What is not known yet of listings that are about to be decided together.
  var notKnownYet: [String] {
    var sentences: [String] = []
    if let awaited = unfinished {
      sentences.append(localized("Not all that the filter asks for is shown yet: \(awaited.sentence)"))
    }
    if !areVerdictsPlaced { sentences.append(localized("Which of them are decided already is not known yet.")) }
    return sentences
  }

  /// What became of the copies that the filter does not show: an earlier verdict on one is worth knowing.
  private func hiddenCopies(besides rows: [Int]) -> String? {
    guard let duplicates = snapshot.duplicates, let group = rows.first.flatMap({ duplicates.group(of: $0) }) else {
      return nil
    }
    let shown = Set(rows.map { duplicates.firstRow(of: $0) })
    var counts: [Verdict?: Int] = [:]
    for row in duplicates.listings(of: group) where !shown.contains(Int(row)) {
      counts[verdicts.verdict(at: Int(row)), default: 0] += 1
    }
    let total = counts.values.reduce(0, +)
    guard total > 0 else { return nil }
    let parts = [Verdict.confirmed, .falsePositive, .unsure, nil].compactMap { verdict in
      counts[verdict].map { Verdict.numbered($0, verdict) }
    }
    let list = parts.joined(separator: ", ")
    return localized(
      total, one: "\(grouped: total) more copy is not shown by the filter and left as it is: \(list).",
      other: "\(grouped: total) more copies are not shown by the filter and left as they are: \(list).")
  }

  /// Marks the copies that a line stands for, or takes their marks off where all are marked.
  mutating func toggleMarks(of rows: [Int]) {
    let all = RowSet(rows, of: marked.rowCount)
    if marked.intersection(all) == all { marked.subtract(all) } else { marked.formUnion(all) }
  }
}
