import Dashboard
import Intake
import NcursesBackend
import Sentences
import Synchronization
import TerminalIO
import TextCells

/// The event loop: draw, wait, apply what happened, start the resulting effects. On the main thread, synchronous.
struct EventLoop {
  let terminal: any Terminal
  let mailbox: Mailbox
  let runner: EffectRunner
  /// Shows another theme; gives what is wrong with it.
  var showTheme: (String) -> String? = { _ in nil }

  /// How long the cursor must not move before it counts as resting and the text of its listing is painted: twice the
  /// interval of a key repeat (33 ms), and shorter than it takes to look from the list to the text.
  private static let restDelay = Duration.milliseconds(40)
  /// The session position is saved after this long without events.
  private static let idleMilliseconds = 2000

  /// Runs until the analyst quits, the terminal is gone, or the files cannot be opened. Every decision is then on disk.
  func run(_ state: inout State) throws(TerminalError) {
    var frame = Frame(state.size)
    var restsAt = ContinuousClock.now
    // The time of the last event that the next screen shows.
    var shownAsOf = Self.now()
    while state.isRunning, mailbox.openingError == nil {
      draw(state, into: &frame)
      do throws(TerminalError) {
        // Keys that are already waiting were pressed before this screen could be seen.
        let early = terminal.pendingEvent()
        try terminal.present(frame)
        terminal.tickAfter = state.hasRested ? Self.idleMilliseconds : Self.milliseconds(until: restsAt)
        let arrived = try arrivals(early, shownAsOf, suspending: state.keyBindings.keys(of: "suspend"))
        if arrived.events != [.tick] || state.hasRested { apply(arrived.events, at: arrived.moment, &state) }
        if arrived.events.contains(where: \.isTyped) { restsAt = ContinuousClock.now + Self.restDelay }
        if !state.hasRested, ContinuousClock.now >= restsAt { apply(.cursorRested, &state) }
      } catch .gone {
        apply(.terminal(.hangUp), &state)
      }
      shownAsOf = Self.now()
      for message in mailbox.takeAll() { apply(message.yieldingToNotice(in: state), at: shownAsOf, &state) }
    }
    runner.finish()
  }

  private static let startTime = ContinuousClock.now

  private static func now() -> Moment {
    let passed = startTime.duration(to: ContinuousClock.now).components
    return Moment(milliseconds: Int(passed.seconds) * 1000 + Int(passed.attoseconds / 1_000_000_000_000_000))
  }

  /// All events that have arrived: over a slow link keys are pressed faster than screens are sent.
  ///
  /// - Parameters:
  ///   - early: an event that arrived before the screen was sent.
  ///   - shownAsOf: the time that `early` counts as.
  ///   - suspending: the keys that hand the terminal back to the shell.
  private func arrivals(
    _ early: TerminalEvent?, _ shownAsOf: Moment, suspending: [Key]
  ) throws(TerminalError) -> (events: [TerminalEvent], moment: Moment) {
    var events: [TerminalEvent] = []
    if let early { events.append(early) } else { events.append(try terminal.nextEvent()) }
    let moment = early == nil ? Self.now() : shownAsOf
    // What follows ^Z belongs to the shell.
    func isSuspended() -> Bool { if case .key(let key)? = events.last { suspending.contains(key) } else { false } }
    while !isSuspended(), let next = terminal.pendingEvent() { events.append(next) }
    return (events, moment)
  }

  /// Applies events in order. Consecutive keys are applied together.
  private func apply(_ events: [TerminalEvent], at moment: Moment, _ state: inout State) {
    var keys: [Key] = []
    func applyKeys() {
      if keys.count == 1 { apply(.terminal(.key(keys[0])), at: moment, &state) }
      if keys.count > 1 { apply(.keysRead(keys), at: moment, &state) }
      keys = []
    }
    for event in events where state.isRunning {
      if case .key(let key) = event {
        keys.append(key)
      } else {
        applyKeys()
        apply(.terminal(event), at: moment, &state)
      }
    }
    if state.isRunning { applyKeys() }
  }

  /// Rounded up, since waking too early would only mean waiting again.
  private static func milliseconds(until moment: ContinuousClock.Instant) -> Int {
    let left = ContinuousClock.now.duration(to: moment).components
    return max(0, Int(left.seconds) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000) + 1)
  }

  private func apply(_ message: Message, at moment: Moment? = nil, _ state: inout State) {
    for effect in update(&state, message, at: moment) {
      switch effect {
      case .redraw: terminal.invalidateScreen()
      case .suspend: terminal.suspend()
      case .copy(let text, let remark): copy(text, remark, &state)
      case .useTheme(let name): if let problem = showTheme(name) { apply(.copied(problem), &state) }
      default: runner.start(effect)
      }
    }
  }

  private func copy(_ text: String, _ remark: String, _ state: inout State) {
    do throws(TerminalError) {
      try terminal.copyToClipboard(text)
      apply(.copied(remark + localized("Asked the terminal to copy: \(text)")), &state)
    } catch {
      apply(.copied(error.sentence), &state)
    }
  }
}

extension TerminalEvent {
  /// Whether the analyst may go on moving.
  fileprivate var isTyped: Bool {
    switch self {
    case .key, .mouse: true
    default: false
    }
  }
}

extension Message {
  /// Drops the sentence about others' decisions while the analyst has another one to read.
  fileprivate func yieldingToNotice(in state: State) -> Message {
    guard case .filed(let transaction) = self, transaction.kind == .seenFromOthers, state.notice != nil else {
      return self
    }
    return .filed(
      FiledTransaction(
        kind: transaction.kind, statuses: transaction.statuses, keys: transaction.keys, sentence: ""))
  }
}

/// Where messages from other threads wait for the loop. This is the only place where threads meet.
final class Mailbox: Sendable {
  private let messages = Mutex<[Message]>([])
  private let wake: @Sendable () -> Void
  private let failure = Mutex<IntakeError?>(nil)

  /// Why the files could not be opened. It ends the loop, since there is nothing to show.
  var openingError: IntakeError? { failure.withLock { $0 } }

  func failOpening(_ error: IntakeError) {
    failure.withLock { $0 = error }
    wake()
  }

  /// - Parameter wake: ends the loop's wait; called after each message.
  init(wake: @escaping @Sendable () -> Void) { self.wake = wake }

  func put(_ message: Message) {
    messages.withLock { $0.append(message) }
    wake()
  }

  /// Adds a snapshot of the growing dataset, replacing one that the loop has not seen yet.
  func putSnapshot(_ message: Message) {
    messages.withLock { messages in
      messages.removeAll { if case .datasetGrew = $0 { true } else { false } }
      messages.append(message)
    }
    wake()
  }

  func takeAll() -> [Message] {
    messages.withLock { messages in
      let taken = messages
      messages = []
      return taken
    }
  }
}
