import CodeWords
import Listings

/// What is being typed at the end of a filter: the name of a field, or one of its values.
///
/// Shape:  of `-platform:"Face` the field is `platform` and the typed part `Face`.
/// Limits: within a regular expression there is nothing to complete, and nothing is.
package struct FilterCompletion: Equatable, Sendable {
  /// The field whose value is typed; nil: its name is.
  package let field: String?
  /// What is typed of it so far, without the quote before it.
  package let typed: String
  /// How many characters stand in its place, the quote among them.
  package let length: Int

  package init(before text: String) {
    var (word, value, colon): (String.Index, String.Index?, String.Index?) = (text.startIndex, nil, nil)
    var isQuoted = false
    for place in text.indices {
      let character = text[place]
      let next = text.index(after: place)
      if character == "\"" { isQuoted.toggle() }
      guard !isQuoted else { continue }
      if character.isWhitespace || character == "(" || character == ")" {
        (word, value, colon) = (next, nil, nil)
      } else if character == "-", place == word, colon == nil {
        word = next
      } else if character == ":", colon == nil {
        (colon, value) = (place, next)
      } else if character == ",", colon != nil {
        value = next
      }
    }
    let start = value ?? word
    field = colon.map { String(text[word..<$0]) }
    typed = String(text[start...].drop { $0 == "\"" })
    length = text.distance(from: start, to: text.endIndex)
  }

  /// The candidates that begin as typed; where none does, those in which a word does.
  package func matching(_ candidates: [String]) -> [String] {
    let wanted = Folding.folded(typed)
    let folded = candidates.map { ($0, Folding.folded($0)) }
    let beginning = folded.filter { $0.1.hasPrefix(wanted) }.map(\.0)
    guard beginning.isEmpty else { return beginning }
    return folded.filter { $0.1.split(separator: " ").contains { $0.hasPrefix(wanted) } }.map(\.0)
  }

  /// What stands in the place of the typed part for one of the candidates: `platform:`, `"Facebook"`, `unreviewed`.
  package func text(for candidate: String) -> String {
    guard let field else { return candidate + ":" }
    return Self.words(of: field) != nil ? candidate : Clause.quoted(candidate)
  }

  /// The part in which all matches begin, if it is longer than what is typed.
  package func shared(by matches: [String]) -> String? {
    guard var shared = matches.first, matches.count > 1 else { return nil }
    for match in matches { shared = shared.commonPrefix(with: match) }
    return shared.count > typed.count && !Clause.needsQuotes(shared) ? shared : nil
  }

  /// The names that a filter can ask for.
  package static let names: [String] =
    Set(Field.allCases.map(\.filterName) + Dimension.all.map(\.filterName)).sorted()

  /// The values of what has always the same ones; nil for others.
  package static func words(of field: String) -> [String]? {
    let name = field.lowercased()
    return Dimension.all.first { $0.filterName == name }?.words
  }
}

extension String {
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
