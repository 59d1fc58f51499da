import Casework
import Sentences
import TextCells

// What the sheet of a listing's files looks like.

extension EvidenceSheet {
  func node(_ state: State, in room: Size) -> Node? {
    .sheet(heading, in: room, columns: room.columns, rows: room.rows) { inside in
      let rows = Self.listRows(inside.rows)
      guard let entries, trouble == nil else {
        return Node.wrapped(
          SafeText(trouble ?? localized("Looking for the files of the listing …")),
          trouble == nil ? .progress : .failure,
          width: inside.columns - 2, most: inside.rows)
      }
      if entries.isEmpty {
        return Node.wrapped(SafeText(Self.beginning), .text, width: inside.columns - 2, most: inside.rows)
      }
      var nodes = lines(entries, rows: rows, width: inside.columns)
      nodes += Array(repeating: .blank, count: max(0, rows - nodes.count))
      return nodes + foot(width: inside.columns, rows: inside.rows - rows)
    }
  }

  /// How to begin.
  private static var beginning: String {
    localized(
      "No file belongs to this listing yet, and its row names none. Press a to attach one: a screenshot, a saved page, a web "
        + "archive. It is copied beside the casebook at once, and goes into packets for police and authorities.")
  }

  private var heading: SafeText {
    let count = entries?.count ?? 0
    let words = count == 0 ? localized("Evidence:") : localized("Evidence (\(grouped: count)):")
    return SafeText(words + " ") + title
  }

  /// Lines of the list on the screen.
  static func listRows(_ state: State) -> Int { max(1, listRows(state.layout.middle.insideBorder.rows)) }

  /// One line goes to the headings, and the foot has what is under the cursor.
  private static func listRows(_ rows: Int) -> Int { rows - (rows >= 16 ? 7 : rows >= 10 ? 4 : rows / 2) }

  private func lines(_ entries: [ListedEvidence], rows: Int, width: Int) -> [Node] {
    let columns = Self.columns(in: width)
    let headings = Node(.headings, .line(Line(columns.headings(sorted: nil))))
    let shown = max(1, rows - 1)
    let top = State.scrolled(list.top, to: list.cursor, rows: shown)
    return [headings]
      + entries.enumerated().dropFirst(top).prefix(shown).map { index, entry in
        let isCursor = index == list.cursor
        return .line(columns.pieces(Self.texts(entry)), .row(index), on: isCursor ? .cursor : nil, hasCursor: isCursor)
      }
  }

  private static func columns(in width: Int) -> ListColumns {
    let isWide = width >= 110
    return ListColumns(
      [
        .init(heading: localized("file", context: "heading of a column"), width: isWide ? 30 : 22, rank: 0),
        .init(heading: localized("size"), width: 9, isRight: true, rank: 3),
        .init(heading: "SHA-256", width: 12, rank: 4),
        .init(heading: localized("captured", context: "heading of a column: how"), width: isWide ? 22 : 12, rank: 2),
        .init(heading: localized("day"), width: 10, rank: 5),
        .init(
          heading: localized("from", context: "heading of a column: who"), width: isWide ? 18 : 12, rank: 1),
      ], in: width)
  }

  private static func texts(_ entry: ListedEvidence) -> [(text: SafeText, role: Role)] {
    let role: Role = entry.problem != nil ? .failure : entry.isWithdrawn ? .faint : .text
    let isThere = !entry.digest.isEmpty
    let captured =
      entry.isWithdrawn ? localized("withdrawn") : isThere ? entry.method.screenLabel : localized("missing")
    return [
      (SafeText(entry.name), role), (SafeText(isThere ? ListedEvidence.size(entry.bytes) : "–"), role),
      (SafeText(String(entry.digest.prefix(11)) + (isThere ? "…" : "")), .faint), (SafeText(captured), role),
      (SafeText(entry.day ?? "–"), role), (SafeText(from(entry)), role),
    ]
  }

  private static func from(_ entry: ListedEvidence) -> String {
    switch entry.source {
    case .attached(let attached): attached.analyst
    case .named(let column): localized("column \(column)")
    }
  }

  // MARK: The foot

  /// What is under the cursor, whole.
  private func foot(width: Int, rows: Int) -> [Node] {
    guard rows > 0, let entry else { return [] }
    let isTight = rows < 4
    let lines = Self.whole(entry).filter { !$0.0.isEmpty }.flatMap { text, role in
      Node.wrapped(SafeText(text), role, width: max(4, width - 2))
    }
    return (isTight ? [] : [.rule(width)]) + lines.prefix(rows - (isTight ? 0 : 1))
  }

  private static func whole(_ entry: ListedEvidence) -> [(String, Role)] {
    let problem = entry.problem.map { localized("The file \($0).") } ?? ""
    let what =
      entry.digest.isEmpty
      ? entry.name
      : "\(entry.name) · \(entry.mediaType) · "
        + localized(entry.bytes, one: "\(grouped: entry.bytes) byte", other: "\(grouped: entry.bytes) bytes")
    var lines: [(String, Role)] = [(what, .text), (problem, .failure)]
    switch entry.source {
    case .attached(let attached):
      let (number, time, analyst) = (attached.number, attached.time, attached.analyst)
      lines.append(
        (
          entry.capturedAt.map {
            localized("event \(number): attached \(time) by \(analyst), captured at \($0)")
          } ?? localized("event \(number): attached \(time) by \(analyst)"), .faint
        ))
      if let withdrawal = attached.withdrawal {
        let words = localized("withdrawn \(withdrawal.time) by \(withdrawal.analyst)")
        lines.append(("\(words) \(withdrawal.note)", .faint))
      }
      lines.append((attached.attachment.note, .faint))
    case .named(let column): lines.append((localized("named by the row in its column \(column)"), .faint))
    }
    lines.append((entry.looked.isEmpty ? "" : localized("looked into: \(entry.looked)"), .faint))
    lines.append((entry.digest.isEmpty ? "" : "SHA-256 \(entry.digest)", .faint))
    return lines
  }
}
