import TerminalIO

// Keys that were read at once: typed ahead of a slow screen, or pasted by a terminal that does not say so.

extension State {
  mutating func take(_ keys: [Key]) -> [Effect] {
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
    var (effects, hasTyped, told): ([Effect], Bool, String?) = ([], false, nil)
    for (place, key) in zip(keys.indices, keys) {
      if mode.kind.takesText { hasTyped = true }
      guard let now = typing.burst, isUnmeant(key, in: now, isLast: place == keys.endIndex - 1) else {
        effects += takeOne(key)
        continue
      }
      typing.burst?.hasRefused = true
      if now.isText {
        if !hasTyped { (self, effects) = (before, []) }
        told = Self.sentence(keys, hasTyped: hasTyped)
        break
      }
      told = told ?? sentence(key, now)
    }
    guard let told else { return effects }
    typing.hush = mode.kind.takesText ? nil : Hush(since: typing.now, cause: .pasted)
    return effects + say(.warned, told)
  }

  /// The keys by which all are judged: those before the text of a filter, if they are such as are typed ahead.
  private func run(_ keys: ArraySlice<Key>) -> ArraySlice<Key> {
    guard mode == .browsing, let slash = keys.firstIndex(of: .character("/")) else { return keys }
    let run = keys[..<slash]
    return run.isEmpty || burst(of: run).isAhead ? run : keys
  }

  private mutating func takeOne(_ key: Key) -> [Effect] {
    let before = table
    let effects = type(key)
    if table == before { _ = rest() }
    return effects
  }

  private static func sentence(_ keys: ArraySlice<Key>, hasTyped: Bool) -> String {
    hasTyped
      ? "What came at once behind the typed text did not act"
      : "\(grouped(keys.count)) keys came at once, as pasted text does: none of them acted; / types into the filter"
  }

  private func sentence(_ key: Key, _ burst: Burst) -> String {
    if burst.hasChangedKind || burst.hasRefused {
      return "\(key.label) came in one piece with what was before it, and nothing was decided by it; press it again"
    }
    return burst.isAhead
      ? "\(key.label) came before this listing was on the screen: not a decision"
      : "\(key.label) came in one piece with other keys, and nothing was decided by it; press it again"
  }
}
