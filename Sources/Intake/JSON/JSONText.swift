import CPlatform

/// What a JSON value is.
enum JSONKind { case string, escapedString, number, word, null, empty }

/// Takes the values of an object.
protocol JSONSink {
  /// A scalar value; `path` is the dotted name, arrays adding nothing to it. Strings come without quotes.
  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind)
}

/// Reads one JSON object as dotted names and scalar values.
///
/// Shape:  `{"price": {"value": 3}}` is `price.value` = `3`; `{"tags": ["a", "b"]}` is `tags` twice; objects in arrays
///         lie under the name of the array. An empty object or array is one `empty` value.
/// Fails:  with the fault and its place. Accepts what Python writes beyond RFC 8259 (`NaN`, `Infinity`).
/// Source: RFC 8259.
struct JSONText {
  struct Failure: Error {
    let fault: JSONFault
    let position: Int
  }

  private let bytes: UnsafeRawBufferPointer
  /// Bytes that may be touched beyond the text.
  private let readable: Int
  private var index = 0
  private var path: [UInt8] = []

  static let deepest = 64

  /// - Parameter readable: how many bytes from the start of `bytes` on are there to be looked at.
  init(_ bytes: UnsafeRawBufferPointer, readable: Int) {
    self.bytes = bytes
    self.readable = max(readable, bytes.count)
  }

  /// Reads the object; nil when it is whole.
  mutating func read<Sink: JSONSink>(into sink: inout Sink) -> Failure? {
    do throws(Failure) {
      index = 0
      path.removeAll(keepingCapacity: true)
      skipBlanks()
      guard peek == UInt8(ascii: "{") else { throw failure(.notAnObject) }
      try object(0, &sink)
      skipBlanks()
      if index < bytes.count { throw failure(.trailingText) }
      return nil
    } catch {
      return error
    }
  }

  private var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

  private func failure(_ fault: JSONFault) -> Failure {
    Failure(fault: index >= bytes.count && fault == .unexpectedCharacter ? .endsEarly : fault, position: index)
  }

  @inline(__always)
  private mutating func skipBlanks() {
    while index < bytes.count, bytes[index] <= .blank { index += 1 }
  }

  // MARK: Values

  private mutating func object<Sink: JSONSink>(_ depth: Int, _ sink: inout Sink) throws(Failure) {
    guard depth < Self.deepest else { throw failure(.tooDeep) }
    index += 1
    skipBlanks()
    if peek == UInt8(ascii: "}") {
      index += 1
      if depth > 0 { emit(bytes.start(index), .empty, &sink) }
      return
    }
    let outer = path.count
    while true {
      skipBlanks()
      guard peek == .quote else { throw failure(.unexpectedCharacter) }
      let (name, isEscaped) = try string()
      if outer > 0 { path.append(UInt8(ascii: ".")) }
      if isEscaped { JSONEscapes.decode(name, into: &path) } else { path += name }
      skipBlanks()
      guard peek == UInt8(ascii: ":") else { throw failure(.unexpectedCharacter) }
      index += 1
      try value(depth + 1, &sink)
      path.removeSubrange(outer...)
      skipBlanks()
      let next = peek
      guard next == .comma || next == UInt8(ascii: "}") else { throw failure(.unexpectedCharacter) }
      index += 1
      if next != .comma { return }
    }
  }

  private mutating func array<Sink: JSONSink>(_ depth: Int, _ sink: inout Sink) throws(Failure) {
    guard depth < Self.deepest else { throw failure(.tooDeep) }
    index += 1
    skipBlanks()
    if peek == UInt8(ascii: "]") {
      index += 1
      emit(bytes.start(index), .empty, &sink)
      return
    }
    while true {
      try value(depth + 1, &sink)
      skipBlanks()
      let next = peek
      guard next == .comma || next == UInt8(ascii: "]") else { throw failure(.unexpectedCharacter) }
      index += 1
      if next != .comma { return }
    }
  }

  private mutating func value<Sink: JSONSink>(_ depth: Int, _ sink: inout Sink) throws(Failure) {
    skipBlanks()
    switch peek {
    case .quote:
      let (text, isEscaped) = try string()
      emit(text, isEscaped ? .escapedString : .string, &sink)
    case UInt8(ascii: "{"): try object(depth, &sink)
    case UInt8(ascii: "["): try array(depth, &sink)
    default: try word(&sink)
    }
  }

  private func emit<Sink: JSONSink>(_ text: UnsafeRawBufferPointer, _ kind: JSONKind, _ sink: inout Sink) {
    path.withUnsafeBytes { sink.value(path: $0, text, kind) }
  }

  /// A string's text between its quotes, and whether it has escapes.
  private mutating func string() throws(Failure) -> (UnsafeRawBufferPointer, isEscaped: Bool) {
    let start = index + 1
    var isEscaped = false
    var position = start
    while true {
      position = mark(from: position)
      guard position < bytes.count else {
        index = bytes.count
        throw failure(.endsEarly)
      }
      let byte = bytes[position]
      if byte == .quote { break }
      guard byte == .backslash else {
        index = position
        throw failure(.brokenString)
      }
      isEscaped = true
      guard let length = JSONEscapes.length(bytes, at: position) else {
        index = position
        throw failure(.brokenEscape)
      }
      position += length
    }
    index = position + 1
    return (UnsafeRawBufferPointer(rebasing: bytes[start..<position]), isEscaped)
  }

  /// The next quote, backslash or line feed.
  @inline(__always)
  private func mark(from start: Int) -> Int {
    var position = start
    let base = bytes.baseAddress!.assumingMemoryBound(to: UInt8.self)
    while position + 64 <= readable {
      let mask = lp_any_mask64(base + position, .quote, .backslash, .lineFeed)
      if mask != 0 { return position + mask.trailingZeroBitCount }
      position += 64
      if position >= bytes.count { return position }
    }
    while position < bytes.count {
      let byte = base[position]
      if byte == .quote || byte == .backslash || byte == .lineFeed { break }
      position += 1
    }
    return position
  }

  /// A number, `true`, `false`, `null`.
  private mutating func word<Sink: JSONSink>(_ sink: inout Sink) throws(Failure) {
    let start = index
    while index < bytes.count, isWordByte(bytes[index]) { index += 1 }
    let text = UnsafeRawBufferPointer(rebasing: bytes[start..<index])
    guard text.count > 0 else { throw failure(.unexpectedCharacter) }
    if text[0].isDigit || text[0] == UInt8(ascii: "-") && text.count > 1 && text[1].isDigit {
      guard Self.isNumber(text) else {
        index = start
        throw failure(.brokenNumber)
      }
      return emit(text, .number, &sink)
    }
    for (word, kind) in Self.words where text.elementsEqual(word.utf8) { return emit(text, kind, &sink) }
    index = start
    throw failure(.unexpectedCharacter)
  }

  private static let words: [(String, JSONKind)] = [
    ("null", .null), ("true", .word), ("false", .word), ("NaN", .null), ("Infinity", .word), ("-Infinity", .word),
  ]

  private func isWordByte(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isDigit || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "+")
      || byte == UInt8(ascii: ".")
  }

  private static func isNumber(_ text: UnsafeRawBufferPointer) -> Bool {
    var index = text[0] == UInt8(ascii: "-") ? 1 : 0
    func digits() -> Bool {
      let start = index
      while index < text.count, text[index].isDigit { index += 1 }
      return index > start
    }
    guard digits() else { return false }
    if index < text.count, text[index] == UInt8(ascii: ".") {
      index += 1
      guard digits() else { return false }
    }
    if index < text.count, text[index] | 0x20 == UInt8(ascii: "e") {
      index += 1
      if index < text.count, text[index] == UInt8(ascii: "+") || text[index] == UInt8(ascii: "-") { index += 1 }
      guard digits() else { return false }
    }
    return index == text.count
  }
}

extension UnsafeRawBufferPointer {
  /// No bytes, at a place.
  fileprivate func start(_ index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[Swift.min(index, count)..<Swift.min(index, count)])
  }
}
