import CodeWords
import Listings
import Sentences
import Sightings
import Taxa

/// What is wrong with a filter's text, and where.
///
/// Units:  characters, as a person counts them.
package struct FilterProblem: Error, Equatable, Sendable {
  /// What may be wrong.
  package enum What: Equatable, Sendable {
    case unclosedQuote, unclosedGroup, unexpectedClosing, nothingAfter(String), unknownField(String, nearest: String?)
    case notAPrice(String), notATime(String), notAState(String), notACell(String), notARisk(String), notAReason(String),
      badRegex(String), emptyValue(String)
    case notATaxon(String, TaxonDoubt), notALevel(String, ProtectionList)
    case notAWeek(String), unreadList(String), tooDeep, backwards(String), commaInNumber(String)
  }
  /// As `nothingAfter` names the beginning of the text.
  static let start = "the start"

  package let what: What
  /// In characters of the text.
  package let range: Range<Int>

  package init(_ what: What, _ range: Range<Int>) {
    self.what = what
    self.range = range
  }

  /// One sentence, with the column counted from 1.
  ///
  /// Example: `the quote at column 7 is not closed`
  package var sentence: String {
    let column = range.lowerBound + 1
    switch what {
    case .unclosedQuote: return localized("the quote at column \(column) is not closed")
    case .unclosedGroup: return localized("the bracket at column \(column) is not closed")
    case .unexpectedClosing: return localized("the bracket at column \(column) closes nothing")
    case .nothingAfter(Self.start): return localized("nothing follows the start at column \(column)")
    case .nothingAfter(let word): return localized("nothing follows \(word) at column \(column)")
    case .unknownField(let name, let nearest?):
      return localized("no field \(name) at column \(column); did you mean \(nearest)?")
    case .unknownField(let name, nil): return localized("no field or column \(name) at column \(column)")
    case .notAPrice(let text):
      return localized("\(text) at column \(column) is no price; write 100..500, >100, none or unread")
    case .notATime(let text):
      return localized(
        "\(text) at column \(column) is no date; write 2026-11, 2026-11-01..2026-11-15 or 2026..; "
          + "a week is week:2026-W47")
    case .notACell(let text):
      return localized(
        "\(text) at column \(column) is nothing that is compared: write changed:title, price, text or seller")
    case .notAReason(let text):
      let names = DecisionWords.reasonNames
      if let nearest = NearestName.of(text.lowercased(), among: names) {
        return localized("no reason:\(text) at column \(column); did you mean reason:\(nearest)?")
      }
      let list = names.joined(separator: ", ")
      return localized("no reason:\(text) at column \(column); write \(list) or none")
    case .notAState(let text):
      let states = ListingState.allCases.map(\.rawValue)
      if let nearest = NearestName.of(text.lowercased(), among: states) {
        return localized("no is:\(text) at column \(column); did you mean is:\(nearest)?")
      }
      let list = states.joined(separator: ", ")
      return localized("no is:\(text) at column \(column); write \(list)")
    case .notARisk(let text):
      return localized(
        "\(text) at column \(column) is no risk; write >60, 40..60 or unknown (risks go from 0 to 100)")
    case .notATaxon(let name, let doubt): return doubt.sentence(name, column)
    case .notALevel(let text, .cites):
      return localized(
        "\(text) at column \(column) is no appendix of CITES; write I, II, III, none (expressly not listed) or unknown")
    case .notALevel(let text, .china):
      return localized(
        "\(text) at column \(column) is no level of China's list; write 1, 2, none (expressly not listed) or unknown")
    case .badRegex(let why): return localized("the expression at column \(column) cannot be read: \(why)")
    case .emptyValue(let name): return localized("\(name): at column \(column) needs a value, or none")
    case .tooDeep: return localized("too many brackets or minus signs are open at column \(column)")
    case .backwards(let text):
      return localized("\(text) at column \(column) runs backwards; write the lower end first")
    case .commaInNumber(let text):
      let whole = text.filter { $0 != "," }
      return localized(
        "\(text) at column \(column) has a comma, which separates values; write \(whole), or a range for each price")
    case .unreadList(let name): return localized("the list \(name) at column \(column) is not read yet")
    case .notAWeek(let text):
      return localized(
        "\(text) at column \(column) is no week; write 2026-W47, 2026-W45..2026-W47, newest or none")
    }
  }
}

/// What is being typed at the end of a filter: a field name, or a value of a field.
///
/// Shape:  in `-platform:"Face` the field is `platform` and `Face` is typed.
/// Limits: inside a regular expression nothing is completed.
package struct FilterCompletion: Equatable, Sendable {
  /// The field whose value is being typed; nil for a name.
  package let field: String?
  /// The typed part, without an opening quote.
  package let typed: String
  /// How many characters a completion replaces, the opening quote included.
  package let length: Int

  /// The completion at the end of some text.
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

  /// The candidates that begin with the typed part; if none does, those in which a word does.
  package func matching(_ candidates: [String]) -> [String] {
    let wanted = Folding.folded(typed)
    let folded = candidates.map { ($0, Folding.folded($0)) }
    let beginning = folded.filter { $0.1.hasPrefix(wanted) }.map(\.0)
    guard beginning.isEmpty else { return beginning }
    return folded.filter { $0.1.split(separator: " ").contains { $0.hasPrefix(wanted) } }.map(\.0)
  }

  /// The replacement for the typed part: `platform:`, `"Facebook"`, `unreviewed`.
  package func text(for candidate: String) -> String {
    guard let field else { return candidate + ":" }
    return Self.words(of: field) != nil ? candidate : Clause.quoted(candidate)
  }

  /// What all matches begin with, if that is longer than the typed part.
  package func shared(by matches: [String]) -> String? {
    guard var shared = matches.first, matches.count > 1 else { return nil }
    for match in matches { shared = shared.commonPrefix(with: match) }
    return shared.count > typed.count && !Clause.needsQuotes(shared) ? shared : nil
  }

  /// The names that a filter may ask for.
  package static let names: [String] =
    Set(
      Field.allCases.map(\.filterName) + Dimension.all.map(\.filterName) + Aspect.allCases.map(\.filterName) + [
        "changed", "reason", "note", "by", "week",
      ]
    ).sorted()

  /// The values of a field that always has the same ones; nil for other fields.
  package static func words(of field: String) -> [String]? {
    let name = field.lowercased()
    if let words = Aspect(filterName: name)?.words, !words.isEmpty { return words + ["none"] }
    if name == "reason" { return DecisionWords.reasonNames + ["none"] }
    if name == "changed" { return ComparedCell.allCases.map(\.rawValue) }
    return Dimension.all.first { $0.filterName == name }?.words
  }
}

extension String {
  /// The longest common beginning.
  fileprivate func commonPrefix(with other: String) -> String {
    String(zip(self, other).prefix { $0 == $1 }.map(\.0))
  }
}
