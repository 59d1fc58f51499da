import Listings

/// Finds the currency marks beside a number, and decides to which of two numbers a mark between them belongs.
extension PriceNumbers {
  /// A mark and where it is in the text.
  private typealias MarkRange = (mark: CurrencyMark, range: Range<Int>)
  /// More marks on one side are something else.
  private static let maximumCount = 3

  // MARK: Before the number

  /// Adds the marks before a number, going left from it down to `limit`: `$`, `AUD $`, `AU $`, `(CAD) $`, `$CA`.
  ///
  /// Limits: `maximumCount` marks.
  func addMarksBefore(to number: inout PricedNumber, notBelow limit: Int) {
    for _ in 0..<Self.maximumCount {
      let end = endOfMark(before: number.start, notBelow: limit)
      if let markRange = dollarBeforeLetters(end, notBelow: limit) {
        number.signs.replace(with: markRange.mark)
        number.start = markRange.range.lowerBound
        continue
      }
      guard let markRange = mark(endingAt: end, isClose: end == number.digits.lowerBound, notBelow: limit) else {
        return
      }
      number.start = markRange.range.lowerBound
      if markRange.mark.isDollar {
        addDollar(markRange, to: &number, notBelow: limit)
      } else {
        number.signs.add(markRange.mark)
      }
    }
  }

  /// Where a mark before the number would end, past blanks, colons and closing brackets.
  ///
  /// Shape:  `limit` itself, where nothing but these precede the number.
  private func endOfMark(before start: Int, notBelow limit: Int) -> Int {
    var end = start
    while end > limit, [.blank, UInt8(ascii: ":"), UInt8(ascii: ")"), UInt8(ascii: "]")].contains(text[end - 1]) {
      end -= 1
    }
    return end
  }

  /// The mark that ends at `end`.
  ///
  /// Shape:  with the point of an abbreviation, if the mark is known without it.
  private func mark(endingAt end: Int, isClose: Bool, notBelow limit: Int) -> MarkRange? {
    let found = currencies.mark(endingAt: end, notBelow: limit, in: notation) { mark in
      mark.before && isMeant(mark, end - mark.bytes.count..<end, isClose: isClose)
    }
    if let found { return (found, end - found.bytes.count..<end) }
    // "Rp.50.000": the point belongs to the mark, although the table has it without.
    let hasPoint = end - 1 > limit && text[end - 1] == UInt8(ascii: ".")
    return hasPoint ? mark(endingAt: end - 1, isClose: isClose, notBelow: limit) : nil
  }

  /// A dollar whose country follows it: `$CA 45`.
  ///
  /// Shape:  two to four capitals of a known dollar.
  private func dollarBeforeLetters(_ end: Int, notBelow limit: Int) -> MarkRange? {
    var start = end
    while start > limit, end - start < 4, notation.isCapital(start - 1) { start -= 1 }
    guard end - start >= 2, start > limit, text[start - 1] == UInt8(ascii: "$") else { return nil }
    return dollar(of: start..<end).map { ($0, start - 1..<end) }
  }

  /// Adds a `$`, together with the letters of a country before it: `AU $45`. Unknown letters make its currency unknown.
  ///
  /// Shape:  separate letters must be capitals, attached ones need not.
  private func addDollar(_ markRange: MarkRange, to number: inout PricedNumber, notBelow limit: Int) {
    let start = markRange.range.lowerBound
    let end = max(limit, start - (start > limit && text[start - 1] == .blank ? 1 : 0))
    var first = end
    while first > limit, text[first - 1].isASCIILetter { first -= 1 }
    let letters = first..<end
    if !letters.isEmpty, end == start || letters.allSatisfy(notation.isCapital), let mark = dollar(of: letters) {
      number.signs.replace(with: mark)
      number.start = first
      return
    }
    number.signs.add(markRange.mark)
    // Codes are marks of their own, which the next step to the left finds.
    if letters.isEmpty || mark(endingAt: end, isClose: end == start, notBelow: limit) != nil { return }
    if end == start || isUnknownCountry(letters) {
      number.signs.isUnknown = true
      number.start = first
    }
  }

  /// The dollar of a country: the mark `AU$` for the letters `AU`.
  ///
  /// Cost:   one hash lookup.
  private func dollar(of letters: Range<Int>) -> CurrencyMark? {
    letters.count <= 4 ? currencies.mark(of: Array(text[letters]) + [UInt8(ascii: "$")]) : nil
  }

  // MARK: Behind the number

  /// Adds the marks after a number: `€`, `$ CAD`, `$ CA`, `kr (SEK)`; also across the word in `million d'euros`.
  ///
  /// Shape:  where a number follows the marks, only the first number's own are added; two digits attached to a euro sign are
  ///         its cents.
  func addMarksBehind(to number: inout PricedNumber) {
    var marks = marksBehind(number.end, hasMultiple: number.power > 0)
    // "50p" are pence, but "720p" is the resolution of a screen.
    if let first = marks.first?.mark, first.bytes.count == 1, first.power < 0, first.bytes[0].isASCIILetter,
      number.digits.count > 2
    {
      marks = []
    }
    guard let last = marks.last else {
      addLetters(to: &number)
      return
    }
    let next = notation.skipBlanks(last.range.upperBound)
    guard next < text.count, text[next].isDigit else {
      for markRange in marks { add(markRange, to: &number) }
      addLetters(to: &number)
      return
    }
    let count = ownMarkCount(of: marks, by: number, next)
    guard count > 0 else { return }
    let isGlued = marks[0].range.lowerBound == number.end && next == marks[0].range.upperBound
    for markRange in marks.prefix(count) { add(markRange, to: &number) }
    if isGlued, count == marks.count, !hasMarkBehind(next) { addFraction(marks[0].mark, to: &number) }
  }

  /// Adds one mark after the number.
  ///
  /// Shape:  the number then ends where the mark does.
  private func add(_ markRange: MarkRange, to number: inout PricedNumber) {
    number.signs.add(markRange.mark)
    number.end = markRange.range.upperBound
  }

  /// Adds letters after a dollar that say which one it is: `45 $ CA`, `$45 AU`.
  ///
  /// Shape:  two capitals or more, and not the beginning of a longer word.
  private func addLetters(to number: inout PricedNumber) {
    guard number.signs.hasDollar else { return }
    let start = notation.skipBlanks(number.end)
    var end = start
    while end < text.count, notation.isCapital(end) { end += 1 }
    guard end - start >= 2, !notation.isWordLetter(at: end), let mark = dollar(of: start..<end) else { return }
    number.signs.add(mark)
    number.end = end
  }

  /// The marks from `index` on, directly after one another.
  ///
  /// Shape:  an opening bracket before a mark is skipped.
  private func marksBehind(_ index: Int, hasMultiple: Bool) -> [MarkRange] {
    var marks: [MarkRange] = []
    var index = index
    while marks.count < Self.maximumCount {
      var start = notation.skipBlanks(index)
      if start < text.count, text[start] == UInt8(ascii: "(") || text[start] == UInt8(ascii: "[") { start += 1 }
      if hasMultiple, marks.isEmpty { start = skipOf(start) }
      guard start < text.count else { break }
      let found = currencies.mark(at: start, in: notation) { mark in
        mark.after && isMeant(mark, start..<start + mark.bytes.count, isClose: start == index)
      }
      guard let found else { break }
      index = start + found.bytes.count
      marks.append((found, start..<index))
    }
    return marks
  }

  /// Words between a multiple and its currency.
  private static let of: [[UInt8]] = ["d'", "de ", "di ", "of "].map { Array($0.utf8) }

  /// The position after such a word.
  private func skipOf(_ index: Int) -> Int { index + (Self.of.first { notation.has($0, at: index) }?.count ?? 0) }

  /// How many of the marks between a number and the next one, at `next`, belong to the first: `$65$90`, `20 €15 €`.
  ///
  /// Shape:  a number with a mark before it keeps one after it only if the next number has none, or both are the same.
  private func ownMarkCount(of marks: [MarkRange], by number: PricedNumber, _ next: Int) -> Int {
    let first = marks[0]
    if !number.signs.isEmpty {
      // "$25 AUD $30": the code specifies the first dollar.
      if marks.count > 1, number.signs.currencies.count > 1, first.mark.currencies.count == 1, !first.mark.isDollar {
        return 1
      }
      let isSame = first.mark.currencies == number.signs.currencies
      return hasMarkBehind(next) && !isSame ? 1 : 0
    }
    if marks.count > 1 { return 1 }
    // "5 $3": a mark attached to the next number belongs to that, unless it has its own.
    let isNearerNext = first.range.lowerBound > number.end && first.range.upperBound == next
    return isNearerNext && first.mark.before && !hasMarkBehind(next) ? 0 : 1
  }

  /// Whether a number that begins at `digits` has a mark of its own after it.
  private func hasMarkBehind(_ digits: Int) -> Bool { signFollows(endOfDash(endOfDigits(digits))) }

  /// Whether a currency mark follows at `index`.
  func signFollows(_ index: Int) -> Bool { !marksBehind(index, hasMultiple: true).isEmpty }

  /// Whether a mark begins at `index`, whichever number it belongs to: `S/ 45S/ 60`.
  func isMark(at index: Int) -> Bool {
    currencies.mark(at: index, in: notation) { isMeant($0, index..<index + $0.bytes.count, isClose: true) } != nil
  }

  // MARK: Whether it is one

  /// Whether this is a mark and not an ordinary word. Single letters (`R`, `K`, `Q`), and marks that the table restricts,
  /// count as spelled, or attached to the number where that currency is used. Ordinary words count where no other
  /// word follows.
  private func isMeant(_ mark: CurrencyMark, _ range: Range<Int>, isClose: Bool) -> Bool {
    guard notation.isWhole(range) else { return false }
    let isLikely = likely > 0 && mark.currencies.contains(likely)
    if mark.needsLocalCurrency, !isLikely { return false }
    if let forms = mark.forms, notation.forms(of: range) != forms {
      guard isClose && isLikely, range.count == 1 || !forms.contains(PriceNotation.accented) else { return false }
    }
    guard mark.isOrdinaryWord else { return true }
    let next = notation.skipBlanks(range.upperBound)
    return next == text.count || !notation.isWordLetter(at: next)
  }
}
