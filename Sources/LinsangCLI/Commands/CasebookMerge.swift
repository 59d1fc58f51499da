import ArgumentParser
import CaseStore
import Casework
import SmallFormats

extension CasebookCommand {
  /// `linsang casebook merge OTHER… --casebook PATH`
  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take the verdicts and notes of other casebooks into this one.",
      discussion: """
        Every chain is kept whole, byte for byte, under the name of its casebook, and is verified with this one. The others are \
        not changed. Where analysts decided differently the later verdict is in force; see `linsang casebook disagreements`. \
        Merging the same again changes nothing; a casebook that grew since is continued.
        """)

    @Argument(help: "The casebooks to take in.")
    var others: [String]

    @OptionGroup var casebook: CasebookOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let merged = try casebook.withOpened { book in
          let arriving = try others.map {
            try Casebook.open(path: $0, analyst: casebook.analystName, access: .reading)
          }
          return try book.merge(arriving, at: SystemClock.now())
        }
        if json { try output.put(Self.json(merged).text + "\n") } else { try output.lines(lines(merged)) }
      }
    }

    private func lines(_ merged: Merged) -> [String] {
      guard let event = merged.event else {
        return ["\(casebook.path): everything was there already; nothing was added"]
      }
      var lines = ["\(casebook.path): merged, as event \(event)"]
      for chain in merged.chains {
        lines.append(
          "  chain \(CasebookName.short(of: chain.token)): events \(chain.from) to \(chain.through) of casebook "
            + "\(chain.token), head \(chain.head)")
      }
      let changed = "\(Digits.grouped(merged.changed)) listing\(merged.changed == 1 ? " has" : "s have")"
      lines.append("  \(changed) another status now")
      if merged.scrapes > 0 { lines.append("  the sightings of \(merged.scrapes) files came, too") }
      if merged.disagreements > 0 {
        lines.append(
          "  analysts disagree on \(Digits.grouped(merged.disagreements)): `linsang casebook disagreements` lists them")
      }
      return lines
    }

    private static func json(_ merged: Merged) -> JSONValue {
      .map([
        "event": merged.event.map { .number($0) } ?? .null, "chains": .list(merged.chains.map(\.json)),
        "changed": .number(merged.changed), "disagreements": .number(merged.disagreements),
        "scrapes": .number(merged.scrapes),
      ])
    }
  }

  /// `linsang casebook disagreements`
  struct Disagreements: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the listings on which merged casebooks disagree.",
      discussion: """
        Of each listing the verdict in force comes first. Deciding the listing again, with all verdicts known, settles it.
        """)
    @OptionGroup var casebook: CasebookOptions

    @Flag(help: "Print JSON Lines.")
    var json = false

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        let own = try book.identity()
        let disagreements = try book.disagreements()
        for one in disagreements {
          if json {
            try output.put(Self.json(one).text + "\n")
          } else {
            try output.line("\(one.key)")
            for (index, voice) in one.voices.enumerated() {
              try output.line((index == 0 ? "  in force  " : "            ") + Self.words(voice, own: own))
            }
          }
        }
        if disagreements.isEmpty, !json { try output.line("\(casebook.path): no open disagreement") }
      }
    }

    private static func words(_ voice: Disagreement.Voice, own: String?) -> String {
      let opinion = voice.opinion
      var what = opinion.verdict?.rawValue ?? "cleared"
      if case .verdict(_, let reason?) = opinion.part { what += " (\(reason.rawValue))" }
      let chain = voice.chain == own ? "this casebook" : "chain \(CasebookName.short(of: voice.chain))"
      return "\(opinion.time)  \(opinion.analyst)  \(what)  \(chain), event \(opinion.event)"
    }

    private static func json(_ one: Disagreement) -> JSONValue {
      .map([
        "key": .text(one.key.text),
        "verdicts": .list(
          one.voices.enumerated().map { index, voice in
            var values = voice.opinion.part.data
            values["in_force"] = .truth(index == 0)
            values["analyst"] = .text(voice.opinion.analyst)
            values["time"] = .text(voice.opinion.time)
            values["chain"] = .text(voice.chain)
            values["event"] = .number(voice.opinion.event)
            return .map(values)
          }),
      ])
    }
  }
}
