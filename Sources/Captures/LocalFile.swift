import Glibc
import Sentences

/// Why a file cannot be taken as evidence.
package enum LocalFileProblem: Error, Equatable, Sendable {
  case missing
  case folder
  /// What the link says it leads to.
  case link(to: String)
  /// A pipe, device or socket.
  case notAFile
  case empty
  case tooLarge(bytes: Int, limit: Int)
  /// The path leads out of the folder in which it may be.
  case outside
  /// The system's message.
  case unreadable(String)
  /// It was changed while it was read.
  case changed

  /// What is wrong, to follow the file's name.
  package var clause: String {
    switch self {
    case .missing: "is not there"
    case .folder: "is a folder, not a file"
    case .link(let target): "is a link to \(target); name the file itself"
    case .notAFile: "is a pipe, device or socket, not a file"
    case .empty: "is empty: it has no bytes that could prove anything"
    case .tooLarge(let bytes, let limit):
      "has \(bytes) bytes; \(limit) is the most that one file of evidence may have"
    case .outside: "leads out of the folder of the file that names it, or over a link"
    case .unreadable(let why): "cannot be read: \(why)"
    case .changed: "was changed while it was being read"
    }
  }

  /// The same for the screen.
  package var screenClause: String {
    switch self {
    case .missing: localized("is not there", context: "a file")
    case .folder: localized("is a folder, not a file", context: "a file")
    case .link(let target): localized("is a link to \(target); name the file itself", context: "a file")
    case .notAFile: localized("is a pipe, device or socket, not a file", context: "a file")
    case .empty: localized("is empty: it has no bytes that could prove anything", context: "a file")
    case .tooLarge(let bytes, let limit):
      localized("has \(bytes) bytes; \(limit) is the most that one file of evidence may have", context: "a file")
    case .outside:
      localized("leads out of the folder of the file that names it, or over a link", context: "a file")
    case .unreadable(let why): localized("cannot be read: \(why)", context: "a file")
    case .changed: localized("was changed while it was being read", context: "a file")
    }
  }
}

/// A plain file, open for reading, that was looked at before it was opened: no pipe is waited for and no device touched.
///
/// Fails:  with `LocalFileProblem`.
package struct LocalFile: ~Copyable {
  package let descriptor: Int32
  /// When it was opened.
  package let size: Int
  /// Of its last change, in seconds since 1970.
  package let modified: Int64

  /// The largest file that is taken as evidence: 2 GiB, half of what a zip without extensions can hold.
  package static let maximumSize = 1 << 31

  /// Opens a file by its path. The path may lead over links, the file itself must not be one.
  package init(path: String, limit: Int = maximumSize) throws(LocalFileProblem) {
    var status = stat()
    guard lstat(path, &status) == 0 else { throw Self.problem() }
    try Self.check(status, path)
    try self.init(opened: open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC), limit: limit)
  }

  /// Opens a file below a folder, which neither the path nor any link in it can lead out of.
  ///
  /// Shape:  each part of the path is opened from the one before, and none may be a link or `..`, so that none can be
  ///         swapped while the path is being followed. The folder itself may be reached through links.
  package init(_ relative: String, below folder: String, limit: Int = maximumSize) throws(LocalFileProblem) {
    let parts = relative.split(separator: "/").filter { $0 != "." }
    guard !relative.hasPrefix("/"), let name = parts.last, !parts.contains("..") else { throw .outside }
    var handle = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard handle >= 0 else { throw Self.problem() }
    defer { close(handle) }
    for part in parts.dropLast() {
      let next = openat(handle, String(part), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
      guard next >= 0 else {
        var status = stat()
        let isLink =
          fstatat(handle, String(part), &status, AT_SYMLINK_NOFOLLOW) == 0 && status.st_mode & S_IFMT == S_IFLNK
        throw isLink ? .outside : errno == ENOTDIR ? .missing : Self.problem()
      }
      close(handle)
      handle = next
    }
    var status = stat()
    guard fstatat(handle, String(name), &status, AT_SYMLINK_NOFOLLOW) == 0 else { throw Self.problem() }
    if status.st_mode & S_IFMT == S_IFLNK { throw .outside }
    try Self.check(status, relative)
    try self.init(
      opened: openat(handle, String(name), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC), limit: limit)
  }

  private init(opened descriptor: Int32, limit: Int) throws(LocalFileProblem) {
    guard descriptor >= 0 else { throw Self.problem() }
    var status = stat()
    // Between looking and opening another file may have got the name.
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      close(descriptor)
      throw .notAFile
    }
    let bytes = Int(status.st_size)
    guard bytes > 0, bytes <= limit else {
      close(descriptor)
      throw bytes > 0 ? .tooLarge(bytes: bytes, limit: limit) : .empty
    }
    (self.descriptor, size, modified) = (descriptor, bytes, Int64(status.st_mtim.tv_sec))
  }

  deinit { close(descriptor) }

  private static func check(_ status: stat, _ path: String) throws(LocalFileProblem) {
    switch status.st_mode & S_IFMT {
    case S_IFREG: return
    case S_IFDIR: throw .folder
    case S_IFLNK: throw .link(to: target(of: path))
    default: throw .notAFile
    }
  }

  private static func target(of link: String) -> String {
    var name = [UInt8](repeating: 0, count: 4096)
    let count = name.withUnsafeMutableBytes { buffer in
      buffer.baseAddress.map { readlink(link, $0.assumingMemoryBound(to: CChar.self), buffer.count) } ?? 0
    }
    return count > 0 ? String(decoding: name[..<count], as: UTF8.self) : "something else"
  }

  /// The problem of the last system call.
  private static func problem() -> LocalFileProblem {
    switch errno {
    case ENOENT, ENOTDIR: .missing
    case ELOOP: .outside
    default: .unreadable(String(cString: strerror(errno)))
    }
  }

  /// Reads it from its beginning, piece by piece.
  ///
  /// Fails:  with `changed` where it has another length than when it was opened, and with what `body` throws.
  package func read<Failure: Error>(
    or failure: (LocalFileProblem) -> Failure, _ body: (UnsafeRawBufferPointer) throws(Failure) -> Void
  ) throws(Failure) {
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    var place = 0
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(place))
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw failure(.unreadable(String(cString: strerror(errno)))) }
      if count == 0 { break }
      place += count
      guard place <= size else { throw failure(.changed) }
      try body(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
    guard place == size else { throw failure(.changed) }
  }
}
