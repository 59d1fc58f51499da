import ArgumentParser
import Casework
import Foundation
import SmallFormats

extension CasesCommand {
  /// `linsang cases report --year 2026 [--json|--csv]`
  struct Report: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the year's report of a trusted flagger on its notices to platforms.",
      discussion: """
        Regulation (EU) 2022/2065, Article 22(3): the number of notices by provider, by kind of content and by what the provider \
        did. A notice is a packet that was recorded as sent to a recipient that is a platform. The explanation of how you keep \
        your independence is yours: name a file with it, or the report says that it is missing. Nothing in it is personal data.

        Exit status: 0 done · 1 there is no notice of that year · 2 failed.
        """)
    @OptionGroup var casebook: CasebookOptions

    @Option(help: "The year in which the notices were sent.")
    var year: Int

    @Option(help: ArgumentHelp("A text file that explains how you keep your independence.", valueName: "file"))
    var independence: String?

    @Flag var form: Form = .text

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let words = try independence.map { try String(contentsOfFile: $0, encoding: .utf8) }
        let report = NoticeReport(try casebook.caseBoard(), year: year)
        let written = WrittenReport(report: report, independence: words)
        switch form {
        case .text: try output.lines(written.text)
        case .json: try output.put(written.json.text + "\n")
        case .csv: try written.writeCSV(output)
        }
        if words == nil {
          Diagnostics.report(
            "the explanation of your independence is left out; Article 22(3) asks for it: name a file with --independence"
          )
        }
        guard report.total.notices == 0 else { return }
        Diagnostics.report("\(casebook.path): no notice to a platform was recorded as sent in \(year)")
        throw ExitCode(1)
      }
    }
  }
}

/// The report of a year, as text, JSON and CSV.
struct WrittenReport {
  let report: NoticeReport
  /// In the flagger's own words; nil where they are left out.
  let independence: String?

  private static let basis = "Regulation (EU) 2022/2065, Article 22(3)"
  private static let missing = "Left out. Article 22(3) asks for it, in the flagger's own words."

  private var parts: [(name: String, title: String, groups: [NoticeReport.Group])] {
    [
      ("provider", "by provider", report.byProvider), ("category", "by kind of content", report.byCategory),
      ("response", "by what the provider did", report.byResponse), ("all", "all", [report.total]),
    ]
  }

  // MARK: Text

  var text: [String] {
    var lines = [
      "Notices to platforms in \(report.year), \(Self.basis)", "As known on \(report.day).", "",
      "A notice is one packet sent to one provider. A listing is removed if a later scrape of its platform lacks it or somebody "
        + "saw that it is gone; online if it was there when it was last looked for; not known if nobody looked. Refused are those that the provider "
        + "declined to remove, whatever became of them.",
    ]
    for part in parts {
      lines += ["", part.title]
      lines += Self.table(part.groups)
    }
    let (distinct, withdrawn) = (Digits.grouped(report.distinctListings), Digits.grouped(report.withdrawn))
    lines.append("")
    lines.append("Different listings notified: \(distinct). Notices withdrawn later: \(withdrawn), counted above.")
    lines += ["", "Procedures that ensure independence"]
    let words = independence?.trimmingCharacters(in: .whitespacesAndNewlines) ?? Self.missing
    return lines + words.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private static let columns = ["notices", "listings", "removed", "online", "not known", "refused"]

  private static func numbers(_ group: NoticeReport.Group) -> [Int] {
    let listings = group.listings
    return [group.notices, listings.all, listings.removed, listings.online, listings.unknown, listings.refused]
  }

  private static func table(_ groups: [NoticeReport.Group]) -> [String] {
    let width = max(24, groups.map(\.name.count).max() ?? 0)
    let heading = "  ".rightPadded(width + 2) + columns.map { $0.leftPadded(11) }.joined()
    return [heading]
      + groups.map { group in
        ("  " + group.name).rightPadded(width + 2)
          + numbers(group).map { Digits.grouped($0).leftPadded(11) }.joined()
      }
  }

  // MARK: JSON

  var json: JSONValue {
    .map([
      "year": .number(report.year), "as_of": .text(report.day.description), "basis": .text(Self.basis),
      "by_provider": .list(report.byProvider.map(Self.json)), "by_category": .list(report.byCategory.map(Self.json)),
      "by_response": .list(report.byResponse.map(Self.json)), "total": Self.json(report.total),
      "distinct_listings": .number(report.distinctListings), "withdrawn": .number(report.withdrawn),
      "independence": .optional(independence),
    ])
  }

  private static func json(_ group: NoticeReport.Group) -> JSONValue {
    let names = ["notices", "listings", "removed", "online", "not_known", "refused"]
    var map = Dictionary(uniqueKeysWithValues: zip(names, numbers(group).map { JSONValue.number($0) }))
    map["name"] = .text(group.name)
    return .map(map)
  }

  // MARK: CSV

  func writeCSV(_ output: Output) throws(OutputError) {
    try output.put(
      SpreadsheetCSV.line(
        ["year", "as_of", "by", "name", "notices", "listings", "removed", "online", "not_known", "refused"]))
    for part in parts {
      for group in part.groups {
        try output.put(
          SpreadsheetCSV.line(
            [String(report.year), report.day.description, part.name, group.name] + Self.numbers(group).map(String.init))
        )
      }
    }
  }
}
