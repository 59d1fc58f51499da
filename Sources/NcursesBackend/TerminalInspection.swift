import CNcurses
import Glibc
import TerminalIO
import TextCells
import Theming

/// What a terminal says about itself, for `linsang doctor`: asked without curses and without taking the screen.
package struct TerminalInspection {
  package enum Background: Equatable {
    /// Its kind is not asked: it might print the question.
    case notAsked
    /// It answered other questions, or none.
    case silent(answersAnything: Bool)
    case known(RGB)
  }

  package private(set) var background = Background.notAsked
  package private(set) var isSynchronized = false
  /// Which terminal it says it is, by xterm's numbers; nil: it was not asked, or did not answer.
  package private(set) var type: Int?
  package let kind: TerminalKind
  /// How long the answers took; nil: there were none.
  ///
  /// Units:  milliseconds.
  package private(set) var answeredAfter: Int?

  /// How long answers are waited for. Later ones would be typed into the shell, so it is long.
  ///
  /// Units:  milliseconds.
  private static let patience = 1000
  /// How long an answer may take that tmux hands on.
  ///
  /// Units:  milliseconds.
  private static let detour = 200

  /// - Parameter variable: an environment variable by its name.
  package init(_ variable: (String) -> String?) {
    kind = TerminalKind(variable)
    guard let questions = TerminalQuestions.sequence(for: kind, about: [.background, .type]) else { return }
    let tty = open("/dev/tty", O_RDWR | O_NOCTTY | O_CLOEXEC)
    guard tty >= 0 else { return }
    defer { close(tty) }
    var modes = termios()
    // A process in the background would be stopped.
    guard tcgetattr(tty, &modes) == 0, tcgetpgrp(tty) == getpgrp() else { return }
    var raw = modes
    cfmakeraw(&raw)
    tcsetattr(tty, TCSADRAIN, &raw)
    defer { tcsetattr(tty, TCSAFLUSH, &modes) }
    let bytes = Array(questions.utf8)
    guard write(tty, bytes, bytes.count) == bytes.count else { return }
    background = .silent(answersAnything: false)
    read(from: tty)
  }

  private mutating func read(from tty: Int32) {
    var reader = SequenceReader()
    reader.expectAnswers(at: 0)
    let start = ContinuousClock.now
    func passed() -> Int {
      let time = start.duration(to: ContinuousClock.now).components
      return Int(time.seconds) * 1000 + Int(time.attoseconds / 1_000_000_000_000_000)
    }
    var chunk = [UInt8](repeating: 0, count: 256)
    var end = Self.patience
    while passed() < end {
      var watched = pollfd(fd: tty, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, Int32(max(0, end - passed()))) > 0 else { return }
      let count = Glibc.read(tty, &chunk, chunk.count)
      guard count > 0 else { return }
      for byte in chunk.prefix(count) {
        for case .reply(let reply) in reader.take(.character(UInt32(byte)), at: passed()) { adopt(reply) }
      }
      answeredAfter = passed()
      if reader.isAwaitingAnswers { continue }
      // What is around an older tmux answers later than tmux itself.
      let isComplete = kind.tmux.map { $0 >= TerminalKind.Version(3, 4) } ?? true
      if isComplete || background != .silent(answersAnything: true) { return }
      end = min(end, passed() + Self.detour)
    }
  }

  private mutating func adopt(_ reply: TerminalReply) {
    switch reply {
    case .background(let red, let green, let blue): background = .known(RGB(red, green, blue))
    case .deviceAttributes:
      if background == .silent(answersAnything: false) { background = .silent(answersAnything: true) }
    case .type(let type): self.type = type
    case .mode(let mode, let isKnown): isSynchronized = isKnown && mode == TerminalQuestions.synchronizedOutput
    }
  }
}
