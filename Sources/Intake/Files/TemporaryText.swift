import Glibc

/// Text on its way into a temporary file that has no name.
///
/// Without a name it vanishes with this process, however the process ends: listings are not left lying about.
final class TemporaryText {
  private var file: Int32
  private let folder: String
  /// What is written out, for people.
  private let name: String
  private var waiting: [UInt8] = []
  private(set) var byteCount = 0

  private static let blockSize = 1 << 18

  /// - Parameter name: what is written out, for people.
  init(of name: String) throws(IntakeError) {
    self.name = name
    folder = Self.folder
    var template = Array("\(folder)/linsang-XXXXXX".utf8CString)
    file = mkstemp(&template)
    guard file >= 0 else { throw .noTemporaryRoom(path: name, folder: folder, code: errno) }
    unlink(template)
    waiting.reserveCapacity(Self.blockSize + 4096)
  }

  deinit { if file >= 0 { close(file) } }

  /// Where temporary files go: `$TMPDIR`.
  static var folder: String { getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp" }

  /// Bytes that are free there.
  static var freeSpace: Int {
    var status = statvfs()
    guard statvfs(folder, &status) == 0 else { return 0 }
    return Int(status.f_bavail) * Int(status.f_frsize)
  }

  func append(_ bytes: UnsafeRawBufferPointer) throws(IntakeError) { try append(contentsOf: bytes) }

  func append(_ bytes: [UInt8]) throws(IntakeError) { try append(contentsOf: bytes) }

  private func append(contentsOf bytes: some Collection<UInt8>) throws(IntakeError) {
    byteCount += bytes.count
    waiting += bytes
    if waiting.count >= Self.blockSize { try writeWaiting() }
  }

  private func writeWaiting() throws(IntakeError) {
    var written = 0
    while written < waiting.count {
      let step = waiting.withUnsafeBytes { write(file, $0.baseAddress! + written, $0.count - written) }
      if step < 0 {
        if errno == EINTR { continue }
        throw .noTemporaryRoom(path: name, folder: folder, code: errno)
      }
      written += step
    }
    waiting.removeAll(keepingCapacity: true)
  }

  /// What was written, mapped.
  func mapped(name: String, path: String) throws(IntakeError) -> MappedFile {
    let file = try descriptor()
    defer { close(file) }
    return try MappedFile(name: name, path: path, file: file, isOurs: true)
  }

  /// Hands the file over; nothing can be written afterwards.
  func descriptor() throws(IntakeError) -> Int32 {
    try writeWaiting()
    defer { file = -1 }
    return file
  }
}
