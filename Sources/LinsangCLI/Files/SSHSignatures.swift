import Foundation

/// Signatures made and checked by OpenSSH's `ssh-keygen`, so that bytes say whose they are.
///
/// Fails:  with `Failure`, which its callers put into words. Nothing leaves the machine.
/// Source: OpenSSH's PROTOCOL.sshsig; ssh-keygen(1), `-Y sign`, `-Y verify`, `-Y find-principals` and `-Y check-novalidate`.
struct SSHSignatures {
  /// A signature for one purpose does not pass for one for another.
  let namespace: String

  /// The outcome of checking one signature.
  enum Outcome: Equatable {
    /// It is good, and the list of allowed signers names this one.
    case by(String)
    /// It is good, but it is not known whose key it is; its fingerprint.
    case byKey(String)
    case bad(String)
  }

  enum Failure: Error {
    case noProgram
    case notSigned(key: String, why: String)
    /// The system refused.
    case refused(String)
  }

  /// Signs with a private key, and returns the armoured signature. A key with a passphrase has to be in an agent.
  func sign(_ bytes: [UInt8], key: String) throws(Failure) -> String {
    let ran = try run(["-Y", "sign", "-q", "-f", key, "-n", namespace], input: bytes)
    guard ran.status == 0, ran.out.hasPrefix("-----BEGIN SSH SIGNATURE-----") else {
      throw .notSigned(key: key, why: ran.reason)
    }
    return ran.out.trimmingCharacters(in: .newlines)
  }

  /// Checks a signature.
  ///
  /// - Parameter allowedSigners: a file as `ssh-keygen` reads it; nil to check only that the signature is good.
  func check(_ signature: String, over bytes: [UInt8], allowedSigners: String?) throws(Failure) -> Outcome {
    let file = try Self.temporary(Array((signature + "\n").utf8))
    defer { unlink(file) }
    guard let allowedSigners else {
      let ran = try run(["-Y", "check-novalidate", "-n", namespace, "-s", file], input: bytes)
      return ran.status == 0 ? .byKey(ran.lastWord) : .bad(ran.reason)
    }
    let found = try run(["-Y", "find-principals", "-f", allowedSigners, "-s", file], input: bytes)
    guard found.status == 0, let principal = found.out.split(separator: "\n").first.map(String.init) else {
      return .bad("\(allowedSigners) does not name its key")
    }
    let ran = try run(
      ["-Y", "verify", "-f", allowedSigners, "-I", principal, "-n", namespace, "-s", file], input: bytes)
    return ran.status == 0 ? .by(principal) : .bad(ran.reason)
  }

  /// What `ssh-keygen` did.
  private struct Ran {
    let status: Int32
    let out: String
    let err: String

    /// Its message.
    var reason: String {
      let text = (err.isEmpty ? out : err).trimmingCharacters(in: .whitespacesAndNewlines)
      return text.isEmpty ? "status \(status)" : text.replacing("\r", with: "").replacing("\n", with: "; ")
    }

    /// The fingerprint at the end of its message.
    var lastWord: String { out.split { $0.isWhitespace }.last.map(String.init) ?? "" }
  }

  /// A file of one's own with these bytes.
  private static func temporary(_ bytes: [UInt8]) throws(Failure) -> String {
    let file = NSTemporaryDirectory() + "/linsang-signing-\(UUID().uuidString)"
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
    } catch {
      throw .refused("\(error.localizedDescription)")
    }
    return file
  }

  private func run(_ arguments: [String], input: [UInt8]) throws(Failure) -> Ran {
    var environment = ProcessInfo.processInfo.environment
    let folders = (environment["PATH"] ?? "/usr/bin:/bin").components(separatedBy: ":")
    guard let program = folders.map({ $0 + "/ssh-keygen" }).first(where: { access($0, X_OK) == 0 }) else {
      throw .noProgram
    }
    // From a file, since a program that ends without reading a pipe would end this one, too.
    let file = try Self.temporary(input)
    defer { unlink(file) }
    // It must not ask for a passphrase on the terminal that the dashboard draws on: asking ends without an answer.
    environment["SSH_ASKPASS"] = "/bin/false"
    environment["SSH_ASKPASS_REQUIRE"] = "force"
    let process = Process()
    let (out, err) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.environment = environment
    do {
      process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
      (process.standardOutput, process.standardError) = (out, err)
      try process.run()
    } catch {
      throw .refused("\(error.localizedDescription)")
    }
    let read = out.fileHandleForReading.readDataToEndOfFile()
    let errors = err.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Ran(
      status: process.terminationStatus, out: String(decoding: read, as: UTF8.self),
      err: String(decoding: errors, as: UTF8.self))
  }
}
