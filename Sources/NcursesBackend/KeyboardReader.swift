import CNcurses
import Glibc
import TerminalIO
import TextCells

/// Turns the terminal's input into keys and pastes.
///
/// Shape:  input is read through a pad, since curses refreshes a window before reading from it. An unknown escape
///         sequence becomes one `unknown` key, so that its letters can never act as verdicts.
/// Cost:   never blocks, except inside a paste, for up to two seconds without a byte.
/// Limits: of modifiers only Shift and Ctrl are known, and only where they make another character. Mouse reports are
///         dropped.
struct KeyboardReader {
  /// A pad of one cell, which is never shown.
  private let pad: UnsafeMutablePointer<WINDOW>
  /// What curses reads from, to wait for the rest of a paste.
  private let descriptor: Int32
  /// Codes read too far, for the next call.
  private var pushedBack: [Code] = []

  /// What curses returns: a character, or the number of a key it recognised.
  private enum Code: Equatable {
    case character(UInt32)
    case key(Int32)
  }

  /// Key numbers for the marks around a paste, above those that curses assigns itself.
  private static let pasteBegins: Int32 = 0x1000
  private static let pasteEnds: Int32 = 0x1001
  /// Longer than anything a person pastes into a filter or note; the rest is dropped.
  ///
  /// Units:  Unicode scalars.
  private static let maximumPasteLength = 1 << 20

  /// Starts reading; nil if curses has no memory for a pad. `newterm` must have been called.
  init?(descriptor: Int32) {
    guard let pad = newpad(1, 1) else { return nil }
    self.pad = pad
    self.descriptor = descriptor
    keypad(pad, true)
    nodelay(pad, true)
    define_key("\u{1B}[200~", Self.pasteBegins)
    define_key("\u{1B}[201~", Self.pasteEnds)
    // Curses would consume the head of a mouse report and leave its coordinates to be read as keys.
    keyok(KEY_MOUSE, false)
  }

  /// The next key or paste that has arrived; nil if there is none.
  mutating func next() -> TerminalEvent? {
    while let code = nextCode() {
      switch code {
      case .key(Self.pasteBegins): return .paste(pasted())
      // Curses echoes the resizes that the caller reported to it.
      case .key(KEY_RESIZE), .key(Self.pasteEnds): continue
      case .key(let number): return .key(Self.named(number))
      case .character(0x1B): return .key(escaped())
      case .character(let scalar): return .key(Self.typed(scalar))
      }
    }
    return nil
  }

  /// A pushed-back code, or the next one from curses; nil if there is none.
  private mutating func nextCode() -> Code? {
    if !pushedBack.isEmpty { return pushedBack.removeFirst() }
    var character: wint_t = 0
    switch wget_wch(pad, &character) {
    case LT_KEY_CODE_YES: return .key(Int32(bitPattern: character))
    case OK: return .character(character)
    default: return nil
    }
  }

  // MARK: - Single keys

  /// The key for a single character. C0 controls are named by the Ctrl key that sends them; C1 controls are unknown keys.
  private static func typed(_ scalar: UInt32) -> Key {
    switch scalar {
    case 0x09: .tab
    case 0x0A, 0x0D: .enter
    case 0x08, 0x7F: .backspace
    case 0x00: .control(" ")
    case 0x01...0x1A: .control(Unicode.Scalar(UInt8(scalar) + 0x60))
    case 0x1C...0x1F: .control(Unicode.Scalar(UInt8(scalar) + 0x40))
    case 0x80...0x9F: .unknown(Int(scalar))
    default: Unicode.Scalar(scalar).map(Key.character) ?? .unknown(Int(scalar))
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

  // MARK: - Escape sequences that curses did not recognise

  /// After an ESC: a complete control sequence is one key. Anything else is the Esc key, and what follows is kept.
  ///
  /// curses has waited 25 ms by then, so the rest of a sequence is there if it is one.
  private mutating func escaped() -> Key {
    guard let introducer = nextCode() else { return .escape }
    switch introducer {
    case .character(0x5B): return controlSequence() ?? escapeBefore(introducer)
    case .character(0x4F): return applicationKey() ?? escapeBefore(introducer)
    case .character(0x5D), .character(0x50): return reply(after: introducer)
    default: return escapeBefore(introducer)
    }
  }

  /// The Esc key. The code that followed it is pushed back for the next key.
  private mutating func escapeBefore(_ code: Code) -> Key {
    pushedBack.insert(code, at: 0)
    return .escape
  }

  /// `ESC [ parameters final`; nil if nothing follows the bracket, which was then typed by hand.
  ///
  /// Source: ECMA-48 5.4, "Control sequences".
  private mutating func controlSequence() -> Key? {
    var parameters: [UInt8] = []
    while let code = nextCode() {
      guard case .character(let scalar) = code, scalar < 0x80 else {
        pushedBack.insert(code, at: 0)
        return .unknown(0x1B)
      }
      let byte = UInt8(scalar)
      if (0x20...0x3F).contains(byte), parameters.count < 64 {
        parameters.append(byte)
      } else if (0x40...0x7E).contains(byte) {
        if byte == UInt8(ascii: "M"), parameters.isEmpty { return mouseReport() }
        return Self.key(of: parameters, final: byte)
      } else {
        return .unknown(0x1B)
      }
    }
    return parameters.isEmpty ? nil : .unknown(0x1B)
  }

  /// `ESC [ M` and three bytes: the oldest form of mouse report.
  private mutating func mouseReport() -> Key {
    for _ in 0..<3 { _ = nextCode() }
    return .unknown(0x1B)
  }

  /// `ESC O letter`, as keypads send it; nil if no such letter follows.
  ///
  /// Source: xterm's "VT220-Style Function Keys": P to S are F1 to F4, M is Enter.
  private mutating func applicationKey() -> Key? {
    guard let code = nextCode() else { return nil }
    guard case .character(let scalar) = code, (0x40...0x7E).contains(scalar) else {
      pushedBack.insert(code, at: 0)
      return nil
    }
    if (0x50...0x53).contains(scalar) { return .function(Int(scalar) - 0x4F) }
    if scalar == 0x4D { return .enter }
    return Self.key(of: [], final: UInt8(scalar))
  }

  /// A reply from the terminal (OSC, DCS): dropped up to BEL or ESC \.
  ///
  /// Nothing here asks for replies, but earlier programs may have, and their letters must not act as verdicts.
  private mutating func reply(after introducer: Code) -> Key {
    guard let first = nextCode() else { return escapeBefore(introducer) }
    var code: Code? = first
    while let this = code, this != .character(0x07) {
      if this == .character(0x1B) {
        _ = nextCode()
        break
      }
      code = nextCode()
    }
    return .unknown(0x1B)
  }

  /// The keys of terminals whose mode or TERM is not what curses expects. With a modifier they are unknown keys.
  ///
  /// Source: xterm's "VT220-Style Function Keys" and "PC-Style Function Keys"; ECMA-48 5.4.
  private static func key(of parameters: [UInt8], final: UInt8) -> Key {
    let numbers = parameters.split(separator: UInt8(ascii: ";")).map { Int(String(decoding: $0, as: UTF8.self)) }
    if numbers.count > 1 { return .unknown(0x1B) }
    switch (final, numbers.first ?? nil) {
    case (UInt8(ascii: "A"), _): return .up
    case (UInt8(ascii: "B"), _): return .down
    case (UInt8(ascii: "C"), _): return .right
    case (UInt8(ascii: "D"), _): return .left
    case (UInt8(ascii: "H"), _), (UInt8(ascii: "~"), 1), (UInt8(ascii: "~"), 7): return .home
    case (UInt8(ascii: "F"), _), (UInt8(ascii: "~"), 4), (UInt8(ascii: "~"), 8): return .end
    case (UInt8(ascii: "Z"), _): return .backTab
    case (UInt8(ascii: "~"), 2): return .insert
    case (UInt8(ascii: "~"), 3): return .delete
    case (UInt8(ascii: "~"), 5): return .pageUp
    case (UInt8(ascii: "~"), 6): return .pageDown
    default: return .unknown(0x1B)
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
