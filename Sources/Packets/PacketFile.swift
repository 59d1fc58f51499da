import CaseFiles
import Captures
import Glibc
import Hashing

/// A file of a packet before it is on disk. Its path is relative to the packet's folder, and never from a listing.
package struct PacketFile: Equatable, Sendable {
  /// Where its bytes are.
  enum Content: Equatable, Sendable {
    case made([UInt8])
    /// A file of evidence, which may be larger than memory.
    case copied(FileEvidence)
    /// A file of a packet that is on disk already.
    case stored(folder: String, size: Int)
  }

  /// Below the packet's folder, with slashes.
  package let path: String
  let content: Content

  package init(path: String, bytes: [UInt8]) { (self.path, content) = (path, .made(bytes)) }

  init(path: String, copy file: FileEvidence) { (self.path, content) = (path, .copied(file)) }

  /// A file in the folder of a packet.
  init(path: String, in folder: String, size: Int) {
    (self.path, content) = (path, .stored(folder: folder, size: size))
  }

  /// Of a file that was made here; those of a copied one are read by `forEachPiece` alone.
  package var bytes: [UInt8] { if case .made(let bytes) = content { bytes } else { [] } }

  /// Whether it is a copy of a file of evidence.
  package var isCopy: Bool { if case .copied = content { true } else { false } }

  package var size: Int {
    switch content {
    case .made(let bytes): bytes.count
    case .copied(let file): file.bytes
    case .stored(_, let size): size
    }
  }

  /// SHA-256 in hexadecimal digits.
  var digest: String {
    switch content {
    case .made(let bytes): SHA256Digest(of: bytes).hex
    case .copied(let file): file.digest
    case .stored(let folder, _):
      FolderReading(folder).flatMap { try? $0.digest(of: path) } ?? ""
    }
  }

  /// Calls `body` with its bytes, piece by piece.
  ///
  /// Fails:  throws `evidenceChanged` where a file of evidence is no longer what was hashed, and what `body` throws.
  func forEachPiece(_ body: (UnsafeRawBufferPointer) throws(PacketError) -> Void) throws(PacketError) {
    switch content {
    case .made(let bytes):
      let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
      defer { buffer.deallocate() }
      buffer.copyBytes(from: bytes)
      try body(UnsafeRawBufferPointer(buffer))
    case .copied(let file):
      func changed(_ problem: LocalFileProblem) -> PacketError {
        .evidenceChanged(name: file.originalName, why: problem.clause)
      }
      let source: LocalFile
      do throws(LocalFileProblem) {
        source = try file.open()
      } catch {
        throw changed(error)
      }
      let digest = StreamDigest(.sha256)
      try source.read(or: changed) { (piece) throws(PacketError) in
        digest.update(piece)
        try body(piece)
      }
      guard StreamDigest.hex(digest.finish()) == file.digest else { throw changed(.changed) }
    case .stored(let folder, let size): try FolderReading.forEachPiece(of: path, in: folder, size: size, body)
    }
  }
}
