import ArgumentParser
import Foundation
import Settings
import Theming

/// The options that say which settings are read, for commands without a casebook.
struct SettingsOptions: ParsableArguments {
  @Option(
    help: "Read the settings from this file. Default: linsang/settings.toml in the configuration folder.",
    completion: .file(extensions: ["toml"]))
  var config: String?

  @Flag(help: "Read no settings file: defaults, environment and options alone.")
  var noConfig = false

  var loaded: LoadedSettings { LoadedSettings(named: config, isIgnored: noConfig) }
}

/// `linsang config [show]|check|path`
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config", abstract: "Print and check the settings and the keys.",
    subcommands: [Show.self, Check.self, Path.self], defaultSubcommand: Show.self)

  /// `linsang config show`
  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print all settings, with their defaults, as a settings file.",
      discussion: """
        What the file sets is printed as it is, everything else is commented out, so the output is a good beginning for \
        a file where there is none: `linsang config > ~/.config/linsang/settings.toml`. A shell empties the file behind \
        > before linsang can read it, so do not write over a file that has settings in this way.
        """)

    @Flag(help: "Print JSON: every setting with its value, its default and where the value comes from.")
    var json = false
    @OptionGroup var settings: SettingsOptions

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let loaded = settings.loaded
        for problem in loaded.problems { Diagnostics.report(problem.sentence) }
        if json {
          try output.put(
            String(
              decoding: loaded.printed.json(isPresent: loaded.isPresent, problems: loaded.problems).indentedJSON(),
              as: UTF8.self))
        } else {
          try output.lines(loaded.printed.lines)
        }
        try output.flush()
        if !loaded.problems.isEmpty { throw ExitCode(1) }
      }
    }
  }

  /// `linsang config check`
  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Say what is wrong with the settings file.")

    @OptionGroup var settings: SettingsOptions

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let loaded = settings.loaded
        var sentences = loaded.problems.map(\.sentence)
        if let sentence = Self.unknownTheme(loaded) { sentences.append(sentence) }
        try output.lines(sentences)
        if sentences.isEmpty {
          try output.line(
            loaded.isPresent
              ? "\(loaded.path): no problems; it sets \(loaded.summary)"
              : "\(loaded.path): there is no such file, so every setting has its default")
        }
        try output.flush()
        if !sentences.isEmpty { throw ExitCode(1) }
      }
    }

    /// That no folder has the theme of the settings; nil where one has.
    private static func unknownTheme(_ loaded: LoadedSettings) -> String? {
      let (_, source) = loaded.inForce.value(of: .theme)
      guard case .file(let line) = source else { return nil }
      let themes = ThemeLoader(folders: DataFolders().themes)
      let name = loaded.inForce[text: .theme]
      if name.isEmpty || themes.names().contains(name) { return nil }
      return "\(loaded.path), line \(line): theme: there is no theme \(name); there are "
        + "\(themes.names().joined(separator: ", ")); used instead: mono"
    }
  }

  /// `linsang config path`
  struct Path: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print where the settings file is, or would be.")

    @OptionGroup var settings: SettingsOptions

    func run() throws { try Diagnostics.reportingErrors { try $0.line(settings.loaded.path) } }
  }
}
