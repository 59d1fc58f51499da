import ArgumentParser
import CaseStore
import Casework
import Foundation
import Listings
import Packets
import SmallFormats
import Workspace

/// `linsang casebook log|verify|head|export|backup|merge|disagreements|agreement|rescue`
struct CasebookCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "casebook", abstract: "Read and check the casebook: every verdict, who gave it and when.",
    subcommands: [
      Log.self, Verify.self, Head.self, Export.self, Backup.self, Merge.self, Disagreements.self,
      MeasureAgreement.self, RescueDecisions.self,
    ])
}

extension CasebookCommand {
  /// `linsang casebook rescue RESCUE --into CASEBOOK`
  struct RescueDecisions: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "rescue",
      abstract: "File the decisions of a rescue file into a casebook.",
      discussion: """
        When a casebook is deleted, replaced or truncated while it is open, the decisions are kept in a file beside it, \
        NAME.rescue-….jsonl. Decisions that the casebook already holds, and listings decided again since, are left as \
        they are, so the same file may be filed twice.
        """)

    @Argument(help: "The rescue file.")
    var file: String

    @Option(name: .customLong("into"), help: "The casebook to file into; created if it does not exist.")
    var casebook: String

    @Option(help: "Who files them; signs every event. Default: $LINSANG_ANALYST, else the login name.")
    var analyst: String?

    func run() throws {
      try Diagnostics.reportingErrors { output in
        guard let text = try? String(contentsOfFile: file, encoding: .utf8), let rescue = Rescue(text: text) else {
          Diagnostics.report("\(file) is not a rescue file. Nothing was changed; name a NAME.rescue-….jsonl file.")
          throw ExitCode(2)
        }
        var options = CasebookOptions()
        (options.casebook, options.analyst) = (casebook, analyst)
        let filed = try options.withOpened { book in
          try book.file(rescue.decisions, from: rescue.source, at: SystemClock.now())
        }
        try output.line("\(casebook): \(filed.sentence)")
        try output.flush()
        guard rescue.unreadableLines.isEmpty else {
          let lines = rescue.unreadableLines.prefix(5).map(String.init).joined(separator: ", ")
          Diagnostics.report(
            "\(file) holds \(rescue.unreadableLines.count) line(s) that are not decisions (line \(lines)). The others were "
              + "filed; the file was not changed.")
          throw ExitCode(1)
        }
      }
    }
  }
}

/// `linsang verify PACKET|CASEBOOK`
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that a packet folder or a casebook is as it was written.")

  @Argument(help: "A packet's folder or a casebook file.")
  var path: String

  func run() throws {
    try Diagnostics.reportingErrors { output in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        Diagnostics.report("\(path) does not exist. Nothing was checked; name a packet's folder or a casebook file.")
        throw ExitCode(2)
      }
      if isFolder.boolValue { return try verifyPacket(output) }
      var options = CasebookOptions()
      (options.casebook, options.analyst) = (path, nil)
      try CasebookCommand.Verify.verify(path, by: options.analystName, HeadQuestion(), output)
    }
  }

  private func verifyPacket(_ output: Output) throws {
    let findings = PacketCheck.check(path)
    for finding in findings { try output.line(finding.sentence) }
    guard findings.isEmpty else {
      Diagnostics.report("\(path) is not as it was written: \(findings.count) finding\(findings.count == 1 ? "" : "s")")
      throw ExitCode(1)
    }
    try output.line(
      "\(path): complete; every checksum and the audit chain match. This shows that nothing has changed, not who wrote it."
    )
    if let cited = PacketCheck.filesRead(for: path) { try output.line(Self.comparison(cited)) }
  }

  /// Whether this machine's lexicons and taxon tables are those that the packet was read with. This is for information
  /// only: a packet stays valid when lexicons change.
  private static func comparison(_ cited: [PacketCheck.CitedName]) -> String {
    func isRelevant(_ file: PacketCheck.CitedName) -> Bool {
      [CitedFile.Role.lexicon, .exclusions, .taxonTable].contains { $0.rawValue == file.role }
    }
    let then = Set(cited.filter(isRelevant))
    guard !then.isEmpty else { return "It was read without lexicons and taxon tables." }
    let now = Set(LexiconLoader().filesInForce.map(\.citedName).filter(isRelevant))
    func count(_ role: CitedFile.Role) -> Int { then.count { $0.role == role.rawValue } }
    let read = "It was read with \(count(.lexicon)) lexicons and \(count(.taxonTable)) taxon tables"
    if then == now { return read + ", the same as on this machine today." }
    let missing = Set(then.subtracting(now).map(\.name))
    let new = Set(now.subtracting(then).map(\.name))
    let lists = [
      ("with other content", missing.intersection(new)), ("not here", missing.subtracting(new)),
      ("only here", new.subtracting(missing)),
    ]
    let words = lists.filter { !$0.1.isEmpty }.map { "\($0.0): \(named($0.1))" }.joined(separator: "; ")
    return read + "; today's differ (\(words)), so its listings might be read differently."
  }

  private static func named(_ names: Set<String>) -> String {
    let shown = names.sorted().prefix(5).joined(separator: ", ")
    return names.count > 5 ? shown + " and \(names.count - 5) more" : shown
  }
}
