import Casework
import Foundation
import GRDB

extension Casebook {
  /// Writes a complete copy of the casebook, as it is at one moment, while others go on filing.
  ///
  /// Shape:  one file, mode 0600, that is a casebook of its own with the same chain. It has its name only once it is on disk
  ///         and was checked as `inspect` does; an existing file is never written over.
  /// Cost:   reads and writes the file once and then reads the copy; filing waits for none of it.
  /// Fails:  throws `cannotBackUp` where there is a file already or the folder refuses, and `untrusted` where the casebook
  ///         itself is not whole. Nothing is left behind.
  package func backup(to target: String) throws(CasebookError) -> ChainHead {
    var about = stat()
    for end in ["", "-wal", "-shm"] where lstat(target + end, &about) == 0 {
      throw .cannotBackUp(path: path, to: target, why: "\(target + end) is there already")
    }
    // Also finds a casebook that is no longer at its path.
    _ = try head()
    guard let partial = PartialFile(beside: target) else { throw backupError(target) }
    do {
      let copy = try DatabaseQueue(path: partial.path)
      try database.backup(to: copy)
      try copy.close()
      let head = try checkedHead(of: partial.path)
      // A link fails where there is a file by now; renaming would replace it.
      guard partial.finish(as: target) else { throw backupError(target) }
      return head
    } catch {
      throw CasebookError(error, path: path)
    }
  }

  /// The head of the copy, if everything in it is as the events say.
  private func checkedHead(of partial: String) throws -> ChainHead {
    let copy = try Casebook.open(path: partial, analyst: analyst, access: .reading)
    let inspection = try copy.inspect()
    try copy.close()
    switch inspection.chain {
    case .broken(let line, let why):
      throw CasebookError.untrusted(path: path, why: "its audit chain is broken at event \(line): \(why)")
    case .whole(let head):
      if let finding = inspection.findings.first { throw CasebookError.untrusted(path: path, why: finding.sentence) }
      return head
    }
  }

  private func backupError(_ target: String) -> CasebookError {
    .cannotBackUp(path: path, to: target, why: String(cString: strerror(errno)))
  }
}

/// A new file that has no name of its own yet; gone with this value.
private struct PartialFile: ~Copyable {
  let path: String
  private let handle: Int32

  init?(beside target: String) {
    path = "\(target).partial-\(UInt32.random(in: 0x1000_0000 ... .max))"
    handle = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard handle >= 0 else { return nil }
  }

  deinit {
    close(handle)
    for end in ["", "-wal", "-shm"] { unlink(path + end) }
  }

  /// Gives the file its name, once it is on disk. Fails with `errno` set where there is a file of that name.
  func finish(as target: String) -> Bool {
    guard fsync(handle) == 0, link(path, target) == 0 else { return false }
    let folder = open(CasebookFile(path: target).folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { return true }  // The folder may be written but not listed; the file itself is synced.
    defer { close(folder) }
    return fsync(folder) == 0 || errno == EINVAL
  }
}
