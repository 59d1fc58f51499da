import Glibc
import Synchronization

/// Turns text of another encoding into UTF-8, piece after piece.
///
/// Shape:  bytes that are no character of the encoding become U+FFFD, one for each, and are counted; nothing is refused.
/// Source: iconv(3) of glibc.
final class TextDecoding {
  private let descriptor: iconv_t
  private let unitSize: Int
  private let out = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  /// Characters that could not be read so far.
  private(set) var replaced = 0

  /// Bytes handed to iconv at once, so that stopping is possible in between.
  static let step = 1 << 20

  /// Fails:  with nil where the system's iconv does not know the encoding.
  init?(_ encoding: TextEncoding, into target: String = "UTF-8") {
    Self.keepLoaded(encoding)
    guard let descriptor = iconv_open(target, encoding.iconvName), Int(bitPattern: descriptor) != -1 else { return nil }
    self.descriptor = descriptor
    unitSize = encoding.unitSize
  }

  /// Encodings of which one descriptor stays open: glibc unloads a character set with its last one, and loading it
  /// again takes milliseconds, for each file of a folder.
  private static let loaded = Mutex<Set<TextEncoding>>([])

  private static func keepLoaded(_ encoding: TextEncoding) {
    loaded.withLock { loaded in
      guard loaded.insert(encoding).inserted else { return }
      _ = iconv_open("UTF-8", encoding.iconvName)
    }
  }

  deinit {
    iconv_close(descriptor)
    out.deallocate()
  }

  /// Decodes a whole text; `take` gets UTF-8 and how many bytes of `bytes` are done.
  func decode(
    _ bytes: UnsafeRawBufferPointer, into take: (UnsafeRawBufferPointer, Int) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    var position = 0
    while position < bytes.count {
      position = try decodeStep(bytes, from: position, into: take)
    }
    // Vietnamese letters wait for a tone mark that may follow.
    try flush(bytes.count, into: take)
  }

  private func decodeStep(
    _ bytes: UnsafeRawBufferPointer, from start: Int,
    into take: (UnsafeRawBufferPointer, Int) throws(IntakeError) -> Void
  ) throws(IntakeError) -> Int {
    let end = min(bytes.count, start + Self.step)
    var input: UnsafeMutablePointer<CChar>? = UnsafeMutablePointer(
      mutating: (bytes.baseAddress! + start).assumingMemoryBound(to: CChar.self))
    var left = end - start
    var target: UnsafeMutablePointer<CChar>? = out.baseAddress!.assumingMemoryBound(to: CChar.self)
    var room = out.count
    let result = iconv(descriptor, &input, &left, &target, &room)
    let code = errno
    var next = end - left
    try take(UnsafeRawBufferPointer(rebasing: out[..<(out.count - room)]), next)
    guard result == -1 else { return next }
    // Cut within a character by the step: it begins the next one.
    if next > start, code == E2BIG || code == EINVAL && end < bytes.count { return next }
    try flush(next, into: take)
    next = min(bytes.count, next + unitSize)
    replaced += 1
    var mark: (UInt8, UInt8, UInt8) = (0xEF, 0xBF, 0xBD)
    let failure: IntakeError? = withUnsafeBytes(of: &mark) { mark in
      do throws(IntakeError) {
        try take(mark, next)
        return nil
      } catch { return error }
    }
    if let failure { throw failure }
    return next
  }

  private func flush(
    _ position: Int, into take: (UnsafeRawBufferPointer, Int) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    var target: UnsafeMutablePointer<CChar>? = out.baseAddress!.assumingMemoryBound(to: CChar.self)
    var room = out.count
    _ = iconv(descriptor, nil, nil, &target, &room)
    if room < out.count { try take(UnsafeRawBufferPointer(rebasing: out[..<(out.count - room)]), position) }
  }
}

extension TextDecoding {
  /// A small text decoded in memory.
  static func text(_ bytes: UnsafeRawBufferPointer, _ encoding: TextEncoding) -> (utf8: [UInt8], replaced: Int)? {
    guard let decoding = TextDecoding(encoding) else { return nil }
    var utf8: [UInt8] = []
    // Nothing here stops half-way.
    try? decoding.decode(bytes) { (part, _) throws(IntakeError) in utf8 += part }
    return (utf8, decoding.replaced)
  }
}
