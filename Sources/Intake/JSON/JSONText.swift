import CPlatform

/// The kind of a JSON value. `word` is `true`, `false` or `Infinity`; `empty` is an object or array without content.
enum JSONKind { case string, escapedString, number, word, null, empty }

/// Receives the values of a listing.
protocol JSONSink {
  /// A scalar value under its dotted name, to which arrays add nothing. Strings come without quotes.
  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind)
}

/// Parses one JSON object, or one array with named cells, into dotted names and scalar values.
///
/// Shape:  `{"price": {"value": 3}}` is `price.value` = `3`; `{"tags": ["a", "b"]}` is `tags` twice; objects in arrays
///         are under the name of the array. An empty object or array is one `empty` value. Accepts what Python writes
///         beyond RFC 8259 (`NaN`, `Infinity`, `None`), trailing commas, and comments.
/// Cost:   one pass; the buffer for names is reused from listing to listing.
/// Fails:  with the problem and its position.
/// Limits: `maximumDepth` levels.
/// Source: RFC 8259.
struct JSONText {
  /// What is wrong, and at which byte of the text.
  struct ParseError: Error {
    let problem: JSONProblem
    let position: Int
  }

  /// The text being parsed.
  private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  /// How many bytes may be loaded, which reaches beyond the text.
  private var readable = 0
  /// The current position.
  private var index = 0
  /// The dotted name of the current value.
  private var path: [UInt8] = []
  /// How many cells the last row had.
  private(set) var cellCount = 0

  private let envelope: JSONEnvelope?
  /// Whether there is an envelope, as checked for every value.
  private let isEnveloped: Bool
  /// The names of a row's cells; nil where listings are objects.
  private let header: [[UInt8]]?
  private let isRow: Bool
  /// Whether the listing inside the envelope is being read.
  private var isInside = false
  /// Whether the envelope says that it is empty: `"node": null`.
  private(set) var hasNoListing = false

  /// Deeper nesting is malformed, whatever its content.
  static let maximumDepth = 64

  init(envelope: JSONEnvelope? = nil, header: [[UInt8]]? = nil) {
    self.envelope = envelope
    isEnveloped = envelope != nil
    self.header = header
    isRow = header != nil
  }

  /// Where the last listing ended, without the blanks after it.
  private(set) var listingEnd = 0
  /// Where the last listing ended, with the blanks after it.
  var end: Int { index }

  /// Parses a text that consists of one listing; nil where it is well-formed.
  ///
  /// - Parameter readable: how many bytes from the start of `bytes` may be loaded.
  mutating func read<Sink: JSONSink>(
    _ bytes: UnsafeRawBufferPointer, readable: Int, into sink: inout Sink
  ) -> ParseError? {
    if let error = readFirst(bytes, readable: readable, into: &sink) { return error }
    return index < bytes.count ? error(.trailingText) : nil
  }

  /// Parses the listing at the beginning of a text. Afterwards, `end` is past the blanks after it.
  ///
  /// Fails:  with the problem; some values may have been passed on by then.
  mutating func readFirst<Sink: JSONSink>(
    _ bytes: UnsafeRawBufferPointer, readable: Int, into sink: inout Sink
  ) -> ParseError? {
    self.bytes = bytes
    self.readable = max(readable, bytes.count)
    index = 0
    isInside = false
    path.removeAll(keepingCapacity: true)
    do throws(ParseError) {
      skipBlanks()
      if isRow {
        try row(header ?? [], &sink)
      } else {
        guard peek == UInt8(ascii: "{") else { throw error(.notAnObject) }
        hasNoListing = false
        try object(0, isEnveloped ? 0 : -1, &sink)
      }
      listingEnd = index
      skipBlanks()
      return nil
    } catch {
      return error
    }
  }

  /// The next byte; 0 at the end.
  private var peek: UInt8 { index < bytes.count ? bytes[index] : 0 }

  /// The problem at the current position.
  private func error(_ problem: JSONProblem) -> ParseError {
    ParseError(problem: index >= bytes.count && problem == .unexpectedCharacter ? .endsEarly : problem, position: index)
  }

  @inline(__always)
  /// Skips blanks and comments.
  private mutating func skipBlanks() {
    while index < bytes.count, bytes[index] <= .blank { index += 1 }
    if index < bytes.count, bytes[index] == UInt8(ascii: "/") {
      index = JSONBlanks.end(in: bytes, from: index, limit: bytes.count)
    }
  }

  // MARK: Values

  /// Parses an object.
  ///
  /// - Parameter level: how many names of the envelope's path lead to it; -1 where it is off that path.
  private mutating func object<Sink: JSONSink>(
    _ depth: Int, _ level: Int, _ sink: inout Sink
  ) throws(ParseError) {
    guard depth < Self.maximumDepth else { throw error(.tooDeep) }
    index += 1
    skipBlanks()
    if peek == UInt8(ascii: "}") {
      index += 1
      if depth > 0 { emit(bytes.start(index), .empty, &sink) }
      return
    }
    let outer = path.count
    while true {
      guard peek == .quote else { throw error(.unexpectedCharacter) }
      let (name, isEscaped) = try string()
      skipBlanks()
      guard peek == UInt8(ascii: ":") else { throw error(.unexpectedCharacter) }
      index += 1
      if outer > 0 { path.append(UInt8(ascii: ".")) }
      if isEscaped { JSONEscapes.decode(name, into: &path) } else { path += name }
      if level >= 0 {
        try memberOnPath(name, depth, level, &sink)
      } else {
        try value(depth + 1, &sink)
      }
      path.removeSubrange(outer...)
      if try closes(UInt8(ascii: "}")) { return }
    }
  }

  /// Whether the closing bracket follows; otherwise, moves on to the next part.
  ///
  /// Shape:  a comma before the bracket is accepted.
  @inline(__always)
  private mutating func closes(_ bracket: UInt8) throws(ParseError) -> Bool {
    skipBlanks()
    let next = peek
    guard next == .comma || next == bracket else { throw error(.unexpectedCharacter) }
    index += 1
    if next != .comma { return true }
    skipBlanks()
    guard peek == bracket else { return false }
    index += 1
    return true
  }

  /// Parses an array, whose values all have its name.
  private mutating func array<Sink: JSONSink>(_ depth: Int, _ sink: inout Sink) throws(ParseError) {
    guard depth < Self.maximumDepth else { throw error(.tooDeep) }
    index += 1
    skipBlanks()
    if peek == UInt8(ascii: "]") {
      index += 1
      emit(bytes.start(index), .empty, &sink)
      return
    }
    repeat { try value(depth + 1, &sink) } while try !closes(UInt8(ascii: "]"))
  }

  /// Parses any value.
  private mutating func value<Sink: JSONSink>(_ depth: Int, _ sink: inout Sink) throws(ParseError) {
    skipBlanks()
    switch peek {
    case .quote:
      let (text, isEscaped) = try string()
      emit(text, isEscaped ? .escapedString : .string, &sink)
    case UInt8(ascii: "{"): try object(depth, -1, &sink)
    case UInt8(ascii: "["): try array(depth, &sink)
    default: try word(&sink)
    }
  }

  /// Passes on a value under the current name.
  @inline(__always)
  private func emit<Sink: JSONSink>(_ text: UnsafeRawBufferPointer, _ kind: JSONKind, _ sink: inout Sink) {
    if isEnveloped { return emitOutside(text, kind, &sink) }
    path.withUnsafeBytes { sink.value(path: $0, text, kind) }
  }

  /// Passes on a value in a file with an envelope. Beside the listing, a name that the listing has too gets a prefix.
  private func emitOutside<Sink: JSONSink>(_ text: UnsafeRawBufferPointer, _ kind: JSONKind, _ sink: inout Sink) {
    let isDuplicate = !isInside && envelope?.isDuplicate(path) == true
    (isDuplicate ? JSONEnvelope.mark + path : path).withUnsafeBytes { sink.value(path: $0, text, kind) }
  }

  // MARK: Rows and envelopes

  /// Parses a row; cells beyond the header are named `extra1`, `extra2`, ….
  private mutating func row<Sink: JSONSink>(_ header: [[UInt8]], _ sink: inout Sink) throws(ParseError) {
    guard peek == UInt8(ascii: "[") else { throw error(.notAnObject) }
    cellCount = 0
    index += 1
    skipBlanks()
    if peek == UInt8(ascii: "]") {
      index += 1
      return
    }
    repeat {
      path.removeAll(keepingCapacity: true)
      path += cellCount < header.count ? header[cellCount] : Array("extra\(cellCount - header.count + 1)".utf8)
      try value(1, &sink)
      cellCount += 1
    } while try !closes(UInt8(ascii: "]"))
  }

  /// Parses a member of an object on the envelope's path. Inside the listing, names start afresh.
  ///
  /// Shape:  `null` on the path means that there is no listing.
  private mutating func memberOnPath<Sink: JSONSink>(
    _ name: UnsafeRawBufferPointer, _ depth: Int, _ level: Int, _ sink: inout Sink
  ) throws(ParseError) {
    skipBlanks()
    guard let envelope, envelope.path[level].elementsEqual(name) else { return try value(depth + 1, &sink) }
    if peek == UInt8(ascii: "n") { hasNoListing = true }
    guard peek == UInt8(ascii: "{") else { return try value(depth + 1, &sink) }
    if level + 1 < envelope.path.count { return try object(depth + 1, level + 1, &sink) }
    let outer = path
    path.removeAll(keepingCapacity: true)
    isInside = true
    try object(depth + 1, -1, &sink)
    isInside = false
    path = outer
  }

  // MARK: Strings and words

  /// Parses a string, and returns the bytes between its quotes and whether they contain escapes.
  ///
  /// Cost:   64 bytes at a time up to the next quote, backslash or line feed.
  private mutating func string() throws(ParseError) -> (UnsafeRawBufferPointer, isEscaped: Bool) {
    let start = index + 1
    var isEscaped = false
    var position = start
    while true {
      position = mark(from: position)
      guard position < bytes.count else {
        index = bytes.count
        throw error(.endsEarly)
      }
      let byte = bytes[position]
      if byte == .quote { break }
      guard byte == .backslash else {
        index = position
        throw error(.brokenString)
      }
      isEscaped = true
      guard let length = JSONEscapes.length(bytes, at: position) else {
        index = position
        throw error(.brokenEscape)
      }
      position += length
    }
    index = position + 1
    return (UnsafeRawBufferPointer(rebasing: bytes[start..<position]), isEscaped)
  }

  /// The next quote, backslash or line feed.
  ///
  /// Shape:  the end of the text where there is none.
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

  /// Parses a number, `true`, `false` or `null`.
  private mutating func word<Sink: JSONSink>(_ sink: inout Sink) throws(ParseError) {
    let start = index
    index = JSONWords.end(in: bytes, from: index, limit: bytes.count)
    let text = UnsafeRawBufferPointer(rebasing: bytes[start..<index])
    guard text.count > 0 else { throw error(.unexpectedCharacter) }
    if let kind = JSONWords.kind(of: text) { return emit(text, kind, &sink) }
    index = start
    throw error(JSONWords.mayBeNumber(text) ? .brokenNumber : .unexpectedCharacter)
  }
}

/// Discards all values, where only well-formedness matters.
struct IgnoredValues: JSONSink {
  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {}
}

extension UnsafeRawBufferPointer {
  /// No bytes, at a given position.
  fileprivate func start(_ index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[Swift.min(index, count)..<Swift.min(index, count)])
  }
}
