import CNcurses
import Glibc
import TerminalIO
import TextCells

/// Turns the terminal's input into keys, pastes, mouse reports and answers.
///
/// Shape:  input is read through a pad, since curses refreshes a window before reading from it. `SequenceReader` puts
///         sequences together that curses does not know, however slowly they come.
/// Cost:   never blocks, except inside a paste, for up to two seconds without a byte.
/// Limits: of modifiers only Shift and Ctrl are known, and only where they make another character.
struct KeyboardReader {
  /// What was read: an event for the loop, or an answer of the terminal.
  enum Input {
    case event(TerminalEvent)
    case reply(TerminalReply)
  }

  /// A pad of one cell, which is never shown.
  private let pad: UnsafeMutablePointer<WINDOW>
  /// What curses reads from, to wait for the rest of a paste.
  private let descriptor: Int32
  private var sequences = SequenceReader()
  /// What was read and not given out yet.
  private var parts: [SequenceReader.Part] = []

  /// Key numbers for the marks around a paste, above those that curses assigns itself.
  private static let pasteBegins: Int32 = 0x1000
  private static let pasteEnds: Int32 = 0x1001
  /// Longer than anything a person pastes into a filter or note; the rest is dropped.
  ///
  /// Units:  Unicode scalars.
  private static let maximumPasteLength = 1 << 20

  /// Starts reading; nil if curses has no memory for a pad. `newterm` must have been called.
  init?(descriptor: Int32, reportsMouse: Bool) {
    guard let pad = newpad(1, 1) else { return nil }
    self.pad = pad
    self.descriptor = descriptor
    keypad(pad, true)
    nodelay(pad, true)
    define_key("\u{1B}[200~", Self.pasteBegins)
    define_key("\u{1B}[201~", Self.pasteEnds)
    // Curses would consume the head of a mouse report and leave its coordinates to be read as keys.
    keyok(KEY_MOUSE, false)
    sequences.reportsMouse = reportsMouse
  }

  /// Milliseconds by a clock that never goes back.
  private static func now() -> Int {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
  }

  /// The terminal was asked something, and answers are no keys.
  mutating func expectAnswers() { sequences.expectAnswers(at: Self.now()) }

  /// Whether the terminal has not given its last answer.
  var isAwaitingAnswers: Bool { sequences.isAwaitingAnswers }

  /// How long to wait at most before asking for the next input again; nil: until something arrives.
  ///
  /// Units:  milliseconds.
  var patience: Int? {
    let now = Self.now()
    return sequences.pauseEnds(at: now).map { max(0, $0 - now) }
  }

  /// What has arrived next; nil if there is nothing.
  mutating func next() -> Input? {
    while true {
      while !parts.isEmpty { if let input = input(of: parts.removeFirst()) { return input } }
      parts = nextCode().map { sequences.take($0, at: Self.now()) } ?? sequences.pause(at: Self.now())
      if parts.isEmpty, !hasMore { return nil }
    }
  }

  /// Whether curses handed out a code at the last call; a code may be a part of a sequence and give nothing.
  private var hasMore = false

  private mutating func input(of part: SequenceReader.Part) -> Input? {
    switch part {
    case .key(let key): .event(.key(key))
    case .mouse(let report): .event(.mouse(report))
    case .reply(let reply): .reply(reply)
    case .pasteBegins, .numbered(Self.pasteBegins): .event(.paste(pasted()))
    // Curses echoes the resizes that the caller reported to it.
    case .numbered(KEY_RESIZE), .numbered(Self.pasteEnds): nil
    case .numbered(let number): .event(.key(Self.named(number)))
    }
  }

  /// The next code from curses; nil if there is none.
  private mutating func nextCode() -> SequenceReader.Code? {
    var character: wint_t = 0
    hasMore = true
    switch wget_wch(pad, &character) {
    case LT_KEY_CODE_YES: return .key(Int32(bitPattern: character))
    case OK: return .character(character)
    default:
      hasMore = false
      return nil
    }
  }

  /// The key for a number that curses assigned. Numbers without a name here stay unknown keys.
  private static func named(_ number: Int32) -> Key {
    switch number {
    case KEY_UP: .up
    case KEY_DOWN: .down
    case KEY_LEFT: .left
    case KEY_RIGHT: .right
    case KEY_HOME: .home
    case KEY_END: .end
    case KEY_PPAGE: .pageUp
    case KEY_NPAGE: .pageDown
    case KEY_BTAB: .backTab
    case KEY_BACKSPACE: .backspace
    case KEY_DC: .delete
    case KEY_IC: .insert
    case KEY_ENTER: .enter
    case LT_KEY_F0 + 1...LT_KEY_F0 + 63: .function(Int(number - LT_KEY_F0))
    default: .unknown(Int(number))
    }
  }

  // MARK: - Bracketed paste

  /// Reads a paste up to its end mark, waiting for it: over a slow link a paste arrives in pieces.
  ///
  /// Shape:  carriage returns become line feeds. Keys that curses recognises inside a paste are dropped.
  /// Limits: `maximumPasteLength`; the rest is read but dropped, so that it cannot act as keys.
  private mutating func pasted() -> String {
    var text = String.UnicodeScalarView()
    var length = 0
    while true {
      guard let code = nextCode() else {
        if waitForMore() { continue }
        break
      }
      guard case .character(let value) = code else {
        if code == .key(Self.pasteEnds) { break }
        continue
      }
      length += 1
      guard length <= Self.maximumPasteLength, let scalar = Unicode.Scalar(value) else { continue }
      text.append(scalar == "\r" ? "\n" : scalar)
    }
    return String(text)
  }

  /// Waits for more of a paste. After two seconds without a byte the end mark counts as lost.
  private func waitForMore() -> Bool {
    var wanted = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let count = poll(&wanted, 1, 2000)
    if count < 0 { return errno == EINTR }
    return count > 0 && lt_waiting_bytes(descriptor) > 0
  }
}
