import ArgumentParser
import CaseStore
import Casework
import Foundation
import Intake
import SmallFormats
import TerminalIO
import TextCells

/// Standard output can no longer be written to.
struct OutputError: Error {
  let code: Int32

  var sentence: String {
    "Standard output could not be written: \(String(cString: strerror(code))). The output is incomplete; the "
      + "listings and the casebook are unharmed. Free some space, or send the output elsewhere."
  }
}

/// Standard output, buffered, with every write checked: a truncated result must not look complete.
///
/// When its reader goes away (`| head`), the program ends like any other: quietly, by SIGPIPE.
final class Output {
  private var buffer: [UInt8] = []
  private static let bufferSize = 1 << 16

  /// Writes a line for people. Invisible characters are made visible, so nothing in it can control the terminal.
  func line(_ text: String) throws(OutputError) {
    try put(VisibleForm.visible(text))
    try put("\n")
  }

  func lines(_ lines: [String]) throws(OutputError) { for text in lines { try line(text) } }

  /// Writes text of a format that is safe by itself, such as JSON or CSV.
  func put(_ text: String) throws(OutputError) {
    buffer.append(contentsOf: text.utf8)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  func flush() throws(OutputError) {
    var start = 0
    defer { buffer.removeAll(keepingCapacity: true) }
    while start < buffer.count {
      let count = buffer.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress! + start, $0.count - start) }
      if count >= 0 {
        start += count
      } else if errno == EPIPE {
        endQuietly()
      } else if errno != EINTR {
        throw OutputError(code: errno)
      }
    }
  }

  /// Ends by SIGPIPE even if a launcher had set it to be ignored.
  private func endQuietly() -> Never {
    signal(SIGPIPE, SIG_DFL)
    raise(SIGPIPE)
    exit(2)
  }
}

/// Messages on standard error, and the exit status that goes with them.
enum Diagnostics {
  /// Prints a sentence. It may quote file names and listings, so invisible characters are made visible.
  static func report(_ sentence: String) {
    let bytes = Array("linsang: \(VisibleForm.visible(sentence))\n".utf8)
    // If even this cannot be written, the exit status still tells.
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress!, $0.count) }
  }

  /// Runs a command. An error that stops it becomes one sentence and exit status 2.
  static func reportingErrors(_ work: (Output) throws -> Void) throws {
    let output = Output()
    do {
      do {
        try work(output)
      } catch {
        // What was found before the error is still wanted.
        try output.flush()
        throw error
      }
      try output.flush()
    } catch let exit as ExitCode {
      throw exit
    } catch let wrongUsage as ValidationError {
      throw wrongUsage
    } catch {
      report(sentence(for: error))
      throw ExitCode(2)
    }
  }

  /// Every error's own sentence.
  private static func sentence(for error: any Error) -> String {
    switch error {
    case let error as CasebookError: error.sentence
    case let error as IntakeError: error.description
    case let error as TerminalError: error.sentence
    case let error as PacketExportError: error.sentence
    case let error as OutputError: error.sentence
    case let error as DemoError: error.sentence
    case let error as UsageError: error.sentence
    case let error as HeadError: error.sentence
    case let error as StepProblem: error.sentence
    case let error as AttachmentProblem: error.sentence
    case let error as EvidenceFileError: error.sentence
    case let error as CocoaError: sentence(for: error)
    default: "\(error)"
    }
  }

  /// An error from Foundation: the file and the system's message.
  private static func sentence(for error: CocoaError) -> String {
    let path = error.filePath ?? error.url?.path ?? "A file"
    let system = (error.underlying as NSError?).flatMap { $0.domain == NSPOSIXErrorDomain ? $0.code : nil }
    let why = system.map { String(cString: strerror(Int32($0))) } ?? error.localizedDescription
    return "\(path) could not be used: \(why). Nothing else was changed. Name a folder you may write to."
  }
}

/// CSV that is safe to open in a spreadsheet: quoted as in RFC 4180, without invisible characters, and with no cell that
/// begins a formula (`SpreadsheetGuard`).
enum SpreadsheetCSV {
  static let lineEnd = "\r\n"

  static func line(_ cells: [String]) -> String { cells.map(quoted).joined(separator: ",") + lineEnd }

  static func quoted(_ text: String) -> String {
    "\"" + CSVLine.doublingQuotes(SpreadsheetGuard.guarded(VisibleForm.visible(text))) + "\""
  }
}

/// Columns of text output, padded by characters.
extension String {
  func leftPadded(_ width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }

  /// Keeps at least one space, so that a long name never touches its value.
  func rightPadded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }
}
