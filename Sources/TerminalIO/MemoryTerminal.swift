import TextCells

/// A terminal in memory: a queue of events in, the last frame out. For tests.
package final class MemoryTerminal: Terminal {
  package private(set) var size: Size
  package private(set) var lastFrame: Frame
  package private(set) var copied: [String] = []
  private var events: [TerminalEvent]

  package init(_ size: Size, events: [TerminalEvent] = []) {
    self.size = size
    self.events = events
    lastFrame = Frame(size)
  }

  package func enqueue(_ more: [TerminalEvent]) { events += more }

  package func nextEvent() throws(TerminalError) -> TerminalEvent {
    guard !events.isEmpty else { throw TerminalError.gone }
    let event = events.removeFirst()
    if case .resized(let newSize) = event { size = newSize }
    return event
  }

  package func present(_ frame: Frame) throws(TerminalError) { lastFrame = frame }
  package func copyToClipboard(_ text: String) throws(TerminalError) { copied.append(text) }
  package func forgetScreen() {}
  package func suspend() {}
}
