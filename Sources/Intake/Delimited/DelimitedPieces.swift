import Glibc

/// Finds record borders ahead of the workers, so that each gets whole records.
enum DelimitedPieces {
  /// The first record border at or after `target`, counting from the record that begins at `start`.
  ///
  /// Cost:   hops from quote to quote with `memchr`; between them no byte is looked at by itself.
  static func border(
    in text: UnsafeRawBufferPointer, from start: Int, target: Int, dialect: DelimitedDialect
  ) -> Int {
    let bytes = text.baseAddress!.assumingMemoryBound(to: UInt8.self)
    let rules = QuoteRules(bytes: bytes, end: text.count, dialect: dialect)
    let walk = QuoteWalk(bytes: bytes, end: text.count, start: start, rules: rules)
    var position = start
    // Kept from round to round: a long line full of stray quotes must not be searched from each of them.
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

/// Walks over quoted cells.
private struct QuoteWalk {
  let bytes: UnsafePointer<UInt8>
  let end: Int
  let start: Int
  let rules: QuoteRules

  struct Opened {
    let at: Int
    /// Where the search for the closing quote begins; nil for a cell that is already whole.
    let next: Int
    let isWhole: Bool
  }

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

  private func isCellStart(_ position: Int) -> Bool {
    if position == start { return true }
    let before = bytes[position - 1]
    guard before == rules.dialect.delimiter || before == rules.dialect.lineBreak else { return false }
    return !rules.dialect.hasBackslashEscapes || !rules.isEscaped(position - 1)
  }

  /// Where plain text goes on: after the closing quote, or after the opening one if it is a stray.
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
