/// Turns what comes from a terminal into keys, mouse reports and answers, whole sequence by whole sequence.
///
/// Rule:   nothing of a sequence becomes a key, however its characters are spread over time. Esc and the beginning of a
///         sequence look the same; which of them it is, is known once something else has come, or nothing has for a while.
/// Shape:  `take` is given each character; `pause` is called where no more has arrived, and again after `pauseEnds`.
/// Limits: without an open question and without the mouse, an Esc that its sequence follows only later counts as the key.
/// Source: ECMA-48 5.4 (control sequences) and 8.3.89 (OSC); xterm's "VT220-Style Function Keys".
package struct SequenceReader {
  /// What curses hands out: a character, or the number of a key that it recognised.
  package enum Code: Equatable, Sendable {
    case character(UInt32)
    case key(Int32)
  }

  /// What was read.
  package enum Part: Equatable, Sendable {
    case key(Key)
    /// A key that curses recognised, by its number.
    case numbered(Int32)
    case mouse(MouseReport)
    case reply(TerminalReply)
    case pasteBegins
  }

  private enum State: Equatable {
    case ground
    case escape
    /// After `ESC [`, with what stands before the final character.
    case control([UInt8])
    /// After `ESC O`.
    case keypad
    /// After `ESC ]` or `ESC P`, with the text; whether an ESC may be ending it.
    case string(UInt8, [UInt8], isEnding: Bool)
    /// After `ESC [ M`, with how many characters follow.
    case oldMouse(Int)
  }

  private var state = State.ground
  /// When the last character was taken.
  private var last = 0
  /// Whether an Esc was given out that a sequence may yet follow.
  private var mayFollow = false
  /// Whether what is being read follows such an Esc.
  private var isFollowing = false
  /// Whether nothing came for a while in the middle of the sequence: only what is expected goes on with it.
  private var hasPaused = false
  /// Whether nothing came just before the next character.
  private var isResuming = false
  /// When answers were asked for, and whether the one that comes last is still open.
  private var askedAt: Int?
  private var isAnswerOpen = false
  /// Whether the terminal reports the mouse.
  package var reportsMouse = false

  /// How long an answer is waited for before an Esc is taken for the key again.
  ///
  /// Units:  milliseconds, as all times here.
  package static let answerTime = 10_000
  /// How long an answer that comes late is still told from keys.
  package static let lateTime = 60_000
  /// How long an Esc is held where mouse reports may come.
  static let mouseTime = 100
  /// How long the beginning of a sequence is held; what follows is dropped until then.
  static let sequenceTime = 10_000
  /// How long what may follow an Esc is held until it can be told from typed keys.
  static let followingTime = 300

  package init() {}

  /// A question was sent.
  package mutating func expectAnswers(at now: Int) { (askedAt, isAnswerOpen) = (now, true) }

  /// Whether the last answer is still open.
  package var isAwaitingAnswers: Bool { isAnswerOpen }

  // MARK: - Characters

  package mutating func take(_ code: Code, at now: Int) -> [Part] {
    last = now
    defer { isResuming = false }
    guard case .character(let scalar) = code else {
      defer { mayFollow = false }
      return release() + parts(of: code)
    }
    switch state {
    case .ground: return takeFirst(scalar)
    case .escape: return takeSecond(scalar)
    case .control(let parameters): return takeControl(scalar, parameters)
    case .keypad: return takeKeypad(scalar)
    case .string(let kind, let text, let isEnding): return takeString(scalar, kind, text, isEnding)
    case .oldMouse(let left):
      if left > 1 { state = .oldMouse(left - 1) } else { finish() }
      return []
    }
  }

  private mutating func takeFirst(_ scalar: UInt32) -> [Part] {
    let follows = mayFollow
    mayFollow = false
    switch scalar {
    case 0x1B: state = .escape
    case 0x9B: state = .control([])
    case 0x9D: state = .string(Self.osc, [], isEnding: false)
    case 0x5B where follows: (state, isFollowing, hasPaused) = (.control([]), true, true)
    case 0x5D where follows: (state, isFollowing, hasPaused) = (.string(Self.osc, [], isEnding: false), true, true)
    default: return [.key(Self.typed(scalar))]
    }
    return []
  }

  private mutating func takeSecond(_ scalar: UInt32) -> [Part] {
    let paused = hasPaused
    finish()
    hasPaused = paused
    switch scalar {
    case 0x5B: state = .control([])
    case 0x4F where !paused: state = .keypad
    case 0x50 where !paused, 0x5D: state = .string(UInt8(scalar), [], isEnding: false)
    default:
      finish()
      return [.key(.escape)] + takeFirst(scalar)
    }
    return []
  }

  private mutating func takeControl(_ scalar: UInt32, _ parameters: [UInt8]) -> [Part] {
    guard (0x20...0x7E).contains(scalar) else { return release() + takeFirst(scalar) }
    let byte = UInt8(scalar)
    if hasPaused, parameters.isEmpty, !Self.expectedControls.contains(byte),
      isFollowing || !Self.arrows.contains(byte)
    {
      return release() + takeFirst(scalar)
    }
    if byte < 0x40 {
      // Of what is longer than any sequence the end is still awaited.
      if parameters.count < 64 { state = .control(parameters + [byte]) }
      return []
    }
    if parameters.first == UInt8(ascii: "<"), byte != UInt8(ascii: "M"), byte != UInt8(ascii: "m") {
      // A broken report is dropped up to its end; what is typed after a pause is typed.
      if isResuming { return release() + takeFirst(scalar) }
      state = .control(Array("<!".utf8))
      return []
    }
    finish()
    if byte == UInt8(ascii: "M"), parameters.isEmpty {
      state = .oldMouse(3)
      return []
    }
    if let reply = TerminalQuestions.reply(parameters: parameters, final: byte) {
      if reply == .deviceAttributes { isAnswerOpen = false }
      return [.reply(reply)]
    }
    if parameters.first == UInt8(ascii: "<") {
      guard reportsMouse, let report = MouseReport(parameters: parameters, final: byte) else { return [] }
      return [.mouse(report)]
    }
    if byte == UInt8(ascii: "~"), parameters == Array("200".utf8) { return [.pasteBegins] }
    if byte == UInt8(ascii: "~"), parameters == Array("201".utf8) { return [] }
    return [.key(Self.key(of: parameters, final: byte))]
  }

  /// `ESC O letter`, as keypads send it.
  private mutating func takeKeypad(_ scalar: UInt32) -> [Part] {
    guard (0x40...0x7E).contains(scalar) else { return release() + takeFirst(scalar) }
    finish()
    if (0x50...0x53).contains(scalar) { return [.key(.function(Int(scalar) - 0x4F))] }
    if scalar == 0x4D { return [.key(.enter)] }
    return [.key(Self.key(of: [], final: UInt8(scalar)))]
  }

  /// A string ends with BEL or `ESC \`. Answers to nobody's question are dropped.
  private mutating func takeString(_ scalar: UInt32, _ kind: UInt8, _ text: [UInt8], _ isEnding: Bool) -> [Part] {
    if scalar == 0x07 || isEnding && scalar == 0x5C {
      finish()
      let background = kind == Self.osc ? TerminalQuestions.background(in: text) : nil
      return background.map { [.reply($0)] } ?? []
    }
    if isEnding {
      // No end after all: the string is given up, and another sequence begins.
      finish()
      state = .escape
      return takeSecond(scalar)
    }
    if scalar == 0x1B {
      state = .string(kind, text, isEnding: true)
      return []
    }
    // No string has a control character: somebody types.
    guard scalar >= 0x20 else {
      finish()
      return takeFirst(scalar)
    }
    let longer = text.count < 256 ? text + [UInt8(truncatingIfNeeded: scalar)] : text
    if hasPaused, !Self.isExpected(longer) { return release() + takeFirst(scalar) }
    state = .string(kind, longer, isEnding: false)
    return []
  }

  private mutating func finish() { (state, isFollowing, hasPaused) = (.ground, false, false) }

  /// What follows an operating system command's introducer.
  private static let osc = UInt8(ascii: "]")
  /// How the answers and reports begin that are asked for.
  private static let expectedControls = Array("?<>".utf8)
  /// How keys that move end.
  private static let arrows = Array("ABCDFH".utf8)

  /// Whether a text is an answer about the background, or may become one.
  private static func isExpected(_ text: [UInt8]) -> Bool {
    let beginning = Array("11;".utf8)
    guard text.starts(with: beginning) else { return beginning.starts(with: text) }
    return text.dropFirst(3).allSatisfy { "rgba:/#0123456789abcdefABCDEF".utf8.contains($0) }
  }

  // MARK: - Pauses

  /// Nothing more has arrived: what was held is given out once it cannot be a sequence any more.
  package mutating func pause(at now: Int) -> [Part] {
    if let end = held(now), now < end {
      (hasPaused, isResuming) = (true, true)
      return []
    }
    if state == .escape { mayFollow = reportsMouse || mayBeAnswered(now) }
    return release()
  }

  /// When `pause` is to be called again; nil: nothing is held.
  package func pauseEnds(at now: Int) -> Int? { held(now) }

  /// Until when what has come is held; nil: no longer than until now.
  private func held(_ now: Int) -> Int? {
    let isExpecting = reportsMouse || mayBeAnswered(now)
    switch state {
    case .ground: return nil
    case .escape:
      if isAnswerOpen, let askedAt, now < askedAt + Self.answerTime { return askedAt + Self.answerTime }
      return reportsMouse ? last + Self.mouseTime : nil
    case .control(let parameters):
      if isFollowing, parameters.isEmpty { return last + Self.followingTime }
      return isExpecting || !parameters.isEmpty ? last + Self.sequenceTime : nil
    case .string(_, let text, let isEnding):
      if isFollowing, text.isEmpty, !isEnding { return last + Self.followingTime }
      return isExpecting && Self.isExpected(text) ? last + Self.sequenceTime : nil
    case .keypad: return nil
    case .oldMouse: return isExpecting ? last + Self.mouseTime : nil
    }
  }

  /// Whether an answer may come.
  private func mayBeAnswered(_ now: Int) -> Bool { askedAt.map { now < $0 + Self.lateTime } ?? false }

  /// Gives up waiting for more. What was typed by hand becomes keys; what was a sequence is dropped.
  private mutating func release() -> [Part] {
    defer { finish() }
    switch state {
    case .ground, .oldMouse: return []
    case .escape: return [.key(.escape)]
    case .keypad: return [.key(.escape), .key(.character("O"))]
    case .control(let parameters):
      if parameters.first == UInt8(ascii: "<") { return [] }
      guard parameters.isEmpty else { return [.key(.unknown(0x1B))] }
      return (isFollowing ? [] : [.key(.escape)]) + [.key(.character("["))]
    case .string(let kind, let text, let isEnding):
      if isFollowing, !text.starts(with: Array("11;".utf8)) {
        return [.key(.character("]"))] + text.map { .key(.character(Unicode.Scalar($0))) }
      }
      guard text.isEmpty, !isEnding else { return [] }
      return [.key(.escape), .key(.character(Unicode.Scalar(kind)))]
    }
  }

  private func parts(of code: Code) -> [Part] {
    if case .key(let number) = code { return [.numbered(number)] }
    return []
  }

  // MARK: - Keys

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
}
