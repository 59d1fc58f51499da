import Listings

/// A file of which the format is known: it can be cut at record borders and read piece by piece, by several threads.
protocol PieceReading: RecordReading {
  var file: ReadableText { get }
  /// Where the first record begins.
  var firstRecord: Int { get }
  /// What is wrong with the file as a whole.
  var fileProblems: [IntakeProblem] { get }
  /// The first record border at or after `target`, for a record that begins at `start`.
  func border(from start: Int, target: Int) -> Int
  /// Reads the records of a piece.
  func read(_ piece: Range<Int>, into assembly: RowAssembly)
}

extension PieceReading {
  package var originalBytes: UnsafeRawBufferPointer { file.original.bytes }
  package var conversions: [Conversion] { file.conversions }
  package var wasChanged: Bool { file.original.change?.isHarmful ?? false }
}
