import ArgumentParser
import CaseStore
import Casework
import SmallFormats

/// `linsang cases [list|record|retract|latency|report]`
struct CasesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cases", abstract: "Tell and record what became of the packets that were handed over.",
    subcommands: [List.self, Record.self, Retract.self, Latency.self, Report.self], defaultSubcommand: List.self)

  /// The output formats.
  enum Form: EnumerableFlag {
    case text, json, csv

    static func help(for value: Form) -> ArgumentHelp? {
      switch value {
      case .text: "Print text (the default)."
      case .json: "Print JSON."
      case .csv: "Print CSV that is safe in spreadsheets."
      }
    }
  }
}

extension CasebookOptions {
  /// What became of the packets, as of today.
  ///
  /// Fails:  throws as opening a casebook does, and exits with status 1 where no packet was ever exported.
  func caseBoard() throws -> CaseBoard {
    let book = try Casebook.open(path: path, analyst: analystName, access: .reading)
    let board = try CaseReading(book, on: .today).board()
    guard board.lines.isEmpty else { return board }
    Diagnostics.report(
      "\(path): no packet was exported yet, so there is no case. Write one in the dashboard or with `linsang packet`."
    )
    throw ExitCode(1)
  }
}

extension CasesCommand {
  /// `linsang cases [--stale 60d] [--packet ID] [--json|--csv]`
  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List packets and recipients: what happened last, and what became of the listings.",
      discussion: """
        One line for each packet and recipient; those that are open and were left alone longest come first. Whether listings \
        are still online follows from the scrapes that the casebook keeps: without a later one of the same platform it is not \
        known.

        Exit status: 0 done · 1 there is no such case · 2 failed.
        """)
    @OptionGroup var casebook: CasebookOptions

    @Option(help: ArgumentHelp("Only open cases without a step for so long, such as 60d or 8w.", valueName: "time"))
    var stale: Patience?

    @Option(help: ArgumentHelp("Only this packet, with all its steps and listings.", valueName: "packet"))
    var packet: String?

    @Flag var form: Form = .text

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let board = try casebook.caseBoard()
        var lines = stale.map { board.stale(after: $0.days) } ?? board.lines
        if let packet {
          guard let one = board.lines.map(\.one).named(packet) else { throw StepProblem.noSuchPacket(packet) }
          lines = lines.filter { $0.packet.export == one.packet.export }
        }
        let table = CaseTable(lines: lines, day: board.day, isWhole: packet != nil)
        switch form {
        case .text: try output.lines(table.text)
        case .json: try output.put(table.json.text + "\n")
        case .csv: try table.writeCSV(output)
        }
        guard lines.isEmpty else { return }
        Diagnostics.report("\(casebook.path): no open case was left without a step for \(stale?.words ?? "so long")")
        throw ExitCode(1)
      }
    }
  }
}

/// A time in days or weeks, as typed: `60d`, `8w`, `60`.
struct Patience: ExpressibleByArgument {
  let days: Int

  init?(argument: String) {
    let isWeeks = argument.hasSuffix("w")
    guard let number = Int(isWeeks || argument.hasSuffix("d") ? argument.dropLast() : argument[...]),
      (0...36_500).contains(number)
    else { return nil }
    days = isWeeks ? number * 7 : number
  }

  var words: String { "\(days) day\(days == 1 ? "" : "s")" }
}

extension CasesCommand {
  /// `linsang cases record PACKET STEP …`
  struct Record: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Record a step: what happened to a packet, when, at which recipient.",
      discussion: """
        Steps: sent, acknowledged, opened (a case, with the recipient's reference), referred (to another body), charged, \
        outcome; for platforms removed, refused and still-online, each about some or all of the listings; withdrawn, for the \
        packet as a whole. Each is an event of the audit chain that is bound to the packet by its hash. `linsang cases retract` takes \
        one back.
        """)
    @Argument(help: "The packet: its number, which stands for its last version, or the name of its folder.")
    var packet: String

    @Argument(help: "What happened.")
    var step: String

    @OptionGroup var casebook: CasebookOptions

    @Option(help: "The recipient, by its number in the packet or its name; only needed where there are several.")
    var recipient: String?
    @Option(help: "The day on which it happened, such as 2026-11-18. Default: today.") var on: String?
    @Option(help: "The recipient's own number of the case.") var reference: String?
    @Option(
      help: ArgumentHelp(
        "With outcome: conviction, seizure, warning, no-action, closed-without-result or other.", valueName: "word"))
    var outcome: String?
    @Option(help: "With referred: the body that it was referred to.") var to: String?
    @Option(help: "With sent: how, such as e-mail.") var means: String?
    @Option(help: "With sent to a platform: whose listings are notified, where the packet has those of several.")
    var platform: String?
    @Option(help: "With sent to a platform: the kind of content. Default: unlawful sale of animals.")
    var category: String?
    @Option(
      name: .customLong("listing"), parsing: .upToNextOption,
      help: ArgumentHelp(
        "With removed, refused and still-online: the listings, such as L0003. Default: all.", valueName: "listing"))
    var listings: [String] = []
    @Option(help: "In your own words; with withdrawn, the reason.") var note: String?

    func run() throws {
      try Diagnostics.reportingErrors { output in
        guard casebook.exists else { throw CasebookError.noSuchFile(path: casebook.path) }
        var draft = StepDraft(packet: packet, [.step: step, .listings: listings.joined(separator: " ")])
        let given: [(StepDraft.Part, String?)] = [
          (.recipient, recipient), (.day, on), (.reference, reference), (.outcome, outcome), (.referredTo, to),
          (.means, means), (.platform, platform), (.category, category), (.note, note),
        ]
        for (part, text) in given { draft[part] = text ?? "" }
        let stated = draft
        try output.line(try casebook.withOpened { try $0.record(stated) })
      }
    }
  }

  /// `linsang cases retract EVENT`
  struct Retract: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take back a step that was recorded by mistake.",
      discussion: "The step stays in the audit chain, and another event says that it does not count.")
    @Argument(help: "The number of the step's event, as `linsang cases --packet` shows it.")
    var event: Int

    @OptionGroup var casebook: CasebookOptions

    @Option(help: "Why.") var note: String?

    func run() throws {
      try Diagnostics.reportingErrors { output in
        guard casebook.exists else { throw CasebookError.noSuchFile(path: casebook.path) }
        try output.line(try casebook.withOpened { try $0.retractStep(event, note: note ?? "") })
      }
    }
  }
}
