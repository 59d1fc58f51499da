import ArgumentParser
import Dashboard

/// `linsang keys`
struct KeysCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keys", abstract: "Print every key with what it does, as a Markdown table.")

  func run() { print(KeyTable.markdown) }
}
