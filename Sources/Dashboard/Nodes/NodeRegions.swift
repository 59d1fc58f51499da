import TextCells

// Where the parts of a node lie. Drawing and pointing ask here, so that a click meets what is seen.

extension Node {
  /// Its parts, each with the area in which it is drawn; later ones cover earlier ones.
  func parts(in area: Area) -> [Part] {
    switch content {
    case .line, .picture: return []
    case .stack(let nodes):
      var rest = area
      return nodes.compactMap { node in
        guard rest.rows > 0 else { return nil }
        let (own, below) = rest.cut(top: node.rows)
        rest = below
        return Part(area: own, node: node)
      }
    case .layers(let nodes): return nodes.map { Part(area: area, node: $0) }
    case .placed(let parts): return parts
    case .bordered(_, let content): return [Part(area: area.insideBorder, node: content)]
    case .sheet(let box, let content): return [Part(area: box.area(in: area).insideBorder, node: content)]
    }
  }

  /// What lies under a cell.
  package func under(_ spot: Spot, in area: Area) -> PointedAt? {
    let own = if case .sheet(let box, _) = content { box.area(in: area) } else { area }
    guard own.contains(spot) else { return nil }
    if case .line(let line) = content {
      let piece = line.placed(in: area).last { $0.columns.contains(spot.column) && $0.piece.meaning != .decoration }
      return PointedAt(meanings: [meaning], piece: piece?.piece.meaning)
    }
    for part in parts(in: area).reversed() {
      guard var found = part.node.under(spot, in: part.area) else { continue }
      found.meanings.insert(meaning, at: 0)
      return found
    }
    return PointedAt(meanings: [meaning], piece: nil)
  }
}

/// What lies under a cell of the screen.
package struct PointedAt: Equatable, Sendable {
  /// From the outside in.
  package fileprivate(set) var meanings: [Node.Meaning]
  /// The innermost piece of a line; nil between pieces.
  package let piece: Piece.Meaning?

  /// The pane in which it lies.
  package var pane: Pane? {
    for case .pane(let pane) in meanings { return pane }
    return nil
  }

  /// The position in its list.
  package var row: Int? {
    for case .row(let row) in meanings { return row }
    return nil
  }

  package func isIn(_ meaning: Node.Meaning) -> Bool { meanings.contains(meaning) }
}

extension SheetBox {
  /// Where the sheet lies in the room for panes.
  func area(in room: Area) -> Area {
    let (left, top) = (room.columns - size.columns, room.rows - size.rows)
    return Area(
      column: room.column + (side == .right ? left : left / 2), row: room.row + (side == .bottom ? top : top / 2),
      columns: size.columns, rows: size.rows)
  }
}

extension Line {
  /// Its pieces with the columns that they take in an area.
  func placed(in area: Area) -> [(piece: Piece, columns: Range<Int>)] {
    var column = area.column
    return pieces.map { piece in
      if let start = piece.column { column = area.column + start }
      let room = min(piece.width, max(0, area.endColumn - column))
      let end = column + max(0, piece.fills ? room : piece.text.cells(fitting: room))
      defer { column = end }
      return (piece, column..<end)
    }
  }
}
