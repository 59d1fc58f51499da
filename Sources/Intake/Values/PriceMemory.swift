import Listings

/// Answers once found, for texts that come again and again.
struct CurrencyMemory {
  private var known: [[UInt8]: UInt8] = [:]
  private var last: [UInt8] = []
  private var lastCurrency: UInt8 = 0
  /// Hostile files have as many currencies as rows.
  private static let limit = 4096

  @inline(__always)
  mutating func currency(of text: UnsafeRawBufferPointer) -> UInt8? {
    if last.count == text.count, last.withUnsafeBytes({ equal($0, text) }) { return lastCurrency }
    return slowly(text)
  }

  private mutating func slowly(_ text: UnsafeRawBufferPointer) -> UInt8? {
    let key = Array(text)
    guard let currency = known[key] else { return nil }
    (last, lastCurrency) = (key, currency)
    return currency
  }

  mutating func remember(_ text: UnsafeRawBufferPointer, _ currency: UInt8) {
    if known.count >= Self.limit { known = [:] }
    known[Array(text)] = currency
  }

  mutating func currency(
    of text: UnsafeRawBufferPointer, orFind find: (UnsafeRawBufferPointer) -> UInt8
  ) -> UInt8 {
    if let currency = currency(of: text) { return currency }
    let currency = find(text)
    remember(text, currency)
    return currency
  }
}

/// Price texts without an amount and what they say.
struct WordingMemory {
  private var known: [[UInt8]: PriceText.Reading] = [:]
  /// Hostile files have as many wordings as rows.
  private static let limit = 4096
  private static let longest = 160

  func reading(of text: UnsafeRawBufferPointer) -> PriceText.Reading? {
    known.isEmpty || text.count > Self.longest ? nil : known[Array(text)]
  }

  mutating func remember(_ text: UnsafeRawBufferPointer, _ reading: PriceText.Reading) {
    guard text.count <= Self.longest else { return }
    if known.count >= Self.limit { known = [:] }
    known[Array(text)] = reading
  }
}

/// What the marks beside plain numerals mean, known from texts already read: `R 32,500` is read as `R 1,000` was.
struct MarkMemory {
  private var known: [PlainPrice.Marks: PriceText.Found] = [:]
  private var last: (marks: PlainPrice.Marks, meaning: PriceText.Found)?
  /// Hostile files have as many marks as rows.
  private static let limit = 4096

  /// A reading with these marks; its amount is another's.
  mutating func meaning(of marks: PlainPrice.Marks) -> PriceText.Found? {
    if let last, last.marks == marks { return last.meaning }
    guard let meaning = known[marks] else { return nil }
    last = (marks, meaning)
    return meaning
  }

  mutating func remember(_ marks: PlainPrice.Marks, _ meaning: PriceText.Found) {
    if known.count >= Self.limit { known = [:] }
    known[marks] = meaning
  }
}

/// A price that is one numeral (`1,200.50`) with little before and behind it.
///
/// Shape:  the numeral begins with a digit that is no zero, and ends with one.
/// Cost:   one look at each byte; no allocation.
struct PlainPrice {
  /// The bytes before and behind the numeral, and the currency that other signs speak for.
  struct Marks: Hashable {
    fileprivate(set) var before: UInt64 = 0
    fileprivate(set) var behind: UInt64 = 0
    fileprivate(set) var behindToo: UInt64 = 0
    var likely: UInt8 = 0

    var isEmpty: Bool { before == 0 && behind == 0 }
  }

  let numeral: UnsafeRawBufferPointer
  private(set) var marks = Marks()

  /// Nil for texts of another shape.
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
