import Sentences
import TextCells

/// What the first starts tell beside the filter: the next useful thing to try. Each goes once it was done, or was shown on
/// enough starts.
///
/// Shape:  what was done and how often each was shown is stored as named texts: `decide: done`, `filter: 2`.
package struct FirstHints: Equatable, Sendable {
  /// In the order in which they are told.
  package enum Lesson: String, CaseIterable, Sendable {
    case undo, packet, decide, filter, help
  }

  /// Whether any are told.
  package var isOn = false
  /// What was done and shown before is known; nothing is told before that.
  private(set) var isRead = false
  private var done: Set<Lesson> = []
  private var starts: [Lesson: Int] = [:]
  private var toldNow: Set<Lesson> = []

  /// Whoever has seen a hint on this many starts has decided not to follow it.
  private static let maximumStarts = 3

  package init() {}

  /// What is stored.
  var fields: [String: String] {
    var fields: [String: String] = [:]
    for lesson in Lesson.allCases {
      if done.contains(lesson) {
        fields[lesson.rawValue] = "done"
      } else if let count = starts[lesson] {
        fields[lesson.rawValue] = String(count)
      }
    }
    return fields
  }

  mutating func read(_ fields: [String: String]) {
    isRead = true
    for lesson in Lesson.allCases {
      guard let text = fields[lesson.rawValue] else { continue }
      if text == "done" { done.insert(lesson) } else if let count = Int(text) { starts[lesson] = max(0, count) }
    }
  }

  /// Whether it is still to be told.
  func isOpen(_ lesson: Lesson) -> Bool {
    isOn && isRead && !done.contains(lesson)
      && (toldNow.contains(lesson) || starts[lesson, default: 0] < Self.maximumStarts)
  }

  /// Notes that a lesson was followed; false where that was known.
  mutating func follow(_ lesson: Lesson) -> Bool { isOn && isRead && done.insert(lesson).inserted }

  /// Notes that it is told on this start; false where that was noted.
  mutating func tell(_ lesson: Lesson) -> Bool {
    guard toldNow.insert(lesson).inserted else { return false }
    starts[lesson, default: 0] += 1
    return true
  }
}

extension FirstHints.Lesson {
  /// The lesson that a command follows; nil for most.
  init?(following command: String) {
    switch command {
    case "confirm", "false-positive", "unsure": self = .decide
    case "undo", "filter", "help", "packet": self.init(rawValue: command)
    default: return nil
    }
  }
}

extension State {
  /// What is told now; nil where nothing is.
  var hint: FirstHints.Lesson? {
    FirstHints.Lesson.allCases.first { hints.isOpen($0) && isUseful($0) }
  }

  private func isUseful(_ lesson: FirstHints.Lesson) -> Bool {
    switch lesson {
    case .undo: pace.count > 0 && decidingBlocked == nil
    case .packet: packetBlocked == nil && counts.confirmed > 0
    case .decide: order.count > 0 && decidingBlocked == nil
    case .filter: order.count > 0
    case .help: true
    }
  }

  /// The words of a hint, with the keys that there are.
  func words(of lesson: FirstHints.Lesson) -> String {
    switch lesson {
    case .undo: localized("\(key("undo")) takes it back")
    case .packet: localized("\(key("packet")) writes the packet")
    case .decide: localized("\(key("confirm")) \(key("false-positive")) \(key("unsure")) decide and go on")
    case .filter: localized("\(key("filter")) filters as you type")
    case .help: localized("\(key("help")) lists the keys")
    }
  }

  /// What was followed and shown before is known.
  mutating func readHints(_ fields: [String: String]) -> [Effect] {
    hints.read(fields)
    return []
  }

  /// A command was run: the hint that led to it has done its work.
  mutating func followHint(_ command: Command) -> [Effect] {
    guard let lesson = FirstHints.Lesson(following: command.name), hints.follow(lesson) else { return [] }
    return [.rememberHints(hints.fields)]
  }

  /// Notes what is told for the first time on this start.
  mutating func tellHint() -> [Effect] {
    guard hints.isOn, mode == .browsing, let lesson = hint, hints.tell(lesson) else { return [] }
    return [.rememberHints(hints.fields)]
  }
}
