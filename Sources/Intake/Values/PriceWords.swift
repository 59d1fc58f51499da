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

  /// How many bytes of the text the phrase has that says why there is no amount.
  static func length(in writing: PriceWriting) -> Int? { first(in: writing)?.phrase.text.count }

  private static func first(in writing: PriceWriting) -> (place: Int, phrase: Phrase)? {
    guard writing.text.count <= longest else { return nil }
    var best: (place: Int, phrase: Phrase)?
    for phrase in phrases {
      guard let place = place(of: phrase.text, in: writing) else { continue }
      if let best, (best.place, -best.phrase.text.count) <= (place, -phrase.text.count) { continue }
      best = (place, phrase)
    }
    return best
  }

  /// What the text begins with, where what follows may be a telephone number (`call 081…`) or a count (`free 2 kittens`).
  /// Behind words for terms (`nego 500`) a number may be the price.
  static func begins(_ writing: PriceWriting, _ numbers: [PricedNumber]) -> PriceState? {
    let phrase = phrases.first { writing.has($0.text, at: 0) && writing.isWhole(0..<$0.text.count) }
    guard let phrase else { return nil }
    let mayBeAmount = numbers.contains { $0.flaw == nil && $0.digits.count <= 7 }
    return phrase.kind == .terms && mayBeAmount ? nil : phrase.kind.state
  }

  /// Longer texts are descriptions that went astray, in which such words mean anything.
  private static let longest = 160

  private static func place(of phrase: [UInt8], in writing: PriceWriting) -> Int? {
    let text = writing.text
    guard phrase.count <= text.count else { return nil }
    return (0...text.count - phrase.count).first { start in
      text[start] == phrase[0] && writing.has(phrase, at: start) && writing.isWhole(start..<start + phrase.count)
        && !isHyphenated(start..<start + phrase.count, writing)
    }
  }

  /// `interest-free`, `free-standing`: another word.
  private static func isHyphenated(_ range: Range<Int>, _ writing: PriceWriting) -> Bool {
    let hyphen: [UInt8] = [UInt8(ascii: "-")]
    let (start, end) = (range.lowerBound, range.upperBound)
    return start > 0 && writing.has(hyphen, at: start - 1) && writing.isWordLetter(before: start - 1)
      || writing.has(hyphen, at: end) && writing.isWordLetter(at: end + 1)
  }

  private static let phrases: [Phrase] = {
    let table: [(Kind, String)] = [
      (.other, PriceWordLists.other), (.unstated, PriceWordLists.unstated), (.free, PriceWordLists.free),
      (.contact, PriceWordLists.contact), (.terms, PriceWordLists.terms), (.exchange, PriceWordLists.exchange),
    ]
    let all = table.flatMap { kind, words in
      words.split(whereSeparator: { $0 == "," || $0 == "\n" }).map { word in
        Phrase(text: PriceWriting.folded(word.trimmingBlanks), kind: kind)
      }
    }
    return all.filter { !$0.text.isEmpty }.sorted { $0.text.count > $1.text.count }
  }()
}

extension Substring {
  /// The text without the blanks around it.
  var trimmingBlanks: Substring {
    let start = drop { $0 == " " }
    return start.lastIndex { $0 != " " }.map { start[...$0] } ?? ""
  }
}
