import ArgumentParser
import CaseStore
import Casework
import SmallFormats

extension CasebookCommand {
  /// `linsang casebook verify`
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check the audit chain of the casebook, every table against it, and the files that were attached.")
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
      let files = inspection.chain.isWhole ? try book.inspectEvidence() : nil
      let report = CasebookReport(path: path, inspection: inspection, heads: heads, files: files)
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
  /// The files that were attached; nil where the chain is broken by itself.
  let files: EvidenceInspection?

  /// Whether nothing speaks against the casebook and the files attached to its listings.
  var isWhole: Bool { isCasebookWhole && files?.problems.isEmpty ?? true }

  /// Whether nothing speaks against the casebook itself.
  private var isCasebookWhole: Bool { inspection.isWhole && heads?.agrees ?? false }

  /// For people. The first line says all that matters.
  var lines: [String] { [first] + findings + evidence + chains + (heads?.lines ?? []) + clock + unprovable }

  /// The attached files: how many are whole, and which are not.
  private var evidence: [String] {
    guard let files, files.files > 0 || !files.surplus.isEmpty else { return [] }
    let count = "\(Digits.grouped(files.files)) attached file\(files.files == 1 ? "" : "s")"
    let first =
      files.problems.isEmpty
      ? "  \(count), \(Digits.grouped(files.bytes)) bytes: each as it was attached"
      : "  \(count), of which \(Digits.grouped(files.problems.count)) are not as they were attached; all else is unharmed:"
    let problems = files.problems.prefix(50).map { "    " + $0.clause }
    let more = files.problems.count > 50 ? ["    … and \(files.problems.count - 50) more"] : []
    let surplus =
      files.surplus.isEmpty
      ? []
      : [
        "  Of \(files.surplus.count) more in the folder of evidence no event speaks: "
          + files.surplus.prefix(3).joined(separator: ", ") + (files.surplus.count > 3 ? ", …" : "")
      ]
    return (files.files > 0 ? [first] : []) + problems + more + surplus
  }

  private var first: String {
    switch inspection.chain {
    case .broken(let line, let why): return "\(path): broken at event \(line): \(why)"
    case .whole(let head):
      let chain = "\(head.sequence) events, head \(head.hash)"
      guard let finding = inspection.findings.first else {
        return isCasebookWhole
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
      (left.words, "the titles, addresses and places in files that are kept of {} listings"),
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
      "clock_behind": .number(inspection.clockBehindCount), "evidence": evidenceJSON,
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

  private var evidenceJSON: JSONValue {
    guard let files else { return .null }
    return .map([
      "files": .number(files.files), "bytes": .number(files.bytes), "surplus": .number(files.surplus.count),
      "problems": .list(
        files.problems.map { problem in
          .map([
            "listing": .text(problem.attached.listing.text), "sha256": .text(problem.attached.attachment.digest),
            "name": .text(problem.attached.attachment.originalName), "event": .number(problem.attached.number),
            "what": .text(problem.clause),
          ])
        }),
    ])
  }

  private static func json(_ finding: TableFinding) -> JSONValue {
    .map([
      "table": .text(finding.table), "key": .text(finding.key), "event": finding.event.map { .number($0) } ?? .null,
      "what": .text(finding.sentence),
    ])
  }
}
