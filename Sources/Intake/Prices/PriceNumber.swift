import Listings

/// Parses decimal numbers as people write them in prices, exactly.
///
/// Shape:  the marks `.` and `,` between digits follow these rules:
///         two kinds: the last one is the decimal mark and occurs once, the other groups thousands (`1.200,50`, `1,200.50`);
///         one kind, several times: it groups thousands (`1.200.000`), also in the Indian way (`1,20,000`);
///         one kind, once, before exactly three digits: it groups thousands (`1.200`), unless only a zero or more than
///         three digits precede it (`0.125`, `1234.567`), or the currency has three decimals (see `Decimals`);
///         otherwise it is the decimal mark (`12.5`, `9,90`, `164429.8904`, `.99`).
///         Apostrophes and blanks between digits group thousands and need three digits after them. Before two digits, an
///         apostrophe (`12'50`) or a colon (`19:90`) is the decimal mark.
/// Units:  ten-thousandths; further decimals are cut off.
/// Fails:  returns nil for anything else, and for numbers beyond 922 trillion.
enum PriceNumber {
  /// What three digits after a single mark mean.
  enum Decimals {
    /// Thousands.
    case usual
    /// Decimals after a point, thousands after a comma: `12.500` Kuwaiti dinars.
    case three
    /// Decimals after either: `12,500` Tunisian dinars may be twelve and a half.
    case threeAlsoByComma
  }

  /// Parses a text of digits and marks only.
  static func read(_ text: UnsafeRawBufferPointer, _ decimals: Decimals = .usual) -> Int64? {
    guard let decimal = decimalMark(in: text, decimals) else { return nil }
    let mark = decimal < 0 ? text.count : decimal
    guard let whole = whole(UnsafeRawBufferPointer(rebasing: text[..<mark])) else { return nil }
    return combine(whole: whole, fraction: UnsafeRawBufferPointer(rebasing: text[min(mark + 1, text.count)...]))
  }

  static func read(_ text: ArraySlice<UInt8>, _ decimals: Decimals = .usual) -> Int64? {
    text.withUnsafeBytes { read($0, decimals) }
  }

  /// The position of the decimal mark, -1 where there is none; nil where the marks contradict each other.
  ///
  /// Shape:  looks at the last mark, and at how many there are of each kind.
  private static func decimalMark(in text: UnsafeRawBufferPointer, _ decimals: Decimals) -> Int? {
    var points = 0
    var commas = 0
    var others = 0
    var last = -1
    for index in text.indices where !text[index].isDigit {
      switch text[index] {
      case .comma: commas += 1
      case UInt8(ascii: "."): points += 1
      default:
        others += 1
        if points + commas > 0 || text.count - index - 1 == 3 { continue }
      }
      last = index
    }
    if points + commas == 0 { return others == 1 && last >= 0 && text.count - last - 1 == 2 ? last : -1 }
    let isPoint = text[last] == UInt8(ascii: ".")
    if points > 0, commas > 0 { return (isPoint ? points : commas) == 1 ? last : nil }
    if points + commas > 1 { return -1 }
    let before = UnsafeRawBufferPointer(rebasing: text[..<last])
    guard text.count - last - 1 == 3 else { return last }
    if before.allSatisfy({ $0 == 0x30 }) { return last }
    switch decimals {
    case .three where isPoint, .threeAlsoByComma where isPoint: return last
    // `1 250,500` and `1250,500` already show their thousands.
    case .threeAlsoByComma: return before.count > 3 ? last : nil
    default: return before.count > 3 && before.allSatisfy(\.isDigit) ? last : -1
    }
  }

  /// Parses digits in groups: three in the last, two or three in the others, one to three in the first.
  /// Fails:  returns nil for groups of any other size, and for overflow.
  private static func whole(_ text: UnsafeRawBufferPointer) -> Int64? {
    var value: Int64 = 0
    var groups = 0
    var digits = 0
    for byte in text {
      if byte.isDigit {
        let (shifted, tooLarge) = value.multipliedReportingOverflow(by: 10)
        let (sum, overflow) = shifted.addingReportingOverflow(Int64(byte &- 0x30))
        if tooLarge || overflow { return nil }
        value = sum
        digits += 1
      } else {
        guard groups == 0 ? (1...3).contains(digits) : (2...3).contains(digits) else { return nil }
        groups += 1
        digits = 0
      }
    }
    return groups > 0 && digits != 3 ? nil : value
  }

  /// Adds the decimals to the whole number.
  private static func combine(whole: Int64, fraction: UnsafeRawBufferPointer) -> Int64? {
    var part: Int64 = 0
    var unit: Int64 = 1000
    for byte in fraction {
      guard byte.isDigit else { return nil }
      part += Int64(byte &- 0x30) * unit
      unit /= 10
    }
    let (scaled, overflow) = whole.multipliedReportingOverflow(by: 10_000)
    let (sum, tooLarge) = scaled.addingReportingOverflow(part)
    return overflow || tooLarge ? nil : sum
  }

  /// Parses a number as programs write it, with a decimal point: `12`, `12.50`, `1e+05`. Nil for anything else.
  ///
  /// Limits: 15 significant digits; further decimals are cut off.
  static func readPlain(_ bytes: UnsafeRawBufferPointer) -> Int64? {
    var index = 0
    var digits: Int64 = 0
    var count = 0
    var decimals = -1
    while index < bytes.count {
      let byte = bytes[index]
      if byte.isDigit {
        if decimals < 4 {
          guard count < 15 else { return nil }
          digits = digits &* 10 &+ Int64(byte &- 0x30)
          count += 1
          if decimals >= 0 { decimals += 1 }
        }
      } else if byte == UInt8(ascii: "."), decimals < 0, count > 0 {
        decimals = 0
      } else {
        break
      }
      index += 1
    }
    guard count > 0 else { return nil }
    var power = 4 - max(decimals, 0)
    if index < bytes.count {
      guard let exponent = exponent(bytes, from: index) else { return nil }
      power += exponent
    }
    return scaled(digits, by: power)
  }

  /// Parses an exponent of one or two digits.
  private static func exponent(_ bytes: UnsafeRawBufferPointer, from start: Int) -> Int? {
    guard bytes[start] | 0x20 == UInt8(ascii: "e"), start + 1 < bytes.count else { return nil }
    var index = start + 1
    let isNegative = bytes[index] == UInt8(ascii: "-")
    if isNegative || bytes[index] == UInt8(ascii: "+") { index += 1 }
    guard index < bytes.count, bytes.count - index <= 2 else { return nil }
    var value = 0
    while index < bytes.count {
      guard bytes[index].isDigit else { return nil }
      value = value * 10 + Int(bytes[index] &- 0x30)
      index += 1
    }
    return isNegative ? -value : value
  }

  /// A value times a power of ten, cut off below; nil where it overflows.
  @inline(__always)
  static func scaled(_ value: Int64, by power: Int) -> Int64? {
    var value = value
    var power = power
    while power > 0 {
      let (next, overflow) = value.multipliedReportingOverflow(by: 10)
      if overflow { return nil }
      value = next
      power -= 1
    }
    while power < 0, value != 0 {
      value /= 10
      power += 1
    }
    return value
  }
}

/// A number in the text of a price, with everything beside it that belongs to it.
struct PricedNumber {
  /// The range of its digits and the marks between them.
  let digits: Range<Int>
  /// The power of ten by which a word after the digits multiplies them.
  var power = 0
  /// Whole units after a multiple: the 600,000 of `1tr6`.
  var rest: Int64 = 0
  /// The currencies that the multiple suggests; empty for most.
  var implied: [String] = []
  /// The currency marks on both sides.
  var signs = CurrencySigns()
  /// Hundredths or tenths after a mark, in ten-thousandths: `12€50`, `3块5`.
  var fraction: Int64 = 0
  /// Where it begins with its marks.
  var start: Int
  /// Where it ends with its multiples and marks.
  var end: Int
  /// Why it is not an amount; nil where it may be one.
  var problem: PriceProblem?
  /// What words around it say about it.
  var role = PriceRoles.Role.none

  /// Whether it has neither mark nor multiple.
  var isBare: Bool { signs.isEmpty && power == 0 }

  /// Whether another number can be the price beside it: it is a measure, a telephone number, or a percentage.
  var isAside: Bool {
    switch problem {
    case nil: role.isAside
    case .measure: true
    case .digitsUnclear: digits.count > 6 || isGluedOrShare
    default: false
    }
  }
  /// Whether it is unclear only because letters or a percent sign are attached.
  var isGluedOrShare = false

  /// The amount in ten-thousandths; nil for digits that are not a number as people write them, and for overflow.
  func amount(in text: [UInt8], _ decimals: PriceNumber.Decimals) -> Int64? {
    guard let value = PriceNumber.read(text[digits], decimals), let scaled = PriceNumber.scaled(value, by: power),
      let more = PriceNumber.scaled(rest, by: 4)
    else { return nil }
    // A tail only continues whole numbers: "1.5tr6" means nothing.
    if rest > 0 || fraction > 0, value % 10_000 != 0 { return nil }
    let (sum, overflow) = scaled.addingReportingOverflow(more)
    let (whole, tooLarge) = sum.addingReportingOverflow(fraction)
    return overflow || tooLarge ? nil : PriceNumber.scaled(whole, by: signs.power)
  }
}

/// The marks beside a number, combined: `AUD $`, `$ … CAD`, `NT$ … 元`.
struct CurrencySigns {
  /// The currencies that all marks may mean, the usual one first.
  private(set) var currencies: [UInt8] = []
  /// The power of ten of the mark, if it has one.
  private(set) var power = 0
  /// Whether marks exclude each other: `€ … USD`.
  private(set) var isContradictory = false
  /// Whether unknown letters precede a `$`: `XY$`.
  var isUnknown = false
  /// Whether one of the marks is the plain `$`.
  var hasDollar = false
  private var areUnmistakable = false
  private var isNarrowedByWeak = false
  private var hasSettled = false

  /// Whether the marks decide which currency is meant, although others share them.
  var areSettled: Bool { currencies.count == 1 ? !isNarrowedByWeak : hasSettled }
  /// Whether there is no mark at all.
  var isEmpty: Bool { currencies.isEmpty && !isUnknown }

  /// Adds a mark, and narrows the currencies to those that all marks may mean.
  ///
  /// Shape:  two unmistakable marks without a common currency contradict each other; the later one is kept.
  mutating func add(_ mark: CurrencyMark) {
    if power == 0 { power = mark.power }
    hasDollar = hasDollar || mark.isDollar
    let common =
      mark.currencies.count <= currencies.count || currencies.isEmpty
      ? mark.currencies.filter { currencies.isEmpty || currencies.contains($0) }
      : currencies.filter { mark.currencies.contains($0) }
    if !common.isEmpty {
      if mark.isWeak, common.count < currencies.count { isNarrowedByWeak = true }
      hasSettled = mark.isSettled && (currencies.isEmpty || hasSettled)
      currencies = common
      areUnmistakable = areUnmistakable || mark.isUnmistakable
    } else if mark.isUnmistakable {
      // Letters that may be anything give way to signs, codes and words, which contradict each other.
      isContradictory = isContradictory || areUnmistakable
      (currencies, areUnmistakable) = (mark.currencies, true)
    }
  }

  /// Replaces the marks by one that includes the letters of a country, such as `AU $`.
  mutating func replace(with mark: CurrencyMark) {
    self = CurrencySigns()
    add(mark)
    hasDollar = true
  }
}
