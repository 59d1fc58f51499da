import Casework
import Foundation
import Testing

/// `linsang timestamp`, with an authority that `openssl ts` plays.
@Suite(
  .waitsElsewhere, .enabled(if: Program.outside("openssl") != nil, "there is no openssl"))
struct TimestampCommandTests {
  private let place: Workplace
  private let folder: String

  init() throws {
    place = try Workplace()
    let week = try place.write("week.csv", Workplace.week)
    try FileManager.default.createDirectory(atPath: place.path + "/out", withIntermediateDirectories: true)
    try place.file(["a1": .confirmed, "b7": .confirmed], from: week)
    let written = try Program.start(
      try #require(Program.path), ["packet", week, "--into", "out", "--zip"] + PacketCommandTests.answers, in: place,
      input: nil, environment: place.environment())
    folder = try #require(written.lines.first)
    try place.write("authority.sh", Self.authority)
    #expect(try shell("sh authority.sh").status == 0)
  }

  private func run(_ arguments: String...) throws -> Outcome {
    try Program.start(
      try #require(Program.path), arguments, in: place, input: nil, environment: place.environment())
  }

  private func shell(_ script: String) throws -> Outcome {
    try Program.start("/bin/sh", ["-c", script], in: place, input: nil, environment: place.environment())
  }

  /// Two roots, of which the first vouches for a clock, and a command that answers questions.
  private static let authority = """
    set -e
    cat > authority.cnf <<'END'
    [req]
    distinguished_name = names
    prompt = no
    [names]
    CN = Invented root
    [root]
    basicConstraints = critical,CA:true
    [clock]
    basicConstraints = critical,CA:false
    extendedKeyUsage = critical,timeStamping
    [tsa]
    default_tsa = clock_of_tests
    [clock_of_tests]
    serial = serial
    signer_digest = sha256
    default_policy = 1.2.3.4.1
    digests = sha256
    ess_cert_id_alg = sha256
    END
    for name in root stranger; do
      openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $name.key -out $name.pem -days 30 \
        -config authority.cnf -extensions root -subj "/CN=Invented $name"
    done
    openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout clock.key -out clock.csr \
      -config authority.cnf -subj "/CN=Invented clock"
    openssl x509 -req -in clock.csr -CA root.pem -CAkey root.key -CAcreateserial -days 30 -extfile authority.cnf \
      -extensions clock -out clock.pem
    echo 01 > serial
    cat > answer.sh <<'END'
    openssl ts -reply -queryfile "$1" -signer clock.pem -inkey clock.key -config authority.cnf -out "$2"
    END
    """

  @Test func aPacketGetsATimestampThatOpenSSLAndLinsangCheck() throws {
    let before = try run("verify", folder)
    #expect(before.status == 0 && before.text.contains("when the packet was written, since it has no timestamp"))
    let asked = try run("timestamp", "query", folder + "/")
    #expect(asked.lines == [folder + ".tsq"] && asked.status == 0, "\(asked.err)")
    #expect(try run("timestamp", "query", folder).status == 2, "a question is never overwritten")
    #expect(try shell("sh answer.sh \(folder).tsq reply.tsr").status == 0)
    let attached = try run("timestamp", "attach", folder, "reply.tsr", "--certificates", "root.pem")
    #expect(attached.lines == [folder + "/tagmanifest-sha256.txt.tsr", folder + ".zip"], "\(attached.err)")
    let outside = try shell(
      "cd \(folder) && openssl ts -verify -data tagmanifest-sha256.txt -in tagmanifest-sha256.txt.tsr -CAfile ../../root.pem"
    )
    #expect(outside.status == 0, "\(outside.err)")
    let sound = try run("verify", folder, "--timestamp-certificates", "root.pem")
    #expect(sound.status == 0 && sound.text.contains("an authority that your certificates name saw the packet at 2"))
    let plain = try run("verify", folder)
    #expect(plain.status == 0 && plain.text.contains("who signed the timestamp, since no certificates were named"))
    let stranger = try run("verify", folder, "--timestamp-certificates", "stranger.pem")
    #expect(stranger.status == 1 && stranger.text.contains("none of the certificates vouches for it"))
    let missing = try run("verify", folder, "--timestamp-certificates", "nowhere.pem")
    #expect(missing.status == 1 && missing.text.contains("there is no certificate in PEM"))
    let json = try run("verify", folder, "--timestamp-certificates", "root.pem", "--json")
    #expect(json.text.contains(#""state":"good""#) || json.text.contains(#""state": "good""#))
    // The zip has it, too.
    let unpacked = try shell("mkdir unpacked && cd unpacked && python3 -m zipfile -e ../\(folder).zip . && ls */*.tsr")
    #expect(unpacked.status == 0 && unpacked.text.contains("tagmanifest-sha256.txt.tsr"), "\(unpacked.err)")
    #expect(try run("timestamp", "attach", folder, "reply.tsr").err.contains("never replaced"))
  }

  @Test func aReplyThatIsNotAboutThePacketLeavesItAsItWas() throws {
    #expect(try run("timestamp", "query", folder).status == 0)
    #expect(
      try shell(
        """
        echo other > other && openssl ts -query -data other -sha256 -cert -out other.tsq && sh answer.sh other.tsq other.tsr
        sh answer.sh \(folder).tsq reply.tsr && mkfifo pipe
        """
      ).status == 0)
    let other = try run("timestamp", "attach", folder, "other.tsr")
    #expect(
      other.status == 1 && other.err.contains("over other bytes") && other.err.contains("The packet is as it was"))
    let untrusted = try run("timestamp", "attach", folder, "reply.tsr", "--certificates", "stranger.pem")
    #expect(untrusted.status == 1 && untrusted.err.contains("none of the certificates vouches for it"))
    for (what, words) in [
      ("week.csv", "no reply of a timestamp authority"), ("pipe", "no plain file"), ("nowhere", "cannot be read"),
    ] {
      let refused = try run("timestamp", "attach", folder, what)
      #expect(refused.status != 0 && refused.err.contains(words), "\(what): \(refused.err)")
    }
    #expect(try run("timestamp", "attach", "out", "reply.tsr").err.contains("is no packet's folder"))
    #expect(!place.exists(folder + "/tagmanifest-sha256.txt.tsr"))
    #expect(try run("verify", folder).status == 0)
  }

  @Test func aForgedTimestampAndStrangeFilesBesideItAreFound() throws {
    #expect(try shell("cp week.csv \(folder)/tagmanifest-sha256.txt.tsr").status == 0)
    let forged = try run("verify", folder)
    #expect(forged.status == 1 && forged.text.contains("no good timestamp of this packet"))
    #expect(try shell("cd \(folder) && rm *.tsr && cp ../../week.csv tagmanifest-sha256.txt.note").status == 0)
    let strange = try run("verify", folder)
    #expect(strange.status == 1 && strange.text.contains("does not belong beside the packet's own files"))
    #expect(try run("verify", folder, "--timestamp-certificates", "root.pem").text.contains("has no timestamp"))
  }
}
