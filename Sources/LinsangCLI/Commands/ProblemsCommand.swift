import ArgumentParser
import Dashboard
import Glibc
import Intake
import Listings
import Sentences
import SmallFormats
import Synchronization
import TextCells
import Workspace

/// `linsang problems FILE… [--csv|--jsonl]`
struct ProblemsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "problems", abstract: "List everything that could not be read, with file, line and row.",
    discussion: """
      Prints one problem per line, in the order of the files and rows, however many there are. CSV and JSON Lines have: \
      file, as named · line, from 1, empty or null if the file has no lines or the problem is about all of it · row, the \
      listing's number in the file, from 1 · field, the listing's field · kind, one of \
      \(IntakeProblem.Kind.allCases.map(\.name).joined(separator: ", ")) · found, what was found · done, what was \
      done about it and what is unharmed. CSV is safe in spreadsheets. Their number is printed on standard error.

      Exit status: 0 there are none · 1 there are some · 2 a file could not be opened.
      """)

  @Argument(help: "Files that hold listings, or folders; - is standard input.", completion: .file())
  var files: [String]

  @OptionGroup var reading: ReadingOptions

  @Flag(help: "How to print: one sentence per line (the default), CSV safe for spreadsheets, or JSON Lines.")
  var form: Form = .text

  /// The output formats.
  enum Form: EnumerableFlag {
    case text, csv, jsonl

    static func help(for value: Form) -> ArgumentHelp? { nil }
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let stream = ProblemStream(output, form)
      var options = reading.intakeOptions(DataFolders())
      options.onProblem = { stream.take($0) }
      if form == .csv { try output.put(SpreadsheetCSV.line(ExportedProblem.columns)) }
      let (dataset, problems) = try DatasetOpening.open(paths: files, options: options)
      try stream.finish()
      try output.flush()
      guard problems.count > 0 else {
        Diagnostics.report("no problems in \(dataset.rowCount) rows")
        return
      }
      let rest = problems.count - stream.count
      Diagnostics.report(
        "\(problems.count) problem\(problems.count == 1 ? "" : "s") in \(dataset.rowCount) row\(dataset.rowCount == 1 ? "" : "s"), all of which are kept"
          + " unless a problem says otherwise"
          + (rest > 0 ? "; \(rest) on sheets or tables are counted but not listed" : ""))
      throw ExitCode(1)
    }
  }
}

/// Prints problems as they are found.
private final class ProblemStream: @unchecked Sendable {
  // Safe to share: reading makes one call to `take` at a time, and is over before the command continues.
  private let output: Output
  private let form: ProblemsCommand.Form
  private var error: OutputError?
  private(set) var count = 0

  init(_ output: Output, _ form: ProblemsCommand.Form) {
    self.output = output
    self.form = form
  }

  func take(_ problem: IntakeProblem) {
    guard error == nil else { return }
    count += 1
    do throws(OutputError) {
      switch form {
      case .text: try output.line(problem.description)
      case .csv: try output.put(ExportedProblem(problem).csvLine)
      case .jsonl: try output.put(ExportedProblem(problem).json + "\n")
      }
    } catch { self.error = error }
  }

  /// Fails:  if something could not be printed.
  func finish() throws(OutputError) { if let error { throw error } }
}

/// A problem as other programs get it, in CSV and JSON.
///
/// Shape:  the names of columns and kinds stay the same from version to version.
struct ExportedProblem {
  let file: String
  let line: Int?
  /// The row's number in the file, from 1.
  let row: Int?
  let field: String?
  let kind: String
  /// What was found, with the text in question.
  let found: String
  let done: String

  static let columns = ["file", "line", "row", "field", "kind", "found", "done"]

  init(_ problem: IntakeProblem) {
    file = problem.file
    line = problem.line
    row = problem.sourceRow
    field = problem.field?.rawValue
    kind = problem.kind.name
    found = problem.excerpt.isEmpty ? problem.found : "\(problem.found): \(problem.excerpt)"
    done = problem.done
  }

  init(_ problem: ProblemList.Problem, of group: ProblemList.Group) {
    file = group.path
    line = problem.line
    row = problem.sourceRow
    field = group.field
    kind = group.kind
    found = problem.foundText
    done = problem.done
  }

  /// A line of CSV that is safe in spreadsheets.
  var csvLine: String {
    SpreadsheetCSV.line([
      file, line.map(String.init) ?? "", row.map(String.init) ?? "", field ?? "", kind, found, done,
    ])
  }

  /// One JSON object.
  var json: String {
    JSONValue.map([
      "file": .text(file), "line": line.map { .number($0) } ?? .null, "row": row.map { .number($0) } ?? .null,
      "field": field.map { .text($0) } ?? .null, "kind": .text(kind), "found": .text(found), "done": .text(done),
    ]).text
  }
}

extension ProblemList {
  /// The problems of a reading for the dashboard: all groups with exact counts, and the first `maximum` problems.
  init(_ problems: IntakeProblems, maximum: Int = .max) {
    let names = ShortNames(problems.groups.map(\.group.file))
    var kept: [ProblemGroup: [Problem]] = [:]
    for problem in problems.kept.prefix(maximum) {
      kept[problem.group, default: []].append(
        Problem(
          line: problem.line, sourceRow: problem.sourceRow, row: problem.row, found: problem.found, done: problem.done,
          excerpt: problem.excerpt, shown: (problem.shownFound, problem.shownDone)))
    }
    let groups = problems.groups.map { group, count in
      Group(
        kind: group.kind.name, words: group.kind.words, path: group.file, file: names[group.file],
        field: group.field?.rawValue, count: count, problems: kept[group] ?? [])
    }
    self.init(groups: groups)
  }
}

/// Writes problems to a new CSV file, under the first free name.
enum ProblemsFile {
  /// The file could not be written, and nothing of it is left.
  struct WriteError: Error {
    let path: String
    let code: Int32

    var sentence: String {
      let why = String(cString: strerror(code))
      return localized(
        "\(path) could not be written: \(why). No file was left behind; listings and casebook "
          + "are unharmed. Start linsang in a folder you may write to, or use: linsang problems FILE… --csv")
    }
  }

  /// Writes `linsang-problems.csv`, or `linsang-problems-2.csv`, …; an existing file is never touched.
  ///
  /// - Returns: the file's name, and how many problems it holds.
  static func write(_ list: ProblemList, into folder: String = ".") throws(WriteError) -> (name: String, count: Int) {
    var number = 1
    while true {
      let name = number == 1 ? "linsang-problems.csv" : "linsang-problems-\(number).csv"
      let path = folder == "." ? name : "\(folder)/\(name)"
      let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o644)
      if file < 0, errno == EEXIST {
        number += 1
        continue
      }
      guard file >= 0 else { throw WriteError(path: path, code: errno) }
      return (name, try fill(file, path, list))
    }
  }

  private static func fill(_ file: Int32, _ path: String, _ list: ProblemList) throws(WriteError) -> Int {
    var text = SpreadsheetCSV.line(ExportedProblem.columns)
    var count = 0
    var code = Int32(0)
    for group in list.groups where code == 0 {
      for problem in group.problems where code == 0 {
        text += ExportedProblem(problem, of: group).csvLine
        count += 1
        if text.utf8.count > 1 << 18 {
          code = append(text, to: file)
          text = ""
        }
      }
    }
    if code == 0 { code = append(text, to: file) }
    // Some network file systems report errors only on close.
    if close(file) != 0, code == 0 { code = errno }
    guard code == 0 else {
      unlink(path)
      throw WriteError(path: path, code: code)
    }
    return count
  }

  /// - Returns: `errno`; 0 if all was written.
  private static func append(_ text: String, to file: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var written = 0
      while written < bytes.count {
        let step = Glibc.write(file, bytes.baseAddress! + written, bytes.count - written)
        if step < 0, errno == EINTR { continue }
        if step < 0 { return errno }
        written += step
      }
      return 0
    }
  }

  /// A sentence that says what was written.
  static func sentence(_ written: (name: String, count: Int), of list: ProblemList) -> String {
    let problems = counted(written.count, "problem")
    return written.count < list.count
      ? localized(
        "Wrote \(problems) of \(grouped: list.count) (linsang problems FILE… --csv lists all) into \(written.name)")
      : localized("Wrote \(problems) into \(written.name)")
  }
}
