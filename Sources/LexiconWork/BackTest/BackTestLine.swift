/// A measure before and after, in words for a table.
package struct BackTestLine: Equatable, Sendable {
  package let name: String
  package let before: String
  package let after: String
  /// What it rests on, and how far it can be relied on; empty where the numbers say it themselves.
  package let grounds: String

  package init(name: String, before: String, after: String, grounds: String) {
    self.name = name
    self.before = before
    self.after = after
    self.grounds = grounds
  }
}

extension BackTest {
  /// The table of what changes, from what everybody asks first to what few do.
  ///
  /// - Parameter number: how a whole number is written.
  package func lines(_ number: (Int) -> String = { String($0) }) -> [BackTestLine] {
    func line(_ name: String, _ part: (Side) -> String, _ grounds: String = "") -> BackTestLine {
      BackTestLine(name: name, before: part(before), after: part(after), grounds: grounds)
    }
    let decided = after.confirmedAll + after.falsePositiveAll
    return [
      line("flagged, risk \(threshold)+", { number($0.flagged) }, "of \(number(rowCount))"),
      line("  confirmed", { number($0.confirmed) }, "of \(number(after.confirmedAll))"),
      line("  false positive", { number($0.falsePositive) }, "of \(number(after.falsePositiveAll))"),
      line("precision", \.precisionShare.text, "after: " + after.precisionShare.grounds),
      line("coverage", \.coverageShare.text, "after: " + after.coverageShare.grounds),
      line(
        "average precision", { $0.averagePrecision.map(DecidedShare.hundredths) ?? "–" },
        after.averagePrecision == nil ? "needs verdicts of both kinds" : "of \(number(decided)) decided"),
    ]
  }

  /// What happens to rows, as a sentence.
  package func movement(_ number: (Int) -> String = { String($0) }) -> String {
    guard changed > 0 else { return "no risk changes" }
    let moved = [
      (raised, "raised"), (lowered, "lowered"), (newlyReadable, "newly readable"),
      (noLongerReadable, "no longer readable"),
    ].filter { $0.0 > 0 }.map { "\(number($0.0)) \($0.1)" }
    let crossed = [(reaching, "newly flagged"), (leaving, "no longer flagged")].filter { $0.0.rows > 0 }
      .map { "\(number($0.0.rows)) \($0.1) (\($0.0.words(number)))" }
    return (moved + crossed).joined(separator: ", ")
  }

  /// What is to be said before anybody believes the shares; nil where enough rows are decided.
  package var caution: String? {
    let decided = after.confirmedAll + after.falsePositiveAll
    if decided == 0 { return "nothing is decided yet: only how many rows change can be told" }
    // With 30 drawn by chance, a share of a half is known to 18 points on either side.
    return decided < 30 ? "only \(decided) decided: too few to tell better from worse" : nil
  }
}

extension BackTest.Tally {
  /// `3 confirmed, 1 false positive, 12 undecided`.
  package func words(_ number: (Int) -> String = { String($0) }) -> String {
    let parts = [(confirmed, "confirmed"), (falsePositive, "false positive"), (undecided, "undecided")]
    return parts.filter { $0.0 > 0 }.map { "\(number($0.0)) \($0.1)" }.joined(separator: ", ")
  }
}
