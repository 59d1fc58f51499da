import ArgumentParser
import CaseStore
import Casework
import Foundation
import Listings

/// `linsang casebook log|verify|export`
struct CasebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "casebook", abstract: "Read and check the casebook: every verdict, who gave it and when.",
    subcommands: [Log.self, Verify.self, Export.self])

  struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the events, one a line.")
    @OptionGroup var casebook: CasebookOptions

    func run() throws {
      try Failure.reported {
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        for event in try book.events() { print(Self.line(event)) }
      }
    }

    private static func line(_ event: Event) -> String {
      let what =
        switch event.after {
        case .verdict(let verdict?, let reason):
          verdict.rawValue + (reason.map { " (\($0.rawValue))" } ?? "")
        case .verdict(nil, _): "verdict cleared"
        case .note(let note?): "note: " + VisibleLine.of(note)
        case .note(nil): "note cleared"
        case nil: event.action.rawValue
        }
      let head = "\(String(event.number).leftPadded(7))  \(event.time)  \(VisibleLine.of(event.analyst))"
      return head + "  \(what)  \(VisibleLine.of(event.object))"
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check the audit chain of the casebook.")
    @OptionGroup var casebook: CasebookOptions

    func run() throws { try Failure.reported { try Self.verify(casebook.path) } }

    static func verify(_ path: String) throws {
      let book = try Casebook.open(path: path, analyst: "verifier", access: .reading)
      switch try book.verify() {
      case .whole(let head): print("\(path): whole, \(head.sequence) events, head \(head.hash)")
      case .broken(let line, let why):
        print("\(path): broken at event \(line): \(why)")
        throw ExitCode(1)
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the audit chain as JSON Lines, the exact bytes that were hashed.")
    @OptionGroup var casebook: CasebookOptions

    func run() throws {
      try Failure.reported {
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        try book.forEachLine { FileHandle.standardOutput.write(Data(($0 + "\n").utf8)) }
      }
    }
  }
}
