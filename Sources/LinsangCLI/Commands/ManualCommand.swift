import ArgumentParser
import Foundation

/// `linsang manual`
struct ManualCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "manual", abstract: "Print a page for man(1), or write all of them into a folder.",
    discussion: """
      The pages are made from the commands themselves. `linsang manual query | man -l -` shows one; with --into, man finds \
      them if the folder is on its path, such as ~/.local/share/man/man1. $SOURCE_DATE_EPOCH dates the pages.
      """)

  @Argument(help: "The command whose page is printed. Default: the page of the program.")
  var command: String?

  @Option(
    help: ArgumentHelp(
      "Write all pages into this folder, in place of those there; it is made if it does not exist.", valueName: "folder"
    ),
    completion: .directory)
  var into: String?

  func validate() throws {
    if into != nil, let command { throw ValidationError("--into writes all pages; leave \(command) out") }
  }

  func run() throws { try Diagnostics.reportingErrors(write) }

  private func write(_ output: Output) throws {
    let pages = try ManualPage.all()
    guard let into else {
      let page = pages.first { $0.words.dropFirst().elementsEqual(command.map { [$0] } ?? []) }
      guard let page else {
        throw ValidationError("there is no page for \(command ?? "linsang"); see linsang --help for the commands")
      }
      return try output.put(page.text)
    }
    let folder = URL(fileURLWithPath: into, isDirectory: true)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for page in pages {
      try Data(page.text.utf8).write(to: folder.appendingPathComponent(page.fileName), options: .atomic)
    }
  }
}
