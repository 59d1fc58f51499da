import CodeWords
import Listings
import Taxa

/// Turns `name:value,value` into a clause.
struct FieldClause {
  let name: String
  let range: Range<Int>
  let columns: Set<String>
  /// Nil while no taxon table has been read.
  var taxa: TaxonTable?

  func clause(_ values: [RawValue]) throws(FilterProblem) -> Clause {
    switch name.lowercased() {
    case "is": return .state(try states(values))
    case "file": return .file(values.map(\.pattern))
    case "risk": return .risk(try risks(values))
    case "term": return .term(values.map(\.pattern))
    case "taxon": return .taxon(try taxonTests(values))
    case ProtectionList.cites.filterName: return .protection(.cites, try levels(values, in: .cites))
    case ProtectionList.china.filterName: return .protection(.china, try levels(values, in: .china))
    case "tag": throw FilterProblem(.notYet(name), range)
    default: break
    }
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

  /// A column by its own name, whatever fields are called.
  func column(_ values: [RawValue]) throws(FilterProblem) -> Clause {
    if columns.contains(name) { return .column(name, values.map(\.pattern)) }
    if let column = columns.filter({ Folding.folded($0) == Folding.folded(name) }).min() {
      return .column(column, values.map(\.pattern))
    }
    throw FilterProblem(.unknownField(name, nearest: nearestField), range)
  }

  /// Whether `name:value` asks the column of that name, and not something else that is called so.
  static func means(column name: String) -> Bool {
    let value = RawValue(text: "x", quoting: .plain, range: 0..<0)
    let clause = try? FieldClause(name: name, range: 0..<0, columns: [name]).clause([value])
    return clause == .column(name, [value.pattern])
  }

  private func states(_ values: [RawValue]) throws(FilterProblem) -> [ListingState] {
    var states: [ListingState] = []
    for value in values {
      let name = value.text.lowercased().replacing("_", with: "-")
      let short = ["fp": ListingState.falsePositive, "false": .falsePositive, "decided": .reviewed]
      guard let state = ListingState(rawValue: name) ?? short[name] else {
        throw FilterProblem(.notAState(value.text), value.range)
      }
      states.append(state)
    }
    return states
  }

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

  /// Whether two values are the halves of a number such as 1,200: read as "1 or 200" it would answer wrongly in silence.
  private static func isOneNumber(_ value: RawValue, _ next: RawValue) -> Bool {
    func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }
    let before = value.text.utf8.reversed().prefix(while: isDigit).count
    guard (1...3).contains(before), next.text.utf8.prefix(while: isDigit).count == 3 else { return false }
    // Two ranges are two ranges; `1,200..` and `50..1,200` are not what they seem.
    return !value.text.contains("..") || !next.text.contains("..")
  }

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

  private func risks(_ values: [RawValue]) throws(FilterProblem) -> [RiskTest] {
    var tests: [RiskTest] = []
    for value in values {
      guard let test = RiskTest(typed: value.text) else { throw FilterProblem(.notARisk(value.text), value.range) }
      tests.append(test)
    }
    return tests
  }

  private func taxonTests(_ values: [RawValue]) throws(FilterProblem) -> [TaxonTest] {
    var tests: [TaxonTest] = []
    for value in values { tests.append(try TaxonTest(typed: value, in: taxa)) }
    return tests
  }

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

  private var nearestField: String? {
    let names = FilterCompletion.names + Field.allCases.map(\.rawValue)
    let scored = names.map { ($0, Self.distance(name.lowercased(), $0)) }
    guard let best = scored.min(by: { $0.1 < $1.1 }), best.1 <= 2 else { return nil }
    return best.0
  }

  /// Levenshtein's distance: insertions, deletions and changes of one character.
  private static func distance(_ a: String, _ b: String) -> Int {
    let b = Array(b)
    var row = Array(0...b.count)
    for (i, x) in a.enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in b.indices {
        let changed = diagonal + (x == b[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = min(changed, row[j] + 1, row[j + 1] + 1)
      }
    }
    return row[b.count]
  }
}

extension PriceTest {
  /// Reads `100..500`, `100..<500`, `>100`, `>=100`, `<50`, `100`, `12k`, `none`, `unread`, each with an ISO 4217 code behind it.
  init?(typed: String) {
    var text = Substring(typed.lowercased())
    if text == "none" || text == "unread" {
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
      // Nothing costs less than nothing.
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
  /// Reads `2026-11`, `2026-11-01..2026-11-15`, `2026..`, `..2025`, `>2026-11-01`, `none`.
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
  /// Reads a plain decimal with up to four places and an optional `k` or `m`; nil for anything else.
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
