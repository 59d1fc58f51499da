import Casework
import Sentences
import TerminalIO
import TextCells

/// A picture of a listing, in half cells over the panes. Nothing is decoded before somebody asks for it.
package struct PictureSheet: Sheet {
  let entry: ListedEvidence
  /// Nil while it is being decoded.
  package var grid: PixelGrid?
  /// Why it is not shown; nil where it is, or will be.
  var trouble: String?
  /// The sheet to go back to.
  var from: EvidenceSheet

  init(_ entry: ListedEvidence, from sheet: EvidenceSheet) { (self.entry, from) = (entry, sheet) }

  static let name = "a picture"
  var mode: Mode { .picture(self) }
  var kind: Mode.Kind { .picture }

  static let keys: [SheetKey<PictureSheet>] = [
    SheetKey(
      [.escape, .enter, .left, .character("h"), .character("q"), .character("o"), .backspace, .control("c")],
      Sentence("back to the evidence"), hint: Sentence("back"), as: ["quit", "from-detail"]
    ) { sheet, state in
      state.mode = .evidence(sheet.from)
      state.settleSheet()
      return .close()
    }
  ]

  /// Pixels across and down for which there is room.
  static func room(_ state: State) -> (across: Int, down: Int) {
    let inside = state.layout.middle.insideBorder
    return (max(1, inside.columns), max(1, 2 * (inside.rows - 1)))
  }

  // MARK: Its nodes

  func node(_ state: State, in room: Size) -> Node? {
    .sheet(SafeText(localized("Picture: \(entry.name)")), in: room, columns: room.columns, rows: room.rows) { inside in
      guard let grid, trouble == nil else {
        return Node.wrapped(
          SafeText(trouble ?? localized("Decoding the picture in a separate process …")),
          trouble == nil ? .progress : .failure,
          width: inside.columns - 2, most: inside.rows)
      }
      let words =
        localized("\(grid.originalWidth) by \(grid.originalHeight) pixels")
        + " · \(entry.mediaType) · SHA-256 \(entry.digest)"
      return [Node.picture(grid), .text(SafeText(words).clipped(to: max(0, inside.columns - 2)), .faint)]
    }
  }
}

extension EvidenceSheet {
  /// Asks for the picture under the cursor.
  func look(_ state: inout State) -> SheetStep {
    guard let entry else { return .stay() }
    guard entry.isPicture, entry.problem == nil else {
      return .stay(state.say(.warned, localized("This is no PNG, JPEG or WebP picture that could be shown")))
    }
    let room = PictureSheet.room(state)
    state.mode = .picture(PictureSheet(entry, from: self))
    return .close([.lookAtPicture(entry, request, across: room.across, down: room.down)])
  }
}

extension State {
  /// A picture was decoded, unless it has been closed since.
  mutating func show(_ grid: PixelGrid, of digest: String) -> [Effect] {
    guard case .picture(var sheet) = mode, sheet.entry.digest == digest else { return [] }
    sheet.grid = grid
    mode = .picture(sheet)
    return []
  }

  mutating func showNoPicture(_ why: String, of digest: String) -> [Effect] {
    guard case .picture(var sheet) = mode, sheet.entry.digest == digest else { return [] }
    sheet.trouble = why
    mode = .picture(sheet)
    return []
  }
}
