import Listings

/// Which number of a price's text is the price.
///
/// Rules:  amounts that words call something else (an old price, postage, an instalment) are none. Of a range the lower end
///         is the price, with the multiple and the mark of the upper one where it has none (`100-200k`). Otherwise it is
///         the first with a currency mark, one that words call the present price before others: of two prices side by
///         side (`$65$90`) the first. Without marks: the present one, the one with a multiple, the only one.
struct PriceChoice {
  let parser: PriceNumbers
  private let numbers: [PricedNumber]

  private var writing: PriceWriting { parser.writing }
  private var text: [UInt8] { writing.text }

  init(_ parser: PriceNumbers, _ numbers: [PricedNumber]) {
    self.parser = parser
    var numbers = numbers
    for index in numbers.indices { numbers[index].role = Self.role(of: index, numbers, parser.writing) }
    self.numbers = numbers
  }

  enum Chosen {
    case number(PricedNumber, isRange: Bool)
    case fault(PriceFault)
  }

  func chosen() -> Chosen {
    let possible = numbers.filter { $0.flaw == nil && !$0.role.isAside }
    if let fault = numbers.first(where: { $0.flaw == .currenciesDisagree })?.flaw { return .fault(fault) }
    if let lower = lowerEnd(of: possible) { return .number(lower, isRange: true) }
    let marked = possible.filter { !$0.signs.isEmpty }
    if let first = marked.first(where: { $0.role == .present }) ?? marked.first {
      return .number(first, isRange: false)
    }
    if let only = onlyBare(of: possible) { return .number(only, isRange: false) }
    return .fault(fault)
  }

  /// Of numbers without marks only one may be a price, and nothing else may look as if it belonged to it: `2022-06-01`.
  private func onlyBare(of possible: [PricedNumber]) -> PricedNumber? {
    guard numbers.allSatisfy({ $0.flaw == nil || $0.isAside }), !numbers.contains(where: { $0.role == .instalment })
    else { return nil }
    for candidates in [possible.filter { $0.role == .present }, possible.filter { $0.power > 0 }, possible]
    where candidates.count == 1 {
      return candidates[0]
    }
    return nil
  }

  /// Why none of them is the price: what words say of amounts comes before what they look like.
  private var fault: PriceFault {
    let aside = numbers.filter { $0.role.isAside && ($0.flaw == nil || !$0.isBare) }
    if aside.contains(where: { $0.role == .instalment }) { return .instalments }
    if !aside.isEmpty { return .notThePrice }
    return numbers.first { $0.flaw != nil }?.flaw ?? (numbers.isEmpty ? .noAmount : .severalAmounts)
  }

  // MARK: Ranges

  private func lowerEnd(of numbers: [PricedNumber]) -> PricedNumber? {
    guard numbers.count >= 2, isRange(numbers[0], numbers[1]) else { return nil }
    guard numbers.count == 2 || !numbers[1].signs.isEmpty else { return nil }
    var lower = numbers[0]
    let upper = numbers[1]
    // "100-200k" is from a hundred thousand; "900-1k" is not from nine hundred thousand.
    let (low, high) = (PriceNumber.read(text[lower.digits]), PriceNumber.read(text[upper.digits]))
    if lower.power == 0, upper.power > 0, lower.rest == 0, let low, let high, low < high {
      (lower.power, lower.implied) = (upper.power, upper.implied)
    }
    if lower.signs.isEmpty { lower.signs = upper.signs }
    // "80-50" is no range: two numbers, of which nothing says what they are.
    let (from, to) = (lower.amount(in: text, .usual), upper.amount(in: text, .usual))
    if let from, let to, from > to { return nil }
    return lower
  }

  static let rangeWords: Set<[UInt8]> = Set(
    [
      "-", "--", "~", "to", "upto", "至", "到", "...", "..", "…", "a", "den", "do", "до", "bis", "hasta", "ate", "al",
      "tot",
      "til", "till", "až", "až", "sampai", "s/d", "hingga", "đến", "tới", "ถึง", "и", "إلى", "الى", "تا", "עד", "から",
      "에서",
    ].map { PriceWriting.folded($0) })

  private static let between: [[UInt8]] = [
    "between", "entre", "zwischen", "tussen", "mellan", "mellem", "mellom", "tra", "fra",
    "między", "mezi", "между", "між", "antara", "بين", "בין", "între",
  ].map { PriceWriting.folded($0) }
  private static let and: Set<[UInt8]> = Set(
    ["and", "et", "y", "e", "und", "en", "i", "og", "och", "a", "и", "і", "та", "dan", "و", "ו", "și", "&"].map {
      PriceWriting.folded($0)
    })

  private func isRange(_ a: PricedNumber, _ b: PricedNumber) -> Bool {
    guard a.end <= b.start else { return false }
    let gap = text[a.end..<b.start].filter { $0 != .blank }
    if Self.rangeWords.contains(gap) { return true }
    guard Self.and.contains(gap) else { return false }
    let end = writing.skipBlanksBack(a.start)
    return Self.between.contains { word in
      end >= word.count && writing.has(word, at: end - word.count) && writing.isWhole(end - word.count..<end)
    }
  }

  // MARK: Roles

  private static func role(of index: Int, _ numbers: [PricedNumber], _ writing: PriceWriting) -> PriceRoles.Role {
    let number = numbers[index]
    let start = index > 0 ? numbers[index - 1].end : 0
    let limit = index + 1 < numbers.count ? numbers[index + 1].start : writing.text.count
    guard start <= number.start, number.end <= limit else { return .none }
    if index + 1 < numbers.count, isTimes(number.end..<limit, writing) { return .instalment }
    if index > 0, isTimes(start..<number.start, writing) { return .instalment }
    if numbers.indices.contains(where: { $0 != index && PriceRoles.isTerm(numbers[$0].end, in: writing) }),
      PriceRoles.isMonthly(number.end, in: writing)
    {
      return .instalment
    }
    let role = PriceRoles.role(before: number.start, from: start, in: writing)
    if role.isAside { return role }
    let behind = PriceRoles.role(behind: number.end, upTo: limit, in: writing)
    return behind == .none ? role : behind
  }

  /// `R$ 299 x 24`, `12x de R$ 89,90`, `12期 x ¥299`: so many times.
  private static func isTimes(_ gap: Range<Int>, _ writing: PriceWriting) -> Bool {
    var end = writing.skipBlanksBack(gap.upperBound, notBelow: gap.lowerBound)
    let of: [UInt8] = Array("de".utf8)
    if end - of.count > gap.lowerBound, writing.has(of, at: end - of.count), writing.isWhole(end - of.count..<end) {
      end = writing.skipBlanksBack(end - of.count, notBelow: gap.lowerBound)
    }
    return times.contains { sign in
      end - sign.count >= gap.lowerBound && writing.has(sign, at: end - sign.count)
        && writing.isWhole(end - sign.count..<end)
    }
  }

  private static let times: [[UInt8]] = ["x", "х", "*"].map { PriceWriting.folded($0) }
}
