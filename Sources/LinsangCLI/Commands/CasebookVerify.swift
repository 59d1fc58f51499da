import ArgumentParser
import CaseStore
import Casework
import SmallFormats

extension CasebookCommand {
  /// `linsang casebook verify`
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the audit chain of the casebook, and every table against it.")
    @OptionGroup var casebook: CasebookOptions
    @OptionGroup var heads: HeadOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
      try Diagnostics.reportingErrors {
        try Self.verify(casebook.path, by: casebook.analystName, heads.question, json: json, $0)
      }
    }

    static func verify(
      _ path: String, by analyst: String, _ asked: HeadQuestion, json: Bool = false, _ output: Output
    ) throws {
      let book = try Casebook.open(path: path, analyst: analyst, access: .reading)
      let inspection = try book.inspect()
      // Heads say something about a chain that is whole in itself.
      let heads = inspection.chain.isWhole ? try HeadSearch(book, asked) : nil
      let report = CasebookReport(path: path, inspection: inspection, heads: heads)
      if json { try output.put(report.json.text + "\n") } else { try output.lines(report.lines) }
      if !report.isWhole { throw ExitCode(1) }
      HeadWitnesses.note(book, beside: false)
    }
  }
}

/// What `linsang casebook verify` says about a casebook.
struct CasebookReport {
  let path: String
  let inspection: CasebookInspection
  /// Nil where the chain is broken by itself.
  let heads: HeadSearch?

  /// Whether nothing speaks against the casebook.
  var isWhole: Bool { inspection.isWhole && heads?.agrees ?? false }

  /// For people. The first line says all that matters.
  var lines: [String] { [first] + findings + chains + (heads?.lines ?? []) + clock + unprovable }

  private var first: String {
    switch inspection.chain {
    case .broken(let line, let why): return "\(path): broken at event \(line): \(why)"
    case .whole(let head):
      let chain = "\(head.sequence) events, head \(head.hash)"
      guard let finding = inspection.findings.first else {
        return isWhole
          ? "\(path): intact, \(chain)"
          : "\(path): intact in itself, \(chain), but a head that was kept elsewhere says otherwise"
      }
      return "\(path): its chain is intact, \(chain), but \(finding.sentence)"
    }
  }

  /// The findings after the first.
  private var findings: [String] {
    let shown = inspection.chain.isWhole ? inspection.findings.dropFirst() : inspection.findings[...]
    let rest = inspection.findingCount - (inspection.findings.count - shown.count) - min(20, shown.count)
    return shown.prefix(20).map { "  " + $0.sentence } + (rest > 0 ? ["  … and \(rest) more"] : [])
  }

  /// The chains that came by merging.
  private var chains: [String] {
    inspection.chains.map {
      "  chain \(CasebookName.short(of: $0.token)) of casebook \($0.token): intact, \($0.head.sequence) events, head "
        + $0.head.hash
    }
  }

  private var clock: [String] {
    guard let event = inspection.clockBehind.first else { return [] }
    let count = inspection.clockBehindCount
    return [
      "  The clock went back: event \(event)\(count > 1 ? " and \(count - 1) more say" : " says") a time before that of the "
        + "event before. The order is that of the chain."
    ]
  }

  /// What the events say nothing about.
  private var unprovable: [String] {
    guard isWhole else { return [] }
    let left = inspection.unprovable
    let parts = [
      (left.words, "the words of {} listings decided with an older version"),
      (left.reservedPackets, "{} packet numbers that were never used"),
      (left.leftPieces, "{} pieces of sightings left of an interrupted recording"),
      (left.positions, "{} positions in files"),
    ].filter { $0.0 > 0 }.map { $0.1.replacing("{}", with: Digits.grouped($0.0)) }
    guard !parts.isEmpty else { return [] }
    return ["  No event speaks for or against \(parts.joined(separator: ", "))."]
  }

  /// The same for programs.
  var json: JSONValue {
    var values: [String: JSONValue] = [
      "casebook": .text(path), "whole": .truth(isWhole),
      "findings": .list(inspection.findings.map(Self.json)), "finding_count": .number(inspection.findingCount),
      "chains": .list(
        inspection.chains.map {
          .map(["casebook": .text($0.token), "events": .number($0.head.sequence), "head": .text($0.head.hash)])
        }),
      "clock_behind": .number(inspection.clockBehindCount),
      "unprovable": .map([
        "words": .number(inspection.unprovable.words),
        "reserved_packets": .number(inspection.unprovable.reservedPackets),
        "left_pieces": .number(inspection.unprovable.leftPieces), "positions": .number(inspection.unprovable.positions),
      ]),
    ]
    values["heads"] = heads?.json ?? .null
    switch inspection.chain {
    case .whole(let head):
      values["events"] = .number(head.sequence)
      values["head"] = .text(head.hash)
    case .broken(let line, let why): values["broken"] = .map(["event": .number(line), "why": .text("\(why)")])
    }
    return .map(values)
  }

  private static func json(_ finding: TableFinding) -> JSONValue {
    .map([
      "table": .text(finding.table), "key": .text(finding.key), "event": finding.event.map { .number($0) } ?? .null,
      "what": .text(finding.sentence),
    ])
  }
}
