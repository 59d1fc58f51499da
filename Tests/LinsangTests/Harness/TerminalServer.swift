import Foundation
import Synchronization
import Testing

/// The one tmux server for all terminals, with a permanent connection to it. Over the connection a key or a screen takes
/// less than a millisecond; starting `tmux` for each would take dozens.
///
/// The connection ends with this process, however that ends, and with it the server and everything in its terminals.
final class TerminalServer: Sendable {
  static let shared = Result { try TerminalServer() }

  fileprivate struct Line {
    let descriptor: Int32
    var unread: [UInt8] = []
  }
  private let line: Mutex<Line>

  private init() throws {
    var ends: [Int32] = [0, 0]
    // No other child may inherit the connection, or it would outlive this process.
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw Silent(asked: "socketpair") }
    defer { close(ends[1]) }
    let nothing = open("/dev/null", O_WRONLY | O_CLOEXEC)
    defer { close(nothing) }
    // A socket's path may have 107 bytes.
    let socket = "/tmp/lt-\(UUID().uuidString.prefix(8)).tmux"
    // Control mode, on a server without the user's settings. The session that keeps the connection shows nothing.
    _ = try Child.start(
      [
        try #require(Program.outside("tmux")), "-S", socket, "-f", "/dev/null", "-C", "new-session",
        "exec sleep 1000000",
      ], in: "/",
      [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "LANG": "C.UTF-8", "TERM": "xterm",
        "SHELL": "/bin/bash",
      ], descriptors: [ends[1], ends[1], nothing])
    line = Mutex(Line(descriptor: ends[0]))
    try ask("set-option", "-g", "exit-unattached", "on")
  }

  /// Sends a command to tmux and returns its reply.
  @discardableResult
  func ask(_ words: String...) throws -> String { try ask(words) }

  @discardableResult
  func ask(_ words: [String]) throws -> String {
    let asked = words.map { "'" + $0.replacing("'", with: "'\\''") + "'" }.joined(separator: " ")
    return try line.withLock { line in
      guard line.write(asked + "\n"), let (answer, isRefusal) = line.answer() else { throw Silent(asked: asked) }
      if isRefusal { throw Refused(asked: asked, why: answer) }
      return answer
    }
  }

  struct Silent: Error { let asked: String }
  struct Refused: Error { let asked, why: String }
}

extension TerminalServer.Line {
  fileprivate func write(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
      guard count > 0 else { return false }
      bytes = bytes.dropFirst(count)
    }
    return true
  }

  /// The reply to our command: the lines between `%begin TIME NUMBER 1` and an end with the same numbers. Notifications
  /// are skipped.
  fileprivate mutating func answer() -> (text: String, isRefusal: Bool)? {
    var lines: [String] = []
    var numbers: Substring?
    while let line = nextLine() {
      let word = line.prefix { $0 != " " }
      let rest = line.dropFirst(word.count + 1)
      if let known = numbers {
        if rest == known, word == "%end" || word == "%error" {
          return (lines.joined(separator: "\n"), word == "%error")
        }
        lines.append(line)
      } else if word == "%begin", rest.hasSuffix(" 1") {
        numbers = rest
      }
    }
    return nil
  }

  private mutating func nextLine() -> String? {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        defer { unread.removeFirst(end + 1) }
        return String(decoding: unread[..<end], as: UTF8.self)
      }
      var piece = [UInt8](repeating: 0, count: 65_536)
      let count = read(descriptor, &piece, piece.count)
      guard count > 0 else { return nil }
      unread += piece[..<count]
    }
  }
}
