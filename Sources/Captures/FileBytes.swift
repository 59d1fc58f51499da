import Glibc

/// Reads pieces of an open file.
enum FileBytes {
  /// The bytes from a place on, as many as fit; nil at the end, and where they cannot be read.
  static func read(
    _ descriptor: Int32, at place: Int, into buffer: UnsafeMutableRawBufferPointer
  ) -> UnsafeRawBufferPointer? {
    while true {
      let count = pread(descriptor, buffer.baseAddress, buffer.count, off_t(place))
      if count < 0, errno == EINTR { continue }
      return count > 0 ? UnsafeRawBufferPointer(rebasing: buffer[..<count]) : nil
    }
  }
}
