import CNcurses
import Glibc
import TerminalIO
import TextCells
import Theming

// What the terminal says about itself when it is asked, at the beginning and never again.

extension NcursesTerminal {
  /// How long the first picture waits for the answers. A terminal on this machine takes less than one; over a long link the
  /// picture is drawn first, and again if the answer asks for other colours.
  ///
  /// Units:  milliseconds.
  static let answerTime = 25

  /// Asks the terminal for its background, unless a theme was chosen or it shows no colours, and for what it is where it depends
  /// on that who puts text in order.
  func ask() {
    var topics: Set<TerminalQuestions.Topic> = []
    if setup.asksForBackground, !isPlain { topics.insert(.background) }
    if setup.textOrder == .auto, !usesASCII, !kind.putsRowsInOrder, kind.tmux == nil { topics.insert(.type) }
    guard let questions = TerminalQuestions.sequence(for: kind, about: topics) else { return }
    keyboard.expectAnswers()
    send(questions)
  }

  /// Waits a moment for the answers, so that the first picture has the right colours. Files are read meanwhile.
  ///
  /// Cost:   `answerTime` at most, and only where the terminal was asked.
  package func awaitAnswers() { awaitAnswers(forMilliseconds: Self.answerTime) }

  /// Waits until the terminal has answered, and keeps what else arrives for later.
  func awaitAnswers(forMilliseconds milliseconds: Int) {
    let end = ContinuousClock.now + .milliseconds(milliseconds)
    while keyboard.isAwaitingAnswers {
      while let event = keyboardEvent() { pending.append(event) }
      let left = ContinuousClock.now.duration(to: end).components
      let wait = Int(left.seconds) * 1000 + Int(left.attoseconds / 1_000_000_000_000_000)
      guard keyboard.isAwaitingAnswers, wait > 0 else { return }
      var watched = pollfd(fd: tty, events: Int16(POLLIN), revents: 0)
      guard poll(&watched, 1, Int32(clamping: wait)) > 0, lt_waiting_bytes(tty) > 0 else { return }
    }
  }

  /// The next event from the keyboard; nil if none has arrived. Answers are taken in on the way.
  func keyboardEvent() -> TerminalEvent? {
    while let input = keyboard.next() {
      switch input {
      case .event(let event): return event
      // A picture that was drawn already is drawn again.
      case .reply(let reply): if adopt(reply) { return .wake }
      }
    }
    return nil
  }

  /// Takes in an answer.
  ///
  /// - Returns: whether what is on the screen changes with it.
  private func adopt(_ reply: TerminalReply) -> Bool {
    switch reply {
    case .background(let red, let green, let blue):
      background = RGB(red, green, blue)
      let hadPicture = painter.hasPicture
      use(setup.look)
      return hadPicture
    case .mode(TerminalQuestions.synchronizedOutput, let isKnown):
      isSynchronized = isKnown && kind.tmux == nil
      return false
    case .type(let type):
      let ordersText = !usesASCII && setup.textOrder.isOwn(on: kind, type: type)
      guard ordersText != painter.ordersText else { return false }
      painter.ordersText = ordersText
      return painter.hasPicture
    case .mode, .deviceAttributes: return false
    }
  }
}
