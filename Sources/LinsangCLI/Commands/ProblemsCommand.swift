import ArgumentParser
import Intake
import Listings
import Synchronization

/// `linsang problems FILE… [--csv|--jsonl]`
struct ProblemsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "problems", abstract: "List everything that could not be read, with file, line and row.",
    discussion: """
      One problem a line, in the order of the files and rows, however many there are. As CSV and JSON Lines each has: \
      file, as named · line, from 1, empty or null where the file has no lines or all of it is meant · row, as the file \
      numbers its listings, from 1 · field, the listing's field · kind, one of \
      \(IntakeProblem.Kind.allCases.map(\.name).joined(separator: ", ")) · found, what stands there · done, what was \
      done about it and what is unharmed. CSV is safe in spreadsheets. How many there are is told on standard error.

      Exit status: 0 there are none · 1 there are some · 2 a file could not be opened.
      """)

  @Argument(help: "Files that hold listings, or folders; - is standard input.")
  var files: [String]

  @OptionGroup var reading: ReadingOptions

  @Flag(help: "How to print: a sentence a line (the default), CSV safe for spreadsheets, or JSON Lines.")
  var form: Form = .text

  enum Form: EnumerableFlag {
    case text, csv, jsonl

    static func help(for value: Form) -> ArgumentHelp? { nil }
  }

  func run() throws {
    try Failure.reported { output in
      let stream = ProblemStream(output, form)
      var options = reading.intakeOptions(DataFolders())
      options.onProblem = { stream.take($0) }
      if form == .csv { try output.put(SheetCell.line(ToldProblem.columns)) }
      let (dataset, problems) = try DatasetOpening.open(paths: files, options: options)
      try stream.finish()
      try output.flush()
      guard problems.count > 0 else {
        Failure.say("no problems in \(dataset.rowCount) listings")
        return
      }
      let rest = problems.count - stream.count
      Failure.say(
        "\(problems.count) problem\(problems.count == 1 ? "" : "s") in \(dataset.rowCount) listings, all of which are kept"
          + " unless it says otherwise" + (rest > 0 ? "; \(rest) on sheets or tables are counted and not listed" : ""))
      throw ExitCode(1)
    }
  }
}

/// Prints problems as they are found.
private final class ProblemStream: @unchecked Sendable {
  // Safe to share: `take` is called one call at a time by the reading, which is over before the command goes on.
  private let output: Output
  private let form: ProblemsCommand.Form
  private var fault: OutputError?
  private(set) var count = 0

  init(_ output: Output, _ form: ProblemsCommand.Form) {
    self.output = output
    self.form = form
  }

  func take(_ problem: IntakeProblem) {
    guard fault == nil else { return }
    count += 1
    do throws(OutputError) {
      switch form {
      case .text: try output.line(problem.description)
      case .csv: try output.put(ToldProblem(problem).sheetLine)
      case .jsonl: try output.put(ToldProblem(problem).json + "\n")
      }
    } catch { fault = error }
  }

  /// Fails:  where something could not be printed.
  func finish() throws(OutputError) { if let fault { throw fault } }
}
