import Listings

/// Detects how a delimited file is written, from its first records.
///
/// Shape:  what the user chose is not questioned. Each trait needs evidence of its own in the sample, and none against
///         it. A plain file shows none of them.
/// Cost:   parses the first `sampleRecords` records once per delimiter and once or twice per trait.
struct DialectEvidence {
  /// The dialect that the evidence suggests, with whatever the user chose.
  private(set) var dialect = DelimitedDialect()
  /// What is unusual about the file, with the evidence, in words; empty for plain files.
  private(set) var traits: [String] = []

  /// The beginning of the file.
  private let sample: UnsafeRawBufferPointer
  /// Where its records begin.
  private let start: Int
  /// Records that are examined with each dialect.
  private static let sampleRecords = 60

  /// - Parameters:
  ///   - sample: the beginning of the file.
  ///   - start: where its records begin.
  init(_ sample: UnsafeRawBufferPointer, from start: Int, choice: DialectChoice) {
    self.sample = sample
    self.start = start
    if !sample.contains(.lineFeed), sample.contains(.carriageReturn) { dialect.lineBreak = .carriageReturn }
    dialect.quote = choice.quote ?? .quote
    dialect.hasBackslashEscapes = choice.hasBackslashEscapes ?? false
    dialect.delimiter = choice.delimiter ?? delimiter().delimiter
    if choice.quote == nil { findSingleQuotes(choice.delimiter) }
    if choice.hasBackslashEscapes == nil { findBackslashes(choice.delimiter) }
    dialect.hasPairsInPlainCells = choice.hasPairsInPlainCells ?? false
    if choice.hasPairsInPlainCells == nil { findPairsInPlainCells() }
  }

  /// The sampled records as a dialect splits them; the last one may be cut and is dropped.
  private func records(_ dialect: DelimitedDialect) -> [(start: Int, next: Int, cells: [String])] {
    var records = CollectedRecords.read(sample, start..<sample.count, dialect, limit: Self.sampleRecords)
    if records.count > 1, records.count < Self.sampleRecords { records.removeLast() }
    return records
  }

  // MARK: The delimiter

  /// The delimiter by which most of the first records have the same number of cells. More cells win a tie.
  ///
  /// Shape:  comma, semicolon, tab and bar are tried. Agreement within 10 % counts as equal.
  private func delimiter() -> (delimiter: UInt8, agreeing: Double) {
    var best = (delimiter: UInt8.comma, agreeing: 0.0, cells: 1)
    for delimiter in [UInt8.comma, .semicolon, .tab, .bar] {
      var tried = dialect
      tried.delimiter = delimiter
      let counts = records(tried).map(\.cells.count)
      guard let usual = Self.usual(counts) else { continue }
      // Records that mostly agree are as good as records that all agree; then more cells are the better evidence.
      let isBetter =
        usual.share > best.agreeing + 0.1 || usual.share > best.agreeing - 0.1 && usual.cells > best.cells
      if isBetter { best = (delimiter, usual.share, usual.cells) }
    }
    return (best.delimiter, best.agreeing)
  }

  /// The most frequent number of cells, if above one, and the share of records that have it.
  private static func usual(_ counts: [Int]) -> (cells: Int, share: Double)? {
    var tally: [Int: Int] = [:]
    for count in counts where count > 1 { tally[count, default: 0] += 1 }
    guard let usual = tally.max(by: { ($0.value, $0.key) < ($1.value, $1.key) }) else { return nil }
    return (usual.key, Double(usual.value) / Double(counts.count))
  }

  /// The share of records with the most frequent number of cells.
  ///
  /// Cost:   parses the sample.
  private func agreement(_ dialect: DelimitedDialect) -> Double {
    Self.usual(records(dialect).map(\.cells.count))?.share ?? 0
  }

  // MARK: Single quotes

  /// Detects single quotes around cells.
  ///
  /// Shape:  most cells begin and end with an apostrophe, and hardly any with a double quote. Or some do, and more records
  ///         agree in their number of cells when the apostrophes are taken as quotes.
  private mutating func findSingleQuotes(_ delimiter: UInt8?) {
    var tried = dialect
    tried.quote = .apostrophe
    if let delimiter { tried.delimiter = delimiter }
    let bounds = [tried.delimiter, dialect.lineBreak, .carriageReturn]
    var (opens, closes, doubles) = (0, 0, 0)
    for index in start..<sample.count {
      let before = index > start ? sample[index - 1] : dialect.lineBreak
      let after = index + 1 < sample.count ? sample[index + 1] : dialect.lineBreak
      if sample[index] == .apostrophe {
        if bounds.contains(before) { opens += 1 }
        if bounds.contains(after) { closes += 1 }
      } else if sample[index] == .quote, bounds.contains(before) {
        doubles += 1
      }
    }
    let cells = records(dialect).reduce(0) { $0 + $1.cells.count }
    guard opens >= 2, closes * 10 >= opens * 9, doubles * 10 < opens else { return }
    // A few such cells only count where delimiters within them would otherwise tear records apart.
    let (now, then) = (agreement(dialect), agreement(tried))
    guard opens >= 4 && 2 * opens >= min(cells, 400) ? then >= now : then > now + 0.02 else { return }
    dialect = tried
    traits.append("cells enclosed in single quotes: \(opens) in the first records")
  }

  // MARK: Backslashes

  /// Detects backslash escapes.
  ///
  /// Shape:  quotes within quoted cells follow a backslash, none is doubled, and no fewer records agree in their number of
  ///         cells than without escapes.
  private mutating func findBackslashes(_ delimiter: UInt8?) {
    let (escaped, doubled) = escapes()
    guard escaped > 0, doubled == 0 else { return }
    var tried = dialect
    tried.hasBackslashEscapes = true
    guard agreement(tried) >= agreement(dialect) else { return }
    dialect = tried
    traits.append("quotes behind a backslash: \(escaped) in the first records, none doubled")
  }

  /// Counts quotes after a backslash within cells, and doubled quotes within cells.
  ///
  /// Shape:  a quote after a backslash only counts where the cell goes on after it.
  private func escapes() -> (escaped: Int, doubled: Int) {
    var (escaped, doubled, index) = (0, 0, start)
    while index < sample.count {
      guard sample[index] == dialect.quote else {
        index += 1
        continue
      }
      var next = index
      while next < sample.count, sample[next] == dialect.quote { next += 1 }
      let isBehind = index > start && sample[index - 1] == .backslash && !isEscaped(index - 1)
      let isClosing = isBound(next)
      if isBehind, next - index == 1, !isClosing || hasOpeningLater(next) { escaped += 1 }
      if isBehind, next - index == 2 { if isClosing { escaped += 1 } else { doubled += 1 } }
      if !isBehind, (next - index) >= 2, index > start, !isBound(index - 1), !isClosing { doubled += 1 }
      index = next
    }
    return (escaped, doubled)
  }

  /// Whether the backslash at `position` is itself escaped.
  private func isEscaped(_ position: Int) -> Bool {
    var first = position
    while first > start, sample[first - 1] == .backslash { first -= 1 }
    return (position - first) & 1 == 1
  }

  /// Whether a delimiter or line break is at `position`.
  private func isBound(_ position: Int) -> Bool {
    guard position < sample.count, position >= start else { return true }
    return [dialect.delimiter, dialect.lineBreak, .carriageReturn].contains(sample[position])
  }

  /// Whether a cell that would end here continues, because another escaped quote follows on the line.
  private func hasOpeningLater(_ position: Int) -> Bool {
    let line = sample[position...].prefix { $0 != dialect.lineBreak }
    return zip(line, line.dropFirst()).contains { $0 == .backslash && $1 == dialect.quote }
  }

  // MARK: Pairs in plain cells

  /// Detects doubled quotes in unquoted cells.
  ///
  /// Shape:  wherever an unquoted cell has quotes, they come in pairs, and some cells have words between two such pairs. A
  ///         single pair may stand for inches.
  private mutating func findPairsInPlainCells() {
    var count = PlainQuotes(text: sample, quote: dialect.quote)
    RecordScan.scan(sample, start..<sample.count, dialect, into: &count)
    guard count.quoting > 0, count.single == 0 else { return }
    dialect.hasPairsInPlainCells = true
    traits.append("two quotes for one in plain cells: \(count.paired) in the first records")
  }
}

/// Counts unquoted cells that contain quotes.
private struct PlainQuotes: RecordScanSink {
  let text: UnsafeRawBufferPointer
  let quote: UInt8
  /// Cells whose quotes all come in pairs.
  private(set) var paired = 0
  /// Cells with a single quote, which contradict the trait.
  private(set) var single = 0
  /// Cells with words between two pairs.
  private(set) var quoting = 0

  init(text: UnsafeRawBufferPointer, quote: UInt8) {
    self.text = text
    self.quote = quote
  }

  /// Counts the quotes of a cell, unless it is enclosed in them.
  mutating func cell(_ index: Int, start: Int, end: Int, hasPairs: Bool) {
    let isEnclosed = start > 0 && text[start - 1] == quote && end < text.count && text[end] == quote
    guard !isEnclosed, text[start..<end].contains(quote) else { return }
    var (position, runs) = (start, 0)
    while position < end {
      var next = position
      while next < end, text[next] == quote { next += 1 }
      if (next - position) & 1 == 1 { return single += 1 }
      if next > position { runs += 1 }
      position = max(next, position + 1)
    }
    paired += 1
    if runs >= 2 { quoting += 1 }
  }

  mutating func record(start: Int, end: Int, next: Int, cells: Int) {}
  mutating func strayQuote(at position: Int) { single += 1 }
}
