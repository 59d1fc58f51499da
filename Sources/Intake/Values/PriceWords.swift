import Listings

/// What the words in place of an amount say: given away, on request, in exchange, none named.
///
/// Shape:  a word or phrase counts where it stands by itself; in Chinese, Japanese, Korean and Thai, which write no blanks,
///         wherever it stands.
enum PriceWords {
  private enum Kind {
    case free, contact, terms, exchange, unstated
    /// Says nothing about the price, though its words alone would: `free shipping`.
    case other

    var state: PriceState? {
      switch self {
      case .free: .free
      case .contact, .terms: .onRequest
      case .exchange: .exchange
      case .unstated: .missing
      case .other: nil
      }
    }
  }

  private struct Phrase {
    let text: [UInt8]
    let kind: Kind
  }

  /// What a text without an amount says; nil where none of the words is in it. Of several, the first one counts.
  static func state(of writing: PriceWriting) -> PriceState? { first(in: writing)?.phrase.kind.state }

  /// The phrase of the text that says why there is no amount, as it is compared.
  static func phrase(in writing: PriceWriting) -> [UInt8]? { first(in: writing)?.phrase.text }

  private static func first(in writing: PriceWriting) -> (place: Int, phrase: Phrase)? {
    guard writing.text.count <= longest else { return nil }
    for start in writing.text.indices {
      if let phrase = phrase(at: start, in: writing) { return (start, phrase) }
    }
    return nil
  }

  /// The longest phrase that stands by itself at `start`.
  private static func phrase(at start: Int, in writing: PriceWriting) -> Phrase? {
    phrases[Int(writing.text[start])].first { phrase in
      let range = start..<start + phrase.text.count
      return writing.has(phrase.text, at: start) && writing.isWhole(range) && !isHyphenated(range, writing)
    }
  }

  /// What the text begins with, where what follows may be a telephone number (`call 081…`) or a count (`free 2 kittens`).
  /// Behind words for terms (`nego 500`) a number may be the price.
  static func begins(_ writing: PriceWriting, _ numbers: [PricedNumber]) -> PriceState? {
    let phrase = writing.text.isEmpty ? nil : phrase(at: 0, in: writing)
    guard let phrase else { return nil }
    let mayBeAmount = numbers.contains { $0.flaw == nil && $0.digits.count <= 7 }
    return phrase.kind == .terms && mayBeAmount ? nil : phrase.kind.state
  }

  /// Longer texts are descriptions that went astray, in which such words mean anything.
  private static let longest = 160

  /// `interest-free`, `free-standing`: another word.
  private static func isHyphenated(_ range: Range<Int>, _ writing: PriceWriting) -> Bool {
    let hyphen: [UInt8] = [UInt8(ascii: "-")]
    let (start, end) = (range.lowerBound, range.upperBound)
    return start > 0 && writing.has(hyphen, at: start - 1) && writing.isWordLetter(before: start - 1)
      || writing.has(hyphen, at: end) && writing.isWordLetter(at: end + 1)
  }

  /// By their first bytes, the longest first.
  private static let phrases: [[Phrase]] = {
    let table: [(Kind, String)] = [
      (.other, PriceWordLists.other), (.unstated, PriceWordLists.unstated), (.free, PriceWordLists.free),
      (.contact, PriceWordLists.contact), (.terms, PriceWordLists.terms), (.exchange, PriceWordLists.exchange),
    ]
    var phrases: [[Phrase]] = Array(repeating: [], count: 256)
    for (kind, words) in table {
      for word in words.split(whereSeparator: { $0 == "," || $0 == "\n" }) {
        let text = PriceWriting.folded(word.trimmingBlanks)
        if let first = text.first { phrases[Int(first)].append(Phrase(text: text, kind: kind)) }
      }
    }
    for index in phrases.indices { phrases[index].sort { $0.text.count > $1.text.count } }
    return phrases
  }()
}

extension Substring {
  /// The text without the blanks around it.
  var trimmingBlanks: Substring {
    let start = drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
  }
}
