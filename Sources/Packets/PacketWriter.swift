import CaseFiles
import Casework
import Glibc
import Listings
import Sentences
import SmallFormats

/// A packet on disk under its final name.
package struct WrittenPacket: Equatable, Sendable {
  /// Of its folder.
  package let path: String
  /// The name of its folder.
  package let bagName: String
  /// The size of the payload as `bag-info.txt` states it, `<bytes>.<files>` (RFC 8493 section 2.2.2).
  package let payloadOxum: String
  /// The head of the packet's audit chain, in hex: what a recipient asks the sender for.
  package let auditHead: String
  /// What the packet holds, in numbers.
  package let counts: PacketCounts
  package let isSigned: Bool
  /// Of the zip beside the folder, if there is one.
  package var zipPath: String?
}

/// Writes a packet to disk, completely or not at all.
///
/// Shape:  the packet is assembled in `NAME.partial` beside its final place. Every file and folder is synced, then the folder
///         is renamed in one step. A folder named `.partial` is never a packet.
///         Files are 0600 and folders 0700, whatever the umask: a packet has personal data, and is handed over by
///         decision, not by being readable on a shared machine.
/// Cost:   one sync per file: about 0.3 ms each on a local disk.
/// Fails:  with nothing under the packet's name, and its own unfinished files removed.
package enum PacketWriter {
  /// Checks that a packet of these listings can be written there. It is called before a number is reserved, so that a refused
  /// packet leaves no gap in the numbers.
  ///
  /// Shape:  an empty `folder` is the current one. Nothing is written.
  /// Fails:  with `noListings`, with the error of the first listing that may not leave, or with `folderMissing`. The
  ///         form is not checked here.
  package static func check(_ file: CaseFile, into folder: String) throws(PacketError) {
    try PacketAssembly.refuse(file.listings)
    guard FolderWriting.isFolder(folder.isEmpty ? "." : folder) else { throw .folderMissing(path: folder) }
  }

  /// Assembles and writes a packet as a new folder in `folder`.
  ///
  /// Fails:  as the assembly does, before anything is on disk, and then as `write` of an assembled packet does.
  package static func write(_ packet: Packet, into folder: String) throws(PacketError) -> WrittenPacket {
    let assembly = try PacketAssembly(packet)
    return try write(assembly, into: folder)
  }

  /// Writes an assembled packet as a new folder in `folder`.
  ///
  /// Shape:  an empty `folder` is the current one; the new folder in it has the assembly's `folderName`.
  /// Fails:  with `folderMissing`, `targetExists` or `unfinishedExists` before anything is written. After a later
  ///         error, what was made is removed, and `refused` names what could not be. If only the last sync of `folder`
  ///         fails, the packet counts as written.
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
    // The packet is complete. Its name should be durable too, but a failure there does not make it unwritten.
    FolderWriting.syncFolder(folder.isEmpty ? "." : folder)
    return WrittenPacket(
      path: path, bagName: assembly.folderName, payloadOxum: assembly.payloadOxum, auditHead: assembly.auditHead,
      counts: assembly.counts, isSigned: assembly.isSigned, zipPath: nil)
  }

  /// Writes an assembled packet as `NAME.zip` beside its folder.
  ///
  /// Shape:  written as `NAME.zip.partial`, synced, and given its name in one step; mode 0600. Returns its path.
  /// Fails:  with `tooLargeForZip`, `targetExists`, `unfinishedExists` or `refused`. The packet's folder is whole all the same.
  package static func writeZip(
    of assembly: PacketAssembly, at time: UTCTime, into folder: String
  ) throws(PacketError) -> String {
    let name = assembly.folderName + ".zip"
    let path = folder.isEmpty ? name : folder + "/" + name
    guard !FolderWriting.exists(path) else { throw .targetExists(path: path) }
    let zip = try PacketZip(of: assembly.folderName, assembly.files, at: time)
    try FolderWriting.writeFile(at: path) { (write) throws(PacketError) in try zip.forEachPiece(write) }
    FolderWriting.syncFolder(folder.isEmpty ? "." : folder)
    return path
  }

  /// Writes the zip beside a packet's folder again from the folder, replacing the old one.
  ///
  /// Shape:  with the time of the packet, so that the same folder gives the same bytes.
  /// Fails:  with `tooLargeForZip`, `unfinishedExists` or `refused`; the old zip is then as it was.
  static func rewriteZip(of folder: String) throws(PacketError) {
    let path = folder + ".zip"
    guard let reading = FolderReading(folder), let name = folder.split(separator: "/").last else {
      throw .folderMissing(path: folder)
    }
    var files: [PacketFile] = []
    for found in reading.found {
      guard found.isPlainFile else {
        throw .refused(path: "\(folder)/\(found.path)", errno: EIO, leftBehind: nil)
      }
      files.append(PacketFile(path: found.path, in: folder, size: found.size))
    }
    let document = (try? reading.bytes(of: "data/packet.json")).flatMap { try? JSONReading.value(of: $0) }
    guard let time = document?.at("created")?.asText.flatMap({ UTCTime($0) }) else {
      throw .refused(path: "\(folder)/data/packet.json", errno: EIO, leftBehind: nil)
    }
    let packed = try PacketZip(of: String(name), files, at: time)
    let fresh = path + ".new"
    try FolderWriting.writeFile(at: fresh) { (write) throws(PacketError) in try packed.forEachPiece(write) }
    guard Glibc.rename(fresh, path) == 0 else { throw .refused(path: path, errno: errno, leftBehind: fresh) }
    let above = path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
    FolderWriting.syncFolder(above.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : above)
  }
}

/// Writes a folder, and remembers what it made, so that it can remove exactly that and nothing else.
///
/// Cost:   one sync per file and folder.
/// Fails:  with `PacketError`; `abandoned(after:)` then removes what was made.
struct FolderWriting {
  /// The folder that is being written.
  private let root: String
  /// What was made, in order; the paths of folders end in a slash.
  private var made: [String] = []
  /// Folders made so far.
  private var folders: Set<String> = []

  /// Makes the folder. It must not exist, which keeps two exports apart.
  ///
  /// Fails:  with `unfinishedExists` if anything has that name, which is then left alone; otherwise with `refused`.
  init(at root: String) throws(PacketError) {
    self.root = root
    guard mkdir(root, 0o700) == 0 else {
      if errno == EEXIST { throw .unfinishedExists(path: root) }
      throw .refused(path: root, errno: errno, leftBehind: nil)
    }
    made.append(root + "/")
    // The umask may have removed the owner's own permissions.
    guard chmod(root, 0o700) == 0 else { throw abandoned(after: refused(root)) }
  }

  /// Writes and syncs one file, and makes the folders of its path.
  ///
  /// Shape:  the file is new, of mode 0600, and its name is never followed as a link; its path is relative to the
  ///         folder.
  /// Fails:  with `refused` if the file exists or a call fails. What was made so far stays until `abandoned(after:)`.
  mutating func write(_ file: PacketFile) throws(PacketError) {
    let parts = file.path.split(separator: "/")
    var folder = root
    for part in parts.dropLast() {
      folder += "/" + part
      if folders.insert(folder).inserted { try makeFolder(folder) }
    }
    let path = root + "/" + file.path
    let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw refused(path) }
    made.append(path)
    do throws(PacketError) {
      try file.forEachPiece { (piece) throws(PacketError) in try Self.write(piece, to: descriptor, path: path) }
      guard fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0 else { throw refused(path) }
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw refused(path) }
  }

  /// Writes and syncs a file under a temporary name, then gives it its own, which must not be taken.
  ///
  /// - Parameter content: is given what writes the next bytes.
  static func writeFile(
    at path: String,
    _ content: ((UnsafeRawBufferPointer) throws(PacketError) -> Void) throws(PacketError) -> Void
  ) throws(PacketError) {
    let partial = path + ".partial"
    let descriptor = open(partial, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw .unfinishedExists(path: partial) }
      throw .refused(path: partial, errno: errno, leftBehind: nil)
    }
    func failed(_ number: Int32) -> PacketError {
      let isLeft = unlink(partial) != 0
      return .refused(path: partial, errno: number, leftBehind: isLeft ? partial : nil)
    }
    do throws(PacketError) {
      try content { (piece) throws(PacketError) in try write(piece, to: descriptor, path: partial) }
    } catch {
      close(descriptor)
      guard case .refused(_, let number, _) = error else {
        unlink(partial)
        throw error
      }
      throw failed(number)
    }
    let isSynced = fchmod(descriptor, 0o600) == 0 && fsync(descriptor) == 0
    let number = errno
    guard close(descriptor) == 0, isSynced else { throw failed(isSynced ? errno : number) }
    // A link takes no name that is taken; where there are no links, the name was free a moment ago.
    if link(partial, path) == 0 {
      unlink(partial)
    } else if errno == EEXIST {
      unlink(partial)
      throw .targetExists(path: path)
    } else if Glibc.rename(partial, path) != 0 {
      throw failed(errno)
    }
  }

  /// Makes a folder that must not exist.
  ///
  /// Fails:  with `refused` if anything has its name.
  private mutating func makeFolder(_ path: String) throws(PacketError) {
    guard mkdir(path, 0o700) == 0 else { throw refused(path) }
    made.append(path + "/")
    guard chmod(path, 0o700) == 0 else { throw refused(path) }
  }

  /// Writes all bytes to a file.
  ///
  /// Fails:  with `refused`; interrupted calls are repeated, and a call that writes nothing counts as an I/O error.
  private static func write(
    _ bytes: UnsafeRawBufferPointer, to descriptor: Int32, path: String
  ) throws(PacketError) {
    var start = 0
    while start < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress! + start, bytes.count - start)
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .refused(path: path, errno: count == 0 ? EIO : errno, leftBehind: nil) }
      start += count
    }
  }

  /// Syncs the folders, and with them the names of all files. The files themselves are synced already.
  ///
  /// Shape:  the folders made last come first, so that each is synced before the one that holds it.
  /// Fails:  with `refused` at the first folder that cannot be synced.
  func sync() throws(PacketError) {
    for path in made.reversed() where path.hasSuffix("/") {
      guard Self.syncFolder(path) else { throw refused(path) }
    }
  }

  /// Renames the folder to its final name.
  ///
  /// rename(2) replaces nothing but an empty folder. If another program takes the name meanwhile, nothing of theirs is lost.
  ///
  /// Fails:  with `targetExists` if the name is taken, otherwise with `refused`; the folder then keeps its unfinished
  ///         name.
  func rename(to path: String) throws(PacketError) {
    guard !Self.exists(path) else { throw .targetExists(path: path) }
    guard Glibc.rename(root, path) == 0 else {
      if errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR { throw .targetExists(path: path) }
      throw refused(path)
    }
  }

  /// Removes what was made, and adds to the error what could not be removed.
  ///
  /// Shape:  the same error; only `refused` can say what was left behind. Files of others in the folder are not
  ///         touched, and keep it from being removed.
  func abandoned(after error: PacketError) -> PacketError {
    for path in made.reversed() {
      if path.hasSuffix("/") { rmdir(path) } else { unlink(path) }
    }
    guard case .refused(let path, let number, _) = error else { return error }
    return .refused(path: path, errno: number, leftBehind: Self.exists(root) ? root : nil)
  }

  /// The error of the last system call.
  /// It must be made before another call changes `errno`.
  private func refused(_ path: String) -> PacketError { .refused(path: path, errno: errno, leftBehind: nil) }

  // MARK: - Queries

  /// Whether anything has the name, even a link that leads nowhere.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// Whether the path leads to a folder.
  /// A link to a folder is one too.
  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Syncs a folder. Some file systems cannot and say so with EINVAL; then there is nothing to wait for.
  ///
  /// Fails:  with false if the folder cannot be opened or synced; `errno` then says why.
  @discardableResult
  static func syncFolder(_ path: String) -> Bool {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return false }
    let number = fsync(descriptor) == 0 ? 0 : errno
    close(descriptor)
    errno = number
    return number == 0 || number == EINVAL || number == ENOTSUP
  }
}

/// Why no packet was written. In every case, nothing new exists under the packet's name.
///
/// Shape:  `sentence` is what the screen and the shell show.
package enum PacketError: Error, Equatable, Sendable {
  /// All problems of form and stamp, in the order of the form.
  case formHasProblems([PacketProblem])
  /// There is nothing to hand over.
  case noListings
  /// A packet passes on what an analyst decided to pass on; false positives and unreviewed listings are not that.
  case notForExport(ListingKey, Verdict?)
  /// A listing whose row is not at hand.
  case listingWithoutEvidence(ListingKey)
  /// A file of evidence is no longer what it was when it was hashed, or is gone.
  case evidenceChanged(name: String, why: String)
  /// What the recipient must not get would leave all the same: what it is, and in which file.
  case wouldLeak([String])
  /// The folder into which to export is no folder.
  case folderMissing(path: String)
  /// The packet's name is taken, by whatever it may be. Nothing is overwritten.
  case targetExists(path: String)
  /// The folder in which a packet is assembled exists: another export is running, or one was interrupted.
  case unfinishedExists(path: String)
  /// The limits of zip archives that every unpacker reads.
  case tooLargeForZip(files: Int, bytes: Int)
  /// The system refused. `leftBehind` names the unfinished folder, if that could not be removed either.
  case refused(path: String, errno: Int32, leftBehind: String?)

  /// What happened, to what, what is unharmed, and what to do.
  ///
  /// Limits: keys are cut after 120 characters.
  package var sentence: String {
    switch self {
    case .formHasProblems(let problems):
      return localized("No packet was written; the form has to be mended first:") + " "
        + problems.map(\.sentence).joined(separator: " ")
    case .noListings:
      return localized(
        "No packet was written: it would hold no listing. Confirm or mark the listings to hand over first.")
    case .notForExport(let key, let verdict):
      return localized(
        "No packet was written: listing \(name(key)) is \(words(verdict)); only confirmed and unsure listings leave."
          + " Leave it out, or decide it anew.")
    case .listingWithoutEvidence(let key):
      return localized(
        "No packet was written: listing \(name(key)) has no evidence. Open the file it came from, and export again.")
    case .evidenceChanged(let name, let why):
      let file = DisplayText.visible(name, limit: 200)
      return localized(
        "No packet was written: the file \(file), which is evidence, \(why). Export again; if it "
          + "was attached, `linsang casebook verify` says which attached files are not as they were.")
    case .wouldLeak(let leaks):
      let more = leaks.count - 3
      let rest = more > 0 ? [localized(more, one: "and \(more) more", other: "and \(more) more")] : []
      let all = (leaks.prefix(3).map { DisplayText.visible($0, limit: 200) } + rest).joined(separator: "; ")
      return localized(
        "No packet was written: it would pass on what this recipient must not get: \(all). "
          + "Change the answer of the form or the entry of your own lexicon that has it; if a part of the listings that the "
          + "profile keeps has it, withhold that part.")
    case .folderMissing(let path):
      return localized("No packet was written: there is no folder \(shown(path)). Make it, or name another.")
    case .targetExists(let path):
      return localized(
        "No packet was written: \(shown(path)) is already there, and nothing is ever overwritten."
          + " Export under another number or version, or into another folder.")
    case .unfinishedExists(let path):
      return localized(
        "No packet was written: \(shown(path)) is there. Either another export is at work, or one was cut off;"
          + " in that case the folder is no packet: delete it and export again.")
    case .tooLargeForZip(let files, let bytes):
      return localized(
        "No zip was written: \(files) files of \(bytes) bytes are more than the 65,535 files or 4 GiB of a zip that every "
          + "program can unpack. Hand the folder over.")
    case .refused(let path, let number, let leftBehind):
      let why = String(cString: strerror(number))
      let left =
        leftBehind.map { localized("The unfinished folder \(shown($0)) could not be removed; delete it.") }
        ?? localized("Nothing was left behind.")
      let happened = localized(
        "No packet was written: \(why), at \(shown(path)). The listings and the casebook are unharmed.")
      return [happened, left, advice(number)].joined(separator: " ")
    }
  }

  /// The key as a sentence quotes it.
  private func name(_ key: ListingKey) -> String { "\"\(DisplayText.visible(key.text, limit: 120))\"" }

  /// The path with its controls made visible.
  private func shown(_ path: String) -> String { DisplayText.visible(path) }

  /// The verdict in a sentence.
  private func words(_ verdict: Verdict?) -> String {
    switch verdict {
    case nil: localized("unreviewed", context: "in place of a verdict")
    case .falsePositive: localized("a false positive", context: "a verdict")
    case .confirmed: localized("confirmed", context: "a verdict")
    case .unsure: localized("unsure", context: "a verdict")
    }
  }

  /// What to do about an error of the system.
  private func advice(_ number: Int32) -> String {
    switch number {
    case ENOSPC, EDQUOT: localized("Free some space, or choose another folder.")
    case EACCES, EPERM, EROFS: localized("Choose a folder in which you may write.")
    default: localized("Try again, or choose another folder.")
    }
  }
}
