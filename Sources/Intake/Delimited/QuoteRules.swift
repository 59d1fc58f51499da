import Glibc

/// Decides where a quoted cell opens and where it closes. The scan of records and the search for piece borders both ask
/// here, so they can never disagree.
///
/// Shape:  an odd run of quotes at the beginning of a cell opens it. An even run is a complete cell if a delimiter or
///         line end follows (`""`, `""""`), and plain text otherwise.
///         Within a quoted cell, a pair stands for one quote. An odd run closes the cell if a delimiter, a line end or
///         the end of the text follows, perhaps after blanks. If it does not close, but comes directly after a delimiter
///         or line break, it opens another cell: the quote that opened this one was a stray and stands for itself.
///         Otherwise its last quote stands for itself (`"12" long"`).
///         In a dialect with backslash escapes, an escaped quote, delimiter or line break stands for itself.
/// Cost:   a file that follows RFC 4180 never meets the exceptions, and pays nothing for them.
/// Limits: after a stray quote, the damage ends at the next quoted cell instead of at the end of the file.
struct QuoteRules {
  let bytes: UnsafePointer<UInt8>
  /// Where the text ends.
  let end: Int
  let dialect: DelimitedDialect

  /// The effect of a quote at the beginning of a cell.
  enum Opening { case opens(next: Int), whole(contentEnd: Int, next: Int), text }
  /// The effect of a quote within a quoted cell.
  enum Inside { case pairs(next: Int), closes(contentEnd: Int, next: Int), stray, text(next: Int) }

  /// What a quote at the beginning of a cell does.
  @inline(__always)
  func opening(at position: Int) -> Opening {
    let next = endOfRun(position)
    if (next - position) & 1 == 1 { return .opens(next: next) }
    return isClosed(at: next) ? .whole(contentEnd: next - 1, next: next) : .text
  }

  /// What a quote within a quoted cell does.
  ///
  /// Shape:  closing needs a delimiter, a line end or the end of the text, perhaps after blanks.
  @inline(__always)
  func inside(at position: Int) -> Inside {
    if dialect.hasBackslashEscapes, isEscaped(position) { return .text(next: position + 1) }
    let next = endOfRun(position)
    if (next - position) & 1 == 0 { return .pairs(next: next) }
    if isClosed(at: next) { return .closes(contentEnd: next - 1, next: next) }
    let before = bytes[position - 1]
    return before == dialect.delimiter || before == dialect.lineBreak ? .stray : .text(next: next)
  }

  /// The position after a run of quotes.
  @inline(__always)
  private func endOfRun(_ position: Int) -> Int {
    var next = position + 1
    while next < end, bytes[next] == dialect.quote { next += 1 }
    return next
  }

  /// Whether an odd number of backslashes precedes `position`. Call it only in a dialect with backslash escapes.
  @inline(never)
  func isEscaped(_ position: Int) -> Bool {
    var first = position
    while first > 0, bytes[first - 1] == .backslash { first -= 1 }
    return (position - first) & 1 == 1
  }

  /// Whether a delimiter, a line end or the end of the text follows, perhaps after blanks.
  @inline(__always)
  private func isClosed(at position: Int) -> Bool {
    if position >= end { return true }
    let byte = bytes[position]
    if byte == dialect.delimiter || byte == dialect.lineBreak { return true }
    return byte <= .blank && isClosedAfterBlanks(position)
  }

  /// The same past blanks, of which there may be a few.
  ///
  /// Limits: 16 blanks.
  private func isClosedAfterBlanks(_ start: Int) -> Bool {
    var position = start
    // Bounded, so that a hostile file cannot make every quote look far ahead.
    let limit = min(end, start + 16)
    while position < limit {
      let byte = bytes[position]
      if byte == dialect.delimiter || byte == dialect.lineBreak { return true }
      guard byte == .blank || byte == .tab || byte == .carriageReturn else { return false }
      position += 1
    }
    return position == end
  }
}

/// Finds record borders ahead of the workers, so that each receives whole records.
enum DelimitedPieces {
  /// The first record border at or after `target`, given that a record begins at `start`.
  ///
  /// Cost:   jumps from quote to quote with `memchr`, and examines no byte in between.
  static func border(
    in text: UnsafeRawBufferPointer, from start: Int, target: Int, dialect: DelimitedDialect
  ) -> Int {
    let bytes = text.baseAddress!.assumingMemoryBound(to: UInt8.self)
    let rules = QuoteRules(bytes: bytes, end: text.count, dialect: dialect)
    let walk = QuoteWalk(bytes: bytes, end: text.count, start: start, rules: rules)
    var position = start
    // Kept between rounds: a long line full of stray quotes must not be searched again from each of them.
    var lineBreak = -1
    while true {
      if position >= target {
        if lineBreak < position {
          guard let found = walk.lineBreak(from: position, to: text.count) else { return text.count }
          lineBreak = found
        }
        guard let opened = walk.opening(from: position, to: lineBreak) else { return lineBreak + 1 }
        position = walk.afterQuoted(opened)
      } else if let opened = walk.opening(from: position, to: min(target, text.count)) {
        position = walk.afterQuoted(opened)
      } else {
        position = target
      }
    }
  }
}

/// Walks from quoted cell to quoted cell.
private struct QuoteWalk {
  let bytes: UnsafePointer<UInt8>
  /// Where the text ends.
  let end: Int
  /// Where the first record begins.
  let start: Int
  let rules: QuoteRules

  /// A quote that opens a cell.
  ///
  /// Shape:  a complete cell (`""`) needs no search for its end.
  struct Opened {
    let at: Int
    /// Where to look for the closing quote, or where the cell ends if it is already complete.
    let next: Int
    let isWhole: Bool
  }

  /// The next occurrence of a byte before `limit`.
  func find(_ byte: UInt8, from position: Int, to limit: Int) -> Int? {
    guard position < limit, let found = memchr(bytes + position, Int32(byte), limit - position) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(bytes)
  }

  /// The next line break that is not escaped.
  func lineBreak(from position: Int, to limit: Int) -> Int? {
    var position = position
    while let found = find(rules.dialect.lineBreak, from: position, to: limit) {
      guard rules.dialect.hasBackslashEscapes, rules.isEscaped(found) else { return found }
      position = found + 1
    }
    return nil
  }

  /// The next quote before `limit` that opens a cell.
  ///
  /// Cost:   one `memchr` per quote that does not open a cell.
  func opening(from position: Int, to limit: Int) -> Opened? {
    var position = position
    while let quote = find(rules.dialect.quote, from: position, to: limit) {
      if isCellStart(quote) {
        switch rules.opening(at: quote) {
        case .opens(let next): return Opened(at: quote, next: next, isWhole: false)
        case .whole(_, let next): return Opened(at: quote, next: next, isWhole: true)
        case .text: break
        }
      }
      position = quote + 1
    }
    return nil
  }

  /// Whether a cell begins at `position`.
  private func isCellStart(_ position: Int) -> Bool {
    if position == start { return true }
    let before = bytes[position - 1]
    guard before == rules.dialect.delimiter || before == rules.dialect.lineBreak else { return false }
    return !rules.dialect.hasBackslashEscapes || !rules.isEscaped(position - 1)
  }

  /// Where plain text continues: after the closing quote, or after the opening one if that is a stray.
  ///
  /// Cost:   one `memchr` per run of quotes in the cell.
  func afterQuoted(_ opened: Opened) -> Int {
    if opened.isWhole { return opened.next }
    var position = opened.next
    while let quote = find(rules.dialect.quote, from: position, to: end) {
      switch rules.inside(at: quote) {
      case .pairs(let next), .text(let next): position = next
      case .closes(_, let next): return next
      case .stray: return opened.at + 1
      }
    }
    return opened.at + 1
  }
}
