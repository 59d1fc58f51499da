/// Numbers as sheets write them, turned into the digits that people see.
///
/// Rules:  digits stand as they are written, without the zeros that say nothing (`5.0` is `5`): so a spreadsheet writes
///         them too when it saves the sheet again, and an id stays the same id.
///         An exponent is written out where that takes 21 digits at most, so that a long id stays one.
///         A fraction of more than 15 digits is the nearest binary number to what was typed (`19.989999999999998`);
///         the shortest digits that give the same number are what was typed.
enum SheetNumber {
  private static let longestWhole = 21
  private static let mostLeadingZeros = 7
  /// Decimal digits that a double always keeps.
  private static let keptDigits = 15

  static func append(_ text: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    guard let decimal = Decimal(text) else { return out.append(contentsOf: text) }
    if decimal.isFraction, decimal.digits.count > keptDigits, let value = Double(String(decoding: text, as: UTF8.self)),
      value.isFinite
    {
      let shortest = Array(value.description.utf8)
      if let short = shortest.withUnsafeBytes({ Decimal($0) }) { return append(short, written: text, to: &out) }
    }
    append(decimal, written: text, to: &out)
  }

  private static func append(_ decimal: Decimal, written: UnsafeRawBufferPointer, to out: inout [UInt8]) {
    let (digits, point) = (decimal.digits, decimal.point)
    guard !digits.isEmpty else { return out.append(UInt8(ascii: "0")) }
    guard point <= longestWhole, point > -mostLeadingZeros, digits.count <= 40 else {
      return out.append(contentsOf: written)
    }
    if decimal.isNegative { out.append(UInt8(ascii: "-")) }
    if point <= 0 { out.append(UInt8(ascii: "0")) }
    for place in min(0, point)..<max(point, digits.count) {
      if place == point { out.append(UInt8(ascii: ".")) }
      out.append(digits.indices.contains(place) ? digits[place] : UInt8(ascii: "0"))
    }
  }

  /// A decimal number: digits without zeros at either end, and how many of them stand before the point.
  private struct Decimal {
    private(set) var digits: [UInt8] = []
    private(set) var point = 0
    private(set) var isNegative = false

    var isFraction: Bool { digits.count > point }

    init?(_ text: UnsafeRawBufferPointer) {
      var place = 0
      if place < text.count, text[place] == UInt8(ascii: "-") || text[place] == UInt8(ascii: "+") {
        isNegative = text[place] == UInt8(ascii: "-")
        place += 1
      }
      var hasPoint = false
      let start = place
      while place < text.count {
        if text[place] == UInt8(ascii: "."), !hasPoint {
          hasPoint = true
        } else if text[place].isDigit {
          if !hasPoint, text[place] != 0x30 || !digits.isEmpty { point += 1 }
          if hasPoint, digits.isEmpty, text[place] == 0x30 { point -= 1 }
          if text[place] != 0x30 || !digits.isEmpty { digits.append(text[place]) }
        } else {
          break
        }
        place += 1
      }
      guard place > start, place - start > (hasPoint ? 1 : 0) else { return nil }
      if place < text.count {
        guard text[place] | 0x20 == UInt8(ascii: "e"),
          let exponent = Int(String(decoding: text[(place + 1)...], as: UTF8.self)), abs(exponent) < 1000
        else { return nil }
        point += exponent
      }
      while digits.last == 0x30 { digits.removeLast() }
    }
  }
}
