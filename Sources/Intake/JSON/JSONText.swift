import CPlatform

/// What a JSON value is.
enum JSONKind { case string, escapedString, number, word, null, empty }

/// Takes the values of a listing.
protocol JSONSink {
  /// A scalar value; `path` is the dotted name, arrays adding nothing to it. Strings come without quotes.
  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind)
}

/// Reads one JSON object, or one array whose places have names, as dotted names and scalar values.
///
/// Shape:  `{"price": {"value": 3}}` is `price.value` = `3`; `{"tags": ["a", "b"]}` is `tags` twice; objects in arrays
///         lie under the name of the array. An empty object or array is one `empty` value.
/// Fails:  with the fault and its place. Accepts what Python writes beyond RFC 8259 (`NaN`, `Infinity`, `None`), commas
///         before a closing bracket, and comments.
/// Cost:   one pass; the buffer for names is kept from one listing to the next.
/// Source: RFC 8259.
struct JSONText {
  struct Failure: Error {
    let fault: JSONFault
    let position: Int
  }

  private var bytes = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Bytes that may be touched beyond the text.
  private var readable = 0
  private var index = 0
  private var path: [UInt8] = []
  /// How many places the last array had.
  private(set) var placeCount = 0

  private let envelope: JSONEnvelope?
  /// Whether there is one: asked for every value.
  private let isEnveloped: Bool
  /// The names of an array's places; nil: listings are objects.
  private let header: [[UInt8]]?
  private let isRow: Bool
  private var isInside = false
  /// Whether the envelope says that there is no listing in it: `"node": null`.
  private(set) var isEmptied = false

  static let deepest = 64

  init(envelope: JSONEnvelope? = nil, header: [[UInt8]]? = nil) {
    self.envelope = envelope
    isEnveloped = envelope != nil
    self.header = header
    isRow = header != nil
  }

  /// Where the listing ended that was read last, and the blanks behind it.
  private(set) var listingEnd = 0
  var end: Int { index }

  /// Reads the listing; nil when it is whole and nothing follows it.
  ///
  /// - Parameter readable: how many bytes from the start of `bytes` on are there to be looked at.
  mutating func read<Sink: JSONSink>(
    _ bytes: UnsafeRawBufferPointer, readable: Int, into sink: inout Sink
  ) -> Failure? {
    if let failure = readFirst(bytes, readable: readable, into: &sink) { return failure }
    return index < bytes.count ? failure(.trailingText) : nil
  }

  /// Reads the listing with which the text begins; `end` is behind it and the blanks that follow.
  mutating func readFirst<Sink: JSONSink>(
    _ bytes: UnsafeRawBufferPointer, readable: Int, into sink: inout Sink
  ) -> Failure? {
    self.bytes = bytes
    self.readable = max(readable, bytes.count)
    index = 0
    isInside = false
    path.removeAll(keepingCapacity: true)
    do throws(Failure) {
      skipBlanks()
      if isRow {
        try row(header ?? [], &sink)
      } else {
        guard peek == UInt8(ascii: "{") else { throw failure(.notAnObject) }
        isEmptied = false
        try object(0, isEnveloped ? 0 : -1, &sink)
      }
      listingEnd = index
      skipBlanks()
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
    if index < bytes.count, bytes[index] == UInt8(ascii: "/") {
      index = JSONBlanks.end(in: bytes, from: index, limit: bytes.count)
    }
  }

  // MARK: Values

  /// - Parameter level: how many names of the envelope's path the object lies under; -1: it is not on that path.
  private mutating func object<Sink: JSONSink>(
    _ depth: Int, _ level: Int, _ sink: inout Sink
  ) throws(Failure) {
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
      guard peek == .quote else { throw failure(.unexpectedCharacter) }
      let (name, isEscaped) = try string()
      skipBlanks()
      guard peek == UInt8(ascii: ":") else { throw failure(.unexpectedCharacter) }
      index += 1
      if outer > 0 { path.append(UInt8(ascii: ".")) }
      if isEscaped { JSONEscapes.decode(name, into: &path) } else { path += name }
      if level >= 0 {
        try memberOnPath(name, depth, level, &sink)
      } else {
        try value(depth + 1, &sink)
      }
      path.removeSubrange(outer...)
      if try isOver(UInt8(ascii: "}")) { return }
    }
  }

  /// Whether the bracket follows that closes what is being read; otherwise its next part does.
  @inline(__always)
  private mutating func isOver(_ bracket: UInt8) throws(Failure) -> Bool {
    skipBlanks()
    let next = peek
    guard next == .comma || next == bracket else { throw failure(.unexpectedCharacter) }
    index += 1
    if next != .comma { return true }
    skipBlanks()
    guard peek == bracket else { return false }
    index += 1
    return true
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
    repeat { try value(depth + 1, &sink) } while try !isOver(UInt8(ascii: "]"))
  }

  private mutating func value<Sink: JSONSink>(_ depth: Int, _ sink: inout Sink) throws(Failure) {
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

  @inline(__always)
  private func emit<Sink: JSONSink>(_ text: UnsafeRawBufferPointer, _ kind: JSONKind, _ sink: inout Sink) {
    if isEnveloped { return emitOutside(text, kind, &sink) }
    path.withUnsafeBytes { sink.value(path: $0, text, kind) }
  }

  /// A value beside the listing keeps its name, unless the listing has one like it.
  private func emitOutside<Sink: JSONSink>(_ text: UnsafeRawBufferPointer, _ kind: JSONKind, _ sink: inout Sink) {
    let isTwice = !isInside && envelope?.isTwice(path) == true
    (isTwice ? JSONEnvelope.mark + path : path).withUnsafeBytes { sink.value(path: $0, text, kind) }
  }

  // MARK: Rows and envelopes

  private mutating func row<Sink: JSONSink>(_ header: [[UInt8]], _ sink: inout Sink) throws(Failure) {
    guard peek == UInt8(ascii: "[") else { throw failure(.notAnObject) }
    placeCount = 0
    index += 1
    skipBlanks()
    if peek == UInt8(ascii: "]") {
      index += 1
      return
    }
    repeat {
      path.removeAll(keepingCapacity: true)
      path += placeCount < header.count ? header[placeCount] : Array("extra\(placeCount - header.count + 1)".utf8)
      try value(1, &sink)
      placeCount += 1
    } while try !isOver(UInt8(ascii: "]"))
  }

  /// A member of an object in which the listing itself lies deeper: there its names begin.
  private mutating func memberOnPath<Sink: JSONSink>(
    _ name: UnsafeRawBufferPointer, _ depth: Int, _ level: Int, _ sink: inout Sink
  ) throws(Failure) {
    skipBlanks()
    guard let envelope, envelope.path[level].elementsEqual(name) else { return try value(depth + 1, &sink) }
    if peek == UInt8(ascii: "n") { isEmptied = true }
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
    index = JSONWords.end(in: bytes, from: index, limit: bytes.count)
    let text = UnsafeRawBufferPointer(rebasing: bytes[start..<index])
    guard text.count > 0 else { throw failure(.unexpectedCharacter) }
    if let kind = JSONWords.kind(of: text) { return emit(text, kind, &sink) }
    index = start
    throw failure(JSONWords.mayBeNumber(text) ? .brokenNumber : .unexpectedCharacter)
  }
}

/// Takes nothing: for texts of which only the fault is asked.
struct JSONNothing: JSONSink {
  mutating func value(path: UnsafeRawBufferPointer, _ text: UnsafeRawBufferPointer, _ kind: JSONKind) {}
}

extension UnsafeRawBufferPointer {
  /// No bytes, at a place.
  fileprivate func start(_ index: Int) -> UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(rebasing: self[Swift.min(index, count)..<Swift.min(index, count)])
  }
}
