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
  /// Rows of the marked listings.
  let rows: [Int]
  /// How many listings are marked.
  let count: Int
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
    let line = rowsBehindCursor?.map { Int($0) } ?? rowsMarked(with: row)
    let isLineMarked = line.contains { marked.contains($0) }
    if isLineMarked, RowSet(line, of: marked.rowCount).intersection(marked) == marked {
      // What is marked is the line: there is nothing to ask, and no mark left to be decided later.
      marked = RowSet(noneOf: dataset.rowCount)
      return effects + marksChanged() + decide(verdict, reason)
    }
    let decision = MarksDecision(
      verdict: verdict, reason: reason, rows: marked.rows, count: listingCount(of: marked), hasLine: isLineMarked)
    let text = ([markedWords(replacing: verdict != nil)] + notKnownYet).joined(separator: " ")
    mode = .question(QuestionSheet(subject: .marks(decision), text: text))
    return effects
  }

  /// The verdict for the line under the cursor alone, as for the next ones while the marks stay as they are.
  ///
  /// Rule:   what is decided is no longer marked: it would be decided once more with the others.
  mutating func decideLine(_ decision: MarksDecision) -> [Effect] {
    var effects: [Effect] = []
    if let row = table.row, decision.hasLine {
      let line = rowsBehindCursor?.map { Int($0) } ?? rowsMarked(with: row)
      marked.subtract(RowSet(line, of: marked.rowCount))
      effects = marksChanged()
    }
    decidesLineDespiteMarks = true
    return effects + decide(decision.verdict, decision.reason)
  }
}
