import ArgumentParser
import CodeWords
import Filters
import Foundation
import Intake
import Listings
import SmallFormats
import Tallies
import Taxa
import TextCells
import Workspace

/// `linsang counts FILE…`
struct CountsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "counts", abstract: "Count adverts as they are published: by platform, species, Appendix and week.",
    discussion: """
      Adverts, specimens and asked prices by platform and the country of its site, by species, by CITES Appendix, by the \
      country that sellers state, by currency and by week, with the verdicts, and a sheet that says how it was counted. A \
      listing that stands in several rows is one advert; rows are counted beside, and add up to what `stats` counts. For a \
      publication, count what was confirmed: --filter is:confirmed.

      Exit status: 0 done · 1 done, with problems in the files, or nothing matched · 2 failed.
      """)

  @Argument(help: "The files that hold the listings.", completion: .file())
  var files: [String]

  @OptionGroup var reading: ReadingOptions
  @OptionGroup var casebook: CasebookOptions
  @OptionGroup var lexicons: LexiconOptions

  @Option(help: "Count only the listings of this filter, such as is:confirmed.")
  var filter = ""

  @Option(
    name: .customLong("into"),
    help: ArgumentHelp(
      "Write a workbook, if the name ends in .xlsx, or else a new folder with a CSV file for each table.",
      valueName: "file|folder"))
  var target: String?

  @Flag(help: "Print JSON.") var json = false

  func run() throws {
    try Diagnostics.reportingErrors { output in
      let lexicons = lexicons.onDemand
      lexicons.begin()
      let opened = try BatchReading(files, reading)
      let dataset = opened.dataset
      var subject = FilterSubject(dataset)
      let statuses = casebook.isPresent ? try casebook.knownStatuses(in: dataset) : [:]
      for (row, key) in dataset.rows(of: statuses.keys) { subject.add(statuses[key] ?? .none, at: row) }
      let rows = try opened.rows(of: filter, subject: subject, verdicts: casebook, lexicons: lexicons)
      var taxa = RowTaxa(in: try lexicons.taxa())
      _ = taxa.turn(to: dataset, RowFlagging(try lexicons.compiled()).extend(over: dataset))
      let tables = ReferenceTables(folders: DataFolders().lexicons)
      let tallies = Tallies(
        of: dataset, among: rows,
        Tallies.Verdicts(
          confirmed: subject.confirmed, unsure: subject.unsure, falsePositive: subject.falsePositive), taxa: taxa,
        siteCountry: { tables.platforms.siteCountry(ofAddress: $0, platform: $1) })
      let counts = PublishedCounts(
        tallies: tallies, dataset: dataset, taxa: taxa.table, currencies: tables.currencies, filter: filter,
        casebook: casebook.isPresent ? casebook.path : nil)
      if let target {
        for path in try CountsFiles(counts, at: target).write() { try output.line(path) }
      } else if json {
        try output.put(counts.json.text + "\n")
      } else {
        try output.lines(counts.text)
      }
      try output.flush()
      try opened.finish(matched: rows.count > 0)
    }
  }
}

/// Counts as tables, for print, for spreadsheets and for programs.
struct PublishedCounts {
  typealias Cell = Workbook.Cell

  let tallies: Tallies
  let dataset: Dataset
  let taxa: TaxonTable
  let currencies: Currencies
  let filter: String
  /// The file with the verdicts; nil for none.
  let casebook: String?

  /// One table.
  struct Table {
    /// The name of its sheet and file.
    let name: String
    let columns: [String]
    var rows: [[Cell]]

    /// Without the columns that count nothing anywhere.
    fileprivate var withoutEmptyMeasures: Table {
      let kept = columns.indices.filter { column in
        !PublishedCounts.measures.contains(columns[column])
          || rows.contains { $0[column] != .number("0") && $0[column] != .empty }
      }
      return Table(name: name, columns: kept.map { columns[$0] }, rows: rows.map { row in kept.map { row[$0] } })
    }
  }

  var tables: [Table] { [summary, platforms, species, appendices, countries, prices, weeks, method] }

  // MARK: Tables

  fileprivate static let measures = [
    "adverts", "confirmed", "unsure", "false_positive", "unreviewed", "rows", "specimens", "adverts_with_quantity",
    "adverts_with_price_in_usd", "asked_price_usd",
  ]

  private func measures(_ tally: Tally) -> [Cell] {
    [tally.adverts, tally.confirmed, tally.unsure, tally.falsePositive, tally.unreviewed, tally.rows]
      .map { .number(String($0)) } + [
        tally.advertsWithQuantity > 0 ? .number(tally.specimens.text) : .empty,
        .number(String(tally.advertsWithQuantity)), .number(String(tally.advertsInDollars)),
        tally.advertsInDollars > 0 ? .number(tally.dollars.rounded) : .empty,
      ]
  }

  private var summary: Table {
    let total = tallies.total
    func number(_ count: Int) -> Cell { .number(String(count)) }
    func day(_ day: CalendarDay?) -> Cell { day.map { .text($0.description) } ?? .empty }
    return Table(
      name: "summary", columns: ["measure", "value"],
      rows: [
        [.text("adverts"), number(total.adverts)], [.text("confirmed"), number(total.confirmed)],
        [.text("unsure"), number(total.unsure)], [.text("false positive"), number(total.falsePositive)],
        [.text("unreviewed"), number(total.unreviewed)], [.text("rows of files"), number(total.rows)],
        [.text("platforms"), number(Set(tallies.platforms.map(\.site.platform)).subtracting([""]).count)],
        [.text("seller aliases, by platform"), number(tallies.sellers)],
        [.text("adverts without a seller alias"), number(tallies.advertsWithoutSeller)],
        [.text("taxa named"), number(tallies.taxa.count { $0.taxon != nil })],
        [.text("specimens, where the quantity is a number"), measures(total)[6]],
        [.text("adverts with such a quantity"), number(total.advertsWithQuantity)],
        [.text("first day, of posting or else of capture"), day(tallies.firstDay)],
        [.text("last day"), day(tallies.lastDay)],
        [.text("asked prices in USD, approximate"), measures(total)[9]],
        [.text("adverts with such a price"), number(total.advertsInDollars)],
      ])
  }

  private var platforms: Table {
    Table(
      name: "platforms", columns: ["platform", "site_country"] + Self.measures,
      rows: tallies.platforms.map { [Self.text($0.site.platform), Self.text($0.site.country)] + measures($0.tally) })
  }

  private var species: Table {
    Table(
      name: "species", columns: ["scientific_name", "rank", "cites_appendix", "china_level"] + Self.measures,
      rows: tallies.taxa.map { id, tally in
        guard let id else { return [.text("not known"), .empty, .empty, .empty] + measures(tally) }
        let taxon = taxa.taxon(id)
        return [
          .text(taxon.acceptedName), .text(taxon.rank.name), Self.text(taxon.cites?.text ?? ""),
          Self.text(taxon.china?.text ?? ""),
        ] + measures(tally)
      })
  }

  private var appendices: Table {
    Table(
      name: "appendices", columns: ["cites_appendix"] + Self.measures,
      rows: tallies.appendices.map {
        [.text(Self.appendix($0.levels))] + measures($0.tally)
      })
  }

  private var countries: Table {
    Table(
      name: "seller countries", columns: ["country_as_stated"] + Self.measures,
      rows: tallies.countries.map { [Self.text($0.name)] + measures($0.tally) })
  }

  private var prices: Table {
    Table(
      name: "prices",
      columns: [
        "currency", "adverts", "asked_price", "asked_price_usd", "units_per_usd", "rate_of", "rate_source",
      ],
      rows: tallies.currencies.map { group in
        let rate = currencies.rate(of: group.name)
        let sum = group.tally.values[group.name == "?" ? "" : group.name]?.sum
        return [
          .text(group.name.isEmpty ? "no price" : group.name == "?" ? "currency not known" : group.name),
          .number(String(group.tally.adverts)), sum.map { .number($0.text) } ?? .empty,
          group.tally.advertsInDollars > 0 ? .number(group.tally.dollars.rounded) : .empty,
          rate.map { .number($0.unitsPerDollar) } ?? .empty, Self.text(rate?.day ?? ""),
          Self.text(rate?.source ?? ""),
        ]
      })
  }

  private var weeks: Table {
    Table(
      name: "weeks", columns: ["monday"] + Self.measures,
      rows: tallies.weeks.map { [.text($0.monday?.description ?? "no date")] + measures($0.tally) })
  }

  private var method: Table {
    let rules = [
      ("advert", "a listing; where several rows show it, the first one speaks for it"),
      ("rows", "rows of files; they add up to what `linsang stats` counts"),
      (
        "specimens",
        "the sum of quantities that are bare numbers, as advertised; nothing is estimated for other adverts"
      ),
      ("asked price", "as advertised, neither negotiated nor paid"),
      (
        "USD", "at the rates in the table of prices, which are made for ordering and bands: approximate, no valuation"
      ),
      ("site country", "that of the site's address or platform in platforms.csv; empty for a global site"),
      (
        "species",
        "by words alone: the species field and the terms of lexicons; an advert that names several counts for each"
      ),
      (
        "appendix",
        "of what an advert names, by the taxon tables: several where taxa or populations differ; a reading of words, no "
          + "identification"
      ),
      ("week", "Monday to Sunday, by the day of posting, else of capture"),
    ]
    return Table(
      name: "method", columns: ["what", "how"],
      rows: rules.map { [.text($0.0), .text($0.1)] }
        + [
          [.text("filter"), .text(filter.isEmpty ? "none: all listings" : filter)],
          [.text("verdicts from"), .text(casebook ?? "no casebook")],
          [.text("taxon tables of"), .text(taxa.baseDay(of: .cites).map { "CITES as of \($0)" } ?? "none")],
        ]
        + dataset.sources.map {
          [.text("file"), .text("\($0.name), \($0.rows.count) rows, \($0.byteCount) bytes, \($0.reader.format)")]
        })
  }

  private static func appendix(_ levels: ListingLevels) -> String {
    levels.isEmpty ? "not known" : levels == .none ? "not listed" : levels.text(in: .cites)
  }

  private static func text(_ text: String) -> Cell { text.isEmpty ? .text("not known") : .text(text) }

  // MARK: Print

  /// The tables for a terminal, the longest ones cut.
  var text: [String] {
    tables.flatMap { table -> [String] in
      guard !table.rows.isEmpty else { return [] }
      let table = table.withoutEmptyMeasures
      let shown = table.rows.prefix(Self.shownRows).map { $0.map(Self.plain) }
      let isNumber = table.columns.indices.map { column in
        table.rows.contains { if case .number = $0[column] { true } else { false } }
      }
      let widths = table.columns.indices.map { column in
        min(([table.columns] + shown).map { $0[column].count }.max() ?? 0, 60)
      }
      func line(_ cells: [String]) -> String {
        zip(cells, zip(widths, isNumber)).map { cell, layout in
          layout.1 ? cell.leftPadded(layout.0) : cell.rightPadded(layout.0)
        }.joined(separator: "  ").trimmingEnd
      }
      let rest = table.rows.count - shown.count
      return (table.name == "summary" ? [] : ["", table.name]) + [line(table.columns)] + shown.map(line)
        + (rest > 0 ? ["… \(rest) more; --into writes all of them"] : [])
    }
  }

  private static let shownRows = 20

  private static func plain(_ cell: Cell) -> String { VisibleForm.visible(TableFile.text(cell)) }

  // MARK: JSON

  /// Every table as a list of maps; numbers with fractions are texts.
  var json: JSONValue {
    .map(
      Dictionary(
        uniqueKeysWithValues: tables.map { table in
          (
            table.name.replacing(" ", with: "_"),
            .list(
              table.rows.map { row in .map(Dictionary(uniqueKeysWithValues: zip(table.columns, row.map(Self.value)))) })
          )
        }))
  }

  private static func value(_ cell: Cell) -> JSONValue {
    switch cell {
    case .text(let text): .text(text)
    case .number(let digits): Int(digits).map { .number($0) } ?? .text(digits)
    case .empty: .null
    }
  }
}

/// Counts on disk: a workbook, or a folder of CSV files.
struct CountsFiles {
  private let counts: PublishedCounts
  private let path: String

  init(_ counts: PublishedCounts, at path: String) { (self.counts, self.path) = (counts, path) }

  /// Writes them, and returns what was written.
  ///
  /// Fails:  with a sentence and exit code 2; a file or folder that is there is never overwritten.
  func write() throws -> [String] {
    if path.lowercased().hasSuffix(".xlsx") {
      let sheets = counts.tables.map { Workbook.Sheet(name: $0.name, columns: $0.columns, rows: $0.rows) }
      try ExportedFile.write(try TableFile.workbook(sheets, at: path), to: path)
      return [path]
    }
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
    } catch {
      Diagnostics.report("\(path) could not be made: \(error.localizedDescription)")
      throw ExitCode(2)
    }
    return try counts.tables.map { table in
      let file = "\(path)/\(table.name.replacing(" ", with: "-")).csv"
      try ExportedFile.write(Array(TableFile.csv(table.columns, table.rows).utf8), to: file)
      return file
    }
  }
}
