import ArgumentParser
import CaseStore
import Casework
import Dashboard
import SmallFormats

extension CasebookCommand {
  /// `linsang casebook merge OTHER… --casebook PATH`
  struct Merge: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Take the verdicts and notes of other casebooks into this one.",
      discussion: """
        Every chain is kept whole, byte for byte, under the name of its casebook, and is verified with this one. The others are \
        not changed. Files that were attached to listings are copied along. Where analysts decided differently the later verdict is in force; see `linsang casebook disagreements`. \
        Merging the same again changes nothing; a casebook that grew since is continued.
        """)

    @Argument(help: "The casebooks to take in.", completion: .file())
    var others: [String]

    @OptionGroup var casebook: CasebookOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let (merged, copied) = try casebook.withOpened { book in
          let arriving = try others.map {
            try Casebook.open(path: $0, analyst: casebook.analystName, access: .reading)
          }
          let merged = try book.merge(arriving, at: SystemClock.now()) { earlier, later in
            StoredFields.json(SavedViews.joined(StoredFields.read(earlier), StoredFields.read(later)))
          }
          var copied = CopiedEvidence()
          for other in arriving { copied.add(try other.copyEvidence(toFolderOf: book.path)) }
          return (merged, copied)
        }
        if json {
          try output.put(Self.json(merged, copied).text + "\n")
        } else {
          try output.lines(lines(merged))
          if copied.files > 0 {
            try output.line("  \(copied.files) attached file\(copied.files == 1 ? "" : "s") came, too")
          }
        }
        try output.flush()
        guard copied.problems.isEmpty else {
          for problem in copied.problems { Diagnostics.report("not copied: \(problem)") }
          throw ExitCode(1)
        }
      }
    }

    private func lines(_ merged: Merged) -> [String] {
      let count = "\(merged.views) analyst\(merged.views == 1 ? "" : "s")"
      let views = merged.views > 0 ? ["  the saved views of \(count) came, too"] : []
      guard let event = merged.event else {
        return ["\(casebook.path): every event was there already; none was added"] + views
      }
      var lines = ["\(casebook.path): merged, as event \(event)"]
      for chain in merged.chains {
        lines.append(
          "  chain \(CasebookName.short(of: chain.token)): events \(chain.from) to \(chain.through) of casebook "
            + "\(chain.token), head \(chain.head)")
      }
      let changed = "\(Digits.grouped(merged.changed)) listing\(merged.changed == 1 ? " has" : "s have")"
      lines.append("  \(changed) another status now")
      lines += views
      if merged.scrapes > 0 { lines.append("  the sightings of \(merged.scrapes) files came, too") }
      if merged.disagreements > 0 {
        lines.append(
          "  analysts disagree on \(Digits.grouped(merged.disagreements)): `linsang casebook disagreements` lists them")
      }
      return lines
    }

    private static func json(_ merged: Merged, _ copied: CopiedEvidence) -> JSONValue {
      .map([
        "event": merged.event.map { .number($0) } ?? .null, "chains": .list(merged.chains.map(\.json)),
        "changed": .number(merged.changed), "disagreements": .number(merged.disagreements),
        "scrapes": .number(merged.scrapes), "views": .number(merged.views), "files": .number(copied.files),
        "files_not_copied": .list(copied.problems.map { .text($0) }),
      ])
    }
  }

  /// `linsang casebook disagreements`
  struct Disagreements: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "List the listings on which analysts disagree, in this casebook or in those merged into it.",
      discussion: """
        Of each listing the verdict in force comes first. Deciding the listing in the dashboard, where both verdicts are \
        shown, settles it.
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
            for (index, review) in one.reviews.enumerated() {
              try output.line((index == 0 ? "  in force  " : "            ") + Self.words(review, own: own))
            }
          }
        }
        if disagreements.isEmpty, !json { try output.line("\(casebook.path): no open disagreement") }
      }
    }

    private static func words(_ review: Review, own: String?) -> String {
      let opinion = review.opinion
      var what = opinion.verdict?.rawValue ?? "cleared"
      if case .verdict(_, let reason?) = opinion.part { what += " (\(reason.rawValue))" }
      let chain = review.chain == own ? "this casebook" : "chain \(CasebookName.short(of: review.chain))"
      return "\(opinion.time)  \(opinion.analyst)  \(what)  \(chain), event \(opinion.event)"
    }

    private static func json(_ one: Disagreement) -> JSONValue {
      .map([
        "key": .text(one.key.text),
        "verdicts": .list(
          one.reviews.enumerated().map { index, review in
            var values = review.opinion.part.data
            values["in_force"] = .truth(index == 0)
            values["analyst"] = .text(review.opinion.analyst)
            values["time"] = .text(review.opinion.time)
            values["chain"] = .text(review.chain)
            values["event"] = .number(review.opinion.event)
            if review.opinion.isBlind { values["blind"] = .truth(true) }
            return .map(values)
          }),
      ])
    }
  }
}
