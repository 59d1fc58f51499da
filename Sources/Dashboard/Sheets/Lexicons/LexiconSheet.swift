import CodeWords
import Filters
import LexiconWork
import Listings
import Sentences
import TerminalIO
import Workspace

/// The lexicons, or the terms of one, with what each finds; the one under the cursor in full at the foot. Lexicons are
/// switched on the sheet first, then tried on the listings, and only then for good.
///
/// Cost:   only the lines on the screen are looked at, however many terms there are.
package struct LexiconSheet: SearchableSheet {
  package enum Order: Int, CaseIterable, Sendable {
    case listings, share, name, weight

    package var label: String {
      switch self {
      case .listings: localized("listings")
      case .share: localized("confirmed")
      case .name: localized("name")
      case .weight: localized("weight")
      }
    }
  }

  /// A list, and what is searched for in it.
  package struct Level: Equatable, Sendable {
    package var list = ListPosition()
    package var find = ""
    package var order: Order
    /// What is listed, in order: indices of lexicons, or of terms of the one that is open.
    package var lines: [Int] = []
  }

  /// What a change would do.
  package enum Trial: Equatable, Sendable {
    case none
    /// The listings are being flagged with the change; trials are numbered.
    case trying(Int)
    case tried(BackTest)
  }

  package var lexicons = Level(order: .name)
  /// The name of the lexicon that was opened.
  package var opened: String?
  package var terms = Level(order: .listings)
  /// The find line; nil while nothing is typed into it.
  package var editor: LineEditor?
  /// Lexicons to be switched on or off, which are not switched yet.
  package var switched: [String: Bool] = [:]
  package var trial = Trial.none
  /// Whether the lexicon that is open is the one that words of listings are added to.
  private(set) var isOwn = false
  /// The word that taking out was asked for once.
  private var leaving: TermIdentity?

  /// The level that has the keyboard.
  package var level: Level {
    get { opened == nil ? lexicons : terms }
    set { if opened == nil { lexicons = newValue } else { terms = newValue } }
  }

  static let name = "the lexicons"
  var mode: Mode { .lexicons(self) }

  var kind: Mode.Kind {
    switch trial {
    case .none: editor == nil ? .lexicons : .lexiconLine
    case .trying: .lexiconTest
    case .tried: .lexiconQuestion
    }
  }

  // MARK: Its keys

  static let keys = listing + findLineKeys + trying + asking

  var activeKeys: [SheetKey<LexiconSheet>] {
    switch trial {
    case .none: editor == nil ? Self.listing : Self.findLineKeys
    case .trying: Self.trying
    case .tried: Self.asking
    }
  }

  private static let listing: [SheetKey<LexiconSheet>] =
    [
      SheetKey(
        [.character("w"), .control("s")],
        Sentence("try what switching the lexicons would change before making it permanent"),
        hinted: { $0.opened == nil && $0.isSwitching ? localized("try \(counted($0.switched.count, "change"))") : nil }
      ) { .stay($0.beginTrial(&$1)) },
      leaving(when: { $0.opened == nil && $0.isSwitching }, hint: Sentence("leave all as it was")),
      SheetKey(
        [.character(" ")], Sentence("switch the lexicon on or off, on the sheet for now"),
        hinted: { $0.opened != nil ? nil : $0.isSwitching ? localized("switch") : localized("on/off") }
      ) { .stay($0.toggle($1)) },
      SheetKey(
        [.enter, .right, .character("l")], Sentence("the terms of the lexicon; from a term to its listings"),
        hinted: { $0.opened == nil ? localized("terms") : localized("its listings") }, as: ["open"]
      ) { $0.open(&$1) },
      leaving(when: { $0.opened != nil }, hint: Sentence("back")),
      SheetKey(
        [.character("d"), .delete], Sentence("take the word under the cursor out of your own lexicon: twice"),
        hinted: { $0.isOwn ? localized("take out") : nil }, weight: .decides, when: { $0.opened != nil }
      ) { .stay($0.takeOut(&$1)) },
      SheetKey(
        [.character("/"), .character("f")], Sentence("find"),
        hinted: { $0.opened != nil || !$0.isSwitching ? localized("find") : nil }, as: ["filter", "find-value"]
      ) { sheet, _ in
        sheet.editor = LineEditor(sheet.level.find)
        return .stay()
      },
      SheetKey(
        [.character("S")], Sentence("the next order"),
        hinted: { $0.opened != nil || !$0.isSwitching ? localized("order") : nil },
        as: ["sort"]
      ) { .stay($0.sort($1)) },
      leaving(when: { $0.opened == nil && !$0.isSwitching }, hint: Sentence("back")),
      SheetKey([.character("q"), .character("L"), .control("c")], Sentence("close"), as: ["quit", "lexicons"]) {
        $0.close(&$1)
      },
    ] + SheetKey.moving { sheet, step, state in sheet.move(step, state) }

  private static func leaving(
    when applies: @escaping @Sendable (LexiconSheet) -> Bool, hint: Sentence
  ) -> SheetKey<LexiconSheet> {
    SheetKey(
      [.escape, .left, .character("h"), .backspace], Sentence("one level back"), hint: hint, when: applies,
      as: ["from-detail"]
    ) {
      $0.back(&$1)
    }
  }

  private static let backKeys: [Key] = [
    .escape, .character("n"), .character("N"), .left, .backspace, .character("q"), .control("c"),
  ]

  private static let trying: [SheetKey<LexiconSheet>] = [
    SheetKey(backKeys, Sentence("cancel the trial"), hint: Sentence("cancels")) { .stay($0.endTrial(&$1)) }
  ]

  private static let asking: [SheetKey<LexiconSheet>] = [
    SheetKey(
      [.character("y"), .character("Y")], Sentence("make the switch permanent"), hint: Sentence("makes it permanent"),
      weight: .decides
    ) { $0.adopt(&$1) },
    SheetKey(backKeys, Sentence("back, nothing is switched"), hint: Sentence("back"), label: "n Esc") {
      .stay($0.endTrial(&$1))
    },
  ]

  private var isSwitching: Bool { !switched.isEmpty }

  // MARK: Moving

  mutating func move(_ step: Step, _ state: State) {
    leaving = nil
    level.list.move(step, rows: listRows(state), count: level.lines.count)
  }

  private mutating func keepInside(_ state: State) {
    level.list.settle(rows: listRows(state), count: level.lines.count)
  }

  /// The same lexicon stays open, the cursor on the same line.
  mutating func settle(_ state: State) {
    if let name = opened, state.lexicons.overview[name] == nil { (opened, editor, isOwn) = (nil, nil, false) }
    switched = switched.filter { name, isOn in state.lexicons.overview[name].map { $0.isOn != isOn } ?? false }
    relist(state)
  }

  fileprivate mutating func relist(_ state: State) {
    let cursor = level.list.cursor
    let under = level.lines.indices.contains(cursor) ? level.lines[cursor] : nil
    level.lines = ListedLexicons(known: state.lexicons, sheet: self).lines
    if let under, let line = level.lines.firstIndex(of: under) {
      level.list.top += line - cursor
      level.list.cursor = line
    }
    keepInside(state)
  }

  private mutating func sort(_ state: State) -> [Effect] {
    let orders: [Order] = opened == nil ? [.name, .listings, .share] : Order.allCases
    let next = (orders.firstIndex(of: level.order) ?? 0) + 1
    leaving = nil
    level.order = orders[next % orders.count]
    relist(state)
    // What comes first is what was asked for.
    level.list.cursor = 0
    keepInside(state)
    return []
  }

  mutating func find(_ text: String, _ state: State) {
    leaving = nil
    guard level.find != text else { return }
    level.find = text
    relist(state)
    // What is typed goes from the top; given up, the cursor stays on what was found.
    if !text.isEmpty { level.list.cursor = 0 }
    keepInside(state)
  }

  // MARK: Going down and up

  private mutating func open(_ state: inout State) -> SheetStep {
    let listed = ListedLexicons(known: state.lexicons, sheet: self)
    if let term = listed.term(at: level.list.cursor) { return showListings(with: term, &state) }
    guard opened == nil, let lexicon = listed.lexicon(at: level.list.cursor) else { return .stay() }
    opened = lexicon.name
    (isOwn, leaving) = (lexicon.name == state.lexicons.own, nil)
    terms = Level(order: terms.order)
    relist(state)
    return .stay()
  }

  private mutating func back(_ state: inout State) -> SheetStep {
    if !level.find.isEmpty {
      level.find = ""
    } else if opened != nil {
      (opened, isOwn, leaving) = (nil, false, nil)
    } else {
      return close(&state)
    }
    relist(state)
    return .stay()
  }

  private func close(_ state: inout State) -> SheetStep {
    .close(isSwitching ? state.say(.info, localized("The lexicons are switched as they were")) : [])
  }

  /// Shows the listings in which a term counts, whatever the filter was.
  private func showListings(with term: Term, _ state: inout State) -> SheetStep {
    guard term.kind.isKeptPerListing else {
      return .stay(
        state.say(
          .warned,
          term.kind == .context
            ? localized("A context word counts beside other terms only, so no listing is found by it")
            : localized("A transaction cue counts beside other terms only, so no listing is found by it")))
    }
    guard let number = state.flags.lexicons.terms.firstIndex(where: { $0.location == term.location }) else {
      return .stay(state.say(.warned, localized("\(term.name) is not active, so it finds no listing")))
    }
    let before = state.filter.text
    _ = state.focus(on: .listings)
    let effects = state.set(Filter.everything.toggling(state.flags.lexicons.labels[number], in: .term))
    guard !effects.isEmpty else { return .close() }
    let key = state.key("clear-filter")
    let words =
      before.isEmpty
      ? localized("\(key) takes this filter away") : localized("\(key) takes this filter away; it was \(before)")
    let unused = isSwitching ? " · " + localized("the lexicons are switched as they were") : ""
    return .close(state.say(.info, words + unused) + effects)
  }

  // MARK: Taking out

  /// Takes a word out of the analyst's own lexicon, when it is asked for twice.
  private mutating func takeOut(_ state: inout State) -> [Effect] {
    guard isOwn else {
      return state.say(
        .warned, localized("Words are taken out of \(state.lexicons.own) only, which has those that you added here"))
    }
    guard let term = ListedLexicons(known: state.lexicons, sheet: self).term(at: level.list.cursor) else { return [] }
    guard leaving == TermIdentity(term) else {
      leaving = TermIdentity(term)
      return state.say(.warned, localized("Once more takes “\(term.name)” out of \(state.lexicons.own)"))
    }
    leaving = nil
    return [.removeTerm(term)]
  }

  // MARK: Switching

  private mutating func toggle(_ state: State) -> [Effect] {
    guard let lexicon = ListedLexicons(known: state.lexicons, sheet: self).lexicon(at: level.list.cursor) else {
      return []
    }
    let isOn = switched[lexicon.name] ?? lexicon.isOn
    switched[lexicon.name] = isOn == lexicon.isOn ? !isOn : nil
    return []
  }

  /// Asks what the switched lexicons would do to the listings and verdicts there are.
  private mutating func beginTrial(_ state: inout State) -> [Effect] {
    guard isSwitching else {
      return state.say(.warned, localized("No lexicon is switched: Space switches the one under the cursor"))
    }
    guard state.loading.isComplete else {
      return state.say(.warned, localized("The files are still being read; after that a change can be tried"))
    }
    state.lexicons.trialNumber += 1
    trial = .trying(state.lexicons.trialNumber)
    return [
      .tryLexicons(
        LexiconTrialRequest(
          switched: switched, snapshot: state.snapshot, lexicons: state.session.newestLexicons,
          number: state.lexicons.trialNumber))
    ]
  }

  private mutating func endTrial(_ state: inout State) -> [Effect] {
    trial = .none
    state.session.discardTrial()
    return [.stopTryingLexicons]
  }

  private func adopt(_ state: inout State) -> SheetStep {
    .close(
      state.say(.info, localized("Switching \(counted(switched.count, "lexicon")) …")) + [
        .loadLexicons(
          LexiconLoading(
            switching: switched, reusing: state.session.trialFlags, after: state.session.newestLexicons))
      ])
  }
}

// MARK: - From the dashboard and back

extension State {
  mutating func startLexicons() -> [Effect] {
    var sheet = LexiconSheet()
    sheet.relist(self)
    mode = .lexicons(sheet)
    return tallyLexicons()
  }

  /// Why there is nothing to list; nil where there is.
  var lexiconsBlocked: String? {
    if !lexicons.overview.lexicons.isEmpty { return nil }
    return lexicons.isRead || (loading.isComplete && dataset.rowCount == 0)
      ? localized("No lexicon is loaded: linsang lexicon list says where they are looked for")
      : localized("The lexicons are still being read")
  }

  mutating func adopt(_ loaded: LoadedLexicons, switched: [String: Bool]?) -> [Effect] {
    let overview = loaded.overview
    lexicons.show(overview)
    settleLexicons()
    let effects = adopt(loaded)
    guard let switched else { return effects }
    // Another table may have the last word.
    for (name, isOn) in switched.sorted(by: { $0.key < $1.key }) {
      guard let lexicon = overview[name], lexicon.isOn != isOn else { continue }
      let decider = lexicon.switchedBy ?? localized("another table")
      return say(
        .warned,
        isOn
          ? localized("\(name) is still off: \(decider) says so and has the last word")
          : localized("\(name) is still on: \(decider) says so and has the last word")
      ) + effects
    }
    let count = switched.count
    let words = localized(
      count, one: "\(grouped: count) lexicon switched; all listings are read with them again",
      other: "\(grouped: count) lexicons switched; all listings are read with them again")
    return say(.info, words) + effects
  }

  mutating func showTally(_ tally: LexiconTally, number: Int) -> [Effect] {
    guard number == lexicons.tallyNumber else { return [] }
    lexicons.tally = tally
    settleLexicons()
    return []
  }

  private mutating func settleLexicons() { if case .lexicons = mode { settleSheet() } }

  /// Updates the counts that the sheet shows, if it is open.
  mutating func recountLexicons() -> [Effect] { if case .lexicons = mode { tallyLexicons() } else { [] } }

  mutating func finishTrial(_ backTest: BackTest, _ flags: RowFlags, of rows: Dataset, number: Int) -> [Effect] {
    guard case .lexicons(var sheet) = mode, sheet.trial == .trying(number) else { return [] }
    guard rows === dataset else { return giveUpTrial() }
    session.keepTrial(flags, of: rows)
    sheet.trial = .tried(backTest)
    mode = .lexicons(sheet)
    return []
  }

  /// A trial, finished or not, is about rows that are no longer open.
  mutating func giveUpTrial() -> [Effect] {
    guard case .lexicons(var sheet) = mode, sheet.trial != .none else { return [] }
    sheet.trial = .none
    session.discardTrial()
    mode = .lexicons(sheet)
    return [.stopTryingLexicons]
  }

  /// The lexicons in force go on where they were.
  mutating func refuseSwitching(_ why: String) -> [Effect] {
    fail(why) + (isFlagged && session.pending == nil ? [] : flagRows())
  }
}

/// Lexicons to be tried: some switched, on the rows of a snapshot, against the verdicts so far.
package struct LexiconTrialRequest: Equatable, Sendable {
  package let switched: [String: Bool]
  package let snapshot: Snapshot
  /// Those in force; nil until they are read.
  package let lexicons: LoadedLexicons?
  package let number: Int

  /// From this risk on a listing counts as flagged: where reading listings one by one usually begins.
  static let threshold = 40

  package func backTest(before: RowFlags, after: RowFlags) -> BackTest {
    BackTest(
      before: before, after: after, confirmed: snapshot.verdicts.confirmed,
      falsePositive: snapshot.verdicts.falsePositive, threshold: Self.threshold, among: snapshot.listings?.first)
  }
}
