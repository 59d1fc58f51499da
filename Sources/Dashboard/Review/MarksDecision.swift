import Casework
import Filters
import Listings
import Sentences

// A verdict key while listings are marked can mean the marked ones or the line under the cursor. It is asked about once, and
// the answer that means the line holds until the marks change.

/// One verdict, pressed while listings are marked.
package struct MarksDecision: Equatable, Sendable {
  /// Nil takes verdicts back.
  let verdict: Verdict?
  let reason: Reason?
  /// Rows of the marked listings; of those with a verdict, where verdicts are taken back.
  let rows: [Int]
  /// How many listings they are.
  let count: Int
  /// The row under the cursor when it was asked.
  let row: Int
  /// Whether the line under the cursor is one of them.
  let hasLine: Bool

  /// Whether the line under the cursor is marked, in words.
  var lineWords: String {
    hasLine
      ? localized("The line under the cursor is one of them.")
      : localized("The line under the cursor is not one of them.")
  }

  /// What Enter does: `confirm the 12 marked`.
  var allWords: String {
    let marked = localized(count, one: "the \(grouped: count) marked", other: "the \(grouped: count) marked")
    switch verdict {
    case .confirmed: return localized("confirm \(marked)")
    case .falsePositive:
      let label = localized("false positive")
      return (reason.map { "\(label) (\($0.screenLabel))" } ?? label) + ": \(marked)"
    case .unsure: return localized("unsure") + ": \(marked)"
    case nil: return localized("withdraw the verdict of \(marked)")
    }
  }
}

extension State {
  /// Asks whether a verdict is for the marked listings or for the line under the cursor; nil where there is no doubt.
  mutating func askAboutMarks(_ verdict: Verdict?, _ reason: Reason?) -> [Effect]? {
    // A range that was begun is what the verdict is for, as a range in an editor is.
    let isRange = rangeAnchor != nil
    let effects = isRange ? markRange() : []
    guard !marked.isEmpty, isRange || !decidesLineDespiteMarks, let row = table.row else { return nil }
    let line = RowSet(rowsOfLine(at: row), of: marked.rowCount)
    // Where the line is all that is marked there is nothing to ask.
    if line.intersection(marked) == marked { return nil }
    var rows = marked.rows
    if verdict == nil {
      rows = rows.filter { decisions.status(before: snapshot.key(of: $0)).verdict != nil }
      guard !rows.isEmpty else {
        return effects + say(.warned, localized("None of the marked listings has a verdict to withdraw"))
      }
    }
    let decision = MarksDecision(
      verdict: verdict, reason: reason, rows: rows, count: listingCount(of: RowSet(rows, of: marked.rowCount)),
      row: row, hasLine: !line.intersection(marked).isEmpty)
    var sentences = [markedWords(replacing: verdict != nil)]
    let all = counts.marked
    if decision.count < all {
      sentences.append(
        localized(
          decision.count, one: "\(grouped: decision.count) of them has a verdict.",
          other: "\(grouped: decision.count) of them have a verdict."))
    }
    let text = (sentences + notKnownYet).joined(separator: " ")
    mode = .question(QuestionSheet(subject: .marks(decision), text: text))
    return effects
  }

  /// All rows of the listings that a line stands for: copies with their sightings, or one listing with its own.
  private func rowsOfLine(at row: Int) -> [Int] {
    rowsBehindCursor?.flatMap { rowsMarked(with: Int($0)) } ?? rowsMarked(with: row)
  }

  /// The verdict for the line under the cursor alone, as for the next ones while the marks stay as they are.
  mutating func decideLine(_ decision: MarksDecision) -> [Effect] {
    guard table.row == decision.row else {
      return say(.warned, localized("The listing under the cursor changed meanwhile; nothing was decided"))
    }
    decidesLineDespiteMarks = true
    return decide(decision.verdict, decision.reason)
  }

  /// Takes the marks off what was decided by itself: it would be decided once more with the others.
  mutating func takeMarksOff(_ rows: [Int]) {
    guard !marked.isEmpty else { return }
    marked.subtract(RowSet(rows.flatMap { rowsMarked(with: $0) }, of: marked.rowCount))
    counts.marked = listingCount(of: marked)
    if marked.isEmpty { decidesLineDespiteMarks = false }
  }
}
