import CodeWords
import Listings

// What `risk:` and `term:` ask. Rows that are not flagged yet are in no answer.

extension RowFlags {
  func rows(_ tests: [RiskTest], of total: Int) -> RowSet {
    tests.reduce(RowSet(noneOf: total)) { rows, test in
      switch test {
      case .range(let range): rows.union(self.rows(risk: range, of: total))
      case .unknown: rows.union(unreadableRows(of: total))
      }
    }
  }

  func rows(_ patterns: [ValuePattern], of total: Int) -> RowSet {
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
  /// The terms that a filter's value means: a label in quotes means that term alone; anything else all with it in a
  /// writing or in what they denote.
  func terms(meant pattern: ValuePattern) -> Set<TermID> {
    let test = ValueTest(pattern)
    let numbers = terms.indices.filter { terms[$0].kind != .context }
    var meant: [Int] = []
    if case .exactly = pattern { meant = numbers.filter { test.holds(for: labels[$0]) } }
    if meant.isEmpty {
      meant = numbers.filter { number in
        test.holds(for: terms[number].denotes) || terms[number].writings.contains { test.holds(for: $0) }
      }
    }
    return Set(meant.map { TermID(UInt16($0)) })
  }
}
