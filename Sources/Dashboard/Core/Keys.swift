import Filters
import Listings
import Sentences
import TerminalIO

/// What a key can do to what was decided, and so how sure it must be that it was meant.
package enum KeyWeight: Equatable, Sendable {
  /// Moves, finds, shows: typed by mistake it costs a key to go back.
  case light
  /// Marks listings for one verdict later.
  case marks
  /// Files a verdict on the listing under the cursor.
  case verdict
  /// Changes what was decided in some other way, or writes a file.
  case decides
  /// Opens something in which the next letters can change what was decided.
  case opens
  /// Ends the program.
  case leaves

  /// Whether text that is taken for keys must never do it.
  var isHeavy: Bool { self != .light }
}

extension State {
  /// What a key would do now.
  func weight(of key: Key) -> KeyWeight {
    if let sheet = mode.sheet { return sheet.weight(of: key, self) }
    return keyBindings.command(for: key, in: focus)?.weight ?? .light
  }

  /// A key means what the open sheet says; while browsing, what the command table says for the pane with the keyboard.
  mutating func press(_ key: Key) -> [Effect] {
    if keyBindings.keys(of: "redraw").contains(key) { return [.redraw] }
    if keyBindings.keys(of: "suspend").contains(key) { return [.suspend] }
    notice = nil
    if returning.beginning == .shown { returning.beginning = .passed }
    if isLeaving { return pressWhileLeaving(key) }
    // What cannot be seen is not acted on.
    if !Layout.isLargeEnough(size) { return pressUnseen(key) }
    if let sheet = mode.sheet { return press(key, in: sheet) }
    // Ctrl-C always gets out: of whatever is being typed first, then of the program.
    if key == .control("c") { return leave() }
    if let command = keyBindings.command(for: key, in: focus) { return run(command) }
    return sentence(forIdle: key).map { say(.info, $0) } ?? []
  }

  private mutating func pressUnseen(_ key: Key) -> [Effect] {
    guard keyBindings.keys(of: "quit").contains(key) else { return [] }
    if case .question(let question) = mode, question.subject == .leaveUnsaved { return leaveNow() }
    return leave()
  }

  mutating func run(_ command: Command) -> [Effect] {
    if let refusal = command.blocked(self) { return say(.warned, refusal) }
    let effects = command.run(&self)
    return effects + followHint(command)
  }

  /// Pasted text goes where text is typed; while browsing it would act as commands, so it does nothing.
  mutating func paste(_ text: String) -> [Effect] {
    // As with keys, what cannot be seen is not acted on.
    guard !isLeaving, Layout.isLargeEnough(size) else { return [] }
    notice = nil
    if let effects = mode.sheet.flatMap({ paste(text, into: $0) }) { return effects }
    return say(
      .warned, localized("Pasted text is ignored here; press \(key("filter")) first to paste into the filter"))
  }
}
