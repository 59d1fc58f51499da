import Glibc

/// Standard input as a file that can be mapped.
enum StandardInput {
  /// Milliseconds after which a quiet writer does not keep us from noticing that opening was cancelled.
  private static let patience: Int32 = 100

  /// A descriptor of a temporary file, already without a name, with all that came from standard input.
  ///
  /// - Parameter limit: the bytes that may be written out; by default half of the free space in the temporary folder.
  static func spooled(
    from source: Int32 = STDIN_FILENO, limit: Int = TemporaryText.freeSpace / 2, watch: PreparationWatch = .nobody
  ) throws(IntakeError) -> Int32 {
    let text = try TemporaryText(of: "standard input")
    let size = 1 << 18
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      try watch.advance(to: text.byteCount)
      var waiting = pollfd(fd: source, events: Int16(POLLIN), revents: 0)
      if poll(&waiting, 1, patience) == 0 { continue }
      let count = read(source, buffer.baseAddress, size)
      if count == 0 { return try text.descriptor() }
      if count < 0 {
        if errno == EINTR || errno == EAGAIN { continue }
        throw .unreadable(path: "-", code: errno)
      }
      let part = UnsafeRawBufferPointer(rebasing: buffer[..<count])
      // A device that sends zeros has no end, and no text of it would be read.
      if text.byteCount >= 1 << 20, part.allSatisfy({ $0 == 0 }) { throw .notText(path: "-", kind: "binary data") }
      if text.byteCount + count > limit { throw .inputTooLarge(limit: limit, folder: TemporaryText.folder) }
      try text.append(part)
    }
  }
}
