import ArgumentParser
import CodeWords
import Foundation
import Glibc
import Taxa

/// `linsang doctor`
struct DoctorCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "doctor", abstract: "Say what the program sees: terminal, locale, folders, versions.")

  @OptionGroup var casebook: CasebookOptions

  func run() throws { try Failure.reported(report) }

  private func report(_ output: Output) throws {
    let environment = ProcessInfo.processInfo.environment
    setlocale(LC_ALL, "")
    let charset = nl_langinfo(Int32(CODESET)).map { String(cString: $0) } ?? "?"
    var window = winsize()
    let hasSize = ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &window) == 0
    let folders = DataFolders(environment: environment)
    let lines: [(String, String)] = [
      ("linsang", Linsang.version), ("program", DataFolders.programPath),
      ("terminal", isatty(STDOUT_FILENO) == 1 ? "yes" : "no, output goes elsewhere"),
      ("size", hasSize ? "\(window.ws_col) x \(window.ws_row)" : "unknown"),
      ("TERM", environment["TERM"] ?? "not set"), ("COLORTERM", environment["COLORTERM"] ?? "not set"),
      ("NO_COLOR", environment["NO_COLOR"] ?? "not set"), ("TMUX", environment["TMUX"] == nil ? "no" : "yes"),
      ("characters", charset), ("analyst", casebook.analystName), ("casebook", casebook.path),
    ]
    for (name, value) in lines { try output.line("\(name.rightPadded(11))\(value)") }
    for folder in folders.all { try output.line("\("data".rightPadded(11))\(folder)") }
    for (name, value) in TaxaReport(TaxonTable(lexicons: folders.lexicons)).lines {
      try output.line("\(name.rightPadded(11))\(value)")
    }
    if folders.all.isEmpty {
      try output.line("data       none found; set LINSANG_DATA to a folder with Themes and Lexicons")
    }
  }
}

extension String {
  func rightPadded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
