import TextCells

/// A terminal in memory for tests: a queue of events in, frames out.
///
/// Shape:  once the queue is empty the terminal is `gone`, so a test that forgets to quit still ends. With `tickAfter`
///         set, `idleTicks` ticks come first.
package final class MemoryTerminal: Terminal {
  package private(set) var size: Size
  package var tickAfter: Int?
  /// How many ticks an empty queue yields before the terminal is gone.
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

  /// Queues keys in the order in which they are pressed.
  package func press(_ keys: Key...) { events += keys.map(TerminalEvent.key) }

  /// Queues text, one key per scalar.
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

  /// Always nil: a test sees the screen before it presses the next key.
  package func pendingEvent() -> TerminalEvent? { nil }

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

  package func invalidateScreen() { redraws += 1 }
  package func suspend() { suspensions += 1 }
}
