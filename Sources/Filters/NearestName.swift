/// The name that somebody may have meant who wrote another one.
package enum NearestName {
  /// The nearest of some names, if it is at most two slips away: letters put in, left out or replaced.
  ///
  /// Cost:   O(lengths multiplied), for each name.
  package static func of(_ written: String, among names: [String]) -> String? {
    let scored = names.map { ($0, distance(written, $0)) }
    guard let best = scored.min(by: { $0.1 < $1.1 }), best.1 <= 2, best.1 < written.count else { return nil }
    return best.0
  }

  /// The Levenshtein distance: insertions, deletions and replacements of one character.
  private static func distance(_ a: String, _ b: String) -> Int {
    let b = Array(b)
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let changed = diagonal + (x == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}

extension FilterSyntax {
  /// A text without the condition that a place is in: what is typed there up to the next blank or bracket, quotes minded.
  ///
  /// Shape:  the text as it is where the place is in no condition, as in one of a bracket.
  /// Units:  characters, as in `FilterProblem.range`.
  package static func withoutCondition(at place: Int, of text: String) -> String {
    let characters = Array(text)
    guard let range = range(ofConditionAt: place, in: characters) else { return text }
    return String(characters[..<range.lowerBound] + characters[range.upperBound...])
  }

  /// The condition that a place is in; empty for none.
  package static func condition(at place: Int, of text: String) -> String {
    let characters = Array(text)
    return range(ofConditionAt: place, in: characters).map { String(characters[$0]) } ?? ""
  }

  private static func range(ofConditionAt place: Int, in characters: [Character]) -> Range<Int>? {
    var (start, isQuoted) = (0, false)
    var end: Int?
    for (index, character) in characters.enumerated() {
      if character == "\"" { isQuoted.toggle() }
      guard !isQuoted, character.isWhitespace || character == "(" || character == ")" else { continue }
      if index >= place {
        end = index
        break
      }
      start = index + 1
    }
    let limit = end ?? characters.count
    return start <= place && place <= limit && start < limit ? start..<limit : nil
  }
}
