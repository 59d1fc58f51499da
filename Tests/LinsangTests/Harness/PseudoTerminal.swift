import Foundation
import Testing

/// A terminal without a multiplexer around it: the test sees every byte that the program writes, and answers for the terminal.
final class PseudoTerminal {
  private(set) var screen: TextScreen
  /// All that the program has written.
  private(set) var written: [UInt8] = []
  private let main: Int32
  /// Kept open, so that the terminal's modes can be seen after the program's end.
  private let other: Int32
  private let process: pid_t
  private let modesBefore: termios
  private var status: Int32?

  /// Starts a program in the workplace's folder.
  ///
  /// - Parameter words: what follows the name of the program; or, with `program`, of another one.
  init(
    _ words: [String], at place: Workplace, terminal: String = "xterm-256color", columns: Int = 80, rows: Int = 24,
    environment: [String: String] = [:], program: String? = nil, wrapsAtOnce: Bool = false
  ) throws {
    var (main, other): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    var name = [CChar](repeating: 0, count: 128)
    try #require(openpty(&main, &other, &name, nil, &size) == 0)
    for end in [main, other] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    (self.main, self.other) = (main, other)
    var modes = termios()
    tcgetattr(other, &modes)
    modesBefore = modes
    screen = TextScreen(columns: columns, rows: rows, wrapsAtOnce: wrapsAtOnce)
    var variables = ["TERM": terminal]
    variables.merge(environment) { $1 }
    let first = try program ?? #require(Program.path)
    process = try Self.start(
      [first] + words, in: place.path, place.environment(variables).filter { !$0.value.isEmpty }, terminal: name)
  }

  deinit {
    if status == nil {
      kill(process, SIGKILL)
      _ = Child.status(of: process)
    }
    close(main)
    close(other)
  }

  /// As leader of a session whose terminal is the one of that name.
  private static func start(
    _ words: [String], in folder: String, _ environment: [String: String], terminal name: [CChar]
  ) throws -> pid_t {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (all, none) = (sigset_t(), sigset_t())
    sigfillset(&all)
    sigemptyset(&none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setsigmask(&attributes, &none)
    // POSIX_SPAWN_SETSID, a GNU extension that Swift does not see.
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | 0x80)
    let line = ["/bin/sh", "-c", #"cd "$0" && exec "$@""#, folder] + words
    var argv = line.map { strdup($0) } + [nil]
    var envp = environment.map { strdup("\($0)=\($1)") } + [nil]
    defer { (argv + envp).forEach { free($0) } }
    var pid: pid_t = 0
    let failure = posix_spawn(&pid, line[0], &actions, &attributes, &argv, &envp)
    guard failure == 0 else { throw Child.NotStarted(program: words[0], why: String(cString: strerror(failure))) }
    return pid
  }

  // MARK: What the terminal sends

  /// Sends bytes at once.
  func send(_ text: String) {
    let bytes = Array(text.utf8)
    _ = bytes.withUnsafeBytes { write(main, $0.baseAddress, $0.count) }
  }

  /// Presses keys one after the other, each after the program has taken in the one before.
  func press(_ keys: String...) {
    for key in keys {
      send(key)
      pause(80)
    }
  }

  func type(_ text: String) { for scalar in text.unicodeScalars { press(String(scalar)) } }

  /// Lets time pass, and sees what the program writes meanwhile.
  ///
  /// Units:  milliseconds.
  func pause(_ milliseconds: Int) {
    _ = read(until: Date().addingTimeInterval(Double(milliseconds) / 1000)) { _ in false }
  }

  // MARK: What the program writes

  /// The screen once it has not changed for a while.
  ///
  /// Units:  milliseconds.
  func settled(for milliseconds: Int) -> String {
    let limit = Date().addingTimeInterval(20)
    while Date() < limit {
      let before = screen.text
      pause(milliseconds)
      if screen.text == before { break }
    }
    return screen.text
  }

  @discardableResult
  func expect(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> String {
    try self.await("“\(text)”", sourceLocation: sourceLocation) { $0.text.contains(text) }
  }

  @discardableResult
  func await(
    _ what: String, sourceLocation: SourceLocation = #_sourceLocation, until condition: (TextScreen) -> Bool
  ) throws -> String {
    if read(until: Date().addingTimeInterval(30), condition) { return screen.text }
    Issue.record("the screen never showed \(what):\n\(screen.text)", sourceLocation: sourceLocation)
    throw TerminalSession.NeverSeen(what: what)
  }

  func signal(_ number: Int32) { kill(process, number) }

  /// Waits for the end of the program and returns its status.
  func end() -> Int32 {
    let limit = Date().addingTimeInterval(30)
    while status == nil, Date() < limit {
      pause(20)
      var raw: Int32 = 0
      if waitpid(process, &raw, WNOHANG) == process { status = raw & 0x7F == 0 ? raw >> 8 & 0xFF : 128 + raw & 0x7F }
    }
    pause(20)
    return status ?? -1
  }

  /// Whether the terminal is as it was: its modes, its main screen, its cursor, and nothing that was switched on.
  var isRestored: Bool {
    var now = termios()
    tcgetattr(other, &now)
    let sameModes =
      now.c_iflag == modesBefore.c_iflag && now.c_oflag == modesBefore.c_oflag && now.c_lflag == modesBefore.c_lflag
      && now.c_cflag == modesBefore.c_cflag
    return sameModes && !screen.isAlternate && screen.modes.isDisjoint(with: [1, 1000, 1002, 1006, 2004, 2026])
      && screen.modes.contains(25)
  }

  private func read(until end: Date, _ condition: (TextScreen) -> Bool) -> Bool {
    while true {
      if condition(screen) { return true }
      let left = end.timeIntervalSinceNow
      guard left > 0 else { return false }
      var watched = pollfd(fd: main, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, Int32(max(1, min(left * 1000, 100)))) > 0 else { continue }
      var chunk = [UInt8](repeating: 0, count: 65_536)
      let count = Glibc.read(main, &chunk, chunk.count)
      guard count > 0 else { return condition(screen) }
      written += chunk[..<count]
      screen.receive(Array(chunk[..<count]))
    }
  }
}
