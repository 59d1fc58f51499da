import CaseStore
import Foundation

/// Signatures over heads, made and checked by OpenSSH's `ssh-keygen`, so that a head says whose it is.
///
/// Fails:  with a sentence. Nothing leaves the machine, and no agent is needed.
/// Source: OpenSSH's PROTOCOL.sshsig; ssh-keygen(1), `-Y sign`, `-Y verify`, `-Y find-principals` and `-Y check-novalidate`.
enum HeadSignatures {
  /// A signature for another purpose does not pass for one over a head.
  private static let namespace = "linsang-casebook-head"

  /// The outcome of checking one signature.
  enum Outcome: Equatable {
    /// It is good, and the list of allowed signers names this one.
    case by(String)
    /// It is good. Nobody said whose key it is; its fingerprint.
    case byKey(String)
    case bad(String)
    case unchecked(String)
  }

  /// Signs a line with a private key, and returns the armoured signature.
  static func sign(_ line: String, key: String) throws -> String {
    let ran = try run(["-Y", "sign", "-q", "-f", key, "-n", namespace], input: line)
    guard ran.status == 0, ran.out.hasPrefix("-----BEGIN SSH SIGNATURE-----") else {
      throw HeadError(
        sentence:
          "ssh-keygen did not sign with \(key): \(ran.reason). Nothing was changed; name a private key that you may "
          + "read.")
    }
    return ran.out.trimmingCharacters(in: .newlines)
  }

  /// Checks a signature.
  ///
  /// - Parameter allowedSigners: a file as `ssh-keygen` reads it; nil to check only that the signature is good.
  static func check(_ entry: KeptHeads.Entry, allowedSigners: String?) -> Outcome? {
    guard let signature = entry.signature else { return nil }
    let file = NSTemporaryDirectory() + "/linsang-signature-\(UUID().uuidString)"
    defer { unlink(file) }
    do {
      try Data((signature + "\n").utf8).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
      guard let allowedSigners else {
        let ran = try run(["-Y", "check-novalidate", "-n", namespace, "-s", file], input: entry.line)
        return ran.status == 0 ? .byKey(ran.lastWord) : .bad(ran.reason)
      }
      let found = try run(["-Y", "find-principals", "-f", allowedSigners, "-s", file], input: entry.line)
      guard found.status == 0, let principal = found.out.split(separator: "\n").first.map(String.init) else {
        return .bad("\(allowedSigners) does not name its key")
      }
      let ran = try run(
        ["-Y", "verify", "-f", allowedSigners, "-I", principal, "-n", namespace, "-s", file], input: entry.line)
      return ran.status == 0 ? .by(principal) : .bad(ran.reason)
    } catch let error as HeadError {
      return .unchecked(error.sentence)
    } catch {
      return .unchecked("\(error)")
    }
  }

  /// What `ssh-keygen` did.
  private struct Ran {
    let status: Int32
    let out: String
    let err: String

    /// Its message.
    var reason: String {
      let text = (err.isEmpty ? out : err).trimmingCharacters(in: .whitespacesAndNewlines)
      return text.isEmpty ? "status \(status)" : text.replacing("\n", with: "; ")
    }

    /// The fingerprint at the end of its message.
    var lastWord: String { out.split { $0.isWhitespace }.last.map(String.init) ?? "" }
  }

  private static func run(_ arguments: [String], input: String) throws -> Ran {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").components(separatedBy: ":")
    guard let program = folders.map({ $0 + "/ssh-keygen" }).first(where: { access($0, X_OK) == 0 }) else {
      throw HeadError(
        sentence:
          "There is no ssh-keygen on this machine, so heads cannot be signed and signatures not checked. The heads "
          + "themselves can: leave the signature out, or install OpenSSH.")
    }
    // From a file, since a program that ends without reading a pipe would end this one, too.
    let file = NSTemporaryDirectory() + "/linsang-head-\(UUID().uuidString)"
    defer { unlink(file) }
    try Data(input.utf8).write(to: URL(fileURLWithPath: file), options: .withoutOverwriting)
    let process = Process()
    let (out, err) = (Pipe(), Pipe())
    process.executableURL = URL(fileURLWithPath: program)
    process.arguments = arguments
    process.standardInput = try FileHandle(forReadingFrom: URL(fileURLWithPath: file))
    (process.standardOutput, process.standardError) = (out, err)
    try process.run()
    let read = out.fileHandleForReading.readDataToEndOfFile()
    let errors = err.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Ran(
      status: process.terminationStatus, out: String(decoding: read, as: UTF8.self),
      err: String(decoding: errors, as: UTF8.self))
  }
}

/// A head that was kept could not be read, signed or checked.
struct HeadError: Error {
  let sentence: String
}
