/// Parses JSON as it occurs in packets, audit lines and saved sessions: without fractions, repeated names in an object, and
/// unpaired surrogates.
///
/// Shape:  the whole text must be a single value; white space may come between tokens.
/// Cost:   O(bytes), with one copy of each text.
/// Fails:  with the byte and the reason, at the first deviation.
/// Limits: `maximumDepth` levels, since a hostile file must not exhaust the stack.
/// Source: RFC 8259, narrowed by the packet specification, section 3.
package struct JSONReading {
  /// Where a text is not valid, and why.
  package struct ParseError: Error, Equatable {
    /// The position in the text, from 0.
    package let byte: Int
    /// The reason as a clause, for people.
    package let why: String
  }

  /// Levels of arrays and objects.
  private static let maximumDepth = 64
  private let bytes: [UInt8]
  private var index = 0

  /// Parses a text.
  ///
  /// Fails:  with the first error; what was parsed until then is lost.
  package static func value(of bytes: [UInt8]) throws(ParseError) -> JSONValue {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw ParseError(byte: 0, why: "it is not UTF-8") }
    var reading = JSONReading(bytes: bytes)
    reading.skipBlanks()
    let value = try reading.value(depth: 0)
    reading.skipBlanks()
    guard reading.index == bytes.count else { throw reading.error("something follows the value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  /// The error at the current position.
  private func error(_ why: String) -> ParseError { ParseError(byte: index, why: why) }

  /// The next byte; nil at the end of the text.
  private var next: UInt8? { index < bytes.count ? bytes[index] : nil }

  /// Skips white space.
  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { index += 1 }
  }

  /// Takes a byte, if it is next.
  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    index += 1
    return true
  }

  /// Takes a word, if it is next.
  private mutating func take(word: String) -> Bool {
    guard bytes[index...].starts(with: word.utf8) else { return false }
    index += word.utf8.count
    return true
  }

  /// Parses any value.
  private mutating func value(depth: Int) throws(ParseError) -> JSONValue {
    guard depth < Self.maximumDepth else { throw error("it is nested too deeply") }
    switch next {
    case 0x22: return .text(try text())
    case 0x7b: return try object(depth: depth)
    case 0x5b: return try list(depth: depth)
    case .some(0x2d), .some(0x30...0x39): return try number()
    default:
      if take(word: "true") { return .truth(true) }
      if take(word: "false") { return .truth(false) }
      if take(word: "null") { return .null }
      throw error("no value begins here")
    }
  }

  /// Parses an object.
  ///
  /// Fails:  where a name is repeated, since readers disagree about which one counts.
  private mutating func object(depth: Int) throws(ParseError) -> JSONValue {
    index += 1
    var map: [String: JSONValue] = [:]
    skipBlanks()
    if take(0x7d) { return .map(map) }
    while true {
      skipBlanks()
      guard next == 0x22 else { throw error("a name is missing") }
      let name = try text()
      skipBlanks()
      guard take(0x3a) else { throw error("a colon is missing") }
      skipBlanks()
      guard map.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
        throw error("one name stands twice in an object")
      }
      skipBlanks()
      if take(0x7d) { return .map(map) }
      guard take(0x2c) else { throw error("a comma is missing") }
    }
  }

  /// Parses an array.
  private mutating func list(depth: Int) throws(ParseError) -> JSONValue {
    index += 1
    var values: [JSONValue] = []
    skipBlanks()
    if take(0x5d) { return .list(values) }
    while true {
      skipBlanks()
      values.append(try value(depth: depth + 1))
      skipBlanks()
      if take(0x5d) { return .list(values) }
      guard take(0x2c) else { throw error("a comma is missing") }
    }
  }

  /// Parses a whole number in its shortest form.
  ///
  /// Fails:  for fractions and exponents, and for numbers beyond 64 bits.
  private mutating func number() throws(ParseError) -> JSONValue {
    let start = index
    _ = take(0x2d)
    while let byte = next, (0x30...0x39).contains(byte) { index += 1 }
    let digits = String(decoding: bytes[start..<index], as: UTF8.self)
    if let byte = next, byte == 0x2e || byte | 0x20 == 0x65 { throw error("a number with a fraction or exponent") }
    guard let number = Int(digits), String(number) == digits else { throw error("a number that is no whole number") }
    return .number(number)
  }

  /// Parses a text.
  private mutating func text() throws(ParseError) -> String {
    index += 1
    let start = index
    while let byte = next, byte != 0x22, byte != 0x5c, byte >= 0x20 { index += 1 }
    // Most texts have no escape.
    if take(0x22) { return String(decoding: bytes[start..<index - 1], as: UTF8.self) }
    var out = Array(bytes[start..<index])
    while let byte = next {
      index += 1
      switch byte {
      case 0x22: return String(decoding: out, as: UTF8.self)
      case 0x5c: try appendEscape(to: &out)
      case 0..<0x20: throw error("a control character in a text")
      default: out.append(byte)
      }
    }
    throw error("a text does not end")
  }

  /// Parses an escape after its backslash.
  ///
  /// Fails:  for half a surrogate pair.
  private mutating func appendEscape(to out: inout [UInt8]) throws(ParseError) {
    guard let byte = next else { throw error("a text does not end") }
    index += 1
    switch byte {
    case 0x22, 0x5c, 0x2f: out.append(byte)
    case 0x62: out.append(0x08)
    case 0x66: out.append(0x0c)
    case 0x6e: out.append(0x0a)
    case 0x72: out.append(0x0d)
    case 0x74: out.append(0x09)
    case 0x75:
      var units = [try hexUnit()]
      if UTF16.isLeadSurrogate(units[0]), take(word: "\\u") { units.append(try hexUnit()) }
      guard let text = String(validating: units, as: UTF16.self) else { throw error("half a surrogate pair") }
      out += Array(text.utf8)
    default: throw error("an unknown escape")
    }
  }

  /// Parses four hexadecimal digits.
  private mutating func hexUnit() throws(ParseError) -> UInt16 {
    guard index + 4 <= bytes.count,
      bytes[index..<index + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: bytes[index..<index + 4], as: UTF8.self), radix: 16)
    else { throw error("an escape without four hexadecimal digits") }
    index += 4
    return unit
  }
}

extension JSONValue {
  /// The value at a path of names, such as `["audit", "head_sha256"]`; nil where there is none.
  package func at(_ names: String...) -> JSONValue? {
    var value = self
    for name in names {
      guard case .map(let map) = value, let next = map[name] else { return nil }
      value = next
    }
    return value
  }

  /// The text, if it is one; nil otherwise.
  package var asText: String? { if case .text(let text) = self { text } else { nil } }
  /// The number, if it is a whole one; nil otherwise.
  package var asNumber: Int? { if case .number(let number) = self { number } else { nil } }
  /// The elements, if it is an array; nil otherwise.
  package var asList: [JSONValue]? { if case .list(let values) = self { values } else { nil } }
}
