import ArgumentParser
import CaseStore
import Casework
import Foundation
import Packets
import Workspace

/// `linsang verify PACKET|CASEBOOK`
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check a packet folder or a casebook: is everything as it was written?")

  @Argument(help: "A packet's folder or a casebook file.")
  var path: String

  func run() throws {
    try Failure.reported { output in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        Failure.say("There is no \(path). Nothing was checked; name a packet's folder or a casebook file.")
        throw ExitCode(2)
      }
      if isFolder.boolValue { try verifyPacket(output) } else { try CasebookCommand.Verify.verify(path, output) }
    }
  }

  private func verifyPacket(_ output: Output) throws {
    let findings = PacketCheck.check(path)
    for finding in findings { try output.line(finding.sentence) }
    guard findings.isEmpty else {
      Failure.say("\(path) is not as it was written: \(findings.count) finding\(findings.count == 1 ? "" : "s")")
      throw ExitCode(1)
    }
    try output.line(
      "\(path): complete, every checksum and the audit chain agree. This shows that nothing changed, not who wrote it.")
    if let cited = PacketCheck.filesRead(for: path) { try output.line(Self.comparison(cited)) }
  }

  /// Whether the lexicons and taxon tables of this machine are those that the packet was read with: information, since a
  /// packet stays what it is when lexicons go on.
  private static func comparison(_ cited: [PacketCheck.CitedName]) -> String {
    func matters(_ file: PacketCheck.CitedName) -> Bool {
      [CitedFile.Role.lexicon, .exclusions, .taxonTable].contains { $0.rawValue == file.role }
    }
    let then = Set(cited.filter(matters))
    guard !then.isEmpty else { return "It was read with no lexicon and no taxon table." }
    let now = Set(LexiconShelf().filesInForce.map(\.citedName).filter(matters))
    func count(_ role: CitedFile.Role) -> Int { then.count { $0.role == role.rawValue } }
    let read = "It was read with \(count(.lexicon)) lexicons and \(count(.taxonTable)) taxon tables"
    if then == now { return read + ", the same as are here today." }
    let gone = then.subtracting(now)
    let come = now.subtracting(then)
    let (goneNames, comeNames) = (Set(gone.map(\.name)), Set(come.map(\.name)))
    let lists = [
      ("with other content", goneNames.intersection(comeNames)), ("not here", goneNames.subtracting(comeNames)),
      ("only here", comeNames.subtracting(goneNames)),
    ]
    let words = lists.filter { !$0.1.isEmpty }.map { "\($0.0): \(named($0.1))" }.joined(separator: "; ")
    return read + "; today there are others (\(words)), so that its listings might be read differently."
  }

  private static func named(_ names: Set<String>) -> String {
    let shown = names.sorted().prefix(5).joined(separator: ", ")
    return names.count > 5 ? shown + " and \(names.count - 5) more" : shown
  }
}
