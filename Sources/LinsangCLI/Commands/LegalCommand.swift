import ArgumentParser
import Foundation
import Packets
import SmallFormats

/// `linsang legal [--on DAY] [--in CODE] [--json]`
struct LegalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "legal", abstract: "List the legal bases that a packet can name.",
    discussion: """
      The table ships with the program and has a date and a source for each entry; a file legal-basis.toml in your own \
      Lexicons folder adds to it. Entries whose text nobody checked are marked as unverified. Linsang never says that one \
      applies: whoever writes a packet chooses with --legal.
      """)

  @Option(help: ArgumentHelp("Only those in force on this day, such as 2026-11-18.", valueName: "day"))
  var on: String?

  @Option(
    name: .customLong("in"),
    help: ArgumentHelp("Only those of a jurisdiction: a country's two letters, EU, or INT.", valueName: "code"))
  var jurisdiction: String?

  @Flag(help: "Print JSON.") var json = false

  func validate() throws {
    if let on, CalendarDay(on) == nil { throw ValidationError("--on \(on): write a day as YYYY-MM-DD") }
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let day = on.flatMap { CalendarDay($0) }
      let entries: [LegalEntry]
      do throws(LegalProblem) { entries = try SharedTables().legal().entries } catch {
        Diagnostics.report(error.sentence)
        throw ExitCode(2)
      }
      let shown = entries.filter { entry in
        (jurisdiction.map { entry.jurisdiction == $0.uppercased() } ?? true)
          && (day.map { entry.isInForce(on: $0) } ?? true)
      }
      if json {
        try output.put(JSONValue.list(shown.map(\.value)).text + "\n")
      } else {
        for entry in shown { try output.lines(Self.lines(entry)) }
      }
      guard shown.isEmpty else { return }
      Diagnostics.report("No legal basis of the table is in force there and then.")
      throw ExitCode(1)
    }
  }

  /// An entry as text.
  private static func lines(_ entry: LegalEntry) -> [String] {
    var lines = ["\(entry.id)  \(entry.jurisdiction)  \(entry.citation)", "    \(entry.title)", "    \(entry.about)"]
    if !entry.speaksOf.isEmpty { lines.append("    names \(entry.speaksOf.joined(separator: ", "))") }
    lines.append("    in force \(entry.period); source, looked up \(entry.lookedUp): \(entry.source)")
    if let why = entry.unchecked { lines.append("    UNVERIFIED: \(why)") }
    return lines
  }
}
