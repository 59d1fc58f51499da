import Foundation
import Testing

/// A terminal of a given size that runs a shell, as a window of `TerminalServer`.
///
/// Tests send keys and read screens as a person would. They wait for what must appear and never for a fixed time, except
/// where a person has to pause.
final class TerminalSession {
  let workplace: Workplace
  private let server: TerminalServer
  /// The window's pane, the shell in it, and the shell's terminal device.
  private let pane: String
  private let shellProcess: String
  private let device: String
  private var answers = 0
  private var sent: Sent?

  static var isAvailable: Bool { Program.outside("tmux") != nil && access("/bin/bash", X_OK) == 0 }
  static let absence: Comment = "tmux and bash are needed for a real terminal"

  init(_ workplace: Workplace, columns: Int = 120, rows: Int = 36, environment: [String: String] = [:]) throws {
    self.workplace = workplace
    server = try TerminalServer.shared.get()
    var all = workplace.environment(["TERM": "screen-256color", "PS1": "ready> ", "L": try #require(Program.path)])
    all.merge(environment) { $1 }
    let assignments = all.map { "\($0)=\(Self.quoted($1))" }.sorted().joined(separator: " ")
    let reply = try server.ask(
      "new-session", "-d", "-x", String(columns), "-y", String(rows), "-P", "-F", "#{pane_id} #{pane_pid} #{pane_tty}",
      "cd \(Self.quoted(workplace.path)); exec env -i \(assignments) bash --norc --noprofile -i"
    ).split(separator: " ").map(String.init)
    try #require(reply.count == 3)
    (pane, shellProcess, device) = (reply[0], reply[1], reply[2])
    // This also makes the window keep its size from now on.
    try resize(columns, rows)
    try expect("ready>")
  }

  deinit { _ = try? server.ask("kill-session", "-t", pane) }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

  // MARK: Input

  /// Presses keys by their tmux names: `c`, `Enter`, `Escape`, `C-z`. Each waits until the one before was read, since keys
  /// that arrive together are taken for pasted text.
  func press(_ keys: String...) throws {
    for key in keys { try send(key, bytes: 1, "send-keys", "-t", pane, key) }
  }

  /// Types text that reaches the program all at once.
  func type(_ text: String) throws { try send(text, bytes: text.utf8.count, "send-keys", "-t", pane, "-l", text) }

  /// What was sent last, and how much each possible reader had read by then.
  private struct Sent {
    let key: String
    /// By process in the foreground, in bytes; `bytes` is how much more it reads with this key.
    let readBefore: [String: Int]
    let bytes: Int
  }

  private func send(_ key: String, bytes: Int, _ words: String...) throws {
    try awaitReading()
    sent = Sent(key: key, readBefore: bytesRead, bytes: bytes)
    try server.ask(words)
  }

  /// Waits until the last key was read and its reader waits for more.
  ///
  /// Keys queue up invisibly in tmux and in the kernel, so only the reader's byte count proves that they arrived. Keys that
  /// nobody reads, such as one that sends a signal, get ten seconds.
  private func awaitReading() throws {
    guard let sent else { return }
    let end = Date().addingTimeInterval(10)
    while !isRead(sent), Date() < end { usleep(500) }
    // `Esc` followed at once by a letter would be another key.
    if sent.key == "Escape" { usleep(100_000) }
  }

  private func isRead(_ sent: Sent) -> Bool {
    let now = bytesRead
    // Another program has the terminal now, or the one that had it is gone.
    if Set(now.keys) != Set(sent.readBefore.keys) { return isIdle }
    let hasRead = now.contains { process, count in count >= (sent.readBefore[process] ?? 0) + sent.bytes }
    return hasRead && isIdle
  }

  /// Whether no input is waiting and all readers are idle.
  private var isIdle: Bool {
    let terminal = open(device, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard terminal >= 0 else { return true }
    defer { close(terminal) }
    var waiting: Int32 = 0
    _ = ioctl(terminal, UInt(FIONREAD), &waiting)
    return waiting == 0 && foreground.allSatisfy { !["R", "D"].contains(Self.status(of: $0, field: 0)) }
  }

  /// The processes in the foreground: the program or the shell, or all members of a pipe, since any of them may read.
  private var foreground: [String] {
    guard let group = Self.status(of: shellProcess, field: 5) else { return [] }
    let name = try? String(contentsOfFile: "/proc/\(group)/comm", encoding: .utf8)
    if name == "linsang\n" || name == "bash\n" { return [group] }
    return ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter {
      Int($0) != nil && Self.status(of: $0, field: 2) == group
    }
  }

  /// How many bytes the main thread of each process in the foreground, which reads the keys, has read so far.
  private var bytesRead: [String: Int] {
    var bytes: [String: Int] = [:]
    for process in foreground {
      let text = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/io", encoding: .utf8)
      bytes[process] = text?.split(separator: "\n").first.flatMap { Int($0.dropFirst("rchar: ".count)) } ?? 0
    }
    return bytes
  }

  /// A field of `/proc/PID/stat`, counted from 0 after the name.
  private static func status(of process: String, field: Int) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: name)...].split(separator: " ")
    return fields.count > field ? String(fields[field]) : nil
  }

  /// Pauses as a person would between an answer and the next command, so as not to be taken for typing on.
  func pause() { usleep(600_000) }

  /// Resizes the terminal and waits until the program has noticed and redrawn.
  func resize(_ columns: Int, _ rows: Int) throws {
    try server.ask("resize-window", "-t", pane, "-x", String(columns), "-y", String(rows))
    let end = Date().addingTimeInterval(2)
    while size != (columns, rows) || !isIdle, Date() < end { usleep(500) }
  }

  private var size: (Int, Int) {
    let terminal = open(device, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    defer { close(terminal) }
    var size = winsize()
    _ = ioctl(terminal, UInt(TIOCGWINSZ), &size)
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// Runs a line in the shell.
  func shell(_ line: String) throws {
    try type(line)
    try press("Enter")
  }

  /// Runs a line in the shell, waits for its end, and returns what it printed, by way of the file `name`.
  func answer(_ line: String, into name: String) throws -> String {
    // A different word each time, and not as typed: an earlier one may still be on the screen.
    answers += 1
    try shell("clear; \(line) > \(name) 2>&1; echo \"answer \"\(answers)")
    try expect("answer \(answers)")
    return try workplace.text(of: name)
  }

  // MARK: Output

  func screen(withColours: Bool = false) throws -> String {
    try withColours
      ? server.ask("capture-pane", "-e", "-p", "-t", pane) : server.ask("capture-pane", "-p", "-t", pane)
  }

  /// Waits until the screen is as wanted and returns its text; if it never is, records an issue with the screen.
  @discardableResult
  func await(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, until condition: (String) -> Bool
  ) throws -> String {
    var seen = ""
    let isSeen = try awaited {
      seen = try screen()
      return condition(seen)
    }
    if isSeen { return seen }
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

  /// Waits until the file ends in a line feed and returns its text.
  func expectFile(_ name: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    var text = ""
    let isWritten = awaited {
      text = (try? workplace.text(of: name)) ?? ""
      return text.hasSuffix("\n")
    }
    if isWritten { return text }
    Issue.record("\(name) was never written:\n\(try screen())", sourceLocation: sourceLocation)
    throw NeverSeen(what: name)
  }
}
