import ArgumentParser
import CaseStore
import SmallFormats

extension CasebookCommand {
  /// `linsang casebook backup PATH`
  struct Backup: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write a complete copy of the casebook into a new file, also while it is in use, and check it.",
      discussion: """
        The files that were attached to listings are copied, too, into a folder beside the new file, NAME.evidence.
        """)

    @Argument(help: "The new file.", completion: .file())
    var file: String

    @OptionGroup var casebook: CasebookOptions

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        let head = try book.backup(to: file)
        try output.line(
          "\(file): a complete copy of \(casebook.path), \(Digits.grouped(head.sequence)) events, head \(head.hash)")
        let copied = try book.copyEvidence(toFolderOf: file)
        if copied.files > 0 {
          try output.line(
            "\(file).evidence: \(Digits.grouped(copied.files)) attached file\(copied.files == 1 ? "" : "s")")
        }
        try output.flush()
        guard copied.problems.isEmpty else {
          for problem in copied.problems { Diagnostics.report("not copied: \(problem)") }
          throw ExitCode(1)
        }
      }
    }
  }
}
