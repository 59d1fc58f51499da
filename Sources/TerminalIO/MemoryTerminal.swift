import TextCells

/// A terminal in memory: a queue of events in, frames out. For stories of keys and screens.
///
/// Shape:  when the queue is empty the link is `gone`, so that a story which forgets to quit ends all the same; with
///         `tickAfter` set, `idleTicks` ticks come first.
package final class MemoryTerminal: Terminal {
  package private(set) var size: Size
  package var tickAfter: Int?
  /// How many ticks an empty queue gives before the terminal is gone.
  package var idleTicks = 0
  package private(set) var lastFrame: Frame
  /// How many frames were presented.
  package private(set) var presentations = 0
  package private(set) var copied: [String] = []
  package private(set) var suspensions = 0
  package private(set) var redraws = 0
  private var events: [TerminalEvent]

  package init(_ size: Size, events: [TerminalEvent] = []) {
    self.size = size
    self.events = events
    lastFrame = Frame(size)
  }

  package func enqueue(_ more: [TerminalEvent]) { events += more }

  /// Keys in the order a person presses them.
  package func press(_ keys: Key...) { events += keys.map(TerminalEvent.key) }

  /// Text typed key by key.
  package func type(_ text: String) { events += text.unicodeScalars.map { .key(.character($0)) } }

  package func nextEvent() throws(TerminalError) -> TerminalEvent {
    guard !events.isEmpty else {
      guard tickAfter != nil, idleTicks > 0 else { throw TerminalError.gone }
      idleTicks -= 1
      return .tick
    }
    let event = events.removeFirst()
    if case .resized(let newSize) = event { size = newSize }
    return event
  }

  /// A person in a story looks at the screen before the next key.
  package func waitingEvent() -> TerminalEvent? { nil }

  package func present(_ frame: Frame) throws(TerminalError) {
    lastFrame = frame
    presentations += 1
  }

  package func copyToClipboard(_ text: String) throws(TerminalError) {
    guard text.utf8.count <= Clipboard.limit else {
      throw TerminalError.tooLongToCopy(bytes: text.utf8.count, limit: Clipboard.limit)
    }
    copied.append(text)
  }

  package func forgetScreen() { redraws += 1 }
  package func suspend() { suspensions += 1 }
}
