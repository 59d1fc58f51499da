import Casework
import Filters
import Listings
import TextCells

/// Everything known about the listing under the cursor, wrapped, safe.
enum DetailPane {
  static func draw(_ state: State, _ area: Area, into frame: inout Frame) {
    let isFocused = state.focus == .detail && state.mode.isBrowsing
    let place = state.restingPlace ?? state.table
    let position =
      state.order.count > 0
      ? "6 Listing \(grouped(place.cursor + 1)) of \(grouped(state.order.count))\(state.unitOfRows)" : "6 Listing"
    let lens = state.isLensOn ? " · lens" : ""
    let hit = isFocused ? state.currentHitSentence.map { " · hit " + $0 } ?? "" : ""
    PaneBorder.draw(area, title: SafeText(position + lens + hit), isFocused: isFocused, into: &frame)
    let inside = area.insideBorder
    if isFocused { frame.cursor = Spot(column: inside.column, row: inside.row) }
    guard let row = place.row, !inside.isEmpty else { return }
    let lines = DetailText(state, row, width: inside.columns).lines
    var isLed = false
    for offset in 0..<inside.rows where state.detailTop + offset < lines.count {
      let line = lines[state.detailTop + offset]
      var column = inside.column
      for (text, role) in line.pieces {
        // Whoever hears the screen, or reads it by Braille, is led to the code word.
        if isFocused, role == .hitCurrent, !isLed {
          frame.cursor = Spot(column: column, row: inside.row + offset)
          isLed = true
        }
        column += frame.write(
          text, at: Spot(column: column, row: inside.row + offset), width: max(0, inside.endColumn - column), as: role)
      }
    }
    let hidden = lines.count - state.detailTop - inside.rows
    if hidden > 0 {
      let more = SafeText(" \(counted(hidden, "more line")) ")
      frame.write(
        more, at: Spot(column: max(area.column + 1, area.endColumn - more.width - 2), row: area.endRow - 1),
        width: area.columns - 2, as: .faint)
    }
  }
}

extension State {
  var detailLineCount: Int {
    table.row.map { DetailText(self, $0, width: layout.detail.insideBorder.columns).lines.count } ?? 0
  }
}

extension CurrencyBasis {
  /// Completes "currency …".
  package var label: String {
    switch self {
    case .none: "unknown"
    case .besideAmount: "beside the amount"
    case .currencyField: "from its own field"
    case .platform: "usual on the platform"
    case .country: "of the listing's country"
    case .columnName: "named by the column"
    case .stated: "as said of the whole file"
    case .assumed: "assumed, its sign is shared"
    }
  }
}
