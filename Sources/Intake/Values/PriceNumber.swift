import Listings

/// A decimal number as people write prices, exactly.
///
/// Rules, for the marks `.` and `,` between digits:
/// - two kinds: the last one is the decimal mark and stands once, the other groups thousands (`1.200,50`, `1,200.50`);
/// - one kind, several times: it groups thousands (`1.200.000`), also in the Indian way (`1,20,000`);
/// - one kind, once, with exactly three digits after it: it groups thousands (`1.200`), unless at most a zero or more
///   than three digits stand before it (`0.125`, `1234.567`), or the currency has three decimals (see `Decimals`);
/// - otherwise it is the decimal mark (`12.5`, `9,90`, `164429.8904`, `.99`).
/// Apostrophes and blanks between digits group thousands and need three digits after them; with two, an apostrophe
/// (`12'50`) or a colon (`19:90`) is the decimal mark.
/// Units:  ten-thousandths; further decimals are cut off.
/// Fails:  nil for anything else, and for numbers beyond 922 trillion.
enum PriceNumber {
  /// What three digits behind a single mark are.
  enum Decimals {
    case usual
    /// Decimals behind a point, thousands behind a comma: `12.500` Kuwaiti dinars.
    case three
    /// Decimals behind a point, and behind a comma either: `12,500` Tunisian dinars may be twelve and a half.
    case threeAlsoByComma
  }

  /// Reads `text`, digits and marks only.
  static func read(_ text: UnsafeRawBufferPointer, _ decimals: Decimals = .usual) -> Int64? {
    guard let decimal = decimalMark(in: text, decimals) else { return nil }
    let mark = decimal < 0 ? text.count : decimal
    guard let whole = whole(UnsafeRawBufferPointer(rebasing: text[..<mark])) else { return nil }
    return combine(whole: whole, fraction: UnsafeRawBufferPointer(rebasing: text[min(mark + 1, text.count)...]))
  }

  static func read(_ text: ArraySlice<UInt8>, _ decimals: Decimals = .usual) -> Int64? {
    text.withUnsafeBytes { read($0, decimals) }
  }

  /// The place of the decimal mark, -1 for none; nil where the marks contradict each other.
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
    // `1 250,500` and `1250,500` have their thousands already.
    case .threeAlsoByComma: return before.count > 3 ? last : nil
    default: return before.count > 3 && before.allSatisfy(\.isDigit) ? last : -1
    }
  }

  /// Digits in groups: the last has three, those before it two or three, the first one to three.
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

  /// A number as programs write it: `12`, `12.50`, `1e+05`, always with a point. Nil for anything else.
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
