import Casework
import CodeWords
import Dashboard
import Filters
import Intake
import Listings
import TerminalIO
import TextCells
import Workspace
import LexiconWork

/// A story told in keys: state, update and draw, and a casebook and a filter that answer when the story says so.
///
/// Shape:  questions are answered at once unless `answersAtOnce` is off; filings wait for `save` or `refuse`, and what `u`
///         and `U` ask for, for `takeBack` and `doAgain`.
struct KeyStory {
  var state: State
  /// What the last message wanted done.
  private(set) var effects: [Effect] = []
  var answersAtOnce = true
  /// Questions not answered yet.
  private(set) var questions: [EvaluationRequest] = []
  private(set) var reviewCounts: [EvaluationRequest] = []
  private(set) var explanations: [(request: EvaluationRequest, row: Int)] = []
  private(set) var placings: [Effect] = []
  /// Datasets of which it is not told yet which rows are of one listing.
  private(set) var untold: [Snapshot] = []
  /// Columns to try that were not tried yet.
  private(set) var previews: [ColumnPreviewRequest] = []
  /// Words to try that were not tried yet.
  private(set) var wordTrials: [WordTrialRequest] = []
  /// Lexicons to be counted, and to be tried.
  private(set) var tallies: [LexiconTallyRequest] = []
  private(set) var trials: [LexiconTrialRequest] = []
  /// Decisions on their way to the disk.
  private(set) var filings: [FilingRequest] = []
  private var evaluation = FilterEvaluation()
  /// The casebook, but for its disk.
  private var ledger = Ledger()
  /// What the clock shows, in milliseconds; nil: there is none, and each key comes long after the one before.
  var clock: Int?

  init(on texts: [String] = [SampleListings.six], _ columns: Int = 80, _ rows: Int = 24, title: String = "week47.csv") {
    self.init(on: SampleListings.dataset(texts), columns, rows, title: title)
  }

  init(on dataset: Dataset, _ columns: Int = 80, _ rows: Int = 24, title: String = "week47.csv") {
    state = State(
      size: Size(columns: columns, rows: rows), title: title, analyst: "rk", casebookName: "ivory.casebook")
    state.recipients = [
      RecipientChoice(
        name: "police", title: "Police or customs", about: "Everything that is known.", request: "Assess."),
      RecipientChoice(name: "sharing", title: "Sharing", about: "Nothing that leads to anybody.", request: ""),
    ]
    tell(.casebookOpened([:], nil, nil))
    tell(.grew(to: dataset))
  }

  /// A story that begins before anything was opened.
  init(emptyAt columns: Int, _ rows: Int) {
    state = State(
      size: Size(columns: columns, rows: rows), title: "week47.csv", analyst: "rk", casebookName: "ivory.casebook")
  }

  // MARK: What happens

  mutating func tell(_ message: Message) {
    effects = update(&state, message, at: clock.map { Moment(milliseconds: $0) })
    for effect in effects {
      switch effect {
      case .evaluate(let request): questions.append(request)
      case .countFacetReviews(let request): reviewCounts.append(request)
      case .explain(let request, let row): explanations.append((request, row))
      case .placeVerdicts: placings.append(effect)
      case .groupListings(let snapshot): untold.append(snapshot)
      case .file(let request): filings.append(request)
      case .previewColumns(let request): previews.append(request)
      case .tryWord(let request): wordTrials.append(request)
      case .tallyLexicons(let request): tallies.append(request)
      case .tryLexicons(let request): trials.append(request)
      default: break
      }
    }
    guard answersAtOnce else { return }
    let asked = effects
    answerAll()
    effects = asked
  }

  /// Keys by their names on screen, apart by blanks: `"c Space ^D Esc"`. The cursor rests after each.
  mutating func press(_ keys: String) {
    for name in keys.unicodeScalars.split(separator: " ") {
      tell(.terminal(.key(Self.key(String(name)))))
      rest()
    }
  }

  /// The cursor is left alone for a moment.
  mutating func rest() { _ = update(&state, .cursorRested) }

  /// The same key again and again, faster than anybody reads.
  mutating func hold(_ key: String, times: Int) { for _ in 0..<times { tell(.terminal(.key(Self.key(key)))) } }

  mutating func type(_ text: String) {
    for scalar in text.unicodeScalars { tell(.terminal(.key(.character(scalar)))) }
  }

  /// Text typed letter by letter, with so many milliseconds before each.
  mutating func type(_ text: String, every pause: Int) {
    for scalar in text.unicodeScalars {
      wait(pause)
      tell(.terminal(.key(.character(scalar))))
    }
  }

  /// Keys that are read from the terminal at once.
  mutating func readAtOnce(_ keys: String) {
    tell(.keysRead(keys.unicodeScalars.split(separator: " ").map { Self.key(String($0)) }))
  }

  /// Text that is read at once, as where a paste is not said to be one.
  mutating func readTextAtOnce(_ text: String) {
    tell(.keysRead(text.unicodeScalars.map { $0 == "\n" ? .enter : $0 == "\t" ? .tab : .character($0) }))
  }

  mutating func wait(_ milliseconds: Int) { clock = (clock ?? 0) + milliseconds }

  /// The mouse over a cell. The cursor rests after it.
  mutating func point(_ action: MouseReport.Action, _ column: Int, _ row: Int) {
    tell(.terminal(.mouse(MouseReport(action, column: column, row: row))))
    rest()
  }

  /// Pressed and let go.
  mutating func click(_ column: Int, _ row: Int) {
    point(.press, column, row)
    if state.isRunning { tell(.terminal(.mouse(MouseReport(.release, column: column, row: row)))) }
  }

  mutating func paste(_ text: String) { tell(.terminal(.paste(text))) }

  mutating func resize(_ columns: Int, _ rows: Int) {
    tell(.terminal(.resized(Size(columns: columns, rows: rows))))
  }

  static func key(_ name: String) -> Key {
    let named: [String: Key] = [
      "Enter": .enter, "Esc": .escape, "Tab": .tab, "Shift-Tab": .backTab, "Backspace": .backspace, "Del": .delete,
      "Up": .up, "Down": .down, "Left": .left, "Right": .right, "Home": .home, "End": .end, "PgUp": .pageUp,
      "PgDn": .pageDown, "Space": .character(" "), "F1": .function(1),
    ]
    if let key = named[name] ?? (name.count > 1 ? Key(named: name) : nil) { return key }
    let scalars = Array(name.unicodeScalars)
    if scalars.count == 2, scalars[0] == "^" { return .control(Unicode.Scalar(String(name.last!).lowercased())!) }
    precondition(scalars.count == 1, "no key is called \(name)")
    return .character(scalars[0])
  }

  // MARK: The filter answers

  mutating func answerAll() {
    while !previews.isEmpty { answerPreview() }
    while !wordTrials.isEmpty { answerWordTrial() }
    while !tallies.isEmpty { answerTally() }
    while !untold.isEmpty { groupListings() }
    while !reviewCounts.isEmpty { answerReviewCount() }
    while !explanations.isEmpty { answerExplanation() }
    while !questions.isEmpty || !placings.isEmpty {
      while !placings.isEmpty { answerPlacing() }
      while !questions.isEmpty { answerNext() }
    }
  }

  /// Answers the oldest question.
  mutating func answerNext() {
    let request = questions.removeFirst()
    guard
      let answer = evaluation.answer(
        request.filter, in: request.subject, counting: request.counted, orders: request.orders,
        pricesOn: request.priceScale)
    else { return }
    let order = evaluation.order(of: answer, by: request.sort, in: request.subject, rank: request.rank)
    tell(.answered(request.generation, answer, order, request.folded(order)))
  }

  mutating func answerExplanation() {
    let (request, row) = explanations.removeFirst()
    let lines = evaluation.explanation(of: request.filter, at: row, in: request.subject) ?? []
    tell(.explained(request.generation, row: row, lines))
  }

  /// How far the listings with each value are decided is counted.
  mutating func answerReviewCount() {
    let request = reviewCounts.removeFirst()
    let reviews = evaluation.reviews(request.filter, in: request.subject, counting: request.counted)
    tell(.facetReviewsCounted(request.generation, reviews ?? [:]))
  }

  /// The first listings are read with the columns of the oldest request.
  mutating func answerPreview() {
    let request = previews.removeFirst()
    var options = IntakeOptions(tables: SampleListings.tables)
    options.assignments = request.assignment.lines.isEmpty ? [] : [request.assignment]
    guard let preview = ColumnPreview.dataset(of: request.snapshot.dataset.sources[request.source], options: options)
    else {
      return
    }
    tell(.columnsPreviewed(preview, number: request.number))
  }

  /// The oldest word is tried on the listings.
  mutating func answerWordTrial() {
    let request = wordTrials.removeFirst()
    guard let trial = WordTrial(request.term, in: request.subject, isWhole: request.isWhole) else { return }
    tell(.wordTried(trial, number: request.number))
  }

  mutating func answerTally() {
    let request = tallies.removeFirst()
    tell(.lexiconsTallied(request.tally, number: request.number))
  }

  /// The oldest trial comes to an end: the rows would then be flagged so.
  mutating func answerTrial(with flags: RowFlags) {
    let request = trials.removeFirst()
    tell(
      .lexiconsTried(
        request.backTest(before: state.flags, after: flags), flags, of: request.snapshot.dataset,
        number: request.number))
  }

  mutating func answerPlacing() {
    guard case .placeVerdicts(let statuses, let snapshot) = placings.removeFirst() else { return }
    tell(.verdictsPlaced(.placed(statuses, in: snapshot.dataset), of: snapshot.dataset))
  }

  mutating func groupListings() {
    let snapshot = untold.removeFirst()
    let (dataset, joined) = (snapshot.dataset, snapshot.since?.overTime?.joined ?? [:])
    if let listings = ListingRows(of: dataset, joined: joined) { tell(.listingsGrouped(listings, of: dataset)) }
  }

  // MARK: The casebook answers

  /// The oldest filing reaches the disk.
  mutating func save() {
    let request = filings.removeFirst()
    let change: Change =
      switch request.what {
      case .verdict(let verdict, let reason): .file(verdict, reason: reason, for: request.keys)
      case .note(let note): .write(note: note, for: request.keys[0])
      case .described(let changes): .describe(changes, for: request.keys)
      case .identified(let verdict, let changes): .identify(verdict, changes, for: request.keys)
      }
    let seen = ListingWitness(request.snapshot.dataset).snapshots(
      of: request.rows, request.keys, known: request.known)
    guard let events = write(change, seen) else { return }
    let remark = request.remark.map { ": " + $0 } ?? ""
    let sentence = request.keys.count > 1 ? (Transaction(events)?.sentence ?? "") + remark : ""
    tell(.filed(act(.filed, request.keys, sentence)))
  }

  /// Every listing shown is confirmed, and saved as that.
  mutating func confirmAll() {
    press("* ; c")
    saveAll()
  }

  mutating func saveAll() { while !filings.isEmpty { save() } }

  /// The oldest filing is refused.
  mutating func refuse(_ why: String = "The disk is full; nothing was saved") {
    tell(.filingRefused(filings.removeFirst().keys, why: why))
  }

  /// The casebook takes the analyst's last act back.
  mutating func takeBack() {
    guard let undone = ledger.history(of: state.analyst).nextUndo, let events = write(.undo) else {
      return tell(.undoRefused("There is nothing to undo"))
    }
    tell(.filed(act(.undone, Self.listings(of: events), "undid: \(undone.sentence)")))
  }

  /// The casebook does again what was taken back last.
  mutating func doAgain() {
    guard let redone = ledger.history(of: state.analyst).nextRedo, let events = write(.redo) else {
      return tell(.undoRefused("There is nothing to redo"))
    }
    tell(.filed(act(.redone, Self.listings(of: events), "redid: \(redone.sentence)")))
  }

  private mutating func write(_ change: Change, _ seen: [ListingSnapshot] = []) -> [Event]? {
    ledger.apply(change, by: state.analyst, at: "2026-11-18T12:00:00Z", seen: seen)
  }

  /// The casebook says which of the decided listings changed since, as it was last asked for it.
  mutating func answerChanges() {
    guard
      case .findChanges(let keys, let snapshot)? = effects.last(where: {
        if case .findChanges = $0 { true } else { false }
      })
    else { return }
    let decided = ledger.statuses.byKey.compactMapValues(\.seen)
    let asked = decided.filter { keys?.contains($0.key) ?? true }
    guard let changes = ChangesSinceVerdict(asked, in: snapshot) else { return }
    tell(.changesFound(changes, about: keys, of: snapshot.dataset))
  }

  /// A colleague decides, and the dashboard hears of it.
  mutating func hear(_ change: Change, by analyst: String) {
    let seen = (change.decision?.keys ?? []).compactMap { key -> ListingSnapshot? in
      let witness = ListingWitness(state.dataset)
      guard let row = state.snapshot.rows(of: [key]).first?.row else { return nil }
      return witness.snapshots(of: [row], [key])[0]
    }
    guard let events = ledger.apply(change, by: analyst, at: "2026-11-18T12:30:00Z", seen: seen) else { return }
    tell(.filed(act(.seenFromOthers, Self.listings(of: events), "decided elsewhere")))
  }

  /// The casebook says what several analysts said, if the last message had that asked.
  mutating func answerReviews() {
    for effect in effects {
      guard case .findReviews(let keys, let snapshot) = effect else { continue }
      var reviews = CasebookReviews(token: "t")
      var decided: Set<ListingKey> = []
      for event in ledger.events {
        guard let key = event.listing, keys?.contains(key) ?? true else { continue }
        reviews.byKey[key, default: ListingReviews(key: key)].apply(event, hash: event.line.hash, of: "t")
      }
      reviews.byKey = reviews.byKey.filter { key, one in
        if one.isDecidedByOthers(than: state.analyst, in: "t") { decided.insert(key) }
        return ledger.events.contains { $0.listing == key && $0.analyst != state.analyst }
      }
      if state.collaboration.isBlind { reviews.byKey = [:] }
      return tell(
        .reviewsFound(SharedReviews(reviews, decidedByOthers: decided, in: snapshot), about: keys, of: snapshot.dataset)
      )
    }
  }

  /// What the last message wanted leased; nil: nothing.
  var leased: [String]? {
    for case .lease(let keys, _) in effects { return keys.map { name(of: $0) } }
    return nil
  }

  private static func listings(of events: [Event]) -> [ListingKey] { Set(events.compactMap(\.listing)).sorted() }

  private func act(_ kind: FiledTransaction.Kind, _ keys: [ListingKey], _ sentence: String) -> FiledTransaction {
    let statuses = keys.map { ($0, Filing.saved(ledger.statuses[$0], ledger.statuses.lastEvent[$0] ?? 0)) }
    return FiledTransaction(
      kind: kind, statuses: Dictionary(statuses) { $1 }, keys: keys, sentence: sentence)
  }

  // MARK: What is seen

  var frame: Frame {
    var frame = Frame(state.size)
    draw(state, into: &frame)
    return frame
  }

  var screen: String { frame.text }
  var bottomLine: String { frame.text(ofRow: state.size.rows - 1) }
  var topLine: String { frame.text(ofRow: 0) }

  /// The listing under the cursor, by the last part of its key.
  var current: String { state.table.row.map { name(of: state.dataset.key(at: $0)) } ?? "none" }

  /// Listings in the order shown.
  var shown: [String] { state.order.rows.map { name(of: state.dataset.key(at: Int($0))) } }

  func name(of key: ListingKey) -> String { String(key.text.split(separator: "/").last ?? "") }

  func key(of name: String) -> ListingKey {
    (0..<state.dataset.rowCount).map { state.dataset.key(at: $0) }.first { self.name(of: $0) == name }!
  }

  /// The verdict marks of all rows as drawn, in the order shown: `✓·✗!`.
  var marks: String {
    var tall = state
    tall.size = Size(columns: 120, rows: 2 * state.order.count + 30)
    _ = update(&tall, .terminal(.resized(tall.size)))
    var frame = Frame(tall.size)
    draw(tall, into: &frame)
    let inside = tall.layout.table.insideBorder
    return (0..<state.order.count).map { frame[inside.column, inside.row + 1 + $0].text }.joined()
  }

  /// The effects of the last message in words, exactly.
  var wanted: [String] { effects.map { told($0) } }

  private func told(_ assignment: ColumnAssignment) -> String {
    let lines = assignment.lines.map { "\($0.column)=\($0.field?.rawValue ?? "none")" }
    return lines.isEmpty ? "nothing" : lines.joined(separator: " ")
  }

  private func told(_ isOn: [String: Bool]) -> String {
    isOn.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value ? "on" : "off")" }.joined(separator: ", ")
  }

  private func told(_ effect: Effect) -> String {
    switch effect {
    case .flag: return "flag"
    case .groupListings: return "tell listings"
    case .compareWithEarlier: return "compare with earlier"
    case .findDuplicates: return "find duplicates"
    case .findChanges(let keys, _):
      return "find changes of \(keys.map { $0.map(name(of:)).joined(separator: " ") } ?? "all")"
    case .findReviews(let keys, _):
      return "find reviews of \(keys.map { $0.map(name(of:)).joined(separator: " ") } ?? "all")"
    case .lease(let keys, _): return "lease \(keys.map(name(of:)).joined(separator: " "))"
    case .loadLexicons(let request): return request.switching.map { "switch " + told($0) } ?? "load lexicons"
    case .carryEarlierVerdicts: return "carry earlier verdicts"
    case .tallyLexicons: return "tally lexicons"
    case .tryLexicons(let request): return "try " + told(request.switched)
    case .stopTryingLexicons: return "stop trying lexicons"
    case .countFacetReviews: return "count facet reviews"
    case .readValueList(let name): return "read list \(name)"
    case .explain(let request, let row): return "explain \(row) of «\(request.filter.text)»"
    case .rememberHabits(let habits): return "remember habits: \(habits.filters.first ?? "")"
    case .evaluate(let request):
      let order =
        request.sort.isDescending ? "\(request.sort.subject.name) descending" : request.sort.subject.name
      return "evaluate «\(request.filter.text)» by \(order)"
    case .placeVerdicts(let statuses, _): return "place \(statuses.count)"
    case .file(let request):
      let names = request.keys.map { name(of: $0) }.joined(separator: " ")
      switch request.what {
      case .verdict(let verdict, let reason):
        return "file \(verdict.map(\.rawValue) ?? "unreviewed")\(reason.map { " \($0.rawValue)" } ?? ""): \(names)"
      case .note(let note): return "note «\(note ?? "")»: \(names)"
      case .described(let changes):
        let words = changes.map { "\($0.aspect.rawValue) \($0.value ?? "cleared")" }.joined(separator: ", ")
        return "describe \(words): \(names)"
      case .identified(let verdict, let changes):
        let words = changes.map { "\($0.aspect.rawValue) \($0.value ?? "cleared")" }.joined(separator: ", ")
        return "file \(verdict.rawValue), \(words): \(names)"
      }
    case .undo: return "undo"
    case .redo: return "redo"
    case .rescue(let name): return "rescue into \(name)"
    case .remember(let place): return "remember \(place.listing.map { name(of: $0) } ?? "nothing")"
    case .tryWord(let request):
      return "try\(request.isWhole ? " whole" : "") «\(request.term.name)» \(request.term.language)"
    case .addTerm(let draft): return "add «\(draft[.word])»"
    case .removeTerm(let term): return "remove «\(term.name)»"
    case .rememberDraft: return "remember draft"
    case .rememberHints(let fields):
      return "remember hints "
        + fields.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", ")
    case .exportPacket(let request): return "packet of rows \(request.rows)"
    case .findCases: return "find cases"
    case .findViews: return "find views"
    case .rememberViews(let views): return "remember views " + views.map(\.name).joined(separator: ", ")
    case .recordStep(let draft):
      let parts = StepDraft.Part.allCases.filter { !draft[$0].isEmpty }.map { "\($0.rawValue) «\(draft[$0])»" }
      return "record of \(draft.packet): \(parts.joined(separator: ", "))"
    case .retractStep(let number): return "take back step \(number)"
    case .findEvidence(let request): return "find evidence of \(name(of: request.listing))"
    case .attach(let draft, let request):
      return
        "attach «\(draft[.path])» \(draft[.method]) «\(draft[.capturedAt])» «\(draft[.note])» to \(name(of: request.listing))"
    case .withdrawAttachment(let number, let request):
      return "withdraw attachment \(number) of \(name(of: request.listing))"
    case .lookAtPicture(let entry, let request, let across, let down):
      return "look at «\(entry.name)» of \(name(of: request.listing)), \(across) by \(down)"
    case .completePath(let path): return "complete «\(path)»"
    case .exportProblems(let list): return "export \(list.count) problems"
    case .reread: return "reread"
    case .previewColumns(let request): return "preview columns of file \(request.source): \(told(request.assignment))"
    case .changeColumns(let answers): return "change columns to \(answers.map { told($0) }.joined(separator: " and "))"
    case .copy(let text, let remark): return "copy \(text)" + (remark.isEmpty ? "" : " · \(remark)")
    case .useTheme(let name): return "use theme \(name)"
    case .redraw: return "redraw"
    case .suspend: return "suspend"
    case .leaveWhenFiled: return "leave when filed"
    }
  }
}

extension Message {
  /// All rows of a dataset are read, with these problems.
  static func grew(to dataset: Dataset, problems: ProblemList = ProblemList(), rows: [Int] = []) -> Message {
    .datasetGrew(
      dataset, Loading(bytesRead: 1, bytesTotal: 1, isComplete: true), problems,
      problemRows: RowSet(rows, of: dataset.rowCount))
  }
}
