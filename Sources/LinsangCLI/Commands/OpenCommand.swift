import ArgumentParser
import Foundation
import Intake

/// `linsang FILE…`
struct OpenCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open the dashboard on files; the word open may be left out.")

  @Argument(help: "CSV, TSV or JSON Lines files; - is standard input.")
  var files: [String] = []

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions

  @Option(help: "The theme: dark, light, mono, or one of your own. Default: $LINSANG_THEME, else dark.")
  var theme: String?

  func run() throws {
    // Asked here and not in validate(), so that an option nobody knows is named first.
    if files.isEmpty { throw ValidationError("name the files to open, or try: linsang demo") }
    try Failure.reported { _ in
      try checkFiles()
      let first = files[0] == "-" ? "standard input" : URL(fileURLWithPath: files[0]).lastPathComponent
      let title = files.count > 1 ? "\(first) +\(files.count - 1)" : first
      try DashboardSession(paths: files, title: title, reading: reading, casebook: casebook, themeName: theme).run()
    }
  }

  /// Refuses before the screen is taken over: a sentence is easier to read in the shell.
  private func checkFiles() throws {
    if files.contains("-"), isatty(STDIN_FILENO) == 1 { throw UsageRefusal.standardInputIsTheTerminal }
    let mayBeCommand = files.count == 1 && !files[0].contains { "./".contains($0) }
    for path in files where path != "-" {
      if mayBeCommand, access(path, F_OK) != 0 { throw UsageRefusal.neitherFileNorCommand(path) }
      try DatasetOpening.check(path: path)
    }
  }
}

/// What was asked for cannot be meant.
enum UsageRefusal: Error {
  case standardInputIsTheTerminal
  case neitherFileNorCommand(String)

  var sentence: String {
    switch self {
    case .standardInputIsTheTerminal:
      "Standard input is the terminal, where the keys come from. Nothing was opened; send the listings in, as in "
        + "`cat week.csv | linsang -`, or name the file."
    case .neitherFileNorCommand(let word):
      "\(word) is neither a file here nor a command. Nothing was opened; check the name, or see `linsang --help`."
    }
  }
}
