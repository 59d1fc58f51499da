import Dashboard
import TerminalIO
import TextCells

/// The one loop: draw, wait, take in what happened, start what is to be done. Main thread, synchronous.
struct EventLoop {
  let terminal: any Terminal
  let mailbox: Mailbox
  let runner: EffectRunner

  /// Runs until the analyst leaves or the terminal is gone; everything decided is then on disk.
  func run(_ state: inout State) throws(TerminalError) {
    var frame = Frame(state.size)
    // Places are remembered, and colleagues' decisions looked for, when nothing has happened for so long.
    terminal.tickAfter = 2000
    while state.isRunning {
      draw(state, into: &frame)
      do throws(TerminalError) {
        try terminal.present(frame)
        take(.terminal(try terminal.nextEvent()), &state)
      } catch .gone {
        take(.terminal(.hangUp), &state)
      }
      for message in mailbox.takeAll() { take(message.sparing(state), &state) }
    }
    runner.finish()
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
