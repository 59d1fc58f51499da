/// The escape sequence that asks the terminal to copy text. It works over ssh as well.
///
/// Limits: terminals may ignore the request, and none says whether it did.
/// Source: xterm's "Operating System Commands", 52; tmux(1), "allow-passthrough".
package enum Clipboard {
  /// The most that can be copied. Its base64 stays below the 100,000 bytes that terminals accept.
  ///
  /// Units:  bytes of UTF-8.
  /// Source: the same cap as in hterm's osc52.sh and in Vim.
  package static let limit = 74_994

  /// OSC 52 with the text as base64.
  ///
  /// Inside tmux the request is sent twice, plain for `set-clipboard on` and wrapped for `allow-passthrough on`. tmux
  /// drops the one it does not allow.
  ///
  /// Inside GNU screen it is handed through in pieces, since screen drops longer ones.
  ///
  /// Fails:  `tooLongToCopy`; text is never cut.
  /// Source: screen(1), "Device Control String"; screen's MAXSTR is 768 bytes.
  package static func sequence(
    copying text: String, insideTmux: Bool, insideScreen: Bool = false
  ) throws(TerminalError) -> String {
    let bytes = Array(text.utf8)
    guard bytes.count <= limit else { throw TerminalError.tooLongToCopy(bytes: bytes.count, limit: limit) }
    let request = "\u{1B}]52;c;\(base64(bytes))\u{7}"
    if insideScreen {
      let bytes = Array(request.utf8)
      return stride(from: 0, to: bytes.count, by: 500).map { start in
        "\u{1B}P" + String(decoding: bytes[start..<min(start + 500, bytes.count)], as: UTF8.self) + "\u{1B}\\"
      }.joined()
    }
    return insideTmux ? request + "\u{1B}Ptmux;\u{1B}\(request)\u{1B}\\" : request
  }

  /// Standard base64 with padding, without Foundation.
  ///
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
      for index in 0..<4 {
        let letter = alphabet[Int(bits >> (18 - 6 * UInt32(index)) & 0x3F)]
        text.append(index <= group.count ? letter : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
  }
}
