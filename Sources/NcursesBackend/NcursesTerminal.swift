import CNcurses
import CPlatform
import Glibc
import TerminalIO
import TextCells
import Theming

/// The real terminal: curses knows its modes and reads its keys, `FramePainter` writes on it.
///
/// Shape:  made on one thread and used on it; only `wakeHandle` may go to others. While it lives, signals are events,
///         and standard error is collected instead of scribbling on the screen.
/// Cost:   `present` compares cells and sends what changed, in one write.
/// Fails:  `init` before it has touched the terminal; later only with `gone`. Whatever happens but SIGKILL, the
///         terminal is given back as it was found.
package final class NcursesTerminal: Terminal {
  package private(set) var size: Size
  package var tickAfter: Int?
  /// Lets another thread wake `nextEvent`.
  package var wakeHandle: TerminalWake { wakes.wake }

  private let tty: Int32
  private let savedModes: termios
  private let streams: (output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>)
  private let screen: OpaquePointer
  private let restoreBytes: String
  private let signals: WakePipe
  private let wakes: WakePipe
  private var standardError: StandardErrorAside?
  private var keyboard: KeyboardReader
  private var painter: FramePainter
  private var cursorIsShown: Bool?
  private var mustClear = true
  private var waiting: [TerminalEvent] = []
  private var saidHangUp = false
  /// Nothing will ever come from the terminal again.
  private var isCutOff = false
  private var hasLeft = false
  private var emptyReads = 0

  private static let pasteOn = "\u{1B}[?2004h"
  private static let pasteOff = "\u{1B}[?2004l"

  /// Takes the terminal over. With `NO_COLOR` set, or without colours, the theme is `Theme.mono`.
  package init(theme: Theme) throws(TerminalError) {
    try TerminalPreflight.useUTF8()
    tty = try TerminalPreflight.keyboard()
    let type: String
    do {
      type = try TerminalPreflight.terminalType()
    } catch {
      close(tty)
      throw error
    }
    var modes = termios()
    guard tcgetattr(tty, &modes) == 0, let signals = WakePipe(), let wakes = WakePipe(),
      let output = fdopen(fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3), "w"), let input = fdopen(tty, "r"),
      let screen = newterm(type, output, input)
    else { throw .noTerminal }
    savedModes = modes
    streams = (output, input)
    self.screen = screen
    (self.signals, self.wakes) = (signals, wakes)
    restoreBytes = Self.sequenceThatRestores()

    let depth = ColourDepth(
      colours: Int(tigetnum("colors")), isDirect: tigetflag("RGB") > 0)
    let isPlain = depth == .none || TerminalPreflight.environment("NO_COLOR") != nil
    painter = FramePainter(
      paints: PaintTable(isPlain ? .mono : theme.fitted(to: depth), depth), language: TerminalLanguage())
    Self.setModes()
    guard let keyboard = KeyboardReader(descriptor: tty) else {
      endwin()
      throw .noTerminal
    }
    self.keyboard = keyboard
    size = Size(columns: Int(getmaxx(lt_stdscr())), rows: Int(getmaxy(lt_stdscr())))
    def_prog_mode()
    standardError = StandardErrorAside()
    armRestore()
    lp_watch_signals(signals.writeEnd)
    send(Self.pasteOn)
    _ = adoptSize()
  }

  deinit { leave() }

  private static func setModes() {
    raw()
    noecho()
    nonl()
    // Long enough for the bytes of an arrow key to arrive together, too short to be felt.
    set_escdelay(25)
    let window = lt_stdscr()
    scrollok(window, false)
  }

  /// What brings any terminal back from the screen: for the crash handler, which cannot ask curses.
  private static func sequenceThatRestores() -> String {
    let parts = ["sgr0", "op", "cnorm", "rmkx", "rmcup"].compactMap(TerminalPreflight.capability)
    // Terminfo writes delays as $<5>; no terminal of today needs them.
    var bytes = pasteOff
    var isDelay = false
    for scalar in parts.joined().unicodeScalars {
      if scalar == "$" { isDelay = true }
      if !isDelay { bytes.unicodeScalars.append(scalar) }
      if scalar == ">" { isDelay = false }
    }
    return bytes + "\r\n"
  }

  private func armRestore() {
    var modes = savedModes
    var bytes = restoreBytes
    bytes.withUTF8 {
      $0.withMemoryRebound(to: CChar.self) {
        lp_arm_restore(
          tty, &modes, $0.baseAddress, $0.count, standardError?.collected ?? -1, standardError?.original ?? -1)
      }
    }
  }

  /// Gives the terminal back for good, and prints what was written to standard error meanwhile.
  package func leave() {
    guard !hasLeft else { return }
    hasLeft = true
    lp_unwatch_signals()
    send(painter.ending())
    send(Self.pasteOff)
    if cursorIsShown == false { curs_set(1) }
    endwin()
    lp_disarm_restore()
    var modes = savedModes
    tcsetattr(tty, TCSADRAIN, &modes)
    delscreen(screen)
    fclose(streams.output)
    fclose(streams.input)
    standardError?.end()
    standardError = nil
  }

  /// Bytes that are not curses' business, straight to the terminal. Curses keeps none back between two updates.
  @discardableResult
  private func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  @discardableResult
  private func send(_ bytes: [UInt8]) -> Bool {
    var start = 0
    while start < bytes.count {
      let written = bytes.withUnsafeBytes { write(fileno(streams.output), $0.baseAddress! + start, $0.count - start) }
      if written < 0, errno == EINTR { continue }
      if written <= 0 { return false }
      start += written
    }
    return true
  }
}

// MARK: - Showing

extension NcursesTerminal {
  package func present(_ frame: Frame) throws(TerminalError) {
    guard !hasLeft else { throw .gone }
    if mustClear { clear() }
    let showsCursor = frame.cursor != nil
    if !showsCursor, cursorIsShown != false { curs_set(0) }
    send(painter.paint(frame))
    // First where it belongs, then visible: otherwise it flashes at its old place.
    if showsCursor, cursorIsShown != true { curs_set(1) }
    cursorIsShown = showsCursor
  }

  /// Curses puts the screen in order, as after a stop; its own picture of it stays blank.
  private func clear() {
    send(painter.ending())
    clearok(lt_curscr(), true)
    wnoutrefresh(lt_stdscr())
    doupdate()
    painter.forget()
    mustClear = false
  }

  package func forgetScreen() {
    mustClear = true
  }

  package func copyToClipboard(_ text: String) throws(TerminalError) {
    guard !hasLeft else { throw .gone }
    let sequence = try Clipboard.sequence(
      copying: text, insideTmux: TerminalPreflight.environment("TMUX") != nil)
    guard send(sequence) else { throw .gone }
  }
}

// MARK: - Waiting

extension NcursesTerminal {
  package func nextEvent() throws(TerminalError) -> TerminalEvent {
    guard !hasLeft else { throw .gone }
    while true {
      if !waiting.isEmpty { return waiting.removeFirst() }
      if isCutOff { throw .gone }
      // Curses reads ahead: what it holds already, poll would wait for in vain.
      if let event = keyboard.next() {
        emptyReads = 0
        return event
      }
      var watched = [
        pollfd(fd: tty, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.readEnd, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakes.readEnd, events: Int16(POLLIN), revents: 0),
      ]
      let count = poll(&watched, 3, tickAfter.map { Int32(clamping: max(0, $0)) } ?? -1)
      if count < 0, errno != EINTR { throw .gone }
      if count == 0 { return .tick }
      if count > 0, let event = event(of: watched) { return event }
    }
  }

  package func waitingEvent() -> TerminalEvent? {
    guard !hasLeft, !isCutOff else { return nil }
    return waiting.isEmpty ? keyboard.next() : waiting.removeFirst()
  }

  private func event(of watched: [pollfd]) -> TerminalEvent? {
    if watched[1].revents != 0 { takeSignals() }
    if watched[2].revents != 0, !wakes.takeAll().isEmpty { waiting.append(.wake) }
    if isCut(watched[0].revents) {
      isCutOff = true
      // The loop gets one event to file what it holds; the next call ends it. SIGHUP may have been that event.
      if !saidHangUp { sayHangUp() }
    }
    return waiting.isEmpty ? nil : waiting.removeFirst()
  }

  /// A link that dropped is always readable and never holds a byte.
  private func isCut(_ revents: Int16) -> Bool {
    guard revents != 0 else { return false }
    if Int32(revents) & (POLLHUP | POLLERR | POLLNVAL) != 0, lt_waiting_bytes(tty) <= 0 { return true }
    guard lt_waiting_bytes(tty) <= 0 else {
      emptyReads = 0
      return false
    }
    emptyReads += 1
    return emptyReads > 2
  }

  private func takeSignals() {
    let letters = signals.takeAll()
    if letters.contains(UInt8(ascii: "H")) {
      // A dropped link sends SIGCONT too, but there is nothing left to draw on.
      sayHangUp()
    } else if letters.contains(UInt8(ascii: "T")) {
      suspend()
    } else if letters.contains(UInt8(ascii: "C")) {
      // Stopped with SIGSTOP, where nothing could be put in order before: the shell has changed the modes since.
      reset_prog_mode()
      returnToScreen()
    } else if letters.contains(UInt8(ascii: "W")), let size = adoptSize() {
      waiting.append(.resized(size))
    }
  }

  private func sayHangUp() {
    saidHangUp = true
    waiting.append(.hangUp)
  }

  /// Takes the terminal's present size over; nil where it is the old one.
  private func adoptSize() -> Size? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard lt_window_size(fileno(streams.output), &rows, &columns) == 0, rows > 0, columns > 0 else { return nil }
    let now = Size(columns: Int(columns), rows: Int(rows))
    guard now != size else { return nil }
    resizeterm(rows, columns)
    size = now
    forgetScreen()
    return now
  }
}

// MARK: - Suspending

extension NcursesTerminal {
  package func suspend() {
    guard !hasLeft else { return }
    def_prog_mode()
    send(painter.ending())
    send(Self.pasteOff)
    if cursorIsShown == false { curs_set(1) }
    endwin()
    lp_disarm_restore()
    lp_stop()
    armRestore()
    reset_prog_mode()
    // The letters of the stop and of the continuation are dealt with here.
    let letters = signals.takeAll()
    if letters.contains(UInt8(ascii: "H")) { sayHangUp() }
    returnToScreen()
  }

  /// The screen after the shell had it: everything is drawn anew, at the size it has by now.
  private func returnToScreen() {
    send(Self.pasteOn)
    cursorIsShown = nil
    forgetScreen()
    _ = adoptSize()
    waiting.append(.resized(size))
  }
}
