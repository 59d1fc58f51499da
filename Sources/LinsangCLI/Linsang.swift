import ArgumentParser

/// The program. `linsang FILE…` opens the dashboard; the other commands work without a terminal.
@main
struct Linsang: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "linsang",
    abstract: "Triage listings flagged as possible wildlife trade, and hand the confirmed ones over.",
    discussion: """
      linsang FILE…      opens the dashboard on CSV, TSV or JSON Lines files (- is standard input)
      linsang demo       opens it on invented listings

      Exit status: 0 done · 1 done with problems, nothing matched, or a check failed · 2 failed · 64 wrong usage · \
      130 interrupted. Results go to standard output, everything else to standard error.
      """,
    version: version,
    subcommands: [
      OpenCommand.self, DemoCommand.self, StatsCommand.self, QueryCommand.self, PacketCommand.self, VerifyCommand.self,
      CasebookCommand.self, ThemeCommand.self, KeysCommand.self, DoctorCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)
}
