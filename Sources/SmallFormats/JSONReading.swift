/// Reads JSON as packets, audit lines and remembered places hold it: no fractions, no name twice in one object, no half surrogate pair.
///
/// Shape:  the whole text must be one value; white space may stand between tokens.
/// Cost:   O(bytes); nesting is limited, since a hostile file must not exhaust the stack.
/// Source: RFC 8259, narrowed by the packet specification, section 3.
package struct JSONReading {
  package struct Failure: Error, Equatable {
    package let byte: Int
    package let why: String
  }

  private static let deepest = 64
  private let bytes: [UInt8]
  private var place = 0

  package static func value(of bytes: [UInt8]) throws(Failure) -> JSONValue {
    guard String(validating: bytes, as: UTF8.self) != nil else { throw Failure(byte: 0, why: "it is not UTF-8") }
    var reading = JSONReading(bytes: bytes)
    reading.skipBlanks()
    let value = try reading.value(depth: 0)
    reading.skipBlanks()
    guard reading.place == bytes.count else { throw reading.failure("something follows the value") }
    return value
  }

  private init(bytes: [UInt8]) { self.bytes = bytes }

  private func failure(_ why: String) -> Failure { Failure(byte: place, why: why) }

  private var next: UInt8? { place < bytes.count ? bytes[place] : nil }

  private mutating func skipBlanks() {
    while let byte = next, byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09 { place += 1 }
  }

  private mutating func take(_ byte: UInt8) -> Bool {
    guard next == byte else { return false }
    place += 1
    return true
  }

  private mutating func take(word: String) -> Bool {
    guard bytes[place...].starts(with: word.utf8) else { return false }
    place += word.utf8.count
    return true
  }

  private mutating func value(depth: Int) throws(Failure) -> JSONValue {
    guard depth < Self.deepest else { throw failure("it is nested too deeply") }
    switch next {
    case 0x22: return .text(try text())
    case 0x7b: return try object(depth: depth)
    case 0x5b: return try list(depth: depth)
    case .some(0x2d), .some(0x30...0x39): return try number()
    default:
      if take(word: "true") { return .truth(true) }
      if take(word: "false") { return .truth(false) }
      if take(word: "null") { return .null }
      throw failure("no value begins here")
    }
  }

  private mutating func object(depth: Int) throws(Failure) -> JSONValue {
    place += 1
    var map: [String: JSONValue] = [:]
    skipBlanks()
    if take(0x7d) { return .map(map) }
    while true {
      skipBlanks()
      guard next == 0x22 else { throw failure("a name is missing") }
      let name = try text()
      skipBlanks()
      guard take(0x3a) else { throw failure("a colon is missing") }
      skipBlanks()
      guard map.updateValue(try value(depth: depth + 1), forKey: name) == nil else {
        throw failure("one name stands twice in an object")
      }
      skipBlanks()
      if take(0x7d) { return .map(map) }
      guard take(0x2c) else { throw failure("a comma is missing") }
    }
  }

  private mutating func list(depth: Int) throws(Failure) -> JSONValue {
    place += 1
    var values: [JSONValue] = []
    skipBlanks()
    if take(0x5d) { return .list(values) }
    while true {
      skipBlanks()
      values.append(try value(depth: depth + 1))
      skipBlanks()
      if take(0x5d) { return .list(values) }
      guard take(0x2c) else { throw failure("a comma is missing") }
    }
  }

  private mutating func number() throws(Failure) -> JSONValue {
    let start = place
    _ = take(0x2d)
    while let byte = next, (0x30...0x39).contains(byte) { place += 1 }
    let digits = String(decoding: bytes[start..<place], as: UTF8.self)
    if let byte = next, byte == 0x2e || byte | 0x20 == 0x65 { throw failure("a number with a fraction or exponent") }
    guard let number = Int(digits), String(number) == digits else { throw failure("a number that is no whole number") }
    return .number(number)
  }

  private mutating func text() throws(Failure) -> String {
    place += 1
    let start = place
    while let byte = next, byte != 0x22, byte != 0x5c, byte >= 0x20 { place += 1 }
    // Most texts have no escape.
    if take(0x22) { return String(decoding: bytes[start..<place - 1], as: UTF8.self) }
    var out = Array(bytes[start..<place])
    while let byte = next {
      place += 1
      switch byte {
      case 0x22: return String(decoding: out, as: UTF8.self)
      case 0x5c: try appendEscape(to: &out)
      case 0..<0x20: throw failure("a control character in a text")
      default: out.append(byte)
      }
    }
    throw failure("a text does not end")
  }

  private mutating func appendEscape(to out: inout [UInt8]) throws(Failure) {
    guard let byte = next else { throw failure("a text does not end") }
    place += 1
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
      guard let text = String(validating: units, as: UTF16.self) else { throw failure("half a surrogate pair") }
      out += Array(text.utf8)
    default: throw failure("an unknown escape")
    }
  }

  private mutating func hexUnit() throws(Failure) -> UInt16 {
    guard place + 4 <= bytes.count,
      bytes[place..<place + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
      let unit = UInt16(String(decoding: bytes[place..<place + 4], as: UTF8.self), radix: 16)
    else { throw failure("an escape without four hexadecimal digits") }
    place += 4
    return unit
  }
}

extension JSONValue {
  /// The value at a path of names, `["audit", "head_sha256"]`; nil where there is none.
  package func at(_ names: String...) -> JSONValue? {
    var value = self
    for name in names {
      guard case .map(let map) = value, let next = map[name] else { return nil }
      value = next
    }
    return value
  }

  package var asText: String? { if case .text(let text) = self { text } else { nil } }
  package var asNumber: Int? { if case .number(let number) = self { number } else { nil } }
  package var asList: [JSONValue]? { if case .list(let values) = self { values } else { nil } }
}
