import Casework
import Filters
import Listings
import Sentences
import TerminalIO

// A verdict is shown as being saved until the casebook has answered.

extension State {
  /// Files a verdict for the listing under the cursor, or for the copies that its line stands for, and goes on to the next
  /// undecided one. Where listings are marked it may be meant for them, which is asked.
  mutating func decide(_ verdict: Verdict?, _ reason: Reason? = nil) -> [Effect] {
    askAboutMarks(verdict, reason) ?? decideCopies(verdict, reason) ?? decideListing(verdict, reason)
  }

  /// The same for the listing under the cursor alone.
  mutating func decideListing(_ verdict: Verdict?, _ reason: Reason? = nil) -> [Effect] {
    guard let row = table.row else { return [] }
    if isLost(row) { return refuseLost() }
    if verdict == nil, decisions.status(before: snapshot.key(of: row)).verdict == nil {
      return say(
        .warned, casebook.isOpen ? localized("The listing has no verdict to withdraw") : Self.casebookIsBeingRead)
    }
    (returning.listing, returning.beforeTyping) = (nil, nil)
    if let verdict {
      pace.note(at: typing.now)
      noteDecision(verdict, reason, on: row)
    }
    let effects = file(.verdict(verdict, reason), for: [row])
    takeMarksOff([row])
    let isMended = returning.mending == row
    returning.decided = isMended ? nil : verdict.map { DecidedRow(row: row, verdict: $0, reason: reason) }
    return effects + (verdict == nil ? [] : goOn(after: row)) + [.remember(position)]
  }

  /// Goes on to the next undecided listing, or where the work was before an earlier decision was gone back to.
  mutating func goOn(after row: Int) -> [Effect] {
    let isMended = returning.mending == row
    returning.mending = nil
    if isMended { return goToWhereItWas() }
    goToNextUndecided()
    return []
  }

  /// Confirms the listing under the cursor with how certain the species is, in one step.
  mutating func identify(_ certainty: String) -> [Effect] {
    guard let row = table.row else { return [] }
    if isLost(row) { return refuseLost() }
    (returning.listing, returning.beforeTyping) = (nil, nil)
    pace.note(at: typing.now)
    noteDecision(.confirmed, nil, on: row)
    let effects = file(.identified(.confirmed, [DescriptionChange(.species, certainty)]), for: [row])
    takeMarksOff([row])
    let isMended = returning.mending == row
    returning.decided = isMended ? nil : DecidedRow(row: row, verdict: .confirmed, reason: nil)
    return effects + goOn(after: row) + [.remember(position)]
  }

  /// Why the listing cannot be identified by itself; nil where it can.
  var identifyingBlocked: String? {
    rowsBehindCursor == nil
      ? nil : localized("The line stands for copies: \(key("open-line")) opens them; identify each one there")
  }

  static var casebookIsBeingRead: String {
    localized("The casebook is still being read; what was decided before is not known yet")
  }

  /// The filing of a request, painted as being saved. A listing seen in several files is filed once.
  ///
  /// - Parameter remark: what the notice adds once it is filed.
  mutating func file(_ what: FilingRequest.What, for rows: [Int], remark: String? = nil) -> [Effect] {
    let (firstRows, keys) = listings(among: rows)
    guard !keys.isEmpty else { return refuseLost() }
    ownActs.ask(.filing)
    takenWord = nil
    let isRead = keys.count == 1 && table.row.map { snapshot.key(of: $0) } == keys[0]
    let known = keys.map { self.known(of: $0, isRead: isRead) }
    for key in keys {
      var status = decisions.status(before: key)
      switch what {
      case .verdict(let verdict, let reason):
        status.verdict = verdict
        status.reason = reason
      case .note(let note): status.note = note
      case .described(let changes):
        for change in changes { status.set(.described(change.aspect, change.value), by: analyst) }
      case .identified(let verdict, let changes):
        (status.verdict, status.reason) = (verdict, nil)
        for change in changes { status.set(.described(change.aspect, change.value), by: analyst) }
      }
      decisions.begin(status, for: key)
    }
    return [
      .file(FilingRequest(what: what, rows: firstRows, of: snapshot, keys: keys, known: known, remark: remark))
    ]
  }

  /// Whether a row no longer says what was read, because its file was cut or written over: it is no listing then.
  func isLost(_ row: Int) -> Bool { dataset.key(at: row).fingerprint != dataset.keyFingerprints[row] }

  mutating func refuseLost() -> [Effect] {
    say(
      .failed,
      localized(
        "This row no longer says what was read: its file was truncated or overwritten. Nothing was saved; press "
          + "\(key("reopen")) to read it again"))
  }

  /// The listings that rows show: a row of each, the newest among them, and its key. Rows that are lost show none.
  func listings(among rows: [Int]) -> (rows: [Int], keys: [ListingKey]) {
    var seen: Set<ListingKey> = []
    var places: [ListingKey: Int] = [:]
    var firstRows: [Int] = []
    var keys: [ListingKey] = []
    let newest = snapshot.since?.overTime?.newest
    for row in rows {
      if isLost(row) { continue }
      let key = snapshot.key(of: row)
      if seen.insert(key).inserted {
        places[key] = newest == nil ? nil : firstRows.count
        firstRows.append(row)
        keys.append(key)
      } else if let place = places[key], newest?.contains(row) == true {
        // What was decided is the newest sighting among the rows.
        firstRows[place] = row
      }
    }
    return (firstRows, keys)
  }

  mutating func goToNextUndecided() {
    guard let shown = answer?.rows else { return }
    // Sixty-four rows at a time: a million decided listings are passed over between two keys.
    let decided = snapshot.changes.map { verdicts.reviewed.subtracting($0.rows) } ?? verdicts.reviewed
    let undecided = shown.subtracting(decided.resized(to: shown.rowCount))
    if let place = nextPlace(in: undecided) { return setCursor(place) }
    notice = Notice(.info, soFar(localized("Every listing shown is decided")))
  }

  /// The next place, after the end from the beginning, with a listing that is undecided and not on its way to the disk.
  private func nextPlace(in undecided: RowSet) -> Int? {
    guard !undecided.isEmpty else { return nil }
    // Local copies, so that passing over a row costs one bit test.
    let (order, snapshot, decisions, folding) = (order, snapshot, decisions, folding)
    let start = table.cursor
    func isOpen(_ row: Int) -> Bool {
      guard undecided.contains(row) else { return false }
      guard case .saving(let status) = decisions.unsettled(at: row, of: snapshot) else { return true }
      return status.verdict == nil
    }
    func first(_ places: Range<Int>) -> Int? {
      places.first { place in
        isOpen(order[place]) || folding.rows(behind: order[place]).contains { isOpen(Int($0)) }
      }
    }
    return first(min(start + 1, order.count)..<order.count) ?? first(0..<min(start, order.count))
  }
}

extension Verdict {
  /// `3 false positive`; nil: without a verdict.
  static func numbered(_ count: Int, _ verdict: Verdict?) -> String {
    switch verdict {
    case .confirmed: counted(count, "confirmed", "confirmed")
    case .falsePositive: counted(count, "false positive", "false positive")
    case .unsure: counted(count, "unsure", "unsure")
    case nil: counted(count, "unreviewed", "unreviewed")
    }
  }
}
