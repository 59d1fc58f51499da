import CFriBidi
import TextCells

/// Puts the text of a frame into the order in which it is seen, for terminals that show cells as they come: Arabic and Hebrew
/// from right to left within their own cells, Arabic letters in the forms in which they join, brackets mirrored.
///
/// Shape:  each text run of the frame is laid out for itself, so that nothing beside it moves. A run begins at its left edge
///         even if its text runs from right to left. The cursor goes along with the cell that it is on.
/// Source: UAX #9, the Unicode bidirectional algorithm, by FriBidi; the presentation forms of Unicode's Arabic blocks.
/// Cost:   frames without such text are passed on as they are.
enum VisualOrder {
  static func applied(to frame: Frame) -> Frame {
    guard !frame.textRuns.isEmpty else { return frame }
    var ordered = frame
    for run in frame.textRuns { layOut(run, of: frame, into: &ordered) }
    return ordered
  }

  /// Letters that are seen as one, with all their cells.
  private struct Letter {
    var cells: [Cell]
    /// Where its first cell was.
    let column: Int
  }

  private static func layOut(_ run: Frame.TextRun, of frame: Frame, into ordered: inout Frame) {
    var letters: [Letter] = []
    for column in run.columns {
      let cell = frame[column, run.row]
      if cell.isContinuation || cell.joinsLast, !letters.isEmpty {
        letters[letters.count - 1].cells.append(cell)
      } else {
        letters.append(Letter(cells: [cell], column: column))
      }
    }
    guard let layout = Layout(letters.map { $0.cells[0] }, run.direction) else { return }
    var column = run.columns.lowerBound
    for index in layout.order {
      var letter = letters[index]
      // Its other half holds the form of both.
      if layout.forms[index] == UInt32(LF_DRAWN_WITH_NEXT) { continue }
      if let form = layout.forms[index] { letter.cells[0].scalars.0 = form }
      if let cursor = frame.cursor, cursor.row == run.row,
        (letter.column..<letter.column + letter.cells.count).contains(cursor.column)
      {
        ordered.cursor = Spot(column: column + cursor.column - letter.column, row: run.row)
      }
      for cell in letter.cells {
        ordered[column, run.row] = cell
        column += 1
      }
    }
    // Two letters that became one leave a cell at the end.
    while column < run.columns.upperBound {
      ordered[column, run.row] = Cell(" ", .text, frame[column, run.row].backdrop)
      column += 1
    }
  }

  /// The order of some characters, and their forms.
  private struct Layout {
    /// From left to right, by their places in the text.
    let order: [Int]
    /// By their places in the text; nil where a character stays as it is.
    let forms: [UInt32?]

    init?(_ cells: [Cell], _ direction: WritingDirection) {
      let count = cells.count
      // A picture's or an emoji's first character decides, as for any other.
      let characters: [UInt32] = cells.map(\.scalars.0)
      var forms = characters
      var types = [UInt32](repeating: 0, count: count)
      var brackets = [UInt32](repeating: 0, count: count)
      var levels = [Int8](repeating: 0, count: count)
      var joining = [UInt8](repeating: 0, count: count)
      var order = [Int32](repeating: 0, count: count)
      let base =
        switch direction {
        case .byFirstLetter: LF_BY_FIRST_LETTER
        case .leftToRight: LF_LEFT_TO_RIGHT
        case .rightToLeft: LF_RIGHT_TO_LEFT
        }
      guard
        lf_visual_order(
          &forms, &types, &brackets, &levels, &joining, &order, Int32(count), Int32(base)) != 0
      else { return nil }
      self.order = order.map(Int.init)
      self.forms = zip(characters, forms).map { $0 == $1 ? nil : $1 }
    }
  }
}
