import CodeWords
import Listings
import Sentences
import TextCells
import Workspace

// The columns with their fields and values, why the one under the cursor is what it is, and the first listings as they
// would be read.

extension ColumnsSheet {
  func node(_ state: State, in room: Size) -> Node? {
    let title =
      kinds.count > 1
      ? localized("Columns (\(shownKind + 1) of \(kinds.count) kinds of files)") : localized("Columns")
    let sheet = Node.sheet(
      SafeText(title), in: room, columns: room.columns, rows: room.rows
    ) { lines(state, in: $0) }
    guard let picking else { return sheet }
    let whole = Area(room)
    return Node(
      .group,
      .layers([sheet, picking.node(for: self, in: whole.size)]))
  }

  private func lines(_ state: State, in inside: Size) -> [Node] {
    let others = current.files.count > 1 ? " +\(current.files.count - 1)" : ""
    let file = SafeText("\(current.files[0].lastPart)\(others) · \(described(current, state))")
    // Where there is hardly any room, it is for the column under the cursor.
    var nodes = inside.rows < 3 ? [] : [Node.text(file.clipped(to: inside.columns - 2), .faint)]
    let rows = listRows(inside)
    let top = State.scrolled(0, to: cursor, rows: max(1, rows))
    let shown = current.columns.indices.dropFirst(top).prefix(rows)
    nodes += shown.map { line($0, width: inside.columns) }
    nodes += Array(repeating: .blank, count: rows - shown.count)
    // What is being typed is seen at every size.
    if let line = current.currencyLine {
      nodes = Array(nodes.prefix(max(0, inside.rows - 1)))
      let label = SafeText(localized("Currency of prices that name none:") + " ").clipped(
        to: max(1, inside.columns / 2))
      nodes.append(
        .line([
          Piece(label, .fieldName, .label, at: 1),
          .input(line, at: 1 + label.width, width: inside.columns - label.width - 2),
        ]))
    }
    nodes += why(column, width: inside.columns - 2).prefix(max(1, inside.rows - 1 - rows))
    nodes += currencyLines(width: inside.columns - 2, rows: inside.rows - nodes.count)
    let left = inside.rows - nodes.count
    return left >= 3 ? nodes + previewLines(state, width: inside.columns, rows: left) : nodes
  }

  /// The question for the currency, on a line or two.
  private func currencyLines(width: Int, rows: Int) -> [Node] {
    guard let question = current.currencyQuestion, rows >= 2 else { return [] }
    let role: Role = current.currency == nil ? .warning : .faint
    return Node.wrapped(SafeText(question), role, width: width, most: 2)
  }

  /// How many columns it has, whether the file names them, and what spoke for that.
  private func described(_ kind: Kind, _ state: State) -> String {
    guard state.dataset.sources.indices.contains(kind.source) else { return kind.header.screenWords }
    let basis = state.dataset.sources[kind.source].reader.headerBasis
    // Their names are below; what spoke for them would be cut off behind these.
    return basis.isEmpty ? kind.header.screenWords : "\(kind.header.screenCount) · \(localized(basis))"
  }

  /// Lines for columns: what is left beside the line above, the reason below, and some listings.
  private func listRows(_ inside: Size) -> Int {
    let wanted = current.columns.count
    let room = inside.rows - 2
    let listings = room >= 10 ? min(8, max(5, room - wanted)) : 0
    return max(1, min(wanted, room - listings))
  }

  /// Columns on the screen.
  func listRows(_ state: State) -> Int { listRows(state.layout.middle.insideBorder.size) }

  private func line(_ index: Int, width: Int) -> Node {
    let column = current.columns[index]
    let nameWidth = max(6, min(22, width / 4))
    let fieldWidth = max(6, min(13, width / 4))
    var start = 1
    var pieces = [
      Piece(SafeText(column.finding.name).clipped(to: nameWidth), .fieldName, .value("column"), at: start)
    ]
    start += nameWidth + 1
    pieces.append(
      Piece(
        SafeText(column.field?.rawValue ?? "–").clipped(to: fieldWidth), column.field == nil ? .faint : .title,
        .value("field"), at: start))
    start += fieldWidth + 1
    pieces.append(
      Piece(SafeText(Self.mark(column)), column.isChanged ? .notice : .faint, .value("basis"), at: start))
    if width >= 60 {
      start += 10
      let samples = column.samples.isEmpty ? localized("(empty)") : column.samples.joined(separator: " · ")
      pieces.append(
        Piece(
          SafeText(samples).clipped(to: max(0, width - start - 1)), column.samples.isEmpty ? .faint : .text,
          .value("values"), at: start))
    }
    let isCursor = index == cursor
    return .line(pieces, .row(index), on: isCursor ? .cursor : nil, hasCursor: isCursor)
  }

  /// What spoke for the field, in a word; the line below says it whole.
  private static func mark(_ column: Column) -> String {
    if column.finding.isOffered, column.field == .title { return localized("proposed", context: "a column") }
    if column.isChanged { return localized("changed", context: "a column") }
    switch column.finding.basis {
    case .name: return localized("name", context: "by what a column was recognised")
    case .shape: return localized("values", context: "by what a column was recognised")
    case .map: return "--map"
    case .chosen: return localized("chosen", context: "a column")
    case .remembered: return localized("kept", context: "a column")
    case .offered: return localized("offered", context: "a column")
    case .nothing: return ""
    }
  }

  /// Why the column is what it is, on two lines at most.
  private func why(_ column: Column, width: Int) -> [Node] {
    let before = column.finding.field.map { localized("\($0.rawValue) until now") } ?? localized("no field until now")
    let why =
      column.finding.why.isEmpty
      ? localized("no field: neither its name nor its values suggest one") : column.finding.screenWhy
    let isProposal = column.finding.isOffered && column.field == .title
    let words =
      isProposal
      ? localized("\(why); proposed as the title, Enter takes it, Backspace does not")
      : column.isChanged ? localized("\(before); changed here") : why
    return Node.wrapped(SafeText("\(column.finding.name.prefix(40)): \(words)"), .notice, width: width, most: 2)
  }

  // MARK: The first listings

  private func previewLines(_ state: State, width: Int, rows: Int) -> [Node] {
    let warning = Array(warning(state, width: width - 2).prefix(max(0, rows - 2)))
    let room = rows - warning.count
    var nodes = [
      Node.text(SafeText(localized("The first listings, as they would be read")), .paneTitle, width: width - 2)
    ]
    if let preview = preview?.dataset {
      // The columns of the table, chosen for these listings and this width.
      var read = state
      read.session = OpenSession(of: preview)
      let columns = TableColumn.chosen(for: width - 1, read)
      nodes.append(
        .line(columns.map { Self.piece(SafeText($0.heading), $0, .columnHeading, .label, width: width) }, .headings))
      nodes += (0..<min(preview.rowCount, max(0, room - 2))).map { row in
        .line(
          columns.map { column in
            let text = column.text(read, row, width: column.width).clipped(to: column.width)
            return Self.piece(text, column, column.role(read, row), .value(column.dimension.id), width: width)
          }, .row(row))
      }
    } else {
      nodes.append(.text(SafeText(localized("reading …")), .progress))
    }
    nodes = Array(nodes.prefix(room))
    return nodes + Array(repeating: .blank, count: room - nodes.count) + warning
  }

  private static func piece(
    _ text: SafeText, _ column: TableColumn, _ role: Role, _ meaning: Piece.Meaning, width: Int
  ) -> Piece {
    // The table keeps its first cells for marks; there are none here.
    let shift = column.isRightAligned ? max(0, column.width - text.width) : 0
    let start = column.start - 2 + shift
    return Piece(text, role, meaning, at: start, width: max(0, min(column.width - shift, width - start)))
  }

  /// What the answer does to verdicts, in words; nothing where it does nothing to them.
  private func warning(_ state: State, width: Int) -> [Node] {
    guard state.changesKeys(self) else { return [] }
    let left = state.leftBehind(self)
    let awaited = state.unfinished([.verdicts])
    let words: String
    if left > 0 {
      let listings = state.soFar(counted(left, "decided listing"), until: awaited)
      words = localized(
        "These listings get another identity: \(listings) would be undecided here. The verdicts stay in the casebook, "
          + "and come back with the old columns.")
    } else if let awaited {
      words = localized(
        "These listings get another identity. Which of them are decided, and would be undecided here, is not known "
          + "yet: \(awaited.sentence)")
    } else {
      words = localized(
        "These listings get another identity; none of them is decided yet, so nothing is left behind.")
    }
    return Node.wrapped(SafeText(words), .warning, width: width)
  }
}

extension FieldChoice {
  /// The list of fields, at the right, so that the columns and what they are now stay in sight.
  fileprivate func node(for sheet: ColumnsSheet, in room: Size) -> Node {
    let matches = matches
    let title = SafeText(localized("\(sheet.column.finding.name) is the", context: "a list of fields follows")).clipped(
      to: 38)
    return .sheet(title, in: room, columns: 44, rows: matches.count + 3, side: .right) { inside in
      let rows = max(1, inside.rows - 1)
      let top = State.scrolled(0, to: cursor, rows: rows)
      var nodes = [Node.line([.input(editor, at: 1, width: inside.columns - 2)])]
      nodes += matches.indices.dropFirst(top).prefix(inside.rows - 1).map { index in
        var pieces = [
          Piece(
            SafeText(matches[index]?.rawValue ?? "(\(localized("no field")))").clipped(to: 14), .keyName,
            .value("field"), at: 1)
        ]
        if let owner = sheet.current.columns.first(where: { $0.field == matches[index] && matches[index] != nil }) {
          pieces.append(
            Piece(
              SafeText(localized("now \(owner.finding.name)", context: "the column that has a field")).clipped(
                to: max(0, inside.columns - 18)), .faint,
              .value("now"),
              at: 16))
        }
        return .line(pieces, .row(index), on: index == cursor ? .cursor : nil)
      }
      if matches.isEmpty { nodes.append(.text(SafeText(localized("no such field")), .faint)) }
      return nodes
    }
  }
}
