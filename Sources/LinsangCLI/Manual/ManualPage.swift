import Foundation

/// A page of section 1 of the system's manual, made from the commands themselves, so that the two cannot differ.
///
/// Shape:  `linsang(1)` is about the program and its dashboard; each command has a page of its own, which holds the
///         commands below it, too. `open` is on the program's page, since its word may be left out.
/// Source: man-pages(7), for what stands in which section.
struct ManualPage {
  /// `linsang-query`.
  let name: String
  /// The words that call the command: `["linsang", "query"]`.
  let words: [String]
  let text: String

  var fileName: String { name + ".1" }

  /// All pages, the program's first.
  ///
  /// - Parameter date: the day in the foot line, `2026-11-30`; empty for none.
  /// Fails:  as `CommandDescription.program()`.
  static func all(date: String = Self.date()) throws -> [ManualPage] {
    let program = try CommandDescription.program()
    let commands = program.shownCommands.filter { $0.commandName != openCommand }
    let names = commands.map { $0.words.joined(separator: "-") }
    return [ProgramPage(program: program, names: names).page(date: date)]
      + commands.map { command in page(of: command, others: names, date: date) }
  }

  /// The day of `$SOURCE_DATE_EPOCH`, by which packages date what they make; empty without it, since a page made today says
  /// nothing about how old its text is.
  ///
  /// Source: reproducible-builds.org, SOURCE_DATE_EPOCH specification.
  static func date(_ environment: [String: String] = ProcessInfo.processInfo.environment) -> String {
    guard let seconds = environment["SOURCE_DATE_EPOCH"].flatMap({ Int64($0) }) else { return "" }
    return String(Date(timeIntervalSince1970: TimeInterval(seconds)).ISO8601Format().prefix(10))
  }

  fileprivate static let openCommand = "open"

  private static func page(of command: CommandDescription, others: [String], date: String) -> ManualPage {
    let name = command.words.joined(separator: "-")
    var roff = Roff()
    roff.begin(name, command.abstract ?? "", date: date)
    roff.section("SYNOPSIS")
    let below = command.shownCommands
    for command in below.isEmpty ? [command] : below { roff.synopsis(of: command) }
    roff.section("DESCRIPTION")
    roff.description(of: command)
    if below.isEmpty {
      roff.arguments(of: command) { $0.section($1) }
    } else {
      roff.section("COMMANDS")
      for command in below {
        roff.subsection(command.words.joined(separator: " "))
        roff.description(of: command)
        roff.arguments(of: command) { _, _ in }
      }
    }
    roff.exitStatus()
    roff.seeAlso(["linsang"] + others.filter { $0 != name })
    return ManualPage(name: name, words: command.words, text: roff.text)
  }
}

/// `linsang(1)`.
private struct ProgramPage {
  let program: CommandDescription
  /// The names of the other pages.
  let names: [String]

  func page(date: String) -> ManualPage {
    let open = program.shownCommands.first { $0.commandName == ManualPage.openCommand }
    var roff = Roff()
    roff.begin("linsang", program.abstract ?? "", date: date)
    roff.section("SYNOPSIS")
    roff.synopsis("linsang", Roff.set("command", .italic) + " ...")
    if let open { roff.synopsis(of: open, words: "linsang") }
    roff.section("DESCRIPTION")
    roff.description(of: program)
    roff.section("COMMANDS")
    for command in program.shownCommands {
      let name = Roff.set(command.words.joined(separator: " "), .bold)
      roff.meaning(of: name, command.abstract ?? "")
    }
    if let open { roff.arguments(of: open) { $0.section($1) } }
    roff.section("KEYS")
    roff.paragraph("In the dashboard, `?` shows the keys of the pane you are in, and `:` finds a command by its name.")
    for (keys, place, help) in ProgramSurroundings.keys {
      let names = keys.map { Roff.set($0, .bold) }.joined(separator: " ")
      roff.meaning(of: names, "\(help) (\(place))")
    }
    roff.section("ENVIRONMENT")
    for (name, help) in ProgramSurroundings.environment { roff.meaning(of: Roff.set(name, .bold), help) }
    roff.section("FILES")
    for (path, help) in ProgramSurroundings.files { roff.meaning(of: Roff.set(path, .italic), help) }
    roff.exitStatus()
    roff.section("EXAMPLES")
    for (command, help) in ProgramSurroundings.examples {
      roff.paragraph(help)
      roff.lines([command])
    }
    roff.seeAlso(names + ["ssh-keygen", "tmux"])
    return ManualPage(name: "linsang", words: program.words, text: roff.text)
  }
}

extension Roff {
  /// The title line and the section by which apropos(1) finds the page.
  fileprivate mutating func begin(_ name: String, _ abstract: String, date: String) {
    title(name, section: 1, date: date, source: "linsang \(Linsang.version)", manual: "Linsang")
    section("NAME")
    // A hyphen between blanks divides the name from what it does; lexgrog(1) reads it.
    formattedLine(Self.escaped(name) + " \\- " + Self.escaped(abstract.asPhrase))
  }

  fileprivate mutating func synopsis(of command: CommandDescription, words: String? = nil) {
    var parts: [String] = []
    let shown = command.shownArguments
    if shown.contains(where: { $0.kind != .positional && $0.isOptional }) {
      parts.append("[" + Self.set("options", .italic) + "]")
    }
    parts += shown.filter { $0.kind != .positional && !$0.isOptional }.map { Self.names(of: $0, separator: "|") }
    parts += shown.filter { $0.kind == .positional }.map { argument in
      let value = Self.set(argument.valueName ?? "", .italic) + (argument.isRepeating ? " ..." : "")
      return argument.isOptional ? "[\(value)]" : value
    }
    synopsis(words ?? command.words.joined(separator: " "), parts.joined(separator: " "))
  }

  /// What a command does, in its own words. Of a line in two columns the first is what the second explains.
  fileprivate mutating func description(of command: CommandDescription) {
    if let abstract = command.abstract { paragraph(abstract) }
    let discussion = command.discussion?.replacingOccurrences(of: Linsang.exitStatusSentence, with: "") ?? ""
    for line in discussion.components(separatedBy: "\n") {
      let words = line.trimmingCharacters(in: .whitespaces)
      if let gap = words.range(of: " {2,}", options: .regularExpression) {
        meaning(of: Self.set(String(words[..<gap.lowerBound]), .bold), String(words[gap.upperBound...]))
      } else if !words.isEmpty {
        paragraph(words)
      }
    }
  }

  /// The arguments, then the options, each with its help.
  ///
  /// - Parameter heading: begins a part; on a page of several commands there are no parts.
  fileprivate mutating func arguments(of command: CommandDescription, heading: (inout Roff, String) -> Void) {
    for (name, isPart) in [("ARGUMENTS", true), ("OPTIONS", false)] {
      let part = command.shownArguments.filter { ($0.kind == .positional) == isPart }
      guard !part.isEmpty else { continue }
      heading(&self, name)
      for (names, argument) in Self.sharingHelp(part) { meaning(of: names, Self.help(of: argument)) }
    }
  }

  /// Flags that are one choice share their help, and stand together.
  private static func sharingHelp(
    _ arguments: [CommandDescription.Argument]
  ) -> [(names: String, argument: CommandDescription.Argument)] {
    var shared: [(names: String, argument: CommandDescription.Argument)] = []
    for argument in arguments {
      let names = Self.names(of: argument, separator: ", ")
      if argument.kind == .flag, let last = shared.last?.argument, last.kind == .flag,
        last.abstract == argument.abstract
      {
        shared[shared.count - 1].names += ", " + names
      } else {
        shared.append((names, argument))
      }
    }
    return shared
  }

  private static func names(of argument: CommandDescription.Argument, separator: String) -> String {
    let value = Self.set(argument.valueName ?? "", .italic)
    guard argument.kind != .positional else { return value }
    let names = (argument.names ?? []).map { Self.set($0.spelling, .bold) }.joined(separator: separator)
    return argument.kind == .option ? names + " " + value : names
  }

  private static func help(of argument: CommandDescription.Argument) -> String {
    var sentences = [argument.abstract, argument.discussion].compactMap { $0 }
    let values = argument.allValues ?? []
    if !values.isEmpty { sentences.append("One of: \(values.joined(separator: ", ")).") }
    let given = argument.defaultValue.flatMap { $0.isEmpty ? nil : $0 }
    if let given, !sentences.contains(where: { $0.contains("efault") }) { sentences.append("Default: \(given).") }
    return sentences.joined(separator: " ")
  }

  fileprivate mutating func exitStatus() {
    section("EXIT STATUS")
    for (status, meaning) in Linsang.exitStatuses {
      self.meaning(of: Self.set("\(status)", .bold), meaning.prefix(1).uppercased() + meaning.dropFirst() + ".")
    }
  }

  fileprivate mutating func seeAlso(_ names: [String]) {
    section("SEE ALSO")
    formattedLine(names.map { Self.set($0, .bold) + "(1)" }.joined(separator: ", "))
  }
}

extension String {
  /// A sentence as the phrase behind a page's name: without its capital and its full stop.
  fileprivate var asPhrase: String {
    let words = hasSuffix(".") ? String(dropLast()) : self
    guard let first = words.first, words.dropFirst().first?.isLowercase == true else { return words }
    return first.lowercased() + words.dropFirst()
  }
}
