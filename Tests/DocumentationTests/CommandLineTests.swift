import ArgumentParser
import Foundation
import Testing

@testable import LinsangCLI

/// What the pages say to type can be typed, and what can be typed is on the pages.
struct CommandLineTests {
  @Test func thereAreExamplesToJudge() {
    #expect(CommandLineExample.all.count > 40)
    #expect(CommandLineExample.all.contains { $0.isWhole && $0.words.first == "packet" })
  }

  @Test(arguments: CommandLineExample.all) func everyCommandLineParses(example: CommandLineExample) {
    #expect(example.fault == nil)
  }

  @Test(arguments: [
    "linsang frobnicate", "linsang stats week47.csv --columms", "linsang lexicon scam week47.csv",
    "linsang casebook rescue", "linsang demo --per-week none", "linsang query 'x' week47.csv --header maybe",
  ])
  func aWrongCommandLineWouldBeSeen(line: String) throws {
    let words = try #require(Shell.commands(in: line).first)
    #expect(CommandLineExample(page: "", line: 0, words: words, isWhole: true).fault != nil)
  }

  @Test func aLineIsReadAsAShellReadsIt() {
    #expect(Shell.commands(in: "cat a.csv | linsang -  # from a pipe") == [["-"]])
    #expect(Shell.commands(in: ".ci/setup && swift run linsang demo") == [["demo"]])
    #expect(Shell.commands(in: "linsang query 'a \"b c\"' x.csv > y.csv") == [["query", "a \"b c\"", "x.csv"]])
    #expect(Shell.commands(in: "mkdir -p share/linsang") == [[String]]())
  }

  // MARK: Nothing is missing

  /// A command with its words: `["lexicon", "scan"]`.
  private struct Command {
    let words: [String]
    let type: any ParsableCommand.Type
  }

  private static let commands = commands(of: Linsang.self, [])

  private static func commands(of command: any ParsableCommand.Type, _ words: [String]) -> [Command] {
    let below = command.configuration.subcommands
    if below.isEmpty { return [Command(words: words, type: command)] }
    return below.flatMap { commands(of: $0, words + [$0.configuration.commandName ?? "\($0)".lowercased()]) }
  }

  @Test func everyCommandIsOnThePageOfTheCommandLine() {
    let page = Page.article("CommandLine")
    let shown = CommandLineExample.all.filter { $0.page == page.path }
    #expect(Self.commands.count > 15)
    // `open` is the word that is left out; what is not displayed is started by the program itself.
    for command in Self.commands where command.words != ["open"] && command.type.configuration.shouldDisplay {
      let name = command.words.joined(separator: " ")
      #expect(shown.contains { $0.words.starts(with: command.words) }, "\(page.path) has no linsang \(name)")
    }
  }

  @Test func everyOptionIsInTheManual() {
    let manual = Page.manual.map(\.text).joined()
    for command in Self.commands {
      let help = Linsang.helpMessage(for: command.type, columns: 200)
      let options = Set(help.matches(of: /--[a-z][a-z-]*/).map { String($0.0) })
      #expect(options.contains("--help"), "\(command.words): \(help)")
      for option in options {
        #expect(
          manual.contains("\(option)`") || manual.contains("\(option) "), "\(option) of \(command.words) is on no page")
      }
    }
  }
}
