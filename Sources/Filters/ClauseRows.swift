import CPCRE2
import Listings

/// Finds the rows for which one simple clause holds. Every answer is nil when cancelled.
///
/// Shape:  where the answer for the first rows is known, only the blocks behind them are scanned; `rows` joins both parts.
/// Cost:   dictionary fields and numbers are scanned by kernels of `Listings`; text is searched on all cores.
struct ClauseRows {
  private let dataset: Dataset
  /// The answer for the first rows, from before the dataset grew.
  private let known: RowSet?
  /// The first block with rows that are not known.
  private var from: Int { (known?.rowCount ?? 0) >> blockShift }
  private let cancellation: Cancellation?

  /// The fields in which bare words are searched.
  static let searchedFields: [Field] = [.title, .description, .species, .sellerAlias]

  init(_ dataset: Dataset, known: RowSet? = nil, _ cancellation: Cancellation?) {
    self.dataset = dataset
    self.known = known
    self.cancellation = cancellation
  }

  /// No rows.
  private var nothing: RowSet { RowSet(noneOf: dataset.rowCount) }

  /// The whole answer to a clause.
  ///
  /// - Parameter ask: answers for the blocks that are not known.
  func rows(_ ask: (ClauseRows) -> RowSet?) -> RowSet? {
    guard var rows = ask(self) else { return nil }
    if let known { rows.replaceRows(before: from << blockShift, with: known) }
    return rows
  }

  /// Rows that contain words, in any searched field.
  ///
  /// - Parameter rows: the rows that can match at all; nil for all.
  /// Cost:   reads only `rows` where they are given.
  func words(_ search: TextSearch, among rows: RowSet?) -> RowSet? {
    MatchingRows.rows(of: dataset, containing: search, in: Self.searchedFields, among: rows, from: from, cancellation)
  }

  /// Rows whose title or description matches a regular expression; none for an invalid one.
  ///
  /// Cost:   compiles once; each block of rows is matched with buffers of its own.
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

  /// Rows with one of some values in a field.
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

  /// Rows with one of some values in a column that is not a canonical field.
  ///
  /// Shape:  a row without the column has the empty value, which `none` finds.
  func column(_ name: String, _ values: [ValuePattern]) -> RowSet? {
    let tests = values.map(ValueTest.init)
    return MatchingRows.rows(of: dataset, from: from, cancellation) { [dataset] row in
      let text = dataset.cells(of: row).first { $0.name == name }?.text ?? ""
      return tests.contains { $0.holds(for: text) }
    }
  }

  /// Tests each distinct value once, then scans the codes.
  ///
  /// Cost:   O(distinct values), then one scan of the codes.
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
        // Invalid bytes are shown as U+FFFD, so a value chosen in a facet has it too.
        guard String(validating: bytes, as: UTF8.self) == nil else { return false }
        return tests.contains { $0.holds(for: table.string(code)) }
      }
    }
    guard wanted.contains(true) else { return nothing }
    return MatchingRows.rows(of: dataset, codes: dataset.codes(of: field), in: wanted, from: from, cancellation)
  }

  /// Rows whose date is in one of some weeks.
  func week(_ tests: [WeekTest]) -> RowSet? {
    // A later listing may make another week the newest one.
    let asksForNewest = tests.contains(.newest)
    let newest = asksForNewest ? dataset.newestWeek : nil
    return MatchingRows.rows(of: dataset, from: asksForNewest ? 0 : from, cancellation) { [dataset] row in
      let week = dataset.week(at: row)
      return tests.contains { $0.holds(for: week, newest: newest) }
    }
  }

  /// Rows whose price satisfies one of the tests.
  func price(_ tests: [PriceTest]) -> RowSet? {
    var result = nothing
    for test in tests {
      guard let rows = price(test) else { return nil }
      result.formUnion(rows)
    }
    return result
  }

  /// Rows whose price satisfies one test.
  private func price(_ test: PriceTest) -> RowSet? {
    let states = dataset.priceStates
    switch test {
    case .missing:
      return MatchingRows.rows(
        of: dataset, bytes: states, equalTo: PriceState.missing.rawValue, from: from, cancellation)
    case .unread:
      let everyAmount = (Dataset.noAmount + 1)...Int64.max
      guard
        let placed = MatchingRows.rows(
          of: dataset, numbers: dataset.usDollars, in: everyAmount, from: from, cancellation),
        let blank = price(.missing)
      else { return nil }
      return placed.union(blank).complement
    case .range(let low, let high, let currency):
      let bounds = (low?.tenThousandths ?? 0)...max(low?.tenThousandths ?? 0, high?.tenThousandths ?? .max)
      if let high, let low, high < low { return nothing }
      guard let currency else {
        return MatchingRows.rows(
          of: dataset, numbers: dataset.usDollars, in: bounds, from: from, cancellation)
      }
      let inRange = MatchingRows.rows(
        of: dataset, numbers: dataset.amounts, in: bounds, from: from, cancellation)
      guard let inRange, let inCurrency = self.currency([.exactly(currency)]) else { return nil }
      return inRange.intersection(inCurrency)
    }
  }

  /// Rows whose price has one of some currencies; the empty value means no known currency.
  ///
  /// Cost:   one scan of a byte per row for each currency wanted.
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

  /// Rows whose time satisfies one of the tests.
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
          of: dataset, numbers: times, in: low...high, from: from, cancellation)
      case .missing:
        rows =
          MatchingRows.rows(
            of: dataset, numbers: times, in: (Dataset.noTime + 1)...Int64.max, from: from,
            cancellation)?
          .complement
      }
      guard let rows else { return nil }
      result.formUnion(rows)
    }
    return result
  }

  /// Rows that come from one of some files.
  ///
  /// Cost:   each file's name is tested once.
  func file(_ values: [ValuePattern]) -> RowSet? {
    let tests = values.map(ValueTest.init)
    let wanted = dataset.sources.map { source in tests.contains { $0.holds(for: source.name) } }
    return MatchingRows.rows(of: dataset, from: from, cancellation) { [dataset] row in
      wanted[dataset.sourceIndex(of: row)]
    }
  }
}

/// A value pattern prepared for comparison with many values.
///
/// Cost:   the pattern is folded once; each comparison folds the value.
struct ValueTest: Sendable {
  /// What the pattern asks for, in folded form.
  private enum Kind: Sendable {
    case missing
    case exactly([UInt8])
    case containing(TextSearch)
    case glob([[UInt8]])
    /// The whole values, and the patterns among them.
    case listed(Set<[UInt8]>, [[[UInt8]]])
    case anything
  }
  private let kind: Kind

  init(_ pattern: ValuePattern) {
    switch pattern {
    case .missing: kind = .missing
    case .exactly(let value): kind = value.isEmpty ? .missing : .exactly(Array(Folding.folded(value).utf8))
    case .containing(let part): kind = TextSearch(part).map { .containing($0) } ?? .anything
    case .glob(let pattern): kind = .glob(Self.parts(of: pattern))
    case .listed(let list):
      let patterns = list.values.filter { $0.unicodeScalars.contains("*") }
      let whole = list.values.filter { !$0.unicodeScalars.contains("*") }
      kind = .listed(Set(whole.map { Array(Folding.folded($0).utf8) }), patterns.map { Self.parts(of: $0) })
    }
  }

  /// The texts between the stars of a pattern.
  private static func parts(of pattern: String) -> [[UInt8]] {
    Folding.folded(pattern).split(separator: "*", omittingEmptySubsequences: false).map { Array($0.utf8) }
  }

  /// Whether a value satisfies the pattern.
  ///
  /// Shape:  only `missing` holds for the empty value, and a part without anything to search for.
  func holds(for value: String) -> Bool {
    var value = value
    return value.withUTF8 { holds(for: UnsafeRawBufferPointer($0)) }
  }

  /// The same for bytes, without decoding them.
  ///
  /// Limits: the pointer is not kept.
  func holds(for value: UnsafeRawBufferPointer) -> Bool {
    switch kind {
    case .missing: return value.count == 0
    case .anything: return true
    case .exactly(let wanted): return value.count > 0 && Folding.folded(value) == wanted
    case .containing(let search):
      var scratch: [UInt8] = []
      return search.occurs(in: value, scratch: &scratch)
    case .glob(let parts): return value.count > 0 && Self.matches(parts, Folding.folded(value))
    case .listed(let whole, let patterns):
      if value.count == 0 { return false }
      let folded = Folding.folded(value)
      return whole.contains(folded) || patterns.contains { Self.matches($0, folded) }
    }
  }

  /// Whether `text` consists of the parts in order, with anything between them.
  private static func matches(_ parts: [[UInt8]], _ text: [UInt8]) -> Bool {
    guard let first = parts.first, let last = parts.last, parts.count > 1 else { return text == parts.first ?? [] }
    guard text.count >= first.count + last.count, text.starts(with: first), text.suffix(last.count).elementsEqual(last)
    else { return false }
    var rest = text[first.count..<(text.count - last.count)]
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let found = rest.firstRange(of: part) else { return false }
      rest = rest[found.upperBound...]
    }
    return true
  }
}

/// A compiled regular expression. It ignores case, and its characters are Unicode's.
///
/// Cost:   compiled once, to machine code where possible; a match takes at most `matchLimit` steps.
/// Fails:  `init` fails with the library's own words.
/// Limits: a text on which the limit is reached counts as a match: better shown once too often than hidden.
/// Source: PCRE2 10, pcre2api(3), pcre2jit(3).
final class RegularExpression: @unchecked Sendable {
  // Safe to share: a compiled expression and its match context are only read by matching (pcre2api, "Multithreading").
  private let code: OpaquePointer
  /// Holds the match limit.
  private let context: OpaquePointer

  /// Steps per match: some milliseconds at most.
  private static let matchLimit: UInt32 = 200_000

  /// Why a pattern does not compile.
  struct SyntaxError: Error {
    /// PCRE2's message.
    let words: String
  }

  /// Compiles a pattern.
  init(_ pattern: String) throws(SyntaxError) {
    var number: Int32 = 0
    var offset = 0
    var pattern = pattern
    let options =
      UInt32(PCRE2_UTF) | UInt32(PCRE2_UCP) | UInt32(PCRE2_CASELESS) | UInt32(PCRE2_MATCH_INVALID_UTF)
      | UInt32(PCRE2_NEVER_BACKSLASH_C)
    let compiled = pattern.withUTF8 { pcre2_compile_8($0.baseAddress, $0.count, options, &number, &offset, nil) }
    guard let compiled, let context = pcre2_match_context_create_8(nil) else {
      throw SyntaxError(words: Self.words(number))
    }
    code = compiled
    self.context = context
    _ = pcre2_set_match_limit_8(context, Self.matchLimit)
    // If compiling to machine code fails, the interpreter does the same, more slowly.
    _ = pcre2_jit_compile_8(compiled, UInt32(PCRE2_JIT_COMPLETE))
  }

  deinit {
    pcre2_match_context_free_8(context)
    pcre2_code_free_8(code)
  }

  /// A matcher for one thread.
  func matcher() -> Matcher { Matcher(self) }

  /// Matches texts one after the other, with buffers of its own.
  final class Matcher {
    private let expression: RegularExpression
    private let result: OpaquePointer

    fileprivate init(_ expression: RegularExpression) {
      self.expression = expression
      guard let result = pcre2_match_data_create_from_pattern_8(expression.code, nil) else {
        fatalError("out of memory for a regular expression")
      }
      self.result = result
    }

    deinit { pcre2_match_data_free_8(result) }

    /// Whether the expression matches anywhere in the text.
    func occurs(in text: UnsafeRawBufferPointer) -> Bool {
      // An expression may match an empty text, which still needs an address.
      let start = text.baseAddress ?? TextSlabs.empty
      let found = pcre2_match_8(
        expression.code, start.assumingMemoryBound(to: UInt8.self), text.count, 0, 0, result, expression.context)
      return found >= 0 || found == PCRE2_ERROR_MATCHLIMIT || found == PCRE2_ERROR_JIT_STACKLIMIT
    }
  }

  /// PCRE2's message for an error.
  private static func words(_ number: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = pcre2_get_error_message_8(number, &buffer, buffer.count)
    return count > 0 ? String(decoding: buffer.prefix(Int(count)), as: UTF8.self) : "error \(number)"
  }
}
