import Listings

/// Remembers the currency of texts that recur from row to row.
///
/// Cost:   a comparison where the text is the same as in the last row, otherwise a dictionary lookup.
struct CurrencyMemory {
  /// The texts one behind the other, from number 1.
  private var bytes: [UInt8] = []
  /// Where each text ends.
  private var ends = [0]
  /// The currency of each text.
  private var currencies: [UInt8] = [0]
  private var index = ValueIndex(slots: 64)
  /// The number of the text of the last row, which the next one usually repeats.
  private var last = 0
  /// A hostile file may have as many currencies as rows.
  private static let limit = 4096

  /// The remembered currency of a text.
  @inline(__always)
  mutating func currency(of text: UnsafeRawBufferPointer) -> UInt8? {
    if last != 0, isText(last, text) { return currencies[last] }
    return lookUp(text)
  }

  private func isText(_ number: Int, _ text: UnsafeRawBufferPointer) -> Bool {
    bytes.withUnsafeBytes { equal(UnsafeRawBufferPointer(rebasing: $0[ends[number - 1]..<ends[number]]), text) }
  }

  /// Looks a text up that is not that of the last row.
  private mutating func lookUp(_ text: UnsafeRawBufferPointer) -> UInt8? {
    guard let known = index.code(of: Fingerprint.of(text), where: { isText(Int($0), text) }) else { return nil }
    last = Int(known)
    return currencies[last]
  }

  /// Remembers the currency of a text that is not known yet, forgetting all others where there are too many.
  mutating func remember(_ text: UnsafeRawBufferPointer, _ currency: UInt8) {
    if ends.count > Self.limit { self = CurrencyMemory() }
    index.add(UInt32(ends.count), Fingerprint.of(text))
    bytes += text
    ends.append(bytes.count)
    currencies.append(currency)
  }

  /// The currency of a text, found once and then remembered.
  mutating func currency(
    of text: UnsafeRawBufferPointer, orFind find: (UnsafeRawBufferPointer) -> UInt8
  ) -> UInt8 {
    if let currency = currency(of: text) { return currency }
    let currency = find(text)
    remember(text, currency)
    return currency
  }
}

/// Remembers what price texts without an amount mean.
///
/// Limits: texts of up to `maximumLength` bytes, so that descriptions in price fields do not fill it.
struct WordingMemory {
  /// The meanings by their texts.
  private var known: [[UInt8]: PriceText.Reading] = [:]
  /// A hostile file may have as many wordings as rows.
  private static let limit = 4096
  /// Bytes of a text that is worth remembering.
  private static let maximumLength = 160

  /// The remembered meaning of a text.
  func reading(of text: UnsafeRawBufferPointer) -> PriceText.Reading? {
    known.isEmpty || text.count > Self.maximumLength ? nil : known[Array(text)]
  }

  /// Remembers a meaning, forgetting all others where there are too many.
  mutating func remember(_ text: UnsafeRawBufferPointer, _ reading: PriceText.Reading) {
    guard text.count <= Self.maximumLength else { return }
    if known.count >= Self.limit { known = [:] }
    known[Array(text)] = reading
  }
}

/// Remembers what marks beside plain numerals mean, so that `R 32,500` is read like `R 1,000` before.
///
/// Shape:  only marks whose meaning does not depend on the number, see `PriceReading.isOfMarksAlone`.
struct MarkMemory {
  /// The meanings by the marks.
  private var known: [PlainPrice.Marks: PriceText.Found] = [:]
  /// The marks of the last row, which most files repeat.
  private var last: (marks: PlainPrice.Marks, meaning: PriceText.Found)?
  /// A hostile file may have as many marks as rows.
  private static let limit = 4096

  /// An earlier result for these marks, with the amount of another text.
  ///
  /// Cost:   one comparison where the last row has the same marks, otherwise a hash lookup.
  mutating func meaning(of marks: PlainPrice.Marks) -> PriceText.Found? {
    if let last, last.marks == marks { return last.meaning }
    guard let meaning = known[marks] else { return nil }
    last = (marks, meaning)
    return meaning
  }

  /// Remembers what marks mean.
  mutating func remember(_ marks: PlainPrice.Marks, _ meaning: PriceText.Found) {
    if known.count >= Self.limit { known = [:] }
    known[marks] = meaning
  }
}

/// A price that is a single numeral (`1,200.50`) with few bytes around it.
///
/// Shape:  the numeral begins with a digit other than zero, and ends with a digit.
/// Cost:   one step per byte; no allocation.
struct PlainPrice {
  /// The bytes around the numeral, and the currency that the row suggests.
  struct Marks: Hashable {
    fileprivate(set) var before: UInt64 = 0
    fileprivate(set) var behind: UInt64 = 0
    fileprivate(set) var behindToo: UInt64 = 0
    var likely: UInt8 = 0

    var isEmpty: Bool { before == 0 && behind == 0 }
  }

  /// The digits with the marks between them.
  let numeral: UnsafeRawBufferPointer
  /// What surrounds the numeral.
  private(set) var marks = Marks()

  /// Nil for texts of any other shape.
  ///
  /// Limits: 8 bytes before and 16 after the numeral, packed into words.
  init?(_ cell: UnsafeRawBufferPointer, likely: UInt8) {
    guard cell.count < 40, let start = cell.firstIndex(where: { $0.isDigit }), start <= 8, cell[start] != 0x30 else {
      return nil
    }
    var end = start
    while end < cell.count, cell[end].isDigit || cell[end] == .comma || cell[end] == UInt8(ascii: ".") { end += 1 }
    while !cell[end - 1].isDigit { end -= 1 }
    guard cell.count - end <= 16, end - start < 24 else { return nil }
    for byte in cell[..<start] { marks.before = marks.before << 8 | UInt64(byte) }
    for byte in cell[end...] {
      if byte.isDigit { return nil }
      marks.behindToo = marks.behindToo << 8 | marks.behind >> 56
      marks.behind = marks.behind << 8 | UInt64(byte)
    }
    marks.likely = likely
    numeral = UnsafeRawBufferPointer(rebasing: cell[start..<end])
  }
}

/// Recognises numbers that people enter where a form requires a price and they do not want to name one.
///
/// Shape:  whole amounts only: 0 and 1 in any currency; digits that count up from one (123, 1234, … 1234567890); 111, and
///         four or more equal digits (1111, 9999, 555555). 11 and 12 only where they are worth less than a US dollar: a bead
///         for 12 dollars is a price, a live animal for 12 baht is not. 222, 555 and 999 are prices, since real ones often
///         end in nines and pairs. `1k`, `1.5` and the ends of ranges mean what they say.
/// Cost:   a few nanoseconds: the last two digits rule out most amounts.
enum PricePlaceholder {
  /// Whether an amount is a placeholder; both arguments are in ten-thousandths.
  @inline(__always)
  static func isOne(_ amount: Int64, usDollars: Int64) -> Bool {
    let (whole, fraction) = amount.quotientAndRemainder(dividingBy: 10_000)
    guard fraction == 0, whole >= 0 else { return false }
    if whole < 2 { return true }
    let (last, previous) = (whole % 10, whole / 10 % 10)
    guard last != 0 || whole == countingToTen, last == previous || last == previous + 1 || whole == countingToTen else {
      return false
    }
    return isPattern(whole, usDollars)
  }

  /// 1 to 9 and 0: the longest number that counts up.
  private static let countingToTen: Int64 = 1_234_567_890

  /// The full test, for the few numbers whose last digits look like it.
  ///
  /// Cost:   at most 13 divisions.
  private static func isPattern(_ whole: Int64, _ usDollars: Int64) -> Bool {
    if whole == 11 || whole == 12 { return usDollars != Dataset.noAmount && usDollars < 10_000 }
    if whole < 111 { return false }
    if whole == 111 || whole == countingToTen { return true }
    var counting: Int64 = 12
    var ones: Int64 = 11
    for digit in Int64(3)...15 {
      ones = ones * 10 + 1
      if digit <= 9 { counting = counting * 10 + digit }
      if whole == counting { return true }
      if digit >= 4, whole % ones == 0, whole / ones <= 9 { return true }
    }
    return false
  }
}
