import Sentences
import TerminalIO

/// A word that a line of the linear mode can begin with.
///
/// Shape:  the first name is the one that help uses. Names of one letter are told apart by case, as keys are; longer
///         ones are not. What the dashboard has too is asked for there, by `CommandTable`.
package struct LinearCommand: Sendable {
  package enum Topic: CaseIterable, Sendable {
    case moving, reading, deciding, several, finding, handingOver, program

    var label: String {
      switch self {
      case .moving: localized("Moving")
      case .reading: localized("Reading")
      case .deciding: localized("Deciding")
      case .several: localized("Several listings")
      case .finding: localized("Finding")
      case .handingOver: localized("Handing over")
      case .program: localized("Program", context: "a group of commands")
      }
    }
  }

  /// What the word may be followed by.
  package enum Argument: Equatable, Sendable {
    case none
    /// Named in help: `TEXT`.
    case optional(Sentence)
    case needed(Sentence)

    package var name: String? {
      switch self {
      case .none: nil
      case .optional(let name), .needed(let name): localized(name)
      }
    }
  }

  /// What it does.
  package enum Act: Equatable, Sendable {
    case step(Int), first, last, nextUndecided
    case listing, text, why, hits, copies, history, all, url, hidden
    case note, reason, describe, mark
    case filter, clearFilter, sort, count, choose, exclude, more
    case packet, evidence
    case help, `where`, rescue
    /// A command of the dashboard, by its name there.
    case dashboard(String)
    /// A sheet of the dashboard, read out and closed.
    case sheet(String)
  }

  package private(set) var names: [String]
  package let topic: Topic
  package let argument: Argument
  private let helpSentence: Sentence?
  package let act: Act

  private init(
    _ names: String..., topic: Topic, with argument: Argument = .none, _ act: Act, _ help: Sentence
  ) {
    (self.names, self.topic, self.argument, self.act) = (names, topic, argument, act)
    helpSentence = help
  }

  /// The same under the dashboard's own name and letters, with its own help unless the linear mode differs.
  private init(
    dashboard name: String, also more: String..., topic: Topic, isSheet: Bool = false, _ help: Sentence? = nil
  ) {
    let command = CommandTable.all.first { $0.name == name }
    names = [name] + Self.letters(of: command).filter { !Self.letters.contains($0) } + more
    self.topic = topic
    argument = .none
    helpSentence = help
    act = isSheet ? .sheet(name) : .dashboard(name)
  }

  /// What it does; goes on from its usage.
  package var help: String {
    if let helpSentence { return localized(helpSentence) }
    return CommandTable.all.first { $0.name == names[0] }?.help ?? ""
  }

  /// The keys of a command that can be typed as a word: no blank, no number, and no slash, which begins a filter.
  private static func letters(of command: Command?) -> [String] {
    (command?.keys ?? []).compactMap { key in
      guard let letter = key.letter, letter != " ", letter != "/", !("0"..."9").contains(letter) else { return nil }
      return String(Character(letter))
    }
  }

  /// Letters that mean something else here than in the dashboard: of the two nothing is decided by mistake, since none
  /// of these decides anything.
  private static let letters: Set<String> = ["n", "p", "u", "N", "b"]
}

extension LinearCommand {
  /// All words.
  package static let all: [LinearCommand] = moving + reading + deciding + several + finding + handingOver + program

  /// The word that does what a command of the dashboard does; nil where none does.
  static func word(for name: String) -> String? { words[name] }

  private static let words = Dictionary(
    all.compactMap { command in command.dashboardName.map { ($0, command.names[0]) } },
    uniquingKeysWith: { first, _ in first })

  /// All words, with the letters of commands that were given other keys; a letter that means something else here stays.
  static func all(_ bindings: KeyBindings) -> [LinearCommand] {
    guard !bindings.isStandard else { return all }
    func ownLetters(_ command: LinearCommand) -> Set<String> {
      guard let name = command.dashboardName, bindings.chosen.contains(name) else { return [] }
      return Set(letters(of: CommandTable.all.first { $0.name == name }))
    }
    var taken = Set(all.flatMap { command in command.names.filter { !ownLetters(command).contains($0) } })
    return all.map { command in
      guard let name = command.dashboardName, bindings.chosen.contains(name) else { return command }
      let own = ownLetters(command)
      var changed = command
      changed.names.removeAll { own.contains($0) }
      changed.names += letters(of: bindings.command(named: name)).filter { taken.insert($0).inserted }
      return changed
    }
  }

  /// The command of the dashboard that does the same; nil where none does.
  private var dashboardName: String? {
    switch act {
    case .dashboard(let name), .sheet(let name): name
    default: CommandTable.all.contains { $0.name == names[0] } ? names[0] : nil
    }
  }

  private static let moving: [LinearCommand] = [
    LinearCommand("next", "n", topic: .moving, .step(1), Sentence("the next listing; an empty line does the same")),
    LinearCommand("previous", "p", topic: .moving, .step(-1), Sentence("the listing before")),
    LinearCommand("undecided", "u", "N", topic: .moving, .nextUndecided, Sentence("the next undecided listing")),
    LinearCommand("first", topic: .moving, .first, Sentence("the first listing")),
    LinearCommand("last", topic: .moving, .last, Sentence("the last listing")),
    LinearCommand(
      "back", "b", topic: .moving, .dashboard("came-from"),
      Sentence("where you were before a jump or a new order; again: there and back")
    ),
  ]

  private static let reading: [LinearCommand] = [
    LinearCommand("listing", "l", topic: .reading, .listing, Sentence("the listing again")),
    LinearCommand("text", "t", topic: .reading, .text, Sentence("its title and its whole text")),
    LinearCommand("why", topic: .reading, .why, Sentence("every reason for its risk")),
    LinearCommand("hits", topic: .reading, .hits, Sentence("the code words in it, one by one")),
    LinearCommand(
      "hidden", topic: .reading, .hidden, Sentence("what its text hides: invisible characters, look-alikes")),
    LinearCommand(
      "copies", topic: .reading, .copies, Sentence("the listings that are the same advert, and where they differ")),
    LinearCommand(
      "history", "sightings", topic: .reading, .history,
      Sentence("what became of it since last time, and where else it occurs")),
    LinearCommand("evidence", "E", topic: .reading, .evidence, Sentence("its files; linsang attach adds one")),
    LinearCommand("all", topic: .reading, .all, Sentence("all that is known of it")),
    LinearCommand("url", "y", topic: .reading, .url, Sentence("its address, else its key")),
    LinearCommand("more", topic: .reading, .more, Sentence("go on where a long answer was cut")),
  ]

  private static let deciding: [LinearCommand] = [
    LinearCommand(dashboard: "confirm", topic: .deciding),
    LinearCommand(dashboard: "false-positive", topic: .deciding),
    LinearCommand(dashboard: "unsure", topic: .deciding),
    LinearCommand(
      "reason", "r", topic: .deciding, with: .optional(Sentence("REASON")), .reason,
      Sentence("false positive with a reason; alone: asks which")),
    LinearCommand(dashboard: "clear-verdict", also: "withdraw", topic: .deciding),
    LinearCommand(dashboard: "keep-verdict", topic: .deciding),
    LinearCommand(
      "note", "e", topic: .deciding, with: .optional(Sentence("TEXT")), .note,
      Sentence("save a note; alone: reads it out and asks; note - removes it")),
    LinearCommand(
      "describe", "d", topic: .deciding, with: .optional(Sentence("ASPECT CODE")), .describe,
      Sentence(
        "state something in a code, such as describe grading B2; alone: names the aspects, with an aspect its codes")),
    LinearCommand(dashboard: "repeat", topic: .deciding),
    LinearCommand(dashboard: "undo", topic: .deciding),
    LinearCommand(dashboard: "redo", topic: .deciding),
  ]

  private static let several: [LinearCommand] = [
    LinearCommand(
      "mark", topic: .several, with: .optional(Sentence("NUMBERS")), .mark,
      Sentence("mark the listing, or take its mark off; mark 3-12 marks these")),
    LinearCommand(dashboard: "mark-all", topic: .several),
    LinearCommand(dashboard: "mark-copies", topic: .several),
    LinearCommand(dashboard: "unmark-all", also: "unmark", topic: .several),
    LinearCommand(dashboard: "decide-marked", topic: .several),
    LinearCommand(dashboard: "open-line", topic: .several),
    LinearCommand(dashboard: "fold-copies", topic: .several),
    LinearCommand(dashboard: "every-row", topic: .several),
  ]

  private static let finding: [LinearCommand] = [
    LinearCommand(
      "filter", topic: .finding, with: .optional(Sentence("FILTER")), .filter,
      Sentence("set the filter, as /risk:>60 does; a slash alone says it")),
    LinearCommand("clear-filter", "clear", "0", topic: .finding, .clearFilter, Sentence("take the filter away")),
    LinearCommand(
      "sort", "S", topic: .finding, with: .optional(Sentence("ORDER")), .sort,
      Sentence("sort by price, risk, …; the same again: the other way round; up or down behind it says which")),
    LinearCommand(
      "count", "panes", topic: .finding, with: .optional(Sentence("DIMENSION")), .count,
      Sentence("the values of platform, species, seller, price, … with their numbers")),
    LinearCommand(
      "choose", topic: .finding, with: .needed(Sentence("NUMBER")), .choose,
      Sentence("filter by a value of the last count, or no longer")),
    LinearCommand(
      "exclude", topic: .finding, with: .needed(Sentence("NUMBER")), .exclude,
      Sentence("leave a value of the last count out, or no longer")
    ),
    LinearCommand(dashboard: "queue", topic: .finding),
    LinearCommand(dashboard: "disagreements", topic: .finding),
  ]

  private static let handingOver: [LinearCommand] = [
    LinearCommand(
      "packet", "P", topic: .handingOver, .packet,
      Sentence("write a packet of the marked, else of all confirmed listings: asks what it needs")),
    LinearCommand(
      dashboard: "cases", topic: .handingOver, isSheet: true,
      Sentence("what became of the packets; linsang cases records a step")
    ),
  ]

  private static let program: [LinearCommand] = [
    LinearCommand("where", topic: .program, .where, Sentence("file, filter, order, place, and what is decided")),
    LinearCommand(
      dashboard: "problems", topic: .program, isSheet: true,
      Sentence("what could not be read; linsang problems lists each")),
    LinearCommand(
      dashboard: "lexicons", topic: .program, isSheet: true, Sentence("the lexicons, and whether they are on")),
    LinearCommand(
      dashboard: "columns", topic: .program, isSheet: true, Sentence("which column is which field; --map changes it")),
    LinearCommand(dashboard: "reopen", topic: .program),
    LinearCommand(
      "rescue", topic: .program, with: .needed(Sentence("CASEBOOK")), .rescue,
      Sentence("save what is not saved yet to a casebook that you name, and continue with it")),
    LinearCommand(
      "help", "?", topic: .program, with: .optional(Sentence("WORD")), .help,
      Sentence("the words, by what they are for; with a word, what it does")),
    LinearCommand(dashboard: "quit", topic: .program),
  ]
}

/// What a line says.
enum LinearLine {
  case command(LinearCommand.Act, String)
  /// To the listing of that number.
  case goTo(Int)
  case filter(String)
  /// A word that needs something behind it.
  case incomplete(LinearCommand)
  case unknown

  /// Reads a line. Only a whole line is a command: one that goes on behind a word that takes nothing means something
  /// else, and does nothing.
  init(_ typed: String, _ bindings: KeyBindings = .standard) {
    let line = typed.trimmed
    if line.isEmpty { self = .command(.step(1), ""); return }
    if line.hasPrefix("/") { self = .filter(String(line.dropFirst()).trimmed); return }
    if let number = Self.number(line), number > 0 { self = .goTo(number); return }
    let word = String(line.prefix { !$0.isWhitespace })
    let rest = String(line.dropFirst(word.count)).trimmed
    guard let command = LinearCommand.named(word, bindings) else { self = .unknown; return }
    switch command.argument {
    case .none: self = rest.isEmpty ? .command(command.act, "") : .unknown
    case .optional: self = .command(command.act, rest)
    case .needed: self = rest.isEmpty ? .incomplete(command) : .command(command.act, rest)
    }
  }

  /// A number as people write it, with or without commas between its thousands.
  static func number(_ text: some StringProtocol) -> Int? {
    guard text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ",") }) else { return nil }
    return Int(String(text).filter { $0 != "," })
  }
}

extension LinearCommand {
  /// The command of a word.
  package static func named(_ word: String, _ bindings: KeyBindings = .standard) -> LinearCommand? {
    let all = all(bindings)
    if word.count == 1 { return all.first { $0.names.contains(word) } }
    let lower = word.lowercased()
    return all.first { $0.names.contains(lower) }
  }

  /// The commands that somebody may have meant, the nearest first, at most three.
  static func nearest(to line: String, _ bindings: KeyBindings = .standard) -> [LinearCommand] {
    let all = all(bindings)
    let word = String(line.trimmed.prefix { !$0.isWhitespace }).lowercased()
    let letters = Array(word)
    let scored = all.compactMap { command -> (LinearCommand, Int)? in
      let scores = command.names.compactMap { name -> Int? in
        if name == word { return 0 }
        guard name.count > 1, !letters.isEmpty else { return nil }
        if name.hasPrefix(word) || word.hasPrefix(name) { return 1 }
        let slips = letters.count > 6 ? 2 : 1
        return letters.count > 2 && CommandSearch.isWithin(slips, letters, Array(name)) ? 2 : nil
      }
      return scores.min().map { (command, $0) }
    }
    let found = scored.enumerated().sorted { ($0.element.1, $0.offset) < ($1.element.1, $1.offset) }.map(\.element.0)
    if !found.isEmpty { return Array(found.prefix(3)) }
    // By what people call it who know it from elsewhere.
    let names = CommandSearch(line).found(in: CommandTable.all).map(\.name)
    return Array(names.compactMap { name in all.first { $0.act == .dashboard(name) || $0.names[0] == name } }.prefix(3))
  }

  /// The word with its short forms and what follows it: `note (e) TEXT`.
  var usage: String {
    let short = names.dropFirst().filter { $0.unicodeScalars.allSatisfy(\.isASCII) }
    let also = short.isEmpty ? "" : " (\(short.joined(separator: ", ")))"
    return names[0] + also + (argument.name.map { " " + $0 } ?? "")
  }
}
