import TerminalIO

// Text that is typed for a line must never become a verdict, also where the line has closed without the typist's noticing.

extension State {
  /// Takes a key in, unless it would decide something that nobody can have meant.
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
    let effects = press(key)
    noteTyping(key, in: kind)
    return effects
  }

  /// Why a key is not obeyed just now; nil where it is.
  private func refusal(of key: Key) -> String? {
    // What no typist types into a line is meant.
    guard key.isTyping else { return nil }
    let weight = weight(of: key)
    guard weight.isHeavy else { return nil }
    if typing.isHushed, let hush = typing.hush, weight != .leaves || hush.isUnasked {
      return "\(key.label) was typed too soon after \(hush.words): not a decision"
    }
    // Pressed before the screen showed what it would now be pressed on.
    if mode == .browsing, weight != .leaves, let changed = typing.rowChanged, let now = typing.now, now <= changed {
      return "The listing under the cursor changed as \(key.label) was pressed: not a decision"
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
  mutating func noteChange(from kind: Mode.Kind, _ row: Int?) {
    if row != table.row { typing.rowChanged = typing.now }
    let after = mode.kind
    guard after != kind, !after.takesText, typing.isUnderWay else { return }
    typing.hush = Hush(since: typing.now, cause: after == .browsing ? .closedByItself(kind) : .appeared(after))
  }
}

extension Hush {
  /// Whether it began without a key of the typist.
  fileprivate var isUnasked: Bool { if case .closed = cause { false } else { true } }
}
