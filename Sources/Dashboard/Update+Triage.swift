import Casework
import Filters
import Listings
import TerminalIO

// A verdict is shown as being saved until the casebook has answered.

extension State {
  /// Files a verdict for the listing under the cursor and goes on to the next undecided one.
  mutating func decide(_ verdict: Verdict?, _ reason: Reason? = nil) -> [Effect] {
    guard let row = table.row else { return [] }
    let effects = file(.verdict(verdict, reason), for: [row])
    if verdict != nil { goToNextUndecided() }
    return effects + [.remember(place)]
  }

  /// The filing of a request, painted as being saved.
  private mutating func file(_ what: FilingRequest.What, for rows: [Int]) -> [Effect] {
    var keys: [ListingKey] = []
    var firstRows: [Int] = []
    var seen: Set<ListingKey> = []
    for row in rows {
      let key = dataset.key(at: row)
      guard seen.insert(key).inserted else { continue }
      keys.append(key)
      firstRows.append(row)
      var standing = filings[key]?.standing ?? .none
      switch what {
      case .verdict(let verdict, let reason):
        standing.verdict = verdict
        standing.reason = reason
      case .note(let note): standing.note = note
      }
      filings[key] = .saving(standing)
      saving.insert(key)
    }
    return [.file(FilingRequest(what: what, rows: firstRows, keys: keys))]
  }

  mutating func goToNextUndecided() {
    let start = table.cursor
    for place in (start + 1)..<max(start + 1, order.count) where isUndecided(order[place]) { return setCursor(place) }
    for place in 0..<min(start, order.count) where isUndecided(order[place]) { return setCursor(place) }
    notice = Notice(.told, "Every listing shown is decided")
  }

  private func isUndecided(_ row: Int) -> Bool {
    guard !verdicts.isReviewed(row) else { return false }
    // Not yet on disk, but on its way there. Only then is the key worth computing.
    guard !saving.isEmpty else { return true }
    let key = dataset.key(at: row)
    return !saving.contains(key) || filings[key]?.standing.verdict == nil
  }

  // MARK: Answers of the casebook

  mutating func settle(_ act: FiledAct) -> [Effect] {
    filings.merge(act.standings) { $1 }
    saving.subtract(act.standings.keys)
    let placed = dataset.rows(of: act.standings.keys)
    for (row, key) in placed { verdicts.set(act.standings[key]?.standing ?? .none, at: row) }
    recount()
    if !act.sentence.isEmpty { notice = Notice(.told, act.sentence) }
    if act.kind == .undone || act.kind == .redone, let key = act.keys.first { goBack(to: key, placed) }
    return filter.asksAboutDecisions || sort.subject == .verdict ? evaluate() : []
  }

  /// Undoing shows what was undone: the cursor goes to the listing, or waits for the filter to show it again.
  private mutating func goBack(to key: ListingKey, _ placed: [(row: Int, key: ListingKey)]) {
    guard let row = placed.first(where: { $0.key == key })?.row else { return }
    if let place = order.rows.firstIndex(of: UInt32(row)) {
      setCursor(place)
    } else {
      awaited = key
    }
  }

  mutating func refuse(_ keys: [ListingKey], _ why: String) -> [Effect] {
    for key in keys {
      guard let standing = filings[key]?.standing else { continue }
      filings[key] = .refused(standing, why: why)
      saving.remove(key)
    }
    isRefusing = true
    notice = Notice(.failed, why)
    return []
  }

  // MARK: Notes and reasons

  mutating func startNote() -> [Effect] {
    guard let row = table.row else { return [] }
    mode = .writingNote(LineEditor(filings[dataset.key(at: row)]?.standing.note ?? ""), row: row)
    return []
  }

  mutating func writeNote(_ key: Key, _ editor: LineEditor, _ row: Int) -> [Effect] {
    var editor = editor
    switch key {
    case .escape, .control("c"): mode = .browsing
    case .enter:
      mode = .browsing
      let text = editor.text.trimmed
      guard text != filings[dataset.key(at: row)]?.standing.note ?? "" else { return [] }
      return file(.note(text.isEmpty ? nil : text), for: [row])
    default: if editor.take(key) { mode = .writingNote(editor, row: row) }
    }
    return []
  }

  mutating func startReason() -> [Effect] {
    mode = .choosing(
      Menu(subject: .reason, title: "False positive because", lines: Reason.allCases.map(\.label), cursor: 0))
    return []
  }

  mutating func fileReason(_ choice: Int) -> [Effect] { decide(.falsePositive, Reason.allCases[choice]) }

  // MARK: Marks and bulk acts

  mutating func toggleMark() -> [Effect] {
    guard let row = table.row else { return [] }
    if rangeAnchor != nil { return markRange() }
    if marked.contains(row) { marked.remove(row) } else { marked.insert(row) }
    setCursor(table.cursor + 1)
    return marksChanged()
  }

  mutating func startRange() -> [Effect] {
    if rangeAnchor != nil { return markRange() }
    rangeAnchor = table.cursor
    notice = Notice(.told, "Move to the other end; Space or v marks the range, Esc gives it up")
    return []
  }

  private mutating func markRange() -> [Effect] {
    guard let anchor = rangeAnchor else { return [] }
    for place in rangePlaces(from: anchor) { marked.insert(order[place]) }
    rangeAnchor = nil
    notice = Notice(.told, "\(grouped(marked.count)) marked")
    return marksChanged()
  }

  /// The places between a range's two ends.
  func rangePlaces(from anchor: Int) -> ClosedRange<Int> {
    min(anchor, table.cursor)...min(max(anchor, table.cursor), max(0, order.count - 1))
  }

  mutating func markAllShown() -> [Effect] {
    guard let rows = answer?.rows else { return [] }
    // Pressed again, it takes the marks off what is shown.
    if marked.intersection(rows) == rows { marked.subtract(rows) } else { marked.formUnion(rows) }
    notice = Notice(.told, "\(grouped(marked.count)) marked")
    return marksChanged()
  }

  private mutating func marksChanged() -> [Effect] { filter.asksAboutDecisions ? evaluate() : [] }

  mutating func startBulk() -> [Effect] {
    let rows = marked.rows
    let hidden = marked.subtracting(answer?.rows ?? marked).count
    let hiddenWords = hidden > 0 ? " (\(grouped(hidden)) of them not shown by the filter)" : ""
    mode = .asking(
      Question(
        act: .chooseVerdict(rows),
        text: "\(grouped(rows.count)) marked listings\(hiddenWords): c confirm · x false positive · s unsure · Esc"))
    return []
  }

  mutating func answer(_ key: Key, _ question: Question) -> [Effect] {
    mode = .browsing
    switch (question.act, key) {
    case (.chooseVerdict(let rows), .character("c")): return decideMarked(.confirmed, rows)
    case (.chooseVerdict(let rows), .character("x")): return decideMarked(.falsePositive, rows)
    case (.chooseVerdict(let rows), .character("s")): return decideMarked(.unsure, rows)
    default: return say(.told, "Nothing was changed")
    }
  }

  private mutating func decideMarked(_ verdict: Verdict, _ rows: [Int]) -> [Effect] {
    let effects = file(.verdict(verdict, nil), for: rows)
    marked = RowSet(noneOf: dataset.rowCount)
    return effects + (filter.asksAboutDecisions ? evaluate() : [])
  }

  // MARK: Undo

  /// Undo waits for what is being saved, because the casebook takes requests in order.
  mutating func undo() -> [Effect] { [.undo] }
  mutating func redo() -> [Effect] { [.redo] }
}

extension Reason {
  package var label: String {
    switch self {
    case .replica: "replica"
    case .otherMaterial: "other material"
    case .wantedAdvert: "wanted advert"
    case .legalWithPapers: "legal with papers"
    case .otherSpecies: "other species"
    case .notWildlife: "not wildlife"
    case .duplicate: "duplicate"
    }
  }
}

extension Verdict {
  package var label: String {
    switch self {
    case .confirmed: "confirmed"
    case .falsePositive: "false positive"
    case .unsure: "unsure"
    }
  }
}
