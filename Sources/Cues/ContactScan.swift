/// Finds telephone numbers, e-mail addresses and accounts in a text.
///
/// Shape:  a telephone number is written with `+` and 8 to 15 digits, or begins with 0 and has 9 to 11, or is a Chinese mobile
///         number of 11 digits; blanks, dots, dashes and brackets may stand between its digits, one at a time. Numbers that are
///         part of a longer one, of a decimal, of a date or of an address on the web are none.
///         An e-mail address has letters, digits and `._%+-` before `@`, and a host with a dot behind it. An account is `@` with
///         three or more letters, digits, dots or underscores, not all of them digits, at the beginning of a word.
/// Cost:   O(bytes); a text without digits and `@` is one pass over its bytes.
/// Limits: full-width digits are not read. A number like `081 234 5678` may be something else; a cue is a hint.
enum ContactScan {
  /// In the order of their bits in a mask.
  enum Kind: Int { case phone, email, account }

  static func forEach(in text: UnsafeRawBufferPointer, _ body: (Kind, Range<Int>) -> Void) {
    var place = 0
    while place < text.count {
      let byte = text[place]
      if byte == UInt8(ascii: "@") {
        place = takeAt(text, place, body)
      } else if byte == UInt8(ascii: "+") || isDigit(byte) {
        place = takeNumber(text, place, body)
      } else {
        place += 1
      }
    }
  }

  // MARK: Numbers

  private static func takeNumber(
    _ text: UnsafeRawBufferPointer, _ start: Int, _ body: (Kind, Range<Int>) -> Void
  ) -> Int {
    var place = start
    var digits = 0
    var end = start
    var first: [UInt8] = []
    let isInternational = text[start] == UInt8(ascii: "+")
    if isInternational { place += 1 }
    while place < text.count {
      if isDigit(text[place]) {
        if first.count < 2 { first.append(text[place]) }
        (digits, place, end) = (digits + 1, place + 1, place + 1)
      } else if digits > 0 || isInternational, isSeparator(text[place]), place + 1 < text.count,
        isDigit(text[place + 1])
          || text[place] == UInt8(ascii: ")") && text[place + 1] == UInt8(ascii: " ")
            && place + 2 < text.count && isDigit(text[place + 2])
          || text[place] == UInt8(ascii: " ") && text[place + 1] == UInt8(ascii: "(")
      {
        place += 1
      } else {
        break
      }
    }
    end = max(end, start + 1)
    guard isPhone(text, start..<end, digits, first, isInternational), stands(text, start..<end) else { return end }
    // (021) 555 0199: its bracket opens before the first digit.
    let opens = start > 0 && text[start - 1] == UInt8(ascii: "(") && text[start..<end].contains(UInt8(ascii: ")"))
    body(.phone, (opens ? start - 1 : start)..<end)
    return end
  }

  private static func isPhone(
    _ text: UnsafeRawBufferPointer, _ range: Range<Int>, _ digits: Int, _ first: [UInt8], _ isInternational: Bool
  ) -> Bool {
    guard first.count == 2, !isDate(text, range) else { return false }
    // 0.81234567 is a fraction.
    let start = range.lowerBound
    if text[start] == UInt8(ascii: "0"), text[start + 1] == UInt8(ascii: ".") { return false }
    if isInternational { return (8...15).contains(digits) && first[0] != UInt8(ascii: "0") }
    // 00 is dialled before the code of a country.
    if first[0] == UInt8(ascii: "0") { return (9...(first[1] == UInt8(ascii: "0") ? 15 : 11)).contains(digits) }
    return digits == 11 && first[0] == UInt8(ascii: "1") && (UInt8(ascii: "3")...UInt8(ascii: "9")).contains(first[1])
  }

  /// `01.02.2026 10`, `05-11-2026`: groups of two, two and four digits.
  private static func isDate(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    let lengths = text[range].split { !isDigit($0) }.map(\.count)
    return lengths.starts(with: [2, 2, 4]) || lengths.starts(with: [4, 2, 2])
  }

  /// Whether neither a letter, nor a digit, nor what belongs to a longer number stands beside a range.
  private static func stands(_ text: UnsafeRawBufferPointer, _ range: Range<Int>) -> Bool {
    if range.lowerBound > 0 {
      let before = text[range.lowerBound - 1]
      if isWord(before) || ".,-/#=&%$".utf8.contains(before) { return false }
    }
    guard range.upperBound < text.count else { return true }
    let after = text[range.upperBound]
    if isWord(after) || "/%=&".utf8.contains(after) { return false }
    return !(after == UInt8(ascii: ".") || after == UInt8(ascii: ",") || after == UInt8(ascii: "-"))
      || range.upperBound + 1 == text.count || !isDigit(text[range.upperBound + 1])
  }

  private static func isSeparator(_ byte: UInt8) -> Bool { " .-()".utf8.contains(byte) }

  // MARK: Addresses and accounts

  private static func takeAt(
    _ text: UnsafeRawBufferPointer, _ sign: Int, _ body: (Kind, Range<Int>) -> Void
  ) -> Int {
    var start = sign
    while start > 0, isWord(text[start - 1]) || "._%+-".utf8.contains(text[start - 1]) { start -= 1 }
    var end = sign + 1
    while end < text.count, isWord(text[end]) || ".-".utf8.contains(text[end]) { end += 1 }
    while end > sign + 1, ".-".utf8.contains(text[end - 1]) { end -= 1 }
    if start < sign {
      let host = text[(sign + 1)..<end]
      if let dot = host.lastIndex(of: UInt8(ascii: ".")), dot > host.startIndex, end - dot > 2,
        host[(dot + 1)...].allSatisfy(isLetter)
      {
        body(.email, start..<end)
      }
      return max(end, sign + 1)
    }
    let name = text[(sign + 1)..<end]
    // A text in Chinese or Thai goes on without a blank; only ASCII is taken for the name.
    if name.count >= 3, sign == 0 || text[sign - 1] != UInt8(ascii: "@"), name.contains(where: { isLetter($0) }) {
      body(.account, sign..<end)
    }
    return max(end, sign + 1)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }
  private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 0x61 < 26 }
  private static func isWord(_ byte: UInt8) -> Bool { isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "_") }
}
