import Listings

/// A time as people write it, split into numbers, words and punctuation.
///
/// Shape:  blanks separate tokens and are no tokens themselves. `takeClock` and `dropIdle` remove what they recognise, so that
///         whatever is left over decides whether the rest is a date.
/// Cost:   one pass, with a string per word.
struct TimeTokens {
  /// One part of the text.
  enum Token: Equatable {
    /// A run of ASCII digits. How many there were tells `05` from `5`, and a year from a day.
    case number(Int64, digits: Int)
    /// Letters of any script, folded, without the points of abbreviations.
    case word(String)
    /// Any other character of ASCII except controls.
    case mark(UInt8)
  }

  /// The parts that have not been recognised yet.
  var tokens: [Token] = []

  /// Nil for text that cannot be a date: with control characters, or numbers of more than 13 digits.
  ///
  /// - Parameter text: folded, with ASCII digits.
  init?(_ text: [UInt8]) {
    var index = 0
    while index < text.count {
      let byte = text[index]
      if byte.isDigit {
        var value: Int64 = 0
        let start = index
        while index < text.count, text[index].isDigit {
          guard index - start < 13 else { return nil }
          value = value * 10 + Int64(text[index] &- 0x30)
          index += 1
        }
        tokens.append(.number(value, digits: index - start))
      } else if Self.isLetter(byte) {
        var word: [UInt8] = []
        while index < text.count, Self.isLetter(text[index]) || Self.joins(text, index) {
          if text[index] != UInt8(ascii: ".") { word.append(text[index]) }
          index += 1
        }
        tokens.append(.word(String(decoding: word, as: UTF8.self)))
      } else {
        guard byte >= .blank else { return nil }
        if byte != .blank { tokens.append(.mark(byte)) }
        index += 1
      }
    }
    tokens = tokens.flatMap(Self.split)
  }

  /// Whether a byte is part of a word; every character beyond ASCII is.
  private static func isLetter(_ byte: UInt8) -> Bool { byte.isASCIILetter || byte >= 0x80 }

  /// Whether a mark between two letters belongs to the word: `a.m`, `มี.ค`, `aujourd'hui`.
  private static func joins(_ text: [UInt8], _ index: Int) -> Bool {
    guard text[index] == UInt8(ascii: ".") || text[index] == UInt8(ascii: "'") else { return false }
    return index + 1 < text.count && isLetter(text[index + 1])
  }

  /// Splits words of Chinese and Japanese, which have no blanks: `日下午` is the character for day and half of it.
  ///
  /// Shape:  only known pairs are split, all others stay one word.
  private static func split(_ token: Token) -> [Token] {
    guard case .word(let word) = token else { return [token] }
    for mark in ["日", "号", "號", "일"] where word.hasPrefix(mark) && word != mark {
      let rest = String(word.dropFirst())
      if TimeWords.beforeNoon.contains(rest) || TimeWords.afterNoon.contains(rest) {
        return [.word(mark), .word(rest)]
      }
    }
    for day in ["今天", "昨天", "前天", "今日", "昨日"] where word.hasPrefix(day) && word != day {
      let rest = String(word.dropFirst(2))
      if TimeWords.beforeNoon.contains(rest) || TimeWords.afterNoon.contains(rest) { return [.word(day), .word(rest)] }
    }
    return [token]
  }

  /// The numbers among them.
  var numbers: [Int64] { tokens.compactMap { if case .number(let value, _) = $0 { value } else { nil } } }
  /// The words among them.
  var words: [String] { tokens.compactMap { if case .word(let word) = $0 { word } else { nil } } }

  // MARK: The time of day

  /// A time of day.
  struct Clock {
    /// Seconds since midnight, in local time.
    var seconds: Int64
    /// Seconds east of UTC.
    var offset: Int64 = 0
  }

  /// Removes the time of day with its offset from the tokens, and returns it; nil where there is none. `isBroken` says that
  /// there is one that no clock shows.
  ///
  /// Shape:  with a fraction of a second, which is dropped, and any word for half of the day.
  mutating func takeClock() -> (clock: Clock?, isBroken: Bool) {
    guard let start = clockStart(), let (hour, _) = number(at: start), let (minute, digits) = number(at: start + 2)
    else { return (nil, false) }
    var end = start + 3
    var second: Int64 = 0
    if mark(at: end, UInt8(ascii: ":")), let (value, _) = number(at: end + 1) {
      second = value
      end += 2
      if mark(at: end, UInt8(ascii: ".")) || mark(at: end, .comma), number(at: end + 1) != nil { end += 2 }
    }
    guard digits == 2, hour < 24, minute < 60, second < 61 else { return (nil, true) }
    var clock = Clock(seconds: hour * 3600 + minute * 60 + second)
    var begin = start
    switch halfOfDay(&begin, &end) {
    case .some(let isAfterNoon):
      guard hour <= 12 || isAfterNoon else { return (nil, true) }
      if hour < 12, isAfterNoon { clock.seconds += 12 * 3600 }
      if hour == 12, !isAfterNoon { clock.seconds -= 12 * 3600 }
    case .none: break
    }
    guard let offset = offset(&end) else { return (nil, true) }
    clock.offset = offset
    if begin > 0, case .word("t") = tokens[begin - 1] { begin -= 1 }
    tokens.removeSubrange(begin..<end)
    return (clock, false)
  }

  /// Where a time of day begins: `10:30`, `10h30`, and `10.30 น.` or `10.30 Uhr`.
  ///
  /// Shape:  a point only counts with the Thai or German word for the hour behind it, since `10.30` may be a date.
  private func clockStart() -> Int? {
    for index in tokens.indices.dropLast(2) {
      guard let (_, digits) = number(at: index), digits <= 2, number(at: index + 2) != nil else { continue }
      if mark(at: index + 1, UInt8(ascii: ":")) || tokens[index + 1] == .word("h") { return index }
      let isClock = index + 3 < tokens.count && (tokens[index + 3] == .word("น") || tokens[index + 3] == .word("uhr"))
      if mark(at: index + 1, UInt8(ascii: ".")), isClock { return index }
    }
    return nil
  }

  /// Whether a word before or after the time makes it afternoon; nil where there is none.
  ///
  /// Shape:  the range is widened by the word that was found.
  private func halfOfDay(_ begin: inout Int, _ end: inout Int) -> Bool? {
    if end < tokens.count, case .word(let word) = tokens[end] {
      let isAfter = TimeWords.afterNoon.contains(word)
      guard isAfter || TimeWords.beforeNoon.contains(word) else { return nil }
      end += 1
      return isAfter
    }
    if begin > 0, case .word(let word) = tokens[begin - 1] {
      let isAfter = TimeWords.afterNoon.contains(word)
      guard isAfter || TimeWords.beforeNoon.contains(word) else { return nil }
      begin -= 1
      return isAfter
    }
    return nil
  }

  /// The offset after the time of day: `Z`, `UTC`, `+02:00`, `-0530`, `GMT+7`. Nil for offsets that do not exist.
  ///
  /// Shape:  0 without one; up to 14 hours either way.
  private func offset(_ end: inout Int) -> Int64? {
    if end < tokens.count, [.word("z"), .word("utc"), .word("gmt")].contains(tokens[end]) { end += 1 }
    let isWest = mark(at: end, UInt8(ascii: "-"))
    guard isWest || mark(at: end, UInt8(ascii: "+")), let (value, digits) = number(at: end + 1) else { return 0 }
    end += 2
    var (hours, minutes) = digits > 2 ? (value / 100, value % 100) : (value, 0)
    if digits <= 2, mark(at: end, UInt8(ascii: ":")), let (more, _) = number(at: end + 1) {
      (hours, minutes) = (value, more)
      end += 2
    }
    guard hours <= 14, minutes < 60, digits <= 4 else { return nil }
    return (isWest ? -1 : 1) * (hours * 3600 + minutes * 60)
  }

  /// The number at an index, if there is one.
  private func number(at index: Int) -> (value: Int64, digits: Int)? {
    guard index < tokens.count, case .number(let value, let digits) = tokens[index] else { return nil }
    return (value, digits)
  }

  /// Whether this mark is at an index.
  private func mark(at index: Int, _ byte: UInt8) -> Bool { index < tokens.count && tokens[index] == .mark(byte) }
}
