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
      if let phrase = before.last(endingAt: end, from: start, in: writing) {
        // "free shipping $50"; but "free, shipping $5".
        let rest = writing.skipBlanksBack(end - phrase.count, notBelow: start)
        let isIncluded = phrase.role == .extra && included.last(endingAt: rest, from: start, in: writing) != nil
        return isIncluded ? .none : phrase.role
      }
      guard let word = connectors.last(endingAt: end, from: start, in: writing) else { return .none }
      end = trimmed(end - word.count, start, writing)
    }
    return .none
  }

  /// The role that words directly behind a number, up to `limit`, give to it. Where another number follows the word, the
  /// word is that one's.
  static func role(behind start: Int, upTo limit: Int, in writing: PriceWriting) -> Role {
    var index = start
    while index < limit, [.blank, UInt8(ascii: "("), UInt8(ascii: ")")].contains(writing.text[index]) { index += 1 }
    guard index < limit else { return .none }
    if formerBehind.first(at: index, upTo: limit, in: writing) != nil { return .former }
    if let word = connectorsBehind.first(at: index, upTo: limit, in: writing) {
      index = writing.skipBlanks(index + word.count)
    }
    guard index < limit, let phrase = extraBehind.first(at: index, upTo: limit, in: writing) else { return .none }
    var rest = index + phrase.count
    while rest < limit, leading.contains(writing.text[rest]) { rest += 1 }
    if rest < limit { return included.first(at: rest, upTo: limit, in: writing) == nil ? .extra : .none }
    return limit < writing.text.count ? .none : .extra
  }

  /// Whether a payment every month follows, as the word behind an amount has it: `/mo`, `kr/mån`.
  static func isMonthly(_ index: Int, in writing: PriceWriting) -> Bool {
    monthly.first(at: writing.skipBlanks(index), upTo: writing.text.count, in: writing) != nil
  }

  static func isTerm(_ index: Int, in writing: PriceWriting) -> Bool {
    months.first(at: writing.skipBlanks(index), upTo: writing.text.count, in: writing) != nil
  }

  // MARK: Looking

  private static func isInstalment(_ range: Range<Int>, _ writing: PriceWriting) -> Bool {
    guard let place = instalments.places(in: range, of: writing).last else { return false }
    // "12 payments or $100": what follows the "or" is the whole.
    return or.places(in: place..<range.upperBound, of: writing).isEmpty
  }

  /// The end of the words without the blanks and marks that lead over to the amount.
  private static func trimmed(_ end: Int, _ start: Int, _ writing: PriceWriting) -> Int {
    var end = end
    while end > start, leading.contains(writing.text[end - 1]) { end -= 1 }
    return max(end, start)
  }

  private static let leading: Set<UInt8> = Set(" :=(),-[\"".utf8)

  // MARK: Words

  private static let before = PricePhrases([
    (.present, PriceRoleWords.present), (.former, PriceRoleWords.former), (.extra, PriceRoleWords.extra),
  ])
  private static let formerBehind = PricePhrases(PriceRoleWords.formerBehind)
  private static let extraBehind = PricePhrases(PriceRoleWords.extra + "," + PriceRoleWords.extraBehind)
  private static let included = PricePhrases(PriceRoleWords.included)
  private static let connectors = PricePhrases(PriceRoleWords.connectors)
  private static let connectorsBehind = PricePhrases(PriceRoleWords.connectorsBehind)
  private static let instalments = PricePhrases(PriceRoleWords.instalments)
  private static let or = PricePhrases(PriceRoleWords.or)
  private static let monthly = PricePhrases(PriceRoleWords.monthly)
  private static let months = PricePhrases(PriceRoleWords.months)
}
