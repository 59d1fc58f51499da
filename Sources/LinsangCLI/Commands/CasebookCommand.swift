import ArgumentParser
import CaseStore
import Casework
import Foundation
import Listings
import SmallFormats

/// `linsang casebook log|verify|head|export|backup|merge|disagreements|agreement|rescue`
struct CasebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "casebook", abstract: "Read and check the casebook: every verdict, who gave it and when.",
    subcommands: [
      Log.self, Verify.self, Head.self, Export.self, Backup.self, Merge.self, Disagreements.self,
      MeasureAgreement.self, RescueDecisions.self,
    ])
}

extension CasebookCommand {
  /// `linsang casebook rescue RESCUE --into CASEBOOK`
  struct RescueDecisions: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rescue",
      abstract: "File the decisions of a rescue file into a casebook.",
      discussion: """
        When a casebook is deleted, replaced or truncated while it is open, the decisions are kept in a file beside it, \
        NAME.rescue-….jsonl. Decisions that the casebook already holds, and listings decided again since, are left as \
        they are, so the same file may be filed twice.
        """)

    @Argument(help: "The rescue file.", completion: .file())
    var file: String

    @Option(name: .customLong("into"), help: "The casebook to file into; created if it does not exist.")
    var casebook: String

    @Option(help: "Who files them; signs every event. Default: $LINSANG_ANALYST, else the login name.")
    var analyst: String?

    func run() throws {
      try Diagnostics.reportingErrors { output in
        guard let text = try? String(contentsOfFile: file, encoding: .utf8), let rescue = Rescue(text: text) else {
          Diagnostics.report("\(file) is not a rescue file. Nothing was changed; name a NAME.rescue-….jsonl file.")
          throw ExitCode(2)
        }
        let options = CasebookOptions(casebook: casebook, analyst: analyst)
        let filed = try options.withOpened { book in
          try book.file(rescue.decisions, from: rescue.source, at: SystemClock.now())
        }
        try output.line("\(casebook): \(filed.sentence)")
        try output.flush()
        guard rescue.unreadableLines.isEmpty else {
          let lines = rescue.unreadableLines.prefix(5).map(String.init).joined(separator: ", ")
          Diagnostics.report(
            "\(file) holds \(rescue.unreadableLines.count) line(s) that are not decisions (line \(lines)). The others were "
              + "filed; the file was not changed.")
          throw ExitCode(1)
        }
      }
    }
  }
}
