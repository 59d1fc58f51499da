import Listings

/// The normalised text of a price: digits and punctuation of all scripts as ASCII, letters folded, with a record of what
/// folding removed.
///
/// Shape:  `forms` has a value per byte of `text`: `plain`, `capital` (in ASCII), or `accented` (a letter that was folded to
///         a plain one, such as `đ`). It is empty where all are plain.
/// Cost:   one pass, two allocations.
struct PriceNotation {
  /// No form was lost, or there was none.
  static let plain: UInt8 = 0
  /// An ASCII letter that was a capital.
  static let capital: UInt8 = 1
  /// A letter that had an accent.
  static let accented: UInt8 = 2

  /// The normalised text, in UTF-8.
  private(set) var text: [UInt8] = []
  /// The form of every byte of `text`.
  private(set) var forms: [UInt8] = []
  private var areAllPlain = true

  /// Normalises the bytes of a cell.
  ///
  /// Shape:  invalid bytes stay; direction marks and zero-width characters vanish.
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
    self = string.withUTF8 { PriceNotation(UnsafeRawBufferPointer($0)) }
  }

  /// A word of a table, normalised in the same way.
  static func folded(_ word: some StringProtocol) -> [UInt8] { PriceNotation(String(word)).text }

  /// Appends a byte with its form.
  private mutating func append(_ byte: UInt8, _ form: UInt8) {
    text.append(byte)
    forms.append(form)
    if form != Self.plain { areAllPlain = false }
  }

  /// Appends an ASCII byte in lower case.
  private mutating func add(ascii byte: UInt8) {
    if byte &- 0x41 < 26 {
      append(byte | 0x20, Self.capital)
    } else {
      append(byte == .tab || byte == .lineFeed || byte == .carriageReturn ? .blank : byte, Self.plain)
    }
  }

  /// Appends a character beyond ASCII, folded.
  ///
  /// Shape:  a combining accent marks the letter before it instead.
  private mutating func add(_ scalar: UInt32, _ bytes: UnsafeRawBufferPointer, _ index: Int, _ length: Int) {
    if let byte = PriceDigits.ascii(scalar) { return append(byte, Self.plain) }
    if PriceDigits.isInvisible(scalar) { return }
    if (0x300...0x36F).contains(scalar) {
      // It belongs to the letter before it.
      if let last = forms.indices.last { (forms[last], areAllPlain) = (Self.accented, false) }
      return
    }
    let folded = Folding.fold(scalar)
    if folded == scalar {
      for position in index..<index + length { append(bytes[position], Self.plain) }
    } else if folded < 0x80 {
      append(UInt8(folded), Self.accented)
    } else if let scalar = Unicode.Scalar(folded) {
      for byte in UTF8.encode(scalar).unsafelyUnwrapped { append(byte, Self.plain) }
    }
  }

  /// The forms of a range, also where all are plain.
  func forms(of range: Range<Int>) -> [UInt8] {
    forms.isEmpty ? Array(repeating: Self.plain, count: range.count) : Array(forms[range])
  }

  /// Whether the letter at `index` was a capital.
  func isCapital(_ index: Int) -> Bool { index < forms.count && forms[index] == Self.capital }

  /// Whether all letters in a range are capitals.
  func isInCapitals(_ range: Range<Int>) -> Bool { range.allSatisfy { !text[$0].isASCIILetter || isCapital($0) } }

  // MARK: Navigation

  /// The first position at or after `index` that is not a blank.
  func skipBlanks(_ index: Int) -> Int {
    var index = index
    while index < text.count, text[index] == .blank { index += 1 }
    return index
  }

  /// The end of what precedes the blanks before `index`.
  func skipBlanksBack(_ index: Int, notBelow limit: Int = 0) -> Int {
    var index = index
    while index > limit, text[index - 1] == .blank { index -= 1 }
    return index
  }

  /// Whether a digit is at `index`.
  func isDigit(_ index: Int) -> Bool { index < text.count && text[index].isDigit }

  /// Whether the text continues with these bytes.
  func has(_ word: [UInt8], at start: Int) -> Bool {
    guard start + word.count <= text.count else { return false }
    for index in word.indices where text[start + index] != word[index] { return false }
    return true
  }

  /// Whether the character at `index` is a letter of a script that separates words by blanks: Latin, Greek, Cyrillic,
  /// Armenian, Hebrew, Arabic. Letters of other scripts (Chinese, Thai …) begin with bytes from E0 on.
  func isWordLetter(at index: Int) -> Bool { index < text.count && Self.isWordLetter(text[index]) }

  /// The same for the character before `index`.
  func isWordLetter(before index: Int) -> Bool {
    var start = index - 1
    while start > 0, text[start] & 0xC0 == 0x80 { start -= 1 }
    return start >= 0 && Self.isWordLetter(text[start])
  }

  /// Whether a byte begins a letter of such a script.
  static func isWordLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter || (0xC3...0xDB).contains(byte) }

  /// Whether a range is not part of a longer word.
  func isWhole(_ range: Range<Int>) -> Bool {
    guard let first = range.first else { return false }
    if Self.isWordLetter(text[first]), isWordLetter(before: first) { return false }
    return !(isWordLetter(before: range.upperBound) && isWordLetter(at: range.upperBound))
  }
}

/// Maps digits and punctuation of all scripts to ASCII.
enum PriceDigits {
  /// The zero of each run of ten digits.
  ///
  /// Source: Unicode 14, general category Nd: Arabic, Persian, N'Ko, the scripts of India, Thai, Lao, Tibetan, Myanmar and
  /// Shan, Khmer, Mongolian, full width.
  private static let zeros: [UInt32] = [
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x1090, 0x17E0, 0x1810, 0xFF10,
  ]

  /// Whether a text has control characters other than tabs and line breaks. With escape sequences in it, a screen could
  /// show something else than what was written.
  static func hasControls(_ bytes: UnsafeRawBufferPointer) -> Bool {
    var before: UInt8 = 0
    for byte in bytes {
      if byte < 0x20, byte != .tab, byte != .lineFeed, byte != .carriageReturn { return true }
      // U+0080 to U+009F.
      if byte == 0x7F || before == 0xC2 && byte < 0xA0 { return true }
      before = byte
    }
    return false
  }

  /// The ASCII digit or mark that a character means in an amount; nil for any other.
  ///
  /// Cost:   a few comparisons; text in ASCII never gets here.
  static func ascii(_ scalar: UInt32) -> UInt8? {
    if scalar >= 0x660, let zero = zeros.first(where: { scalar >= $0 && scalar < $0 + 10 }) {
      return 0x30 + UInt8(scalar - zero)
    }
    switch scalar {
    case 0x66B, 0xFF0E: return UInt8(ascii: ".")
    case 0x66C, 0x60C, 0xFF0C: return .comma
    case 0xA0, 0x1680, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: return .blank
    case 0x60, 0xB4, 0x2018, 0x2019, 0x2032, 0xFF07: return UInt8(ascii: "'")
    case 0x2010...0x2015, 0x2212, 0xFE58, 0xFE63, 0xFF0D: return UInt8(ascii: "-")
    case 0x223C, 0x301C: return UInt8(ascii: "~")
    case 0xFE69: return UInt8(ascii: "$")
    // Signs of multiplication.
    case 0xD7, 0x2715, 0x2A2F: return UInt8(ascii: "x")
    default: return nil
    }
  }

  /// Whether it is a direction mark or zero-width character, as around Arabic and Persian amounts, or a vowel mark or
  /// lengthened line within an Arabic word.
  static func isInvisible(_ scalar: UInt32) -> Bool {
    (0x200B...0x200F).contains(scalar) || (0x202A...0x202E).contains(scalar) || (0x2066...0x2069).contains(scalar)
      || (0x64B...0x652).contains(scalar) || scalar == 0x640 || scalar == 0x61C || scalar == 0xFEFF || scalar == 0xFE0F
  }
}
