import ArgumentParser
import Dashboard
import Foundation

/// `linsang keys`
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print every key with what it does, as a Markdown table.")

  func run() throws {
    try Failure.reported { try $0.lines(KeyTable.markdown.components(separatedBy: "\n")) }
  }
}
