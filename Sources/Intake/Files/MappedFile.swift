import CPlatform
import Glibc

/// A whole file as bytes in memory, mapped instead of read: pages come from disk on first access.
///
/// Shape:  `bytes` never moves. Bytes that the file has lost since (it was truncated, or the disk is failing) read as
///         zeros, and `wasCut` says so. Scrapers that replace a file by renaming do no harm.
/// Cost:   one `mmap`; pages belong to the system's file cache, which can reclaim them at any time.
/// Fails:  with `IntakeError` where the file is missing, a folder, not permitted, a pipe or a device.
package final class MappedFile: Sendable {
  /// The path as given on the command line, or the name for people.
  package let name: String
  /// Where it is on disk; `-` for standard input.
  package let path: String
  /// When it was last modified when opened, in seconds since 1970 UTC.
  package let modified: Int64
  package let byteCount: Int
  /// The start of the mapping; 0 for an empty file, which cannot be mapped.
  private let address: UInt
  /// The number under which a fault in the mapping is caught; -1 where none is guarded.
  private let guardNumber: Int32
  private let identity: (device: dev_t, number: ino_t)
  /// Whether no other process can reach it, so that it cannot change.
  private let isOurs: Bool
  /// The nanoseconds of `modified`, to notice two writes within a second.
  private let modifiedNanoseconds: Int

  /// All bytes, at an address that is stable for the lifetime of this object.
  package var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: byteCount)
  }

  /// Opens a file. For `-`, standard input is copied to a temporary file without a name.
  package convenience init(path: String) throws(IntakeError) { try self.init(path: path, progress: .ignored) }

  /// Opens a file and reports progress while standard input is being copied.
  ///
  /// Fails:  where the file cannot be opened, or is not one.
  convenience init(path: String, progress: PreparationProgress) throws(IntakeError) {
    if path == "-" {
      let file = try StandardInput.spooled(progress: progress)
      defer { close(file) }
      try self.init(name: "standard input", path: "-", file: file, isOurs: true)
      return
    }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Self.error(path, errno) }
    defer { close(file) }
    try self.init(name: path, path: path, file: file)
  }

  /// Maps an open file. The descriptor may be closed afterwards.
  ///
  /// - Parameter isOurs: whether no other process can reach it, so that it cannot change.
  init(name: String, path: String, file: Int32, isOurs: Bool = false) throws(IntakeError) {
    var status = stat()
    guard fstat(file, &status) == 0 else { throw Self.error(path, errno) }
    switch status.st_mode & S_IFMT {
    case S_IFREG: break
    case S_IFDIR: throw .isDirectory(path: path)
    default: throw .notAFile(path: path)
    }
    self.name = name
    self.path = path
    modified = Int64(status.st_mtim.tv_sec)
    modifiedNanoseconds = status.st_mtim.tv_nsec
    self.isOurs = isOurs
    byteCount = Int(status.st_size)
    identity = (status.st_dev, status.st_ino)
    guard byteCount > 0 else {
      (address, guardNumber) = (0, -1)
      return
    }
    guard let start = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
      throw Self.error(path, errno)
    }
    address = UInt(bitPattern: start)
    guardNumber = isOurs ? -1 : lp_guard_mapping(start, byteCount)
  }

  /// Whether bytes were accessed that the file no longer has. They read as zeros.
  package var wasCut: Bool { lp_mapping_was_cut(guardNumber) != 0 }

  /// What has changed on disk since it was opened; nil where nothing has.
  ///
  /// Cost:   one `stat`.
  package var change: FileChange? {
    guard !isOurs else { return nil }
    var status = stat()
    guard stat(path, &status) == 0 else { return wasCut ? .cut(bytes: 0) : .gone }
    guard status.st_dev == identity.device, status.st_ino == identity.number else {
      return wasCut ? .cut(bytes: 0) : .replaced
    }
    let size = Int(status.st_size)
    if size < byteCount || wasCut { return .cut(bytes: max(0, byteCount - size)) }
    if size > byteCount { return .grew(bytes: size - byteCount) }
    let isAsItWas = Int64(status.st_mtim.tv_sec) == modified && status.st_mtim.tv_nsec == modifiedNanoseconds
    return isAsItWas ? nil : .rewritten
  }

  /// Asks the system to read ahead through the whole file.
  func readAhead() {
    guard let start = UnsafeMutableRawPointer(bitPattern: address) else { return }
    madvise(start, byteCount, Int32(MADV_WILLNEED))
  }

  deinit {
    lp_unguard_mapping(guardNumber)
    if let start = UnsafeMutableRawPointer(bitPattern: address) { munmap(start, byteCount) }
  }

  /// The error for an `errno` of `open`, `stat` or `mmap`.
  static func error(_ path: String, _ code: Int32) -> IntakeError {
    switch code {
    case ENOENT, ENOTDIR: .missing(path: path)
    case EACCES, EPERM: .notPermitted(path: path)
    case EISDIR: .isDirectory(path: path)
    case ENXIO, ENODEV: .notAFile(path: path)
    default: .unreadable(path: path, code: code)
    }
  }
}

/// The system's words for an error number.
func systemMessage(_ code: Int32) -> String {
  guard let message = strerror(code) else { return "error \(code)" }
  return String(cString: message)
}

/// How a file on disk differs from what was opened.
///
/// Shape:  at most one answer per file, the most harmful one that applies.
package enum FileChange: Equatable, Sendable {
  /// It is longer. The part that was opened is assumed to be its unchanged beginning.
  case grew(bytes: Int)
  /// It is shorter by `bytes`, or by an unknown number where that is 0. The lost bytes read as zeros.
  case cut(bytes: Int)
  /// It was modified without a change of length, so its content can no longer be trusted.
  case rewritten
  /// Another file now has its name. The one that was opened is unharmed.
  case replaced
  /// Nothing has its name any more. The file that was opened is unharmed for as long as it stays open.
  case gone

  /// Whether bytes that were read may no longer be what they were.
  package var isHarmful: Bool {
    switch self {
    case .cut, .rewritten: true
    case .grew, .replaced, .gone: false
    }
  }
}

/// A file on disk as it was when opened, to compare with what it is now.
package struct OpenedFile: Sendable {
  private let file: MappedFile

  init(_ file: MappedFile) { self.file = file }

  /// The path as given on the command line.
  package var name: String { file.name }

  /// What has changed since it was opened; nil where nothing has.
  ///
  /// Cost:   one `stat`, which can block on a network file system. Never call it from the drawing thread.
  package var change: FileChange? { file.change }
}
