import TerminalIO

/// Which key means which command: the command table, with the keys that the analyst chose instead.
///
/// Law:    no key means two commands in one pane, and undo, leaving, going back and the list of commands have a key.
package struct KeyBindings: Sendable {
  /// All commands, with the keys that they have now.
  package let commands: [Command]
  /// The names of the commands whose keys were chosen.
  package let chosen: Set<String>
  /// The keys that go from listing to listing.
  private let steps: Set<Key>

  /// The keys of the command table.
  package static let standard = KeyBindings([:])

  /// - Parameter keys: by the name of a command; nothing in it contradicts anything, see `KeyChoices`.
  init(_ keys: [String: [Key]]) {
    commands = CommandTable.all.map { command in
      var command = command
      if let own = keys[command.name] { (command.keys, command.hasChosenKeys) = (own, true) }
      return command
    }
    chosen = Set(keys.keys)
    let stepping: Set<String> = ["down", "up", "page-down", "page-up", "half-page-down", "half-page-up"]
    steps = Set(commands.filter { stepping.contains($0.name) }.flatMap(\.keys)).union([.home, .end])
  }

  package var isStandard: Bool { chosen.isEmpty }

  /// The command of a key in a pane.
  package func command(for key: Key, in pane: Pane) -> Command? {
    commands.first { $0.applies(in: pane) && $0.keys.contains(key) }
  }

  /// The command of a name.
  package func command(named name: String) -> Command? { commands.first { $0.name == name } }

  /// The commands hinted at in a pane, those first that are wanted most.
  package func hinted(in pane: Pane) -> [Command] {
    let hinted = commands.filter { $0.isHinted && $0.applies(in: pane) }
    return (0...3).flatMap { rank in hinted.filter { $0.hintRank == rank } }
  }

  /// The commands for what is marked that the bottom line names while something is.
  var forMarks: [Command] { commands.filter { $0.hintRank == Command.hintedWithMarks } }

  /// The commands of a pane that meet the typed words, see `CommandSearch`; the best first.
  package func matching(_ text: String, in pane: Pane) -> [Command] {
    CommandSearch(text).found(in: commands.filter { $0.applies(in: pane) })
  }

  /// Whether a key goes from listing to listing.
  func isStep(_ key: Key) -> Bool { steps.contains(key) }

  /// The keys of a command.
  package func keys(of name: String) -> [Key] {
    guard let command = command(named: name) else { preconditionFailure("there is no command \(name)") }
    return command.keys
  }

  /// The key of a command as sentences name it; where it has none, how it is found: `:unmark-all`.
  package func label(of name: String) -> String {
    guard let command = command(named: name) else { preconditionFailure("there is no command \(name)") }
    if let key = command.shownKeyList.first { return key.label }
    return (self.command(named: "commands")?.shownKeyList.first?.label ?? ":") + name
  }

  /// The letter of a command, or another key where it has none: what a line names that has room for one.
  func shortLabel(of name: String) -> String {
    keys(of: name).first { $0.letter != nil && $0.isShown }?.label ?? label(of: name)
  }
}

extension State {
  /// The key of a command, as a sentence names it; in the linear mode the word for it.
  func key(_ name: String) -> String {
    (speaksOfWords ? LinearCommand.word(for: name) : nil) ?? keyBindings.label(of: name)
  }

  /// Words behind the key that goes to a pane: `1 Platform`. Without it where the key has a long name, or is none.
  func heading(of pane: Pane, _ words: String) -> String {
    let label = key("\(pane)-pane")
    return label.count == 1 ? "\(label) \(words)" : words
  }

  /// The key for a note on the listing, in the pane that has the keyboard.
  var noteKey: String { key(focus == .detail ? "note-here" : "note") }
}

extension Command {
  /// The keys that people are shown: of those that were chosen all, else without their twins on other keyboards.
  package var shownKeyList: [Key] {
    let shown = hasChosenKeys ? keys : keys.filter(\.isShown)
    return shown.isEmpty ? keys : shown
  }

  /// Their names, apart by blanks.
  package var shownKeys: String { shownKeyList.map(\.label).joined(separator: " ") }
}

extension Key {
  /// Whether the key is named to people; Cyrillic twins of a Latin key simply work.
  var isShown: Bool { if case .character(let scalar) = self { scalar.isASCII } else { true } }

  /// A key by the name that it has on screen and in a settings file: `c`, `Space`, `^D`, `F2`, `PgDn`.
  ///
  /// Fails:  nil for what is no key, or one that terminals send as another: `^I` is Tab.
  package init?(named name: String) {
    let named: [String: Key] = [
      "space": .character(" "), "enter": .enter, "return": .enter, "esc": .escape, "escape": .escape, "tab": .tab,
      "shift-tab": .backTab, "backspace": .backspace, "del": .delete, "delete": .delete, "ins": .insert,
      "insert": .insert, "up": .up, "down": .down, "left": .left, "right": .right, "home": .home, "end": .end,
      "pgup": .pageUp, "pgdn": .pageDown, "pageup": .pageUp, "pagedown": .pageDown, "↑": .up, "↓": .down,
      "←": .left, "→": .right,
    ]
    let scalars = Array(name.unicodeScalars)
    if scalars.count == 1 {
      if let arrow = named[name] {
        self = arrow
      } else {
        guard !scalars[0].properties.isWhitespace, Self.isSeen(scalars[0]) else { return nil }
        self = .character(scalars[0])
      }
      return
    }
    let lower = name.lowercased()
    if let key = named[lower] {
      self = key
    } else if lower.hasPrefix("f"), let number = Int(lower.dropFirst()), (1...12).contains(number) {
      self = .function(number)
    } else if let letter = Self.controlled(lower) {
      self = .control(letter)
    } else {
      return nil
    }
  }

  /// The letter of `^d` or `ctrl-d`; nil also for those that terminals send for Tab, Enter, Backspace and Esc.
  private static func controlled(_ lower: String) -> Unicode.Scalar? {
    let rest = lower.hasPrefix("^") ? lower.dropFirst() : lower.hasPrefix("ctrl-") ? lower.dropFirst(5) : ""
    let scalars = Array(rest.unicodeScalars)
    guard scalars.count == 1, ("a"..."z").contains(scalars[0]), !["h", "i", "j", "m"].contains(scalars[0]) else {
      return nil
    }
    return scalars[0]
  }

  /// Whether a reader sees the sign by itself.
  private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .nonspacingMark, .enclosingMark, .spacingMark,
      .surrogate, .privateUse, .unassigned:
      false
    default: true
    }
  }

  /// Whether its name is on the key, and it stays with its commands: nobody looks for Esc or an arrow elsewhere.
  var isFixed: Bool {
    switch self {
    case .escape, .enter, .tab, .backTab, .up, .down, .left, .right, .home, .end, .pageUp, .pageDown: true
    case .control("c"): true
    default: false
    }
  }
}
