import Casework
import Foundation
import Testing

/// `linsang packet --sign --zip` and what `linsang verify` says of it.
@Suite(.waitsElsewhere) struct PacketSigningTests {
  private let place: Workplace
  private let week: String

  init() throws {
    place = try Workplace()
    week = try place.write("week.csv", Workplace.week)
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
    try place.file(["a1": .confirmed, "b7": .confirmed], from: week)
  }

  private func run(_ arguments: String..., environment: [String: String] = [:]) throws -> Outcome {
    try Program.start(
      try #require(Program.path), arguments, in: place, input: nil, environment: place.environment(environment))
  }

  private func export(_ more: String..., environment: [String: String] = [:]) throws -> Outcome {
    try Program.start(
      try #require(Program.path), ["packet", week, "--into", "out"] + PacketCommandTests.answers + more, in: place,
      input: nil, environment: place.environment(environment))
  }

  private func shell(_ script: String) throws -> Outcome {
    try Program.start("/bin/sh", ["-c", script], in: place, input: nil, environment: place.environment())
  }

  @Test func withoutAKeyThePacketSaysEverywhereThatItIsUnsigned() throws {
    let written = try export()
    let folder = try #require(written.lines.first)
    #expect(written.err.contains("UNSIGNED"))
    #expect(try place.text(of: folder + "/data/README.txt").contains("UNSIGNED"))
    #expect(try place.text(of: folder + "/data/report.html").contains("UNSIGNED"))
    #expect(!place.exists(folder + "/tagmanifest-sha256.txt.sig"))
    #expect(try run("verify", folder).text.contains("UNSIGNED"))
    try place.write("signers", "")
    let asked = try run("verify", folder, "--allowed-signers", "signers")
    #expect(asked.status == 1 && asked.text.contains("The packet is not signed"))
  }

  @Test(.enabled(if: Program.outside("ssh-keygen") != nil, "there is no ssh-keygen"))
  func aSignedPacketIsVerifiedBySSHAndByLinsang() throws {
    #expect(try shell("ssh-keygen -q -t ed25519 -N '' -f key && ssh-keygen -q -t ed25519 -N '' -f other").status == 0)
    let written = try export("--sign", "key")
    let folder = try #require(written.lines.first, "\(written.err)")
    #expect(!written.err.contains("UNSIGNED"))
    #expect(!(try place.text(of: folder + "/data/report.html")).contains("UNSIGNED"))
    // The command that README.txt gives.
    let outside = try shell(
      """
      printf 'duty@monitors.example namespaces="linsang-packet" %s\\n' "$(cut -d' ' -f1,2 key.pub)" > signers
      printf 'rk@else.example namespaces="linsang-packet" %s\\n' "$(cut -d' ' -f1,2 other.pub)" > strangers
      cd \(folder) && ssh-keygen -Y verify -f ../../signers -I duty@monitors.example -n linsang-packet \
        -s tagmanifest-sha256.txt.sig < tagmanifest-sha256.txt
      """)
    #expect(outside.status == 0 && outside.text.contains("Good"), "\(outside.err)")
    let known = try run("verify", folder, "--allowed-signers", "signers")
    #expect(known.status == 0 && known.text.contains("Signed by duty@monitors.example"), "\(known.text)")
    let unknown = try run("verify", folder)
    #expect(
      unknown.status == 0 && unknown.text.contains("SHA256:") && unknown.text.contains("It is not known whose key"))
    let stranger = try run("verify", folder, "--allowed-signers", "strangers")
    #expect(stranger.status == 1 && stranger.text.contains("does not name its key"))
    // The answer is kept for the next packet, and taken back with ''.
    let next = try #require(try run("packet", week, "--into", "out").lines.first)
    #expect(place.exists(next + "/tagmanifest-sha256.txt.sig"))
    let unsigned = try #require(try run("packet", week, "--into", "out", "--sign", "").lines.first)
    #expect(!place.exists(unsigned + "/tagmanifest-sha256.txt.sig"))
    // New lists over a changed packet, and the old signature; then none at all.
    #expect(
      try shell(
        "cd \(folder) && sed -i 's/AMBER/CLEAR/' bag-info.txt && sha256sum bag-info.txt bagit.txt manifest-sha256.txt > tagmanifest-sha256.txt"
      )
      .status == 0)
    let forged = try run("verify", folder, "--allowed-signers", "signers")
    #expect(forged.status == 1 && forged.text.contains("no good signature of this packet"))
    try FileManager.default.removeItem(atPath: place.path + "/" + folder + "/tagmanifest-sha256.txt.sig")
    #expect(
      try run("verify", folder).text.contains("is missing, though data/packet.json says that the packet is signed"))
  }

  @Test(.enabled(if: Program.outside("ssh-keygen") != nil, "there is no ssh-keygen"))
  func aKeyThatDoesNotSignWritesNothingAndUsesUpNoNumber() throws {
    #expect(try shell("ssh-keygen -q -t ed25519 -N 'a phrase' -f locked").status == 0)
    for key in ["nowhere", "locked", "week.csv"] {
      let refused = try export("--sign", key)
      #expect(refused.status == 2 && refused.err.contains("--sign"), "\(refused.err)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: place.path + "/out").isEmpty)
    #expect(try export("--sign", "").lines.first?.hasSuffix("-000001_v1") == true)
  }

  @Test func withoutSSHAPacketIsUnsignedOrRefused() throws {
    let environment = ["PATH": place.path]
    #expect(try export(environment: environment).status == 0)
    let refused = try export("--sign", "key", environment: environment)
    #expect(refused.status == 2 && refused.err.contains("There is no ssh-keygen"))
  }

  @Test func theZipHoldsTheFolderAndIsNotWrittenUnasked() throws {
    let written = try export("--zip")
    #expect(written.lines.count == 2 && written.lines[1] == written.lines[0] + ".zip", "\(written.err)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: place.path + "/" + written.lines[1]))
    #expect(bytes.starts(with: [0x50, 0x4b, 3, 4]))
    #expect(try run("packet", week, "--into", "out", "--no-zip").lines.count == 1)
  }

  @Test func theFindingsArePrintedAsJSON() throws {
    let folder = try #require(try export().lines.first)
    func answer() throws -> [String: Any] {
      try #require(
        try JSONSerialization.jsonObject(with: Data(run("verify", folder, "--json").out)) as? [String: Any])
    }
    let good = try answer()
    #expect(good["sound"] as? Bool == true && (good["not_checked"] as? [String])?.isEmpty == false)
    #expect((good["signature"] as? [String: Any])?["state"] as? String == "none")
    try place.write(folder + "/data/README.txt", "nothing")
    #expect((try answer()["findings"] as? [String])?.isEmpty == false)
  }

  /// A casebook keeps its key: a seller or listing has one id in all its packets, and another in those of another casebook.
  @Test func idsStayFromPacketToPacketOfACasebook() throws {
    func ids(_ folder: String) throws -> Set<String> {
      let text = try place.text(of: folder + "/data/stix/bundle.json")
      return Set(text.matches(of: /"(observed-data|note)--[0-9a-f-]{36}"/).map { String($0.output.0) })
    }
    let first = try ids(try #require(try export().lines.first))
    let second = try ids(try #require(try export().lines.first))
    #expect(first.count == 4 && first == second)
    try FileManager.default.removeItem(atPath: place.path + "/case.casebook")
    try place.file(["a1": .confirmed, "b7": .confirmed], from: week)
    #expect(try ids(try #require(try export().lines.first)).isDisjoint(with: first))
  }
}
