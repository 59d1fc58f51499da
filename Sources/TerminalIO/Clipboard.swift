/// The escape sequence that asks the terminal to copy text, which also reaches through ssh.
///
/// Source: xterm's "Operating System Commands", 52; tmux(1), "allow-passthrough".
package enum Clipboard {
  /// Bytes of text. Base64 of it stays under the 100,000 bytes that terminals take: the same cap as hterm's osc52.sh
  /// and vim's.
  package static let limit = 74_994

  /// OSC 52 with the text as base64. In tmux it is sent twice: plainly, for `set-clipboard on`, and wrapped, for
  /// `allow-passthrough on`; tmux drops the one that is not allowed.
  package static func sequence(copying text: String, insideTmux: Bool) throws(TerminalError) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count <= limit else { throw TerminalError.tooLongToCopy(bytes: bytes.count, limit: limit) }
    let request = "\u{1B}]52;c;\(base64(bytes))\u{7}"
    return insideTmux ? request + "\u{1B}Ptmux;\u{1B}\(request)\u{1B}\\" : request
  }

  /// Source: RFC 4648, section 4.
  static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    text.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for byte in group { bits = bits << 8 | UInt32(byte) }
      bits <<= 8 * UInt32(3 - group.count)
      for place in 0..<4 {
        let letter = alphabet[Int(bits >> (18 - 6 * UInt32(place)) & 0x3F)]
        text.append(place <= group.count ? letter : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
