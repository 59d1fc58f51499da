import Glibc

/// Standard input as a file that can be mapped.
enum StandardInput {
  /// A descriptor of a temporary file, already without a name, with all that came from standard input.
  static func spooled(from source: Int32 = STDIN_FILENO) throws(IntakeError) -> Int32 {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(folder)/linsang-XXXXXX".utf8CString)
    let file = mkstemp(&template)
    guard file >= 0 else { throw .unreadable(path: folder, code: errno) }
    // Without a name it vanishes with this process, however the process ends: listings are not left lying about.
    unlink(template)
    do throws(IntakeError) {
      try copy(from: source, to: file)
      return file
    } catch {
      close(file)
      throw error
    }
  }

  private static func copy(from source: Int32, to target: Int32) throws(IntakeError) {
    let size = 1 << 18
    let buffer = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = read(source, buffer, size)
      if count == 0 { return }
      if count < 0 {
        if errno == EINTR { continue }
        throw .unreadable(path: "-", code: errno)
      }
      var written = 0
      while written < count {
        let step = write(target, buffer + written, count - written)
        if step < 0 {
          if errno == EINTR { continue }
          throw .unreadable(path: "-", code: errno)
        }
        written += step
      }
    }
  }
}
