import ArgumentParser
import Glibc

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
      --linear           does the same in lines, for screen readers and terminals without a screen

      \(exitStatusSentence) Results go to standard output, everything else to standard error.
      """,
    version: version,
    subcommands: [
      OpenCommand.self, DemoCommand.self, StatsCommand.self, QueryCommand.self, CountsCommand.self, WeeksCommand.self,
      GroupsCommand.self, ProblemsCommand.self, DescribeCommand.self, AttachCommand.self, PacketCommand.self,
      LegalCommand.self, TimestampCommand.self, ExportCommand.self, CasesCommand.self, VerifyCommand.self,
      CasebookCommand.self, LexiconCommand.self, TaxonCommand.self, ThemeCommand.self, KeysCommand.self,
      ConfigCommand.self, DoctorCommand.self, ManualCommand.self, DecodePicture.self,
    ],
    defaultSubcommand: OpenCommand.self)

  /// What the exit statuses of all commands mean.
  static let exitStatuses: [(status: Int, meaning: String)] = [
    (0, "done"), (1, "done with problems, nothing matched, or a check failed"), (2, "failed"), (64, "wrong usage"),
    (130, "interrupted"),
  ]
  static let exitStatusSentence =
    "Exit status: \(exitStatuses.map { "\($0.status) \($0.meaning)" }.joined(separator: " · "))."

  static func main() {
    keepStandardDescriptors()
    // A write beyond the shell's file size limit then fails with an error, as on a full disk, not with a signal.
    signal(SIGXFSZ, SIG_IGN)
    main(nil)
  }

  /// Opens the standard descriptors that the caller has closed. Otherwise the next file opened would get such a number,
  /// and messages would be written into it. They are read-only, so that writing still fails as on a closed descriptor.
  private static func keepStandardDescriptors() {
    for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
