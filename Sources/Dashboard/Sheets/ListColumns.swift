import TextCells

/// The columns of a list on a sheet: those that fit, the first one with what room is left.
struct ListColumns {
  struct Column {
    let heading: String
    let width: Int
    var isRight = false
    /// Of columns that do not all fit, the higher ranks go first.
    let rank: Int
  }

  struct Placed {
    let number: Int
    let start: Int
    let width: Int
  }

  let columns: [Column]
  let placed: [Placed]

  init(_ columns: [Column], in width: Int) {
    self.columns = columns
    var chosen = Set(columns.indices)
    func room() -> Int { width - 1 - chosen.reduce(0) { $0 + columns[$1].width + 1 } }
    while room() < 0, let worst = chosen.filter({ $0 > 0 }).max(by: { columns[$0].rank < columns[$1].rank }) {
      chosen.remove(worst)
    }
    var start = 1
    var placed: [Placed] = []
    for number in chosen.sorted() {
      let extra = number == 0 ? min(max(0, room()), Self.maximumExtra) : 0
      let isLast = number == chosen.max()
      let own = isLast && !columns[number].isRight ? max(1, width - start) : max(1, columns[number].width + extra)
      placed.append(Placed(number: number, start: start, width: min(own, max(1, width - start))))
      start += own + 1
    }
    self.placed = placed
  }

  /// The first column becomes no wider than names are; the rest goes to the last.
  private static let maximumExtra = 14

  /// A line of texts, one for each column.
  func pieces(_ texts: [(text: SafeText, role: Role)]) -> [Piece] {
    placed.map { place in
      let (text, role) = texts[place.number]
      let clipped = text.clipped(to: place.width)
      let shift = columns[place.number].isRight ? place.width - clipped.width : 0
      return Piece(clipped, role, .value(columns[place.number].heading), at: place.start + shift)
    }
  }

  func headings(sorted: Int?) -> [Piece] {
    pieces(
      columns.enumerated().map { (SafeText($1.heading), $0 == sorted ? .columnHeadingSorted : .columnHeading) })
  }
}
