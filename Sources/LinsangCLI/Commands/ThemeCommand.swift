import ArgumentParser
import Theming

/// `linsang theme list|check`
struct ThemeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "theme", abstract: "List and check themes.", subcommands: [List.self, Check.self])

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the themes and where they are.")

    func run() throws {
      let shelf = ThemeShelf(folders: DataFolders().themes)
      try Failure.reported { output in
        for name in shelf.names() { try output.line("\(name)  \(shelf.path(of: name) ?? "built in")") }
      }
    }
  }

  struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check themes by name or by file.")

    @Argument(help: "Names or files; none: all themes.")
    var themes: [String] = []

    func run() throws { try Failure.reported(check) }

    private func check(_ output: Output) throws {
      let shelf = ThemeShelf(folders: DataFolders().themes)
      var count = 0
      for theme in themes.isEmpty ? shelf.names() : themes {
        let (_, problems) = theme.contains("/") ? shelf.load(file: theme) : shelf.load(theme)
        for problem in problems { try output.line(problem.sentence) }
        if problems.isEmpty { try output.line("\(theme): no problems") }
        count += problems.count
      }
      if count > 0 { throw ExitCode(1) }
    }
  }
}
