import Glibc
import Synchronization

/// Decodes text of another encoding to UTF-8, step by step.
///
/// Shape:  each invalid unit becomes one U+FFFD and is counted; nothing is rejected.
/// Cost:   O(bytes), through a buffer of 256 kB.
/// Source: iconv(3) of glibc.
final class TextDecoding {
  private let descriptor: iconv_t
  private let unitSize: Int
  private let out = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
  /// How many characters could not be decoded so far.
  private(set) var replaced = 0

  /// Bytes passed to iconv at once. Decoding can be cancelled in between.
  static let step = 1 << 20

  /// Fails:  returns nil where the system's iconv does not support the encoding.
  init?(_ encoding: TextEncoding, into target: String = "UTF-8") {
    Self.keepLoaded(encoding)
    guard let descriptor = iconv_open(target, encoding.iconvName), Int(bitPattern: descriptor) != -1 else { return nil }
    self.descriptor = descriptor
    unitSize = encoding.unitSize
  }

  /// Encodings of which one descriptor stays open. glibc unloads a character set with its last descriptor, and reloading
  /// it for each file of a folder takes milliseconds.
  private static let loaded = Mutex<Set<TextEncoding>>([])

  /// Opens a descriptor that is never closed, once per encoding.
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

  /// Decodes a whole text. `take` receives UTF-8, and how many of `bytes` are done.
  ///
  /// Fails:  with whatever `take` throws; decoding itself never fails.
  func decode(
    _ bytes: UnsafeRawBufferPointer, into take: (UnsafeRawBufferPointer, Int) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    var position = 0
    while position < bytes.count {
      position = try decodeStep(bytes, from: position, into: take)
    }
    // Vietnamese letters are held back for a tone mark that may follow.
    try flush(bytes.count, into: take)
  }

  /// Decodes up to one step, or to the first invalid unit. Returns where to continue.
  ///
  /// Shape:  an invalid unit is passed on as U+FFFD. A character that the step cuts is left for the next step.
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
    // A character cut by the step begins the next one.
    if next > start, code == E2BIG || code == EINVAL && end < bytes.count { return next }
    try flush(next, into: take)
    next = min(bytes.count, next + unitSize)
    replaced += 1
    var mark: (UInt8, UInt8, UInt8) = (0xEF, 0xBF, 0xBD)
    let thrown: IntakeError? = withUnsafeBytes(of: &mark) { mark in
      do throws(IntakeError) {
        try take(mark, next)
        return nil
      } catch { return error }
    }
    if let thrown { throw thrown }
    return next
  }

  /// Passes on what iconv has held back.
  private func flush(
    _ position: Int, into take: (UnsafeRawBufferPointer, Int) throws(IntakeError) -> Void
  ) throws(IntakeError) {
    var target: UnsafeMutablePointer<CChar>? = out.baseAddress!.assumingMemoryBound(to: CChar.self)
    var room = out.count
    _ = iconv(descriptor, nil, nil, &target, &room)
    if room < out.count { try take(UnsafeRawBufferPointer(rebasing: out[..<(out.count - room)]), position) }
  }
}

/// Decoding in memory.
extension TextDecoding {
  /// Decodes a small text in memory.
  ///
  /// Fails:  returns nil where iconv does not support the encoding.
  static func text(_ bytes: UnsafeRawBufferPointer, _ encoding: TextEncoding) -> (utf8: [UInt8], replaced: Int)? {
    guard let decoding = TextDecoding(encoding) else { return nil }
    var utf8: [UInt8] = []
    // The closure never throws.
    try? decoding.decode(bytes) { (part, _) throws(IntakeError) in utf8 += part }
    return (utf8, decoding.replaced)
  }
}

/// The part of a text by which its encoding is judged: all of a small file, stretches spread over a large one.
///
/// Cost:   examines at most 4 MB, whatever the size of the file.
struct TextSample {
  let stretches: [UnsafeRawBufferPointer]

  /// Bytes of one stretch.
  private static let stretchSize = 1 << 16
  /// Stretches of a large file.
  private static let stretchCount = 64

  init(_ text: UnsafeRawBufferPointer) {
    guard text.count > Self.stretchSize * Self.stretchCount else {
      stretches = text.isEmpty ? [] : [text]
      return
    }
    let step = (text.count - Self.stretchSize) / (Self.stretchCount - 1)
    stretches = (0..<Self.stretchCount).map { number in
      let start = number * step
      return UnsafeRawBufferPointer(rebasing: text[start..<start + Self.stretchSize])
    }
  }

  /// Lines with bytes beyond ASCII, at most `limit` bytes of them.
  ///
  /// Shape:  whole characters, since in none of the encodings in question a line feed is part of another character.
  func linesBeyondASCII(limit: Int) -> [UInt8] {
    var lines: [UInt8] = []
    // The same share of every stretch, so that one language at the start does not dominate.
    let share = limit / max(1, stretches.count)
    for stretch in stretches where TextCheck.isBeyondASCII(stretch) {
      let goal = lines.count + share
      var position = stretch.startIndex
      // The first line of a stretch may start within a character.
      if stretches.count > 1, stretch.baseAddress != stretches[0].baseAddress {
        position = stretch.firstIndex(of: .lineFeed).map { $0 + 1 } ?? stretch.startIndex
      }
      while position < stretch.count, lines.count < goal {
        let end = lineEnd(in: stretch, from: position)
        if TextCheck.isBeyondASCII(UnsafeRawBufferPointer(rebasing: stretch[position..<end])) {
          lines += stretch[position..<end].prefix(goal - lines.count)
          lines.append(.lineFeed)
        }
        position = end + 1
      }
    }
    return lines
  }

  /// The next line feed, or the end of the stretch.
  private func lineEnd(in stretch: UnsafeRawBufferPointer, from start: Int) -> Int {
    guard let base = stretch.baseAddress, let found = memchr(base + start, Int32(UInt8.lineFeed), stretch.count - start)
    else { return stretch.count }
    return UnsafeRawPointer(found) - base
  }
}

/// How much of a sample is UTF-8.
///
/// Cost:   one SIMD pass where all of it is valid; otherwise a step per character.
struct UTF8Share: Equatable {
  /// Characters beyond ASCII; only 1 or 0 where no byte is bad.
  private(set) var characters = 0
  /// Bytes that belong to no character.
  private(set) var badBytes = 0

  /// Counts the characters of a sample, if any of it is invalid.
  init(_ sample: TextSample) {
    let whole = sample.stretches.map(Self.wholeCharacters)
    if whole.allSatisfy({ TextCheck.flags(of: $0) & TextCheck.invalidUTF8 == 0 }) {
      // The number only matters beside bad bytes.
      characters = whole.contains(where: TextCheck.isBeyondASCII) ? 1 : 0
      return
    }
    for stretch in whole { count(stretch) }
  }

  /// A stretch without the partial characters that may be at its ends.
  ///
  /// Shape:  up to three bytes at either end are dropped.
  private static func wholeCharacters(_ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
    var start = 0
    while start < min(3, bytes.count), bytes[start] & 0xC0 == 0x80 { start += 1 }
    // What is cut off at the end of the whole text is not counted as bad either.
    for back in 1...3 where back <= bytes.count - start {
      let byte = bytes[bytes.count - back]
      if byte < 0x80 { break }
      if byte >= 0xC0 {
        let end = UTF8Form.length(bytes, at: bytes.count - back) == 0 ? bytes.count - back : bytes.count
        return UnsafeRawBufferPointer(rebasing: bytes[start..<end])
      }
    }
    return UnsafeRawBufferPointer(rebasing: bytes[start...])
  }

  /// Counts characters and bad bytes one by one.
  private mutating func count(_ bytes: UnsafeRawBufferPointer) {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      let length = UTF8Form.length(bytes, at: index)
      if length > 0 {
        characters += 1
        index += length
      } else {
        badBytes += 1
        index += 1
      }
    }
  }
}

/// Decodes single characters of UTF-8.
enum UTF8Form {
  /// The length of the character at `index` in bytes; 0 where none begins.
  ///
  /// Source: The Unicode Standard, table 3-7, "Well-Formed UTF-8 Byte Sequences".
  static func length(_ bytes: UnsafeRawBufferPointer, at index: Int) -> Int {
    let first = bytes[index]
    if first < 0x80 { return 1 }
    let (length, low, high): (Int, UInt8, UInt8) =
      switch first {
      case 0xC2...0xDF: (2, 0x80, 0xBF)
      case 0xE0: (3, 0xA0, 0xBF)
      case 0xED: (3, 0x80, 0x9F)
      case 0xE1...0xEF: (3, 0x80, 0xBF)
      case 0xF0: (4, 0x90, 0xBF)
      case 0xF4: (4, 0x80, 0x8F)
      case 0xF1...0xF3: (4, 0x80, 0xBF)
      default: (0, 0, 0)
      }
    guard length > 0, index + length <= bytes.count, bytes[index + 1] >= low, bytes[index + 1] <= high else { return 0 }
    for next in 2..<max(2, length) where bytes[index + next] & 0xC0 != 0x80 { return 0 }
    return length
  }

  /// The scalar in the `length` bytes at `index`, which must be well-formed.
  static func scalar(_ bytes: UnsafeRawBufferPointer, at index: Int, length: Int) -> UInt32 {
    let first = UInt32(bytes[index])
    if length == 1 { return first }
    var value = first & (0x7F >> UInt32(length))
    for next in 1..<length { value = value << 6 | UInt32(bytes[index + next] & 0x3F) }
    return value
  }
}
