import ArgumentParser
import CaseStore
import Listings
import Sightings
import SmallFormats

/// `linsang weeks FILE… [--json|--csv] [--changed] [--gone]`
struct WeeksCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weeks",
    abstract: "Tell what is new, changed, back or gone from one scrape to the next.",
    discussion: """
      The files are sorted into scrapes by the day on which their listings were captured, or else by the day in their \
      names, or else by their own time; --scrape names them yourself. Each platform is compared with its own scrapes \
      before. A listing is known again by its number, also the one in its address, or else by its address or its words. \
      With --casebook, scrapes that were recorded in it count as earlier ones, too.

      Exit status: 0 done · 1 done, with problems in the files · 2 a file could not be opened.
      """)

  @Argument(
    help: "The files of several scrapes, or folders with them, in any order; - is standard input.", completion: .file())
  var files: [String] = []

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions

  @Flag(help: "Keep the sightings of these files in the casebook, so that later scrapes are compared with them.")
  var record = false

  @Option(
    name: .customLong("scrape"),
    help: ArgumentHelp(
      "Name the scrape of all files, or with LABEL=FILE that of one file or folder, which is read too; may be given "
        + "several times then.", valueName: "label[=file]"))
  var labels: [String] = []

  @Flag(help: "How to print: text (the default), JSON, or CSV that is safe in spreadsheets.")
  var form: Form = .text

  @Flag(help: "List the listings that were never seen before too.")
  var new = false

  @Flag(help: "List the listings that changed too, with old and new values.")
  var changed = false

  @Flag(help: "List the listings that came back too.")
  var reappeared = false

  @Flag(help: "List the listings that are gone too.")
  var gone = false

  /// The output formats.
  enum Form: EnumerableFlag {
    case text, json, csv
  }

  func validate() throws { _ = try scrapeLabels() }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let labels = try scrapeLabels()
      let paths = labels.files(with: files)
      let opened = paths.isEmpty ? BatchReading() : try BatchReading(paths, reading, makesCells: true)
      let rows = ScrapeRows(opened.dataset) { labels.label(of: opened.dataset.sources[$0]) }
      for (source, other) in rows.repeated { Self.reportRepeated(source, other, opened.dataset) }
      let (sightings, words) = try compared(opened.dataset, rows)
      let wanted = WeeksListings(sightings, new: new, changed: changed, reappeared: reappeared, gone: gone)
      let summary = WeeksSummary(sightings, words: words)
      switch form {
      case .text: try output.lines(summary.lines + wanted.lines)
      case .json: try output.put(summary.json(with: wanted).text + "\n")
      case .csv: try wanted.isEmpty ? summary.writeCSV(output) : wanted.writeCSV(output)
      }
      try output.flush()
      try opened.finish()
    }
  }

  /// Whether a casebook was named, or is to be written.
  private var usesCasebook: Bool { casebook.casebook != nil || record }

  /// Compares the files with each other and with what is recorded, and records them if that is wanted.
  private func compared(_ dataset: Dataset, _ rows: ScrapeRows) throws -> (sightings: Sightings, words: String?) {
    guard usesCasebook else { return (Self.sightings(dataset, rows, []), nil) }
    if record {
      return try casebook.withOpened { book in
        let scrapes = try RecordedScrapes(book, dataset, hashesAll: true)
        let sightings = Self.sightings(dataset, rows, try scrapes.sightings())
        Diagnostics.report(try scrapes.record(sightings))
        return (sightings, scrapes.words)
      }
    }
    let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
    let scrapes = try RecordedScrapes(book, dataset, hashesAll: false)
    return (Self.sightings(dataset, rows, try scrapes.sightings()), scrapes.words)
  }

  private static func sightings(_ dataset: Dataset, _ rows: ScrapeRows, _ recorded: [RecordedSightings]) -> Sightings {
    guard let sightings = Sightings.of(dataset, rows, recorded: recorded) else {
      preconditionFailure("nobody cancels this")
    }
    return sightings
  }

  private static func reportRepeated(_ source: Int, _ other: Int, _ dataset: Dataset) {
    Diagnostics.report(
      "\(dataset.sources[source].name) has the same bytes as \(dataset.sources[other].name) and adds nothing")
  }

  private func scrapeLabels() throws -> ScrapeLabels {
    var found = ScrapeLabels()
    for text in labels {
      let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard !parts[0].allSatisfy(\.isWhitespace), parts.last?.isEmpty == false else {
        throw ValidationError("--scrape \(text): write a label, or label=file")
      }
      if parts.count == 2 {
        found.ofFiles.append((parts[0], parts[1]))
      } else if found.ofAll == nil {
        found.ofAll = parts[0]
      } else {
        throw ValidationError("--scrape \(text): only one label can be that of all files; write label=file")
      }
    }
    guard !files.isEmpty || !found.ofFiles.isEmpty || casebook.casebook != nil else {
      throw ValidationError(
        "Missing expected argument '<files> ...': name the files of a scrape, or a casebook that has some")
    }
    return found
  }
}

/// The labels that a person gave to scrapes.
struct ScrapeLabels {
  /// The label of every file that has none of its own.
  var ofAll: String?
  /// The labels of single files and folders, as named.
  var ofFiles: [(label: String, path: String)] = []

  /// All files to open: those named with labels follow the others.
  func files(with others: [String]) -> [String] {
    others + ofFiles.map(\.path).filter { !others.contains($0) }
  }

  /// The label of an opened file: that of the longest path that names it or a folder it is in.
  func label(of source: SourceFile) -> String? {
    let path = ShortNames.split(source.name).path
    let own = ofFiles.filter { path == $0.path || path.hasPrefix($0.path.hasSuffix("/") ? $0.path : $0.path + "/") }
    return own.max { $0.path.utf8.count < $1.path.utf8.count }?.label ?? ofAll
  }
}
