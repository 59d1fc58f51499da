import CaseStore

/// Signatures over heads, so that a head says whose it is.
///
/// Fails:  with a sentence.
enum HeadSignatures {
  private static let signatures = SSHSignatures(namespace: "linsang-casebook-head")

  /// The outcome of checking one signature.
  enum Outcome: Equatable {
    /// It is good, and the list of allowed signers names this one.
    case by(String)
    /// It is good, but it is not known whose key it is; its fingerprint.
    case byKey(String)
    case bad(String)
    case unchecked(String)
  }

  /// Signs a line with a private key, and returns the armoured signature.
  static func sign(_ line: String, key: String) throws -> String {
    do {
      return try signatures.sign(Array(line.utf8), key: key)
    } catch {
      throw HeadError(sentence: sentence(of: error))
    }
  }

  /// Checks a signature.
  ///
  /// - Parameter allowedSigners: a file as `ssh-keygen` reads it; nil to check only that the signature is good.
  static func check(_ entry: KeptHeads.Entry, allowedSigners: String?) -> Outcome? {
    guard let signature = entry.signature else { return nil }
    do {
      switch try signatures.check(signature, over: Array(entry.line.utf8), allowedSigners: allowedSigners) {
      case .by(let who): return .by(who)
      case .byKey(let key): return .byKey(key)
      case .bad(let why): return .bad(why)
      }
    } catch {
      return .unchecked(sentence(of: error))
    }
  }

  private static func sentence(of failure: SSHSignatures.Failure) -> String {
    switch failure {
    case .noProgram:
      "There is no ssh-keygen on this machine, so heads cannot be signed and signatures not checked. The heads "
        + "themselves can: leave the signature out, or install OpenSSH."
    case .notSigned(let key, let why):
      "ssh-keygen did not sign with \(key): \(why). Nothing was changed; name a private key that you may "
        + "read."
    case .refused(let why): why
    }
  }
}

/// A head that was kept could not be read, signed or checked.
struct HeadError: Error {
  let sentence: String
}
