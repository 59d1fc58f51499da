import Hashing
import SmallFormats
import Workspace

/// A packet's timestamp: an authority's statement of when the packet's list of lists existed, and with it every file.
///
/// Shape:  a reply of RFC 3161 beside the file that it is over. No list has it, since it comes later.
/// Source: RFC 3161; the packet specification, section 6.
package enum PacketTimestamp {
  /// Relative to the packet's folder.
  package static let path = "tagmanifest-sha256.txt.tsr"
  /// The longest reply that is read. With a chain of certificates one has 10 kB.
  package static let maximumLength = 1 << 20

  /// What a packet's folder has.
  package enum State: Equatable, Sendable {
    case none
    /// Over this packet. Who signed it has not been asked.
    case found(Timestamp)
    case bad(String)
  }

  /// The digest that a timestamp of the packet is over; nil if its list cannot be read.
  package static func digest(of folder: String) -> SHA256Digest? {
    PacketCheck.file(PacketCheck.signedFile, in: folder).map { SHA256Digest(of: $0) }
  }

  /// The timestamp in a packet's folder.
  package static func state(of folder: String) -> State {
    guard FolderWriting.exists("\(folder)/\(path)") else { return .none }
    guard let reply = PacketCheck.file(path, in: folder, atMost: maximumLength) else {
      return .bad("it is no plain file, cannot be read, or is too long")
    }
    guard let digest = digest(of: folder) else { return .bad("\(PacketCheck.signedFile) cannot be read") }
    do {
      return .found(try Timestamp(reply, of: digest))
    } catch {
      return .bad(words(error))
    }
  }

  /// Puts a reply into a packet's folder, and into the zip beside it, if there is one.
  ///
  /// Shape:  the zip is written again, with the same time and one more file, and replaces the old one in one step.
  /// Fails:  with `targetExists` if there is a timestamp, with `refused`, or with `tooLargeForZip`, when the folder has its
  ///         timestamp and the zip is as it was. The reply has to be checked before.
  package static func attach(_ reply: [UInt8], to folder: String) throws(PacketError) -> [String] {
    let target = "\(folder)/\(path)"
    guard !FolderWriting.exists(target) else { throw .targetExists(path: target) }
    try FolderWriting.writeFile(at: target) { (write) throws(PacketError) in
      try PacketFile(path: path, bytes: reply).forEachPiece(write)
    }
    FolderWriting.syncFolder(folder)
    let zip = folder + ".zip"
    guard FolderWriting.exists(zip) else { return [target] }
    try PacketWriter.rewriteZip(of: folder)
    return [target, zip]
  }

  /// A failure as a clause.
  package static func words(_ failure: Timestamp.Failure) -> String {
    switch failure {
    case .notAReply: "it is no reply of a timestamp authority (RFC 3161)"
    case .notGranted(let why): "the authority gave no timestamp: \(why)"
    case .ofAnotherDigest(let digest): "it is over other bytes, with the SHA-256 \(digest)"
    case .ofAnotherKind: "it is over a digest that is no SHA-256"
    case .noCertificates: "there is no certificate in PEM"
    case .notSigned(let why): "none of the certificates vouches for it: \(why)"
    }
  }
}
