import ArgumentParser
import Foundation

/// A command as swift-argument-parser describes it: its words, options and subcommands.
///
/// Shape:  what `linsang --experimental-dump-help` prints, of which the manual pages use this much.
/// Source: swift-argument-parser, `Sources/ArgumentParserToolInfo/ToolInfo.swift`, serialization version 0.
struct CommandDescription: Decodable {
  let commandName: String
  /// The words before its own: `["linsang", "casebook"]`.
  let superCommands: [String]?
  let shouldDisplay: Bool?
  let abstract: String?
  let discussion: String?
  let subcommands: [CommandDescription]?
  let arguments: [Argument]?

  /// An argument, an option or a flag.
  struct Argument: Decodable {
    let kind: Kind
    let shouldDisplay: Bool
    let isOptional: Bool
    let isRepeating: Bool
    let names: [Name]?
    let valueName: String?
    let defaultValue: String?
    let allValues: [String]?
    let abstract: String?
    let discussion: String?

    enum Kind: String, Decodable { case positional, option, flag }

    struct Name: Decodable {
      let kind: String
      let name: String
      /// With its dashes.
      var spelling: String { (kind == "long" ? "--" : "-") + name }
    }
  }

  /// All words that call it: `linsang casebook verify`.
  var words: [String] { (superCommands ?? []) + [commandName] }
  /// The commands below it that people call; what the program calls itself is left out, and so is `help`.
  var shownCommands: [CommandDescription] {
    (subcommands ?? []).filter { $0.shouldDisplay != false && $0.commandName != "help" }
  }
  var shownArguments: [Argument] { (arguments ?? []).filter(\.shouldDisplay) }

  /// The whole program.
  ///
  /// Fails:  if the library describes commands in another way than this type reads.
  static func program() throws -> CommandDescription {
    struct Tool: Decodable { let command: CommandDescription }
    return try JSONDecoder().decode(Tool.self, from: Data(Linsang._dumpHelp().utf8)).command
  }
}
