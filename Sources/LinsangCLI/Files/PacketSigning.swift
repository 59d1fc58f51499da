import Foundation
import Packets

/// Signs packets with an SSH key, and checks their signatures.
///
/// Shape:  the namespace is that of packets, so that a signature over something else is none over a packet.
struct PacketSigning {
  private static let signatures = SSHSignatures(namespace: PacketSignature.namespace)

  /// The file of the private key, or of the public one if an agent has the private one.
  let key: String

  /// Signs the bytes.
  ///
  /// Fails:  with the sentence that the form and the shell show.
  func sign(_ bytes: [UInt8]) throws(PacketExportError) -> [UInt8] {
    do {
      return Array((try Self.signatures.sign(bytes, key: key) + "\n").utf8)
    } catch {
      throw PacketExportError(sentence: sentence(of: error), line: .signKey)
    }
  }

  private func sentence(of failure: SSHSignatures.Failure) -> String {
    switch failure {
    case .noProgram:
      "There is no ssh-keygen on this machine, so the packet cannot be signed. Name no key to write it unsigned, or "
        + "install OpenSSH."
    case .notSigned(let key, let why):
      "ssh-keygen did not sign with \(key): \(why). Name a private key that you may read; a key with a passphrase has to "
        + "be in ssh-agent, and then the .pub file is named."
    case .refused(let why): "The packet could not be signed: \(why)."
    }
  }

  /// What is known about who signed a packet.
  enum Verified: Equatable {
    case unsigned
    /// By whom, as the list of allowed signers names them.
    case by(String)
    /// The fingerprint of a key whose owner is not known.
    case byUnknown(key: String)
    case bad(String)
    case unchecked(String)
  }

  /// The longest signature that is read: those of the largest RSA keys have 4 kB.
  private static let maximumLength = 1 << 16

  /// Checks the signature in a packet's folder.
  static func check(_ folder: String, allowedSigners: String?) -> Verified {
    guard let bytes = PacketCheck.file(PacketSignature.path, in: folder, atMost: maximumLength) else {
      return FileManager.default.fileExists(atPath: "\(folder)/\(PacketSignature.path)")
        ? .bad("it cannot be read or is too long") : .unsigned
    }
    guard let list = PacketCheck.file(PacketCheck.signedFile, in: folder) else {
      return .bad("\(PacketCheck.signedFile) cannot be read")
    }
    if let allowedSigners, !FileManager.default.isReadableFile(atPath: allowedSigners) {
      return .unchecked("\(allowedSigners) cannot be read")
    }
    do {
      let signature = String(decoding: bytes, as: UTF8.self).trimmingCharacters(in: .newlines)
      switch try signatures.check(signature, over: list, allowedSigners: allowedSigners) {
      case .by(let who): return .by(who)
      case .byKey(let key): return .byUnknown(key: key)
      case .bad(let why): return .bad(why)
      }
    } catch {
      switch error {
      case .noProgram: return .unchecked("there is no ssh-keygen on this machine")
      case .refused(let why), .notSigned(_, let why): return .unchecked(why)
      }
    }
  }
}
