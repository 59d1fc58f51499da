import Listings

/// A time in words and marks: dates with a time of day, months by name, "3 days ago".
struct TimeText {
  private let text: [UInt8]

  /// - Parameter cell: the text of the time, in any script's digits.
  init(_ cell: UnsafeRawBufferPointer) { text = PriceWriting(cell).text }

  func read(_ around: TimeReading.Surroundings) -> TimeReading.Outcome {
    guard var tokens = TimeTokens(text) else { return .failed(.noTime) }
    let (clock, isBroken) = tokens.takeClock()
    if isBroken { return .failed(.noSuchDay) }
    if let ago = TimeAgo(tokens) { return ago.read(clock, capturedAt: around.capturedAt) }
    tokens.dropIdle()
    let midnight = TimeTokens.Clock(seconds: 0)
    if let date = tokens.numericDate { return TimeReading.read(date, clock: clock ?? midnight, around) }
    guard let named = NamedDate(tokens) else { return .failed(.noTime) }
    return TimeReading.day(named.year, named.month, named.day, clock ?? midnight, named.basis)
  }
}

extension TimeTokens {
  /// Leaves out what says nothing about the day. `thứ 2` is a Monday, not a number.
  mutating func dropIdle() {
    if let thu = tokens.firstIndex(of: .word("thu")), thu + 1 < tokens.count,
      case .number(let day, _) = tokens[thu + 1],
      day <= 7, numbers.count > 1, tokens.count > thu + 3
    {
      tokens.remove(at: thu + 1)
    }
    // The marks of year, month and day are names of weekdays as well.
    tokens = tokens.enumerated().filter { index, token in
      guard case .word(let word) = token, TimeWords.idle.contains(word) else { return true }
      guard index > 0, case .number = tokens[index - 1] else { return false }
      return TimeWords.monthMarks.contains(word) || TimeWords.dayMarks.contains(word)
    }.map(\.element)
    tokens.removeAll { $0 == .mark(.comma) || $0 == .mark(UInt8(ascii: "(")) || $0 == .mark(UInt8(ascii: ")")) }
    while case .mark = tokens.last { tokens.removeLast() }
  }

  /// The date where nothing else is left.
  var numericDate: NumericDate? {
    guard words.isEmpty, numbers.count == 3 else { return nil }
    var text: [UInt8] = []
    for token in tokens {
      switch token {
      case .number(let value, let digits):
        let plain = String(value)
        text += Array(repeating: 0x30, count: max(0, digits - plain.utf8.count)) + plain.utf8
      case .mark(let mark): text.append(mark)
      case .word: return nil
      }
    }
    return text.withUnsafeBytes { bytes in NumericDate(bytes).flatMap { $0.end == bytes.count ? $0 : nil } }
  }
}

/// A date whose month is named, or whose numbers say what they count: `27 มี.ค. 66`, `March 27, 2022`, `2022年3月27日`.
private struct NamedDate {
  private(set) var year: Int64 = 0
  private(set) var month: Int64 = 0
  private(set) var day: Int64 = 0
  private(set) var basis = TimeBasis.monthName

  init?(_ tokens: TimeTokens) {
    guard tokens.numbers.count <= 3, tokens.tokens.allSatisfy(Self.isOfDates) else { return nil }
    let months = tokens.words.compactMap { TimeWords.months[$0] }
    switch months.count {
    case 1 where tokens.words.count == 1: readNamed(tokens, months[0])
    case 0: readCounted(tokens)
    default: return nil
    }
    guard year > 0, month > 0, day > 0 else { return nil }
  }

  private static func isOfDates(_ token: TimeTokens.Token) -> Bool {
    guard case .mark(let mark) = token else { return true }
    return mark == UInt8(ascii: "-") || mark == UInt8(ascii: "/") || mark == UInt8(ascii: ".")
  }

  /// Two numbers beside the name of a month: the day, and a year of four digits or, behind the day, of two.
  private mutating func readNamed(_ tokens: TimeTokens, _ month: Int64) {
    let numbers = tokens.tokens.compactMap { token -> (value: Int64, digits: Int)? in
      if case .number(let value, let digits) = token { (value, digits) } else { nil }
    }
    guard numbers.count == 2 else { return }
    let isYearFirst = numbers[0].digits == 4
    let (written, day) = isYearFirst ? (numbers[0], numbers[1]) : (numbers[1], numbers[0])
    guard day.digits <= 2, written.digits == 4 || written.digits == 2 else { return }
    (self.month, self.day, year) = (month, day.value, written.value)
    guard written.digits == 2 else { return }
    let isThai = tokens.words[0].unicodeScalars.contains { (0xE00..<0xE80).contains($0.value) }
    // Thai adverts write 66 for 2566, which is 2023, and sometimes 23.
    if isThai, written.value >= 50 {
      year += 2500
    } else {
      year += written.value < 70 ? 2000 : 1900
    }
  }

  /// Numbers with what they count beside them, each once.
  private mutating func readCounted(_ tokens: TimeTokens) {
    basis = .asWritten
    var open: [Int64] = []
    let all = tokens.tokens
    for (index, token) in all.enumerated() {
      guard case .number(let value, let digits) = token else { continue }
      var (after, before) = ("", "")
      if index + 1 < all.count, case .word(let word) = all[index + 1] { after = word }
      if index > 0, case .word(let word) = all[index - 1] { before = word }
      if TimeWords.yearMarks.contains(after), digits == 4, year == 0 {
        year = value
      } else if TimeWords.monthMarks.contains(after) || TimeWords.monthHeads.contains(before), month == 0 {
        month = value
      } else if TimeWords.dayMarks.contains(after), day == 0 {
        day = value
      } else if digits == 4, year == 0 {
        year = value
      } else {
        open.append(value)
      }
    }
    let marks = [TimeWords.yearMarks, TimeWords.monthMarks, TimeWords.dayMarks, TimeWords.monthHeads]
    guard tokens.words.allSatisfy({ word in marks.contains { $0.contains(word) } }), !tokens.words.isEmpty else {
      year = 0
      return
    }
    // `27 tháng 3 năm 2022`: the one that nothing is said of is the day.
    if day == 0, open.count == 1 { day = open.removeFirst() }
    if !open.isEmpty { year = 0 }
  }
}
