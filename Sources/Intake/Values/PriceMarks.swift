import Listings

/// The marks beside a number, and to which of two numbers a mark between them belongs.
extension PriceNumbers {
  private typealias Place = (mark: CurrencyMark, range: Range<Int>)
  /// More marks than these on one side are no marks.
  private static let most = 3

  // MARK: Before the number

  /// `$`, `AUD $`, `AU $`, `(CAD) $`, `$CA`, from the number to the left, not further than `least`.
  func addMarksBefore(to number: inout PricedNumber, notBelow least: Int) {
    for _ in 0..<Self.most {
      let end = endOfMark(before: number.start, notBelow: least)
      if let place = dollarBeforeLetters(end, notBelow: least) {
        number.signs.replace(with: place.mark)
        number.start = place.range.lowerBound
        continue
      }
      guard let place = mark(endingAt: end, isClose: end == number.digits.lowerBound, notBelow: least) else { return }
      number.start = place.range.lowerBound
      if place.mark.isDollar {
        addDollar(place, to: &number, notBelow: least)
      } else {
        number.signs.add(place.mark)
      }
    }
  }

  private func endOfMark(before start: Int, notBelow least: Int) -> Int {
    var end = start
    while end > least, [.blank, UInt8(ascii: ":"), UInt8(ascii: ")"), UInt8(ascii: "]")].contains(text[end - 1]) {
      end -= 1
    }
    return end
  }

  private func mark(endingAt end: Int, isClose: Bool, notBelow least: Int) -> Place? {
    let found = currencies.mark(endingAt: end, notBelow: least, in: writing) { mark in
      mark.before && isMeant(mark, end - mark.bytes.count..<end, isClose: isClose)
    }
    if let found { return (found, end - found.bytes.count..<end) }
    // "Rp.50.000": the point belongs to the mark, though the mark is known without it.
    let hasPoint = end - 1 > least && text[end - 1] == UInt8(ascii: ".")
    return hasPoint ? mark(endingAt: end - 1, isClose: isClose, notBelow: least) : nil
  }

  /// `$CA 45`: the letters that say which dollar it is, behind it.
  private func dollarBeforeLetters(_ end: Int, notBelow least: Int) -> Place? {
    var start = end
    while start > least, end - start < 4, writing.isCapital(start - 1) { start -= 1 }
    guard end - start >= 2, start > least, text[start - 1] == UInt8(ascii: "$") else { return nil }
    return dollar(of: start..<end).map { ($0, start - 1..<end) }
  }

  /// A `$`, with the letters of a country before it: `AU $45`. Letters that no table knows make it nobody's dollar.
  private func addDollar(_ place: Place, to number: inout PricedNumber, notBelow least: Int) {
    let start = place.range.lowerBound
    let end = max(least, start - (start > least && text[start - 1] == .blank ? 1 : 0))
    var first = end
    while first > least, text[first - 1].isASCIILetter { first -= 1 }
    let letters = first..<end
    if !letters.isEmpty, end == start || letters.allSatisfy(writing.isCapital), let mark = dollar(of: letters) {
      number.signs.replace(with: mark)
      number.start = first
      return
    }
    number.signs.add(place.mark)
    // Codes are marks of their own: the next look to the left finds them.
    if letters.isEmpty || mark(endingAt: end, isClose: end == start, notBelow: least) != nil { return }
    if end == start || isUnknownCountry(letters) {
      number.signs.isUnknown = true
      number.start = first
    }
  }

  /// The dollar of a country by its letters: the mark `AU$` for `AU`.
  private func dollar(of letters: Range<Int>) -> CurrencyMark? {
    letters.count <= 4 ? currencies.mark(of: Array(text[letters]) + [UInt8(ascii: "$")]) : nil
  }

  // MARK: Behind the number

  /// `€`, `$ CAD`, `$ CA`, `kr (SEK)`; of `million d'euros` the words between as well.
  func addMarksBehind(to number: inout PricedNumber) {
    var places = marksBehind(number.end, hasMultiple: number.power > 0)
    // "50p" are pence, "720p" the lines of a screen.
    if let first = places.first?.mark, first.bytes.count == 1, first.power < 0, first.bytes[0].isASCIILetter,
      number.digits.count > 2
    {
      places = []
    }
    guard let last = places.last else {
      addLetters(to: &number)
      return
    }
    let next = writing.skipBlanks(last.range.upperBound)
    guard next < text.count, text[next].isDigit else {
      for place in places { add(place, to: &number) }
      addLetters(to: &number)
      return
    }
    let count = marksKept(of: places, by: number, next)
    guard count > 0 else { return }
    let isGlued = places[0].range.lowerBound == number.end && next == places[0].range.upperBound
    for place in places.prefix(count) { add(place, to: &number) }
    if isGlued, count == places.count, !hasMarkBehind(next) { addFraction(places[0].mark, to: &number) }
  }

  private func add(_ place: Place, to number: inout PricedNumber) {
    number.signs.add(place.mark)
    number.end = place.range.upperBound
  }

  /// `45 $ CA`, `$45 AU`: letters behind a dollar that say which one it is.
  private func addLetters(to number: inout PricedNumber) {
    guard number.signs.hasDollar else { return }
    let start = writing.skipBlanks(number.end)
    var end = start
    while end < text.count, writing.isCapital(end) { end += 1 }
    guard end - start >= 2, !writing.isWordLetter(at: end), let mark = dollar(of: start..<end) else { return }
    number.signs.add(mark)
    number.end = end
  }

  /// The marks from `index` on, one behind the other.
  private func marksBehind(_ index: Int, hasMultiple: Bool) -> [Place] {
    var places: [Place] = []
    var index = index
    while places.count < Self.most {
      var start = writing.skipBlanks(index)
      if start < text.count, text[start] == UInt8(ascii: "(") || text[start] == UInt8(ascii: "[") { start += 1 }
      if hasMultiple, places.isEmpty { start = skipOf(start) }
      guard start < text.count else { break }
      let found = currencies.mark(at: start, in: writing) { mark in
        mark.after && isMeant(mark, start..<start + mark.bytes.count, isClose: start == index)
      }
      guard let found else { break }
      index = start + found.bytes.count
      places.append((found, start..<index))
    }
    return places
  }

  private static let of: [[UInt8]] = ["d'", "de ", "di ", "of "].map { Array($0.utf8) }

  private func skipOf(_ index: Int) -> Int { index + (Self.of.first { writing.has($0, at: index) }?.count ?? 0) }

  /// How many of the marks between a number and the next one, at `next`, are the first one's: `$65$90`, `20 €15 €`.
  private func marksKept(of places: [Place], by number: PricedNumber, _ next: Int) -> Int {
    let first = places[0]
    if !number.signs.isEmpty {
      // "$25 AUD $30": the code says which dollar the first one is.
      if places.count > 1, number.signs.currencies.count > 1, first.mark.currencies.count == 1, !first.mark.isDollar {
        return 1
      }
      let isSame = first.mark.currencies == number.signs.currencies
      return hasMarkBehind(next) && !isSame ? 1 : 0
    }
    if places.count > 1 { return 1 }
    // "5 $3": a mark close to the number behind it is that one's, unless that has its own.
    let isNearerNext = first.range.lowerBound > number.end && first.range.upperBound == next
    return isNearerNext && first.mark.before && !hasMarkBehind(next) ? 0 : 1
  }

  private func hasMarkBehind(_ digits: Int) -> Bool { signFollows(endOfDash(endOfDigits(digits))) }

  /// Whether a currency mark stands behind `index`.
  func signFollows(_ index: Int) -> Bool { !marksBehind(index, hasMultiple: true).isEmpty }

  /// Whether a mark begins at `index`, be it that of the number before it or of the one behind it: `S/ 45S/ 60`.
  func isMark(at index: Int) -> Bool {
    currencies.mark(at: index, in: writing) { isMeant($0, index..<index + $0.bytes.count, isClose: true) } != nil
  }

  // MARK: Whether it is one

  /// One letter (`R`, `K`, `Q`) and what is marked in the table are meant as they are written, or close to the number where
  /// the place has that currency; ordinary words where no further word follows.
  private func isMeant(_ mark: CurrencyMark, _ range: Range<Int>, isClose: Bool) -> Bool {
    guard writing.isWhole(range) else { return false }
    let isLikely = likely > 0 && mark.currencies.contains(likely)
    if mark.needsPlace, !isLikely { return false }
    if let forms = mark.forms, writing.forms(of: range) != forms {
      guard isClose && isLikely, range.count == 1 || !forms.contains(PriceWriting.accented) else { return false }
    }
    guard mark.isOrdinaryWord else { return true }
    let next = writing.skipBlanks(range.upperBound)
    return next == text.count || !writing.isWordLetter(at: next)
  }
}
