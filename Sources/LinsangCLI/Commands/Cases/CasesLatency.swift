import ArgumentParser
import Casework
import SmallFormats
import Survival

extension CasesCommand {
  /// `linsang cases latency [--json|--csv]`
  struct Latency: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Tell how long notified listings stayed online, by platform.",
      discussion: """
        Counts from the day on which a notice was sent to a platform to the first day by which the listing was gone, as later \
        scrapes of the platform or a person's word have it. Listings that are still online count as long as they were seen \
        (Kaplan-Meier); those of which nothing is known are only counted.

        Exit status: 0 done · 1 there is nothing to tell from · 2 failed.
        """)
    @OptionGroup var casebook: CasebookOptions
    @Flag var form: Form = .text

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let board = try casebook.caseBoard()
        let report = LatencyReport(board)
        switch form {
        case .text: try output.lines(report.text)
        case .json: try output.put(report.json.text + "\n")
        case .csv: try report.writeCSV(output)
        }
        guard report.isEmpty else { return }
        Diagnostics.report(
          "\(casebook.path): nothing is known of any listing since a notice was sent to its platform. Record that it was sent "
            + "(`linsang cases record PACKET sent`), and the next scrapes (`linsang weeks --record`).")
        throw ExitCode(1)
      }
    }
  }
}

/// How long notified listings stayed, by platform.
struct LatencyReport {
  /// One platform.
  struct Part {
    let takedowns: PlatformTakedowns
    let curve: SurvivalCurve
  }

  let day: CalendarDay
  let parts: [Part]

  init(_ board: CaseBoard) {
    day = board.day
    parts = board.takedowns.map { takedowns in
      Part(
        takedowns: takedowns,
        curve: SurvivalCurve(takedowns.stays.map { .init(time: Double($0.days), hasEnded: $0.isRemoved) }))
    }
  }

  var isEmpty: Bool { parts.allSatisfy { $0.curve.count == 0 } }

  // MARK: Text

  var text: [String] {
    if isEmpty { return [] }
    return ["days from the notice until a listing was gone, as of \(day)"] + parts.flatMap(Self.text)
      + ["", "at risk: listings that were neither gone nor lost from sight before that day"]
  }

  private static func text(_ part: Part) -> [String] {
    let (curve, platform) = (part.curve, part.takedowns.platform)
    let counts =
      "\(curve.endedCount) of \(curve.count) listings gone, \(curve.count - curve.endedCount) still online, "
      + "\(part.takedowns.unknown) not known"
    guard let first = curve.steps.first else { return ["", "\(platform): \(counts)"] }
    let last = curve.steps.last ?? first
    let median =
      curve.median.map { "median \(days($0))" }
      ?? "no median: \(percent(last.survival)) were still there after \(days(last.time))"
    let interval = curve.medianInterval.map { interval in
      ", 95 % interval \(number(interval.low)) to \(interval.high.map(number) ?? "unknown")"
    }
    return ["", "\(platform): \(counts)", "  \(median)\(curve.median == nil ? "" : interval ?? "")"]
      + ["  days  at risk  gone  still online"]
      + curve.steps.map { step in
        "  \(number(step.time).leftPadded(4))  \(String(step.atRisk).leftPadded(7))  \(String(step.ended).leftPadded(4))  "
          + percent(step.survival).leftPadded(12)
      }
  }

  private static func days(_ time: Double) -> String { "\(number(time)) day\(time == 1 ? "" : "s")" }
  private static func number(_ time: Double) -> String { String(Int(time)) }
  private static func percent(_ share: Double) -> String {
    let tenths = Int((share * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10) %"
  }

  // MARK: JSON

  var json: JSONValue {
    .map(["as_of": .text(day.description), "unit": .text("days"), "platforms": .list(parts.map(Self.json))])
  }

  private static func json(_ part: Part) -> JSONValue {
    let curve = part.curve
    let interval = curve.medianInterval
    return .map([
      "platform": .text(part.takedowns.platform), "listings": .number(curve.count),
      "removed": .number(curve.endedCount), "still_online": .number(curve.count - curve.endedCount),
      "not_known": .number(part.takedowns.unknown), "median": curve.median.map { .measure($0) } ?? .null,
      "median_low": interval.map { .measure($0.low) } ?? .null,
      "median_high": interval?.high.map { .measure($0) } ?? .null,
      "survival": .list(
        curve.steps.map { step in
          .map([
            "days": .measure(step.time), "at_risk": .number(step.atRisk), "removed": .number(step.ended),
            "survival": .measure(step.survival), "standard_error": .measure(step.standardError),
          ])
        }),
    ])
  }

  // MARK: CSV

  func writeCSV(_ output: Output) throws(OutputError) {
    try output.put(SpreadsheetCSV.line(["platform", "days", "at_risk", "removed", "survival", "standard_error"]))
    for part in parts {
      for step in part.curve.steps {
        try output.put(
          SpreadsheetCSV.line([
            part.takedowns.platform, Self.number(step.time), String(step.atRisk), String(step.ended),
            String(step.survival), String(step.standardError),
          ]))
      }
    }
  }
}
