/// What a careful editor would ask about groups of exclusions, and about exclusions that should be one.
package enum ExclusionLint {
  /// The groups that nobody uses, that terms make up too, and whose rows are not as they should be.
  ///
  /// - Parameter all: the lexicons with the groups that count.
  package static func problems(of all: LexiconSet) -> [LexiconProblem] {
    let terms = all.lexicons.flatMap(\.terms)
    var used: Set<String> = []
    for case .group(let group) in terms.lazy.flatMap(\.unless) { used.insert(group) }
    let ofTerms = Set(terms.compactMap(\.group))
    let problems = all.exclusions.values.flatMap { group -> [LexiconProblem] in
      let line = group.rows.first?.line
      var problems = faults(of: group, all.sources)
      func note(_ what: LexiconProblem.What) {
        problems.append(LexiconProblem(file: group.file, line: line, term: group.name, what: what))
      }
      if !used.contains(group.name) { note(.unusedGroup) }
      if ofTerms.contains(group.name) { note(.groupOfTermsToo) }
      return problems
    }
    return problems.sorted { ($0.file, $0.line ?? 0, $0.term) < ($1.file, $1.line ?? 0, $1.term) }
  }

  private static func faults(of group: ExclusionGroup, _ sources: [String: LexiconSource]) -> [LexiconProblem] {
    var problems: [LexiconProblem] = []
    var seen: Set<String> = []
    for row in group.rows {
      func note(_ what: LexiconProblem.What) {
        problems.append(LexiconProblem(file: group.file, line: row.line, term: group.name, what: what))
      }
      if row.characters > LexiconLint.longestRow {
        note(.longRow(characters: row.characters, limit: LexiconLint.longestRow))
      }
      for word in row.words where !seen.insert(word).inserted { note(.excludedTwice(word)) }
      if let what = LexiconLint.fault(ofSource: row.source, note: row.note, sources) { note(what) }
    }
    return problems
  }
}

/// Words under `unless` that stand together in several rows.
///
/// Shape:  one problem for the words that the same rows list, at the first of these rows.
/// Cost:   O(words under `unless`).
struct RepeatedExclusions {
  private let terms: [Term]

  init(_ terms: [Term]) { self.terms = terms }

  /// How many words would be written less often, from which on a group is worth its name.
  private static let fewestSaved = 12
  private static let fewestWords = 3

  var problems: [LexiconProblem] {
    var users: [String: [Int]] = [:]
    var order: [String] = []
    for (number, term) in terms.enumerated() {
      for case .word(let word) in term.unless where users[word]?.last != number {
        if users[word] == nil { order.append(word) }
        users[word, default: []].append(number)
      }
    }
    var words: [[Int]: [String]] = [:]
    var lists: [[Int]] = []
    for word in order {
      guard let terms = users[word], terms.count > 1 else { continue }
      if words[terms] == nil { lists.append(terms) }
      words[terms, default: []].append(word)
    }
    return lists.compactMap { numbers in problem(numbers, words[numbers] ?? []) }
  }

  private func problem(_ numbers: [Int], _ words: [String]) -> LexiconProblem? {
    guard words.count >= Self.fewestWords, (numbers.count - 1) * words.count >= Self.fewestSaved else { return nil }
    let first = terms[numbers[0]]
    let others = numbers.dropFirst().map { terms[$0].place }
    return LexiconProblem(
      file: first.place.file, line: first.place.line, term: String(first.name.prefix(60)),
      what: .repeatedExclusions(words.count, first: words[0], others: others))
  }
}
