import TerminalIO

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
  static let mostCommands = 3

  var isText: Bool { !isAhead && letters > Self.mostCommands }
}

extension State {
  /// Keys that were read at once, judged as they stand now.
  func burst(of keys: some Collection<Key>) -> Burst {
    let places = table.top..<max(table.top, min(order.count, table.top + tableRows))
    var shown = layout.isShown(.listings) ? Set(places.map { order[$0] }) : []
    if let row = table.row { shown.insert(row) }
    return Burst(letters: keys.count { $0.letter != nil }, isAhead: isAhead(keys), shown: shown)
  }

  private func isAhead(_ keys: some Collection<Key>) -> Bool {
    if keys.count > 1, Set(keys).count == 1 { return true }
    guard mode == .browsing else { return false }
    let weights = Set(keys.filter { !$0.isStep }.map { weight(of: $0) })
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
    mode == .browsing && key.letter != nil && CommandTable.command(for: key, in: focus) == nil
  }
}

extension Key {
  /// Whether the key goes from listing to listing.
  fileprivate var isStep: Bool {
    switch self {
    case .up, .down, .pageUp, .pageDown, .home, .end: true
    case .character("j"), .character("k"), .control("d"), .control("u"), .control("f"), .control("b"): true
    default: false
    }
  }
}
