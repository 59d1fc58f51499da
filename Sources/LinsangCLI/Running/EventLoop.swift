import Dashboard
import TerminalIO
import TextCells

/// The one loop: draw, wait, take in what happened, start what is to be done. Main thread, synchronous.
struct EventLoop {
  let terminal: any Terminal
  let mailbox: Mailbox
  let runner: EffectRunner

  /// How long the cursor stands still before it counts as resting: longer than between the repeats of a key that is held
  /// down (33 ms), shorter than anybody reads.
  private static let rest = Duration.milliseconds(50)
  /// Places are remembered when nothing has happened for so long.
  private static let idleMilliseconds = 2000

  /// Runs until the analyst leaves, the terminal is gone, or the files cannot be opened; everything decided is then on disk.
  func run(_ state: inout State) throws(TerminalError) {
    var frame = Frame(state.size)
    var restsAt = ContinuousClock.now
    // When the last thing happened that the coming screen shows.
    var shownAsOf = Self.now()
    while state.isRunning, mailbox.openingError == nil {
      draw(state, into: &frame)
      do throws(TerminalError) {
        // What waits already was pressed before anybody could see this screen.
        let early = terminal.waitingEvent()
        try terminal.present(frame)
        terminal.tickAfter = state.hasRested ? Self.idleMilliseconds : Self.milliseconds(until: restsAt)
        let arrived = try arrivals(early, shownAsOf)
        if arrived.events != [.tick] || state.hasRested { take(arrived.events, at: arrived.moment, &state) }
        if arrived.events.contains(where: \.isKey) { restsAt = ContinuousClock.now + Self.rest }
        if !state.hasRested, ContinuousClock.now >= restsAt { take(.cursorRested, &state) }
      } catch .gone {
        take(.terminal(.hangUp), &state)
      }
      shownAsOf = Self.now()
      for message in mailbox.takeAll() { take(message.sparing(state), at: shownAsOf, &state) }
    }
    runner.finish()
  }

  private static let beginning = ContinuousClock.now

  private static func now() -> Moment {
    let passed = beginning.duration(to: ContinuousClock.now).components
    return Moment(milliseconds: Int(passed.seconds) * 1000 + Int(passed.attoseconds / 1_000_000_000_000_000))
  }

  /// All events that have come: on a slow link keys are pressed faster than screens are sent.
  ///
  /// - Parameters:
  ///   - early: what came before the screen was sent, and so as of `shownAsOf`.
  private func arrivals(
    _ early: TerminalEvent?, _ shownAsOf: Moment
  ) throws(TerminalError) -> (events: [TerminalEvent], moment: Moment) {
    var events: [TerminalEvent] = []
    if let early { events.append(early) } else { events.append(try terminal.nextEvent()) }
    let moment = early == nil ? Self.now() : shownAsOf
    // What follows ^Z belongs to the shell.
    while events.last != .key(.control("z")), let next = terminal.waitingEvent() { events.append(next) }
    return (events, moment)
  }

  /// Keys that came one behind the other are taken in together.
  private func take(_ events: [TerminalEvent], at moment: Moment, _ state: inout State) {
    var keys: [Key] = []
    func takeKeys() {
      if keys.count == 1 { take(.terminal(.key(keys[0])), at: moment, &state) }
      if keys.count > 1 { take(.keysRead(keys), at: moment, &state) }
      keys = []
    }
    for event in events where state.isRunning {
      if case .key(let key) = event {
        keys.append(key)
      } else {
        takeKeys()
        take(.terminal(event), at: moment, &state)
      }
    }
    if state.isRunning { takeKeys() }
  }

  /// Rounded up: a moment too early would ask again at once.
  private static func milliseconds(until moment: ContinuousClock.Instant) -> Int {
    let left = ContinuousClock.now.duration(to: moment).components
    return max(0, Int(left.seconds) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000) + 1)
  }

  private func take(_ message: Message, at moment: Moment? = nil, _ state: inout State) {
    for effect in update(&state, message, at: moment) {
      switch effect {
      case .redraw: terminal.forgetScreen()
      case .suspend: terminal.suspend()
      case .copy(let text): copy(text, &state)
      default: runner.start(effect)
      }
    }
  }

  private func copy(_ text: String, _ state: inout State) {
    do throws(TerminalError) {
      try terminal.copyToClipboard(text)
      take(.copied("Asked the terminal to copy: \(text)"), &state)
    } catch {
      take(.copied("The terminal did not take the text: \(error)"), &state)
    }
  }
}

extension TerminalEvent {
  fileprivate var isKey: Bool { if case .key = self { true } else { false } }
}

extension Message {
  /// What others decided, without its sentence while another one is still to be read.
  fileprivate func sparing(_ state: State) -> Message {
    guard case .filed(let act) = self, act.kind == .seenFromOthers, state.notice != nil else { return self }
    return .filed(FiledTransaction(kind: act.kind, standings: act.standings, keys: act.keys, sentence: ""))
  }
}
