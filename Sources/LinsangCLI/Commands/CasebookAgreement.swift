import Agreement
import ArgumentParser
import CaseStore
import Casework
import Listings
import SmallFormats

extension CasebookCommand {
  /// `linsang casebook agreement`
  struct MeasureAgreement: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "agreement",
      abstract: "Measure how well analysts agree.",
      discussion: """
        Compares the first verdict of each analyst on every listing that two or more judged: the share of agreement, Cohen's \
        kappa, Krippendorff's alpha and Gwet's AC1, with confidence intervals, and what they differ on. Undone verdicts do not \
        count, nor do verdicts on a listing that changed in between.
        """)
    @OptionGroup var casebook: CasebookOptions

    @Flag(help: "Only verdicts that were given without seeing the other analyst's.")
    var blind = false

    @Option(help: "Only listings of this platform.")
    var platform: String?

    @Flag(help: "Print JSON, with all digits.")
    var json = false

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let book = try Casebook.open(path: casebook.path, analyst: casebook.analystName, access: .reading)
        let report = AgreementReport(AnalystRatings(try book.reviews(), of: try keys(in: book)), isBlind: blind)
        if json {
          try output.put(report.json(blind: blind, platform: platform).text + "\n")
        } else {
          try output.lines(report.lines)
        }
        guard report.isEmpty else { return }
        let seen = blind ? " without seeing each other's verdict" : ""
        let place = platform.map { " of \($0)" } ?? ""
        Diagnostics.report(
          "\(casebook.path): no listing\(place) was judged by two analysts\(seen). Nothing can be compared.")
        throw ExitCode(1)
      }
    }

    /// The listings of the platform; nil for all.
    private func keys(in book: Casebook) throws -> Set<ListingKey>? {
      guard let platform else { return nil }
      let name = platform.lowercased()
      return Set(try book.decidedListings().filter { $0.platform.lowercased() == name }.map(\.key))
    }
  }
}

/// How well analysts agree, two by two and all together.
struct AgreementReport {
  /// Two analysts.
  struct Pair {
    let analysts: [String]
    let table: PairTable
    let alpha: Estimate?
    let ac1: Estimate?
  }

  let analysts: [String]
  let pairs: [Pair]
  let all: RatingMatrix

  init(_ ratings: AnalystRatings, isBlind: Bool) {
    analysts = ratings.analysts
    all = ratings.all(isBlind: isBlind)
    let numbers = ratings.analysts.indices
    pairs = numbers.flatMap { one in
      numbers.filter { $0 > one }.map { other in
        let both = ratings.ratings(of: one, and: other, isBlind: isBlind)
        return Pair(
          analysts: [one, other].map { ratings.analysts[$0] }, table: both.table(of: 0, and: 1),
          alpha: both.krippendorffsAlpha, ac1: both.gwetsAC1)
      }
    }
  }

  /// Whether no two analysts judged the same listing.
  var isEmpty: Bool { all.unitCount == 0 }

  // MARK: Text

  private static let level = 0.95
  private static let verdicts = ["confirmed", "false positive", "unsure"]

  var lines: [String] {
    if isEmpty { return [] }
    var lines = pairs.flatMap(Self.lines)
    if analysts.count > 2 {
      lines += [
        "all \(analysts.count) analysts, on \(Self.counted(all.unitCount)) that two or more judged",
        Self.line("Conger's kappa", all.congersKappa, Self.oneVerdict),
        Self.line("Krippendorff's alpha", all.krippendorffsAlpha, Self.oneVerdict),
        Self.line("Gwet's AC1", all.gwetsAC1, ""), "",
      ]
    }
    return lines + Self.footnotes
  }

  private static func lines(_ pair: Pair) -> [String] {
    let (one, other) = (pair.analysts[0], pair.analysts[1])
    guard let share = pair.table.observedAgreement else {
      return ["\(one) and \(other) have judged no listing in common", ""]
    }
    let shared = pair.table.unitCount
    return [
      "\(one) and \(other) both judged \(counted(shared)) and agree on \(Digits.grouped(pair.table.agreeing)) (\(percent(share)))",
      line("Cohen's kappa", pair.table.cohensKappa, oneVerdict), line("Krippendorff's alpha", pair.alpha, oneVerdict),
      line("Gwet's AC1", pair.ac1, ""),
    ] + table(pair) + [""]
  }

  private static let oneVerdict = "all verdicts are the same one"

  /// What the first analyst said, line by line, and the second, column by column.
  private static func table(_ pair: Pair) -> [String] {
    let left = 4 + max(verdicts.map(\.count).max() ?? 0, pair.analysts[0].count) + 2
    return [
      "".rightPadded(left) + pair.analysts[1],
      "    \(pair.analysts[0])".rightPadded(left) + verdicts.joined(separator: "  "),
    ]
      + verdicts.indices.map { row in
        let counts = verdicts.indices.map { Digits.grouped(pair.table[row, $0]).leftPadded(verdicts[$0].count) }
        return "    \(verdicts[row])".rightPadded(left) + counts.joined(separator: "  ")
      }
  }

  private static func line(_ name: String, _ estimate: Estimate?, _ why: String) -> String {
    let start = "  " + name.rightPadded(22)
    guard let estimate else { return start + "undefined: \(why)" }
    guard let interval = estimate.interval(level: level) else {
      return start + decimal(estimate.value) + ", no interval from a single listing"
    }
    return start
      + "\(decimal(estimate.value)), 95 % interval \(decimal(interval.lowerBound)) to \(decimal(interval.upperBound))"
  }

  private static let footnotes = [
    "1 is perfect agreement, 0 is what chance gives. Where nearly all listings get",
    "the same verdict, kappa and alpha are low although analysts nearly always agree:",
    "read them beside the share of agreement and AC1. An interval without width means",
    "that nothing varies, and not that the figure is certain.",
  ]

  private static func counted(_ listings: Int) -> String {
    "\(Digits.grouped(listings)) listing\(listings == 1 ? "" : "s")"
  }

  private static func percent(_ share: Double) -> String { decimals(share * 100, 1) + " %" }

  private static func decimal(_ number: Double) -> String { decimals(number, 3) }

  private static func decimals(_ number: Double, _ places: Int) -> String {
    let scale = (0..<places).reduce(1) { scale, _ in scale * 10 }
    let rounded = Int((number * Double(scale)).rounded())
    let (whole, part) = rounded.magnitude.quotientAndRemainder(dividingBy: UInt(scale))
    return (rounded < 0 ? "-" : "") + "\(whole)." + Digits.padded(Int(part), places)
  }

  // MARK: JSON

  func json(blind: Bool, platform: String?) -> JSONValue {
    .map([
      "blind": .truth(blind), "platform": .optional(platform), "level": .decimal(Self.level),
      "analysts": .list(analysts.map { .text($0) }), "pairs": .list(pairs.map(Self.json)),
      "all": .map([
        "listings": .number(all.unitCount), "kappa": Self.json(all.congersKappa),
        "alpha": Self.json(all.krippendorffsAlpha), "ac1": Self.json(all.gwetsAC1),
      ]),
    ])
  }

  private static func json(_ pair: Pair) -> JSONValue {
    .map([
      "analysts": .list(pair.analysts.map { .text($0) }), "listings": .number(pair.table.unitCount),
      "agreeing": .number(pair.table.agreeing),
      "agreement": pair.table.observedAgreement.map { .measure($0) } ?? .null,
      "kappa": json(pair.table.cohensKappa), "alpha": json(pair.alpha), "ac1": json(pair.ac1),
      // By the first analyst's verdict, then by the second's.
      "verdicts": .map(
        cells { row in
          .map(cells { column in .number(pair.table[row, column]) })
        }),
    ])
  }

  private static func cells(_ value: (Int) -> JSONValue) -> [String: JSONValue] {
    Dictionary(uniqueKeysWithValues: Verdict.allCases.enumerated().map { ($1.rawValue, value($0)) })
  }

  /// Null where it cannot be calculated.
  private static func json(_ estimate: Estimate?) -> JSONValue {
    guard let estimate else { return .null }
    let interval = estimate.interval(level: level)
    return .map([
      "value": .measure(estimate.value), "standard_error": estimate.standardError.map { .measure($0) } ?? .null,
      "interval": interval.map { .list([.measure($0.lowerBound), .measure($0.upperBound)]) } ?? .null,
    ])
  }
}
