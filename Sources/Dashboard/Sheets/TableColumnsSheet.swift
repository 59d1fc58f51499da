import Filters
import Sentences
import TerminalIO
import TextCells

/// The columns of the listings table: which are shown, in which order, how wide. What is changed is seen at once behind it,
/// and remembered.
package struct TableColumnsSheet: Sheet {
  /// Those that are shown, from the left, then the others.
  private(set) var ids: [String]
  private var shown: Set<String>
  private var widths: [String: Int]
  var list = ListPosition()

  static let name = "the columns of the table"
  var mode: Mode { .tableColumns(self) }
  var kind: Mode.Kind { .tableColumns }

  init(_ state: State) {
    let width = state.layout.area(of: .listings)?.insideBorder.columns ?? state.size.columns
    let now = TableColumn.chosen(for: width, state).map(\.dimension.id)
    // Those that have no room here, but were chosen, keep their places.
    let chosen = state.habits.columns?.map(\.id) ?? now
    let all =
      Dimension.all.filter { $0.possibleColumn != nil } + state.columnNames.sorted().map { Dimension.column($0) }
    ids = chosen + all.map(\.id).filter { !chosen.contains($0) }
    shown = Set(chosen)
    widths = Dictionary((state.habits.columns ?? []).compactMap { one in one.width.map { (one.id, $0) } }) { $1 }
  }

  static let keys: [SheetKey<TableColumnsSheet>] =
    [
      SheetKey([.character(" ")], Sentence("show the column, or hide it"), hint: Sentence("show or hide")) {
        .stay($0.toggle(&$1))
      },
      SheetKey(
        [.character("<"), .character("K")], Sentence("move it to the left"), hint: Sentence("move"), label: "< >"
      ) {
        .stay($0.move(-1, &$1))
      },
      SheetKey([.character(">"), .character("J")], Sentence("move it to the right")) { .stay($0.move(1, &$1)) },
      SheetKey([.character("+"), .character("w")], Sentence("wider"), hint: Sentence("width"), label: "+ -") {
        .stay($0.widen(1, &$1))
      },
      SheetKey([.character("-"), .character("n")], Sentence("narrower")) { .stay($0.widen(-1, &$1)) },
      SheetKey([.backspace, .character("0")], Sentence("fit to the screen again"), hint: Sentence("reset")) {
        sheet, state in
        state.habits.columns = nil
        sheet = TableColumnsSheet(state)
        return .stay([.rememberHabits(state.habits)])
      },
      SheetKey(
        [.enter, .escape, .character("q"), .character("A"), .control("c")], Sentence("close"), hint: Sentence("close")
      ) { _, _ in
        .close()
      },
    ] + SheetKey.moving { sheet, step, state in sheet.list.move(step, rows: Self.rows(state), count: sheet.ids.count) }

  private var current: String? { ids.indices.contains(list.cursor) ? ids[list.cursor] : nil }

  /// The title always has a column.
  private static let fixed = "title"

  private mutating func toggle(_ state: inout State) -> [Effect] {
    guard let id = current else { return [] }
    if id == Self.fixed {
      return state.say(.warned, localized("The title always has a column, with the room that is left"))
    }
    if shown.contains(id) {
      shown.remove(id)
    } else {
      shown.insert(id)
      // It comes behind the last one that is shown.
      let place = ids.lastIndex { shown.contains($0) && $0 != id } ?? -1
      if place + 1 < list.cursor {
        ids.remove(at: list.cursor)
        ids.insert(id, at: place + 1)
        list.cursor = place + 1
      }
    }
    return keep(&state)
  }

  private mutating func move(_ places: Int, _ state: inout State) -> [Effect] {
    let target = list.cursor + places
    guard let id = current, shown.contains(id), ids.indices.contains(target), shown.contains(ids[target]) else {
      return []
    }
    ids.swapAt(list.cursor, target)
    list.cursor = target
    return keep(&state)
  }

  private mutating func widen(_ cells: Int, _ state: inout State) -> [Effect] {
    guard let id = current, id != Self.fixed, shown.contains(id) else { return [] }
    let width = state.layout.area(of: .listings)?.insideBorder.columns ?? state.size.columns
    let now = widths[id] ?? Dimension[id]?.possibleColumn?.width(in: width) ?? 12
    widths[id] = max(ChosenColumn.widths.lowerBound, min(now + cells, ChosenColumn.widths.upperBound))
    return keep(&state)
  }

  private func keep(_ state: inout State) -> [Effect] {
    state.habits.columns = ids.filter { shown.contains($0) }.map { ChosenColumn(id: $0, width: widths[$0]) }
    return [.rememberHabits(state.habits)]
  }

  mutating func settle(_ state: State) { list.settle(rows: Self.rows(state), count: ids.count) }

  private static let mostRows = 16
  private static func rows(_ state: State) -> Int { max(1, min(mostRows, state.layout.middle.insideBorder.rows)) }

  // MARK: Its nodes

  func node(_ state: State, in room: Size) -> Node? {
    .sheet(
      SafeText(localized("Columns of the table")), in: room, columns: 46, rows: min(ids.count, Self.mostRows) + 2,
      side: .bottom
    ) {
      inside in
      let width = state.layout.area(of: .listings)?.insideBorder.columns ?? state.size.columns
      let drawn = Set(TableColumn.chosen(for: width, state).map(\.dimension.id))
      return ids.indices.dropFirst(list.top).prefix(inside.rows).map { index in
        let (id, isCursor) = (ids[index], index == list.cursor)
        let isShown = shown.contains(id)
        let name = SafeText(Dimension[id]?.title ?? id).clipped(to: 24)
        let remark =
          !isShown
          ? ""
          : id == Self.fixed
            ? localized("what is left")
            : !drawn.contains(id) ? localized("no room") : widths[id].map { localized("\($0) wide") } ?? ""
        return .line(
          [
            Piece(isShown ? "●" : " ", .facetChosen, .decoration, at: 1),
            Piece(name, isShown ? .text : .faint, .value("column"), at: 3),
            Piece(SafeText(remark).clipped(to: max(0, inside.columns - 30)), .faint, .value("width"), at: 29),
          ], .row(index), on: isCursor ? .cursor : nil, hasCursor: isCursor)
      }
    }
  }
}

extension State {
  mutating func startTableColumns() -> [Effect] {
    mode = .tableColumns(TableColumnsSheet(self))
    return []
  }
}
