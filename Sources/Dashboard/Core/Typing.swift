import Sentences
import TerminalIO

/// A moment by a clock that never goes back.
///
/// Units:  milliseconds since some beginning; only differences mean anything.
package struct Moment: Equatable, Comparable, Sendable {
  package let milliseconds: Int

  package init(milliseconds: Int) { self.milliseconds = milliseconds }

  package static func < (a: Moment, b: Moment) -> Bool { a.milliseconds < b.milliseconds }

  func isWithin(_ milliseconds: Int, of earlier: Moment?) -> Bool {
    guard let earlier else { return false }
    return self.milliseconds - earlier.milliseconds < milliseconds
  }
}

/// How the keys came, as far as it says whether they were meant.
///
/// Rule:   text typed for a line, form or sheet that has closed meanwhile decides nothing until the letters pause. Keys
///         that were read at once are judged together (`Burst`).
struct Typing: Sendable {
  /// When the message came that is being handled; nil without a clock, which counts as long after everything else.
  var now: Moment?
  /// Why letters are no decisions just now.
  var hush: Hush?
  /// When a letter was last typed for a line or form that is still open.
  var lastLetter: Moment?
  /// When the row under the cursor was last changed by anything but a key.
  var rowChanged: Moment?
  /// The keys that are being taken in, where several were read at once.
  var burst: Burst?

  /// Letters that follow each other faster belong together. Slow typists press three keys a second; a listing cannot be
  /// read in the time.
  static let pause = 400

  /// Whether letters are still those that were typed for something else.
  var isHushed: Bool {
    guard let now, let hush else { return false }
    return now.isWithin(Self.pause, of: hush.since)
  }

  /// Whether text was typed a moment ago and not ended with Enter.
  var isUnderWay: Bool { now?.isWithin(Self.pause, of: lastLetter) == true }
}

/// Letters are no decisions since a moment, and why.
struct Hush: Equatable, Sendable {
  enum Cause: Equatable, Sendable {
    /// By a key that does not confirm anything.
    case closed(Mode.Kind, by: Key)
    case closedByItself(Mode.Kind)
    case appeared(Mode.Kind)
    /// Keys that came at once were taken for pasted text.
    case pasted
    /// By the key that begins a note in the list and goes from hit to hit in the listing.
    case noteMistaken(Key)
  }

  /// Nil without a clock: nothing is too soon then.
  var since: Moment?
  let cause: Cause

  /// Why a key with this name is no decision now.
  func sentence(refusing label: String) -> String {
    switch cause {
    case .closed(let kind, .character):
      localized("\(label) was typed too soon after \(kind.name) was answered or left: not a decision")
    case .closed(let kind, let key):
      localized("\(label) was typed too soon after \(key.label) closed \(kind.name): not a decision")
    case .closedByItself(let kind):
      localized("\(label) was typed too soon after \(kind.name) closed by itself: not a decision")
    case .appeared(let kind):
      localized("\(label) was typed too soon after \(kind.name) appeared: not a decision")
    case .pasted:
      localized("\(label) came right after text that looked pasted: not a decision")
    case .noteMistaken(let key):
      localized("\(label) was typed too soon after \(key.label), which goes from hit to hit here: not a decision")
    }
  }
}

extension Key {
  /// The scalar that the key types; nil for a key that moves or controls.
  var letter: Unicode.Scalar? { if case .character(let scalar) = self { scalar } else { nil } }

  /// Whether the key belongs to writing text: a letter, or what takes one back.
  var isTyping: Bool { letter != nil || self == .backspace || self == .delete }
}

/// Keys that were read from the terminal at once, typed ahead on a slow link or pasted where a terminal does not say so.
///
/// Rule:   *typed ahead* are one and the same key again and again, and verdicts or marks among steps (`ccc`, `jjjc`,
///         `x↓x`): they act, a verdict only on listings that were on the screen. Among other keys nothing decides; with four
///         letters or more and anything among them that would decide or that means nothing, they are pasted text, and
///         none of them acts. Text after `/` goes into the filter line.
/// Why:    of words nearly all have a letter that would decide, file or open something; hardly any consists of the
///         letters c, x, s, j and k alone.
struct Burst: Equatable, Sendable {
  /// Keys that write something.
  let letters: Int
  /// Whether they are keys that people press ahead of the screen.
  let isAhead: Bool
  /// The rows that were on the screen when the keys came.
  let shown: Set<Int>
  /// Whether something was opened or closed since the first of them.
  var hasChangedKind = false
  /// Whether one of them was not obeyed.
  var hasRefused = false

  /// From here on keys that came at once are more likely text than commands.
  static let maximumCommands = 3

  var isText: Bool { !isAhead && letters > Self.maximumCommands }
}

extension State {
  /// Keys that were read at once, judged by the current state.
  func burst(of keys: some Collection<Key>) -> Burst {
    let places = table.top..<max(table.top, min(order.count, table.top + tableRows))
    var shown = layout.isShown(.listings) ? Set(places.map { order[$0] }) : []
    if let row = table.row { shown.insert(row) }
    return Burst(letters: keys.count { $0.letter != nil }, isAhead: isAhead(keys), shown: shown)
  }

  private func isAhead(_ keys: some Collection<Key>) -> Bool {
    if keys.count > 1, Set(keys).count == 1 { return true }
    guard mode == .browsing else { return false }
    let weights = Set(keys.filter { !keyBindings.isStep($0) }.map { weight(of: $0) })
    return weights.isSubset(of: [.verdict]) || weights.isSubset(of: [.marks])
  }

  /// Whether a key of a burst must not act.
  ///
  /// - Parameter isLast: nothing comes behind it, as behind the key that ends the program.
  func isUnmeant(_ key: Key, in burst: Burst, isLast: Bool) -> Bool {
    let weight = weight(of: key)
    if weight == .leaves, isLast { return false }
    if burst.isText { return weight.isHeavy || isMeaningless(key) }
    guard weight.isHeavy else { return false }
    if weight == .leaves { return !burst.isAhead && burst.letters > 1 }
    if burst.hasChangedKind || burst.hasRefused { return true }
    if burst.isAhead { return weight == .verdict && table.row.map { !burst.shown.contains($0) } ?? false }
    return weight != .opens
  }

  /// Whether a letter is no command where the commands are.
  func isMeaningless(_ key: Key) -> Bool {
    mode == .browsing && key.letter != nil && keyBindings.command(for: key, in: focus) == nil
  }
}

// Text that is typed for a line must never become a verdict, also where the line has closed without the typist's noticing.

extension State {
  /// Handles a key, unless it would decide something that the typist cannot have meant.
  mutating func type(_ key: Key) -> [Effect] {
    if let refusal = refusal(of: key) {
      goOnHushing(key)
      return say(.warned, refusal)
    }
    if typing.isHushed, isMeaningless(key) {
      // Why the letter before did not act stays on the screen.
      goOnHushing(key)
      return []
    }
    let kind = mode.kind
    let mayBeginNote = kind == .browsing && isHitKeyThatBeginsNotesElsewhere(key)
    let effects = press(key)
    noteTyping(key, in: kind)
    // Whoever thinks that a note was begun goes on typing it.
    if mayBeginNote, mode == .browsing { typing.hush = Hush(since: typing.now, cause: .noteMistaken(key)) }
    return effects
  }

  /// Whether a key goes from hit to hit in the pane that has the keyboard, and begins a note in the list.
  private func isHitKeyThatBeginsNotesElsewhere(_ key: Key) -> Bool {
    guard focus == .detail, keyBindings.command(for: key, in: .listings)?.name == "note" else { return false }
    return ["next-hit", "previous-hit"].contains(keyBindings.command(for: key, in: .detail)?.name)
  }

  /// Why a key is not obeyed just now; nil where it is.
  private func refusal(of key: Key) -> String? {
    // What no typist types into a line is meant.
    guard key.isTyping else { return nil }
    let weight = weight(of: key)
    guard weight.isHeavy else { return nil }
    if typing.isHushed, let hush = typing.hush, weight != .leaves || hush.isUnasked {
      return hush.sentence(refusing: key.label)
    }
    // Pressed before the screen showed what it would now be pressed on.
    if mode == .browsing, keyBindings.command(for: key, in: focus)?.isOnWhatIsUnderTheCursor == true,
      let changed = typing.rowChanged, let now = typing.now, now <= changed
    {
      return localized("The listing under the cursor changed as \(key.label) was pressed: not a decision")
    }
    return nil
  }

  // MARK: What the keys say about the typist

  private mutating func noteTyping(_ key: Key, in before: Mode.Kind) {
    let after = mode.kind
    if key == .enter {
      typing.lastLetter = nil
    } else if key.isTyping, before.takesText || before.isWaiting {
      typing.lastLetter = typing.now
    }
    guard after != before else { return goOnHushing(key) }
    typing.burst?.hasChangedKind = true
    if after.takesText || isConfirming(key, in: before) {
      typing.hush = nil
    } else if before != .browsing {
      typing.hush = Hush(since: typing.now, cause: .closed(before, by: key))
    }
  }

  /// Whether a key is how one ends something on purpose.
  private func isConfirming(_ key: Key, in kind: Mode.Kind) -> Bool {
    switch key {
    case .enter, .control("s"), .control("x"): true
    case .character: kind == .menu && key.letter?.properties.numericType == .decimal
    default: false
    }
  }

  /// As long as letters follow each other they belong together.
  private mutating func goOnHushing(_ key: Key) {
    if key.isTyping, typing.isHushed, !mode.kind.takesText { typing.hush?.since = typing.now }
  }

  /// Something else than a key was taken in: whoever is typing does not know of it yet.
  mutating func noteChange(from kind: Mode.Kind, _ line: TableLine?) {
    if line != lineUnderCursor { typing.rowChanged = typing.now }
    let after = mode.kind
    guard after != kind, !after.takesText, typing.isUnderWay else { return }
    typing.hush = Hush(since: typing.now, cause: after == .browsing ? .closedByItself(kind) : .appeared(after))
  }
}

extension Hush {
  /// Whether it began without a key of the typist.
  fileprivate var isUnasked: Bool { if case .closed = cause { false } else { true } }
}

// Keys that were read at once: typed ahead of a slow screen, or pasted by a terminal that does not say so.

extension State {
  mutating func receive(_ keys: [Key]) -> [Effect] {
    let effects = mode.kind.takesText ? takeIntoLine(keys[...]) : takeAsCommands(keys[...])
    typing.burst = nil
    return effects
  }

  private mutating func takeIntoLine(_ keys: ArraySlice<Key>) -> [Effect] {
    if mode.kind.filesText, let text = Self.textOfLines(keys) { return paste(text) }
    typing.burst = burst(of: keys)
    var effects: [Effect] = []
    var rest = keys
    while mode.kind.takesText, let key = rest.popFirst() { effects += takeOne(key) }
    return rest.isEmpty ? effects : effects + takeAsCommands(rest)
  }

  /// The text of several lines that came at once; nil where they are none.
  private static func textOfLines(_ keys: ArraySlice<Key>) -> String? {
    guard let end = keys.firstIndex(of: .enter), keys[end...].contains(where: { $0.letter != nil }) else { return nil }
    var text = String.UnicodeScalarView()
    for key in keys { if let scalar = key.letter ?? (key == .enter || key == .tab ? " " : nil) { text.append(scalar) } }
    return String(text)
  }

  private mutating func takeAsCommands(_ keys: ArraySlice<Key>) -> [Effect] {
    let hasChangedKind = typing.burst?.hasChangedKind ?? false
    var burst = burst(of: run(keys))
    burst.hasChangedKind = hasChangedKind
    let before = self
    typing.burst = burst
    var (effects, hasTyped, refusal): ([Effect], Bool, String?) = ([], false, nil)
    for (place, key) in zip(keys.indices, keys) {
      if mode.kind.takesText { hasTyped = true }
      guard let now = typing.burst, isUnmeant(key, in: now, isLast: place == keys.endIndex - 1) else {
        effects += takeOne(key)
        continue
      }
      typing.burst?.hasRefused = true
      if now.isText {
        if !hasTyped { (self, effects) = (before, []) }
        refusal = sentence(keys, hasTyped: hasTyped)
        break
      }
      refusal = refusal ?? sentence(key, now)
    }
    guard let refusal else { return effects }
    typing.hush = mode.kind.takesText ? nil : Hush(since: typing.now, cause: .pasted)
    return effects + say(.warned, refusal)
  }

  /// The keys by which all are judged: those before the text of a filter, if they are such as are typed ahead.
  private func run(_ keys: ArraySlice<Key>) -> ArraySlice<Key> {
    let filtering = keyBindings.keys(of: "filter")
    guard mode == .browsing, let slash = keys.firstIndex(where: { filtering.contains($0) }) else { return keys }
    let run = keys[..<slash]
    return run.isEmpty || burst(of: run).isAhead ? run : keys
  }

  private mutating func takeOne(_ key: Key) -> [Effect] {
    let before = table
    let effects = type(key)
    if table == before { _ = rest() }
    return effects
  }

  private func sentence(_ keys: ArraySlice<Key>, hasTyped: Bool) -> String {
    if hasTyped { return localized("Keys that arrived together with the typed text were ignored") }
    let (count, filter) = (keys.count, key("filter"))
    return localized(
      count,
      one: "\(grouped: count) key came at once, as pasted text does: it did not act; \(filter) types into the filter",
      other: "\(grouped: count) keys came at once, as pasted text does: none of them acted; \(filter) types into the "
        + "filter")
  }

  private func sentence(_ key: Key, _ burst: Burst) -> String {
    if burst.hasChangedKind || burst.hasRefused {
      return localized(
        "\(key.label) arrived together with earlier keys, so it decided nothing; press it again")
    }
    return burst.isAhead
      ? localized("\(key.label) came before this listing was on the screen: not a decision")
      : localized("\(key.label) arrived together with other keys, so it decided nothing; press it again")
  }
}
