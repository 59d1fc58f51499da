import Listings

// Filters as text. The law: parsing the text gives an equal filter.

extension Clause {
  /// The clause as typed.
  ///
  /// - Parameter inGroup: whether other clauses are around it, so that alternatives need brackets.
  func text(inGroup: Bool) -> String {
    switch self {
    case .words(let words): Self.word(words)
    case .regex(let pattern): "/" + pattern + "/"
    case .field(let field, let values): Self.field(field.filterName, values.map(\.text))
    case .column(let name, let values): Self.column(name) + values.map(\.text).joined(separator: ",")
    case .price(let tests): Self.field("price", tests.map { $0.text(alone: tests.count == 1) })
    case .currency(let values): Self.field("currency", values.map(\.text))
    case .time(let field, let tests): Self.field(field.filterName, tests.map(\.text))
    case .state(let states): Self.field("is", states.map(\.rawValue))
    case .group(let values): Self.field("group", values.map(\.text))
    case .changed(let cells): Self.field("changed", cells.map(\.rawValue))
    case .file(let values): Self.field("file", values.map(\.text))
    case .risk(let tests): Self.field("risk", tests.map(\.text))
    case .term(let values): Self.field("term", values.map(\.text))
    case .cue(let kind, let values): Self.field(kind.rawValue, values.map(\.text))
    case .taxon(let tests): Self.field("taxon", tests.map(\.text))
    case .protection(let list, let tests): Self.field(list.filterName, tests.map { $0.text(in: list) })
    case .described(let aspect, let values): Self.field(aspect.filterName, values.map(\.text))
    case .reason(let values): Self.field("reason", values.map(\.text))
    case .note(let values): Self.field("note", values.map(\.text))
    case .analyst(let values): Self.field("by", values.map(\.text))
    case .week(let tests): Self.field("week", tests.map(\.text))
    case .not(let clause): "-" + clause.text(inGroup: true)
    case .all(let clauses): "(" + clauses.map { $0.text(inGroup: true) }.joined(separator: " ") + ")"
    case .any(let clauses):
      inGroup ? "(" + Self.alternatives(clauses) + ")" : Self.alternatives(clauses)
    }
  }

  /// Alternatives separated by `OR`.
  ///
  /// Example: `ivory OR (tusk price:>100)`
  private static func alternatives(_ clauses: [Clause]) -> String {
    clauses.map { $0.text(inGroup: true) }.joined(separator: " OR ")
  }

  /// A field and its values.
  private static func field(_ name: String, _ values: [String]) -> String { name + ":" + values.joined(separator: ",") }

  /// Bare words, in quotes where they would be read as something else.
  ///
  /// Example: `ivory`, `"carved ivory"`, `"OR"`
  private static func word(_ words: String) -> String {
    needsQuotes(words) || words == "OR" || words == "AND" || FilterSyntax.comparison(words) != nil
      ? quoted(words) : words
  }

  /// `colour:`, or `column:price=` where the name alone means something else.
  private static func column(_ name: String) -> String {
    guard name.lowercased() != "column", FieldClause.means(column: name) else { return "column:" + quoted(name) + "=" }
    // `http:/…` is parsed as an address, not as a column of that name.
    let isPlain = !needsQuotes(name) && !FilterScanner.schemes.contains(name.lowercased())
    return (isPlain ? name : quoted(name)) + ":"
  }

  /// Whether a text cannot be one bare word.
  ///
  /// Shape:  true for the empty text, a leading `-` or `/`, and any blank, quote, bracket, comma or colon.
  static func needsQuotes(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, first != "-", first != "/" else { return true }
    let parting: [Unicode.Scalar] = ["\"", "(", ")", ",", ":"]
    return text.unicodeScalars.contains { $0.isBlank || parting.contains($0) }
  }

  /// The text in quotes, with quotes and backslashes escaped.
  ///
  /// Example: `"a \"rare\" tusk"`
  /// Cost:   O(scalars), allocates.
  static func quoted(_ text: String) -> String {
    // By scalars, like the scanner: a quote followed by a combining mark is still a quote.
    var quoted = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { quoted.append("\\") }
      quoted.append(scalar)
    }
    return "\"" + String(quoted) + "\""
  }
}

extension ValuePattern {
  /// The value as typed after a field's colon.
  var text: String {
    switch self {
    case .exactly(let value): Clause.quoted(value)
    case .containing(let part):
      Clause.needsQuotes(part) || part.lowercased() == "none" ? "*" + Clause.quoted(part) : part
    case .glob(let pattern): Clause.needsQuotes(pattern) ? "*" + Clause.quoted(pattern) : pattern
    case .listed(let list): "@" + list.name
    case .missing: "none"
    }
  }
}

extension PriceTest {
  /// The test as typed after `price:`.
  ///
  /// - Parameter alone: whether it is the only test. In a list, single amounts are written as ranges, since `1,200` would be
  ///   taken for one number.
  func text(alone: Bool) -> String {
    switch self {
    case .missing: return "none"
    case .unread: return "unread"
    case .range(let low, let high, let currency):
      let code = currency?.lowercased() ?? ""
      if alone, let low, let high, low == high { return low.description + code }
      // Bounds that came from `>100`, `<50` or a band of the histogram are written in that form.
      if alone, let low, high == nil, let above = low.justAbove { return ">" + above.description + code }
      let upper = high.map { high in high.justBelow.map { "<" + $0.description } ?? high.description }
      if alone, low == nil, let upper, upper.hasPrefix("<") { return upper + code }
      return (low?.description ?? "") + ".." + (upper ?? "") + code
    }
  }
}

extension RiskTest {
  /// The test as typed after `risk:`, and the name of its band in the facet.
  var text: String {
    switch self {
    case .unknown: "unknown"
    case .range(let range) where range.lowerBound == range.upperBound: "\(range.lowerBound)"
    case .range(let range) where range.upperBound == 100: "\(range.lowerBound).."
    case .range(let range) where range.lowerBound == 0: "..\(range.upperBound)"
    case .range(let range): "\(range.lowerBound)..\(range.upperBound)"
    }
  }
}

extension Amount {
  /// The whole amount right below this one, if this is that amount plus the smallest step.
  package var justAbove: Amount? { tenThousandths % 10_000 == 1 ? Amount(tenThousandths: tenThousandths - 1) : nil }
  /// The whole amount right above this one, if this is that amount minus the smallest step.
  var justBelow: Amount? {
    tenThousandths % 10_000 == 9_999 ? Amount(tenThousandths: tenThousandths + 1) : nil
  }
}

extension TimeTest {
  /// The test as typed after `posted:`.
  var text: String {
    switch self {
    case .missing: return "none"
    case .span(let start?, nil):
      // Years have four digits: a span that begins after 9999 is written by what it follows.
      return start < Self.years.upperBound
        ? TimeSpan.text(start) + ".." : ">" + TimeSpan.text(lastSecond: start - 1)
    case .span(nil, let end?):
      return end > Self.years.lowerBound ? ".." + TimeSpan.text(lastSecond: end - 1) : "<" + TimeSpan.text(end)
    case .span(let start, let end):
      return (start.map { TimeSpan.text($0) } ?? "") + ".." + (end.map { TimeSpan.text(lastSecond: $0 - 1) } ?? "")
    }
  }

  /// The seconds of the years 0000 to 9999.
  private static let years =
    TimeSpan.days(year: 0, month: 1, day: 1) * 86_400..<TimeSpan.days(year: 10_000, month: 1, day: 1) * 86_400
}

extension Field {
  /// The field's name in filters, which is short where the canonical name is long.
  ///
  /// Example: `seller` for the field `sellerAlias`, `posted` for `postedAt`.
  package var filterName: String {
    switch self {
    case .sellerAlias: "seller"
    case .postedAt: "posted"
    case .capturedAt: "captured"
    case .listingID: "id"
    case .language: "lang"
    case .flagReason: "flag"
    default: rawValue
    }
  }

  /// The field of a name in a filter, short or canonical; nil for none.
  ///
  /// Shape:  ignores case.
  package static func named(_ name: String) -> Field? {
    let name = name.lowercased()
    return allCases.first { $0.filterName == name || $0.rawValue == name }
  }
}
