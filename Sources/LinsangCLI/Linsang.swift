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

      Exit status: 0 done · 1 done with problems, nothing matched, or a check failed · 2 failed · 64 wrong usage · \
      130 interrupted. Results go to standard output, everything else to standard error.
      """,
    version: version,
    subcommands: [
      OpenCommand.self, DemoCommand.self, StatsCommand.self, QueryCommand.self, ProblemsCommand.self,
      PacketCommand.self, VerifyCommand.self, CasebookCommand.self, LexiconCommand.self, TaxonCommand.self,
      ThemeCommand.self,
      KeysCommand.self, DoctorCommand.self,
    ],
    defaultSubcommand: OpenCommand.self)

  static func main() {
    keepStandardDescriptors()
    // A file that would grow beyond the shell's limit is then refused like one on a full disk, in a sentence.
    signal(SIGXFSZ, SIG_IGN)
    main(nil)
  }

  /// Where a caller closed a standard descriptor, the next file opened would get its number, and words would be
  /// written into it. Open for reading only, so that writing to it still fails as on a closed one.
  private static func keepStandardDescriptors() {
    for descriptor in 0...2 as ClosedRange<Int32> where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", O_RDONLY)
    }
  }
}
