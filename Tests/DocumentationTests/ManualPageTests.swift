import ArgumentParser
import Foundation
import Testing

@testable import LinsangCLI

/// The pages for man(1): made from the commands, complete, and safe to format.
struct ManualPageTests {
  private let pages: [ManualPage]

  init() throws { pages = try ManualPage.all(date: "2026-11-18") }

  /// A command that people call, found by its types and not by what the pages are made from.
  struct Called: CustomTestStringConvertible {
    let words: [String]
    let options: Set<String>
    var testDescription: String { words.joined(separator: " ") }

    static let all = called(Linsang.self, ["linsang"])

    private static func called(_ command: any ParsableCommand.Type, _ words: [String]) -> [Called] {
      guard command.configuration.shouldDisplay else { return [] }
      let below = command.configuration.subcommands
      guard below.isEmpty else {
        return below.flatMap { called($0, words + [$0.configuration.commandName ?? "\($0)".lowercased()]) }
      }
      // An option of its own begins a line; in a sentence it may be another command's.
      let help = Linsang.helpMessage(for: command, columns: 400).components(separatedBy: "\n")
      let names = help.filter { $0.hasPrefix("  -") }.map { $0.dropFirst(2).components(separatedBy: "  ")[0] }
      let options = names.flatMap { $0.matches(of: /--[a-z][a-z-]*/).map { String($0.0) } }
      return [Called(words: words, options: Set(options))]
    }
  }

  /// The part of a page that is about a command.
  private func part(about command: Called) throws -> String {
    if command.words == ["linsang", "open"] { return try #require(pages.first).text }
    let name = command.words.prefix(2).joined(separator: "-")
    let page = try #require(pages.first { $0.name == name }, "\(name) has no page")
    guard command.words.count > 2 else { return page.text }
    let heading = ".SS " + "\"\(Roff.escaped(command.words.joined(separator: " ")))\"\n"
    let parts = page.text.components(separatedBy: heading)
    try #require(parts.count == 2, "\(name) has no part about \(command.words)")
    return parts[1].components(separatedBy: "\n.S").first ?? ""
  }

  @Test(arguments: Called.all) func everyCommandAndEachOfItsOptionsIsOnAPage(command: Called) throws {
    let part = try part(about: command)
    #expect(command.options.contains("--help"))
    for option in command.options {
      #expect(part.contains(Roff.set(option, .bold)), "\(option) is missing")
    }
  }

  @Test func thereIsAPageForTheProgramAndEachCommandAndNoMore() {
    let commands = Set(Called.all.map { $0.words.prefix(2).joined(separator: "-") }).subtracting(["linsang-open"])
    #expect(Set(pages.map(\.name)) == commands.union(["linsang"]))
    #expect(pages.count > 20)
    #expect(pages.map(\.fileName).contains("linsang-query.1"))
  }

  @Test func whatTheProgramCallsItselfIsOnNoPage() {
    for page in pages { #expect(!page.text.contains(Roff.escaped("decode-picture")), "\(page.name)") }
  }

  @Test func everyPageHasTheSectionsThatReadersLookFor() {
    for page in pages {
      let sections = page.text.matches(of: /\n\.SH "([A-Z ]+)"/).map { String($0.1) }
      #expect(sections.starts(with: ["NAME", "SYNOPSIS", "DESCRIPTION"]), "\(page.name): \(sections)")
      #expect(sections.contains("EXIT STATUS") && sections.last == "SEE ALSO", "\(page.name): \(sections)")
      #expect(page.text.contains("\n" + Roff.escaped(page.name) + " \\- "), "\(page.name) would not be in whatis")
    }
  }

  @Test func aDayOfAPackageIsInTheFootLineAndNoneWithout() throws {
    #expect(pages[0].text.hasPrefix(".TH \"LINSANG\" \"1\" \"2026-11-18\" \"linsang \(Linsang.version)\""))
    #expect(ManualPage.date(["SOURCE_DATE_EPOCH": "1795046400"]) == "2026-11-19")
    #expect(ManualPage.date([:]).isEmpty)
    #expect(ManualPage.date(["SOURCE_DATE_EPOCH": "yesterday"]).isEmpty)
  }

  // MARK: What is written down

  @Test func theVariablesAreThoseOfThePageAboutConfiguration() throws {
    let page = Page.article("Configuration")
    let table = try #require(page.tables.first { $0.head.first == "variable" })
    let listed = Set(table.rows.flatMap { $0[0].codeSpans })
    let names = Set(ProgramSurroundings.environment.flatMap { $0.name.components(separatedBy: ", ") })
    #expect(listed.isSubset(of: names), "\(listed.subtracting(names))")
    for name in names { #expect(page.text.contains(name), "\(name) is not on \(page.path)") }
  }

  @Test func theFoldersAreThoseOfThePageAboutConfiguration() {
    let page = Page.article("Configuration")
    for (path, _) in ProgramSurroundings.files {
      let shown = page.text.contains(path) || Page.readme.text.contains(path.split(separator: "/").last ?? "")
      #expect(shown, "\(path) is neither on \(page.path) nor in README")
    }
  }

  @Test func theExitStatusesAreThoseOfThePageAboutTheCommandLine() throws {
    let table = try #require(Page.article("CommandLine").tables.first { $0.head.first == "exit status" })
    #expect(table.rows.map { $0[0] } == Linsang.exitStatuses.map { "\($0.status)" })
  }

  @Test(arguments: ProgramSurroundings.examples.map(\.command)) func anExampleCanBeTyped(line: String) throws {
    let words = try #require(Shell.commands(in: line).first)
    #expect(CommandLineExample(page: "", line: 0, words: words, isWhole: true).fault == nil)
    #expect(pages[0].text.contains(Roff.escaped(line)))
  }

  // MARK: Formatting

  @Test func noTextBecomesAMacroOrAnEscape() {
    let hostile = [
      ".so /etc/passwd", "'br", "a\n.sy date", "\\fBbold\\*(xx", "\u{1B}[31m", "...", "`.so x`", "\u{202E}a",
    ]
    for text in hostile {
      var roff = Roff()
      roff.title(text, section: 1, date: text, source: text, manual: text)
      roff.section(text)
      roff.subsection(text)
      roff.paragraph(text)
      roff.meaning(of: Roff.set(text, .bold), text)
      roff.lines([text])
      let known = Set([".TH", ".SH", ".SS", ".PP", ".TP", ".RS", ".RE", ".nf", ".fi", ".nr", ".ad"])
      for line in roff.text.split(separator: "\n") where line.hasPrefix(".") || line.hasPrefix("'") {
        #expect(known.contains(String(line.prefix(3))), "\(text): \(line)")
      }
      let escapes = roff.text.matches(of: /\\(.)/).map { String($0.1) }
      #expect(Set(escapes).isSubset(of: ["(", "-", "f", "&", "["]), "\(text): \(roff.text)")
      #expect(roff.text.utf8.allSatisfy { (0x20...0x7E).contains($0) || $0 == 0x0A }, "\(text): \(roff.text)")
    }
    #expect(Roff.escaped("a\\b") == "a\\(rsb")
    #expect(Roff.escaped("é…") == "\\[u00E9]\\[u2026]")
  }

  @Test func wordsInBackticksAreBold() {
    var roff = Roff()
    roff.paragraph("see `linsang keys` first")
    #expect(roff.text == ".PP\nsee \\fBlinsang keys\\fR first\n")
  }

  @Test func aLineInTwoColumnsExplainsItsFirst() {
    #expect(pages[0].text.contains("\n.TP\n\\fBlinsang demo\\fR\nopens it on invented listings\n"))
  }

  @Test func flagsThatAreOneChoiceAreExplainedOnce() throws {
    let query = try #require(pages.first { $0.name == "linsang-query" }).text
    #expect(query.contains("\n\\fB\\-\\-jsonl\\fR, \\fB\\-\\-json\\fR, \\fB\\-\\-csv\\fR, \\fB\\-\\-count\\fR\n"))
  }
}

/// Completion in shells, and what a package takes along.
struct CompletionTests {
  @Test(arguments: [CompletionShell.bash, .zsh, .fish])
  func everyCommandAndOptionIsCompleted(shell: CompletionShell) throws {
    let script = Linsang.completionScript(for: shell)
    func check(_ command: CommandDescription) {
      for below in command.shownCommands {
        #expect(script.contains(below.commandName), "\(shell.rawValue): \(below.words)")
        check(below)
      }
      for name in command.shownArguments.flatMap({ $0.names ?? [] }) where name.kind == "long" {
        #expect(script.contains(shell == .fish ? name.name : name.spelling), "\(shell.rawValue): \(name.spelling)")
      }
    }
    check(try CommandDescription.program())
  }

  @Test func whatNamesFilesIsCompletedWithFiles() throws {
    let dump = try #require(try JSONSerialization.jsonObject(with: Data(Linsang._dumpHelp().utf8)) as? [String: Any])
    var files = 0
    func check(_ command: [String: Any]) {
      for argument in command["arguments"] as? [[String: Any]] ?? []
      where argument["kind"] as? String == "positional" && argument["shouldDisplay"] as? Bool == true {
        guard ["file", "files", "path", "others"].contains(argument["valueName"] as? String) else { continue }
        files += 1
        #expect(argument["completionKind"] != nil, "\(command["commandName"] ?? "")")
      }
      for below in command["subcommands"] as? [[String: Any]] ?? [] { check(below) }
    }
    check(try #require(dump["command"] as? [String: Any]))
    #expect(files > 10)
  }

  @Test func everyPackageThatIsLinkedInIsInTheCopyrightFileOfTheDebianPackage() throws {
    let root = Page.root.path
    let manifest = try String(contentsOfFile: root + "/Package.swift", encoding: .utf8)
    let copyright = try String(contentsOfFile: root + "/.debian/copyright", encoding: .utf8)
    let names = manifest.matches(of: /\.package\(url: "[^"]*\/([^"\/]+)"/).map { String($0.1) }
    #expect(names.count > 1)
    for name in names { #expect(copyright.contains("checkouts/\(name)/*"), "\(name)") }
  }
}
