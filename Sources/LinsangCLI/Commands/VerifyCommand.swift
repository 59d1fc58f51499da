import ArgumentParser
import CaseStore
import Casework
import Foundation
import Packets

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
  }
}
