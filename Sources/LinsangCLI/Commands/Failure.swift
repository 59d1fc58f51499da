import ArgumentParser
import CaseStore
import Foundation
import Intake
import TerminalIO

/// Sentences on standard error, and the exit status that goes with them.
enum Failure {
  static func say(_ sentence: String) { FileHandle.standardError.write(Data("linsang: \(sentence)\n".utf8)) }

  /// Runs a command's work; what stops it becomes one sentence and exit status 2.
  static func reported(_ work: () throws -> Void) throws {
    do {
      try work()
    } catch let exit as ExitCode {
      throw exit
    } catch let error as CasebookError {
      say(error.sentence)
      throw ExitCode(2)
    } catch let error as IntakeError {
      say(error.description)
      throw ExitCode(2)
    } catch let error as TerminalError {
      say(error.sentence)
      throw ExitCode(2)
    } catch let error as PacketRefusal {
      say(error.sentence)
      throw ExitCode(2)
    } catch {
      say("\(error)")
      throw ExitCode(2)
    }
  }

  /// Refuses before the screen is taken over: a sentence is easier to read in the shell.
  static func checkReadable(_ paths: [String]) throws {
    for path in paths where path != "-" { _ = try MappedFile(path: path) }
  }
}
