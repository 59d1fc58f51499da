import Dashboard
import TextCells

extension Frame {
  /// The role of the verdict mark at a place of the order.
  func role(ofMarkAt place: Int, _ state: State) -> Role {
    let inside = state.layout.table.insideBorder
    return self[inside.column, inside.row + 1 + place - state.table.top].role
  }

  /// The roles of a row, a run each: `keyName×1 keyHint×8`.
  func roles(ofRow row: Int) -> String {
    var runs: [(Role, Int)] = []
    for column in 0..<size.columns {
      let role = self[column, row].role
      if let last = runs.last, last.0 == role { runs[runs.count - 1].1 += 1 } else { runs.append((role, 1)) }
    }
    return runs.map { "\($0.0.rawValue)×\($0.1)" }.joined(separator: " ")
  }

  /// The text of the row on which the cursor stands.
  var textAtCursor: String { cursor.map { text(ofRow: $0.row) } ?? "" }
}
