import ArgumentParser
import CaseStore
import Casework
import Foundation
import Listings

/// `linsang describe LISTING… --species probable …`
struct DescribeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "describe", abstract: "State in codes what listings offer, and how certain that is.",
    discussion: """
      Each statement is an event of the casebook, with who made it; undo in the dashboard takes all of one command back. \
      What is not stated stays unknown. '' clears a statement. Listings go by their keys, as `linsang query --csv` prints \
      them in the column key, or by the beginning of one that no other listing shares; they must have a verdict, a note \
      or a description. Without an option it prints what is stated.
      """)

  @Argument(help: "The listings, by their keys.")
  var listings: [String] = []

  @OptionGroup var casebook: CasebookOptions

  @Option(help: "How certain the species is: certain, probable, possible or unidentifiable.") var species: String?
  @Option(help: "overt, or covert where the goods are disguised.") var offer: String?
  @Option(help: "single, or lot for several specimens.") var lot: String?
  @Option(help: "The quantity as you understand it, such as '12 KIL' or '3 NO'; what is advertised stays beside it.")
  var quantity: String?
  @Option(help: "The documents that the seller claims, separated by commas; none-claimed for none.")
  var documents: String?
  @Option(help: "suspected or not-suspected.") var scam: String?
  @Option(help: "Admiralty grading of source and information, such as B2.") var grading: String?
  @Option(help: "The CITES term for the specimen, such as IVC.") var term: String?
  @Option(help: "The CITES source, such as W.") var source: String?
  @Option(help: "The CITES purpose, such as T.") var purpose: String?
  @Option(help: "The team's own words, with blanks between them, such as 'ring-7 ask-anna'.") var tags: String?
  @Flag(help: "List all codes with their meanings and where they come from.") var codes = false

  private var given: [(Aspect, String)] {
    let options: [(Aspect, String?)] = [
      (.species, species), (.offer, offer), (.lot, lot), (.quantity, quantity), (.documents, documents), (.scam, scam),
      (.grading, grading), (.term, term), (.source, source), (.purpose, purpose), (.tags, tags),
    ]
    return options.compactMap { aspect, text in text.map { (aspect, $0) } }
  }

  func validate() throws {
    if listings.isEmpty, !codes { throw ValidationError("name at least one listing, or --codes") }
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let table: DescriptionCodes
      do throws(CodeListProblem) { table = try SharedTables().codes() } catch {
        Diagnostics.report(error.sentence)
        throw ExitCode(2)
      }
      if codes { return try Self.list(table, output) }
      let changes: [DescriptionChange]
      do throws(DescriptionProblem) {
        var read: [DescriptionChange] = []
        for (aspect, text) in given { read.append(try table.read(text, aspect)) }
        changes = read
      } catch {
        throw ValidationError(error.sentence)
      }
      guard casebook.exists else { throw CasebookError.noSuchFile(path: casebook.path) }
      try casebook.withOpened { book in
        let statuses = try book.statuses()
        let keys = try Self.keys(listings, statuses, path: casebook.path)
        guard !changes.isEmpty else {
          for key in keys { try output.lines(Self.lines(key, statuses[key]?.status ?? .none, table)) }
          return
        }
        let applied = try book.apply(.describe(changes, for: keys), at: SystemClock.now())
        let after = try book.statuses()
        for key in keys { try output.lines(Self.lines(key, after[key]?.status ?? .none, table)) }
        Diagnostics.report(
          "\(keys.count == 1 ? "1 listing" : "\(keys.count) listings") described, events \(applied.events.lowerBound) to \(applied.events.upperBound)"
        )
      }
    }
  }

  /// The listings that are meant.
  ///
  /// Fails:  for a text that no key of the casebook begins with, or several.
  private static func keys(
    _ named: [String], _ statuses: [ListingKey: FiledStatus], path: String
  ) throws -> [ListingKey] {
    var keys: [ListingKey] = []
    for text in named {
      let exact = ListingKey(text)
      let found = statuses[exact] != nil ? [exact] : statuses.keys.filter { $0.text.hasPrefix(text) }.sorted()
      guard let key = found.first, found.count == 1 else {
        throw ValidationError(
          found.isEmpty
            ? "\(text): \(path) has no such listing; decide it, or write a note on it, first"
            : "\(text): \(found.count) listings begin so, \(found[0].text) and \(found[1].text) among them; write more of the key"
        )
      }
      if !keys.contains(key) { keys.append(key) }
    }
    return keys
  }

  /// What is stated of a listing, as text.
  private static func lines(_ key: ListingKey, _ status: ReviewStatus, _ codes: DescriptionCodes) -> [String] {
    [key.text]
      + Aspect.allCases.map { aspect in
        guard let stated = status.description[aspect] else { return "    \(aspect.name): not stated" }
        let meaning = codes.meaning(of: stated.value, aspect).map { ", \($0)" } ?? ""
        return "    \(aspect.name): \(stated.value)\(meaning) (\(stated.by))"
      }
  }

  /// All codes.
  private static func list(_ codes: DescriptionCodes, _ output: Output) throws {
    for aspect in Aspect.allCases where !aspect.words.isEmpty {
      try output.line("\(aspect.name)")
      for code in codes.choices(aspect) { try output.line("    \(code.code)  \(code.meaning)") }
    }
    for name in DescriptionCodes.Name.allCases {
      let list = codes[name]
      try output.line("\(name.rawValue), as of \(list.asOf): \(list.source)")
      for code in list.codes { try output.line("    \(code.code)  \(code.meaning)") }
    }
  }
}
