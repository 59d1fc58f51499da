import Dashboard
import Dispatch
import Foundation
import TerminalIO

/// Lines in and lines out, for the linear mode: the terminal stays as it is, with its own editing of the line.
///
/// Shape:  used on one thread; `wake` alone may be called from others. While it lives, SIGINT, SIGTERM and SIGHUP become
///         events, and a reader of the output that went away becomes the error `gone`.
/// Limits: of a line longer than 64 KiB the rest is dropped.
final class LineTerminal {
  enum Event: Equatable {
    case line(String)
    /// No more lines will come.
    case end
    case interrupt, hangUp, wake, tick
  }

  /// Whether a person types at a terminal and reads there.
  let isInteractive: Bool

  private let input: Int32
  /// A letter for each signal: I interrupt, H hang up or terminate; W for another thread.
  private let letters: (read: Int32, write: Int32)
  private let signals: [any DispatchSourceSignal]
  private var unread: [UInt8] = []
  private var isAtEnd = false
  private var isPrompted = false

  private static let longestLine = 65_536

  /// - Parameter readsListings: whether standard input holds listings, so that commands come from the terminal itself.
  /// Fails:  where there is nothing that lines can be read from.
  init(readsListings: Bool) throws {
    input = readsListings ? open("/dev/tty", O_RDONLY | O_CLOEXEC) : fcntl(STDIN_FILENO, F_DUPFD_CLOEXEC, 3)
    guard input >= 0 else { throw UsageError.noCommandsBesideListings }
    isInteractive = isatty(input) == 1 && isatty(STDOUT_FILENO) == 1
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0 else { throw TerminalError.noTerminal }
    for end in ends {
      _ = fcntl(end, F_SETFL, fcntl(end, F_GETFL) | O_NONBLOCK)
      _ = fcntl(end, F_SETFD, FD_CLOEXEC)
    }
    letters = (ends[0], ends[1])
    signal(SIGPIPE, SIG_IGN)
    signals = [(SIGINT, "I"), (SIGTERM, "H"), (SIGHUP, "H")].map { number, letter in
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
      let write = ends[1]
      source.setEventHandler { Self.put(UInt8(ascii: Unicode.Scalar(letter) ?? "W"), into: write) }
      source.resume()
      return source
    }
  }

  /// Ends the wait of `next`.
  var wake: @Sendable () -> Void {
    let write = letters.write
    return { Self.put(UInt8(ascii: "W"), into: write) }
  }

  private static func put(_ letter: UInt8, into descriptor: Int32) {
    var letter = letter
    // A full pipe means that the loop is about to wake anyway.
    _ = Foundation.write(descriptor, &letter, 1)
  }

  // MARK: Input

  /// Waits for what happens next.
  ///
  /// - Parameters:
  ///   - wantsLine: whether a line can be taken now; otherwise it stays where it is.
  ///   - milliseconds: after so long nothing happened.
  func next(wantsLine: Bool, within milliseconds: Int) -> Event {
    if wantsLine, let line = takeLine() { return line }
    let wantsInput = wantsLine && !isAtEnd
    var waiting = [
      pollfd(fd: letters.read, events: Int16(POLLIN), revents: 0),
      pollfd(fd: wantsInput ? input : -1, events: Int16(POLLIN), revents: 0),
    ]
    guard poll(&waiting, 2, Int32(milliseconds)) > 0 else { return .tick }
    if waiting[0].revents != 0 { return takeLetters() }
    read()
    return takeLine() ?? .wake
  }

  /// Whether a line was typed that nobody asked for yet.
  var isLineWaiting: Bool {
    if unread.contains(UInt8(ascii: "\n")) { return true }
    var waiting = [pollfd(fd: input, events: Int16(POLLIN), revents: 0)]
    return !isAtEnd && poll(&waiting, 1, 0) > 0 && waiting[0].revents & Int16(POLLIN) != 0
  }

  private func takeLine() -> Event? {
    if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
      // Enter has ended the prompt.
      isPrompted = false
      defer { unread.removeFirst(end + 1) }
      return .line(String(decoding: unread[..<end], as: UTF8.self))
    }
    guard isAtEnd else { return nil }
    // What was begun and not ended with Enter is no line: it may be half of one.
    unread = []
    return .end
  }

  private func read() {
    var piece = [UInt8](repeating: 0, count: 4096)
    let count = Foundation.read(input, &piece, piece.count)
    if count < 0, errno == EINTR || errno == EAGAIN { return }
    guard count > 0 else { return isAtEnd = true }
    let room = max(0, Self.longestLine - unread.count)
    let end = piece[..<count].contains(UInt8(ascii: "\n"))
    unread += end ? piece[..<count] : piece[..<min(count, room)]
  }

  private func takeLetters() -> Event {
    var piece = [UInt8](repeating: 0, count: 256)
    let count = Foundation.read(letters.read, &piece, piece.count)
    let taken = piece.prefix(max(0, count))
    if taken.contains(UInt8(ascii: "H")) { return .hangUp }
    return taken.contains(UInt8(ascii: "I")) ? .interrupt : .wake
  }

  // MARK: Output

  /// Prints lines, each ended, and in a terminal broken between words. A prompt that waits there is ended first, and has to be printed again.
  ///
  /// Fails:  `gone` where nobody reads them any more.
  func print(_ lines: [SpokenLine]) throws(TerminalError) {
    guard !lines.isEmpty else { return }
    let broken = columns.map { width in lines.flatMap { $0.wrapped(to: width) } } ?? lines.map(\.text)
    let text = (isPrompted && isInteractive ? "\n" : "") + broken.map { $0 + "\n" }.joined()
    isPrompted = false
    try send(text)
  }

  /// How wide the terminal is; nil where it does not say so, and in files and pipes, whose lines stay whole.
  private var columns: Int? {
    var size = winsize()
    guard isInteractive, ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }

  /// Says that a line can be typed, where a person does.
  ///
  /// - Returns: whether it was there already.
  @discardableResult
  func prompt() throws(TerminalError) -> Bool {
    if isPrompted { return true }
    isPrompted = true
    if isInteractive { try send("> ") }
    return false
  }

  /// Ends a prompt that nothing was typed at.
  func endPrompt() throws(TerminalError) {
    if isPrompted, isInteractive { try send("\n") }
    isPrompted = false
  }

  private func send(_ text: String) throws(TerminalError) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let count = bytes.withUnsafeBytes { Foundation.write(STDOUT_FILENO, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR || errno == EAGAIN { continue }
      guard count > 0 else { throw .gone }
      bytes = bytes.dropFirst(count)
    }
  }

  /// Gives the signals back.
  func leave() {
    for source in signals { source.cancel() }
    for number in [SIGINT, SIGTERM, SIGHUP] { signal(number, SIG_DFL) }
  }
}
