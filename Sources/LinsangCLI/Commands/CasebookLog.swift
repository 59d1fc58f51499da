import ArgumentParser
import CaseStore
import Casework
import SmallFormats

extension CasebookCommand {
  /// `linsang casebook log`
  struct Log: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract:
        "Print the events, one per line; then those of casebooks that were merged into it, under the name of each.")
    @OptionGroup var casebook: CasebookOptions

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        try book.forEachLine { try print($0, "", output) }
        for chain in try book.foreignChains() {
          try output.line(
            "chain \(chain.name)  casebook \(chain.token)  \(chain.head.sequence) events, head \(chain.head.hash)")
          try book.forEachLine(of: chain.token) { try print($0, chain.name + " ", output) }
        }
      }
    }

    private func print(_ line: String, _ chain: String, _ output: Output) throws {
      guard let event = AuditLine(canonical: line).flatMap(Event.init) else {
        Diagnostics.report("\(casebook.path) holds a line that is not an event: \(line.prefix(200))")
        return
      }
      try output.line(chain + Self.line(event))
    }

    private static func line(_ event: Event) -> String {
      let what =
        switch event.after {
        case .verdict(let verdict?, let reason):
          verdict.rawValue + (reason.map { " (\($0.rawValue))" } ?? "")
        case .verdict(nil, _): "verdict cleared"
        case .note(let note?): "note: " + note
        case .note(nil): "note cleared"
        case .described(let aspect, let value?): aspect.phrase(value)
        case .described(let aspect, nil): "\(aspect.name) cleared"
        case nil:
          ScrapeFile(event).map { "sightings of \(Digits.grouped($0.listings)) listings in \($0.file), scrape" }
            ?? merged(event) ?? step(event) ?? evidence(event) ?? event.action.rawValue
        }
      let head = "\(String(event.number).leftPadded(7))  \(event.time)  \(event.analyst)"
      return head + "  \(what)  \(event.object)" + (event.isClockBehind ? "  (clock behind the event before)" : "")
    }

    /// What was attached or withdrawn; nil for other events.
    private static func evidence(_ event: Event) -> String? {
      if event.action == .withdrawEvidence {
        return "attachment of SHA-256 \(event.data["sha256"]?.asText?.prefix(12) ?? "")… withdrawn"
      }
      guard event.action == .attachEvidence, let attachment = Attachment(event.data) else { return nil }
      return
        "attached \(attachment.originalName), \(attachment.mediaType), SHA-256 \(attachment.digest.prefix(12))…, to"
    }

    /// What became of a packet; nil for other events.
    private static func step(_ event: Event) -> String? {
      if event.action == .retractStep {
        return event.data["retracts"]?.asNumber.map { "step of event \($0) taken back" }
      }
      guard event.action == .stepPacket, let step = CaseStep(event.data) else { return nil }
      let place = step.recipient.map { " \(step.kind == .sent ? "to" : "by") \($0.organisation)" } ?? ""
      return "\(step.words)\(place) on \(step.day)"
    }

    /// What a merge brought; nil for other events.
    private static func merged(_ event: Event) -> String? {
      let chains = event.mergedChains
      if chains.isEmpty { return nil }
      return "merged "
        + chains.map { "events \($0.from) to \($0.through) of \(CasebookName.short(of: $0.token))" }.joined(
          separator: ", ")
        + " into"
    }
  }

  /// `linsang casebook export`
  struct Export: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Print the audit chain as JSON Lines, the exact bytes that were hashed.")
    @OptionGroup var casebook: CasebookOptions

    @Option(
      help: ArgumentHelp(
        "Print the chain of a casebook that was merged into it: its token or the four characters that `log` shows.",
        valueName: "name"))
    var chain: String?

    @Flag(help: "Print all chains, each line as JSON with its chain, its hash and the line.")
    var all = false

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        let chains = try book.foreignChains()
        let own = try book.identity() ?? ""
        if let chain {
          let found = chains.filter { $0.token == chain || $0.name == chain.uppercased() }
          if found.isEmpty, chain == own || chain.uppercased() == CasebookName.short(of: own) {
            return try book.forEachLine { try output.put($0 + "\n") }
          }
          guard found.count == 1 else { throw unknown(chain, chains) }
          return try book.forEachLine(of: found[0].token) { try output.put($0 + "\n") }
        }
        guard all else {
          try book.forEachLine { try output.put($0 + "\n") }
          if !chains.isEmpty {
            let names = chains.map(\.name).joined(separator: ", ")
            Diagnostics.report("\(casebook.path) also holds the chains \(names); --chain and --all print them")
          }
          return
        }
        try book.forEachLine { try output.put(Self.line($0, of: own)) }
        for chain in chains { try book.forEachLine(of: chain.token) { try output.put(Self.line($0, of: chain.token)) } }
      }
    }

    private static func line(_ line: String, of chain: String) -> String {
      JSONValue.map(["chain": .text(chain), "hash": .text(AuditLine.hash(of: line)), "line": .text(line)]).json + "\n"
    }

    private func unknown(_ chain: String, _ chains: [ForeignChain]) -> ValidationError {
      let names = chains.map { "\($0.name) (\($0.token))" }.joined(separator: ", ")
      return ValidationError("--chain \(chain): there is no such chain; there are \(names.isEmpty ? "none" : names)")
    }
  }
}
