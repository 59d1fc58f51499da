import CodeWords
import Taxa

/// Something wrong with a filter's text: where, and what.
package struct FilterProblem: Error, Equatable, Sendable {
  package enum What: Equatable, Sendable {
    case unclosedQuote, unclosedGroup, unexpectedClosing, nothingAfter(String), unknownField(String, nearest: String?)
    case notAPrice(String), notATime(String), notAState(String), notARisk(String), badRegex(String), emptyValue(String)
    case notATaxon(String, TaxonDoubt), notALevel(String, ProtectionList)
    case notYet(String), tooDeep, backwards(String), commaInNumber(String)
  }
  package let what: What
  /// Offsets of characters in the text.
  package let range: Range<Int>

  package init(_ what: What, _ range: Range<Int>) {
    self.what = what
    self.range = range
  }

  /// What is wrong, in a sentence, with the column counted from 1.
  package var sentence: String {
    let place = "at column \(range.lowerBound + 1)"
    switch what {
    case .unclosedQuote: return "the quote \(place) is not closed"
    case .unclosedGroup: return "the bracket \(place) is not closed"
    case .unexpectedClosing: return "the bracket \(place) closes nothing"
    case .nothingAfter(let word): return "nothing follows \(word) \(place)"
    case .unknownField(let name, let nearest?): return "no field \(name) \(place); did you mean \(nearest)?"
    case .unknownField(let name, nil): return "no field or column \(name) \(place)"
    case .notAPrice(let text): return "\(text) \(place) is no price; write 100..500, >100, none or unread"
    case .notATime(let text): return "\(text) \(place) is no date; write 2026-11, 2026-11-01..2026-11-15 or 2026.."
    case .notAState(let text):
      return "is:\(text) \(place) is unknown; write "
        + ListingState.allCases.map(\.rawValue).joined(separator: ", ")
    case .notARisk(let text):
      return "\(text) \(place) is no risk; write >60, 40..60 or unknown (risks go from 0 to 100)"
    case .notATaxon(let name, let doubt): return doubt.sentence(name, place)
    case .notALevel(let text, .cites):
      return "\(text) \(place) is no appendix of CITES; write I, II, III, none (expressly not listed) or unknown"
    case .notALevel(let text, .china):
      return "\(text) \(place) is no level of China's list; write 1, 2, none (expressly not listed) or unknown"
    case .badRegex(let why): return "the expression \(place) cannot be read: \(why)"
    case .emptyValue(let name): return "\(name): \(place) needs a value, or none"
    case .tooDeep: return "too many brackets or minus signs are open \(place)"
    case .backwards(let text): return "\(text) \(place) runs backwards; write the lower end first"
    case .commaInNumber(let text):
      return
        "\(text) \(place) has a comma, which parts values; write \(text.filter { $0 != "," }), or a range for each price"
    case .notYet(let name): return "\(name): \(place) cannot be asked of these listings"
    }
  }
}
