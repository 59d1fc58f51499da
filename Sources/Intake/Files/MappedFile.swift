import CPlatform
import Glibc

/// A whole file as bytes in memory, without reading it: pages come from the disk when they are looked at.
///
/// Cost:   one `mmap`; the pages belong to the system's file cache and can be taken back at any time.
/// Fails:  `IntakeError` where the file is missing, a directory, not permitted, a pipe or a device.
/// Bytes that the file has lost since (somebody cut it shorter, or the disk is broken) read as zeros, and `wasCut` says
/// so; scrapers that replace a file by renaming do no harm.
package final class MappedFile: Sendable {
  /// As given on the command line.
  package let name: String
  package let path: String
  /// Seconds since 1970 UTC.
  package let modified: Int64
  package let byteCount: Int
  private let address: UInt
  private let guardNumber: Int32
  private let identity: (device: dev_t, number: ino_t)
  /// Whether nobody else can reach it, so that it stays as it is.
  private let isOurs: Bool
  /// The nanoseconds of `modified`.
  private let modifiedNanoseconds: Int

  /// All bytes. They stay where they are as long as this object lives.
  package var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: byteCount)
  }

  /// Opens a file; `-` is standard input, which is kept in a temporary file that has no name.
  package convenience init(path: String) throws(IntakeError) { try self.init(path: path, watch: .nobody) }

  convenience init(path: String, watch: PreparationWatch) throws(IntakeError) {
    if path == "-" {
      let file = try StandardInput.spooled(watch: watch)
      defer { close(file) }
      try self.init(name: "standard input", path: "-", file: file, isOurs: true)
      return
    }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Self.error(path, errno) }
    defer { close(file) }
    try self.init(name: path, path: path, file: file)
  }

  /// Maps an open file.
  ///
  /// - Parameter isOurs: whether nobody else can reach it, so that it stays as it is.
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

  /// Whether bytes were asked for that the file no longer has; they read as zeros.
  package var wasCut: Bool { lp_mapping_was_cut(guardNumber) != 0 }

  /// What has become of the file since it was opened; nil: nothing. Asks the system.
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

  /// Tells the system that the whole file is about to be read, so that the disk runs ahead.
  func readAhead() {
    guard let start = UnsafeMutableRawPointer(bitPattern: address) else { return }
    madvise(start, byteCount, Int32(MADV_WILLNEED))
  }

  deinit {
    lp_unguard_mapping(guardNumber)
    if let start = UnsafeMutableRawPointer(bitPattern: address) { munmap(start, byteCount) }
  }

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
