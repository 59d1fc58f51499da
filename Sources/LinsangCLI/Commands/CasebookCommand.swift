import ArgumentParser
import CaseStore
import Casework
import Listings

/// `linsang casebook log|verify|export|rescue`
struct CasebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "casebook", abstract: "Read and check the casebook: every verdict, who gave it and when.",
    subcommands: [Log.self, Verify.self, Export.self, RescueDecisions.self])

  struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Print the events, one a line.")
    @OptionGroup var casebook: CasebookOptions

    func run() throws {
      try Failure.reported { output in
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        try book.forEachLine { line in
          guard let event = AuditLine(canonical: line).flatMap(Event.init) else {
            Failure.say("\(casebook.path) holds a line that is no event: \(line.prefix(200))")
            return
          }
          try output.line(Self.line(event))
        }
      }
    }

    private static func line(_ event: Event) -> String {
      let what =
        switch event.after {
        case .verdict(let verdict?, let reason):
          verdict.rawValue + (reason.map { " (\($0.rawValue))" } ?? "")
        case .verdict(nil, _): "verdict cleared"
        case .note(let note?): "note: " + note
        case .note(nil): "note cleared"
        case nil: event.action.rawValue
        }
      let head = "\(String(event.number).leftPadded(7))  \(event.time)  \(event.analyst)"
      return head + "  \(what)  \(event.object)"
    }
  }

  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Check the audit chain of the casebook.")
    @OptionGroup var casebook: CasebookOptions

    func run() throws { try Failure.reported { try Self.verify(casebook.path, $0) } }

    static func verify(_ path: String, _ output: Output) throws {
      let book = try Casebook.open(path: path, analyst: "verifier", access: .reading)
      switch try book.verify() {
      case .whole(let head):
        if let why = try book.schemaProblem() {
          try output.line("\(path): its chain is whole, \(head.sequence) events, head \(head.hash), but \(why)")
          throw ExitCode(1)
        }
        try output.line("\(path): whole, \(head.sequence) events, head \(head.hash)")
      case .broken(let line, let why):
        try output.line("\(path): broken at event \(line): \(why)")
        throw ExitCode(1)
      }
    }
  }

  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the audit chain as JSON Lines, the exact bytes that were hashed.")
    @OptionGroup var casebook: CasebookOptions

    func run() throws {
      try Failure.reported { output in
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        try book.forEachLine { try output.put($0 + "\n") }
      }
    }
  }
}
