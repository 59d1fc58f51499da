import Casework
import Filters
import Listings
import Sentences

// Saying what became of what was asked for, and what happened without being asked for.

extension LinearDialogue {
  /// What is to be said now.
  ///
  /// - Returns: nothing while an answer is still being waited for.
  package mutating func report(_ state: State, at now: Moment) -> LinearTurn {
    guard var waiting = awaited else { return LinearTurn(lines: unasked(state, at: now)) }
    guard isSettled(waiting, state, at: now) else {
      let isSlow = isSaving(state) && now.milliseconds - waiting.since.milliseconds > 3000
      guard isSlow, !waiting.hasSaidSlow else { return LinearTurn() }
      waiting.hasSaidSlow = true
      awaited = waiting
      return LinearTurn(localized("Still being saved; the casebook has not answered yet."))
    }
    awaited = nil
    if waiting.kind == .opening { return LinearTurn(lines: opened(state, at: now)) }
    if waiting.kind == .sheet, let sheet = state.mode.sheet { return readOut(sheet, state) }
    var lines = [heldNotice].compactMap { $0 }.map { Self.spoken($0, state) }
    heldNotice = nil
    lines += filed(state)
    if waiting.kind == .mark { lines += marked(state) }
    lines += notice(state)
    if asks(state) { return LinearTurn(lines: lines + question(state)) }
    if case .count(let dimension) = waiting.kind {
      return LinearTurn(lines: lines + page(counts(by: dimension, state)).lines)
    }
    let isFilter = waiting.kind == .filter
    lines += changes(state, says: isFilter)
    // What did not go where it was asked to is where it was.
    if state.notice?.kind == .warned { return LinearTurn(lines: lines + listing(state, isAsked: false)) }
    return LinearTurn(lines: lines + listing(state, isAsked: isFilter || waiting.kind == .change(listing: true)))
  }

  /// The files are being opened.
  package mutating func begin(_ title: String, at now: Moment) -> LinearTurn {
    awaited = Awaited(kind: .opening, since: now)
    progress.at = now
    return LinearTurn(localized("Linsang, opening \(title). help lists the words, quit leaves."))
  }

  // MARK: Unasked

  /// How far reading has come, what went wrong, and filings whose answer was not waited for.
  private mutating func unasked(_ state: State, at now: Moment) -> [SpokenLine] {
    var lines: [SpokenLine] = []
    if !filings.isEmpty, !isSaving(state) { lines += filed(state) }
    if let notice = state.notice, notice != saidNotice {
      // What can wait does not talk into what is being typed; the newest says what is so now.
      if notice.kind == .info { heldNotice = notice.text } else { lines.append(Self.spoken(notice.text, state)) }
      saidNotice = notice
    }
    return lines + reading(state, at: now) + finalOrder(state)
  }

  /// The first listing of an order that was not final when its first was read out: whoever has not typed yet begins there.
  private mutating func finalOrder(_ state: State) -> [SpokenLine] {
    guard awaitsOrder, !state.isEvaluating, state.unfinished == nil else { return [] }
    awaitsOrder = false
    guard let row = state.table.row, state.snapshot.key(of: row) != heard?.key else { return [] }
    return [SpokenLine(localized("The whole order is known now."))] + listing(state, isAsked: true)
  }

  /// A line for at least a tenth more of the listings, and at least five seconds after the one before.
  private mutating func reading(_ state: State, at now: Moment) -> [SpokenLine] {
    guard progress.isOpen else { return [] }
    if state.loading.isComplete {
      guard state.listings != nil, state.areVerdictsPlaced else { return [] }
      progress.isOpen = false
      return [SpokenLine(localized("All is read: \(contents(state))."))]
    }
    let percent = state.readPercent
    let isRare = percent.map { $0 >= progress.percent + 10 } ?? true
    guard isRare, !now.isWithin(5000, of: progress.at) else { return [] }
    (progress.at, progress.percent) = (now, percent ?? 0)
    let rows = Sentences.counted(state.dataset.rowCount, "row")
    let words =
      percent.map { localized("Still reading: \($0) percent, \(rows) so far.") }
      ?? localized("Still reading: \(rows) so far.")
    return [SpokenLine(words)]
  }

  // MARK: Opening

  private mutating func opened(_ state: State, at now: Moment) -> [SpokenLine] {
    var lines: [SpokenLine] = []
    progress.isOpen = !state.loading.isComplete
    (progress.at, progress.percent) = (now, state.readPercent ?? 0)
    let soFar = progress.isOpen ? ", " + localized("still reading") : ""
    lines.append(SpokenLine("\(state.title): \(contents(state))\(soFar)."))
    lines += notice(state)
    lines += changes(state, says: false)
    return lines + listing(state, isAsked: true)
  }

  /// What is open: listings, how many are undecided, what could not be read.
  func contents(_ state: State) -> String {
    let rows = state.dataset.rowCount
    var parts = [state.listings.map { Sentences.counted($0.count, "listing") } ?? Sentences.counted(rows, "row")]
    if state.hasRepeats { parts[0] = localized("\(parts[0]) in \(Sentences.counted(rows, "row"))") }
    let left = state.undecidedCount(among: RowSet(allOf: rows))
    parts.append(
      state.soFar(Sentences.counted(left, "undecided", "undecided"), until: state.unfinished([.verdicts, .changes])))
    let problems = state.allProblemCount
    parts.append(
      problems == 0
        ? localized("no problems")
        : localized(
          problems, one: "\(grouped: problems) problem reading them",
          other: "\(grouped: problems) problems reading them"))
    return parts.joined(separator: ", ")
  }

  // MARK: What was filed

  /// A line for each filing that the casebook has answered.
  private mutating func filed(_ state: State) -> [SpokenLine] {
    let answered = filings
    filings = []
    return answered.map { filing in
      var refusal: String?
      for key in filing.request.keys {
        if case .refused(_, let why) = state.decisions[key] { refusal = why }
      }
      count(filing, refusal == nil)
      let what = words(filing)
      if let refusal {
        saidNotice = state.notice
        return SpokenLine(localized("\(filing.name): NOT SAVED as \(what).") + " " + refusal)
      }
      // What it says is in this line.
      if filing.request.keys.count > 1, state.notice?.kind == .info { saidNotice = state.notice }
      return SpokenLine("\(filing.name): \(what). \(state.leftWords)")
    }
  }

  private func words(_ filing: BegunFiling) -> String {
    switch filing.request.what {
    case .verdict(let verdict?, let reason): verdict.screenLabel + (reason.map { ", \($0.screenLabel)" } ?? "")
    case .verdict(nil, _): localized("verdict withdrawn, unreviewed again")
    case .note(let note):
      note.map { localized("note saved: \(SpokenLine($0, bytes: 60).text)") } ?? localized("note removed")
    case .described(let changes):
      changes.map { Self.words($0) }.joined(separator: ", ")
    case .identified(let verdict, let changes):
      ([verdict.screenLabel] + changes.map { Self.words($0) }).joined(separator: ", ")
    }
  }

  private static func words(_ change: DescriptionChange) -> String {
    let aspect = change.aspect.rawValue
    return change.value.map { "\(aspect) \($0)" } ?? localized("\(aspect) cleared", context: "a code")
  }

  private func marked(_ state: State) -> [SpokenLine] {
    guard let heard else { return [] }
    if heard.listings > 1 || state.notice != nil { return [] }
    let words =
      state.marked.contains(heard.row)
      ? localized("\(heardName): marked.") : localized("\(heardName): no longer marked.")
    return [SpokenLine(words + " " + Sentences.counted(state.counts.marked, "marked", "marked") + ".")]
  }

  /// What messages of the dashboard say of its keys, and what does the same here.
  private static func keysInWords(_ state: State) -> [(String, String)] {
    let (mark, range, all, list) = (
      state.key("mark"), state.key("range"), state.key("mark-all"), state.key("commands")
    )
    return [
      (
        localized("Nothing is marked; \(mark) marks a listing, \(range) a range, \(all) all shown"),
        localized("Nothing is marked; mark marks a listing, mark 3-12 a range, \(all) all shown")
      ),
      ("`\(list)rescue`", "rescue"),
      ("the command rescue on the screen", "rescue and its name here"),
      (
        localized("No packet was written; what you typed is kept for the next \(state.key("packet"))"),
        localized("No packet was written; what you typed is kept for the next packet")
      ),
      (localized("\(state.key("lens")) shows them"), localized("hidden lists them")),
    ]
  }

  static func spoken(_ message: String, _ state: State) -> SpokenLine {
    SpokenLine(keysInWords(state).reduce(message) { $0.replacingAll($1.0, by: $1.1) }).ended
  }

  /// The dashboard's message, once.
  private mutating func notice(_ state: State) -> [SpokenLine] {
    guard let notice = state.notice, notice != saidNotice else { return [] }
    saidNotice = notice
    return [Self.spoken(notice.text, state)]
  }

  /// Filter and order where they are not what was said last.
  private mutating func changes(_ state: State, says always: Bool) -> [SpokenLine] {
    var lines: [SpokenLine] = []
    if state.filter != saidFilter || (always && state.sort == saidSort) { lines.append(filterLine(state)) }
    if state.sort != saidSort {
      lines.append(SpokenLine(localized("Sorted by \(Self.words(state.sort)).")))
    }
    (saidFilter, saidSort) = (state.filter, state.sort)
    return lines
  }

  func filterLine(_ state: State) -> SpokenLine {
    let name =
      state.filter.clauses.isEmpty ? localized("No filter") : localized("Filter \(state.filter.text)")
    let all =
      state.listings == nil || state.showsEveryRow
      ? Sentences.counted(state.countOfAll, "row") : Sentences.counted(state.countOfAll, "listing")
    let shown = localized("\(grouped: state.shownCount) of \(all) shown")
    return SpokenLine("\(name): \(state.soFar(shown)); \(state.leftWords)")
  }

  static func words(_ sort: SortOrder) -> String {
    if sort.subject == .file { return sort.subject.label }
    let direction = sort.isDescending ? localized("from the highest") : localized("from the lowest")
    return "\(sort.subject.label), \(direction)"
  }

  // MARK: The listing

  /// The listing under the cursor, unless it was read out last.
  private mutating func listing(_ state: State, isAsked: Bool) -> [SpokenLine] {
    guard let row = state.table.row, let line = state.lineUnderCursor else {
      let wasOne = heard != nil
      heard = nil
      let sentence = state.soFar(localized("No listing is shown"))
      return (isAsked || wasOne) && state.notice?.text != sentence ? [Self.spoken(sentence, state)] : []
    }
    let now = HeardListing(key: state.snapshot.key(of: row), row: row, listings: line.listings)
    let isSame = now.key == heard?.key && now.listings == heard?.listings
    guard isAsked || !isSame else {
      // Its place may be another one.
      hear(now, state)
      return []
    }
    hear(now, state)
    return page(SpokenListing(state, row).lines).lines
  }

  private mutating func hear(_ listing: HeardListing, _ state: State) {
    awaitsOrder = state.unfinished != nil && state.returning.beginning != .passed
    heard = listing
    heardPlace = state.table.cursor + 1
    heardName = localized("Listing \(grouped: heardPlace), \(state.spokenTitle(of: listing.row, bytes: 80))")
  }

  /// The first lines of a long answer; `more` says the others.
  mutating func page(_ lines: [SpokenLine]) -> LinearTurn {
    let now = lines.count <= Self.pageLines + 1 ? lines.count : Self.pageLines
    rest = Array(lines.dropFirst(now))
    let more = rest.isEmpty ? [] : [SpokenLine("\(Sentences.counted(rest.count, "more line")): more")]
    return LinearTurn(lines: Array(lines.prefix(now)) + more)
  }

  // MARK: The end

  /// The last lines: what the casebook answered while the program was leaving, and what was decided.
  package mutating func end(_ state: State) -> LinearTurn { LinearTurn(lines: filed(state) + [farewell(state)]) }

  /// What was decided in this session, and where it is.
  private func farewell(_ state: State) -> SpokenLine {
    let made =
      verdictCount == 0
      ? localized("No verdict was given")
      : localized(
        verdictCount, one: "\(grouped: verdictCount) verdict given", other: "\(grouped: verdictCount) verdicts given")
    let undone = undoCount > 0 ? ", " + Sentences.counted(undoCount, "undone", "undone") : ""
    let refused = state.decisions.refusedCount
    if refused > 0 {
      let file = state.casebook.unsavedFile.map { "; " + localized("kept in \($0)") } ?? ""
      return SpokenLine("\(made)\(undone). \(Self.notSaved(refused))\(file).")
    }
    let saved = verdictCount > 0 ? "; " + localized("all is saved in \(state.casebook.name)") : ""
    return SpokenLine("\(made)\(undone)\(saved).")
  }
}

extension State {
  /// How many of some rows' listings are to be decided: without a verdict, or changed since.
  func undecidedCount(among rows: RowSet) -> Int {
    let decided = snapshot.changes.map { verdicts.reviewed.subtracting($0.rows) } ?? verdicts.reviewed
    return listingCount(of: rows.subtracting(decided.resized(to: rows.rowCount)))
  }

  /// "1,203 left": how many of those shown are to be decided.
  var leftWords: String {
    guard let shown = answer?.rows else { return "" }
    let left = localized("\(grouped: undecidedCount(among: shown)) left", context: "to decide")
    let words = soFar(left, until: unfinished([.verdicts, .changes]))
    return words.hasSuffix("…") ? words : words + "."
  }
}
