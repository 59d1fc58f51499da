import Glibc

/// Where a quoted cell opens and where it closes. The one place that knows; the scan of records and the search for
/// the borders of pieces both ask here, so that they can never disagree.
///
/// Rules:  a run of quotes at the beginning of a cell opens it when its length is odd; when it is even, it is a whole
///         cell if a delimiter or line end follows (`""`, `""""`), and otherwise plain text.
///         Within a quoted cell, pairs stand for one quote. An odd run closes the cell when a delimiter, a line end or
///         the end of the text follows, blanks before them allowed. If it does not close, but stands right after a
///         delimiter or line break, it is the opening of another cell: then the quote that opened this one was a stray,
///         and stands for itself. Otherwise its last quote stands for itself (`"12" long"`).
///         In a dialect with backslash escapes a quote, delimiter or line break behind a backslash stands for itself.
/// Why:    in a file that follows RFC 4180 none of the exceptions can occur, so they cost such a file nothing; in a
///         file with a stray quote the damage ends at the next quoted cell instead of at the end of the file.
struct QuoteRules {
  let bytes: UnsafePointer<UInt8>
  /// The end of the text.
  let end: Int
  let dialect: DelimitedDialect

  enum Opening { case opens(next: Int), whole(contentEnd: Int, next: Int), text }
  enum Inside { case pairs(next: Int), closes(contentEnd: Int, next: Int), stray, text(next: Int) }

  /// What a quote at the beginning of a cell does.
  @inline(__always)
  func opening(at position: Int) -> Opening {
    let next = endOfRun(position)
    if (next - position) & 1 == 1 { return .opens(next: next) }
    return isClosed(at: next) ? .whole(contentEnd: next - 1, next: next) : .text
  }

  /// What a quote within a quoted cell does.
  @inline(__always)
  func inside(at position: Int) -> Inside {
    if dialect.hasBackslashEscapes, isEscaped(position) { return .text(next: position + 1) }
    let next = endOfRun(position)
    if (next - position) & 1 == 0 { return .pairs(next: next) }
    if isClosed(at: next) { return .closes(contentEnd: next - 1, next: next) }
    let before = bytes[position - 1]
    return before == dialect.delimiter || before == dialect.lineBreak ? .stray : .text(next: next)
  }

  @inline(__always)
  private func endOfRun(_ position: Int) -> Int {
    var next = position + 1
    while next < end, bytes[next] == dialect.quote { next += 1 }
    return next
  }

  /// Whether an odd number of backslashes stands before `position`; to be asked only in a dialect that has them.
  @inline(never)
  func isEscaped(_ position: Int) -> Bool {
    var first = position
    while first > 0, bytes[first - 1] == .backslash { first -= 1 }
    return (position - first) & 1 == 1
  }

  /// Whether a delimiter, a line end or the end of the text stands at `position`, after blanks at most.
  @inline(__always)
  private func isClosed(at position: Int) -> Bool {
    if position >= end { return true }
    let byte = bytes[position]
    if byte == dialect.delimiter || byte == dialect.lineBreak { return true }
    return byte <= .blank && isClosedAfterBlanks(position)
  }

  private func isClosedAfterBlanks(_ start: Int) -> Bool {
    var position = start
    // A bound keeps hostile files from making every quote look far ahead.
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
