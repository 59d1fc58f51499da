import Foundation

/// Small files that are either the old or the new ones, whatever happens in between.
enum DurableFile {
  struct Failure: Error {
    /// The system's own words.
    let why: String
  }

  /// Puts bytes in the place of a file, with its folder if need be: on disk before it has the name.
  ///
  /// A link is followed, so that a table kept elsewhere stays there; who may read the file stays as it is.
  static func replace(_ path: String, with bytes: [UInt8]) throws(Failure) {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let folder = (target as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw Failure(why: ColumnMemoryFile.why(error))
    }
    var old = stat()
    let mode = stat(target, &old) == 0 ? old.st_mode & 0o777 : 0o644
    var beside = Array((target + ".XXXXXX").utf8CString)
    let file = mkstemp(&beside)
    guard file >= 0 else { throw failure() }
    do throws(Failure) {
      try put(bytes, into: file, mode: mode)
      guard rename(beside, target) == 0 else { throw failure() }
    } catch {
      unlink(beside)
      throw error
    }
    try synchronise(folder)
  }

  /// Does what reads a file of a folder and writes it, while no other program does so; the folder is made if need be.
  ///
  /// The turn ends with the program at the latest. Where another program keeps it for longer than anybody writes a table,
  /// nothing is done: two that write the same file lose what one of them wrote.
  static func takingTurns<Failed: Error, Answer>(
    inFolderOf path: String, refused: (Failure) -> Failed, _ work: () throws(Failed) -> Answer
  ) throws(Failed) -> Answer {
    let folder = (path as NSString).deletingLastPathComponent
    do {
      try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw refused(Failure(why: ColumnMemoryFile.why(error)))
    }
    let handle = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw refused(failure()) }
    defer { close(handle) }
    for _ in 0..<patience {
      // A file system without locks has nobody to take turns with.
      if flock(handle, LOCK_EX | LOCK_NB) == 0 || errno != EWOULDBLOCK && errno != EINTR { return try work() }
      usleep(pause)
    }
    throw refused(Failure(why: "another program is writing there"))
  }

  /// Five seconds.
  private static let patience = 500
  private static let pause: useconds_t = 10_000

  private static func put(_ bytes: [UInt8], into file: Int32, mode: mode_t) throws(Failure) {
    var written = 0
    while written < bytes.count {
      let count = bytes.withUnsafeBytes { write(file, $0.baseAddress! + written, bytes.count - written) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else {
        let failure = failure()
        close(file)
        throw failure
      }
      written += count
    }
    guard fchmod(file, mode) == 0, fsync(file) == 0 else {
      let failure = failure()
      close(file)
      throw failure
    }
    guard close(file) == 0 else { throw failure() }
  }

  /// The new name is on disk too.
  private static func synchronise(_ folder: String) throws(Failure) {
    let handle = open(folder, O_RDONLY | O_DIRECTORY)
    guard handle >= 0 else { throw failure() }
    defer { close(handle) }
    // Some file systems have no such request for folders, and say so.
    if fsync(handle) != 0, errno != EINVAL { throw failure() }
  }

  private static func failure() -> Failure { Failure(why: String(cString: strerror(errno))) }
}
