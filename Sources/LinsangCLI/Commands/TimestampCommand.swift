import ArgumentParser
import Foundation
import Hashing
import Packets
import SmallFormats
import TextCells

/// `linsang timestamp`
struct TimestampCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "timestamp", abstract: "Give a packet a timestamp of an authority: proof of when it existed.",
    discussion: """
      linsang timestamp query PACKET writes what an authority needs: the packet's digest and nothing else. Linsang sends \
      nothing; you do, in any way you like. linsang timestamp attach PACKET REPLY puts the answer into the packet. Every \
      recipient can check it without a network: linsang verify --timestamp-certificates, or openssl ts -verify.
      """,
    subcommands: [Query.self, Attach.self])

  /// `linsang timestamp query PACKET`
  struct Query: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Write the question for a timestamp authority (RFC 3161).",
      discussion: """
        The file, PACKET.tsq beside the packet unless --into names another, has 59 bytes. Send it to your authority as \
        application/timestamp-query, for example:
        curl --data-binary @LNS-2026-000007_v1.tsq -H 'Content-Type: application/timestamp-query' -o reply.tsr ADDRESS
        """)

    @Argument(help: "The packet's folder.", completion: .directory) var packet: String
    @Option(name: .customLong("into"), help: "The file to write; it must not exist.") var file: String?

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let folder = PacketFolder(packet)
        let digest = try folder.digest()
        let path = file ?? folder.path + ".tsq"
        do {
          try Data(Timestamp.query(for: digest)).write(to: URL(fileURLWithPath: path), options: .withoutOverwriting)
        } catch {
          Diagnostics.report("\(path) could not be written: \(error.localizedDescription)")
          throw ExitCode(2)
        }
        try output.line(path)
      }
    }
  }

  /// `linsang timestamp attach PACKET REPLY`
  struct Attach: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Put an authority's reply into the packet, and into the zip beside it.",
      discussion: """
        The reply must be over this packet; nothing is written otherwise. With --certificates its signature must be good, \
        too. A packet has one timestamp, which is never replaced.
        """)

    @Argument(help: "The packet's folder.", completion: .directory) var packet: String
    @Argument(help: "The authority's reply.", completion: .file()) var reply: String
    @Option(
      help: ArgumentHelp("Certificates of authorities that you trust, in PEM.", valueName: "file"))
    var certificates: String?

    func run() throws {
      try Diagnostics.reportingErrors { output in
        let folder = PacketFolder(packet)
        let bytes = try ReplyFile.bytes(of: reply)
        let timestamp: Timestamp
        do {
          timestamp = try Timestamp(bytes, of: try folder.digest())
          if let certificates { try timestamp.checkSignature(withCertificatesIn: certificates) }
        } catch let failure as Timestamp.Failure {
          let what = failure == .noCertificates ? certificates ?? "" : reply
          Diagnostics.report(
            "\(what) was not taken: \(VisibleForm.visible(PacketTimestamp.words(failure))). The packet is as it was.")
          throw ExitCode(1)
        }
        for path in try attach(bytes, to: folder.path) { try output.line(path) }
        if certificates == nil {
          Diagnostics.report("It says \(timestamp.time). Who signed it was not asked; --certificates does.")
        }
      }
    }

    private func attach(_ bytes: [UInt8], to folder: String) throws -> [String] {
      do {
        return try PacketTimestamp.attach(bytes, to: folder)
      } catch {
        Diagnostics.report(error.timestampSentence)
        throw ExitCode(2)
      }
    }
  }
}

/// The folder of a packet, named on the command line.
private struct PacketFolder {
  /// Without slashes at its end, which would name another file beside it.
  let path: String

  init(_ path: String) {
    var path = path
    while path.count > 1, path.hasSuffix("/") { path.removeLast() }
    self.path = path
  }

  /// Fails:  with a sentence and exit code 2 where the folder is no packet's.
  func digest() throws -> SHA256Digest {
    guard let digest = PacketTimestamp.digest(of: path) else {
      Diagnostics.report("\(path) is no packet's folder: it has no \(PacketCheck.signedFile). Nothing was written.")
      throw ExitCode(2)
    }
    return digest
  }
}

/// An authority's reply on disk.
private enum ReplyFile {
  /// Fails:  with a sentence and exit code 2 where it is no plain file, cannot be read or is far too long.
  static func bytes(of path: String) throws -> [UInt8] {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.count > 1 ? parts.dropLast().joined(separator: "/") + "/" : "."
    guard
      let bytes = PacketCheck.file(String(parts.last ?? ""), in: folder, atMost: PacketTimestamp.maximumLength)
    else {
      Diagnostics.report(
        "\(path) is no plain file, cannot be read, or has more than \(PacketTimestamp.maximumLength) bytes. Nothing was "
          + "written.")
      throw ExitCode(2)
    }
    return bytes
  }
}

extension PacketError {
  /// What happened when a timestamp was put into a packet.
  fileprivate var timestampSentence: String {
    switch self {
    case .targetExists(let path):
      "\(VisibleForm.visible(path)) is already there, and a timestamp is never replaced."
    case .unfinishedExists(let path):
      "\(VisibleForm.visible(path)) is there: another program is at work, or one was cut off; then delete it and try again."
    case .tooLargeForZip:
      "The packet has its timestamp, but is too large for a zip; the old zip is as it was, without the timestamp."
    case .refused(let path, let number, _):
      "\(String(cString: strerror(number))), at \(VisibleForm.visible(path)). The rest of the packet is as it was."
    default: sentence
    }
  }
}
