import Foundation
import Testing

/// A terminal of a given size with a shell in it, run by tmux on a server of its own.
///
/// Keys are sent and screens read as a person would; what must appear is waited for, never a fixed time, but for where a
/// person has to pause.
final class TerminalSession {
  let workplace: Workplace
  private let socket: String
  private var answers = 0

  static var isAvailable: Bool { Program.outside("tmux") != nil && access("/bin/bash", X_OK) == 0 }
  static let absence: Comment = "tmux and bash are needed for a real terminal"
  /// Long: test machines are shared. What appears is seen at once.
  private static let patience = 90.0

  init(_ workplace: Workplace, columns: Int = 120, rows: Int = 36, environment: [String: String] = [:]) throws {
    self.workplace = workplace
    // A socket's path may have 107 bytes.
    socket = "/tmp/lt-\(UUID().uuidString.prefix(8)).tmux"
    var all = workplace.environment(["TERM": "screen-256color", "PS1": "ready> ", "L": try #require(Program.path)])
    all.merge(environment) { $1 }
    let assignments = all.map { "\($0)=\(Self.quoted($1))" }.sorted().joined(separator: " ")
    let shell = "cd \(Self.quoted(workplace.path)); exec env -i \(assignments) bash --norc --noprofile -i"
    // A server of its own without the person's settings; the window keeps the size it is given.
    try tmux("-f", "/dev/null", "new-session", "-d", "-x", String(columns), "-y", String(rows), shell)
    try tmux("set-option", "-g", "window-size", "manual")
    try resize(columns, rows)
    try expect("ready>")
  }

  deinit {
    _ = try? tmux("kill-server")
    unlink(socket)
  }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

  @discardableResult
  private func tmux(_ arguments: String...) throws -> String {
    try Program.start(
      try #require(Program.outside("tmux")), ["-S", socket] + arguments, in: workplace, input: nil,
      environment: [
        "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "", "LANG": "C.UTF-8", "TERM": "xterm",
        "SHELL": "/bin/bash",
      ]
    ).text
  }

  // MARK: Hands

  /// Keys by tmux's names: `c`, `Enter`, `Escape`, `C-z`.
  func press(_ keys: String...) throws { for key in keys { try tmux("send-keys", "-t", "0", key) } }

  func type(_ text: String) throws { try tmux("send-keys", "-t", "0", "-l", text) }

  /// As long as a person takes from an answer to the next command, who then is not taken for typing on.
  func pause() { usleep(600_000) }

  func resize(_ columns: Int, _ rows: Int) throws {
    try tmux("resize-window", "-t", "0", "-x", String(columns), "-y", String(rows))
  }

  /// Runs a line in the shell.
  func shell(_ line: String) throws {
    try type(line)
    try press("Enter")
  }

  /// Runs a line in the shell and waits for its end; what it printed is in `name`.
  func answer(_ line: String, into name: String) throws -> String {
    // Another word each time, and not as it stands in the typed line: an earlier answer may still be on the screen.
    answers += 1
    try shell("clear; \(line) > \(name) 2>&1; echo \"answer \"\(answers)")
    try expect("answer \(answers)")
    return try workplace.text(of: name)
  }

  // MARK: Eyes

  func screen(withColours: Bool = false) throws -> String {
    try withColours ? tmux("capture-pane", "-e", "-p", "-t", "0") : tmux("capture-pane", "-p", "-t", "0")
  }

  /// Waits until the screen is as wanted; its text then, or an issue that shows what was there instead.
  @discardableResult
  func await(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, until isSo: (String) -> Bool
  ) throws -> String {
    let end = Date().addingTimeInterval(Self.patience)
    var seen = ""
    while Date() < end {
      seen = try screen()
      if isSo(seen) { return seen }
      usleep(20_000)
    }
    Issue.record("the screen never showed \(what):\n\(seen)", sourceLocation: sourceLocation)
    throw NeverSeen(what: what)
  }

  struct NeverSeen: Error { let what: String }

  @discardableResult
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    try self.await("“\(text)”", sourceLocation: sourceLocation) { $0.contains(text) }
  }

  @discardableResult
  func expectGone(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    try self.await("an end of “\(text)”", sourceLocation: sourceLocation) { !$0.contains(text) }
  }

  /// Waits until there is a file with these words in it.
  func expectFile(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    let end = Date().addingTimeInterval(Self.patience)
    while Date() < end {
      if let text = try? workplace.text(of: name), text.hasSuffix("\n") { return text }
      usleep(20_000)
    }
    Issue.record("\(name) was never written:\n\(try screen())", sourceLocation: sourceLocation)
    throw NeverSeen(what: name)
  }
}
