import Listings

// A filter written down. The law is that reading the text gives an equal filter.

extension Clause {
  /// The clause as it is typed; within a longer text, alternatives stand in brackets.
  func text(inGroup: Bool) -> String {
    switch self {
    case .words(let words): Self.word(words)
    case .regex(let pattern): "/" + pattern + "/"
    case .field(let field, let values): Self.field(field.filterName, values.map(\.text))
    case .column(let name, let values): Self.field(Self.needsQuotes(name) ? "\"\(name)\"" : name, values.map(\.text))
    case .price(let tests): Self.field("price", tests.map(\.text))
    case .currency(let values): Self.field("currency", values.map(\.text))
    case .time(let field, let tests): Self.field(field.filterName, tests.map(\.text))
    case .state(let states): Self.field("is", states.map(\.rawValue))
    case .file(let values): Self.field("file", values.map(\.text))
    case .not(let clause): "-" + clause.text(inGroup: true)
    case .all(let clauses): "(" + clauses.map { $0.text(inGroup: true) }.joined(separator: " ") + ")"
    case .any(let clauses):
      inGroup ? "(" + Self.alternatives(clauses) + ")" : Self.alternatives(clauses)
    }
  }

  private static func alternatives(_ clauses: [Clause]) -> String {
    clauses.map { $0.text(inGroup: true) }.joined(separator: " OR ")
  }

  private static func field(_ name: String, _ values: [String]) -> String { name + ":" + values.joined(separator: ",") }

  private static func word(_ words: String) -> String {
    needsQuotes(words) || words.contains(":") || words == "OR" || words == "AND" || words.first == "-"
      || words.first == "/"
      ? quoted(words) : words
  }

  /// Whether a text cannot stand alone as one word.
  static func needsQuotes(_ text: String) -> Bool {
    text.isEmpty || text.contains { $0.isWhitespace || $0 == "\"" || $0 == "(" || $0 == ")" || $0 == "," }
      || text.first == "-" || text.contains(":")
  }

  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}

extension ValuePattern {
  var text: String {
    switch self {
    case .exactly(let value): Clause.quoted(value)
    case .containing(let part):
      Clause.needsQuotes(part) || part.lowercased() == "none" ? "*" + Clause.quoted(part) : part
    case .glob(let pattern): Clause.needsQuotes(pattern) ? "*" + Clause.quoted(pattern) : pattern
    case .missing: "none"
    }
  }
}

extension PriceTest {
  var text: String {
    switch self {
    case .missing: return "none"
    case .unread: return "unread"
    case .range(let low, let high, let currency):
      let code = currency?.lowercased() ?? ""
      if let low, let high, low == high { return low.description + code }
      // Bounds that came from `>100`, `<50` or a band of the histogram are written as they were meant.
      if let low, high == nil, let above = low.justAbove { return ">" + above.description + code }
      let upper = high.map { high in high.justBelow.map { "<" + $0.description } ?? high.description }
      if low == nil, let upper, upper.hasPrefix("<") { return upper + code }
      return (low?.description ?? "") + ".." + (upper ?? "") + code
    }
  }
}

extension Amount {
  /// The whole amount that this one lies the smallest step above, if it does.
  var justAbove: Amount? { tenThousandths % 10_000 == 1 ? Amount(tenThousandths: tenThousandths - 1) : nil }
  /// The whole amount that this one lies the smallest step below, if it does.
  var justBelow: Amount? {
    tenThousandths % 10_000 == 9_999 ? Amount(tenThousandths: tenThousandths + 1) : nil
  }
}

extension TimeTest {
  var text: String {
    switch self {
    case .missing: return "none"
    case .span(let start, let end):
      return (start.map(CivilTime.text) ?? "") + ".." + (end.map { CivilTime.text($0 - 1) } ?? "")
    }
  }
}

extension Field {
  /// The name of the field in filters: short where the canonical one is long.
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

  /// The field a filter's name means: the short or the canonical one.
  package static func named(_ name: String) -> Field? {
    let name = name.lowercased()
    return allCases.first { $0.filterName == name || $0.rawValue == name }
  }
}
