import Listings

/// The risk of every row of a dataset, and which terms count in it. Immutable: while flagging goes on, each look is a new,
/// longer `RowFlags` over the same growing columns, as with `Dataset`.
///
/// Shape:  rows 0..<rowCount, which may be fewer than the dataset has. A row's terms are those that count in full and
///         speak for wildlife, or for something harmless beside one that does; each once, ascending.
/// Cost:   5 bytes a row and 2 bytes a term of a row: 9 MB at a million rows with two terms each.
package struct RowFlags: Sendable {
  /// Rows flagged so far.
  package let rowCount: Int
  package let lexicons: CompiledLexicons
  package let columns: RowFlagColumns

  /// No row flagged yet.
  package init(_ lexicons: CompiledLexicons = .empty) { self.init(0, lexicons, RowFlagColumns()) }

  init(_ rowCount: Int, _ lexicons: CompiledLexicons, _ columns: RowFlagColumns) {
    self.rowCount = rowCount
    self.lexicons = lexicons
    self.columns = columns
  }

  /// Per row the risk, or one of the marks below: for kernels, and for sorting.
  package var risks: BlockColumn<UInt8> { columns.risks }

  /// Whether both were made by the same lexicons of the same rows.
  package func isSameLook(as other: RowFlags) -> Bool {
    lexicons === other.lexicons && rowCount == other.rowCount && (columns === other.columns || rowCount == 0)
  }

  /// Most of the text is in a script that no lexicon covers.
  package static let notCoveredMark: UInt8 = 254
  /// There is no text.
  package static let noTextMark: UInt8 = 255

  package func risk(at row: Int) -> RowRisk {
    guard row < rowCount else { return .pending }
    switch columns.risks[row] {
    case Self.noTextMark: return .noText
    case Self.notCoveredMark: return .notCovered
    case let value: return .value(Int(value))
    }
  }

  /// The terms that count in a row.
  package func terms(at row: Int) -> [TermID] {
    guard row < rowCount else { return [] }
    return places(of: row).map { TermID(columns.terms[$0]) }
  }

  @inline(__always)
  package func places(of row: Int) -> Range<Int> {
    (row == 0 ? 0 : Int(columns.ends[row - 1]))..<Int(columns.ends[row])
  }
}

/// What a row's risk is known to be.
package enum RowRisk: Equatable, Sendable {
  case value(Int)
  case noText
  case notCovered
  /// Not flagged yet.
  case pending

  /// Nil where it is not a number; which is not the same as 0.
  package var value: Int? { if case .value(let value) = self { value } else { nil } }
}

/// The columns that flagging grows. One thread appends; a look reads only the rows it was made for.
package final class RowFlagColumns: Sendable {
  package let risks = BlockColumn<UInt8>()
  /// How many terms there are up to and with each row.
  let ends = BlockColumn<UInt32>()
  package let terms = BlockColumn<UInt16>()
}
