import ArgumentParser
import Foundation

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

  func validate() throws {
    if files.isEmpty { throw ValidationError("name the files to open, or try: linsang demo") }
  }

  func run() throws {
    try Failure.reported {
      try Failure.checkReadable(files)
      let first = files[0] == "-" ? "standard input" : URL(fileURLWithPath: files[0]).lastPathComponent
      let title = files.count > 1 ? "\(first) +\(files.count - 1)" : first
      try DashboardSession(paths: files, title: title, reading: reading, casebook: casebook, themeName: theme).run()
    }
  }
}
