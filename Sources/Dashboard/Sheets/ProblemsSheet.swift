import TextCells

/// What could not be read, with its place, and what went wrong since.
enum ProblemsSheet {
  static func draw(_ state: State, _ top: Int, _ area: Area, into frame: inout Frame) {
    let sentences = sentences(state)
    let more = state.problemCount > state.problems.count ? ", the first \(grouped(sentences.count)) listed" : ""
    let inside = Sheets.open(
      area, columns: area.columns, rows: area.rows,
      title: SafeText("\(counted(state.allProblemCount, "problem"))\(more)"), into: &frame)
    var row = inside.row
    for sentence in sentences.dropFirst(top) {
      for line in lines(sentence, inside.columns) where row < inside.endRow {
        frame.write(line, at: Spot(column: inside.column, row: row), width: inside.columns, as: .warning, on: .sheet)
        row += 1
      }
      if row >= inside.endRow { break }
    }
    frame.cursor = Spot(column: inside.column, row: inside.row)
  }

  /// A problem in lines, the further ones moved in a little.
  private static func lines(_ sentence: String, _ width: Int) -> [SafeText] {
    let first = SafeText(sentence)
    guard first.width > width else { return [first] }
    let wrapped = first.wrapped(to: max(4, width - 2))
    return wrapped.prefix(1) + wrapped.dropFirst().map { SafeText("  ") + $0 }
  }

  private static func sentences(_ state: State) -> [String] { state.failures + state.problems }

  /// The problem that stands first when the last one is just seen.
  static func lastTop(_ state: State) -> Int {
    let inside = state.layout.middle.insideBorder
    let sentences = sentences(state)
    var rows = 0
    for (index, sentence) in sentences.enumerated().reversed() {
      rows += lines(sentence, inside.columns).count
      if rows > inside.rows { return min(index + 1, sentences.count - 1) }
    }
    return 0
  }
}
