import ArgumentParser
import CaseStore
import Foundation
import Intake
import TerminalIO
import TextCells

/// Sentences on standard error, and the exit status that goes with them.
enum Failure {
  /// Sentences quote file names and listings: nothing in them acts on the terminal.
  static func say(_ sentence: String) {
    let bytes = Array("linsang: \(VisibleForm.visible(sentence))\n".utf8)
    // Where even this cannot be written, the exit status still says it.
    _ = bytes.withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress!, $0.count) }
  }

  /// Runs a command's work; what stops it becomes one sentence and exit status 2.
  static func reported(_ work: (Output) throws -> Void) throws {
    let output = Output()
    do {
      do {
        try work(output)
      } catch {
        // What was found before it stopped was asked for too.
        try output.flush()
        throw error
      }
      try output.flush()
    } catch let exit as ExitCode {
      throw exit
    } catch let wrongUsage as ValidationError {
      throw wrongUsage
    } catch {
      say(sentence(for: error))
      throw ExitCode(2)
    }
  }

  private static func sentence(for error: any Error) -> String {
    switch error {
    case let error as CasebookError: error.sentence
    case let error as IntakeError: error.description
    case let error as TerminalError: error.sentence
    case let error as PacketRefusal: error.sentence
    case let error as OutputError: error.sentence
    case let error as DemoRefusal: error.sentence
    case let error as UsageRefusal: error.sentence
    case let error as CocoaError: sentence(for: error)
    default: "\(error)"
    }
  }

  /// Foundation's errors of files: the system's own words for them, and the file.
  private static func sentence(for error: CocoaError) -> String {
    let path = error.filePath ?? error.url?.path ?? "A file"
    let system = (error.underlying as NSError?).flatMap { $0.domain == NSPOSIXErrorDomain ? $0.code : nil }
    let why = system.map { String(cString: strerror(Int32($0))) } ?? error.localizedDescription
    return "\(path) could not be used: \(why). Nothing else was changed. Name a place you may write to."
  }
}
