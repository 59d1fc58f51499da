import TextCells

/// The top line: what is open, how much of it is shown, what was decided, who decides.
enum TitleBar {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    frame.fill(area, as: .titleBar, on: .bar)
    var column = area.column + 1
    func write(_ text: String, _ role: Role = .titleBar) {
      column += frame.write(
        SafeText(text), at: Spot(column: column, row: area.row), width: max(0, area.endColumn - column), as: role,
        on: .bar)
    }
    let right = decisions(state)
    let rightWidth = right.reduce(1) { $0 + SafeText($1.0).width }
    write("linsang", .titleBarStrong)
    let title = SafeText(state.title).clipped(to: max(8, area.columns / 4))
    column += 2
    column += frame.write(title, at: Spot(column: column, row: area.row), as: .titleBar, on: .bar)
    for word in words(state) where column + 2 + word.count < area.endColumn - rightWidth { write("  " + word) }
    column = max(column + 1, area.endColumn - rightWidth)
    for (text, role) in right { write(text, role) }
  }

  private static func words(_ state: State) -> [String] {
    var words = ["\(grouped(state.dataset.rowCount)) listings"]
    if !state.loading.isComplete {
      let total = max(1, state.loading.bytesTotal)
      words.append("reading \(min(99, state.loading.bytesRead * 100 / total)) %")
    }
    if !state.filter.clauses.isEmpty { words.append("\(grouped(state.order.count)) shown") }
    if state.problemCount > 0 { words.append("\(grouped(state.problemCount)) problems (p)") }
    if !state.marked.isEmpty { words.append("\(grouped(state.marked.count)) marked") }
    return words
  }

  private static func decisions(_ state: State) -> [(String, Role)] {
    var parts: [(String, Role)] = [
      ("\(grouped(state.counts.confirmed)) ✓", .confirmed), ("  ", .titleBar),
      ("\(grouped(state.counts.falsePositive)) ✗", .falsePositive), ("  ", .titleBar),
      ("\(grouped(state.counts.unsure)) ?", .unsure),
    ]
    if !state.saving.isEmpty { parts.append(("  \(grouped(state.saving.count)) saving", .saving)) }
    if state.size.columns >= 90 {
      parts.append(("   \(state.analyst.prefix(16)) · \(state.casebookName.prefix(24))", .titleBar))
    }
    return parts
  }
}
