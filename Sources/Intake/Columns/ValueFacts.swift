import Listings

/// What one sampled value looks like: everything that columns are recognised by, found in one go.
///
/// Shape:  depends on the value and the marks of currencies alone, neither on its column nor on its file.
/// Cost:   a pass over the bytes of ASCII text; other text is also taken apart into characters. Values short enough for a
///         time or a price are parsed as both.
struct ValueFacts: Equatable {
  /// Yes-or-no facts; `ColumnShape` says what each one means.
  struct Traits: OptionSet {
    let rawValue: UInt16

    static let address = Traits(rawValue: 1 << 0)
    static let picture = Traits(rawValue: 1 << 1)
    static let path = Traits(rawValue: 1 << 2)
    static let time = Traits(rawValue: 1 << 3)
    static let number = Traits(rawValue: 1 << 4)
    static let bareAmount = Traits(rawValue: 1 << 5)
    static let markedAmount = Traits(rawValue: 1 << 6)
    static let noPrice = Traits(rawValue: 1 << 7)
    static let alias = Traits(rawValue: 1 << 8)
    static let digit = Traits(rawValue: 1 << 9)
    static let sentence = Traits(rawValue: 1 << 10)
    static let lineBreak = Traits(rawValue: 1 << 11)
    static let wordy = Traits(rawValue: 1 << 12)
  }

  let traits: Traits
  /// In characters as readers count them.
  let length: Int32

  /// Examines a value.
  init(_ value: String, _ currencies: Currencies) {
    var text = value
    var traits: Traits = []
    if ValueShape.number(value) != nil { traits.insert(.number) }
    if ValueShape.time(value) != nil { traits.insert(.time) }
    switch PriceShape(value, currencies: currencies) {
    case .number: traits.insert(.bareAmount)
    case .money: traits.insert(.markedAmount)
    case .noPrice: traits.insert(.noPrice)
    case .missing, .measure, .other: break
    }
    let ascii = text.withUTF8 { ASCIIValue(UnsafeRawBufferPointer($0)) }
    if ValueShape.isAddress(value) {
      traits.insert(.address)
      if ValueShape.isPicture(value) { traits.insert(.picture) }
    }
    // `//cdn.example/a` is both.
    if ValueShape.isPath(value) { traits.insert(.path) }
    if ascii.isASCII {
      traits.formUnion(ascii.traits)
      length = Int32(clamping: ascii.length)
    } else {
      let characters = value.count
      traits.formUnion(ascii.traits.intersection([.lineBreak, .wordy]))
      if (3...40).contains(characters), ValueShape.isAlias(value) { traits.insert(.alias) }
      if ascii.hasPlainDigit || value.contains(where: \.isNumber) { traits.insert(.digit) }
      if ValueShape.endsSentence(value) { traits.insert(.sentence) }
      length = Int32(clamping: characters)
    }
    self.traits = traits
  }
}

/// What a pass over the bytes of a value reveals.
///
/// Shape:  `traits` and `length` are complete where `isASCII`; otherwise they have line breaks and wordiness, which bytes
///         show in any script.
private struct ASCIIValue {
  private(set) var traits: ValueFacts.Traits = []
  /// In characters, of which CR LF is one.
  private(set) var length = 0
  private(set) var isASCII = true
  /// Whether an ASCII digit follows another ASCII byte, or begins the text, so that it begins a character.
  private(set) var hasPlainDigit = false

  init(_ bytes: UnsafeRawBufferPointer) {
    var (letters, digits, marks, pairs) = (0, 0, 0, 0)
    var hasBlank = false
    var before: UInt8 = 0
    for (index, byte) in bytes.enumerated() {
      if byte.isDigit {
        digits += 1
        if before < 0x80 { hasPlainDigit = true }
      } else if byte.isASCIILetter {
        letters += 1
      } else if byte == .blank {
        hasBlank = true
      } else if byte >= 0x80 {
        isASCII = false
        // From U+0100 on.
        if byte >= 0xC4 { traits.insert(.wordy) }
        if Self.isLineBreak(bytes, index) { traits.insert(.lineBreak) }
      } else if (0x0A...0x0D).contains(byte) {
        traits.insert(.lineBreak)
        if byte == .lineFeed, before == .carriageReturn { pairs += 1 }
      } else if Self.isMark(byte) {
        marks += 1
      }
      before = byte
    }
    if hasBlank { traits.insert(.wordy) }
    guard isASCII else { return }
    length = bytes.count - pairs
    if digits > 0 { traits.insert(.digit) }
    if hasBlank, let last = bytes.last, ".!?".utf8.contains(last) { traits.insert(.sentence) }
    if (3...40).contains(length), letters >= 2, letters >= digits, letters + digits + marks == length,
      Self.isAlias(bytes, hasDigits: digits > 0)
    {
      traits.insert(.alias)
    }
  }

  /// Whether one of the line breaks beyond ASCII is here: U+0085, U+2028, U+2029.
  private static func isLineBreak(_ bytes: UnsafeRawBufferPointer, _ index: Int) -> Bool {
    if bytes[index] == 0xC2 { return bytes[index + 1] == 0x85 }
    return bytes[index] == 0xE2 && bytes[index + 1] == 0x80 && bytes[index + 2] & 0xFE == 0xA8
  }

  /// The marks in user names.
  private static func isMark(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "@"), UInt8(ascii: "-"): true
    default: false
    }
  }

  /// The rest of `ValueShape.isAlias`, for text of letters, digits and marks.
  private static func isAlias(_ bytes: UnsafeRawBufferPointer, hasDigits: Bool) -> Bool {
    let point = UInt8(ascii: ".")
    guard bytes[bytes.count - 1] != point else { return false }
    var (points, others) = (0, 0)
    for index in bytes.indices {
      if bytes[index] == point {
        if index > 0, bytes[index - 1] == point { return false }
        points += 1
      } else if bytes[index] == UInt8(ascii: "_") || bytes[index] == UInt8(ascii: "@") {
        others += 1
      }
    }
    return hasDigits || others > 0 || points > 0 && bytes[0] != point
  }
}

/// The facts about values, by the marks of currencies in the tables, remembered from column to column and file to file.
package final class ValueMemory: Sendable {
  /// The marks of currencies by which amounts are recognised.
  let currencies: Currencies
  private let known = TextMemory<ValueFacts>()

  init(_ currencies: Currencies) { self.currencies = currencies }

  /// The facts about one value.
  func facts(of value: String) -> ValueFacts { known.finding(of: value) { ValueFacts(value, currencies) } }

  /// Frees the memory.
  func forget() { known.forget() }
}
