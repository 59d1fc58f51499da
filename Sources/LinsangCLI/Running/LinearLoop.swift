import Dashboard
import Foundation
import TerminalIO

/// The loop of the linear mode: say what is to be said, take a line, apply it, start the resulting effects. As the loop
/// of the dashboard it runs on the main thread, and `update` is the only place where the state changes.
struct LinearLoop {
  let terminal: LineTerminal
  let mailbox: Mailbox
  let runner: EffectRunner

  /// How it ended.
  enum End: Equatable { case left, interrupted }

  /// While an answer is awaited it is looked at so often, beside every message.
  private static let awaitingMilliseconds = 50
  /// The session position is saved after this long without events.
  private static let idleMilliseconds = 2000
  private static let startTime = ContinuousClock.now

  private static func now() -> Moment {
    let passed = startTime.duration(to: ContinuousClock.now).components
    return Moment(milliseconds: Int(passed.seconds) * 1000 + Int(passed.attoseconds / 1_000_000_000_000_000))
  }

  /// Runs until the analyst quits, lines end, nobody reads any more, or the files cannot be opened. Every decision is
  /// then on disk.
  func run(_ state: inout State) -> End {
    var dialogue = LinearDialogue(isScripted: !terminal.isInteractive)
    var end = End.left
    do throws(TerminalError) {
      end = try talk(&state, &dialogue)
    } catch {
      apply(.terminal(.hangUp), &state, &dialogue)
    }
    runner.finish()
    guard mailbox.openingError == nil else { return end }
    for message in mailbox.takeAll() { apply(message, &state, &dialogue) }
    // Whoever went away hears nothing; what could not be saved is said in the shell, too.
    try? terminal.print(dialogue.end(state).lines)
    return end
  }

  private func talk(_ state: inout State, _ dialogue: inout LinearDialogue) throws(TerminalError) -> End {
    // Whether the next line was typed before the last answer was printed, and whether the last event was an interrupt.
    var (isAhead, wasInterrupted) = (false, false)
    try perform(dialogue.begin(state.title, at: Self.now()), &state, &dialogue)
    while state.isRunning, mailbox.openingError == nil {
      for message in mailbox.takeAll() { apply(message, &state, &dialogue) }
      try perform(dialogue.report(state, at: Self.now()), &state, &dialogue)
      guard state.isRunning else { break }
      let isReady = dialogue.isReady && !state.isLeaving
      if isReady {
        let isWaiting = terminal.isInteractive && terminal.isLineWaiting
        if try !terminal.prompt() { isAhead = isWaiting }
      }
      let wait = isReady ? Self.idleMilliseconds : Self.awaitingMilliseconds
      let event = terminal.next(wantsLine: isReady, within: wait)
      switch event {
      case .line(let line):
        wasInterrupted = false
        try perform(dialogue.take(line, state, at: Self.now(), isAhead: isAhead), &state, &dialogue)
      case .interrupt:
        if let turn = dialogue.interrupt(state, at: Self.now()) {
          try perform(turn, &state, &dialogue)
        } else if wasInterrupted || !terminal.isInteractive {
          apply(.terminal(.hangUp), &state, &dialogue)
          return terminal.isInteractive ? .left : .interrupted
        } else {
          wasInterrupted = true
          try terminal.print([LinearDialogue.interruptHint])
        }
      case .end:
        try terminal.endPrompt()
        apply(.terminal(.hangUp), &state, &dialogue)
      case .hangUp: apply(.terminal(.hangUp), &state, &dialogue)
      case .tick: if isReady { apply(.terminal(.tick), &state, &dialogue) }
      case .wake: break
      }
    }
    return .left
  }

  /// Prints what is said, and puts to the state what is asked.
  private func perform(
    _ turn: LinearTurn, _ state: inout State, _ dialogue: inout LinearDialogue
  ) throws(TerminalError) {
    try terminal.print(turn.lines)
    for request in turn.requests { apply(.requested(request), &state, &dialogue) }
  }

  private func apply(_ message: Message, _ state: inout State, _ dialogue: inout LinearDialogue) {
    dialogue.heard(message)
    for effect in update(&state, message) {
      dialogue.started(effect, state)
      runner.start(effect)
    }
  }
}
