import CaseFiles
import Glibc

/// A packet that is on disk under its name.
package struct WrittenPacket: Equatable, Sendable {
  package let path: String
  package let bagName: String
  package let payloadOxum: String
  package let auditHead: String
  package let counts: PacketCounts
}

/// Puts a packet on disk, whole or not at all.
///
/// Shape:  the packet grows in `NAME.partial` beside its place, every file and folder is synced, then the folder gets
///         its name in one step. A folder named `.partial` is never a packet.
///         Files are 0600 and folders 0700 whatever the umask: a packet holds personal data and is handed over by
///         decision, not by being readable on a shared machine.
/// Cost:   one sync per file: about 0.3 ms each on a local disk.
/// Fails:  with nothing under the packet's name, and its own unfinished files removed.
package enum PacketWriter {
  /// Whether a packet of these listings can be written there: asked before it gets a number, so that a refused packet
  /// leaves no gap among the numbers.
  package static func check(_ file: CaseFile, into folder: String) throws(PacketError) {
    try PacketAssembly.refuse(file.listings)
    guard FolderWriting.isFolder(folder.isEmpty ? "." : folder) else { throw .folderMissing(path: folder) }
  }

  /// Writes `packet` as a folder of its own in `folder`.
  package static func write(_ packet: Packet, into folder: String) throws(PacketError) -> WrittenPacket {
    let assembly = try PacketAssembly(packet)
    return try write(assembly, into: folder)
  }

  package static func write(_ assembly: PacketAssembly, into folder: String) throws(PacketError) -> WrittenPacket {
    let path = folder.isEmpty ? assembly.folderName : folder + "/" + assembly.folderName
    guard FolderWriting.isFolder(folder.isEmpty ? "." : folder) else { throw .folderMissing(path: folder) }
    guard !FolderWriting.exists(path) else { throw .targetExists(path: path) }
    var writing = try FolderWriting(at: path + ".partial")
    do throws(PacketError) {
      for file in assembly.files { try writing.write(file) }
      try writing.sync()
      try writing.rename(to: path)
    } catch {
      throw writing.abandoned(after: error)
    }
    // The packet is complete; that its name is durable too is asked for, but no reason to call it unwritten.
    FolderWriting.syncFolder(folder.isEmpty ? "." : folder)
    return WrittenPacket(
      path: path, bagName: assembly.folderName, payloadOxum: assembly.payloadOxum, auditHead: assembly.auditHead,
      counts: assembly.counts)
  }
}
