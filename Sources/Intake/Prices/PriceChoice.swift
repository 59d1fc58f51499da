import Listings

/// Decides which number in a text is the price.
///
/// Shape:  amounts that words identify as something else (an old price, postage, an instalment) do not count. The price of
///         a range is its lower end, with the multiple and mark of the upper end where it has none (`100-200k`). Otherwise
///         it is the first amount with a currency mark, preferably one called the present price, so of two prices side by
///         side (`$65$90`) the first. Without marks it is the one called the present price, the one with a multiple, or the
///         only one.
struct PriceChoice {
  /// Has the text, and finds further marks and numbers in it.
  let parser: PriceNumbers
  /// All numbers of the text, in its order.
  private let numbers: [PricedNumber]

  private var notation: PriceNotation { parser.notation }
  private var text: [UInt8] { notation.text }

  init(_ parser: PriceNumbers, _ numbers: [PricedNumber]) {
    self.parser = parser
    var numbers = numbers
    for index in numbers.indices { numbers[index].role = Self.role(of: index, numbers, parser.notation) }
    self.numbers = numbers
  }

  /// The decision; `isRange` says that the number is the lower end of a range.
  enum Chosen {
    case number(PricedNumber, isRange: Bool)
    case problem(PriceProblem)
  }

  /// The price, or why there is none.
  ///
  /// Shape:  contradicting marks on any number leave the price unread.
  func chosen() -> Chosen {
    let possible = numbers.filter { $0.problem == nil && !$0.role.isAside }
    if let problem = numbers.first(where: { $0.problem == .currenciesDisagree })?.problem { return .problem(problem) }
    if let lower = lowerEnd(of: possible) { return .number(lower, isRange: true) }
    let marked = possible.filter { !$0.signs.isEmpty }
    if let first = marked.first(where: { $0.role == .present }) ?? marked.first {
      return .number(first, isRange: false)
    }
    if let only = onlyBare(of: possible) { return .number(only, isRange: false) }
    return .problem(problem)
  }

  /// The only number without a mark that can be a price, unless others look related: `2022-06-01`.
  ///
  /// Shape:  one called the present price comes first, then one with a multiple. Instalments leave the price open.
  private func onlyBare(of possible: [PricedNumber]) -> PricedNumber? {
    guard numbers.allSatisfy({ $0.problem == nil || $0.isAside }), !numbers.contains(where: { $0.role == .instalment })
    else { return nil }
    for candidates in [possible.filter { $0.role == .present }, possible.filter { $0.power > 0 }, possible]
    where candidates.count == 1 {
      return candidates[0]
    }
    return nil
  }

  /// Why none of them is the price. What words say about amounts comes before what they look like.
  private var problem: PriceProblem {
    let aside = numbers.filter { $0.role.isAside && ($0.problem == nil || !$0.isBare) }
    if aside.contains(where: { $0.role == .instalment }) { return .instalments }
    if !aside.isEmpty { return .notThePrice }
    return numbers.first { $0.problem != nil }?.problem ?? (numbers.isEmpty ? .noAmount : .severalAmounts)
  }

  // MARK: Ranges

  /// The lower end, if the first two numbers form a range.
  ///
  /// Shape:  nil where a third number follows and the second has no mark, or the first is the larger one.
  private func lowerEnd(of numbers: [PricedNumber]) -> PricedNumber? {
    guard numbers.count >= 2, isRange(numbers[0], numbers[1]) else { return nil }
    guard numbers.count == 2 || !numbers[1].signs.isEmpty else { return nil }
    var lower = numbers[0]
    let upper = numbers[1]
    // "100-200k" starts at a hundred thousand, but "900-1k" does not start at nine hundred thousand.
    let (low, high) = (PriceNumber.read(text[lower.digits]), PriceNumber.read(text[upper.digits]))
    if lower.power == 0, upper.power > 0, lower.rest == 0, let low, let high, low < high {
      (lower.power, lower.implied) = (upper.power, upper.implied)
    }
    if lower.signs.isEmpty { lower.signs = upper.signs }
    // "80-50" is not a range but two numbers of unknown meaning.
    let (from, to) = (lower.amount(in: text, .usual), upper.amount(in: text, .usual))
    if let from, let to, from > to { return nil }
    return lower
  }

  /// Words and signs between the ends of a range, folded.
  static let rangeWords: Set<[UInt8]> = Set(
    [
      "-", "--", "~", "to", "upto", "至", "到", "...", "..", "…", "a", "den", "do", "до", "bis", "hasta", "ate", "al",
      "tot",
      "til", "till", "až", "až", "sampai", "s/d", "hingga", "đến", "tới", "ถึง", "и", "إلى", "الى", "تا", "עד", "から",
      "에서",
    ].map { PriceNotation.folded($0) })

  /// Words before the lower end of a range, as in "between 5 and 10".
  private static let between: [[UInt8]] = [
    "between", "entre", "zwischen", "tussen", "mellan", "mellem", "mellom", "tra", "fra",
    "między", "mezi", "между", "між", "antara", "بين", "בין", "între",
  ].map { PriceNotation.folded($0) }
  /// Words between its ends, which only count after one of `between`.
  private static let and: Set<[UInt8]> = Set(
    ["and", "et", "y", "e", "und", "en", "i", "og", "och", "a", "и", "і", "та", "dan", "و", "ו", "și", "&"].map {
      PriceNotation.folded($0)
    })

  /// Whether two numbers form a range: with a word or dash between them, or "between … and …".
  private func isRange(_ a: PricedNumber, _ b: PricedNumber) -> Bool {
    guard a.end <= b.start else { return false }
    let gap = text[a.end..<b.start].filter { $0 != .blank }
    if Self.rangeWords.contains(gap) { return true }
    guard Self.and.contains(gap) else { return false }
    let end = notation.skipBlanksBack(a.start)
    return Self.between.contains { word in
      end >= word.count && notation.has(word, at: end - word.count) && notation.isWhole(end - word.count..<end)
    }
  }

  // MARK: Roles

  /// What the words around a number say about it.
  ///
  /// Shape:  instalments come first, then words before the number, then words after it.
  private static func role(of index: Int, _ numbers: [PricedNumber], _ notation: PriceNotation) -> PriceRoles.Role {
    let number = numbers[index]
    let start = index > 0 ? numbers[index - 1].end : 0
    let limit = index + 1 < numbers.count ? numbers[index + 1].start : notation.text.count
    guard start <= number.start, number.end <= limit else { return .none }
    if index + 1 < numbers.count, isTimes(number.end..<limit, notation) { return .instalment }
    if index > 0, isTimes(start..<number.start, notation) { return .instalment }
    if numbers.indices.contains(where: { $0 != index && PriceRoles.isTerm(numbers[$0].end, in: notation) }),
      PriceRoles.isMonthly(number.end, in: notation)
    {
      return .instalment
    }
    let role = PriceRoles.role(before: number.start, from: start, in: notation)
    if role.isAside { return role }
    let behind = PriceRoles.role(behind: number.end, upTo: limit, in: notation)
    return behind == .none ? role : behind
  }

  /// Whether a count of payments comes with the number: `R$ 299 x 24`, `12x de R$ 89,90`, `12期 x ¥299`.
  ///
  /// Shape:  `de` may come between the sign and the number.
  private static func isTimes(_ gap: Range<Int>, _ notation: PriceNotation) -> Bool {
    var end = notation.skipBlanksBack(gap.upperBound, notBelow: gap.lowerBound)
    let of: [UInt8] = Array("de".utf8)
    if end - of.count > gap.lowerBound, notation.has(of, at: end - of.count), notation.isWhole(end - of.count..<end) {
      end = notation.skipBlanksBack(end - of.count, notBelow: gap.lowerBound)
    }
    return times.contains { sign in
      end - sign.count >= gap.lowerBound && notation.has(sign, at: end - sign.count)
        && notation.isWhole(end - sign.count..<end)
    }
  }

  /// Signs and letters that multiply.
  private static let times: [[UInt8]] = ["x", "х", "*"].map { PriceNotation.folded($0) }
}

/// Judges by the words beside an amount whether it is the asking price or something else.
///
/// Shape:  a word counts directly before an amount (`was $120`, `shipping: $5`), some also directly after it (`$5 shipping`,
///         `12,000円のところ`). For instalments, other words may come between (`12 cuotas sin interés de $25.000`).
enum PriceRoles {
  /// What an amount is, according to the words beside it.
  enum Role: Equatable {
    case none
    /// The asking price: `now $80`, `特価 3,980円`.
    case present
    /// A former price, or one asked elsewhere: `was $120`, `UVP 129,95 €`.
    case former
    /// Postage, a deposit, a discount.
    case extra
    /// A part of the price, or the price of one of several: `10x R$ 149,90`.
    case instalment

    /// Whether the amount is not the price.
    var isAside: Bool { self == .former || self == .extra || self == .instalment }
  }

  /// The role according to the words between `start` and `end`, directly before a number.
  ///
  /// Shape:  up to four connecting words may come between ("price was only $5").
  static func role(before end: Int, from start: Int, in notation: PriceNotation) -> Role {
    if isInstalment(start..<end, notation) { return .instalment }
    var end = trimmed(end, start, notation)
    for _ in 0..<4 {
      guard end > start else { return .none }
      if let phrase = before.last(endingAt: end, from: start, in: notation) {
        // "free shipping $50"; but "free, shipping $5".
        let rest = notation.skipBlanksBack(end - phrase.count, notBelow: start)
        let isIncluded = phrase.role == .extra && included.last(endingAt: rest, from: start, in: notation) != nil
        return isIncluded ? .none : phrase.role
      }
      guard let word = connectors.last(endingAt: end, from: start, in: notation) else { return .none }
      end = trimmed(end - word.count, start, notation)
    }
    return .none
  }

  /// The role according to the words directly after a number, up to `limit`. If another number follows such a word, it
  /// belongs to that.
  ///
  /// Shape:  a word for "included" after it means that nothing is paid for it.
  static func role(behind start: Int, upTo limit: Int, in notation: PriceNotation) -> Role {
    var index = start
    while index < limit, [.blank, UInt8(ascii: "("), UInt8(ascii: ")")].contains(notation.text[index]) { index += 1 }
    guard index < limit else { return .none }
    if formerBehind.first(at: index, upTo: limit, in: notation) != nil { return .former }
    if let word = connectorsBehind.first(at: index, upTo: limit, in: notation) {
      index = notation.skipBlanks(index + word.count)
    }
    guard index < limit, let phrase = extraBehind.first(at: index, upTo: limit, in: notation) else { return .none }
    var rest = index + phrase.count
    while rest < limit, leading.contains(notation.text[rest]) { rest += 1 }
    if rest < limit { return included.first(at: rest, upTo: limit, in: notation) == nil ? .extra : .none }
    return limit < notation.text.count ? .none : .extra
  }

  /// Whether a monthly payment is meant by what follows an amount: `/mo`, `kr/mån`.
  ///
  /// Shape:  only blanks may come between.
  static func isMonthly(_ index: Int, in notation: PriceNotation) -> Bool {
    monthly.first(at: notation.skipBlanks(index), upTo: notation.text.count, in: notation) != nil
  }

  /// Whether a number of payments is meant by what follows: `12 months`.
  static func isTerm(_ index: Int, in notation: PriceNotation) -> Bool {
    months.first(at: notation.skipBlanks(index), upTo: notation.text.count, in: notation) != nil
  }

  // MARK: Looking

  /// Whether the last words before a number announce an instalment.
  private static func isInstalment(_ range: Range<Int>, _ notation: PriceNotation) -> Bool {
    guard let end = instalments.ends(in: range, of: notation).last else { return false }
    // "12 payments or $100": what follows the "or" is the whole price.
    return or.ends(in: end..<range.upperBound, of: notation).isEmpty
  }

  /// The end of the words, without blanks and punctuation that lead to the amount.
  ///
  /// Cost:   one step per byte that is skipped.
  private static func trimmed(_ end: Int, _ start: Int, _ notation: PriceNotation) -> Int {
    var end = end
    while end > start, leading.contains(notation.text[end - 1]) { end -= 1 }
    return max(end, start)
  }

  /// Bytes that may come between a word and the amount that it is about.
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
