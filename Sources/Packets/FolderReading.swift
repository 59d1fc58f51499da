import Glibc
import Hashing

/// The files under a folder, as they are, following no link.
struct FolderReading {
  struct Found: Equatable {
    let path: String
    let isPlainFile: Bool
    let size: Int
  }

  /// A packet is three folders deep; whatever lies deeper is reported, not walked.
  private static let deepest = 16

  let root: String
  private(set) var found: [Found] = []
  private(set) var unreadable: [PacketFinding] = []

  /// Nil where `root` is no folder.
  init?(_ root: String) {
    self.root = root
    guard FolderWriting.isFolder(root) else { return nil }
    walk("", depth: 0)
    found.sort { $0.path.utf8.lexicographicallyPrecedes($1.path.utf8) }
  }

  private mutating func walk(_ folder: String, depth: Int) {
    guard depth < Self.deepest, let stream = opendir(full(folder)) else {
      unreadable.append(PacketFinding(folder, .unreadable(depth < Self.deepest ? Self.why() : "nested too deeply")))
      return
    }
    defer { closedir(stream) }
    while let next = readdir(stream) {
      let name = withUnsafePointer(to: &next.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name == "." || name == ".." { continue }
      let path = folder.isEmpty ? name : folder + "/" + name
      var status = stat()
      guard lstat(full(path), &status) == 0 else {
        unreadable.append(PacketFinding(path, .unreadable(Self.why())))
        continue
      }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: walk(path, depth: depth + 1)
      default:
        found.append(
          Found(path: path, isPlainFile: status.st_mode & S_IFMT == S_IFREG, size: Int(status.st_size)))
      }
    }
  }

  private func full(_ path: String) -> String { path.isEmpty ? root : root + "/" + path }

  private static func why() -> String { String(cString: strerror(errno)) }

  struct Unreadable: Error { let finding: PacketFinding }

  /// The SHA-256 of a file, read in pieces: evidence may be larger than memory.
  func digest(of path: String) throws(Unreadable) -> String {
    var hasher = SHA256Hasher()
    try read(path) { hasher.update($0) }
    return hasher.finish().hex
  }

  func bytes(of path: String) throws(Unreadable) -> [UInt8] {
    var bytes: [UInt8] = []
    try read(path) { bytes += $0 }
    return bytes
  }

  private func read(_ path: String, piece: (UnsafeRawBufferPointer) -> Void) throws(Unreadable) {
    let descriptor = open(full(path), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard descriptor >= 0 else { throw Unreadable(finding: PacketFinding(path, .unreadable(Self.why()))) }
    defer { close(descriptor) }
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw Unreadable(finding: PacketFinding(path, .unreadable(Self.why()))) }
      if count == 0 { return }
      piece(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
    }
  }
}
