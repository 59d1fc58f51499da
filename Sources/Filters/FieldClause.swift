import CodeWords
import Cues
import Listings
import SmallFormats
import Taxa

/// Interprets `name:value,value` as a clause.
///
/// Cost:   O(values).
struct FieldClause {
  /// As typed, without the colon.
  let name: String
  /// Of name and values, for problems.
  let range: Range<Int>
  /// Columns that are not canonical fields.
  let columns: Set<String>
  /// Nil while no taxon table is loaded.
  var taxa: TaxonTable?

  /// The clause of the values.
  ///
  /// Fails:  with a `FilterProblem` at the value that makes no sense.
  func clause(_ values: [RawValue]) throws(FilterProblem) -> Clause {
    switch name.lowercased() {
    case "is": return .state(try states(values))
    case "group": return .group(values.map(\.pattern))
    case "changed": return .changed(try changedCells(values))
    case "reason": return .reason(try reasons(values))
    case "note": return .note(values.map(\.pattern))
    case "by": return .analyst(values.map(\.pattern))
    case "week": return .week(try weeks(values))
    case "file": return .file(values.map(\.pattern))
    case "risk": return .risk(try risks(values))
    case "term": return .term(values.map(\.pattern))
    case "taxon": return .taxon(try taxonTests(values))
    case ProtectionList.cites.filterName: return .protection(.cites, try levels(values, in: .cites))
    case ProtectionList.china.filterName: return .protection(.china, try levels(values, in: .china))
    case let kind where CueWords.Kind(rawValue: kind) != nil:
      return .cue(CueWords.Kind(rawValue: kind) ?? .contact, values.map(\.pattern))
    default: break
    }
    if let aspect = Aspect(filterName: name.lowercased()) { return .described(aspect, values.map(\.pattern)) }
    guard let field = Field.named(name) else {
      return try column(values)
    }
    switch field {
    case .price: return .price(try prices(values))
    case .currency: return .currency(values.map(\.pattern))
    case .postedAt, .capturedAt: return .time(field, try times(values))
    default: return .field(field, values.map(\.pattern))
    }
  }

  /// The clause about a column by its own name, even if a field has that name.
  ///
  /// Shape:  the name as the file has it; one that matches only without regard to case, width and accents is found too.
  /// Fails:  throws `unknownField`, with the nearest field if there is one.
  func column(_ values: [RawValue]) throws(FilterProblem) -> Clause {
    if columns.contains(name) { return .column(name, values.map(\.pattern)) }
    if let column = columns.filter({ Folding.folded($0) == Folding.folded(name) }).min() {
      return .column(column, values.map(\.pattern))
    }
    throw FilterProblem(.unknownField(name, nearest: nearestField), range)
  }

  /// Whether `name:value` asks for the column of that name, and not for something else with the same name.
  static func means(column name: String) -> Bool {
    let value = RawValue(text: "x", quoting: .plain, range: 0..<0)
    let clause = try? FieldClause(name: name, range: 0..<0, columns: [name]).clause([value])
    return clause == .column(name, [value.pattern])
  }

  /// The states after `is:`, with a few short forms.
  ///
  /// Example: `is:fp`, `is:false_positive`, `is:decided`
  private func states(_ values: [RawValue]) throws(FilterProblem) -> [ListingState] {
    var states: [ListingState] = []
    for value in values {
      let name = value.text.lowercased().replacing("_", with: "-")
      let short = ["fp": ListingState.falsePositive, "false": .falsePositive, "decided": .reviewed, "done": .reviewed]
      guard let state = ListingState(rawValue: name) ?? short[name] else {
        throw FilterProblem(.notAState(value.text), value.range)
      }
      states.append(state)
    }
    return states
  }

  /// The reasons after `reason:`, each a part of a known one, so that a misspelt one is told and not silently without listings.
  private func reasons(_ values: [RawValue]) throws(FilterProblem) -> [ValuePattern] {
    var patterns: [ValuePattern] = []
    for value in values {
      let name = DecisionWords.name(ofReason: value.text.lowercased().replacing(" ", with: "-"))
      let pattern = RawValue(text: name, quoting: value.quoting, range: value.range).pattern
      if pattern != .missing {
        let test = ValueTest(pattern)
        guard DecisionWords.reasonNames.contains(where: { test.holds(for: $0) }) else {
          throw FilterProblem(.notAReason(value.text), value.range)
        }
      }
      patterns.append(pattern)
    }
    return patterns
  }

  /// The cells after `changed:`.
  private func changedCells(_ values: [RawValue]) throws(FilterProblem) -> [ComparedCell] {
    var cells: [ComparedCell] = []
    for value in values {
      let name = value.text.lowercased()
      guard let cell = ComparedCell(rawValue: name == "description" ? "text" : name) else {
        throw FilterProblem(.notACell(value.text), value.range)
      }
      cells.append(cell)
    }
    return cells
  }

  /// The price tests, with a check for amounts that were typed with a thousands separator.
  ///
  /// Fails:  throws `commaInNumber` for `1,200`, `backwards` for `500..100`, `notAPrice` for what cannot be read.
  private func prices(_ values: [RawValue]) throws(FilterProblem) -> [PriceTest] {
    for (value, next) in zip(values, values.dropFirst()) where Self.isOneNumber(value, next) {
      throw FilterProblem(.commaInNumber(value.text + "," + next.text), value.range.lowerBound..<next.range.upperBound)
    }
    var tests: [PriceTest] = []
    for value in values {
      guard let test = PriceTest(typed: value.text) else {
        throw FilterProblem(.notAPrice(value.text), value.range)
      }
      if case .range(let low?, let high?, _) = test, high < low {
        throw FilterProblem(.backwards(value.text), value.range)
      }
      tests.append(test)
    }
    return tests
  }

  /// Whether two values are halves of a number such as 1,200. Taken as "1 or 200" they would silently give a wrong answer.
  private static func isOneNumber(_ value: RawValue, _ next: RawValue) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    let before = value.text.utf8.reversed().prefix(while: isDigit).count
    guard (1...3).contains(before), next.text.utf8.prefix(while: isDigit).count == 3 else { return false }
    // Two ranges are two ranges, but `1,200..` and `50..1,200` are not what they seem.
    return !value.text.contains("..") || !next.text.contains("..")
  }

  /// The spans of time after `posted:` and the like.
  ///
  /// Fails:  throws `notATime` for what cannot be read, `backwards` where a span ends before it begins.
  private func times(_ values: [RawValue]) throws(FilterProblem) -> [TimeTest] {
    var tests: [TimeTest] = []
    for value in values {
      guard let test = TimeTest(typed: value.text) else { throw FilterProblem(.notATime(value.text), value.range) }
      if case .span(let start?, let end?) = test, end <= start {
        throw FilterProblem(.backwards(value.text), value.range)
      }
      tests.append(test)
    }
    return tests
  }

  /// The tests after `week:`.
  ///
  /// Fails:  throws `notAWeek` for what cannot be read, `backwards` where a span ends before it begins.
  private func weeks(_ values: [RawValue]) throws(FilterProblem) -> [WeekTest] {
    var tests: [WeekTest] = []
    for value in values {
      guard let test = WeekTest(typed: value.text) else { throw FilterProblem(.notAWeek(value.text), value.range) }
      if case .span(let from?, let to?) = test, to < from { throw FilterProblem(.backwards(value.text), value.range) }
      tests.append(test)
    }
    return tests
  }

  /// The tests after `risk:`.
  private func risks(_ values: [RawValue]) throws(FilterProblem) -> [RiskTest] {
    var tests: [RiskTest] = []
    for value in values {
      guard let test = RiskTest(typed: value.text) else { throw FilterProblem(.notARisk(value.text), value.range) }
      tests.append(test)
    }
    return tests
  }

  /// The tests after `taxon:`, under accepted names.
  private func taxonTests(_ values: [RawValue]) throws(FilterProblem) -> [TaxonTest] {
    var tests: [TaxonTest] = []
    for value in values { tests.append(try TaxonTest(typed: value, in: taxa)) }
    return tests
  }

  /// The tests after `appendix:` and `china:`.
  ///
  /// Fails:  throws `notALevel` at the first value that is no level of the list.
  private func levels(_ values: [RawValue], in list: ProtectionList) throws(FilterProblem) -> [LevelTest] {
    var tests: [LevelTest] = []
    for value in values {
      guard let test = LevelTest(typed: value.text, in: list) else {
        throw FilterProblem(.notALevel(value.text, list), value.range)
      }
      tests.append(test)
    }
    return tests
  }

  /// The known field name within two typing errors of this one; nil for none.
  private var nearestField: String? {
    NearestName.of(name.lowercased(), among: FilterCompletion.names + Field.allCases.map(\.rawValue))
  }
}

extension PriceTest {
  /// Parses `100..500`, `100..<500`, `>100`, `>=100`, `<50`, `100`, `12k`, `none`, `unclear` or `unread`, each with an optional ISO 4217
  /// code behind it; nil for anything else.
  init?(typed: String) {
    var text = Substring(typed.lowercased())
    if ["none", "unread", "unclear"].contains(text) {
      self = text == "none" ? .missing : .unread
      return
    }
    var currency: String?
    if text.count > 3, text.suffix(3).allSatisfy({ $0.isASCII && $0.isLetter }) {
      currency = text.suffix(3).uppercased()
      text = text.dropLast(3)
    }
    if let dots = text.firstRange(of: "..") {
      let (left, right) = (text[..<dots.lowerBound], text[dots.upperBound...])
      let low = Amount(typed: left)
      var high = Amount(typed: right)
      if right.hasPrefix("<") {
        high = Amount(typed: right.dropFirst()).map { Amount(tenThousandths: $0.tenThousandths - 1) }
      }
      guard left.isEmpty || low != nil, right.isEmpty || high != nil, low != nil || high != nil else { return nil }
      self = .range(low: low, high: high, currency: currency)
      return
    }
    // Amounts are whole ten-thousandths, so "more than" is "at least the next one".
    for (mark, isLow, step) in [(">=", true, 0), ("<=", false, 0), (">", true, 1), ("<", false, -1)]
    where text.hasPrefix(mark) {
      guard let amount = Amount(typed: text.dropFirst(mark.count)) else { return nil }
      let (bound, overflows) = amount.tenThousandths.addingReportingOverflow(Int64(step))
      // No price is below 0.
      guard !overflows, bound >= 0 else { return nil }
      let limit = Amount(tenThousandths: bound)
      self = .range(low: isLow ? limit : nil, high: isLow ? nil : limit, currency: currency)
      return
    }
    guard let amount = Amount(typed: text) else { return nil }
    self = .range(low: amount, high: amount, currency: currency)
  }
}

extension TimeTest {
  /// Parses `2026-11`, `2026-11-01..2026-11-15`, `2026..`, `..2025`, `>2026-11-01`, `none`; nil for anything else.
  init?(typed text: String) {
    if text.lowercased() == "none" {
      self = .missing
    } else if let dots = text.firstRange(of: "..") {
      let (left, right) = (text[..<dots.lowerBound], text[dots.upperBound...])
      let (start, end) = (TimeSpan.span(left), TimeSpan.span(right))
      guard left.isEmpty || start != nil, right.isEmpty || end != nil, start != nil || end != nil else { return nil }
      self = .span(start: start?.lowerBound, end: end?.upperBound)
    } else if let first = text.first, first == ">" || first == "<" {
      guard let span = TimeSpan.span(text.dropFirst(text.dropFirst().first == "=" ? 2 : 1)) else { return nil }
      let inclusive = text.dropFirst().first == "="
      self =
        first == ">"
        ? .span(start: inclusive ? span.lowerBound : span.upperBound, end: nil)
        : .span(start: nil, end: inclusive ? span.upperBound : span.lowerBound)
    } else if let span = TimeSpan.span(text) {
      self = .span(start: span.lowerBound, end: span.upperBound)
    } else {
      return nil
    }
  }
}

extension Amount {
  /// Parses a plain decimal with up to four places and an optional `k` or `m`; nil for anything else.
  ///
  /// Example: `12`, `.5`, `12.50`, `12k`, `1.5m`
  /// Limits: nil also where the amount exceeds 64 bits of ten-thousandths.
  package init?(typed text: some StringProtocol) {
    var text = Substring(text)
    var factor: Int64 = 10_000
    if text.hasSuffix("k") { factor = 10_000_000 } else if text.hasSuffix("m") { factor = 10_000_000_000 }
    if factor != 10_000 { text = text.dropLast() }
    let parts = text.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), !text.isEmpty, text != ".",
      let whole = Int64(digits: parts[0].isEmpty ? "0" : parts[0])
    else { return nil }
    let (units, tooLarge) = whole.multipliedReportingOverflow(by: factor)
    guard !tooLarge else { return nil }
    var fraction: Int64 = 0
    if parts.count == 2, !parts[1].isEmpty {
      guard parts[1].count <= 4, let digits = Int64(digits: parts[1]) else { return nil }
      fraction = parts[1].reduce(factor) { scale, _ in scale / 10 } * digits
    }
    let (total, overflows) = units.addingReportingOverflow(fraction)
    guard !overflows else { return nil }
    self.init(tenThousandths: total)
  }
}

extension RiskTest {
  /// Parses `>60`, `>=60`, `<40`, `<=40`, `40..60`, `60..`, `..40`, `75`, `unknown`; nil for anything else, and for numbers
  /// beyond 0 to 100.
  init?(typed text: String) {
    let text = text.lowercased()
    if ["unknown", "none", "unreadable"].contains(text) {
      self = .unknown
      return
    }
    let bounds: (low: Int?, high: Int?)
    if let dots = text.firstRange(of: "..") {
      let (left, right) = (text[..<dots.lowerBound], text[dots.upperBound...])
      bounds = (left.isEmpty ? 0 : Self.number(left), right.isEmpty ? 100 : Self.number(right))
    } else if text.hasPrefix(">=") {
      bounds = (Self.number(text.dropFirst(2)), 100)
    } else if text.hasPrefix("<=") {
      bounds = (0, Self.number(text.dropFirst(2)))
    } else if text.hasPrefix(">") {
      bounds = (Self.number(text.dropFirst()).map { $0 + 1 }, 100)
    } else if text.hasPrefix("<") {
      bounds = (0, Self.number(text.dropFirst()).map { $0 - 1 })
    } else {
      bounds = (Self.number(text), Self.number(text))
    }
    guard let low = bounds.low, let high = bounds.high, 0 <= low, low <= high, high <= 100 else { return nil }
    self = .range(low...high)
  }

  /// A whole number of digits alone.
  private static func number(_ text: some StringProtocol) -> Int? {
    text.utf8.allSatisfy { $0 >= 0x30 && $0 <= 0x39 } ? Int(text) : nil
  }
}

/// Spans of time as filters name them: a year, month, day, minute or second, in UTC.
///
/// Units:  seconds since 1970, UTC; the end is not included.
package enum TimeSpan {
  /// Days from 1970-01-01 to a day.
  static func days(year: Int, month: Int, day: Int) -> Int64 {
    CalendarDay.number(Int64(year), Int64(month), Int64(day)) ?? 0
  }

  /// The shortest text of a span that begins with this second: `2026-11-20` at midnight, else `2026-11-20T08:30:00`.
  package static func text(_ seconds: Int64) -> String { text(seconds, day: 0) }

  /// The shortest text of a span that ends with this second: `2026-11-20` for the last second of the day.
  package static func text(lastSecond seconds: Int64) -> String { text(seconds, day: 86_399) }

  /// A day alone where the second is `wholeDay` of it, else the day and the time.
  private static func text(_ seconds: Int64, day wholeDay: Int64) -> String {
    let rest = ((seconds % 86_400) + 86_400) % 86_400
    let day = CalendarDay(daysSince1970: Int((seconds - rest) / CalendarDay.seconds)).description
    if rest == wholeDay { return day }
    return day
      + "T\(Digits.padded(Int(rest) / 3600)):\(Digits.padded(Int(rest) / 60 % 60)):\(Digits.padded(Int(rest) % 60))"
  }

  /// Parses `2026`, `2026-11`, `2026-11-20` or `2026-11-20T08:30[:15]`; nil for anything else.
  ///
  /// Units:  seconds since 1970.
  package static func span(_ text: some StringProtocol) -> Range<Int64>? {
    let halves = text.split(separator: "T", omittingEmptySubsequences: false)
    guard let first = halves.first, halves.count <= 2 else { return nil }
    let parts = first.split(separator: "-", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int64(digits: $0).map(Int.init) }
    guard numbers.count == parts.count, (1...3).contains(numbers.count), parts[0].count == 4 else { return nil }
    let year = numbers[0]
    guard numbers.count > 1 else {
      return halves.count == 1 ? range(days(year: year, month: 1, day: 1), days(year: year + 1, month: 1, day: 1)) : nil
    }
    let month = numbers[1]
    guard (1...12).contains(month) else { return nil }
    let monthStart = days(year: year, month: month, day: 1)
    let nextMonth = month == 12 ? days(year: year + 1, month: 1, day: 1) : days(year: year, month: month + 1, day: 1)
    guard numbers.count > 2 else { return halves.count == 1 ? range(monthStart, nextMonth) : nil }
    guard numbers[2] >= 1, Int64(numbers[2]) <= nextMonth - monthStart else { return nil }
    let day = monthStart + Int64(numbers[2]) - 1
    guard halves.count == 2 else { return range(day, day + 1) }
    return secondSpan(halves[1]).map { day * 86_400 + $0.lowerBound..<day * 86_400 + $0.upperBound }
  }

  /// The seconds of a day that `08:30` or `08:30:15` names.
  private static func secondSpan(_ text: some StringProtocol) -> Range<Int64>? {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let numbers = parts.compactMap { Int64(digits: $0) }
    guard numbers.count == parts.count, (2...3).contains(numbers.count), (0...23).contains(numbers[0]),
      (0...59).contains(numbers[1])
    else { return nil }
    let minute = numbers[0] * 3600 + numbers[1] * 60
    guard numbers.count == 3 else { return minute..<minute + 60 }
    return (0...59).contains(numbers[2]) ? minute + numbers[2]..<minute + numbers[2] + 1 : nil
  }

  /// From the start of one day to the start of another.
  private static func range(_ start: Int64, _ end: Int64) -> Range<Int64> { start * 86_400..<end * 86_400 }
}

extension Int64 {
  /// Parses digits and nothing else: no sign, no space.
  init?(digits: some StringProtocol) {
    guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 0x30 && $0 <= 0x39 }) else { return nil }
    self.init(digits)
  }
}
