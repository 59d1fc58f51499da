import ArgumentParser
import CaseStore
import Casework
import Foundation

extension CasebookCommand {
  /// `linsang casebook rescue RESCUE --into CASEBOOK`
  struct RescueDecisions: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rescue",
      abstract: "File the decisions of a rescue file into a casebook.",
      discussion: """
        When a casebook is deleted, replaced or cut while it is open, what was decided is kept in a file beside it, \
        NAME.rescue-….jsonl. What the casebook holds already, or where a listing was decided again since, is left as \
        it is; so the same file may be given twice.
        """)

    @Argument(help: "The rescue file.")
    var file: String

    @Option(name: .customLong("into"), help: "The casebook to file into; a new one is made if there is none.")
    var casebook: String

    @Option(help: "Who files them; signs every event. Default: $LINSANG_ANALYST, else the login name.")
    var analyst: String?

    func run() throws {
      try Failure.reported { output in
        guard let text = try? String(contentsOfFile: file, encoding: .utf8), let rescue = Rescue(text: text) else {
          Failure.say("\(file) is not a rescue file. Nothing was changed; name a NAME.rescue-….jsonl file.")
          throw ExitCode(2)
        }
        var options = CasebookOptions()
        (options.casebook, options.analyst) = (casebook, analyst)
        let filed = try options.withOpened { book in
          try book.file(rescue.decisions, from: rescue.source, at: SystemClock.now())
        }
        try output.line("\(casebook): \(filed.sentence)")
        try output.flush()
        guard rescue.unreadableLines.isEmpty else {
          let lines = rescue.unreadableLines.prefix(5).map(String.init).joined(separator: ", ")
          Failure.say(
            "\(file) holds \(rescue.unreadableLines.count) line(s) that are no decision (line \(lines)). The others were "
              + "filed; the file was not changed.")
          throw ExitCode(1)
        }
      }
    }
  }
}
