import Filters
import Sentences
import TerminalIO

/// The keys that an analyst gave a command, as a settings file has them.
package struct KeyChoice: Equatable, Sendable {
  /// The name of the command.
  package let command: String
  /// The names of its keys.
  package let keys: [String]
  /// The line of the file, from 1.
  package let line: Int

  package init(command: String, keys: [String], line: Int) {
    (self.command, self.keys, self.line) = (command, keys, line)
  }
}

/// Keys that a command cannot have: it keeps those of the command table.
package struct KeyProblem: Equatable, Sendable {
  package let line: Int
  package let command: String
  /// What is wrong, and which keys the command has instead.
  package let sentence: String
}

/// Chosen keys, held against the command table and each other.
///
/// Rule:   keys with a name on them, such as Esc, Enter and the arrows, stay with their commands and need not be written.
///         What cannot be is refused whole, with a sentence; of two choices that contradict each other the later one.
struct KeyChoices {
  private struct Accepted {
    let choice: KeyChoice
    let command: Command
    /// Those that were written, and the fixed ones of the command.
    let keys: [Key]
    let written: [Key]
  }

  private var accepted: [Accepted] = []
  private(set) var problems: [KeyProblem] = []

  /// The keys in force by the name of their command, of those that were chosen.
  var keys: [String: [Key]] {
    Dictionary(accepted.map { ($0.choice.command, $0.keys) }) { first, _ in first }
  }

  init(_ choices: [KeyChoice]) {
    for choice in choices {
      guard let command = CommandTable.all.first(where: { $0.name == choice.command }) else {
        refuseUnknown(choice)
        continue
      }
      var written: [Key] = []
      var why: String?
      for name in choice.keys {
        guard let key = Key(named: name) else {
          why = Self.noKey(name)
          break
        }
        why = Self.refusal(of: key, for: command)
        if why != nil { break }
        if !written.contains(key) { written.append(key) }
      }
      if why == nil, written.isEmpty, Self.needingKeys.contains(command.name) {
        why = localized("\(command.name) cannot be without a key")
      }
      if let why {
        refuse(choice, command, why)
      } else {
        let fixed = command.keys.filter { $0.isFixed && !written.contains($0) }
        accepted.append(Accepted(choice: choice, command: command, keys: written + fixed, written: written))
      }
    }
    while refuseFirstConflict() {}
    problems.sort { $0.line < $1.line }
  }

  /// What nobody must lose: deciding, which questions ask for too, taking back, leaving, and finding what has no key.
  private static let needingKeys: Set<String> = [
    "confirm", "false-positive", "unsure", "undo", "quit", "back", "commands",
  ]
  /// What works while text is typed, too.
  private static let everywhere: Set<String> = ["redraw", "suspend"]
  /// What lines of text and forms take for themselves.
  private static let ofText = Set("abcefknpsuwxd".unicodeScalars.map { Key.control($0) })

  // MARK: One choice by itself

  private static func noKey(_ name: String) -> String {
    let lower = name.lowercased()
    if lower.hasPrefix("alt-") || lower.hasPrefix("meta-") || lower.hasPrefix("m-") {
      return localized("terminals send Alt and a letter as Esc and the letter, so “\(name)” cannot be told from these")
    }
    if lower.hasPrefix("^") || lower.hasPrefix("ctrl-") {
      return localized("“\(name)” is no key of its own; terminals know Ctrl with a letter, but for H, I, J and M")
    }
    return localized("“\(name)” is no key; write one character, or Space, Backspace, Del, F2, ^D")
  }

  /// Why a command cannot have a key, whatever the others have; nil where it can.
  private static func refusal(of key: Key, for command: Command) -> String? {
    if key.isFixed, !command.keys.contains(key) { return localized("\(key.label) stays what it is everywhere") }
    if command.weight == .verdict {
      if case .function = key {
        return localized("a verdict is a key that every keyboard has, and \(key.label) is not")
      }
      if let letter = key.letter, ("0"..."9").contains(letter) {
        return localized("digits answer questions by their number, so \(key.label) is no verdict")
      }
    }
    if everywhere.contains(command.name), key.letter != nil || ofText.contains(key) || key.isTyping {
      return localized(
        "\(command.name) works while text is typed, and there \(key.label) writes or edits; take a function key, or "
          + "Ctrl with another letter")
    }
    return nil
  }

  // MARK: All of them together

  /// The keys of a command while some choices are accepted.
  private func keysNow(of command: Command) -> [Key] {
    accepted.first { $0.command.name == command.name }?.keys ?? command.keys
  }

  /// Refuses a choice that contradicts another one or a key of the table; false where none does.
  private mutating func refuseFirstConflict() -> Bool {
    for (place, one) in accepted.enumerated() {
      for key in one.written {
        let other = CommandTable.all.first {
          $0.name != one.command.name && Self.meet($0, one.command) && keysNow(of: $0).contains(key)
        }
        guard let other else { continue }
        let chosen = accepted.first { $0.command.name == other.name }
        if let chosen, chosen.choice.line > one.choice.line {
          // The later one is at fault.
          refuse(chosen, as: key, alreadyOf: one.command, line: one.choice.line)
        } else {
          refuse(accepted[place], as: key, alreadyOf: other, line: chosen?.choice.line)
        }
        return true
      }
    }
    return false
  }

  /// Whether there is a pane in which both commands work.
  private static func meet(_ a: Command, _ b: Command) -> Bool {
    a.panes.isEmpty || b.panes.isEmpty || !a.panes.isDisjoint(with: b.panes)
  }

  private mutating func refuse(_ one: Accepted, as key: Key, alreadyOf other: Command, line: Int?) {
    accepted.removeAll { $0.choice == one.choice }
    let panes = Pane.allCases.filter { one.command.applies(in: $0) && other.applies(in: $0) }
    let place = panes.map { "\($0)" }.joined(separator: ", ")
    let (label, name) = (key.label, other.name)
    let why =
      switch (panes.count == Pane.allCases.count, line) {
      case (true, let line?): localized("\(label) is \(name) already (line \(line))")
      case (true, nil): localized("\(label) is \(name) already (by default); give that another one, too")
      case (false, let line?): localized("\(label) is \(name) in \(place) already (line \(line))")
      case (false, nil):
        localized("\(label) is \(name) in \(place) already (by default); give that another one, too")
      }
    refuse(one.choice, one.command, why)
  }

  private mutating func refuse(_ choice: KeyChoice, _ command: Command, _ why: String) {
    let keys = command.shownKeyList.map(\.label).joined(separator: " ")
    let stays =
      command.keys.isEmpty
      ? localized("\(command.name) stays without a key")
      : localized("\(command.name) keeps \(keys)", context: "a command and its keys")
    problems.append(KeyProblem(line: choice.line, command: choice.command, sentence: "\(why); \(stays)"))
  }

  private mutating func refuseUnknown(_ choice: KeyChoice) {
    let near = NearestName.of(choice.command, among: CommandTable.all.map(\.name))
    let hint = near.map { localized("perhaps you mean \($0)") } ?? localized("`linsang keys` lists them all")
    let sentence = localized("there is no such command") + "; " + hint
    problems.append(KeyProblem(line: choice.line, command: choice.command, sentence: sentence))
  }
}

extension KeyBindings {
  /// The command table with the chosen keys that can be, and what is wrong with the others.
  package static func read(_ choices: [KeyChoice]) -> (bindings: KeyBindings, problems: [KeyProblem]) {
    let read = KeyChoices(choices)
    return (KeyBindings(read.keys), read.problems)
  }
}
