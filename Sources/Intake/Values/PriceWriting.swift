import Listings

/// The text of a price as it is compared: digits and marks of all scripts as ASCII, letters folded, and what folding took
/// away.
///
/// Shape:  `forms` has a value per byte of `text`: `plain`, `capital` (of ASCII) or `accented` (a letter that folding made
///         a plain one, as `đ`); empty where all are plain.
/// Cost:   one pass, two allocations.
struct PriceWriting {
  static let plain: UInt8 = 0
  static let capital: UInt8 = 1
  static let accented: UInt8 = 2

  private(set) var text: [UInt8] = []
  private(set) var forms: [UInt8] = []
  private var areAllPlain = true

  init(_ bytes: UnsafeRawBufferPointer) {
    text.reserveCapacity(bytes.count)
    forms.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte < 0x80 {
        add(ascii: byte)
        index += 1
        continue
      }
      let (scalar, length) = Folding.decode(bytes, index)
      if length == 0 {
        append(byte, Self.plain)
      } else {
        add(scalar, bytes, index, length)
      }
      index += max(length, 1)
    }
    if areAllPlain { forms = [] }
  }

  init(_ string: String) {
    var string = string
    self = string.withUTF8 { PriceWriting(UnsafeRawBufferPointer($0)) }
  }

  /// A word of a table, as it is compared.
  static func folded(_ word: some StringProtocol) -> [UInt8] { PriceWriting(String(word)).text }

  private mutating func append(_ byte: UInt8, _ form: UInt8) {
    text.append(byte)
    forms.append(form)
    if form != Self.plain { areAllPlain = false }
  }

  private mutating func add(ascii byte: UInt8) {
    if byte &- 0x41 < 26 {
      append(byte | 0x20, Self.capital)
    } else {
      append(byte == .tab || byte == .lineFeed || byte == .carriageReturn ? .blank : byte, Self.plain)
    }
  }

  private mutating func add(_ scalar: UInt32, _ bytes: UnsafeRawBufferPointer, _ index: Int, _ length: Int) {
    if let byte = PriceDigits.ascii(scalar) { return append(byte, Self.plain) }
    if PriceDigits.isInvisible(scalar) { return }
    if (0x300...0x36F).contains(scalar) {
      // The accent of the letter before it.
      if let last = forms.indices.last { (forms[last], areAllPlain) = (Self.accented, false) }
      return
    }
    let folded = Folding.fold(scalar)
    if folded == scalar {
      for place in index..<index + length { append(bytes[place], Self.plain) }
    } else if folded < 0x80 {
      append(UInt8(folded), Self.accented)
    } else if let scalar = Unicode.Scalar(folded) {
      for byte in UTF8.encode(scalar).unsafelyUnwrapped { append(byte, Self.plain) }
    }
  }

  func forms(of range: Range<Int>) -> [UInt8] {
    forms.isEmpty ? Array(repeating: Self.plain, count: range.count) : Array(forms[range])
  }

  func isCapital(_ index: Int) -> Bool { index < forms.count && forms[index] == Self.capital }

  /// Whether all letters of a range are capitals.
  func isInCapitals(_ range: Range<Int>) -> Bool { range.allSatisfy { !text[$0].isASCIILetter || isCapital($0) } }

  // MARK: Moving about

  func skipBlanks(_ index: Int) -> Int {
    var index = index
    while index < text.count, text[index] == .blank { index += 1 }
    return index
  }

  func skipBlanksBack(_ index: Int, notBelow least: Int = 0) -> Int {
    var index = index
    while index > least, text[index - 1] == .blank { index -= 1 }
    return index
  }

  func isDigit(_ index: Int) -> Bool { index < text.count && text[index].isDigit }

  func has(_ word: [UInt8], at start: Int) -> Bool {
    guard start + word.count <= text.count else { return false }
    for index in word.indices where text[start + index] != word[index] { return false }
    return true
  }

  /// Whether the character at `index` is a letter of a script that puts blanks between words: Latin, Greek, Cyrillic,
  /// Armenian, Hebrew, Arabic. Those of others (Chinese, Thai …) begin with bytes from E0 on.
  func isWordLetter(at index: Int) -> Bool { index < text.count && Self.isWordLetter(text[index]) }

  func isWordLetter(before index: Int) -> Bool {
    var start = index - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start >= 0 && Self.isWordLetter(text[start])
  }

  static func isWordLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter || (0xC3...0xDB).contains(byte) }

  /// Whether `range` is no part of a longer word.
  func isWhole(_ range: Range<Int>) -> Bool {
    guard let first = range.first else { return false }
    if Self.isWordLetter(text[first]), isWordLetter(before: first) { return false }
    return !(isWordLetter(before: range.upperBound) && isWordLetter(at: range.upperBound))
  }
}
