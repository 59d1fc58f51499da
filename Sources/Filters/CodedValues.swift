import Listings
import Sentences

/// A way of breaking listings into values that the dataset does not hold ready as codes.
package enum CodedDimension: Hashable, Sendable {
  /// A column that is not a canonical field, by its own name.
  case column(String)
  /// The week in which a listing was posted, or else collected.
  case week

  /// The clause that asks for some values.
  func clause(_ values: [ValuePattern]) -> Clause {
    switch self {
    case .column(let name): .column(name, values)
    case .week:
      .week(
        values.compactMap { value in
          switch value {
          case .missing: .missing
          case .exactly(let text): WeekTest(typed: text)
          case .containing, .glob, .listed: nil
          }
        })
    }
  }

  /// The values that a clause asks for; nil for clauses about something else.
  func asked(_ clause: Clause) -> [ValuePattern]? {
    switch (self, clause) {
    case (.column(let name), .column(let asked, let values)): name == asked ? values : nil
    case (.week, .week(let tests)): ValuePattern.all(tests.map(\.value))
    default: nil
    }
  }

  /// The value of a row; empty for none.
  fileprivate func value(_ dataset: Dataset, _ row: Int) -> String {
    switch self {
    case .column(let name): dataset.cells(of: row).first { $0.name == name }?.text ?? ""
    case .week: dataset.week(at: row)?.text ?? ""
    }
  }
}

/// The values of all rows in such a dimension, each read once and kept as a code.
///
/// Shape:  spellings that a filter cannot distinguish are one value, under the spelling met first.
/// Cost:   for a column every record is read, on all cores; then 4 bytes a row, and the values.
struct CodedRows: Sendable {
  private let dimension: CodedDimension
  /// By code; the empty text is "no value".
  private(set) var names: [String] = []
  /// By row.
  private(set) var codes: [UInt32] = []
  private var codeOfSpelling: [String: UInt32] = [:]
  private var codeOfFolded: [String: UInt32] = [:]

  init(_ dimension: CodedDimension) { self.dimension = dimension }

  /// Rows that one core reads at a time.
  private static let chunk = 8_192

  /// Reads the rows that came since the last call.
  ///
  /// - Returns: false when cancelled; what was read until then stays.
  mutating func extend(to dataset: Dataset, _ cancellation: Cancellation?) -> Bool {
    let round = Self.chunk * 2 * Parallel.coreCount
    while codes.count < dataset.rowCount {
      if cancellation?.isCancelled == true { return false }
      let start = codes.count
      let rows = start..<min(start + round, dataset.rowCount)
      let chunks = (rows.count + Self.chunk - 1) / Self.chunk
      let read = Parallel.map(chunks) { [dimension] chunk in
        let first = start + chunk * Self.chunk
        return ChunkValues(dimension, dataset, first..<min(first + Self.chunk, rows.upperBound))
      }
      for chunk in read {
        let codes = chunk.names.map { code(of: $0) }
        self.codes += chunk.codes.map { codes[Int($0)] }
      }
    }
    return true
  }

  private mutating func code(of spelling: String) -> UInt32 {
    if let code = codeOfSpelling[spelling] { return code }
    let folded = Folding.folded(spelling)
    // Combining marks alone fold to nothing, but are not a missing value.
    let key = folded.isEmpty ? spelling : folded
    let code = codeOfFolded[key] ?? UInt32(names.count)
    if code == names.count {
      names.append(spelling)
      codeOfFolded[key] = code
    }
    codeOfSpelling[spelling] = code
    return code
  }

  /// The facet over rows; nil when cancelled.
  func facet(in subject: FilterSubject, among rows: RowSet, _ cancellation: Cancellation?) -> Facet? {
    var counts = [Int](repeating: 0, count: names.count)
    rows.forEach { counts[Int(codes[$0])] += 1 }
    if let listings = subject.listingsCounted {
      let surplus = listings.surplus(ofValues: names.count, among: rows, cancellation) { row, body in
        body(Int(codes[row]))
      }
      guard let surplus else { return nil }
      for (code, surplus) in surplus.enumerated() { counts[code] -= surplus }
    }
    if cancellation?.isCancelled == true { return nil }
    let values = names.indices.filter { counts[$0] > 0 }.map { FacetValue(name: names[$0], count: counts[$0]) }
    let isByName = dimension == .week
    return Facet(
      .coded(dimension),
      values: values.sorted { a, b in
        // The newest week first; listings without a date last.
        if isByName { return b.name.isEmpty ? !a.name.isEmpty : !a.name.isEmpty && b.name < a.name }
        return a.count != b.count ? a.count > b.count : Array(a.name.utf8).lexicographicallyPrecedes(Array(b.name.utf8))
      }, total: subject.count(of: rows))
  }
}

/// The values of some rows, as one core reads them.
private struct ChunkValues: Sendable {
  private(set) var names: [String] = []
  private(set) var codes: [UInt32] = []

  init(_ dimension: CodedDimension, _ dataset: Dataset, _ rows: Range<Int>) {
    var known: [String: UInt32] = [:]
    codes.reserveCapacity(rows.count)
    for row in rows {
      let value = dimension.value(dataset, row)
      let code = known[value] ?? UInt32(names.count)
      if code == names.count {
        known[value] = code
        names.append(value)
      }
      codes.append(code)
    }
  }
}

extension Dimension {
  /// The week in which a listing was posted, or else collected.
  static let week = Dimension("week", title: Sentence("Week")) { _ in .coded(.week) }

  /// What the id of a column's dimension begins with.
  private static let columnPrefix = "column:"

  /// A column of the files that is not a canonical field.
  package static func column(_ name: String) -> Dimension {
    Dimension(columnPrefix + name, ofColumn: name) { _ in .coded(.column(name)) }
  }

  /// The name of the column whose dimension has an id; nil for other ids.
  package static func columnName(ofID id: String) -> String? {
    id.hasPrefix(columnPrefix) ? String(id.dropFirst(columnPrefix.count)) : nil
  }
}
