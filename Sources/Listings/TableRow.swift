/// One row of a small table file, such as a lexicon, and where it stands.
///
/// Shape:  cells as UTF-8 text without quoting; bytes that are no UTF-8 have become U+FFFD.
package struct TableRow: Equatable, Sendable {
  /// The line on which the row begins, from 1.
  package let line: Int
  package let cells: [String]

  package init(line: Int, cells: [String]) {
    self.line = line
    self.cells = cells
  }
}
