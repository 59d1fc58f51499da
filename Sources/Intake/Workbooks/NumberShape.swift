import Listings

/// What a number in a sheet stands for, by the format it is shown in.
enum NumberShape: Equatable, Sendable {
  case number
  /// A day, a time of day, or both: which, the value tells.
  case time
  /// Hours that go on beyond 24.
  case elapsed
  /// A sum of money.
  case amount(AmountFormat)

  /// - Parameter code: the format's own code; those built in have none.
  init(formatID: Int, code: String?, _ currencies: Currencies) {
    if let code {
      self = Self.shape(ofCode: code)
      if self == .number, let amount = AmountFormat(code: code, currencies) { self = .amount(amount) }
      return
    }
    switch formatID {
    // 27-36 and 50-58 are days in Chinese, Japanese, Korean and Thai workbooks, and nothing elsewhere.
    case 14...22, 27...36, 45, 47, 50...58: self = .time
    case 46: self = .elapsed
    default: self = .number
    }
  }

  /// The first letter or digit mark that is not quoted decides: `yyyy-mm-dd`, `[h]:mm`, `0.00 "days"`, `[Red]#,##0`.
  ///
  /// Source: ECMA-376 part 1, 18.8.30 and 18.8.31.
  private static func shape(ofCode code: String) -> NumberShape {
    let code = Array(code.lowercased())
    var place = 0
    while place < code.count {
      switch code[place] {
      case ";": return .number
      case "\"": place = code[(place + 1)...].firstIndex(of: "\"") ?? code.count
      case "\\", "_", "*": place += 1
      case "[":
        let end = code[place...].firstIndex(of: "]") ?? code.count
        let inside = code[(place + 1)..<max(place + 1, end)]
        if let unit = inside.first, "hms".contains(unit), inside.allSatisfy({ $0 == unit }) { return .elapsed }
        place = end
      case "0", "#", "?", "@": return .number
      case "g":
        if code[place...].starts(with: "general") { return .number }
        return .time
      case "y", "m", "d", "h", "s", "e", "b": return .time
      default: break
      }
      place += 1
    }
    return .number
  }
}
