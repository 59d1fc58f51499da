import Glibc

/// Encodes words from UTF-8 into another encoding.
final class WordEncoding {
  private let descriptor: iconv_t

  init?(_ encoding: TextEncoding) {
    guard let descriptor = iconv_open(encoding.iconvName, "UTF-8"), Int(bitPattern: descriptor) != -1 else {
      return nil
    }
    self.descriptor = descriptor
  }

  deinit { iconv_close(descriptor) }

  /// The bytes of a word; nil where the encoding lacks one of its characters.
  func bytes(of word: [UInt8]) -> [UInt8]? {
    var word = word
    var out = [UInt8](repeating: 0, count: 4 * word.count + 8)
    let room = out.count
    var left = room
    let result = word.withUnsafeMutableBytes { source in
      out.withUnsafeMutableBytes { target in
        var from: UnsafeMutablePointer<CChar>? = source.baseAddress?.assumingMemoryBound(to: CChar.self)
        var fromLeft = source.count
        var to: UnsafeMutablePointer<CChar>? = target.baseAddress?.assumingMemoryBound(to: CChar.self)
        _ = iconv(descriptor, nil, nil, nil, nil)
        return iconv(descriptor, &from, &fromLeft, &to, &left)
      }
    }
    guard result != -1 else { return nil }
    return Array(out[..<(room - left)])
  }
}
