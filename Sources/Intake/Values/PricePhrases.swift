import Listings

/// Words and phrases that are looked for in the text of a price, by their first and last bytes.
///
/// Cost:   a look at the few phrases that share a byte with a place of the text.
struct PricePhrases {
  struct Phrase {
    let text: [UInt8]
    let role: PriceRoles.Role
    /// Whether it is another word without its accents: `før` is "before", `for` is not.
    let isAccented: Bool
    var count: Int { text.count }
  }

  private var byFirst: [[Phrase]] = Array(repeating: [], count: 256)
  private var byLast: [[Phrase]] = Array(repeating: [], count: 256)

  /// - Parameter lists: words separated by commas or line breaks, with what they say of an amount.
  init(_ lists: [(PriceRoles.Role, words: String)]) {
    for (role, words) in lists {
      for word in words.split(whereSeparator: { $0 == "," || $0 == "\n" }) { add(word.trimmingBlanks, role) }
    }
    for index in 0..<256 {
      byFirst[index].sort { $0.count > $1.count }
      byLast[index].sort { $0.count > $1.count }
    }
  }

  init(_ words: String) { self.init([(.none, words)]) }

  private mutating func add(_ word: Substring, _ role: PriceRoles.Role) {
    let writing = PriceWriting(String(word))
    guard let first = writing.text.first, let last = writing.text.last else { return }
    let phrase = Phrase(
      text: writing.text, role: role, isAccented: writing.forms.contains(PriceWriting.accented))
    byFirst[Int(first)].append(phrase)
    byLast[Int(last)].append(phrase)
  }

  /// The longest phrase that begins at `start` and ends by `limit`.
  func first(at start: Int, upTo limit: Int, in writing: PriceWriting) -> Phrase? {
    guard start < limit else { return nil }
    return byFirst[Int(writing.text[start])].first { phrase in
      start + phrase.count <= limit && stands(phrase, start, writing)
    }
  }

  /// The longest phrase that ends at `end` and begins at `start` or later.
  func last(endingAt end: Int, from start: Int, in writing: PriceWriting) -> Phrase? {
    guard end > start else { return nil }
    return byLast[Int(writing.text[end - 1])].first { phrase in
      end - phrase.count >= start && stands(phrase, end - phrase.count, writing)
    }
  }

  /// The ends of the phrases in a range, in the order of their beginnings.
  func places(in range: Range<Int>, of writing: PriceWriting) -> [Int] {
    range.compactMap { start in first(at: start, upTo: range.upperBound, in: writing).map { start + $0.count } }
  }

  private func stands(_ phrase: Phrase, _ start: Int, _ writing: PriceWriting) -> Bool {
    let range = start..<start + phrase.count
    guard writing.has(phrase.text, at: start), writing.isWhole(range) else { return false }
    // Of short words the accents must be as in the list.
    return phrase.count > 3 || phrase.isAccented == writing.forms(of: range).contains(PriceWriting.accented)
  }
}
