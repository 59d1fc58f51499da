import Listings

/// The rows of a dataset for which one plain clause holds. Every answer is nil when cancelled.
///
/// Shape:  where the answer among the first rows is known, only the blocks behind them are asked, and `rows` puts both
///         together.
struct ClauseRows {
  private let dataset: Dataset
  private let known: RowSet?
  /// Blocks whose rows are all known.
  private var from: Int { (known?.rowCount ?? 0) >> blockShift }
  private let cancellation: Cancellation?

  /// Where bare words are looked for.
  static let searchedFields: [Field] = [.title, .description, .species, .sellerAlias]

  init(_ dataset: Dataset, known: RowSet? = nil, _ cancellation: Cancellation?) {
    self.dataset = dataset
    self.known = known
    self.cancellation = cancellation
  }

  private var nothing: RowSet { RowSet(noneOf: dataset.rowCount) }

  /// The whole answer to a clause, from `ask`, which answers for the blocks that are not known.
  func rows(_ ask: (ClauseRows) -> RowSet?) -> RowSet? {
    guard var rows = ask(self) else { return nil }
    if let known { rows.replaceRows(before: from << blockShift, with: known) }
    return rows
  }

  func words(_ search: TextSearch, among rows: RowSet?) -> RowSet? {
    MatchingRows.rows(of: dataset, containing: search, in: Self.searchedFields, among: rows, from: from, cancellation)
  }

  func regex(_ pattern: String) -> RowSet? {
    guard let expression = try? RegularExpression(pattern) else { return nothing }
    return MatchingRows.rows(
      of: dataset, from: from, cancellation,
      preparing: { [dataset] in
        let matcher = expression.matcher()
        return { row in
          matcher.occurs(in: dataset.bytes(of: .title, at: row))
            || matcher.occurs(in: dataset.bytes(of: .description, at: row))
        }
      })
  }

  func field(_ field: Field, _ values: [ValuePattern]) -> RowSet? {
    let tests = values.map(ValueTest.init)
    switch field.storage {
    case .dictionary: return dictionary(field, tests)
    case .text:
      return MatchingRows.rows(of: dataset, from: from, cancellation) { [dataset] row in
        tests.contains { $0.holds(for: dataset.bytes(of: field, at: row)) }
      }
    case .price, .time, .record:
      return MatchingRows.rows(of: dataset, from: from, cancellation) { [dataset] row in
        tests.contains { $0.holds(for: dataset.text(of: field, at: row)) }
      }
    }
  }

  func column(_ name: String, _ values: [ValuePattern]) -> RowSet? {
    let tests = values.map(ValueTest.init)
    return MatchingRows.rows(of: dataset, from: from, cancellation) { [dataset] row in
      let text = dataset.cells(of: row).first { $0.name == name }?.text ?? ""
      return tests.contains { $0.holds(for: text) }
    }
  }

  private func dictionary(_ field: Field, _ tests: [ValueTest]) -> RowSet? {
    let table = dataset.values(of: field)
    let count = dataset.valueCount(of: field)
    var wanted: [Bool]
    if field == .species {
      let names = dataset.speciesLists.names.map { name in tests.contains { $0.holds(for: name) } }
      wanted = dataset.speciesLists.members.prefix(count).map { $0.contains { names[Int($0)] } }
    } else {
      wanted = (0..<UInt32(count)).map { code in
        let bytes = table.bytes(code)
        if tests.contains(where: { $0.holds(for: bytes) }) { return true }
        // A broken value is shown, and so chosen in its facet, with U+FFFD in place of what is no UTF-8.
        guard String(validating: bytes, as: UTF8.self) == nil else { return false }
        return tests.contains { $0.holds(for: table.string(code)) }
      }
    }
    guard wanted.contains(true) else { return nothing }
    return MatchingRows.rows(of: dataset, codes: dataset.codes(of: field), in: wanted, from: from, cancellation)
  }

  func price(_ tests: [PriceTest]) -> RowSet? {
    var result = nothing
    for test in tests {
      guard let rows = price(test) else { return nil }
      result.formUnion(rows)
    }
    return result
  }

  private func price(_ test: PriceTest) -> RowSet? {
    let states = dataset.priceStates
    switch test {
    case .missing:
      return MatchingRows.rows(
        of: dataset, bytes: states, equalTo: PriceState.missing.rawValue, from: from, cancellation)
    case .unread:
      let missing = Dataset.noAmount
      let everyAmount = (missing + 1)...Int64.max
      guard
        let placed = MatchingRows.rows(
          of: dataset, numbers: dataset.usDollars, in: everyAmount, missing: missing, from: from, cancellation),
        let blank = price(.missing)
      else { return nil }
      return placed.union(blank).complement
    case .range(let low, let high, let currency):
      let bounds = (low?.tenThousandths ?? 0)...max(low?.tenThousandths ?? 0, high?.tenThousandths ?? .max)
      if let high, let low, high < low { return nothing }
      guard let currency else {
        return MatchingRows.rows(
          of: dataset, numbers: dataset.usDollars, in: bounds, missing: Dataset.noAmount, from: from, cancellation)
      }
      let inRange = MatchingRows.rows(
        of: dataset, numbers: dataset.amounts, in: bounds, missing: Dataset.noAmount, from: from, cancellation)
      guard let inRange, let inCurrency = self.currency([.exactly(currency)]) else { return nil }
      return inRange.intersection(inCurrency)
    }
  }

  func currency(_ values: [ValuePattern]) -> RowSet? {
    let tests = values.map(ValueTest.init)
    var result = nothing
    for (code, name) in dataset.currencyCodes.enumerated()
    where tests.contains(where: { $0.holds(for: code == 0 ? "" : name) }) {
      let rows = MatchingRows.rows(
        of: dataset, bytes: dataset.currencies, equalTo: UInt8(code), from: from, cancellation)
      guard let rows else { return nil }
      result.formUnion(rows)
    }
    return result
  }

  func time(_ field: Field, _ tests: [TimeTest]) -> RowSet? {
    var result = nothing
    let times = dataset.times(of: field)
    for test in tests {
      let rows: RowSet?
      switch test {
      case .span(let start, let end):
        let low = start ?? Dataset.noTime + 1
        let high = end.map { $0 - 1 } ?? .max
        guard low <= high else { continue }
        rows = MatchingRows.rows(
          of: dataset, numbers: times, in: low...high, missing: Dataset.noTime, from: from, cancellation)
      case .missing:
        rows =
          MatchingRows.rows(
            of: dataset, numbers: times, in: (Dataset.noTime + 1)...Int64.max, missing: Dataset.noTime, from: from,
            cancellation)?
          .complement
      }
      guard let rows else { return nil }
      result.formUnion(rows)
    }
    return result
  }

  func file(_ values: [ValuePattern]) -> RowSet? {
    let tests = values.map(ValueTest.init)
    let wanted = dataset.sources.map { source in tests.contains { $0.holds(for: source.name) } }
    return MatchingRows.rows(of: dataset, from: from, cancellation) { [dataset] row in
      wanted[dataset.sourceIndex(of: row)]
    }
  }
}

/// A value pattern made ready for comparing many values.
struct ValueTest: Sendable {
  private enum Kind: Sendable {
    case missing
    case exactly([UInt8])
    case containing(TextSearch)
    case glob([[UInt8]])
    case anything
  }
  private let kind: Kind

  init(_ pattern: ValuePattern) {
    switch pattern {
    case .missing: kind = .missing
    case .exactly(let value): kind = value.isEmpty ? .missing : .exactly(Array(Folding.folded(value).utf8))
    case .containing(let part): kind = TextSearch(part).map { .containing($0) } ?? .anything
    case .glob(let pattern):
      kind = .glob(
        Folding.folded(pattern).split(separator: "*", omittingEmptySubsequences: false).map { Array($0.utf8) })
    }
  }

  func holds(for value: String) -> Bool {
    var value = value
    return value.withUTF8 { holds(for: UnsafeRawBufferPointer($0)) }
  }

  func holds(for value: UnsafeRawBufferPointer) -> Bool {
    switch kind {
    case .missing: return value.count == 0
    case .anything: return true
    case .exactly(let wanted): return value.count > 0 && Folding.folded(value) == wanted
    case .containing(let search):
      var scratch: [UInt8] = []
      return search.occurs(in: value, scratch: &scratch)
    case .glob(let parts): return value.count > 0 && Self.matches(parts, Folding.folded(value))
    }
  }

  /// Whether `text` is the parts in order with anything between them.
  private static func matches(_ parts: [[UInt8]], _ text: [UInt8]) -> Bool {
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return text == parts.first ?? [] }
    guard text.count >= first.count + last.count, text.starts(with: first), text.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = text[first.count..<(text.count - last.count)]
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let place = rest.firstRange(of: part) else { return false }
      rest = rest[place.upperBound...]
    }
    return true
  }
}
