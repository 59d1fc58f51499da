import CNcurses
import CPlatform
import Glibc
import TerminalIO
import TextCells
import Theming

/// The real terminal. Curses sets its modes and reads its keys; `FramePainter` writes to it.
///
/// Shape:  used only on the thread that made it; `wakeHandle` alone may go to others. While it lives, signals become
///         events and standard error is captured.
/// Cost:   `present` compares cells and sends what changed in one write.
/// Fails:  `init`, before it has touched the terminal; later calls only with `gone`. The terminal is restored whatever
///         happens, short of SIGKILL.
package final class NcursesTerminal: Terminal {
  package private(set) var size: Size
  package var tickAfter: Int?
  /// Lets another thread wake `nextEvent`.
  package var wakeHandle: TerminalWake { wakes.wake }

  /// Where keys come from.
  let tty: Int32
  /// The modes to restore.
  private let savedModes: termios
  /// What curses writes to and reads from. The input owns `tty`.
  private let streams: (output: UnsafeMutablePointer<FILE>, input: UnsafeMutablePointer<FILE>)
  /// What was asked for, and what the terminal is by its name.
  let setup: TerminalSetup
  let kind: TerminalKind
  /// Whether everything is shown in ASCII, and the character set of the locale where that is the reason.
  package let usesASCII: Bool
  package let charsetWithoutUTF8: String?
  /// Its background, once it has said so.
  package internal(set) var background: RGB?
  /// Whether it shows a frame only once it is whole, if asked to.
  var isSynchronized = false
  /// The colours that it has.
  let depth: ColourDepth
  /// Whether it shows no colours.
  let isPlain: Bool
  /// The curses screen, freed in `leave`.
  private let screen: OpaquePointer
  /// What restores the terminal from a crash handler.
  private let restoreBytes: String
  /// A letter for each signal: H hang up or terminate, T stop, C continue, W window size.
  private let signals: WakePipe
  /// A byte for each wake from another thread.
  private let wakes: WakePipe
  /// Nil if standard error is not on the screen.
  private var standardError: StandardErrorCapture?
  var keyboard: KeyboardReader
  var painter: FramePainter
  /// Nil if not known.
  private var cursorIsShown: Bool?
  /// Whether the next `present` clears the screen first.
  private var mustClear = true
  /// Events that are ready to be returned.
  var pending: [TerminalEvent] = []
  /// Whether the loop has been sent a hang-up.
  private var hasQueuedHangUp = false
  /// Nothing will ever arrive from the terminal again.
  private var isDisconnected = false
  /// Whether the terminal has been given back for good.
  private var hasLeft = false
  /// How often in a row the terminal was readable without holding a byte.
  private var emptyReads = 0

  /// Bracketed paste on and off.
  ///
  /// Source: xterm's "Private Modes", 2004.
  private static let pasteOn = "\u{1B}[?2004h"
  private static let pasteOff = "\u{1B}[?2004l"

  /// Takes over the terminal and asks it what it is. With `NO_COLOR` set, or without colours, `Theme.mono` is used.
  ///
  /// Fails:  `noTerminal` or `unsuitable`.
  /// Source: no-color.org for `NO_COLOR`.
  package init(_ setup: TerminalSetup) throws(TerminalError) {
    self.setup = setup
    kind = TerminalKind(TerminalPreflight.environment)
    charsetWithoutUTF8 = TerminalPreflight.charsetWithoutUTF8()
    usesASCII = setup.usesASCII || charsetWithoutUTF8 != nil
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
    depth = ColourDepth(colours: Int(tigetnum("colors")), isDirect: tigetflag("RGB") > 0)
    isPlain = depth == .none || TerminalPreflight.environment("NO_COLOR") != nil
    restoreBytes = Self.sequenceThatRestores(setup.ending(on: kind))
    painter = FramePainter(
      paints: setup.look.paints(on: nil, depth, isPlain: isPlain, usesASCII: usesASCII), sequences: TerminalSequences(),
      hasHyperlinks: kind.hasHyperlinks, joinsCharacters: kind.joinsCharacters)
    painter.ordersText = !usesASCII && setup.textOrder.isOwn(on: kind)
    Self.setModes()
    guard let keyboard = KeyboardReader(descriptor: tty, reportsMouse: setup.reportsMouse) else {
      endwin()
      throw .noTerminal
    }
    self.keyboard = keyboard
    size = Size(columns: Int(getmaxx(lt_stdscr())), rows: Int(getmaxy(lt_stdscr())))
    def_prog_mode()
    standardError = StandardErrorCapture()
    armRestore()
    lp_watch_signals(signals.writeEnd)
    _ = adoptSize()
    clear()
    begin()
    ask()
  }

  deinit { leave() }

  /// Raw keys, no echo, and no translation of line feeds, so that ^J and Enter arrive as typed.
  private static func setModes() {
    raw()
    noecho()
    nonl()
    // Milliseconds: long enough for the bytes of an arrow key to arrive together, too short to be noticed.
    set_escdelay(25)
    let window = lt_stdscr()
    scrollok(window, false)
  }

  /// The bytes that restore the terminal, for the crash handler, which cannot call curses.
  ///
  /// Shape:  plain characters, own colours, a visible cursor, normal keypad, the main screen, and bracketed paste off.
  ///
  /// - Parameter ending: what ends everything else that was begun.
  private static func sequenceThatRestores(_ ending: String) -> String {
    let parts = ["sgr0", "op", "cnorm", "rmkx", "rmcup"].compactMap(TerminalPreflight.capability)
    // Terminfo writes delays as $<5>; no terminal in use today needs them.
    var bytes = pasteOff + ending
    var isDelay = false
    for scalar in parts.joined().unicodeScalars {
      if scalar == "$" { isDelay = true }
      if !isDelay { bytes.unicodeScalars.append(scalar) }
      if scalar == ">" { isDelay = false }
    }
    return bytes + "\r\n"
  }

  /// Has the crash handler restore the terminal from now on. Its buffers are copied, so it allocates nothing.
  private func armRestore() {
    var modes = savedModes
    var bytes = restoreBytes
    bytes.withUTF8 {
      $0.withMemoryRebound(to: CChar.self) {
        lp_arm_restore(
          tty, &modes, $0.baseAddress, $0.count, standardError?.captured ?? -1, standardError?.original ?? -1)
      }
    }
  }

  /// Gives the terminal back for good and prints what was written to standard error meanwhile. May be called twice.
  package func leave() {
    guard !hasLeft else { return }
    hasLeft = true
    // What is still to be answered would be typed into the shell.
    if !isDisconnected { awaitAnswers(forMilliseconds: 100) }
    lp_unwatch_signals()
    send(painter.resetSequence())
    end()
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

  /// Writes bytes to the terminal past curses, which holds none back between two updates.
  ///
  /// Fails:  silently: a terminal that cannot be written to is noticed by `nextEvent`.
  ///
  /// - Returns: whether all were written.
  @discardableResult
  func send(_ text: String) -> Bool { send(Array(text.utf8)) }

  /// Begins what has to be ended: bracketed paste, the mouse, the title.
  private func begin() { send(Self.pasteOn + setup.beginning(on: kind, usesASCII: usesASCII)) }

  private func end() { send(Self.pasteOff + setup.ending(on: kind)) }

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

// MARK: - Output

extension NcursesTerminal {
  /// Shows a frame, and its cursor if it has one.
  ///
  /// Cost:   one write of the bytes that changed; nothing if no cell did.
  package func present(_ frame: Frame) throws(TerminalError) {
    guard !hasLeft else { throw .gone }
    if mustClear { clear() }
    let showsCursor = frame.cursor != nil
    if !showsCursor, cursorIsShown != false { curs_set(0) }
    sendWhole(painter.paint(frame))
    // Move it before showing it, or it flashes at its old position.
    if showsCursor, cursorIsShown != true { curs_set(1) }
    cursorIsShown = showsCursor
  }

  /// From here on a frame is sent as one that is shown only once it is whole: shorter ones arrive whole anyway.
  ///
  /// Units:  bytes.
  private static let leastSynchronized = 1024

  private func sendWhole(_ bytes: [UInt8]) {
    guard isSynchronized, bytes.count >= Self.leastSynchronized else {
      send(bytes)
      return
    }
    let mode = TerminalQuestions.synchronizedOutput
    send(Array("\u{1B}[?\(mode)h".utf8) + bytes + Array("\u{1B}[?\(mode)l".utf8))
  }

  /// Paints in another theme from the next frame on.
  package func use(_ look: TerminalSetup.Look) {
    let paints = look.paints(on: background, depth, isPlain: isPlain, usesASCII: usesASCII)
    let hadPicture = painter.hasPicture
    if painter.use(paints), hadPicture { invalidateScreen() }
  }

  /// Has curses clear and set up the screen, as after a stop. Its own picture of the screen stays blank.
  private func clear() {
    send(painter.resetSequence())
    clearok(lt_curscr(), true)
    wnoutrefresh(lt_stdscr())
    doupdate()
    painter.invalidate()
    mustClear = false
  }

  /// Has the next `present` clear the screen and draw everything.
  package func invalidateScreen() { mustClear = true }

  /// Sends an OSC 52 request.
  ///
  /// Fails:  `tooLongToCopy`, or `gone` if the terminal cannot be written to.
  package func copyToClipboard(_ text: String) throws(TerminalError) {
    guard !hasLeft else { throw .gone }
    guard kind.canBeAskedToCopy else { throw .cannotCopy(term: kind.name) }
    let sequence = try Clipboard.sequence(copying: text, insideTmux: kind.tmux != nil, insideScreen: kind.isScreen)
    guard send(sequence) else { throw .gone }
  }
}

// MARK: - Input

extension NcursesTerminal {
  /// Waits for keys, signals and wakes at once.
  ///
  /// Fails:  `gone` if the terminal was disconnected, after one `hangUp`.
  package func nextEvent() throws(TerminalError) -> TerminalEvent {
    guard !hasLeft else { throw .gone }
    while true {
      if !pending.isEmpty { return pending.removeFirst() }
      if isDisconnected { throw .gone }
      // Curses reads ahead, and poll would wait in vain for what it already holds.
      if let event = keyboardEvent() {
        emptyReads = 0
        return event
      }
      var watched = [
        pollfd(fd: tty, events: Int16(POLLIN), revents: 0),
        pollfd(fd: signals.readEnd, events: Int16(POLLIN), revents: 0),
        pollfd(fd: wakes.readEnd, events: Int16(POLLIN), revents: 0),
      ]
      let patience = keyboard.patience
      let wait = [tickAfter.map { max(0, $0) }, patience].compactMap { $0 }.min()
      let count = poll(&watched, 3, wait.map { Int32(clamping: $0) } ?? -1)
      if count < 0, errno != EINTR { throw .gone }
      // Of a sequence nothing more has come; the keyboard decides what it was.
      if count == 0, let patience, patience == wait { continue }
      if count == 0 { return .tick }
      if count > 0, let event = event(of: watched) { return event }
    }
  }

  /// An event or key that needs no waiting.
  package func pendingEvent() -> TerminalEvent? {
    guard !hasLeft, !isDisconnected else { return nil }
    return pending.isEmpty ? keyboardEvent() : pending.removeFirst()
  }

  /// Turns what `poll` reported into events and returns the first.
  ///
  /// Shape:  signals come before wakes. A disconnected terminal adds one `hangUp`.
  private func event(of watched: [pollfd]) -> TerminalEvent? {
    if watched[1].revents != 0 { takeSignals() }
    if watched[2].revents != 0, !wakes.takeAll().isEmpty { pending.append(.wake) }
    if hasDisconnected(watched[0].revents) {
      isDisconnected = true
      // The loop gets one event to file what it holds; the next call throws. SIGHUP may have been that event.
      if !hasQueuedHangUp { queueHangUp() }
    }
    return pending.isEmpty ? nil : pending.removeFirst()
  }

  /// Whether the terminal is gone: a dropped connection is always readable and never holds a byte.
  ///
  /// A byte may be consumed between `poll` and the check, so it takes three such reads in a row.
  private func hasDisconnected(_ revents: Int16) -> Bool {
    guard revents != 0 else { return false }
    if Int32(revents) & (POLLHUP | POLLERR | POLLNVAL) != 0, lt_waiting_bytes(tty) <= 0 { return true }
    guard lt_waiting_bytes(tty) <= 0 else {
      emptyReads = 0
      return false
    }
    emptyReads += 1
    return emptyReads > 2
  }

  /// Acts on the most urgent of the signals that arrived: hang up, stop, continue, window size. After a stop or a
  /// continuation the size is read in any case.
  private func takeSignals() {
    let letters = signals.takeAll()
    if letters.contains(UInt8(ascii: "H")) {
      // A dropped connection sends SIGCONT too, but there is nothing left to draw on.
      queueHangUp()
    } else if letters.contains(UInt8(ascii: "T")) {
      suspend()
    } else if letters.contains(UInt8(ascii: "C")) {
      // After a SIGSTOP, which cannot be prepared for, the shell has changed the modes.
      reset_prog_mode()
      returnToScreen()
    } else if letters.contains(UInt8(ascii: "W")), let size = adoptSize() {
      pending.append(.resized(size))
    }
  }

  /// Has the loop end the program.
  private func queueHangUp() {
    hasQueuedHangUp = true
    pending.append(.hangUp)
  }

  /// Adopts the terminal's current size, for curses too; nil if it has not changed or cannot be read.
  private func adoptSize() -> Size? {
    var rows: Int32 = 0
    var columns: Int32 = 0
    guard lt_window_size(fileno(streams.output), &rows, &columns) == 0, rows > 0, columns > 0 else { return nil }
    let now = Size(columns: Int(columns), rows: Int(rows))
    guard now != size else { return nil }
    resizeterm(rows, columns)
    size = now
    invalidateScreen()
    return now
  }
}

// MARK: - Suspending

extension NcursesTerminal {
  /// Restores the terminal, stops the process, and takes the screen back when it is continued.
  package func suspend() {
    guard !hasLeft else { return }
    awaitAnswers(forMilliseconds: 100)
    def_prog_mode()
    send(painter.resetSequence())
    end()
    if cursorIsShown == false { curs_set(1) }
    endwin()
    lp_disarm_restore()
    lp_stop()
    armRestore()
    reset_prog_mode()
    // The signals of the stop and of the continuation are handled here.
    let letters = signals.takeAll()
    if letters.contains(UInt8(ascii: "H")) { queueHangUp() }
    returnToScreen()
  }

  /// Takes the screen back from the shell: everything is redrawn, at its current size.
  private func returnToScreen() {
    begin()
    cursorIsShown = nil
    invalidateScreen()
    _ = adoptSize()
    pending.append(.resized(size))
  }
}
