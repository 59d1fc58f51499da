import Listings

/// A date of three numbers with one mark between them: `2022-06-01`, `27/03/2022`, `1.6.22`.
///
/// Cost:   one pass, no allocation: columns of a million such dates are usual.
struct NumericDate: Equatable {
  let first: Int64
  let second: Int64
  let third: Int64
  /// Whether the year stands first; else it stands last.
  let isYearFirst: Bool
  let hasShortYear: Bool
  let mark: UInt8
  /// Where the date ends.
  let end: Int

  /// The date at the beginning of `bytes`; nil where there is none.
  init?(_ bytes: UnsafeRawBufferPointer) {
    var numbers: (Int64, Int64, Int64) = (0, 0, 0)
    var lengths: (Int, Int, Int) = (0, 0, 0)
    var index = 0
    var mark: UInt8 = 0
    for place in 0..<3 {
      let start = index
      var value: Int64 = 0
      while index < bytes.count, bytes[index].isDigit, index - start < 5 {
        value = value * 10 + Int64(bytes[index] &- 0x30)
        index += 1
      }
      switch place {
      case 0: (numbers.0, lengths.0) = (value, index - start)
      case 1: (numbers.1, lengths.1) = (value, index - start)
      default: (numbers.2, lengths.2) = (value, index - start)
      }
      guard index > start else { return nil }
      if place == 2 { break }
      guard index < bytes.count, Self.isMark(bytes[index]), place == 0 || bytes[index] == mark else { return nil }
      mark = bytes[index]
      index += 1
    }
    guard lengths.1 <= 2 else { return nil }
    isYearFirst = lengths.0 == 4
    hasShortYear = lengths.2 == 2 && !isYearFirst
    guard isYearFirst ? lengths.2 <= 2 : lengths.0 <= 2 && (lengths.2 == 4 || lengths.2 == 2) else { return nil }
    (first, second, third) = numbers
    self.mark = mark
    end = index
  }

  private static func isMark(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "-") || byte == UInt8(ascii: "/") || byte == UInt8(ascii: ".")
  }

  /// Which of day and month stands first, where the numbers show it.
  var shown: DayOrder.First? {
    guard !isYearFirst, (1...31).contains(first), (1...31).contains(second) else { return nil }
    if first > 12, second <= 12 { return .day }
    return second > 12 && first <= 12 ? .month : nil
  }
}
