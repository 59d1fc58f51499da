import Foundation
import Testing

/// A terminal of a given size with a shell in it, as a window of `TerminalServer`.
///
/// Keys are sent and screens read as a person would; what must appear is waited for, never a fixed time, but for where a
/// person has to pause.
final class TerminalSession {
  let workplace: Workplace
  private let server: TerminalServer
  /// The window's pane, the shell in it, and the device that the shell has for its terminal.
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
    let told = try server.ask(
      "new-session", "-d", "-x", String(columns), "-y", String(rows), "-P", "-F", "#{pane_id} #{pane_pid} #{pane_tty}",
      "cd \(Self.quoted(workplace.path)); exec env -i \(assignments) bash --norc --noprofile -i"
    ).split(separator: " ").map(String.init)
    try #require(told.count == 3)
    (pane, shellProcess, device) = (told[0], told[1], told[2])
    // From now on the window keeps the size it is given.
    try resize(columns, rows)
    try expect("ready>")
  }

  deinit { _ = try? server.ask("kill-session", "-t", pane) }

  private static func quoted(_ text: String) -> String { "'" + text.replacing("'", with: "'\\''") + "'" }

  // MARK: Hands

  /// Keys by tmux's names: `c`, `Enter`, `Escape`, `C-z`. Each is pressed when the one before was taken, as a person
  /// presses them: keys that a busy program finds waiting together are read as pasted text.
  func press(_ keys: String...) throws {
    for key in keys { try send(key, bytes: 1, "send-keys", "-t", pane, key) }
  }

  /// Text that reaches the program at once.
  func type(_ text: String) throws { try send(text, bytes: text.utf8.count, "send-keys", "-t", pane, "-l", text) }

  /// What was sent last, and who was to read it.
  private struct Sent {
    let key: String
    /// How much each process in the foreground had read before, and how much more it reads with this.
    let readBefore: [String: Int]
    let bytes: Int
  }

  private func send(_ key: String, bytes: Int, _ words: String...) throws {
    try awaitTaking()
    sent = Sent(key: key, readBefore: bytesRead, bytes: bytes)
    try server.ask(words)
  }

  /// Waits until what was sent last is read, and whoever read it waits for more.
  ///
  /// Between tmux and the terminal, and in the kernel behind it, keys wait where nobody can see them: only that they were
  /// read is proof that they came. What nobody reads, as a key that is a signal, is given a while.
  private func awaitTaking() throws {
    guard let sent else { return }
    let end = Date().addingTimeInterval(10)
    while !isTaken(sent), Date() < end { usleep(500) }
    // `Esc` and a letter are another key, where they come in one breath.
    if sent.key == "Escape" { usleep(100_000) }
  }

  private func isTaken(_ sent: Sent) -> Bool {
    let now = bytesRead
    // Another program has the terminal, or the one that had it is gone.
    if Set(now.keys) != Set(sent.readBefore.keys) { return isResting }
    let isRead = now.contains { process, count in count >= (sent.readBefore[process] ?? 0) + sent.bytes }
    return isRead && isResting
  }

  /// Whether nothing waits to be read, and those who read wait for more.
  private var isResting: Bool {
    let terminal = open(device, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
    guard terminal >= 0 else { return true }
    defer { close(terminal) }
    var waiting: Int32 = 0
    _ = ioctl(terminal, UInt(FIONREAD), &waiting)
    return waiting == 0 && foreground.allSatisfy { !["R", "D"].contains(Self.status(of: $0, field: 0)) }
  }

  /// Who has the terminal: the program, or the shell; of several in a pipe any may be the one that reads.
  private var foreground: [String] {
    guard let group = Self.status(of: shellProcess, field: 5) else { return [] }
    let name = try? String(contentsOfFile: "/proc/\(group)/comm", encoding: .utf8)
    if name == "linsang\n" || name == "bash\n" { return [group] }
    return ((try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []).filter {
      Int($0) != nil && Self.status(of: $0, field: 2) == group
    }
  }

  /// What the first thread of each process in the foreground, which is the one that reads keys, has read so far.
  private var bytesRead: [String: Int] {
    var bytes: [String: Int] = [:]
    for process in foreground {
      let text = try? String(contentsOfFile: "/proc/\(process)/task/\(process)/io", encoding: .utf8)
      bytes[process] = text?.split(separator: "\n").first.flatMap { Int($0.dropFirst("rchar: ".count)) } ?? 0
    }
    return bytes
  }

  /// A field of `/proc/PID/stat`, counted behind the name.
  private static func status(of process: String, field: Int) -> String? {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8),
      let name = text.lastIndex(of: ")")
    else { return nil }
    let fields = text[text.index(after: name)...].split(separator: " ")
    return fields.count > field ? String(fields[field]) : nil
  }

  /// As long as a person takes from an answer to the next command, who then is not taken for typing on.
  func pause() { usleep(600_000) }

  /// The size is another one when the program in the terminal has been told so, and has drawn what it wanted to.
  func resize(_ columns: Int, _ rows: Int) throws {
    try server.ask("resize-window", "-t", pane, "-x", String(columns), "-y", String(rows))
    let end = Date().addingTimeInterval(2)
    while size != (columns, rows) || !isResting, Date() < end { usleep(500) }
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
    try withColours
      ? server.ask("capture-pane", "-e", "-p", "-t", pane) : server.ask("capture-pane", "-p", "-t", pane)
  }

  /// Waits until the screen is as wanted; its text then, or an issue that shows what was there instead.
  @discardableResult
  func await(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, until isSo: (String) -> Bool
  ) throws -> String {
    var seen = ""
    let isSeen = try awaited {
      seen = try screen()
      return isSo(seen)
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

  /// Waits until there is a file with these words in it.
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
