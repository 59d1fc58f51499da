import Glibc

/// A folder being written: it remembers what it made, so that it can take back exactly that and nothing else.
struct FolderWriting {
  private let root: String
  /// What was made, in order, by path; folders end in a slash.
  private var made: [String] = []
  private var folders: Set<String> = []

  /// Makes the folder; that it must not be there keeps two exports apart.
  init(at root: String) throws(PacketError) {
    self.root = root
    guard mkdir(root, 0o700) == 0 else {
      if errno == EEXIST { throw .unfinishedExists(path: root) }
      throw .refused(path: root, errno: errno, leftBehind: nil)
    }
    made.append(root + "/")
    // Umask may have taken the owner's own rights.
    guard chmod(root, 0o700) == 0 else { throw abandoned(after: refused(root)) }
  }

  /// Writes one file, with the folders on the way to it.
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
      try Self.write(file.bytes, to: descriptor, path: path)
      guard fchmod(descriptor, 0o600) == 0, fsync(descriptor) == 0 else { throw refused(path) }
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw refused(path) }
  }

  private mutating func makeFolder(_ path: String) throws(PacketError) {
    guard mkdir(path, 0o700) == 0 else { throw refused(path) }
    made.append(path + "/")
    guard chmod(path, 0o700) == 0 else { throw refused(path) }
  }

  private static func write(_ bytes: [UInt8], to descriptor: Int32, path: String) throws(PacketError) {
    var start = 0
    while start < bytes.count {
      let count = bytes[start...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { throw .refused(path: path, errno: count == 0 ? EIO : errno, leftBehind: nil) }
      start += count
    }
  }

  /// Makes the names of all files durable; their bytes are already.
  func sync() throws(PacketError) {
    for path in made.reversed() where path.hasSuffix("/") {
      guard Self.syncFolder(path) else { throw refused(path) }
    }
  }

  /// Gives the folder its name.
  ///
  /// rename(2) puts a folder only in the place of nothing or of an empty folder, and never in that of a file or link:
  /// should somebody else take the name meanwhile, nothing of theirs can be lost.
  func rename(to path: String) throws(PacketError) {
    guard !Self.exists(path) else { throw .targetExists(path: path) }
    guard Glibc.rename(root, path) == 0 else {
      if errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR { throw .targetExists(path: path) }
      throw refused(path)
    }
  }

  /// Takes back what was made, and says what came of it.
  func abandoned(after error: PacketError) -> PacketError {
    for path in made.reversed() {
      if path.hasSuffix("/") { rmdir(path) } else { unlink(path) }
    }
    guard case .refused(let path, let number, _) = error else { return error }
    return .refused(path: path, errno: number, leftBehind: Self.exists(root) ? root : nil)
  }

  private func refused(_ path: String) -> PacketError { .refused(path: path, errno: errno, leftBehind: nil) }

  // MARK: - Looking

  /// Whether anything bears the name, even a link that leads nowhere.
  static func exists(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// Some file systems cannot sync a folder and say so with EINVAL; there is nothing to wait for then.
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
