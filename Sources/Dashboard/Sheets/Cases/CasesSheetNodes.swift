import Casework
import Sentences
import TextCells

// What the sheet of cases looks like.

extension CasesSheet {
  func node(_ state: State, in room: Size) -> Node? {
    .sheet(title, in: room, columns: room.columns, rows: room.rows) { inside in
      let rows = Self.listRows(inside.rows)
      guard let board, trouble == nil else {
        let words = trouble ?? localized("Reading what became of the packets …")
        return Node.wrapped(
          SafeText(words), trouble == nil ? .progress : .failure, width: inside.columns - 2, most: inside.rows)
      }
      if board.lines.isEmpty {
        return Node.wrapped(
          SafeText(Self.beginning(state.key("packet"))), .text, width: inside.columns - 2, most: inside.rows)
      }
      var nodes =
        isInside ? entryNodes(rows: rows, width: inside.columns) : lineNodes(rows: rows, width: inside.columns)
      nodes += Array(repeating: .blank, count: max(0, rows - nodes.count))
      return nodes + foot(width: inside.columns, rows: inside.rows - rows)
    }
  }

  /// How to begin.
  private static func beginning(_ packet: String) -> String {
    localized(
      "No packet has been written yet. \(packet) writes one of the confirmed listings. Then press r here to record to "
        + "whom it was sent and what they answered; what became of its listings follows from later scrapes.")
  }

  private var title: SafeText {
    if isInside, let line {
      return SafeText("\(line.packet.name) → \(line.recipient?.organisation ?? localized("recipient not known"))")
    }
    guard let board else { return SafeText(localized("Cases")) }
    let open = board.lines.count(where: \.isOpen)
    let stale = board.stale(after: CaseBoard.usualPatience).count
    let closed = board.lines.count - open
    var counts = [localized(open, one: "\(grouped: open) open", other: "\(grouped: open) open")]
    if stale > 0 {
      let days = CaseBoard.usualPatience
      counts.append(
        localized(
          stale, one: "\(grouped: stale) without a step for \(days) days",
          other: "\(grouped: stale) without a step for \(days) days"))
    }
    if closed > 0 {
      counts.append(localized(closed, one: "\(grouped: closed) closed", other: "\(grouped: closed) closed"))
    }
    return SafeText(localized("Cases:") + " " + counts.joined(separator: ", "))
  }

  /// Lines of the list on the screen.
  static func listRows(_ state: State) -> Int { max(1, listRows(state.layout.middle.insideBorder.rows)) }

  /// The list has at least as much room as the foot, and one line goes to the headings.
  private static func listRows(_ rows: Int) -> Int { rows - (rows >= 16 ? 6 : rows >= 10 ? 4 : rows / 2) }

  // MARK: The list

  private func lineNodes(rows: Int, width: Int) -> [Node] {
    let columns = Self.columns(in: width)
    let headings = Node(.headings, .line(Line(columns.headings(sorted: 4))))
    let lines = board?.lines ?? []
    let shown = max(1, rows - 1)
    let top = State.scrolled(list.top, to: list.cursor, rows: shown)
    return [headings]
      + lines.enumerated().dropFirst(top).prefix(shown).map { index, line in
        let isCursor = index == list.cursor
        return .line(columns.pieces(Self.texts(line)), .row(index), on: isCursor ? .cursor : nil, hasCursor: isCursor)
      }
  }

  private static func columns(in width: Int) -> ListColumns {
    let isWide = width >= 110
    return ListColumns(
      [
        .init(heading: localized("recipient"), width: isWide ? 24 : 18, rank: 0),
        .init(heading: localized("packet"), width: 23, rank: 2),
        .init(heading: localized("last step"), width: isWide ? 27 : 15, rank: 1),
        .init(heading: localized("on", context: "heading of a column of days"), width: 10, rank: 5),
        .init(
          heading: localized("quiet", context: "heading of a column: days since the last step"), width: 5,
          isRight: true, rank: 3),
        .init(heading: localized("sent", context: "heading of a column of days"), width: 10, rank: 6),
        .init(heading: localized("listings"), width: 11, rank: 4),
      ], in: width)
  }

  private static func texts(_ line: CaseLine) -> [(text: SafeText, role: Role)] {
    let role: Role = line.isOpen ? .text : .faint
    let quiet: Role = line.isStale(after: CaseBoard.usualPatience) ? .warning : role
    let counts = line.counts
    // Of listings that nobody looked for again it is not said that none is gone.
    let gone =
      counts.all == 0
      ? "–" : counts.unknown == counts.all ? localized("not known") : localized("\(counts.removed)/\(counts.all) gone")
    return [
      (SafeText(line.recipient?.organisation ?? localized("not known")), role), (SafeText(line.packet.name), role),
      (SafeText(line.closing?.screenWords ?? line.lastHappened.what.screenWords), role),
      (SafeText(line.lastHappened.day.description), role),
      (SafeText(line.isOpen ? localized("\(line.daysSinceLast) d", context: "days") : "–"), quiet),
      (SafeText(line.sent?.description ?? "–"), role),
      (SafeText(gone), role),
    ]
  }

  // MARK: One case

  private func entryNodes(rows: Int, width: Int) -> [Node] {
    let top = State.scrolled(inside.top, to: inside.cursor, rows: rows)
    return entries.enumerated().dropFirst(top).prefix(rows).map { index, entry in
      let isCursor = index == inside.cursor
      return .line(Self.pieces(entry, width: width), .row(index), on: isCursor ? .cursor : nil, hasCursor: isCursor)
    }
  }

  private static func pieces(_ entry: Entry, width: Int) -> [Piece] {
    let (first, second, third): (String, String, String) =
      switch entry {
      case .made(let packet):
        (
          packet.day.description, localized("made", context: "a packet"),
          packet.supersedes.map { localized("replaces \($0)") }
            ?? localized("by \(packet.analyst)", context: "who made it")
        )
      case .step(let step): (step.step.day.description, step.step.screenWords, step.step.screenDetails)
      case .listing(let listing): (listing.label, listing.platform ?? localized("not known"), listing.fate.screenWords)
      }
    let isOver = if case .step(let step) = entry { step.isRetracted } else { false }
    let role: Role = isOver ? .faint : .text
    let room = max(0, width - 13)
    let middle = min(26, room / 2)
    return [
      Piece(SafeText(first).clipped(to: 11), isOver ? .faint : .date, .value("day"), at: 1),
      Piece(SafeText(second).clipped(to: max(0, middle - 1)), role, .value("step"), at: 13),
      Piece(
        SafeText(isOver ? localized("taken back") : third).clipped(to: max(0, room - middle)), .faint,
        .value("details"),
        at: 13 + middle),
    ]
  }

  // MARK: The foot

  /// What is under the cursor, whole.
  private func foot(width: Int, rows: Int) -> [Node] {
    guard rows > 0, let line else { return [] }
    let isTight = rows < 4
    let inner = max(4, width - 2)
    let words = isInside ? entry.map { Self.whole($0, line) } ?? [] : Self.whole(line)
    let lines = words.filter { !$0.isEmpty }.enumerated().flatMap { index, text in
      Node.wrapped(SafeText(text), index == 0 ? .text : .faint, width: inner)
    }
    return (isTight ? [] : [.rule(width)]) + lines.prefix(rows - (isTight ? 0 : 1))
  }

  private static func whole(_ line: CaseLine) -> [String] {
    let sent =
      line.daysSinceSent.map { $0 > 0 ? localized("sent \(counted($0, "day")) ago") : localized("sent today") }
      ?? localized("not recorded as sent")
    var parts = [
      line.recipient?.organisation ?? localized("recipient not known"), sent,
      localized("\(line.lastHappened.what.screenWords) on \(line.lastHappened.day)", context: "a step and its day"),
    ]
    if !line.references.isEmpty { parts.append(localized("ref. \(line.references.joined(separator: ", "))")) }
    return [
      parts.joined(separator: " · "), line.closing.map { localized("closed: \($0.screenWords)") } ?? "",
      localized("listings: \(line.counts.screenWords)"),
    ]
  }

  private static func whole(_ entry: Entry, _ line: CaseLine) -> [String] {
    switch entry {
    case .made(let packet):
      return [
        localized("made on \(packet.time) by \(packet.analyst), \(counted(packet.listings.count, "listing"))"),
        packet.supersedes.map { older in
          packet.changes.map { localized("replaces \(older): \($0)") } ?? localized("replaces \(older)")
        } ?? "",
        packet.manifest.map { localized("SHA-256 of its list of lists: \($0)") } ?? "",
      ]
    case .step(let step):
      let details = step.step.screenDetails
      return [
        "\(step.step.day): \(step.step.screenWords)" + (details.isEmpty ? "" : " · \(details)"),
        step.retractedBy.map {
          localized("event \(step.number), recorded \(step.time) by \(step.analyst), taken back by \($0)")
        } ?? localized("event \(step.number), recorded \(step.time) by \(step.analyst)"),
      ]
    case .listing(let listing):
      return [
        "\(listing.label) · \(listing.platform ?? localized("platform not known")) · \(listing.fate.screenWords)"
          + (listing.isRefused ? " · " + localized("the platform declined to take it down") : ""), listing.key.text,
      ]
    }
  }
}
