import Glibc

/// A whole file as bytes in memory, without reading it: pages come from the disk when they are looked at.
///
/// Cost:   one `mmap`; the pages belong to the system's file cache and can be taken back at any time.
/// Fails:  `IntakeError` where the file is missing, a directory, not permitted, a pipe or a device.
/// A file that somebody cuts shorter while it is open takes its pages away with it; scrapers that replace a file
/// by renaming do no harm.
package final class MappedFile: Sendable {
  /// As given on the command line.
  package let name: String
  package let path: String
  /// Seconds since 1970 UTC.
  package let modified: Int64
  package let byteCount: Int
  private let address: UInt

  /// All bytes. They stay where they are as long as this object lives.
  package var bytes: UnsafeRawBufferPointer {
    UnsafeRawBufferPointer(start: UnsafeRawPointer(bitPattern: address), count: byteCount)
  }

  /// Opens a file; `-` is standard input, which is kept in a temporary file that has no name.
  package convenience init(path: String) throws(IntakeError) {
    if path == "-" {
      let file = try StandardInput.spooled()
      defer { close(file) }
      try self.init(name: "standard input", path: "-", file: file)
      return
    }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { throw Self.error(path, errno) }
    defer { close(file) }
    try self.init(name: path, path: path, file: file)
  }

  init(name: String, path: String, file: Int32) throws(IntakeError) {
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
    byteCount = Int(status.st_size)
    guard byteCount > 0 else {
      address = 0
      return
    }
    guard let start = mmap(nil, byteCount, PROT_READ, MAP_PRIVATE, file, 0), start != MAP_FAILED else {
      throw Self.error(path, errno)
    }
    address = UInt(bitPattern: start)
  }

  /// Tells the system that the whole file is about to be read, so that the disk runs ahead.
  func readAhead() {
    guard let start = UnsafeMutableRawPointer(bitPattern: address) else { return }
    madvise(start, byteCount, Int32(MADV_WILLNEED))
  }

  deinit {
    if let start = UnsafeMutableRawPointer(bitPattern: address) { munmap(start, byteCount) }
  }

  private static func error(_ path: String, _ code: Int32) -> IntakeError {
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
