import Listings

/// What the words beside an amount say of it: that it is what is asked now, or something else.
///
/// Shape:  a word counts directly before an amount (`was $120`, `shipping: $5`), some directly behind it (`$5 shipping`,
///         `12,000円のところ`); of instalments also with other words between (`12 cuotas sin interés de $25.000`).
enum PriceRoles {
  enum Role: Equatable {
    case none
    /// What is asked now: `now $80`, `特価 3,980円`.
    case present
    /// What was asked before, or elsewhere: `was $120`, `UVP 129,95 €`.
    case former
    /// Postage, a deposit, a discount.
    case extra
    /// A part of the price, or the price of one of several: `10x R$ 149,90`.
    case instalment

    /// Whether the amount is not the price.
    var isAside: Bool { self == .former || self == .extra || self == .instalment }
  }

  /// The role that words between `start` and `end`, directly before a number, give to it.
  static func role(before end: Int, from start: Int, in writing: PriceWriting) -> Role {
    if isInstalment(start..<end, writing) { return .instalment }
    var end = trimmed(end, start, writing)
    for _ in 0..<4 {
      guard end > start else { return .none }
      for (role, phrases) in before {
        guard let phrase = phrases.first(where: { endsWith($0, start..<end, writing) }) else { continue }
        let rest = trimmed(end - phrase.count, start, writing)
        return role == .extra && isIncluded(before: rest, start, writing) ? .none : role
      }
      guard let word = connectors.first(where: { endsWith($0, start..<end, writing) }) else { return .none }
      end = trimmed(end - word.count, start, writing)
    }
    return .none
  }

  /// The role that words directly behind a number, up to `limit`, give to it. Where another number follows the word, the
  /// word is that one's.
  static func role(behind start: Int, upTo limit: Int, in writing: PriceWriting) -> Role {
    var index = start
    while index < limit, [.blank, UInt8(ascii: "("), UInt8(ascii: ")")].contains(writing.text[index]) { index += 1 }
    if let phrase = phrase(of: formerBehind, at: index, limit, writing) { return phrase > 0 ? .former : .none }
    for word in connectorsBehind where begins(word, index..<limit, writing) {
      index = writing.skipBlanks(index + word.count)
      break
    }
    guard let length = phrase(of: extraBehind, at: index, limit, writing) else { return .none }
    var rest = index + length
    while rest < limit, leading.contains(writing.text[rest]) { rest += 1 }
    if included.contains(where: { begins($0, rest..<limit, writing) }) { return .none }
    return rest >= limit && limit < writing.text.count ? .none : .extra
  }

  /// Whether a payment every month follows, as the word behind an amount has it: `/mo`, `kr/mån`.
  static func isMonthly(_ index: Int, in writing: PriceWriting) -> Bool {
    let start = writing.skipBlanks(index)
    return monthly.contains { begins($0, start..<writing.text.count, writing) }
  }

  static func isTerm(_ index: Int, in writing: PriceWriting) -> Bool {
    let start = writing.skipBlanks(index)
    return months.contains { begins($0, start..<writing.text.count, writing) }
  }

  // MARK: Looking

  private static func isInstalment(_ range: Range<Int>, _ writing: PriceWriting) -> Bool {
    guard let place = PriceRoleWords.instalments.lazy.compactMap({ place(of: $0, range, writing) }).max() else {
      return false
    }
    // "12 payments or $100": what follows the "or" is the whole.
    return !PriceRoleWords.or.contains { self.place(of: $0, place..<range.upperBound, writing) != nil }
  }

  /// The end of the phrase's last place in the range.
  private static func place(of phrase: [UInt8], _ range: Range<Int>, _ writing: PriceWriting) -> Int? {
    guard phrase.count <= range.count else { return nil }
    for start in stride(from: range.upperBound - phrase.count, through: range.lowerBound, by: -1)
    where writing.text[start] == phrase[0] && writing.has(phrase, at: start) {
      if writing.isWhole(start..<start + phrase.count) { return start + phrase.count }
    }
    return nil
  }

  private static func endsWith(_ phrase: Phrase, _ range: Range<Int>, _ writing: PriceWriting) -> Bool {
    let start = range.upperBound - phrase.count
    guard start >= range.lowerBound, writing.has(phrase.text, at: start),
      writing.isWhole(start..<range.upperBound) || !writing.isWordLetter(before: range.upperBound)
    else { return false }
    return phrase.count > 3
      || phrase.isAccented == writing.forms(of: start..<range.upperBound).contains(PriceWriting.accented)
  }

  private static func begins(_ phrase: Phrase, _ range: Range<Int>, _ writing: PriceWriting) -> Bool {
    guard phrase.count <= range.count, writing.has(phrase.text, at: range.lowerBound) else { return false }
    return writing.isWhole(range.lowerBound..<range.lowerBound + phrase.count)
  }

  private static func phrase(
    of phrases: [Phrase], at index: Int, _ limit: Int, _ writing: PriceWriting
  ) -> Int? {
    index < limit ? phrases.first { begins($0, index..<limit, writing) }?.count : nil
  }

  private static func isIncluded(before end: Int, _ start: Int, _ writing: PriceWriting) -> Bool {
    included.contains { endsWith($0, start..<end, writing) }
  }

  /// The end of the words without the blanks and marks that lead over to the amount.
  private static func trimmed(_ end: Int, _ start: Int, _ writing: PriceWriting) -> Int {
    var end = end
    while end > start, leading.contains(writing.text[end - 1]) { end -= 1 }
    return max(end, start)
  }

  private static let leading: Set<UInt8> = Set(" :=(),-[\"".utf8)

  // MARK: Words

  struct Phrase {
    let text: [UInt8]
    /// Whether it is another word without its accents: `før` is "before", `for` is not.
    let isAccented: Bool
    var count: Int { text.count }

    init(_ word: Substring) {
      let writing = PriceWriting(String(word))
      text = writing.text
      isAccented = text.count <= 3 && writing.forms.contains(PriceWriting.accented)
    }
  }

  private static let before: [(Role, [Phrase])] = [
    (.present, phrases(PriceRoleWords.present)), (.former, phrases(PriceRoleWords.former)),
    (.extra, phrases(PriceRoleWords.extra)),
  ]
  private static let formerBehind = phrases(PriceRoleWords.formerBehind)
  private static let extraBehind = phrases(PriceRoleWords.extra + "," + PriceRoleWords.extraBehind)
  private static let included = phrases(PriceRoleWords.included)
  private static let connectors = phrases(PriceRoleWords.connectors)
  private static let connectorsBehind = phrases(PriceRoleWords.connectorsBehind)
  private static let monthly = phrases(PriceRoleWords.monthly)
  private static let months = phrases(PriceRoleWords.months)

  private static func phrases(_ words: String) -> [Phrase] {
    words.split(whereSeparator: { $0 == "," || $0 == "\n" }).map { Phrase($0.trimmingBlanks) }
      .filter { $0.count > 0 }.sorted { $0.count > $1.count }
  }
}
