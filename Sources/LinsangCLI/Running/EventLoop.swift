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
    while state.isRunning, mailbox.openingError == nil {
      draw(state, into: &frame)
      do throws(TerminalError) {
        try terminal.present(frame)
        terminal.tickAfter = state.hasRested ? Self.idleMilliseconds : Self.milliseconds(until: restsAt)
        let event = try terminal.nextEvent()
        if event != .tick || state.hasRested { take(.terminal(event), &state) }
        // On a slow link keys are pressed faster than screens are sent: those that wait already are one screen.
        while state.isRunning, let next = terminal.waitingEvent() { take(.terminal(next), &state) }
        if case .key = event { restsAt = ContinuousClock.now + Self.rest }
        if !state.hasRested, ContinuousClock.now >= restsAt { take(.cursorRested, &state) }
      } catch .gone {
        take(.terminal(.hangUp), &state)
      }
      for message in mailbox.takeAll() { take(message.sparing(state), &state) }
    }
    runner.finish()
  }

  /// Rounded up: a moment too early would ask again at once.
  private static func milliseconds(until moment: ContinuousClock.Instant) -> Int {
    let left = ContinuousClock.now.duration(to: moment).components
    return max(0, Int(left.seconds) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000) + 1)
  }

  private func take(_ message: Message, _ state: inout State) {
    for effect in update(&state, message) {
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

extension Message {
  /// What others decided, without its sentence while another one is still to be read.
  fileprivate func sparing(_ state: State) -> Message {
    guard case .filed(let act) = self, act.kind == .seenFromOthers, state.notice != nil else { return self }
    return .filed(FiledAct(kind: act.kind, standings: act.standings, keys: act.keys, sentence: ""))
  }
}
