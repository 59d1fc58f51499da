import TerminalIO

/// A moment by a clock that never goes back.
///
/// Units:  milliseconds since some beginning; only differences mean anything.
package struct Moment: Equatable, Comparable, Sendable {
  package let milliseconds: Int

  package init(milliseconds: Int) { self.milliseconds = milliseconds }

  package static func < (a: Moment, b: Moment) -> Bool { a.milliseconds < b.milliseconds }

  func isWithin(_ milliseconds: Int, of earlier: Moment?) -> Bool {
    guard let earlier else { return false }
    return self.milliseconds - earlier.milliseconds < milliseconds
  }
}

/// How the keys came, as far as it says whether they were meant.
///
/// Rule:   text typed for a line, form or sheet that has closed meanwhile decides nothing until the letters pause. Keys
///         that were read at once are judged together (`Burst`).
struct Typing: Sendable {
  /// When the message came that is being taken in; nil where no clock tells, which is long after everything else.
  var now: Moment?
  /// Why letters are no decisions just now.
  var hush: Hush?
  /// When a letter was last typed for a line or form that is still open.
  var lastLetter: Moment?
  /// When the row under the cursor was last changed by anything but a key.
  var rowChanged: Moment?
  /// The keys that are being taken in, where several were read at once.
  var burst: Burst?

  /// Letters that follow each other faster belong together. Slow typists press three keys a second; a listing cannot be
  /// read in the time.
  static let pause = 400

  /// Whether letters are still those that were typed for something else.
  var isHushed: Bool {
    guard let now, let hush else { return false }
    return now.isWithin(Self.pause, of: hush.since)
  }

  /// Whether somebody was typing a moment ago and has not ended it with Enter.
  var isUnderWay: Bool { now?.isWithin(Self.pause, of: lastLetter) == true }
}

/// Letters are no decisions since a moment, and why.
struct Hush: Equatable, Sendable {
  enum Cause: Equatable, Sendable {
    /// By a key that does not confirm anything.
    case closed(Mode.Kind, by: Key)
    case closedByItself(Mode.Kind)
    case appeared(Mode.Kind)
    /// Keys that came at once were taken for pasted text.
    case pasted
  }

  /// Nil where no clock tells: nothing is too soon then.
  var since: Moment?
  let cause: Cause

  /// Completes "typed too soon after …".
  var words: String {
    switch cause {
    case .closed(let kind, .character): "\(kind.name) was answered or left"
    case .closed(let kind, let key): "\(key.label) closed \(kind.name)"
    case .closedByItself(let kind): "\(kind.name) closed by itself"
    case .appeared(let kind): "\(kind.name) appeared"
    case .pasted: "what came at once, as pasted text does"
    }
  }
}

extension Key {
  /// The scalar that the key types; nil for a key that moves or controls.
  var letter: Unicode.Scalar? { if case .character(let scalar) = self { scalar } else { nil } }

  /// Whether the key belongs to writing text: a letter, or what takes one back.
  var isTyping: Bool { letter != nil || self == .backspace || self == .delete }
}
