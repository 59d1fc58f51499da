import ArgumentParser
import CaseFiles
import CaseStore
import CodeWords
import Foundation
import Packets
import SmallFormats
import TextCells
import Workspace

/// `linsang verify PACKET|CASEBOOK`
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Check that a packet folder or a casebook is as it was written.",
    discussion: """
      A packet is checked against its lists, its audit chain and its evidence; what is derived from its records (README, \
      report, sheet, STIX, CASE) is derived again and compared. Where this machine has the lexicons that the packet names, \
      its texts are read again with them. A signature says whose it is only with --allowed-signers, \
      and a timestamp counts only with --timestamp-certificates.
      """)

  @Argument(help: "A packet's folder or a casebook file.", completion: .file())
  var path: String

  @Option(
    help: ArgumentHelp(
      "Who may sign packets, and with which keys: a file as ssh-keygen reads it. It must not come with the packet.",
      valueName: "file"), completion: .file())
  var allowedSigners: String?

  @Option(
    help: ArgumentHelp(
      "Authorities that may say when a packet existed: their certificates in PEM. They must not come with the packet.",
      valueName: "file"), completion: .file())
  var timestampCertificates: String?

  @Flag(help: "Print JSON.") var json = false

  /// The packets in a folder that is none itself, by name; nil where there is none.
  private static func packets(in folder: String) -> [String]? {
    let files = FileManager.default
    func isBag(_ path: String) -> Bool { files.fileExists(atPath: path + "/bagit.txt") }
    guard !isBag(folder), let names = try? files.contentsOfDirectory(atPath: folder) else { return nil }
    let base = folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    let packets = names.sorted().map { base + "/" + $0 }.filter(isBag)
    return packets.isEmpty ? nil : packets
  }

  func run() throws {
    try Diagnostics.reportingErrors { output in
      var isFolder: ObjCBool = false
      guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
        Diagnostics.report("\(path) does not exist. Nothing was checked; name a packet's folder or a casebook file.")
        throw ExitCode(2)
      }
      if isFolder.boolValue {
        if let inside = Self.packets(in: path) {
          Diagnostics.report(
            "\(path) is no packet, but a folder with \(inside.count == 1 ? "one" : "\(inside.count)") in it. Nothing was "
              + "checked; name the packet: linsang verify \(inside[0])")
          throw ExitCode(2)
        }
        return try PacketVerification(
          path, allowedSigners: allowedSigners, timestampCertificates: timestampCertificates
        ).print(asJSON: json, output)
      }
      if allowedSigners != nil {
        throw ValidationError("--allowed-signers is for packets; `linsang casebook verify` has one for heads.")
      }
      if timestampCertificates != nil { throw ValidationError("--timestamp-certificates is for packets.") }
      let options = CasebookOptions(casebook: path, analyst: nil)
      try CasebookCommand.Verify.verify(path, by: options.analystName, HeadQuestion(), json: json, output)
    }
  }
}

/// What checking a packet gave: what is wrong, what was checked, and what was not.
struct PacketVerification {
  private let path: String
  private let outcome: PacketCheck.Outcome
  private let signature: PacketSigning.Verified
  private let allowedSigners: String?
  private let timestamp: TimestampCheck
  private let needsTimestamp: Bool
  private let cited: [PacketCheck.CitedName]?

  init(_ path: String, allowedSigners: String?, timestampCertificates: String?) {
    self.path = path
    self.allowedSigners = allowedSigners
    timestamp = TimestampCheck(of: path, certificates: timestampCertificates)
    needsTimestamp = timestampCertificates != nil
    let cited = PacketCheck.filesRead(for: path)
    self.cited = cited
    outcome = PacketCheck.outcome(of: path) { Self.rereading(as: cited ?? []) }
    signature = PacketSigning.check(path, allowedSigners: allowedSigners)
  }

  /// What reads texts with exactly the lexicons that a packet names, whatever is switched off here.
  ///
  /// Cost:   the lexicons are compiled, or taken from the cache.
  private static func rereading(as cited: [PacketCheck.CitedName]) -> ListingRereading {
    var lexicons = LexiconOpening().loaded()
    let wanted = Set(cited.filter { $0.role == CitedFile.Role.lexicon.rawValue }.map { Lexicon.name(ofFile: $0.name) })
    let known = lexicons.set.lexicons.map(\.name)
    let off = lexicons.set.off
    if known.contains(where: { wanted.contains($0) == off.contains($0) }) {
      let switches = Dictionary(known.map { ($0, wanted.contains($0)) }) { first, _ in first }
      lexicons = LexiconOpening(switching: switches).loaded()
    }
    return ListingRereading(lexicons, program: "linsang \(Linsang.version)")
  }

  /// Prints it.
  ///
  /// Fails:  with exit code 1 if anything is wrong.
  func print(asJSON: Bool, _ output: Output) throws {
    if asJSON { try output.line(value.text) } else { try output.lines(lines) }
    guard findings.isEmpty else {
      Diagnostics.report("\(path) is not as it was written: \(findings.count) finding\(findings.count == 1 ? "" : "s")")
      throw ExitCode(1)
    }
  }

  private var findings: [String] {
    let own: String? =
      switch signature {
      case .bad(let why): "\(PacketSignature.path) is no good signature of this packet: \(VisibleForm.visible(why))."
      case .unsigned where allowedSigners != nil:
        "The packet is not signed, so nobody in \(allowedSigners ?? "") vouches for it."
      case .unchecked(let why) where allowedSigners != nil:
        "The signature could not be checked: \(VisibleForm.visible(why))."
      default: nil
      }
    return outcome.problems.map(\.sentence)
      + [own, timestamp.finding(isAskedFor: needsTimestamp)].compactMap { $0 }
  }

  /// Who signed it, in a sentence.
  private var signed: String {
    switch signature {
    case .unsigned: "UNSIGNED: this shows that nothing has changed, not who wrote it."
    case .by(let who): "Signed by \(VisibleForm.visible(who)), with a key that \(allowedSigners ?? "") names."
    case .byUnknown(let key):
      "Signed with the key \(VisibleForm.visible(key)). It is not known whose key that is: ask the sender through another "
        + "channel, and name the key with --allowed-signers."
    case .bad, .unchecked: "The signature does not show who wrote it."
    }
  }

  private var checked: [String] { Self.alwaysChecked + outcome.checked + [timestamp.checked].compactMap { $0 } }

  private static let alwaysChecked = [
    "every file against its list, and the lists against each other", "the audit chain line by line",
    "packet.json against the bag, the chain, the evidence and the readings",
    "verdicts of listings against the chain",
  ]

  private var notChecked: [String] {
    let signature: String? =
      switch self.signature {
      case .unsigned: "who wrote the packet, since it is not signed"
      case .byUnknown: "whose key signed it, since no allowed signers were named"
      case .unchecked(let why): "the signature: \(VisibleForm.visible(why))"
      case .by, .bad: nil
      }
    return outcome.unchecked + [signature, timestamp.notChecked].compactMap { $0 } + [
      "whether the evidence is what the platform showed, which no packet can prove"
    ]
  }

  private var lines: [String] {
    guard findings.isEmpty else { return findings }
    return [
      "\(path): complete; every checksum and the audit chain match, and what is derived is as it should be. \(signed)",
      "Checked: " + checked.joined(separator: "; ") + ".",
      "Not checked: " + notChecked.joined(separator: "; ") + ".",
    ] + [cited.map(Self.comparison)].compactMap { $0 }
  }

  private var value: JSONValue {
    let (kind, who): (String, String?) =
      switch signature {
      case .unsigned: ("none", nil)
      case .by(let who): ("good", who)
      case .byUnknown(let key): ("good, key unknown", key)
      case .bad(let why): ("bad", why)
      case .unchecked(let why): ("not checked", why)
      }
    return .map([
      "packet": .text(path), "sound": .truth(findings.isEmpty), "findings": .list(findings.map { .text($0) }),
      "signature": .map(["state": .text(kind), "detail": who.map { .text($0) } ?? .null]),
      "timestamp": timestamp.value,
      "checked": .list(checked.map { .text($0) }), "not_checked": .list(notChecked.map { .text($0) }),
    ])
  }

  /// Whether this machine's lexicons and taxon tables are those that the packet was read with. This is for information
  /// only: a packet stays valid when lexicons change.
  fileprivate static func comparison(_ cited: [PacketCheck.CitedName]) -> String {
    let then = Set(cited.filter(\.decidesReadings))
    guard !then.isEmpty else { return "It was read without lexicons and taxon tables." }
    let now = Set(LexiconLoader().filesInForce.map(\.citedName).filter(\.decidesReadings))
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
