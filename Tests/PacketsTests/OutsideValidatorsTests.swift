import CapturesTestSupport
import Foundation
import Testing

@testable import Packets

/// Programs that are not ours hold our packets to the standards. They are looked for in `$LINSANG_VALIDATORS` and on
/// the `PATH`; one that is absent is skipped.
enum OutsideProgram: String {
  case sha256sum
  case bagit = "bagit.py"
  case bagitProfile = "bagit_profile.py"
  case checkSchema = "check-jsonschema"
  case stix = "stix2_validator"
  case caseGraph = "case_validate"
  case python
  case jq
  case unzip
  case tidy
  case wacz
  case warcio

  private static var environment: [String: String] { ProcessInfo.processInfo.environment }

  var path: String? {
    let folders =
      (Self.environment["LINSANG_VALIDATORS"].map { [$0] } ?? [])
      + (Self.environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { $0 + "/" + rawValue }.first { access($0, X_OK) == 0 }
  }

  /// Runs it in `folder`; what it said, and its exit code.
  func run(_ arguments: [String], in folder: String) throws -> (code: Int32, words: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: try #require(path))
    process.arguments = arguments
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let words = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: words, as: UTF8.self))
  }

  /// The folder with the published schema and profile: `$LINSANG_SHARED`, or `shared` beside the project.
  static var shared: String? {
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared").path
    let folder = (environment["LINSANG_SHARED"] ?? beside) + "/packet/sample"
    return access(folder + "/packet.schema.json", R_OK) == 0 ? folder : nil
  }
}

@Suite struct OutsideValidatorsTests {
  private let scratch = ScratchFolder()
  private let files = ScratchFolder()
  private let packets: [String]

  init() throws {
    let one = try PacketWriter.write(Invented.threeListings, into: scratch.path).path
    var hostile = HostileTextTests.hostilePacket(seed: 1)
    hostile.listings = (0..<40).flatMap { HostileTextTests.hostilePacket(seed: $0).listings }
    hostile.stamp.version = 2
    // As a casebook numbers them, and without any statement of the sender's.
    var bare = Invented.packet([Invented.bareListing()])
    bare.stamp.id = PacketID("LNS-2026-7K3Q-000007")!
    bare.form.legal = LegalBasis()
    (bare.form.request, bare.form.conditions, bare.form.notForEvidenceWithoutSender) = ("", "", nil)
    var withFiles = try InventedFiles.packet(in: files.path)
    withFiles.stamp.version = 3
    packets = [
      one, try PacketWriter.write(hostile, into: scratch.path).path,
      try PacketWriter.write(bare, into: scratch.path).path, try PacketWriter.write(withFiles, into: scratch.path).path,
    ]
  }

  /// The published schema, with the packet numbers that carry a casebook's token.
  private func schema() throws -> String {
    let published = try #require(OutsideProgram.shared) + "/packet.schema.json"
    let text = try String(contentsOfFile: published, encoding: .utf8)
      .replacing(#"^LNS-\\d{4}-\\d{6}$"#, with: #"^LNS-\\d{4}(-[0-9A-HJKMNP-TV-Z]{4})?-\\d{6}$"#)
    let path = scratch.path + "/packet.schema.json"
    try text.write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }

  private func expectAccepted(_ program: OutsideProgram, _ arguments: (String) -> [String]) throws {
    for packet in packets {
      let answer = try program.run(arguments(packet), in: packet)
      #expect(answer.code == 0, "\(program.rawValue) in \(packet): \(answer.words)")
    }
  }

  @Test(.enabled(if: OutsideProgram.sha256sum.path != nil, "sha256sum is not installed"))
  func sha256sumFindsEveryFileAsListed() throws {
    for list in ["tagmanifest-sha256.txt", "manifest-sha256.txt"] {
      try expectAccepted(.sha256sum) { _ in ["-c", "--strict", "--quiet", list] }
    }
  }

  @Test(.enabled(if: OutsideProgram.bagit.path != nil, "bagit.py is not installed"))
  func bagitFindsAValidBag() throws { try expectAccepted(.bagit) { ["--quiet", "--validate", $0] } }

  @Test(
    .enabled(
      if: OutsideProgram.bagitProfile.path != nil && OutsideProgram.shared != nil,
      "bagit_profile.py or the profile is absent"))
  func theBagKeepsItsProfile() throws {
    let shared = try #require(OutsideProgram.shared)
    try expectAccepted(.bagitProfile) {
      ["--quiet", "--no-logfile", "--file", shared + "/bagit-profile.json", BagFiles.profile, $0]
    }
  }

  @Test(
    .enabled(
      if: OutsideProgram.checkSchema.path != nil && OutsideProgram.shared != nil,
      "check-jsonschema or the schema is absent"))
  func theDocumentKeepsItsSchema() throws {
    let schema = try schema()
    try expectAccepted(.checkSchema) { ["--schemafile", schema, $0 + "/data/packet.json"] }
  }

  @Test(.enabled(if: OutsideProgram.checkSchema.path != nil, "check-jsonschema is not installed"))
  func theReadingsKeepTheSchemaThatLiesBesideThem() throws {
    try expectAccepted(.checkSchema) {
      ["--schemafile", $0 + "/" + ReadingsSchema.path, $0 + "/" + ReadingsDocument.path]
    }
    try expectAccepted(.checkSchema) { ["--check-metaschema", $0 + "/" + ReadingsSchema.path] }
  }

  @Test(.enabled(if: OutsideProgram.stix.path != nil, "stix2_validator is not installed"))
  func theBundleIsStrictSTIX() throws {
    try expectAccepted(.stix) {
      ["--version", "2.1", "--strict", "--enforce-refs", "--no-cache", "-q", $0 + "/" + StixBundle.path]
    }
  }

  /// The validator lets references lead nowhere; so no reference, mark or extension may.
  @Test(.enabled(if: OutsideProgram.jq.path != nil, "jq is not installed"))
  func everyReferenceAndExtensionInTheBundleIsDefinedThere() throws {
    let refs =
      #"[.objects[].id] as $i|[.objects[]|..|objects|to_entries[]|select(.key|endswith("_ref") or endswith("_refs"))|.value|if type=="array" then .[] else . end]-$i|length==0"#
    let extensions =
      #"[.objects[].id] as $i|[.objects[]|select(.type!="marking-definition")|.extensions//{}|keys[]]-$i|length==0"#
    let once = "[.objects[].id]|length==(unique|length)"
    for question in [refs, extensions, once] {
      try expectAccepted(.jq) { ["-e", question, $0 + "/" + StixBundle.path] }
    }
  }

  /// The library of OASIS reads it, and would give every observable the id that it has.
  @Test(.enabled(if: OutsideProgram.stix.path != nil, "stix2 is not installed"))
  func theLibraryGivesTheObservablesTheSameIDs() throws {
    let script = """
      import json, sys, stix2
      text = open(sys.argv[1]).read()
      stix2.parse(text, allow_custom=False, version="2.1")
      kinds = {"url": stix2.v21.URL, "user-account": stix2.v21.UserAccount, "file": stix2.v21.File}
      count = 0
      for o in json.loads(text)["objects"]:
          if o["type"] in kinds:
              again = kinds[o["type"]](**{k: v for k, v in o.items() if k not in ("id", "type", "spec_version")})
              assert again.id == o["id"], (again.id, o)
              count += 1
      assert count > 0
      """
    try expectAccepted(.python) { ["-c", script, $0 + "/" + StixBundle.path] }
  }

  /// What it says in words is not to be relied on: a misspelled class "conforms", with another exit code.
  @Test(.enabled(if: OutsideProgram.caseGraph.path != nil, "case_validate is not installed"))
  func theGraphConformsToCASE() throws {
    try expectAccepted(.caseGraph) { ["--built-version", "case-1.5.0", $0 + "/" + CaseGraph.path] }
  }

  @Test(.enabled(if: OutsideProgram.unzip.path != nil, "unzip is not installed"))
  func unzipFindsTheFolderInTheZip() throws {
    let assembly = try PacketAssembly(Invented.threeListings)
    let other = ScratchFolder()
    let zip = try PacketWriter.writeZip(of: assembly, at: Invented.created, into: other.path)
    #expect(try OutsideProgram.unzip.run(["-tq", zip], in: other.path).code == 0)
    #expect(try OutsideProgram.unzip.run(["-q", zip], in: other.path).code == 0)
    #expect(PacketCheck.check(other.path + "/" + assembly.folderName) == [])
  }

  @Test(.enabled(if: OutsideProgram.tidy.path != nil, "tidy is not installed"))
  func tidyFindsNothingToSayAboutTheReport() throws {
    try expectAccepted(.tidy) { ["-q", "-e", "--warn-proprietary-attributes", "no", $0 + "/data/report.html"] }
  }

  // MARK: Web archives

  /// The one that lies in the packet, and the ones that tests are made with, which must be what they say they are.
  @Test(.enabled(if: OutsideProgram.wacz.path != nil, "wacz is not installed"))
  func theWACZInThePacketIsValidAndAFaultyOneIsNot() throws {
    let inPacket = packets[3] + "/data/evidence/L0001/E0003-capture.wacz"
    let answer = try OutsideProgram.wacz.run(["validate", "-f", inPacket], in: scratch.path)
    #expect(answer.code == 0 && answer.words.contains("Validation succeeded"), "\(answer.words)")
    var changed = InventedCapture.waczFiles()
    let description = InventedCapture.describing(changed)
    changed[2].bytes += Array("{}\n".utf8)
    let path = scratch.path + "/changed.wacz"
    try Data(InventedCapture.zip(changed + [description])).write(to: URL(fileURLWithPath: path))
    let other = try OutsideProgram.wacz.run(["validate", "-f", path], in: scratch.path)
    #expect(other.words.contains("Validation failed"), "\(other.words)")
  }

  @Test(.enabled(if: OutsideProgram.warcio.path != nil, "warcio is not installed"))
  func theRecordsAgreeWithTheirDigestsAndFaultyOnesDoNot() throws {
    for (name, bytes, isWhole) in [
      ("plain.warc", InventedCapture.warc(), true), ("packed.warc.gz", InventedCapture.packedWARC(), true),
      ("faulty.warc.gz", InventedCapture.packedWARC(wrongBlockDigest: true), false),
    ] {
      try Data(bytes).write(to: URL(fileURLWithPath: scratch.path + "/" + name))
      let answer = try OutsideProgram.warcio.run(["check", "-v", name], in: scratch.path)
      #expect((answer.code == 0) == isWhole, "\(name): \(answer.words)")
    }
  }
}
