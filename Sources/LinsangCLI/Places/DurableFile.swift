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
