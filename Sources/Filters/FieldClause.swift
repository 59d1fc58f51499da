import Listings

/// Turns `name:value,value` into a clause.
struct FieldClause {
  let name: String
  let range: Range<Int>
  let columns: Set<String>

  func clause(_ values: [RawValue]) throws(FilterProblem) -> Clause {
    switch name.lowercased() {
    case "is": return .state(try states(values))
    case "file": return .file(values.map(\.pattern))
    case "risk", "term", "tag": throw FilterProblem(.notYet(name), range)
    default: break
    }
    guard let field = Field.named(name) else {
      if columns.contains(name) { return .column(name, values.map(\.pattern)) }
      if let column = columns.first(where: { Folding.folded($0) == Folding.folded(name) }) {
        return .column(column, values.map(\.pattern))
      }
      throw FilterProblem(.unknownField(name, nearest: nearestField), range)
    }
    switch field {
    case .price: return .price(try prices(values))
    case .currency: return .currency(values.map(\.pattern))
    case .postedAt, .capturedAt: return .time(field, try times(values))
    default: return .field(field, values.map(\.pattern))
    }
  }

  private func states(_ values: [RawValue]) throws(FilterProblem) -> [ListingState] {
    var states: [ListingState] = []
    for value in values {
      let name = value.text.lowercased().replacing("_", with: "-")
      let short = ["fp": ListingState.falsePositive, "false": .falsePositive, "decided": .reviewed, "new": .unreviewed]
      guard let state = ListingState(rawValue: name) ?? short[name] else {
        throw FilterProblem(.notAState(value.text), value.range)
      }
      states.append(state)
    }
    return states
  }

  private func prices(_ values: [RawValue]) throws(FilterProblem) -> [PriceTest] {
    var tests: [PriceTest] = []
    for value in values {
      guard let test = PriceTest(typed: value.text) else {
        throw FilterProblem(.notAPrice(value.text), value.range)
      }
      tests.append(test)
    }
    return tests
  }

  private func times(_ values: [RawValue]) throws(FilterProblem) -> [TimeTest] {
    var tests: [TimeTest] = []
    for value in values {
      guard let test = TimeTest(typed: value.text) else { throw FilterProblem(.notATime(value.text), value.range) }
      tests.append(test)
    }
    return tests
  }

  private var nearestField: String? {
    let names = Field.allCases.map(\.filterName) + Field.allCases.map(\.rawValue) + ["is", "file"]
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
      let bound = Amount(tenThousandths: amount.tenThousandths + Int64(step))
      self = .range(low: isLow ? bound : nil, high: isLow ? nil : bound, currency: currency)
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
      let (start, end) = (CivilTime.span(left), CivilTime.span(right))
      guard left.isEmpty || start != nil, right.isEmpty || end != nil, start != nil || end != nil else { return nil }
      self = .span(start: start?.lowerBound, end: end?.upperBound)
    } else if let first = text.first, first == ">" || first == "<" {
      guard let span = CivilTime.span(text.dropFirst(text.dropFirst().first == "=" ? 2 : 1)) else { return nil }
      let inclusive = text.dropFirst().first == "="
      self =
        first == ">"
        ? .span(start: inclusive ? span.lowerBound : span.upperBound, end: nil)
        : .span(start: nil, end: inclusive ? span.upperBound : span.lowerBound)
    } else if let span = CivilTime.span(text) {
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
    guard (1...2).contains(parts.count), let whole = Int64(parts[0].isEmpty ? "0" : parts[0]), whole >= 0,
      !text.isEmpty, text != "."
    else { return nil }
    var total = whole.multipliedReportingOverflow(by: factor)
    if parts.count == 2 {
      guard parts[1].count <= 4, let fraction = Int64(parts[1].isEmpty ? "0" : parts[1]), fraction >= 0 else {
        return nil
      }
      var scale = factor
      for _ in parts[1] { scale /= 10 }
      total = total.partialValue.addingReportingOverflow(fraction * scale)
    }
    guard !total.overflow else { return nil }
    self.init(tenThousandths: total.partialValue)
  }
}
